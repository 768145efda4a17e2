import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

/// A School with one certified trainee, whose result S-014 was confirmed on 22 November 2026, a registrar, a
/// certifier, an auditor and two arbiters.
struct CaseScene {
  let school: TestSchool
  let cohort: TestCohort
  let paper: BitimV1.IssuedLine
  /// Who reads acts.
  let auditor: AccessServiceClient
  let arbiterID: Int64
  let arbiter: CaseServiceClient
  let registrar: CaseServiceClient
  var trainee: Int64 { self.paper.person?.id ?? 0 }

  init(signs: Bool = false) async throws {
    self.school = try TestSchool(signs: signs)
    self.cohort = try await TestCohort(self.school)
    self.paper = try await self.cohort.certified()
    self.arbiterID = try await self.school.person("Tursynov", "Askar")
    self.arbiter = CaseServiceClient(
      try await self.school.client(self.arbiterID, [.arbiter]))
    self.registrar = CaseServiceClient(self.cohort.registrar)
    self.auditor = AccessServiceClient(
      try await self.school.client(self.school.person("Tursynova", "Zhanar"), [.auditor]))
  }

  /// The last act of a kind.
  func act(_ kind: String) async throws -> Int64 {
    var request = BitimV1.ListActsRequest()
    (request.kind, request.pageSize) = (kind, 1)
    return try await self.auditor.listActs(request).acts.first?.number ?? 0
  }

  /// An appeal of the trainee against the confirmation of her result.
  func appeal(_ acts: [Int64]? = nil) async throws -> BitimV1.ReceiveCaseRequest {
    var request = BitimV1.ReceiveCaseRequest()
    (request.kind, request.personId) = (.appeal, self.trainee)
    if let acts {
      request.contested = acts
    } else {
      request.contested = [try await self.act("results_confirmed")]
    }
    request.toldOn = "2026-11-20"
    request.grounds = ["комиссия толық болмаған", "хаттамада қол жоқ"]
    request.papers = [Self.paper]
    return request
  }

  static var paper: BitimV1.CasePaper {
    var paper = BitimV1.CasePaper()
    paper.document = "апелляция"
    paper.number = "12"
    paper.datedOn = "2026-11-21"
    paper.seenBy = "Әлия Серікова"
    paper.seenOn = "2026-11-22"
    return paper
  }

  /// Takes a step.
  func move(
    _ act: Int64, _ step: BitimV1.CaseStep, why: String = "", on day: String = "",
    by service: CaseServiceClient? = nil
  ) async throws -> BitimV1.Case? {
    var request = BitimV1.MoveCaseRequest()
    (request.act, request.step, request.why, request.heldOn) = (act, step, why, day)
    return try await (service ?? self.registrar).moveCase(request).found
  }

  /// Decides as the arbiter.
  func decide(
    _ act: Int64, _ outcome: BitimV1.CaseOutcome, reasons: [String] = ["бірінші", "екінші"],
    by service: CaseServiceClient? = nil
  ) async throws -> BitimV1.Case? {
    var request = BitimV1.DecideCaseRequest()
    (request.act, request.outcome, request.reasons) = (act, outcome, reasons)
    return try await (service ?? self.arbiter).decideCase(request).found
  }

  func end() throws {
    #expect(try self.school.check().problems == [])
    self.school.close()
  }
}

