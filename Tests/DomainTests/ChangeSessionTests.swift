@testable import BitimDomain
import Testing

@Suite("A session before it is held, and its commission until all is confirmed (R-602)")
struct ChangeSessionTests {
  /// The act and its facts, one thing changed.
  struct SeatCase: CustomTestStringConvertible, Sendable {
    let name: String
    let refusal: Refusal?
    let change: @Sendable (inout (goes: Int64, comes: Int64), inout ChangeSeat.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal?,
      _ change:
        @escaping @Sendable (inout (goes: Int64, comes: Int64), inout ChangeSeat.Facts) -> Void
    ) {
      self.name = name
      self.refusal = refusal
      self.change = change
    }
  }

  /// One passes in the session, recorded by 2; the chair, 1, falls ill, and 5 comes.
  private static let seatFacts = ChangeSeat.Facts(
    session: AttestationFacts.session,
    results: [AttestationFacts.result(31, in: 14, .passed, confirmedBy: 0)],
    roles: MemberRoles(examiners: [1, 2, 3, 5]),
    candidates: [
      .init(
        person: 8, results: [AttestationFacts.result(31, in: 14, .passed, confirmedBy: 0)],
        teachers: AttestationFacts.teachers)
    ])

  private static let seatCases: [SeatCase] = [
    SeatCase("the chair falls ill before he or she confirmed", nil) { _, _ in },
    SeatCase("before anything is recorded", nil) { $1.results = [] },
    SeatCase(
      "the session is cancelled",
      Refusal(.sessionCancelled, column: "session", value: "S-14")
    ) { $1.session.isCancelled = true },
    SeatCase(
      "all is confirmed", Refusal(.sessionClosed, column: "session", value: "S-14")
    ) { $1.results = [AttestationFacts.result(31, in: 14, .passed)] },
    SeatCase("one of two is confirmed", nil) {
      $1.results.append(AttestationFacts.result(32, in: 14))
    },
    SeatCase(
      "who goes has no seat", Refusal(.noSeat, column: "goes", value: "P-7-77")
    ) { asked, _ in asked.goes = 7 },
    SeatCase(
      "who comes sits there", Refusal(.seatedAlready, column: "comes", value: "P-3-89")
    ) { asked, _ in asked.comes = 3 },
    SeatCase(
      "who goes recorded what stands", Refusal(.recorderStays, column: "goes", value: "P-2-92")
    ) { asked, _ in asked.goes = 2 },
    SeatCase("what he or she recorded was annulled", nil) { asked, facts in
      asked.goes = 2
      facts.results = [
        AttestationFacts.result(31, in: 14, .passed, isAnnulled: true),
        AttestationFacts.result(32, in: 14, recordedBy: 3, confirmedBy: 0),
      ]
    },
    SeatCase("a member goes who recorded nothing", nil) { asked, _ in asked.goes = 3 },
    SeatCase(
      "who comes is no examiner", Refusal(.notExaminer, column: "member", value: "P-5-83")
    ) { $1.roles.examiners = [1, 2, 3] },
    SeatCase(
      "who comes is a candidate (R-021)",
      Refusal(.examinesHimself, column: "member", value: "P-5-83")
    ) { $1.candidates[0].person = 5 },
    SeatCase(
      "who comes taught whose pass waits here (R-022)",
      Refusal(
        .examinerTaught, column: "member", value: "P-5-83",
        ["day": "2024-03-20", "examiner": "P-5-83"])
    ) { $1.candidates[0].teachers.lastTaught[5] = AttestationFacts.day("2024-03-20") },
    SeatCase("taught a day too long ago", nil) {
      $1.candidates[0].teachers.lastTaught[5] = AttestationFacts.day("2024-03-19")
    },
    SeatCase("taught who has passed elsewhere", nil) {
      $1.candidates[0].teachers.lastTaught[5] = AttestationFacts.day("2026-03-01")
      $1.candidates[0].results = [AttestationFacts.result(30, in: 13, .passed)]
    },
  ]

