@testable import BitimDomain
import Testing

@Suite("Acts of two persons (R-006)")
struct ProposalTests {
  static let act = ProposedAct.withdrawBar(WithdrawBar(51, bar: 40, for: "басқа адам"))
  static let today = People.day("2026-11-28")
  static let deed = Deed.barWithdrawn(
    BarWithdrawn(personID: 51, endsSequence: 40, reason: "басқа адам"))

  /// Proposed by 9 on 20 November.
  static func proposal(_ change: (inout Proposal) -> Void = { _ in }) -> Proposal {
    var proposal = Proposal(
      sequence: 70, act: Self.act, proposer: 9, proposedOn: People.day("2026-11-20"),
      digest: "d1", lastDay: People.day("2026-12-04"), end: nil)
    change(&proposal)
    return proposal
  }

  @Test("is proposed as it was read, and may be approved on fourteen days after")
  func proposed() throws {
    #expect(
      try Propose(Self.act, digest: "d1").decided(waiting: nil, on: Self.today)
        == .proposed(
          Proposed(act: Self.act, digest: "d1", lastDay: People.day("2026-12-12"))))
  }

  @Test("is not proposed while the same waits for that person")
  func twice() {
    #expect(throws: Refusal(.alreadyProposed, ["proposal": "70"])) {
      try Propose(Self.act, digest: "d1").decided(waiting: 70, on: Self.today)
    }
  }

  @Test("tells what it is of whom")
  func subject() {
    let rename = ProposedAct.renamePerson(RenamePerson(52, as: Names(), from: nil, for: "неке"))
    #expect(rename.kind == .renamePerson)
    #expect(rename.person == 52)
    let identifier = People.passport("N1")
    let claim = IdentifierClaim(identifier, distinct: Distinct(people: [], evidence: ""))
    let ground = CorrectionTests.ground
    let corrections: [(ProposedAct, ProposalKind)] = [
      (.addIdentifier(AddIdentifier(53, claim, for: ground)), .addIdentifier),
      (
        .endIdentifier(EndIdentifier(53, identifier, lastDay: Self.today, for: ground)),
        .endIdentifier
      ),
      (
        .correctIdentifier(CorrectIdentifier(53, identifier, to: nil, for: ground)),
        .correctIdentifier
      ),
      (
        .correctPerson(CorrectPerson(53, birthDate: nil, education: nil, for: ground)),
        .correctPerson
      ),
    ]
    for (act, kind) in corrections {
      #expect(act.kind == kind)
      #expect(act.person == 53)
    }
    let transfer = ProposedAct.transferTrainee(
      TransferTrainee(54, from: 4, to: 5, on: Self.today, for: "көшті"))
    #expect(transfer.kind == .transferTrainee)
    #expect(transfer.person == 54)
    let adoption = ProposedAct.adoptCertificates(AdoptCertificates())
    #expect(adoption.kind == .adoptCertificates)
    #expect(adoption.person == nil)
    #expect(Self.replacement.kind == .replaceCertificate)
    #expect(Self.replacement.person == 54)
    let edition = ProposedAct.adoptEdition(AdoptEdition(.of()))
    #expect(edition.kind == .adoptEdition)
    #expect(edition.person == nil)
    let closing = ProposedAct.closeEdition(CloseEdition(3, lastDay: Self.today))
    #expect(closing.kind == .closeEdition)
    #expect(closing.person == nil)
    let specialising = ProposedAct.defineSpecialisation(DefineSpecialisation(Self.family))
    #expect(specialising.kind == .defineSpecialisation)
    #expect(specialising.person == nil)
    let repinning = ProposedAct.repinCohort(RepinCohort(4, to: 26, for: "x"))
    #expect(repinning.kind == .repinCohort)
    #expect(repinning.person == nil)
    let annulment = ProposedAct.withdrawAnnulment(
      WithdrawAnnulment(31, of: 8, annulledBy: 55, cites: 60, why: "x"))
    #expect(annulment.kind == .withdrawAnnulment)
    #expect(annulment.person == 8)
    #expect(Self.entitlement.kind == .changeEntitlement)
    #expect(Self.entitlement.person == nil)
    #expect(Self.certifying.kind == .certifyKey)
    #expect(Self.certifying.person == nil)
    #expect(Self.retiring.kind == .retireKey)
    #expect(Self.retiring.person == nil)
    #expect(Self.setting.kind == .changeSetting)
    #expect(Self.setting.person == nil)
    #expect(Self.agreement.kind == .adoptAgreement)
    #expect(Self.agreement.person == nil)
    #expect(Self.act.kind == .withdrawBar)
    #expect(Self.act.person == 51)
  }

  private static let family = Specialisation(
    id: 0, code: "family", name: Trilingual(kk: "Отбасы", ru: "Семья", en: "Family"),
    inForce: Period(from: Self.today, until: nil))
  private static let entitlement = ProposedAct.changeEntitlement(
    ChangeEntitlement(
      .withdraw, of: 2, to: .train, day: Self.today, until: nil, basis: "қате жазба"))

  private static let certifying = ProposedAct.certifyKey(
    CertifyKey(
      SigningKey(name: "кілт", publicKey: [1], use: .certificates, from: Self.today, kept: "")))
  private static let retiring = ProposedAct.retireKey(
    RetireKey([1], KeyRetirement(lastDay: Self.today, ground: .lost, believedSize: nil)))

  private static let setting = ProposedAct.changeSetting(
    ChangeSetting(
      SettingChange(
        name: .waitingStrict, setting: .init(1, .school), from: Self.today, why: "кеңес")))

  private static let agreement = ProposedAct.adoptAgreement(
    AdoptAgreement(
      Agreement(
        organisation: 3, number: "№ 7", signedOn: Self.today, from: Self.today, until: Self.today,
        country: "ESP", purpose: "тану", transferGround: "келісім", scope: [.reasons],
        callsPerDay: 10)))

  private static let replacement: ProposedAct = {
    guard let number = CertificateNumber(year: 2026, serial: 1) else {
      preconditionFailure("a serial of a year")
    }
    return .replaceCertificate(
      ReplaceCertificate(number, of: 54, for: .nameChange, evidence: "неке куәлігі"))
  }()

  private func approved(
    _ proposal: Proposal = Self.proposal(), stated: String = "d1", now: String = "d1",
    maker: Int64? = 8, by caller: Int64 = 7, isCertifier: Bool = false,
    on today: CivilDate = Self.today
  ) throws -> Deed {
    let act = try ApproveProposal(
      proposal, digest: stated, by: caller, roles: isCertifier ? [.certifier] : [.registrar],
      on: today)
    return try act.decided(.init(deed: Self.deed, digest: now, maker: maker))
  }

  @Test("is approved by another, up to its last day, and holds what was decided then")
  func approval() throws {
    let expected = Deed.approved(Approved(proposal: 70, deed: Self.deed))
    #expect(try self.approved() == expected)
    #expect(try self.approved(on: People.day("2026-12-04")) == expected)
    // Who made what is called an error may propose that; the one who approves is a third.
    #expect(try self.approved(maker: 9) == expected)
    #expect(try self.approved(maker: nil) == expected)
  }

  @Test("is not approved by its maker, when it has ended, or after its last day")
  func notApproved() {
    #expect(throws: Refusal(.approvesOwnProposal)) { try self.approved(by: 9) }
    for end in ProposalEnd.allCases {
      #expect(throws: Refusal(.proposalEnded)) {
        try self.approved(Self.proposal { $0.end = end })
      }
    }
    #expect(throws: Refusal(.proposalLapsed, ["day": "2026-12-04"])) {
      try self.approved(on: People.day("2026-12-05"))
    }
  }

  @Test("R-028: is not approved by who made what it calls an error")
  func maker() {
    #expect(throws: Refusal(.endsOwnAct)) { try self.approved(by: 8) }
  }

  @Test(
    "is approved by a certifier alone where it brings a certificate (R-741, R-721), is of editions (R-301), keys, settings or partners",
    arguments: [
      ProposedAct.adoptCertificates(AdoptCertificates()), Self.replacement,
      .adoptEdition(AdoptEdition(.of())), .closeEdition(CloseEdition(3, lastDay: Self.today)),
      .repinCohort(RepinCohort(4, to: 26, for: "x")),
      .defineSpecialisation(DefineSpecialisation(Self.family)),
      Self.entitlement, Self.certifying, Self.retiring, Self.setting, Self.agreement,
    ])
  func certifier(act: ProposedAct) throws {
    let proposal = Self.proposal { $0.act = act }
    #expect(throws: Refusal(.notAllowed, ["roles": "certifier"])) { try self.approved(proposal) }
    #expect(
      try self.approved(proposal, isCertifier: true)
        == .approved(Approved(proposal: 70, deed: Self.deed)))
  }

  @Test("R-007: is approved as it was proposed, as it was shown and as it would be done now")
  func shown() {
    #expect(throws: Refusal(.missing, column: "shown_digest")) { try self.approved(stated: "") }
    let changed = Refusal(.proposalChanged, column: "shown_digest")
    #expect(throws: changed) { try self.approved(stated: "d2") }
    #expect(throws: changed) { try self.approved(now: "d2") }
    // What was shown is what would be done, but not what the other proposed.
    #expect(throws: changed) { try self.approved(stated: "d2", now: "d2") }
  }

  @Test("is withdrawn by its maker, declined by others, with a reason, by nobody it is about")
  func ended() throws {
    func end(_ proposal: Proposal = Self.proposal(), by caller: Int64) throws -> ProposalEnded {
      try EndProposal(proposal, reason: " қате ").decided(by: caller)
    }
    #expect(try end(by: 9) == ProposalEnded(proposal: 70, how: .withdrawn, reason: "қате"))
    #expect(try end(by: 7) == ProposalEnded(proposal: 70, how: .declined, reason: "қате"))
    #expect(throws: Refusal(.actsOnHimself)) { try end(by: 51) }
    #expect(throws: Refusal(.proposalEnded)) {
      try end(Self.proposal { $0.end = .declined }, by: 9)
    }
    #expect(throws: Refusal(.missing, column: "reason")) {
      try EndProposal(Self.proposal(), reason: " ")
    }
  }

  @Test("changes what the deed it approves changes")
  func traits() {
    let number = CertificateNumber(year: 2026, serial: 417)!
    let revoked = Deed.certificateRevoked(
      .init(number: number, since: Self.today, reason: .error, why: ""))
    #expect(Deed.approved(Approved(proposal: 70, deed: revoked)).certificates == [number])
    #expect(Deed.approved(Approved(proposal: 70, deed: Self.deed)).certificates == [])
    let life = CertificateLife(
      issuedOn: People.day("2026-01-01"),
      validity: Period(from: People.day("2026-01-01"), until: nil), marks: [])
    #expect(
      life.after(.approved(Approved(proposal: 70, deed: revoked))) == life.after(revoked))
  }
}
