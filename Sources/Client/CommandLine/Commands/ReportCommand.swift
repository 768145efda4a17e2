import BitimClient
import BitimProtocol

/// `bitim report`: the certificates of a year, and whether the series has gaps; those that were adopted.
enum ReportCommand {
  static let help = Help(
    summary: .helpReport, usage: .helpReportUsage,
    examples: [
      "bitim report issued --year 2026 --output csv > берілген.csv", "bitim report adopted",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "issued": return try await Self.issued(rest, desk)
    case "adopted": return try await Self.adopted(rest, desk)
    default:
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "issued | adopted"])
    }
  }

  private static func issued(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["year"])
    try arguments.atMost(0)
    let text = try arguments.required("year")
    guard let year = Int32(text) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--year", "value": text])
    }
    var request = BitimV1.ListCertificatesRequest()
    request.year = year
    let (lines, missing) = try await Self.lines(request, desk)
    Self.show(lines, desk)
    if missing.isEmpty {
      desk.output.note(.reportTotal, ["year": text, "count": "\(lines.count)"])
    } else {
      let serials = missing.map(String.init).joined(separator: ", ")
      desk.output.note(.reportGaps, ["year": text, "serials": serials])
    }
    return .done
  }

  private static func adopted(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    try Arguments(words, options: []).atMost(0)
    var request = BitimV1.ListCertificatesRequest()
    request.adopted = true
    let (lines, _) = try await Self.lines(request, desk)
    Self.show(lines, desk)
    desk.output.note(.adoptionCount, ["count": "\(lines.count)"])
    return .done
  }

  /// All pages, and what the series lacks.
  private static func lines(
    _ request: BitimV1.ListCertificatesRequest, _ desk: Desk
  ) async throws -> (lines: [BitimV1.CertificateLine], missing: [Int32]) {
    let pages = try await request.pages(
      by: CertificateServiceClient(desk.client).listCertificates)
    // The first page alone says what the whole year lacks.
    return (pages.flatMap(\.certificates), pages.flatMap(\.missingSerials))
  }

  private static func show(_ lines: [BitimV1.CertificateLine], _ desk: Desk) {
    desk.output.rows(
      [.number, .programme, .name, .issued, .organisation, .standing],
      lines.map { line in
        [
          line.number, line.kind == .school ? "school" : "\(line.programme)",
          desk.name(line.holder), line.issuedOn, desk.text(line.trainedBy),
          desk.output.isForPrograms
            ? VerifyCommand.standingWord(line.status?.standing ?? .unspecified)
            : desk.standing(line.status),
        ]
      }, messages: lines)
  }
}
