import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps organisations.
enum OrganisationService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(
        BitimV1.OrganisationService.registerOrganisations,
        list: .init(field: 1, rows: RegisterOrganisations.rowsMax), Self.register),
      services.write(BitimV1.OrganisationService.changeOrganisation, Self.change),
      services.list(BitimV1.OrganisationService.listOrganisations, Self.list),
      services.write(BitimV1.OrganisationService.grantEntitlement, Self.grantEntitlement),
      services.write(BitimV1.OrganisationService.endEntitlement, Self.endEntitlement),
      services.write(BitimV1.OrganisationService.suspendEntitlement, Self.suspendEntitlement),
      services.write(BitimV1.OrganisationService.resumeEntitlement, Self.resumeEntitlement),
    ]
  }

  @Sendable private static func register(
    _ caller: Caller, _ request: BitimV1.RegisterOrganisationsRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RegisterOrganisationsResponse {
    let act = try RegisterOrganisations(request.organisations.map { OrganisationForm($0) })
    var facts = RegisterOrganisations.Facts(
      known: [:], hasSchool: try transaction.state.school() != nil,
      nextOrganisation: try transaction.state.nextOrganisationID(),
      nextEntitlement: try transaction.state.nextEntitlementID())
    for row in act.rows {
      facts.known[row.code] = try transaction.state.organisation(code: row.code)
    }
    let (rows, deed) = act.decided(facts, on: caller.today)
    var response = BitimV1.RegisterOrganisationsResponse()
    response.rows = rows.enumerated().map { index, row in
      BitimV1.RowOutcome(row, line: Int32(index + 1))
    }
    if let deed, !request.validateOnly {
      try transaction.record(deed, by: caller.actor, heldOn: caller.today)
      response.recorded = true
    }
    return response
  }

  @Sendable private static func change(
    _ caller: Caller, _ request: BitimV1.ChangeOrganisationRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ChangeOrganisationResponse {
    let organisation = try Self.organisation(request.organisation, transaction.state)
    let from = try CivilDate(typed: request.from, column: "from")
    let name = request.name ?? .init()
    let act = try ChangeOrganisation(
      from: from, name: Trilingual(kk: name.kk.normal, ru: name.ru.normal, en: name.en.normal),
      region: request.region.normal, document: request.document.normal)
    let deed = try act.decided(organisation, on: caller.today)
    try transaction.record(deed, by: caller.actor, heldOn: from)
    var response = BitimV1.ChangeOrganisationResponse()
    response.organisation = .init(
      try Self.organisation(request.organisation, transaction.state), on: from)
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListOrganisationsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListOrganisationsResponse {
    let size = try Pages.size(request.pageSize)
    let day = try caller.dateOrToday(request.on, column: "on")
    let filter = "organisations:\(request.kind.rawValue)"
    let after = try Pages.key(request.pageToken, filter: filter)
    var page = try state.organisations(
      kind: OrganisationKind(number: request.kind.rawValue), after: after, limit: size + 1)
    var response = BitimV1.ListOrganisationsResponse()
    if page.count > size {
      page.removeLast()
      response.nextPageToken = Pages.token(after: page.last?.code ?? "", filter: filter)
    }
    response.organisations = page.map { .init($0, on: day) }
    return response
  }
}

extension OrganisationForm {
  /// An organisation as it was typed.
  init(_ message: BitimV1.Organisation) {
    let name = message.name ?? .init()
    self.init(
      code: message.code, kind: message.kind.rawValue,
      name: Trilingual(kk: name.kk, ru: name.ru, en: name.en), region: message.region,
      country: message.country,
      entitlements: message.entitlements.map {
        Entitlement(
          activity: $0.activity.rawValue, validFrom: $0.validFrom, validUntil: $0.validUntil,
          basis: $0.basis)
      })
  }
}
