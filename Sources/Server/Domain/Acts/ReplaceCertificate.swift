/// Issues a certificate anew in place of one that is there, which takes two persons.
package struct ReplaceCertificate: Equatable, Sendable {
  package let number: CertificateNumber
  /// Whose it is.
  package let holder: Int64
  package let reason: ReplacementReason
  /// What shows why, in words.
  package let evidence: String

  /// The act as it was read before: out of a proposal.
  package init(
    _ number: CertificateNumber, of holder: Int64, for reason: ReplacementReason, evidence: String
  ) {
    self.number = number
    self.holder = holder
    self.reason = reason
    self.evidence = evidence
  }

  /// Reads the evidence, in the words of who proposes it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ number: CertificateNumber, of holder: Int64, for reason: ReplacementReason,
    reading evidence: String
  ) throws(Refusal) {
    let evidence = try TextRule.read(evidence, column: "evidence")
    self.init(number, of: holder, for: reason, evidence: evidence)
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    /// The holder, and what the certificate attests.
    package var candidate: IssueCertificates.Candidate
    package var life: CertificateLife
    /// The names that stand on it.
    package var printed: Names
    /// The names in effect.
    package var names: Names
    /// Whether the pass and the hours that it rests on stand; a School's certificate rests on none of its
    /// own.
    package var isGrounded: Bool
    /// Whether the School is entitled to issue today.
    package var isEntitled: Bool
    /// The last serial of the year that was given out or burned.
    package var lastSerial: Int64

    package init(
      candidate: IssueCertificates.Candidate, life: CertificateLife, printed: Names, names: Names,
      isGrounded: Bool, isEntitled: Bool, lastSerial: Int64
    ) {
      self.candidate = candidate
      self.life = life
      self.printed = printed
      self.names = names
      self.isGrounded = isGrounded
      self.isEntitled = isEntitled
      self.lastSerial = lastSerial
    }
  }

  /// Gives the new certificate the next number and its days.
  ///
  /// - Throws: ``Refusal`` with ``Reason/certificateAdopted``; by how it stands today
  ///   ``Reason/alreadyRevoked``, ``Reason/certificateReplaced``, ``Reason/certificateSuspended`` or
  ///   ``Reason/certificateExpired``; ``Reason/neverExpires``; of the caller as ``Hand`` says;
  ///   ``Reason/namesUnchanged``, ``Reason/latinNameMissing``, ``Reason/groundFailed``,
  ///   ``Reason/notEntitledToIssue`` or ``Reason/serialsExhausted``.
  package func decided(
    _ facts: Facts, by caller: Int64, as hand: Hand, on today: CivilDate
  ) throws(Refusal) -> IssueCertificates.Grant {
    try self.checkStanding(facts, on: today)
    let days = try self.days(facts, on: today)
    // A changed name is no decision on training, nor is the School's certificate.
    let isOnTraining = facts.candidate.kind == .programme && self.reason != .nameChange
    let bar = hand.bar(
      caller, to: self.holder, isOnTraining ? facts.candidate.hands : nil, on: today)
    if let bar { throw Refusal(bar, column: "number", ["who": PersonNumber.text(self.holder)]) }
    if self.reason == .nameChange, facts.names == facts.printed {
      throw Refusal(.namesUnchanged, column: "number")
    }
    guard facts.names.latin != nil else { throw Refusal(.latinNameMissing, column: "number") }
    guard facts.isGrounded else { throw Refusal(.groundFailed, column: "number") }
    guard facts.isEntitled else { throw Refusal(.notEntitledToIssue, ["day": today.iso]) }
    let year = today.parts.year
    guard let number = CertificateNumber(year: year, serial: facts.lastSerial + 1) else {
      throw Refusal(.serialsExhausted, ["year": "\(year)"])
    }
    return .init(number: number, candidate: facts.candidate, issuedOn: today, validity: days)
  }

  /// A replacement that stands refuses another whatever its day: the one that was issued is the one to name.
  private func checkStanding(_ facts: Facts, on today: CivilDate) throws(Refusal) {
    if facts.candidate.kind == .adopted { throw Refusal(.certificateAdopted, column: "number") }
    try facts.life.checkStands(on: today, norLater: true)
  }

  /// The days of the new one: those of the old one, but for a renewal.
  private func days(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Period {
    let old = facts.life.validity
    guard self.reason == .renewal else {
      try facts.life.checkNotExpired(on: today)
      return old
    }
    guard let until = old.until else { throw Refusal(.neverExpires, column: "number") }
    let next = CivilDate(dayNumber: until.dayNumber + 1)
    return Period(from: max(next, today), months: facts.candidate.validityMonths)
  }

  /// What is done by it: the old one is replaced from the new one's issue, at a renewal from its first day
  ///
  package func deed(_ certificate: CertificatesIssued.Certificate) -> CertificateReplaced {
    CertificateReplaced(
      number: self.number, reason: self.reason,
      since: self.reason == .renewal ? certificate.validity.from : certificate.issuedOn,
      evidence: self.evidence, certificate: certificate)
  }
}
