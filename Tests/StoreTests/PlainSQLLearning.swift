import BitimTestSupport

/// What plain SQL can't say of learning and practice: act 301 records what person 8 learned, 2 recorded it.
extension PlainSQLTests {
  static func learned(
    _ seq: Int = 301, of person: Int = 8, amount: String = "24, 0", by recorder: Int = 2
  ) -> String {
    """
    INSERT INTO learning VALUES (\(seq), \(person), '2026-10-12', 'course', \(amount), 0, 'a', 'b',
      \(recorder), NULL);
    """
  }

  static func checkedLearning(_ seq: Int = 302, by checker: Int = 7) -> String {
    "INSERT INTO learning_check VALUES (301, \(seq), '2026-11-22', \(checker));"
  }

  static func practised(
    _ seq: Int = 303, field: String = "family", cases: String = "12, 9", by recorder: Int = 2
  ) -> String {
    """
    INSERT INTO practice VALUES (8, 2026, '\(field)', \(seq), \(cases), \(recorder), NULL);
    """
  }

  static var learning: [Attempt] {
    (self.learningTries + self.checkTries + self.practiceTries).map {
      Attempt(what: "learning: \($0)", sql: $1, refusal: $2)
    }
  }

  private static var learningTries: [(String, String, String?)] {
    [
      ("records", self.learned(), nil),
      ("records points", self.learned(amount: "0, 10"), nil),
      ("records oneself", self.learned(by: 8), "learning: recorded by whom it is about"),
      (
        "records twice by one act", self.learned() + self.learned(),
        "learning: the key is there already"
      ),
      (
        "records of nobody", self.learned(of: 999), "learning: refers to what is not there"
      ),
      (
        "takes it away", self.learned() + "DELETE FROM learning;",
        "learning: rows are never deleted"
      ),
    ]
  }

  private static var checkTries: [(String, String, String?)] {
    let own = "learning_check: by who recorded it, or whom it is about"
    let ended = "UPDATE learning SET ended_seq = 305 WHERE seq = 301;"
    return [
      ("checks", self.checkedLearning(), nil),
      ("checks what one recorded", self.checkedLearning(by: 2), own),
      ("checks oneself", self.checkedLearning(by: 8), own),
      ("checks and ends", self.checkedLearning() + ended, nil),
      (
        "checks what is ended", ended + self.checkedLearning(),
        "learning_check: of what does not stand"
      ),
      (
        "checks twice", self.checkedLearning() + self.checkedLearning(304),
        "learning_check: the key is there already"
      ),
      (
        "checks as nobody", self.checkedLearning(by: 999),
        "learning_check: refers to what is not there"
      ),
      (
        "checks otherwise", self.checkedLearning() + "UPDATE learning_check SET checked_by = 1;",
        "learning_check: rows are never changed"
      ),
      (
        "takes a check away", self.checkedLearning() + "DELETE FROM learning_check;",
        "learning_check: rows are never deleted"
      ),
    ].map { ($0, self.learned() + $1, $2) }
  }

  private static var practiceTries: [(String, String, String?)] {
    let ended = "UPDATE practice SET ended_seq = 304 WHERE seq = 303;"
    return [
      ("declares", self.practised(), nil),
      ("declares anew", self.practised() + ended + self.practised(304, cases: "12, 10"), nil),
      ("declares another field", self.practised() + self.practised(304, field: "labour"), nil),
      (
        "declares twice", self.practised() + self.practised(304, cases: "12, 10"),
        "practice: person_id and year and field are taken"
      ),
      ("declares for oneself", self.practised(by: 8), "practice: recorded by whom it is about"),
      (
        "takes it away", self.practised() + "DELETE FROM practice;",
        "practice: rows are never deleted"
      ),
    ]
  }
}
