import BitimTestSupport

/// What plain SQL can't let stand: in a registry with one certificate, whose ids are those of ``attempts``.
extension PlainSQLTests {
  /// Proposal 96 of 7 about the certificate of 8, approved by `person` with the act 97.
  private static func approved(by person: Int, _ kind: String = "let_stand") -> String {
    """
    INSERT INTO proposal VALUES (96, '\(kind)', 8, 7, '2026-11-22', '2026-12-06', NULL, NULL, NULL, NULL);
    UPDATE proposal SET ended_seq = 97, ended_by = \(person), ended_on = '2026-11-22',
      ended_how = 'approved' WHERE seq = 96;
    """
  }

  private static func stands(by person: Int, _ doubt: String = "ground_fails") -> String {
    "INSERT INTO let_stand VALUES (2026000001, '\(doubt)', 97, 'HOURS_PRACTICE 35 / 36', \(person));"
  }

  /// 3 taught 8, 4 chaired and confirmed, 5 recorded, 6 sat beside them, 7 decided; 1 and 2 have no hand in it.
  static var letStands: [Attempt] {
    let two = "let_stand: no two persons have agreed"
    let hand = "let_stand: by whose certificate it is, or who has a hand in it"
    func marked(_ kind: String, _ reason: String, _ other: String) -> String {
      """
      INSERT INTO certificate_mark VALUES (2026000001, 90, '\(kind)', '2026-11-22', NULL, '\(reason)', '', 7,
        NULL, NULL, NULL, \(other));
      """
    }
    let unasked = "DROP TRIGGER proposal_approved;"
    let unseated = "DROP TRIGGER commission_seat_stays_d; DELETE FROM commission_seat;"
    let corrected = """
      INSERT INTO proposal VALUES (94, 'correct_hours', 8, 1, '2026-11-22', '2026-12-06', NULL, NULL, NULL,
        NULL);
      UPDATE proposal SET ended_seq = 95, ended_by = 2, ended_on = '2026-11-22', ended_how =
      """
    let tries: [(String, String, String?)] =
      [
        ("by who has no hand in it", self.approved(by: 2) + self.stands(by: 2), nil),
        (
          "while it is suspended",
          marked("suspended", "court", "NULL") + self.approved(by: 2) + self.stands(by: 2), nil
        ),
        ("by one person", self.stands(by: 2), two),
        ("by who proposed it", unasked + self.approved(by: 7) + self.stands(by: 7), two),
        ("by another than approved it", self.approved(by: 1) + self.stands(by: 2), two),
        (
          "by a proposal of something else",
          self.approved(by: 2, "withdraw_mark") + self.stands(by: 2), two
        ),
        (
          "that is revoked",
          marked("revoked", "error", "NULL") + self.approved(by: 2) + self.stands(by: 2),
          "let_stand: the certificate is revoked or replaced"
        ),
        (
          "whose hours were to be corrected by 1 and 2",
          corrected + "'declined' WHERE seq = 94;" + self.approved(by: 2) + self.stands(by: 2), nil
        ),
        (
          "for what was let stand by the same act",
          self.approved(by: 2) + self.stands(by: 2) + self.stands(by: 2),
          "let_stand: the key is there already"
        ),
        (
          "and changes what was found",
          self.approved(by: 2) + self.stands(by: 2) + "UPDATE let_stand SET found = 'x'",
          "let_stand: rows are never changed"
        ),
      ]
      + [3, 4, 5, 6, 8].map {
        ("in the hand of \($0)", unasked + self.approved(by: $0) + self.stands(by: $0), hand)
      }
      + [1, 2].map {
        (
          "by \($0), who had the hours corrected",
          corrected + "'approved' WHERE seq = 94;" + self.approved(by: $0) + self.stands(by: $0),
          hand
        )
      }
      + [4, 5].map {
        (
          "in the hand of \($0), who has no seat",
          unseated + self.approved(by: $0) + self.stands(by: $0), hand
        )
      }
    return tries.map { Attempt(what: "lets a certificate stand \($0)", sql: $1, refusal: $2) }
  }
}
