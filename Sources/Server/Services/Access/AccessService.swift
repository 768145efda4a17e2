import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore

/// Gives and takes roles and tokens; shows the journal.
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
      .task(BitimV1.AccessService.getCheckpoint) { call, _ throws(Status) in
        let visit = services.visit(call)
        try await visit.sign(isDue: false)
        return try visit.read { caller, _ in try Self.checkpoint(services, caller) }
      },
      services.list(BitimV1.AccessService.listActs) { _, request, state in
        try Self.acts(request, services.zone, state)
      },
      services.noted(BitimV1.AccessService.getHistory) { caller, request, state in
        try Self.history(caller, request, services.zone, state)
      },
      services.list(BitimV1.AccessService.listReads) { _, request, state in
        try Self.reads(request, state)
      },
    ]
  }

  @Sendable private static func whoAmI(
    _ caller: Caller, _ request: BitimV1.WhoAmIRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.WhoAmIResponse {
    var response = BitimV1.WhoAmIResponse()
    response.person = try state.line(caller.personID, to: caller)
    response.organisation = caller.organisationCode
    response.roles = caller.roles.map(\.number).sorted().map { BitimV1.Role(rawValue: $0) }
    response.tokenName = caller.tokenName
    response.expiresAt = .init(unixMilliseconds: caller.expiresAt.unixMilliseconds)
    response.asOf = .init(unixMilliseconds: caller.now.unixMilliseconds)
    return response
  }

  private static func organisation(
    _ code: String, _ state: borrowing Snapshot
  ) throws -> Int64 {
    guard !code.isEmpty else { throw Refusal(finding: .missing, column: "organisation") }
    return try OrganisationService.organisation(code, state).id
  }

  @Sendable private static func grant(
    _ caller: Caller, _ request: BitimV1.GrantRoleRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.GrantRoleResponse {
    let act = GrantRole(
      try Role(typed: request.role.rawValue, column: "role"), to: request.personId,
      in: try Self.organisation(request.organisation, transaction.state))
    guard try transaction.state.hasPerson(act.personID) else {
      throw Refusal(finding: .personUnknown, column: "person")
    }
    let facts = GrantRole.Facts(
      isSchool: try transaction.state.school()?.id == act.organisationID,
      everywhere: try Self.roles(ofAllNumbersOf: act.personID, transaction.state),
      there: try transaction.state.roles(of: act.personID, in: act.organisationID))
    try transaction.record(
      try act.decided(facts, by: caller.number(beside: act.personID, transaction.state)),
      by: caller.actor, heldOn: caller.today)
    return .init()
  }

  /// The roles that a natural person has anywhere.
  private static func roles(
    ofAllNumbersOf person: Int64, _ state: borrowing Snapshot
  ) throws -> Set<Role> {
    var roles: Set<Role> = []
    for number in try state.persons().numbers(of: person) {
      roles.formUnion(try state.roles(of: number))
    }
    return roles
  }

  @Sendable private static func withdraw(
    _ caller: Caller, _ request: BitimV1.WithdrawRoleRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawRoleResponse {
    let act = WithdrawRole(
      try Role(typed: request.role.rawValue, column: "role"), from: request.personId,
      in: try Self.organisation(request.organisation, transaction.state))
    let facts = WithdrawRole.Facts(
      there: try transaction.state.roles(of: act.personID, in: act.organisationID),
      administrators: try transaction.state.administratorCount(),
      tokenIDs: try transaction.state.tokens(
        carrying: act.role, of: act.personID, in: act.organisationID))
    try transaction.record(
      try act.decided(facts, by: caller.number(beside: act.personID, transaction.state)),
      by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable private static func createToken(
    _ caller: Caller, _ request: BitimV1.CreateTokenRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CreateTokenResponse {
    let organisation = try Self.organisation(request.organisation, transaction.state)
    try TextRule.check(request.name, column: "name")
    let roles = try request.roles.map { role throws(Refusal) in
      try Role(typed: role.rawValue, column: "role")
    }
    guard Set(roles).count == roles.count else {
      throw Refusal(finding: .notInList, column: "role")
    }
    let act = CreateToken(
      for: request.personId, in: organisation, named: request.name, carrying: roles,
      days: Int(request.days),
      at: request.session.isEmpty
        ? 0 : try AttestationService.session(request.session, for: caller, transaction.state).id)
    let facts = CreateToken.Facts(
      granted: try transaction.state.roles(of: act.personID, in: organisation),
      isInvited: try transaction.state.isInvited(
        act.personID, to: act.sessionID, of: organisation),
      isAppointed: try transaction.state.school()?.id == organisation
        && transaction.state.isAppointed(act.personID),
      isAgreed: try transaction.state.agreements(of: organisation)
        .contains { $0.agreement.days.contains(caller.today) },
      nextID: try transaction.state.nextTokenID())
    let token = AccessToken(random: transaction.randomOctets(32))
    let deed = try act.decided(facts, hash: token.hash, at: transaction.instant)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.CreateTokenResponse()
    response.secret = token.text
    response.token = try transaction.state.tokens(of: request.personId)
      .last { $0.id == facts.nextID }.map { .init($0) }
    return response
  }

  @Sendable private static func revokeToken(
    _ caller: Caller, _ request: BitimV1.RevokeTokenRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.RevokeTokenResponse {
    guard try transaction.state.hasToken(request.id) else {
      throw Refusal(finding: .tokenUnknown, column: "id", value: "\(request.id)")
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
    let most: Int32 = request.afterSequence == nil ? 100 : 1_000
    guard (0...most).contains(request.entries) else {
      throw Refusal(
        finding: .outOfRange, column: "entries", value: "\(request.entries)",
        ["low": "0", "high": "\(most)"])
    }
    if let after = request.afterSequence, after < 0 {
      throw Refusal(
        finding: .outOfRange, column: "after_sequence", value: "\(after)",
        ["low": "0", "high": "\(try state.journalSize())"])
    }
    guard request.earlierSize >= 0 else {
      throw Refusal(
        finding: .outOfRange, column: "earlier_size", value: "\(request.earlierSize)",
        ["low": "0", "high": "\(try state.journalSize())"])
    }
    let journal = try state.journal(last: request.afterSequence == nil ? Int(request.entries) : 0)
    var response = BitimV1.GetJournalResponse()
    response.size = journal.size
    response.root = journal.root
    response.entries = journal.entries
    if let after = request.afterSequence {
      response.entries = try state.entries(after: after, limit: Int(request.entries))
        .map { String(decoding: $0, as: UTF8.self) }
    }
    if request.earlierSize > 0, request.earlierSize <= journal.size {
      response.earlierRoot = try state.journalRoot(size: request.earlierSize)
    }
    return response
  }

  private static func checkpoint(
    _ services: Services, _ caller: Caller
  ) throws -> BitimV1.GetCheckpointResponse {
    let standing = services.signer.standing
    let isShown = !caller.roles.isDisjoint(with: [.administrator, .auditor])
    let trouble = standing.trouble.map { isShown ? $0.description : $0.outward } ?? ""
    guard let newest = standing.newest else {
      throw Status(
        .failedPrecondition, reason: "NOTHING_SIGNED", "no checkpoint is signed",
        ["what": trouble])
    }
    var response = BitimV1.GetCheckpointResponse()
    response.note = newest.text
    response.key = newest.keyText
    response.signedAt = newest.atMs.map { .init(unixMilliseconds: $0) }
    response.trouble = trouble
    return response
  }
}
