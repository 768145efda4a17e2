@testable import BitimDomain
import Testing

/// Session S-14: 1 chairs, 2 recorded 31 and 34, 3 is a member; 32 is confirmed.
@Suite("Reviewing results (R-621, R-024)")
struct ReviewResultsTests {
  private static let facts = ReviewResults.Facts(
    results: [
      AttestationFacts.result(31, in: 14, confirmedBy: 0), AttestationFacts.result(32, in: 14),
      AttestationFacts.result(33, in: 14, isAnnulled: true),
      AttestationFacts.result(34, in: 14, confirmedBy: 0),
    ], reviewers: [], digest: "d1")

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Nil where it is decided.
    let expected: Refusal?
    let reviewer: Int64
    let shown: String
    let change: @Sendable (inout ReviewResults.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal? = nil, by reviewer: Int64 = 3, shown: String = "d1",
      _ change: @escaping @Sendable (inout ReviewResults.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.expected = refusal
      (self.reviewer, self.shown) = (reviewer, shown)
      self.change = change
    }
  }

  private static func refusal(_ reason: Reason) -> Refusal {
    Refusal(reason, column: "session", value: "S-14")
  }

  @Test(
    "is decided of all that waits, by a member who neither recorded nor chairs, as it was shown",
    arguments: [
      Case("by a member"),
      Case("by the chair", Self.refusal(.chairReviews), by: 1),
      Case("by the chair under another number", Self.refusal(.chairReviews)) {
        $0.persons = NaturalPersons(lowest: [1: 1, 3: 1])
      },
      Case("by somebody outside", Self.refusal(.notInCommission), by: 9),
      Case("by the recorder", Self.refusal(.reviewsOwnRecord), by: 2),
      Case("by who recorded one of them", Self.refusal(.reviewsOwnRecord)) {
        $0.results[3].recordedBy = 3
      },
      Case("by the recorder under another number", Self.refusal(.reviewsOwnRecord)) {
        $0.persons = NaturalPersons(lowest: [2: 2, 3: 2])
      },
      Case("by who recorded what is confirmed") { $0.results[1].recordedBy = 3 },
      Case("a second one") { $0.reviewers = [4] },
      Case("again", Self.refusal(.nothingChanged)) { $0.reviewers = [3] },
      Case("again under another number", Self.refusal(.nothingChanged)) {
        $0.reviewers = [4]
        $0.persons = NaturalPersons(lowest: [3: 3, 4: 3])
      },
      Case("nothing waits", Self.refusal(.nothingToConfirm)) {
        $0.results.removeLast()
        $0.results.removeFirst()
      },
      Case(
        "what was shown is another", Refusal(.resultsChanged, column: "results_digest"), shown: "d2"
      ),
      Case("nothing was shown", Refusal(.missing, column: "results_digest"), shown: ""),
    ])
  func decided(_ tried: Case) {
    var facts = Self.facts
    tried.change(&facts)
    let act = ReviewResults(AttestationFacts.session, shown: tried.shown)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts, by: tried.reviewer) }
        == tried.expected.map { .failure($0) }
        ?? .success(.resultsReviewed(ResultsReviewed(sessionID: 14, resultIDs: [31, 34]))))
  }

  @Test(
    "waits for a seat that has not reviewed or recorded, while the edition asks for more (R-010)")
  func due() {
    let asked = Edition.of([.reviewsMin: .init(2, .school)])
    func isDue(
      by person: Int64, reviewedBy reviewers: Set<Int64>, under edition: Edition? = nil,
      _ persons: NaturalPersons = .apart
    ) -> Bool {
      ReviewResults.isDue(
        by: person, of: Self.facts.results, reviewedBy: reviewers, under: edition ?? asked, persons)
    }
    #expect(isDue(by: 3, reviewedBy: []))
    #expect(isDue(by: 3, reviewedBy: [4]))
    #expect(!isDue(by: 3, reviewedBy: [4, 5]))
    #expect(!isDue(by: 3, reviewedBy: [3]))
    #expect(!isDue(by: 3, reviewedBy: [4], NaturalPersons(lowest: [3: 3, 4: 3])))
    #expect(!isDue(by: 2, reviewedBy: []))
    #expect(!isDue(by: 3, reviewedBy: [], NaturalPersons(lowest: [2: 2, 3: 2])))
    #expect(!isDue(by: 3, reviewedBy: [], under: AttestationFacts.edition))
  }
}
