@testable import BitimDomain
import Testing

/// Cohort P1-ALA-01 was opened for 2 February to 31 March 2026; today is 15 February.
@Suite("Changing a cohort (R-430)")
struct AmendCohortTests {
  private static func day(_ text: String) -> CivilDate { AttestationFacts.day(text) }

  private static func cohort(
    _ from: String = "2026-02-02", _ until: String = "2026-03-31", isCancelled: Bool = false
  ) -> CohortRecord {
    var cohort = AttestationFacts.cohort
    (cohort.startsOn, cohort.endsOn) = (Self.day(from), Self.day(until))
    cohort.isCancelled = isCancelled
    return cohort
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var from: String?
    var until: String?
    var form: CourseForm?
    var place = ""
    var cohort = AmendCohortTests.cohort()
    var classes: [String] = ["2026-02-03", "2026-03-10"]
    var makeUps: [String] = []
    var sessions: [String] = ["2026-03-20"]
    var enrolled: String? = "2026-02-02"
    var isEntitled = true
    var beginners: [AmendCohort.Beginner] = []
    let expected: Result<Deed, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(
    _ from: String = "2026-02-02", _ until: String = "2026-03-31", _ form: CourseForm = .inPerson,
    _ place: String = "Алматы"
  ) -> Result<Deed, Refusal> {
    .success(
      .cohortAmended(
        CohortAmended(
          cohortID: 4, startsOn: Self.day(from), endsOn: Self.day(until), form: form,
          place: place, why: "ғимарат жөнделеді")))
  }

  private static func refused(
    _ reason: Reason, column: String, value: String = "", _ arguments: [String: String] = [:]
  ) -> Result<Deed, Refusal> {
    .failure(Refusal(reason, column: column, value: value, arguments))
  }

  private static func born(
    _ day: String, on enrolled: String = "2026-01-20"
  ) -> [AmendCohort.Beginner] {
    [
      .init(
        person: 8, enrolledOn: Self.day(enrolled),
        admission: Admission(
          birthDate: Self.day(day), education: .higher, bars: [], held: []))
    ]
  }

  private static let cases: [Case] = [
    Case(
      name: "form and place", form: .blended, place: " Қонаев  қаласы",
      expected: Self.done("2026-02-02", "2026-03-31", .blended, "Қонаев қаласы")),
    Case(name: "a later end", until: "2026-04-30", expected: Self.done("2026-02-02", "2026-04-30")),
    Case(
      name: "to the first and the last class", from: "2026-02-03", until: "2026-03-10",
      expected: Self.done("2026-02-03", "2026-03-10")),
    Case(
      name: "later than the first class", from: "2026-02-04",
      expected: Self.refused(.classOutside, column: "starts_on", ["day": "2026-02-03"])),
    Case(
      name: "before the last class", until: "2026-03-09",
      expected: Self.refused(.classOutside, column: "ends_on", ["day": "2026-03-10"])),
    Case(
      name: "sixty days before a class that makes up another (R-507)", until: "2026-03-30",
      makeUps: ["2026-05-29"], expected: Self.done("2026-02-02", "2026-03-30")),
    Case(
      name: "a day more before it", until: "2026-03-30", makeUps: ["2026-05-30"],
      expected: Self.refused(.classOutside, column: "ends_on", ["day": "2026-05-30"])),
    Case(
      name: "later than a class that makes up another", from: "2026-02-05", classes: [],
      makeUps: ["2026-02-04"], enrolled: nil,
      expected: Self.refused(.classOutside, column: "starts_on", ["day": "2026-02-04"])),
    Case(
      name: "to the day of the attestation", from: "2026-03-20", classes: [], enrolled: nil,
      expected: Self.done("2026-03-20", "2026-03-31")),
    Case(
      name: "later than the attestation", from: "2026-03-21", classes: [], enrolled: nil,
      expected: Self.refused(.classOutside, column: "starts_on", ["day": "2026-03-20"])),
    Case(
      name: "before somebody came", until: "2026-03-15", enrolled: "2026-03-16",
      expected: Self.refused(
        .enrolledAfterEnd, column: "ends_on", value: "2026-03-16", ["ends": "2026-03-15"])),
    Case(
      name: "twelve months longer", until: "2027-03-31",
      expected: Self.done("2026-02-02", "2027-03-31")),
    Case(
      name: "a day more", until: "2027-04-01",
      expected: Self.refused(
        .outOfRange, column: "ends_on", value: "2027-04-01",
        ["low": "2026-02-02", "high": "2027-03-31"])),
    Case(
      name: "a day more at the beginning, in sum", from: "2026-02-01",
      cohort: Self.cohort("2026-02-02", "2027-03-31"),
      expected: Self.refused(
        .outOfRange, column: "ends_on", value: "2027-03-31",
        ["low": "2026-02-01", "high": "2027-03-30"])),
    Case(
      name: "reversed", until: "2026-02-01",
      expected: Self.refused(.datesReversed, column: "ends_on", value: "2026-02-01")),
    Case(
      name: "more than two years ahead (R-016)", from: "2028-02-16", until: "2028-02-20",
      expected: Self.refused(
        .outOfRange, column: "starts_on", value: "2028-02-16",
        ["low": "2000-01-01", "high": "2028-02-15"])),
    Case(
      name: "to a day without entitlement (R-203)", from: "2026-02-01", isEntitled: false,
      expected: Self.refused(
        .notEntitledToTrain, column: "starts_on", value: "2026-02-01",
        ["day": "2026-02-01"])),
    Case(
      name: "another end, of who is entitled no more", until: "2026-04-30", isEntitled: false,
      expected: Self.done("2026-02-02", "2026-04-30")),
    Case(
      name: "earlier, 25 that day", from: "2026-02-01", beginners: Self.born("2001-02-01"),
      expected: Self.done("2026-02-01", "2026-03-31")),
    Case(
      name: "earlier, not yet 25 (R-410)", from: "2026-02-01", beginners: Self.born("2001-02-02"),
      expected: Self.refused(
        .tooYoung, column: "starts_on", value: PersonNumber.text(8),
        ["age": "25", "day": "2026-02-01"])),
    Case(
      name: "earlier, of who came later", from: "2026-02-01",
      beginners: Self.born("2001-02-02", on: "2026-02-02"),
      expected: Self.done("2026-02-01", "2026-03-31")),
    Case(
      name: "later: who was admitted is", from: "2026-02-03", beginners: Self.born("2005-01-01"),
      expected: Self.done("2026-02-03", "2026-03-31")),
    Case(
      name: "nothing", until: "2026-03-31",
      expected: Self.refused(.nothingChanged, column: "code", value: "P1-ALA-01")),
    Case(
      name: "one that is cancelled", until: "2026-04-30",
      cohort: Self.cohort(isCancelled: true),
      expected: Self.refused(.cohortClosed, column: "code", value: "P1-ALA-01")),
  ]

  @Test("leaves every class within, and no longer than twelve months in sum", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try AmendCohort(
      from: given.from.map(Self.day), until: given.until.map(Self.day), form: given.form,
      place: given.place, why: " ғимарат  жөнделеді")
    let facts = AmendCohort.Facts(
      cohort: given.cohort, opened: Self.cohort(), edition: AttestationFacts.edition,
      classDays: given.classes.map(Self.day), makeUpDays: given.makeUps.map(Self.day),
      makeUpDaysMax: 60, sessionDays: given.sessions.map(Self.day),
      lastEnrolledOn: given.enrolled.map(Self.day), isEntitled: given.isEntitled,
      beginners: given.beginners)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(facts, isSchool: true, on: Self.day("2026-02-15"))
      } == given.expected)
  }

  @Test("says why")
  func why() throws {
    #expect(throws: Refusal(.missing, column: "why")) {
      try AmendCohort(from: nil, until: nil, form: nil, place: "", why: "")
    }
  }
}

