/// Takes a certificate's effect away for a while, or until further notice.
package struct SuspendCertificate: Equatable, Sendable {
  /// For how many days an investigation suspends unless told otherwise, the first and the last
  /// included.
  package static let investigationDays = 90

  package let number: CertificateNumber
  package let ground: SuspensionGround
  package let from: CivilDate
  /// The last day as it was asked for; nil where none was.
  package let until: CivilDate?
  /// Why, in words; needed where the effect lies long back.
  package let why: String
  /// The case on which it rests; 0 where none is named.
  package let cites: Int64

  package init(
    _ number: CertificateNumber, for ground: SuspensionGround, from: CivilDate, until: CivilDate?,
    why: String, cites: Int64 = 0
  ) {
    self.number = number
    self.ground = ground
    self.from = from
    self.until = until
    self.why = why
    self.cites = cites
  }

  /// The days of the suspension: an investigation without a last day gets one, all else is open.
  package var days: Period {
    let isBounded = self.until == nil && self.ground == .investigation
    let last = CivilDate(dayNumber: self.from.dayNumber + Self.investigationDays - 1)
    return Period(from: self.from, until: isBounded ? last : self.until)
  }

  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked``, ``Reason/actsOnHimself``,
  ///   ``Reason/suspendedBeforeIssue``, ``Reason/datesReversed``, ``Reason/certificateReplaced``,
  ///   ``Reason/certificateExpired``, ``Reason/alreadySuspended``, ``Reason/caseMissing``, ``Reason/caseUnfit``,
  ///   ``Reason/outOfRange`` or ``Reason/missing``.
  package func decided(
    _ certificate: CertificateFacts, by certifier: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let life = certificate.life
    if let revocation = life.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.days.from.iso])
    }
    if certificate.holder == certifier { throw Refusal(.actsOnHimself, column: "number") }
    guard self.from >= life.issuedOn else {
      throw Refusal(
        .suspendedBeforeIssue, column: "held_on", value: self.from.iso,
        ["issued": life.issuedOn.iso])
    }
    if let until = self.until, until < self.from {
      throw Refusal(.datesReversed, column: "until", value: until.iso)
    }
    if let mark = life.replacement, mark.days.contains(self.from), let other = mark.successor {
      throw Refusal(.certificateReplaced, column: "number", ["number": other.text])
    }
    if let last = life.validity.until, last < self.from {
      throw Refusal(
        .certificateExpired, column: "held_on", value: self.from.iso, ["until": last.iso])
    }
    let suspended = life.marks.filter { $0.cause.standing == .suspended }
    if let other = suspended.first(where: { $0.days.overlaps(self.days) }) {
      throw Refusal(
        .alreadySuspended, column: "held_on", value: self.from.iso,
        ["since": other.days.from.iso])
    }
    try Citation.check(certificate.cited, isNeeded: self.ground == .complaint) {
      $0.complains(of: certificate.holder, on: today)
    }
    try EffectDay.check(self.from, why: self.why, on: today)
    return .certificateSuspended(
      .init(
        number: self.number, days: self.days, ground: self.ground, why: self.why,
        cites: self.cites))
  }
}
