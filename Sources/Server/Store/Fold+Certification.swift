import BitimDomain
import BitimProtocol

/// Sessions, results and certificates.
extension Fold {
  func open(_ deed: BitimJournalV1.SessionOpened, _ seq: Int64) throws {
    let session = deed.session ?? .init()
    try self.database.execute(
      """
      INSERT INTO session (id, code, cohort_id, held_on, protocol_number, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(deed.id), .text(session.code), .integer(deed.cohortId), .text(session.heldOn),
        .text(session.protocolNumber), .integer(seq),
      ])
    for seat in session.commission {
      try self.database.execute(
        "INSERT INTO commission_seat (session_id, person_id, seat) VALUES (?1, ?2, ?3)",
        [
          .integer(deed.id), .integer(seat.personId),
          .text(try self.word(seat.seat.rawValue, Seat.self)),
        ])
    }
  }

  func record(
    _ deed: BitimJournalV1.ResultsRecorded, _ act: BitimJournalV1.Act, _ seq: Int64
  ) throws {
    for result in deed.results {
      if result.replacesId != 0 {
        try self.database.execute(
          "UPDATE result SET replaced_seq = ?2 WHERE id = ?1",
          [.integer(result.replacesId), .integer(seq)])
        try self.expectOneChange("result")
      }
      func points(_ component: BitimV1.Component) -> Value {
        let score = result.scores.first { $0.component == component }
        return score.map { .int($0.points) } ?? .null
      }
      try self.database.execute(
        """
        INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, test, role_play,
          interview, recorded_by, recorded_at_ms, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """,
        [
          .integer(result.id), .integer(deed.sessionId), .integer(result.enrolmentId),
          .int(result.attempt),
          .text(try self.word(result.outcome.rawValue, ResultOutcome.self)), points(.test),
          points(.rolePlay), points(.interview), .integer(act.actorPersonId),
          .integer(act.recordedAtMs), .integer(seq),
        ])
    }
  }

  func confirm(
    _ deed: BitimJournalV1.ResultsConfirmed, by person: Int64, _ seq: Int64
  ) throws {
    for id in deed.resultIds {
      try self.database.execute(
        "UPDATE result SET confirmed_by = ?2, confirmed_seq = ?3 WHERE id = ?1",
        [.integer(id), .integer(person), .integer(seq)])
      try self.expectOneChange("result")
    }
  }

  func annul(_ deed: BitimJournalV1.ResultAnnulled, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE result SET annulled_by = ?2, annulled_seq = ?3 WHERE id = ?1",
      [.integer(deed.resultId), .integer(person), .integer(seq)])
    try self.expectOneChange("result")
  }

  func issue(
    _ deed: BitimJournalV1.CertificatesIssued, by person: Int64, _ seq: Int64
  ) throws {
    for certificate in deed.certificates {
      let sheet = try BitimV1.Sheet(decoding: certificate.sheet)
      try self.database.execute(
        """
        INSERT INTO certificate (number, code, person_id, kind, programme, enrolment_id, issued_on,
          valid_from, valid_until, decided_by, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """,
        [
          .integer(certificate.number), .blob(certificate.code), .integer(certificate.personId),
          .text(try self.word(certificate.kind.rawValue, CertificateKind.self)),
          .int(certificate.programme), .idOrNull(certificate.enrolmentId),
          .text(sheet.issuedOn), .text(sheet.validFrom), .optional(sheet.validUntil),
          .integer(person), .integer(seq),
        ])
      guard let from = CivilDate(iso: sheet.validFrom) else {
        throw StoreFailure.corrupt("act \(seq): a date is malformed")
      }
      let until = sheet.validUntil.flatMap { CivilDate(iso: $0) }
      try self.database.execute(
        """
        INSERT INTO verification (number, code, valid_from_day, valid_until_day, sheet)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(certificate.number), .blob(certificate.code), .int(from.dayNumber),
          until.map { .int($0.dayNumber) } ?? .null, .blob(certificate.sheet),
        ])
    }
  }

  func revoke(
    _ deed: BitimJournalV1.CertificateRevoked, since: String, _ seq: Int64
  ) throws {
    try self.database.execute(
      "INSERT INTO revocation (number, since, reason, seq) VALUES (?1, ?2, ?3, ?4)",
      [
        .integer(deed.number), .text(since),
        .text(try self.word(deed.reason.rawValue, RevocationReason.self)), .integer(seq),
      ])
    var status = BitimV1.CertificateStatus()
    status.standing = .revoked
    status.since = since
    status.reason = deed.reason
    try self.database.execute(
      "UPDATE verification SET revoked = ?2 WHERE number = ?1",
      [.integer(deed.number), .blob(status.encoded)])
    try self.expectOneChange("verification")
  }

  func burn(_ deed: BitimJournalV1.RecordsRestored, _ seq: Int64) throws {
    for serials in deed.burned {
      try self.database.execute(
        """
        INSERT INTO burned_serials (year, first, last, restored_to_ms, seq)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .int(serials.year), .integer(serials.first), .integer(serials.last),
          .integer(deed.restoredToMs), .integer(seq),
        ])
    }
  }
}