@Suite("Cancelling a cohort (R-431)")
struct CancelCohortTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var isCancelled = false
    var session: String?
    var results: [ResultRecord] = []
    var today = "2026-03-15"
    let expected: Result<Deed, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(_ day: String = "2026-03-15") -> Result<Deed, Refusal> {
    .success(
      .cohortCancelled(
        CohortCancelled(
          cohortID: 4, enrolmentIDs: [40, 41], lastDay: AttestationFacts.day(day),
          why: "жаттықтырушы жоқ")))
  }

  private static func refused(
    _ reason: Reason, _ arguments: [String: String] = [:]
  ) -> Result<Deed, Refusal> {
    .failure(Refusal(reason, column: "code", value: "P1-ALA-01", arguments))
  }

  private static let cases: [Case] = [
    Case(name: "its trainees are withdrawn today", expected: Self.done()),
    Case(name: "on its last day", today: "2026-03-31", expected: Self.done("2026-03-31")),
    Case(
      name: "after it", today: "2026-04-01",
      expected: Self.refused(.enrolledAfterEnd, ["ends": "2026-03-31"])),
    Case(
      name: "before its session is", session: "S-14",
      expected: Self.refused(.sessionThere, ["session": "S-14"])),
    Case(
      name: "with a failure that is confirmed", results: [AttestationFacts.result(1)],
      expected: Self.done()),
    Case(
      name: "with a pass", session: "S-14", results: [AttestationFacts.result(1, .passed)],
      expected: Self.refused(.resultThere)),
    Case(
      name: "with a pass that was annulled",
      results: [AttestationFacts.result(1, .passed, isAnnulled: true)], expected: Self.done()),
    Case(
      name: "while a result waits for the chair",
      results: [AttestationFacts.result(1, confirmedBy: 0)],
      expected: Self.refused(.resultThere)),
    Case(name: "again", isCancelled: true, expected: Self.refused(.cohortClosed)),
  ]

  @Test("before its end, without a result that stands, its sessions first", arguments: Self.cases)
  func decided(_ given: Case) throws {
    var cohort = AttestationFacts.cohort
    cohort.isCancelled = given.isCancelled
    let facts = CancelCohort.Facts(
      cohort: cohort, session: given.session, results: given.results, enrolments: [40, 41])
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try CancelCohort(why: "жаттықтырушы  жоқ").decided(
          facts, on: AttestationFacts.day(given.today))
      } == given.expected)
    #expect(throws: Refusal(.missing, column: "why")) { try CancelCohort(why: " ") }
  }
}
