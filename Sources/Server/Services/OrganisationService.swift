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
    var deed = BitimJournalV1.OrganisationsRegistered()
    var codes: Set<String> = []
    var nextID = try transaction.state.nextOrganisationID()
    for (index, organisation) in request.organisations.enumerated() {
      var outcome = BitimV1.RowOutcome()
      outcome.line = Int32(index + 1)
      var refusals = Self.check(organisation)
      if !codes.insert(organisation.code).inserted {
        refusals.append(Refusal(.twiceInFile, column: "code", value: organisation.code))
      }
      let isSchool = organisation.kind.rawValue == OrganisationKind.school.number
      if var known = try transaction.state.organisation(code: organisation.code) {
        known.id = 0
        outcome.verdict = known == organisation ? .unchanged : .differs
        if known != organisation {
          refusals = [Refusal(.differs, column: "code", value: organisation.code)]
        }
      } else if isSchool, try transaction.state.school() != nil {
        refusals.append(Refusal(.schoolExists, column: "kind"))
      } else if refusals.isEmpty {
        var added = organisation
        added.id = nextID
        nextID += 1
        deed.organisations.append(added)
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

  /// What is wrong with an organisation as asked for.
  static func check(_ organisation: BitimV1.Organisation) -> [Refusal] {
    var refusals: [Refusal] = []
    let name = organisation.name ?? .init()
    for (column, value) in [
      ("code", organisation.code), ("name_kk", name.kk), ("name_ru", name.ru),
      ("name_en", name.en), ("region", organisation.region),
    ] {
      if value.isEmpty { refusals.append(Refusal(.missing, column: column)) }
      if let refusal = TextRule.fault(value, column: column) { refusals.append(refusal) }
      if value.unicodeScalars.contains("\u{FFFD}") {
        refusals.append(Refusal(.lettersLost, column: column, value: value))
      }
    }
    if OrganisationKind(number: organisation.kind.rawValue) == nil {
      refusals.append(Refusal(.notInList, column: "kind"))
    }
    let isCountry =
      organisation.country.utf8.count == 3
      && organisation.country.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    if !isCountry {
      refusals.append(Refusal(.notInList, column: "country", value: organisation.country))
    }
    for entitlement in organisation.entitlements {
      if Activity(number: entitlement.activity.rawValue) == nil {
        refusals.append(Refusal(.notInList, column: "activity"))
      }
      if entitlement.basis.isEmpty { refusals.append(Refusal(.missing, column: "basis")) }
      if let refusal = TextRule.fault(entitlement.basis, column: "basis") {
        refusals.append(refusal)
      }
      do throws(Refusal) {
        let from = try CivilDate(parsing: entitlement.validFrom, column: "valid_from")
        if let text = entitlement.validUntil {
          let until = try CivilDate(parsing: text, column: "valid_until")
          if until < from { throw Refusal(.datesReversed, column: "valid_until", value: text) }
        }
      } catch {
        refusals.append(error)
      }
    }
    return refusals
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
    response.organisations = page
    return response
  }
}
