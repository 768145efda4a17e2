import BitimClient
import BitimProtocol

/// `bitim recognition`: training elsewhere is received, and recognised or not by two persons. They are
/// cases: what is alike is what `bitim case` does.
enum RecognitionCommand {
  static let help = Help(
    summary: .helpRecognition, usage: .helpRecognitionUsage,
    examples: [
      "bitim recognition receive Өтегенова --programme 1 --country ESP \\",
      "  --issuer 'Centro de Mediación' --training Curso --theory 40 --practice 8 \\",
      "  --issued 2024-05-31 --number 77 --translation --legalisation \\",
      "  --paper 'куәлік;77;2024-05-31;Әлия Серікова;2026-02-02'",
      "bitim recognition decide 431 --outcome part --cohort P1-2026-03 \\",
      "  --theory 16 --practice 8 --reason 'келіссөз тақырыптары бірдей'",
    ])

  private static let outcomes: [String: BitimV1.CaseOutcome] = [
    "full": .recognised, "part": .recognisedPart, "refused": .refused,
  ]

  /// A recognition is not stayed.
  private static let steps: Set<BitimV1.CaseStep> = [
    .acknowledged, .returned, .completed, .extended, .withdrawn, .notified,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    let word = words.first ?? ""
    if let step = CaseCommand.steps[word], Self.steps.contains(step) {
      return try await CaseCommand.move(rest, step, desk)
    }
    switch word {
    case "receive": return try await Self.receive(rest, desk)
    case "list": return try await CaseCommand.list(rest, of: .recognition, desk)
    case "show": return try await CaseCommand.show(rest, desk)
    case "decide": return try await Self.decide(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": "receive | list | show | acknowledge | return | complete | extend | withdraw"
            + " | decide | notify"
        ])
    }
  }

  private static func receive(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: [
        "programme", "issuer", "country", "training", "theory", "practice", "number", "issued",
        "date",
      ], repeatable: ["paper"], switches: ["translation", "legalisation"])
    try arguments.atMost(1)
    var asked = BitimV1.Recognition()
    asked.programme = try arguments.requiredNumber("programme")
    asked.issuer = try arguments.required("issuer")
    asked.country = try arguments.required("country").uppercased()
    asked.training = try arguments.required("training")
    (asked.theoryQuarters, asked.practiceQuarters) = try Self.hours(arguments)
    asked.number = arguments["number"] ?? ""
    asked.issuedOn = Sheet.iso(try arguments.required("issued"))
    asked.translationSeen = arguments.has("translation")
    asked.legalisationSeen = arguments.has("legalisation")
    var request = BitimV1.ReceiveRecognitionRequest()
    request.recognition = asked
    request.receivedOn = Sheet.iso(arguments["date"] ?? "")
    request.papers = try CaseCommand.papers(arguments)
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    return desk.done(try await CaseServiceClient(desk.client).receiveRecognition(request))
  }

  private static func decide(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["outcome", "cohort", "theory", "practice"], repeatable: ["reason"])
    try arguments.atMost(1)
    var request = BitimV1.DecideRecognitionRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.outcome = try desk.word(arguments, "outcome", Self.outcomes)
    request.reasons = arguments.each("reason")
    if request.outcome == .recognisedPart {
      var part = BitimV1.RecognisedPart()
      part.cohort = try arguments.required("cohort")
      (part.theoryQuarters, part.practiceQuarters) = try Self.hours(arguments)
      request.part = part
    } else if let option = ["cohort", "theory", "practice"].first(where: { arguments[$0] != nil }) {
      throw Arguments.Fault(
        text: .usageOptionGoesWith,
        arguments: ["option": "--\(option)", "with": "--outcome part"])
    }
    let done = try await CaseServiceClient(desk.client).decideRecognition(request)
    return desk.end(of: "№\(request.act)", proposedAs: done.proposal)
  }

  /// Hours of theory and practice; what is not said is none.
  private static func hours(_ arguments: Arguments) throws(Arguments.Fault) -> (Int32, Int32) {
    func quarters(_ option: String) throws(Arguments.Fault) -> Int32 {
      try HoursCommand.quarters("--\(option)", arguments[option] ?? "0")
    }
    return (try quarters("theory"), try quarters("practice"))
  }
}

extension Desk {
  /// Training elsewhere, as its paper says.
  func facts(of asked: BitimV1.Recognition?) -> [(Column, String)] {
    guard let asked else { return [] }
    let paper = [asked.training, asked.number, asked.issuedOn].filter { !$0.isEmpty }
    let seen =
      (asked.translationSeen ? [self.output.say(.seenTranslation)] : [])
      + (asked.legalisationSeen ? [self.output.say(.seenLegalisation)] : [])
    return [
      (.issuer, "\(asked.issuer), \(asked.country)"), (.title, paper.joined(separator: ", ")),
      (.hours, Self.hours(asked.theoryQuarters, asked.practiceQuarters)),
      (.seen, seen.joined(separator: ", ")),
    ]
  }

  /// Hours that are recognised beside those attended; empty where none are.
  static func recognised(_ theory: Int32, _ practice: Int32) -> String {
    theory == 0 && practice == 0 ? "" : Self.hours(theory, practice)
  }

  /// Shows how training elsewhere would be decided on.
  func show(_ shown: BitimV1.RecognitionShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    let asked = shown.recognition ?? .init()
    self.output.note(
      .shownRecognition,
      [
        "case": "\(shown.act)", "programme": "\(asked.programme)", "issuer": asked.issuer,
        "country": asked.country, "training": asked.training, "day": asked.issuedOn,
        "hours": Self.hours(asked.theoryQuarters, asked.practiceQuarters),
      ])
    self.output.note(.shownOutcome, ["outcome": self.outcome(shown.outcome)])
    if let part = shown.part {
      self.output.note(
        .shownRecognised,
        [
          "hours": Self.hours(part.theoryQuarters, part.practiceQuarters),
          "cohort": part.cohort,
        ])
    }
    self.output.note(.shownWhy, ["why": shown.reasons.joined(separator: "; ")])
  }
}
