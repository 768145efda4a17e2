import BitimTestSupport

/// What plain SQL can't record of members' marks: in a registry with one result, whose ids are those of
/// ``attempts``.
extension PlainSQLTests {
  /// 4 chairs, 5 recorded, 6 sits beside them; 3 taught.
  static var memberMarks: [Attempt] {
    let asked = "DROP TRIGGER edition_stays_u; UPDATE edition SET member_marks = 1 WHERE id = 3;"
    func mark(_ person: Int, of result: Int = 1, _ points: Int = 60) -> String {
      "INSERT INTO member_mark VALUES (\(result), 'test', \(person), \(points), 99, NULL);"
    }
    let nobody = "member_mark: of nobody who marks there"
    let tries: [(String, String, String?)] = [
      ("of members", asked + mark(4) + mark(6), nil),
      ("where the commission agrees on one", mark(4), "member_mark: the edition keeps none"),
      ("of who does not sit there", asked + mark(3), nobody),
      ("of a result that is not there", asked + mark(4, of: 9), nobody),
      (
        "of the secretary",
        asked + "INSERT INTO commission_seat VALUES (1, 2, 'secretary', 1, NULL, NULL);" + mark(2),
        nobody
      ),
      (
        "twice", asked + mark(4) + "INSERT INTO member_mark VALUES (1, 'test', 4, 70, 100, NULL);",
        "member_mark: result_id and component and person_id are taken"
      ),
      (
        "and takes it away", asked + mark(4) + "DELETE FROM member_mark",
        "member_mark: rows are never deleted"
      ),
      (
        "and corrects it",
        asked + mark(4)
          + "UPDATE member_mark SET ended_seq = 100; INSERT INTO member_mark VALUES (1, 'test', 4, 70, 100, NULL);",
        nil
      ),
    ]
    let changes = [
      "result_id = 2", "component = 'interview'", "person_id = 6", "points = 61", "seq = 98",
      "ended_seq = 100, points = 61",
    ].map { change in
      (
        "and says \(change)", asked + mark(4) + "UPDATE member_mark SET \(change)",
        "member_mark: may be ended once, and nothing else"
      )
    }
    let twice = (
      "and ends it twice",
      asked + mark(4)
        + "UPDATE member_mark SET ended_seq = 100; UPDATE member_mark SET ended_seq = 101",
      "member_mark: may be ended once, and nothing else"
    )
    return (tries + changes + [twice]).map {
      Attempt(what: "records marks \($0)", sql: $1, refusal: $2)
    }
  }
}
