@testable import BitimDomain
import Testing

@Suite("Recording results")
struct RecordResultsTests {
  /// A row and its facts, one thing changed; 50 is the first id that is free.
  struct Case: CustomTestStringConvertible, Sendable {
    enum Expected: Sendable {
      case refusal(Refusal)
      case recorded(attempt: Int, ResultOutcome, replaces: Int64)
      case unchanged
    }
    let name: String
    let expected: Expected
    let change: @Sendable (inout RecordResults.Row, inout RecordResults.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ expected: Expected,
      _ change: @escaping @Sendable (inout RecordResults.Row, inout RecordResults.Facts) -> Void
    ) {
      self.name = name
      self.expected = expected
      self.change = change
    }

    /// Refused for the candidate.
    init(
      _ name: String, _ reason: Reason, _ arguments: [String: String] = [:],
      _ change: @escaping @Sendable (inout RecordResults.Row, inout RecordResults.Facts) -> Void
    ) {
      self.init(
        name,
        .refusal(Refusal(reason, column: "candidate", value: "Ахметова", arguments)), change)
    }
  }

  /// Passed in both components, the first attempt.
  private static let row = RecordResults.Row(
    candidate: "Ахметова", scores: [(.test, 60), (.interview, 70)])

  private static let place = RecordResults.Place(
    enrolment: EnrolmentRecord(
      id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
    cohort: AttestationFacts.cohort, results: [])

  private static let facts = RecordResults.Facts(
    place: Self.place, hours: Hours(theory: 144, practice: 144),
    lastClass: AttestationFacts.day("2026-03-20"), teachers: AttestationFacts.teachers)

  /// Two attempts are used, a third was annulled, and who failed is examined anew.
  private static func again(
    _ facts: inout RecordResults.Facts, _ decided: String, before commission: Set<Int64> = [9]
  ) {
    facts.place.results = [
      AttestationFacts.result(31), AttestationFacts.result(32, attempt: 2),
      AttestationFacts.result(33, attempt: 3, isAnnulled: true),
    ]
    facts.anew = ReExamination(
      decidedOn: AttestationFacts.day(decided), commission: commission)
  }

  /// A result of the same session with the row's scores.
  private static func here(
    _ id: Int64, attempt: Int = 1, confirmedBy: Int64 = 0, recordedBy: Int64 = 2,
    isAnnulled: Bool = false
  ) -> ResultRecord {
    AttestationFacts.result(
      id, in: 14, attempt: attempt, .passed, scores: [.test: 60, .interview: 70],
      recordedBy: recordedBy, confirmedBy: confirmedBy, isAnnulled: isAnnulled)
  }

  private static let absentHere = AttestationFacts.result(
    31, in: 14, attempt: 0, .absent, scores: [:], confirmedBy: 0)

  private static func list(
    by recorder: Int64 = 2, on today: String = "2026-03-20",
    in session: SessionRecord = AttestationFacts.session,
    under edition: Edition = AttestationFacts.edition
  ) throws(Refusal) -> RecordResults {
    try RecordResults(
      in: session, of: AttestationFacts.cohort, under: edition, by: recorder,
      on: AttestationFacts.day(today), firstID: 50)
  }

  // Of what the row says.
  private static let rows: [Case] = [
    Case("passed at each pass mark", .recorded(attempt: 1, .passed, replaces: 0)) { _, _ in },
    Case("failed by one point in one component", .recorded(attempt: 1, .failed, replaces: 0)) {
      row, _ in row.scores[1].points = 69
    },
    Case("failed in the other", .recorded(attempt: 1, .failed, replaces: 0)) { row, _ in
      row.scores[0].points = 59
    },
    Case("absent", .recorded(attempt: 0, .absent, replaces: 0)) { row, _ in
      row.instead = .absent
      row.scores = []
    },
    Case(
      "absent, with scores",
      .refusal(Refusal(.scoreNotAsked, column: "absent", value: "Ахметова"))
    ) { row, _ in row.instead = .absent },
    Case(
      "a component twice", .refusal(Refusal(.scoreTwice, column: "test", value: "80"))
    ) { row, _ in row.scores.append((.test, 80)) },
    Case(
      "a component that is not asked",
      .refusal(Refusal(.scoreNotAsked, column: "role_play", value: "80"))
    ) { row, _ in row.scores.append((.rolePlay, 80)) },
    Case("a component without a score", .refusal(Refusal(.scoreMissing, column: "interview"))) {
      row, _ in row.scores.removeLast()
    },
    Case("no scores at all", .refusal(Refusal(.scoreMissing, column: "test"))) { row, _ in
      row.scores = []
    },
    Case("the highest score", .recorded(attempt: 1, .passed, replaces: 0)) { row, _ in
      row.scores[0].points = 100
    },
    Case("the lowest score", .recorded(attempt: 1, .failed, replaces: 0)) { row, _ in
      row.scores[0].points = 0
    },
    Case(
      "above the highest",
      .refusal(
        Refusal(.outOfRange, column: "test", value: "101", ["low": "0", "high": "100"]))
    ) { row, _ in row.scores[0].points = 101 },
    Case(
      "below the lowest",
      .refusal(Refusal(.outOfRange, column: "test", value: "-1", ["low": "0", "high": "100"]))
    ) { row, _ in row.scores[0].points = -1 },
  ]

  // Of what is recorded already: a row for other than that is never "unchanged".
  private static let standing: [Case] = [
    Case("the same again", .unchanged) { $1.place.results = [Self.here(31)] },
    Case("the same again, recorded by another", .unchanged) {
      $1.place.results = [Self.here(31, recordedBy: 3)]
    },
    Case("the same again, after the confirmation", .unchanged) {
      $1.place.results = [Self.here(31, confirmedBy: 1)]
    },
    Case("absent again", .unchanged) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.place.results = [Self.absentHere]
    },
    Case("other scores", .recorded(attempt: 1, .passed, replaces: 31)) { row, facts in
      row.scores[0].points = 61
      facts.place.results = [Self.here(31)]
    },
    Case("absent after all", .recorded(attempt: 0, .absent, replaces: 31)) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.place.results = [Self.here(31)]
    },
    Case("there after all", .recorded(attempt: 1, .passed, replaces: 31)) {
      $1.place.results = [Self.absentHere]
    },
    Case("a second attempt, corrected", .recorded(attempt: 2, .passed, replaces: 32)) {
      $1.place.results = [AttestationFacts.result(31)]
      $1.place.results.append(
        AttestationFacts.result(32, in: 14, attempt: 2, confirmedBy: 0))
    },
    Case("other scores after the confirmation", .alreadyConfirmed) { row, facts in
      row.scores[0].points = 61
      facts.place.results = [Self.here(31, confirmedBy: 1)]
    },
    Case("absent after the confirmation", .alreadyConfirmed) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.place.results = [Self.here(31, confirmedBy: 1)]
    },
    Case("there, after an absence was confirmed", .alreadyConfirmed) {
      $1.place.results = [Self.absentHere]
      $1.place.results[0].confirmedBy = 1
    },
    Case("other scores than another recorded", .notYourRecord) { row, facts in
      row.scores[0].points = 61
      facts.place.results = [Self.here(31, recordedBy: 3)]
    },
    Case("the same as one annulled", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [Self.here(31, confirmedBy: 1, isAnnulled: true)]
    },
    Case("absent, as one annulled", .recorded(attempt: 0, .absent, replaces: 0)) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.place.results = [Self.absentHere]
      (facts.place.results[0].confirmedBy, facts.place.results[0].isAnnulled) = (1, true)
    },
  ]

  // Attempts.
  private static let attempts: [Case] = [
    Case("the second", .recorded(attempt: 2, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31)]
    },
    Case("a third of two", .attemptsUsed, ["limit": "2"]) {
      $1.place.results = [AttestationFacts.result(31), AttestationFacts.result(32, attempt: 2)]
    },
    // Examined anew: decided on 19 January, the session of 20 March is on the sixtieth day.
    Case("anew when all are used", .recorded(attempt: 3, .passed, replaces: 0)) {
      Self.again(&$1, "2026-01-19")
    },
    Case("anew a day too late", .attemptsUsed, ["limit": "2"]) { Self.again(&$1, "2026-01-18") },
    Case("anew before it was decided", .attemptsUsed, ["limit": "2"]) {
      Self.again(&$1, "2026-03-21")
    },
    Case("anew on the day", .recorded(attempt: 3, .passed, replaces: 0)) {
      Self.again(&$1, "2026-03-20")
    },
    Case("anew beyond one", .attemptsUsed, ["limit": "2"]) {
      Self.again(&$1, "2026-01-19")
      $1.place.results.append(AttestationFacts.result(34, attempt: 3))
    },
    Case(
      "anew before who sat then", .commissionNotNew,
      ["examiner": "P-3-89", "last": "2026-03-20"]
    ) { Self.again(&$1, "2026-01-19", before: [3, 9]) },
    Case("too late before who sat then", .attemptsUsed, ["limit": "2"]) {
      Self.again(&$1, "2026-01-18", before: [3, 9])
    },
    Case("absent when all are used", .recorded(attempt: 0, .absent, replaces: 0)) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.place.results = [
        AttestationFacts.result(31), AttestationFacts.result(32, attempt: 2),
      ]
    },
    Case("after absences, which use none", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [31, 32].map {
        AttestationFacts.result($0, attempt: 0, .absent, scores: [:])
      }
    },
    Case("the first was annulled elsewhere", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [
        AttestationFacts.result(31, isAnnulled: true), AttestationFacts.result(32, attempt: 2),
      ]
    },
    Case("both were annulled elsewhere", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [
        AttestationFacts.result(31, isAnnulled: true),
        AttestationFacts.result(32, attempt: 2, isAnnulled: true),
      ]
    },
    Case(
      "the second was annulled here, the first elsewhere",
      .recorded(attempt: 2, .passed, replaces: 0)
    ) {
      $1.place.results = [
        AttestationFacts.result(31, isAnnulled: true),
        Self.here(32, attempt: 2, confirmedBy: 1, isAnnulled: true),
      ]
    },
    Case(
      "annulled here, its number given away since",
      .recorded(attempt: 2, .passed, replaces: 0)
    ) {
      $1.place.results = [
        Self.here(31, confirmedBy: 1, isAnnulled: true), AttestationFacts.result(32),
      ]
    },
  ]

  // What stands in place of marks, and whether it uses an attempt.
  private static let instead: [Case] = [
    Case("excluded", .recorded(attempt: 1, .excluded, replaces: 0)) { row, _ in
      (row.instead, row.scores, row.why) = (.excluded, [], "телефоннан көшірді")
    },
    Case("excluded, and not said why", .refusal(Refusal(.missing, column: "why"))) { row, _ in
      (row.instead, row.scores, row.why) = (.excluded, [], " ")
    },
    Case(
      "excluded, with scores",
      .refusal(Refusal(.scoreNotAsked, column: "excluded", value: "Ахметова"))
    ) { row, _ in (row.instead, row.why) = (.excluded, "телефоннан көшірді") },
    Case("excluded when all are used", .attemptsUsed, ["limit": "2"]) { row, facts in
      (row.instead, row.scores, row.why) = (.excluded, [], "телефоннан көшірді")
      facts.place.results = [
        AttestationFacts.result(31), AttestationFacts.result(32, attempt: 2, .excluded),
      ]
    },
    Case("interrupted", .recorded(attempt: 0, .interrupted, replaces: 0)) { row, _ in
      (row.instead, row.scores, row.why) = (.interrupted, [], "жарық сөнді")
    },
    Case("interrupted, and not said why", .refusal(Refusal(.missing, column: "why"))) { row, _ in
      (row.instead, row.scores) = (.interrupted, [])
    },
    Case("interrupted before the last class", .beforeLastClass, ["last": "2026-03-21"]) {
      row, facts in
      (row.instead, row.scores, row.why) = (.interrupted, [], "жарық сөнді")
      facts.lastClass = AttestationFacts.day("2026-03-21")
    },
    Case("interrupted elsewhere, and not confirmed", .resultPending) {
      $1.place.results = [
        AttestationFacts.result(31, attempt: 0, .interrupted, scores: [:], confirmedBy: 0)
      ]
    },
    Case("after an interruption, which uses none", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31, attempt: 0, .interrupted, scores: [:])]
    },
    Case(
      "scores, and why", .refusal(Refusal(.notInList, column: "why", value: "Ахметова"))
    ) { row, _ in row.why = "анықтама" },
    Case(
      "passed, said and not scored",
      .refusal(Refusal(.notInList, column: "outcome", value: "Ахметова"))
    ) { row, _ in (row.instead, row.scores) = (.passed, []) },
    Case("absent, excused", .recorded(attempt: 0, .absent, replaces: 0)) { row, _ in
      (row.instead, row.scores, row.why) = (.absent, [], "№ 12 анықтама")
    },
    Case("absent again, now excused", .recorded(attempt: 0, .absent, replaces: 31)) {
      row, facts in
      (row.instead, row.scores, row.why) = (.absent, [], "№ 12 анықтама")
      facts.place.results = [Self.absentHere]
    },
    Case(
      "absent, excused with what nobody can see",
      .refusal(Refusal(.invisibleCharacter, column: "why"))
    ) { row, _ in (row.instead, row.scores, row.why) = (.absent, [], "a\u{200B}b") },
  ]

  // The same under an edition whose absences use attempts, which asks to wait fourteen days.
  private static let strict: [Case] = [
    Case("absent", .recorded(attempt: 1, .absent, replaces: 0)) { row, _ in
      (row.instead, row.scores) = (.absent, [])
    },
    Case("absent, excused", .recorded(attempt: 0, .absent, replaces: 0)) { row, _ in
      (row.instead, row.scores, row.why) = (.absent, [], "№ 12 анықтама")
    },
    Case("absent, the hours short", .hoursShort, ["kind": "theory", "got": "35", "needed": "36"]) {
      row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.hours.theory = 140
    },
    Case("absent, the hours short, excused", .recorded(attempt: 0, .absent, replaces: 0)) {
      row, facts in
      (row.instead, row.scores, row.why) = (.absent, [], "№ 12 анықтама")
      facts.hours.theory = 140
    },
    Case("after an absence that used one", .recorded(attempt: 2, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31, .absent, scores: [:])]
      $1.place.results[0].heldOn = AttestationFacts.day("2026-03-06")
    },
    Case("after an absence that waits", .resultPending) {
      $1.place.results = [AttestationFacts.result(31, .absent, scores: [:], confirmedBy: 0)]
      $1.place.results[0].heldOn = AttestationFacts.day("2026-03-06")
    },
    Case("a day before the wait is over", .retakeTooEarly, ["day": "2026-03-21"]) {
      $1.place.results = [AttestationFacts.result(31)]
      $1.place.results[0].heldOn = AttestationFacts.day("2026-03-07")
    },
    Case("when the wait is over", .recorded(attempt: 2, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31)]
      $1.place.results[0].heldOn = AttestationFacts.day("2026-03-06")
    },
    Case("anew, before the wait is over", .recorded(attempt: 2, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31)]
      $1.anew = ReExamination(decidedOn: AttestationFacts.day("2026-03-12"), commission: [9])
    },
    Case("excused, before the wait is over", .recorded(attempt: 0, .absent, replaces: 0)) {
      row, facts in
      (row.instead, row.scores, row.why) = (.absent, [], "№ 12 анықтама")
      facts.place.results = [AttestationFacts.result(31)]
    },
    Case("after what used none", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [
        AttestationFacts.result(31, attempt: 0, .interrupted, scores: [:]),
        AttestationFacts.result(32, isAnnulled: true),
      ]
    },
    Case("beside one of a later session", .recorded(attempt: 2, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31)]
      $1.place.results[0].heldOn = AttestationFacts.day("2026-03-21")
    },
    Case("in place of the same session's", .recorded(attempt: 1, .failed, replaces: 31)) {
      row, facts in
      row.scores[0].points = 0
      facts.place.results = [Self.here(31)]
      facts.place.results[0].heldOn = AttestationFacts.day("2026-03-20")
    },
  ]

  // Of separation: persons are compared.
  private static let separation: [Case] = [
    Case("a member is the candidate", .examinesHimself) {
      $1.place.enrolment.personID = 3
    },
    Case("absent is a member", .examinesHimself) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.place.enrolment.personID = 3
    },
    Case(
      "the chair taught, two years before to the day", .examinerTaught,
      ["examiner": "P-1-95", "day": "2024-03-20"]
    ) { $1.teachers.lastTaught[1] = AttestationFacts.day("2024-03-20") },
    Case("the chair taught a day earlier", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.teachers.lastTaught[1] = AttestationFacts.day("2024-03-19")
    },
    Case(
      "a trainer of the cohort sits, without a class held", .examinerTaught,
      ["examiner": "P-3-89", "cohort": "P1-ALA-01"]
    ) { $1.teachers.assigned = [3] },
    Case(
      "a trainer of the cohort sits, who taught long ago", .examinerTaught,
      ["examiner": "P-3-89", "cohort": "P1-ALA-01"]
    ) {
      $1.teachers.assigned = [3]
      $1.teachers.lastTaught[3] = AttestationFacts.day("2024-03-19")
    },
    Case(
      "a trainer of the cohort sits, who taught in it", .examinerTaught,
      ["examiner": "P-3-89", "day": "2026-02-20"]
    ) {
      $1.teachers.assigned = [3]
      $1.teachers.lastTaught[3] = AttestationFacts.day("2026-02-20")
    },
    Case(
      "two of them taught: the first by number", .examinerTaught,
      ["examiner": "P-2-92", "day": "2026-02-20"]
    ) {
      $1.teachers.lastTaught[3] = AttestationFacts.day("2026-02-21")
      $1.teachers.lastTaught[2] = AttestationFacts.day("2026-02-20")
    },
  ]

  // Of sitting an attestation at all.
  private static let admission: [Case] = [
    Case(
      "theory short by a quarter", .hoursShort,
      ["kind": "theory", "got": "35.75", "needed": "36"]
    ) { $1.hours.theory = 143 },
    Case(
      "practice short by a quarter", .hoursShort,
      ["kind": "practice", "got": "35.75", "needed": "36"]
    ) { $1.hours.practice = 143 },
    Case("absent with hours short", .recorded(attempt: 0, .absent, replaces: 0)) { row, facts in
      (row.instead, row.scores) = (.absent, [])
      facts.hours.theory = 0
    },
    Case("a class on the day after", .beforeLastClass, ["last": "2026-03-21"]) {
      $1.lastClass = AttestationFacts.day("2026-03-21")
    },
    Case("no class attended, none asked", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.lastClass = nil
    },
    Case("a pass stands", .alreadyPassed) {
      $1.place.results = [AttestationFacts.result(31, .passed)]
    },
    Case("a pass was annulled", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [AttestationFacts.result(31, .passed, isAnnulled: true)]
    },
    Case("another waits for its chair", .resultPending) {
      $1.place.results = [AttestationFacts.result(31, confirmedBy: 0)]
    },
    Case("an absence waits for its chair", .recorded(attempt: 1, .passed, replaces: 0)) {
      $1.place.results = [
        AttestationFacts.result(31, attempt: 0, .absent, scores: [:], confirmedBy: 0)
      ]
    },
  ]

  @Test(
    "decides a row by what it says, what is recorded, separation and admission",
    arguments: Self.rows + Self.standing + Self.attempts + Self.instead + Self.separation
      + Self.admission)
  func decides(_ tried: Case) throws { try Self.decide(tried, under: AttestationFacts.edition) }

  @Test("waits, and counts absences, as the edition says (R-611, R-616)", arguments: Self.strict)
  func strictly(_ tried: Case) throws {
    try Self.decide(
      tried,
      under: .of(
        id: 25,
        [.retakeWaitDays: .init(14, .school), .absenceUsesAttempt: .init(1, .school)],
        components: AttestationFacts.edition.components))
  }

  private static func decide(_ tried: Case, under edition: Edition) throws {
    var (row, facts) = (Self.row, Self.facts)
    tried.change(&row, &facts)
    var list = try Self.list(under: edition)
    switch tried.expected {
    case .refusal(let refusal):
      #expect(throws: refusal) { try list.add(row, facts) }
    case .unchanged:
      #expect(try !list.add(row, facts))
      #expect(list.deed == nil)
    case .recorded(let attempt, let outcome, let replaced):
      #expect(try list.add(row, facts))
      let result = ResultsRecorded.Result(
        id: 50, enrolmentID: 40, attempt: attempt, outcome: outcome,
        scores: Scores(row.scores),
        replacesID: replaced, why: row.why)
      #expect(
        list.deed == .resultsRecorded(ResultsRecorded(sessionID: 14, results: [result])))
    }
  }

  @Test("is told by a member, not the chair, and not before the day")
  func begins() throws {
    #expect(throws: Refusal(.notInCommission, column: "session", value: "S-14")) {
      try Self.list(by: 9)
    }
    #expect(throws: Refusal(.chairRecords, column: "session", value: "S-14")) {
      try Self.list(by: 1)
    }
    #expect(throws: Refusal(.dateInFuture, column: "session", value: "2026-03-20")) {
      try Self.list(on: "2026-03-19")
    }
    #expect(try Self.list(by: 3, on: "2026-03-20").deed == nil)
  }

  @Test("numbers what is new, counts it by outcome, and takes a candidate once")
  func several() throws {
    var list = try Self.list()
    let second = RecordResults.Row(candidate: "P-9-71", instead: .absent, scores: [])
    var other = Self.facts
    other.place.enrolment.id = 41
    other.place.enrolment.personID = 9
    #expect(try list.add(Self.row, Self.facts))
    #expect(try list.add(second, other))
    #expect(throws: Refusal(.twiceInFile, column: "candidate", value: "Ахметова")) {
      try list.add(Self.row, Self.facts)
    }
    #expect(
      [ResultOutcome.passed, .failed, .absent].map { list.count($0) } == [1, 0, 1])
    let expected = ResultsRecorded(
      sessionID: 14,
      results: [
        .init(
          id: 50, enrolmentID: 40, attempt: 1, outcome: .passed,
          scores: [.test: 60, .interview: 70], replacesID: 0),
        .init(
          id: 51, enrolmentID: 41, attempt: 0, outcome: .absent, scores: [:], replacesID: 0),
      ])
    #expect(list.deed == .resultsRecorded(expected))
  }

  @Test("means the enrolment of the session's cohort, else the last that was tried before")
  func place() throws {
    let list = try Self.list()
    func place(_ id: Int64, _ cohort: CohortRecord, tried: ResultOutcome? = nil)
      -> RecordResults.Place
    {
      RecordResults.Place(
        enrolment: EnrolmentRecord(
          id: id, cohortID: cohort.id, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
        cohort: cohort, results: tried.map { [AttestationFacts.result(31, $0)] } ?? [])
    }
    let own = place(40, AttestationFacts.cohort)
    let tried = place(41, AttestationFacts.cohort(5, "P1-ALA-00"), tried: .failed)
    let later = place(42, AttestationFacts.cohort(6, "P1-ALA-02"), tried: .failed)
    #expect(try list.place(of: Self.row, among: [own, later]) == own)
    #expect(try list.place(of: Self.row, among: [later, own, tried]) == own)
    #expect(try list.place(of: Self.row, among: [tried, later]) == later)
    var specialised = AttestationFacts.cohort(7, "P1-ALA-03")
    specialised.specialisationID = 5
    func refused(_ reason: Reason) -> Refusal {
      Refusal(reason, column: "candidate", value: "Ахметова", ["cohort": "P1-ALA-01"])
    }
    let elsewhere = [
      place(43, AttestationFacts.cohort(7, "P1-ALA-03")),
      place(44, AttestationFacts.cohort(7, "P1-ALA-03"), tried: .absent),
      place(46, AttestationFacts.cohort(7, "P1-AST-01", organisation: 9), tried: .failed),
      place(47, specialised, tried: .failed),
    ]
    for stranger in elsewhere {
      #expect(throws: refused(.candidateNotAdmitted)) {
        try list.place(of: Self.row, among: [stranger])
      }
    }
    let other = place(45, AttestationFacts.cohort(7, "P1-ALA-03", edition: 23), tried: .failed)
    #expect(throws: refused(.notEnrolled)) { try list.place(of: Self.row, among: [other]) }
    #expect(throws: refused(.notEnrolled)) { try list.place(of: Self.row, among: []) }
    // Who is admitted is meant before who was tried; the session's own cohort before both.
    var session = AttestationFacts.session
    session.admitted = [43, 46]
    let admitting = try Self.list(in: session)
    #expect(try admitting.place(of: Self.row, among: [elsewhere[0], later]) == elsewhere[0])
    #expect(try admitting.place(of: Self.row, among: [elsewhere[2]]) == elsewhere[2])
    #expect(try admitting.place(of: Self.row, among: [own, elsewhere[0]]) == own)
    // What was admitted before its cohort followed another edition is admitted no more.
    session.admitted = [45]
    let repinned = try Self.list(in: session)
    #expect(throws: refused(.notEnrolled)) { try repinned.place(of: Self.row, among: [other]) }
    var gone = elsewhere[0]
    gone.coversSession = false
    #expect(throws: refused(.notEnrolled)) { try admitting.place(of: Self.row, among: [gone]) }
  }

  @Test("means nobody who was not enrolled on the day of the session (R-610)")
  func notThatDay() throws {
    let list = try Self.list()
    var place = Self.place
    #expect(try list.place(of: Self.row, among: [place]) == place)
    place.coversSession = false
    #expect(
      throws: Refusal(.notEnrolled, column: "candidate", value: "Ахметова", ["cohort": "P1-ALA-01"])
    ) { try list.place(of: Self.row, among: [place]) }
  }
}
