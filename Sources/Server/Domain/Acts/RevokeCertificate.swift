/// Takes a certificate back, for good.
package struct RevokeCertificate: Equatable, Sendable {
  package let number: CertificateNumber
  package let reason: RevocationReason
  /// From which day on.
  package let since: CivilDate
  /// Why, in words; needed where the effect lies long back.
  package let why: String
  /// The case on which it rests; 0 where none is named.
  package let cites: Int64

  package init(
    _ number: CertificateNumber, for reason: RevocationReason, since: CivilDate, why: String,
    cites: Int64 = 0
  ) {
    self.number = number
    self.reason = reason
    self.since = since
    self.why = why
    self.cites = cites
  }

  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked`` (a relying party may have acted on the first
  ///   date, so a second revocation must not move it), ``Reason/actsOnHimself``,
  ///   ``Reason/revokedBeforeIssue``, ``Reason/caseUnfit``, ``Reason/outOfRange`` or ``Reason/missing``.
  package func decided(
    _ certificate: CertificateFacts, by certifier: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    if let revocation = certificate.life.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.days.from.iso])
    }
    if certificate.holder == certifier { throw Refusal(.actsOnHimself, column: "number") }
    guard self.since >= certificate.life.issuedOn else {
      throw Refusal(
        .revokedBeforeIssue, column: "held_on", value: self.since.iso,
        ["issued": certificate.life.issuedOn.iso])
    }
    try Citation.check(certificate.cited, isNeeded: false) {
      $0.end?.outcome == .confirmed && $0.person == certificate.holder
    }
    try EffectDay.check(self.since, why: self.why, on: today)
    return .certificateRevoked(
      .init(
        number: self.number, since: self.since, reason: self.reason, why: self.why,
        cites: self.cites))
  }
}

/// What the rules ask of a certificate against which something is to stand, or no longer.
package struct CertificateFacts: Equatable, Sendable {
  package var holder: Int64
  package var life: CertificateLife
  /// The case that is cited.
  package var cited: CaseRecord?

  package init(holder: Int64, life: CertificateLife, cited: CaseRecord? = nil) {
    self.holder = holder
    self.life = life
    self.cited = cited
  }
}
