import BitimTestSupport

extension PlainSQLTests {
  /// Case 195 of 8, 36 quarters of theory and 8 of practice elsewhere for programme 1, recognised in part by the act
  /// 196 of 7: all of it in enrolment 1.
  static func recognised(
    of person: Int = 8, by certifier: Int = 7, how: String = "recognised_part",
    hours: String = "1, 36, 8, 196"
  ) -> String {
    """
    INSERT INTO case_file
    VALUES (195, 'recognition', \(person), '2026-11-22', NULL, 2, 0, NULL, NULL, NULL, NULL);
    INSERT INTO case_recognition VALUES (195, 1, 36, 8);
    UPDATE case_file SET ended_seq = 196, ended_by = \(certifier), ended_on = '2026-11-22',
      ended_how = '\(how)' WHERE seq = 195;
    """ + (hours.isEmpty ? "" : "INSERT INTO recognised_hours VALUES (195, \(hours));")
  }

  /// Person 8 has passed and is certified in enrolment 1: taught by 3, examined by 4, 5 and 6.
  static var recognitions: [Attempt] {
    let wrong = "recognised_hours: not what was decided"
    let hands = "recognised_hours: decided by who taught or examined there"
    // The pass stands no more.
    let failed = """
      DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;
      UPDATE result SET replaced_seq = 50;
      """
    let annulled = """
      INSERT INTO certificate_mark VALUES (2026000001, 98, 'revoked', '2026-11-22', NULL, 'fraud',
        '', 7, NULL, NULL, NULL, NULL);
      UPDATE result SET annulled_by = 1, annulled_seq = 99;
      """
    return [
      ("recognises hours", failed + self.recognised(), nil),
      ("recognises hours beside an annulled pass", annulled + self.recognised(), nil),
      ("recognises beside a pass", self.recognised(), "recognised_hours: beside a pass"),
      ("recognises what was refused", failed + self.recognised(how: "refused"), wrong),
      (
        "recognises hours of what is recognised in full",
        failed + self.recognised(how: "recognised"), wrong
      ),
      ("recognises by another act", failed + self.recognised(hours: "1, 36, 8, 197"), wrong),
      ("recognises more theory", failed + self.recognised(hours: "1, 37, 8, 196"), wrong),
      ("recognises more practice", failed + self.recognised(hours: "1, 36, 9, 196"), wrong),
      ("recognises hours of another", failed + self.recognised(of: 6), wrong),
      (
        "recognises hours of another programme",
        failed
          + self.recognised().replacing("VALUES (195, 1, 36, 8)", with: "VALUES (195, 2, 36, 8)"),
        wrong
      ),
      ("recognises as the trainer", failed + self.recognised(by: 3), hands),
      ("recognises as the chair", failed + self.recognised(by: 4), hands),
      (
        "recognises as who left the commission",
        """
        \(failed) UPDATE commission_seat SET ended_seq = 59, ended_how = 'replaced' WHERE person_id = 6;
        \(self.recognised(by: 6))
        """, hands
      ),
      (
        "recognises nowhere",
        "DROP TRIGGER recognised_hours_begin;" + self.recognised(hours: "99, 36, 8, 196"),
        "recognised_hours: refers to what is not there"
      ),
      (
        "recognises twice by one case",
        failed + self.recognised() + "INSERT INTO recognised_hours VALUES (195, 1, 1, 0, 196);",
        "recognised_hours: the key is there already"
      ),
      (
        "says of an application what is to be recognised",
        """
        INSERT INTO case_file
        VALUES (195, 'application', 8, '2026-11-22', NULL, 2, 0, NULL, NULL, NULL, NULL);
        INSERT INTO case_recognition VALUES (195, 1, 36, 8);
        """, "case_recognition: the case is none"
      ),
      (
        "confirms what is recognised where no hours are kept",
        """
        DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;
        DROP TRIGGER enrolment_hours_stays_d; DELETE FROM enrolment_hours;
        DROP TRIGGER recognised_hours_begin; \(self.recognised(hours: "1, 144, 144, 196"))
        UPDATE result SET confirmed_by = 4, confirmed_seq = 98 WHERE id = 1;
        """, nil
      ),
      (
        "undoes an enrolment with recognised hours",
        """
        \(self.stranger) \(Enrolled.sql(99, person: 99, cohort: 1))
        DROP TRIGGER recognised_hours_begin; \(self.recognised(of: 99, hours: "99, 36, 8, 196"))
        UPDATE place SET ended_seq = 198, ended_how = 'in_error' WHERE enrolment_id = 99;
        """, "place: hours or results are there"
      ),
      (
        "undoes an enrolment without",
        """
        \(self.stranger) \(Enrolled.sql(99, person: 99, cohort: 1))
        UPDATE place SET ended_seq = 198, ended_how = 'in_error' WHERE enrolment_id = 99;
        """, nil
      ),
    ].map { Attempt(what: "a recognition: \($0)", sql: $1, refusal: $2) } + self.admissions
  }

  /// Person 99, of no enrolment.
  private static let stranger = """
    INSERT INTO person VALUES (99, '', 1);
    INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
    """

  /// Programme 2 asks for programme 1 first: a place and the wait for one.
  private static var admissions: [Attempt] {
    let cohort = """
      \(self.stranger)
      INSERT INTO cohort SELECT 9, 'X9', (SELECT id FROM edition WHERE programme = 2 AND code = '2025'),
        organisation_id, language, form, starts_on, ends_on, place, seq FROM cohort;
      """
    let (full, other) = (
      self.recognised(of: 99, how: "recognised", hours: ""),
      self.recognised(of: 6, how: "recognised", hours: "")
    )
    let part = self.recognised(of: 99, hours: "")
    let enrols = Enrolled.sql(99, person: 99, cohort: 9)
    let waits = """
      DROP TRIGGER waiting_begins; INSERT INTO waiting VALUES (9, 99, '2026-02-02', 1, 0, NULL, NULL);
      """
    return [(enrols, "place"), (waits, "waiting")].flatMap { begins, table in
      let refusal = "\(table): not admitted"
      return [
        ("in full", full, nil), ("none", "", refusal), ("in part", part, refusal),
        ("another's", other, refusal),
        (
          "of another programme",
          full.replacing("VALUES (195, 1, 36, 8)", with: "VALUES (195, 2, 36, 8)"), refusal
        ),
      ].map { name, recognised, refusal in
        Attempt(
          what: "\(table) in programme 2 with a recognition: \(name)",
          sql: cohort + recognised + begins, refusal: refusal)
      }
    }
  }

  /// The last nine hours of theory, recognised instead of attended; the result is the first of a trainee who has all.
  static func recognisedHours(_ result: String) -> [Attempt] {
    [("1, 36, 0", nil), ("1, 35, 0", "result: before the hours are there")].map { hours, refusal in
      .init(
        what: "records a pass with recognised hours: \(hours)",
        sql: """
          \(self.stranger) \(Enrolled.sql(99, person: 99, cohort: 1))
          INSERT INTO attendance SELECT 99, class_id, theory_quarters, practice_quarters, 1,
            NULL FROM attendance WHERE enrolment_id = 1 AND class_id <> 2;
          \(self.recognised(of: 99, hours: hours.replacing("1, 3", with: "99, 3") + ", 196"))
          \(result.replacing("(1, 1, 1, 1,", with: "(1, 1, 99, 1,"))
          """, refusal: refusal)
    }
  }
}
