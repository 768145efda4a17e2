/// When a certificate is valid, and whether it was revoked.
package struct CertificateLife: Equatable, Sendable {
  /// A revocation: from when and why.
  package struct Revocation: Equatable, Sendable {
    package let since: CivilDate
    package let reason: RevocationReason

    /// A revocation that stands from `since` on.
    package init(since: CivilDate, reason: RevocationReason) {
      self.since = since
      self.reason = reason
    }
  }

  package let issuedOn: CivilDate
  package let validity: Period
  package let revocation: Revocation?

  /// Describes a certificate's life so far.
  package init(issuedOn: CivilDate, validity: Period, revocation: Revocation?) {
    self.issuedOn = issuedOn
    self.validity = validity
    self.revocation = revocation
  }

  /// How the certificate stands on `day`: revoked before expired before not yet valid.
  package func standing(on day: CivilDate) -> Standing {
    Self.standing(on: day, validity: self.validity, isRevoked: self.revocation != nil)
  }

  /// How a certificate stands on `day` that is valid in `validity`, and maybe revoked.
  package static func standing(
    on day: CivilDate, validity: Period, isRevoked: Bool
  ) -> Standing {
    if isRevoked { return .revoked }
    if let until = validity.until, day > until { return .expired }
    return day < validity.from ? .notYetValid : .valid
  }

  /// This certificate, revoked from `day` on.
  ///
  /// - Throws: ``Refusal`` with ``Reason/alreadyRevoked`` (a relying party may have acted on the
  ///   first date, so a second revocation must not move it) or ``Reason/revokedBeforeIssue``.
  package func revoked(
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
