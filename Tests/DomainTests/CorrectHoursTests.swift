@testable import BitimDomain
import Testing

@Suite("Correcting hours (R-504, R-505, R-506)")
struct CorrectHoursTests {
  private static let enrolment = EnrolmentRecord(
    id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02"))

  /// A class of three hours of the clock, four academic ones, taught by 6 on 3 February 2026.
  private static let held: ClassRecord = {
    guard
      let time = ClassTime(day: AttestationFacts.day("2026-02-03"), starts: 540, ends: 720)
    else { preconditionFailure("a class") }
    return ClassRecord(id: 31, cohortID: 4, time: time, trainerID: 6)
  }()

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var theory = 8
    var practice = 0
    var recorder = RecordHours.Recorder(personID: 9, isRegistrar: true)
    var place = TraineePlace.enrolled(CorrectHoursTests.enrolment)
    var there: Hours? = Hours(theory: 16, practice: 0)
    var stage = CorrectHours.Stage.nothing
    var hasPass = false
    var others = 0
    var today = "2026-06-15"
    var isSchool = true
    let expected: Result<Decision, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(
    _ theory: Int, _ practice: Int, takesTwo: Bool = false
  ) -> Result<Decision, Refusal> {
    .success(Decision(Self.corrected(theory, practice), takesTwo: takesTwo))
  }

  private static func corrected(_ theory: Int, _ practice: Int) -> Deed {
    .hoursCorrected(
      HoursCorrected(
        classID: 31, enrolmentID: 40, hours: Hours(theory: theory, practice: practice),
        reason: .typingError, evidence: "қатысу парағы"))
  }

  private static let trainer = RecordHours.Recorder(personID: 6, isRegistrar: false)

  private static let cases: [Case] = [
    Case(name: "fewer", expected: Self.done(8, 0)),
    Case(name: "of the other kind", theory: 0, practice: 16, expected: Self.done(0, 16)),
    Case(name: "absent", theory: 0, expected: Self.done(0, 0)),
    Case(
      name: "the same", theory: 16,
      expected: .failure(Refusal(.nothingChanged, column: "theory"))),
    Case(
      name: "more than the class is long", theory: 17,
      expected: .failure(
        Refusal(
          .hoursAboveClass, column: "end", value: "12:00", ["hours": "4.25", "needed": "12:12"]))),
    Case(name: "ten hours with others of that day", others: 32, expected: Self.done(8, 0)),
    Case(
      name: "more than ten hours with others of that day", others: 33,
      expected: .failure(
        Refusal(
          .hoursAboveDay, column: "theory", value: "10.25",
          ["limit": "10", "who": PersonNumber.text(8)]))),
    Case(
      name: "who attended none", there: nil,
      expected: .failure(Refusal(.hoursNotThere, column: "starts_at"))),
    Case(
      name: "who never was enrolled", place: .never,
      expected: .failure(
        Refusal(.notEnrolled, column: "person_id", ["cohort": "P1-ALA-01"]))),
    Case(
      name: "who was transferred: where they were earned",
      place: .transferred(
        CorrectHoursTests.enrolment, to: "P1-AST-01",
        lastDay: AttestationFacts.day("2026-02-28")), expected: Self.done(8, 0)),
    Case(
      name: "who was withdrawn",
      place: .withdrawn(
        CorrectHoursTests.enrolment, lastDay: AttestationFacts.day("2026-02-28")),
      expected: .failure(
        Refusal(
          .traineeWithdrawn, column: "person_id",
          ["cohort": "P1-ALA-01", "day": "2026-02-28", "person": PersonNumber.text(8)]))),
    Case(
      name: "on which a result rests", stage: .result, expected: Self.done(8, 0, takesTwo: true)),
    Case(
      name: "on which a result rests, by the centre's registrar", stage: .result, isSchool: false,
      expected: Self.done(8, 0, takesTwo: true)),
    Case(
      name: "on which a result rests, by the trainer", recorder: Self.trainer, stage: .result,
      today: "2026-03-05", isSchool: false,
      expected: .failure(Refusal(.hoursExamined, column: "person_id"))),
    Case(
      name: "on which a certificate rests", stage: .certificate, hasPass: true,
      expected: Self.done(8, 0, takesTwo: true)),
    Case(
      name: "on which a certificate rests, by the centre's registrar", stage: .certificate,
      hasPass: true, isSchool: false, expected: .failure(Refusal(.correctionAtSchool))),
    Case(
      name: "more than there were, beside a fail", theory: 16, practice: 4, stage: .result,
      others: 0,
      expected: .failure(
        Refusal(
          .hoursAboveClass, column: "end", value: "12:00", ["hours": "5", "needed": "12:45"]))),
    Case(
      name: "more theory beside a pass (R-508)", theory: 12, there: Hours(theory: 8, practice: 4),
      stage: .result, hasPass: true,
      expected: .failure(Refusal(.alreadyPassed, column: "theory"))),
    Case(
      name: "more practice beside a pass (R-508)", theory: 4, practice: 8,
      there: Hours(theory: 8, practice: 4), stage: .result, hasPass: true,
      expected: .failure(Refusal(.alreadyPassed, column: "practice"))),
    Case(
      name: "fewer of one kind beside a pass", theory: 8, practice: 0,
      there: Hours(theory: 8, practice: 4), stage: .result, hasPass: true,
      expected: Self.done(8, 0, takesTwo: true)),
    Case(
      name: "one's own (R-021)", recorder: .init(personID: 8, isRegistrar: true),
      expected: .failure(Refusal(.actsOnHimself, column: "person_id"))),
    Case(
      name: "by the trainer, on the thirtieth day", recorder: Self.trainer, today: "2026-03-05",
      expected: Self.done(8, 0)),
    Case(
      name: "by the trainer, a day later", recorder: Self.trainer, today: "2026-03-06",
      expected: .failure(Refusal(.correctedLate, column: "held_on", ["days": "30"]))),
    Case(
      name: "by another trainer", recorder: .init(personID: 7, isRegistrar: false),
      today: "2026-02-04", expected: .failure(Refusal(.notTrainerHere, column: "starts_at"))),
  ]

  private static func act(theory: Int, practice: Int) throws(Refusal) -> CorrectHours {
    try CorrectHours(
      of: 8, in: 4, heldOn: AttestationFacts.day("2026-02-03"), starts: 540, theory: theory,
      practice: practice, for: .typingError, evidence: " қатысу  парағы")
  }

  private static func facts(_ given: Case) -> CorrectHours.Facts {
    .init(
      held: Self.held, cohort: "P1-ALA-01", edition: .of(), place: given.place, there: given.there,
      stage: given.stage, hasPass: given.hasPass, others: given.others)
  }

  @Test("tells anew what one attended, and no more than fits", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try Self.act(theory: given.theory, practice: given.practice)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(
          Self.facts(given), by: given.recorder, isSchool: given.isSchool,
          on: AttestationFacts.day(given.today))
      } == given.expected)
  }

  @Test("is approved by another person, and by a certifier where a certificate rests on it (R-506)")
  func approved() throws {
    let act = try Self.act(theory: 8, practice: 0)
    var given = Case(name: "", expected: Self.done(8, 0))
    func outcome(_ approver: Int64 = 9, isCertifier: Bool) -> Result<Deed, Refusal> {
      AttestationFacts.outcome { () throws(Refusal) in
        try act.approved(Self.facts(given), by: approver, isCertifier: isCertifier)
      }
    }
    given.stage = .result
    #expect(outcome(isCertifier: false) == .success(Self.corrected(8, 0)))
    #expect(
      outcome(8, isCertifier: true) == .failure(Refusal(.actsOnHimself, column: "person_id")))
    given.stage = .certificate
    #expect(outcome(isCertifier: false) == .failure(Refusal(.notAllowed, ["roles": "certifier"])))
    #expect(outcome(isCertifier: true) == .success(Self.corrected(8, 0)))
    // What was annulled meanwhile rests on nothing.
    given.stage = .nothing
    #expect(outcome(isCertifier: false) == .success(Self.corrected(8, 0)))
    given.there = Hours(theory: 8, practice: 0)
    #expect(
      outcome(isCertifier: false) == .failure(Refusal(.nothingChanged, column: "theory")))
  }

  @Test("rests on something, and no hours are below none")
  func words() throws {
    func read(_ theory: Int, _ practice: Int, _ evidence: String) throws(Refusal) -> CorrectHours {
      try CorrectHours(
        of: 8, in: 4, heldOn: AttestationFacts.day("2026-02-03"), starts: 540, theory: theory,
        practice: practice, for: .dispute, evidence: evidence)
    }
    #expect(throws: Refusal(.missing, column: "evidence")) { try read(8, 0, " ") }
    #expect(throws: Refusal(.outOfRange, column: "theory", ["low": "0", "high": "10"])) {
      try read(-1, 1, "x")
    }
  }
}
