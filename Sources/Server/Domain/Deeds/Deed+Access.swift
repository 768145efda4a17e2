/// A role was given.
package struct RoleGranted: Equatable, Sendable {
  package var personID: Int64
  package var role: Role
  package var organisationID: Int64

  package init(personID: Int64, role: Role, organisationID: Int64) {
    self.personID = personID
    self.role = role
    self.organisationID = organisationID
  }
}

/// A role was taken away, and with it each token that carried it.
package struct RoleWithdrawn: Equatable, Sendable {
  package var personID: Int64
  package var role: Role
  package var organisationID: Int64
  /// The tokens that end with it.
  package var tokenIDs: [Int64]

  package init(personID: Int64, role: Role, organisationID: Int64, tokenIDs: [Int64]) {
    self.personID = personID
    self.role = role
    self.organisationID = organisationID
    self.tokenIDs = tokenIDs
  }
}

/// A token was made; only the hash of its secret is known.
package struct TokenCreated: Equatable, Sendable {
  package var id: Int64
  /// 0 for a partner's agreement.
  package var personID: Int64
  package var organisationID: Int64
  /// SHA-256 of the secret.
  package var hash: [UInt8]
  package var name: String
  package var roles: [Role]
  package var expiresAt: Instant
  /// The session whose invited examiner it is of; 0 for all others.
  package var sessionID: Int64

  package init(
    id: Int64, personID: Int64, organisationID: Int64, hash: [UInt8], name: String,
    roles: [Role], expiresAt: Instant, sessionID: Int64 = 0
  ) {
    self.id = id
    self.personID = personID
    self.organisationID = organisationID
    self.hash = hash
    self.name = name
    self.roles = roles
    self.expiresAt = expiresAt
    self.sessionID = sessionID
  }
}

/// A token was revoked.
package struct TokenRevoked: Equatable, Sendable {
  package var id: Int64

  package init(id: Int64) { self.id = id }
}
