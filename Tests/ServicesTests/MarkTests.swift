import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What stands against a certificate")
struct MarkTests {
  /// A School with one certificate of today, 2026-11-22, and a second certifier.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let firstPerson: BitimClient
    let secondPerson: BitimClient
    let otherID: Int64
    let issued: BitimV1.IssuedLine
    let first: CertificateServiceClient
    let second: CertificateServiceClient
    let stranger: CertificateServiceClient

    init(_ school: TestSchool) async throws {
      self.school = school
      self.cohort = try await TestCohort(school)
      self.issued = try await self.cohort.certified()
      self.firstPerson = self.cohort.certifier
      self.first = CertificateServiceClient(self.firstPerson)
      let other = try await school.person("Nurlanova", "Botagoz")
      self.otherID = other
      self.secondPerson = try await school.client(other, [.certifier])
      self.second = CertificateServiceClient(self.secondPerson)
      self.stranger = CertificateServiceClient(school.stranger)
    }

    func suspension(
      for ground: BitimV1.SuspensionGround = .court, on day: String = "", until: String = ""
    ) -> BitimV1.SuspendCertificateRequest {
      var request = BitimV1.SuspendCertificateRequest()
      request.number = self.issued.number
      request.ground = ground
      request.heldOn = day
      request.until = until
      return request
    }

    func reinstatement(on day: String) -> BitimV1.ReinstateCertificateRequest {
      var request = BitimV1.ReinstateCertificateRequest()
      request.number = self.issued.number
      request.reason = .caseClosed
      request.heldOn = day
      return request
    }

    func verified() async throws -> BitimV1.VerifyCertificateResponse {
      var request = BitimV1.VerifyCertificateRequest()
      request.number = self.issued.number
      request.code = self.issued.code
      return try await self.stranger.verifyCertificate(request)
    }

    func turn(to day: String) throws {
      self.school.clock.turn(to: try #require(CivilDate(iso: day)))
    }
  }

  private static func status(
    _ standing: BitimV1.Standing, since: String = "", until: String = "",
    ground: BitimV1.SuspensionGround = .unspecified
  ) -> BitimV1.CertificateStatus {
    var status = BitimV1.CertificateStatus()
    status.standing = standing
    status.since = since
    status.until = until
    status.ground = ground
    return status
  }

