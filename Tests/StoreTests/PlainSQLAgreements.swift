import BitimTestSupport

/// What plain SQL can't say of agreements: 2 is the centre; act 99 is what another approved.
extension PlainSQLTests {
  private static func agreement(
    _ from: String, _ until: String, seq: Int = 99, of organisation: Int = 2,
    _ scope: String = "verify_number watch", number: String = "7", ended: String = "NULL"
  ) -> String {
    """
    INSERT INTO agreement VALUES (\(seq), \(organisation), '\(number)', '2026-01-15', '\(from)', '\(until)',
      'ESP', 'x', 'x', '\(scope)', 10, \(ended));
    """
  }

  private static func approved(
    _ kind: String = "adopt_agreement", how: String = "approved"
  ) -> String {
    """
    INSERT INTO proposal VALUES (50, '\(kind)', NULL, 1, '2026-11-22', '2026-12-06', NULL, NULL, NULL, NULL);
    UPDATE proposal SET ended_seq = 99, ended_by = 7, ended_on = '2026-11-22', ended_how = '\(how)'
    WHERE seq = 50;
    """
  }

  static var agreements: [Attempt] {
    let twice = "agreement: one stands on such a day"
    let alone = "agreement: no two persons have agreed"
    let one = self.agreement("2026-02-01", "2027-01-31", seq: 98)
    let wide = "verify_number reasons"
    let agreed = self.approved() + self.agreement("2026-02-01", "2027-01-31", wide)
    let ends = "UPDATE agreement SET ended_seq = 100;"
    func shorter(
      _ scope: String = "verify_number reasons", from: String = "2026-02-01",
      until: String = "2026-12-31", of organisation: Int = 2, number: String = "7"
    ) -> String {
      agreed + ends
        + self.agreement(from, until, seq: 100, of: organisation, scope, number: number)
    }
    let tries: [(String, String, String?)] = [
      ("adopts", one, nil),
      ("adopts another behind it", one + self.agreement("2027-02-01", "2027-12-31"), nil),
      ("adopts another before it", one + self.agreement("2025-02-01", "2026-01-31"), nil),
      ("adopts one of another's", one + self.agreement("2026-02-01", "2027-01-31", of: 1), nil),
      ("adopts one on its last day", one + self.agreement("2027-01-31", "2027-12-31"), twice),
      ("adopts one on its first day", one + self.agreement("2025-02-01", "2026-02-01"), twice),
      (
        "adopts one on days of what has ended",
        one + "UPDATE agreement SET ended_seq = 99;" + self.agreement("2026-02-01", "2026-12-31"),
        nil
      ),
      ("tells grounds by two persons", agreed, nil),
      ("tells grounds alone", self.agreement("2026-02-01", "2027-01-31", wide), alone),
      (
        "tells grounds by what was declined",
        self.approved(how: "declined") + self.agreement("2026-02-01", "2027-01-31", wide), alone
      ),
      (
        "tells grounds by another proposal",
        self.approved("certify_key") + self.agreement("2026-02-01", "2027-01-31", wide), alone
      ),
      (
        "tells grounds by another act",
        self.approved() + self.agreement("2026-02-01", "2027-01-31", seq: 98, wide), alone
      ),
      ("ends alone what two agreed on", shorter(), nil),
      ("lengthens alone what two agreed on", shorter(until: "2027-02-28"), alone),
      ("begins alone earlier what two agreed on", shorter(from: "2026-01-01"), alone),
      ("widens alone what two agreed on", shorter("verify_number watch reasons"), alone),
      ("gives another alone what two agreed on", shorter(of: 1), alone),
      ("numbers alone what two agreed on anew", shorter(number: "8"), alone),
      (
        "continues what has not ended",
        agreed + self.agreement("2027-02-01", "2027-03-01", seq: 100, wide),
        alone
      ),
      (
        "begins ended", self.agreement("2026-02-01", "2027-01-31", ended: "99"),
        "agreement: begins ended"
      ),
    ]
    return tries.map { Attempt(what: "an agreement: \($0)", sql: $1, refusal: $2) }
  }
}
