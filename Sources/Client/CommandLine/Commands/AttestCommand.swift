import BitimClient
import BitimProtocol
import BitimSystem
import Foundation

/// `bitim attest`: results of a session from a file, row by row, or one; confirmation; annulment.
enum AttestCommand {
  static let help = Help(
    summary: .helpAttest, usage: .helpAttestUsage,
    examples: [
      "bitim attest S-014 results.csv",
      "bitim attest S-014 --candidate Өтегенова --test 80 --role-play 75 \\",
      "  --interview 90",
      "bitim attest S-014 --confirm",
    ], lists: .helpLists)

  /// The parts of an attestation as columns of a file, in the order in which they are asked for.
  static let components: [(column: String, component: BitimV1.Component)] = [
    ("test", .test), ("role_play", .rolePlay), ("interview", .interview),
  ]

  /// What may stand in place of marks, as columns and switches.
  private static let instead: [(column: String, outcome: BitimV1.ResultOutcome)] = [
    ("absent", .absent), ("excluded", .excluded), ("interrupted", .interrupted),
  ]

  private static let columns = Set(
    ["candidate", "iin", "why"] + Self.components.map(\.column) + Self.instead.map(\.column))

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: Set([
        "candidate", "test", "role-play", "interview", "why", "annul", "correct", "reason",
        "digest", "case", "withdraw-annulment", "excuse", "paper", "paper-date", "date",
      ]).union(ListOptions.options), repeatable: ListOptions.repeatable,
      switches: ListOptions.switches.union([
        "show", "confirm", "absent", "excluded", "interrupted",
      ]))
    let session = try arguments.position(0, "SESSION")
    let service = AttestationServiceClient(desk.client)
    try Self.checkDryRun(arguments)
    if let end = try await Self.away(arguments, service, desk) { return end }
    try arguments.atMost(2)
    if arguments.has("confirm") {
      // What is confirmed is what was shown, and nothing that came in between.
      let shown = try await Self.look(session, service)
      SessionCommand.show(shown, desk.aside)
      Self.show(shown, desk.aside)
      guard desk.isApproved(shown.resultsDigest, arguments) else { return .refused }
      var request = BitimV1.ConfirmResultsRequest()
      request.session = session
      request.resultsDigest = shown.resultsDigest
      let response = try await service.confirmResults(request)
      desk.output.note(.attestConfirmed, ["count": "\(response.confirmed)"])
      return .done
    }
    if let name = arguments["annul"] {
      var request = BitimV1.AnnulResultRequest()
      request.session = session
      request.personId = try await desk.person(name).id
      request.reason = try arguments.required("reason")
      if arguments["case"] != nil { request.caseAct = try desk.act(arguments, "case") }
      _ = try await service.annulResult(request)
      desk.output.note(.attestAnnulled)
      return .done
    }
    if let name = arguments["excuse"] {
      var request = BitimV1.ExcuseAbsenceRequest()
      request.session = session
      request.paper = try arguments.required("paper")
      request.datedOn = Sheet.iso(try arguments.required("paper-date"))
      request.heldOn = Sheet.iso(arguments["date"] ?? "")
      let person = try await desk.person(name)
      request.personId = person.id
      _ = try await service.excuseAbsence(request)
      desk.output.note(.attestExcused, ["name": desk.name(person.names)])
      return .done
    }
    if let name = arguments["correct"] {
      return try await Self.correct(name, session, arguments, service, desk)
    }
    if let name = arguments["withdraw-annulment"] {
      return try await Self.withdrawAnnulment(of: name, in: session, arguments, service, desk)
    }
    if arguments.has("show") {
      Self.show(try await Self.look(session, service), desk)
      return .done
    }
    if arguments.positions.count == 2 {
      try arguments.refuse(["candidate", "test", "role-play", "interview", "why"])
      return try await Self.list(arguments.positions[1], session, arguments, service, desk)
    }
    try ListOptions.refuse(arguments)
    guard arguments["candidate"] != nil else {
      return try await EveningCommand.record(session, service, desk)
    }
    var request = BitimV1.RecordResultsRequest()
    request.session = session
    request.validateOnly = arguments.has("dry-run")
    let value = Self.value(arguments)
    request.rows = [
      try Self.row(
        1, instead: Self.instead(where: arguments.has),
        by: try await Self.markers(
          Self.components.map { value($0.column) }, session, service, desk),
        value)
    ]
    return Self.show(try await service.recordResults(request), request, desk)
  }

  /// Only a list and one candidate are checked without being recorded: with all else `--dry-run` would not keep
  /// its word.
  private static func checkDryRun(_ arguments: Arguments) throws(Arguments.Fault) {
    let other =
      ["show", "confirm"].contains(where: arguments.has)
      || ["annul", "excuse", "correct", "withdraw-annulment"].contains { arguments[$0] != nil }
    let isList =
      arguments.positions.count == 2
      && !["pack", "fill", "send"].contains(arguments.positions[0])
    guard arguments.has("dry-run"), other || !isList && arguments["candidate"] == nil else {
      return
    }
    throw Arguments.Fault(text: .usageOptionOfList, arguments: ["option": "--dry-run"])
  }

  /// What says in a list that somebody was absent, excluded or interrupted, and what that it is not so.
  private static let yes: Set<String> = [
    "yes", "y", "x", "х", "+", "1", "v", "true", "да", "иә", "ия", "н", "н/я", "absent", "неявка",
    "не явился", "не явилась", "келмеді", "excluded", "удалён", "удален", "удалена", "шығарылды",
    "interrupted", "прервано", "үзілді",
  ]
  private static let no: Set<String> = [
    "", "no", "n", "0", "-", "–", "—", "false", "нет", "жоқ", "present", "был", "была", "явился",
    "явилась", "келді", "болды",
  ]

  /// `attest pack SESSION FILE`, `attest fill FILE` and `attest send FILE`; nil for anything else.
  private static func away(
    _ arguments: Arguments, _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End? {
    switch arguments.positions[0] {
    case "pack":
      try arguments.atMost(3)
      return try await EveningCommand.pack(
        arguments.position(1, "SESSION"), into: arguments.position(2, "FILE"), service, desk)
    case "fill":
      try arguments.atMost(2)
      return try EveningCommand.fill(arguments.position(1, "FILE"), desk)
    case "send":
      try arguments.atMost(2)
      return try await EveningCommand.send(arguments.position(1, "FILE"), service, desk)
    default: return nil
    }
  }

  /// Says what became of results that were sent one by one.
  static func show(
    _ response: BitimV1.RecordResultsResponse, _ request: BitimV1.RecordResultsRequest, _ desk: Desk
  ) -> Desk.End {
    let end = desk.show(
      response.rows, recorded: response.recorded, dry: request.validateOnly)
    Self.sum(response, of: request.session, desk)
    return end
  }

  private static func list(
    _ file: String, _ session: String, _ arguments: Arguments,
    _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    let options = try ListOptions(arguments)
    if options.guesses { return try Guess.write(for: file, columns: Self.columns, desk) }
    var sheet = try Sheet(path: file, columns: Self.columns, options)
    let cells = sheet.rows.flatMap { row in Self.components.map { row[$0.column] } }
    let rows = try Self.rows(
      of: &sheet, by: try await Self.markers(cells, session, service, desk))
    var recorded = BitimV1.RecordResultsResponse()
    let end = try await desk.take(
      sheet, options, rows,
      correction: { row, _ in
        let marks = Self.components.map(\.column).filter { !row[$0].isEmpty }
        let who = row["candidate"].isEmpty ? row["iin"] : row["candidate"]
        guard !marks.isEmpty else { return [] }
        return [
          Shell.command(
            ["attest", session],
            [("correct", who)] + marks.map { ($0.replacing("_", with: "-"), row[$0]) }
              + [("why", "…")])
        ]
      },
      send: { rows, isDry in
        var request = BitimV1.RecordResultsRequest()
        (request.session, request.rows, request.validateOnly) = (session, rows, isDry)
        recorded = try await service.recordResults(request)
        return (recorded.rows, recorded.recorded)
      })
    Self.sum(recorded, of: session, desk)
    return end
  }

  /// Says how those whose results were recorded did.
  private static func sum(
    _ response: BitimV1.RecordResultsResponse, of session: String, _ desk: Desk
  ) {
    if response.recorded {
      desk.output.note(
        .attestRecorded,
        [
          "passed": "\(response.passed)", "failed": "\(response.failed)",
          "absent": "\(response.absent)", "session": session,
        ])
      if response.excluded + response.interrupted > 0 {
        desk.output.note(
          .attestRecordedElse,
          ["excluded": "\(response.excluded)", "interrupted": "\(response.interrupted)"])
      }
    }
  }

  private static func correct(
    _ name: String, _ session: String, _ arguments: Arguments,
    _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.CorrectResultRequest()
    request.session = session
    request.personId = try await desk.person(name).id
    request.why = try arguments.required("why")
    let value = Self.value(arguments)
    let markers = try await Self.markers(
      Self.components.map { value($0.column) }, session, service, desk, of: request.personId)
    request.scores = try Self.row(1, instead: .unspecified, by: markers) { column in
      Self.components.contains { $0.column == column } ? value(column) : ""
    }.scores
    let done = try await request.done(by: service.correctResult) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.displayId ?? "", proposedAs: done.answer.proposal)
  }

  /// Proposes that an annulled result stands again, as a case has decided.
  private static func withdrawAnnulment(
    of name: String, in session: String, _ arguments: Arguments,
    _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.WithdrawAnnulmentRequest()
    request.session = session
    request.personId = try await desk.person(name).id
    request.caseAct = try desk.act(arguments, "case")
    request.why = try arguments.required("why")
    let done = try await request.done(by: service.withdrawAnnulment) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.displayId ?? "", proposedAs: done.answer.proposal)
  }

  /// A column's value as an option says it.
  private static func value(_ arguments: Arguments) -> (String) -> String {
    { arguments[$0.replacing("_", with: "-")] ?? "" }
  }

  /// Whose marks stand in cells as `60+75+80`, in this order; nobody's where there are no such cells.
  ///
  /// - Parameter person: A candidate whose marks are corrected: of who gave them, whoever sits there now.
  private static func markers(
    _ cells: [String], _ session: String, _ service: AttestationServiceClient, _ desk: Desk,
    of person: Int64 = 0
  ) async throws(CallFailure) -> [EveningPlan.Marker] {
    guard cells.contains(where: { $0.contains("+") }) else { return [] }
    let shown = try await Self.look(session, service)
    let seated = EveningPlan.markers(shown) { desk.name($0.names) }
    let standing = shown.candidates.last { $0.personId == person && !$0.isAnnulled }
    let gave = Set((standing?.scores ?? []).flatMap(\.marks).map(\.personId))
    if person == 0 || gave.isEmpty { return seated }
    return gave.sorted().map { id in
      seated.first { $0.personID == id } ?? .init(personID: id, name: "\(id)")
    }
  }

  private static func rows(
    of sheet: inout Sheet, by markers: [EveningPlan.Marker]
  ) throws(Arguments.Fault) -> [BitimV1.ResultRow] {
    var rows: [BitimV1.ResultRow] = []
    for row in sheet.rows {
      for (column, _) in Self.instead {
        let word = row[column].lowercased()
        if Self.yes.contains(word) || Self.no.contains(word) { continue }
        sheet.note(.init(.cellYesOrNo), line: row.line, column: column)
      }
      let said = Self.instead.filter { Self.yes.contains(row[$0.column].lowercased()) }
      if said.count > 1 {
        let titles = said.map { sheet.title(of: $0.column).title }
        sheet.note(
          .init(.cellOneOf, ["list": titles.joined(separator: ", ")]), line: row.line,
          column: said[0].column)
      }
      // Points that are none are said with all else.
      var unread: Set<String> = []
      for (column, _) in Self.components where Int32(row[column]) == nil && !row[column].isEmpty {
        if !markers.isEmpty, TypedScore(row[column], markers: markers.count) != nil { continue }
        unread.insert(column)
        guard row[column].contains("+") else { continue }
        sheet.note(Self.flaw(markers), line: row.line, column: column)
      }
      rows.append(
        try Self.row(row.line, instead: said.first?.outcome ?? .unspecified, by: markers) {
          unread.contains($0) ? "" : row[$0]
        })
    }
    return rows
  }

  /// The one of absent, excluded and interrupted that is said; unspecified where none is.
  private static func instead(
    where isSaid: (String) -> Bool
  ) throws(Arguments.Fault) -> BitimV1.ResultOutcome {
    let said = Self.instead.filter { isSaid($0.column) }
    guard said.count <= 1 else {
      throw Arguments.Fault(
        text: .usageOneOf, arguments: ["list": said.map(\.column).joined(separator: ", ")])
    }
    return said.first?.outcome ?? .unspecified
  }

  private static func row(
    _ line: Int32, instead: BitimV1.ResultOutcome, by markers: [EveningPlan.Marker],
    _ value: (String) -> String
  ) throws(Arguments.Fault) -> BitimV1.ResultRow {
    var row = BitimV1.ResultRow()
    row.line = line
    row.candidate = value("candidate").isEmpty ? value("iin") : value("candidate")
    row.outcome = instead
    row.why = value("why")
    for (name, component) in Self.components where !value(name).isEmpty {
      if let points = Int32(value(name)) {
        // What a commission agrees on; the registry says where each member's mark is asked.
        row.scores.append(BitimV1.Score(component, points))
      } else if !markers.isEmpty,
        let typed = TypedScore(value(name), markers: markers.count)
      {
        row.scores.append(BitimV1.Score(component, typed, by: markers))
      } else if value(name).contains("+"), !markers.isEmpty {
        throw Arguments.Fault(
          text: .usageMarks,
          arguments: ["option": name, "value": value(name), "list": markers.names])
      } else {
        throw Arguments.Fault(
          text: .usageNotNumber, arguments: ["option": "\(name) (\(line))", "value": value(name)])
      }
    }
    return row
  }

  /// What is wrong with a cell that has not the marks of these members.
  private static func flaw(_ markers: [EveningPlan.Marker]) -> Cell.Flaw {
    if markers.isEmpty { return Cell.Flaw(.cellNotPoints) }
    return Cell.Flaw(.cellMarks, ["list": markers.names])
  }

  static func look(
    _ session: String, _ service: AttestationServiceClient
  ) async throws(CallFailure) -> BitimV1.GetSessionResponse {
    var request = BitimV1.GetSessionRequest()
    request.code = session
    return try await service.getSession(request)
  }

  /// Shows how each candidate did.
  static func show(_ response: BitimV1.GetSessionResponse, _ desk: Desk) {
    let rows = response.candidates.map { candidate in
      [
        candidate.displayId, desk.name(candidate.names), desk.cells.outcome(candidate),
        candidate.scores.map(\.text).joined(separator: " "),
        candidate.isConfirmed ? desk.output.cells.say(.yes) : "",
        [candidate.why, candidate.excuseDatedOn].filter { !$0.isEmpty }.joined(separator: ", "),
      ]
    }
    desk.output.rows(
      [
        .number, .name,
        .result, .scores,
        .confirmed, .reason,
      ], rows, messages: response.candidates)
  }
}

extension BitimV1.Score {
  init(_ component: BitimV1.Component, _ points: Int32) {
    self.init()
    (self.component, self.points) = (component, points)
  }
}

extension Desk {
  /// How a candidate did, in words; of an annulled result, that it is annulled.
  func outcome(_ candidate: BitimV1.Candidate) -> String {
    let outcome = self.outcome(candidate.outcome)
    return candidate.isAnnulled
      ? self.output.say(.outcomeAnnulled, ["outcome": outcome]) : outcome
  }

  func outcome(_ outcome: BitimV1.ResultOutcome) -> String {
    switch outcome {
    case .passed: self.output.say(.outcomePassed)
    case .failed: self.output.say(.outcomeFailed)
    case .absent: self.output.say(.outcomeAbsent)
    case .excluded: self.output.say(.outcomeExcluded)
    case .interrupted: self.output.say(.outcomeInterrupted)
    default: ""
    }
  }
}
