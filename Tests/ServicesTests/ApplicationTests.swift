import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Applications for training (R-401, R-046, R-207, R-630)")
struct ApplicationTests {
  /// A cohort of programme 1 at ALA-01, and registrars of both centres.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let centre: CaseServiceClient
    let other: CaseServiceClient
    let otherClient: BitimClient
    var office: CaseServiceClient { CaseServiceClient(self.cohort.registrar) }

    init() async throws {
      self.school = try TestSchool(on: "2026-02-02")
      self.cohort = try await TestCohort(self.school)
      self.centre = CaseServiceClient(
        try await self.school.client(
          self.school.person("Registrar", "First"), [.registrar], in: "ALA-01"))
      try await self.school.centre("AST-02")
      self.otherClient = try await self.school.client(
        self.school.person("Registrar", "Second"), [.registrar], in: "AST-02")
      self.other = CaseServiceClient(self.otherClient)
    }

    static var row: BitimV1.IntakeRow {
      TestCohort.row(1, iin: "991231000014", cohort: "P1-ALA-01")
    }

    static var paper: BitimV1.CasePaper {
      var paper = CaseScene.paper
      (paper.datedOn, paper.seenOn) = ("2026-02-01", "2026-02-02")
      return paper
    }

    static func request(_ person: Int64 = 0) -> BitimV1.SubmitApplicationRequest {
      var request = BitimV1.SubmitApplicationRequest()
      if person == 0 { request.person = Self.row.person } else { request.personId = person }
      (request.organisation, request.programme) = ("ALA-01", 1)
      (request.category, request.consentVersion) = ("ақылы топ", "2026-01")
      request.papers = [Self.paper]
      return request
    }

    func submit(
      by service: CaseServiceClient? = nil, to organisation: String = "ALA-01",
      person: Int64 = 0, _ change: (inout BitimV1.SubmitApplicationRequest) -> Void = { _ in }
    ) async throws -> BitimV1.Case {
      var request = Self.request(person)
      request.organisation = organisation
      change(&request)
      return try #require(try await (service ?? self.centre).submitApplication(request).found)
    }

