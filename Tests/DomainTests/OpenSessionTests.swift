@testable import BitimDomain
import Testing

@Suite("Opening a session (R-021, R-022, R-601)")
struct OpenSessionTests {
  /// The act and its facts, one thing changed.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let refusal: Refusal?
    let change: @Sendable (inout Asked, inout OpenSession.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal?,
      _ change: @escaping @Sendable (inout Asked, inout OpenSession.Facts) -> Void
    ) {
      self.name = name
      self.refusal = refusal
      self.change = change
    }
  }

  struct Asked {
    var heldOn = AttestationFacts.day("2026-03-20")
    var commission: [OpenSession.Place] = [.init(1, .chair), .init(2, .member), .init(3, .member)]
  }

  private static let facts = OpenSession.Facts(
    isCodeTaken: false, isProtocolTaken: false, cohort: AttestationFacts.cohort,
    edition: AttestationFacts.edition, roles: MemberRoles(examiners: [1, 2, 3, 5]),
    candidates: [
      .init(
        person: 8, results: [AttestationFacts.result(31)], teachers: AttestationFacts.teachers)
    ])

  private static func barred(_ arguments: [String: String]) -> Refusal {
    Refusal(.examinerTaught, column: "member", value: "P-2-92", arguments)
  }

  private static let cases: [Case] = [
    Case("in order", nil) { _, _ in },
    Case(
      "R-307: of a seminar, which has no attestation",
      Refusal(
        .seminarNotAttested, column: "cohort", value: "P1-ALA-01", ["cohort": "P1-ALA-01"])
    ) { $1.edition = SeminarTests.edition },
    Case("the code is taken", Refusal(.codeTaken, column: "code", value: "S-14")) {
      $1.isCodeTaken = true
    },
    Case(
      "R-601: the protocol's number is given in that year",
      Refusal(.protocolTaken, column: "protocol", value: "№ 12", ["year": "2026"])
    ) { $1.isProtocolTaken = true },
    Case(
      "who opens it twice meets its code before its protocol",
      Refusal(.codeTaken, column: "code", value: "S-14")
    ) {
      $1.isCodeTaken = true
      $1.isProtocolTaken = true
    },
    Case("on the cohort's first day", nil) { asked, _ in
      asked.heldOn = AttestationFacts.day("2026-02-02")
    },
    Case(
      "a day before the cohort begins",
      Refusal(
        .outsideCohort, column: "date", value: "2026-02-01", ["from": "2026-02-02", "until": ""])
    ) { asked, _ in asked.heldOn = AttestationFacts.day("2026-02-01") },
    Case("long after the cohort's end", nil) { asked, _ in
      asked.heldOn = AttestationFacts.day("2026-11-20")
    },
    Case("no chair", Refusal(.commissionWithoutChair, column: "chair")) { asked, _ in
      asked.commission[0].seat = .member
    },
    Case("two chairs", Refusal(.commissionWithoutChair, column: "chair")) { asked, _ in
      asked.commission[1].seat = .chair
    },
    Case(
      "two where three are needed",
      Refusal(.commissionTooSmall, column: "member", value: "2", ["needed": "3"])
    ) { asked, _ in asked.commission.removeLast() },
    Case(
      "three places of two persons",
      Refusal(.commissionTooSmall, column: "member", value: "3", ["needed": "3"])
    ) { asked, _ in asked.commission[2].person = 2 },
    Case(
      "enough persons, one of them twice",
      Refusal(.commissionTooSmall, column: "member", value: "4", ["needed": "3"])
    ) { asked, _ in asked.commission.append(.init(3, .secretary)) },
    Case("four persons", nil) { asked, _ in asked.commission.append(.init(5, .secretary)) },
    // 98 - 300 mod 97 = 89.
    Case("no examiner", Refusal(.notExaminer, column: "member", value: "P-3-89")) {
      $1.roles.examiners = [1, 2]
    },
    Case("R-605: no examiner, invited by a letter", nil) { asked, facts in
      facts.roles.examiners = [1, 2]
      asked.commission[2].invitation = AttestationFacts.invitation
    },
    Case(
      "R-605: another is invited than who is no examiner",
      Refusal(.notExaminer, column: "member", value: "P-3-89")
    ) { asked, facts in
      facts.roles.examiners = [1, 2]
      asked.commission[1].invitation = AttestationFacts.invitation
    },
    Case(
      "R-029: an administrator is invited",
      Refusal(.rolesIncompatible, column: "member", value: "P-3-89")
    ) { asked, facts in
      facts.roles = MemberRoles(examiners: [1, 2], administrators: [3])
      asked.commission[2].invitation = AttestationFacts.invitation
    },
    Case(
      "R-022: who is invited taught two years before",
      Self.barred(["examiner": "P-2-92", "day": "2024-03-20"])
    ) { asked, facts in
      facts.roles.examiners = [1, 3]
      asked.commission[1].invitation = AttestationFacts.invitation
      facts.candidates[0].teachers.lastTaught[2] = AttestationFacts.day("2024-03-20")
    },
    Case("a member is a trainee", Refusal(.examinesHimself, column: "member", value: "P-3-89")) {
      $1.candidates[0].person = 3
    },
    Case("a trainee who has passed sits in the commission", nil) {
      $1.candidates[0].person = 3
      $1.candidates[0].results = [AttestationFacts.result(31, .passed)]
    },
    Case(
      "a trainee whose pass was annulled sits there",
      Refusal(.examinesHimself, column: "member", value: "P-3-89")
    ) {
      $1.candidates[0].person = 3
      $1.candidates[0].results = [AttestationFacts.result(31, .passed, isAnnulled: true)]
    },
    // 98 - 200 mod 97 = 92.
    Case(
      "a member taught two years before",
      Self.barred(["examiner": "P-2-92", "day": "2024-03-20"])
    ) {
      $1.candidates[0].teachers.lastTaught[2] = AttestationFacts.day("2024-03-20")
    },
    Case("a member taught two years and a day before", nil) {
      $1.candidates[0].teachers.lastTaught[2] = AttestationFacts.day("2024-03-19")
    },
    Case(
      "a member is a trainer of the cohort",
      Self.barred(["examiner": "P-2-92", "cohort": "P1-ALA-01"])
    ) {
      $1.candidates[0].teachers.assigned = [2]
    },
    Case("a trainer of the cohort, all of whom have passed", nil) {
      $1.candidates[0].teachers.assigned = [2]
      $1.candidates[0].results = [AttestationFacts.result(31, .passed)]
    },
    Case("a trainer of the cohort, where nobody is enrolled yet", nil) {
      $1.candidates = []
    },
  ]

  @Test("decides by the commission, the cohort and whom it may meet", arguments: Self.cases)
  func decides(_ tried: Case) {
    var (asked, facts) = (Asked(), Self.facts)
    tried.change(&asked, &facts)
    let act = OpenSession(
      code: "S-14", heldOn: asked.heldOn, protocolNumber: "№ 12", commission: asked.commission)
    var session = AttestationFacts.session
    session.heldOn = asked.heldOn
    session.seats = Dictionary(
      asked.commission.map { ($0.person, $0.seat) }, uniquingKeysWith: { $1 })
    for place in asked.commission { session.invitations[place.person] = place.invitation }
    let expected: Result<Deed, Refusal> =
      tried.refusal.map { .failure($0) } ?? .success(.sessionOpened(SessionOpened(session)))
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts, id: 14) }
        == expected)
  }
}
