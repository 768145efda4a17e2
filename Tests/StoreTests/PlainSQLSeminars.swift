import BitimTestSupport

/// Seminars and their attendance, one ground an attempt.
extension PlainSQLTests {
  /// Cohorts 9 and 10 are of a seminar of six quarters of theory and two of practice; person 99 is a child.
  static var seminars: [Attempt] {
    (self.seminarPlaces + self.attendances).map { what, sql, refusal in
      Attempt(what: "a seminar: \(what)", sql: self.there + sql, refusal: refusal)
    }
  }

  private typealias Tried = (what: String, sql: String, refusal: String?)

  private static let there = """
    INSERT INTO edition SELECT 200, 'negotiation', 4, 0, '2025-01-01', NULL, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0,
      0, 0, 0, legal_basis_kk, legal_basis_ru, legal_basis_en, 1, NULL, NULL FROM edition WHERE id = 3;
    INSERT INTO seminar VALUES (200, 'Келіссөз өнері', 'Искусство переговоров', 'Negotiation');
    INSERT INTO cohort SELECT column1, 'X' || column1, 200, organisation_id, language, form, starts_on, ends_on, place,
      seq FROM cohort, (VALUES (9), (10));
    INSERT INTO person VALUES (99, '', 1);
    INSERT INTO person_detail VALUES (99, 1, '2012-01-01', NULL, NULL, NULL);
    DROP TRIGGER enrolment_hours_agrees_i;
    """

  private static let enrolled = Enrolled.sql(99, person: 99, cohort: 9)

  private static func attended(_ enrolment: Int, _ theory: Int = 6, _ practice: Int = 2) -> String {
    "INSERT INTO enrolment_hours VALUES (\(enrolment), \(theory), \(practice), '2026-02-10');"
  }

  /// Decided by the trainer, whom R-025 does not keep from it.
  private static func stated(
    _ number: Int = 2_026_000_002, enrolment: Int = 99, of person: Int = 99
  ) -> String {
    """
    INSERT INTO certificate SELECT \(number), randomblob(10), \(person), 'attendance', 4, \(enrolment), issued_on,
      valid_from, NULL, 3, seq FROM certificate WHERE number = 2026000001;
    """
  }

  private static func session(_ cohort: Int) -> String {
    """
    INSERT INTO session SELECT 98, 'S98', \(cohort), held_on, held_on, '№ 98', 1, NULL, NULL FROM session WHERE id = 1;
    """
  }

  private static var seminarPlaces: [Tried] {
    let waits = """
      DROP TRIGGER waiting_begins; INSERT INTO waiting VALUES (10, 99, '2026-02-02', 1, 0, NULL, NULL);
      """
    let held = self.enrolled + self.attended(99) + self.stated()
    return [
      ("takes a child without education", self.enrolled, nil),
      ("takes who attended another", held + Enrolled.sql(98, person: 99, cohort: 10), nil),
      ("lets wait who attended another", held + waits, nil),
      (
        "takes back who left it",
        """
        \(self.enrolled)
        UPDATE place SET ended_seq = 98, ended_how = 'withdrawn', ended_on = '2026-02-10' WHERE enrolment_id = 99;
        INSERT INTO place VALUES (99, 99, 9, '2026-02-10', 98, NULL, NULL, NULL);
        """, nil
      ),
      ("has a session", self.session(9), "session: a seminar has no attestation"),
      ("leaves a programme its sessions", self.session(1), nil),
    ]
  }

  private static var attendances: [Tried] {
    let unheld = "certificate: the hours of no seminar"
    let one = "certificate: there is one already"
    let second = """
      \(Enrolled.sql(98, person: 99, cohort: 10)) \(self.attended(98)) \(self.stated(2_026_000_003, enrolment: 98))
      """
    let stated = self.enrolled + self.attended(99) + self.stated()
    let revoked = """
      INSERT INTO certificate_mark VALUES (2026000002, 99, 'revoked', '2026-11-22', NULL, 'fraud', '',
        7, NULL, NULL, NULL, NULL);
      """
    let ends = """
      UPDATE certificate_mark SET ended_seq = 100, ended_by = 6, ended_how = 'wrong_person'
      WHERE number = 2026000002;
      """
    return [
      ("is stated", stated, nil),
      ("is stated of nobody's hours", self.enrolled + self.stated(), unheld),
      (
        "is stated a quarter of theory short", self.enrolled + self.attended(99, 5) + self.stated(),
        unheld
      ),
      (
        "is stated a quarter of practice short",
        self.enrolled + self.attended(99, 6, 1) + self.stated(),
        unheld
      ),
      (
        "is stated of another's", self.enrolled + self.attended(99) + self.stated(of: 6), unheld
      ),
      ("is stated of a programme", self.stated(enrolment: 1, of: 8), unheld),
      ("is stated twice", stated + self.stated(2_026_000_003), one),
      ("is stated of two", stated + second, nil),
      ("stands again beside another", stated + revoked + second + ends, nil),
      (
        "stands again beside the same", stated + revoked + self.stated(2_026_000_003) + ends,
        "certificate_mark: another certificate stands instead"
      ),
    ]
  }
}
