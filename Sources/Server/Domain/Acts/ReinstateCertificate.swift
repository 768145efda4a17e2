/// Ends a suspension before its time: from a day on the certificate stands as if there were none
///
package struct ReinstateCertificate: Equatable, Sendable {
  package let number: CertificateNumber
  package let reason: ReinstatementReason
  /// The first day on which it is no longer suspended.
  package let from: CivilDate
  /// Why, in words; needed where the effect lies long back.
  package let why: String

  package init(
    _ number: CertificateNumber, for reason: ReinstatementReason, from: CivilDate, why: String
  ) {
    self.number = number
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

    package init(certificate: CertificateFacts, makers: [Int64: Int64], isPassed: Bool) {
      self.certificate = certificate
      self.makers = makers
      self.isPassed = isPassed
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked``, ``Reason/actsOnHimself``,
  ///   ``Reason/notSuspended``, ``Reason/datesReversed`` (a suspension that ends on its first day was
  ///   never one), ``Reason/endsOwnAct``, ``Reason/groundFailed``, ``Reason/outOfRange`` or
  ///   ``Reason/missing``.
  package func decided(
    _ facts: Facts, by certifier: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let life = facts.certificate.life
    if let revocation = life.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.days.from.iso])
    }
    if facts.certificate.holder == certifier { throw Refusal(.actsOnHimself, column: "number") }
    guard let mark = life.mark(on: self.from), case .suspended(let ground) = mark.cause else {
      throw Refusal(.notSuspended, column: "held_on", value: self.from.iso, ["day": self.from.iso])
    }
    guard self.from > mark.days.from else {
      throw Refusal(.datesReversed, column: "held_on", value: self.from.iso)
    }
    if facts.makers[mark.sequence] == certifier { throw Refusal(.endsOwnAct, column: "number") }
    guard facts.isPassed else { throw Refusal(.groundFailed, column: "number") }
    try EffectDay.check(self.from, why: self.why, on: today)
    return .certificateReinstated(
      .init(
        number: self.number, endsSequence: mark.sequence, reason: self.reason, why: self.why,
        suspendedFrom: mark.days.from,
        suspendedUntil: CivilDate(dayNumber: self.from.dayNumber - 1), ground: ground))
  }
}
