import BitimTestSupport

/// What plain SQL can't say of keys: two persons agree with act 97 or 98 that a key is certified, with
/// act 99 that one is retired.
extension PlainSQLTests {
  private static func agreed(
    _ kind: String, _ act: Int, how: String = "approved"
  ) -> String {
    """
    INSERT INTO proposal VALUES (\(act - 50), '\(kind)', NULL, 1, '2026-11-22', '2026-12-06', NULL, NULL,
      NULL, NULL);
    UPDATE proposal SET ended_seq = \(act), ended_by = 7, ended_on = '2026-11-22', ended_how = '\(how)'
    WHERE seq = \(act - 50);
    """
  }

  private static func octets(_ octet: Int) -> String {
    "x'" + String(repeating: "0\(octet)", count: 32) + "'"
  }

  private static func key(
    _ octet: Int, _ act: Int, _ use: String = "log", from day: String = "2026-11-22"
  ) -> String {
    "INSERT INTO signing_key VALUES (\(octets(octet)), 'bitim/x', '\(use)', '\(day)', '', \(act));"
  }

  private static func retired(
    _ octet: Int, _ ground: String, _ act: Int = 99, on day: String = "2026-11-22",
    size: String? = nil, ended: String = "NULL"
  ) -> String {
    let believed = size ?? (ground == "stolen" ? "7" : "NULL")
    return """
      INSERT INTO key_retirement VALUES (\(octets(octet)), \(act), '\(day)', '\(ground)', \(believed),
        \(ended));
      """
  }

  static let oneKey =
    agreed("certify_key", 97) + key(1, 97) + agreed("retire_key", 99) + retired(1, "lost")

  static var signingKeys: [Attempt] {
    let none = "signing_key: no two persons have agreed"
    let alone = "key_retirement: no two persons have agreed"
    let gone = "key_retirement: is retired already"
    let last = "key_retirement: no other key of the log stands"
    let kept = "key_retirement: gives way to a theft that two persons record"
    let one = self.agreed("certify_key", 97) + self.key(1, 97)
    let two = one + self.agreed("certify_key", 98) + self.key(2, 98)
    let may = self.agreed("retire_key", 99)
    let lost = one + may + self.retired(1, "lost")
    let again = self.agreed("retire_key", 96)
    let ends = "UPDATE key_retirement SET ended_seq = 96;"
    let late =
      one + self.agreed("certify_key", 98) + self.key(2, 98, from: "2026-11-24") + may
    let tries: [(String, String, String?)] = [
      ("certifies", one, nil),
      ("certifies alone", self.key(1, 97), none),
      (
        "certifies what was declined",
        self.agreed("certify_key", 97, how: "declined") + self.key(1, 97), none
      ),
      ("certifies by another proposal", may + self.key(1, 99), none),
      ("certifies by another act", self.agreed("certify_key", 98) + self.key(1, 97), none),
      (
        "certifies twice", one + self.agreed("certify_key", 98) + self.key(1, 98),
        "signing_key: the key is there already"
      ),
      ("loses", lost, nil),
      ("loses alone", one + self.retired(1, "lost"), alone),
      ("loses by another proposal", two + self.retired(1, "lost", 98), alone),
      (
        "loses what was declined",
        one + self.agreed("retire_key", 99, how: "declined") + self.retired(1, "lost"), alone
      ),
      (
        "loses what is not there", may + self.retired(1, "lost"),
        "key_retirement: refers to what is not there"
      ),
      ("steals", one + may + self.retired(1, "stolen"), nil),
      ("rotates the last of the log", one + may + self.retired(1, "rotated"), last),
      ("rotates one of two", two + may + self.retired(1, "rotated"), nil),
      ("rotates before another's first day", late + self.retired(1, "rotated"), last),
      (
        "rotates the day before another's first",
        late + self.retired(1, "rotated", on: "2026-11-23"), nil
      ),
      (
        "rotates beside one of another use",
        one + self.agreed("certify_key", 98) + self.key(2, 98, "certificates") + may
          + self.retired(1, "rotated"), last
      ),
      (
        "rotates one of another use",
        self.agreed("certify_key", 97) + self.key(1, 97, "certificates") + may
          + self.retired(1, "rotated"), nil
      ),
      (
        "rotates beside one that is retired",
        two + may + self.retired(1, "lost") + again + self.retired(2, "rotated", 96), last
      ),
      ("retires twice", lost + again + self.retired(1, "lost", 96), gone),
      ("loses what was lost", lost + again + ends + self.retired(1, "lost", 96), gone),
      ("steals what was lost", lost + again + ends + self.retired(1, "stolen", 96), nil),
      (
        "steals beside what was lost", lost + again + self.retired(1, "stolen", 96),
        "key_retirement: public_key is taken"
      ),
      (
        "steals twice",
        one + may + self.retired(1, "stolen") + again + self.retired(1, "stolen", 96), gone
      ),
      ("brings back by no proposal", lost + "UPDATE key_retirement SET ended_seq = 95;", kept),
      (
        "brings back by what was declined",
        lost + self.agreed("retire_key", 96, how: "declined") + ends, kept
      ),
      (
        "brings back by another proposal",
        two + may + self.retired(1, "lost") + "UPDATE key_retirement SET ended_seq = 98;", kept
      ),
      (
        "brings back by the act that retired it",
        lost + "UPDATE key_retirement SET ended_seq = 99;", kept
      ),
      (
        "brings back what is stolen", one + may + self.retired(1, "stolen") + again + ends, kept
      ),
      (
        "ends twice", lost + again + ends + ends,
        "key_retirement: may be ended once, and nothing else"
      ),
      (
        "changes a day",
        lost + again + "UPDATE key_retirement SET ended_seq = 96, last_day = '2027-01-01';",
        "key_retirement: may be ended once, and nothing else"
      ),
      (
        "changes a ground",
        lost + again + "UPDATE key_retirement SET ended_seq = 96, ground = 'rotated';",
        "key_retirement: may be ended once, and nothing else"
      ),
      (
        "begins ended", one + may + self.retired(1, "lost", ended: "99"),
        "key_retirement: begins ended"
      ),
    ]
    return tries.map { Attempt(what: "a key: \($0)", sql: $1, refusal: $2) }
  }
}
