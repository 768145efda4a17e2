/// Takes a role away, and with it each token that carries it.
package struct WithdrawRole: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The roles the person has in the organisation.
    package var there: Set<Role>
    /// How many people are administrators.
    package var administrators: Int
    /// The tokens in force that carry the role.
    package var tokenIDs: [Int64]

    package init(there: Set<Role>, administrators: Int, tokenIDs: [Int64]) {
      self.there = there
      self.administrators = administrators
      self.tokenIDs = tokenIDs
    }
  }

  package let personID: Int64
  package let role: Role
  package let organisationID: Int64

  package init(_ role: Role, from personID: Int64, in organisationID: Int64) {
    self.personID = personID
    self.role = role
    self.organisationID = organisationID
  }

  /// - Throws: ``Refusal`` with ``Reason/roleUnknown``, ``Reason/lastAdministrator`` or
  ///   ``Reason/actsOnHimself``.
  package func decided(_ facts: Facts, by administrator: Int64) throws(Refusal) -> Deed {
    guard facts.there.contains(self.role) else {
      throw Refusal(.roleUnknown, column: "role", value: self.role.rawValue)
    }
    if self.role == .administrator, facts.administrators <= 1 {
      throw Refusal(.lastAdministrator, column: "role")
    }
    if self.personID == administrator { throw Refusal(.actsOnHimself, column: "person") }
    return .roleWithdrawn(
      .init(
        personID: self.personID, role: self.role, organisationID: self.organisationID,
        tokenIDs: facts.tokenIDs))
  }
}
