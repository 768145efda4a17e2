import BitimDomain

/// What stands against certificates, and acts that were refused.
extension Fold {
  func revoke(_ deed: CertificateRevoked, by person: Int64, _ seq: Int64) throws {
    try self.mark(
      deed.number,
      CertificateMark(
        .revoked(deed.reason), days: Period(from: deed.since, until: nil), sequence: seq),
      why: deed.why, by: person)
    try self.cite(deed.cites, seq)
  }

  func suspend(_ deed: CertificateSuspended, by person: Int64, _ seq: Int64) throws {
    try self.mark(
      deed.number, CertificateMark(.suspended(deed.ground), days: deed.days, sequence: seq),
      why: deed.why, by: person)
    try self.cite(deed.cites, seq)
  }

  func reinstate(_ deed: CertificateReinstated, by person: Int64, _ seq: Int64) throws {
    try self.endMark(on: deed.number, deed.endsSequence, deed.reason.rawValue, by: person, seq)
    let days = Period(from: deed.suspendedFrom, until: deed.suspendedUntil)
    try self.mark(
      deed.number, CertificateMark(.suspended(deed.ground), days: days, sequence: seq),
      why: deed.why, by: person)
  }

  /// The mark comes first: of the same, one certificate stands at a time. What it answers comes last, when
  /// the new one is there.
  func replace(_ deed: CertificateReplaced, by person: Int64, _ seq: Int64) throws {
    let cause = CertificateMark.Cause.replaced(deed.reason, by: deed.certificate.number)
    try self.add(
      CertificateMark(cause, days: Period(from: deed.since, until: nil), sequence: seq),
      to: deed.number, why: deed.evidence, by: person)
    try self.issue(CertificatesIssued([deed.certificate]), by: person, seq)
    try self.answer(deed.number)
  }

  func withdraw(_ deed: MarkWithdrawn, by person: Int64, _ seq: Int64) throws {
    if let revocation = deed.revokes { try self.revoke(revocation, by: person, seq) }
    try self.endMark(on: deed.number, deed.endsSequence, deed.reason.rawValue, by: person, seq)
    try self.answer(deed.number)
    try self.cite(deed.cites, seq)
  }

  private func endMark(
    on number: CertificateNumber, _ mark: Int64, _ how: String, by person: Int64, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      UPDATE certificate_mark SET ended_seq = ?3, ended_how = ?4, ended_by = ?5
      WHERE number = ?1 AND seq = ?2 AND ended_seq IS NULL
      """,
      [.integer(number.value), .integer(mark), .integer(seq), .text(how), .integer(person)])
    try self.expectOneChange("certificate_mark")
  }

  private func mark(
    _ number: CertificateNumber, _ mark: CertificateMark, why: String, by person: Int64
  ) throws {
    try self.add(mark, to: number, why: why, by: person)
    try self.answer(number)
  }

  private func add(
    _ mark: CertificateMark, to number: CertificateNumber, why: String, by person: Int64
  ) throws {
    try self.database.execute(
      """
      INSERT INTO certificate_mark (number, seq, kind, since, until, reason, why, made_by, other)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        .integer(number.value), .integer(mark.sequence), .text(mark.cause.kind),
        .date(mark.days.from), .optional(mark.days.until), .text(mark.cause.reason), .text(why),
        .integer(person), .idOrNull(mark.successor?.value ?? 0),
      ])
  }

  func duplicate(_ deed: DuplicateMade, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO certificate_duplicate (number, copy, reason, stated_on, made_on, made_by, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(deed.number.value), .int(deed.copy), .text(deed.reason.rawValue),
        .date(deed.statedOn), .date(deed.madeOn), .integer(person), .integer(seq),
      ])
    try self.answer(deed.number)
  }

  /// Has verification answer by all marks that stand now, stayed or not, and by the last duplicate.
  func answer(_ number: CertificateNumber) throws {
    let octets = VerificationMark.octets(
      of: try Snapshot.marks(of: number, in: self.database),
      try Snapshot.duplicate(of: number, in: self.database))
    try self.database.execute(
      "UPDATE verification SET mark = ?2 WHERE number = ?1",
      [.integer(number.value), octets.isEmpty ? .null : .blob(octets)])
    try self.expectOneChange("verification")
  }

  /// An act that was refused changes nothing; whom it was about is remembered.
  func refuse(_ deed: ActRefused, _ seq: Int64) throws {
    for person in deed.personIDs {
      try self.database.execute(
        "INSERT INTO refused_act (seq, person_id) VALUES (?1, ?2)",
        [.integer(seq), .integer(person)])
    }
  }
}
