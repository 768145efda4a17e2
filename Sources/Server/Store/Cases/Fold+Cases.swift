import BitimDomain

/// Cases: what is asked of them by rules; their texts stay in their acts.
extension Fold {
  mutating func receive(_ deed: CaseReceived, _ act: Act, _ seq: Int64) throws {
    if let registered = deed.application?.registered {
      try self.add(registered.person, seq)
      try self.dismiss(registered.dismissed, seq)
    }
    try self.database.execute(
      """
      INSERT INTO case_file (seq, kind, person_id, received_on, told_on, received_by, grounds)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(seq), .text(deed.kind.rawValue), .idOrNull(deed.person), .date(act.heldOn),
        .optional(deed.toldOn), .integer(act.actor.personID), .int(deed.grounds.count),
      ])
    for contested in deed.contested { try self.contest(contested, seq) }
    if let claim = deed.recognition?.claim {
      try self.database.execute(
        """
        INSERT INTO case_recognition (case_seq, programme, theory_quarters, practice_quarters)
        VALUES (?1, ?2, ?3, ?4)
        """,
        [
          .integer(seq), .int(claim.programme), .int(claim.hours.theory),
          .int(claim.hours.practice),
        ])
    }
    if let entry = deed.entry { try self.apply(for: entry, seq) }
    guard let application = deed.application else { return }
    try self.database.execute(
      """
      INSERT INTO case_application (case_seq, programme, organisation_id) VALUES (?1, ?2, ?3)
      """,
      [
        .integer(seq), .int(application.goal.programme), .integer(application.goal.organisation),
      ])
    try self.cite(application.cites, seq)
  }

  private func contest(_ contested: ContestedAct, _ seq: Int64) throws {
    let (kind, result, number, application): (String, Int64, Int64, Int64) =
      switch contested.subject {
      case .result(let id): ("result", id, 0, 0)
      case .annulment(let id): ("annulment", id, 0, 0)
      case .mark(let number): ("mark", 0, number.value, 0)
      case .application(let sequence): ("application", 0, 0, sequence)
      }
    try self.database.execute(
      """
      INSERT INTO case_contested (case_seq, act_seq, kind, result_id, number, application_seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(seq), .integer(contested.sequence), .text(kind), .idOrNull(result),
        .idOrNull(number), .idOrNull(application),
      ])
  }

  /// A withdrawal ends the case, as a decision does; any other step is a row.
  func move(_ deed: CaseMoved, _ act: Act, _ seq: Int64) throws {
    if deed.step == .withdrawn {
      return try self.endCase(
        deed.caseSequence, deed.step.rawValue, deed.certificates, act, seq)
    }
    try self.database.execute(
      "INSERT INTO case_step (case_seq, seq, step, held_on, made_by) VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .integer(deed.caseSequence), .integer(seq), .text(deed.step.rawValue), .date(act.heldOn),
        .integer(act.actor.personID),
      ])
    for number in deed.certificates { try self.answer(number) }
  }

  func decide(_ deed: CaseDecided, _ act: Act, _ seq: Int64) throws {
    try self.endCase(deed.caseSequence, deed.outcome.rawValue, deed.certificates, act, seq)
    if let number = deed.entry { try self.enter(number, deed.caseSequence, act, seq) }
    guard let recognised = deed.recognised else { return }
    try self.database.execute(
      """
      INSERT INTO recognised_hours (case_seq, enrolment_id, theory_quarters, practice_quarters, seq)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(deed.caseSequence), .integer(recognised.enrolmentID),
        .int(recognised.hours.theory), .int(recognised.hours.practice), .integer(seq),
      ])
  }

  func appoint(_ deed: ArbiterAppointed, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO case_arbiter (case_seq, person_id, seq, document, dated_on, organisation, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(deed.caseSequence), .integer(deed.personID), .integer(seq),
        .text(deed.letter.document), .date(deed.letter.datedOn), .text(deed.letter.organisation),
        .integer(person),
      ])
  }

  /// An act cites a case; 0 where it cites none.
  func cite(_ sequence: Int64, _ seq: Int64) throws {
    if sequence == 0 { return }
    try self.database.execute(
      "INSERT INTO case_citation (seq, case_seq) VALUES (?1, ?2)",
      [.integer(seq), .integer(sequence)])
  }

  /// The result stands again; who annulled it, and when, is kept beside it.
  func withdraw(_ deed: AnnulmentWithdrawn, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO annulment_withdrawn (result_id, annulled_seq, annulled_by, seq, withdrawn_by)
      SELECT id, annulled_seq, annulled_by, ?3, ?4 FROM result WHERE id = ?1 AND annulled_seq = ?2
      """,
      [
        .integer(deed.resultID), .integer(deed.endsSequence), .integer(seq), .integer(person),
      ])
    try self.expectOneChange("annulment_withdrawn")
    try self.database.execute(
      "UPDATE result SET annulled_by = NULL, annulled_seq = NULL WHERE id = ?1",
      [.integer(deed.resultID)])
    try self.expectOneChange("result")
    try self.cite(deed.cites, seq)
  }

  private func endCase(
    _ sequence: Int64, _ how: String, _ certificates: [CertificateNumber], _ act: Act, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      UPDATE case_file SET ended_seq = ?2, ended_by = ?3, ended_on = ?4, ended_how = ?5
      WHERE seq = ?1 AND ended_seq IS NULL
      """,
      [
        .integer(sequence), .integer(seq), .integer(act.actor.personID), .date(act.heldOn),
        .text(how),
      ])
    try self.expectOneChange("case_file")
    for number in certificates { try self.answer(number) }
  }
}
