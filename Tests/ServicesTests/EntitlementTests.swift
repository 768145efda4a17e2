import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What entitles organisations, granted, ended, suspended and resumed (R-202 to R-204)")
struct EntitlementTests {
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let service: OrganisationServiceClient

    init(on day: String = "2026-02-20") async throws {
      self.school = try TestSchool(on: day)
      self.cohort = try await TestCohort(self.school)
      self.service = OrganisationServiceClient(self.school.administrator)
    }

    func end(_ last: String, error: String = "") async throws -> BitimV1.EntitlementResponse {
      var request = BitimV1.EndEntitlementRequest()
      (request.organisation, request.activity) = ("ALA-01", .train)
      (request.lastDay, request.inErrorFrom, request.basis) = (last, error, "бұйрық № 5")
      return try await self.service.endEntitlement(request)
    }

    func suspend(
      _ from: String, _ until: String? = nil, activity: BitimV1.Activity = .train,
      of code: String = "ALA-01"
    ) async throws -> BitimV1.EntitlementResponse {
      var request = BitimV1.SuspendEntitlementRequest()
      (request.organisation, request.activity) = (code, activity)
      (request.validFrom, request.validUntil, request.basis) = (from, until, "сот ұйғарымы")
      return try await self.service.suspendEntitlement(request)
    }

    func resume(_ from: String, error: String = "") async throws -> BitimV1.EntitlementResponse {
      var request = BitimV1.ResumeEntitlementRequest()
      (request.organisation, request.activity) = ("ALA-01", .train)
      (request.validFrom, request.inErrorFrom, request.basis) = (from, error, "бұйрық № 6")
      return try await self.service.resumeEntitlement(request)
    }

    func grant(
      _ from: String, _ until: String? = nil, of code: String = "ALA-01"
    ) async throws -> BitimV1.EntitlementResponse {
      var request = BitimV1.GrantEntitlementRequest()
      (request.organisation, request.activity) = (code, .train)
      (request.validFrom, request.validUntil, request.basis) = (from, until, "тізілім № 8")
      return try await self.service.grantEntitlement(request)
    }

    /// What there is of the centre, and what is suspended.
    func there(_ code: String = "ALA-01") async throws -> [String] {
      let all = try await self.service.listOrganisations(.init()).organisations
      let one = try #require(all.first { $0.code == code })
      return one.entitlements.map { "\($0.validFrom)–\($0.validUntil ?? "")" }
        + one.suspensions.map { "!\($0.validFrom)–\($0.validUntil ?? "")" }
    }

    func approve(_ act: Int64) async throws -> BitimV1.Proposal {
      let service = ProposalServiceClient(self.cohort.certifier)
      let waiting = try await service.listProposals(.init()).proposals
      let proposal = try #require(waiting.first { $0.act == act })
      #expect(proposal.obstacle == "")
      var approval = BitimV1.ApproveRequest()
      (approval.act, approval.shownDigest) = (act, proposal.shownDigest)
      return try #require(try await service.approve(approval).proposal)
    }

    /// Quarters of theory of the only trainee.
    func theory() async throws -> Int32? {
      try await self.look().trainees.first?.theoryQuarters
    }

    func look() async throws -> BitimV1.GetCohortResponse {
      var request = BitimV1.GetCohortRequest()
      request.code = self.cohort.code
      return try await CohortServiceClient(self.cohort.registrar).getCohort(request)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("an administrator alone changes days about now; the registry says what stands")
  func alone() async throws {
    let scene = try await Scene()
    #expect(try await scene.end("2026-02-19").proposal == 0)
    #expect(try await scene.there() == ["2011-01-01–2026-02-19"])
    let granted = try await scene.grant("2026-02-21", "2027-02-20")
    #expect(granted.proposal == 0)
    var shown = BitimV1.EntitlementShown()
    (shown.organisation, shown.activity, shown.change) = ("ALA-01", .train, .grant)
    shown.name = .init()
    shown.name?.kk = "Орталық ALA-01"
    shown.name?.ru = "Орталық ALA-01"
    shown.name?.en = "Орталық ALA-01"
    (shown.day, shown.until, shown.basis) = ("2026-02-21", "2027-02-20", "тізілім № 8")
    var before = BitimV1.Entitlement()
    (before.activity, before.validFrom, before.validUntil) = (.train, "2011-01-01", "2026-02-19")
    before.basis = "тізілім № 7"
    shown.entitlements = [before]
    #expect(granted.shown == shown)
    #expect(try await scene.suspend("2026-03-01").proposal == 0)
    #expect(
      try await scene.there() == [
        "2011-01-01–2026-02-19", "2026-02-21–2027-02-20", "!2026-03-01–",
      ])
    #expect(try await scene.resume("2026-03-11").proposal == 0)
    #expect(try await scene.there().last == "!2026-03-01–2026-03-10")
    await expectRefused(["ENTITLEMENT_IN_FORCE"], .failedPrecondition) {
      _ = try await scene.resume("2026-03-11")
    }
    await expectRefused(["ORGANISATION_UNKNOWN"], .notFound) {
      _ = try await scene.grant("2026-02-21", of: "XXX-01")
    }
    try scene.end()
  }

