@testable import BitimDomain
import Testing

/// Session S-14 was on 2026-03-20; 8 was absent, which the chair confirmed; a paper of the 19th came on the 25th.
@Suite("Excusing an absence (R-616, R-617)")
struct ExcuseAbsenceTests {
  private static let absence = AttestationFacts.result(31, in: 14, attempt: 2, .absent, scores: [:])

  private static func act(
    _ paper: String = "№ 12 анықтама", of dated: String = "2026-03-19",
    received: String = "2026-03-25"
  ) throws(Refusal) -> ExcuseAbsence {
    try ExcuseAbsence(
      of: 8, in: AttestationFacts.session, reading: paper, of: AttestationFacts.day(dated),
      receivedOn: AttestationFacts.day(received))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Nil where it is decided as asked.
    let expected: Refusal?
    var caller: Int64 = 7
    var dated = "2026-03-19"
    var received = "2026-03-25"
    let change: @Sendable (inout ExcuseAbsence.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal? = nil, by caller: Int64 = 7, dated: String = "2026-03-19",
      received: String = "2026-03-25",
      _ change: @escaping @Sendable (inout ExcuseAbsence.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.expected = refusal
      (self.caller, self.dated, self.received) = (caller, dated, received)
      self.change = change
    }
  }

  // 98 - 800 mod 97 = 74.
  private static func person(_ reason: Reason) -> Refusal {
    Refusal(reason, column: "person", value: "P-8-74")
  }

  @Test(
    "is decided of a confirmed absence, on a paper that came in five days, by another than who was absent",
    arguments: [
      Case("on the fifth day"),
      Case(
        "on the sixth",
        Refusal(.excuseTooLate, column: "date", value: "2026-03-26", ["last": "2026-03-25"]),
        received: "2026-03-26"),
      Case("before the session", dated: "2026-03-10", received: "2026-03-10"),
      Case("on the paper's day", dated: "2026-03-25"),
      Case(
        "before the paper's day",
        Refusal(.datesReversed, column: "paper_date", value: "2026-03-25"),
        dated: "2026-03-25", received: "2026-03-24"),
      Case("that uses no attempt") { $0.results[0].attempt = 0 },
      Case("where there is none", Self.person(.resultUnknown)) { $0.results = [] },
      Case("that is not confirmed", Self.person(.resultUnknown)) { $0.results[0].confirmedBy = 0 },
      Case("that is annulled", Self.person(.resultUnknown)) { $0.results[0].isAnnulled = true },
      Case("beside one that is annulled") {
        $0.results.insert(
          AttestationFacts.result(30, in: 14, .failed, isAnnulled: true), at: 0)
      },
      Case("of who failed", Self.person(.notAbsent)) { $0.results[0].outcome = .failed },
      Case("of who was excluded", Self.person(.notAbsent)) {
        ($0.results[0].outcome, $0.results[0].why) = (.excluded, "көшірді")
      },
      Case("that was excused", Self.person(.alreadyExcused)) {
        ($0.results[0].attempt, $0.results[0].why) = (0, "№ 12")
      },
      Case("by who was absent", Self.person(.actsOnHimself), by: 8),
      Case("by who was absent, under another number", Self.person(.actsOnHimself), by: 9) {
        $0.persons = NaturalPersons(lowest: [8: 8, 9: 8])
      },
    ])
  func decided(_ tried: Case) throws {
    var facts = ExcuseAbsence.Facts(results: [Self.absence])
    tried.change(&facts)
    let act = try Self.act(of: tried.dated, received: tried.received)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts, by: tried.caller) }
        == tried.expected.map { .failure($0) }
        ?? .success(
          .absenceExcused(
            AbsenceExcused(
              resultID: 31, paper: "№ 12 анықтама", datedOn: AttestationFacts.day(tried.dated),
              receivedOn: AttestationFacts.day(tried.received)))))
  }

  @Test("the paper is said")
  func read() throws {
    #expect(try Self.act(" № 12  ").paper == "№ 12")
    #expect(throws: Refusal(.missing, column: "paper")) { try Self.act(" ") }
  }
}
