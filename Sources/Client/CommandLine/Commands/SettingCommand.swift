import BitimClient
import BitimProtocol

/// `bitim admin setting`: what the School settles for itself is listed, and proposed anew.
enum SettingCommand {
  static let names: [String: BitimV1.SettingName] = [
    "waiting_strict": .waitingStrict, "application_required": .applicationRequired,
    "make_up_days": .makeUpDays, "declaration": .declaration,
    "learning_scheme": .learningScheme,
  ]

  static func run(_ verb: String, _ words: [String], _ desk: Desk) async throws -> Desk.End {
    verb == "list" ? try await Self.list(words, desk) : try await Self.propose(words, desk)
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let settings = try await SettingServiceClient(desk.client).listSettings(.init()).settings
    desk.output.rows(
      [.setting, .value, .from, .until, .basis, .article, .reason, .proposer, .approved],
      settings.flatMap { line in
        line.periods.map { period in
          let setting = period.setting ?? .init()
          return [
            Self.word(line.name), "\(setting.value)", period.validFrom, period.validUntil,
            EditionFile.word(setting.basis), setting.article, period.why,
            period.changed.map { desk.name($0.proposedBy?.names) } ?? "",
            period.changed.map { desk.name($0.approvedBy?.names) } ?? "",
          ]
        }
      }, messages: settings)
    return .done
  }

  private static func propose(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["from", "why", "basis", "article"])
    try arguments.atMost(2)
    var request = BitimV1.ChangeSettingRequest()
    request.name = try desk.word(arguments.position(0, "NAME"), option: "NAME", Self.names)
    let typed = try arguments.position(1, "VALUE")
    guard let value = Int32(typed) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "VALUE", "value": typed])
    }
    request.setting = .init()
    request.setting?.value = value
    request.setting?.basis = try desk.word(
      arguments["basis"] ?? "school", option: "--basis", EditionFile.bases)
    request.setting?.article = arguments["article"] ?? ""
    request.validFrom = Sheet.iso(arguments["from"] ?? "")
    request.why = try arguments.required("why")
    let response = try await SettingServiceClient(desk.client).changeSetting(request)
    let shown = response.shown ?? .init()
    desk.show(shown)
    return desk.end(of: shown.line, proposedAs: response.proposal)
  }

  static func word(_ name: BitimV1.SettingName) -> String {
    Self.names.first { $0.value == name }?.key ?? ""
  }
}

extension BitimV1.SettingShown {
  /// Name and value, as "waiting_strict = 1".
  var line: String { "\(SettingCommand.word(self.name)) = \(self.after?.value ?? 0)" }
}

extension Desk {
  /// Shows a setting that is to be changed, with both values and where they come from.
  func show(_ shown: BitimV1.SettingShown) {
    let (before, after) = (shown.before ?? .init(), shown.after ?? .init())
    self.output.note(
      .shownSetting,
      [
        "setting": SettingCommand.word(shown.name), "value": "\(after.value)",
        "basis": Self.source(after), "day": shown.validFrom, "before": "\(before.value)",
        "other": Self.source(before),
      ])
    self.output.note(.shownWhy, ["why": shown.why])
  }

  /// Where a value comes from: its basis, and where it stands.
  private static func source(_ setting: BitimV1.Setting) -> String {
    let parts = [EditionFile.word(setting.basis), setting.article]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
