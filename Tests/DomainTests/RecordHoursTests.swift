@testable import BitimDomain
import Testing

@Suite("Recording hours")
struct RecordHoursTests {
  static func day(_ text: String = "2026-02-03") throws -> CivilDate {
    try #require(CivilDate(iso: text))
  }

  static func cohort(_ id: Int64 = 4) throws -> CohortRecord {
    CohortRecord(
      id: id, code: "P1-ALA-0\(id)", editionID: 3, organisationID: 2, language: .kk,
      form: .inPerson, startsOn: try self.day("2026-02-02"), endsOn: try self.day("2026-03-31"),
      place: "Алматы")
  }

  static func time(
    _ starts: Int, _ ends: Int, on day: String = "2026-02-03"
  ) throws -> ClassTime {
    try #require(ClassTime(day: try self.day(day), starts: starts, ends: ends))
  }

  /// A class of the cohort by trainer 7.
  static func held(
    _ id: Int64, _ starts: Int, _ ends: Int, trainer: Int64 = 7, cohort: Int64 = 4
  ) throws -> ClassRecord {
    ClassRecord(
      id: id, cohortID: cohort, time: try self.time(starts, ends), trainerID: trainer)
  }

  /// Four hours of practice from 09:00 to 12:00.
  static func row(
    _ start: String = "09:00", until end: String = "", theory: Int = 0, practice: Int = 16,
    on day: String = "2026-02-03", in cohort: Int64 = 4, under edition: Edition = .of()
  ) throws -> RecordHours.Row {
    try RecordHours.Row(
      in: try self.cohort(cohort), under: edition, on: try self.day(day), from: start, until: end,
      theory: theory, practice: practice)
  }

  /// Person 21 under enrolment 31, person 22 under enrolment 32, and so on.
  static func member(_ person: Int64, enrolled: String = "2026-02-02") throws
    -> RecordHours.Member
  {
    RecordHours.Member(
      EnrolmentRecord(
        id: person + 10, cohortID: 4, personID: person, enrolledOn: try self.day(enrolled)))
  }

  /// The whole cohort of persons 21 and 22 by trainer 7.
  static func facts(absent: Set<Int64> = []) throws -> RecordHours.Facts {
    RecordHours.Facts(
      trainerID: 7, whom: .everybody(absent: absent),
      members: [try self.member(21), try self.member(22)], isEntitled: true)
  }

