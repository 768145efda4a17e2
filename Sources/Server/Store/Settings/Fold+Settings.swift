import BitimDomain

/// What the School settles for itself.
extension Fold {
  func change(_ change: SettingChange, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO school_setting (setting, seq, value, valid_from, basis, article, why)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .text(change.name.rawValue), .integer(seq), .integer(Int64(change.setting.value)),
        .date(change.from), .text(change.setting.basis.rawValue), .text(change.setting.article),
        .text(change.why),
      ])
  }
}
