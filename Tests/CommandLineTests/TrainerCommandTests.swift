import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@testable import bitim

@Suite("Trainers who go and come, at the command line (R-209)")
struct TrainerCommandTests {
  @Test("one is replaced by another, who goes with a last day")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let person = try await school.person("Zhaksybekov", "Arman")
    _ = try await school.client(person, [.trainer], in: "ALA-01")
    let desk = Desk(
      client: cohort.registrar, output: Output(form: .table, language: .kk), isInteractive: false)
    func trainers() async throws -> [Int64] {
      var look = BitimV1.GetCohortRequest()
      look.code = cohort.code
      return try await CohortServiceClient(cohort.registrar).getCohort(look).trainers.map(\.id)
    }
    #expect(
      try await CohortCommand.run(
        [
          "replace-trainer", cohort.code, "Omarov", "--by", "Zhaksybekov", "--from", "10.02.2026",
          "--evidence", "2019 жылғы сертификат", "--why", "ауырды",
        ], desk) == .done)
    #expect(try await trainers() == [person])
    // Whom the caller's organisation does not know is described; nobody is who has no such number.
    await #expect(throws: CallFailure.self) {
      try await CohortCommand.run(
        [
          "replace-trainer", cohort.code, "Zhaksybekov", "--iin", "991231000014", "--birth-date",
          "1991-12-31", "--surname-latin", "Akhmetova", "--given-latin", "Aigerim", "--evidence",
          "x", "--why", "ауырды",
        ], desk)
    }
    #expect(
      try await CohortCommand.run(
        [
          "end-trainer", cohort.code, "Zhaksybekov", "--last-day", "2026-03-01", "--why",
          "жұмыстан кетті",
        ], desk) == .done)
    #expect(try await trainers() == [])
  }
}
