import BitimClient
import BitimPaper
import BitimProtocol

/// `bitim admin partner page`: the sheet of instructions for a partner who has a token.
enum PartnerPageCommand {
  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: OfficeFile.options.union(["contact", "page", "address"]))
    try arguments.atMost(1)
    let code = try arguments.position(0, "CODE")
    let language =
      try CertificateCommand.word(arguments, "language", of: PartnerSheet.Language.self) ?? .en
    var sheet = PartnerSheet(
      partner: "", code: code, school: "", contact: try arguments.required("contact"))
    sheet.page = try CertificateCommand.page(arguments)
    sheet.address = arguments["address"] ?? ""
    let file = try OfficeFile(arguments, called: "\(code)-\(language.rawValue)")
    let organisations = try await BitimV1.ListOrganisationsRequest()
      .pages(by: OrganisationServiceClient(desk.client).listOrganisations)
      .flatMap(\.organisations)
    guard let partner = organisations.first(where: { $0.code == code }) else {
      Output.complain(desk.words("ORGANISATION_UNKNOWN", ["value": code], place: true))
      return .refused
    }
    let school = organisations.first { $0.kind == .school }
    // Who reads it reads Latin letters, or Bulgarian.
    (sheet.partner, sheet.school) = (partner.name?.en ?? code, school?.name?.en ?? "")
    let access = try await AccessServiceClient(desk.client).listAccess(.init())
    sheet.tokens = access.tokens.filter { $0.organisation == code && $0.personId == 0 }
      .map { (name: $0.name, until: AdminCommand.day($0.expiresAt)) }
    guard !sheet.tokens.isEmpty else {
      desk.output.note(.partnerNoToken, ["organisation": code])
      return .refused
    }
    // Where none was adopted yet its tokens do what all did before.
    let agreements = try await PartnerCommand.agreements(desk).filter { $0.organisation == code }
    let current = agreements.first { $0.standing == .inForce || $0.standing == .ending }
    guard current != nil || agreements.allSatisfy({ $0.standing == .toCome }) else {
      Output.complain(desk.words("AGREEMENT_MISSING", ["value": code], place: true))
      return .refused
    }
    sheet.agreement = current.map { (number: $0.number, until: $0.validUntil) }
    sheet.verifiesByNumber = current?.scope.contains(.verifyNumber) ?? true
    return try file.write(.partner(sheet, in: language), desk)
  }
}
