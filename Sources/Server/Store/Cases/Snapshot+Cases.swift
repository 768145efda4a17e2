package import BitimDomain

/// A case with its texts, which stand in its acts.
package struct CaseFile: Equatable, Sendable {
  package let record: CaseRecord
  package let received: CaseReceived
  /// The steps that were taken, withdrawal included, by their acts.
  package let moves: [Int64: CaseMoved]
  package let decision: CaseDecided?
  /// The act that decided or withdrew it; 0 while it is open.
  package let endedBy: Int64
}

/// Cases.
extension Snapshot {
  /// The case that an act received; nil if that act received none.
  package func caseRecord(_ sequence: Int64) throws -> CaseRecord? {
    try self.caseRow(sequence)?.record
  }

  /// The same, as it was known before the act `known`: without what was done in it since.
  package func caseRecord(_ sequence: Int64, knownBefore known: Int64) throws -> CaseRecord? {
    guard let row = try self.caseRow(sequence) else { return nil }
    var record = row.record
    record.moves.removeAll { $0.sequence >= known }
    record.carriedOutBy.removeAll { $0 >= known }
    if row.ended >= known { record.end = nil }
    return record
  }

  /// The same, with the act that ended it; 0 while it is open.
  private func caseRow(_ sequence: Int64) throws -> (record: CaseRecord, ended: Int64)? {
    let found: (record: CaseRecord, ended: Int64)? = try self.database.first(
      """
      SELECT f.seq, f.kind, coalesce(f.person_id, 0), f.received_on, f.told_on, f.grounds, f.ended_how,
        f.ended_on, coalesce(f.ended_seq, 0), a.programme, a.organisation_id, r.programme,
        r.theory_quarters, r.practice_quarters
      FROM case_file f LEFT JOIN case_application a ON a.case_seq = f.seq
      LEFT JOIN case_recognition r ON r.case_seq = f.seq WHERE f.seq = ?1
      """, [.integer(sequence)]
    ) { row in
      var end: CaseRecord.End?
      if let how = row.optionalText(6) {
        end = .init(CaseOutcome(rawValue: how), on: try row.date(7))
      }
      return (
        CaseRecord(
          sequence: row.integer(0), kind: try row.noun(1), person: row.integer(2),
          receivedOn: try row.date(3), toldOn: try row.optionalDate(4), grounds: row.int(5),
          contested: [], end: end,
          appliedFor: row.optionalInteger(9).map {
            AppliedFor(programme: Int($0), organisation: row.integer(10))
          },
          claim: row.optionalInteger(11).map {
            Recognition.Claim(
              programme: Int($0), hours: Hours(theory: row.int(12), practice: row.int(13)))
          }), row.integer(8)
      )
    }
    guard let (asReceived, ended) = found else { return nil }
    var record = asReceived
    record.contested = try self.contested(by: sequence)
    record.moves = try self.database.rows(
      "SELECT step, held_on, seq FROM case_step WHERE case_seq = ?1 ORDER BY seq",
      [.integer(sequence)]
    ) { CaseMove(try $0.noun(0), on: try $0.date(1), sequence: $0.integer(2)) }
    if ended != 0 {
      record.carriedOutBy = try self.database.rows(
        "SELECT seq FROM case_citation WHERE case_seq = ?1 AND seq > ?2 ORDER BY seq",
        [.integer(sequence), .integer(ended)]
      ) { $0.integer(0) }
    }
    return (record, ended)
  }

  private func contested(by sequence: Int64) throws -> [ContestedAct] {
    try self.database.rows(
      """
      SELECT act_seq, kind, coalesce(result_id, 0), coalesce(number, 0), application_seq FROM case_contested
      WHERE case_seq = ?1 ORDER BY act_seq
      """, [.integer(sequence)]
    ) { row in
      let act = row.integer(0)
      if let number = CertificateNumber(value: row.integer(3)) {
        return ContestedAct(act, .mark(number))
      }
      if let application = row.optionalInteger(4) {
        return ContestedAct(act, .application(application))
      }
      let id = row.integer(2)
      return ContestedAct(act, row.text(1) == "annulment" ? .annulment(id) : .result(id))
    }
  }

