import BitimTestSupport

/// Classes that make up others (R-507), one ground an attempt.
extension PlainSQLTests {
  /// Class 1 of cohort 1 was on 2026-02-03 from 09:00 on: nine hours of theory.
  static func makeUps(by trainer: Int64) -> [Attempt] {
    /// A trainee of that day, who did not attend.
    func absent(since day: String = "2026-02-02") -> String {
      """
      INSERT INTO person VALUES (99, '', 1);
      INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
      \(Enrolled.sql(2, person: 99, cohort: 1, on: day))
      """
    }
    func held(_ id: Int, on day: String = "2026-02-04", _ times: String = "540, 990") -> String {
      "INSERT INTO class VALUES (\(id), 1, '\(day)', \(times), \(trainer), 1, NULL);"
    }
    func attends(_ held: Int, _ hours: String) -> String {
      "INSERT INTO attendance VALUES (2, \(held), \(hours), 1, NULL);"
    }
    let makesUp = "\(held(99)) INSERT INTO make_up VALUES (99, 1, 1);"
    let another = "\(held(98, on: "2026-02-05")) INSERT INTO make_up VALUES (98, 1, 1);"
    // Class 98: four hours of practice, which the trainee of enrolment 3 attended.
    let practice = """
      \(absent())
      INSERT INTO person VALUES (98, '', 1);
      INSERT INTO person_detail VALUES (98, 1, '1980-01-01', 'higher', NULL, NULL);
      \(Enrolled.sql(3, person: 98, cohort: 1, on: "2026-02-02"))
      \(held(98)) INSERT INTO attendance VALUES (3, 98, 0, 16, 1, NULL);
      """
    func makesUpPractice(_ id: Int, on day: String) -> String {
      "\(held(id, on: day)) INSERT INTO make_up VALUES (\(id), 98, 1);"
    }
    let first = makesUpPractice(99, on: "2026-02-05")
    let second = makesUpPractice(97, on: "2026-02-06")
    let above = [
      "\(absent()) \(makesUp) \(attends(99, "37, 0"))",
      "\(absent()) \(makesUp) \(attends(99, "0, 1"))",
      "\(absent()) \(attends(1, "4, 0")) \(makesUp) \(attends(99, "33, 0"))",
      "\(absent()) \(makesUp) \(another) \(attends(99, "20, 0")) \(attends(98, "17, 0"))",
      "\(absent(since: "2026-02-04")) \(makesUp) \(attends(99, "4, 0"))",
      "\(practice) \(attends(98, "0, 4")) \(first) \(attends(99, "0, 13"))",
      "\(practice) \(first) \(second) \(attends(99, "0, 10")) \(attends(97, "0, 7"))",
    ].map {
      Attempt(
        what: "makes up: \($0)", sql: $0, refusal: "attendance: makes up more than was missed")
    }
    let within = [
      "\(absent()) \(makesUp) \(attends(99, "36, 0"))",
      "\(absent()) \(attends(1, "4, 0")) \(makesUp) \(attends(99, "32, 0"))",
      "\(absent()) \(makesUp) \(another) \(attends(99, "20, 0")) \(attends(98, "16, 0"))",
      "\(practice) \(attends(98, "0, 4")) \(first) \(attends(99, "0, 12"))",
      "\(practice) \(first) \(second) \(attends(99, "0, 10")) \(attends(97, "0, 6"))",
    ].map { Attempt(what: "makes up: \($0)", sql: $0, refusal: nil) }
    let other = """
      INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form,
        starts_on, ends_on, place, seq FROM cohort WHERE id = 1;
      INSERT INTO cohort_trainer VALUES (9, \(trainer), 'x', 1, NULL, NULL, NULL, NULL);
      INSERT INTO class VALUES (99, 9, '2026-02-04', 540, 720, \(trainer), 1, NULL);
      """
    let night = "DROP TRIGGER class_overlap; \(held(98, on: "2026-02-05", "1380, 1530"))"
    let begins = [
      "\(other) INSERT INTO make_up VALUES (99, 1, 1)",
      "\(held(99)) UPDATE class SET ended_seq = 2 WHERE id = 99; INSERT INTO make_up VALUES (99, 1, 1)",
      "\(held(98)) UPDATE class SET ended_seq = 2 WHERE id = 98; \(held(99, on: "2026-02-05")) "
        + "INSERT INTO make_up VALUES (99, 98, 1)",
      "\(makesUp) \(held(98, on: "2026-02-05")) INSERT INTO make_up VALUES (98, 99, 1)",
      "\(held(99, on: "2026-02-02")) INSERT INTO make_up VALUES (99, 1, 1)",
      "\(night) \(held(99, on: "2026-02-06", "89, 150")) INSERT INTO make_up VALUES (99, 98, 1)",
    ].map {
      Attempt(
        what: "begins: \($0)", sql: $0,
        refusal: "make_up: no class of the cohort that was missed before")
    }
    let missed = "\(held(98)) \(held(99, on: "2026-02-05")) INSERT INTO make_up VALUES (99, 98, 1);"
    func ends(_ id: Int) -> String { "UPDATE class SET ended_seq = 2 WHERE id = \(id);" }
    let late = held(99, on: "2026-04-15")
    return above + within + begins + [
      .init(
        what: "makes up a class as soon as it is over",
        sql:
          "\(night) \(held(99, on: "2026-02-06", "90, 150")) INSERT INTO make_up VALUES (99, 98, 1)",
        refusal: nil),
      .init(
        what: "takes back a class that another makes up", sql: missed + ends(98),
        refusal: "class: another makes it up"),
      .init(
        what: "takes back both, what makes up first", sql: missed + ends(99) + ends(98),
        refusal: nil),
      .init(
        what: "amends a cohort with a class behind its last day",
        sql: "\(late) UPDATE cohort SET place = 'y' WHERE id = 1",
        refusal: "cohort: a class or an attestation would be outside"),
      .init(
        what: "amends a cohort with one that makes up another there",
        sql: """
          \(late) INSERT INTO make_up VALUES (99, 1, 1); UPDATE cohort SET place = 'y' WHERE id = 1
          """, refusal: nil),
    ]
  }
}