  @Test(
    "a class that is new is refused on a day without entitlement, one that is there is told again (R-203)"
  )
  func notEntitled() throws {
    let row = try Self.row()
    var facts = try Self.facts()
    facts.isEntitled = false
    #expect(
      Self.refusal(row, facts)
        == Refusal(
          .notEntitledToTrain, column: "date", value: row.time.day.iso,
          ["day": row.time.day.iso]))
    facts.held = ClassRecord(id: 41, cohortID: row.cohort.id, time: row.time, trainerID: 7)
    for index in facts.members.indices { facts.members[index].there = row.hours }
    var act = Self.act()
    #expect(try act.add(row, facts) == false)
  }

  static func act(by recorder: Int64 = 7, isRegistrar: Bool = false) -> RecordHours {
    RecordHours(
      by: .init(personID: recorder, isRegistrar: isRegistrar), firstClassID: 51)
  }

  static func refusal(
    _ row: RecordHours.Row, _ facts: RecordHours.Facts, after act: RecordHours = Self.act()
  ) -> Refusal? {
    var act = act
    do throws(Refusal) {
      _ = try act.add(row, facts)
      return nil
    } catch {
      return error
    }
  }

  /// What one row of the whole cohort meets, with something changed.
  private func refusal(
    _ row: RecordHours.Row, after act: RecordHours = Self.act(),
    _ change: (inout RecordHours.Facts) throws -> Void
  ) throws -> Refusal? {
    var facts = try Self.facts()
    try change(&facts)
    return Self.refusal(row, facts, after: act)
  }

  @Test("one new class, and everybody's attendance in the order of enrolment")
  func everybody() throws {
    var act = Self.act()
    #expect(act.deed == nil)
    #expect(act.lastDay == nil)
    #expect(try act.add(Self.row(theory: 4), Self.facts()))
    #expect(
      act.deed
        == .hoursRecorded(
          HoursRecorded(
            classes: [try Self.held(51, 540, 765)],
            attendances: [
              .init(classID: 51, enrolmentID: 31, hours: Hours(theory: 4, practice: 16)),
              .init(classID: 51, enrolmentID: 32, hours: Hours(theory: 4, practice: 16)),
            ])))
    #expect(act.count == 2)
    #expect(act.lastDay == (try Self.day()))
  }

  @Test("leaves out who is absent or enrolled later, and numbers classes on")
  func some() throws {
    var act = Self.act()
    var facts = try Self.facts(absent: [21])
    facts.members.append(try Self.member(23, enrolled: "2026-02-04"))
    #expect(try act.add(Self.row(), facts))
    #expect(try act.add(Self.row("14:00", until: "15:00", practice: 4), facts))
    // Days may come in any order.
    #expect(try act.add(Self.row(on: "2026-02-02"), Self.facts()))
    #expect(act.lastDay == (try Self.day()))
    #expect(
      act.deed
        == .hoursRecorded(
          HoursRecorded(
            classes: [
              try Self.held(51, 540, 720), try Self.held(52, 840, 900),
              ClassRecord(
                id: 53, cohortID: 4, time: try Self.time(540, 720, on: "2026-02-02"),
                trainerID: 7),
            ],
            attendances: [
              .init(classID: 51, enrolmentID: 32, hours: Hours(theory: 0, practice: 16)),
              .init(classID: 52, enrolmentID: 32, hours: Hours(theory: 0, practice: 4)),
              .init(classID: 53, enrolmentID: 31, hours: Hours(theory: 0, practice: 16)),
              .init(classID: 53, enrolmentID: 32, hours: Hours(theory: 0, practice: 16)),
            ])))
  }

  @Test("rows of single trainees share a class of the list")
  func single() throws {
    var act = Self.act()
    var facts = try Self.facts()
    facts.whom = .one(22)
    #expect(try act.add(Self.row(), facts))
    facts.whom = .one(21)
    #expect(try act.add(Self.row(theory: 4, practice: 8), facts))
    #expect(
      act.deed
        == .hoursRecorded(
          HoursRecorded(
            classes: [try Self.held(51, 540, 720)],
            attendances: [
              .init(classID: 51, enrolmentID: 32, hours: Hours(theory: 0, practice: 16)),
              .init(classID: 51, enrolmentID: 31, hours: Hours(theory: 4, practice: 8)),
            ])))
  }

  @Test("nobody there is nobody enrolled")
  func nobody() throws {
    let nobody = Refusal(
      .notEnrolled, column: "cohort", value: "P1-ALA-04", ["cohort": "P1-ALA-04"])
    #expect(Self.refusal(try Self.row(), try Self.facts(absent: [21, 22])) == nobody)
    #expect(try self.refusal(Self.row()) { $0.members = [] } == nobody)
    #expect(
      try self.refusal(Self.row()) {
        $0.members = [try Self.member(21, enrolled: "2026-02-04")]
      } == nobody)
    #expect(
      try self.refusal(Self.row()) { $0.whom = .stranger("Ешкім") }
        == Refusal(.notEnrolled, column: "trainee", value: "Ешкім", ["cohort": "P1-ALA-04"]))
    #expect(
      try self.refusal(Self.row()) { $0.whom = .one(7) }
        == Refusal(.notEnrolled, column: "trainee", value: "P-7-77", ["cohort": "P1-ALA-04"]))
  }

  @Test("nobody attends before the day of enrolment (R-503)")
  func beforeEnrolment() throws {
    func refusal(enrolled: String) throws -> Refusal? {
      try self.refusal(Self.row()) {
        $0.whom = .one(21)
        $0.members = [try Self.member(21, enrolled: enrolled)]
      }
    }
    #expect(try refusal(enrolled: "2026-02-03") == nil)
    #expect(
      try refusal(enrolled: "2026-02-04")
        == Refusal(
          .beforeEnrolment, column: "date", value: "2026-02-03", ["enrolled": "2026-02-04"]))
  }

  @Test("who has passed is taught no more; a failure, or a pass annulled, bars nothing (R-508)")
  func passed() throws {
    func refusal(_ outcome: ResultOutcome, annulled: Bool) throws -> Refusal? {
      try self.refusal(Self.row()) {
        $0.members[1].results = [
          ResultRecord(
            id: 1, sessionID: 1, enrolmentID: 32, attempt: 1, outcome: outcome, scores: [:],
            recordedBy: 9, confirmedBy: 0, isAnnulled: annulled, heldOn: try Self.day(),
            protocolNumber: "1")
        ]
      }
    }
    // ISO 7064 MOD 97-10 of 22: 98 - 2200 mod 97 = 32.
    #expect(
      try refusal(.passed, annulled: false)
        == Refusal(.alreadyPassed, column: "trainee", value: "P-22-32"))
    #expect(try refusal(.passed, annulled: true) == nil)
    #expect(try refusal(.failed, annulled: false) == nil)
    #expect(try refusal(.absent, annulled: false) == nil)
  }

  @Test(
    "nobody teaches whom he examined, from 24 months before that session on (R-023, R-015)",
    arguments: [
      // The day of the class is 2026-02-03.
      ("2024-01-01", true), ("2026-02-02", true), ("2026-02-03", true), ("2028-02-03", true),
      ("2028-02-04", false), ("2029-01-01", false),
    ])
  func examined(session: String, bars: Bool) throws {
    let refusal = try self.refusal(Self.row()) {
      $0.members[0].examinedOn = [try Self.day("2040-01-01"), try Self.day(session)]
    }
    // ISO 7064 MOD 97-10 of 21: 98 - 2100 mod 97 = 35.
    #expect(
      refusal == (bars ? Refusal(.trainerExamined, column: "trainer", value: "P-21-35") : nil))
  }

  @Test("the day and the bar after examining are as long as the edition says (R-302)")
  func edition() throws {
    let edition = Edition.of([
      .dayQuarters: .init(16, .school), .taughtBarMonths: .init(6, .school),
    ])
    let row = try Self.row(under: edition)
    #expect(Self.refusal(row, try Self.facts()) == nil)
    #expect(
      throws: Refusal(
        .hoursAboveDay, column: "practice", value: "4.25", ["limit": "4"])
    ) { try Self.row(practice: 17, under: edition) }
    // The day of the class is 2026-02-03.
    for (session, bars) in [("2026-08-03", true), ("2026-08-04", false)] {
      let refusal = try self.refusal(row) {
        $0.members[0].examinedOn = [try Self.day(session)]
      }
      #expect(
        refusal == (bars ? Refusal(.trainerExamined, column: "trainer", value: "P-21-35") : nil))
    }
  }

  @Test("nobody teaches himself (R-501)")
  func trainsHimself() throws {
    #expect(
      try self.refusal(Self.row()) { $0.members[1] = try Self.member(7) }
        == Refusal(.trainsHimself, column: "trainer", value: "P-7-77"))
  }

  @Test("nobody records hours of himself, whoever taught (R-021)")
  func himself() throws {
    let act = Self.act(by: 22, isRegistrar: true)
    #expect(
      try self.refusal(Self.row(), after: act) { _ in }
        == Refusal(.actsOnHimself, column: "trainee", value: "P-22-32"))
    #expect(try self.refusal(Self.row(), after: act) { $0.whom = .everybody(absent: [22]) } == nil)
  }

  @Test("nobody is in two classes at once, recorded or of this list (R-501)")
  func overlap() throws {
    func refusal(_ starts: Int, _ ends: Int) throws -> Refusal? {
      try self.refusal(Self.row()) {
        $0.members[0].attended = [
          .init(try Self.held(9, starts, ends, cohort: 5), Hours(theory: 1, practice: 0))
        ]
      }
    }
    #expect(try refusal(480, 540) == nil)
    #expect(try refusal(720, 780) == nil)
    #expect(
      try refusal(480, 541)
        == Refusal(
          .classesOverlap, column: "start", value: "09:00", ["who": "P-21-35", "other": "08:00"]))
    #expect(
      try refusal(719, 780)
        == Refusal(
          .classesOverlap, column: "start", value: "09:00", ["who": "P-21-35", "other": "11:59"]))
    var act = Self.act()
    _ = try act.add(Self.row("08:00", practice: 8, in: 5), Self.facts())
    #expect(
      try self.refusal(Self.row(), after: act) { $0.trainerID = 8 }
        == Refusal(
          .classesOverlap, column: "start", value: "09:00", ["who": "P-21-35", "other": "08:00"]))
  }

  @Test("overlaps are compared across midnight, for trainees and trainers (R-502)")
  func overlapAtNight() throws {
    func night(_ start: String, _ end: String, on day: String) throws -> RecordHours.Row {
      try Self.row(start, until: end, practice: 1, on: day)
    }
    // From 22:00 to 01:00 of 4 February.
    let long = ClassRecord(
      id: 9, cohortID: 5, time: try Self.time(1_320, 1_500), trainerID: 7)
    func trainee(_ row: RecordHours.Row, _ held: ClassRecord) throws -> Refusal? {
      try self.refusal(row) {
        $0.members[0].attended = [.init(held, Hours(theory: 1, practice: 0))]
      }
    }
    func trainer(_ row: RecordHours.Row, _ held: ClassRecord) throws -> Refusal? {
      try self.refusal(row) { $0.taught = [held] }
    }
    let early = try night("00:59", "02:00", on: "2026-02-04")
    let later = try night("01:00", "02:00", on: "2026-02-04")
    for (who, refusal) in [("P-21-35", trainee), ("trainer", trainer)] {
      #expect(
        try refusal(early, long)
          == Refusal(
            .classesOverlap, column: "start", value: "00:59", ["who": who, "other": "22:00"]))
      #expect(try refusal(later, long) == nil)
      // The other way about: what is recorded begins in the night.
      let there = ClassRecord(
        id: 9, cohortID: 5, time: try Self.time(59, 120, on: "2026-02-04"), trainerID: 7)
      #expect(
        try refusal(night("22:00", "01:00", on: "2026-02-03"), there)
          == Refusal(
            .classesOverlap, column: "start", value: "22:00", ["who": who, "other": "00:59"]))
      #expect(try refusal(night("22:00", "00:59", on: "2026-02-03"), there) == nil)
    }
    // Of one list as well, whichever comes first.
    for (first, second) in [("2026-02-03", "2026-02-04"), ("2026-02-04", "2026-02-03")] {
      func row(_ day: String) throws -> RecordHours.Row {
        try day == "2026-02-03"
          ? night("22:00", "01:00", on: day) : night("00:59", "02:00", on: day)
      }
      for other in [Int64(7), 8] {
        var act = Self.act(isRegistrar: true)
        _ = try act.add(row(first), Self.facts())
        let refused = try self.refusal(row(second), after: act) { $0.trainerID = other }
        #expect(refused?.reason == .classesOverlap)
        #expect(refused?.arguments["who"] == (other == 7 ? "trainer" : "P-21-35"))
      }
    }
  }

  @Test("hours past midnight are of the day the class began, the trainer's too (R-502)")
  func dayOfTheNight() throws {
    // Ten hours, until 05:30 of 4 February: a whole day.
    let whole = ClassRecord(
      id: 9, cohortID: 5, time: try Self.time(1_320, 1_770), trainerID: 7)
    for (day, isFull) in [("2026-02-03", true), ("2026-02-04", false)] {
      let row = try Self.row("09:00", practice: 1, on: day)
      let taught = try self.refusal(row) { $0.taught = [whole] }
      #expect(taught?.reason == (isFull ? .hoursAboveDay : nil))
      let attended = try self.refusal(row) {
        $0.trainerID = 8
        $0.members[0].attended = [.init(whole, Hours(theory: 0, practice: 40))]
      }
      #expect(attended?.reason == (isFull ? .hoursAboveDay : nil))
    }
  }

  @Test("nor does a trainer teach two at once (R-501)")
  func trainerOverlap() throws {
    #expect(
      try self.refusal(Self.row()) { $0.taught = [try Self.held(9, 720, 780, cohort: 5)] } == nil)
    #expect(
      try self.refusal(Self.row()) { $0.taught = [try Self.held(9, 719, 780, cohort: 5)] }
        == Refusal(
          .classesOverlap, column: "start", value: "09:00", ["who": "trainer", "other": "11:59"]))
    var act = Self.act()
    _ = try act.add(Self.row("08:00", practice: 8, in: 5), Self.facts())
    #expect(
      try self.refusal(Self.row(), after: act) { $0.members = [try Self.member(23)] }
        == Refusal(
          .classesOverlap, column: "start", value: "09:00", ["who": "trainer", "other": "08:00"]))
    // On another day, or by another trainer, it is nobody's concern.
    #expect(
      try self.refusal(Self.row(on: "2026-02-04"), after: act) { _ in } == nil)
    #expect(
      try self.refusal(Self.row(), after: act) {
        $0.trainerID = 8
        $0.members = [try Self.member(23)]
      } == nil)
  }

  @Test("a day has ten hours for a trainee (R-501)")
  func traineesDay() throws {
    func refusal(
      recorded quarters: Int, after act: RecordHours = Self.act(), theory: Int = 0,
      practice: Int = 16
    ) throws -> Refusal? {
      try self.refusal(Self.row(theory: theory, practice: practice), after: act) {
        $0.members[1].attended = [
          .init(
            try Self.held(9, 780, 1_060, cohort: 5),
            Hours(theory: quarters - 1, practice: 1))
        ]
      }
    }
    let long = Refusal(
      .hoursAboveDay, column: "practice", value: "10.25", ["limit": "10", "who": "P-22-32"])
    #expect(try refusal(recorded: 24) == nil)
    #expect(try refusal(recorded: 25) == long)
    #expect(
      try refusal(recorded: 25, theory: 16, practice: 0)
        == Refusal(
          .hoursAboveDay, column: "theory", value: "10.25", ["limit": "10", "who": "P-22-32"]))
    // What the list itself adds counts as well.
    var act = Self.act(by: 8)
    _ = try act.add(Self.row("07:00", practice: 4, in: 5), Self.facts())
    #expect(try refusal(recorded: 20, after: act) == nil)
    #expect(try refusal(recorded: 21, after: act) == long)
  }

  @Test("and for a trainer, by the clock (R-501)")
  func trainersDay() throws {
    func refusal(taught minutes: Int) throws -> Refusal? {
      try self.refusal(Self.row()) {
        $0.taught = [try Self.held(9, 780, 780 + minutes, cohort: 5)]
      }
    }
    // Three hours of the clock here; ten academic hours are seven and a half.
    #expect(try refusal(taught: 270) == nil)
    #expect(
      try refusal(taught: 271)
        == Refusal(.hoursAboveDay, column: "trainer", value: "10.25", ["limit": "10"]))
    // What the list itself adds counts as well.
    var act = Self.act()
    _ = try act.add(Self.row("13:00", until: "17:31", practice: 1, in: 5), Self.facts())
    #expect(
      try self.refusal(Self.row(), after: act) { _ in }
        == Refusal(.hoursAboveDay, column: "trainer", value: "10.25", ["limit": "10"]))
  }
}

