@testable import BitimDomain
import Testing

/// Today is 2026-06-30; person 8 passed programme 1 by result 31, 5 decides.
@Suite("Refusing a certificate, and ending a refusal (R-704)")
struct RefuseCertificateTests {
  // 98 - 800 mod 97 = 74.
  private static let number = "P-8-74"

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Nil where it is refused as asked.
    let expected: Refusal?
    let certifier: Int64
    let change: @Sendable (inout RefuseCertificate.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, by certifier: Int64 = 5, _ refusal: Refusal? = nil,
      _ change: @escaping @Sendable (inout RefuseCertificate.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.expected = refusal
      self.certifier = certifier
      self.change = change
    }
  }

  private static let nothing = Refusal(
    .nothingToRefuse, column: "person", value: Self.number, ["programme": "1"])

  static let refusal = CertificateRefusal(
    sequence: 60, refusedOn: AttestationFacts.day("2026-06-29"), why: "құжат", maker: 5)

  private static let cases: [Case] = [
    Case("by who had no hand in it"),
    Case("without a pass", Self.nothing) { $0.pass = nil },
    Case("beside a certificate", Self.nothing) {
      $0.certificate = CertificateNumber(year: 2026, serial: 417)
    },
    Case(
      "again",
      Refusal(.alreadyRefused, column: "person", value: Self.number, ["day": "2026-06-29"])
    ) { $0.refusal = Self.refusal },
    Case("to oneself (R-021)", by: 8, Refusal(.decidesHimself, ["who": Self.number])),
    Case(
      "by who taught here (R-025)", by: 3, Refusal(.decidesOwnTrainee, ["who": Self.number])),
    Case(
      "by who examined elsewhere within 24 months (R-025)", by: 2,
      Refusal(.decidesOwnCandidate, ["who": Self.number])),
  ]

  @Test("is decided in the hand of who could issue it, of a pass that waits", arguments: Self.cases)
  func refused(_ tried: Case) throws {
    let day = AttestationFacts.day("2024-06-30")
    var facts = RefuseCertificate.Facts(
      pass: AttestationFacts.result(31, .passed), certificate: nil, refusal: nil,
      hands: .init(taughtHere: [3], taught: [:], examinedHere: [], examined: [2: day]))
    tried.change(&facts)
    let act = try RefuseCertificate(to: 8, of: 1, reading: "құжат жарамсыз")
    let decided = AttestationFacts.outcome { () throws(Refusal) in
      try act.decided(facts, by: tried.certifier, on: AttestationFacts.day("2026-06-30"))
    }
    let deed = CertificateRefused(
      resultID: 31, refusedOn: AttestationFacts.day("2026-06-30"), why: "құжат жарамсыз")
    #expect(decided == tried.expected.map { .failure($0) } ?? .success(.certificateRefused(deed)))
  }

  @Test("says its reasons")
  func reasons() {
    #expect(throws: Refusal(.missing, column: "why")) {
      try RefuseCertificate(to: 8, of: 1, reading: " ")
    }
  }

  @Test("ends by two, if it is the one that stands, and not by who was refused (R-021)")
  func ended() {
    func tried(_ there: CertificateRefusal?, by caller: Int64) -> Result<Decision, Refusal> {
      let act = WithdrawRefusal(8, of: 1, on: 31, refusal: 60, for: .mended, why: "түзетілді")
      return AttestationFacts.outcome { () throws(Refusal) in
        try act.decided(there, by: caller)
      }
    }
    let deed = RefusalWithdrawn(resultID: 31, endsSequence: 60, reason: .mended, why: "түзетілді")
    #expect(
      tried(Self.refusal, by: 5)
        == .success(Decision(.refusalWithdrawn(deed), takesTwo: true)))
    let none = Refusal(.notRefused, column: "person", ["programme": "1"])
    #expect(tried(nil, by: 5) == .failure(none))
    let later = CertificateRefusal(
      sequence: 61, refusedOn: AttestationFacts.day("2026-06-30"), why: "x", maker: 5)
    #expect(tried(later, by: 5) == .failure(none))
    #expect(tried(Self.refusal, by: 8) == .failure(Refusal(.actsOnHimself, column: "person")))
  }

  @Test("stands among the rules as long as it stands, with day and reasons")
  func explained() throws {
    let met = try #require(
      Eligibility.training(Self.dossier(nil)).first { $0.rule == .attestation })
    #expect(met.isMet)
    #expect(!Eligibility.training(Self.dossier(nil)).contains { $0.rule == .decision })
    let findings = Eligibility.training(Self.dossier(Self.refusal))
    #expect(
      findings.filter { !$0.isMet } == [
        RuleFinding(
          .decision, isMet: false, ["day": "2026-06-29", "why": "құжат"], basis: .school)
      ])
  }

  private static func dossier(_ refusal: CertificateRefusal?) -> Dossier {
    Dossier(
      edition: AttestationFacts.edition, startedOn: AttestationFacts.day("2026-02-02"),
      admission: Admission(
        birthDate: AttestationFacts.day("1990-01-01"), education: .higher, bars: [],
        held: []),
      hours: Hours(theory: 144, practice: 144), trained: nil, daysNotEntitled: [],
      results: [AttestationFacts.result(31, .passed)], hasLatinName: true, certificate: nil,
      refusal: refusal)
  }
}
