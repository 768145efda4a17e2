package import BitimDomain

/// A session as its cohort lists it.
package struct SessionCount: Equatable, Sendable {
  package let code: String
  package let heldOn: CivilDate
  package let recorded: Int
  package let confirmed: Int
  package let isCancelled: Bool
}

/// Sessions and results.
extension Snapshot {
  /// The session with this code.
  package func session(code: String) throws -> SessionRecord? {
    try self.database.sessions.row(Array(code.utf8)) { try self.readSession(code) }
  }

  /// The session with this id.
  package func session(id: Int64) throws -> SessionRecord? {
    try self.database.first("SELECT code FROM session WHERE id = ?1", [.integer(id)]) {
      $0.text(0)
    }.flatMap { try self.session(code: $0) }
  }

  /// The session in which a result was recorded.
  package func session(ofResult id: Int64) throws -> SessionRecord? {
    try self.result(id: id).flatMap { try self.session(id: $0.sessionID) }
  }

  private func readSession(_ code: String) throws -> SessionRecord? {
    let found = try self.database.first(
      """
      SELECT id, code, cohort_id, held_on, protocol_number, ended_seq IS NOT NULL
      FROM session WHERE code = ?1
      """, [.text(code)]
    ) { row in
      SessionRecord(
        id: row.integer(0), code: row.text(1), cohortID: row.integer(2), heldOn: try row.date(3),
        protocolNumber: row.text(4), seats: [:], isCancelled: row.integer(5) != 0)
    }
    guard var session = found else { return nil }
    let seats: [(person: Int64, seat: Seat, invitation: Invitation?)] = try self.database.rows(
      """
      SELECT q.person_id, q.seat, i.document, i.organisation, i.dated_on FROM commission_seat q
      LEFT JOIN invitation i ON i.session_id = q.session_id AND i.person_id = q.person_id
        AND i.seq = q.seq
      WHERE q.session_id = ?1 AND q.ended_seq IS NULL
      """, [.integer(session.id)]
    ) { row in
      let invitation = try row.optionalText(2).map { document in
        Invitation(
          document: document, datedOn: try row.date(4), organisation: row.text(3))
      }
      return (row.integer(0), try row.noun(1), invitation)
    }
    for seat in seats {
      session.seats[seat.person] = seat.seat
      session.invitations[seat.person] = seat.invitation
    }
    session.admitted = Set(
      try self.database.rows(
        "SELECT enrolment_id FROM session_admission WHERE session_id = ?1", [.integer(session.id)]
      ) { $0.integer(0) })
    try self.database.each(
      """
      SELECT d.person_id, i.candidate_id, i.kind FROM interest_declaration d
      LEFT JOIN interest i ON i.session_id = d.session_id AND i.person_id = d.person_id
        AND i.seq = d.seq
      WHERE d.session_id = ?1
      """, [.integer(session.id)]
    ) { row in
      var declared = session.interests[row.integer(0)] ?? [:]
      if row.optionalText(2) != nil { declared[row.integer(1)] = try row.noun(2) }
      session.interests[row.integer(0)] = declared
    }
    return session
  }

  /// Whether somebody is invited to a session of this organisation that is not over.
  package func isInvited(
    _ person: Int64, to session: Int64, of organisation: Int64
  ) throws -> Bool {
    try self.database.first(
      """
      SELECT 1 FROM invited_examiner i JOIN session s ON s.id = i.session_id
        JOIN cohort c ON c.id = s.cohort_id
      WHERE i.session_id = ?2 AND i.person_id = ?1 AND c.organisation_id = ?3
      """, [.integer(person), .integer(session), .integer(organisation)]
    ) { _ in true } ?? false
  }

  /// Whether a session of an organisation that was first planned in the year of `day` has a protocol of
  /// this number, be it cancelled.
  package func isProtocolTaken(
    _ number: String, in day: CivilDate, by organisation: Int64
  ) throws -> Bool {
    try self.database.first(
      """
      SELECT 1 FROM session s JOIN cohort c ON c.id = s.cohort_id
      WHERE s.protocol_number = ?1 AND substr(s.planned_on, 1, 4) = substr(?2, 1, 4)
        AND c.organisation_id = ?3
      """,
      [.text(number), .date(day), .integer(organisation)]
    ) { _ in true } ?? false
  }

