import BitimClient
import BitimProtocol

/// `bitim application`: applications for training are received, completed and decided. They are cases: what
/// is alike is what `bitim case` does.
enum ApplicationCommand {
  static let help = Help(
    summary: .helpApplication, usage: .helpApplicationUsage,
    examples: [
      "bitim application receive Өтегенова --programme 1 --organisation ALA-01 \\",
      "  --consent 2026-01 --paper 'өтініш;12;2026-08-05;Әлия Серікова;2026-08-05'",
      "bitim application return 431 --why 'диплом жоқ'",
      "bitim application decide 431 --outcome admitted \\",
      "  --age 'жеке куәлік;012345678;;Әлия Серікова;2026-08-06' \\",
      "  --education 'диплом;ЖБ-В 0012;2003-06-20;Әлия Серікова;2026-08-06' \\",
      "  --bars 'анықтама;7;2026-08-01;Әлия Серікова;2026-08-06'",
    ])

  private static let outcomes: [String: BitimV1.CaseOutcome] = [
    "admitted": .admitted, "refused": .refused,
  ]

  private static let matters: [String: BitimV1.CheckedMatter] = [
    "age": .age, "education": .education, "bars": .bars,
  ]

  /// An application is neither extended nor stayed.
  private static let steps: Set<BitimV1.CaseStep> = [
    .acknowledged, .returned, .completed, .withdrawn, .notified,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    let word = words.first ?? ""
    if let step = CaseCommand.steps[word], Self.steps.contains(step) {
      return try await CaseCommand.move(rest, step, desk)
    }
    switch word {
    case "receive": return try await Self.receive(rest, desk)
    case "list": return try await CaseCommand.list(rest, of: .application, desk)
    case "show": return try await CaseCommand.show(rest, desk)
    case "decide": return try await Self.decide(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what":
            "receive | list | show | acknowledge | return | complete | withdraw | decide | notify"
        ])
    }
  }

  /// Of somebody who is named, or of whom the options say.
  private static func receive(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: PersonFields.options.union([
        "programme", "organisation", "category", "consent", "date", "case",
      ]), repeatable: ["paper"])
    try arguments.atMost(1)
    var request = BitimV1.SubmitApplicationRequest()
    request.programme = try arguments.requiredNumber("programme")
    request.organisation = try arguments.required("organisation")
    request.category = arguments["category"] ?? ""
    request.consentVersion = try arguments.required("consent")
    request.receivedOn = Sheet.iso(arguments["date"] ?? "")
    request.papers = try CaseCommand.papers(arguments)
    request.caseAct = try arguments["case"].map { try desk.act($0, of: "--case") } ?? 0
    if let name = arguments.positions.first {
      try arguments.refuse(PersonFields.options)
      request.personId = try await desk.person(name).id
    } else {
      try desk.checkEducation(arguments)
      let value = { (column: String) in arguments[column.replacing("_", with: "-")] ?? "" }
      request.person = PersonFields.person(value)
      request.distinctFrom = PersonFields.numbers(value("distinct_from"))
      request.distinctEvidence = value("distinct_evidence")
    }
    let response = try await CaseServiceClient(desk.client).submitApplication(request)
    for finding in response.findings {
      Output.complain(desk.words(finding.reason, Desk.arguments(finding.arguments), place: true))
    }
    return desk.done(response)
  }

  private static func decide(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["date", "outcome", "age", "education", "bars"], repeatable: ["reason"])
    try arguments.atMost(1)
    var request = BitimV1.DecideApplicationRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.outcome = try desk.word(arguments, "outcome", Self.outcomes)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.reasons = arguments.each("reason")
    for (word, matter) in Self.matters.sorted(by: { $0.value.rawValue < $1.value.rawValue }) {
      guard let text = arguments[word] else { continue }
      var check = BitimV1.ApplicationCheck()
      check.matter = matter
      check.paper = try CaseCommand.paper(text)
      request.checks.append(check)
    }
    return desk.done(try await CaseServiceClient(desk.client).decideApplication(request))
  }
}
