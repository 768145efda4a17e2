import BitimClient
import BitimProtocol

/// `bitim enrol`: a list, or one person.
enum EnrolCommand {
  static let help = Help(
    summary: .helpEnrol, usage: .helpEnrolUsage,
    examples: [
      "bitim enrol intake.csv --cohort P1-ALA-01 --dry-run",
      "bitim enrol", "bitim enrol тізім.csv --guess",
      "bitim enrol тізім.csv --mapping тізім.mapping --accept capitals,iin-zeros \\",
      "  --good-rows --rejects қате.csv",
      "bitim enrol intake.csv --cohort P1-ALA-01 --wait",
      "bitim enrol --cohort P1-ALA-01 --surname-kk Өтегенова --given-kk Ұлжан \\",
      "  --surname-latin Utegenova --given-latin Ulzhan --birth-date 04.07.1990 \\",
      "  --iin 900704400011 --education higher",
    ], lists: .helpLists)

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: PersonFields.options.union(["cohort", "date"]).union(ListOptions.options),
      repeatable: ListOptions.repeatable, switches: ListOptions.switches.union(["wait"]))
    try arguments.atMost(1)
    var request = BitimV1.EnrolTraineesRequest()
    request.enrolledOn = Sheet.iso(arguments["date"] ?? "")
    request.validateOnly = arguments.has("dry-run")
    request.waits = arguments.has("wait")
    if let file = arguments.positions.first {
      try arguments.refuse(PersonFields.options)
      return try await Self.list(file, arguments, request, desk)
    }
    try ListOptions.refuse(arguments)
    // Somebody who says nothing of a person is asked.
    if desk.isInteractive, PersonFields.options.allSatisfy({ arguments[$0] == nil }) {
      return try await Self.ask(arguments, desk)
    }
    let cohort = try arguments.required("cohort")
    try desk.checkEducation(arguments)
    request.rows = [
      Self.row(1, cohort: cohort) { arguments[$0.replacing("_", with: "-")] ?? "" }
    ]
    let response = try await CohortServiceClient(desk.client).enrolTrainees(request)
    return desk.show(response.rows, recorded: response.recorded, dry: request.validateOnly)
  }

  private static func list(
    _ file: String, _ arguments: Arguments, _ asked: BitimV1.EnrolTraineesRequest, _ desk: Desk
  ) async throws -> Desk.End {
    let options = try ListOptions(arguments)
    let columns = Set(PersonFields.columns + PersonFields.distinctColumns + ["cohort"])
    if options.guesses { return try Guess.write(for: file, columns: columns, desk) }
    let sheet = try Sheet(
      path: file, columns: columns, options, cohort: arguments["cohort"], needsCohort: true)
    let rows = sheet.rows.map { row in Self.row(row.line, cohort: row["cohort"]) { row[$0] } }
    return try await desk.take(
      sheet, options, rows, correction: PersonFields.corrections
    ) { rows, isDry in
      var request = asked
      (request.validateOnly, request.rows) = (isDry, rows)
      let portions = Self.portions(of: rows)
      if portions.count > 1 { return try await Self.importAll(request, portions, desk) }
      let response = try await CohortServiceClient(desk.client).enrolTrainees(request)
      return (response.rows, response.recorded)
    }
  }

  /// How many rows go in one request, and how many octets of them; a longer list goes in portions,
  /// and is recorded as a whole all the same.
  private static let rowsMax = 2_000
  private static let octetsMax = 1_000_000

  private static func portions(of rows: [BitimV1.IntakeRow]) -> [ArraySlice<BitimV1.IntakeRow>] {
    var portions: [ArraySlice<BitimV1.IntakeRow>] = []
    var (start, octets) = (0, 0)
    for (index, row) in rows.enumerated() {
      // A row's tag and length take five octets at most.
      let more = row.encoded.count + 5
      if index - start == Self.rowsMax || (index > start && octets + more > Self.octetsMax) {
        portions.append(rows[start..<index])
        (start, octets) = (index, 0)
      }
      octets += more
    }
    return portions + [rows[start...]]
  }

  private static func importAll(
    _ list: BitimV1.EnrolTraineesRequest, _ portions: [ArraySlice<BitimV1.IntakeRow>],
    _ desk: Desk
  ) async throws -> (rows: [BitimV1.RowOutcome], recorded: Bool) {
    let importing = try await CohortServiceClient(desk.client).importTrainees(
      options: .init(timeout: nil, idempotencyKey: BitimClient.randomKey()))
    for rows in portions {
      var portion = BitimV1.ImportTraineesRequest()
      portion.enrolledOn = list.enrolledOn
      portion.validateOnly = list.validateOnly
      portion.waits = list.waits
      portion.rows = Array(rows)
      try await importing.send(portion)
      // Each portion is told when the server has it.
      guard let progress = try await importing.answers.next() else { break }
      desk.output.note(
        .rowsSent, ["count": "\(progress.received)", "total": "\(list.rows.count)"])
    }
    importing.finishSending()
    var rows: [BitimV1.RowOutcome] = []
    var recorded = false
    for try await answer in importing.answers {
      rows += answer.rows
      recorded = recorded || answer.recorded
    }
    return (rows, recorded)
  }

  static func row(
    _ line: Int32, cohort: String, _ value: (String) -> String
  ) -> BitimV1.IntakeRow {
    var row = BitimV1.IntakeRow()
    row.line = line
    row.cohort = cohort
    row.person = PersonFields.person(value)
    row.distinctFrom = PersonFields.numbers(value("distinct_from"))
    row.distinctEvidence = value("distinct_evidence")
    return row
  }
}
