import BitimTestSupport
import Foundation
import Testing

/// Numbers of one natural person, tried by SQL that names each ground. The ids are those of ``attempts``: 8 is the
/// trainee and has an IIN, 3 the trainer, 4 the chair, 5 the examiner, 6 a member, 7 the certifier, 2 the registrar.
extension PlainSQLTests {
  private static func link(
    _ person: Int, _ other: Int, _ seq: Int = 98, by maker: Int = 2
  ) -> String {
    """
    INSERT INTO person_link VALUES (\(person), \(other), \(seq), '2026-11-22', 'x', \(maker),
      NULL, NULL, NULL, NULL);
    """
  }

  private static func end(_ how: String, by person: Int) -> String {
    """
    UPDATE person_link SET ended_seq = 99, ended_by = \(person), ended_how = '\(how)',
      ended_on = \(how == "ended" ? "'2026-11-23'" : "NULL");
    """
  }

  /// Somebody more, of higher education, with a number that identifies.
  private static func person(_ id: Int, _ identifier: String) -> String {
    """
    INSERT INTO person VALUES (\(id), '', 1);
    INSERT INTO person_detail VALUES (\(id), 1, '1980-01-01', 'higher', NULL, NULL);
    INSERT INTO person_identifier VALUES (\(identifier), \(id), 1, NULL, NULL, NULL);
    """
  }

  private static let iin = person(90, "'iin', 'KAZ', '', '900704400011'")

  private static var links: [Attempt] {
    let one = "person_link: one natural person already"
    let two = "person_link: two IINs stand"
    let about = "person_link: made by whom it is about"
    return [
      .init(what: "links two numbers", sql: self.link(4, 3), refusal: nil),
      .init(what: "links them twice", sql: self.link(4, 3) + self.link(4, 3, 99), refusal: one),
      .init(
        what: "links what is linked through another (R-121)",
        sql: self.link(4, 3) + self.link(5, 4) + self.link(5, 3, 99), refusal: one),
      .init(
        what: "links anew what was parted",
        sql: self.link(4, 3) + self.end("ended", by: 7) + self.link(4, 3, 99), refusal: nil),
      .init(
        what: "links two with an IIN each (R-122)", sql: self.iin + self.link(90, 8), refusal: two),
      .init(
        what: "links two with an IIN each through another",
        sql: self.iin + self.link(8, 5) + self.link(90, 5, 99), refusal: two),
      .init(
        what: "links where the other's IIN has ended",
        sql: """
          \(self.iin) UPDATE person_identifier SET ended_seq = 99, ended_how = 'ended',
            ended_on = '2026-11-22' WHERE person_id = 90; \(self.link(90, 8))
          """, refusal: nil),
      .init(
        what: "links an IIN with a passport",
        sql: self.person(90, "'document', 'KAZ', 'passport', 'N1'") + self.link(90, 8), refusal: nil
      ),
      .init(what: "links the own number", sql: self.link(4, 3, by: 4), refusal: about),
      .init(what: "links the own number, the earlier", sql: self.link(4, 3, by: 3), refusal: about),
      .init(
        what: "links another number of the own (R-021)",
        sql: self.link(5, 4) + self.link(5, 3, 99, by: 4), refusal: about),
    ]
  }

  private static var ends: [Attempt] {
    let about = "person_link: ended by whom it is about"
    let own = "person_link: called an error by who made it"
    let linked = self.link(4, 3)
    return [
      .init(what: "parts the own numbers", sql: linked + self.end("ended", by: 4), refusal: about),
      .init(
        what: "parts the own numbers, the earlier", sql: linked + self.end("ended", by: 3),
        refusal: about),
      .init(
        what: "calls an error what he or she made (R-028)",
        sql: linked + self.end("in_error", by: 2), refusal: own),
      .init(
        what: "calls it so under another number",
        sql: self.link(6, 2, 97, by: 7) + linked + """
          UPDATE person_link SET ended_seq = 99, ended_by = 6, ended_how = 'in_error'
          WHERE person_id = 4
          """, refusal: own),
      .init(what: "ends what he or she made", sql: linked + self.end("ended", by: 2), refusal: nil),
      .init(
        what: "calls an error what another made", sql: linked + self.end("in_error", by: 7),
        refusal: nil),
    ]
  }

  private static var joined: [Attempt] {
    let refusal = "natural_person: is not what links join"
    return [
      "INSERT INTO natural_person VALUES (4, 3)", "INSERT INTO natural_person VALUES (4, 4)",
      self.link(6, 5) + "INSERT INTO natural_person VALUES (4, 4)",
      self.link(4, 3) + "INSERT OR REPLACE INTO natural_person VALUES (4, 4)",
      self.link(4, 3) + "UPDATE natural_person SET lowest_id = 4 WHERE person_id = 3",
      self.link(4, 3)
        + "UPDATE natural_person SET person_id = 5, lowest_id = 5 WHERE person_id = 4",
      self.link(4, 3) + "DELETE FROM natural_person WHERE person_id = 4",
      self.link(4, 3) + "DELETE FROM natural_person WHERE person_id = 3",
    ].map { Attempt(what: $0, sql: $0, refusal: refusal) }
  }

