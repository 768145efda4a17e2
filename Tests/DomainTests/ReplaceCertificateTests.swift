@testable import BitimDomain
import Testing

/// Certificate 417 of programme 1, held by person 8, issued on 2026-01-10 and valid from 2026-02-01. Person
/// 3 taught her, 4 examined her; today is 2027-01-10.
@Suite("Issuing a certificate anew (R-721)")
struct ReplaceCertificateTests {
  private static let today = MarkFacts.day("2027-01-10")

  private static func names(_ surname: String) -> Names {
    Names(
      kk: PersonName(surname: surname, given: "Ұлжан", patronymic: ""),
      latin: PersonName(surname: "Utegenova", given: "Ulzhan", patronymic: ""))
  }

  private static var facts: ReplaceCertificate.Facts {
    .init(
      candidate: .init(
        personID: 8, kind: .programme, programme: 1, enrolmentID: 80,
        hands: .init(
          taughtHere: [3], taught: [3: MarkFacts.day("2020-01-06")], examinedHere: [4],
          examined: [4: MarkFacts.day("2020-01-20")]), validityMonths: 36),
      life: MarkFacts.life(), printed: self.names("Өтегенова"), names: self.names("Сейітова"),
      isGrounded: true, isEntitled: true, lastSerial: 41)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let reason: ReplacementReason
    let caller: Int64
    let hand: Hand
    /// The new one's days, and from when on the old one is replaced.
    let expected: Result<(validity: Period, since: CivilDate), Refusal>
    let change: @Sendable (inout ReplaceCertificate.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ reason: ReplacementReason = .nameChange, by caller: Int64 = 5,
      as hand: Hand = .certifier, from: String = "2026-02-01", until: String? = nil,
      since: String = "2027-01-10",
      _ change: @escaping @Sendable (inout ReplaceCertificate.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.reason = reason
      self.caller = caller
      self.hand = hand
      self.expected = .success((MarkFacts.days(from, until), MarkFacts.day(since)))
      self.change = change
    }

    init(
      refused name: String, _ reason: ReplacementReason = .nameChange, by caller: Int64 = 5,
      as hand: Hand = .certifier, with refusal: Refusal,
      _ change: @escaping @Sendable (inout ReplaceCertificate.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.reason = reason
      self.caller = caller
      self.hand = hand
      self.expected = .failure(refusal)
      self.change = change
    }
  }

  private static func who(_ reason: Reason) -> Refusal {
    // 98 - 800 mod 97 = 74.
    Refusal(reason, column: "number", ["who": "P-8-74"])
  }

  private static let cases: [Case] = [
    Case("for another name"),
    Case("for the School's error", .correction) { $0.names = $0.printed },
    Case("for another datum", .datumChange) { $0.names = $0.printed },
    Case("with its last day", until: "2027-01-10") {
      $0.life = MarkFacts.life(until: "2027-01-10")
    },
    Case("that is suspended on another day") {
      $0.life = MarkFacts.life(MarkFacts.suspended("2026-03-01", "2027-01-09"))
    },
    //
    Case(
      refused: "that is revoked, be it from a day to come",
      with: Refusal(.alreadyRevoked, ["since": "2027-01-20"])
    ) { $0.life = MarkFacts.life(MarkFacts.revoked("2027-01-20")) },
    Case(
      refused: "that is suspended today",
      with: Refusal(.certificateSuspended, column: "number", ["since": "2026-03-01"])
    ) { $0.life = MarkFacts.life(MarkFacts.suspended("2026-03-01", "2027-01-10")) },
    Case(
      refused: "that is replaced, be it from a day to come",
      with: Refusal(.certificateReplaced, column: "number", ["number": MarkFacts.other.text])
    ) { $0.life = MarkFacts.life(MarkFacts.replaced("2027-02-01")) },
    Case(
      refused: "that has expired",
      with: Refusal(.certificateExpired, column: "number", ["until": "2027-01-09"])
    ) { $0.life = MarkFacts.life(until: "2027-01-09") },
    Case(
      refused: "that is from before this registry",
      with: Refusal(.certificateAdopted, column: "number")
    ) { $0.candidate.kind = .adopted },
    // Renewal: from the day after the last, or from the issue if that is later.
    Case(
      "renewed ahead", .renewal, from: "2027-02-01", until: "2030-01-31", since: "2027-02-01"
    ) { $0.life = MarkFacts.life(until: "2027-01-31") },
    Case(
      "renewed on its last day", .renewal, from: "2027-01-11", until: "2030-01-10",
      since: "2027-01-11"
    ) { $0.life = MarkFacts.life(until: "2027-01-10") },
    Case("renewed late", .renewal, from: "2027-01-10", until: "2030-01-09") {
      $0.life = MarkFacts.life(until: "2026-12-31")
    },
    Case("renewed without end, where no validity is set any more", .renewal, from: "2027-01-10") {
      $0.life = MarkFacts.life(until: "2026-12-31")
      $0.candidate.validityMonths = 0
    },
    Case(
      refused: "renewed without a last day", .renewal,
      with: Refusal(.neverExpires, column: "number")),
    //
    Case(refused: "one's own, proposed", by: 8, as: .registrar, with: Self.who(.actsOnHimself)),
    Case(refused: "one's own, approved", by: 8, with: Self.who(.decidesHimself)),
    Case(
      refused: "corrected by who taught her", .correction, by: 3, with: Self.who(.decidesOwnTrainee)
    ),
    Case(
      refused: "corrected by who examined her", .datumChange, by: 4,
      with: Self.who(.decidesOwnCandidate)),
    Case(
      refused: "renewed by who examined her", .renewal, by: 4, with: Self.who(.decidesOwnCandidate)
    ) { $0.life = MarkFacts.life(until: "2027-01-31") },
    Case("for another name, by who taught her", by: 3),
    Case("corrected on the proposal of who taught her", .correction, by: 3, as: .registrar),
    Case("the School's certificate corrected by who taught her", .correction, by: 3) {
      $0.candidate.kind = .school
    },
    Case(
      refused: "for another name that is not recorded yet",
      with: Refusal(.namesUnchanged, column: "number")
    ) { $0.names = $0.printed },
    Case(
      refused: "without a Latin name", .correction,
      with: Refusal(.latinNameMissing, column: "number")
    ) { $0.names.latin = nil },
    Case(
      refused: "whose ground failed (R-731)", with: Refusal(.groundFailed, column: "number")
    ) { $0.isGrounded = false },
    Case(
      refused: "without an entitlement", with: Refusal(.notEntitledToIssue, ["day": "2027-01-10"])
    ) { $0.isEntitled = false },
    Case(
      refused: "without a serial left", with: Refusal(.serialsExhausted, ["year": "2027"])
    ) { $0.lastSerial = 999_999 },
  ]

  @Test("gives the next number and the days, or says why not", arguments: Self.cases)
  func decided(_ given: Case) throws {
    var facts = Self.facts
    given.change(&facts)
    let act = try ReplaceCertificate(
      MarkFacts.number, of: 8, for: given.reason, reading: " неке  куәлігі")
    switch given.expected {
    case .success(let expected):
      let grant = try act.decided(facts, by: given.caller, as: given.hand, on: Self.today)
      #expect(grant.number.value == 2_027_000_042)
      #expect(grant.candidate == facts.candidate)
      #expect(grant.issuedOn == Self.today)
      #expect(grant.validity == expected.validity)
      let code = try #require(CertificateCode(octets: [UInt8](repeating: 7, count: 10)))
      let certificate = grant.certificate(code: code, sheet: [1])
      #expect(
        act.deed(certificate)
          == CertificateReplaced(
            number: MarkFacts.number, reason: given.reason, since: expected.since,
            evidence: "неке куәлігі", certificate: certificate))
    case .failure(let refusal):
      #expect(throws: refusal) {
        try act.decided(facts, by: given.caller, as: given.hand, on: Self.today)
      }
    }
  }

