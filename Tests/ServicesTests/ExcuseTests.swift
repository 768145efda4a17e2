import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("An absence is excused after its confirmation (R-616)")
struct ExcuseTests {
  @Test("by a registrar of the organisation concerned, once, on a paper of days that have come")
  func whole() async throws {
    let school = try TestSchool(on: "2026-03-24")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [], in: "S-014")
    func request() async throws -> BitimV1.ExcuseAbsenceRequest {
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = "991231000014"
      let people = try await PersonServiceClient(cohort.registrar).findPeople(find).people
      var request = BitimV1.ExcuseAbsenceRequest()
      (request.session, request.paper, request.datedOn) = ("S-014", "№ 12 анықтама", "2026-03-20")
      request.personId = try #require(people.first).id
      return request
    }
    let asked = try await request()
    let registrar = AttestationServiceClient(cohort.registrar)
    // While the recorder can say it, nobody else does.
    await expectRefused(["RESULT_UNKNOWN"], .notFound) {
      _ = try await registrar.excuseAbsence(asked)
    }
    _ = try await cohort.confirm("S-014")
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await AttestationServiceClient(cohort.examiner).excuseAbsence(asked)
    }
    try await school.centre("AST-02")
    let other = try await school.client(
      school.person("Akhanov", "Erlan"), [.registrar], in: "AST-02")
    await expectRefused(["SESSION_UNKNOWN"], .notFound) {
      _ = try await AttestationServiceClient(other).excuseAbsence(asked)
    }
    var wrong = asked
    wrong.datedOn = "2026-03-25"
    let early = wrong
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await registrar.excuseAbsence(early)
    }
    (wrong.datedOn, wrong.heldOn) = ("2026-03-20", "2026-03-25")
    let future = wrong
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await registrar.excuseAbsence(future)
    }
    wrong.personId = cohort.trainerID
    wrong.heldOn = ""
    let nobody = wrong
    await expectRefused(["RESULT_UNKNOWN"], .notFound) {
      _ = try await registrar.excuseAbsence(nobody)
    }
    let centre = try await school.client(
      school.person("Akhanova", "Raushan"), [.registrar], in: "ALA-01")
    _ = try await AttestationServiceClient(centre).excuseAbsence(asked)
    await expectRefused(["ALREADY_EXCUSED"], .failedPrecondition) {
      _ = try await registrar.excuseAbsence(asked)
    }
    var look = BitimV1.GetSessionRequest()
    look.code = "S-014"
    let shown = try await AttestationServiceClient(cohort.chair).getSession(look).candidates
    #expect(shown.map(\.why) == ["№ 12 анықтама"])
    #expect(shown.map(\.excuseDatedOn) == ["2026-03-20"])
    #expect(shown.map(\.attempt) == [0])
    #expect(try school.check().problems == [])
  }
}
