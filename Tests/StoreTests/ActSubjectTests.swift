import BitimDomain
@testable import BitimStore
import BitimTestSupport
import Foundation
import Testing

@Suite("Acts as they are looked up (R-902)")
struct ActSubjectTests {
  /// Every look-up of the acts of a person, in the order of the view.
  private static let plan = [
    "person USING INTEGER PRIMARY KEY (rowid=?)",
    "person_detail USING PRIMARY KEY (person_id=? AND seq>? AND seq<?)",
    "person_detail USING PRIMARY KEY (person_id=?)",
    "person_name USING PRIMARY KEY (person_id=? AND seq>? AND seq<?)",
    "person_name USING PRIMARY KEY (person_id=?)",
    "person_identifier USING COVERING INDEX person_identifier_of (person_id=?)",
    "person_identifier USING INDEX person_identifier_of (person_id=?)",
    "dismissed_double USING PRIMARY KEY (person_id=?)",
    "dismissed_double USING PRIMARY KEY (person_id=?)",
    "dismissed_double USING COVERING INDEX dismissed_double_of (other_id=?)",
    "dismissed_double USING INDEX dismissed_double_of (other_id=?)",
    "person_link USING PRIMARY KEY (person_id=?)",
    "person_link USING PRIMARY KEY (person_id=?)",
    "person_link USING COVERING INDEX person_link_of (other_id=?)",
    "person_link USING INDEX person_link_of (other_id=?)",
    "person_bar USING PRIMARY KEY (person_id=? AND seq>? AND seq<?)",
    "person_bar USING PRIMARY KEY (person_id=?)",
    "person_death USING PRIMARY KEY (person_id=? AND seq>? AND seq<?)",
    "person_death USING PRIMARY KEY (person_id=?)",
    "proposal USING COVERING INDEX proposal_of (person_id=? AND rowid>? AND rowid<?)",
    "proposal USING INDEX proposal_of (person_id=?)",
    "refused_act USING PRIMARY KEY (person_id=? AND seq>? AND seq<?)",
    "role_grant USING PRIMARY KEY (person_id=?)",
    "role_grant USING PRIMARY KEY (person_id=?)",
    "token USING INDEX token_of (person_id=?)",
    "token USING INDEX token_of (person_id=?)",
    "cohort_trainer USING COVERING INDEX cohort_trainer_of (person_id=? AND seq>? AND seq<?)",
    "cohort_trainer USING INDEX cohort_trainer_of (person_id=?)",
    "place USING COVERING INDEX place_of (person_id=?)",
    "place USING INDEX place_of (person_id=?)",
    "waiting USING COVERING INDEX waiting_of (person_id=?)",
    "waiting USING INDEX waiting_of (person_id=?)",
    "class USING INDEX class_of_trainer (trainer_id=?)",
    "class USING INDEX class_of_trainer (trainer_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "a USING PRIMARY KEY (enrolment_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "a USING PRIMARY KEY (enrolment_id=?)",
    "commission_seat USING COVERING INDEX commission_seat_of (person_id=? AND seq>? AND seq<?)",
    "commission_seat USING INDEX commission_seat_of (person_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "m USING INDEX session_admission_of (enrolment_id=?)",
    "interest_declaration USING COVERING INDEX interest_declaration_of (person_id=? AND seq>? AND seq<?)",
    "interest USING INDEX interest_in (candidate_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING INDEX result_of (enrolment_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING INDEX result_of (enrolment_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING INDEX result_of (enrolment_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING INDEX result_of (enrolment_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "x USING PRIMARY KEY (result_id=? AND seq>? AND seq<?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "x USING INTEGER PRIMARY KEY (rowid=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "v USING PRIMARY KEY (result_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "f USING PRIMARY KEY (result_id=? AND seq>? AND seq<?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "f USING PRIMARY KEY (result_id=?)",
    "certificate USING INDEX certificate_of (person_id=?)",
    "c USING COVERING INDEX certificate_of (person_id=?)",
    "d USING PRIMARY KEY (number=?)",
    "c USING COVERING INDEX certificate_of (person_id=?)",
    "m USING PRIMARY KEY (number=? AND seq>? AND seq<?)",
    "c USING COVERING INDEX certificate_of (person_id=?)",
    "m USING PRIMARY KEY (number=?)",
    "c USING COVERING INDEX certificate_of (person_id=?)",
    "l USING PRIMARY KEY (number=?)",
    "case_file USING COVERING INDEX case_file_of (person_id=? AND rowid>? AND rowid<?)",
    "case_file USING INDEX case_file_of (person_id=?)",
    "f USING COVERING INDEX case_file_of (person_id=?)",
    "s USING PRIMARY KEY (case_seq=? AND seq>? AND seq<?)",
    "f USING COVERING INDEX case_file_of (person_id=?)",
    "a USING PRIMARY KEY (case_seq=?)",
    "case_arbiter USING INDEX case_arbiter_of (person_id=?)",
    "r USING COVERING INDEX register_entry_of (person_id=?)",
    "m USING PRIMARY KEY (number=? AND seq>? AND seq<?)",
    "r USING COVERING INDEX register_entry_of (person_id=?)",
    "p USING PRIMARY KEY (number=? AND seq>? AND seq<?)",
    "learning USING COVERING INDEX learning_of (person_id=? AND rowid>? AND rowid<?)",
    "learning USING INDEX learning_of (person_id=?)",
    "l USING COVERING INDEX learning_of (person_id=?)",
    "k USING INTEGER PRIMARY KEY (rowid=?)",
    "practice USING PRIMARY KEY (person_id=?)",
    "practice USING PRIMARY KEY (person_id=?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "w USING PRIMARY KEY (result_id=? AND annulled_seq>? AND annulled_seq<?)",
    "e USING COVERING INDEX enrolment_of (person_id=?)",
    "r USING COVERING INDEX result_of (enrolment_id=?)",
    "w USING PRIMARY KEY (result_id=?)",
  ]

  @Test("every branch of a person's acts is a look-up by an index")
  func planned() throws {
    let school = try TestSchool()
    defer { school.close() }
    let steps = Shell.texts(
      """
      EXPLAIN QUERY PLAN
      SELECT DISTINCT seq FROM act_subject WHERE person_id = 8 AND seq >= 1 AND seq < 99
      ORDER BY seq DESC LIMIT 100
      """, column: 3, in: school.database)
    #expect(steps.filter { $0.hasPrefix("SEARCH ") }.map { String($0.dropFirst(7)) } == Self.plan)
    // What the branches found is gone through; no table is.
    #expect(steps.filter { $0.hasPrefix("SCAN ") } == ["SCAN act_subject"])
  }

  @Test("a fact that ended is found by the act that ended it, too")
  func ended() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    // Each table of facts that end, and whose row it is.
    let ends: [(set: String, person: Int64)] = [
      ("attendance SET ended_seq = 90", 8), ("class SET ended_seq = 90", 3),
      ("cohort_trainer SET ended_seq = 90, ended_how = 'ended'", 3),
      ("commission_seat SET ended_seq = 90, ended_how = 'replaced'", 5),
      ("dismissed_double SET ended_seq = 90", 3), ("dismissed_double SET ended_seq = 90", 4),
      ("place SET ended_seq = 90, ended_how = 'withdrawn', ended_on = '2026-03-31'", 8),
      ("person_bar SET ended_seq = 90, ended_how = 'ended'", 3),
      (
        """
        person_link SET ended_seq = 90, ended_by = 1, ended_how = 'ended', ended_on = '2026-11-20'
        """, 3
      ),
      ("person_link SET ended_seq = 90, ended_by = 1, ended_how = 'in_error'", 4),
      ("person_detail SET ended_seq = 90, ended_how = 'in_error'", 8),
      ("person_identifier SET ended_seq = 90, ended_how = 'ended', ended_on = '2026-11-20'", 8),
      ("person_name SET ended_seq = 90, ended_how = 'ended', ended_on = '2026-11-20'", 8),
      ("proposal SET ended_seq = 90, ended_how = 'withdrawn'", 3),
      (
        "case_file SET ended_seq = 90, ended_by = 1, ended_on = '2026-11-22', ended_how = 'withdrawn'",
        3
      ),
      ("role_grant SET ended_seq = 90", 3), ("token SET ended_seq = 90", 3),
      ("result SET annulled_seq = 90, annulled_by = 1", 8),
      (
        """
        certificate_mark SET ended_seq = 90, ended_by = 6, ended_how = 'mended'
        """, 8
      ),
    ]
    let first = """
      DROP TRIGGER class_attended;
      DROP TRIGGER place_ends;
      DROP TRIGGER attendance_examines;
      DROP TRIGGER commission_seat_leaves;
      INSERT INTO person_bar VALUES (3, 1, 'conviction', '2026-02-02', NULL, '', 7, NULL, NULL, NULL);
      INSERT INTO proposal VALUES (82, 'rename_person', 3, 4, '', '', NULL, NULL, NULL, NULL);
      INSERT INTO dismissed_double VALUES (3, 4, 1, 'x', NULL);
      INSERT INTO case_file VALUES (83, 'complaint', 3, '2026-11-22', NULL, 4, 1, NULL, NULL, NULL, NULL);
      INSERT INTO person_link VALUES (4, 3, 1, '2026-11-01', 'x', 7, NULL, NULL, NULL, NULL);
      INSERT INTO certificate VALUES (2026000001, zeroblob(10), 8, 'programme', 1, 1, '2026-11-22',
        '2026-11-22', NULL, \(cohort.certifierID), 80);
      INSERT INTO certificate_mark VALUES (2026000001, 81, 'suspended', '2026-11-22', NULL, 'court',
        '', 7, NULL, NULL, NULL, NULL);
      """
    for (set, person) in ends {
      let copy = school.folder.appendingPathComponent("\(UUID().uuidString).db").path
      #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
      #expect(Shell.refusal(first, in: copy) == nil)
      let ask = "SELECT DISTINCT seq FROM act_subject WHERE person_id = \(person) ORDER BY seq"
      let before = Shell.texts(ask, in: copy)
      #expect(!before.contains("90"))
      #expect(Shell.refusal("UPDATE \(set)", in: copy) == nil, "\(set)")
      let after = Shell.texts(ask, in: copy)
      #expect(Set(after) == Set(before + ["90"]), "\(set)")
    }
  }

  @Test("a page ends where enough was looked at, and the next goes on there")
  func cut() async throws {
    let school = try TestSchool()
    defer { school.close() }
    for number in 1...40 {
      _ = try await school.person("Omarov", "T" + String(repeating: "a", count: number))
    }
    let state = Snapshot(database: try Database(path: school.database, for: .reading))
    var filter = ActFilter()
    filter.kind = "organisations_registered"
    var before = Int64.max
    var found: [Int64] = []
    var pages = 0
    repeat {
      let page = try state.acts(filter, before: before, limit: 5, most: 1, atOnce: 7) { _ in
        CivilDate(dayNumber: 0)
      }
      found += page.acts.map(\.sequence)
      pages += 1
      before = page.next ?? 0
    } while before > 0
    // 40 people behind the School, its administrator with role and token: 44 acts, seven a page.
    #expect(found == [1])
    #expect(pages == 7)
  }
}
