import BitimClient
import BitimProtocol
import Foundation

/// `bitim hours`: a class of a whole cohort or of one trainee, or a list of them.
enum HoursCommand {
  static let help = Help(
    summary: .helpHours, usage: .helpHoursUsage,
    examples: [
      "bitim hours P1-ALA-01 --date 2026-02-03 --start 09:00 --practice 4 --trainer Омаров \\",
      "  --absent Өтегенова",
      "bitim hours hours.csv --dry-run",
    ])

  private static let columns: Set<String> = [
    "cohort", "date", "start", "end", "theory", "practice", "trainer", "trainee", "iin", "absent",
  ]
  private static let options: Set<String> = [
    "cohort", "date", "start", "end", "theory", "practice", "trainer", "trainee",
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: Self.options, repeatable: ["absent"], switches: ["dry-run"])
    try arguments.atMost(1)
    let first = try arguments.position(0, "CODE | FILE.csv")
    var request = BitimV1.RecordHoursRequest()
    request.validateOnly = arguments.has("dry-run")
    let sheet =
      first.hasSuffix(".csv") ? try Sheet(path: first, columns: Self.columns) : nil
    if let sheet {
      try arguments.refuse(Self.options.subtracting(["cohort"]).union(["absent"]))
      for row in sheet.rows {
        let cohort = try sheet.cohort(of: row, option: arguments["cohort"], path: first)
        var message = try Self.row(row.line, cohort: cohort) { row[$0] }
        message.absent = row["absent"].split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        request.rows.append(message)
      }
    } else {
      var row = try Self.row(1, cohort: first) { arguments[$0] ?? "" }
      row.absent = arguments.all("absent")
      request.rows = [row]
    }
    let response = try await CohortServiceClient(desk.client).recordHours(request)
    return desk.show(
      response.rows, of: sheet, recorded: response.recorded, dry: arguments.has("dry-run"))
  }

  private static func row(
    _ line: Int32, cohort: String, _ value: (String) -> String
  ) throws(Arguments.Fault) -> BitimV1.HoursRow {
    func quarters(_ column: String) throws(Arguments.Fault) -> Int32 {
      guard let quarters = Sheet.quarters(value(column)) else {
        throw Arguments.Fault(
          text: .usageHours, arguments: ["option": "\(column) (\(line))", "value": value(column)])
      }
      return quarters
    }
    var row = BitimV1.HoursRow()
    row.line = line
    row.cohort = cohort
    row.trainee = value("trainee").isEmpty ? value("iin") : value("trainee")
    row.heldOn = Sheet.iso(value("date"))
    row.startsAt = value("start")
    row.endsAt = value("end")
    row.theoryQuarters = try quarters("theory")
    row.practiceQuarters = try quarters("practice")
    row.trainer = value("trainer")
    return row
  }
}
