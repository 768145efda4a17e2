@testable import BitimDomain
import Testing

@Suite("Confirming results (R-007, R-021, R-022, R-024, R-030, R-621, R-622)")
struct ConfirmResultsTests {
  struct Asked {
    var shown = "d1"
    var confirmer: Int64 = 1
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let expected: Result<[Int64], Refusal>
    let change: @Sendable (inout ConfirmResults.Facts, inout Asked) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal,
      _ change: @escaping @Sendable (inout ConfirmResults.Facts, inout Asked) -> Void
    ) {
      self.name = name
      self.expected = .failure(refusal)
      self.change = change
    }

    init(
      _ name: String, confirms ids: [Int64],
      _ change: @escaping @Sendable (inout ConfirmResults.Facts, inout Asked) -> Void
    ) {
      self.name = name
      self.expected = .success(ids)
      self.change = change
    }
  }

  /// 31 waits for the chair; 32 is confirmed; 33 was confirmed and annulled.
  private static let facts = ConfirmResults.Facts(
    results: [
      AttestationFacts.result(31, in: 14, confirmedBy: 0), AttestationFacts.result(32, in: 14),
      AttestationFacts.result(33, in: 14, isAnnulled: true),
    ], candidates: [40: 8, 41: 1], teachers: [40: AttestationFacts.teachers],
    hours: [40: Hours(theory: 144, practice: 144), 41: Hours(theory: 144, practice: 144)],
    edition: AttestationFacts.edition, digest: "d1")

  private static func refusal(_ reason: Reason) -> Refusal {
    Refusal(reason, column: "session", value: "S-14")
  }

  private static let reviewed = Edition.of([.reviewsMin: .init(2, .school)])
  private static let unreviewed = Refusal(
    .reviewMissing, column: "session", value: "S-14", ["got": "1", "needed": "2"])

  private static let cases: [Case] = [
    Case("what waits, and nothing else", confirms: [31]) { _, _ in },
    Case("two that wait", confirms: [31, 34]) { facts, _ in
      facts.results.append(AttestationFacts.result(34, in: 14, recordedBy: 3, confirmedBy: 0))
    },
    Case(
      "hours that are not there any more (R-530)",
      Refusal(
        .hoursShort, column: "candidate", value: PersonNumber.text(8),
        ["kind": "practice", "got": "35.75", "needed": "36"])
    ) { facts, _ in facts.hours[40]?.practice = 143 },
    Case(
      "no hours any more",
      Refusal(
        .hoursShort, column: "candidate", value: PersonNumber.text(8),
        ["kind": "theory", "got": "0", "needed": "36"])
    ) { facts, _ in facts.hours[40] = nil },
    Case("an absence without hours", confirms: [31]) { facts, _ in
      facts.results[0].outcome = .absent
      facts.hours[40] = nil
    },
    Case("hours short of what was confirmed before", confirms: [31]) { facts, _ in
      facts.results[1].enrolmentID = 41
      facts.hours[41] = nil
    },
    Case("by a member", Self.refusal(.notChair)) { $1.confirmer = 2 },
    Case("by somebody outside", Self.refusal(.notChair)) { $1.confirmer = 9 },
    Case("everything is confirmed", Self.refusal(.nothingToConfirm)) { facts, _ in
      facts.results.removeFirst()
    },
    Case("what waits was annulled", Self.refusal(.nothingToConfirm)) { facts, _ in
      facts.results[0].isAnnulled = true
    },
    Case(
      "another digest than was shown", Refusal(.resultsChanged, column: "results_digest")
    ) { _, asked in asked.shown = "d2" },
    Case("no digest", Refusal(.missing, column: "results_digest")) { _, asked in
      asked.shown = ""
    },
    // The chair is one person, whatever token recorded.
    Case("recorded by the chair", Self.refusal(.confirmsOwnRecord)) { facts, _ in
      facts.results[0].recordedBy = 1
    },
    Case("one of two recorded by the chair", Self.refusal(.confirmsOwnRecord)) { facts, _ in
      facts.results.append(AttestationFacts.result(34, in: 14, recordedBy: 1, confirmedBy: 0))
    },
    Case("recorded by the chair, but confirmed before", confirms: [31]) { facts, _ in
      facts.results[1].recordedBy = 1
    },
    Case("the chair was a candidate, confirmed before by another", confirms: [31]) { facts, _ in
      facts.results[1].enrolmentID = 41
    },
    Case(
      "R-022: a member taught the candidate, as was recorded since",
      Refusal(
        .examinerTaught, column: "session", value: "S-14",
        ["day": "2024-03-20", "examiner": "P-3-89", "candidate": "P-8-74"])
    ) { facts, _ in facts.teachers[40]?.lastTaught[3] = AttestationFacts.day("2024-03-20") },
    Case("R-022: a member taught the candidate a day too long ago", confirms: [31]) { facts, _ in
      facts.teachers[40]?.lastTaught[3] = AttestationFacts.day("2024-03-19")
    },
    Case(
      "R-022: the chair trains the candidate's cohort since",
      Refusal(
        .examinerTaught, column: "session", value: "S-14",
        ["cohort": "P1-ALA-01", "examiner": "P-1-95", "candidate": "P-8-74"])
    ) { facts, _ in facts.teachers[40]?.assigned.insert(1) },
    Case("who taught a candidate confirmed before bars nothing", confirms: [31]) { facts, _ in
      facts.results[1].enrolmentID = 41
      facts.teachers[41] = Teachers(
        lastTaught: [:], cohort: "P1-ALA-02", barMonths: 24, assigned: [3])
    },
    Case("R-621: reviewed by as many as the edition asks", confirms: [31]) { facts, _ in
      facts.edition = Self.reviewed
      facts.reviewers = [2, 3]
    },
    Case("R-621: reviewed where the edition asks for none", confirms: [31]) { facts, _ in
      facts.reviewers = [3]
    },
    Case("R-621: reviewed by one too few", Self.unreviewed) { facts, _ in
      facts.edition = Self.reviewed
      facts.reviewers = [3]
    },
    Case("R-621: reviewed by two numbers of one person", Self.unreviewed) { facts, _ in
      facts.edition = Self.reviewed
      facts.reviewers = [3, 4]
      facts.persons = NaturalPersons(lowest: [3: 3, 4: 3])
    },
    Case("R-024: reviewed by who chairs by now", Self.unreviewed) { facts, _ in
      facts.edition = Self.reviewed
      facts.reviewers = [1, 3]
    },
    Case("the chair is a candidate", Self.refusal(.examinesHimself)) { facts, _ in
      facts.candidates[40] = 1
    },
  ]

  @Test("decides by who confirms, what waits and what was shown", arguments: Self.cases)
  func decides(_ tried: Case) {
    var (facts, asked) = (Self.facts, Asked())
    tried.change(&facts, &asked)
    let act = ConfirmResults(AttestationFacts.session, shown: asked.shown)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(facts, by: asked.confirmer)
      }
        == tried.expected.map {
          .resultsConfirmed(ResultsConfirmed(sessionID: 14, resultIDs: $0))
        })
  }
}
