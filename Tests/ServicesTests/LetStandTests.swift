import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Letting a certificate stand, through the services (R-011)")
struct LetStandServiceTests {
  /// A certified trainee, a certifier who proposes, and a registrar with no hand in the certificate.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let paper: BitimV1.IssuedLine
    let certificates: CertificateServiceClient
    let due: DueServiceClient
    let clean: BitimClient

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.paper = try await self.cohort.certified()
      self.certificates = CertificateServiceClient(self.cohort.certifier)
      self.due = DueServiceClient(self.cohort.certifier)
      self.clean = try await self.school.client(
        self.school.person("Nurlanova", "Botagoz"), [.registrar])
    }

    /// What is found against the certificate, as the certifier is told.
    func found() async throws -> [BitimV1.DueKind] {
      try await self.due.listDue(.init()).items.map(\.kind)
    }

    /// The registrar proposes and the certifier approves that she attended less of the first class.
    func attended(_ quarters: Int32) async throws {
      let service = CohortServiceClient(self.cohort.registrar)
      var request = BitimV1.CorrectHoursRequest()
      request.cohort = self.cohort.code
      request.personId = self.paper.person?.id ?? 0
      (request.heldOn, request.startsAt) = ("2026-02-03", "09:00")
      (request.theoryQuarters, request.reason, request.evidence) = (quarters, .dispute, "қатысу")
      _ = try await service.correctHours(request)
      try await self.approve(.correctHours, by: self.cohort.certifier)
    }

    func request(_ doubt: BitimV1.CertificateDoubt) -> BitimV1.LetStandRequest {
      var request = BitimV1.LetStandRequest()
      (request.number, request.doubt, request.why) = (self.paper.number, doubt, "бір сағат дауда")
      return request
    }

    func propose(_ doubt: BitimV1.CertificateDoubt) async throws -> BitimV1.LetStandResponse {
      try await self.request(doubt).asShown(by: self.certificates.letStand)
    }

    func proposal(
      _ kind: BitimV1.ProposalKind, _ client: BitimClient
    ) async throws -> BitimV1.Proposal {
      let proposals = try await ProposalServiceClient(client).listProposals(.init()).proposals
      return try #require(proposals.first { $0.kind == kind })
    }

    func approve(_ kind: BitimV1.ProposalKind, by client: BitimClient) async throws {
      let proposal = try await self.proposal(kind, client)
      var approval = BitimV1.ApproveRequest()
      (approval.act, approval.shownDigest) = (proposal.act, proposal.shownDigest)
      _ = try await ProposalServiceClient(client).approve(approval)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("hours below a minimum that is no law's: answered until the facts change again (R-731)")
  func ground() async throws {
    let scene = try await Scene()
    await expectRefused(["NOTHING_FOUND"], .failedPrecondition) {
      _ = try await scene.propose(.groundFails)
    }
    try await scene.attended(32)
    #expect(try await scene.found() == [.groundFails])
    let proposed = try await scene.propose(.groundFails)
    var shown = BitimV1.LetStandShown()
    (shown.number, shown.doubt, shown.why) = (scene.paper.number, .groundFails, "бір сағат дауда")
    (shown.holder, shown.title) = (proposed.shown?.holder, proposed.shown?.title)
    shown.found = "HOURS_THEORY 35 / 36"
    #expect(proposed.shown == shown)
    #expect(shown.holder?.kk?.surname == "Ахметова")
    // Nothing is answered before, and nobody approves who has a hand in it: who proposed the correction,
    // who trained, recorded, chaired or sat.
    #expect(try await scene.found() == [.groundFails])
    for person in [
      scene.cohort.trainerID, scene.cohort.examinerID, scene.cohort.chairID, scene.cohort.memberID,
    ] {
      let own = try await scene.school.client(person, [.registrar])
      #expect(try await scene.proposal(.letStand, own).obstacle == "DECIDES_OWN_ACT")
    }
    #expect(
      try await scene.proposal(.letStand, scene.cohort.registrar).obstacle == "DECIDES_OWN_ACT")
    let second = try await scene.school.client(
      scene.school.person("Second", "Certifier"), [.certifier])
    #expect(try await scene.proposal(.letStand, second).obstacle == "NOT_ALLOWED")
    #expect(try await scene.proposal(.letStand, scene.clean).obstacle == "")
    try await scene.approve(.letStand, by: scene.clean)
    #expect(try await scene.found() == [])
    await expectRefused(["NOTHING_FOUND"], .failedPrecondition) {
      _ = try await scene.propose(.groundFails)
    }
    // What is let stand is no failed ground: it is issued anew, with the hours as they stand.
    let proposal = try await scene.cohort.replacement(of: scene.paper, for: .correction)
    #expect(proposal.shown?.after?.theoryQuarters == 140)
    // Other hours are another finding.
    try await scene.attended(28)
    #expect(try await scene.found().contains(.groundFails))
    try scene.end()
  }

  @Test("an arbiter sees what is to be let stand and nothing else, and approves it (R-006)")
  func arbiter() async throws {
    let scene = try await Scene()
    let person = try await scene.school.person("Tursynov", "Askar")
    let arbiter = try await scene.school.client(person, [.arbiter])
    try await scene.attended(32)
    var rename = BitimV1.RenamePersonRequest()
    (rename.personId, rename.reason) = (scene.paper.person?.id ?? 0, "x")
    rename.names = .latin("Akhmetova", "Aigerima")
    #expect(
      try await PersonServiceClient(scene.cohort.registrar).renamePerson(rename).proposal != 0)
    #expect(try await ProposalServiceClient(arbiter).listProposals(.init()).proposals == [])
    let proposed = try await scene.propose(.groundFails)
    #expect(
      try await ProposalServiceClient(arbiter).listProposals(.init()).proposals.map(\.act)
        == [proposed.proposal])
    // Nor does an arbiter end what is not for arbiters; to him or her it is not there.
    let renaming = try await scene.proposal(.renamePerson, scene.clean).act
    func end(_ act: Int64) async throws -> BitimV1.ProposalEnd {
      var request = BitimV1.EndProposalRequest()
      (request.act, request.reason) = (act, "дәлел жоқ")
      return try await ProposalServiceClient(arbiter).endProposal(request).how
    }
    await expectRefused(["PROPOSAL_UNKNOWN"], .notFound) { _ = try await end(renaming) }
    #expect(try await end(proposed.proposal) == .declined)
    let anew = try await scene.propose(.groundFails)
    #expect(anew.shownDigest == proposed.shownDigest)
    let due = try await DueServiceClient(arbiter).listDue(.init()).items
    #expect(due.map(\.proposed) == [.letStand])
    try await scene.approve(.letStand, by: arbiter)
    // The rename waits yet.
    #expect(try await scene.found() == [.approve])
    try scene.end()
  }

  @Test("separation that a merge shows to be broken is let stand, until another breaks it (R-030)")
  func separation() async throws {
    let scene = try await Scene()
    func merge(_ one: Int64, _ other: Int64) async throws {
      var request = BitimV1.MergePeopleRequest()
      (request.personId, request.otherId) = (one, other)
      request.document = "жеке куәлік № 045123456"
      _ = try await request.asShown(by: PersonServiceClient(scene.cohort.registrar).mergePeople)
      try await scene.approve(.mergePeople, by: scene.cohort.certifier)
    }
    try await merge(scene.cohort.chairID, scene.cohort.examinerID)
    #expect(try await scene.found() == [.separationBroken])
    let found = try await scene.propose(.separationBroken).shown?.found
    let first = min(scene.cohort.chairID, scene.cohort.examinerID)
    #expect(found == "CONFIRMS_OWN_RECORD \(PersonNumber.text(first))")
    try await scene.approve(.letStand, by: scene.clean)
    #expect(try await scene.found() == [])
    try await merge(scene.cohort.trainerID, scene.cohort.memberID)
    // Of each whose numbers were linked.
    #expect(try await scene.found() == [.separationBroken, .separationBroken])
    try scene.end()
  }

  @Test("who was not entitled to issue broke the law, and no such certificate is let stand (R-735)")
  func entitlement() async throws {
    let scene = try await Scene()
    await expectRefused(["RULE_OF_LAW"], .failedPrecondition) {
      _ = try await scene.propose(.issuerNotEntitled)
    }
    try scene.end()
  }
}
