import BitimClient
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Excluded, interrupted and excused at the command line (R-616)")
struct OutcomeCommandTests {
  private func candidates(
    _ cohort: TestCohort, in session: String
  ) async throws -> [String: BitimV1.Candidate] {
    var request = BitimV1.GetSessionRequest()
    request.code = session
    let shown = try await AttestationServiceClient(cohort.chair).getSession(request)
    return Dictionary(uniqueKeysWithValues: shown.candidates.map { ($0.name, $0) })
  }

  @Test("a file and a line say what stands in place of marks, and why")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let desk = Desk(
      client: cohort.examiner, output: Output(form: .table, language: .kk), isInteractive: false)
    let path = school.folder.appendingPathComponent("нәтижелер.csv").path
    func attest(_ row: String) async throws -> Desk.End {
      let text = "Үміткер;Тест;Рөлдік ойын;Әңгімелесу;Келмеді;Шығарылды;Үзілді;Себебі\n" + row
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try await AttestCommand.run(["S-014", path], desk)
    }
    func stands() async throws -> BitimV1.Candidate {
      try #require(try await self.candidates(cohort, in: "S-014").values.first)
    }
    #expect(try await attest("991231000014;;;;;иә;;телефоннан көшірді\n") == .done)
    var candidate = try await stands()
    #expect(candidate.outcome == .excluded && candidate.attempt == 1)
    #expect(candidate.why == "телефоннан көшірді")
    #expect(try await attest("991231000014;;;;;;иә;жарық сөнді\n") == .done)
    candidate = try await stands()
    #expect(candidate.outcome == .interrupted && candidate.attempt == 0)
    #expect(candidate.why == "жарық сөнді")
    // Why is said of both.
    #expect(try await attest("991231000014;;;;;;иә;\n") == .refused)
    // Two of them are refused, and what stands is left.
    #expect(try await attest("991231000014;;;;иә;иә;;x\n") == .refused)
    #expect(try await stands().outcome == .interrupted)
    // Who came is not absent; what nobody understands is refused, and not taken for yes.
    #expect(try await attest("991231000014;80;75;90;келді;—;нет;\n") == .done)
    #expect(try await stands().outcome == .passed)
    #expect(try await attest("991231000014;;;;ауырды;;;\n") == .refused)
    #expect(try await stands().outcome == .passed)
    // Only what is a list, or one candidate, is checked without being recorded.
    for words in [["S-014"], ["send", path], ["S-014", "--confirm"], ["S-014", "--show"]] {
      await #expect(throws: Arguments.Fault.self) {
        _ = try await AttestCommand.run(words + ["--dry-run"], desk)
      }
    }
    let line = ["S-014", "--candidate", "991231000014"]
    #expect(
      try await AttestCommand.run(line + ["--absent", "--why", "№ 12 анықтама"], desk) == .done)
    candidate = try await stands()
    #expect(candidate.outcome == .absent && candidate.attempt == 0)
    #expect(candidate.why == "№ 12 анықтама")
    #expect(
      try await AttestCommand.run(line + ["--excluded", "--why", "көшірді"], desk) == .done)
    candidate = try await stands()
    #expect(desk.outcome(candidate) == "шығарылды")
    #expect(candidate.why == "көшірді")
  }
}
