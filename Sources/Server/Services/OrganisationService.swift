import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps organisations.
enum OrganisationService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.OrganisationService.registerOrganisations, Self.register),
      services.list(BitimV1.OrganisationService.listOrganisations, Self.list),
    ]
  }

  @Sendable private static func register(
    _ caller: Caller, _ request: BitimV1.RegisterOrganisationsRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RegisterOrganisationsResponse {
    guard request.organisations.count <= 500 else {
      throw Refusal(.tooManyRows, ["limit": "500"])
    }
    var response = BitimV1.RegisterOrganisationsResponse()
    var deed = OrganisationsRegistered([])
    var codes: Set<String> = []
    var nextID = try transaction.state.nextOrganisationID()
    var nextEntitlement = try transaction.state.nextEntitlementID()
    for (index, message) in request.organisations.enumerated() {
      var outcome = BitimV1.RowOutcome()
      outcome.line = Int32(index + 1)
      var (organisation, refusals) = Self.organisation(message)
      if !codes.insert(organisation.code).inserted {
        refusals.append(Refusal(.twiceInFile, column: "code", value: organisation.code))
      }
      if var known = try transaction.state.organisation(code: organisation.code) {
        known.forgetIDs()
        outcome.verdict = known == organisation ? .unchanged : .differs
        if known != organisation {
          refusals = [Refusal(.differs, column: "code", value: organisation.code)]
        }
      } else if organisation.kind == .school, try transaction.state.school() != nil {
        refusals.append(Refusal(.schoolExists, column: "kind"))
      } else if refusals.isEmpty {
        organisation.giveIDs(nextID, &nextEntitlement)
        nextID += 1
        deed.organisations.append(organisation)
        outcome.verdict = .added
      }
      outcome.findings = refusals.map { BitimV1.Finding($0) }
      if !refusals.isEmpty, outcome.verdict != .differs { outcome.verdict = .refused }
      response.rows.append(outcome)
    }
    let isRefused = response.rows.contains { $0.verdict == .refused }
    if !isRefused, !request.validateOnly, !deed.organisations.isEmpty {
      try transaction.record(
        .organisationsRegistered(deed), by: caller.actor, heldOn: caller.today)
      response.recorded = true
    }
    return response
  }

  /// Reads an organisation, ids not given yet, and says all that is wrong with it.
  static func organisation(
    _ message: BitimV1.Organisation
  ) -> (organisation: Organisation, refusals: [Refusal]) {
    var refusals: [Refusal] = []
    let name = message.name ?? .init()
    for (column, value) in [
      ("code", message.code), ("name_kk", name.kk), ("name_ru", name.ru),
      ("name_en", name.en), ("region", message.region),
    ] {
      if value.isEmpty { refusals.append(Refusal(.missing, column: column)) }
      if let refusal = TextRule.fault(value, column: column) { refusals.append(refusal) }
      if value.unicodeScalars.contains("\u{FFFD}") {
        refusals.append(Refusal(.lettersLost, column: column, value: value))
      }
    }
    let kind = OrganisationKind(number: message.kind.rawValue)
    if kind == nil { refusals.append(Refusal(.notInList, column: "kind")) }
    let isCountry =
      message.country.utf8.count == 3
      && message.country.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    if !isCountry {
      refusals.append(Refusal(.notInList, column: "country", value: message.country))
    }
    var entitlements: [Entitlement] = []
    for entitlement in message.entitlements {
      let activity = Activity(number: entitlement.activity.rawValue)
      if activity == nil { refusals.append(Refusal(.notInList, column: "activity")) }
      if entitlement.basis.isEmpty { refusals.append(Refusal(.missing, column: "basis")) }
      if let refusal = TextRule.fault(entitlement.basis, column: "basis") {
        refusals.append(refusal)
      }
      do throws(Refusal) {
        let from = try CivilDate(parsing: entitlement.validFrom, column: "valid_from")
        var until: CivilDate?
        if let text = entitlement.validUntil {
          let day = try CivilDate(parsing: text, column: "valid_until")
          if day < from { throw Refusal(.datesReversed, column: "valid_until", value: text) }
          until = day
        }
        guard let activity else { continue }
        entitlements.append(
          Entitlement(
            id: 0, activity: activity, days: Period(from: from, until: until),
            basis: entitlement.basis))
      } catch {
        refusals.append(error)
      }
    }
    let organisation = Organisation(
      id: 0, code: message.code, kind: kind ?? .sender,
      name: Trilingual(kk: name.kk, ru: name.ru, en: name.en), region: message.region,
      country: message.country, entitlements: entitlements)
    return (organisation, refusals)
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListOrganisationsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListOrganisationsResponse {
    let size = try Pages.size(request.pageSize)
    let filter = "organisations:\(request.kind.rawValue)"
    let after = try Pages.key(request.pageToken, filter: filter)
    var page = try state.organisations(
      kind: OrganisationKind(number: request.kind.rawValue), after: after, limit: size + 1)
    var response = BitimV1.ListOrganisationsResponse()
    if page.count > size {
      page.removeLast()
      response.nextPageToken = Pages.token(after: page.last?.code ?? "", filter: filter)
    }
    response.organisations = page.map { .init($0) }
    return response
  }
}

extension Organisation {
  /// Gives its own id, and the next to each of its entitlements.
  mutating func giveIDs(_ id: Int64, _ nextEntitlement: inout Int64) {
    self.id = id
    for index in self.entitlements.indices {
      self.entitlements[index].id = nextEntitlement
      nextEntitlement += 1
    }
  }

  /// The same without ids, to be compared with what somebody typed.
  mutating func forgetIDs() {
    self.id = 0
    for index in self.entitlements.indices { self.entitlements[index].id = 0 }
  }
}