  private static var approvals: [Attempt] {
    let refusal = "proposal: approved by another person, in time"
    func approve(by person: Int, _ link: String) -> Attempt {
      let sql = """
        \(link) INSERT INTO proposal VALUES (90, 'rename_person', 3, 2, '2026-11-10', '2026-11-24',
          NULL, NULL, NULL, NULL);
        UPDATE proposal SET ended_seq = 99, ended_by = \(person), ended_on = '2026-11-11',
          ended_how = 'approved';
        """
      return Attempt(what: sql, sql: sql, refusal: link.isEmpty ? nil : refusal)
    }
    return [
      approve(by: 6, ""), approve(by: 6, self.link(6, 2, by: 7)), approve(by: 6, self.link(6, 3)),
    ]
  }

  /// Person 91 enrols, who is linked with somebody.
  private static var admissions: [Attempt] {
    let her = self.person(91, "'document', 'KAZ', 'passport', 'N1'")
    func enrol(_ what: String, _ first: String, cohort: Int, _ refusal: String?) -> Attempt {
      Attempt(
        what: what, sql: her + first + Enrolled.sql(91, person: 91, cohort: cohort),
        refusal: refusal)
    }
    let barred = """
      INSERT INTO person_bar VALUES (6, 1, 'conviction', '2026-01-01', NULL, '', 7, NULL, NULL, NULL);
      """
    let second = """
      INSERT INTO cohort SELECT 2, 'P2', (SELECT id FROM edition WHERE programme = 2
          AND valid_from <= '2026-02-02' AND is_default = 1 ORDER BY valid_from DESC LIMIT 1),
        organisation_id, language, form, starts_on, ends_on, place, seq FROM cohort;
      """
    let no = "place: not admitted"
    return [
      enrol("enrols", "", cohort: 1, nil), enrol("beside somebody barred", barred, cohort: 1, nil),
      enrol("barred under another number (R-122)", barred + self.link(91, 6), cohort: 1, no),
      enrol("holds the programme under another number", self.link(91, 8), cohort: 1, no),
      enrol("without the programme before", second, cohort: 2, no),
      enrol("with it under another number", second + self.link(91, 8), cohort: 2, nil),
    ]
  }

  /// Person 8 is certified of programme 1; 4 and 5 hold old papers of the others.
  private static var certificates: [Attempt] {
    func old(_ serial: Int, _ person: Int, _ programme: Int) -> String {
      """
      INSERT INTO certificate VALUES (\(1_000_000_000 + serial), NULL, \(person), 'adopted',
        \(programme), NULL, '2013-05-20', '2013-05-20', NULL, 7, 97);
      INSERT INTO adopted_certificate VALUES (\(1_000_000_000 + serial), 1, 2013, '\(serial)',
        '\(serial)', '', '', 'yes');
      """
    }
    func school(_ serial: Int, _ person: Int) -> String {
      """
      INSERT INTO certificate VALUES (\(2_026_000_000 + serial), x'0000000000000000000\(serial)',
        \(person), 'school', 0, NULL, '2026-11-22', '2026-11-22', NULL, 7, 99);
      """
    }
    let papers = old(1, 4, 2) + old(2, 5, 3)
    let linked = papers + self.link(5, 4) + self.link(8, 4)
    return [
      .init(
        what: "gives the School's for programmes of three people", sql: papers + school(2, 8),
        refusal: "certificate: three programmes are needed"),
      .init(
        what: "gives the School's for programmes of one natural person (R-308, R-122)",
        sql: linked + school(2, 8), refusal: nil),
      .init(
        what: "gives it once more under another number", sql: linked + school(2, 8) + school(3, 5),
        refusal: "certificate: there is one already"),
      .init(
        what: "decides on another number of the own",
        sql: linked + self.link(7, 5, 99) + school(2, 8),
        refusal: "certificate: decided by the holder"),
    ]
  }

  @Test(
    "numbers of one natural person: linked and parted, and asked for by every rule (R-121, R-122)")
  func linked() async throws {
    let school = try TestSchool()
    defer { school.close() }
    _ = try await TestCohort(school).certified()
    let copy = school.folder.appendingPathComponent("links.db").path
    #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
    let attempts = [
      Self.links, Self.ends, Self.joined, Self.approvals, Self.admissions, Self.certificates,
    ].flatMap(\.self)
    let answers = try Shell.answers(attempts.map(\.sql), in: copy)
    for (attempt, answer) in zip(attempts, answers) {
      #expect(answer == attempt.refusal, "\(attempt.what)")
    }
  }
}