@Suite("Cases (R-008, R-040 to R-046, R-630, R-631)")
struct CaseTests {
  @Test("an appeal is received, returned, completed, extended and decided, and all of it is read")
  func whole() async throws {
    let scene = try await CaseScene()
    let request = try await scene.appeal()
    let received = try #require(try await scene.registrar.receiveCase(request).found)
    var expected = BitimV1.Case()
    expected.act = try await scene.act("case_received")
    expected.kind = .appeal
    expected.state = .received
    expected.person = received.person
    expected.receivedOn = "2026-11-22"
    expected.toldOn = "2026-11-20"
    expected.completeOn = "2026-11-22"
    expected.lastDay = "2026-12-22"
    expected.contested = [.init()]
    expected.contested[0].act = request.contested[0]
    expected.contested[0].kind = "result"
    expected.contested[0].session = "S-014"
    expected.grounds = request.grounds
    expected.papers = [CaseScene.paper]
    #expect(received == expected)
    #expect(received.person?.id == scene.trainee)

    let act = received.act
    expected.state = .acknowledged
    func noted(_ step: BitimV1.CaseStep, _ kind: String, _ why: String, _ day: String) async throws
    {
      var line = BitimV1.CaseMove()
      (line.act, line.step, line.why, line.heldOn) = (try await scene.act(kind), step, why, day)
      expected.steps.append(line)
    }
    var now = try await scene.move(act, .acknowledged)
    try await noted(.acknowledged, "case_moved", "", "2026-11-22")
    #expect(now == expected)
    now = try await scene.move(act, .returned, why: "сенімхат жоқ")
    try await noted(.returned, "case_moved", "сенімхат жоқ", "2026-11-22")
    (expected.state, expected.completeOn, expected.lastDay) = (.returned, "", "2026-12-06")
    #expect(now == expected)
    await expectRefused(["CASE_INCOMPLETE"], .failedPrecondition) {
      _ = try await scene.decide(act, .decisionStands)
    }
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-12-07")))
    var look = BitimV1.GetCaseRequest()
    look.act = act
    #expect(try await scene.arbiter.getCase(look).found?.state == .lapsed)
    await expectRefused(["CASE_OUT_OF_ORDER"], .failedPrecondition) {
      _ = try await scene.move(act, .completed)
    }
    // It came on the last day, and is recorded on the next.
    now = try await scene.move(act, .completed, on: "2026-12-06")
    try await noted(.completed, "case_moved", "", "2026-12-06")
    (expected.state, expected.completeOn, expected.lastDay) = (
      .acknowledged, "2026-12-06", "2027-01-05"
    )
    #expect(now == expected)
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await scene.move(act, .extended, why: "куәлар көп")
    }
    now = try await scene.move(act, .extended, why: "куәлар көп", by: scene.arbiter)
    try await noted(.extended, "case_moved", "куәлар көп", "2026-12-07")
    expected.lastDay = "2027-02-04"
    // An arbiter is told no year of birth.
    #expect(received.person?.birthYear != 0)
    expected.person?.birthYear = 0
    #expect(now == expected)
    await expectRefused(["DEADLINE_EXTENDED_ONCE"], .failedPrecondition) {
      _ = try await scene.move(act, .extended, why: "тағы", by: scene.arbiter)
    }
    await expectRefused(["GROUND_UNANSWERED"], .invalidArgument) {
      _ = try await scene.decide(act, .decisionStands, reasons: ["бірінші"])
    }
    now = try await scene.decide(act, .decisionStands)
    (expected.state, expected.outcome, expected.endedOn) = (.decided, .decisionStands, "2026-12-07")
    expected.reasons = ["бірінші", "екінші"]
    // Acknowledged, returned, completed, extended, decided.
    expected.endedAct = act + 5
    #expect(now == expected)
    now = try await scene.move(act, .notified)
    expected.person = received.person
    try await noted(.notified, "case_moved", "", "2026-12-07")
    expected.notifiedOn = "2026-12-07"
    #expect(now == expected)
    await expectRefused(["CASE_OUT_OF_ORDER"], .failedPrecondition) {
      _ = try await scene.decide(act, .decisionChanged)
    }
    try scene.end()
  }

  @Test("an appeal is in time for thirty days; later an arbiter receives it, and says why (R-630)")
  func late() async throws {
    let scene = try await CaseScene()
    var request = try await scene.appeal()
    request.toldOn = "2026-10-23"
    let inTime = request
    // 23 October and thirty days are 22 November.
    #expect(try await scene.registrar.receiveCase(inTime).found?.state == .received)
    request.toldOn = "2026-10-22"
    let late = request
    request.lateReason = "ауруханада болды"
    let told = request
    for (service, asked) in [
      (scene.registrar, late), (scene.arbiter, late), (scene.registrar, told),
    ] {
      await expectRefused(["APPEAL_TOO_LATE"], .failedPrecondition) {
        _ = try await service.receiveCase(asked)
      }
    }
    #expect(
      try await scene.arbiter.receiveCase(told).found?.lateReason == "ауруханада болды")
    try scene.end()
  }

  @Test("what is contested is an act about that person, which stands")
  func contested() async throws {
    let scene = try await CaseScene()
    var foreign = try await scene.appeal()
    foreign.personId = scene.cohort.trainerID
    let issued = try await scene.act("certificates_issued")
    for asked in [foreign, try await scene.appeal([issued]), try await scene.appeal([9_999])] {
      await expectRefused(["CONTESTED_UNKNOWN"], .notFound) {
        _ = try await scene.registrar.receiveCase(asked)
      }
    }
    var unknown = try await scene.appeal()
    unknown.personId = 9_999
    let nobody = unknown
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await scene.registrar.receiveCase(nobody)
    }
    var suspension = BitimV1.SuspendCertificateRequest()
    suspension.number = scene.paper.number
    suspension.ground = .investigation
    _ = try await suspension.asShown(
      by: CertificateServiceClient(scene.cohort.certifier).suspendCertificate)
    let suspended = try await scene.act("certificate_suspended")
    let asked = try await scene.appeal([suspended])
    let received = try await scene.registrar.receiveCase(asked).found
    #expect(received?.contested.map(\.kind) == ["suspended"])
    #expect(received?.contested.map(\.certificate) == [scene.paper.number])
    try scene.end()
  }

  @Test("who has a hand in what is contested decides nothing of it, nor whom it is about (R-027)")
  func ownAct() async throws {
    let scene = try await CaseScene()
    let confirmed = try await scene.registrar.receiveCase(try await scene.appeal()).found?.act ?? 0
    // Recorder, chair, member, trainer: each is an arbiter besides.
    for person in [
      scene.cohort.examinerID, scene.cohort.chairID, scene.cohort.memberID,
      scene.cohort.trainerID,
    ] {
      let service = CaseServiceClient(try await scene.school.client(person, [.arbiter]))
      await expectRefused(["DECIDES_OWN_ACT"], .permissionDenied) {
        _ = try await scene.decide(confirmed, .decisionStands, by: service)
      }
    }
    var suspension = BitimV1.SuspendCertificateRequest()
    suspension.number = scene.paper.number
    suspension.ground = .investigation
    _ = try await suspension.asShown(
      by: CertificateServiceClient(scene.cohort.certifier).suspendCertificate)
    let asked = try await scene.appeal([try await scene.act("certificate_suspended")])
    let suspended = try await scene.registrar.receiveCase(asked).found?.act ?? 0
    let certifier = CaseServiceClient(
      try await scene.school.client(scene.cohort.certifierID, [.arbiter]))
    await expectRefused(["DECIDES_OWN_ACT"], .permissionDenied) {
      _ = try await scene.decide(suspended, .decisionStands, by: certifier)
    }
    // The journal keeps that it was tried.
    #expect(try await scene.act("act_refused") != 0)
    var complaint = BitimV1.ReceiveCaseRequest()
    (complaint.kind, complaint.personId, complaint.grounds) = (
      .complaint, scene.arbiterID, ["кешігіп келді"]
    )
    let about = try await scene.registrar.receiveCase(complaint).found?.act ?? 0
    await expectRefused(["DECIDES_HIMSELF"], .permissionDenied) {
      _ = try await scene.decide(about, .notConfirmed, reasons: ["жоқ"])
    }
    // Whom it is about reads it; another's a trainer does not.
    let trainer = CaseServiceClient(scene.cohort.trainer)
    var look = BitimV1.GetCaseRequest()
    look.act = about
    let foreign = look
    #expect(try await scene.arbiter.getCase(foreign).found?.grounds == ["кешігіп келді"])
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await trainer.getCase(foreign) }
    complaint.personId = scene.cohort.trainerID
    look.act = try await scene.registrar.receiveCase(complaint).found?.act ?? 0
    #expect(try await trainer.getCase(look).found?.person?.id == scene.cohort.trainerID)
    #expect(try await scene.decide(suspended, .decisionStands)?.state == .decided)
    try scene.end()
  }

  @Test(
    "a complaint is about somebody or nobody, withdrawn or not admitted; lists have open ones first"
  )
  func complaint() async throws {
    let scene = try await CaseScene()
    var request = BitimV1.ReceiveCaseRequest()
    (request.kind, request.grounds) = (.complaint, ["сабақ болмады"])
    let first = try await scene.registrar.receiveCase(request).found
    #expect(first?.person == nil)
    let second = try await scene.registrar.receiveCase(request).found
    let third = try await scene.registrar.receiveCase(request).found
    #expect(
      try await scene.move(first?.act ?? 0, .withdrawn, why: "қайтарып алды")?.state == .withdrawn)
    #expect(
      try await scene.decide(second?.act ?? 0, .notAdmitted, reasons: ["біздікі емес"])?.state
        == .notAdmitted)
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await scene.decide(third?.act ?? 0, .decisionChanged, reasons: ["x"])
    }
    var list = BitimV1.ListCasesRequest()
    #expect(try await scene.registrar.listCases(list).cases.map(\.act) == [third?.act])
    list.withEnded = true
    #expect(
      try await scene.registrar.listCases(list).cases.map(\.act)
        == [first, second, third].map { $0?.act })
    list.pageSize = 2
    let page = try await scene.registrar.listCases(list)
    #expect(page.cases.map(\.act) == [first?.act, second?.act])
    list.pageToken = page.nextPageToken
    let rest = try await scene.registrar.listCases(list)
    #expect(rest.cases.map(\.act) == [third?.act])
    #expect(rest.nextPageToken == "")
    try scene.end()
  }

  @Test(
    "an arbiter is told of cases seven days before their last day, and when it has passed (R-044)")
  func due() async throws {
    let scene = try await CaseScene()
    let act = try await scene.registrar.receiveCase(try await scene.appeal()).found?.act ?? 0
    let due = DueServiceClient(
      try await scene.school.token(scene.arbiterID, [.arbiter], in: "SCHOOL", days: 90))
    #expect(try await due.listDue(.init()).items == [])
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-12-14")))
    #expect(try await due.listDue(.init()).items == [])
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-12-15")))
    var item = BitimV1.DueItem()
    (item.kind, item.caseAct, item.since, item.until) = (.case, act, "2026-11-22", "2026-12-22")
    item.person = try await due.listDue(.init()).items.first?.person
    #expect(item.person?.id == scene.trainee)
    #expect(try await due.listDue(.init()).items == [item])
    #expect(try await due.listDue(.init()).items.count == 1)
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2027-01-20")))
    #expect(try await due.listDue(.init()).items == [item])
    try scene.end()
  }
}

