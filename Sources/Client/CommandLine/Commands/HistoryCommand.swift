import BitimClient
import BitimProtocol

/// `bitim history`: each act that concerns somebody or something, what it said, and what stood before.
enum HistoryCommand {
  static let help = Help(
    summary: .helpHistory, usage: .helpHistoryUsage,
    examples: [
      "bitim history 'Өтегенова Ұлжан'", "bitim history 2026-000417-29 --by effect",
      "bitim history S-014",
    ])

  /// Where what is told of an act stands, behind its number.
  private static let indent = 8

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["by", "purpose"])
    try arguments.atMost(1)
    let desk = try desk.reading(arguments)
    let text = try arguments.position(0, "NAME|NUMBER|CODE")
    var request = BitimV1.GetHistoryRequest()
    request.byEffect = try Self.isByEffect(arguments["by"] ?? "recording")
    request.purpose = desk.purpose
    let asked = request
    let acts = try await desk.asked(about: text) { about throws(CallFailure) in
      var request = asked
      request.of = about.of
      return try await request.pages(by: AccessServiceClient(desk.client).getHistory)
    }.flatMap(\.acts)
    switch desk.output.form {
    case .table where acts.isEmpty: desk.output.note(.nothingFound)
    case .table: Output.show(acts.map { Self.text(of: $0, desk) }.joined())
    case .csv, .json:
      desk.output.rows(
        [
          .number, .date, .recorded, .late, .kind, .within, .proposal, .proposer, .actor, .role,
          .organisation, .token, .outcome, .reason, .datum, .subject, .which, .before, .after,
          .struck,
        ], acts.flatMap { Self.rows(of: $0, desk.cells) }, messages: acts)
    }
    return .done
  }

  private static func isByEffect(_ text: String) throws(Arguments.Fault) -> Bool {
    guard ["recording", "effect"].contains(text) else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--by", "value": text, "list": "recording, effect"])
    }
    return text == "effect"
  }

  /// An act as people read it: its day and what it is, who made it, and a line for each thing it says.
  private static func text(of act: BitimV1.HistoryAct, _ desk: Desk) -> String {
    let line = act.act ?? .init()
    let place = "\(line.number)".padded(to: Self.indent - 2)
    let recorded = act.recordedOn
    var head = ["\(place)  \(act.heldOn)  \(Self.title(of: act, desk))"]
    if !line.codes.isEmpty { head.append("(\(line.codes.joined(separator: ", ")))") }
    var by = [ActsCommand.actor(of: line)] + line.roles.map(AdminCommand.word)
    by += [line.organisation].filter { !$0.isEmpty }
    if !act.tokenName.isEmpty { by.append(desk.output.say(.historyToken, ["name": act.tokenName])) }
    if act.daysLate > 0 {
      by.append(desk.output.say(.historyLate, ["day": recorded, "count": "\(act.daysLate)"]))
    } else if recorded != act.heldOn {
      by.append(desk.output.say(.historyRecorded, ["day": recorded]))
    }
    var lines = [head.joined(separator: " "), by.joined(separator: ", ")]
    if act.proposal != 0 {
      lines.append(
        desk.output.say(
          .historyProposed, ["act": "\(act.proposal)", "name": act.proposerName]))
    }
    lines += (act.lines + act.personal).map { Self.text(of: $0, desk) }
    let rest = Int(act.lineCount) - act.lines.count - act.personal.count
    if rest > 0 { lines.append(desk.output.say(.historyMore, ["count": "\(rest)"])) }
    return lines.enumerated().map { index, line in
      let indented = index == 0 ? line : String(repeating: " ", count: Self.indent) + line
      return Output.paragraph(indented, hanging: index == 0 ? Self.indent : 2)
    }.joined()
  }

  /// What was done, or what was refused.
  private static func title(of act: BitimV1.HistoryAct, _ desk: Desk) -> String {
    let line = act.act ?? .init()
    let kind = Text(act: line.kind).map { desk.output.say($0) } ?? line.kind
    let call = line.call.split(separator: "/").last.map(String.init) ?? ""
    let within =
      (Text(act: act.within) ?? Text(proposed: act.within)).map { desk.output.say($0) }
      ?? act.within
    return [kind, within, call].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// What is told: of which thing, what it was and what it is; and by which act it was an error.
  private static func text(of line: BitimV1.HistoryLine, _ desk: Desk) -> String {
    let of = [Self.about(line), line.which].filter { !$0.isEmpty }.joined(separator: ", ")
    let name = desk.field(line.field) + (of.isEmpty ? "" : " (\(of))")
    let change = line.before.isEmpty ? line.after : "\(line.before) → \(Self.shown(line.after))"
    let struck =
      line.struckBy == 0
      ? "" : " – " + desk.output.say(.historyStruck, ["act": "\(line.struckBy)"])
    return "\(name): \(change)\(struck)"
  }

  private static func shown(_ value: String) -> String { value.isEmpty ? "–" : value }

  private static func rows(of act: BitimV1.HistoryAct, _ desk: Desk) -> [[String]] {
    let line = act.act ?? .init()
    let head = [
      "\(line.number)", act.heldOn, ActsCommand.instant(line.recordedAt), "\(act.daysLate)",
      line.kind,
      act.within, act.proposal == 0 ? "" : "\(act.proposal)", act.proposerName,
      ActsCommand.actor(of: line), line.roles.map(AdminCommand.word).joined(separator: ", "),
      line.organisation, act.tokenName,
      ActsCommand.outcome(of: line, desk),
      line.codes.joined(separator: ", "),
    ]
    let lines = act.lines + act.personal
    guard !lines.isEmpty else { return [head + ["", "", "", "", "", ""]] }
    return lines.map { piece in
      head + [
        piece.field, Self.about(piece), piece.which, piece.before, piece.after,
        piece.struckBy == 0 ? "" : "\(piece.struckBy)",
      ]
    }
  }

  private static func about(_ line: BitimV1.HistoryLine) -> String {
    guard let about = line.about else { return "" }
    return about.kind == .person ? about.name : about.code
  }
}

