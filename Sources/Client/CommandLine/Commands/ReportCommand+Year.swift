import BitimClient
import BitimProtocol

/// `bitim report year`: the figures of a year, by programme and organisation.
extension ReportCommand {
  static func year(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let request = try Self.request(Arguments(words, options: ["as-of", "known"]))
    Self.show(try await ReportServiceClient(desk.client).getYearReport(request), desk)
    return .done
  }

  /// A part of the figures of a year: results, hours or times.
  static func part(_ part: Part, _ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: part == .passes ? ["as-of", "known", "by"] : ["as-of", "known"])
    var request = try Self.request(arguments)
    request.byExaminer = try Self.isByExaminer(arguments)
    var report = try await ReportServiceClient(desk.client).getYearReport(request)
    if request.byExaminer {
      Self.showExaminers(report, desk)
      return .done
    }
    report.rows = report.rows.map { row in
      var row = row
      row.figures.removeAll { !part.figures.contains($0.figure) }
      return row
    }
    Self.show(report, desk)
    return .done
  }

  /// The cases of a year by kind.
  static func cases(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["as-of", "known"])
    var request = try Self.request(arguments)
    request.withCases = true
    let report = try await ReportServiceClient(desk.client).getYearReport(request)
    desk.output.rows(
      [.kind, .figure, .value, .asOf, .asKnown],
      report.cases.flatMap { row in
        row.figures.map { value in
          [
            desk.cells.kind(of: row.kind), Self.name(of: value.figure, ofCases: true, desk),
            Self.text(value.value, of: value.figure), report.asOf, report.asKnown,
          ]
        }
      }, messages: [report])
    Self.state(report, desk)
    return .done
  }

  /// What is shown of the figures.
  enum Part {
    case passes, hours, times

    var figures: Set<BitimV1.Figure> {
      switch self {
      case .passes:
        [
          .attempts, .passed, .failed, .firstAttempts, .firstPassed, .passRate, .firstPassRate,
          .testPassRate, .rolePlayPassRate, .interviewPassRate,
        ]
      case .hours: [.theory, .practice, .taught]
      case .times: [.certified, .daysMedian, .daysMost]
      }
    }
  }

  private static func isByExaminer(_ arguments: Arguments) throws(Arguments.Fault) -> Bool {
    switch arguments["by"] {
    case nil: return false
    case "examiner": return true
    case let text?:
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--by", "value": text, "list": "examiner"])
    }
  }

  private static func showExaminers(_ report: BitimV1.GetYearReportResponse, _ desk: Desk) {
    desk.output.rows(
      [.number, .name, .programme, .figure, .value, .asOf, .asKnown],
      report.examiners.flatMap { row in
        row.figures.map { value in
          [
            "\(row.personId)", row.name, "\(row.programme)", Self.name(of: value.figure, desk),
            Self.text(value.value, of: value.figure), report.asOf, report.asKnown,
          ]
        }
      }, messages: [report])
    Self.state(report, desk)
  }

  /// Files what is counted now, and shows it.
  static func file(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["as-of"])
    var request = BitimV1.FileReportRequest()
    request.year = try Self.year(arguments)
    request.asOf = Sheet.iso(arguments["as-of"] ?? "")
    let reports = ReportServiceClient(desk.client)
    let filed = try await reports.fileReport(request).filed ?? .init()
    var look = BitimV1.GetYearReportRequest()
    (look.year, look.asOf) = (request.year, request.asOf)
    Self.show(try await reports.getYearReport(look), desk)
    desk.output.note(.reportFiled, ["year": "\(request.year)", "act": "\(filed.act)"])
    return .done
  }

  private static func request(
    _ arguments: Arguments
  ) throws(Arguments.Fault) -> BitimV1.GetYearReportRequest {
    var request = BitimV1.GetYearReportRequest()
    request.year = try Self.year(arguments)
    request.asOf = Sheet.iso(arguments["as-of"] ?? "")
    request.asKnown = Sheet.iso(arguments["known"] ?? "")
    return request
  }

  private static func year(_ arguments: Arguments) throws(Arguments.Fault) -> Int32 {
    try arguments.atMost(1)
    return try arguments.number(at: 0, "YEAR")
  }

  private static func show(_ report: BitimV1.GetYearReportResponse, _ desk: Desk) {
    switch desk.output.form {
    case .csv, .json:
      desk.output.rows(
        [.year, .programme, .organisation, .figure, .value, .filed, .asOf, .asKnown],
        report.rows.flatMap { row in
          row.figures.map { value in
            [
              "\(report.year)", Self.programme(row), row.organisation,
              Self.name(of: value.figure, desk), Self.text(value.value, of: value.figure),
              value.filed.map { Self.text($0, of: value.figure) } ?? "", report.asOf,
              report.asKnown,
            ]
          }
        }, messages: [report])
    case .table:
      desk.output.rows(
        [.programme, .organisation, .figure, .value, .filed],
        report.rows.flatMap { row in
          row.figures.map { value in
            [
              Self.programme(row),
              row.organisation.isEmpty ? desk.output.say(.reportAll) : row.organisation,
              Self.name(of: value.figure, desk), Self.text(value.value, of: value.figure),
              Self.filed(value, report),
            ]
          }
        }, messages: [], isLastRare: true)
    }
    Self.state(report, desk)
  }

  /// What a report is of.
  private static func state(_ report: BitimV1.GetYearReportResponse, _ desk: Desk) {
    desk.output.note(
      .reportState,
      [
        "year": "\(report.year)", "as_of": report.asOf, "as_known": report.asKnown,
        "size": "\(report.size)", "definitions": "\(report.definitions)",
      ])
    guard let filed = report.filed else { return }
    desk.output.note(
      .reportFiledBefore,
      [
        "act": "\(filed.act)", "day": filed.filedOn, "as_of": filed.asOf,
        "size": "\(filed.size)", "definitions": "\(filed.definitions)",
      ])
  }

  /// What was filed, to people where it is other than what is counted now.
  private static func filed(
    _ value: BitimV1.FigureValue, _ report: BitimV1.GetYearReportResponse
  ) -> String {
    guard report.filed != nil, value.filed ?? 0 != value.value else { return "" }
    return Self.text(value.filed ?? 0, of: value.figure)
  }

  private static func programme(_ row: BitimV1.FigureRow) -> String {
    row.programme == 0 ? "school" : Desk.programme(row.programme)
  }

  /// A figure as people call it; to programs its word.
  private static func name(
    of figure: BitimV1.Figure, ofCases: Bool = false, _ desk: Desk
  ) -> String {
    guard let (word, text) = Self.figures[figure] else { return "" }
    if desk.output.isForPrograms { return word }
    switch figure {
    case .daysMedian where ofCases: return desk.output.say(.figureDaysToDecide)
    case .daysMost where ofCases: return desk.output.say(.figureDaysToDecideMost)
    default: return desk.output.say(text)
    }
  }

  /// A value as people write it: hours of quarters, per cents of tenths.
  private static func text(_ value: Int64, of figure: BitimV1.Figure) -> String {
    switch figure {
    case .theory, .practice, .taught: Desk.hours(Int32(clamping: value))
    case .passRate, .firstPassRate, .testPassRate, .rolePlayPassRate, .interviewPassRate:
      "\(value / 10).\(value % 10)"
    default: "\(value)"
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
    .certified: ("certified", .figureCertified),
    .attendance: ("attendance", .figureAttendance), .adopted: ("adopted", .figureAdopted),
    .revoked: ("revoked", .figureRevoked), .suspended: ("suspended", .figureSuspended),
    .suspendedLastDay: ("suspended_last_day", .figureSuspendedLastDay),
    .theory: ("theory", .figureTheory), .practice: ("practice", .figurePractice),
    .taught: ("taught", .figureTaught), .daysMedian: ("days_median", .figureDaysMedian),
    .daysMost: ("days_most", .figureDaysMost),
    .testPassRate: ("test_pass_rate", .figureTestPassRate),
    .rolePlayPassRate: ("role_play_pass_rate", .figureRolePlayPassRate),
    .interviewPassRate: ("interview_pass_rate", .figureInterviewPassRate),
    .received: ("received", .figureReceived), .decided: ("decided", .figureDecided),
    .overdue: ("overdue", .figureOverdue),
  ]
}
