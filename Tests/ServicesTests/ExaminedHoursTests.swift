import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Hours on which something rests are corrected by two persons (R-506)")
struct ExaminedHoursTests {
  /// A trainee with all the hours, of whom the first class is to be taken away.
  private struct Scene {
    let cohort: TestCohort
    let person: Int64
    let service: CohortServiceClient
    var absent = BitimV1.CorrectHoursRequest()

    init(_ cohort: TestCohort) async throws {
      self.cohort = cohort
      self.service = CohortServiceClient(cohort.registrar)
      var get = BitimV1.GetCohortRequest()
      get.code = cohort.code
      let trainees = try await self.service.getCohort(get).trainees
      self.person = try #require(trainees.first?.person).id
      self.absent.cohort = cohort.code
      self.absent.personId = self.person
      self.absent.heldOn = "2026-02-03"
      self.absent.startsAt = "09:00"
      self.absent.reason = .dispute
      self.absent.evidence = "қатысу парағы"
    }

    func theory() async throws -> Int32 {
      var get = BitimV1.GetCohortRequest()
      get.code = self.cohort.code
      return try await self.service.getCohort(get).trainees.first?.theoryQuarters ?? 0
    }

    /// What waits, as somebody sees it.
    func waiting(_ client: BitimClient) async throws -> BitimV1.Proposal {
      let list = try await ProposalServiceClient(client).listProposals(.init())
      return try #require(list.proposals.first { $0.kind == .correctHours })
    }

    func approve(_ client: BitimClient) async throws {
      let proposal = try await self.waiting(client)
      #expect(proposal.obstacle == "")
      var approval = BitimV1.ApproveRequest()
      approval.act = proposal.act
      approval.shownDigest = proposal.shownDigest
      _ = try await ProposalServiceClient(client).approve(approval)
    }
  }

  @Test("beside a result: proposed, shown, approved; then it is not confirmed (R-530)")
  func recorded() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let scene = try await Scene(cohort)
    let absent = scene.absent
    await expectRefused(["CORRECTED_LATE"], .permissionDenied) {
      _ = try await CohortServiceClient(cohort.trainer).correctHours(absent)
    }
    let proposed = try await scene.service.correctHours(absent)
    #expect(proposed.proposal != 0)
    #expect(proposed.theoryQuartersBefore == 36)
    #expect(try await scene.theory() == 144)
    let other = try await school.client(school.person("Nurlanova", "Botagoz"), [.registrar])
    let proposal = try await scene.waiting(other)
    var shown = BitimV1.HoursShown()
    shown.displayId = PersonNumber.text(scene.person)
    shown.names = proposal.shown.flatMap {
      if case .hours(let hours) = $0 { hours.names } else { nil }
    }
    shown.cohort = "P1-ALA-01"
    shown.heldOn = "2026-02-03"
    shown.startsAt = "09:00"
    shown.theoryQuartersBefore = 36
    shown.reason = .dispute
    shown.evidence = "қатысу парағы"
    #expect(proposal.shown == .hours(shown))
    #expect(shown.names?.kk?.given == "Әйгерім")
    #expect(try await scene.waiting(cohort.registrar).obstacle == "APPROVES_OWN_PROPOSAL")
    try await scene.approve(other)
    #expect(try await scene.theory() == 108)
    await expectRefused(["HOURS_SHORT"], .failedPrecondition) {
      _ = try await cohort.confirm("S-014")
    }
    #expect(try school.check().problems == [])
  }

  @Test("beside a confirmed pass: fewer alone, and nothing is issued then (R-508, R-531)")
  func passed() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let scene = try await Scene(cohort)
    var fewer = scene.absent
    fewer.theoryQuarters = 32
    _ = try await scene.service.correctHours(fewer)
    try await scene.approve(cohort.certifier)
    #expect(try await scene.theory() == 140)
    fewer.theoryQuarters = 33
    let more = fewer
    await expectRefused(["ALREADY_PASSED"], .failedPrecondition) {
      _ = try await scene.service.correctHours(more)
    }
    await expectRefused(["NOTHING_TO_ISSUE"], .failedPrecondition) {
      _ = try await cohort.issue()
    }
    #expect(try school.check().problems == [])
  }

  @Test("beside a certificate: the School proposes, a certifier approves; the paper stays (R-532)")
  func certified() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    let scene = try await Scene(cohort)
    let absent = scene.absent
    let own = try await school.client(school.person("Own", "Registrar"), [.registrar], in: "ALA-01")
    await expectRefused(["CORRECTION_AT_SCHOOL"], .permissionDenied) {
      _ = try await CohortServiceClient(own).correctHours(absent)
    }
    #expect(try await scene.service.correctHours(absent).proposal != 0)
    let other = try await school.client(school.person("Nurlanova", "Botagoz"), [.registrar])
    #expect(try await scene.waiting(other).obstacle == "NOT_ALLOWED")
    try await scene.approve(cohort.certifier)
    #expect(try await scene.theory() == 108)
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = (issued.number, issued.code)
    let stranger = CertificateServiceClient(school.stranger)
    #expect(try await stranger.verifyCertificate(verify).verdict == .valid)
    // The certifier has to answer it, by a suspension or a revocation.
    let due = DueServiceClient(cohort.certifier)
    let items = try await due.listDue(.init()).items
    #expect(items.map(\.kind) == [.groundFails])
    #expect(items.map(\.certificate) == [issued.number])
    #expect(items.map(\.since) == ["2026-11-22"])
    #expect(items.map(\.until) == ["2026-12-22"])
    #expect(items.first?.person?.id == scene.person)
    // Nor is it issued anew with fewer hours than the minimum.
    await expectRefused(["GROUND_FAILED"], .failedPrecondition) {
      _ = try await cohort.replacement(of: issued, for: .correction)
    }
    var suspension = BitimV1.SuspendCertificateRequest()
    suspension.number = issued.number
    suspension.ground = .investigation
    _ = try await suspension.asShown(
      by: CertificateServiceClient(cohort.certifier).suspendCertificate)
    #expect(try await due.listDue(.init()).items.filter { $0.kind == .groundFails } == [])
    #expect(try school.check().problems == [])
  }
}
