/// When a certificate is valid, and whether it was revoked.
public struct CertificateLife: Equatable, Sendable {
  /// A revocation: from when and why.
  public struct Revocation: Equatable, Sendable {
    public let since: CivilDate
    public let reason: RevocationReason

    /// A revocation that stands from `since` on.
    public init(since: CivilDate, reason: RevocationReason) {
      self.since = since
      self.reason = reason
    }
  }

  public let issuedOn: CivilDate
  public let validity: Period
  public let revocation: Revocation?

  /// Describes a certificate's life so far.
  public init(issuedOn: CivilDate, validity: Period, revocation: Revocation?) {
    self.issuedOn = issuedOn
    self.validity = validity
    self.revocation = revocation
  }

  /// How the certificate stands on `day`: revoked before expired before not yet valid.
  public func standing(on day: CivilDate) -> Standing {
    if self.revocation != nil { return .revoked }
    if let until = self.validity.until, day > until { return .expired }
    return day < self.validity.from ? .notYetValid : .valid
  }

  /// This certificate, revoked from `day` on.
  ///
  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked`` (a relying party may have acted on the
  ///   first date, so a second revocation must not move it) or ``Reason/revokedBeforeIssue``.
  public func revoked(
    on day: CivilDate, for reason: RevocationReason
  ) throws(Refusal) -> CertificateLife {
    if let revocation = self.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.since.iso])
    }
    guard day >= self.issuedOn else {
      throw Refusal(
        .revokedBeforeIssue, column: "held_on", value: day.iso, ["issued": self.issuedOn.iso])
    }
    return CertificateLife(
      issuedOn: self.issuedOn, validity: self.validity,
      revocation: Revocation(since: day, reason: reason))
  }
}
