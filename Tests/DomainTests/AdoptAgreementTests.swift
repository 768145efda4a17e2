@testable import BitimDomain
import Testing

@Suite("Agreements with partners (R-206)")
struct AdoptAgreementTests {
  private static let today = People.day("2026-11-22")

  private static func agreement(
    _ change: (inout Agreement) -> Void = { _ in }
  ) -> Agreement {
    var agreement = Agreement(
      organisation: 3, number: "№ 7", signedOn: People.day("2026-01-15"),
      from: People.day("2026-02-01"),
      until: People.day("2027-01-31"), country: "ESP", purpose: "дипломдарды тану",
      transferGround: "94-V, 16-бап", scope: [.watch, .verifyNumber], callsPerDay: 500)
    change(&agreement)
    return agreement
  }

  private static func standing(_ from: String, _ until: String) -> [StandingAgreement] {
    let agreement = Self.agreement { ($0.from, $0.until) = (People.day(from), People.day(until)) }
    return [StandingAgreement(agreement, sequence: 41)]
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var change: @Sendable (inout Agreement) -> Void = { _ in }
    var standing: [StandingAgreement] = []
    var takesTwo = false
    var refusal: Refusal?
    var testDescription: String { self.name }
  }

  private static func calls(_ calls: String) -> Refusal {
    Refusal(
      .outOfRange, column: "calls_per_day", value: calls, ["low": "1", "high": "10000000"])
  }

  private static func there(_ from: String, _ to: String) -> Refusal {
    Refusal(.agreementThere, ["from": from, "to": to])
  }

  private static let cases: [Case] = [
    Case(name: "of verification and the watch is one person's"),
    Case(name: "of many papers at once is one person's", change: { $0.scope = [.verifyBulk] }),
    Case(
      name: "of whole grounds takes two", change: { $0.scope = [.verifyNumber, .reasons] },
      takesTwo: true),
    Case(
      name: "without a number", change: { $0.number = "" },
      refusal: Refusal(.missing, column: "number")),
    Case(
      name: "without a purpose", change: { $0.purpose = "" },
      refusal: Refusal(.missing, column: "purpose")),
    Case(
      name: "that allows nothing", change: { $0.scope = [] },
      refusal: Refusal(.missing, column: "scope")),
    Case(
      name: "abroad, with nothing that lets it be told there", change: { $0.transferGround = "" },
      refusal: Refusal(.missing, column: "transfer_ground")),
    Case(
      name: "at home, where nothing goes abroad",
      change: { ($0.country, $0.transferGround) = ("KAZ", "") }),
    Case(
      name: "in no country", change: { $0.country = "ES" },
      refusal: Refusal(.notInList, column: "country", value: "ES")),
    Case(name: "of one day", change: { $0.until = $0.from }),
    Case(
      name: "that ends before it begins", change: { $0.until = People.day("2026-01-31") },
      refusal: Refusal(.datesReversed, column: "valid_until", value: "2026-01-31")),
    Case(name: "of one call a day", change: { $0.callsPerDay = 1 }),
    Case(name: "of no call", change: { $0.callsPerDay = 0 }, refusal: Self.calls("0")),
    Case(name: "of ten million calls a day", change: { $0.callsPerDay = 10_000_000 }),
    Case(
      name: "of more", change: { $0.callsPerDay = 10_000_001 }, refusal: Self.calls("10000001")),
    Case(name: "behind another", standing: Self.standing("2025-02-01", "2026-01-31")),
    Case(name: "before another", standing: Self.standing("2027-02-01", "2028-01-31")),
    Case(
      name: "whose first day is another's last",
      standing: Self.standing("2025-02-01", "2026-02-01"),
      refusal: Self.there("2025-02-01", "2026-02-01")),
    Case(
      name: "whose last day is another's first",
      standing: Self.standing("2027-01-31", "2028-01-31"),
      refusal: Self.there("2027-01-31", "2028-01-31")),
  ]

  @Test("an agreement", arguments: Self.cases)
  func adopted(_ given: Case) {
    let agreement = Self.agreement(given.change)
    let decided = Result { () throws(Refusal) in
      try AdoptAgreement(agreement).decided(given.standing)
    }
    let decision = Decision(
      .agreementAdopted(AgreementAdopted(agreement: agreement)), takesTwo: given.takesTwo)
    #expect(decided == given.refusal.map { .failure($0) } ?? .success(decision))
  }

