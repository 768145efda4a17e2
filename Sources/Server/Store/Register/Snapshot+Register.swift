package import BitimDomain

/// The register of mediators.
extension Snapshot {
  /// The entry with this number; nil if there is none.
  package func registerEntry(_ number: RegisterNumber) throws -> RegisterEntry? {
    let found = try self.database.first(
      "SELECT person_id, case_seq, entered_on FROM register_entry WHERE number = ?1",
      [.integer(number.value)]
    ) { ($0.integer(0), $0.integer(1), try $0.date(2)) }
    guard let (person, application, day) = found else { return nil }
    var diedOn: CivilDate?
    for one in try self.persons().numbers(of: person) {
      if let death = try self.death(of: one) { diedOn = death.death.day }
    }
    return RegisterEntry(
      number, of: person, application: application, enteredOn: day,
      marks: try self.marks(of: number), diedOn: diedOn)
  }

  private func marks(of number: RegisterNumber) throws -> [EntryMark] {
    try self.database.rows(
      """
      SELECT seq, since, until, ground, coalesce(case_seq, 0) FROM entry_mark
      WHERE number = ?1 ORDER BY seq
      """, [.integer(number.value)]
    ) { row in
      let ground = try row.optionalText(3).map { text in
        guard let ground = ExclusionGround(rawValue: text) else {
          throw StoreFailure.corrupt("entry_mark: its ground is none")
        }
        return ground
      }
      return EntryMark(
        ground.map { .excluded($0) } ?? .suspended(complaint: row.integer(4)),
        days: Period(from: try row.date(1), until: try row.optionalDate(2)),
        sequence: row.integer(0))
    }
  }

  /// Why an act suspended or ended an entry, in words.
  package func why(ofEntryMark sequence: Int64) throws -> String {
    let deed = try self.deed(sequence)
    if case .entrySuspended(let suspended) = deed { return suspended.why }
    if case .entryExcluded(let excluded) = deed { return excluded.why }
    throw StoreFailure.corrupt("entry_mark: its act made none")
  }

  /// The entries of a natural person, under all numbers, oldest first.
  package func registerEntries(of person: Int64) throws -> [RegisterEntry] {
    var numbers: [Int64] = []
    for one in try self.persons().numbers(of: person) {
      numbers += try self.database.rows(
        "SELECT number FROM register_entry WHERE person_id = ?1", [.integer(one)]
      ) { $0.integer(0) }
    }
    return try numbers.sorted().compactMap { try self.registerEntry(RegisterNumber(value: $0)) }
  }

  /// The numbers behind `number`, in their order; at most `limit`.
  package func registerNumbers(after number: Int64, limit: Int) throws -> [RegisterNumber] {
    try self.database.rows(
      "SELECT number FROM register_entry WHERE number > ?1 ORDER BY number LIMIT ?2",
      [.integer(number), .int(limit)]
    ) { RegisterNumber(value: $0.integer(0)) }
  }

  /// The last serial that was given in a year; 0 before the first.
  package func lastRegisterSerial(year: Int) throws -> Int64 {
    let first = RegisterNumber(year: year, serial: 0).value
    let last = try self.database.first(
      """
      SELECT number FROM register_entry WHERE number > ?1 AND number < ?2 ORDER BY number DESC LIMIT 1
      """, [.integer(first), .integer(RegisterNumber(year: year + 1, serial: 0).value)]
    ) { $0.integer(0) }
    return last.map { $0 - first } ?? 0
  }

  /// What is published of who applied by this case; nil of other cases.
  package func entryApplication(_ sequence: Int64) throws -> EntryApplication? {
    try self.database.first(
      """
      SELECT address_kk, address_ru, field_kk, field_ru, languages_kk, languages_ru, contact
      FROM case_entry WHERE case_seq = ?1
      """, [.integer(sequence)]
    ) { Self.published($0) }
  }

  /// What is published of an entry, and since which day where it was corrected.
  package func published(
    _ entry: RegisterEntry
  ) throws -> (text: EntryApplication, since: CivilDate?)? {
    let corrected = try self.database.first(
      """
      SELECT address_kk, address_ru, field_kk, field_ru, languages_kk, languages_ru, contact, since
      FROM entry_published WHERE number = ?1 AND ended_seq IS NULL
      """, [.integer(entry.number.value)]
    ) { row in (Self.published(row), try row.date(7)) }
    if let (text, since) = corrected { return (text, since) }
    return try self.entryApplication(entry.application).map { ($0, nil) }
  }

  private static func published(_ row: borrowing Row) -> EntryApplication {
    EntryApplication(
      kk: EntryText(address: row.text(0), field: row.text(2), languages: row.text(4)),
      ru: EntryText(address: row.text(1), field: row.text(3), languages: row.text(5)),
      contact: row.text(6))
  }

  /// The applications for an entry of somebody that have not ended, under all numbers.
  package func openEntryApplications(of person: Int64) throws -> [Int64] {
    var found: [Int64] = []
    for number in try self.persons().numbers(of: person) {
      found += try self.database.rows(
        """
        SELECT seq FROM case_file WHERE person_id = ?1 AND ended_seq IS NULL AND kind = 'entry'
        """, [.integer(number)]
      ) { $0.integer(0) }
    }
    return found
  }

  /// Who has a hand in a case that is decided: who decided it, and who had one before.
  package func handsInDecision(on sequence: Int64) throws -> Set<Int64> {
    let decider = try self.database.first(
      "SELECT ended_by FROM case_file WHERE seq = ?1 AND ended_by IS NOT NULL",
      [.integer(sequence)]
    ) { $0.integer(0) }
    return try self.hands(in: sequence).union(
      self.persons().all(decider.map { [$0] } ?? []))
  }
}
