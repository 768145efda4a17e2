import BitimClient
import BitimProtocol

/// `bitim learning`: what mediators learn after they were certified.
enum LearningCommand {
  static let help = Help(
    summary: .helpLearning, usage: .helpLearningUsage,
    examples: [
      "bitim learning record Өтегенова --kind course --hours 6 --date 2026-10-12 \\",
      "  --provider 'Әділет академиясы' --evidence '№ 7 куәлік'",
      "bitim learning check 512",
      "bitim learning list Өтегенова",
      "bitim learning end 512 --why 'басқа адамның куәлігі'",
    ])

  static let kinds: [String: BitimV1.LearningKind] = [
    "course": .course, "conference": .conference, "supervision": .supervision,
    "teaching": .teaching, "publication": .publication, "other": .other,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "record": return try await Self.record(rest, desk)
    case "check": return try await Self.check(rest, desk)
    case "end": return try await Self.end(rest, desk)
    case "list": return try await Self.list(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded, arguments: ["what": "record | check | end | list"])
    }
  }

  private static func record(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["kind", "hours", "points", "date", "provider", "evidence"],
      switches: ["relevant"])
    try arguments.atMost(1)
    var request = BitimV1.RecordLearningRequest()
    request.kind = try desk.word(arguments, "kind", Self.kinds)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.amount = try Self.amount(arguments)
    request.isRelevant = arguments.has("relevant")
    request.provider = try arguments.required("provider")
    request.evidence = try arguments.required("evidence")
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    let service = LearningServiceClient(desk.client)
    let line = try await service.recordLearning(request).learning ?? .init()
    desk.output.note(.learningRecorded, ["number": line.displayId, "act": "\(line.act)"])
    return .done
  }

  /// Hours or points, one of them.
  private static func amount(
    _ arguments: Arguments
  ) throws(Arguments.Fault) -> BitimV1.RecordLearningRequest.Amount {
    switch (arguments["hours"], arguments["points"]) {
    case (let hours?, nil): return .quarters(try HoursCommand.quarters("--hours", hours))
    case (nil, let typed?):
      guard let points = Int32(typed) else {
        throw Arguments.Fault(
          text: .usageNotNumber, arguments: ["option": "--points", "value": typed])
      }
      return .points(points)
    default:
      throw Arguments.Fault(text: .usageOneOf, arguments: ["list": "--hours, --points"])
    }
  }

  private static func check(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    var request = BitimV1.CheckLearningRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    _ = try await LearningServiceClient(desk.client).checkLearning(request)
    desk.output.note(.learningChecked, ["act": "\(request.act)"])
    return .done
  }

  private static func end(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["why"])
    try arguments.atMost(1)
    var request = BitimV1.EndLearningRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.why = try arguments.required("why")
    _ = try await LearningServiceClient(desk.client).endLearning(request)
    desk.output.note(.learningEnded, ["act": "\(request.act)"])
    return .done
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    var request = BitimV1.ListLearningRequest()
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    let service = LearningServiceClient(desk.client)
    let pages = try await request.pages(by: service.listLearning)
    let lines = pages.flatMap(\.lines)
    desk.output.rows(
      [
        .number, .person, .date, .kind, .amount, .measure, .relevant, .provider, .paper,
        .checked,
      ],
      lines.map { line in
        [
          "\(line.act)", line.displayId, line.heldOn, Self.word(line.kind),
          line.points == 0 ? Desk.hours(line.quarters) : "\(line.points)",
          line.points == 0 ? "hours" : "points", line.isRelevant ? desk.output.say(.yes) : "",
          line.provider, line.evidence, line.checkedOn,
        ]
      }, messages: lines)
    if desk.output.form == .table {
      for line in desk.windows(of: pages.first?.short) { Output.complain(line) }
    }
    return .done
  }

  private static func word(_ kind: BitimV1.LearningKind) -> String {
    Self.kinds.first { $0.value == kind }?.key ?? ""
  }
}

extension Desk {
  /// What somebody learned, in short; empty where nothing is recorded or asked.
  func learning(_ short: BitimV1.LearningShort?) -> String {
    guard let short else { return "" }
    let count = self.output.say(
      .learningShort, ["count": "\(short.recorded)", "open": "\(short.unchecked)"])
    return ([count] + self.windows(of: short)).joined(separator: "; ")
  }

  /// The window of today, and one before that was not filled.
  func windows(of short: BitimV1.LearningShort?) -> [String] {
    [(Text.learningMissed, short?.missed), (.learningWindow, short?.window)].compactMap {
      text, window in
      window.map { window in
        self.output.say(
          text,
          [
            "number": window.entry, "from": window.from, "until": window.until,
            "got": self.amount(of: window),
          ])
      }
    }
  }

  private func amount(of window: BitimV1.LearningWindow) -> String {
    guard window.pointsNeeded > 0 else {
      return self.output.say(
        .learningHours,
        ["got": Self.hours(window.quarters), "needed": Self.hours(window.quartersNeeded)])
    }
    return self.output.say(
      .learningPoints,
      [
        "got": "\(window.points)", "needed": "\(window.pointsNeeded)",
        "relevant": "\(window.relevant)", "least": "\(window.relevantNeeded)",
      ])
  }
}