  @Test("says what shows it")
  func evidence() {
    #expect(throws: Refusal(.missing, column: "evidence")) {
      try ReplaceCertificate(MarkFacts.number, of: 8, for: .correction, reading: " ")
    }
  }

  // Worked example 15: no edition that is there sets a validity, so that it is told of one that would.
  @Test("15: 36 months from 29 February, expired on 1 March, renewed late (R-013, R-706, R-721)")
  func renewed() throws {
    let first = Period(from: MarkFacts.day("2024-02-29"), months: 36)
    #expect(first.until == MarkFacts.day("2027-02-28"))
    var facts = Self.facts
    facts.life = CertificateLife(issuedOn: first.from, validity: first, marks: [])
    #expect(facts.life.standing(on: MarkFacts.day("2027-02-28")) == .valid)
    #expect(facts.life.standing(on: MarkFacts.day("2027-03-01")) == .expired)
    let act = ReplaceCertificate(MarkFacts.number, of: 8, for: .renewal, evidence: "өтініш")
    let grant = try act.decided(
      facts, by: 5, as: .certifier, on: MarkFacts.day("2027-04-10"))
    #expect(
      grant.validity
        == Period(from: MarkFacts.day("2027-04-10"), until: MarkFacts.day("2030-04-09")))
    // The old one stays expired up to the new one's first day.
    let code = try #require(CertificateCode(octets: [UInt8](repeating: 7, count: 10)))
    let old = facts.life.after(
      .certificateReplaced(act.deed(grant.certificate(code: code, sheet: []))))
    #expect(old.standing(on: MarkFacts.day("2027-04-09")) == .expired)
    #expect(old.standing(on: MarkFacts.day("2027-04-10")) == .replaced)
    #expect(old.replacement?.successor == grant.number)
  }
}