  @Test("a first entitlement is granted by one person, whatever its first day")
  func first() async throws {
    let scene = try await Scene()
    var register = BitimV1.RegisterOrganisationsRequest()
    register.organisations = [
      .with(code: "SHY-03", kind: .centre, name: "Шымкент орталығы", activities: [])
    ]
    _ = try await scene.service.registerOrganisations(register)
    #expect(try await scene.grant("2020-01-01", "2020-12-31", of: "SHY-03").proposal == 0)
    #expect(try await scene.there("SHY-03") == ["2020-01-01–2020-12-31"])
    #expect(try await scene.grant("2021-01-01", of: "SHY-03").proposal != 0)
    #expect(try await scene.there("SHY-03") == ["2020-01-01–2020-12-31"])
    try scene.end()
  }

  @Test("what is long back or in error is proposed, and a certifier approves it (R-006)")
  func two() async throws {
    let scene = try await Scene()
    let proposed = try await scene.end("2026-01-20")
    #expect(proposed.proposal != 0)
    #expect(try await scene.there() == ["2011-01-01–"])
    // An administrator reads such proposals alone, and approves none.
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = scene.cohort.trainerID
    rename.names = .latin("Omarova", "Nurlan")
    rename.reason = "marriage"
    _ = try await PersonServiceClient(scene.cohort.registrar).renamePerson(rename)
    let own = ProposalServiceClient(scene.school.administrator)
    let waiting = try await own.listProposals(.init()).proposals
    #expect(waiting.map(\.kind) == [.changeEntitlement])
    #expect(waiting.map(\.obstacle) == ["APPROVES_OWN_PROPOSAL"])
    await expectRefused(["ALREADY_PROPOSED"], .alreadyExists) {
      _ = try await scene.end("2026-01-20")
    }
    // Another administrator reads it, too; to an examiner it is not there.
    let second = ProposalServiceClient(
      try await scene.school.client(
        scene.school.person("Serikov", "Yerlan"), [.administrator]))
    #expect(try await second.listProposals(.init()).proposals.map(\.act) == [proposed.proposal])
    var foreignEnd = BitimV1.EndProposalRequest()
    (foreignEnd.act, foreignEnd.reason) = (proposed.proposal, "қате")
    let asExaminer = foreignEnd
    await expectRefused(["PROPOSAL_UNKNOWN"], .notFound) {
      _ = try await ProposalServiceClient(scene.cohort.examiner).endProposal(asExaminer)
    }
    let registrar = ProposalServiceClient(scene.cohort.registrar)
    let others = try await registrar.listProposals(.init()).proposals
    #expect(
      others.filter { $0.kind == .changeEntitlement }.map(\.obstacle) == ["NOT_ALLOWED"])
    #expect(try await scene.approve(proposed.proposal).kind == .changeEntitlement)
    #expect(try await scene.there() == ["2011-01-01–2026-01-20"])
    #expect(try await scene.look().isInterrupted)

    // It was an error; granted anew, long back again.
    _ = try await scene.approve(scene.end("", error: "2011-01-01").proposal)
    #expect(try await scene.there() == [])
    _ = try await scene.approve(scene.grant("2011-01-01").proposal)
    #expect(try await scene.there() == ["2011-01-01–"])
    _ = try await scene.suspend("2026-02-19")
    let error = try await scene.resume("", error: "2026-02-19")
    #expect(try await scene.there() == ["2011-01-01–", "!2026-02-19–"])
    _ = try await scene.approve(error.proposal)
    #expect(try await scene.there() == ["2011-01-01–"])

