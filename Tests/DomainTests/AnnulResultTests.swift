@testable import BitimDomain
import Testing

@Suite("Annulling a result (R-021, R-026, R-623, R-624)")
struct AnnulResultTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let expected: Result<Int64, Refusal>
    let change: @Sendable (inout AnnulResult.Facts, inout Int64) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal,
      _ change: @escaping @Sendable (inout AnnulResult.Facts, inout Int64) -> Void
    ) {
      self.name = name
      self.expected = .failure(refusal)
      self.change = change
    }

    init(
      _ name: String, annuls id: Int64,
      _ change: @escaping @Sendable (inout AnnulResult.Facts, inout Int64) -> Void
    ) {
      self.name = name
      self.expected = .success(id)
      self.change = change
    }
  }

  // 98 - 800 mod 97 = 74.
  private static let unknown = Refusal(.resultUnknown, column: "person", value: "P-8-74")
  private static let own = Refusal(.annulsOwnResult, column: "session", value: "S-14")

  private static let cases: [Case] = [
    Case("a confirmed one", annuls: 31) { _, _ in },
    Case("recorded anew after an annulment", annuls: 32) { facts, _ in
      facts.results[0].isAnnulled = true
      facts.results.append(AttestationFacts.result(32, in: 14))
    },
    Case("annulled, and recorded anew but not confirmed", Self.unknown) { facts, _ in
      facts.results[0].isAnnulled = true
      facts.results.append(AttestationFacts.result(32, in: 14, confirmedBy: 0))
    },
    Case("none", Self.unknown) { facts, _ in facts.results = [] },
    Case("not confirmed", Self.unknown) { facts, _ in facts.results[0].confirmedBy = 0 },
    Case("annulled before", Self.unknown) { facts, _ in facts.results[0].isAnnulled = true },
    Case(
      "one's own", Refusal(.actsOnHimself, column: "person", value: "P-8-74")
    ) { _, annuller in annuller = 8 },
    Case("by the chair", Self.own) { _, annuller in annuller = 1 },
    Case("by a member who recorded nothing", Self.own) { _, annuller in annuller = 3 },
    Case("by who had a seat and recorded nothing", Self.own) { _, annuller in annuller = 4 },
    Case("by the recorder, who has no seat now", Self.own) { facts, annuller in
      facts.results[0].recordedBy = 11
      annuller = 11
    },
    Case("by who confirmed and has no seat now", Self.own) { facts, annuller in
      facts.results[0].confirmedBy = 11
      annuller = 11
    },
    Case("by who taught the candidate", Self.own) { facts, annuller in annuller = 6 },
    Case(
      "a certificate rests on it",
      Refusal(.certificateStands, column: "session", ["number": "2026-000417-29"])
    ) { facts, _ in facts.certificate = CertificateNumber(year: 2026, serial: 417) },
  ]

  @Test("decides by who annuls, what is confirmed and what rests on it", arguments: Self.cases)
  func decides(_ tried: Case) {
    var facts = AnnulResult.Facts(
      results: [AttestationFacts.result(31, in: 14)], seated: [1, 2, 3, 4], trainers: [6],
      certificate: nil)
    var annuller: Int64 = 12
    tried.change(&facts, &annuller)
    let act = AnnulResult(of: 8, in: AttestationFacts.session, for: "шу")
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts, by: annuller) }
        == tried.expected.map { .resultAnnulled(ResultAnnulled(resultID: $0, reason: "шу")) })
  }
}
