/// Makes a token that carries some of what a person was given, or a partner's agreement.
package struct CreateToken: Equatable, Sendable {
  /// In how many days a token may end.
  package static let days: ClosedRange<Int> = 1...400

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The roles the person has in the organisation; none for a partner's agreement.
    package var granted: Set<Role>
    /// Whether the person is invited to the session that it is for, which is of the organisation and not over.
    package var isInvited: Bool
    /// Whether the person is appointed to an open case, and the organisation the School.
    package var isAppointed: Bool
    /// Of a partner's: whether an agreement with the organisation is in force.
    package var isAgreed: Bool
    /// The id the token gets.
    package var nextID: Int64

    package init(
      granted: Set<Role>, isInvited: Bool = false, isAppointed: Bool = false,
      isAgreed: Bool = false, nextID: Int64
    ) {
      self.granted = granted
      self.isInvited = isInvited
      self.isAppointed = isAppointed
      self.isAgreed = isAgreed
      self.nextID = nextID
    }
  }

  /// 0 for a partner's agreement.
  package let personID: Int64
  package let organisationID: Int64
  package let name: String
  package let roles: [Role]
  package let days: Int
  /// The session whose invited examiner it is for; 0 for all others.
  package let sessionID: Int64

  package init(
    for personID: Int64, in organisationID: Int64, named name: String, carrying roles: [Role],
    days: Int, at sessionID: Int64 = 0
  ) {
    self.personID = personID
    self.organisationID = organisationID
    self.name = name
    self.roles = roles
    self.days = days
    self.sessionID = sessionID
  }

  /// - Parameters:
  ///   - hash: SHA-256 of the secret, which nobody keeps.
  ///   - instant: Now.
  /// - Throws: ``Refusal`` with ``Reason/outOfRange``, ``Reason/missing``, ``Reason/agreementMissing`` or
  ///   ``Reason/roleNotGranted`` (a partner's agreement verifies, and does nothing else; who is invited to a
  ///   session or appointed to a case is that alone).
  package func decided(
    _ facts: Facts, hash: [UInt8], at instant: Instant
  ) throws(Refusal) -> Deed {
    guard Self.days.contains(self.days) else {
      throw Refusal(
        .outOfRange, column: "days", value: "\(self.days)", ["low": "1", "high": "400"])
    }
    if self.roles.isEmpty { throw Refusal(.missing, column: "role") }
    let granted = self.allowed(facts)
    if let missing = self.roles.first(where: { !granted.contains($0) }) {
      throw Refusal(.roleNotGranted, column: "role", value: missing.rawValue)
    }
    if self.personID == 0, !facts.isAgreed { throw Refusal(.agreementMissing) }
    let ends = instant.unixMilliseconds + Int64(self.days) * 86_400_000
    return .tokenCreated(
      .init(
        id: facts.nextID, personID: self.personID, organisationID: self.organisationID,
        hash: hash, name: self.name, roles: self.roles, expiresAt: Instant(unixMilliseconds: ends),
        sessionID: self.sessionID))
  }

  /// What it may carry.
  private func allowed(_ facts: Facts) -> Set<Role> {
    if self.sessionID != 0 { return facts.isInvited ? [.invited] : [] }
    if self.roles.contains(.appointed) { return facts.isAppointed ? [.appointed] : [] }
    return self.personID == 0 ? [.verifier] : facts.granted
  }
}
