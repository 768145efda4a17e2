package import BitimDomain

/// What the School settles for itself.
extension Snapshot {
  /// The values of a setting, as known.
  package func history(of name: SettingName) throws -> SettingHistory {
    let changes = try self.database.rows(
      """
      SELECT seq, value, basis, article, valid_from, why FROM school_setting
      WHERE setting = ?1 ORDER BY seq
      """, [.text(name.rawValue)]
    ) { row in
      SettingHistory.Change(
        sequence: row.integer(0),
        SettingChange(
          name: name,
          setting: Edition.Setting(
            Int(row.integer(1)), try row.noun(2), article: row.text(3)),
          from: try row.date(4), why: row.text(5)))
    }
    return SettingHistory(name, changes)
  }
}
