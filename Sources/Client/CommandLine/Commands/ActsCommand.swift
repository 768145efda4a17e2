import BitimClient
import BitimProtocol

/// `bitim admin acts`: what was done and what was refused, for auditors.
enum ActsCommand {
  /// How many acts are shown unless told otherwise.
  private static let last = 50
  /// How many subjects of an act people are shown; programs get all that were sent.
  private static let subjectsShown = 3

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["kind", "by", "about", "from", "until", "last"])
    try arguments.atMost(0)
    let last = try Self.last(arguments)
    var request = BitimV1.ListActsRequest()
    request.kind = arguments["kind"] ?? ""
    if let name = arguments["by"] { request.actorId = try await desk.person(name).id }
    if let name = arguments["about"] { request.personId = try await desk.person(name).id }
    request.from = Sheet.iso(arguments["from"] ?? "")
    request.until = Sheet.iso(arguments["until"] ?? "")
    var acts: [BitimV1.ActLine] = []
    repeat {
      request.pageSize = Int32(clamping: min(500, last - acts.count))
      let page = try await AccessServiceClient(desk.client).listActs(request)
      acts += page.acts
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && acts.count < last
    desk.output.rows(
      [.number, .recorded, .kind, .actor, .role, .organisation, .subject, .outcome, .reason],
      acts.map { act in
        [
          "\(act.number)", Self.instant(act.recordedAt), act.kind,
          act.actorId == 0 && act.organisation.isEmpty ? "bitimd" : act.actorName,
          act.roles.map(AdminCommand.word).joined(separator: ", "), act.organisation,
          Self.subjects(of: act, desk.cells), Self.outcome(of: act, desk.cells),
          act.codes.joined(separator: ", "),
        ]
      }, messages: acts)
    if !request.pageToken.isEmpty { desk.output.note(.moreFound) }
    return .done
  }

  private static func last(_ arguments: Arguments) throws(Arguments.Fault) -> Int {
    guard let text = arguments["last"] else { return Self.last }
    guard let last = Int(text), last > 0 else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--last", "value": text])
    }
    return last
  }

  /// An instant to the second, in UTC.
  private static func instant(_ stamp: GoogleProtobuf.Timestamp?) -> String {
    guard let stamp, let text = try? JSONText().text(stamp) else { return "" }
    return String(text.dropFirst().prefix(19)) + "Z"
  }

  private static func subjects(of act: BitimV1.ActLine, _ desk: Desk) -> String {
    let shown = act.subjects.prefix(Self.subjectsShown).map { subject in
      subject.kind == .person ? subject.name : subject.code
    }.joined(separator: ", ")
    let rest = Int(act.subjectCount) - Self.subjectsShown
    guard rest > 0 else { return shown }
    return desk.output.say(.subjectsMore, ["shown": shown, "count": "\(rest)"])
  }

  private static func outcome(of act: BitimV1.ActLine, _ desk: Desk) -> String {
    guard act.outcome == .refused else { return desk.output.say(.actDone) }
    let call = act.call.split(separator: "/").last.map(String.init) ?? ""
    return desk.output.say(.actRefused, ["call": call])
  }
}