  @Test(
    "ends with a day on which it is in force, before its last",
    arguments: [
      ("2026-01-31", "2026-02-01"), ("2026-02-01", nil), ("2027-01-30", nil),
      ("2027-01-31", "2027-02-01"), ("2027-02-01", "2027-02-02"),
    ] as [(String, String?)])
  func ended(day: String, lacking: String?) {
    let act = EndAgreement(with: 3, lastDay: People.day(day))
    let decided = Result { () throws(Refusal) in
      try act.decided(Self.standing("2026-02-01", "2027-01-31"))
    }
    let deed = Deed.agreementEnded(
      AgreementEnded(organisationID: 3, ends: 41, lastDay: People.day(day)))
    #expect(
      decided
        == lacking.map { .failure(Refusal(.agreementMissing, ["day": $0])) } ?? .success(deed))
  }

  @Test("stands on a day as its days say, and ends within ninety days")
  func standing() {
    let agreement = Self.agreement()
    let days = [
      "2026-01-31", "2026-02-01", "2026-11-01", "2026-11-02", "2026-11-03", "2027-01-31",
      "2027-02-01",
    ]
    // 2 November is ninety days before 31 January.
    #expect(
      days.map { agreement.standing(on: People.day($0)) } == [
        .toCome, .inForce, .inForce, .ending, .ending, .ending, .ended,
      ])
  }

  @Test("its scope is said once each, in the order of the words")
  func scope() {
    let agreement = Agreement(
      organisation: 3, number: "", signedOn: Self.today, from: Self.today, until: Self.today,
      country: "", purpose: "", transferGround: "",
      scope: [.reasons, .watch, .reasons, .verifyNumber], callsPerDay: 1)
    #expect(agreement.scope == [.verifyNumber, .watch, .reasons])
  }

  /// What a token may do on a day: the words of its scope and the calls; or why it does nothing.
  private static func terms(
    _ standing: [Agreement], on day: String
  ) -> Result<[String], Refusal> {
    Result { () throws(Refusal) in
      let terms = try PartnerAgreements(standing).terms(on: People.day(day))
      return AgreementScope.allCases.filter(terms.has).map(\.rawValue)
        + (terms.callsPerDay.map { ["\($0)"] } ?? [])
    }
  }

  @Test("a token does what the agreement of the day says, and nothing behind its last day")
  func ofTheDay() {
    let first = Self.agreement()
    let next = Self.agreement {
      ($0.from, $0.until) = (People.day("2027-03-01"), People.day("2027-12-31"))
      ($0.scope, $0.callsPerDay) = ([.verifyBulk, .reasons], 9)
    }
    let ended = { Result<[String], Refusal>.failure(Refusal(.agreementEnded, ["day": $0])) }
    #expect(Self.terms([first], on: "2026-02-01") == .success(["verify_number", "watch", "500"]))
    #expect(Self.terms([first], on: "2027-01-31") == .success(["verify_number", "watch", "500"]))
    #expect(Self.terms([first], on: "2027-02-01") == ended("2027-01-31"))
    for all in [[first, next], [next, first]] {
      #expect(Self.terms(all, on: "2027-02-28") == ended("2027-01-31"))
      #expect(Self.terms(all, on: "2027-03-01") == .success(["verify_bulk", "reasons", "9"]))
      #expect(Self.terms(all, on: "2028-01-01") == ended("2027-12-31"))
    }
  }

  @Test("a token from before goes on with verification and the watch until an agreement begins")
  func before() {
    let all: Result<[String], Refusal> = .success(["verify_number", "verify_bulk", "watch"])
    #expect(Self.terms([], on: "2026-01-31") == all)
    #expect(Self.terms([Self.agreement()], on: "2026-01-31") == all)
  }

  @Test("what is not in the scope is refused by its word", arguments: AgreementScope.allCases)
  func required(word: AgreementScope) {
    let others = AgreementScope.allCases.filter { $0 != word }
    #expect(throws: Never.self) {
      try PartnerTerms([word], callsPerDay: nil).require(word)
    }
    #expect(throws: Refusal(.notInAgreement, ["scope": word.rawValue])) {
      try PartnerTerms(others, callsPerDay: nil).require(word)
    }
  }
}
