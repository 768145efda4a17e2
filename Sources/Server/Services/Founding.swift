package import BitimDomain
package import BitimProtocol
package import BitimStore

/// The first acts of a registry: the School, its first administrator, and one token.
package enum Founding {
  /// Registers the School and a person who is its administrator, and makes a token for him or her.
  ///
  /// The administrator can neither attest nor issue.
  ///
  /// - Returns: The token's text, kept nowhere else.
  /// - Throws: ``Refusal``; ``StoreFailure``.
  package static func found(
    school: BitimV1.Organisation, administrator: BitimV1.Person, on day: CivilDate,
    _ transaction: borrowing Transaction
  ) throws -> String {
    guard try transaction.state.school() == nil else { throw Refusal(.schoolExists) }
    var school = school
    school.id = 1
    let wrong = OrganisationService.check(school)
    guard wrong.isEmpty else { throw Refusals(all: wrong) }
    var organisations = BitimJournalV1.OrganisationsRegistered()
    organisations.organisations = [school]
    try transaction.record(.organisationsRegistered(organisations), by: .program, heldOn: day)
    let intake = PersonIntake(administrator, today: day, isExpert: true)
    guard intake.refusals.isEmpty else { throw Refusals(all: intake.refusals) }
    var person = intake.person
    person.id = 1
    var registered = BitimJournalV1.PersonRegistered()
    registered.person = person
    try transaction.record(.personRegistered(registered), by: .program, heldOn: day)
    var granted = BitimJournalV1.RoleGranted()
    granted.personId = 1
    granted.role = .administrator
    granted.organisationId = 1
    try transaction.record(.roleGranted(granted), by: .program, heldOn: day)
    let token = AccessToken(random: transaction.randomOctets(32))
    var created = BitimJournalV1.TokenCreated()
    created.id = 1
    created.personId = 1
    created.organisationId = 1
    created.hash = token.hash
    created.name = "bitimd init"
    created.roles = [.administrator]
    created.expiresAtMs = transaction.instant.unixMilliseconds + 90 * 86_400_000
    try transaction.record(.tokenCreated(created), by: .program, heldOn: day)
    return token.text
  }

  /// Makes a token for a person who is, or so becomes, administrator of the School; ends in a week.
  ///
  /// - Returns: The token's text, kept nowhere else.
  /// - Throws: ``Refusal`` with ``Reason/personUnknown``; ``StoreFailure``.
  package static func recover(
    person: Int64, on day: CivilDate, _ transaction: borrowing Transaction
  ) throws -> String {
    guard try transaction.state.hasPerson(person), let school = try transaction.state.school()
    else { throw Refusal(.personUnknown, column: "person") }
    if try !transaction.state.roles(of: person, in: school.id).contains(.administrator) {
      var granted = BitimJournalV1.RoleGranted()
      granted.personId = person
      granted.role = .administrator
      granted.organisationId = school.id
      try transaction.record(.roleGranted(granted), by: .program, heldOn: day)
    }
    let token = AccessToken(random: transaction.randomOctets(32))
    var created = BitimJournalV1.TokenCreated()
    created.id = try transaction.state.nextTokenID()
    created.personId = person
    created.organisationId = school.id
    created.hash = token.hash
    created.name = "bitimd recover-admin"
    created.roles = [.administrator]
    created.expiresAtMs = transaction.instant.unixMilliseconds + 7 * 86_400_000
    try transaction.record(.tokenCreated(created), by: .program, heldOn: day)
    return token.text
  }
}
