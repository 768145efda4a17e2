import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Recognition of training elsewhere (R-440, R-441, R-046)")
struct RecognitionTests {
  /// A cohort of programme 1 with one trainee.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let trainee: Int64
    var office: CaseServiceClient { CaseServiceClient(self.cohort.registrar) }

    static let iin = "991231000014"

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      let enrolled = try await self.cohort.enrol([TestCohort.row(2, iin: Self.iin)])
      #expect(enrolled.recorded)
      var get = BitimV1.GetCohortRequest()
      get.code = self.cohort.code
      let shown = try await CohortServiceClient(self.cohort.registrar).getCohort(get)
      self.trainee = try #require(shown.trainees.first?.person).id
    }

    func receive(
      _ change: (inout BitimV1.ReceiveRecognitionRequest) -> Void = { _ in }
    ) async throws -> BitimV1.Case {
      var request = Story.recognition(of: self.trainee)
      change(&request)
      return try #require(try await self.office.receiveRecognition(request).found)
    }

    static func decision(
      _ act: Int64, _ outcome: BitimV1.CaseOutcome, _ part: (theory: Int32, practice: Int32)? = nil
    ) -> BitimV1.DecideRecognitionRequest {
      var request = BitimV1.DecideRecognitionRequest()
      (request.act, request.outcome, request.reasons) = (act, outcome, ["тақырыптары бірдей"])
      request.part = part.map { part in
        var message = BitimV1.RecognisedPart()
        message.cohort = "P1-ALA-01"
        (message.theoryQuarters, message.practiceQuarters) = (part.theory, part.practice)
        return message
      }
      return request
    }

    func propose(
      _ act: Int64, _ outcome: BitimV1.CaseOutcome, _ part: (theory: Int32, practice: Int32)? = nil
    ) async throws -> Int64 {
      try await self.office.decideRecognition(Self.decision(act, outcome, part)).proposal
    }

    func found(_ act: Int64) async throws -> BitimV1.Case {
      var get = BitimV1.GetCaseRequest()
      get.act = act
      return try #require(try await self.office.getCase(get).found)
    }

    func why(_ programme: Int32 = 1) async throws -> [BitimV1.RuleFinding] {
      var why = BitimV1.ExplainEligibilityRequest()
      (why.personId, why.target) = (self.trainee, .init())
      why.target?.kind = .programme
      why.target?.programme = programme
      return try await CertificateServiceClient(self.cohort.registrar).explainEligibility(why)
        .rules
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  private static func argument(
    _ name: String, of rule: String, in rules: [BitimV1.RuleFinding]
  ) -> String? {
    rules.first { $0.rule == rule }?.arguments.first { $0.name == name }?.value
  }

  @Test(
    "hours that two recognise count beside those attended, up to the certificate, which says so")
  func part() async throws {
    let scene = try await Scene()
    // 36 hours of theory and 27 of practice: nine are missing.
    for day in 3...9 {
      _ = try await scene.cohort.hours(
        day: "2026-02-0\(day)", theory: day < 7 ? 9 : 0, practice: day < 7 ? 0 : 9)
    }
    try await scene.cohort.session("S-014")
    let short = try await scene.cohort.result(Scene.iin, [80, 75, 90], in: "S-014")
    #expect(short.rows.reasons == ["HOURS_SHORT"])
    let received = try await scene.receive { $0.recognition?.practiceQuarters = 36 }
    #expect(received.kind == .recognition)
    #expect(received.state == .received)
    #expect(received.lastDay == "2026-12-22")
    var asked = try #require(Story.recognition(of: 0).recognition)
    asked.practiceQuarters = 36
    #expect(received.recognition == asked)
    let proposal = try await scene.propose(received.act, .recognisedPart, (0, 36))
    #expect(try await scene.found(received.act).state == .received)
    #expect(
      try await scene.cohort.result(Scene.iin, [80, 75, 90], in: "S-014").rows.reasons
        == ["HOURS_SHORT"])
    try await scene.cohort.approve(proposal)
    let decided = try await scene.found(received.act)
    #expect(decided.state == .decided)
    #expect(decided.outcome == .recognisedPart)
    #expect(decided.endedOn == "2026-11-22")
    #expect(decided.reasons == ["тақырыптары бірдей"])
    var part = BitimV1.RecognisedPart()
    (part.cohort, part.practiceQuarters) = ("P1-ALA-01", 36)
    #expect(decided.recognised == part)
    let rules = try await scene.why()
    #expect(Self.argument("got", of: "HOURS_PRACTICE", in: rules) == "36")
    #expect(Self.argument("recognised", of: "HOURS_PRACTICE", in: rules) == "9")
    #expect(Self.argument("recognised", of: "HOURS_THEORY", in: rules) == nil)
    // Of the class register it is none, and where hours are shown it stands apart.
    var get = BitimV1.GetCohortRequest()
    get.code = scene.cohort.code
    let line = try #require(
      try await CohortServiceClient(scene.cohort.trainer).getCohort(get).trainees.first)
    #expect([line.theoryQuarters, line.practiceQuarters] == [144, 108])
    #expect([line.recognisedTheoryQuarters, line.recognisedPracticeQuarters] == [0, 36])
    var person = BitimV1.GetPersonRequest()
    person.purpose = .enrolment
    person.personId = scene.trainee
    let course = try #require(
      try await PersonServiceClient(scene.cohort.registrar).getPerson(person).enrolments.first)
    #expect([course.practiceQuarters, course.recognisedPracticeQuarters] == [108, 36])
    #expect(try await scene.cohort.result(Scene.iin, [80, 75, 90], in: "S-014").passed == 1)
    _ = try await scene.cohort.confirm("S-014")
    // Beside a pass none is added.
    let late = try await scene.receive()
    await expectRefused(["ALREADY_PASSED"], .failedPrecondition) {
      _ = try await scene.propose(late.act, .recognisedPart, (4, 0))
    }
    let issued = try #require(try await scene.cohort.issue().first)
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = (issued.number, issued.code)
    let sheet = try #require(
      try await CertificateServiceClient(scene.school.stranger).verifyCertificate(verify).sheet)
    #expect([sheet.theoryQuarters, sheet.practiceQuarters] == [144, 108])
    #expect([sheet.recognisedTheoryQuarters, sheet.recognisedPracticeQuarters] == [0, 36])
    try scene.end()
  }

  @Test(
    "in full it admits to the next programme, and is neither a certificate nor a programme held")
  func full() async throws {
    let scene = try await Scene()
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P2-ALA-01")
    open.cohort?.programme = 2
    _ = try await CohortServiceClient(scene.cohort.registrar).openCohort(open)
    let row = TestCohort.row(2, iin: Scene.iin, cohort: "P2-ALA-01")
    #expect(try await scene.cohort.enrol([row]).rows.reasons == ["PREREQUISITE_MISSING"])
    let received = try await scene.receive()
    try await scene.cohort.approve(try await scene.propose(received.act, .recognised))
    #expect(try await scene.found(received.act).outcome == .recognised)
    #expect(try await scene.cohort.enrol([row]).recorded)
    let rules = try await scene.why(2)
    #expect(rules.first { $0.rule == "PREREQUISITE" }?.isMet == true)
    #expect(Self.argument("case", of: "PREREQUISITE", in: rules) == "\(received.act)")
    // It makes no certificate, and the School's asks for one of each programme.
    var person = BitimV1.GetPersonRequest()
    person.purpose = .enrolment
    person.personId = scene.trainee
    let shown = try await PersonServiceClient(scene.cohort.registrar).getPerson(person)
    #expect(shown.certificateNumbers == [])
    var why = BitimV1.ExplainEligibilityRequest()
    (why.personId, why.target) = (scene.trainee, .init())
    why.target?.kind = .school
    let school = try await CertificateServiceClient(scene.cohort.registrar).explainEligibility(why)
    #expect(school.rules.map(\.isMet) == [false, false, false])
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = ("77", "77")
    let verdict = try await CertificateServiceClient(scene.school.stranger).verifyCertificate(
      verify)
    #expect(verdict.verdict == .mistyped)
    try scene.end()
  }

  @Test(
    "who proposed does not approve, nor who taught there, nor a registrar; refused, it gives none")
  func hands() async throws {
    let scene = try await Scene()
    _ = try await scene.cohort.hours(day: "2026-02-03", theory: 9)
    let received = try await scene.receive()
    let proposal = try await scene.propose(received.act, .recognisedPart, (8, 0))
    await expectRefused(["ALREADY_PROPOSED"], .alreadyExists) {
      _ = try await scene.propose(received.act, .refused)
    }
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      try await scene.cohort.approve(proposal, by: scene.cohort.registrar)
    }
    let registrar = try await scene.school.client(
      scene.school.person("Second", "Registrar"), [.registrar])
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      try await scene.cohort.approve(proposal, by: registrar)
    }
    let teacher = try await scene.school.client(scene.cohort.trainerID, [.certifier])
    await expectRefused(["DECIDES_OWN_TRAINEE"], .permissionDenied) {
      try await scene.cohort.approve(proposal, by: teacher)
    }
    var end = BitimV1.EndProposalRequest()
    (end.act, end.reason) = (proposal, "қате")
    _ = try await ProposalServiceClient(scene.cohort.registrar).endProposal(end)
    try await scene.cohort.approve(try await scene.propose(received.act, .refused))
    #expect(try await scene.found(received.act).outcome == .refused)
    await expectRefused(["CASE_OUT_OF_ORDER"], .failedPrecondition) {
      _ = try await scene.propose(received.act, .recognised)
    }
    let rules = try await scene.why()
    #expect(Self.argument("recognised", of: "HOURS_THEORY", in: rules) == nil)
    #expect(Self.argument("got", of: "HOURS_THEORY", in: rules) == "9")
    // No appeal takes it for an application that was refused.
    var appeal = BitimV1.ReceiveCaseRequest()
    (appeal.kind, appeal.personId, appeal.toldOn) = (.appeal, scene.trainee, "2026-11-22")
    appeal.contested = [try await scene.found(received.act).endedAct]
    appeal.grounds = ["себеп"]
    let contesting = appeal
    await expectRefused(["CONTESTED_UNKNOWN"], .notFound) {
      _ = try await scene.office.receiveCase(contesting)
    }
    try scene.end()
  }

  @Test("it is the School's alone: a centre reads, moves and decides none; the person reads it")
  func readers() async throws {
    let scene = try await Scene()
    let received = try await scene.receive()
    let centre = CaseServiceClient(
      try await scene.school.client(
        scene.school.person("Registrar", "First"), [.registrar], in: "ALA-01"))
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await centre.receiveRecognition(Story.recognition(of: scene.trainee))
    }
    var get = BitimV1.GetCaseRequest()
    get.act = received.act
    let unread = get
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await centre.getCase(unread) }
    await expectRefused(["CASE_UNKNOWN"], .notFound) {
      _ = try await centre.decideRecognition(Scene.decision(received.act, .refused))
    }
    #expect(try await centre.listCases(.init()).cases == [])
    for client in [scene.cohort.registrar, scene.cohort.certifier] {
      #expect(try await CaseServiceClient(client).getCase(get).found == received)
      #expect(try await CaseServiceClient(client).listCases(.init()).cases == [received])
    }
    await expectRefused(["ALREADY_THERE"], .alreadyExists) { _ = try await scene.receive() }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await scene.receive { $0.personId = 999 }
    }
    await expectRefused(["COHORT_UNKNOWN"], .notFound) {
      var request = Scene.decision(received.act, .recognisedPart, (4, 0))
      request.part?.cohort = "P9"
      _ = try await scene.office.decideRecognition(request)
    }
    try scene.end()
  }

  @Test("from seven days before its last day on it waits for the School's registrars (R-010)")
  func due() async throws {
    let scene = try await Scene()
    let received = try await scene.receive { $0.receivedOn = "2026-10-30" }
    let service = DueServiceClient(scene.cohort.registrar)
    let items = try await service.listDue(.init()).items.filter { $0.kind == .recognition }
    #expect(items.map(\.caseAct) == [received.act])
    #expect(items.map(\.until) == ["2026-11-29"])
    #expect(items.map { $0.person?.id } == [scene.trainee])
    #expect(items.map(\.since) == ["2026-10-30"])
    let centre = try await scene.school.client(
      scene.school.person("Registrar", "First"), [.registrar], in: "ALA-01")
    for client in [centre, scene.cohort.certifier] {
      let kinds = try await DueServiceClient(client).listDue(.init()).items.map(\.kind)
      #expect(!kinds.contains(.recognition))
      #expect(!kinds.contains(.case))
    }
    try scene.end()
  }
}
