@testable import BitimDomain
import Testing

@Suite("Deaths (R-124)")
struct DeathTests {
  static let standing = StandingDeath(
    Death(on: People.day("2026-11-20"), document: "certificate 12"), sequence: 40, maker: 8)

  private static func decided(
    _ day: String, born: String? = "1991-12-31", beside standing: StandingDeath? = nil,
    by caller: Int64 = 9
  ) throws -> Deed {
    try RecordDeath(51, on: People.day(day), document: " certificate 12 ")
      .decided(beside: standing, born: born.map(People.day), by: caller)
  }

  @Test("is recorded with its day and what shows it, from the day of birth on")
  func recorded() throws {
    for day in ["1991-12-31", "2026-11-20"] {
      #expect(
        try Self.decided(day)
          == .personDied(
            PersonDied(
              personID: 51, death: Death(on: People.day(day), document: "certificate 12"))))
    }
  }

  @Test("is not recorded by whom it is about, before the birth, twice, or on no document")
  func notRecorded() {
    #expect(throws: Refusal(.actsOnHimself)) { try Self.decided("2026-11-20", by: 51) }
    #expect(throws: Refusal(.datesReversed, column: "died_on", value: "1991-12-30")) {
      try Self.decided("1991-12-30")
    }
    #expect(throws: Refusal(.alreadyThere, column: "died_on", value: "2026-11-20")) {
      try Self.decided("2026-11-21", beside: Self.standing)
    }
    #expect(throws: Refusal(.missing, column: "document")) {
      try RecordDeath(51, on: People.day("2026-11-20"), document: " ")
    }
  }

  @Test("is withdrawn as an error, with a reason, by anybody but whom it is about; it takes two")
  func withdrawn() throws {
    let act = try WithdrawDeath(51, reason: " a namesake ")
    #expect(
      try act.decided(Self.standing, by: 9)
        == Decision(
          .deathWithdrawn(DeathWithdrawn(personID: 51, endsSequence: 40, reason: "a namesake")),
          takesTwo: true))
    #expect(throws: Refusal(.actsOnHimself)) { try act.decided(Self.standing, by: 51) }
    #expect(throws: Refusal(.missing, column: "reason")) {
      try WithdrawDeath(51, reason: " ")
    }
    let proposed = ProposedAct.withdrawDeath(act)
    #expect(proposed.kind == .withdrawDeath)
    #expect(proposed.person == 51)
    #expect(proposed.approvers == [.certifier, .registrar])
  }

  @Test("of the dead nothing is done, of the living all of it")
  func living() {
    let living = Living(dead: [51, 53])
    #expect(throws: Refusal(.personDead, ["who": PersonNumber.text(51)])) {
      try living.check([50, 51])
    }
    #expect(throws: Refusal(.personDead, ["who": PersonNumber.text(53)])) {
      try living.check([53])
    }
    #expect(throws: Never.self) { try living.check([50, 52]) }
    #expect(living.refusal(of: 50) == nil)
    #expect(!living.isEverybody)
    #expect(Living(dead: []).isEverybody)
  }

  @Test(
    "whoever is enrolled, given a role or a paper has to live; what is corrected or ended may be anybody's"
  )
  func deeds() throws {
    let number = try #require(CertificateNumber(year: 2026, serial: 1))
    func revoked(_ reason: RevocationReason) -> Deed {
      .certificateRevoked(
        CertificateRevoked(
          number: number, since: People.today, reason: reason, why: "", cites: 0))
    }
    #expect(revoked(.fraud).ofTheLiving == [.certificate(number)])
    // That it was issued in error is a correction.
    #expect(revoked(.error).ofTheLiving == [])
    #expect(
      Deed.waitingEnded(WaitingEnded(cohortID: 1, personID: 51, why: "died")).ofTheLiving == [])
    #expect(
      Deed.roleGranted(RoleGranted(personID: 51, role: .trainer, organisationID: 2)).ofTheLiving
        == [.person(51)])
    func decision(_ outcome: CaseOutcome) -> [Subject] {
      Deed.caseDecided(CaseDecided(case: 60, outcome: outcome, reasons: [])).ofTheLiving
    }
    let given: Set<CaseOutcome> = [.admitted, .recognised, .recognisedPart, .entered]
    for outcome in CaseOutcome.allCases {
      #expect(decision(outcome) == (given.contains(outcome) ? [.caseFile(60)] : []))
    }
    let died = try Self.decided("2026-11-20")
    #expect(died.ofTheLiving == [.person(51)])
    #expect(Deed.approved(Approved(proposal: 40, deed: died)).ofTheLiving == [.person(51)])
    func proposed(_ act: ProposedAct) -> Deed {
      .proposed(Proposed(act: act, digest: "0", lastDay: People.today))
    }
    func recognised(_ outcome: CaseOutcome) -> Deed {
      proposed(
        .decideRecognition(DecideRecognition(60, of: 51, outcome, reasons: [], part: nil)))
    }
    #expect(recognised(.recognised).ofTheLiving == [.person(51)])
    #expect(recognised(.refused).ofTheLiving == [])
    let transfer = TransferTrainee(51, from: 1, to: 2, on: People.today, for: "moved")
    #expect(proposed(.transferTrainee(transfer)).ofTheLiving == [.person(51)])
    #expect(
      proposed(.withdrawDeath(WithdrawDeath(51, for: "a namesake"))).ofTheLiving == [])
  }

  @Test("whoever has died gets neither a certificate nor the place waited for")
  func certificate() {
    #expect(
      Eligibility.living(true) == [RuleFinding(.living, isMet: false, [:], basis: .school)])
    #expect(Eligibility.living(false) == [])
  }

  @Test("what is due is due of the person it names, or of others whom somebody waits for")
  func due() {
    #expect(
      DueKind.allCases.filter { !$0.isOfPerson } == [
        .approve, .confirm, .issue, .suspensionEnding, .peopleShort, .placeFree, .agreementMissing,
        .agreementEnding, .review, .attendance,
      ])
  }
}
