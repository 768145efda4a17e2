import BitimClient
import BitimProtocol

/// `bitim practice`: what mediators declare of their cases, by year and field.
enum PracticeCommand {
  static let help = Help(
    summary: .helpPractice, usage: .helpPracticeUsage,
    examples: [
      "bitim practice record Өтегенова --year 2026 --field family \\",
      "  --cases 12 --settled 9",
      "bitim practice list Өтегенова",
    ])

  static let fields: [String: BitimV1.PracticeField] = [
    "family": .family, "labour": .labour, "business": .business, "civil": .civil,
    "administrative": .administrative, "criminal": .criminal, "other": .other,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "record": return try await Self.record(rest, desk)
    case "list": return try await Self.list(rest, desk)
    default:
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "record | list"])
    }
  }

  private static func record(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["year", "field", "cases", "settled"])
    try arguments.atMost(1)
    func number(_ option: String) throws(Arguments.Fault) -> Int32 {
      let typed = try arguments.required(option)
      guard let number = Int32(typed) else {
        throw Arguments.Fault(
          text: .usageNotNumber, arguments: ["option": "--\(option)", "value": typed])
      }
      return number
    }
    var practice = BitimV1.Practice()
    practice.year = try number("year")
    practice.field = try desk.word(arguments, "field", Self.fields)
    practice.cases = try number("cases")
    practice.settled = try number("settled")
    var request = BitimV1.RecordPracticeRequest()
    request.practice = practice
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    let line = try await LearningServiceClient(desk.client).recordPractice(request).line ?? .init()
    desk.output.note(
      .practiceRecorded,
      [
        "number": line.displayId, "year": "\(practice.year)", "cases": "\(practice.cases)",
        "settled": "\(practice.settled)",
      ])
    return .done
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    var request = BitimV1.ListPracticeRequest()
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    let service = LearningServiceClient(desk.client)
    let lines = try await request.pages(by: service.listPractice).flatMap(\.lines)
    desk.output.rows(
      [.number, .person, .year, .field, .cases, .settled],
      lines.map { line in
        let practice = line.practice ?? .init()
        return [
          "\(line.act)", line.displayId, "\(practice.year)",
          Self.fields.first { $0.value == practice.field }?.key ?? "", "\(practice.cases)",
          "\(practice.settled)",
        ]
      }, messages: lines)
    return .done
  }
}