extension About {
  fileprivate var of: BitimV1.GetHistoryRequest.Of {
    switch self {
    case .person(let id): .personId(id)
    case .certificate(let number): .certificate(number)
    case .session(let code): .session(code)
    case .organisation(let code): .organisation(code)
    }
  }
}

extension Text {
  /// What is proposed, by the word of its kind; nil for one that this program doesn't know.
  init?(proposed word: String) {
    let texts: [String: Text] = [
      "rename_person": .proposalRename, "add_identifier": .proposalAddIdentifier,
      "end_identifier": .proposalEndIdentifier, "correct_identifier": .proposalCorrectIdentifier,
      "correct_person": .proposalPerson, "withdraw_bar": .proposalBar,
      "withdraw_death": .proposalDeath, "withdraw_mark": .proposalMark,
      "adopt_certificates": .proposalAdoption, "replace_certificate": .proposalReplacement,
      "transfer_trainee": .proposalTransfer, "adopt_edition": .proposalEdition,
      "close_edition": .proposalEditionClose, "repin_cohort": .proposalRepin,
      "define_specialisation": .proposalSpecialisation,
      "correct_hours": .proposalHours, "withdraw_refusal": .proposalRefusal,
      "correct_result": .proposalResult, "withdraw_annulment": .proposalAnnulment,
      "let_stand": .proposalLetStand, "reinstate_certificate": .proposalReinstatement,
      "merge_people": .proposalMerge, "split_people": .proposalSplit,
      "change_entitlement": .proposalEntitlement, "certify_key": .proposalKeyCertify,
      "retire_key": .proposalKeyRetire, "change_setting": .proposalSetting,
      "adopt_agreement": .proposalAgreement, "decide_recognition": .proposalRecognition,
    ]
    guard let text = texts[word] else { return nil }
    self = text
  }
}
