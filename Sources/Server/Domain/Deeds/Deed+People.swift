/// Organisations were registered.
package struct OrganisationsRegistered: Equatable, Sendable {
  /// The organisations, ids given.
  package var organisations: [Organisation]

  package init(_ organisations: [Organisation]) { self.organisations = organisations }
}

/// A person was registered.
package struct PersonRegistered: Equatable, Sendable {
  /// The person, the id given.
  package var person: Person

  package init(_ person: Person) { self.person = person }
}

/// A person bears other names from now on.
package struct PersonRenamed: Equatable, Sendable {
  package var personID: Int64
  /// All that are in force from now on.
  package var names: Names
  /// Why, in the registrar's words.
  package var reason: String

  package init(personID: Int64, names: Names, reason: String) {
    self.personID = personID
    self.names = names
    self.reason = reason
  }
}

/// A bar was recorded.
package struct PersonBarred: Equatable, Sendable {
  package var personID: Int64
  package var bar: Bar

  package init(personID: Int64, bar: Bar) {
    self.personID = personID
    self.bar = bar
  }
}
