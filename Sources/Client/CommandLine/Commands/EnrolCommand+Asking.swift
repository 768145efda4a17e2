import BitimClient
import BitimProtocol

/// `bitim enrol` at a terminal without a list: one person, asked for field by field.
extension EnrolCommand {
  /// The fields in the order in which they are asked for; documents where there is no IIN.
  private static let fields =
    ["cohort", "iin"] + PersonFields.identifierColumns.dropFirst() + PersonFields.names
    + ["birth_date", "education"]

  /// Faults of a row as a whole, which other fields mend: those are said when all is typed.
  private static let later: Set<String> = ["VALUE_MISSING", "IDENTIFIER_MISSING"]

  /// Asks, shows what was typed, and records it when that is right; nothing before.
  static func ask(_ arguments: Arguments, _ desk: Desk) async throws -> Desk.End {
    var form = Form(day: Sheet.iso(arguments["date"] ?? ""), waits: arguments.has("wait"))
    form.values["cohort"] = arguments["cohort"]
    // A cohort that is named beforehand is looked at before anything is typed.
    if arguments["cohort"] != nil {
      let wrong = try await Self.check(form, desk).findings.filter {
        $0.column == "cohort" && !Self.later.contains($0.reason)
      }
      guard wrong.isEmpty else {
        for finding in wrong { Output.complain(RowFinding(1, finding, nil, desk).problem) }
        return .refused
      }
    }
    desk.output.note(.enrolExplain)
    let fields = Self.fields.filter { $0 != "cohort" || arguments["cohort"] == nil }
    var index = 0
    while true {
      while index < fields.count {
        switch try await Self.ask(fields[index], &form, desk) {
        case .next: index += 1
        case .back: index = form.before(index, in: fields)
        case .stop:
          desk.output.note(.approvalNone)
          return .refused
        }
      }
      Self.show(form, desk)
      let checked = try await Self.check(form, desk)
      guard checked.verdict == .added || checked.verdict == .waiting else {
        let end = desk.show([checked], recorded: false, dry: true)
        guard let answer = desk.ask(.enrolWrong), answer == "<" else {
          desk.output.note(.approvalNone)
          return end
        }
        index = form.before(fields.count, in: fields)
        continue
      }
      let answer = desk.ask(.enrolSend)
      if answer == "<" {
        index = form.before(fields.count, in: fields)
      } else if let answer, Desk.yes.contains(answer.lowercased()) {
        var request = form.request
        request.validateOnly = arguments.has("dry-run")
        let response = try await CohortServiceClient(desk.client).enrolTrainees(request)
        return desk.show(
          response.rows, recorded: response.recorded, dry: request.validateOnly)
      } else {
        desk.output.note(.approvalNone)
        return .refused
      }
    }
  }

  /// What was typed so far.
  private struct Form {
    let day: String
    /// Whether who finds no place waits for one.
    let waits: Bool
    var values: [String: String] = [:]

    init(day: String, waits: Bool) { (self.day, self.waits) = (day, waits) }

    var request: BitimV1.EnrolTraineesRequest {
      var request = BitimV1.EnrolTraineesRequest()
      request.enrolledOn = self.day
      request.waits = self.waits
      request.rows = [
        EnrolCommand.row(1, cohort: self.values["cohort"] ?? "") { self.values[$0] ?? "" }
      ]
      return request
    }

    /// Whether a field is asked for: a document only of who has no IIN.
    func asks(_ field: String) -> Bool {
      !field.hasPrefix("document_") || (self.values["iin"] ?? "").isEmpty
    }

    /// The field before, as far as it is asked for.
    func before(_ index: Int, in fields: [String]) -> Int {
      (0..<index).last { self.asks(fields[$0]) } ?? 0
    }
  }

  private enum Step { case next, back, stop }

  /// Asks for one field until it is right; what was typed stays where nothing is typed.
  private static func ask(
    _ field: String, _ form: inout Form, _ desk: Desk
  ) async throws -> Step {
    guard form.asks(field) else {
      form.values[field] = ""
      return .next
    }
    while true {
      let title = Columns.title(of: field, desk.output.language)
      let there = form.values[field] ?? ""
      let typed =
        there.isEmpty
        ? desk.ask(.enrolAsk, ["title": title])
        : desk.ask(.enrolAskAgain, ["title": title, "typed": there])
      guard let typed else { return .stop }
      switch typed {
      case "<": return .back
      case ".": return .stop
      case "?":
        desk.output.note(.enrolExplain)
        continue
      case "-": form.values[field] = ""
      case "": break
      default:
        guard let value = Self.read(typed, in: field, form, desk) else { continue }
        form.values[field] = value
      }
      let checked = try await Self.check(form, desk)
      let wrong = checked.findings.filter {
        $0.column == field && !Self.later.contains($0.reason)
      }
      if wrong.isEmpty { return .next }
      for finding in wrong {
        Output.complain("  " + RowFinding(1, finding, nil, desk).problem)
      }
      // A warning keeps nobody; what is wrong is asked for again.
      if checked.verdict != .refused { return .next }
    }
  }

  /// A value as it is sent; nil where it can't be read, or what is proposed was not taken.
  private static func read(
    _ typed: String, in field: String, _ form: Form, _ desk: Desk
  ) -> String? {
    let cell = Cell(typed, in: field, birthDate: form.values["birth_date"] ?? "", .init())
    var isRead = true
    for flaw in cell.flaws {
      Output.complain("  " + desk.output.say(flaw.text, flaw.arguments))
      guard let proposal = flaw.proposal else {
        isRead = false
        continue
      }
      let answer = desk.ask(.enrolTake, ["value": proposal.value])
      isRead = isRead && (answer.map { Desk.yes.contains($0.lowercased()) } ?? false)
    }
    return isRead ? cell.value : nil
  }

  /// What the server says of the row so far; nothing is recorded.
  private static func check(_ form: Form, _ desk: Desk) async throws -> BitimV1.RowOutcome {
    var request = form.request
    request.validateOnly = true
    let response = try await CohortServiceClient(desk.client).enrolTrainees(request)
    return response.rows.first ?? .init()
  }

  /// All that was typed.
  private static func show(_ form: Form, _ desk: Desk) {
    let titles = Self.fields.map { Columns.title(of: $0, desk.output.language) }
    let width = titles.map(\.displayWidth).max() ?? 0
    for (field, title) in zip(Self.fields, titles) {
      guard let value = form.values[field], !value.isEmpty else { continue }
      Output.complain(title.padded(to: width) + "  " + value)
    }
  }
}