    // What waits may be withdrawn by who proposed it, and nothing else by an administrator.
    var ending = BitimV1.EndProposalRequest()
    (ending.act, ending.reason) = (try await scene.end("2026-01-19").proposal, "қате")
    #expect(try await own.endProposal(ending).how == .withdrawn)
    let names = try await registrar.listProposals(.init()).proposals
    ending.act = try #require(names.first { $0.kind == .renamePerson }).act
    let foreign = ending
    await expectRefused(["PROPOSAL_UNKNOWN"], .notFound) { _ = try await own.endProposal(foreign) }
    try scene.end()
  }

  @Test(
    "classes of days that are lost stay and count nothing, and count again with the days (R-204)")
  func hours() async throws {
    let scene = try await Scene()
    _ = try await scene.cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    for day in ["2026-02-10", "2026-02-12", "2026-02-14"] {
      #expect(try await scene.cohort.hours(day: day, theory: 4).recorded)
    }
    #expect(try await scene.theory() == 48)
    _ = try await scene.suspend("2026-02-12", "2026-02-12")
    #expect(try await scene.theory() == 32)
    #expect(try await !scene.look().isInterrupted)
    _ = try await scene.end("2026-02-10")
    #expect(try await scene.theory() == 16)
    #expect(try await scene.look().isInterrupted)
    #expect(
      try await scene.cohort.hours(day: "2026-02-16", theory: 4).rows.reasons
        == ["NOT_ENTITLED_TO_TRAIN"])
    // A late report of a day that is not lost counts.
    #expect(try await scene.cohort.hours(day: "2026-02-09", theory: 4).recorded)
    #expect(try await scene.theory() == 32)
    #expect(
      try await scene.cohort.enrol([TestCohort.row(3, iin: "880706400016")], on: "2026-02-20")
        .rows.reasons == ["NOT_ENTITLED_TO_TRAIN"])
    _ = try await scene.grant("2026-02-11")
    #expect(try await scene.theory() == 48)
    #expect(try await !scene.look().isInterrupted)
    _ = try await scene.approve(scene.resume("", error: "2026-02-12").proposal)
    #expect(try await scene.theory() == 64)
    #expect(try await scene.cohort.hours(day: "2026-02-16", theory: 4).recorded)
    try scene.end()
  }

  @Test("hours of a day that is lost are corrected, and count nothing before and after (R-506)")
  func corrected() async throws {
    let scene = try await Scene()
    _ = try await scene.cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    for day in ["2026-02-10", "2026-02-12"] {
      _ = try await scene.cohort.hours(day: day, theory: 4)
    }
    _ = try await scene.suspend("2026-02-12")
    var correction = BitimV1.CorrectHoursRequest()
    correction.cohort = scene.cohort.code
    correction.personId = try #require(try await scene.look().trainees.first?.person?.id)
    (correction.heldOn, correction.startsAt) = ("2026-02-12", "09:00")
    (correction.theoryQuarters, correction.reason) = (8, .dispute)
    correction.evidence = "қатысу парағы"
    let service = CohortServiceClient(scene.cohort.registrar)
    #expect(try await service.correctHours(correction).proposal == 0)
    #expect(try await scene.theory() == 16)
    _ = try await scene.approve(scene.resume("", error: "2026-02-12").proposal)
    #expect(try await scene.theory() == 24)
    try scene.end()
  }

  @Test("a certificate whose hours fall short by it stays, and its ground fails (R-532, R-731)")
  func certified() async throws {
    let scene = try await Scene(on: "2026-03-25")
    let issued = try await scene.cohort.certified()
    let due = DueServiceClient(scene.cohort.certifier)
    #expect(try await due.listDue(.init()).items == [])
    scene.school.clock.turn(to: try #require(.init(iso: "2026-03-26")))
    // The last two of eight classes were on 9 and 10 February: more than thirty days back.
    let proposed = try await scene.suspend("2026-02-09", "2026-02-10")
    #expect(try await due.listDue(.init()).items.map(\.kind) == [.approve])
    _ = try await scene.approve(proposed.proposal)
    let items = try await due.listDue(.init()).items
    #expect(items.map(\.kind) == [.groundFails])
    #expect(items.map(\.certificate) == [issued.number])
    #expect(items.map(\.since) == ["2026-03-26"])
    #expect(items.map(\.until) == ["2026-04-25"])
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = (issued.number, issued.code)
    let stranger = CertificateServiceClient(scene.school.stranger)
    #expect(try await stranger.verifyCertificate(verify).verdict == .valid)
    await expectRefused(["GROUND_FAILED"], .failedPrecondition) {
      _ = try await scene.cohort.replacement(of: issued, for: .correction)
    }
    _ = try await scene.approve(scene.resume("", error: "2026-02-09").proposal)
    #expect(try await due.listDue(.init()).items == [])
    try scene.end()
  }

  @Test("hours that fall short by it confirm nothing and issue nothing (R-530, R-531)")
  func examined() async throws {
    let scene = try await Scene(on: "2026-03-25")
    try await scene.cohort.ready()
    _ = try await scene.cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let lost = try await scene.suspend("2026-02-09", "2026-02-10")
    _ = try await scene.approve(lost.proposal)
    await expectRefused(["HOURS_SHORT"], .failedPrecondition) {
      _ = try await scene.cohort.confirm("S-014")
    }
    _ = try await scene.approve(scene.resume("", error: "2026-02-09").proposal)
    _ = try await scene.cohort.confirm("S-014")
    _ = try await scene.approve(scene.suspend("2026-02-09", "2026-02-10").proposal)
    await expectRefused(["NOTHING_TO_ISSUE"], .failedPrecondition) {
      _ = try await scene.cohort.issue()
    }
    try scene.end()
  }

  @Test(
    "a certificate of a day that the School lost waits until it is marked, or the day is back (R-735)"
  )
  func issuer() async throws {
    let scene = try await Scene(on: "2026-03-25")
    let issued = try await scene.cohort.certified()
    let due = DueServiceClient(scene.cohort.certifier)
    _ = try await scene.suspend("2026-03-26", activity: .issue, of: "SCHOOL")
    #expect(try await due.listDue(.init()).items == [])
    var request = BitimV1.EndEntitlementRequest()
    (request.organisation, request.activity) = ("SCHOOL", .issue)
    (request.lastDay, request.basis) = ("2026-03-24", "бұйрық № 5")
    #expect(try await scene.service.endEntitlement(request).proposal == 0)
    let items = try await due.listDue(.init()).items
    #expect(items.map(\.kind) == [.issuerNotEntitled])
    #expect(items.map(\.certificate) == [issued.number])
    #expect(items.map(\.since) == ["2026-03-25"])
    #expect(items.first?.person?.id == issued.person?.id)
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (issued.number, .entitlement)
    let certificates = CertificateServiceClient(scene.cohort.certifier)
    _ = try await suspension.asShown(by: certificates.suspendCertificate)
    #expect(try await due.listDue(.init()).items == [])
    var undoing = BitimV1.WithdrawMarkRequest()
    (undoing.number, undoing.reason, undoing.why) = (issued.number, .wrongCertificate, "шатасу")
    let proposed = try await undoing.asShown(by: certificates.withdrawMark)
    let other = try await scene.school.client(
      scene.school.person("Nurlanova", "Botagoz"), [.certifier])
    let approver = ProposalServiceClient(other)
    let waiting = try await approver.listProposals(.init()).proposals
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = try #require(waiting.first).shownDigest
    _ = try await approver.approve(approval)
    #expect(try await due.listDue(.init()).items.map(\.kind) == [.issuerNotEntitled])
    var grant = BitimV1.GrantEntitlementRequest()
    (grant.organisation, grant.activity) = ("SCHOOL", .issue)
    (grant.validFrom, grant.basis) = ("2026-03-25", "тізілім № 9")
    #expect(try await scene.service.grantEntitlement(grant).proposal == 0)
    #expect(try await due.listDue(.init()).items == [])
    try scene.end()
  }

  @Test("a School whose entitlement is suspended issues nothing on those days (R-203)")
  func issues() async throws {
    let scene = try await Scene(on: "2026-03-25")
    try await scene.cohort.passed()
    _ = try await scene.suspend("2026-03-25", "2026-03-25", activity: .issue, of: "SCHOOL")
    await expectRefused(["NOT_ENTITLED_TO_ISSUE"], .failedPrecondition) {
      _ = try await scene.cohort.issue()
    }
    scene.school.clock.turn(to: try #require(.init(iso: "2026-03-26")))
    #expect(try await scene.cohort.issue().count == 1)
    try scene.end()
  }
}
