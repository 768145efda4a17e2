import BitimDomain
@testable import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

/// What may be corrected stands from one act to another. No act ends these facts yet, so they are ended with
/// plain SQL, as an act will: the fact then counts nowhere, and nothing else of it has changed.
@Suite("A fact that has ended counts no more (R-004, R-005)")
struct StandingFactTests {
  /// A cohort with one trainee, 8, taught by 3: 36 quarters of theory on 3 February, of practice on the 4th.
  /// 4 chairs the session S-014, 5 and 6 are members. The act of number 99 is none that was.
  private static func taught() async throws -> (school: TestSchool, cohort: TestCohort) {
    let school = try TestSchool()
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    _ = try await cohort.hours(day: "2026-02-04", practice: 9)
    try await cohort.session("S-014")
    return (school, cohort)
  }

  /// What is known when a copy of the database has taken `sql`.
  private func after(_ sql: String, in school: TestSchool) throws -> Snapshot {
    let copy = school.folder.appendingPathComponent("\(UUID().uuidString).db").path
    #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
    let refusals = Shell.refusals([sql], after: TriggerMutant.sql, in: copy, isUndone: false)
    #expect(refusals == [nil], "\(sql)")
    return Snapshot(database: try Database(path: copy, for: .reading))
  }

  /// How `sql` is refused on a copy of the database; nil if it is taken.
  private func refusal(_ sql: String, in school: TestSchool) throws -> String? {
    let copy = school.folder.appendingPathComponent("refused.db").path
    defer { try? FileManager.default.removeItem(atPath: copy) }
    #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
    return Shell.refusals([sql], after: TriggerMutant.sql, in: copy)[0]
  }

