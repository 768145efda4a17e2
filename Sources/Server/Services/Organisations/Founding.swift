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
    let found = try RegisterOrganisations([OrganisationForm(school)])
    let (rows, founded) = found.decided(
      .init(
        known: [:], hasSchool: try transaction.state.school() != nil, nextOrganisation: 1,
        nextEntitlement: 1), on: day)
    guard let founded else { throw Refusals(all: rows.flatMap(\.findings)) }
    try transaction.record(founded, by: .program, heldOn: day)
    let register = try RegisterPerson(
      PersonForm(administrator), distinctFrom: [], evidence: "", on: day)
    let registered = try register.decided(.init(candidates: [], nextPerson: 1, isSchool: true))
    try transaction.record(registered, by: .program, heldOn: day)
    return try Self.appoint(
      1, in: 1, tokenNamed: "bitimd init", days: 90, on: day, isNew: true, transaction)
  }

  /// Makes a token for a person who is, or so becomes, administrator of the School; ends in a week.
  ///
  /// - Returns: The token's text, kept nowhere else.
  /// - Throws: ``Refusal`` with ``Reason/personUnknown``; ``StoreFailure``.
  package static func recover(
    person: Int64, on day: CivilDate, _ transaction: borrowing Transaction
  ) throws -> String {
    guard try transaction.state.hasPerson(person), let school = try transaction.state.school()
    else { throw Refusal(finding: .personUnknown, column: "person") }
    let isNew = try !transaction.state.roles(of: person, in: school.id).contains(.administrator)
    return try Self.appoint(
      person, in: school.id, tokenNamed: "bitimd recover-admin", days: 7, on: day, isNew: isNew,
      transaction)
  }

  /// Makes a token for an administrator, who is given the role first if it is new.
  private static func appoint(
    _ person: Int64, in organisation: Int64, tokenNamed name: String, days: Int,
    on day: CivilDate, isNew: Bool, _ transaction: borrowing Transaction
  ) throws -> String {
    if isNew {
      let granted = RoleGranted(
        personID: person, role: .administrator, organisationID: organisation)
      try transaction.record(.roleGranted(granted), by: .program, heldOn: day)
    }
    let token = AccessToken(random: transaction.randomOctets(32))
    let create = CreateToken(
      for: person, in: organisation, named: name, carrying: [.administrator], days: days)
    let created = try create.decided(
      .init(granted: [.administrator], nextID: try transaction.state.nextTokenID()),
      hash: token.hash, at: transaction.instant)
    try transaction.record(created, by: .program, heldOn: day)
    return token.text
  }
}