  @Test("a seat goes to who is invited by a letter, which a move keeps (R-605)")
  func invited() throws {
    let letter = AttestationFacts.invitation
    var facts = Self.seatFacts
    facts.roles.examiners = [1, 2, 3]
    let act = try ChangeSeat(1, to: 5, by: letter, why: "ауырды")
    #expect(
      try act.decided(facts)
        == .seatChanged(
          SeatChanged(
            sessionID: 14, seat: .chair, goes: 1, comes: 5, invitation: letter, why: "ауырды")))
    facts.roles.administrators = [5]
    #expect(throws: Refusal(.rolesIncompatible, column: "member", value: "P-5-83")) {
      try act.decided(facts)
    }
    var session = AttestationFacts.session
    session.invitations = [2: letter]
    let move = try AmendSession(to: AttestationFacts.day("2026-03-27"), why: "зал жабық")
    let moved = SessionMoved(
      sessionID: 14, heldOn: AttestationFacts.day("2026-03-27"), why: "зал жабық")
    #expect(
      try move.decided(
        AmendSession.Facts(
          session: session, cohort: AttestationFacts.cohort, hasResults: false,
          roles: MemberRoles(examiners: [1, 3]), candidates: [])) == .sessionMoved(moved))
  }

  @Test("a letter says what it is and whose (R-605)")
  func letter() throws {
    let day = AttestationFacts.day("2026-03-01")
    #expect(
      try Invitation(reading: " № 14  хат ", of: day, from: " Адвокаттар алқасы")
        == AttestationFacts.invitation)
    #expect(throws: Refusal(.missing, column: "letter")) {
      try Invitation(reading: " ", of: day, from: "Адвокаттар алқасы")
    }
    #expect(throws: Refusal(.missing, column: "letter_organisation")) {
      try Invitation(reading: "№ 14 хат", of: day, from: "")
    }
  }

  @Test("a seat goes to another person, and what was recorded stays", arguments: Self.seatCases)
  func seat(_ given: SeatCase) throws {
    var asked = (goes: Int64(1), comes: Int64(5))
    var facts = Self.seatFacts
    given.change(&asked, &facts)
    let act = try ChangeSeat(asked.goes, to: asked.comes, why: " төраға  ауырды ")
    let seat: Seat = asked.goes == 1 ? .chair : .member
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts) }
        == given.refusal.map { .failure($0) }
        ?? .success(
          .seatChanged(
            SeatChanged(
              sessionID: 14, seat: seat, goes: asked.goes, comes: 5, why: "төраға ауырды"))))
  }

  struct MoveCase: CustomTestStringConvertible, Sendable {
    let name: String
    var day = "2026-03-27"
    var isCancelled = false
    var hasResults = false
    var examiners: Set<Int64> = [1, 2, 3]
    var taught = "2024-03-26"
    var refusal: Refusal?
    var testDescription: String { self.name }
  }

  @Test(
    "a session of which nothing is recorded is moved, and its commission is asked for that day",
    arguments: [
      MoveCase(name: "a week later"),
      MoveCase(name: "to the cohort's first day", day: "2026-02-02", taught: "2024-02-01"),
      MoveCase(
        name: "before it", day: "2026-02-01",
        refusal: Refusal(
          .outsideCohort, column: "date", value: "2026-02-01",
          ["from": "2026-02-02", "until": ""])),
      MoveCase(
        name: "to the day it has", day: "2026-03-20",
        refusal: Refusal(.nothingChanged, column: "date", value: "2026-03-20")),
      MoveCase(
        name: "a cancelled one", isCancelled: true,
        refusal: Refusal(.sessionCancelled, column: "session", value: "S-14")),
      MoveCase(
        name: "one that was held", hasResults: true,
        refusal: Refusal(.sessionHeld, column: "session", value: "S-14")),
      MoveCase(
        name: "a member is no examiner any more", examiners: [1, 3],
        refusal: Refusal(.notExaminer, column: "member", value: "P-2-92")),
      MoveCase(
        name: "a member taught a candidate two years before that day (R-022)",
        taught: "2024-03-27",
        refusal: Refusal(
          .examinerTaught, column: "member", value: "P-2-92",
          ["day": "2024-03-27", "examiner": "P-2-92"])),
    ])
  func moved(_ given: MoveCase) throws {
    var session = AttestationFacts.session
    session.isCancelled = given.isCancelled
    var teachers = AttestationFacts.teachers
    teachers.lastTaught[2] = AttestationFacts.day(given.taught)
    let facts = AmendSession.Facts(
      session: session, cohort: AttestationFacts.cohort, hasResults: given.hasResults,
      roles: MemberRoles(examiners: given.examiners),
      candidates: [.init(person: 8, results: [], teachers: teachers)])
    let act = try AmendSession(to: AttestationFacts.day(given.day), why: "зал жабық")
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts) }
        == given.refusal.map { .failure($0) }
        ?? .success(
          .sessionMoved(
            SessionMoved(
              sessionID: 14, heldOn: AttestationFacts.day(given.day), why: "зал жабық"))))
  }

  @Test("a session of which nothing is recorded is cancelled, once")
  func cancelled() throws {
    let act = try CancelSession(why: " үміткер жоқ ")
    var session = AttestationFacts.session
    #expect(
      try act.decided(session, hasResults: false)
        == .sessionCancelled(SessionCancelled(sessionID: 14, why: "үміткер жоқ")))
    #expect(throws: Refusal(.sessionHeld, column: "session", value: "S-14")) {
      try act.decided(session, hasResults: true)
    }
    session.isCancelled = true
    #expect(throws: Refusal(.sessionCancelled, column: "session", value: "S-14")) {
      try act.decided(session, hasResults: false)
    }
  }

  @Test("each says why")
  func why() {
    let missing = Refusal(.missing, column: "why")
    #expect(throws: missing) { try ChangeSeat(1, to: 5, why: " ") }
    #expect(throws: missing) {
      try AmendSession(to: AttestationFacts.day("2026-03-27"), why: "")
    }
    #expect(throws: missing) { try CancelSession(why: "\u{A0}") }
  }
}
