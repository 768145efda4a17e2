@testable import BitimDomain
import Testing

/// Session S-14: 1 chairs, 2 recorded, 3 is a member; result 31 of 8 is a pass with 80 and 75.
@Suite("Correcting marks of a confirmed result (R-625, R-026)")
struct CorrectResultTests {
  private static let marks: Scores = [.test: 81, .interview: 75]

  private static func facts() -> CorrectResult.Facts {
    .init(
      session: AttestationFacts.session, edition: AttestationFacts.edition,
      result: AttestationFacts.result(
        31, in: 14, .passed, scores: [.test: 80, .interview: 75]), seated: [1, 2, 3, 4])
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Nil where it is decided as asked.
    let expected: Refusal?
    var caller: Int64
    var marks: Scores
    let change: @Sendable (inout CorrectResult.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, by caller: Int64, to marks: Scores = CorrectResultTests.marks,
      _ refusal: Refusal? = nil,
      _ change: @escaping @Sendable (inout CorrectResult.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.expected = refusal
      self.caller = caller
      self.marks = marks
      self.change = change
    }
  }

  // 98 - 800 mod 97 = 74.
  private static let unknown = Refusal(.resultUnknown, column: "person", value: "P-8-74")
  private static let own = Refusal(.annulsOwnResult, column: "session", value: "S-14")
  private static let other = Refusal(.outcomeChanges, column: "scores")

  private static let both: [Case] = [
    Case("none that counts", by: 0, Self.unknown) { $0.result = nil },
    Case(
      "the marks that stand", by: 0, to: [.test: 80, .interview: 75],
      Refusal(.nothingChanged, column: "scores")),
    Case("to a failure", by: 0, to: [.test: 59, .interview: 75], Self.other),
    Case("of a failure to a pass", by: 0, Self.other) {
      $0.result?.outcome = .failed
      $0.result?.scores = [.test: 59, .interview: 75]
    },
    Case("of who was excluded", by: 0, Self.other) {
      $0.result?.outcome = .excluded
      $0.result?.scores = [:]
    },
    Case("of a failure that stays one", by: 0, to: [.test: 58, .interview: 75]) {
      $0.result?.outcome = .failed
      $0.result?.scores = [.test: 59, .interview: 75]
    },
  ]

  private static func made(
    _ tried: Case, by caller: Int64
  ) -> (act: CorrectResult, facts: CorrectResult.Facts, expected: Result<Deed, Refusal>) {
    var facts = Self.facts()
    tried.change(&facts)
    let act = CorrectResult(of: 8, in: 14, result: 31, to: tried.marks, why: "қате терілген")
    let deed = ResultCorrected(resultID: 31, scores: tried.marks, why: "қате терілген")
    return (
      act, facts, tried.expected.map { .failure($0) } ?? .success(.resultCorrected(deed))
    )
  }

  @Test(
    "the chair proposes it",
    arguments: [
      Case("the chair", by: 1),
      Case(
        "a member", by: 3, Refusal(.notChair, column: "session", value: "S-14")),
      Case(
        "a chair who is the candidate", by: 8, Refusal(.actsOnHimself, column: "person")
      ) { $0.session.seats = [8: .chair] },
    ] + Self.both)
  func proposed(_ tried: Case) {
    let caller = tried.caller == 0 ? 1 : tried.caller
    let (act, facts, expected) = Self.made(tried, by: caller)
    let decided = AttestationFacts.outcome { () throws(Refusal) in
      try act.decided(facts, by: caller)
    }
    #expect(decided == expected.map { Decision($0, takesTwo: true) })
  }

  @Test(
    "who approves it had no seat, recorded nothing and is not the candidate",
    arguments: [
      Case("from outside", by: 12), Case("the chair", by: 1, Self.own),
      Case("who had a seat", by: 4, Self.own),
      Case("the recorder, who has no seat now", by: 11, Self.own) { $0.result?.recordedBy = 11 },
      Case("who confirmed, who has no seat now", by: 11, Self.own) {
        $0.result?.confirmedBy = 11
      },
      Case("the candidate", by: 8, Refusal(.actsOnHimself, column: "person")),
    ] + Self.both)
  func approved(_ tried: Case) {
    let caller = tried.caller == 0 ? 12 : tried.caller
    let (act, facts, expected) = Self.made(tried, by: caller)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.approved(facts, by: caller) }
        == expected)
  }

  @Test("marks are read as the edition asks for them, and why is said (R-614)")
  func read() throws {
    func read(
      _ scores: [(component: Component, points: Int)], why: String = "қате"
    ) throws(Refusal) -> CorrectResult {
      try CorrectResult(
        of: 8, in: 14, AttestationFacts.result(31), reading: scores, [],
        under: AttestationFacts.edition, why: why)
    }
    #expect(
      try read([(.interview, 75), (.test, 81)])
        == CorrectResult(of: 8, in: 14, result: 31, to: Self.marks, why: "қате"))
    #expect(throws: Refusal(.scoreMissing, column: "interview")) { try read([(.test, 81)]) }
    #expect(throws: Refusal(.missing, column: "why")) {
      try read([(.interview, 75), (.test, 81)], why: " ")
    }
  }
}