  //
  @Test("a suspension takes effect on its days, ends by itself, and says no ground to strangers")
  func bounded() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    let done = try await scene.suspension(
      for: .investigation, on: "2026-11-24", until: "2026-11-26"
    ).asShown(by: scene.first.suspendCertificate)
    #expect(done.recorded)
    #expect(done.status == Self.status(.valid))
    #expect(try await scene.verified().verdict == .valid)
    try scene.turn(to: "2026-11-24")
    let suspended = try await scene.verified()
    #expect(suspended.verdict == .notValid)
    #expect(
      suspended.status == Self.status(.suspended, since: "2026-11-24", until: "2026-11-26"))
    var get = BitimV1.GetCertificateRequest()
    get.number = scene.issued.number
    #expect(
      try await scene.first.getCertificate(get).status
        == Self.status(
          .suspended, since: "2026-11-24", until: "2026-11-26", ground: .investigation))
    try scene.turn(to: "2026-11-26")
    #expect(try await scene.verified().verdict == .notValid)
    try scene.turn(to: "2026-11-27")
    let after = try await scene.verified()
    #expect(after.verdict == .valid)
    #expect(after.status == Self.status(.valid))
    #expect(try school.check().problems == [])
  }

  @Test("another certifier ends a suspension before its time; its maker may not, and it is noted")
  func reinstated() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    _ = try await scene.suspension().asShown(by: scene.first.suspendCertificate)
    try scene.turn(to: "2026-11-25")
    var own = scene.reinstatement(on: "2026-11-25")
    own.validateOnly = true
    let refused = own
    await expectRefused(["ENDS_OWN_ACT"], .permissionDenied) {
      _ = try await scene.first.reinstateCertificate(refused)
    }
    let done = try await scene.reinstatement(on: "2026-11-25").asShown(
      by: scene.second.reinstateCertificate)
    #expect(done.recorded)
    #expect(done.shown?.before == Self.status(.suspended, since: "2026-11-22", ground: .court))
    #expect(done.shown?.after == Self.status(.valid))
    #expect(done.status == Self.status(.valid))
    #expect(try await scene.verified().verdict == .valid)
    // The days before stay suspended, and a new suspension may follow.
    _ = try await scene.suspension(on: "2026-11-25").asShown(by: scene.second.suspendCertificate)
    #expect(try await scene.verified().verdict == .notValid)
    #expect(try school.check().problems == [])
  }

  @Test("where one certifier is alone, her suspension is ended by two; an arbiter approves (R-712)")
  func reinstatedAlone() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    _ = try await scene.suspension().asShown(by: scene.first.suspendCertificate)
    try scene.turn(to: "2026-11-25")
    var leaves = BitimV1.WithdrawRoleRequest()
    leaves.personId = scene.otherID
    leaves.role = .certifier
    leaves.organisation = "SCHOOL"
    _ = try await AccessServiceClient(school.administrator).withdrawRole(leaves)
    let proposed = try await scene.reinstatement(on: "2026-11-25").asShown(
      by: scene.first.reinstateCertificate)
    #expect(!proposed.recorded)
    #expect(proposed.status == Self.status(.suspended, since: "2026-11-22", ground: .court))
    var shown = BitimV1.MarkShown()
    shown.number = scene.issued.number
    shown.holder = proposed.shown?.holder
    shown.title = proposed.shown?.title
    shown.before = Self.status(.suspended, since: "2026-11-22", ground: .court)
    shown.after = Self.status(.valid)
    shown.effectOn = "2026-11-25"
    shown.reason = "case_closed"
    #expect(proposed.shown == shown)
    #expect(try await scene.verified().verdict == .notValid)
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    let approved = approval
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      _ = try await ProposalServiceClient(scene.firstPerson).approve(approved)
    }
    let person = try await school.person("Tursynov", "Askar")
    let arbiter = ProposalServiceClient(try await school.client(person, [.arbiter]))
    let waiting = try await arbiter.listProposals(.init()).proposals
    #expect(waiting.map(\.kind) == [.reinstateCertificate])
    #expect(waiting.map(\.shown) == [.reinstatement(shown)])
    #expect(waiting.map(\.obstacle) == [""])
    let done = try await arbiter.approve(approved)
    #expect(done.proposal?.shown == .reinstatement(shown))
    #expect(try await scene.verified().verdict == .valid)
    #expect(try school.check().problems == [])
  }

  @Test("what was not shown is not done: no digest, or one of what has changed since")
  func shown() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    let bare = scene.suspension()
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await scene.first.suspendCertificate(bare)
    }
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = scene.issued.number
    revocation.reason = .fraud
    revocation.validateOnly = true
    let look = try await scene.first.revokeCertificate(revocation)
    #expect(!look.recorded)
    #expect(look.shown?.number == scene.issued.number)
    #expect(look.shown?.holder?.kk?.surname == "Ахметова")
    #expect(look.shown?.before == Self.status(.valid))
    #expect(look.shown?.after?.standing == .revoked)
    #expect(look.status == Self.status(.valid))
    // Asked again, the same is shown under the same digest.
    #expect(try await scene.second.revokeCertificate(revocation).shownDigest == look.shownDigest)
    _ = try await scene.suspension().asShown(by: scene.second.suspendCertificate)
    revocation.validateOnly = false
    revocation.shownDigest = look.shownDigest
    let outdated = revocation
    await expectRefused(["SHOWN_CHANGED"], .aborted) {
      _ = try await scene.first.revokeCertificate(outdated)
    }
    revocation.reason = .misconduct
    let otherReason = revocation
    await expectRefused(["SHOWN_CHANGED"], .aborted) {
      _ = try await scene.first.revokeCertificate(otherReason)
    }
    #expect(try await scene.verified().status?.standing == .suspended)
  }

  @Test("a revocation stands before a suspension, and after it nothing is suspended or ended")
  func revoked() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    _ = try await scene.suspension().asShown(by: scene.first.suspendCertificate)
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = scene.issued.number
    revocation.reason = .misconduct
    revocation.heldOn = "2026-11-24"
    let done = try await revocation.asShown(by: scene.second.revokeCertificate)
    #expect(done.status == Self.status(.suspended, since: "2026-11-22", ground: .court))
    var suspension = scene.suspension(on: "2026-11-22")
    suspension.validateOnly = true
    let second = suspension
    await expectRefused(["ALREADY_REVOKED"], .failedPrecondition) {
      _ = try await scene.second.suspendCertificate(second)
    }
    let reinstatement = scene.reinstatement(on: "2026-11-23")
    await expectRefused(["ALREADY_REVOKED"], .failedPrecondition) {
      _ = try await scene.second.reinstateCertificate(reinstatement)
    }
    try scene.turn(to: "2026-11-24")
    var revoked = Self.status(.revoked, since: "2026-11-24")
    revoked.told = .decision
    #expect(try await scene.verified().status == revoked)
    #expect(try school.check().problems == [])
  }

  private func revoked(_ scene: Scene) async throws {
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = scene.issued.number
    revocation.reason = .misconduct
    try scene.turn(to: "2026-11-24")
    _ = try await revocation.asShown(by: scene.first.revokeCertificate)
  }

  @Test("a revocation on the wrong number is withdrawn by two, and never stood (R-715, R-028)")
  func withdrawn() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    let partner = CertificateServiceClient(
      try await school.token(0, [.verifier], in: "SCHOOL"))
    let watched = try await partner.watchCertificates(.init())
    for _ in 0..<2 { _ = try await watched.next() }
    try await self.revoked(scene)
    #expect(try await watched.next()?.status?.standing == .revoked)
    var request = BitimV1.WithdrawMarkRequest()
    request.number = scene.issued.number
    request.reason = .wrongCertificate
    request.heldOn = "2026-11-23"
    request.why = "шешім 2026-000414-27 туралы болған"
    request.validateOnly = true
    let early = request
    await expectRefused(["NOTHING_TO_END"], .failedPrecondition) {
      _ = try await scene.first.withdrawMark(early)
    }
    request.heldOn = ""
    let proposed = try await request.asShown(by: scene.first.withdrawMark)
    var revoked = Self.status(.revoked, since: "2026-11-24")
    revoked.told = .decision
    let answered = revoked
    revoked.reason = .misconduct
    var shown = BitimV1.MarkShown()
    shown.number = scene.issued.number
    shown.holder = proposed.shown?.holder
    shown.title = proposed.shown?.title
    shown.before = revoked
    shown.after = Self.status(.valid)
    shown.withdrawn = revoked
    shown.effectOn = "2026-11-24"
    shown.reason = "wrong_certificate"
    shown.why = "шешім 2026-000414-27 туралы болған"
    #expect(proposed.shown == shown)
    #expect(shown.holder?.kk?.surname == "Ахметова")
    #expect(try await scene.verified().status == answered)
    // Who revoked may propose that it was an error; another approves.
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    let approved = approval
    let own = ProposalServiceClient(scene.firstPerson)
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      _ = try await own.approve(approved)
    }
    let done = try await ProposalServiceClient(scene.secondPerson).approve(approved)
    #expect(done.proposal?.shown == .mark(shown))
    #expect(try await scene.verified().status == Self.status(.valid))
    // The acts in between, a proposal and a refusal, are told as places alone.
    var told = try await watched.next()
    while told?.number == "" { told = try await watched.next() }
    #expect(told?.status == Self.status(.valid))
    watched.cancel()
    #expect(try school.check().problems == [])
  }

  @Test(
    "another's proposal to withdraw is not approved by who revoked, nor after another certificate")
  func notWithdrawn() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    try await self.revoked(scene)
    var request = BitimV1.WithdrawMarkRequest()
    request.number = scene.issued.number
    request.reason = .court
    request.why = "сот шешімі"
    let proposed = try await request.asShown(by: scene.second.withdrawMark)
    let proposals = ProposalServiceClient(scene.firstPerson)
    #expect(
      try await proposals.listProposals(.init()).proposals.map(\.obstacle) == ["ENDS_OWN_ACT"])
    _ = try await scene.cohort.issue()
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    let late = approval
    await expectRefused(["CERTIFICATE_REPLACED"], .failedPrecondition) {
      _ = try await proposals.approve(late)
    }
    #expect(try school.check().problems == [])
  }

  private static func replaced(
    since day: String, by paper: BitimV1.IssuedLine
  ) -> BitimV1.CertificateStatus {
    var status = Self.status(.replaced, since: day)
    status.successor = paper.number
    return status
  }

  @Test(
    "an error is corrected by a new certificate; the old one names it, whoever asks (R-721, R-722)")
  func replaced() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    let partner = CertificateServiceClient(
      try await school.token(0, [.verifier], in: "SCHOOL"))
    let watched = try await partner.watchCertificates(.init())
    for _ in 0..<2 { _ = try await watched.next() }
    let old = try #require(try await scene.verified().sheet)
    try scene.turn(to: "2026-12-05")
    let proposed = try await scene.cohort.replacement(of: scene.issued, for: .correction)
    #expect(try await scene.verified().verdict == .valid)
    // What only the day of issue brings is not shown yet.
    var after = old
    (after.number, after.issuedOn, after.signatory) = ("", "", "")
    (after.issuer, after.issuerEntitlement, after.place, after.signatoryPost) = (nil, "", "", nil)
    (after.firstIssuedOn, after.replaces) = ("2026-11-22", scene.issued.number)
    var shown = BitimV1.ReplacementShown()
    (shown.before, shown.after) = (old, after)
    (shown.reason, shown.evidence) = (.correction, "неке куәлігі 45-1")
    #expect(proposed.shown == shown)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    let approved = approval
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      _ = try await ProposalServiceClient(scene.cohort.registrar).approve(approved)
    }
    let done = try await ProposalServiceClient(scene.secondPerson).approve(approved)
    #expect(done.proposal?.shown == .replacement(shown))
    let answer = try await scene.verified()
    let number = try #require(answer.status?.successor)
    #expect(answer.verdict == .notValid)
    var get = BitimV1.GetCertificateRequest()
    get.number = number
    let anew = try await scene.first.getCertificate(get)
    var paper = scene.issued
    (paper.number, paper.code) = (number, anew.code)
    #expect(answer.status == Self.replaced(since: "2026-12-05", by: paper))
    #expect(answer.sheet == old)
    var sheet = old
    (sheet.number, sheet.issuedOn) = (number, "2026-12-05")
    (sheet.firstIssuedOn, sheet.replaces) = ("2026-11-22", scene.issued.number)
    sheet.signatory = "Nurlanova Botagoz"
    #expect(anew.sheet == sheet)
    #expect(number.hasPrefix("2026-000002-"))
    #expect(anew.code != scene.issued.code)
    // Both are told of by a watch, in lists, and in days before.
    var told = try await watched.next()
    while told?.number == "" { told = try await watched.next() }
    #expect(told?.status == Self.replaced(since: "2026-12-05", by: paper))
    #expect(try await watched.next()?.number == number)
    watched.cancel()
    let listed = try await scene.first.listCertificates(.init()).certificates
    #expect(
      listed.map(\.status) == [
        Self.replaced(since: "2026-12-05", by: paper), Self.status(.valid),
      ])
    #expect(try await scene.cohort.certificates() == [number])
    await expectRefused(["CERTIFICATE_REPLACED"], .failedPrecondition) {
      _ = try await scene.cohort.replacement(of: scene.issued, for: .datumChange)
    }
    #expect(try school.check().problems == [])
  }

  @Test("a revoked successor revives nothing; a replacement withdrawn revokes it (R-722, R-715)")
  func successorRevoked() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    try scene.turn(to: "2026-12-01")
    let anew = try await scene.cohort.anew(scene.issued, for: .datumChange)
    try scene.turn(to: "2026-12-02")
    var request = BitimV1.WithdrawMarkRequest()
    (request.number, request.reason) = (scene.issued.number, .wrongCertificate)
    request.why = "басқа сертификат туралы болған"
    let proposed = try await request.asShown(by: scene.first.withdrawMark)
    #expect(proposed.shown?.withdrawn == Self.replaced(since: "2026-12-01", by: anew))
    #expect(proposed.shown?.after == Self.status(.valid))
    #expect(proposed.shown?.revokes == anew.number)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(scene.secondPerson).approve(approval)
    #expect(try await scene.verified().status == Self.status(.valid))
    var revoked = Self.status(.revoked, since: "2026-12-01")
    revoked.told = .issuedInError
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = (anew.number, anew.code)
    #expect(try await scene.stranger.verifyCertificate(verify).status == revoked)
    // Issued anew once more, and that one revoked: the first stays replaced.
    let second = try await scene.cohort.anew(scene.issued, for: .correction)
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (second.number, .fraud)
    _ = try await revocation.asShown(by: scene.second.revokeCertificate)
    #expect(
      try await scene.verified().status == Self.replaced(since: "2026-12-02", by: second))
    #expect(try school.check().problems == [])
  }

  @Test("a duplicate has everything of the paper; verification says which is the last (R-716)")
  func duplicate() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    let registrar = CertificateServiceClient(scene.cohort.registrar)
    let before = try await scene.verified()
    #expect(before.duplicate == nil)
    try scene.turn(to: "2026-11-24")
    var request = BitimV1.MakeDuplicateRequest()
    (request.number, request.reason) = (scene.issued.number, .stolen)
    (request.statedOn, request.validateOnly) = ("2026-11-23", true)
    func duplicate(_ copy: Int32, _ day: String) -> BitimV1.Duplicate {
      var duplicate = BitimV1.Duplicate()
      (duplicate.copy, duplicate.madeOn) = (copy, day)
      return duplicate
    }
    var expected = BitimV1.MakeDuplicateResponse()
    (expected.duplicate, expected.sheet) = (duplicate(1, "2026-11-24"), before.sheet)
    #expect(try await registrar.makeDuplicate(request) == expected)
    #expect(try await scene.verified().duplicate == nil)
    request.validateOnly = false
    expected.recorded = true
    #expect(try await registrar.makeDuplicate(request) == expected)
    try scene.turn(to: "2026-11-25")
    request.statedOn = ""
    _ = try await registrar.makeDuplicate(request)
    var after = try await scene.verified()
    #expect(after.duplicate == duplicate(2, "2026-11-25"))
    (after.duplicate, after.asOf) = (nil, before.asOf)
    #expect(after == before)
    var get = BitimV1.GetCertificateRequest()
    get.number = scene.issued.number
    #expect(try await scene.first.getCertificate(get).duplicate == duplicate(2, "2026-11-25"))
    // Beside what stands against it, too, and on days before.
    _ = try await scene.suspension(on: "2026-11-26").asShown(by: scene.first.suspendCertificate)
    try scene.turn(to: "2026-11-26")
    let suspended = try await scene.verified()
    #expect(suspended.status == Self.status(.suspended, since: "2026-11-26"))
    #expect(suspended.duplicate == duplicate(2, "2026-11-25"))
    await expectRefused(["CERTIFICATE_SUSPENDED"], .failedPrecondition) {
      _ = try await registrar.makeDuplicate(request)
    }
    #expect(try school.check().problems == [])
  }

  @Test("a watch and lists tell of suspension and reinstatement; a partner is told no ground")
  func told() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    let partner = CertificateServiceClient(
      try await school.token(0, [.verifier], in: "SCHOOL"))
    let watched = try await partner.watchCertificates(.init())
    #expect(try await watched.next()?.status == Self.status(.valid))
    _ = try await watched.next()
    _ = try await scene.suspension().asShown(by: scene.first.suspendCertificate)
    let suspended = try await watched.next()
    #expect(suspended?.number == scene.issued.number)
    #expect(suspended?.status == Self.status(.suspended, since: "2026-11-22"))
    let listed = try await scene.first.listCertificates(.init()).certificates
    #expect(
      listed.map(\.status) == [Self.status(.suspended, since: "2026-11-22", ground: .court)])
    try scene.turn(to: "2026-11-23")
    _ = try await scene.reinstatement(on: "").asShown(by: scene.second.reinstateCertificate)
    #expect(try await watched.next()?.status == Self.status(.valid))
    watched.cancel()
  }

  @Test("a day that is asked about is a day, in one call as in a stream of them (R-017)")
  func asOf() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let scene = try await Scene(school)
    func verified(on day: String) async throws -> BitimV1.VerifyCertificateResponse {
      var request = BitimV1.VerifyCertificateRequest()
      (request.number, request.code) = (scene.issued.number, scene.issued.code)
      request.asOf = day
      return try await scene.stranger.verifyCertificate(request)
    }
    // Issued on 2026-11-22: not valid the day before.
    #expect(try await verified(on: "2026-11-22").verdict == .valid)
    let before = try await verified(on: "2026-11-21")
    #expect(before.verdict == .notValid)
    #expect(before.status?.standing == .notYetValid)
    for text in ["22.11.2026x", "2026-02-30", "2026-11-22T00:00:00Z", "\u{0}"] {
      await expectRefused(["NOT_A_DATE"], .invalidArgument) { _ = try await verified(on: text) }
    }
    let stream = try await CertificateServiceClient(scene.firstPerson).verifyCertificates()
    var request = BitimV1.VerifyCertificateRequest()
    request.number = scene.issued.number
    request.asOf = "2026-11-21"
    try await stream.send(request)
    stream.finishSending()
    #expect(try await stream.answers.next()?.status?.standing == .notYetValid)
  }
}