@Suite("Hours of a class that is recorded")
struct RecordedClassTests {
  /// The class of ``RecordHoursTests/row(_:until:theory:practice:on:in:)`` is recorded, as it stands
  /// for persons 21 and 22.
  private static func facts(
    there: [Int64: Hours], absent: Set<Int64> = []
  ) throws -> RecordHours.Facts {
    var facts = try RecordHoursTests.facts(absent: absent)
    facts.held = try RecordHoursTests.held(9, 540, 720)
    for index in facts.members.indices {
      facts.members[index].there = there[facts.members[index].enrolment.personID]
    }
    return facts
  }

  private static let four = Hours(theory: 0, practice: 16)

  private func refusal(
    _ row: RecordHours.Row, _ facts: RecordHours.Facts
  ) -> Refusal? { RecordHoursTests.refusal(row, facts) }

  @Test("told again as it is, it adds nothing, whatever came since")
  func same() throws {
    var act = RecordHoursTests.act()
    var facts = try Self.facts(there: [21: Self.four, 22: Self.four])
    facts.members[0].attended = [.init(try #require(facts.held), Self.four)]
    facts.taught = [try #require(facts.held)]
    facts.members[0].examinedOn = [try RecordHoursTests.day()]
    let isNew = try act.add(RecordHoursTests.row(), facts)
    #expect(!isNew)
    #expect(act.deed == nil)
    #expect(act.count == 0)
    let again = try act.add(RecordHoursTests.row(until: "12:00"), facts)
    #expect(!again)
    let less = try act.add(
      RecordHoursTests.row(), Self.facts(there: [22: Self.four], absent: [21]))
    #expect(!less)
    let thrice = try act.add(
      RecordHoursTests.row(), Self.facts(there: [22: Self.four], absent: [21]))
    #expect(!thrice)
    #expect(act.deed == nil)
  }

  @Test("one trainee may be added to it, the class staying as it is")
  func added() throws {
    var act = RecordHoursTests.act()
    var facts = try Self.facts(there: [21: Self.four])
    facts.whom = .one(22)
    #expect(try act.add(RecordHoursTests.row(practice: 8), facts))
    #expect(
      act.deed
        == .hoursRecorded(
          HoursRecorded(
            attendances: [
              .init(classID: 9, enrolmentID: 32, hours: Hours(theory: 0, practice: 8))
            ])))
  }

  @Test("other hours differ, and both are said (R-018)")
  func hours() throws {
    let facts = try Self.facts(there: [21: Self.four, 22: Hours(theory: 2, practice: 14)])
    #expect(
      self.refusal(try RecordHoursTests.row(), facts)
        == Refusal(
          .differs, column: "practice", value: "0 + 4",
          ["there": "0.5 + 3.5", "who": "P-22-32"]))
    var one = facts
    one.whom = .one(22)
    #expect(
      self.refusal(try RecordHoursTests.row(), one)
        == Refusal(
          .differs, column: "practice", value: "0 + 4",
          ["there": "0.5 + 3.5", "who": "P-22-32"]))
  }

