package import BitimDomain

/// How people are found by parts of their names, and by what else is typed.
extension Snapshot {
  /// People with a word for which `guesses` may stand, each with the nearest likeness.
  ///
  /// Most beginnings that a mistake of the fingers may mean begin no word at all: from each that is sought the table
  /// leads to the next word there is, and all before that one are left out.
  ///
  /// - Parameter most: How many rows are read.
  /// - Returns: Nil of more rows: so common a beginning tells nobody apart.
  package func people(
    withWords beginnings: [NameGuess.Beginning], most: Int
  ) throws -> [Int64: NameGuess.Likeness]? {
    var found: [Int64: NameGuess.Likeness] = [:]
    var left = most
    let sorted = beginnings.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    var next: String?
    for beginning in sorted {
      if let next, beginning.text.utf8.lexicographicallyPrecedes(next.utf8),
        !next.utf8.starts(with: beginning.text.utf8)
      {
        continue
      }
      let first = try self.database.first(
        "SELECT word FROM person_word WHERE word >= ?1 ORDER BY word LIMIT 1",
        [.text(beginning.text)]
      ) { $0.text(0) }
      guard let first else { break }
      next = first
      guard first.utf8.starts(with: beginning.text.utf8) else { continue }
      func note(_ person: Int64, _ likeness: NameGuess.Likeness) {
        left -= 1
        found[person] = min(likeness, found[person] ?? likeness)
      }
      try self.database.each(
        "SELECT person_id FROM person_word WHERE word = ?1 LIMIT ?2",
        [.text(beginning.text), .integer(Int64(left + 1))]
      ) { note($0.integer(0), beginning.whole) }
      if let longer = beginning.longer, left >= 0 {
        try self.database.each(
          "SELECT person_id FROM person_word WHERE word > ?1 AND word < ?2 LIMIT ?3",
          Self.prefix(beginning.text) + [.integer(Int64(left + 1))]
        ) { note($0.integer(0), longer) }
      }
      if left < 0 { return nil }
    }
    return found
  }

  /// People with a word that begins so, in the order of words; at most so many.
  package func somePeople(withWord beginning: String, limit: Int) throws -> [Int64] {
    try self.database.rows(
      "SELECT person_id FROM person_word WHERE word >= ?1 AND word < ?2 LIMIT ?3",
      Self.prefix(beginning) + [.integer(Int64(limit))]
    ) { $0.integer(0) }
  }

  /// People whose number it is or was, of whatever country and kind; it is reduced to letters and digits.
  package func people(numbered number: String) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT DISTINCT person_id FROM person_identifier
      WHERE number = ?1 AND ended_how IS NOT 'in_error' ORDER BY 1
      """,
      [.text(number)]
    ) { $0.integer(0) }
  }

  /// People born on a day, as is known now; at most so many.
  package func people(bornOn day: CivilDate, limit: Int) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT person_id FROM person_detail WHERE birth_date = ?1 AND ended_seq IS NULL
      ORDER BY 1 LIMIT ?2
      """,
      [.date(day), .integer(Int64(limit))]
    ) { $0.integer(0) }
  }

  /// Who is or was enrolled in a cohort, but for errors.
  package func people(enrolledIn cohort: Int64) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT person_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NULL
      UNION SELECT person_id FROM place
        WHERE cohort_id = ?1 AND ended_seq IS NOT NULL AND ended_how <> 'in_error'
      ORDER BY 1
      """,
      [.integer(cohort)]
    ) { $0.integer(0) }
  }
}
