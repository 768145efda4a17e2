import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

/// Nobody takes a programme twice at a time, nor again what was passed: 991231000014 is enrolled in P1-ALA-01,
/// which ends on 31 March 2026; P1-ALA-02 goes from then on.
@Suite("A programme is taken once at a time, through the services (R-412)")
struct EnrolledOnceTests {
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let person: Int64

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      let service = CohortServiceClient(self.cohort.registrar)
      #expect(try await self.cohort.enrol([TestCohort.row(2, iin: "991231000014")]).recorded)
      var open = BitimV1.OpenCohortRequest()
      open.cohort = TestCohort.cohort("P1-ALA-02")
      open.cohort?.startsOn = "2026-03-31"
      open.cohort?.endsOn = "2026-06-30"
      _ = try await service.openCohort(open)
      var get = BitimV1.GetCohortRequest()
      get.code = "P1-ALA-01"
      self.person = try await service.getCohort(get).trainees.first?.person?.id ?? 0
    }

    /// What the other cohort says of her from a day on; nothing is recorded.
    func other(from day: String = "2026-04-01") async throws -> [String] {
      let row = TestCohort.row(2, iin: "991231000014", cohort: "P1-ALA-02")
      return try await self.cohort.enrol([row], on: day, validateOnly: true).rows.flatMap { row in
        row.findings.map { finding in
          ([finding.reason] + finding.arguments.map { "\($0.name)=\($0.value)" })
            .joined(separator: " ")
        } + (row.verdict == .added ? ["added"] : [])
      }
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test(
    "while the first cohort lasts there is no other, unless all attempts were used in it (R-423)")
  func attempts() async throws {
    let scene = try await Scene()
    let taken = "ALREADY_ENROLLED cohort=P1-ALA-01 programme=1"
    #expect(try await scene.other(from: "2026-03-31") == [taken])
    #expect(try await scene.other() == ["added"])
    try await scene.cohort.allHours()
    for (attempt, day) in ["2026-03-20", "2026-03-21", "2026-03-22"].enumerated() {
      try await scene.cohort.session("S-\(attempt)", on: day)
      #expect(
        try await scene.cohort.result("991231000014", [10, 10, 10], in: "S-\(attempt)").recorded)
      #expect(try await scene.other(from: "2026-03-31") == [attempt < 2 ? taken : "added"])
      _ = try await scene.cohort.confirm("S-\(attempt)")
    }
    try scene.end()
  }

  @Test("who has passed waits for the certificate, its refusal, or its revocation")
  func passed() async throws {
    let scene = try await Scene()
    try await scene.cohort.allHours()
    try await scene.cohort.session("S-1")
    #expect(try await scene.cohort.result("991231000014", [80, 80, 80], in: "S-1").recorded)
    #expect(try await scene.other() == ["added"])
    _ = try await scene.cohort.confirm("S-1")
    #expect(try await scene.other() == ["ALREADY_PASSED"])
    let certificates = CertificateServiceClient(scene.cohort.certifier)
    var refusal = BitimV1.RefuseCertificateRequest()
    (refusal.personId, refusal.programme) = (scene.person, 1)
    refusal.why = "дипломы танылмаған"
    #expect(try await refusal.asShown(by: certificates.refuseCertificate).recorded)
    #expect(try await scene.other() == ["added"])
    try scene.end()
  }

  @Test("a certificate that was revoked is no hindrance, nor is the enrolment it was issued on")
  func revoked() async throws {
    let scene = try await Scene()
    try await scene.cohort.allHours()
    try await scene.cohort.session("S-1")
    _ = try await scene.cohort.result("991231000014", [80, 80, 80], in: "S-1")
    _ = try await scene.cohort.confirm("S-1")
    let number = try #require(try await scene.cohort.issue().first).number
    #expect(try await scene.other(from: "2026-03-31") == ["PROGRAMME_HELD programme=1"])
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason, revocation.why) = (number, .error, "хат")
    let certificates = CertificateServiceClient(scene.cohort.certifier)
    _ = try await revocation.asShown(by: certificates.revokeCertificate)
    #expect(try await scene.other(from: "2026-03-31") == ["added"])
    try scene.end()
  }

  @Test("who takes it under another number of the same person takes it (R-122)")
  func numbers() async throws {
    let scene = try await Scene()
    var row = TestCohort.row(2, iin: "123456789013", cohort: "P1-ALA-02")
    var passport = BitimV1.Identifier()
    passport.kind = .document
    passport.documentType = "passport"
    (passport.country, passport.number) = ("KAZ", "N1234567")
    row.person?.identifiers = [passport]
    #expect(
      try await scene.cohort.enrol([row], on: "2026-03-31", validateOnly: true).rows.map(\.verdict)
        == [.added])
    let people = PersonServiceClient(scene.cohort.registrar)
    var register = BitimV1.RegisterPersonRequest()
    register.person = row.person
    let other = try #require(try await people.registerPerson(register).person).id
    var merge = BitimV1.MergePeopleRequest()
    (merge.personId, merge.otherId) = (scene.person, other)
    merge.document = "екі құжат"
    let proposed = try await merge.asShown(by: people.mergePeople)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(scene.cohort.certifier).approve(approval)
    let again = try await scene.cohort.enrol([row], on: "2026-03-31", validateOnly: true)
    #expect(again.rows.flatMap(\.findings).map(\.reason) == ["ALREADY_ENROLLED"])
    try scene.end()
  }
}
