@testable import BitimDomain
import Testing

/// Class 41 of cohort 4 was on 2026-02-03 from 09:00 to 12:00, four hours of practice; 21 missed it, 22 did not.
/// The cohort ends on 2026-03-31.
@Suite("Classes that make up others (R-507)")
struct MakeUpTests {
  private typealias Scene = RecordHoursTests

  private static func missed(makesUp: Int64? = nil) throws -> ClassRecord {
    var held = try Scene.held(41, 540, 720)
    held.makesUp = makesUp
    return held
  }

  /// Four hours of practice on 2026-02-10 from 09:00 on.
  private static func row(
    _ start: String = "09:00", theory: Int = 0, practice: Int = 16, on day: String = "2026-02-10",
    for missed: ClassRecord? = nil
  ) throws -> RecordHours.Row {
    try RecordHours.Row(
      in: Scene.cohort(), under: .of(), on: Scene.day(day), from: start, until: "", theory: theory,
      practice: practice,
      makingUp: MakeUp(missed ?? Self.missed(), lastDay: Scene.day("2026-05-30")))
  }

  private static func member(
    _ person: Int64, attended: Int = 0, madeUp: Int = 0, hadPlace: Bool = true
  ) throws -> RecordHours.Member {
    var member = try Scene.member(person)
    member.missed = Missed(
      taught: Hours(theory: 0, practice: 16), attended: Hours(theory: 0, practice: attended),
      madeUp: Hours(theory: 0, practice: madeUp), hadPlace: hadPlace)
    return member
  }

  private static func facts(
    _ whom: RecordHours.Whom = .everybody(absent: []), _ members: [RecordHours.Member]? = nil
  ) throws -> RecordHours.Facts {
    RecordHours.Facts(
      trainerID: 7, whom: whom,
      members: try members ?? [Self.member(21), Self.member(22, attended: 16)], isEntitled: true)
  }

  private static func refusal<Value>(_ body: () throws -> Value) -> Refusal? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  private static func above(
    _ person: Int64, _ column: String, _ value: String, left: String
  ) -> Refusal {
    Refusal(
      .makeUpAboveMissed, column: column, value: value,
      ["limit": left, "who": PersonNumber.text(person)])
  }

