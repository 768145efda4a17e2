/// What entitles organisations, ground by ground: 1 is the School, 2 the centre of cohort 1, whose classes
/// 1 to 8 were held from 2026-02-03 on; certificate 2026000001 was issued on 2026-11-22.
extension PlainSQLTests {
  private static func suspended(
    _ from: String, _ until: String? = nil, id: Int = 9, of organisation: Int = 2,
    _ activity: String = "train", ended: String = "NULL, NULL"
  ) -> String {
    """
    INSERT INTO entitlement_suspension VALUES (\(id), \(organisation), '\(activity)', '\(from)',
      \(until.map { "'\($0)'" } ?? "NULL"), 'x', 98, \(ended));
    """
  }

  private static let granted = """
    INSERT INTO entitlement VALUES (99, 2, 'issue', '2026-03-01', '2026-03-31', 'x', 1, NULL, NULL);
    """

  /// Days that are suspended (R-202), and what is not issued on them (R-203).
  static var entitlements: [Attempt] {
    let none = "entitlement_suspension: nothing was granted then"
    let twice = "entitlement_suspension: is suspended on such a day"
    let issues = "certificate: what entitles the School to issue is suspended"
    let may = self.suspended("2026-05-01", "2026-05-31")
    let ended = "UPDATE entitlement_suspension SET ended_seq = 99, ended_how = 'ended';"
    let again = """
      INSERT INTO certificate_mark VALUES (2026000001, 99, 'revoked', '2026-11-22', NULL, 'fraud', '',
        7, NULL, NULL, NULL, NULL);
      INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, kind, programme,
        enrolment_id, issued_on, valid_from, valid_until, decided_by, seq FROM certificate
      """
    func issue(_ from: String, _ until: String?) -> String {
      self.suspended(from, until, of: 1, "issue")
    }
    return [
      ("before the first day", self.suspended("2010-12-31"), none),
      ("on the first day", self.suspended("2011-01-01"), nil),
      ("of another activity", self.suspended("2026-05-01", of: 2, "issue"), none),
      ("of another organisation", self.suspended("2026-05-01", of: 77), none),
      ("before a period", self.granted + self.suspended("2026-02-28", of: 2, "issue"), none),
      ("behind a period", self.granted + self.suspended("2026-04-01", of: 2, "issue"), none),
      ("in a period", self.granted + self.suspended("2026-03-31", of: 2, "issue"), nil),
      (
        "what stands no more",
        "UPDATE entitlement SET ended_seq = 97, ended_how = 'ended';"
          + self.suspended("2026-05-01"), none
      ),
      ("the last day twice", may + self.suspended("2026-05-31", id: 10), twice),
      ("the first day twice", may + self.suspended("2026-04-01", "2026-05-01", id: 10), twice),
      (
        "open days twice",
        self.suspended("2026-05-01") + self.suspended("2027-05-01", id: 10), twice
      ),
      ("openly over others", may + self.suspended("2026-04-01", id: 10), twice),
      ("the days behind", may + self.suspended("2026-06-01", id: 10), nil),
      ("the days before", may + self.suspended("2026-04-01", "2026-04-30", id: 10), nil),
      ("another's days", may + self.suspended("2026-05-02", id: 10, of: 1), nil),
      ("another activity's days", may + self.suspended("2026-05-02", id: 10, of: 1, "issue"), nil),
      ("what was suspended once", may + ended + self.suspended("2026-05-02", id: 10), nil),
      // What remains of one begins with it, and comes before that one ends.
      ("what remains", may + self.suspended("2026-05-01", "2026-05-10", id: 10) + ended, nil),
      (
        "what remains of another",
        may + self.suspended("2026-05-01", "2026-05-10", id: 10, of: 77), none
      ),
      (
        "what remains of another activity",
        may + self.suspended("2026-05-01", "2026-05-10", id: 10, "issue"), none
      ),
      (
        "what remains of what has ended",
        may + ended + "UPDATE entitlement SET ended_seq = 97, ended_how = 'ended';"
          + self.suspended("2026-05-01", "2026-05-10", id: 10), none
      ),
      (
        "begins ended", self.suspended("2026-05-01", ended: "99, 'ended'"),
        "entitlement_suspension: begins ended"
      ),
      (
        "by a key that is taken", may + self.suspended("2026-06-01"),
        "entitlement_suspension: the key is there already"
      ),
      ("the day of an issue", issue("2026-11-22", nil) + again, issues),
      ("that day alone", issue("2026-11-22", "2026-11-22") + again, issues),
      ("the days before an issue", issue("2026-11-01", "2026-11-21") + again, nil),
      ("the days behind an issue", issue("2026-11-23", nil) + again, nil),
      ("issuing no more", issue("2026-11-22", nil) + ended + again, nil),
      ("training, and issues", self.suspended("2026-11-22", of: 1) + again, nil),
      (
        "a centre's issuing, and issues",
        self.granted.replacing("2026-03-31", with: "2026-12-31")
          + self.suspended("2026-11-22", of: 2, "issue") + again, nil
      ),
    ].map { what, sql, refusal in Attempt(what: "suspends \(what)", sql: sql, refusal: refusal) }
  }

