import BitimClient
import BitimDomain
import BitimProtocol
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

/// A certificate of 22 November 2026 that a certifier revoked, and the holder's appeal against that.
private struct StayScene {
  let cases: CaseScene
  let certifier: CertificateServiceClient
  let appeal: Int64
  var number: String { self.cases.paper.number }

  init(signs: Bool = false) async throws {
    self.cases = try await CaseScene(signs: signs)
    self.certifier = CertificateServiceClient(self.cases.cohort.certifier)
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (self.cases.paper.number, .misconduct)
    _ = try await revocation.asShown(by: self.certifier.revokeCertificate)
    let asked = try await self.cases.appeal([try await self.cases.act("certificate_revoked")])
    self.appeal = try await self.cases.registrar.receiveCase(asked).found?.act ?? 0
  }

  func turn(to day: String) throws {
    self.cases.school.clock.turn(to: try #require(CivilDate(iso: day)))
  }

  /// Stays, as the arbiter of the scene does.
  func stay(by service: CaseServiceClient? = nil) async throws -> BitimV1.Case? {
    try await self.cases.move(
      self.appeal, .stayed, why: "шешімге дейін жұмысынан айырылады",
      by: service ?? self.cases.arbiter)
  }

  /// What a stranger with the paper is told.
  func told(on day: String = "") async throws -> BitimV1.CertificateStatus? {
    var request = BitimV1.VerifyCertificateRequest()
    (request.number, request.code) = (self.number, self.cases.paper.code)
    request.asOf = day
    let service = CertificateServiceClient(self.cases.school.stranger)
    return try await service.verifyCertificate(request).status
  }

  /// What a certifier is told.
  func known(
    on day: String = "", as known: String = ""
  ) async throws -> BitimV1.CertificateStatus? {
    var request = BitimV1.GetCertificateRequest()
    (request.number, request.asOf, request.asKnown) = (self.number, day, known)
    return try await self.certifier.getCertificate(request).status
  }

  /// What stands against the certificate by its bundle, which covers all acts so far.
  func bundled() async throws -> [StandingNote.Event] {
    var request = BitimV1.GetBundleRequest()
    request.number = self.number
    let text = try await self.certifier.getBundle(request).bundle
    let standing = try CertificateBundle(Array(text.utf8)).standing
    let access = AccessServiceClient(self.cases.school.administrator)
    #expect(standing.size == (try await access.getJournal(.init()).size))
    return Array(standing.events.dropFirst())
  }

  static func revoked(since: String, until: String = "") -> BitimV1.CertificateStatus {
    var status = BitimV1.CertificateStatus()
    (status.standing, status.since, status.until) = (.revoked, since, until)
    status.told = .decision
    return status
  }

  static func valid(stayedIn act: Int64 = 0) -> BitimV1.CertificateStatus {
    var status = BitimV1.CertificateStatus()
    (status.standing, status.stayedIn) = (.valid, act)
    return status
  }
}

@Suite("What an arbiter stays (R-632)")
struct StayTests {
  @Test("a revocation has no effect from that day on, and has it again when it stands")
  func stands() async throws {
    let scene = try await StayScene()
    #expect(try await scene.told() == StayScene.revoked(since: "2026-11-22"))
    try scene.turn(to: "2026-11-25")
    #expect(try await scene.stay()?.steps.map(\.step) == [.stayed])
    #expect(try await scene.told() == StayScene.valid())
    #expect(try await scene.known() == StayScene.valid(stayedIn: scene.appeal))
    let before = StayScene.revoked(since: "2026-11-22", until: "2026-11-24")
    #expect(try await scene.told(on: "2026-11-24") == before)
    // It stands all the same: it is not revoked twice.
    var again = BitimV1.RevokeCertificateRequest()
    (again.number, again.reason) = (scene.number, .misconduct)
    let twice = again
    await expectRefused(["ALREADY_REVOKED"], .failedPrecondition) {
      _ = try await scene.certifier.revokeCertificate(twice)
    }
    try scene.turn(to: "2026-12-01")
    #expect(try await scene.cases.decide(scene.appeal, .decisionStands)?.state == .decided)
    #expect(try await scene.told() == StayScene.revoked(since: "2026-12-01"))
    #expect(try await scene.told(on: "2026-11-30") == StayScene.valid())
    #expect(try await scene.told(on: "2026-11-24") == before)
    // As it was known before the decision, and before the stay.
    #expect(
      try await scene.known(on: "2026-12-01", as: "2026-11-30")
        == StayScene.valid(stayedIn: scene.appeal))
    #expect(
      try await scene.known(on: "2026-11-26", as: "2026-11-24")?.standing == .revoked)
    try scene.cases.end()
  }

  @Test(
    "a bundle has the days on which what is stayed has effect, and no others",
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
  func bundled() async throws {
    let scene = try await StayScene(signs: true)
    let act = try await scene.cases.act("certificate_revoked")
    try scene.cases.school.sign()
    func events() async throws -> [StandingNote.Event] { try await scene.bundled() }
    #expect(try await events() == [.init(.revoked, from: "2026-11-22", until: nil, act: act)])
    try scene.turn(to: "2026-11-25")
    _ = try await scene.stay()
    let before = StandingNote.Event(.revoked, from: "2026-11-22", until: "2026-11-24", act: act)
    #expect(try await events() == [before])
    try scene.turn(to: "2026-12-01")
    _ = try await scene.cases.decide(scene.appeal, .decisionStands)
    #expect(
      try await events() == [before, .init(.revoked, from: "2026-12-01", until: nil, act: act)])
    try scene.cases.end()
  }

  @Test("what is changed is stayed until two withdraw it, and never stood then (R-631)")
  func changed() async throws {
    let scene = try await StayScene()
    // On the very day of the revocation: it has effect on none.
    _ = try await scene.stay()
    #expect(try await scene.told() == StayScene.valid())
    #expect(try await scene.known() == StayScene.valid(stayedIn: scene.appeal))
    try scene.turn(to: "2026-11-25")
    _ = try await scene.cases.decide(scene.appeal, .decisionChanged)
    #expect(try await scene.told() == StayScene.valid())
    var withdrawal = BitimV1.WithdrawMarkRequest()
    (withdrawal.number, withdrawal.reason, withdrawal.why) = (scene.number, .appeal, "апелляция")
    withdrawal.caseAct = scene.appeal
    let proposed = try await withdrawal.asShown(by: scene.certifier.withdrawMark)
    #expect(proposed.shown?.withdrawn?.standing == .revoked)
    let registrar = ProposalServiceClient(scene.cases.cohort.registrar)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await registrar.approve(approval)
    #expect(try await scene.known() == StayScene.valid())
    #expect(try await scene.known(on: "2026-11-22") == StayScene.valid())
    try scene.cases.end()
  }

  @Test(
    "a bundle covers the act by which a mark was withdrawn",
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
  func covered() async throws {
    let scene = try await StayScene(signs: true)
    try scene.cases.school.sign()
    #expect(try await scene.bundled().count == 1)
    try scene.turn(to: "2026-11-25")
    _ = try await scene.cases.decide(scene.appeal, .decisionChanged)
    var withdrawal = BitimV1.WithdrawMarkRequest()
    (withdrawal.number, withdrawal.reason, withdrawal.why) = (scene.number, .appeal, "апелляция")
    withdrawal.caseAct = scene.appeal
    let proposed = try await withdrawal.asShown(by: scene.certifier.withdrawMark)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(scene.cases.cohort.registrar).approve(approval)
    #expect(try await scene.bundled() == [])
    try scene.cases.end()
  }

  @Test(
    "a stay of what another certificate stands instead of is refused (R-703)")
  func replaced() async throws {
    let cases = try await CaseScene()
    let certifier = CertificateServiceClient(cases.cohort.certifier)
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason, revocation.why) = (cases.paper.number, .error, "қате")
    _ = try await revocation.asShown(by: certifier.revokeCertificate)
    let anew = try #require(try await cases.cohort.issue().first).number
    let asked = try await cases.appeal([try await cases.act("certificate_revoked")])
    let appeal = try await cases.registrar.receiveCase(asked).found?.act ?? 0
    do {
      _ = try await cases.move(appeal, .stayed, why: "шешімге дейін", by: cases.arbiter)
      Issue.record("two certificates of one programme are valid")
    } catch let failure as CallFailure {
      let reasons = failure.status?.reasons ?? []
      #expect(reasons.map(\.reason) == ["CERTIFICATE_REPLACED"])
      #expect(reasons.first?.metadata["number"] == anew)
    }
    try cases.end()
  }

  @Test("it ends with a case that is withdrawn; one ordered on that day was never in effect")
  func withdrawn() async throws {
    let scene = try await StayScene()
    _ = try await scene.stay()
    _ = try await scene.cases.move(scene.appeal, .withdrawn, why: "келісті")
    #expect(try await scene.told() == StayScene.revoked(since: "2026-11-22"))
    try scene.cases.end()
  }

  @Test(
    "by an arbiter with no hand in it, once, of what stands; and then it is not returned (R-027)")
  func refused() async throws {
    let scene = try await StayScene()
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await scene.stay(by: scene.cases.registrar)
    }
    let maker = CaseServiceClient(
      try await scene.cases.school.client(scene.cases.cohort.certifierID, [.arbiter]))
    await expectRefused(["DECIDES_OWN_ACT"], .permissionDenied) {
      _ = try await scene.stay(by: maker)
    }
    let result = try await scene.cases.registrar.receiveCase(try await scene.cases.appeal())
    await expectRefused(["NOTHING_TO_STAY"], .failedPrecondition) {
      _ = try await scene.cases.move(
        result.found?.act ?? 0, .stayed, why: "x", by: scene.cases.arbiter)
    }
    _ = try await scene.stay()
    await expectRefused(["ALREADY_THERE"], .alreadyExists) { _ = try await scene.stay() }
    await expectRefused(["CASE_OUT_OF_ORDER"], .failedPrecondition) {
      _ = try await scene.cases.move(scene.appeal, .returned, why: "сенімхат жоқ")
    }
    try scene.cases.end()
  }

  @Test("who watches is told of the stay, and of its end")
  func watched() async throws {
    let scene = try await StayScene()
    let partner = CertificateServiceClient(
      try await scene.cases.school.token(0, [.verifier], in: "SCHOOL", days: 90))
    try scene.turn(to: "2026-11-25")
    _ = try await scene.stay()
    let stayed = try await scene.cases.act("case_moved")
    _ = try await scene.cases.decide(scene.appeal, .decisionStands)
    let decided = try await scene.cases.act("case_decided")
    var watch = BitimV1.WatchCertificatesRequest()
    watch.afterSequence = scene.appeal
    let watched = try await partner.watchCertificates(watch)
    #expect(try await watched.next()?.sequence == stayed)
    let last = try await watched.next()
    #expect(last?.sequence == decided)
    #expect(last?.number == scene.number)
    try scene.cases.end()
  }
}
