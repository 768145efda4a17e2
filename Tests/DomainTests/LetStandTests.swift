@testable import BitimDomain
import Testing

/// 8 holds 2026-000417; a certifier, 5, proposes, and 2, who has no hand in it, approves.
@Suite("Letting a certificate stand (R-011)")
struct LetStandTests {
  private static let number: CertificateNumber = {
    guard let number = CertificateNumber(year: 2026, serial: 417) else {
      preconditionFailure("a serial of a year")
    }
    return number
  }()

  private static let next: CertificateNumber = {
    guard let number = CertificateNumber(year: 2026, serial: 418) else {
      preconditionFailure("a serial of a year")
    }
    return number
  }()

  private static let found = "HOURS_PRACTICE 35 / 36"

  private static func life(_ causes: CertificateMark.Cause...) -> CertificateLife {
    let days = Period(from: People.day("2026-07-01"), until: nil)
    return CertificateLife(
      issuedOn: People.day("2026-06-20"),
      validity: Period(from: People.day("2026-06-20"), until: nil),
      marks: causes.map { CertificateMark($0, days: days, sequence: 70) })
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var caller: Int64 = 2
    var hands: Set<Int64> = [5, 6]
    var doubt: CertificateDoubt = .groundFails
    var life = LetStandTests.life()
    var finding = CertificateFinding(.groundFails, [LetStandTests.found])
    var answered: String?
    var refusal: Refusal?
    var testDescription: String { self.name }
  }

  private static let nothing = Refusal(.nothingFound, column: "doubt", value: "ground_fails")

  private static let cases: [Case] = [
    Case(name: "by who has no hand in it"),
    Case(name: "while it is suspended", life: Self.life(.suspended(.groundFails))),
    Case(name: "anew, where other hours are found", answered: "HOURS_PRACTICE 34 / 36"),
    Case(name: "by its holder", caller: 8, refusal: Refusal(.actsOnHimself, column: "number")),
    Case(
      name: "by who has a hand in it", caller: 6,
      refusal: Refusal(.decidesOwnAct, column: "number")),
    Case(
      name: "which the law asks otherwise",
      finding: CertificateFinding(.groundFails, [Self.found], isOfLaw: true),
      refusal: Refusal(.ruleOfLaw, column: "doubt")),
    Case(
      name: "whose issuer was not entitled (R-735)", doubt: .issuerNotEntitled, finding: nil,
      refusal: Refusal(.ruleOfLaw, column: "doubt")),
    Case(
      name: "which is revoked", life: Self.life(.revoked(.error)),
      refusal: Refusal(.alreadyRevoked, ["since": "2026-07-01"])),
    Case(
      name: "which is replaced", life: Self.life(.replaced(.correction, by: Self.next)),
      refusal: Refusal(.certificateReplaced, column: "number", ["number": Self.next.text])),
    Case(name: "against which nothing is found", finding: nil, refusal: Self.nothing),
    Case(name: "again", answered: Self.found, refusal: Self.nothing),
  ]

  @Test("is done by two, the second with no hand in it, of what is no law's", arguments: Self.cases)
  func decided(_ tried: Case) throws {
    let act = try LetStand(
      Self.number, of: 8, despite: tried.doubt, reading: " бір сағат  дауда ")
    let facts = LetStand.Facts(
      life: tried.life, finding: tried.finding, answered: tried.answered)
    let decided = AttestationFacts.outcome { () throws(Refusal) in
      try act.decided(facts, by: tried.caller, hands: tried.hands)
    }
    let deed = CertificateLetStand(
      number: Self.number, doubt: .groundFails, found: Self.found, why: "бір сағат дауда")
    #expect(
      decided
        == tried.refusal.map { .failure($0) }
        ?? .success(Decision(.certificateLetStand(deed), takesTwo: true)))
  }

  @Test("says why; who proposes it may have a hand in it")
  func read() throws {
    #expect(throws: Refusal(.missing, column: "why")) {
      try LetStand(Self.number, of: 8, despite: .groundFails, reading: " ")
    }
    let act = LetStand(Self.number, of: 8, despite: .groundFails, why: "x")
    let facts = LetStand.Facts(
      life: Self.life(), finding: CertificateFinding(.groundFails, [Self.found]), answered: nil)
    #expect(try act.decided(facts, by: 5).takesTwo)
  }

  @Test("is approved by an arbiter or a registrar, and by no certifier")
  func approvers() throws {
    let act = ProposedAct.letStand(
      LetStand(Self.number, of: 8, despite: .groundFails, why: "x"))
    #expect(act.kind == .letStand)
    #expect(act.person == 8)
    #expect(act.approvers == [.arbiter, .registrar])
    let proposal = Proposal(
      sequence: 70, act: act, proposer: 5, proposedOn: People.today, digest: "d1",
      lastDay: People.today, end: nil)
    func asked(_ roles: Set<Role>) throws {
      _ = try ApproveProposal(proposal, digest: "d1", by: 2, roles: roles, on: People.today)
    }
    try asked([.arbiter])
    try asked([.certifier, .registrar])
    #expect(throws: Refusal(.notAllowed, ["roles": "arbiter, registrar"])) {
      try asked([.certifier])
    }
  }
}