  /// Cohort 1 has one trainee, 8, who is certified, and a group of ten; 3 trains in it, 6 is nobody there (R-417).
  static var waiting: [Attempt] {
    func waits(_ person: Int = 6, by seq: Int = 99, since day: String = "2026-02-02") -> String {
      "INSERT INTO waiting VALUES (1, \(person), '\(day)', \(seq), 0, NULL, NULL);"
    }
    // Cohort 9 is of an edition of one, two or no limit, and has `taken` places.
    func cohort(_ limit: Int, taken: Int) -> String {
      let places = (0..<taken).map { number in
        """
        INSERT INTO enrolment VALUES (\(90 + number), \(4 + number), 98);
        INSERT INTO place VALUES (\(90 + number), \(4 + number), 9, '2026-02-02', 98, NULL, NULL, NULL);
        """
      }
      return """
        DROP TRIGGER person_detail_stays_u; DROP TRIGGER edition_stays_u; DROP TRIGGER place_group;
        UPDATE person_detail SET education = 'higher' WHERE person_id IN (4, 5, 6, 7);
        INSERT INTO cohort SELECT 9, 'X9', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        UPDATE edition SET group_max = \(limit) WHERE id = (SELECT edition_id FROM cohort WHERE id = 9);
        """ + places.joined()
    }
    func there(_ sql: String) -> String { sql.replacing("VALUES (1,", with: "VALUES (9,") }
    let full = cohort(2, taken: 2)
    let free = "waiting: a place is free"
    let admitted = "waiting: not admitted"
    let kept = "waiting: may be ended once, and nothing else"
    func barred(_ from: String, _ until: String) -> String {
      """
      INSERT INTO person_bar VALUES (6, 97, 'conviction', '\(from)', \(until), '', 7, NULL, NULL, NULL);
      """
    }
    let cancelled = """
      DROP TRIGGER cohort_cancelled_begins; INSERT INTO cohort_cancelled VALUES (9, 98);
      """
    func born(_ day: String) -> String {
      "UPDATE person_detail SET birth_date = '\(day)' WHERE person_id = 6;"
    }
    func ended(_ how: String) -> String {
      "UPDATE waiting SET ended_seq = 100, ended_how = '\(how)';"
    }
    let placed = """
      INSERT INTO enrolment VALUES (99, 6, 99);
      INSERT INTO place VALUES (99, 6, 9, '2026-02-02', 99, NULL, NULL, NULL);
      """
    return [
      ("where the group has room", cohort(2, taken: 1) + there(waits()), free),
      ("where the group is full", full + there(waits()), nil),
      ("where no group is limited", cohort(0, taken: 2) + there(waits()), free),
      (
        "for the place that another waits for",
        full + there(waits()) + "DROP TRIGGER place_ends;"
          + "UPDATE place SET ended_seq = 99, ended_how = 'in_error' WHERE enrolment_id = 90;"
          + there(waits(7)), nil
      ),
      (
        "for a second place that is free",
        full + there(waits()) + "DROP TRIGGER place_ends;"
          + "UPDATE place SET ended_seq = 99, ended_how = 'in_error' WHERE cohort_id = 9;"
          + there(waits(7)), free
      ),
      (
        "for the place of one who waits no more",
        full + there(waits()) + ended("withdrawn") + "DROP TRIGGER place_ends;"
          + "UPDATE place SET ended_seq = 99, ended_how = 'in_error' WHERE enrolment_id = 90;"
          + there(waits(7)), free
      ),
      (
        "twice", full + there(waits() + waits(by: 100)),
        "waiting: cohort_id and person_id are taken"
      ),
      ("again", full + there(waits()) + ended("withdrawn") + there(waits(by: 101)), nil),
      ("with a place there", full + there(waits(5)), "waiting: has a place there"),
      (
        "who trains there",
        full + "INSERT INTO cohort_trainer VALUES (9, 6, 'x', 97, NULL, NULL, NULL, NULL);"
          + there(waits()), "waiting: the trainer of the cohort"
      ),
      (
        "who trained there",
        full + "INSERT INTO cohort_trainer VALUES (9, 6, 'x', 97, NULL, NULL, NULL, NULL);"
          + "UPDATE cohort_trainer SET ended_seq = 98, ended_how = 'in_error' WHERE cohort_id = 9;"
          + there(waits()), nil
      ),
      (
        "where it is cancelled", full + cancelled + there(waits()),
        "waiting: the cohort is cancelled"
      ),
      ("who holds the programme", full + there(waits(8)), admitted),
      ("too young", full + born("2001-02-03") + there(waits()), admitted),
      ("of 25 years that day", full + born("2001-02-02") + there(waits()), nil),
      ("of 25 years later", full + born("2001-02-03") + there(waits(since: "2026-02-03")), nil),
      (
        "without higher education",
        full + "UPDATE person_detail SET education = 'secondary' WHERE person_id = 6;"
          + there(waits()), admitted
      ),
      (
        "without the programme before",
        full + "UPDATE edition SET prerequisite = 2;" + there(waits()),
        admitted
      ),
      ("barred then", full + barred("2026-02-02", "NULL") + there(waits()), admitted),
      ("barred until then", full + barred("2026-01-01", "'2026-02-02'") + there(waits()), admitted),
      ("barred until before", full + barred("2026-01-01", "'2026-02-01'") + there(waits()), nil),
      ("barred later", full + barred("2026-02-03", "NULL") + there(waits()), nil),
      ("and loses his number", full + there(waits()) + "UPDATE waiting SET ordinal = 7", kept),
      (
        "and is never there", full + there(waits()) + "DELETE FROM waiting",
        "waiting: rows are never deleted"
      ),
      ("and ends twice", full + there(waits()) + ended("withdrawn") + ended("withdrawn"), kept),
      (
        "and ends with the place", full + there(waits()) + placed + ended("withdrawn"), kept
      ),
      (
        "and ends with the cohort", full + there(waits()) + cancelled + ended("withdrawn"), kept
      ),
    ].map { what, sql, refusal in Attempt(what: "waits \(what)", sql: sql, refusal: refusal) }
  }

