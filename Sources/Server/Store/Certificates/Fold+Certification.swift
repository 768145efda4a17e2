import BitimDomain

/// Sessions, results and certificates.
extension Fold {
  func open(_ session: SessionRecord, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO session (id, code, cohort_id, planned_on, held_on, protocol_number, seq)
      VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)
      """,
      [
        .integer(session.id), .text(session.code), .integer(session.cohortID),
        .date(session.heldOn), .text(session.protocolNumber), .integer(seq),
      ])
    for (person, seat) in session.seats.sorted(by: { $0.key < $1.key }) {
      try self.seat(person, seat, session.invitations[person], session.id, seq)
    }
  }

  func change(_ deed: SeatChanged, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE commission_seat SET ended_seq = ?3, ended_how = 'replaced'
      WHERE session_id = ?1 AND person_id = ?2 AND ended_seq IS NULL
      """, [.integer(deed.sessionID), .integer(deed.goes), .integer(seq)])
    try self.expectOneChange("commission_seat")
    try self.seat(deed.comes, deed.seat, deed.invitation, deed.sessionID, seq)
    self.database.sessions.forget()
  }

  private func seat(
    _ person: Int64, _ seat: Seat, _ invitation: Invitation?, _ session: Int64, _ seq: Int64
  ) throws {
    try self.database.execute(
      "INSERT INTO commission_seat (session_id, person_id, seat, seq) VALUES (?1, ?2, ?3, ?4)",
      [.integer(session), .integer(person), .text(seat.rawValue), .integer(seq)])
    guard let invitation else { return }
    try self.database.execute(
      """
      INSERT INTO invitation (session_id, person_id, seq, document, dated_on, organisation)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(session), .integer(person), .integer(seq), .text(invitation.document),
        .date(invitation.datedOn), .text(invitation.organisation),
      ])
  }

  func move(_ deed: SessionMoved, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE session SET held_on = ?2 WHERE id = ?1",
      [.integer(deed.sessionID), .date(deed.heldOn)])
    try self.expectOneChange("session")
    try self.database.execute(
      "INSERT INTO session_move (session_id, seq, held_on) VALUES (?1, ?2, ?3)",
      [.integer(deed.sessionID), .integer(seq), .date(deed.heldOn)])
    self.database.sessions.forget()
  }

  func cancel(_ deed: SessionCancelled, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE session SET ended_seq = ?2, ended_how = 'cancelled' WHERE id = ?1",
      [.integer(deed.sessionID), .integer(seq)])
    try self.expectOneChange("session")
    self.database.sessions.forget()
  }

  func record(_ deed: ResultsRecorded, _ act: Act, _ seq: Int64) throws {
    for result in deed.results {
      if result.replacesID != 0 {
        try self.database.execute(
          "UPDATE result SET replaced_seq = ?2 WHERE id = ?1",
          [.integer(result.replacesID), .integer(seq)])
        try self.expectOneChange("result")
      }
      func points(_ component: Component) -> Value {
        result.scores[component].map { .int($0) } ?? .null
      }
      try self.database.execute(
        """
        INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, test, role_play,
          interview, recorded_by, recorded_at_ms, seq, why)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """,
        [
          .integer(result.id), .integer(deed.sessionID), .integer(result.enrolmentID),
          .int(result.attempt), .text(result.outcome.rawValue), points(.test),
          points(.rolePlay), points(.interview), .integer(act.actor.personID),
          .integer(act.recordedAt.unixMilliseconds), .integer(seq),
          result.why.isEmpty ? .null : .text(result.why),
        ])
      try self.mark(result.marks, of: result.id, seq)
    }
  }

  /// What each member gave, where the edition keeps that.
  private func mark(_ marks: [MemberMark], of result: Int64, _ seq: Int64) throws {
    for mark in marks {
      try self.database.execute(
        """
        INSERT INTO member_mark (result_id, component, person_id, points, seq)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(result), .text(mark.component.rawValue), .integer(mark.member),
          .int(mark.points), .integer(seq),
        ])
    }
  }

  func review(_ deed: ResultsReviewed, by person: Int64, _ seq: Int64) throws {
    for id in deed.resultIDs {
      try self.database.execute(
        "INSERT INTO result_review (result_id, person_id, seq) VALUES (?1, ?2, ?3)",
        [.integer(id), .integer(person), .integer(seq)])
    }
  }

  func admit(_ deed: CandidateAdmitted, _ seq: Int64) throws {
    try self.database.execute(
      "INSERT INTO session_admission (session_id, enrolment_id, seq) VALUES (?1, ?2, ?3)",
      [.integer(deed.sessionID), .integer(deed.enrolmentID), .integer(seq)])
    self.database.sessions.forget()
  }

  func declare(_ deed: InterestDeclared, _ seq: Int64) throws {
    for id in deed.withdrawn {
      try self.database.execute(
        "UPDATE result SET replaced_seq = ?2 WHERE id = ?1", [.integer(id), .integer(seq)])
      try self.expectOneChange("result")
    }
    try self.database.execute(
      "INSERT INTO interest_declaration (session_id, person_id, seq) VALUES (?1, ?2, ?3)",
      [.integer(deed.sessionID), .integer(deed.member), .integer(seq)])
    for interest in deed.interests {
      try self.database.execute(
        """
        INSERT INTO interest (session_id, person_id, candidate_id, kind, seq)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(deed.sessionID), .integer(deed.member), .integer(interest.candidate),
          .text(interest.kind.rawValue), .integer(seq),
        ])
    }
    self.database.sessions.forget()
  }

  func confirm(_ deed: ResultsConfirmed, by person: Int64, _ seq: Int64) throws {
    for id in deed.resultIDs {
      try self.database.execute(
        "UPDATE result SET confirmed_by = ?2, confirmed_seq = ?3 WHERE id = ?1",
        [.integer(id), .integer(person), .integer(seq)])
      try self.expectOneChange("result")
    }
  }

  func correct(_ deed: ResultCorrected, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO result_correction (result_id, seq, test, role_play, interview, made_by, why)
      SELECT id, ?2, test, role_play, interview, ?3, ?4 FROM result WHERE id = ?1
      """, [.integer(deed.resultID), .integer(seq), .integer(person), .text(deed.why)])
    try self.expectOneChange("result_correction")
    func points(_ component: Component) -> Value {
      deed.scores[component].map { .int($0) } ?? .null
    }
    try self.database.execute(
      "UPDATE result SET test = ?2, role_play = ?3, interview = ?4 WHERE id = ?1",
      [.integer(deed.resultID), points(.test), points(.rolePlay), points(.interview)])
    if deed.marks.isEmpty { return }
    try self.database.execute(
      "UPDATE member_mark SET ended_seq = ?2 WHERE result_id = ?1 AND ended_seq IS NULL",
      [.integer(deed.resultID), .integer(seq)])
    try self.mark(deed.marks, of: deed.resultID, seq)
  }

  func excuse(_ deed: AbsenceExcused, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO result_excuse (result_id, seq, attempt, paper, dated_on, received_on, made_by)
      SELECT id, ?2, attempt, ?3, ?4, ?5, ?6 FROM result WHERE id = ?1
      """,
      [
        .integer(deed.resultID), .integer(seq), .text(deed.paper), .date(deed.datedOn),
        .date(deed.receivedOn), .integer(person),
      ])
    try self.expectOneChange("result_excuse")
    try self.database.execute(
      "UPDATE result SET attempt = 0, why = ?2 WHERE id = ?1",
      [.integer(deed.resultID), .text(deed.paper)])
  }

  func annul(_ deed: ResultAnnulled, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE result SET annulled_by = ?2, annulled_seq = ?3 WHERE id = ?1",
      [.integer(deed.resultID), .integer(person), .integer(seq)])
    try self.expectOneChange("result")
    try self.cite(deed.cites, seq)
  }

  func issue(_ deed: CertificatesIssued, by person: Int64, _ seq: Int64) throws {
    for certificate in deed.certificates {
      let validity = certificate.validity
      try self.database.execute(
        """
        INSERT INTO certificate (number, code, person_id, kind, programme, enrolment_id, issued_on,
          valid_from, valid_until, decided_by, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """,
        [
          .integer(certificate.number.value), .blob(certificate.code.octets),
          .integer(certificate.personID), .text(certificate.kind.rawValue),
          .int(certificate.programme), .idOrNull(certificate.enrolmentID),
          .date(certificate.issuedOn), .date(validity.from), .optional(validity.until),
          .integer(person), .integer(seq),
        ])
      try self.database.execute(
        """
        INSERT INTO verification (number, code, valid_from_day, valid_until_day, sheet)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(certificate.number.value), .blob(certificate.code.octets),
          .int(validity.not(before: certificate.issuedOn).from.dayNumber),
          validity.until.map { .int($0.dayNumber) } ?? .null,
          .blob(certificate.sheet),
        ])
    }
  }

  func refuse(_ deed: CertificateRefused, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO certificate_refusal (result_id, seq, refused_on, why, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(deed.resultID), .integer(seq), .date(deed.refusedOn), .text(deed.why),
        .integer(person),
      ])
  }

  func withdraw(_ deed: RefusalWithdrawn, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE certificate_refusal SET ended_seq = ?3, ended_by = ?4, ended_how = ?5
      WHERE result_id = ?1 AND seq = ?2
      """,
      [
        .integer(deed.resultID), .integer(deed.endsSequence), .integer(seq), .integer(person),
        .text(deed.reason.rawValue),
      ])
    try self.expectOneChange("certificate_refusal")
  }

  func letStand(_ deed: CertificateLetStand, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      "INSERT INTO let_stand (number, doubt, seq, found, made_by) VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .integer(deed.number.value), .text(deed.doubt.rawValue), .integer(seq), .text(deed.found),
        .integer(person),
      ])
  }

  func burn(_ deed: RecordsRestored, _ seq: Int64) throws {
    for burned in deed.burned {
      try self.database.execute(
        """
        INSERT INTO burned_serials (year, first, last, restored_to_ms, seq)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .int(burned.year), .integer(burned.serials.lowerBound),
          .integer(burned.serials.upperBound), .integer(deed.restoredTo.unixMilliseconds),
          .integer(seq),
        ])
    }
  }
}