  /// The sessions of a cohort with how many results they have.
  package func sessions(ofCohort id: Int64) throws -> [SessionCount] {
    try self.database.rows(
      """
      SELECT s.code, s.held_on,
        (SELECT count(*) FROM result r WHERE r.session_id = s.id AND r.replaced_seq IS NULL),
        (SELECT count(*) FROM result r WHERE r.session_id = s.id AND r.confirmed_seq IS NOT NULL),
        s.ended_seq IS NOT NULL
      FROM session s WHERE s.cohort_id = ?1 ORDER BY s.held_on, s.id
      """,
      [.integer(id)]
    ) { row in
      SessionCount(
        code: row.text(0), heldOn: try row.date(1), recorded: row.int(2), confirmed: row.int(3),
        isCancelled: row.integer(4) != 0)
    }
  }

  /// The results of a session that were not replaced.
  package func results(ofSession id: Int64) throws -> [ResultRecord] {
    try self.database.rows(
      """
      SELECT r.id, r.session_id, r.enrolment_id, r.attempt, r.outcome, r.test, r.role_play,
        r.interview, r.recorded_by, r.confirmed_by, r.annulled_seq, s.held_on, s.protocol_number,
        r.why
      FROM result r JOIN session s ON s.id = r.session_id
      WHERE r.session_id = ?1 AND r.replaced_seq IS NULL ORDER BY r.id
      """,
      [.integer(id)], Self.result)
  }

  /// The results of an enrolment that were not replaced, by the day of their sessions.
  package func results(ofEnrolment id: Int64) throws -> [ResultRecord] {
    // In order here: of most there is none or one, and SQLite would make ready to sort for each attestation.
    try self.database.rows(
      """
      SELECT r.id, r.session_id, r.enrolment_id, r.attempt, r.outcome, r.test, r.role_play,
        r.interview, r.recorded_by, r.confirmed_by, r.annulled_seq, s.held_on, s.protocol_number,
        r.why
      FROM result r JOIN session s ON s.id = r.session_id
      WHERE r.enrolment_id = ?1 AND r.replaced_seq IS NULL
      """,
      [.integer(id)], Self.result
    ).sorted { ($0.heldOn, $0.id) < ($1.heldOn, $1.id) }
  }

  /// A result that was not replaced.
  package func result(id: Int64) throws -> ResultRecord? {
    try self.database.first(
      """
      SELECT r.id, r.session_id, r.enrolment_id, r.attempt, r.outcome, r.test, r.role_play,
        r.interview, r.recorded_by, r.confirmed_by, r.annulled_seq, s.held_on, s.protocol_number,
        r.why
      FROM result r JOIN session s ON s.id = r.session_id
      WHERE r.id = ?1 AND r.replaced_seq IS NULL
      """,
      [.integer(id)], Self.result)
  }

