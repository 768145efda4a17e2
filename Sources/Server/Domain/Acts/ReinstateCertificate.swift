/// Ends a suspension before its time: from a day on the certificate stands as if there were none. Another
/// certifier does so than suspended it, or where there is none another person approves.
package struct ReinstateCertificate: Equatable, Sendable {
  package let number: CertificateNumber
  /// Whose certificate it is.
  package let holder: Int64
  package let reason: ReinstatementReason
  /// The first day on which it is no longer suspended.
  package let from: CivilDate
  /// Why, in words; needed where the effect lies long back.
  package let why: String

  package init(
    _ number: CertificateNumber, of holder: Int64, for reason: ReinstatementReason,
    from: CivilDate, why: String
  ) {
    self.number = number
    self.holder = holder
    self.reason = reason
    self.from = from
    self.why = why
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var certificate: CertificateFacts
    /// Who made each mark that stands, by the act that made it.
    package var makers: [Int64: Int64]
    /// Whether the pass that it rests on stands; a School's certificate rests on none of its own.
    package var isPassed: Bool
    /// Who may certify at the School today.
    package var certifiers: Set<Int64>

    package init(
      certificate: CertificateFacts, makers: [Int64: Int64], isPassed: Bool,
      certifiers: Set<Int64>
    ) {
      self.certificate = certificate
      self.makers = makers
      self.isPassed = isPassed
      self.certifiers = certifiers
    }
  }

  /// Ends it; whoever made it only proposes that, and only where nobody else could end it.
  ///
  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked``, ``Reason/actsOnHimself``,
  ///   ``Reason/notSuspended``, ``Reason/datesReversed`` (a suspension that ends on its first day was
  ///   never one), ``Reason/endsOwnAct``, ``Reason/groundFailed``, ``Reason/outOfRange`` or
  ///   ``Reason/missing``.
  package func decided(
    _ facts: Facts, by caller: Int64, on today: CivilDate
  ) throws(Refusal) -> Decision {
    let life = facts.certificate.life
    if let revocation = life.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.days.from.iso])
    }
    if caller == self.holder { throw Refusal(.actsOnHimself, column: "number") }
    guard let mark = life.mark(on: self.from), case .suspended(let ground) = mark.cause else {
      throw Refusal(.notSuspended, column: "held_on", value: self.from.iso, ["day": self.from.iso])
    }
    guard self.from > mark.days.from else {
      throw Refusal(.datesReversed, column: "held_on", value: self.from.iso)
    }
    let isMaker = facts.makers[mark.sequence] == caller
    // Nobody certifies himself, so that the holder is no other.
    if isMaker, !facts.certifiers.isSubset(of: [caller, self.holder]) {
      throw Refusal(.endsOwnAct, column: "number")
    }
    guard facts.isPassed else { throw Refusal(.groundFailed, column: "number") }
    try EffectDay.check(self.from, why: self.why, on: today)
    return Decision(.certificateReinstated(self.deed(of: mark, ground)), takesTwo: isMaker)
  }

  /// What it comes to, where its rules let it pass.
  package func deed(of mark: CertificateMark, _ ground: SuspensionGround) -> CertificateReinstated {
    CertificateReinstated(
      number: self.number, endsSequence: mark.sequence, reason: self.reason, why: self.why,
      suspendedFrom: mark.days.from,
      suspendedUntil: CivilDate(dayNumber: self.from.dayNumber - 1), ground: ground)
  }
}
