import BitimTestSupport

/// Specialisations of programme 2, one ground an attempt.
extension PlainSQLTests {
  /// Cohorts 9 and 10 are of programme 2; families are specialisation 1, labour is 2. Person 8 is certified of
  /// programme 1, person 99 holds an old paper of it.
  static var specialisations: [Attempt] {
    self.specialised + self.specialisedPlaces + self.specialisedCertificates
  }

  private static let there = """
    INSERT INTO specialisation VALUES (1, 'family', 'Отбасы', 'Семья', 'Family', '2026-01-01', NULL, 1),
      (2, 'labour', 'Еңбек', 'Труд', 'Labour', '2026-01-01', NULL, 1);
    INSERT INTO cohort SELECT column1, 'X' || column1, (SELECT id FROM edition WHERE programme = 2
        AND code = '2025'), organisation_id, language, form, starts_on, ends_on, place, seq
      FROM cohort, (VALUES (9), (10));
    INSERT INTO person VALUES (99, '', 1);
    INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
    INSERT INTO certificate VALUES (1000000001, NULL, 99, 'adopted', 1, NULL, '2013-05-20',
      '2013-05-20', NULL, 7, 97);
    """

  private static func family(_ cohort: Int) -> String { self.special(cohort, 1) }
  private static func labour(_ cohort: Int) -> String { self.special(cohort, 2) }
  private static func special(_ cohort: Int, _ id: Int) -> String {
    "INSERT INTO cohort_specialisation VALUES (\(cohort), \(id));"
  }
  private static func tried(
    _ attempts: [(String, String, String?)]
  ) -> [Attempt] {
    attempts.map { Attempt(what: "a specialisation: \($0)", sql: self.there + $1, refusal: $2) }
  }

  private static var specialised: [Attempt] {
    let unforced = "cohort_specialisation: is not in force"
    let inUse = "cohort_specialisation: the cohort is in use"
    func days(_ from: String, _ until: String) -> String {
      """
      INSERT INTO specialisation VALUES (3, 'other', 'Ө', 'Д', 'O', '\(from)', '\(until)', 1);
      \(self.special(9, 3))
      """
    }
    return self.tried([
      ("is named", self.family(9), nil),
      ("of programme 1", self.family(1), "cohort_specialisation: only programme 2 is specialised"),
      ("in force that day", days("2026-02-02", "2026-02-02"), nil),
      ("from the day after", days("2026-02-03", "2026-12-31"), unforced),
      ("until the day before", days("2026-01-01", "2026-02-01"), unforced),
      ("with a trainee", Enrolled.sql(99, person: 99, cohort: 9) + self.family(9), inUse),
      (
        "with one who left",
        """
        \(Enrolled.sql(99, person: 99, cohort: 9))
        UPDATE place SET ended_seq = 98, ended_how = 'withdrawn', ended_on = '2026-02-10'
        WHERE enrolment_id = 99; \(self.family(9))
        """, inUse
      ),
      ("with one elsewhere", Enrolled.sql(99, person: 99, cohort: 9) + self.family(10), nil),
      (
        "while somebody waits",
        """
        DROP TRIGGER waiting_begins; INSERT INTO waiting VALUES (9, 99, '2026-02-02', 1, 0, NULL, NULL);
        \(self.family(9))
        """, inUse
      ),
      (
        "while somebody waits elsewhere",
        """
        DROP TRIGGER waiting_begins; INSERT INTO waiting VALUES (9, 99, '2026-02-02', 1, 0, NULL, NULL);
        \(self.family(10))
        """, nil
      ),
      (
        "has another last day",
        "UPDATE specialisation SET valid_until = '2026-06-30' WHERE id = 1", nil
      ),
    ])
  }