  /// Who has reviewed what waits for the chair since the last of it was recorded, by number.
  ///
  /// One reviews all of it at once, so whoever has reviewed the last has reviewed each.
  package func reviewers(ofSession id: Int64) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT v.person_id FROM result_review v
      WHERE v.result_id = (SELECT max(r.id) FROM result r
        WHERE r.session_id = ?1 AND r.replaced_seq IS NULL AND r.confirmed_seq IS NULL)
      ORDER BY v.person_id
      """, [.integer(id)]
    ) { $0.integer(0) }
  }

  /// The day of the paper that excused an absence after its confirmation.
  package func excuseDay(ofResult id: Int64) throws -> CivilDate? {
    try self.database.first(
      "SELECT dated_on FROM result_excuse WHERE result_id = ?1", [.integer(id)]
    ) { try $0.date(0) }
  }

  /// A result with what each member gave.
  package func withMarks(_ result: ResultRecord) throws -> ResultRecord {
    var result = result
    result.marks = try self.database.rows(
      """
      SELECT component, person_id, points FROM member_mark
      WHERE result_id = ?1 AND ended_seq IS NULL
      """,
      [.integer(result.id)]
    ) { MemberMark(try $0.noun(0), by: $0.integer(1), $0.int(2)) }
    .sorted(by: MemberMark.precedes)
    return result
  }

  private static func result(_ row: Row) throws -> ResultRecord {
    var scores: Scores = [:]
    scores[.test] = row.optionalInteger(5).map { Int($0) }
    scores[.rolePlay] = row.optionalInteger(6).map { Int($0) }
    scores[.interview] = row.optionalInteger(7).map { Int($0) }
    return ResultRecord(
      id: row.integer(0), sessionID: row.integer(1), enrolmentID: row.integer(2),
      attempt: row.int(3), outcome: try row.noun(4), scores: scores, recordedBy: row.integer(8),
      confirmedBy: row.integer(9), isAnnulled: !row.isNull(10), heldOn: try row.date(11),
      protocolNumber: row.text(12), why: row.optionalText(13) ?? "")
  }

  /// Everybody who sat in a commission when it examined a natural person in any enrolment, and when last;
  /// under all numbers.
  package func lastExamined(person id: Int64) throws -> [Int64: CivilDate] {
    try self.last(
      """
      SELECT q.person_id, max(s.held_on) FROM enrolment e JOIN result r ON r.enrolment_id = e.id
      JOIN session s ON s.id = r.session_id JOIN result_examiner q ON q.result_id = r.id
      WHERE e.person_id = ?1 GROUP BY q.person_id
      """, of: id)
  }

  /// Everybody who sat in a commission when it examined under an enrolment, under all numbers.
  package func examiners(ofEnrolment id: Int64) throws -> Set<Int64> {
    try self.persons().all(
      Set(
        self.database.rows(
          """
          SELECT DISTINCT person_id FROM result_examiner WHERE enrolment_id = ?1
          """,
          [.integer(id)]
        ) { $0.integer(0) }))
  }

  /// Everybody who has a seat in a session, or had one, under all numbers.
  package func seated(inSession id: Int64) throws -> Set<Int64> {
    try self.persons().all(
      Set(
        self.database.rows(
          """
          SELECT person_id FROM commission_seat
          WHERE session_id = ?1 AND ended_how IS NOT 'in_error'
          """,
          [.integer(id)]
        ) { $0.integer(0) }))
  }

  /// Whether a person has a seat in a session of a cohort.
  package func examines(person: Int64, cohort: Int64) throws -> Bool {
    try self.database.first(
      """
      SELECT 1 FROM session s JOIN commission_seat q ON q.session_id = s.id
      WHERE s.cohort_id = ?1 AND q.person_id = ?2 AND q.ended_seq IS NULL
      """,
      [.integer(cohort), .integer(person)]
    ) { _ in true } ?? false
  }

  /// The days on which `examiner` sat in a commission that examined `person`, both under all their numbers.
  package func examined(person: Int64, by examiner: Int64) throws -> [CivilDate] {
    let persons = try self.persons()
    var days: Set<CivilDate> = []
    for number in persons.numbers(of: person) {
      for hand in persons.numbers(of: examiner) {
        try self.database.each(
          """
          SELECT DISTINCT s.held_on FROM enrolment e JOIN result r ON r.enrolment_id = e.id
          JOIN session s ON s.id = r.session_id
          JOIN result_examiner q ON q.result_id = r.id AND q.person_id = ?2
          WHERE e.person_id = ?1 AND r.replaced_seq IS NULL AND r.annulled_seq IS NULL
          """,
          [.integer(number), .integer(hand)]
        ) { days.insert(try $0.date(0)) }
      }
    }
    return days.sorted()
  }

  /// The id the next session gets.
  package func nextSessionID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM session") { $0.integer(0) } ?? 1
  }

  /// The id the next result gets.
  package func nextResultID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM result") { $0.integer(0) } ?? 1
  }
}