  @Test("somebody named absent whose hours are recorded differs (R-018)")
  func absent() throws {
    let facts = try Self.facts(there: [21: Self.four, 22: Self.four], absent: [22])
    #expect(
      self.refusal(try RecordHoursTests.row(), facts)
        == Refusal(
          .differs, column: "absent", value: "0 + 0", ["there": "0 + 4", "who": "P-22-32"]))
  }

  @Test("somebody left out of it differs from a row for the whole cohort (R-018)")
  func leftOut() throws {
    let facts = try Self.facts(there: [21: Self.four])
    #expect(
      self.refusal(try RecordHoursTests.row(), facts)
        == Refusal(
          .differs, column: "practice", value: "0 + 4", ["there": "0 + 0", "who": "P-22-32"]))
  }

  //
  @Test("another trainer or another end differs; an end that is not said does not (R-018)")
  func others() throws {
    var facts = try Self.facts(there: [21: Self.four, 22: Self.four])
    #expect(
      self.refusal(try RecordHoursTests.row(until: "12:30"), facts)
        == Refusal(.differs, column: "end", value: "12:30", ["there": "12:00"]))
    facts.held?.trainerID = 8
    // ISO 7064 MOD 97-10 of 8: 98 - 800 mod 97 = 74.
    #expect(
      self.refusal(try RecordHoursTests.row(), facts)
        == Refusal(.differs, column: "trainer", value: "P-7-77", ["there": "P-8-74"]))
  }

  @Test("it holds no more hours than its time (R-501)")
  func above() throws {
    var facts = try Self.facts(there: [:])
    facts.whom = .one(22)
    #expect(self.refusal(try RecordHoursTests.row(practice: 16), facts) == nil)
    #expect(
      self.refusal(try RecordHoursTests.row(practice: 17), facts)
        == Refusal(
          .hoursAboveClass, column: "end", value: "12:00",
          ["hours": "4.25", "needed": "12:12"]))
  }

  @Test("one list says one thing of somebody in a class (R-018)")
  func twice() throws {
    func list(_ first: RecordHours.Whom, _ second: RecordHours.Whom) throws -> Refusal? {
      var facts = try RecordHoursTests.facts()
      facts.whom = first
      var act = RecordHoursTests.act()
      _ = try act.add(RecordHoursTests.row(), facts)
      facts.whom = second
      return RecordHoursTests.refusal(try RecordHoursTests.row(), facts, after: act)
    }
    let trainee = Refusal(.twiceInFile, column: "trainee", value: "P-22-32")
    let absent = Refusal(.twiceInFile, column: "absent", value: "P-22-32")
    #expect(try list(.one(22), .one(22)) == trainee)
    #expect(try list(.one(22), .everybody(absent: [21])) == trainee)
    #expect(try list(.one(22), .everybody(absent: [22])) == absent)
    #expect(try list(.everybody(absent: [22]), .one(22)) == trainee)
    #expect(
      try list(.everybody(absent: [22]), .everybody(absent: [21, 22]))
        == Refusal(.twiceInFile, column: "absent", value: "P-21-35"))
    #expect(try list(.one(21), .one(22)) == nil)
  }
}

