import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps what the School settles for itself.
enum SettingService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.SettingService.changeSetting, Self.change),
      services.list(BitimV1.SettingService.listSettings, Self.list),
    ]
  }

  @Sendable private static func change(
    _ caller: Caller, _ request: BitimV1.ChangeSettingRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ChangeSettingResponse {
    let day =
      request.validFrom.isEmpty
      ? caller.today : try CivilDate(typed: request.validFrom, column: "valid_from")
    let act = try ChangeSetting(
      reading: request.name.rawValue, request.setting.map { EditionForm.Setting($0) }, from: day,
      why: request.why.normal)
    let decision = try Self.decision(act, caller, transaction.state)
    let proposed = ProposedAct.changeSetting(act)
    var response = BitimV1.ChangeSettingResponse()
    response.shown = try BitimV1.SettingShown(act, transaction.state)
    response.proposal = try proposed.settle(decision, by: caller, transaction)
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListSettingsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListSettingsResponse {
    var response = BitimV1.ListSettingsResponse()
    for name in SettingName.allCases {
      var line = BitimV1.SettingLine()
      line.name = .init(name)
      line.periods = [BitimV1.SettingPeriod()]
      line.periods[0].setting = .init(name.unchanged)
      for change in try state.history(of: name).changes {
        let lastDay = CivilDate(dayNumber: change.change.from.dayNumber - 1)
        line.periods[line.periods.count - 1].validUntil = lastDay.iso
        var period = BitimV1.SettingPeriod()
        period.setting = .init(change.change.setting)
        period.validFrom = change.change.from.iso
        period.why = change.change.why
        if !caller.roles.isDisjoint(with: [.administrator, .auditor]) {
          period.changed = try KeyService.hands(of: change.sequence, caller, state)
        }
        line.periods.append(period)
      }
      response.settings.append(line)
    }
    return response
  }

  /// What a change comes to as things stand.
  static func decision(
    _ act: ChangeSetting, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(state.history(of: act.change.name), on: caller.today)
  }
}

extension BitimV1.SettingShown {
  /// What is shown of a setting that is to be changed.
  init(_ act: ChangeSetting, _ state: borrowing Snapshot) throws {
    self.init()
    self.name = .init(act.change.name)
    self.before = .init(
      try state.history(of: act.change.name).setting(on: act.change.from))
    self.after = .init(act.change.setting)
    self.validFrom = act.change.from.iso
    self.why = act.change.why
  }
}
