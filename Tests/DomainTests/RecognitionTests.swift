@testable import BitimDomain
import Testing

/// Case 60: the recognition of person 8, received on 1 August 2026: 40 and 20 hours for programme 1. 9 is a registrar,
/// 10 a certifier, 6 taught and 5 examined the person in enrolment 40.
@Suite("Recognition of training elsewhere (R-440, R-441)")
struct RecognitionTests {
  private static let day = People.day
  private static let claim = Recognition.Claim(
    programme: 1, hours: Hours(theory: 160, practice: 80))
  private static let seen = Recognition.Seen(translation: true, legalisation: false)

  static let recognition = Recognition(
    issuer: "Centro de Mediación", country: "ESP", training: "Curso de mediación",
    claim: Self.claim,
    number: "77", issuedOn: Self.day("2024-05-31"), seen: Self.seen)

  // MARK: What the paper says

  private static func read(
    issuer: String = " Centro de  Mediación ", country: String = "ESP",
    training: String = "Curso de mediación", programme: Int = 1, theory: Int = 160,
    practice: Int = 80, number: String = " 77 ", issuedOn: String = "2024-05-31"
  ) throws -> Recognition {
    try Recognition(
      typedIssuer: issuer, country: country, training: training,
      claim: .init(programme: programme, hours: Hours(theory: theory, practice: practice)),
      number: number, issuedOn: issuedOn, seen: Self.seen, on: People.today)
  }

  @Test(
    "issuer, country, training, hours by kind, number and day are read, and what was seen beside")
  func read() throws {
    #expect(try Self.read() == Self.recognition)
    #expect(try Self.read(number: "").number == "")
    #expect(try Self.read(theory: 0).claim.hours == Hours(theory: 0, practice: 80))
    #expect(try Self.read(theory: 4_000, practice: 4_000).claim.hours.total == 8_000)
    #expect(try Self.read(issuedOn: People.today.iso).issuedOn == People.today)
  }