@Suite("Reading a row of hours")
struct HoursRowTests {
  private func refusal(
    _ start: String = "09:00", _ end: String = "", theory: Int = 0, practice: Int = 16,
    on day: String = "2026-02-03"
  ) throws -> Refusal? {
    let cohort = try RecordHoursTests.cohort()
    let day = try RecordHoursTests.day(day)
    do throws(Refusal) {
      _ = try RecordHours.Row(
        in: cohort, under: .of(), on: day, from: start, until: end, theory: theory,
        practice: practice)
      return nil
    } catch {
      return error
    }
  }

  @Test("an hour takes 45 minutes, a part of a minute counted whole; an end that is said is kept")
  func read() throws {
    let row = try RecordHoursTests.row(theory: 1, practice: 16)
    #expect(row.time == (try RecordHoursTests.time(540, 732)))
    #expect(row.hours == Hours(theory: 1, practice: 16))
    #expect(!row.saysEnd)
    #expect(row.cohort == (try RecordHoursTests.cohort()))
    let said = try RecordHoursTests.row("9:00", until: "13:15")
    #expect(said.time == (try RecordHoursTests.time(540, 795)))
    #expect(said.saysEnd)
  }

  @Test("a class is on a day of the cohort (R-501)")
  func outside() throws {
    #expect(try self.refusal(on: "2026-02-02") == nil)
    #expect(try self.refusal(on: "2026-03-31") == nil)
    for day in ["2026-02-01", "2026-04-01"] {
      #expect(
        try self.refusal(on: day)
          == Refusal(
            .outsideCohort, column: "date", value: day,
            ["from": "2026-02-02", "until": "2026-03-31"]))
    }
  }

  @Test("hours are there, and not below nothing")
  func amount() throws {
    #expect(try self.refusal(theory: 1, practice: 0) == nil)
    #expect(try self.refusal(theory: 0, practice: 1) == nil)
    #expect(
      try self.refusal(theory: -1, practice: 8)
        == Refusal(.outOfRange, column: "theory", ["low": "0", "high": "10"]))
    #expect(
      try self.refusal(theory: 8, practice: -1)
        == Refusal(.outOfRange, column: "practice", ["low": "0", "high": "10"]))
    #expect(
      try self.refusal(theory: 0, practice: 0) == Refusal(.missing, column: "practice"))
  }

  @Test("a day has ten hours (R-501)")
  func above() throws {
    #expect(try self.refusal(theory: 20, practice: 20) == nil)
    #expect(
      try self.refusal(theory: 20, practice: 21)
        == Refusal(.hoursAboveDay, column: "practice", value: "10.25", ["limit": "10"]))
    #expect(
      try self.refusal(theory: 41, practice: 0)
        == Refusal(.hoursAboveDay, column: "theory", value: "10.25", ["limit": "10"]))
    #expect(
      try self.refusal(theory: 2_000_000_000, practice: 2_000_000_000)
        == Refusal(.hoursAboveDay, column: "practice", value: "1000", ["limit": "10"]))
  }

  @Test("times can be read, and a class begins before midnight")
  func times() throws {
    #expect(try self.refusal("") == Refusal(.missing, column: "start"))
    #expect(
      try self.refusal("9h") == Refusal(.notATime, column: "start", value: "9h"))
    #expect(
      try self.refusal("09:00", "12h") == Refusal(.notATime, column: "end", value: "12h"))
    #expect(try self.refusal("23:59") == nil)
    for end in ["", "03:00"] {
      #expect(
        try self.refusal("24:00", end) == Refusal(.notATime, column: "start", value: "24:00"))
    }
  }

  @Test("a class is as long as its hours (R-501)")
  func length() throws {
    #expect(try self.refusal("09:00", "12:00") == nil)
    #expect(
      try self.refusal("09:00", "11:59")
        == Refusal(
          .hoursAboveClass, column: "end", value: "11:59", ["hours": "4", "needed": "12:00"]))
    #expect(
      try self.refusal("23:00", "24:00")
        == Refusal(
          .hoursAboveClass, column: "end", value: "24:00", ["hours": "4", "needed": "02:00"]))
  }

  @Test("a class goes on until 06:00 of the next day, and belongs to the day it began (R-502)")
  func pastMidnight() throws {
    func ends(_ start: String, _ end: String, practice: Int = 4) throws -> Int {
      let row = try RecordHoursTests.row(start, until: end, practice: practice)
      #expect(row.time.day == (try RecordHoursTests.day()))
      return row.time.ends
    }
    #expect(try ends("22:00", "24:00") == 1_440)
    #expect(try ends("22:00", "00:00") == 1_440)
    #expect(try ends("22:00", "01:00") == 1_500)
    #expect(try ends("22:00", "06:00") == 1_800)
    #expect(try ends("22:30", "") == 1_395)
    #expect(try ends("22:30", "", practice: 40) == 1_800)
    // Of a class in the night the end is the same morning's.
    #expect(try ends("01:00", "05:00") == 300)
    #expect(
      try self.refusal("22:00", "06:01")
        == Refusal(
          .hoursAboveClass, column: "end", value: "06:01", ["hours": "4", "needed": "01:00"]))
    #expect(
      try self.refusal("22:31", theory: 40, practice: 0)
        == Refusal(.hoursAboveClass, column: "end", ["hours": "10", "needed": "06:01"]))
    #expect(ClassTime.text(1_440) == "24:00")
    #expect(ClassTime.text(1_470) == "00:30")
  }
}

