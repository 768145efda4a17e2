package import BitimDomain

/// Whose history is asked for.
package enum HistorySubject: Equatable, Sendable {
  case person(Int64)
  case certificate(CertificateNumber, holder: Int64)
  case session(Int64)
  case organisation(Int64)
}

/// Acts as histories have them.
extension Snapshot {
  /// The acts that concern `subject`, the oldest first.
  package func acts(of subject: HistorySubject) throws -> [ListedAct] {
    let acts = try self.sequences(of: subject).map { try self.act($0) }
    guard case .certificate(let number, holder: _) = subject else { return acts }
    // What else was done about its holder is of other histories.
    var own: Set<Int64> = []
    return acts.filter { act in
      let isOwn = act.deed.telling.contains { $0.concerns([.certificate(number)]) }
      guard isOwn || act.deed.goesOn(with: own) else { return false }
      own.insert(act.sequence)
      return true
    }
  }

  private func sequences(of subject: HistorySubject) throws -> [Int64] {
    switch subject {
    case .person(let id), .certificate(_, holder: let id):
      return try self.database.rows(
        "SELECT DISTINCT seq FROM act_subject WHERE person_id = ?1 ORDER BY seq", [.integer(id)]
      ) { $0.integer(0) }
    case .session(let id):
      return try self.database.rows(
        "SELECT DISTINCT seq FROM session_act WHERE session_id = ?1 ORDER BY seq", [.integer(id)]
      ) { $0.integer(0) }
    case .organisation(let id):
      let own = try self.database.rows(
        "SELECT DISTINCT seq FROM organisation_act WHERE organisation_id = ?1 ORDER BY seq",
        [.integer(id)]
      ) { $0.integer(0) }
      return Set(own + (try self.proposals(of: id))).sorted()
    }
  }

  /// What was proposed of an organisation, and the acts that ended it without an approval.
  private func proposals(of organisation: Int64) throws -> [Int64] {
    let proposals = try self.database.rows(
      """
      SELECT seq, ended_seq FROM proposal
      WHERE kind IN ('change_entitlement', 'adopt_agreement') ORDER BY seq
      """
    ) { (made: $0.integer(0), ended: $0.optionalInteger(1)) }
    return try proposals.flatMap { made, ended -> [Int64] in
      let pieces = try self.act(made).deed.telling
      guard pieces.contains(where: { $0.of == .organisation(organisation) }) else { return [] }
      return [made] + (ended.map { [$0] } ?? [])
    }
  }

  /// All that is the subject's own: of a person enrolments, results, certificates and tokens.
  package func subjects(of subject: HistorySubject) throws -> Set<Subject> {
    switch subject {
    case .organisation(let id): return [.organisation(id)]
    case .certificate(let number, holder: _): return [.certificate(number)]
    case .session(let id):
      let results = try self.database.rows(
        "SELECT id FROM result WHERE session_id = ?1", [.integer(id)]
      ) { Subject.result($0.integer(0)) }
      return Set(results).union([.session(id)])
    case .person(let id):
      let enrolments = try self.database.rows(
        "SELECT id FROM enrolment WHERE person_id = ?1", [.integer(id)]
      ) { Subject.enrolment($0.integer(0)) }
      let results = try self.database.rows(
        """
        SELECT r.id FROM enrolment e JOIN result r ON r.enrolment_id = e.id WHERE e.person_id = ?1
        """, [.integer(id)]
      ) { Subject.result($0.integer(0)) }
      let certificates = try self.database.rows(
        "SELECT number FROM certificate WHERE person_id = ?1", [.integer(id)]
      ) { CertificateNumber(value: $0.integer(0)).map { Subject.certificate($0) } }
      let tokens = try self.database.rows(
        "SELECT id FROM token WHERE person_id = ?1", [.integer(id)]
      ) { Subject.token($0.integer(0)) }
      return Set(enrolments + results + certificates.compactMap(\.self) + tokens)
        .union([.person(id)])
    }
  }

  /// The class with this id, whatever became of it: its cohort, its day and when it began.
  package func lesson(_ id: Int64) throws -> (cohort: Int64, day: CivilDate, starts: Int)? {
    try self.database.first(
      "SELECT cohort_id, held_on, starts_minute FROM class WHERE id = ?1", [.integer(id)]
    ) { ($0.integer(0), try $0.date(1), Int($0.integer(2))) }
  }

  /// The name of a token, in force or not; nil where there is none.
  package func tokenName(_ id: Int64) throws -> String? {
    try self.database.first("SELECT name FROM token WHERE id = ?1", [.integer(id)]) { $0.text(0) }
  }
}
