import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Trainers who go, and who come instead (R-209, R-211)")
struct TrainerEndsTests {
  private static func unassign(
    _ cohort: TestCohort, _ person: Int64, last day: String = ""
  ) async throws -> String {
    var request = BitimV1.UnassignTrainerRequest()
    (request.cohort, request.personId, request.lastDay) = (cohort.code, person, day)
    request.why = "жұмыстан кетті"
    return try await CohortServiceClient(cohort.registrar).unassignTrainer(request).lastDay
  }

  private static func trainers(_ cohort: TestCohort) async throws -> [Int64] {
    var request = BitimV1.GetCohortRequest()
    request.code = cohort.code
    return try await CohortServiceClient(cohort.registrar).getCohort(request).trainers.map(\.id)
  }

  @Test("classes stay whose trainer goes; late ones of his days are his, none later")
  func goes() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-05", theory: 4)
    await expectRefused(["TRAINER_TAUGHT"], .failedPrecondition) {
      _ = try await Self.unassign(cohort, cohort.trainerID, last: "2026-02-04")
    }
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await Self.unassign(cohort, cohort.trainerID, last: "2026-11-23")
    }
    await expectRefused(["NOT_TRAINER_HERE"], .failedPrecondition) {
      _ = try await Self.unassign(cohort, cohort.memberID)
    }
    #expect(
      try await Self.unassign(cohort, cohort.trainerID, last: "2026-02-10") == "2026-02-10")
    #expect(try await Self.trainers(cohort) == [])
    #expect(
      try await cohort.hours(day: "2026-02-11", theory: 4).rows.reasons == ["NOT_TRAINER_HERE"])
    #expect(try await cohort.hours(day: "2026-02-10", theory: 4).recorded)
    await expectRefused(["NOT_TRAINER_HERE"], .failedPrecondition) {
      _ = try await Self.unassign(cohort, cohort.trainerID)
    }
    // Assigned again, he teaches on all days of the cohort.
    try await cohort.assign(cohort.trainerID)
    #expect(try await cohort.hours(day: "2026-02-11", theory: 4).recorded)
    #expect(try await Self.unassign(cohort, cohort.trainerID) == "2026-11-22")
    #expect(try school.check().problems == [])
  }

  @Test("one comes instead of another from a day on, and answers with the name alone")
  func comes() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-05", theory: 4)
    let person = try await school.person("Zhaksybekov", "Arman")
    let other = try await school.client(person, [.trainer], in: "ALA-01")
    var request = BitimV1.ReplaceTrainerRequest()
    request.comes = .init()
    request.comes?.cohort = cohort.code
    request.comes?.personId = person
    request.comes?.evidence = "2019 жылғы сертификат"
    (request.goes, request.from, request.why) = (cohort.trainerID, "2026-02-05", "ауырды")
    let service = CohortServiceClient(cohort.registrar)
    let early = request
    await expectRefused(["TRAINER_TAUGHT"], .failedPrecondition) {
      _ = try await service.replaceTrainer(early)
    }
    request.from = "2026-02-06"
    let done = try await service.replaceTrainer(request)
    #expect(done.names == .latin("Zhaksybekov", "Arman"))
    #expect(done.from == "2026-02-06")
    #expect(try await Self.trainers(cohort) == [person])
    #expect(
      try await cohort.hours(day: "2026-02-04", theory: 4, by: other).rows.reasons
        == ["NOT_TRAINER_HERE"])
    #expect(try await cohort.hours(day: "2026-02-06", theory: 4, by: other).recorded)
    #expect(
      try await cohort.hours(day: "2026-02-07", theory: 4).rows.reasons == ["NOT_TRAINER_HERE"])
    #expect(try await cohort.hours(day: "2026-02-04", theory: 4).recorded)
    #expect(try school.check().problems == [])
  }

  @Test("a trainee of the cohort comes not as its trainer (R-211)")
  func himself() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    var look = BitimV1.GetCohortRequest()
    look.code = cohort.code
    let service = CohortServiceClient(cohort.registrar)
    let trainee = try #require(try await service.getCohort(look).trainees.first?.person?.id)
    var request = BitimV1.ReplaceTrainerRequest()
    request.comes = .init()
    request.comes?.cohort = cohort.code
    request.comes?.personId = trainee
    request.comes?.evidence = "x"
    (request.goes, request.why) = (cohort.trainerID, "ауырды")
    let himself = request
    await expectRefused(["TRAINS_HIMSELF"], .failedPrecondition) {
      _ = try await service.replaceTrainer(himself)
    }
  }
}