@Suite("Carrying a case out (R-045, R-631, R-711, R-713)")
struct CaseExecutionTests {
  @Test("an annulment is set aside by two, the pass waits again, and the case is executed")
  func annulment() async throws {
    let scene = try await CaseScene()
    let certificates = CertificateServiceClient(scene.cohort.certifier)
    let attestation = AttestationServiceClient(scene.cohort.certifier)
    let second = ProposalServiceClient(
      try await scene.school.client(scene.school.person("Nurlanova", "Botagoz"), [.certifier]))
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (scene.paper.number, .error)
    _ = try await revocation.asShown(by: certificates.revokeCertificate)
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId) = ("S-014", scene.trainee)
    annulment.reason = "cheating"
    _ = try await attestation.annulResult(annulment)
    let asked = try await scene.appeal([
      try await scene.act("certificate_revoked"), try await scene.act("result_annulled"),
    ])
    let received = try await scene.registrar.receiveCase(asked).found
    #expect(received?.contested.map(\.kind) == ["revoked", "annulment"])
    #expect(received?.contested.map(\.session) == ["", "S-014"])
    let act = received?.act ?? 0

    var again = BitimV1.WithdrawAnnulmentRequest()
    (again.session, again.personId, again.why) = ("S-014", scene.trainee, "апелляция")
    let caseless = again
    again.caseAct = act
    let undecided = again
    await expectRefused(["CASE_MISSING"], .failedPrecondition) {
      _ = try await caseless.asShown(by: attestation.withdrawAnnulment)
    }
    await expectRefused(["CASE_UNFIT"], .failedPrecondition) {
      _ = try await undecided.asShown(by: attestation.withdrawAnnulment)
    }
    again.caseAct = 9_999
    let unknown = again
    await expectRefused(["CASE_UNKNOWN"], .notFound) {
      _ = try await unknown.asShown(by: attestation.withdrawAnnulment)
    }
    again.caseAct = act
    #expect(try await scene.decide(act, .decisionChanged)?.state == .decided)
    let due = DueServiceClient(scene.cohort.certifier)
    var item = BitimV1.DueItem()
    (item.kind, item.caseAct, item.since, item.until) = (
      .caseExecution, act, "2026-11-22", "2026-12-02"
    )
    item.person = try await due.listDue(.init()).items.last?.person
    #expect(item.person?.id == scene.trainee)
    #expect(try await due.listDue(.init()).items == [item])

