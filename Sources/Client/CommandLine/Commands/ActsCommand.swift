import BitimClient
import BitimProtocol

/// `bitim admin acts`: what was done and what was refused, for auditors.
enum ActsCommand {
  /// How many acts people are shown unless told otherwise; programs are given all.
  private static let last = 50
  /// Where what is told of an act stands, behind its number.
  private static let indent = 8
  /// How many subjects of an act people are shown; programs get all that were sent.
  private static let subjectsShown = 3

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: [
        "kind", "by", "organisation", "about", "outcome", "code", "from", "until", "last",
        "sample", "seed",
      ], switches: ["all"])
    try arguments.atMost(0)
    let last = try arguments.most(["last", "sample"], orAllFor: desk.output.form, few: Self.last)
    var request = BitimV1.ListActsRequest()
    request.kind = arguments["kind"] ?? ""
    if let name = arguments["by"] { request.actorId = try await desk.person(name).id }
    if let name = arguments["about"] { request.personId = try await desk.person(name).id }
    request.organisation = arguments["organisation"] ?? ""
    request.outcome = try Self.outcome(arguments["outcome"])
    request.code = arguments["code"] ?? ""
    request.seed = try Self.seed(arguments)
    request.from = Sheet.iso(arguments["from"] ?? "")
    request.until = Sheet.iso(arguments["until"] ?? "")
    var acts: [BitimV1.ActLine] = []
    repeat {
      request.pageSize = Int32(clamping: min(500, last - acts.count))
      let page = try await AccessServiceClient(desk.client).listActs(request)
      acts += page.acts
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && acts.count < last
    switch desk.output.form {
    case .table where acts.isEmpty: desk.output.note(.nothingFound)
    case .table: Output.show(acts.map { Self.text(of: $0, desk) }.joined())
    case .csv, .json:
      desk.output.rows(
        [.number, .recorded, .kind, .actor, .role, .organisation, .subject, .outcome, .reason],
        acts.map { act in
          [
            "\(act.number)", Self.instant(act.recordedAt), act.kind, Self.actor(of: act),
            act.roles.map(AdminCommand.word).joined(separator: ", "), act.organisation,
            Self.subjects(of: act, desk.cells), Self.outcome(of: act, desk.cells),
            act.codes.joined(separator: ", "),
          ]
        }, messages: acts)
    }
    // A sample is as long as it was asked to be.
    if !request.pageToken.isEmpty, request.seed.isEmpty { desk.output.note(.actsMore) }
    return .done
  }

  /// An act as people read it, in a few lines: nine columns are no table on a screen.
  private static func text(of act: BitimV1.ActLine, _ desk: Desk) -> String {
    let by =
      [Self.actor(of: act)] + act.roles.map(AdminCommand.word)
      + [act.organisation].filter { !$0.isEmpty }
    let codes = act.codes.isEmpty ? "" : " (\(act.codes.joined(separator: ", ")))"
    let place = "\(act.number)".padded(to: Self.indent - 2)
    let lines = [
      "\(place)  \(Self.instant(act.recordedAt))  \(act.kind)  \(Self.outcome(of: act, desk))\(codes)",
      by.joined(separator: ", "), Self.subjects(of: act, desk),
    ]
    return lines.enumerated().filter { !$0.element.isEmpty }.map { index, line in
      let indented = index == 0 ? line : String(repeating: " ", count: Self.indent) + line
      return Output.paragraph(indented, hanging: index == 0 ? Self.indent : 0)
    }.joined()
  }

  static func actor(of act: BitimV1.ActLine) -> String {
    act.actorId == 0 && act.organisation.isEmpty ? "bitimd" : act.actorName
  }

  private static func outcome(
    _ text: String?
  ) throws(Arguments.Fault) -> BitimV1.ActOutcome {
    switch text {
    case nil: return .unspecified
    case "done": return .done
    case "refused": return .refused
    case let text?:
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--outcome", "value": text, "list": "done, refused"])
    }
  }

  /// By what a sample is drawn: how many and by what are said together, or neither is.
  private static func seed(_ arguments: Arguments) throws(Arguments.Fault) -> String {
    let seed = arguments["seed"] ?? ""
    guard arguments["sample"] == nil || !seed.isEmpty else {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--seed"])
    }
    guard arguments["seed"] == nil || arguments["sample"] != nil else {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--sample"])
    }
    return seed
  }

  /// An instant to the second, in UTC.
  static func instant(_ stamp: GoogleProtobuf.Timestamp?) -> String {
    let text = Desk.instant(stamp)
    return text.isEmpty ? "" : String(text.prefix(19)) + "Z"
  }

  private static func subjects(of act: BitimV1.ActLine, _ desk: Desk) -> String {
    let shown = act.subjects.prefix(Self.subjectsShown).map { subject in
      subject.kind == .person ? subject.name : subject.code
    }.joined(separator: ", ")
    let rest = Int(act.subjectCount) - Self.subjectsShown
    guard rest > 0 else { return shown }
    return desk.output.say(.subjectsMore, ["shown": shown, "count": "\(rest)"])
  }

  static func outcome(of act: BitimV1.ActLine, _ desk: Desk) -> String {
    guard act.outcome == .refused else { return desk.output.say(.actDone) }
    let call = act.call.split(separator: "/").last.map(String.init) ?? ""
    return desk.output.say(.actRefused, ["call": call])
  }
}
