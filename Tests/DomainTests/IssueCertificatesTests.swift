@testable import BitimDomain
import Testing

/// Today is 2026-06-30, the certifier is person 5; 8 and 9 passed programme 1, 9 in another enrolment.
@Suite("Issuing certificates (R-703, R-025)")
struct IssueCertificatesTests {
  private static func day(_ text: String) -> CivilDate {
    guard let day = CivilDate(iso: text) else { preconditionFailure("\(text) is no day") }
    return day
  }

  private static func candidate(_ id: Int64) -> IssueCertificates.Candidate {
    .init(
      personID: id, kind: .programme, programme: 1, enrolmentID: id * 10,
      hands: .init(
        taughtHere: [3], taught: [3: Self.day("2026-02-10"), 4: Self.day("2020-02-10")],
        examinedHere: [1, 2], examined: [1: Self.day("2026-03-20"), 2: Self.day("2026-03-20")]),
      validityMonths: 0)
  }

  private static var facts: IssueCertificates.Facts {
    .init(candidates: [Self.candidate(8), Self.candidate(9)], isEntitled: true, lastSerial: 416)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let expected: Result<[Int64], Refusals>
    let certifier: Int64
    let change: @Sendable (inout IssueCertificates.Facts) -> Void
    var testDescription: String { self.name }

    /// - Parameter refusals: What is refused; nothing where both get their numbers.
    init(
      _ name: String, by certifier: Int64 = 5, _ refusals: [Refusal] = [],
      _ change: @escaping @Sendable (inout IssueCertificates.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.certifier = certifier
      self.expected =
        refusals.isEmpty
        ? .success([2_026_000_417, 2_026_000_418]) : .failure(Refusals(all: refusals))
      self.change = change
    }
  }

  // 98 - 800 mod 97 = 74 and 98 - 900 mod 97 = 71.
  private static func both(_ reason: Reason) -> [Refusal] {
    [Refusal(reason, ["who": "P-8-74"]), Refusal(reason, ["who": "P-9-71"])]
  }
  private static func first(_ reason: Reason) -> [Refusal] {
    [Refusal(reason, ["who": "P-8-74"])]
  }

  private static let cases: [Case] = [
    Case("by who had no hand in it"),
    Case("of nobody", [Refusal(.nothingToIssue)]) { $0.candidates = [] },
    Case(
      "without an entitlement", [Refusal(.notEntitledToIssue, ["day": "2026-06-30"])]
    ) { $0.isEntitled = false },
    Case("of oneself (R-021)", by: 8, Self.first(.decidesHimself)),
    Case("by who taught both here", by: 3, Self.both(.decidesOwnTrainee)),
    Case("by who taught one here long ago", by: 6, Self.first(.decidesOwnTrainee)) {
      $0.candidates[0].hands.taughtHere = [3, 6]
    },
    Case(
      "by who taught one elsewhere on the day 24 months before", by: 6,
      Self.first(.decidesOwnTrainee)
    ) {
      $0.candidates[0].hands.taught[6] = Self.day("2024-06-30")
    },
    Case("by who taught one elsewhere on the day before that", by: 6) {
      $0.candidates[0].hands.taught[6] = Self.day("2024-06-29")
    },
    Case("by who examined both here", by: 1, Self.both(.decidesOwnCandidate)),
    Case("by who examined one here long ago", by: 6, Self.first(.decidesOwnCandidate)) {
      $0.candidates[0].hands.examinedHere = [6]
    },
    Case(
      "by who examined one elsewhere on the day 24 months before", by: 6,
      Self.first(.decidesOwnCandidate)
    ) { $0.candidates[0].hands.examined[6] = Self.day("2024-06-30") },
    Case("by who examined one elsewhere on the day before that", by: 6) {
      $0.candidates[0].hands.examined[6] = Self.day("2024-06-29")
    },
    Case("of the School, by who taught and examined", by: 3) { facts in
      for index in facts.candidates.indices {
        facts.candidates[index].kind = .school
        facts.candidates[index].programme = 0
        facts.candidates[index].hands.examinedHere = [3]
      }
    },
    Case("of the School, of oneself", by: 8, Self.first(.decidesHimself)) { facts in
      facts.candidates[0].kind = .school
    },
    Case(
      "with one serial left for two", [Refusal(.serialsExhausted, ["year": "2026"])]
    ) { $0.lastSerial = 999_998 },
  ]

  @Test("gives each the next number, or says of each why not", arguments: Self.cases)
  func decided(_ given: Case) {
    var facts = Self.facts
    given.change(&facts)
    let act = IssueCertificates(
      of: .programme, by: given.certifier, as: [.certifier], on: Self.day("2026-06-30"))
    let decided = Result { () throws(Refusals) in try act.decided(facts) }
    #expect(decided.map { $0.map(\.number.value) } == given.expected)
  }

  @Test("the last serial of a year is given out")
  func last() throws {
    var facts = Self.facts
    facts.lastSerial = 999_997
    let grants = try IssueCertificates(
      of: .programme, by: 5, as: [.certifier], on: Self.day("2026-06-30")
    ).decided(facts)
    #expect(grants.map(\.number.serial) == [999_998, 999_999])
  }

  //
  @Test("a grant becomes the certificate of its candidate, valid from the day of issue")
  func certificate() throws {
    let grants = try IssueCertificates(
      of: .programme, by: 5, as: [.certifier], on: Self.day("2026-06-30")
    ).decided(Self.facts)
    let code = try #require(CertificateCode(octets: [UInt8](repeating: 7, count: 10)))
    #expect(
      grants.last?.certificate(code: code, sheet: [1, 2])
        == .init(
          number: try #require(CertificateNumber(value: 2_026_000_418)), code: code, personID: 9,
          kind: .programme, programme: 1, enrolmentID: 90, issuedOn: Self.day("2026-06-30"),
          validity: Period(from: Self.day("2026-06-30"), until: nil), sheet: [1, 2]))
    // The law sets no term; an edition may.
    var limited = Self.facts
    limited.candidates[0].validityMonths = 36
    let term = try IssueCertificates(
      of: .programme, by: 5, as: [.certifier], on: Self.day("2026-06-30")
    ).decided(limited)
    #expect(
      term.map(\.validity) == [
        Period(from: Self.day("2026-06-30"), until: Self.day("2029-06-29")),
        Period(from: Self.day("2026-06-30"), until: nil),
      ])
  }
}
