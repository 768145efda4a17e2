import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("A candidate of another cohort is admitted to a session (R-604)")
struct AdmissionTests {
  private static let iin = "991231000014"

  private static func admit(
    _ client: BitimClient, _ person: Int64
  ) async throws(CallFailure) -> String {
    var request = BitimV1.AdmitCandidateRequest()
    (request.session, request.personId) = ("S-014", person)
    return try await AttestationServiceClient(client).admitCandidate(request).cohort
  }

  @Test("of another centre by the School alone, once; then results are recorded and confirmed")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    // Cohort P1-ALA-01 is the trainee's; the session is of another centre's P1-AST-01.
    try await school.centre("AST-02")
    let service = CohortServiceClient(cohort.registrar)
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-AST-01")
    open.cohort?.organisation = "AST-02"
    _ = try await service.openCohort(open)
    _ = try await cohort.enrol([TestCohort.row(2, iin: Self.iin)])
    try await cohort.allHours()
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-01"
    let her = try #require(try await service.getCohort(get).trainees.first?.person?.id)
    try await cohort.session("S-014", of: "P1-AST-01")
    func recorded() async throws -> [String] {
      try await cohort.result(Self.iin, [80, 75, 90], in: "S-014").rows.reasons
    }
    #expect(try await recorded() == ["CANDIDATE_NOT_ADMITTED"])
    // Who has a role at the other centre is known there, and its trainee no more for that.
    let known = try await school.client(her, [.trainer], in: "AST-02")
    _ = known
    let there = try await school.client(
      school.person("Registrar", "Astana"), [.registrar], in: "AST-02")
    await expectRefused(["NOT_ENROLLED"], .failedPrecondition) {
      _ = try await Self.admit(there, her)
    }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await Self.admit(there, cohort.memberID)
    }
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await Self.admit(cohort.examiner, her)
    }
    await expectRefused(["NOT_ENROLLED"], .failedPrecondition) {
      _ = try await Self.admit(cohort.registrar, cohort.memberID)
    }
    #expect(try await Self.admit(cohort.registrar, her) == "P1-ALA-01")
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await Self.admit(cohort.registrar, her)
    }
    var look = BitimV1.GetSessionRequest()
    look.code = "S-014"
    let shown = try await AttestationServiceClient(there).getSession(look)
    #expect(shown.candidates.map(\.personId) == [her])
    // Who taught her may not come to sit there.
    var seat = BitimV1.ChangeSeatRequest()
    (seat.session, seat.goes, seat.comes) = ("S-014", cohort.memberID, cohort.trainerID)
    seat.why = "ауырып қалды"
    seat.invitation = TestCohort.letter
    let changed = seat
    await expectRefused(["EXAMINER_TAUGHT_CANDIDATE"], .failedPrecondition) {
      _ = try await AttestationServiceClient(cohort.registrar).changeSeat(changed)
    }
    #expect(try await recorded() == [])
    #expect(try await cohort.confirm("S-014").confirmed == 1)
    // A trainer there reads no outcome of who is another centre's.
    let trainer = try await school.person("Konyrov", "Gani")
    var assignment = BitimV1.AssignTrainerRequest()
    (assignment.cohort, assignment.personId) = ("P1-AST-01", trainer)
    assignment.evidence = "№ 7 куәлік"
    _ = try await CohortServiceClient(cohort.registrar).assignTrainer(assignment)
    let teaches = try await school.client(trainer, [.trainer], in: "AST-02")
    let read = try await AttestationServiceClient(teaches).getSession(look)
    #expect(read.candidates.map(\.outcome) == [.unspecified])
    let later = try await school.person("Bekov", "Talgat")
    await expectRefused(["SESSION_CLOSED"], .failedPrecondition) {
      _ = try await Self.admit(cohort.registrar, later)
    }
    #expect(try school.check().problems == [])
  }
}
