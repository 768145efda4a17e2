import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What a certificate rests on holds no more, through the services (R-731, R-732)")
struct GroundTests {
  /// A certified trainee on 22 November 2026, whose training began on 2 February.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let paper: BitimV1.IssuedLine
    let certificates: CertificateServiceClient
    var holder: Int64 { self.paper.person?.id ?? 0 }

    init(_ cohort: TestCohort) async throws {
      self.school = cohort.school
      self.cohort = cohort
      self.paper = try await cohort.certified()
      self.certificates = CertificateServiceClient(cohort.certifier)
    }

    init() async throws {
      try await self.init(TestCohort(TestSchool()))
    }

    /// What waits for the certifier of the certificate's ground.
    func due() async throws -> [BitimV1.DueItem] {
      try await DueServiceClient(self.cohort.certifier).listDue(.init()).items
        .filter { $0.kind == .groundFails }
    }

    /// The item that is due of the certificate.
    func item(_ found: String, until: String) -> BitimV1.DueItem {
      var item = BitimV1.DueItem()
      (item.kind, item.since, item.until) = (.groundFails, "2026-11-22", until)
      (item.cohort, item.certificate, item.found) = (self.cohort.code, self.paper.number, found)
      item.person = self.paper.person
      return item
    }

    func suspend(for ground: BitimV1.SuspensionGround) async throws {
      var request = BitimV1.SuspendCertificateRequest()
      (request.number, request.ground) = (self.paper.number, ground)
      _ = try await request.asShown(by: self.certificates.suspendCertificate)
    }

    func bar(from day: String) async throws {
      var request = BitimV1.BarPersonRequest()
      (request.personId, request.bar) = (self.holder, .init())
      request.bar?.kind = .prosecution
      request.bar?.validFrom = day
      request.bar?.document = "№ 7 қаулы"
      _ = try await request.asShown(by: PersonServiceClient(self.cohort.registrar).barPerson)
    }

    func approve(_ proposal: Int64, _ digest: String) async throws {
      var approval = BitimV1.ApproveRequest()
      (approval.act, approval.shownDigest) = (proposal, digest)
      _ = try await ProposalServiceClient(self.cohort.certifier).approve(approval)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("a pass annulled under a suspension waits ten days, until there is another (R-732)")
  func annulled() async throws {
    let scene = try await Scene()
    try await scene.suspend(for: .investigation)
    #expect(try await scene.due() == [])
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId) = ("S-014", scene.holder)
    annulment.reason = "хаттама жоғалды"
    _ = try await AttestationServiceClient(scene.cohort.certifier).annulResult(annulment)
    #expect(
      try await scene.due() == [scene.item("ATTESTATION annulled", until: "2026-12-02")])
    // The law's rule is let stand by nobody.
    var stand = BitimV1.LetStandRequest()
    (stand.number, stand.doubt, stand.why) = (scene.paper.number, .groundFails, "бір күн дауда")
    stand.validateOnly = true
    let asked = stand
    await expectRefused(["RULE_OF_LAW"], .failedPrecondition) {
      _ = try await scene.certificates.letStand(asked)
    }
    try await scene.cohort.session("S-015", on: "2026-03-27")
    _ = try await scene.cohort.result("991231000014", [80, 75, 90], in: "S-015")
    _ = try await scene.cohort.confirm("S-015")
    #expect(try await scene.due() == [])
    try scene.end()
  }

  @Test("a birth date that two persons correct may show that she was too young (R-116)")
  func tooYoung() async throws {
    let scene = try await Scene()
    func correct(to day: String) async throws {
      var request = BitimV1.CorrectPersonRequest()
      (request.personId, request.birthDate) = (scene.holder, day)
      request.reason = .typingError
      request.evidence = .init()
      request.evidence?.document = "жеке куәлік"
      request.evidence?.number = "045123456"
      request.evidence?.seenBy = "Әбілова Сәуле"
      request.evidence?.seenOn = "2026-11-20"
      _ = try await PersonServiceClient(scene.cohort.registrar).correctPerson(request)
      let waiting = try await ProposalServiceClient(scene.cohort.certifier)
        .listProposals(.init()).proposals
      let proposal = try #require(waiting.first { $0.kind == .correctPerson })
      try await scene.approve(proposal.act, proposal.shownDigest)
    }
    try await correct(to: "2001-02-03")
    var item = scene.item("AGE 24 / 25", until: "2026-12-22")
    item.person?.birthYear = 2001
    #expect(try await scene.due() == [item])
    // Answered: it is suspended.
    try await scene.suspend(for: .groundFails)
    #expect(try await scene.due() == [])
    try await correct(to: "2001-02-02")
    #expect(try await scene.due() == [])
    try scene.end()
  }

  @Test("a bar of the first day of training is known later; one that began later is none (R-733)")
  func barred() async throws {
    let scene = try await Scene()
    try await scene.bar(from: "2026-02-03")
    #expect(try await scene.due() == [])
    try await scene.bar(from: "2026-02-02")
    #expect(try await scene.due() == [scene.item("NO_BAR 2026-02-02", until: "2026-12-22")])
    try scene.end()
  }

  @Test("the certificate asked first is revoked from before training began (R-411)")
  func prerequisite() async throws {
    let cohort = try await TestCohort(TestSchool(), code: "P2-ALA-01", programme: 2)
    var row = BitimV1.AdoptionRow()
    (row.line, row.holder) = (2, TestCohort.row(2, iin: "991231000014").person)
    (row.issuedOn, row.programme, row.entry) = ("2013-05-20", 1, .init())
    row.entry?.ownNumber = "45"
    row.entry?.attestation = .unknown
    var adoption = BitimV1.AdoptCertificatesRequest()
    adoption.rows = [row]
    let proposed = try await adoption.asShown(
      by: CertificateServiceClient(cohort.registrar).adoptCertificates)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(cohort.certifier).approve(approval)
    let scene = try await Scene(cohort)
    var list = BitimV1.ListCertificatesRequest()
    list.adopted = true
    let old = try #require(try await scene.certificates.listCertificates(list).certificates.first)
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (old.number, .fraud)
    (revocation.heldOn, revocation.why) = ("2026-02-02", "көшірмесі жалған")
    _ = try await revocation.asShown(by: scene.certificates.revokeCertificate)
    #expect(
      try await scene.due() == [scene.item("PREREQUISITE 1 2026-02-02", until: "2026-12-22")])
    // The School's own rule: it may be let stand, by two.
    var stand = BitimV1.LetStandRequest()
    (stand.number, stand.doubt, stand.why) = (scene.paper.number, .groundFails, "адал сенді")
    let shown = try await stand.asShown(by: scene.certificates.letStand)
    let clean = try await scene.school.client(
      scene.school.person("Nurlanova", "Botagoz"), [.registrar])
    var second = BitimV1.ApproveRequest()
    (second.act, second.shownDigest) = (shown.proposal, shown.shownDigest)
    _ = try await ProposalServiceClient(clean).approve(second)
    #expect(try await scene.due() == [])
    try scene.end()
  }
}