    func decide(
      _ act: Int64, _ outcome: BitimV1.CaseOutcome = .admitted,
      by service: CaseServiceClient? = nil
    ) async throws -> BitimV1.Case {
      var request = BitimV1.DecideApplicationRequest()
      (request.act, request.outcome) = (act, outcome)
      if outcome == .admitted {
        request.checks = [BitimV1.CheckedMatter.age, .education, .bars].map { matter in
          var check = BitimV1.ApplicationCheck()
          (check.matter, check.paper) = (matter, Self.paper)
          return check
        }
      } else {
        request.reasons = ["диплом жоқ"]
      }
      return try #require(
        try await (service ?? self.centre).decideApplication(request).found)
    }

    func move(
      _ act: Int64, _ step: BitimV1.CaseStep, by service: CaseServiceClient? = nil
    ) async throws {
      var request = BitimV1.MoveCaseRequest()
      (request.act, request.step, request.why) = (act, step, "диплом жоқ")
      _ = try await (service ?? self.centre).moveCase(request)
    }

    func require() async throws {
      var request = BitimV1.ChangeSettingRequest()
      (request.name, request.why) = (.applicationRequired, "кеңес № 4")
      var setting = BitimV1.Setting()
      (setting.value, setting.basis) = (1, .school)
      request.setting = setting
      let act = try await SettingServiceClient(self.school.administrator)
        .changeSetting(request).proposal
      let service = ProposalServiceClient(self.cohort.certifier)
      let waiting = try await service.listProposals(.init()).proposals
      var approval = BitimV1.ApproveRequest()
      approval.act = act
      approval.shownDigest = waiting.first { $0.act == act }?.shownDigest ?? ""
      _ = try await service.approve(approval)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("a centre receives, returns, completes and admits; the School reads it, another centre not")
  func whole() async throws {
    let scene = try await Scene()
    let received = try await scene.submit()
    var application = BitimV1.Application()
    (application.programme, application.organisation) = (1, "ALA-01")
    (application.category, application.consentVersion) = ("ақылы топ", "2026-01")
    #expect(received.application == application)
    #expect(received.kind == .application)
    #expect(received.state == .received)
    #expect(received.lastDay == "2026-02-12")
    #expect(received.papers == [Scene.paper])
    let person = try #require(received.person?.id)
    var get = BitimV1.GetCaseRequest()
    get.act = received.act
    for service in [scene.office, scene.centre] {
      #expect(try await service.getCase(get).found == received)
      #expect(try await service.listCases(.init()).cases == [received])
    }
    let unread = get
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await scene.other.getCase(unread) }
    await expectRefused(["CASE_UNKNOWN"], .notFound) {
      try await scene.move(received.act, .returned, by: scene.other)
    }
    await expectRefused(["CASE_UNKNOWN"], .notFound) {
      _ = try await scene.decide(received.act, by: scene.other)
    }
    #expect(try await scene.other.listCases(.init()).cases == [])
    // Who applies there is known there, and nowhere else.
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await scene.submit(by: scene.other, to: "AST-02", person: person)
    }
    await expectRefused(["ALREADY_THERE"], .alreadyExists) {
      _ = try await scene.submit(person: person)
    }
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await scene.submit(to: "AST-02", person: person)
    }
    try await scene.move(received.act, .returned)
    await expectRefused(["CASE_INCOMPLETE"], .failedPrecondition) {
      _ = try await scene.decide(received.act)
    }
    try await scene.move(received.act, .completed)
    let admitted = try await scene.decide(received.act)
    #expect(admitted.state == .decided)
    #expect(admitted.outcome == .admitted)
    // Received, returned, completed, decided.
    #expect(admitted.endedAct == received.act + 3)
    #expect(received.endedAct == 0)
    #expect(admitted.application?.checks.map(\.matter) == [.age, .education, .bars])
    #expect(admitted.application?.checks.map(\.paper) == Array(repeating: Scene.paper, count: 3))
    try scene.end()
  }

  @Test("is due at the centre and at the School within seven days of its last")
  func due() async throws {
    let scene = try await Scene()
    let received = try await scene.submit()
    let centre = try await scene.school.client(
      scene.school.person("Registrar", "Third"), [.registrar], in: "ALA-01")
    func due(_ client: BitimClient) async throws -> [Int64] {
      try await DueServiceClient(client).listDue(.init()).items
        .filter { $0.kind == .application }.map(\.caseAct)
    }
    for (day, there) in [("2026-02-04", []), ("2026-02-05", [received.act])] {
      scene.school.clock.turn(to: try #require(CivilDate(iso: day)))
      #expect(try await due(centre) == there)
      #expect(try await due(scene.cohort.registrar) == there)
      #expect(try await due(scene.otherClient) == [])
    }
    _ = try await scene.decide(received.act)
    #expect(try await due(centre) == [])
    try scene.end()
  }

  @Test(
    "where it is asked for nobody is enrolled without one, and a refusal is appealed and made good")
  func required() async throws {
    let scene = try await Scene()
    func reasons() async throws -> [String] {
      var request = BitimV1.EnrolTraineesRequest()
      (request.rows, request.enrolledOn) = ([Scene.row], "2026-02-02")
      request.validateOnly = true
      return try await CohortServiceClient(scene.cohort.registrar).enrolTrainees(request)
        .rows.flatMap(\.findings).map(\.reason)
    }
    #expect(try await reasons() == [])
    try await scene.require()
    #expect(try await reasons() == ["APPLICATION_MISSING"])
    let received = try await scene.submit()
    #expect(try await reasons() == ["APPLICATION_MISSING"])
    let refused = try await scene.decide(received.act, .refused)
    #expect(refused.reasons == ["диплом жоқ"])
    #expect(try await reasons() == ["APPLICATION_MISSING"])
    try await scene.move(received.act, .notified)
    // The appeal is the School's.
    var request = BitimV1.ReceiveCaseRequest()
    (request.kind, request.personId) = (.appeal, received.person?.id ?? 0)
    request.contested = [refused.endedAct]
    (request.toldOn, request.grounds) = ("2026-02-02", ["диплом бар"])
    let appeal = try #require(try await scene.office.receiveCase(request).found)
    #expect(appeal.contested.map(\.kind) == ["application"])
    let arbiter = CaseServiceClient(
      try await scene.school.client(scene.school.person("Tursynov", "Askar"), [.arbiter]))
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome, decision.reasons) = (
      appeal.act, .decisionChanged, ["диплом бар"]
    )
    _ = try await arbiter.decideCase(decision)
    let items = try await DueServiceClient(scene.cohort.registrar).listDue(.init()).items
    #expect(items.filter { $0.kind == .caseExecution }.map(\.caseAct) == [appeal.act])
    let again = try await scene.submit(by: scene.office, person: received.person?.id ?? 0) {
      $0.caseAct = appeal.act
    }
    var get = BitimV1.GetCaseRequest()
    get.act = appeal.act
    #expect(try await scene.office.getCase(get).found?.state == .executed)
    _ = try await scene.decide(again.act, by: scene.office)
    #expect(try await reasons() == [])
    try scene.end()
  }

  @Test(
    "of two registrars who receive the same application at once one does; names tell nobody more")
  func once() async throws {
    let scene = try await Scene()
    let (centre, office, request) = (scene.centre, scene.office, Scene.request())
    async let first = Self.end(of: { try await centre.submitApplication(request) })
    async let second = Self.end(of: { try await office.submitApplication(request) })
    let ends = [await first, await second]
    #expect(ends.map(\.refused).sorted { $0.count < $1.count } == [[], ["ALREADY_THERE"]])
    let received = ends.compactMap(\.received)
    // Another centre that has the number with another day of birth is told no more than to ask.
    await expectRefused(["IDENTITY_CHECK"], .failedPrecondition) {
      _ = try await scene.submit(by: scene.other, to: "AST-02") {
        $0.person?.birthDate = "1990-01-01"
      }
    }
    // With everything as it is, it is the same person who applies there, too.
    let there = try await scene.submit(by: scene.other, to: "AST-02")
    #expect(there.person?.id == received.first?.person?.id)
    #expect(there.act != received.first?.act)
    #expect(try await scene.other.listCases(.init()).cases == [there])
    try scene.end()
  }

  @Test(
    "is a registrar's: no arbiter is appointed to it or decides it, and nobody decides on his own")
  func registrars() async throws {
    let scene = try await Scene()
    let received = try await scene.submit()
    var appointment = BitimV1.AppointArbiterRequest()
    var letter = TestCohort.letter
    letter.datedOn = "2026-02-01"
    (appointment.act, appointment.invitation) = (received.act, letter)
    appointment.personId = try await scene.school.person("Abenova", "Saule")
    let appointed = appointment
    await expectRefused(["CASE_UNFIT"], .failedPrecondition) {
      _ = try await CaseServiceClient(scene.school.administrator).appointArbiter(appointed)
    }
    let arbiter = CaseServiceClient(
      try await scene.school.client(scene.school.person("Tursynov", "Askar"), [.arbiter]))
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome, decision.reasons) = (received.act, .confirmed, ["x"])
    let decided = decision
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await arbiter.decideCase(decided)
    }
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await scene.decide(received.act, by: arbiter)
    }
    let applicant = try #require(received.person?.id)
    let own = CaseServiceClient(
      try await scene.school.client(applicant, [.registrar], in: "ALA-01"))
    await expectRefused(["DECIDES_HIMSELF"], .permissionDenied) {
      _ = try await scene.decide(received.act, by: own)
    }
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await scene.submit(by: own, person: applicant) { $0.programme = 2 }
    }
    var get = BitimV1.GetCaseRequest()
    get.act = received.act
    #expect(try await own.getCase(get).found == received)
    try scene.end()
  }

  @Test("nobody who has died is admitted, nor is it due; it is refused or withdrawn all the same")
  func dead() async throws {
    let scene = try await Scene()
    let received = try await scene.submit()
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-02-10")))
    func due() async throws -> [BitimV1.DueKind] {
      try await DueServiceClient(scene.cohort.registrar).listDue(.init()).items.map(\.kind)
        .filter { $0 == .application }
    }
    #expect(try await due() == [.application])
    var request = BitimV1.RecordDeathRequest()
    (request.personId, request.diedOn) = (received.person?.id ?? 0, "2026-02-05")
    request.document = "№ 12 куәлік"
    _ = try await request.asShown(by: PersonServiceClient(scene.cohort.registrar).recordDeath)
    #expect(try await due() == [])
    await expectRefused(["PERSON_DEAD"], .failedPrecondition) {
      _ = try await scene.decide(received.act)
    }
    await expectRefused(["PERSON_DEAD"], .failedPrecondition) {
      _ = try await scene.submit(person: received.person?.id ?? 0) { $0.programme = 2 }
    }
    #expect(try await scene.decide(received.act, .refused).outcome == .refused)
    try scene.end()
  }

  @Test("a place that was waited for is given to nobody without one, where it is asked for since")
  func offered() async throws {
    let scene = try await Scene()
    let registrar = scene.cohort.registrar
    let rows = WaitingTests.rows(0..<11)
    let enrolled = try await WaitingTests.enrol(rows, waits: true, by: registrar)
    #expect(enrolled.rows.last?.verdict == .waiting)
    try await scene.require()
    let cohorts = CohortServiceClient(registrar)
    var get = BitimV1.GetCohortRequest()
    get.code = scene.cohort.code
    let shown = try await cohorts.getCohort(get)
    let (leaver, waiter) = (
      shown.trainees.first?.person?.id ?? 0, shown.waiting.first?.person?.id ?? 0
    )
    #expect(shown.waiting.map(\.isAdmitted) == [false])
    var leaving = BitimV1.WithdrawTraineeRequest()
    (leaving.cohort, leaving.personId, leaving.reason) = (scene.cohort.code, leaver, .illness)
    _ = try await cohorts.withdrawTrainee(leaving)
    var request = BitimV1.OfferPlaceRequest()
    (request.cohort, request.personId) = (scene.cohort.code, waiter)
    let offer = request
    await expectRefused(["APPLICATION_MISSING"], .failedPrecondition) {
      _ = try await cohorts.offerPlace(offer)
    }
    _ = try await scene.decide(try await scene.submit(person: waiter).act)
    _ = try await cohorts.offerPlace(offer)
    #expect(try await cohorts.getCohort(get).trainees.contains { $0.person?.id == waiter })
    try scene.end()
  }

  /// What a call received, or why it was refused.
  private static func end(
    of call: @Sendable () async throws -> BitimV1.CaseResponse
  ) async -> (received: BitimV1.Case?, refused: [String]) {
    do {
      return (try await call().found, [])
    } catch {
      return (nil, (error as? CallFailure)?.status?.reasons.map(\.reason) ?? ["\(error)"])
    }
  }
}