    let proposed = try await again.asShown(by: attestation.withdrawAnnulment)
    var shown = BitimV1.AnnulmentShown()
    shown.displayId = PersonNumber.text(scene.trainee)
    shown.names = proposed.shown?.names
    (shown.session, shown.heldOn, shown.outcome) = ("S-014", "2026-03-20", .passed)
    (shown.annulledBy, shown.caseAct, shown.why) = (
      try await scene.act("result_annulled"), act, "апелляция"
    )
    #expect(proposed.shown == shown)
    #expect(shown.names?.latin?.surname == "Akhmetova")
    // Who annulled does not approve it.
    let first = ProposalServiceClient(
      try await scene.school.client(scene.cohort.certifierID, [.registrar]))
    #expect(
      try await first.listProposals(.init()).proposals.map(\.obstacle) == ["APPROVES_OWN_PROPOSAL"])
    let waiting = try #require(try await second.listProposals(.init()).proposals.first)
    #expect(waiting.kind == .withdrawAnnulment)
    #expect(waiting.obstacle == "")
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (waiting.act, waiting.shownDigest)
    _ = try await second.approve(approval)

    var look = BitimV1.GetSessionRequest()
    look.code = "S-014"
    let candidate = try await attestation.getSession(look).candidates.first
    #expect(candidate?.isAnnulled == false)
    #expect(candidate?.isConfirmed == true)
    await expectRefused(["ANNULMENT_UNKNOWN"], .notFound) {
      _ = try await undecided.asShown(by: attestation.withdrawAnnulment)
    }
    var get = BitimV1.GetCaseRequest()
    get.act = act
    let done = try await scene.registrar.getCase(get).found
    #expect(done?.state == .executed)
    #expect(done?.carriedOutBy == [try await scene.act("approved")])
    // A certificate was issued on that pass before, and was revoked: nothing waits to be issued.
    #expect(try await due.listDue(.init()).items == [])
    // The revocation goes the same way, and names the case on what is shown.
    var undoing = BitimV1.WithdrawMarkRequest()
    (undoing.number, undoing.reason, undoing.why) = (scene.paper.number, .appeal, "апелляция")
    let without = undoing
    await expectRefused(["CASE_MISSING"], .failedPrecondition) {
      _ = try await without.asShown(by: certificates.withdrawMark)
    }
    undoing.caseAct = act
    #expect(try await undoing.asShown(by: certificates.withdrawMark).shown?.caseAct == act)
    try scene.end()
  }

  @Test("a pass that is set aside before anything was issued waits for the certifier again")
  func uncertified() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let attestation = AttestationServiceClient(cohort.certifier)
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    let trainee =
      try await CohortServiceClient(cohort.registrar).getCohort(get).trainees.first?.person?.id ?? 0
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId, annulment.reason) = ("S-014", trainee, "cheating")
    _ = try await attestation.annulResult(annulment)
    let due = DueServiceClient(cohort.certifier)
    #expect(try await due.listDue(.init()).items == [])
    let auditor = AccessServiceClient(
      try await school.client(school.person("Tursynova", "Zhanar"), [.auditor]))
    let arbiter = CaseServiceClient(
      try await school.client(school.person("Tursynov", "Askar"), [.arbiter]))
    var acts = BitimV1.ListActsRequest()
    acts.kind = "result_annulled"
    var appeal = BitimV1.ReceiveCaseRequest()
    (appeal.kind, appeal.personId, appeal.toldOn) = (.appeal, trainee, "2026-11-22")
    (appeal.contested, appeal.grounds) = (
      try await auditor.listActs(acts).acts.map(\.number), ["көшірген жоқ"]
    )
    let act = try await arbiter.receiveCase(appeal).found?.act ?? 0
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome, decision.reasons) = (act, .court, ["сот шешімі"])
    _ = try await arbiter.decideCase(decision)
    var again = BitimV1.WithdrawAnnulmentRequest()
    (again.session, again.personId, again.caseAct, again.why) = ("S-014", trainee, act, "сот")
    let proposed = try await again.asShown(by: attestation.withdrawAnnulment)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(cohort.registrar).approve(approval)
    #expect(try await due.listDue(.init()).items.map(\.kind) == [.issue])
    #expect(try await cohort.issue().count == 1)
    #expect(try school.check().problems == [])
  }

  @Test("a complaint suspends while it is open, and once it is confirmed a revocation may cite it")
  func complaint() async throws {
    let scene = try await CaseScene()
    let certificates = CertificateServiceClient(scene.cohort.certifier)
    var complaint = BitimV1.ReceiveCaseRequest()
    (complaint.kind, complaint.personId, complaint.grounds) = (
      .complaint, scene.trainee, ["құпияны жария етті"]
    )
    let act = try await scene.registrar.receiveCase(complaint).found?.act ?? 0
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (scene.paper.number, .complaint)
    let caseless = suspension
    await expectRefused(["CASE_MISSING"], .failedPrecondition) {
      _ = try await caseless.asShown(by: certificates.suspendCertificate)
    }
    suspension.caseAct = act
    let suspended = try await suspension.asShown(by: certificates.suspendCertificate)
    #expect(suspended.status?.ground == .complaint)
    #expect(suspended.shown?.caseAct == act)
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason, revocation.caseAct) = (
      scene.paper.number, .misconduct, act
    )
    let early = revocation
    await expectRefused(["CASE_UNFIT"], .failedPrecondition) {
      _ = try await early.asShown(by: certificates.revokeCertificate)
    }
    // What came before the decision does not carry it out.
    #expect(try await scene.decide(act, .confirmed, reasons: ["рас"])?.state == .decided)
    let revoked = try await revocation.asShown(by: certificates.revokeCertificate)
    #expect(revoked.status?.standing == .revoked)
    var get = BitimV1.GetCaseRequest()
    get.act = act
    let done = try await scene.registrar.getCase(get).found
    #expect(done?.state == .executed)
    #expect(done?.carriedOutBy == [try await scene.act("certificate_revoked")])
    try scene.end()
  }

  @Test("an arbiter who is not of the commission annuls what an appeal has changed (R-026, R-631)")
  func annulled() async throws {
    let scene = try await CaseScene()
    let act = try await scene.registrar.receiveCase(try await scene.appeal()).found?.act ?? 0
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (scene.paper.number, .investigation)
    _ = try await suspension.asShown(
      by: CertificateServiceClient(scene.cohort.certifier).suspendCertificate)
    _ = try await scene.decide(act, .decisionChanged)
    let arbiter = AttestationServiceClient(
      try await scene.school.client(scene.arbiterID, [.arbiter]))
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId, annulment.reason) = ("S-014", scene.trainee, "appeal")
    let caseless = annulment
    await expectRefused(["CASE_MISSING"], .failedPrecondition) {
      _ = try await arbiter.annulResult(caseless)
    }
    annulment.caseAct = act
    _ = try await arbiter.annulResult(annulment)
    var get = BitimV1.GetCaseRequest()
    get.act = act
    #expect(
      try await scene.arbiter.getCase(get).found?.carriedOutBy
        == [try await scene.act("result_annulled")])
    try scene.end()
  }
}
