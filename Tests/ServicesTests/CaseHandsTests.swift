import BitimClient
import BitimDomain
import BitimProtocol
import BitimTestSupport
import Testing

/// Cases are in the hands of natural persons, whatever their numbers.
@Suite("Who has several numbers takes no part in a case of his or her own (R-122)")
struct CaseHandsTests {
  @Test(
    "whom a case is about neither receives, extends nor decides it under another number (R-021)")
  func himself() async throws {
    let scene = try await CaseScene()
    let act = try await scene.registrar.receiveCase(try await scene.appeal()).found?.act ?? 0
    let other = try await scene.school.person("Ospanova", "Gulnar")
    let reader = CaseServiceClient(try await scene.school.client(other, [.trainer]))
    var look = BitimV1.GetCaseRequest()
    look.act = act
    let asked = look
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await reader.getCase(asked) }
    try await scene.merge(scene.trainee, scene.arbiterID)
    try await scene.merge(scene.arbiterID, other)
    await expectRefused(["DECIDES_HIMSELF"], .permissionDenied) {
      _ = try await scene.decide(act, .decisionChanged)
    }
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await scene.move(act, .extended, why: "куәлар көп", by: scene.arbiter)
    }
    let second = try await scene.appeal()
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await scene.arbiter.receiveCase(second)
    }
    // Whose case it is reads it under any number.
    #expect(try await reader.getCase(look).found?.act == act)
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-12-20")))
    let due = DueServiceClient(
      try await scene.school.token(scene.arbiterID, [.arbiter], in: "SCHOOL", days: 90))
    #expect(try await due.listDue(.init()).items == [])
    try scene.end()
  }

  @Test("who sat in the commission under another number decides nothing of it (R-027)")
  func hand() async throws {
    let scene = try await CaseScene()
    let act = try await scene.registrar.receiveCase(try await scene.appeal()).found?.act ?? 0
    try await scene.merge(scene.cohort.memberID, scene.arbiterID)
    await expectRefused(["DECIDES_OWN_ACT"], .permissionDenied) {
      _ = try await scene.decide(act, .decisionStands)
    }
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-12-20")))
    let due = DueServiceClient(
      try await scene.school.token(scene.arbiterID, [.arbiter], in: "SCHOOL", days: 90))
    #expect(try await due.listDue(.init()).items == [])
    try scene.end()
  }

  @Test(
    "whose annulment it is neither proposes to set it aside under another number nor approves it")
  func annulment() async throws {
    let scene = try await CaseScene()
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (scene.paper.number, .error)
    _ = try await revocation.asShown(
      by: CertificateServiceClient(scene.cohort.certifier).revokeCertificate)
    let attestation = AttestationServiceClient(scene.cohort.certifier)
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId, annulment.reason) = (
      "S-014", scene.trainee, "cheating"
    )
    _ = try await attestation.annulResult(annulment)
    let asked = try await scene.appeal([try await scene.act("result_annulled")])
    let act = try await scene.registrar.receiveCase(asked).found?.act ?? 0
    #expect(try await scene.decide(act, .decisionChanged)?.state == .decided)
    let other = try await scene.school.person("Ospanova", "Gulnar")
    let own = try await scene.school.client(other, [.certifier])
    try await scene.merge(scene.trainee, other)
    var again = BitimV1.WithdrawAnnulmentRequest()
    (again.session, again.personId, again.why) = ("S-014", scene.trainee, "апелляция")
    again.caseAct = act
    let request = again
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await request.asShown(by: AttestationServiceClient(own).withdrawAnnulment)
    }
    _ = try await again.asShown(by: attestation.withdrawAnnulment)
    #expect(
      try await ProposalServiceClient(own).listProposals(.init()).proposals.map(\.obstacle)
        == ["ACTS_ON_HIMSELF"])
    try scene.end()
  }
}

extension CaseScene {
  /// Links two numbers: the registrar proposes it, the certifier approves.
  func merge(_ one: Int64, _ other: Int64) async throws {
    var request = BitimV1.MergePeopleRequest()
    (request.personId, request.otherId) = (one, other)
    request.document = "жеке куәлік № 045123456"
    let proposed = try await request.asShown(
      by: PersonServiceClient(self.cohort.registrar).mergePeople)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(self.cohort.certifier).approve(approval)
  }
}
