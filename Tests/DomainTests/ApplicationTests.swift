@testable import BitimDomain
import Testing

/// Case 60: the application of person 8 for programme 1 at organisation 2, received on 1 August 2026. 9 is a
/// registrar.
@Suite("Applications for training (R-401)")
struct ApplicationTests {
  private static let day = People.day
  private static let goal = AppliedFor(programme: 1, organisation: 2)
  private static let paper = CaseFacts.paper

  private static func file(_ change: (inout CaseRecord) -> Void = { _ in }) -> CaseRecord {
    var file = CaseRecord(
      sequence: 60, kind: .application, person: 8, receivedOn: Self.day("2026-08-01"),
      toldOn: nil, grounds: 0, contested: [], appliedFor: Self.goal)
    change(&file)
    return file
  }

  // MARK: Receiving

  private static func known(
    person: Int64 = 8, form: PersonForm? = nil, programme: Int = 1,
    category: String = " ақылы  топ ",
    consent: String = "2026-01", papers: [CasePaper] = [Self.paper], distinct: [String] = []
  ) throws -> SubmitApplication {
    try SubmitApplication(
      of: person, form, distinctFrom: distinct, evidence: "",
      for: AppliedFor(programme: programme, organisation: 2), category: category,
      consent: consent, receivedOn: Self.day("2026-08-01"), papers: papers, on: People.today)
  }

  private static func deed(
    of person: Int64 = 8, registered: PersonRegistered? = nil, cites: Int64 = 0
  ) -> Deed {
    .caseReceived(
      CaseReceived(
        kind: .application, person: person, contested: [], toldOn: nil, lateReason: "",
        grounds: [], papers: [Self.paper],
        application: Application(
          goal: Self.goal, category: "ақылы топ", consent: "2026-01", registered: registered,
          cites: cites)))
  }

  private static func facts(_ change: (inout SubmitApplication.Facts) -> Void = { _ in })
    -> SubmitApplication.Facts
  {
    var facts = SubmitApplication.Facts(candidates: [], nextPerson: 77)
    change(&facts)
    return facts
  }

