import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@testable import bitim

@Suite("Recognitions at the command line (R-440, R-441)")
struct RecognitionCommandTests {
  @Test("training elsewhere is received, extended, recognised in part by two, listed and shown")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let desk = Desk(
      client: cohort.registrar, output: Output(form: .table, language: .kk), isInteractive: false)
    func run(_ words: [String]) async throws -> Desk.End {
      try await RecognitionCommand.run(words, desk)
    }
    let paper = "куәлік;77;2024-05-31;Әлия Серікова;2026-11-22"
    let what = [
      "--programme", "1", "--issuer", "Centro", "--country", "esp", "--training", "Curso",
      "--theory", "40", "--practice", "20.5", "--issued", "31.05.2024", "--number", "77",
      "--translation", "--paper", paper,
    ]
    #expect(try await run(["receive", "Ахметова"] + what) == .done)
    let cases = CaseServiceClient(cohort.registrar)
    let found = try #require(try await cases.listCases(.init()).cases.first)
    let act = "\(found.act)"
    var asked = BitimV1.Recognition()
    (asked.issuer, asked.country, asked.training, asked.programme) = ("Centro", "ESP", "Curso", 1)
    (asked.theoryQuarters, asked.practiceQuarters) = (160, 82)
    (asked.number, asked.issuedOn, asked.translationSeen) = ("77", "2024-05-31", true)
    #expect(found.recognition == asked)
    #expect(try await run(["extend", act, "--why", "бағдарламасы сұралды"]) == .done)
    await #expect(throws: Arguments.Fault.self) { _ = try await run(["stay", act]) }
    let reason = ["--reason", "тақырыптары бірдей"]
    await #expect(
      throws: Arguments.Fault(
        text: .usageOptionGoesWith, arguments: ["option": "--cohort", "with": "--outcome part"])
    ) {
      _ = try await run(["decide", act, "--outcome", "full", "--cohort", cohort.code] + reason)
    }
    await #expect(
      throws: Arguments.Fault(
        text: .usageHours, arguments: ["option": "--theory", "value": "көп"])
    ) {
      _ = try await run(
        ["decide", act, "--outcome", "part", "--cohort", cohort.code, "--theory", "көп"] + reason)
    }
    #expect(
      try await run(
        ["decide", act, "--outcome", "part", "--cohort", cohort.code, "--theory", "10"] + reason)
        == .waiting)
    let proposals = ProposalServiceClient(cohort.certifier)
    let waiting = try #require(try await proposals.listProposals(.init()).proposals.first)
    #expect(desk.headline(waiting).kind == "басқа жерде оқу туралы шешу")
    try await cohort.approve(waiting.act)
    #expect(try await run(["list", "--all"]) == .done)
    #expect(try await run(["show", act]) == .done)
    #expect(try await run(["notify", act]) == .done)
    var get = BitimV1.GetCaseRequest()
    get.act = found.act
    let decided = try await cases.getCase(get).found
    #expect(decided?.outcome == .recognisedPart)
    #expect(decided?.recognised?.cohort == cohort.code)
    #expect(decided?.recognised?.theoryQuarters == 40)
    #expect(decided?.recognised?.practiceQuarters == 0)
    #expect(decided?.notifiedOn == "2026-11-22")
    #expect(
      desk.facts(of: found.recognition).map(\.1) == [
        "Centro, ESP", "Curso, 77, 2024-05-31", "40 + 20.5", "аударма",
      ])
  }

  @Test("recognised hours have a column of their own, and their part in what why says")
  func shown() {
    let desk = Desk.recognised
    #expect(desk(0, 0) == "")
    #expect(desk(40, 0) == "10 + 0")
    #expect(desk(0, 5) == "0 + 1.25")
  }
}
