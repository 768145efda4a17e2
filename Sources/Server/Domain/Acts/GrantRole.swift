/// Gives a person a role in an organisation.
package struct GrantRole: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// Whether the organisation is the School.
    package var isSchool: Bool
    /// The roles the person has anywhere.
    package var everywhere: Set<Role>
    /// The roles the person has in the organisation.
    package var there: Set<Role>

    package init(isSchool: Bool, everywhere: Set<Role>, there: Set<Role>) {
      self.isSchool = isSchool
      self.everywhere = everywhere
      self.there = there
    }
  }

  package let personID: Int64
  package let role: Role
  package let organisationID: Int64

  package init(_ role: Role, to personID: Int64, in organisationID: Int64) {
    self.personID = personID
    self.role = role
    self.organisationID = organisationID
  }

  /// - Throws: ``Refusal`` with ``Reason/notInList`` (who verifies is a partner, not a person, and
  ///   who is invited or appointed has a token for that),
  ///   ``Reason/roleOnlyAtSchool``, ``Reason/rolesIncompatible``, ``Reason/alreadyThere`` or
  ///   ``Reason/actsOnHimself``.
  package func decided(_ facts: Facts, by administrator: Int64) throws(Refusal) -> Deed {
    if [.verifier, .invited, .appointed].contains(self.role) {
      throw Refusal(.notInList, column: "role")
    }
    if Role.schoolOnly.contains(self.role), !facts.isSchool {
      throw Refusal(.roleOnlyAtSchool, column: "role", value: self.role.rawValue)
    }
    if !facts.everywhere.isDisjoint(with: self.role.incompatible) {
      throw Refusal(.rolesIncompatible, column: "role", value: self.role.rawValue)
    }
    if facts.there.contains(self.role) {
      throw Refusal(.alreadyThere, column: "role", value: self.role.rawValue)
    }
    if self.personID == administrator { throw Refusal(.actsOnHimself, column: "person") }
    return .roleGranted(
      .init(personID: self.personID, role: self.role, organisationID: self.organisationID))
  }
}

extension Role {
  /// The roles that nobody may have beside this one.
  fileprivate var incompatible: Set<Role> {
    if self == .administrator { return Self.barredToAdministrators }
    return Self.barredToAdministrators.contains(self) ? [.administrator] : []
  }
}
