import BitimClient
import BitimProtocol

/// `bitim report year`: the figures of a year, by programme and organisation.
extension ReportCommand {
  static func year(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["as-of", "known"])
    try arguments.atMost(1)
    let text = try arguments.position(0, "YEAR")
    guard let year = Int32(text) else {
      throw Arguments.Fault(text: .usageNotNumber, arguments: ["option": "YEAR", "value": text])
    }
    var request = BitimV1.GetYearReportRequest()
    request.year = year
    request.asOf = Sheet.iso(arguments["as-of"] ?? "")
    request.asKnown = Sheet.iso(arguments["known"] ?? "")
    let report = try await ReportServiceClient(desk.client).getYearReport(request)
    switch desk.output.form {
    case .csv, .json:
      desk.output.rows(
        [.year, .programme, .organisation, .figure, .value, .asOf, .asKnown],
        report.rows.flatMap { row in
          row.figures.map { value in
            [
              "\(report.year)", Self.programme(row), row.organisation,
              Self.name(of: value.figure, desk), Self.text(of: value), report.asOf,
              report.asKnown,
            ]
          }
        }, messages: [report])
    case .table:
      desk.output.rows(
        [.programme, .organisation, .figure, .value],
        report.rows.flatMap { row in
          row.figures.map { value in
            [
              Self.programme(row),
              row.organisation.isEmpty ? desk.output.say(.reportAll) : row.organisation,
              Self.name(of: value.figure, desk), Self.text(of: value),
            ]
          }
        }, messages: [])
    }
    desk.output.note(
      .reportState,
      [
        "year": "\(report.year)", "as_of": report.asOf, "as_known": report.asKnown,
        "size": "\(report.size)", "definitions": "\(report.definitions)",
      ])
    return .done
  }

  private static func programme(_ row: BitimV1.FigureRow) -> String {
    row.programme == 0 ? "school" : "\(row.programme)"
  }

  /// A figure as people call it; to programs its word.
  private static func name(of figure: BitimV1.Figure, _ desk: Desk) -> String {
    guard let (word, text) = Self.figures[figure] else { return "" }
    return desk.output.isForPrograms ? word : desk.output.say(text)
  }

  /// A value as people write it: hours of quarters, per cents of tenths.
  private static func text(of value: BitimV1.FigureValue) -> String {
    switch value.figure {
    case .theory, .practice, .taught: Desk.hours(Int32(clamping: value.value))
    case .passRate, .firstPassRate: "\(value.value / 10).\(value.value % 10)"
    default: "\(value.value)"
    }
  }

  /// What figures are called: to programs, and to people.
  private static let figures: [BitimV1.Figure: (word: String, text: Text)] = [
    .enrolled: ("enrolled", .figureEnrolled), .trained: ("trained", .figureTrained),
    .withdrawn: ("withdrawn", .figureWithdrawn),
    .cohortCancelled: ("cohort_cancelled", .figureCohortCancelled),
    .attempts: ("attempts", .figureAttempts), .passed: ("passed", .figurePassed),
    .failed: ("failed", .figureFailed),
    .firstAttempts: ("first_attempts", .figureFirstAttempts),
    .firstPassed: ("first_passed", .figureFirstPassed),
    .passRate: ("pass_rate", .figurePassRate),
    .firstPassRate: ("first_pass_rate", .figureFirstPassRate),
    .certified: ("certified", .figureCertified), .adopted: ("adopted", .figureAdopted),
    .revoked: ("revoked", .figureRevoked), .suspended: ("suspended", .figureSuspended),
    .suspendedLastDay: ("suspended_last_day", .figureSuspendedLastDay),
    .theory: ("theory", .figureTheory), .practice: ("practice", .figurePractice),
    .taught: ("taught", .figureTaught), .daysMedian: ("days_median", .figureDaysMedian),
    .daysMost: ("days_most", .figureDaysMost),
  ]
}