  private static func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(iso: text))
  }

  private static let fourth = "UPDATE attendance SET ended_seq = 99 WHERE class_id = 2;"

  @Test("hours that end come off the sums, and the last day is that of what stands")
  func hours() async throws {
    let (school, _) = try await Self.taught()
    defer { school.close() }
    let (third, fourth) = (try Self.day("2026-02-03"), try Self.day("2026-02-04"))
    do {
      let state = try self.after(Self.fourth, in: school)
      #expect(
        try state.attended(underEnrolment: 1) == (Hours(theory: 36, practice: 0), third))
      #expect(try state.lastTaught(person: 8) == [3: third])
      #expect(try state.classDays(ofEnrolment: 1).map(\.day) == [third])
      #expect(try state.classDays(ofEnrolment: 1).map(\.organisation) == [2])
      #expect(try state.attendance(enrolment: 1, inClass: 2) == nil)
      #expect(try state.classes(attendedBy: 8, around: Self.day("2026-02-05")).isEmpty)
      #expect(try state.trainers(ofEnrolment: 1) == [3])
    }
    let corrected = "\(Self.fourth) INSERT INTO attendance VALUES (1, 2, 4, 28, 99, NULL);"
    do {
      let state = try self.after(corrected, in: school)
      #expect(
        try state.attended(underEnrolment: 1) == (Hours(theory: 40, practice: 28), fourth))
      #expect(try state.lastTaught(person: 8) == [3: fourth])
      #expect(try state.attendance(enrolment: 1, inClass: 2) == Hours(theory: 4, practice: 28))
    }
    do {
      let state = try self.after("UPDATE attendance SET ended_seq = 99;", in: school)
      let attended = try state.attended(underEnrolment: 1)
      #expect(attended.hours == Hours(theory: 0, practice: 0))
      #expect(attended.lastClass == nil)
      #expect(try state.lastTaught(person: 8) == [:])
      #expect(try state.trainers(ofEnrolment: 1) == [])
    }
  }

  @Test("a day that had ended hours is free for others, and one row of hours stands in a class")
  func oneAttendance() async throws {
    let (school, cohort) = try await Self.taught()
    defer { school.close() }
    let again = "INSERT INTO attendance VALUES (1, 2, 0, 4, 99, NULL);"
    #expect(
      try self.refusal(again, in: school)
        == "attendance: enrolment_id and class_id are taken")
    // By another trainer: nine hours and two more are above a day, and these overlap.
    let elsewhere = """
      INSERT INTO cohort_trainer VALUES (1, \(cohort.memberID), 'x', 1, NULL, NULL, NULL, NULL);
      INSERT INTO class VALUES (99, 1, '2026-02-04', 600, 705, \(cohort.memberID), 99, NULL);
      INSERT INTO attendance VALUES (1, 99, 8, 0, 99, NULL);
      """
    #expect(try self.refusal(elsewhere, in: school) == "attendance: two classes at once")
    do {
      let state = try self.after(Self.fourth + elsewhere, in: school)
      #expect(
        try state.attended(underEnrolment: 1).hours == Hours(theory: 44, practice: 0))
    }
    let late = elsewhere.replacing("600, 705", with: "1000, 1105")
    #expect(try self.refusal(late, in: school) == "attendance: above the hours of a day")
    _ = try self.after(Self.fourth + late, in: school)
  }

  @Test("a class that ended leaves its hour and its trainer's day free, and nobody attends it")
  func held() async throws {
    let (school, cohort) = try await Self.taught()
    defer { school.close() }
    let ended = "\(Self.fourth) UPDATE class SET ended_seq = 99 WHERE id = 2;"
    #expect(
      try self.refusal("UPDATE class SET ended_seq = 99 WHERE id = 2", in: school)
        == "class: what was attended in it stands")
    #expect(
      try self.refusal("\(ended) INSERT INTO attendance VALUES (1, 2, 4, 0, 98, NULL)", in: school)
        == "attendance: no such class of the cohort stands")
    let fourth = try Self.day("2026-02-04")
    do {
      let state = try self.after(ended, in: school)
      #expect(try state.heldClass(cohort: 1, day: fourth, starts: 540) == nil)
      #expect(try state.classes(taughtBy: cohort.trainerID, around: Self.day("2026-02-05")).isEmpty)
    }
    let again = "INSERT INTO class VALUES (99, 1, '2026-02-04', 540, 945, 3, 99, NULL);"
    do {
      let state = try self.after(ended + again, in: school)
      #expect(try state.heldClass(cohort: 1, day: fourth, starts: 540)?.id == 99)
      #expect(
        try state.classes(taughtBy: cohort.trainerID, around: Self.day("2026-02-05")).map(\.id) == [
          99
        ])
    }
  }

  private static let withdrawn = """
    UPDATE place SET ended_seq = 99, ended_how = 'withdrawn', ended_on = '2026-03-31';
    """

  @Test("a place that ended is free; its hours and whose they are stay")
  func enrolment() async throws {
    let (school, cohort) = try await Self.taught()
    defer { school.close() }
    let organisation: Int64 = 2
    do {
      let state = try self.after(Self.withdrawn, in: school)
      #expect(try state.enrolments(inCohort: 1).isEmpty)
      #expect(try state.enrolments(ofPerson: 8).isEmpty)
      #expect(try state.enrolment(ofPerson: 8, inCohort: 1) == nil)
      #expect(
        try state.place(ofPerson: 8, inCohort: 1)
          == .withdrawn(
            EnrolmentRecord(
              id: 1, cohortID: 1, personID: 8, enrolledOn: Self.day("2026-02-02")),
            lastDay: Self.day("2026-03-31")))
      #expect(try state.place(ofPerson: 3, inCohort: 1) == .never)
      // The organisation knows her by it yet (R-207).
      #expect(
        try state.acquaintance(of: 8, with: organisation).enrolledUntil
          == state.cohort(id: 1)?.endsOn)
      #expect(try state.correctionFacts(of: 8).enrolledAt == [])
      #expect(try state.person(ofEnrolment: 1) == 8)
      #expect(
        try state.attended(underEnrolment: 1).hours == Hours(theory: 36, practice: 36))
      #expect(
        try state.classes(attendedBy: 8, around: Self.day("2026-02-05")).map(\.held.id) == [2])
      #expect(try state.lastTaught(person: 8) == [3: try Self.day("2026-02-04")])
    }
    do {
      // By one that was never true it does not.
      let state = try self.after(
        """
        UPDATE attendance SET ended_seq = 99;
        UPDATE place SET ended_seq = 99, ended_how = 'in_error';
        """, in: school)
      #expect(try state.acquaintance(of: 8, with: organisation).enrolledUntil == nil)
      #expect(try state.place(ofPerson: 8, inCohort: 1) == .never)
    }
    let again = Enrolled.sql(2, person: 8, cohort: 1, on: "2026-02-05", by: 99)
    #expect(try self.refusal(again, in: school) == "place: cohort_id and person_id are taken")
    // An enrolment has one place at a time, and nobody else's.
    let other = """
      INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
        ends_on, place, seq FROM cohort;
      """
    let second = "INSERT INTO place VALUES (1, 8, 9, '2026-04-01', 99, NULL, NULL, NULL);"
    #expect(try self.refusal(other + second, in: school) == "place: enrolment_id is taken")
    #expect(
      try self.refusal(
        other + Self.withdrawn + second.replacing("(1, 8,", with: "(1, 6,"), in: school)
        == "place: of another person than the enrolment")
    let here = EnrolmentRecord(
      id: 1, cohortID: 1, personID: 8, enrolledOn: try Self.day("2026-02-02"))
    let lastDay = try Self.day("2026-03-31")
    let transferred = Self.withdrawn.replacing("withdrawn", with: "transferred") + second
    do {
      // What was attended stays the enrolment's, wherever its place is.
      let state = try self.after(other + transferred, in: school)
      #expect(try state.enrolment(id: 1)?.cohortID == 9)
      #expect(try state.enrolments(ofPerson: 8).map(\.cohortID) == [9])
      #expect(
        try state.place(ofPerson: 8, inCohort: 1)
          == .transferred(here, to: "X", lastDay: lastDay))
      let former = try state.formerPlaces(ofPerson: 8)
      #expect(former.map(\.enrolment) == [here])
      #expect(former.map(\.lastDay) == [lastDay])
      #expect(former.map(\.isTransferred) == [true])
      #expect(try state.start(ofEnrolment: 1) == Self.day("2026-02-02"))
      #expect(try state.organisation(training: 1) == 2)
      // Her hours of then are told yet where she was.
      #expect(try state.stays(inCohort: 1) == [.init(here, lastDay: lastDay)])
      #expect(try state.attended(underEnrolment: 1, inCohort: 1) == Hours(theory: 36, practice: 36))
      #expect(try state.attended(underEnrolment: 1, inCohort: 9) == Hours(theory: 0, practice: 0))
      // In no other edition's cohort.
      let foreign = other.replacing(
        "edition_id", with: "(SELECT id FROM edition WHERE programme = 2 AND code = '2025')")
      #expect(try self.refusal(foreign + transferred, in: school) == "place: of another edition")
      let early = transferred.replacing("2026-04-01", with: "2026-03-30")
      #expect(
        try self.refusal(other + early, in: school) == "place: before the last one ended")
    }
    do {
      // The other place was an error: nothing follows, and nothing is there.
      let error = "UPDATE place SET ended_seq = 100, ended_how = 'in_error' WHERE cohort_id = 9;"
      let state = try self.after(
        other + "UPDATE attendance SET ended_seq = 98;" + transferred + error, in: school)
      #expect(try state.place(ofPerson: 8, inCohort: 1) == .never)
      #expect(try state.stays(inCohort: 1) == [])
    }
    do {
      let state = try self.after(other + Self.withdrawn + second, in: school)
      #expect(
        try state.attended(underEnrolment: 1).hours == Hours(theory: 36, practice: 36))
    }
    do {
      let state = try self.after(Self.withdrawn + again, in: school)
      #expect(try state.enrolments(inCohort: 1).map(\.id) == [2])
      #expect(try state.enrolment(ofPerson: 8, inCohort: 1)?.id == 2)
      #expect(try state.place(ofPerson: 8, inCohort: 1).enrolment?.id == 2)
    }
    // Who is no trainee of the cohort any more may train in it.
    let trains = "INSERT INTO cohort_trainer VALUES (1, 8, 'x', 99, NULL, NULL, NULL, NULL);"
    #expect(
      try self.refusal(trains, in: school) == "cohort_trainer: is a trainee of the cohort")
    _ = try self.after(Self.withdrawn + trains, in: school)
    // Ten are a group; the eleventh takes the place that is free.
    let ten = """
      WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < 109)
      """
    let people = """
      \(ten) INSERT INTO person SELECT i, '', 1 FROM n;
      \(ten) INSERT INTO person_detail SELECT i, 1, '1980-01-01', 'higher', NULL, NULL FROM n;
      """
    let group = """
      \(ten) INSERT INTO enrolment SELECT i, i, 1 FROM n;
      \(ten) INSERT INTO place SELECT i, i, 1, '2026-02-02', 1, NULL, NULL, NULL FROM n;
      """
    #expect(try self.refusal(people + group, in: school) == "place: the group is full")
    do {
      let state = try self.after(people + Self.withdrawn + group, in: school)
      #expect(try state.enrolments(inCohort: 1).count == 10)
    }
    withExtendedLifetime(cohort) {}
  }

  @Test("no result is recorded under a place that ended")
  func examined() async throws {
    let (school, cohort) = try await Self.taught()
    defer { school.close() }
    let absent = """
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
        recorded_at_ms, seq) VALUES (1, 1, 1, 0, 'absent', \(cohort.examinerID), 0, 90);
      """
    do {
      let state = try self.after(absent, in: school)
      #expect(try state.results(ofEnrolment: 1).map(\.id) == [1])
      // Nor is what it rests on corrected (R-506).
      #expect(
        try self.refusal(absent + "UPDATE attendance SET ended_seq = 99;", in: school)
          == "attendance: a result rests on it")
    }
    #expect(
      try self.refusal(Self.withdrawn + absent, in: school)
        == "result: refers to what is not there")
  }

  @Test(
    "who left a seat neither records nor confirms; what was recorded before is his or hers still")
  func seat() async throws {
    let (school, cohort) = try await Self.taught()
    defer { school.close() }
    func left(_ person: Int64, _ how: String = "replaced", at seq: Int = 99) -> String {
      """
      UPDATE commission_seat SET ended_seq = \(seq), ended_how = '\(how)'
      WHERE person_id = \(person);
      """
    }
    func absent(_ recorder: Int64) -> String {
      """
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
        recorded_at_ms, seq) VALUES (1, 1, 1, 0, 'absent', \(recorder), 0, 90);
      """
    }
    let (examiner, member, chair) = (cohort.examinerID, cohort.memberID, cohort.chairID)
    let others: [Int64: Seat] = [chair: .chair, member: .member]
    do {
      let state = try self.after(left(examiner), in: school)
      #expect(try state.session(code: "S-014")?.seats == others)
      #expect(try state.seated(inSession: 1) == [chair, examiner, member])
      #expect(try !state.examines(person: examiner, cohort: 1))
      #expect(try state.examines(person: member, cohort: 1))
    }
    do {
      let state = try self.after(left(examiner, "in_error"), in: school)
      #expect(try state.seated(inSession: 1) == [chair, member])
    }
    #expect(
      try self.refusal(left(examiner) + absent(examiner), in: school)
        == "result: recorded by a member of the commission, not the chair")
    // Left after the record, before it, and never there.
    let day = try Self.day("2026-03-20")
    for (leaving, had) in [
      (absent(member) + left(examiner), true),
      (left(examiner, at: 80) + absent(member), false),
      (absent(member) + left(examiner, "in_error"), false),
    ] {
      do {
        let state = try self.after(leaving, in: school)
        let all: Set<Int64> = had ? [chair, examiner, member] : [chair, member]
        #expect(try state.examiners(ofEnrolment: 1) == all, "\(leaving)")
        #expect(Set(try state.lastExamined(person: 8).keys) == all, "\(leaving)")
        #expect(try state.examined(person: 8, by: examiner) == (had ? [day] : []), "\(leaving)")
      }
    }
    // Another chair, and she alone, confirms.
    let second = "INSERT INTO commission_seat VALUES (1, 1, 'chair', 99, NULL, NULL);"
    #expect(try self.refusal(second, in: school) == "commission_seat: there is one chair")
    func confirmed(_ person: Int64) -> String {
      absent(examiner) + left(chair) + second
        + "UPDATE result SET confirmed_by = \(person), confirmed_seq = 100;"
    }
    #expect(
      try self.refusal(confirmed(chair), in: school)
        == "result: confirmed by the chair, another person than the recorder")
    do {
      let state = try self.after(confirmed(1), in: school)
      #expect(
        try state.session(code: "S-014")?.seats
          == [1: .chair, examiner: .member, member: .member])
    }
    #expect(
      try self.refusal(
        "INSERT INTO commission_seat VALUES (1, \(member), 'secretary', 99, NULL, NULL)", in: school
      )
        == "commission_seat: session_id and person_id are taken")
    _ = try self.after(
      left(member) + "INSERT INTO commission_seat VALUES (1, \(member), 'member', 100, NULL, NULL)",
      in: school
    )
    // Who had a seat annuls nothing; who never had one may (R-026).
    func annulled(_ how: String) -> String {
      absent(examiner) + left(member, how)
        + "UPDATE result SET confirmed_by = \(chair), confirmed_seq = 98;"
        + "UPDATE result SET annulled_by = \(member), annulled_seq = 100;"
    }
    #expect(
      try self.refusal(annulled("replaced"), in: school)
        == "result: annulled by somebody outside the commission")
    _ = try self.after(annulled("in_error"), in: school)
  }

  @Test("who trains in a cohort no more may be examined or trained there, and holds no class")
  func trainer() async throws {
    let (school, cohort) = try await Self.taught()
    defer { school.close() }
    let ended = "UPDATE cohort_trainer SET ended_seq = 99, ended_how = 'ended';"
    do {
      let state = try self.after(ended, in: school)
      #expect(try state.trainers(ofCohort: 1) == [])
      let enrolment = try #require(try state.enrolment(ofPerson: 8, inCohort: 1))
      #expect(try state.teachers(of: enrolment, .apart).assigned == [])
      #expect(try state.lastTaught(person: 8).keys.sorted() == [cohort.trainerID])
    }
    let held = "INSERT INTO class VALUES (99, 1, '2026-02-05', 540, 600, 3, 99, NULL);"
    #expect(
      try self.refusal(ended + held, in: school) == "class: not a trainer of the cohort")
    let again = "INSERT INTO cohort_trainer VALUES (1, 3, 'x', 99, NULL, NULL, NULL, NULL);"
    #expect(
      try self.refusal(again, in: school) == "cohort_trainer: cohort_id and person_id are taken")
    do {
      let state = try self.after(ended + again.replacing("99", with: "100"), in: school)
      #expect(try state.trainers(ofCohort: 1) == [3])
    }
    // Assigned and never taught: barred from the commission while that stands.
    let assigned =
      "INSERT INTO cohort_trainer VALUES (1, \(cohort.memberID), 'x', 98, NULL, NULL, NULL, NULL);"
    let absent = """
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
        recorded_at_ms, seq) VALUES (1, 1, 1, 0, 'absent', \(cohort.examinerID), 0, 100);
      """
    #expect(
      try self.refusal(assigned + absent, in: school)
        == "result: a member of the commission taught the candidate")
    _ = try self.after(assigned + ended + absent, in: school)
    // So is one whose seat has ended.
    let left = """
      UPDATE commission_seat SET ended_seq = 99, ended_how = 'replaced'
      WHERE person_id = \(cohort.memberID);
      """
    _ = try self.after(assigned + left + absent, in: school)
    let trained = """
      INSERT INTO person VALUES (99, '', 1);
      INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
      INSERT INTO cohort_trainer VALUES (1, 99, 'x', 98, NULL, NULL, NULL, NULL);
      """
    let enrolled = Enrolled.sql(99, person: 99, cohort: 1)
    #expect(
      try self.refusal(trained + enrolled, in: school) == "place: the trainer of the cohort")
    _ = try self.after(trained + ended + enrolled, in: school)
  }

  @Test("an entitlement that ended entitles to nothing")
  func entitlement() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let ended = "UPDATE entitlement SET ended_seq = 99, ended_how = 'in_error';"
    let issue = """
      INSERT INTO certificate VALUES (2026000001, zeroblob(10), 8, 'programme', 1, 1, '2026-11-22',
        '2026-11-22', NULL, \(cohort.certifierID), 1000)
      """
    let day = try Self.day("2026-11-22")
    do {
      let state = try self.after(issue, in: school)
      #expect(try state.entitlement(of: 1, to: .issue, on: day) != nil)
    }
    do {
      let state = try self.after(ended, in: school)
      #expect(try state.entitlement(of: 1, to: .issue, on: day) == nil)
      #expect(try state.entitlement(of: 2, to: .train, on: day) == nil)
      #expect(try state.school()?.entitlements == [])
    }
    #expect(
      try self.refusal(ended + issue, in: school)
        == "certificate: the School was not entitled to issue")
  }

  @Test("who taught by hours that ended may decide; who examined by a seat in error, too (R-025)")
  func decider() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    func issue(_ person: Int64) -> String {
      """
      INSERT INTO certificate VALUES (2026000001, zeroblob(10), 8, 'programme', 1, 1, '2026-11-22',
        '2026-11-22', NULL, \(person), 1000)
      """
    }
    #expect(
      try self.refusal(issue(cohort.trainerID), in: school)
        == "certificate: decided by who taught the holder")
    _ = try self.after(
      """
      DROP TRIGGER attendance_examines;
      UPDATE attendance SET ended_seq = 99; \(issue(cohort.trainerID))
      """, in: school
    )
    let left =
      "DROP TRIGGER commission_seat_leaves; UPDATE commission_seat SET ended_seq = 99, ended_how ="
    #expect(
      try self.refusal("\(left) 'replaced'; \(issue(cohort.memberID))", in: school)
        == "certificate: decided by who examined the holder")
    _ = try self.after("\(left) 'in_error'; \(issue(cohort.memberID))", in: school)
    // Nobody teaches whom he or she examined; a seat in error examined nobody (R-023).
    let teaches = """
      UPDATE certificate_mark SET ended_seq = 1;
      UPDATE result SET annulled_by = 1, annulled_seq = 98;
      INSERT INTO cohort_trainer VALUES (1, \(cohort.memberID), 'x', 1, NULL, NULL, NULL, NULL);
      INSERT INTO class VALUES (99, 1, '2026-03-25', 540, 600, \(cohort.memberID), 1, NULL);
      INSERT INTO session VALUES (9, 'X', 1, '2026-03-21', '2026-03-21', 'x', 1, NULL, NULL);
      INSERT INTO commission_seat VALUES (9, \(cohort.memberID), 'member', 1, NULL, NULL);
      INSERT INTO commission_seat VALUES (9, \(cohort.examinerID), 'member', 1, NULL, NULL);
      DROP TRIGGER result_begins;
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
        recorded_at_ms, seq) VALUES (9, 9, 1, 0, 'absent', \(cohort.examinerID), 0, 90);
      """
    let attended = "INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)"
    #expect(
      try self.refusal(teaches + attended, in: school)
        == "attendance: the trainer examined the trainee")
    _ = try self.after("\(teaches) \(left) 'in_error'; \(attended)", in: school)
  }

  @Test("a name in error is nobody's, a former one is found; the one that stands is one")
  func names() async throws {
    let (school, _) = try await Self.taught()
    defer { school.close() }
    func renamed(_ how: String) -> String {
      """
      UPDATE person_name SET ended_seq = 99, ended_how = '\(how)',
        ended_on = \(how == "ended" ? "'2026-11-20'" : "NULL") WHERE person_id = 8;
      INSERT INTO person_name (person_id, seq, kk_surname, kk_given, kk_patronymic, ru_surname,
        ru_given, ru_patronymic, latin_surname, latin_given, latin_patronymic, reason)
      VALUES (8, 99, '', '', '', '', '', '', 'Серік', 'Ä', '', '');
      """
    }
    for (how, latin) in [("ended", ["Akhmetova", "Серік"]), ("in_error", ["Серік"])] {
      do {
        let state = try self.after(renamed(how), in: school)
        #expect(try state.allNames(of: 8).map { $0.latin?.surname } == latin, "\(how)")
        #expect(try state.names(of: 8).latin?.surname == "Серік", "\(how)")
        #expect(
          try state.person(8)?.formerNames.map(\.lastDay.iso)
            == (how == "ended" ? ["2026-11-20"] : []), "\(how)")
      }
    }
    let second =
      "INSERT INTO person_name VALUES (8, 99, '', '', '', '', '', '', 'x', '', '', '', NULL, NULL, NULL)"
    #expect(try self.refusal(second, in: school) == "person_name: person_id is taken")
  }

  @Test("an identifier that ended is its person's still; one in error is its true owner's (R-115)")
  func identifiers() async throws {
    let (school, _) = try await Self.taught()
    defer { school.close() }
    func ended(_ how: String) -> String {
      """
      DROP TRIGGER person_identifier_left;
      UPDATE person_identifier SET ended_seq = 99, ended_how = '\(how)',
        ended_on = \(how == "ended" ? "'2026-11-20'" : "NULL");
      """
    }
    func owner(_ state: borrowing Snapshot) throws -> Int64? {
      try state.person(identifier: .iin, country: "KAZ", type: "", number: "991231000014")
    }
    let other = """
      INSERT INTO person_identifier
      SELECT kind, country, document_type, number, 3, 100, NULL, NULL, NULL FROM person_identifier;
      """
    #expect(try self.refusal(other, in: school) == "person_identifier: is another person's")
    #expect(
      try self.refusal(ended("ended") + other, in: school)
        == "person_identifier: is another person's")
    do {
      let state = try self.after(ended("ended"), in: school)
      #expect(try owner(state) == 8)
      let file = try state.person(8)
      #expect(file?.person.identifiers.map(\.number) == ["991231000014"])
      #expect(file?.ended.map(\.lastDay.iso) == ["2026-11-20"])
      #expect(file?.standing == [])
    }
    do {
      let state = try self.after(ended("in_error"), in: school)
      #expect(try owner(state) == nil)
      #expect(try state.person(8)?.person.identifiers == [])
      #expect(try state.person(8)?.ended == [])
    }
    do {
      let state = try self.after(ended("in_error") + other, in: school)
      #expect(try owner(state) == 3)
    }
    let same = other.replacing(" 3, 100", with: " 8, 100")
    #expect(
      try self.refusal(same, in: school)
        == "person_identifier: kind and country and document_type and number are taken")
    do {
      let state = try self.after(ended("ended") + same, in: school)
      #expect(try owner(state) == 8)
      let file = try state.person(8)
      #expect(file?.standing.map(\.number) == ["991231000014"])
      #expect(file?.person.identifiers == file?.standing)
      #expect(file?.ended == [])
    }
  }

  @Test("birth date and education are those that stand")
  func detail() async throws {
    let (school, _) = try await Self.taught()
    defer { school.close() }
    let ended =
      "UPDATE person_detail SET ended_seq = 99, ended_how = 'in_error' WHERE person_id = 8;"
    let other = "INSERT INTO person_detail VALUES (8, 99, '2001-02-03', 'secondary', NULL, NULL);"
    #expect(try self.refusal(other, in: school) == "person_detail: person_id is taken")
    let day = try Self.day("2001-02-03")
    do {
      let state = try self.after(ended + other, in: school)
      #expect(try state.birthDate(of: 8) == day)
      #expect(try state.person(8)?.person.birthDate == day)
      #expect(try state.person(8)?.person.education == .secondary)
      #expect(try state.admission(of: 8)?.birthDate == day)
      #expect(try state.admission(of: 8)?.education == .secondary)
    }
    let cohort = """
      INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
        ends_on, place, seq FROM cohort;
      \(Enrolled.sql(9, person: 8, cohort: 9, by: 99))
      """
    _ = try self.after(cohort, in: school)
    #expect(try self.refusal(ended + other + cohort, in: school) == "place: not admitted")
  }

  /// Each table whose facts end, and how.
  private static let tables: [(name: String, how: String?)] = [
    ("agreement", nil), ("attendance", nil), ("class", nil), ("cohort_trainer", "ended"),
    ("commission_seat", "replaced"),
    ("dismissed_double", nil), ("edition", nil), ("entitlement", "ended"),
    ("entitlement_suspension", "ended"), ("learning", nil),
    ("person_bar", "ended"), ("person_death", nil), ("person_detail", "in_error"),
    ("person_identifier", "ended"),
    ("person_link", "ended"), ("person_name", "ended"), ("place", "transferred"), ("practice", nil),
    ("proposal", "withdrawn"),
    ("role_grant", nil),
    ("session", "cancelled"),
    ("token", nil), ("waiting", "withdrawn"),
  ]

  @Test(
    "every fact of every table ends once, with all that is said of its end, and changes in nothing")
  func once() async throws {
    let (school, _) = try await Self.taught()
    defer { school.close() }
    let copy = school.folder.appendingPathComponent("once.db").path
    defer { try? FileManager.default.removeItem(atPath: copy) }
    #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
    let all = Shell.texts(
      """
      SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' AND c.name = 'ended_seq' ORDER BY 1
      """, in: copy)
    // Of marks, refusals, cases and keys, which want another person for their end, PlainSQLTests try each column,
    // of members' marks, which want an edition that keeps them, and of what is published, which wants an entry.
    let others = [
      "case_file", "certificate_mark", "certificate_refusal", "entry_published", "key_retirement",
      "member_mark",
    ]
    #expect(all.filter { !others.contains($0) } == Self.tables.map(\.name))
    let first = """
      \(TriggerMutant.sql);
      INSERT INTO person_bar VALUES (3, 1, 'conviction', '2026-02-02', NULL, '', 7, NULL, NULL, NULL);
      INSERT INTO person_death VALUES (3, 1, '2026-11-20', 'x', 7, NULL, NULL);
      INSERT INTO proposal VALUES (82, 'rename_person', 3, 4, '', '', NULL, NULL, NULL, NULL);
      INSERT INTO dismissed_double VALUES (3, 4, 1, 'x', NULL);
      INSERT INTO person_link VALUES (4, 3, 1, '2026-11-01', 'x', 7, NULL, NULL, NULL, NULL);
      INSERT INTO entitlement_suspension VALUES (9, 2, 'train', '2026-05-01', NULL, 'x', 1, NULL, NULL);
      INSERT INTO agreement VALUES (9, 2, '7', '2026-05-01', '2026-05-01', '2026-06-01', 'ESP', 'x', 'x',
        'watch', 10, NULL);
      INSERT INTO learning VALUES (1, 8, '2026-10-12', 'course', 4, 0, 0, 'a', 'b', 7, NULL);
      INSERT INTO practice VALUES (8, 2026, 'family', 1, 2, 1, 7, NULL);
      DROP TRIGGER class_attended; DROP TRIGGER waiting_begins; DROP TRIGGER waiting_admitted;
      INSERT INTO waiting VALUES (1, 6, '2026-02-02', 1, 0, NULL, NULL);
      """
    for (table, how) in Self.tables {
      // A session's day may be moved; what is said of that is tried with plain SQL.
      let (moving, what) =
        table == "session" ? ("held_on", "else only held_on changes") : ("", "nothing else")
      let end =
        "ended_seq = 99" + (how.map { ", ended_how = '\($0)'" } ?? "")
        + (["person_identifier", "person_link", "person_name", "place"].contains(table)
          ? ", ended_on = '2026-11-20'" : "")
        + (["person_death", "person_link"].contains(table) ? ", ended_by = 1" : "")
        + (table == "edition" ? ", ended_on = valid_from" : "")
      let update = "UPDATE \(table) SET \(end)"
      let columns = Shell.texts(
        """
        SELECT name FROM pragma_table_info('\(table)') WHERE name NOT LIKE 'ended%'
          AND name <> '\(moving)' ORDER BY cid
        """, in: copy)
      let changes = columns.map {
        // The key of a table with numbers takes no other value than a number.
        $0 == "id" || ["agreement", "learning", "proposal"].contains(table) && $0 == "seq"
          ? "\(update), \($0) = \($0) + 1000"
          : "\(update), \($0) = CASE WHEN \($0) IS NULL THEN 1 ELSE NULL END"
      }
      var refused =
        changes + [
          "\(update); UPDATE \(table) SET \(end.replacing("99", with: "100"))",
          "\(update); UPDATE \(table) SET ended_seq = NULL",
        ]
      if how != nil { refused.append("UPDATE \(table) SET ended_how = '\(how ?? "")'") }
      let answers = Shell.refusals(refused + [update], after: first, in: copy)
      for (sql, answer) in zip(refused, answers) {
        #expect(answer == "\(table): may be ended once, and \(what)", "\(sql)")
      }
      #expect(answers.last == .some(nil), "\(update)")
      // Half an end is none.
      if how != nil {
        let half = Shell.refusals(["UPDATE \(table) SET ended_seq = 99"], after: first, in: copy)[0]
        #expect(half?.hasPrefix("CHECK constraint failed") == true, "\(table): \(half ?? "taken")")
      }
    }
  }
}