  /// Person 3 trains in cohort 1, and held its classes 1 to 8, the last on 2026-02-10 (R-211).
  static var trainers: [Attempt] {
    let refusal = "cohort_trainer: held a class behind the last day, or came behind it"
    let none = "class: not a trainer of the cohort"
    func ended(_ day: String, how: String = "ended") -> String {
      """
      UPDATE cohort_trainer SET ended_seq = 99, ended_how = '\(how)', ended_on = '\(day)'
      WHERE person_id = 3;
      """
    }
    func held(_ day: String, by person: Int = 3) -> String {
      "INSERT INTO class VALUES (99, 1, '\(day)', 1020, 1080, \(person), 99, NULL);"
    }
    let came = "INSERT INTO cohort_trainer VALUES (1, 6, 'x', 98, NULL, NULL, NULL, '2026-03-10');"
    let left = ended("2026-03-09").replacing("person_id = 3", with: "person_id = 6")
    return [
      ("goes before a class", ended("2026-02-09"), refusal),
      ("goes with the last class", ended("2026-02-10"), nil),
      (
        "goes before a class that was none",
        "DROP TRIGGER attendance_examines; UPDATE attendance SET ended_seq = 97;"
          + "UPDATE class SET ended_seq = 97;" + ended("2026-02-02"), nil
      ),
      (
        "goes before another's class",
        came + held("2026-03-20", by: 6) + ended("2026-02-10"), nil
      ),
      ("goes before he came", came + left, refusal),
      (
        "goes when he came", came + left.replacing("2026-03-09", with: "2026-03-10"), nil
      ),
      ("holds a class on the last day", ended("2026-03-01") + held("2026-03-01"), nil),
      ("holds a class behind it", ended("2026-03-01") + held("2026-03-02"), none),
      ("holds a class before he came", came + held("2026-03-09", by: 6), none),
      ("holds a class when he came", came + held("2026-03-10", by: 6), nil),
      (
        "holds a class of another cohort",
        """
        INSERT INTO cohort SELECT 9, 'X9', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        \(held("2026-03-09").replacing("(99, 1,", with: "(99, 9,"))
        """, none
      ),
    ].map { what, sql, refusal in Attempt(what: "a trainer \(what)", sql: sql, refusal: refusal) }
  }

