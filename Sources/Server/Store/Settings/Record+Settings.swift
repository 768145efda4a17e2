import BitimDomain
import BitimProtocol

// What the School settles for itself, as records hold it.

extension BitimJournalV1.SettingChange {
  init(_ change: SettingChange) {
    self.init()
    self.name = .init(change.name)
    self.setting = .init(change.setting)
    self.validFrom = change.from.iso
    self.why = change.why
  }
}

extension SettingChange {
  init(_ message: BitimJournalV1.SettingChange) throws {
    self.init(
      name: try Record.word(message.name), setting: try Edition.Setting(message.setting),
      from: try Record.day(message.validFrom), why: message.why)
  }
}

extension BitimJournalV1.SettingChanged {
  init(_ deed: SettingChanged) {
    self.init()
    self.change = .init(deed.change)
  }
}

extension SettingChanged {
  init(_ message: BitimJournalV1.SettingChanged) throws {
    self.init(change: try SettingChange(message.change ?? .init()))
  }
}