  /// Cases behind the act `sequence`, oldest first; at most `limit`.
  ///
  /// - Parameter withEnded: Whether those that were decided or withdrawn, too.
  package func cases(
    after sequence: Int64, withEnded: Bool, limit: Int
  ) throws -> [Int64] {
    let values: [Value] = [.integer(sequence), .int(limit)]
    if withEnded {
      return try self.database.rows(
        "SELECT seq FROM case_file WHERE seq > ?1 ORDER BY seq LIMIT ?2", values
      ) { $0.integer(0) }
    }
    return try self.database.rows(
      """
      SELECT seq FROM case_file WHERE seq > ?1 AND ended_seq IS NULL ORDER BY seq LIMIT ?2
      """, values
    ) { $0.integer(0) }
  }

  /// Cases behind the act `sequence` whose decision changes something that no act has changed since; oldest first,
  /// at most `limit`.
  package func unexecutedCases(after sequence: Int64, limit: Int) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT f.seq FROM case_file f WHERE f.ended_how IN ('decision_changed', 'court', 're_examination')
        AND f.seq > ?1
        AND NOT EXISTS (SELECT 1 FROM case_citation c
          WHERE c.case_seq = f.seq AND c.seq > f.ended_seq)
      ORDER BY f.seq LIMIT ?2
      """, [.integer(sequence), .int(limit)]
    ) { $0.integer(0) }
  }

  /// A case with its texts; nil if the act received none.
  package func caseFile(_ sequence: Int64) throws -> CaseFile? {
    guard let (record, ended) = try self.caseRow(sequence) else { return nil }
    guard case .caseReceived(let received) = try self.deed(sequence) else {
      throw StoreFailure.corrupt("case_file: its act received nothing")
    }
    var moves: [Int64: CaseMoved] = [:]
    var decision: CaseDecided?
    for act in record.moves.map(\.sequence) + (ended == 0 ? [] : [ended]) {
      let deed = try self.deed(act)
      if case .caseMoved(let move) = deed {
        moves[act] = move
      } else if case .caseDecided(let decided) = deed {
        decision = decided
      } else {
        throw StoreFailure.corrupt("case_step: its act did nothing in the case")
      }
    }
    return CaseFile(
      record: record, received: received, moves: moves, decision: decision, endedBy: ended)
  }

  func deed(_ sequence: Int64) throws -> Deed? {
    let deed = try self.database.first(
      "SELECT record FROM act WHERE seq = ?1", [.integer(sequence)]
    ) { try Record.act(in: $0.blob(0)).deed }
    // What takes two is done by its approval.
    if case .approved(let approval) = deed { return approval.deed }
    return deed
  }

  /// What an act did to a person that may be contested and stands: a result that it confirmed or annulled,
  /// a certificate that it revoked or suspended, or an application that it refused.
  ///
  /// - Parameter person: 0 for anybody.
  package func contested(_ sequence: Int64, of person: Int64) throws -> ContestedAct? {
    if let id = try self.database.first(
      """
      SELECT r.id FROM result r JOIN enrolment e ON e.id = r.enrolment_id
      WHERE e.person_id = ?2 AND r.confirmed_seq = ?1 AND r.annulled_seq IS NULL
      """, [.integer(sequence), .integer(person)], { $0.integer(0) })
    {
      return ContestedAct(sequence, .result(id))
    }
    if let id = try self.database.first(
      """
      SELECT r.id FROM result r JOIN enrolment e ON e.id = r.enrolment_id
      WHERE e.person_id = ?2 AND r.annulled_seq = ?1
      """, [.integer(sequence), .integer(person)], { $0.integer(0) })
    {
      return ContestedAct(sequence, .annulment(id))
    }
    if let application = try self.database.first(
      """
      SELECT seq FROM case_file
      WHERE person_id = ?2 AND ended_seq = ?1 AND ended_how = 'refused' AND kind = 'application'
      """, [.integer(sequence), .integer(person)], { $0.integer(0) })
    {
      return ContestedAct(sequence, .application(application))
    }
    let number = try self.database.first(
      """
      SELECT m.number FROM certificate c JOIN certificate_mark m ON m.number = c.number
      WHERE c.person_id = ?2 AND m.seq = ?1 AND m.kind <> 'replaced' AND m.ended_seq IS NULL
      """, [.integer(sequence), .integer(person)]
    ) { CertificateNumber(value: $0.integer(0)) }
    return (number ?? nil).map { ContestedAct(sequence, .mark($0)) }
  }

  /// Who has a hand in what a case contests: who made or approved an act, who proposed it, who recorded,
  /// confirmed or annulled a result, who has or had a seat in its commission, and who taught its candidate; each
  /// under all numbers.
  package func hands(in sequence: Int64) throws -> Set<Int64> {
    let hands = try self.database.rows(
      "SELECT person_id FROM case_hand WHERE case_seq = ?1", [.integer(sequence)]
    ) { $0.integer(0) }
    return try self.persons().all(Set(hands))
  }
}

/// Who was appointed from outside.
extension Snapshot {
  /// Who was appointed to decide a case, by the letter, in the order of the numbers.
  package func appointed(to sequence: Int64) throws -> [(person: Int64, letter: Invitation)] {
    try self.database.rows(
      """
      SELECT person_id, document, dated_on, organisation FROM case_arbiter
      WHERE case_seq = ?1 ORDER BY person_id
      """, [.integer(sequence)]
    ) { row in
      let letter = Invitation(
        document: row.text(1), datedOn: try row.date(2), organisation: row.text(3))
      return (row.integer(0), letter)
    }
  }

  /// Whether a person is appointed to this case, or to any where it is 0, that has not ended.
  package func isAppointed(_ person: Int64, to sequence: Int64 = 0) throws -> Bool {
    try self.database.first(
      "SELECT 1 FROM appointed_arbiter WHERE person_id = ?1 AND (?2 = 0 OR case_seq = ?2)",
      [.integer(person), .integer(sequence)]
    ) { _ in true } ?? false
  }
}

/// What a case contests, as it is called.
extension Snapshot {
  /// The certificates against which a suspension or a revocation that a case contests stands.
  package func certificates(markedByActsIn sequence: Int64) throws -> [CertificateNumber] {
    try self.database.rows(
      """
      SELECT DISTINCT k.number FROM case_contested k
      JOIN certificate_mark m ON m.number = k.number AND m.seq = k.act_seq
      WHERE k.case_seq = ?1 AND m.ended_seq IS NULL ORDER BY k.number
      """, [.integer(sequence)]
    ) { try $0.certificateNumber(0, of: "case_contested") }
  }

  /// What an act made stand against a certificate, whether it stands yet or not.
  package func markKind(_ number: CertificateNumber, madeBy act: Int64) throws -> String? {
    try self.database.first(
      "SELECT kind FROM certificate_mark WHERE number = ?1 AND seq = ?2",
      [.integer(number.value), .integer(act)]
    ) { $0.text(0) }
  }
}

/// Annulments.
extension Snapshot {
  /// That whoever has an enrolment is examined anew, unless an attempt was made since in another session than
  /// this.
  package func reExamination(
    ofEnrolment id: Int64, in session: Int64
  ) throws -> ReExamination? {
    let found = try self.database.first(
      """
      SELECT x.session_id, x.decided_on FROM re_examination x
      WHERE x.enrolment_id = ?1 AND NOT EXISTS (SELECT 1 FROM result o
        WHERE o.enrolment_id = ?1 AND o.seq > x.annulled_seq AND o.session_id <> ?2 AND o.attempt > 0
        AND o.replaced_seq IS NULL AND o.annulled_seq IS NULL)
      ORDER BY x.annulled_seq DESC LIMIT 1
      """, [.integer(id), .integer(session)]
    ) { (session: $0.integer(0), on: try $0.date(1)) }
    guard let found else { return nil }
    return ReExamination(
      decidedOn: found.on, commission: try self.seated(inSession: found.session))
  }

  /// The act that annuls a result, and who did it; nil where it is not annulled.
  package func annulment(ofResult id: Int64) throws -> (act: Int64, by: Int64)? {
    try self.database.first(
      "SELECT annulled_seq, annulled_by FROM result WHERE id = ?1 AND annulled_seq IS NOT NULL",
      [.integer(id)]
    ) { ($0.integer(0), $0.integer(1)) }
  }
}

/// Applications.
extension Snapshot {
  /// For what it was decided to admit somebody, under one number.
  func admittedTo(_ person: Int64) throws -> [AppliedFor] {
    try self.database.rows(
      """
      SELECT a.programme, a.organisation_id FROM case_file f
      JOIN case_application a ON a.case_seq = f.seq
      WHERE f.person_id = ?1 AND f.ended_how = 'admitted'
      """, [.integer(person)]
    ) { AppliedFor(programme: $0.int(0), organisation: $0.integer(1)) }
  }

  /// The applications of somebody for this that have not ended, under all numbers.
  package func openApplications(of person: Int64, for goal: AppliedFor) throws -> [Int64] {
    var found: [Int64] = []
    for number in try self.persons().numbers(of: person) {
      found += try self.database.rows(
        """
        SELECT f.seq FROM case_file f JOIN case_application a ON a.case_seq = f.seq
        WHERE f.person_id = ?1 AND f.ended_seq IS NULL AND a.programme = ?2 AND a.organisation_id = ?3
        """, [.integer(number), .int(goal.programme), .integer(goal.organisation)]
      ) { $0.integer(0) }
    }
    return found
  }

  /// Applications to an organisation behind the act `sequence`, oldest first; at most `limit`.
  ///
  /// - Parameter withEnded: Whether those that were decided or withdrawn, too.
  package func applications(
    to organisation: Int64, after sequence: Int64, withEnded: Bool, limit: Int
  ) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT a.case_seq FROM case_application a JOIN case_file f ON f.seq = a.case_seq
      WHERE a.organisation_id = ?1 AND a.case_seq > ?2 AND (?3 OR f.ended_seq IS NULL)
      ORDER BY a.case_seq LIMIT ?4
      """,
      [.integer(organisation), .integer(sequence), .integer(withEnded ? 1 : 0), .int(limit)]
    ) { $0.integer(0) }
  }
}

/// Recognitions.
extension Snapshot {
  /// For which programmes training elsewhere of somebody, under one number, is recognised in full, each with the
  /// last case.
  func recognised(_ person: Int64) throws -> [(programme: Int, file: Int64)] {
    try self.database.rows(
      """
      SELECT r.programme, f.seq FROM case_file f JOIN case_recognition r ON r.case_seq = f.seq
      WHERE f.person_id = ?1 AND f.ended_how = 'recognised' ORDER BY f.seq
      """, [.integer(person)]
    ) { ($0.int(0), $0.integer(1)) }
  }

  /// The recognitions of somebody for a programme that have not ended, under all numbers.
  package func openRecognitions(of person: Int64, for programme: Int) throws -> [Int64] {
    var found: [Int64] = []
    for number in try self.persons().numbers(of: person) {
      found += try self.database.rows(
        """
        SELECT f.seq FROM case_file f JOIN case_recognition r ON r.case_seq = f.seq
        WHERE f.person_id = ?1 AND f.ended_seq IS NULL AND r.programme = ?2
        """, [.integer(number), .int(programme)]
      ) { $0.integer(0) }
    }
    return found
  }
}
