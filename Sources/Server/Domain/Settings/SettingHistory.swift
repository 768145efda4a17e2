/// What the School settles for itself, and no edition says.
extension SettingName {
  /// The value before anybody changed it.
  package var unchanged: Edition.Setting {
    switch self {
    case .waitingStrict, .applicationRequired, .declaration, .learningScheme:
      Edition.Setting(0, .school)
    case .makeUpDays: Edition.Setting(60, .school)
    }
  }

  /// The values it may have.
  package var range: ClosedRange<Int> {
    switch self {
    case .waitingStrict, .applicationRequired, .declaration: 0...1
    case .makeUpDays: 0...365
    case .learningScheme: 0...3
    }
  }
}

/// Another value of a setting, from a day on.
package struct SettingChange: Equatable, Sendable {
  package var name: SettingName
  package var setting: Edition.Setting
  /// The first day.
  package var from: CivilDate
  package var why: String

  package init(name: SettingName, setting: Edition.Setting, from: CivilDate, why: String) {
    self.name = name
    self.setting = setting
    self.from = from
    self.why = why
  }
}

/// The values of one setting, as known.
package struct SettingHistory: Equatable, Sendable {
  /// A change that stands, and the act that made it.
  package struct Change: Equatable, Sendable {
    package var sequence: Int64
    package var change: SettingChange

    package init(sequence: Int64, _ change: SettingChange) {
      self.sequence = sequence
      self.change = change
    }
  }

  package let name: SettingName
  /// The changes that are in force over some days, in the order of those days.
  package private(set) var changes: [Change] = []

  /// Goes through the changes of a setting in the order in which they were recorded.
  ///
  /// Each holds from its day on, whatever was to follow: what was recorded before for later days gives way.
  package init(_ name: SettingName, _ recorded: [Change] = []) {
    self.name = name
    for change in recorded {
      self.changes.removeAll { $0.change.from >= change.change.from }
      self.changes.append(change)
    }
  }

  /// What is in force on a day.
  package func setting(on day: CivilDate) -> Edition.Setting {
    self.changes.last { $0.change.from <= day }?.change.setting ?? self.name.unchanged
  }

  /// The first day of what is in force on a day; nil of the default.
  package func since(on day: CivilDate) -> CivilDate? {
    self.changes.last { $0.change.from <= day }?.change.from
  }

  /// Whether a setting is in force on all days from `day` on.
  func isInForce(_ setting: Edition.Setting, from day: CivilDate) -> Bool {
    self.setting(on: day) == setting
      && self.changes.allSatisfy { $0.change.from < day || $0.change.setting == setting }
  }
}
