@testable import BitimDomain
import Testing

/// Enrolment 40 of person 8 in cohort P1-ALA-01 since 2 February 2026; today is 15 March.
private enum EndFacts {
  static let today = AttestationFacts.day("2026-03-15")
  static let enrolment = EnrolmentRecord(
    id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02"))
  static let place = TraineePlace.enrolled(Self.enrolment)
  static let left = TraineePlace.withdrawn(
    Self.enrolment, lastDay: AttestationFacts.day("2026-02-28"))
  static let hasLeft = Refusal(
    .traineeWithdrawn, column: "person_id",
    ["cohort": "P1-ALA-01", "day": "2026-02-28", "person": PersonNumber.text(8)])
  static let notEnrolled = Refusal(.notEnrolled, column: "person_id", ["cohort": "P1-ALA-01"])
}

@Suite("Withdrawing a trainee (R-420)")
struct WithdrawTraineeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var place = EndFacts.place
    var lastDay = "2026-03-10"
    var lastClass: String?
    var results: [ResultRecord] = []
    var caller: Int64 = 9
    let expected: Result<Deed, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(_ day: String = "2026-03-10") -> Result<Deed, Refusal> {
    .success(
      .traineeWithdrawn(
        TraineeWithdrawn(
          enrolmentID: 40, lastDay: AttestationFacts.day(day), reason: .other, why: "көшіп кетті")))
  }

  private static func range(_ day: String, from low: String) -> Result<Deed, Refusal> {
    .failure(
      Refusal(.outOfRange, column: "last_day", value: day, ["low": low, "high": "2026-03-15"]))
  }

  private static let cases: [Case] = [
    Case(name: "before any class", expected: Self.done()),
    Case(name: "today", lastDay: "2026-03-15", expected: Self.done("2026-03-15")),
    Case(
      name: "tomorrow", lastDay: "2026-03-16",
      expected: Self.range("2026-03-16", from: "2026-02-02")),
    Case(name: "on the day of enrolment", lastDay: "2026-02-02", expected: Self.done("2026-02-02")),
    Case(
      name: "the day before", lastDay: "2026-02-01",
      expected: Self.range("2026-02-01", from: "2026-02-02")),
    Case(name: "on the last class", lastClass: "2026-03-10", expected: Self.done()),
    Case(
      name: "before the last class", lastClass: "2026-03-11",
      expected: Self.range("2026-03-10", from: "2026-03-11")),
    Case(
      name: "on the day of a failure", results: [AttestationFacts.result(1)],
      expected: Self.done()),
    Case(
      name: "before a failure", lastDay: "2026-03-09", results: [AttestationFacts.result(1)],
      expected: Self.range("2026-03-09", from: "2026-03-10")),
    Case(
      name: "before a failure that was annulled", lastDay: "2026-03-09",
      results: [AttestationFacts.result(1, isAnnulled: true)], expected: Self.done("2026-03-09")),
    Case(
      name: "after a pass that was annulled",
      results: [AttestationFacts.result(1, .passed, isAnnulled: true)], expected: Self.done()),
    Case(
      name: "after a pass", results: [AttestationFacts.result(1, .passed)],
      expected: .failure(Refusal(.alreadyPassed, column: "person_id"))),
    Case(
      name: "while a result waits for the chair",
      results: [AttestationFacts.result(1, confirmedBy: 0)],
      expected: .failure(Refusal(.resultPending, column: "person_id"))),
    Case(name: "who never was enrolled", place: .never, expected: .failure(EndFacts.notEnrolled)),
    Case(name: "who was withdrawn", place: EndFacts.left, expected: .failure(EndFacts.hasLeft)),
    Case(
      name: "oneself (R-021)", caller: 8,
      expected: .failure(Refusal(.actsOnHimself, column: "person_id"))),
  ]

  @Test(
    "leaves hours and results, from the last class or attestation to today", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try WithdrawTrainee(
      lastDay: AttestationFacts.day(given.lastDay), for: .other, why: " көшіп  кетті")
    let facts = WithdrawTrainee.Facts(
      place: given.place, cohort: "P1-ALA-01",
      lastClass: given.lastClass.map(AttestationFacts.day), results: given.results)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(facts, by: given.caller, on: EndFacts.today)
      } == given.expected)
  }

  @Test("says why in words where the reason is another, and may elsewhere")
  func words() throws {
    #expect(throws: Refusal(.missing, column: "why")) {
      try WithdrawTrainee(lastDay: EndFacts.today, for: .other, why: " ")
    }
    #expect(try WithdrawTrainee(lastDay: EndFacts.today, for: .illness, why: "").why == "")
  }
}

@Suite("Undoing an enrolment (R-422)")
struct UndoEnrolmentTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var place = EndFacts.place
    var hasHours = false
    var hasResults = false
    var caller: Int64 = 9
    let expected: Result<Deed, Refusal>
    var testDescription: String { self.name }
  }

  private static let cases: [Case] = [
    Case(
      name: "nothing was attended or examined",
      expected: .success(.enrolmentUndone(EnrolmentUndone(enrolmentID: 40, why: "басқа топ")))),
    Case(
      name: "hours are there", hasHours: true,
      expected: .failure(Refusal(.hoursThere, column: "person_id"))),
    Case(
      name: "a result is there", hasHours: true, hasResults: true,
      expected: .failure(Refusal(.resultThere, column: "person_id"))),
    Case(name: "who never was enrolled", place: .never, expected: .failure(EndFacts.notEnrolled)),
    Case(name: "who was withdrawn", place: EndFacts.left, expected: .failure(EndFacts.hasLeft)),
    Case(
      name: "one's own (R-021)", caller: 8,
      expected: .failure(Refusal(.actsOnHimself, column: "person_id"))),
  ]

  @Test("takes it back as if it had not been", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try UndoEnrolment(why: "басқа топ ")
    let facts = UndoEnrolment.Facts(
      place: given.place, cohort: "P1-ALA-01",
      hasHours: given.hasHours, hasResults: given.hasResults)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(facts, by: given.caller)
      } == given.expected)
    #expect(throws: Refusal(.missing, column: "why")) { try UndoEnrolment(why: "") }
  }
}