  @Test("somebody who is known applies with papers and the version of the consent")
  func known() throws {
    let outcome = try Self.known().decided(Self.facts(), by: 9, persons: .apart)
    #expect(outcome == .init(deed: Self.deed(), warnings: []))
    #expect(throws: Refusal(.actsOnHimself, column: "person")) {
      try Self.known().decided(Self.facts(), by: 8, persons: .apart)
    }
    #expect(throws: Refusal(.actsOnHimself, column: "person")) {
      try Self.known().decided(
        Self.facts(), by: 3, persons: NaturalPersons(lowest: [3: 3, 8: 3]))
    }
    #expect(throws: Refusal(.alreadyThere, column: "person", value: "55")) {
      try Self.known().decided(Self.facts { $0.open = 55 }, by: 9, persons: .apart)
    }
  }

  @Test("everything that is filled in wrongly is said at once")
  func read() {
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "person"), Refusal(.missing, column: "paper"),
      ])
    ) { try Self.known(person: 0, papers: []) }
    #expect(throws: Refusals(all: [Refusal(.missing, column: "person")])) {
      try Self.known(form: People.form())
    }
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "paper"),
        Refusal(.outOfRange, column: "programme", value: "4", ["low": "1", "high": "3"]),
        Refusal(.missing, column: "consent"),
      ])
    ) { try Self.known(programme: 4, consent: " ", papers: []) }
    #expect(throws: Refusals(all: [Refusal(.tooManyRows, ["limit": "20"])])) {
      try Self.known(papers: Array(repeating: Self.paper, count: 21))
    }
    let long = String(repeating: "ә", count: 251)
    #expect(
      throws: Refusals(all: [
        Refusal(
          .textTooLong, column: "category", value: String(long.prefix(40)), ["limit": "500"])
      ])
    ) { try Self.known(category: long) }
  }

  @Test("whom the papers say is found as in a list, or registered by it (R-104 to R-110)")
  func form() throws {
    let there = Candidate(People.aigerim(), isKnownHere: false)
    let act = try Self.known(person: 0, form: People.form())
    let found = try act.decided(
      Self.facts { $0.candidates = [there] }, by: 9, persons: .apart)
    #expect(found.deed == Self.deed(of: 51))
    let new = try act.decided(Self.facts(), by: 9, persons: .apart)
    guard case .caseReceived(let received) = new.deed else {
      Issue.record("nothing was received")
      return
    }
    #expect(received.person == 77)
    #expect(received.application?.registered?.person.id == 77)
    #expect(received.application?.registered?.person.names == People.aigerim().names)
    #expect(found.warnings == [])
    // An identifier more is warned of, and what differs is refused: it is corrected first.
    let more = People.form { $0.identifiers.append(People.typed("N 1")) }
    #expect(
      try Self.known(person: 0, form: more).decided(
        Self.facts { $0.candidates = [there] }, by: 9, persons: .apart)
        == .init(
          deed: Self.deed(of: 51),
          warnings: [Refusal(.identifierNotTaken, column: "document_number", value: "N1")]))
    let differing = People.form { $0.education = 1 }
    #expect(
      throws: Refusal(.differs, column: "education", value: "secondary", ["there": "higher"])
    ) {
      try Self.known(person: 0, form: differing).decided(
        Self.facts { $0.candidates = [there] }, by: 9, persons: .apart)
    }
    var other = People.form()
    other.birthDate = "1990-01-01"
    #expect(throws: Refusal(.identityCheck)) {
      try Self.known(person: 0, form: other).decided(
        Self.facts { $0.candidates = [there] }, by: 9, persons: .apart)
    }
  }

  @Test(
    "the decision that it was wrong to refuse is carried out by an application that cites it (R-630)"
  )
  func cites() throws {
    func appeal(_ change: (inout CaseRecord) -> Void = { _ in }) -> SubmitApplication.Facts {
      let file = CaseFacts.appeal {
        $0.contested = [ContestedAct(50, .application(40))]
        $0.end = .init(.decisionChanged, on: Self.day("2026-08-20"))
        change(&$0)
      }
      return Self.facts { ($0.appeal, $0.refused) = (file, [40: Self.goal]) }
    }
    #expect(
      try Self.known().decided(appeal(), by: 9, persons: .apart).deed == Self.deed(cites: 60))
    let unfit = Refusal(.caseUnfit, column: "case", value: "60")
    for facts in [
      appeal { $0.person = 7 }, appeal { $0.end?.outcome = .decisionStands },
      appeal { $0.end = nil }, appeal { $0.contested = CaseFacts.contested },
    ] {
      #expect(throws: unfit) { try Self.known().decided(facts, by: 9, persons: .apart) }
    }
    var other = appeal()
    other.refused = [40: AppliedFor(programme: 2, organisation: 2)]
    #expect(throws: unfit) { try Self.known().decided(other, by: 9, persons: .apart) }
  }

  // MARK: Deciding

  private static let checks = CheckedMatter.allCases.map { ApplicationCheck($0, on: Self.paper) }

  private static func decided(
    _ outcome: CaseOutcome = .admitted, on day: String = "2026-08-05", reasons: [String] = [],
    checks: [ApplicationCheck] = Self.checks, by caller: Int64 = 9, _ file: CaseRecord = Self.file()
  ) throws -> Deed {
    try DecideApplication(outcome, on: Self.day(day), reasons: reasons, checks: checks)
      .decided(file, by: caller)
  }

  @Test("to admit, somebody has checked age, education and bars; to refuse, there are reasons")
  func decisions() throws {
    #expect(
      try Self.decided()
        == .caseDecided(CaseDecided(case: 60, outcome: .admitted, reasons: [], checks: Self.checks))
    )
    #expect(
      try Self.decided(.refused, reasons: [" диплом  жоқ "], checks: [])
        == .caseDecided(CaseDecided(case: 60, outcome: .refused, reasons: ["диплом жоқ"])))
    for (index, column) in ["age", "education", "bars"].enumerated() {
      var checks = Self.checks
      checks.remove(at: index)
      #expect(throws: Refusal(.missing, column: column)) { try Self.decided(checks: checks) }
    }
    #expect(throws: Refusal(.missing, column: "reason")) { try Self.decided(.refused) }
    #expect(throws: Refusal(.missing, column: "reason")) {
      try Self.decided(.refused, reasons: [" "])
    }
    #expect(throws: Refusal(.alreadyThere, column: "check", value: "age")) {
      try Self.decided(checks: Self.checks + [Self.checks[0]])
    }
    #expect(throws: Refusal(.tooManyRows, ["limit": "20"])) {
      try Self.decided(.refused, reasons: Array(repeating: "x", count: 21))
    }
    for outcome in CaseOutcome.allCases where outcome != .admitted && outcome != .refused {
      #expect(throws: Refusal(.notInList, column: "outcome", value: outcome.rawValue)) {
        try Self.decided(outcome)
      }
    }
  }

  @Test("by somebody else, of an application alone, and while it is complete and open")
  func states() throws {
    #expect(throws: Refusal(.decidesHimself, column: "act")) { try Self.decided(by: 8) }
    #expect(throws: Refusal(.caseUnfit, column: "case", value: "60")) {
      try Self.decided(CaseFacts.appeal())
    }
    #expect(throws: Refusal(.datesReversed, column: "held_on", value: "2026-07-31")) {
      try Self.decided(on: "2026-07-31")
    }
    let returned = Self.file { $0.moves = CaseFacts.moves([(.returned, "2026-08-02")]) }
    #expect(throws: Refusal(.caseIncomplete, ["last": "2026-08-16"])) {
      try Self.decided(returned)
    }
    #expect(throws: Refusal(.caseOutOfOrder, ["state": "lapsed"])) {
      try Self.decided(on: "2026-08-17", returned)
    }
    for outcome in [CaseOutcome.admitted, .refused] {
      let ended = Self.file { $0.end = .init(outcome, on: Self.day("2026-08-02")) }
      #expect(ended.state(on: Self.day("2026-08-02")) == .decided)
      #expect(!ended.changesDecision)
      #expect(throws: Refusal(.caseOutOfOrder, ["state": "decided"])) { try Self.decided(ended) }
    }
  }

  private static func decided(_ file: CaseRecord) throws -> Deed {
    try Self.decided(.admitted, file)
  }

  private static func decided(on day: String, _ file: CaseRecord) throws -> Deed {
    try Self.decided(.admitted, on: day, file)
  }

  @Test("it is decided within ten days, which are not extended (R-044)")
  func deadline() {
    #expect(Self.file().lastDay == Self.day("2026-08-11"))
    #expect(!Self.file().isDue(on: Self.day("2026-08-03")))
    #expect(Self.file().isDue(on: Self.day("2026-08-04")))
    #expect(throws: Refusal(.caseOutOfOrder, ["state": "received"])) {
      try MoveCase(.extended, on: Self.day("2026-08-02"), why: "x", papers: [])
        .decided(Self.file(), marked: [], hands: [], by: 10, isArbiter: true)
    }
  }

  @Test("is neither received nor decided as an appeal or a complaint is")
  func others() {
    #expect(throws: Refusal(.notInList, column: "kind", value: "application")) {
      try ReceiveCase(
        .application, of: 8, contesting: [], receivedOn: Self.day("2026-08-01"), toldOn: nil,
        lateReason: "", grounds: ["x"], papers: [])
    }
    for outcome in CaseOutcome.allCases {
      #expect(throws: Refusal(.notInList, column: "outcome", value: outcome.rawValue)) {
        try DecideCase(outcome, on: Self.day("2026-08-02"), reasons: [])
          .decided(Self.file(), marked: [], hands: [], by: 10)
      }
    }
  }

  @Test(
    "the days of an appeal against a refusal are counted from the day that was recorded (R-630)")
  func appealed() throws {
    func received(told: String) throws -> Deed {
      try ReceiveCase(
        .appeal, of: 8, contesting: [50], receivedOn: Self.day("2026-08-30"),
        toldOn: Self.day(told), lateReason: "", grounds: ["x"], papers: []
      ).decided(
        [ContestedAct(50, .application(40))], notifiedOn: Self.day("2026-08-03"), by: 9,
        isArbiter: false)
    }
    #expect(throws: Never.self) { try received(told: "2026-08-03") }
    #expect(
      throws: Refusal(
        .differs, column: "told_on", value: "2026-08-20", ["there": "2026-08-03"])
    ) { try received(told: "2026-08-20") }
  }

  // MARK: Enrolment

  @Test("where an application is asked for nobody begins without one that was admitted there")
  func needed() throws {
    var room = ReinstateTraineeTests.room()
    let (cohort, programme) = (room.cohort, room.edition.programme)
    let missing = Refusal(
      .applicationMissing, column: "cohort", value: cohort.code, ["programme": "\(programme)"])
    var admission = ReinstateTraineeTests.adult
    func obstacles(under enrolment: Int64? = nil) -> [Refusal] {
      room.obstacles(admission, from: cohort.startsOn, under: enrolment, isSchool: true)
    }
    #expect(obstacles() == [])
    room.needsApplication = true
    #expect(obstacles() == [missing])
    admission.admittedTo = [
      AppliedFor(programme: programme, organisation: cohort.organisationID + 1),
      AppliedFor(programme: programme + 1, organisation: cohort.organisationID),
    ]
    #expect(obstacles() == [missing])
    // Who goes on under an enrolment begins nothing.
    #expect(obstacles(under: 300) == [])
    admission.admittedTo.insert(
      AppliedFor(programme: programme, organisation: cohort.organisationID))
    #expect(obstacles() == [])
  }
}
