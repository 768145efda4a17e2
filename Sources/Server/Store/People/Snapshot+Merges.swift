package import BitimDomain

/// Numbers that are linked, and what that shows.
extension Snapshot {
  /// Which numbers are one natural person's now. Read once by a connection, and again when a link was made
  /// or ended: whoever compares two people asks for it, and mostly there is none.
  package func persons() throws -> NaturalPersons {
    if let known = self.database.persons { return known }
    var lowest: [Int64: Int64] = [:]
    try self.database.each("SELECT person_id, lowest_id FROM natural_person", []) {
      lowest[$0.integer(0)] = $0.integer(1)
    }
    let persons = NaturalPersons(lowest: lowest)
    self.database.persons = persons
    return persons
  }

  /// The link of two numbers that stands; nil for none.
  package func link(first: Int64, second: Int64) throws -> StandingLink? {
    try self.database.first(
      """
      SELECT seq, made_by FROM person_link
      WHERE person_id = ?1 AND other_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(second), .integer(first)]
    ) { StandingLink(sequence: $0.integer(0), maker: $0.integer(1)) }
  }

  /// Natural persons who have several numbers, from the lowest number `lowest` on, in the order of these; and
  /// when the last of their links was made.
  package func linkedPersons(
    from lowest: Int64
  ) throws -> [(lowest: Int64, linkedOn: CivilDate)] {
    try self.database.rows(
      """
      SELECT p.lowest_id, max(l.linked_on) FROM natural_person p
      JOIN person_link l ON l.person_id = p.person_id AND l.ended_seq IS NULL
      WHERE p.lowest_id >= ?1 GROUP BY p.lowest_id ORDER BY p.lowest_id
      """,
      [.integer(lowest)]
    ) { ($0.integer(0), try $0.date(1)) }
  }

  /// The certificates that stand and in which two numbers of one natural person have a hand, or one that the
  /// holder has: what a rule is asked about.
  package func certificates(inHandsOf lowest: Int64) throws -> [CertificateNumber] {
    try self.database.rows(
      """
      SELECT c.number FROM natural_person h JOIN certificate_standing c ON c.person_id = h.person_id
      WHERE h.lowest_id = ?1
      UNION
      SELECT c.number FROM natural_person h JOIN commission_seat q ON q.person_id = h.person_id
      JOIN result r ON r.session_id = q.session_id AND r.replaced_seq IS NULL
      JOIN enrolment e ON e.id = r.enrolment_id
      JOIN certificate_standing c ON c.person_id = e.person_id
      WHERE h.lowest_id = ?1 AND EXISTS (SELECT 1 FROM natural_person o
        WHERE o.lowest_id = ?1 AND o.person_id <> h.person_id AND (o.person_id = c.decided_by
          OR EXISTS (SELECT 1 FROM taught t
            WHERE t.person_id = e.person_id AND t.trainer_id = o.person_id)
          OR EXISTS (SELECT 1 FROM commission_seat s
            WHERE s.session_id = q.session_id AND s.person_id = o.person_id)))
      UNION
      SELECT c.number FROM natural_person h JOIN class k ON k.trainer_id = h.person_id
      JOIN attendance a ON a.class_id = k.id AND a.ended_seq IS NULL
      JOIN enrolment e ON e.id = a.enrolment_id
      JOIN certificate_standing c ON c.person_id = e.person_id
      JOIN natural_person o ON o.person_id = c.decided_by AND o.lowest_id = ?1
        AND o.person_id <> h.person_id
      WHERE h.lowest_id = ?1
      ORDER BY 1
      """,
      [.integer(lowest)]
    ) { try $0.certificateNumber(0) }
  }

  /// Who decided on a certificate.
  package func decider(of number: CertificateNumber) throws -> Int64 {
    try self.database.first(
      "SELECT decided_by FROM certificate WHERE number = ?1", [.integer(number.value)]
    ) { $0.integer(0) } ?? 0
  }

  /// Who taught a natural person up to a day, in any cohort, and when last.
  package func lastTaught(person: Int64, until day: CivilDate) throws -> [Int64: CivilDate] {
    try self.last(
      """
      SELECT k.trainer_id, max(k.held_on) FROM enrolment e
      JOIN attendance a ON a.enrolment_id = e.id AND a.ended_seq IS NULL
      JOIN class k ON k.id = a.class_id
      WHERE e.person_id = ?1 AND k.held_on <= ?2 GROUP BY k.trainer_id
      """, of: person, .date(day))
  }

  /// Who sat in a commission that examined a natural person up to a day, and when last.
  package func lastExamined(person: Int64, until day: CivilDate) throws -> [Int64: CivilDate] {
    try self.last(
      """
      SELECT q.person_id, max(s.held_on) FROM enrolment e JOIN result r ON r.enrolment_id = e.id
      JOIN session s ON s.id = r.session_id JOIN result_examiner q ON q.result_id = r.id
      WHERE e.person_id = ?1 AND s.held_on <= ?2 GROUP BY q.person_id
      """, of: person, .date(day))
  }

  /// Who did something to a natural person, and on which day last, under all numbers of either.
  ///
  /// - Parameters:
  ///   - sql: Asks with a number as ?1 for the hands and their days.
  ///   - values: What it asks with besides.
  func last(
    _ sql: StaticString, of person: Int64, _ values: Value...
  ) throws -> [Int64: CivilDate] {
    let persons = try self.persons()
    var last: [Int64: CivilDate] = [:]
    for number in persons.numbers(of: person) {
      try self.database.each(sql, [.integer(number)] + values) { row in
        let day = try row.date(1)
        last[row.integer(0)] = max(last[row.integer(0)] ?? day, day)
      }
    }
    return persons.all(last)
  }
}
