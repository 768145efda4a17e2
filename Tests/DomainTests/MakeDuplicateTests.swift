@testable import BitimDomain
import Testing

/// Certificate 417, held by person 8, issued on 2026-01-10; today is 2026-06-15, the registrar is person 6.
@Suite("Making a duplicate of a paper (R-716)")
struct MakeDuplicateTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var facts = MarkFacts.facts()
    var kind = CertificateKind.programme
    var copies = 0
    var statedOn = "2026-06-14"
    var registrar: Int64 = 6
    let expected: Result<Int, Refusal>
    var testDescription: String { self.name }
  }

  private static func stated(_ day: String) -> Result<Int, Refusal> {
    .failure(
      Refusal(
        .outOfRange, column: "stated_on", value: day, ["low": "2026-01-10", "high": "2026-06-15"]))
  }

  private static let cases: [Case] = [
    Case(name: "the first", expected: .success(1)),
    Case(name: "the third", copies: 2, expected: .success(3)),
    Case(name: "of the School's certificate", kind: .school, expected: .success(1)),
    Case(name: "on the day of the statement", statedOn: "2026-06-15", expected: .success(1)),
    Case(name: "stated on the day of issue", statedOn: "2026-01-10", expected: .success(1)),
    Case(
      name: "stated before the issue", statedOn: "2026-01-09", expected: Self.stated("2026-01-09")),
    Case(name: "stated tomorrow", statedOn: "2026-06-16", expected: Self.stated("2026-06-16")),
    Case(
      name: "on the last day", facts: MarkFacts.facts(until: "2026-06-15"), expected: .success(1)),
    Case(
      name: "of an expired one", facts: MarkFacts.facts(until: "2026-06-14"),
      expected: .failure(
        Refusal(.certificateExpired, column: "number", ["until": "2026-06-14"]))),
    Case(
      name: "of one that will be suspended and replaced",
      facts: MarkFacts.facts(MarkFacts.suspended("2026-06-16"), MarkFacts.replaced("2026-07-01")),
      expected: .success(1)),
    Case(
      name: "of a suspended one", facts: MarkFacts.facts(MarkFacts.suspended("2026-06-15")),
      expected: .failure(
        Refusal(.certificateSuspended, column: "number", ["since": "2026-06-15"]))),
    Case(
      name: "of a replaced one", facts: MarkFacts.facts(MarkFacts.replaced("2026-06-15")),
      expected: .failure(
        Refusal(.certificateReplaced, column: "number", ["number": MarkFacts.other.text]))),
    Case(
      name: "of one that will be revoked", facts: MarkFacts.facts(MarkFacts.revoked("2026-07-01")),
      expected: .failure(Refusal(.alreadyRevoked, ["since": "2026-07-01"]))),
    Case(
      name: "of one from before this registry", kind: .adopted,
      expected: .failure(Refusal(.certificateAdopted, column: "number"))),
    Case(
      name: "one's own (R-021)", registrar: 8,
      expected: .failure(Refusal(.actsOnHimself, column: "number"))),
  ]

  @Test("counts on from the last, of what stands today", arguments: Self.cases)
  func decided(_ given: Case) {
    let statedOn = MarkFacts.day(given.statedOn)
    let today = MarkFacts.day("2026-06-15")
    let act = MakeDuplicate(MarkFacts.number, for: .stolen, statedOn: statedOn)
    let decided = Result { () throws(Refusal) in
      try act.decided(
        .init(certificate: given.facts, kind: given.kind, copies: given.copies),
        by: given.registrar, on: today)
    }
    let expected = given.expected.map { copy in
      DuplicateMade(
        number: MarkFacts.number, copy: copy, reason: .stolen, statedOn: statedOn, madeOn: today)
    }
    #expect(decided == expected)
  }
}