  /// Classes of lost days count nothing (R-204).
  static var uncounted: [Attempt] {
    let refusal = "class_uncounted: is not what entitlements say"
    let lost = self.suspended("2026-02-03", "2026-02-03")
    let hours = "enrolment_hours: is not what attendance adds up to"
    return [
      ("what counts", "INSERT INTO class_uncounted VALUES (2, 98)", refusal),
      ("one anew", lost + "INSERT OR REPLACE INTO class_uncounted VALUES (1, 99)", refusal),
      ("one by another act", lost + "UPDATE class_uncounted SET seq = 99", refusal),
      ("one no more", lost + "DELETE FROM class_uncounted", refusal),
      // Nine hours of theory are 36 quarters, of 144 and 144.
      (
        "one, and hours say so",
        lost + "UPDATE enrolment_hours SET theory_quarters = 108, practice_quarters = 144", nil
      ),
      (
        "one, and hours say otherwise",
        lost + "UPDATE enrolment_hours SET theory_quarters = 144", hours
      ),
      (
        "one of practice, and hours say otherwise",
        self.suspended("2026-02-10", "2026-02-10")
          + "UPDATE enrolment_hours SET practice_quarters = 144", hours
      ),
      (
        "one, and hours begin otherwise",
        """
        \(lost) DROP TRIGGER enrolment_hours_stays_d; DELETE FROM enrolment_hours;
        INSERT INTO enrolment_hours VALUES (1, 144, 144, '2026-02-10')
        """, hours
      ),
      (
        "one, and hours begin so",
        """
        \(lost) DROP TRIGGER enrolment_hours_stays_d; DELETE FROM enrolment_hours;
        INSERT INTO enrolment_hours VALUES (1, 108, 144, '2026-02-10')
        """, nil
      ),
    ].map { what, sql, refusal in
      Attempt(what: "does not count \(what)", sql: sql, refusal: refusal)
    }
  }
}