  @Test("the last day is so many days after the cohort's")
  func lastDay() throws {
    #expect(try MakeUp.lastDay(of: Scene.day("2026-03-31"), days: 60) == Scene.day("2026-05-30"))
    #expect(try MakeUp.lastDay(of: Scene.day("2026-03-31"), days: 0) == Scene.day("2026-03-31"))
    #expect(Self.refusal { try Self.row(on: "2026-05-30") } == nil)
    #expect(
      Self.refusal { try Self.row(on: "2026-05-31") }
        == Refusal(
          .outsideCohort, column: "date", value: "2026-05-31",
          ["from": "2026-02-02", "until": "2026-05-30"]))
  }

  @Test("a class is made up when it is over, and one that makes up another is not made up itself")
  func order() throws {
    let before = Refusal(.makeUpBefore, column: "makes_up", value: "2026-02-03 09:00")
    #expect(Self.refusal { try Self.row("12:00", on: "2026-02-03") } == nil)
    #expect(Self.refusal { try Self.row("11:59", on: "2026-02-03") } == before)
    #expect(Self.refusal { try Self.row("13:00", on: "2026-02-02") } == before)
    let late = ClassRecord(
      id: 41, cohortID: 4, time: try Scene.time(1320, 1530), trainerID: 7)
    #expect(Self.refusal { try Self.row("01:30", on: "2026-02-04", for: late) } == nil)
    #expect(
      Self.refusal { try Self.row("01:29", on: "2026-02-04", for: late) }
        == Refusal(.makeUpBefore, column: "makes_up", value: "2026-02-03 22:00"))
    #expect(
      Self.refusal { try Self.row(for: Self.missed(makesUp: 40)) }
        == Refusal(.makeUpOfMakeUp, column: "makes_up", value: "2026-02-03 09:00"))
  }

  @Test("a row for the whole cohort means those who missed something of it")
  func everybody() throws {
    var act = Scene.act()
    #expect(try act.add(Self.row(), Self.facts()))
    let held = ClassRecord(
      id: 51, cohortID: 4, time: try Scene.time(540, 720, on: "2026-02-10"), trainerID: 7,
      makesUp: 41)
    #expect(
      act.deed
        == .hoursRecorded(
          HoursRecorded(
            classes: [held],
            attendances: [
              .init(classID: 51, enrolmentID: 31, hours: Hours(theory: 0, practice: 16))
            ])))
    // What the list told of it is made up.
    #expect(
      Self.refusal { try act.add(Self.row(on: "2026-02-11"), Self.facts()) }
        == Refusal(.nobodyMissed, column: "makes_up", value: "2026-02-03 09:00"))
    #expect(
      Self.refusal { try act.add(Self.row(on: "2026-02-11"), Self.facts(.one(21))) }
        == Self.above(21, "practice", "4", left: "0 + 0"))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var attended = 0
    var madeUp = 0
    var hadPlace = true
    var theory = 0
    var practice = 16
    /// What is left; nil where the hours are taken.
    var left: String?
    var testDescription: String { self.name }
  }

  @Test(
    "nobody makes up more than was missed, of each kind",
    arguments: [
      Case(name: "all of it"),
      Case(name: "who attended all", attended: 16, left: "0 + 0"),
      Case(name: "the part that was missed", attended: 6, practice: 10),
      Case(name: "more than that part", attended: 6, practice: 11, left: "0 + 2.5"),
      Case(name: "the rest", madeUp: 12, practice: 4),
      Case(name: "more than the rest", madeUp: 12, practice: 5, left: "0 + 1"),
      Case(name: "after a part, the rest of the rest", attended: 4, madeUp: 4, practice: 8),
      Case(
        name: "after a part, more", attended: 4, madeUp: 4, practice: 9, left: "0 + 2"),
      Case(name: "more than that even before", attended: 16, madeUp: 8, practice: 4, left: "0 + 0"),
      Case(name: "of the other kind", theory: 4, practice: 0, left: "0 + 4"),
      Case(name: "who had no place then", hadPlace: false, practice: 4, left: "0 + 0"),
    ])
  func amount(_ tried: Case) throws {
    let member = try Self.member(
      21, attended: tried.attended, madeUp: tried.madeUp, hadPlace: tried.hadPlace)
    let row = try Self.row(theory: tried.theory, practice: tried.practice)
    let column = tried.theory > 0 ? "theory" : "practice"
    let value = Hours.text(tried.theory + tried.practice)
    #expect(
      try Scene.refusal(row, Self.facts(.one(21), [member]))
        == tried.left.map { Self.above(21, column, value, left: $0) })
  }

  @Test("attending the class itself and making it up exclude each other, whichever is told first")
  func both() throws {
    let class41 = try Scene.row()
    func there(madeUp: Int = 0, theory: Int = 0) throws -> RecordHours.Facts {
      var member = try Scene.member(21)
      member.here = Missed(
        taught: Hours(theory: 0, practice: 16), madeUp: Hours(theory: theory, practice: madeUp))
      return RecordHours.Facts(
        trainerID: 7, whom: .one(21), held: try Self.missed(), members: [member], isEntitled: true)
    }
    let madeUp = Refusal(.classMadeUp, column: "practice", ["hours": "0 + 4"])
    #expect(try Scene.refusal(class41, there()) == nil)
    #expect(try Scene.refusal(class41, there(madeUp: 16)) == madeUp)
    // Of theory too, of which there is none left.
    #expect(
      try Scene.refusal(class41, there(theory: 4))
        == Refusal(.classMadeUp, column: "practice", ["hours": "1 + 0"]))
    // Two of four hours, where two were made up.
    #expect(try Scene.refusal(Scene.row(practice: 8), there(madeUp: 8)) == nil)
    var act = Scene.act()
    #expect(try act.add(Self.row(), Self.facts(.one(21))))
    #expect(try Scene.refusal(class41, there(), after: act) == madeUp)
    act = Scene.act()
    #expect(try act.add(class41, there()))
    #expect(
      try Scene.refusal(Self.row(), Self.facts(.one(21)), after: act)
        == Self.above(21, "practice", "4", left: "0 + 0"))
  }

  @Test("what a class makes up is told again as it is recorded, or differs (R-018)")
  func again() throws {
    var held = try Scene.held(51, 540, 720)
    held.time = try Scene.time(540, 720, on: "2026-02-10")
    held.makesUp = 41
    var member = try Self.member(21)
    member.there = Hours(theory: 0, practice: 16)
    var facts = try Self.facts(.one(21), [member])
    (facts.held, facts.madeUp) = (held, try Self.missed())
    var act = Scene.act()
    #expect(try act.add(Self.row(), facts) == false)
    #expect(
      try Scene.refusal(Scene.row(on: "2026-02-10"), facts)
        == Refusal(
          .differs, column: "makes_up", value: "–", ["there": "2026-02-03 09:00"]))
    facts.held?.makesUp = nil
    facts.madeUp = nil
    #expect(
      try Scene.refusal(Self.row(), facts)
        == Refusal(
          .differs, column: "makes_up", value: "2026-02-03 09:00", ["there": "–"]))
    // Of a class that this list adds, too.
    #expect(try act.add(Self.row("14:00"), Self.facts(.one(21))))
    var ordinary = try Self.facts(.one(22))
    ordinary.members = [try Scene.member(22)]
    #expect(
      Self.refusal { try act.add(Scene.row("14:00", on: "2026-02-10"), ordinary) }
        == Refusal(
          .differs, column: "makes_up", value: "–", ["there": "2026-02-03 09:00"]))
  }

  @Test("hours are corrected within what was missed, and what is made up stays within it")
  func corrected() throws {
    func outcome(
      _ practice: Int, there: Int = 8, missed: Missed? = nil, here: Missed? = nil
    ) throws -> Refusal? {
      let enrolment = EnrolmentRecord(
        id: 31, cohortID: 4, personID: 21, enrolledOn: try Scene.day("2026-02-02"))
      let facts = CorrectHours.Facts(
        held: try Self.missed(), cohort: "P1-ALA-04", edition: .of(), place: .enrolled(enrolment),
        there: Hours(theory: 0, practice: there), stage: .nothing, hasPass: false, others: 0,
        missed: missed, here: here)
      let act = CorrectHours(
        of: 21, in: 4, heldOn: try Scene.day(), starts: 540,
        hours: Hours(theory: 0, practice: practice), for: .dispute, evidence: "журнал")
      return Self.refusal {
        try act.decided(
          facts, by: .init(personID: 9, isRegistrar: true), isSchool: true,
          on: Scene.day("2026-02-20"))
      }
    }
    let taught = Hours(theory: 0, practice: 16)
    let left12 = Missed(taught: taught, attended: Hours(theory: 0, practice: 4))
    #expect(try outcome(12, missed: left12) == nil)
    #expect(try outcome(13, missed: left12) == Self.above(21, "practice", "3.25", left: "0 + 3"))
    // Fewer are never too many.
    #expect(try outcome(14, there: 16, missed: left12) == nil)
    let madeUp8 = Missed(taught: taught, madeUp: Hours(theory: 0, practice: 8))
    #expect(try outcome(8, there: 4, here: madeUp8) == nil)
    #expect(
      try outcome(9, there: 4, here: madeUp8)
        == Refusal(.classMadeUp, column: "practice", ["hours": "0 + 2"]))
  }

  @Test("a class that another makes up is neither told anew nor taken back")
  func madeUp() throws {
    let facts = CorrectClass.Facts(
      held: try Self.missed(), attended: [], isExamined: false, makeUp: try Scene.held(51, 540, 720)
    )
    let act = try CorrectClass(for: .wrongDay, evidence: "журнал")
    let refusal = Refusal(.makeUpThere, column: "starts_at", ["class": "2026-02-03 09:00"])
    let recorder = RecordHours.Recorder(personID: 9, isRegistrar: true)
    #expect(
      Self.refusal {
        try act.cancelled(
          facts, by: recorder, on: Scene.day("2026-02-20"), persons: .apart)
      } == refusal)
    #expect(
      Self.refusal {
        try act.corrected(
          facts, told: [], by: recorder, on: Scene.day("2026-02-20"), firstClassID: 52,
          persons: .apart)
      } == refusal)
  }
}
