@testable import BitimDomain
import Testing

/// Person 8 is in cohort P1-ALA-01 of organisation 7 since 2 February 2026, and is to go to P1-ALA-02 of the
/// same edition on 10 March; today is the 15th.
@Suite("Transferring a trainee (R-421)")
struct TransferTraineeTests {
  private static func day(_ text: String) -> CivilDate { AttestationFacts.day(text) }

  static let enrolment = EnrolmentRecord(
    id: 40, cohortID: 4, personID: 8, enrolledOn: Self.day("2026-02-02"))

  static func room(
    of organisation: Int64 = 7, id: Int64 = 5, edition: Int64 = 25, enrolled: Set<Int64> = [],
    trainers: Set<Int64> = [6], isEntitled: Bool = true, specialisation: Int64 = 0
  ) -> CohortRoom {
    var cohort = AttestationFacts.cohort(
      id, "P1-ALA-02", edition: edition, organisation: organisation)
    cohort.specialisationID = specialisation
    return CohortRoom(
      cohort: cohort,
      edition: AttestationFacts.edition, enrolled: enrolled, trainers: trainers,
      isEntitled: isEntitled)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var place = TraineePlace.enrolled(TransferTraineeTests.enrolment)
    var day = "2026-03-10"
    var lastClass: String? = "2026-02-20"
    var results: [ResultRecord] = []
    var room = TransferTraineeTests.room()
    var isCancelled = false
    var birthDate = "1991-12-31"
    var caller: Int64 = 9
    let expected: Result<Decision, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(
    on day: String = "2026-03-10", takesTwo: Bool = false
  ) -> Result<Decision, Refusal> {
    .success(
      Decision(
        .traineeTransferred(
          TraineeTransferred(
            enrolmentID: 40, from: 4, to: 5, day: Self.day(day), why: "жұмыс кестесі")),
        takesTwo: takesTwo))
  }

  private static func refused(
    _ reason: Reason, column: String = "person_id", value: String = "",
    _ arguments: [String: String] = [:]
  ) -> Result<Decision, Refusal> {
    .failure(Refusal(reason, column: column, value: value, arguments))
  }

  private static func range(_ day: String, from low: String) -> Result<Decision, Refusal> {
    Self.refused(.outOfRange, column: "day", value: day, ["low": low, "high": "2026-03-15"])
  }

  private static let cases: [Case] = [
    Case(name: "within an organisation: at once", expected: Self.done()),
    Case(
      name: "between organisations: by two persons", room: Self.room(of: 8),
      expected: Self.done(takesTwo: true)),
    Case(name: "today", day: "2026-03-15", expected: Self.done(on: "2026-03-15")),
    Case(
      name: "tomorrow", day: "2026-03-16", expected: Self.range("2026-03-16", from: "2026-02-20")),
    Case(name: "on the last class", day: "2026-02-20", expected: Self.done(on: "2026-02-20")),
    Case(
      name: "before the last class", day: "2026-02-19",
      expected: Self.range("2026-02-19", from: "2026-02-20")),
    Case(
      name: "on the day of enrolment", day: "2026-02-02", lastClass: nil,
      expected: Self.done(on: "2026-02-02")),
    Case(
      name: "before it", day: "2026-02-01", lastClass: nil,
      expected: Self.range("2026-02-01", from: "2026-02-02")),
    Case(
      name: "after a failure, with one attempt left",
      results: [AttestationFacts.result(1)], expected: Self.done()),
    Case(
      name: "after the last failure (R-423)",
      results: [AttestationFacts.result(1), AttestationFacts.result(2, attempt: 2)],
      expected: Self.refused(.attemptsUsed, ["limit": "2"])),
    Case(
      name: "after a pass", results: [AttestationFacts.result(1, .passed)],
      expected: Self.refused(.alreadyPassed)),
    Case(
      name: "while a result waits for the chair",
      results: [AttestationFacts.result(1, confirmedBy: 0)],
      expected: Self.refused(.resultPending)),
    Case(
      name: "to where he or she is", room: Self.room(id: 4),
      expected: Self.refused(.nothingChanged, column: "to", value: "P1-ALA-02")),
    Case(
      name: "to another edition", room: Self.room(edition: 26),
      expected: Self.refused(.otherEdition, column: "to", value: "P1-ALA-02")),
    Case(
      name: "to another specialisation (R-306)", room: Self.room(specialisation: 5),
      expected: Self.refused(.otherSpecialisation, column: "to", value: "P1-ALA-02")),
    Case(
      name: "to the tenth place (R-413)", room: Self.room(enrolled: Set(11...19)),
      expected: Self.done()),
    Case(
      name: "to no place (R-413)", room: Self.room(enrolled: Set(11...20)),
      expected: Self.refused(.groupFull, column: "to", value: "P1-ALA-02", ["limit": "10"])),
    Case(
      name: "to where he or she trains (R-211)", room: Self.room(trainers: [8]),
      expected: Self.refused(.trainsHimself, column: "to", value: "P1-ALA-02")),
    Case(
      name: "to who is not entitled that day (R-415)", room: Self.room(isEntitled: false),
      expected: Self.refused(
        .notEntitledToTrain, column: "to", value: "P1-ALA-02", ["day": "2026-03-10"])),
    Case(
      name: "too young at the first start", birthDate: "2001-02-03",
      expected: Self.refused(.tooYoung, ["age": "25", "day": "2026-02-02"])),
    Case(
      name: "who was withdrawn",
      place: .withdrawn(Self.enrolment, lastDay: Self.day("2026-02-28")),
      expected: Self.refused(
        .traineeWithdrawn,
        ["cohort": "P1-ALA-01", "day": "2026-02-28", "person": PersonNumber.text(8)])),
    Case(
      name: "whose cohort was cancelled: from the last day there on (R-431)",
      place: .withdrawn(Self.enrolment, lastDay: Self.day("2026-03-05")), day: "2026-03-05",
      isCancelled: true, expected: Self.done(on: "2026-03-05")),
    Case(
      name: "whose cohort was cancelled: not before",
      place: .withdrawn(Self.enrolment, lastDay: Self.day("2026-03-05")), day: "2026-03-04",
      isCancelled: true, expected: Self.range("2026-03-04", from: "2026-03-05")),
    Case(
      name: "who was transferred",
      place: .transferred(Self.enrolment, to: "P1-AST-01", lastDay: Self.day("2026-02-28")),
      expected: Self.refused(
        .traineeTransferred, ["cohort": "P1-ALA-01", "to": "P1-AST-01", "day": "2026-02-28"])),
    Case(
      name: "who never was", place: .never,
      expected: Self.refused(.notEnrolled, ["cohort": "P1-ALA-01"])),
    Case(name: "oneself (R-021)", caller: 8, expected: Self.refused(.actsOnHimself)),
  ]

  @Test("takes all along, from the last class or attestation to today", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try TransferTrainee(
      8, from: 4, to: given.room.cohort.id, on: Self.day(given.day), typedWhy: " жұмыс  кестесі")
    var sender = AttestationFacts.cohort
    sender.isCancelled = given.isCancelled
    let facts = TransferTrainee.Facts(
      place: given.place, sender: sender,
      departure: Departure(lastClass: given.lastClass.map(Self.day), results: given.results),
      room: given.room,
      returner: Returner(
        40,
        admission: Admission(
          birthDate: Self.day(given.birthDate), education: .higher, bars: [],
          held: []), start: Self.day("2026-02-02"), results: given.results))
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(facts, by: given.caller, isSchool: true, on: Self.day("2026-03-15"))
      } == given.expected)
  }

  @Test("says why")
  func why() throws {
    #expect(throws: Refusal(.missing, column: "why")) {
      try TransferTrainee(8, from: 4, to: 5, on: Self.day("2026-03-10"), typedWhy: "")
    }
  }

  @Test("a transferred trainee is not taken back, but where she is (R-420)")
  func back() throws {
    let place = TraineePlace.transferred(
      Self.enrolment, to: "P1-AST-01", lastDay: Self.day("2026-02-28"))
    #expect(
      throws: Refusal(
        .traineeTransferred, column: "person_id",
        ["cohort": "P1-ALA-01", "to": "P1-AST-01", "day": "2026-02-28"])
    ) { try place.withdrawn(in: "P1-ALA-01", actedOnBy: 9) }
  }

  @Test("hours of a day are told of whoever was there then (R-503)")
  func stays() {
    func stay(_ id: Int64, _ from: String, _ until: String?) -> RecordHours.Stay {
      .init(
        EnrolmentRecord(id: id, cohortID: 4, personID: id, enrolledOn: Self.day(from)),
        lastDay: until.map(Self.day))
    }
    let stays = [
      stay(1, "2026-02-02", "2026-02-10"), stay(1, "2026-03-01", nil),
      stay(2, "2026-02-02", "2026-02-28"), stay(3, "2026-02-20", nil),
    ]
    let first = Self.day("2026-02-02")
    let there: [(day: String, members: [String])] = [
      // Of who came back, the first time, or the second one, which begins later.
      ("2026-02-10", ["1 2026-02-02", "2 2026-02-02", "3 2026-02-20"]),
      ("2026-02-11", ["1 2026-03-01", "2 2026-02-02", "3 2026-02-20"]),
      ("2026-02-28", ["1 2026-03-01", "2 2026-02-02", "3 2026-02-20"]),
      ("2026-03-01", ["1 2026-03-01", "3 2026-02-20"]),
    ]
    for (day, members) in there {
      #expect(
        RecordHours.members(among: stays, on: Self.day(day)).map {
          "\($0.id) \($0.enrolledOn.iso)"
        } == members, "\(day)")
    }
    #expect(RecordHours.members(among: [], on: first) == [])
  }
}
