import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Who has died (R-124)")
struct DeathTests {
  /// A School with a certified trainee, who has died since.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let issued: BitimV1.IssuedLine
    let people: PersonServiceClient
    var her: Int64 { self.issued.person?.id ?? 0 }

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.issued = try await self.cohort.certified()
      self.people = PersonServiceClient(self.cohort.registrar)
    }

    func die(_ person: Int64? = nil, on day: String = "2026-11-20") async throws
      -> BitimV1.RecordDeathResponse
    {
      try await self.request(person, on: day).asShown(by: self.people.recordDeath)
    }

    func request(_ person: Int64? = nil, on day: String) -> BitimV1.RecordDeathRequest {
      var request = BitimV1.RecordDeathRequest()
      (request.personId, request.diedOn) = (person ?? self.her, day)
      request.document = "№ 12 куәлік"
      return request
    }

    func person(_ client: BitimClient? = nil) async throws -> BitimV1.Person? {
      var get = BitimV1.GetPersonRequest()
      get.purpose = .enrolment
      get.personId = self.her
      return try await PersonServiceClient(client ?? self.cohort.registrar).getPerson(get).person
    }

    /// Expects that something is refused, as she has died.
    func refused(_ call: () async throws -> Void) async {
      await expectRefused(["PERSON_DEAD"], .failedPrecondition) { try await call() }
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("is recorded as it was shown, by a registrar of the School, who alone is told")
  func recorded() async throws {
    let scene = try await Scene()
    var look = scene.request(on: "2026-11-20")
    look.validateOnly = true
    let shown = try #require(try await scene.people.recordDeath(look).shown)
    var expected = BitimV1.DeathShown()
    expected.displayId = PersonNumber.text(scene.her)
    expected.names = TestCohort.row(2, iin: "991231000014").person?.names
    expected.birthDate = "1991-12-31"
    expected.after = .init()
    expected.after?.diedOn = "2026-11-20"
    expected.after?.document = "№ 12 куәлік"
    #expect(shown == expected)
    #expect(try await scene.person()?.death == nil)
    look.validateOnly = false
    let blind = look
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await scene.people.recordDeath(blind)
    }
    let future = scene.request(on: "2026-11-23")
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await scene.people.recordDeath(future)
    }
    let recorded = try await scene.die()
    #expect(recorded.recorded)
    let death = try #require(recorded.person?.death)
    #expect(death.diedOn == "2026-11-20")
    #expect(death.act != 0)
    let again = scene.request(on: "2026-11-19")
    await expectRefused(["ALREADY_THERE"], .alreadyExists) {
      _ = try await scene.people.recordDeath(again)
    }
    // A centre that knows her reads of her and not of that, and says nothing of it.
    let centre = try await scene.school.client(
      scene.school.person("Askarova", "Gulnar"), [.registrar], in: "ALA-01")
    #expect(try await scene.person(centre)?.birthDate == "1991-12-31")
    #expect(try await scene.person(centre)?.death == nil)
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await PersonServiceClient(centre).recordDeath(again)
    }
    // Her certificate stands, and strangers are told as before.
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = (scene.issued.number, scene.issued.code)
    let verified = try await CertificateServiceClient(scene.cohort.registrar)
      .verifyCertificate(verify)
    #expect(verified.verdict == .valid)
    try scene.end()
  }

  @Test("from then on there are corrections alone")
  func corrections() async throws {
    let scene = try await Scene()
    _ = try await scene.die()
    let access = AccessServiceClient(scene.school.administrator)
    var grant = BitimV1.GrantRoleRequest()
    (grant.personId, grant.role, grant.organisation) = (scene.her, .trainer, "ALA-01")
    let granted = grant
    await scene.refused { _ = try await access.grantRole(granted) }
    var bar = BitimV1.BarPersonRequest()
    bar.personId = scene.her
    bar.bar = .init()
    bar.bar?.kind = .conviction
    bar.bar?.validFrom = "2026-11-01"
    bar.bar?.document = "үкім"
    let barred = bar
    await scene.refused { _ = try await barred.asShown(by: scene.people.barPerson) }
    let papers = CertificateServiceClient(scene.cohort.certifier)
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (scene.issued.number, .investigation)
    let suspended = suspension
    await scene.refused { _ = try await suspended.asShown(by: papers.suspendCertificate) }
    var duplicate = BitimV1.MakeDuplicateRequest()
    (duplicate.number, duplicate.reason, duplicate.statedOn) = (
      scene.issued.number, .lost, "2026-11-22"
    )
    let another = duplicate
    await scene.refused {
      _ = try await CertificateServiceClient(scene.cohort.registrar).makeDuplicate(another)
    }
    // What she was is corrected as before: by two, as she is certified; and so is an error of issue.
    var correction = BitimV1.CorrectPersonRequest()
    (correction.personId, correction.birthDate) = (scene.her, "1991-12-30")
    (correction.reason, correction.evidence) = (.typingError, Story.evidence)
    let proposed = try await scene.people.correctPerson(correction)
    #expect(proposed.proposal != 0)
    var approval = BitimV1.ApproveRequest()
    let certifier = ProposalServiceClient(scene.cohort.certifier)
    let waiting = try await certifier.listProposals(.init()).proposals
    #expect(waiting.map(\.obstacle) == [""])
    (approval.act, approval.shownDigest) = (
      proposed.proposal, waiting.first?.shownDigest ?? ""
    )
    _ = try await certifier.approve(approval)
    #expect(try await scene.person()?.birthDate == "1991-12-30")
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason, revocation.why) = (
      scene.issued.number, .error, "басқа адам"
    )
    #expect(try await revocation.asShown(by: papers.revokeCertificate).recorded)
    try scene.end()
  }

  @Test("a list says line by line who has died, also where it is only asked")
  func lists() async throws {
    let scene = try await Scene()
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-ALA-02")
    open.cohort?.startsOn = "2026-11-20"
    open.cohort?.endsOn = "2026-12-31"
    _ = try await CohortServiceClient(scene.cohort.registrar).openCohort(open)
    let other = TestCohort.row(3, iin: "880706400016", cohort: "P1-ALA-02")
    #expect(try await scene.cohort.enrol([other], on: "2026-11-21").recorded)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "880706400016"
    let person = try #require(try await scene.people.findPeople(find).people.first).id
    var leave = BitimV1.WithdrawTraineeRequest()
    (leave.cohort, leave.personId, leave.reason) = ("P1-ALA-02", person, .illness)
    _ = try await scene.die(person)
    // Who had a place is let go of it.
    _ = try await CohortServiceClient(scene.cohort.registrar).withdrawTrainee(leave)
    var again = other
    again.cohort = "P1-ALA-03"
    open.cohort?.code = "P1-ALA-03"
    _ = try await CohortServiceClient(scene.cohort.registrar).openCohort(open)
    for isOnlyAsked in [true, false] {
      let refused = try await scene.cohort.enrol(
        [again], on: "2026-11-21", validateOnly: isOnlyAsked)
      #expect(!refused.recorded)
      #expect(refused.rows.map(\.verdict) == [.refused])
      #expect(refused.rows.flatMap(\.findings).map(\.reason) == ["PERSON_DEAD"])
      #expect(refused.rows.map(\.personId) == [person])
    }
    try scene.end()
  }

  @Test("a pass of somebody who has died waits for no certificate")
  func due() async throws {
    let school = try TestSchool()
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let certifier = DueServiceClient(cohort.certifier)
    func issues() async throws -> [String] {
      try await certifier.listDue(.init()).items.filter { $0.kind == .issue }.map(\.cohort)
    }
    #expect(try await issues() == ["P1-ALA-01"])
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = cohort.code
    let papers = CertificateServiceClient(cohort.certifier)
    let person = try #require(try await papers.previewIssue(preview).lines.first?.person?.id)
    var request = BitimV1.RecordDeathRequest()
    (request.personId, request.diedOn, request.document) = (person, "2026-11-20", "куәлік")
    let people = PersonServiceClient(cohort.registrar)
    #expect(try await request.asShown(by: people.recordDeath).recorded)
    #expect(try await issues() == [])
    let line = try #require(try await papers.previewIssue(preview).lines.first)
    #expect(!line.isEligible)
    #expect(line.missing.map(\.rule) == ["LIVING"])
    // Withdrawn by two, as it was an error, it is as if it had never been; who recorded it does not approve.
    var withdrawal = BitimV1.WithdrawDeathRequest()
    (withdrawal.personId, withdrawal.reason) = (person, "аттас адам")
    let second = try await school.client(school.person("Askarova", "Gulnar"), [.registrar])
    let proposed = try await withdrawal.asShown(by: PersonServiceClient(second).withdrawDeath)
    #expect(proposed.person?.death?.diedOn == "2026-11-20")
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    let maker = approval
    await expectRefused(["ENDS_OWN_ACT"], .permissionDenied) {
      _ = try await ProposalServiceClient(cohort.registrar).approve(maker)
    }
    _ = try await ProposalServiceClient(cohort.certifier).approve(approval)
    #expect(try await issues() == ["P1-ALA-01"])
    #expect(try await papers.previewIssue(preview).lines.map(\.isEligible) == [true])
    let gone = withdrawal
    await expectRefused(["DEATH_UNKNOWN"], .notFound) {
      _ = try await people.withdrawDeath(gone)
    }
    #expect(try await request.asShown(by: people.recordDeath).recorded)
    #expect(try school.check().problems == [])
    school.close()
  }
}
