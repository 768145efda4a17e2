import BitimClient
import BitimProtocol

/// `bitim report`: the certificates of a year, and whether the series has gaps.
enum ReportCommand {
  static let help = Help(
    summary: .helpReport, usage: .helpReportUsage,
    examples: ["bitim report issued --year 2026 --output csv > берілген.csv"])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    guard words.first == "issued" else {
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "issued"])
    }
    let arguments = try Arguments(Array(words.dropFirst()), options: ["year"])
    try arguments.atMost(0)
    let text = try arguments.required("year")
    guard let year = Int32(text) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--year", "value": text])
    }
    var request = BitimV1.ListCertificatesRequest()
    request.year = year
    request.pageSize = 500
    var lines: [BitimV1.CertificateLine] = []
    var missing: [Int32] = []
    repeat {
      let page = try await CertificateServiceClient(desk.client).listCertificates(request)
      lines += page.certificates
      // The first page alone says what the whole year lacks.
      missing += page.missingSerials
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    desk.output.rows(
      [.number, .programme, .name, .issued, .organisation, .standing],
      lines.map { line in
        [
          line.number, line.kind == .school ? "school" : "\(line.programme)",
          desk.name(line.holder), line.issuedOn, desk.text(line.trainedBy),
          desk.standing(line.status),
        ]
      }, messages: lines)
    if missing.isEmpty {
      desk.output.note(.reportTotal, ["year": text, "count": "\(lines.count)"])
    } else {
      let serials = missing.map(String.init).joined(separator: ", ")
      desk.output.note(.reportGaps, ["year": text, "serials": serials])
    }
    return .done
  }
}
