import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Gives and takes roles and tokens; shows the journal's head.
enum AccessService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.read(BitimV1.AccessService.whoAmI, Self.whoAmI),
      services.write(BitimV1.AccessService.grantRole, Self.grant),
      services.write(BitimV1.AccessService.withdrawRole, Self.withdraw),
      // A repeat is not told the secret again: it is stored nowhere.
      services.write(
        BitimV1.AccessService.createToken,
        kept: { response in
          var kept = response
          kept.secret = ""
          return kept
        }, Self.createToken),
      services.write(BitimV1.AccessService.revokeToken, Self.revokeToken),
      services.list(BitimV1.AccessService.listAccess, Self.list),
      services.list(BitimV1.AccessService.getJournal, Self.journal),
    ]
  }

  @Sendable private static func whoAmI(
    _ caller: Caller, _ request: BitimV1.WhoAmIRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.WhoAmIResponse {
    var response = BitimV1.WhoAmIResponse()
    response.person = try state.line(caller.personID)
    response.organisation = caller.organisationCode
    response.roles = caller.roles.map(\.number).sorted().map { BitimV1.Role(rawValue: $0) }
    response.tokenName = caller.tokenName
    response.expiresAt = .init(unixMilliseconds: caller.expiresAt.unixMilliseconds)
    return response
  }

  private static func organisation(
    _ code: String, _ state: borrowing Snapshot
  ) throws -> Int64 {
    guard !code.isEmpty else { throw Refusal(.missing, column: "organisation") }
    guard let organisation = try state.organisation(code: code) else {
      throw Refusal(.organisationUnknown, column: "organisation", value: code)
    }
    return organisation.id
  }

  @Sendable private static func grant(
    _ caller: Caller, _ request: BitimV1.GrantRoleRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.GrantRoleResponse {
    guard let role = Role(number: request.role.rawValue), role != .verifier else {
      throw Refusal(.notInList, column: "role")
    }
    let organisation = try Self.organisation(request.organisation, transaction.state)
    guard try transaction.state.hasPerson(request.personId) else {
      throw Refusal(.personUnknown, column: "person")
    }
    let school = try transaction.state.school()
    if Role.schoolOnly.contains(role), organisation != school?.id {
      throw Refusal(.roleOnlyAtSchool, column: "role", value: role.rawValue)
    }
    let everywhere = try transaction.state.roles(of: request.personId)
    let isIncompatible =
      role == .administrator
      ? !everywhere.isDisjoint(with: Role.barredToAdministrators)
      : Role.barredToAdministrators.contains(role) && everywhere.contains(.administrator)
    if isIncompatible {
      throw Refusal(.rolesIncompatible, column: "role", value: role.rawValue)
    }
    let there = try transaction.state.roles(of: request.personId, in: organisation)
    guard !there.contains(role) else {
      throw Refusal(.alreadyThere, column: "role", value: role.rawValue)
    }
    let deed = RoleGranted(
      personID: request.personId, role: role, organisationID: organisation)
    try transaction.record(.roleGranted(deed), by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable private static func withdraw(
    _ caller: Caller, _ request: BitimV1.WithdrawRoleRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawRoleResponse {
    guard let role = Role(number: request.role.rawValue) else {
      throw Refusal(.notInList, column: "role")
    }
    let organisation = try Self.organisation(request.organisation, transaction.state)
    let there = try transaction.state.roles(of: request.personId, in: organisation)
    guard there.contains(role) else {
      throw Refusal(.roleUnknown, column: "role", value: role.rawValue)
    }
    if role == .administrator, try transaction.state.administratorCount() <= 1 {
      throw Refusal(.lastAdministrator, column: "role")
    }
    let deed = RoleWithdrawn(
      personID: request.personId, role: role, organisationID: organisation,
      tokenIDs: try transaction.state.tokens(
        carrying: role, of: request.personId, in: organisation))
    try transaction.record(.roleWithdrawn(deed), by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable private static func createToken(
    _ caller: Caller, _ request: BitimV1.CreateTokenRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CreateTokenResponse {
    let organisation = try Self.organisation(request.organisation, transaction.state)
    try TextRule.check(request.name, column: "name")
    guard (1...400).contains(request.days) else {
      throw Refusal(
        .outOfRange, column: "days", value: "\(request.days)", ["low": "1", "high": "400"])
    }
    guard !request.roles.isEmpty else { throw Refusal(.missing, column: "role") }
    let asked = Set(request.roles.compactMap { Role(number: $0.rawValue) })
    guard asked.count == request.roles.count else { throw Refusal(.notInList, column: "role") }
    let granted =
      request.personId == 0
      ? [.verifier] : try transaction.state.roles(of: request.personId, in: organisation)
    if let missing = asked.subtracting(granted).first {
      throw Refusal(.roleNotGranted, column: "role", value: missing.rawValue)
    }
    let token = AccessToken(random: transaction.randomOctets(32))
    let expiresAt = transaction.instant.unixMilliseconds + Int64(request.days) * 86_400_000
    let deed = TokenCreated(
      id: try transaction.state.nextTokenID(), personID: request.personId,
      organisationID: organisation, hash: token.hash, name: request.name,
      roles: asked.sorted { $0.number < $1.number },
      expiresAt: Instant(unixMilliseconds: expiresAt))
    try transaction.record(.tokenCreated(deed), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.CreateTokenResponse()
    response.secret = token.text
    response.token = try transaction.state.tokens(of: request.personId)
      .last { $0.id == deed.id }.map { .init($0) }
    return response
  }

  @Sendable private static func revokeToken(
    _ caller: Caller, _ request: BitimV1.RevokeTokenRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.RevokeTokenResponse {
    guard try transaction.state.hasToken(request.id) else {
      throw Refusal(.tokenUnknown, column: "id", value: "\(request.id)")
    }
    try transaction.record(
      .tokenRevoked(.init(id: request.id)), by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListAccessRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListAccessResponse {
    var response = BitimV1.ListAccessResponse()
    response.grants = try state.grants(of: request.personId).map { .init($0) }
    for index in response.grants.indices {
      response.grants[index].personName = try PersonFinder.name(
        of: response.grants[index].personId, in: .kk, state)
    }
    response.tokens = try state.tokens(of: request.personId).map { .init($0) }
    return response
  }

  @Sendable private static func journal(
    _ caller: Caller, _ request: BitimV1.GetJournalRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetJournalResponse {
    guard (0...100).contains(request.entries) else {
      throw Refusal(
        .outOfRange, column: "entries", value: "\(request.entries)", ["low": "0", "high": "100"])
    }
    let journal = try state.journal(last: Int(request.entries))
    var response = BitimV1.GetJournalResponse()
    response.size = journal.size
    response.root = journal.root
    response.entries = journal.entries
    return response
  }
}
