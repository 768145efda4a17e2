import BitimClient
import BitimProtocol

/// `bitim admin organisation change`, `history`: how an organisation is called, and since when.
extension AdminCommand {
  static func changeOrganisation(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["name-kk", "name-ru", "name-en", "region", "from", "document"])
    try arguments.atMost(1)
    var request = BitimV1.ChangeOrganisationRequest()
    request.organisation = try arguments.position(0, "CODE")
    request.name = .init()
    request.name?.kk = arguments["name-kk"] ?? ""
    request.name?.ru = arguments["name-ru"] ?? ""
    request.name?.en = arguments["name-en"] ?? ""
    request.region = arguments["region"] ?? ""
    request.from = Sheet.iso(try arguments.required("from"))
    request.document = try arguments.required("document")
    let changed = try await OrganisationServiceClient(desk.client).changeOrganisation(request)
    let organisation = changed.organisation ?? .init()
    desk.output.note(
      .organisationChanged,
      [
        "code": organisation.code, "name": desk.text(organisation.name),
        "region": organisation.region, "day": request.from,
      ])
    return .done
  }

  static func organisationHistory(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let code = try arguments.position(0, "CODE")
    let service = OrganisationServiceClient(desk.client)
    let found = try await BitimV1.ListOrganisationsRequest().pages(by: service.listOrganisations)
      .flatMap(\.organisations).first { $0.code == code }
    guard let found else {
      desk.output.note(.organisationNotThere, ["code": code])
      return .refused
    }
    var names = found.history
    if names.isEmpty {
      names = [.init()]
      (names[0].name, names[0].region) = (found.name, found.region)
    }
    desk.output.rows(
      [.from, .name, .region, .evidence],
      names.map { [$0.from, desk.text($0.name), $0.region, $0.document] }, messages: names)
    return .done
  }
}
