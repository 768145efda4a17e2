/// Makes a duplicate of a paper that was lost, stolen or damaged: the certificate stays what it is.
package struct MakeDuplicate: Equatable, Sendable {
  package let number: CertificateNumber
  package let reason: DuplicateReason
  /// The day of the holder's statement.
  package let statedOn: CivilDate

  package init(_ number: CertificateNumber, for reason: DuplicateReason, statedOn: CivilDate) {
    self.number = number
    self.reason = reason
    self.statedOn = statedOn
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var certificate: CertificateFacts
    package var kind: CertificateKind
    /// How many duplicates there are already.
    package var copies: Int

    package init(certificate: CertificateFacts, kind: CertificateKind, copies: Int) {
      self.certificate = certificate
      self.kind = kind
      self.copies = copies
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/certificateAdopted``, ``Reason/actsOnHimself``, as
  ///   ``CertificateLife/checkStands(on:norLater:)``, with ``Reason/certificateExpired`` or ``Reason/outOfRange``.
  package func decided(
    _ facts: Facts, by registrar: Int64, on today: CivilDate
  ) throws(Refusal) -> DuplicateMade {
    let life = facts.certificate.life
    if facts.kind == .adopted { throw Refusal(.certificateAdopted, column: "number") }
    if facts.certificate.holder == registrar { throw Refusal(.actsOnHimself, column: "number") }
    try life.checkStands(on: today, norLater: false)
    try life.checkNotExpired(on: today)
    guard (life.issuedOn...today).contains(self.statedOn) else {
      throw Refusal(
        .outOfRange, column: "stated_on", value: self.statedOn.iso,
        ["low": life.issuedOn.iso, "high": today.iso])
    }
    return DuplicateMade(
      number: self.number, copy: facts.copies + 1, reason: self.reason, statedOn: self.statedOn,
      madeOn: today)
  }
}

extension CertificateLife {
  /// Refuses to make a paper of what does not stand today.
  ///
  /// - Parameter norLater: Whether what is replaced from a day to come is refused, too.
  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked``, be it from a day to come,
  ///   ``Reason/certificateSuspended`` or ``Reason/certificateReplaced``.
  func checkStands(on today: CivilDate, norLater: Bool) throws(Refusal) {
    if let revocation = self.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.days.from.iso])
    }
    if let mark = self.mark(on: today), mark.cause.standing == .suspended {
      throw Refusal(.certificateSuspended, column: "number", ["since": mark.days.from.iso])
    }
    if let mark = self.replacement, norLater || mark.days.contains(today),
      let successor = mark.successor
    {
      throw Refusal(.certificateReplaced, column: "number", ["number": successor.text])
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/certificateExpired``.
  func checkNotExpired(on today: CivilDate) throws(Refusal) {
    if let until = self.validity.until, until < today {
      throw Refusal(.certificateExpired, column: "number", ["until": until.iso])
    }
  }
}
