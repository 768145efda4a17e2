import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@testable import bitim

@Suite("Applications at the command line (R-401)")
struct ApplicationCommandTests {
  @Test("of somebody new is received, returned, completed and decided; listed and shown")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let desk = Desk(
      client: cohort.registrar, output: Output(form: .table, language: .kk), isInteractive: false)
    func run(_ words: [String]) async throws -> Desk.End {
      try await ApplicationCommand.run(words, desk)
    }
    let paper = "өтініш;12;2026-11-21;Әлия Серікова;2026-11-22"
    let what = [
      "--programme", "1", "--organisation", "ALA-01", "--consent", "2026-01", "--category",
      "ақылы топ", "--paper", paper,
    ]
    #expect(
      try await run(
        [
          "receive", "--surname-latin", "Omarova", "--given-latin", "Saule", "--birth-date",
          "02.03.1990", "--iin", "991231000014", "--education", "higher",
        ] + what) == .done)
    let cases = CaseServiceClient(cohort.registrar)
    let found = try #require(try await cases.listCases(.init()).cases.first)
    let act = "\(found.act)"
    #expect(found.application?.category == "ақылы топ")
    await #expect(throws: Arguments.Fault.self) {
      _ = try await run(["receive", "Omarova", "--iin", "991231000014"] + what)
    }
    await #expect(throws: Arguments.Fault.self) {
      _ = try await run(["decide", act, "--outcome", "confirmed"])
    }
    await #expect(throws: Arguments.Fault.self) { _ = try await run(["extend", act]) }
    #expect(try await run(["return", act, "--why", "диплом жоқ"]) == .done)
    #expect(try await run(["complete", act, "--paper", paper]) == .done)
    #expect(
      try await run([
        "decide", act, "--outcome", "admitted", "--age", paper, "--education", paper, "--bars",
        paper,
      ]) == .done)
    #expect(try await run(["list", "--all"]) == .done)
    #expect(try await run(["show", act]) == .done)
    #expect(try await run(["notify", act]) == .done)
    var get = BitimV1.GetCaseRequest()
    get.act = found.act
    let decided = try await cases.getCase(get).found
    #expect(decided?.outcome == .admitted)
    #expect(decided?.application?.checks.map(\.matter) == [.age, .education, .bars])
    #expect(decided?.notifiedOn == "2026-11-22")
  }
}
