import BitimClient
import BitimProtocol
import Foundation

/// `bitim hours`: a class of a whole cohort or of one trainee, or a list of them; corrected for one or for all.
enum HoursCommand {
  static let help = Help(
    summary: .helpHours, usage: .helpHoursUsage,
    examples: [
      "bitim hours P1-ALA-01 --date 2026-02-03 --start 09:00 --practice 4 \\",
      "  --trainer Омаров --absent Өтегенова",
      "bitim hours P1-ALA-01 --date 2026-02-10 --start 09:00 --practice 4 \\",
      "  --makes-up '2026-02-03 09:00'",
      "bitim hours hours.csv --dry-run",
      "bitim hours correct P1-ALA-01 Өтегенова --date 2026-02-03 --start 09:00 \\",
      "  --practice 2 --reason typing_error --evidence 'қатысу парағы'",
      "bitim hours correct-class P1-ALA-01 --date 2026-02-03 --start 09:00 \\",
      "  --new-date 2026-02-04 --reason wrong_day --evidence 'сынып журналы'",
    ], lists: .helpLists)

  private static let columns: Set<String> = [
    "cohort", "date", "start", "end", "theory", "practice", "trainer", "trainee", "iin", "absent",
    "makes_up",
  ]
  private static let options: Set<String> = [
    "cohort", "date", "start", "end", "theory", "practice", "trainer", "trainee",
    "makes-up",
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first {
    case "correct": return try await Self.correct(rest, desk)
    case "correct-class": return try await Self.correctClass(rest, desk)
    case "cancel-class": return try await Self.cancelClass(rest, desk)
    default: break
    }
    let arguments = try Arguments(
      words, options: Self.options.union(ListOptions.options),
      repeatable: ListOptions.repeatable.union(["absent"]), switches: ListOptions.switches)
    try arguments.atMost(1)
    let first = try arguments.position(0, "CODE | FILE.csv")
    var request = BitimV1.RecordHoursRequest()
    request.validateOnly = arguments.has("dry-run")
    if Sheet.isNamed(by: first) {
      try arguments.refuse(Self.options.subtracting(["cohort"]).union(["absent"]))
      return try await Self.list(first, arguments, desk)
    }
    try ListOptions.refuse(arguments)
    var row = try Self.row(1, cohort: first) { arguments[$0.replacing("_", with: "-")] ?? "" }
    row.absent = arguments.all("absent")
    request.rows = [row]
    let response = try await CohortServiceClient(desk.client).recordHours(request)
    return desk.show(response.rows, recorded: response.recorded, dry: request.validateOnly)
  }

  private static func list(
    _ file: String, _ arguments: Arguments, _ desk: Desk
  ) async throws -> Desk.End {
    let options = try ListOptions(arguments)
    if options.guesses { return try Guess.write(for: file, columns: Self.columns, desk) }
    var sheet = try Sheet(
      path: file, columns: Self.columns, options, cohort: arguments["cohort"], needsCohort: true)
    for row in sheet.rows where NameScript.isNoPatronymic(row["absent"]) {
      sheet.note(.init(.cellNobodyAbsent), line: row.line, column: "absent")
    }
    let rows = try sheet.rows.map { row in
      // Hours that are none are said with all else, and take nothing away meanwhile.
      var message = try Self.row(row.line, cohort: row["cohort"]) { column in
        let isHours = column == "theory" || column == "practice"
        return isHours && Sheet.quarters(row[column]) == nil ? "" : row[column]
      }
      message.absent = row["absent"].split { ",;".contains($0) }.map {
        $0.trimmingCharacters(in: .whitespaces)
      }.filter { !$0.isEmpty }
      return message
    }
    return try await desk.take(sheet, options, rows, correction: Self.corrections) {
      rows, isDry in
      var request = BitimV1.RecordHoursRequest()
      (request.rows, request.validateOnly) = (rows, isDry)
      let response = try await CohortServiceClient(desk.client).recordHours(request)
      return (response.rows, response.recorded)
    }
  }

  /// The commands that record what differs in a class.
  private static func corrections(
    _ row: Sheet.Row, _ findings: [BitimV1.Finding]
  ) -> [String] {
    let day = [("date", row["date"]), ("start", row["start"])]
    return findings.map { finding in
      let who = Desk.arguments(finding.arguments)["who"] ?? ""
      // What a class makes up is no part of it that is told anew.
      if finding.column == "makes_up" {
        return Shell.command(
          ["hours", "cancel-class", row["cohort"]],
          day + [("reason", "typing_error"), ("evidence", "…")])
      }
      if who.isEmpty {
        let option = finding.column == "end" ? "new-end" : finding.column
        return Shell.command(
          ["hours", "correct-class", row["cohort"]],
          day + [(option, row[finding.column]), ("reason", "typing_error"), ("evidence", "…")])
      }
      let hours = ["theory", "practice"].filter { !row[$0].isEmpty }.map { ($0, row[$0]) }
      let words = ["hours", "correct", row["cohort"], who]
      return finding.column == "absent"
        ? Shell.command(words, day) + " --absent --reason late_report --evidence …"
        : Shell.command(words, day + hours + [("reason", "typing_error"), ("evidence", "…")])
    }
  }