  /// Who has a place in cohort 9 goes to cohort 10; who holds programme 2 takes it again.
  private static var specialisedPlaces: [Attempt] {
    let moves = """
      \(Enrolled.sql(99, person: 99, cohort: 9))
      UPDATE place SET ended_seq = 98, ended_how = 'transferred', ended_on = '2026-02-10'
      WHERE enrolment_id = 99;
      INSERT INTO place VALUES (99, 99, 10, '2026-02-10', 98, NULL, NULL, NULL);
      """
    let other = "place: of another specialisation"
    let holds = """
      INSERT INTO certificate VALUES (1000000002, NULL, 99, 'adopted', 2, NULL, '2014-05-20',
        '2014-05-20', NULL, 7, 97);
      """
    let enrols = Enrolled.sql(99, person: 99, cohort: 9)
    let waits = """
      DROP TRIGGER waiting_begins; INSERT INTO waiting VALUES (9, 99, '2026-02-02', 1, 0, NULL, NULL);
      """
    return self.tried([
      ("goes to the same", self.family(9) + self.family(10) + moves, nil),
      ("goes from general to general", moves, nil),
      ("goes to another", self.family(9) + self.labour(10) + moves, other),
      ("goes to general", self.family(9) + moves, other),
      ("goes from general", self.family(10) + moves, other),
      ("takes again what is held", holds + enrols, "place: not admitted"),
      ("takes another than what is held", holds + self.family(9) + enrols, nil),
      ("waits for what is held", holds + waits, "waiting: not admitted"),
      ("waits for another than what is held", holds + self.family(9) + waits, nil),
    ])
  }

  /// Person 8 is certified in cohort 9, which is of families, and then in cohort 10.
  private static var specialisedCertificates: [Attempt] {
    func certified(_ number: Int, enrolment: Int) -> String {
      """
      INSERT INTO certificate SELECT \(number), randomblob(10), 8, 'programme', 2, \(enrolment),
        issued_on, valid_from, valid_until, decided_by, seq FROM certificate WHERE number = 2026000001;
      """
    }
    // The pass of programme 1, in a session of another cohort; more is asked where one is recorded.
    func pass(_ enrolment: Int, in cohort: Int) -> String {
      """
      DROP TRIGGER IF EXISTS result_begins; DROP TABLE IF EXISTS temp.pass;
      INSERT INTO session SELECT \(enrolment), 'S' || \(enrolment), \(cohort), held_on, held_on, \(enrolment), 1, NULL,
        NULL FROM session WHERE id = 1;
      CREATE TEMP TABLE pass AS SELECT * FROM result WHERE id = 1;
      UPDATE pass SET id = \(enrolment), enrolment_id = \(enrolment), session_id = \(enrolment);
      INSERT INTO result SELECT * FROM pass;
      """
    }
    let first = """
      DROP TRIGGER certificate_decider;
      \(self.family(9)) \(Enrolled.sql(98, person: 8, cohort: 9)) \(pass(98, in: 9))
      \(certified(2_026_000_002, enrolment: 98))
      """
    func unpassed(in cohort: Int) -> String {
      """
      DROP TRIGGER certificate_decider; \(Enrolled.sql(98, person: 8, cohort: 9)) \(pass(98, in: cohort))
      \(certified(2_026_000_002, enrolment: 98))
      """
    }
    let enrols = Enrolled.sql(99, person: 8, cohort: 10)
    let second = enrols + pass(99, in: 10) + certified(2_026_000_003, enrolment: 99)
    let again = "DROP TRIGGER place_admitted;"
    let revoked = """
      INSERT INTO certificate_mark VALUES (2026000002, 99, 'revoked', '2026-11-22', NULL, 'fraud', '',
        7, NULL, NULL, NULL, NULL);
      """
    let ends = """
      UPDATE certificate_mark SET ended_seq = 100, ended_by = 6, ended_how = 'wrong_person'
      WHERE number = 2026000002;
      """
    let elsewhere = "certificate: no confirmed pass"
    let one = "certificate: there is one already"
    let instead = "certificate_mark: another certificate stands instead"
    return self.tried([
      ("holds it and takes another", first + self.labour(10) + enrols, nil),
      ("holds it and takes programme 2 in general", first + enrols, nil),
      ("holds it and takes it again", first + self.family(10) + enrols, "place: not admitted"),
      ("is certified of both", first + self.labour(10) + second, nil),
      ("is certified of one and of none", first + second, nil),
      ("passed in a session of it", self.family(9) + unpassed(in: 9), nil),
      ("passed in one of another", self.family(9) + self.labour(10) + unpassed(in: 10), elsewhere),
      ("passed in one of none", self.family(9) + unpassed(in: 10), elsewhere),
      ("passed in one of some, and takes none", self.family(10) + unpassed(in: 10), elsewhere),
      ("is certified of one twice", first + again + self.family(10) + second, one),
      (
        "stands again beside another", first + revoked + self.labour(10) + second + ends,
        nil
      ),
      (
        "stands again beside the same", first + revoked + self.family(10) + second + ends,
        instead
      ),
    ])
  }
}
