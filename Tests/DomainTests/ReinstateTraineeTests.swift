@testable import BitimDomain
import Testing

/// Person 8 left cohort P1-ALA-01 on 28 February 2026, with a training that began on the 2nd; today is 15
/// March.
@Suite("Taking a withdrawn trainee back (R-420)")
struct ReinstateTraineeTests {
  private static func day(_ text: String) -> CivilDate { AttestationFacts.day(text) }

  static let enrolment = EnrolmentRecord(
    id: 40, cohortID: 4, personID: 8, enrolledOn: Self.day("2026-02-01"))
  static let adult = Admission(
    birthDate: Self.day("1991-12-31"), education: .higher, bars: [], held: [])

  static func room(
    enrolled: Set<Int64> = [], trainers: Set<Int64> = [6], isEntitled: Bool = true
  ) -> CohortRoom {
    CohortRoom(
      cohort: AttestationFacts.cohort, edition: AttestationFacts.edition, enrolled: enrolled,
      trainers: trainers, isEntitled: isEntitled)
  }

  static func returner(
    _ admission: Admission = Self.adult, results: [ResultRecord] = []
  ) -> Returner {
    Returner(40, admission: admission, start: Self.day("2026-02-02"), results: results)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var place = TraineePlace.withdrawn(
      ReinstateTraineeTests.enrolment, lastDay: AttestationFacts.day("2026-02-28"))
    var from = "2026-03-10"
    var room = ReinstateTraineeTests.room()
    var returner = ReinstateTraineeTests.returner()
    var caller: Int64 = 9
    var isSchool = true
    var today = "2026-03-15"
    let expected: Result<Deed, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(_ day: String = "2026-03-10") -> Result<Deed, Refusal> {
    .success(
      .traineeReinstated(
        TraineeReinstated(
          enrolmentID: 40, cohortID: 4, from: Self.day(day), why: "сауығып шықты")))
  }

  private static func refused(
    _ reason: Reason, column: String = "person_id", value: String = "",
    _ arguments: [String: String] = [:]
  ) -> Result<Deed, Refusal> {
    .failure(Refusal(reason, column: column, value: value, arguments))
  }

  private static func range(_ day: String) -> Result<Deed, Refusal> {
    Self.refused(
      .outOfRange, column: "from", value: day, ["low": "2026-02-28", "high": "2026-03-15"])
  }

  private static func admitted(_ change: (inout Admission) -> Void) -> Returner {
    var admission = Self.adult
    change(&admission)
    return Self.returner(admission)
  }

  private static func course(_ enrolment: Int64) -> Course {
    Course(
      enrolmentID: enrolment, study: Study(1), cohort: "P1-AST-01",
      startsOn: Self.day("2026-02-02"), endsOn: Self.day("2026-03-31"),
      isPassed: false)
  }

  private static func bar(from day: String) -> Bar {
    Bar(.conviction, days: Period(from: Self.day(day), until: nil))
  }

  private static let cases: [Case] = [
    Case(name: "weeks after", expected: Self.done()),
    Case(name: "on the last day there", from: "2026-02-28", expected: Self.done("2026-02-28")),
    Case(name: "before it", from: "2026-02-27", expected: Self.range("2026-02-27")),
    Case(name: "today", from: "2026-03-15", expected: Self.done("2026-03-15")),
    Case(name: "tomorrow", from: "2026-03-16", expected: Self.range("2026-03-16")),
    Case(
      name: "on the cohort's last day", from: "2026-03-31", today: "2026-04-05",
      expected: Self.done("2026-03-31")),
    Case(
      name: "after it", from: "2026-04-01", today: "2026-04-05",
      expected: Self.refused(
        .enrolledAfterEnd, column: "cohort", value: "P1-ALA-01", ["ends": "2026-03-31"])),
    Case(
      name: "to the tenth place (R-413)", room: Self.room(enrolled: Set(11...19)),
      expected: Self.done()),
    Case(
      name: "to no place (R-413)", room: Self.room(enrolled: Set(11...20)),
      expected: Self.refused(.groupFull, column: "cohort", value: "P1-ALA-01", ["limit": "10"])),
    Case(
      name: "to who is not entitled that day (R-415)", room: Self.room(isEntitled: false),
      expected: .failure(
        Refusal(
          .notEntitledToTrain, column: "cohort", value: "P1-ALA-01", ["day": "2026-03-10"]))),
    Case(
      name: "who trains there by now (R-211)", room: Self.room(trainers: [6, 8]),
      expected: Self.refused(.trainsHimself, column: "cohort", value: "P1-ALA-01")),
    Case(
      name: "taking the programme elsewhere by now (R-412)",
      returner: Self.admitted { $0.courses = [Self.course(41)] },
      expected: Self.refused(
        .alreadyEnrolled, ["programme": "1", "cohort": "P1-AST-01"])),
    Case(
      name: "taking nothing but what he or she comes back to",
      returner: Self.admitted { $0.courses = [Self.course(40)] }, expected: Self.done()),
    Case(
      name: "barred since", returner: Self.admitted { $0.bars = [Self.bar(from: "2026-02-03")] },
      expected: Self.done()),
    Case(
      name: "barred at the first start, told to the School",
      returner: Self.admitted { $0.bars = [Self.bar(from: "2026-02-02")] },
      expected: Self.refused(.barred, ["from": "2026-02-02", "bar": "conviction"])),
    Case(
      name: "barred at the first start, told to a centre (R-125)",
      returner: Self.admitted { $0.bars = [Self.bar(from: "2026-02-02")] }, isSchool: false,
      expected: Self.refused(.barred, ["from": "2026-02-02"])),
    Case(
      name: "25 at the first start",
      returner: Self.admitted { $0.birthDate = Self.day("2001-02-02") }, expected: Self.done()),
    Case(
      name: "25 since",
      returner: Self.admitted { $0.birthDate = Self.day("2001-02-03") },
      expected: Self.refused(.tooYoung, ["age": "25", "day": "2026-02-02"])),
    Case(
      name: "without higher education", returner: Self.admitted { $0.education = .secondary },
      expected: Self.refused(.educationTooLow)),
    Case(
      name: "who holds the programme by now (R-412)",
      returner: Self.admitted { $0.held = [Study(1)] },
      expected: Self.refused(.programmeHeld, ["programme": "1"])),
    Case(
      name: "with an attempt left (R-423)",
      returner: Self.returner(results: [
        AttestationFacts.result(1), AttestationFacts.result(2, attempt: 2, isAnnulled: true),
        AttestationFacts.result(3, attempt: 0, .absent),
      ]), expected: Self.done()),
    Case(
      name: "with no attempt left (R-423)",
      returner: Self.returner(results: [
        AttestationFacts.result(1), AttestationFacts.result(2, attempt: 2),
      ]), expected: Self.refused(.attemptsUsed, ["limit": "2"])),
    Case(
      name: "who is there", place: .enrolled(Self.enrolment),
      expected: Self.refused(.nothingChanged)),
    Case(
      name: "who never was", place: .never,
      expected: Self.refused(.notEnrolled, ["cohort": "P1-ALA-01"])),
    Case(name: "oneself (R-021)", caller: 8, expected: Self.refused(.actsOnHimself)),
  ]

  @Test("to a free place, as admitted at the first start", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try ReinstateTrainee(from: Self.day(given.from), why: " сауығып  шықты")
    let facts = ReinstateTrainee.Facts(
      place: given.place, room: given.room, returner: given.returner)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(
          facts, by: given.caller, isSchool: given.isSchool, on: Self.day(given.today))
      } == given.expected)
  }

  @Test("says why")
  func why() throws {
    #expect(throws: Refusal(.missing, column: "why")) {
      try ReinstateTrainee(from: Self.day("2026-03-10"), why: " ")
    }
  }
}