  static let corrections: [String: BitimV1.HoursCorrection] = [
    "late_report": .lateReport, "typing_error": .typingError, "wrong_person": .wrongPerson,
    "wrong_day": .wrongDay, "dispute": .dispute, "in_error": .inError,
  ]

  private static func correct(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["date", "start", "theory", "practice", "reason", "evidence"],
      switches: ["absent"])
    try arguments.atMost(2)
    // Who forgets the hours does not take them all away.
    let saysHours = arguments["theory"] != nil || arguments["practice"] != nil
    guard saysHours != arguments.has("absent") else {
      throw Arguments.Fault(
        text: .usageWordNeeded, arguments: ["what": "--theory, --practice | --absent"])
    }
    var request = BitimV1.CorrectHoursRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.heldOn = Sheet.iso(try arguments.required("date"))
    request.startsAt = try arguments.required("start")
    request.theoryQuarters = try Self.quarters("theory", arguments["theory"] ?? "")
    request.practiceQuarters = try Self.quarters("practice", arguments["practice"] ?? "")
    request.reason = try desk.word(arguments, "reason", Self.corrections)
    request.evidence = try arguments.required("evidence")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    let done = try await CohortServiceClient(desk.client).correctHours(request)
    if done.proposal != 0 { return desk.end(of: person.displayId, proposedAs: done.proposal) }
    desk.output.note(
      .hoursCorrected,
      [
        "name": desk.name(person.names), "day": request.heldOn, "start": request.startsAt,
        "before": Desk.hours(done.theoryQuartersBefore, done.practiceQuartersBefore),
        "after": Desk.hours(request.theoryQuarters, request.practiceQuarters),
      ])
    return .done
  }

  private static func correctClass(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: [
        "date", "start", "new-date", "new-start", "new-end", "trainer", "theory", "practice",
        "reason", "evidence",
      ], switches: ["dry-run"])
    try arguments.atMost(1)
    var request = BitimV1.CorrectClassRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.heldOn = Sheet.iso(try arguments.required("date"))
    request.startsAt = try arguments.required("start")
    request.newHeldOn = Sheet.iso(arguments["new-date"] ?? "")
    request.newStartsAt = arguments["new-start"] ?? ""
    request.newEndsAt = arguments["new-end"] ?? ""
    request.newTrainer = arguments["trainer"] ?? ""
    if arguments["theory"] != nil || arguments["practice"] != nil {
      var hours = BitimV1.ClassHours()
      hours.theoryQuarters = try Self.quarters("theory", arguments["theory"] ?? "")
      hours.practiceQuarters = try Self.quarters("practice", arguments["practice"] ?? "")
      request.newHours = hours
    }
    request.reason = try desk.word(arguments, "reason", Self.corrections)
    request.evidence = try arguments.required("evidence")
    request.validateOnly = arguments.has("dry-run")
    let done = try await CohortServiceClient(desk.client).correctClass(request)
    desk.output.note(
      request.validateOnly ? .hoursClassWouldBe : .hoursClassCorrected,
      [
        "cohort": request.cohort,
        "before": "\(request.heldOn) \(request.startsAt)–\(done.endsAtBefore)",
        "after": "\(done.heldOn) \(done.startsAt)–\(done.endsAt)", "count": "\(done.attendances)",
      ])
    return .done
  }

  private static func cancelClass(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["date", "start", "reason", "evidence"], switches: ["dry-run"])
    try arguments.atMost(1)
    var request = BitimV1.CancelClassRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.heldOn = Sheet.iso(try arguments.required("date"))
    request.startsAt = try arguments.required("start")
    request.reason = try desk.word(arguments, "reason", Self.corrections)
    request.evidence = try arguments.required("evidence")
    request.validateOnly = arguments.has("dry-run")
    let done = try await CohortServiceClient(desk.client).cancelClass(request)
    desk.output.note(
      request.validateOnly ? .hoursClassWouldGo : .hoursClassCancelled,
      [
        "cohort": request.cohort,
        "before": "\(request.heldOn) \(request.startsAt)–\(done.endsAt)",
        "count": "\(done.attendances)",
      ])
    return .done
  }

  /// Hours as they are typed, in quarters.
  static func quarters(
    _ option: String, _ value: String
  ) throws(Arguments.Fault) -> Int32 {
    guard let quarters = Sheet.quarters(value) else {
      throw Arguments.Fault(text: .usageHours, arguments: ["option": option, "value": value])
    }
    return quarters
  }

  /// A class by its day and beginning, however the day is written.
  private static func beginning(_ text: String) -> String {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    return ([Sheet.iso(words.first ?? "")] + words.dropFirst()).joined(separator: " ")
  }

  private static func row(
    _ line: Int32, cohort: String, _ value: (String) -> String
  ) throws(Arguments.Fault) -> BitimV1.HoursRow {
    var row = BitimV1.HoursRow()
    row.line = line
    row.cohort = cohort
    row.trainee = value("trainee").isEmpty ? value("iin") : value("trainee")
    row.heldOn = Sheet.iso(value("date"))
    row.startsAt = value("start")
    row.endsAt = value("end")
    row.theoryQuarters = try Self.quarters("theory (\(line))", value("theory"))
    row.practiceQuarters = try Self.quarters("practice (\(line))", value("practice"))
    row.trainer = value("trainer")
    row.makesUp = Self.beginning(value("makes_up"))
    return row
  }
}
