import BitimTestSupport

/// What plain SQL can't say of settings: two persons agree with act 95 that one changes.
extension PlainSQLTests {
  private static func approved(
    _ kind: String = "change_setting", _ act: Int = 95, how: String = "approved"
  ) -> String {
    """
    INSERT INTO proposal VALUES (\(act - 50), '\(kind)', NULL, 1, '2026-11-22', '2026-12-06', NULL, NULL,
      NULL, NULL);
    UPDATE proposal SET ended_seq = \(act), ended_by = 7, ended_on = '2026-11-22', ended_how = '\(how)'
    WHERE seq = \(act - 50);
    """
  }

  private static func change(_ act: Int = 95) -> String {
    "INSERT INTO school_setting VALUES ('waiting_strict', \(act), 1, '2026-12-01', 'school', '', 'x');"
  }

  static let oneSetting = approved() + change()

  static var settings: [Attempt] {
    let none = "school_setting: no two persons have agreed"
    let tries: [(String, String, String?)] = [
      ("changes", self.oneSetting, nil),
      (
        "changes again", self.oneSetting + self.approved("change_setting", 96) + self.change(96),
        nil
      ),
      ("changes alone", self.change(), none),
      ("changes by another act", self.approved() + self.change(96), none),
      ("changes what was declined", self.approved(how: "declined") + self.change(), none),
      ("changes by another proposal", self.approved("certify_key") + self.change(), none),
      (
        "changes twice by one act", self.oneSetting + self.change(),
        "school_setting: the key is there already"
      ),
      (
        "changes a value", self.oneSetting + "UPDATE school_setting SET value = 0;",
        "school_setting: rows are never changed"
      ),
    ]
    return tries.map { Attempt(what: "a setting: \($0)", sql: $1, refusal: $2) }
  }
}