  @Test("everything that is filled in wrongly is said at once")
  func wrong() {
    let tomorrow = CivilDate(dayNumber: People.today.dayNumber + 1).iso
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "issuer"), Refusal(.missing, column: "training"),
        Refusal(.notInList, column: "country", value: "ESPAÑA"),
        Refusal(.outOfRange, column: "programme", value: "4", ["low": "1", "high": "3"]),
        Refusal(.outOfRange, column: "theory", ["low": "0", "high": "1000"]),
        Refusal(.outOfRange, column: "practice", ["low": "0", "high": "1000"]),
        Refusal(.dateInFuture, column: "issued_on", value: tomorrow),
      ])
    ) {
      try Self.read(
        issuer: "", country: "ESPAÑA", training: " ", programme: 4, theory: -1, practice: 4_001,
        issuedOn: tomorrow)
    }
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "practice"),
        Refusal(.notADate, column: "issued_on", value: "may"),
      ])
    ) { try Self.read(theory: 0, practice: 0, issuedOn: "may") }
    #expect(throws: Refusals(all: [Refusal(.missing, column: "training")])) {
      try Self.read(training: " ")
    }
    let long = String(repeating: "ә", count: 251)
    #expect(
      throws: Refusals(all: [
        Refusal(.textTooLong, column: "number", value: String(long.prefix(40)), ["limit": "500"])
      ])
    ) { try Self.read(number: long) }
  }

  // MARK: Receiving

  private static func received(
    person: Int64 = 8, papers: [CasePaper] = [CaseFacts.paper]
  ) throws -> ReceiveRecognition {
    try ReceiveRecognition(
      of: person, Self.recognition, receivedOn: Self.day("2026-08-01"), papers: papers)
  }

  @Test("it is received of somebody else, with papers, one at a time for a programme")
  func receives() throws {
    #expect(
      try Self.received().decided(open: nil, by: 9)
        == .caseReceived(
          CaseReceived(
            kind: .recognition, person: 8, contested: [], toldOn: nil, lateReason: "", grounds: [],
            papers: [CaseFacts.paper], recognition: Self.recognition)))
    #expect(throws: Refusal(.actsOnHimself, column: "person")) {
      try Self.received().decided(open: nil, by: 8)
    }
    #expect(throws: Refusal(.alreadyThere, column: "person", value: "55")) {
      try Self.received().decided(open: 55, by: 9)
    }
    #expect(throws: Refusal(.missing, column: "person")) { try Self.received(person: 0) }
    #expect(throws: Refusal(.missing, column: "paper")) { try Self.received(papers: []) }
    let many = Array(repeating: CaseFacts.paper, count: 21)
    #expect(throws: Refusal(.tooManyRows, ["limit": "20"])) { try Self.received(papers: many) }
    #expect(throws: Never.self) { try Self.received(papers: Array(many.prefix(20))) }
  }

  // MARK: Deciding

  private typealias Part = DecideRecognition.Part
  private static let part = Part(cohort: 4, hours: Hours(theory: 36, practice: 8))

  private static func act(
    _ outcome: CaseOutcome, reasons: [String] = [" тақырыптары  бірдей "], part: Part? = nil
  ) throws -> DecideRecognition {
    try DecideRecognition(60, of: 8, outcome, reading: reasons, part: part)
  }

  @Test("a decision is one of three, has a reason, and in part says what counts where (R-045)")
  func words() throws {
    #expect(
      try Self.act(.recognised)
        == DecideRecognition(60, of: 8, .recognised, reasons: ["тақырыптары бірдей"], part: nil))
    #expect(try Self.act(.recognisedPart, part: Self.part).part == Self.part)
    let ours: Set<CaseOutcome> = [.recognised, .recognisedPart, .refused]
    for outcome in CaseOutcome.allCases where !ours.contains(outcome) {
      #expect(throws: Refusal(.notInList, column: "outcome", value: outcome.rawValue)) {
        try Self.act(outcome)
      }
    }
    for outcome in [CaseOutcome.recognised, .refused] {
      #expect(throws: Refusal(.notInList, column: "outcome", value: outcome.rawValue)) {
        try Self.act(outcome, part: Self.part)
      }
    }
    #expect(throws: Refusal(.missing, column: "cohort")) { try Self.act(.recognisedPart) }
    #expect(throws: Refusal(.missing, column: "practice")) {
      try Self.act(.recognisedPart, part: Part(cohort: 4, hours: Hours(theory: 0, practice: 0)))
    }
    #expect(throws: Refusal(.missing, column: "reason")) { try Self.act(.refused, reasons: []) }
    #expect(throws: Refusal(.missing, column: "reason")) { try Self.act(.refused, reasons: [" "]) }
    let many = Array(repeating: "себеп", count: 21)
    #expect(throws: Refusal(.tooManyRows, ["limit": "20"])) {
      try Self.act(.refused, reasons: many)
    }
    #expect(throws: Never.self) { try Self.act(.refused, reasons: Array(many.prefix(20))) }
  }

  private static let enrolment = EnrolmentRecord(
    id: 40, cohortID: 4, personID: 8, enrolledOn: Self.day("2026-07-01"))

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var outcome = CaseOutcome.recognisedPart
    var theory = 36
    var practice = 8
    var caller: Int64 = 10
    var hand = Hand.certifier
    var today = "2026-08-05"
    var kind = CaseKind.recognition
    var claim: Recognition.Claim? = RecognitionTests.claim
    var moves: [(CaseStep, String)] = []
    var end: CaseOutcome?
    var place = TraineePlace.enrolled(RecognitionTests.enrolment)
    var programme = 1
    var recognised = Hours(theory: 0, practice: 0)
    var hasPass = false
    let expected: Result<Decision, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(
    _ outcome: CaseOutcome, _ hours: Hours? = nil
  ) -> Result<Decision, Refusal> {
    .success(
      Decision(
        .caseDecided(
          CaseDecided(
            case: 60, outcome: outcome, reasons: ["бірдей"],
            recognised: hours.map { RecognisedHours(enrolmentID: 40, hours: $0) })),
        takesTwo: true))
  }

  private static let who = ["who": PersonNumber.text(8)]
  private static func above(_ most: String, _ percent: Int, there: String) -> Refusal {
    Refusal(
      .recognisedAbove, column: "practice",
      ["limit": most, "percent": "\(percent)", "there": there])
  }

  private static let cases: [Case] = [
    Case(name: "in full", outcome: .recognised, expected: Self.done(.recognised)),
    Case(name: "refused", outcome: .refused, expected: Self.done(.refused)),
    Case(
      name: "in part", expected: Self.done(.recognisedPart, Hours(theory: 36, practice: 8))),
    Case(
      name: "proposed by a registrar", caller: 9, hand: .registrar,
      expected: Self.done(.recognisedPart, Hours(theory: 36, practice: 8))),
    Case(
      name: "proposed by oneself", outcome: .refused, caller: 8, hand: .registrar,
      expected: .failure(Refusal(.actsOnHimself, column: "act", Self.who))),
    Case(
      name: "approved by oneself", outcome: .refused, caller: 8,
      expected: .failure(Refusal(.decidesHimself, column: "act", Self.who))),
    Case(
      name: "approved by who taught there (R-025)", caller: 6,
      expected: .failure(Refusal(.decidesOwnTrainee, column: "act", Self.who))),
    Case(
      name: "approved by who examined there (R-025)", caller: 5,
      expected: .failure(Refusal(.decidesOwnCandidate, column: "act", Self.who))),
    Case(
      name: "proposed by who taught there", caller: 6, hand: .registrar,
      expected: Self.done(.recognisedPart, Hours(theory: 36, practice: 8))),
    Case(
      name: "a case of another kind", outcome: .refused, kind: .complaint, claim: nil,
      expected: .failure(Refusal(.caseUnfit, column: "case", value: "60"))),
    Case(
      name: "an enrolment in another programme", programme: 2,
      expected: .failure(Refusal(.caseUnfit, column: "case", value: "60"))),
    Case(
      name: "while something is missing", outcome: .recognised,
      moves: [(.returned, "2026-08-02")],
      expected: .failure(Refusal(.caseIncomplete, ["last": "2026-08-16"]))),
    Case(
      name: "decided already", outcome: .recognised, end: .refused,
      expected: .failure(Refusal(.caseOutOfOrder, ["state": "decided"]))),
    Case(
      name: "of whom no enrolment is there", place: .never,
      expected: .failure(Refusal(.notEnrolled, column: "person_id", ["cohort": "P1-ALA-01"]))),
    Case(
      name: "beside a pass (R-508)", hasPass: true,
      expected: .failure(Refusal(.alreadyPassed, column: "cohort"))),
    Case(
      name: "as much as the paper has", theory: 160, practice: 80,
      expected: Self.done(.recognisedPart, Hours(theory: 160, practice: 80))),
    Case(
      name: "more theory than the paper has", theory: 161, practice: 0,
      expected: .failure(Refusal(.outOfRange, column: "theory", ["low": "0", "high": "40"]))),
    Case(
      name: "more practice than the paper has", theory: 0, practice: 81,
      expected: .failure(Refusal(.outOfRange, column: "practice", ["low": "0", "high": "20"]))),
    Case(
      name: "fewer than none", theory: -1, practice: 8,
      expected: .failure(Refusal(.outOfRange, column: "theory", ["low": "0", "high": "40"]))),
    // Of 72 hours, 288 quarters, all may be recognised of programme 1.
    Case(
      name: "all hours, with what is there", theory: 144, practice: 80,
      recognised: Hours(theory: 0, practice: 64),
      expected: Self.done(.recognisedPart, Hours(theory: 144, practice: 80))),
    Case(
      name: "a quarter more than all hours", theory: 144, practice: 80,
      recognised: Hours(theory: 1, practice: 64),
      expected: .failure(Self.above("72", 100, there: "16.25"))),
    // Of programme 3 half: 144 quarters.
    Case(
      name: "half of programme 3", theory: 140, practice: 4,
      claim: .init(programme: 3, hours: Hours(theory: 200, practice: 200)), programme: 3,
      expected: Self.done(.recognisedPart, Hours(theory: 140, practice: 4))),
    Case(
      name: "a quarter more than half of programme 3", theory: 140, practice: 5,
      claim: .init(programme: 3, hours: Hours(theory: 200, practice: 200)), programme: 3,
      expected: .failure(Self.above("36", 50, there: "0"))),
    Case(
      name: "half of programme 2 and more", theory: 144, practice: 144,
      claim: .init(programme: 2, hours: Hours(theory: 200, practice: 200)), programme: 2,
      expected: Self.done(.recognisedPart, Hours(theory: 144, practice: 144))),
  ]

  @Test("decided by two, of what the paper has and the edition allows", arguments: Self.cases)
  private func decides(_ given: Case) {
    var file = CaseRecord(
      sequence: 60, kind: given.kind, person: 8, receivedOn: Self.day("2026-08-01"), toldOn: nil,
      grounds: 0, contested: [], moves: CaseFacts.moves(given.moves), claim: given.claim)
    file.end = given.end.map { .init($0, on: Self.day("2026-08-02")) }
    let isPart = given.outcome == .recognisedPart
    let act = DecideRecognition(
      60, of: 8, given.outcome, reasons: ["бірдей"],
      part: isPart
        ? Part(cohort: 4, hours: Hours(theory: given.theory, practice: given.practice)) : nil)
    let facts = DecideRecognition.Facts(
      file: file,
      hands: .init(
        taughtHere: [6], taught: [6: Self.day("2026-07-02")], examinedHere: [5],
        examined: [5: Self.day("2026-07-03")]),
      training: isPart
        ? .init(
          place: given.place, cohort: "P1-ALA-01", edition: .of(programme: given.programme),
          recognised: given.recognised, hasPass: given.hasPass) : nil)
    let decided = Result { () throws(Refusal) in
      try act.decided(facts, by: given.caller, as: given.hand, on: Self.day(given.today))
    }
    #expect(decided == given.expected)
  }

  // MARK: As a case

  private static func file(_ change: (inout CaseRecord) -> Void = { _ in }) -> CaseRecord {
    var file = CaseRecord(
      sequence: 60, kind: .recognition, person: 8, receivedOn: Self.day("2026-08-01"),
      toldOn: nil, grounds: 0, contested: [], claim: Self.claim)
    change(&file)
    return file
  }

  @Test("it is decided in thirty days, extended once by a registrar, and stayed by nobody (R-044)")
  func deadline() throws {
    #expect(Self.file().lastDay == Self.day("2026-08-31"))
    #expect(!Self.file().isDue(on: Self.day("2026-08-23")))
    #expect(Self.file().isDue(on: Self.day("2026-08-24")))
    func moved(_ step: CaseStep, _ file: CaseRecord) throws -> Deed {
      try MoveCase(step, on: Self.day("2026-08-02"), why: "себеп", papers: [])
        .decided(file, marked: [], hands: [], by: 9, isArbiter: false)
    }
    #expect(
      try moved(.extended, Self.file())
        == .caseMoved(CaseMoved(case: 60, step: .extended, why: "себеп", papers: [])))
    let extended = Self.file { $0.moves = CaseFacts.moves([(.extended, "2026-08-02")]) }
    #expect(extended.lastDay == Self.day("2026-09-30"))
    #expect(throws: Refusal(.deadlineExtendedOnce)) { try moved(.extended, extended) }
    #expect(throws: Refusal(.notAllowed, ["roles": "arbiter"])) {
      try moved(.stayed, Self.file())
    }
    // An appeal's deadline stays the arbiter's.
    #expect(throws: Refusal(.notAllowed, ["roles": "arbiter"])) {
      try moved(.extended, CaseFacts.appeal())
    }
  }

  @Test(
    "is neither received nor decided as an appeal or a complaint is, and appointed to by nobody")
  func others() {
    #expect(throws: Refusal(.notInList, column: "kind", value: "recognition")) {
      try ReceiveCase(
        .recognition, of: 8, contesting: [], receivedOn: Self.day("2026-08-01"), toldOn: nil,
        lateReason: "", grounds: ["x"], papers: [])
    }
    for outcome in CaseOutcome.allCases {
      #expect(throws: Refusal(.notInList, column: "outcome", value: outcome.rawValue)) {
        try DecideCase(outcome, on: Self.day("2026-08-02"), reasons: [])
          .decided(Self.file(), marked: [], hands: [], by: 10)
      }
    }
    for outcome in [CaseOutcome.recognised, .recognisedPart, .refused] {
      let ended = Self.file { $0.end = .init(outcome, on: Self.day("2026-08-02")) }
      #expect(ended.state(on: Self.day("2026-08-02")) == .decided)
      #expect(!ended.changesDecision)
    }
  }

  // MARK: What it is good for

  @Test("in full it stands for the certificate asked first, and is no programme held (R-411)")
  func prerequisite() {
    var admission = ReinstateTraineeTests.adult
    let edition = Edition.of(programme: 2, [.prerequisite: .init(1, .school)])
    func refusals() -> [Refusal] { admission.refusals(under: edition, on: Self.day("2026-08-05")) }
    let missing = Refusal(.prerequisiteMissing, ["programme": "1", "day": "2026-08-05"])
    #expect(refusals() == [missing])
    admission.recognised = [2: 60]
    #expect(refusals() == [missing])
    admission.recognised = [1: 60]
    #expect(refusals() == [])
    var room = ReinstateTraineeTests.room()
    room.edition = .of(programme: 1)
    #expect(room.obstacles(admission, from: room.cohort.startsOn, isSchool: true) == [])
  }

  @Test("hours that are recognised count, and are said apart from those attended (R-500)")
  func counted() {
    var dossier = Dossier(
      edition: .of(programme: 2, [.prerequisite: .init(1, .school)]),
      startedOn: Self.day("2026-02-02"), admission: ReinstateTraineeTests.adult,
      hours: Hours(theory: 108, practice: 144), trained: nil, daysNotEntitled: [],
      results: [
        .init(
          id: 1, sessionID: 1, enrolmentID: 40, attempt: 1, outcome: .passed, scores: [:],
          recordedBy: 5, confirmedBy: 3, isAnnulled: false, heldOn: Self.day("2026-03-12"),
          protocolNumber: "№ 11")
      ],
      hasLatinName: true, certificate: CertificateNumber(year: 2026, serial: 1))
    dossier.admission.recognised = [1: 60]
    func arguments(_ rule: RuleFinding.Rule) -> [String: String]? {
      Eligibility.training(dossier).first { $0.rule == rule }?.arguments
    }
    #expect(arguments(.prerequisite) == ["programme": "1", "day": "2026-02-02", "case": "60"])
    #expect(arguments(.hoursTheory) == ["got": "27", "needed": "36", "short": "9"])
    #expect(dossier.groundFinding?.found == "HOURS_THEORY 27 / 36")
    dossier.recognised = Hours(theory: 36, practice: 0)
    #expect(dossier.counted == Hours(theory: 144, practice: 144))
    #expect(
      arguments(.hoursTheory) == ["got": "36", "needed": "36", "short": "0", "recognised": "9"])
    #expect(arguments(.hoursPractice) == ["got": "36", "needed": "36", "short": "0"])
    #expect(dossier.groundFinding == nil)
    // What is printed as attended is what was attended.
    #expect(dossier.datumFinding(printed: Hours(theory: 108, practice: 144)) == nil)
    // A certificate is said where there is one.
    dossier.admission.held = [Study(1)]
    #expect(arguments(.prerequisite) == ["programme": "1", "day": "2026-02-02"])
  }
}