@Suite("Who trained in a class")
struct TrainerOfAClassTests {
  private func trainer(
    named: Int64?, by recorder: Int64, isRegistrar: Bool
  ) -> (Int64?, Refusal?) {
    do throws(Refusal) {
      let trainer = try RecordHours.trainer(
        named: named, typed: "typed", by: .init(personID: recorder, isRegistrar: isRegistrar),
        among: [7, 8])
      return (trainer, nil)
    } catch {
      return (nil, error)
    }
  }

  @Test("a trainer records own classes alone (R-503)")
  func trainer() {
    let refused = Refusal(.notTrainerHere, column: "trainer", value: "typed")
    #expect(self.trainer(named: nil, by: 7, isRegistrar: false) == (7, nil))
    #expect(self.trainer(named: 7, by: 7, isRegistrar: false) == (7, nil))
    #expect(self.trainer(named: 8, by: 7, isRegistrar: false) == (nil, refused))
    #expect(self.trainer(named: nil, by: 9, isRegistrar: false) == (nil, refused))
  }

  @Test("a registrar records any, and says whose, unless it is an own one (R-503)")
  func registrar() {
    #expect(self.trainer(named: 8, by: 9, isRegistrar: true) == (8, nil))
    #expect(self.trainer(named: nil, by: 7, isRegistrar: true) == (7, nil))
    #expect(
      self.trainer(named: nil, by: 9, isRegistrar: true)
        == (nil, Refusal(.missing, column: "trainer")))
    #expect(
      self.trainer(named: 9, by: 9, isRegistrar: true)
        == (nil, Refusal(.notTrainerHere, column: "trainer", value: "typed")))
  }
}
