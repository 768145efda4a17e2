import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@testable import bitim

@Suite("What the School settles for itself at the command line (R-019)")
struct SettingCommandTests {
  @Test("a setting is proposed, approved and listed; what is mistyped is said")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    func desk(_ client: BitimClient) -> Desk {
      Desk(client: client, output: Output(form: .table, language: .kk), isInteractive: false)
    }
    func run(_ words: String...) async throws -> Desk.End {
      try await AdminCommand.run(["setting"] + words, desk(school.administrator))
    }
    #expect(try await run("list") == .done)
    let why = ["--why", "кеңес № 4"]
    await #expect(throws: Arguments.Fault.self) {
      try await run("propose", "waiting_strikt", "1", why[0], why[1])
    }
    await #expect(throws: Arguments.Fault.self) {
      try await run("propose", "waiting_strict", "иә", why[0], why[1])
    }
    await #expect(throws: Arguments.Fault.self) { try await run("propose", "waiting_strict", "1") }
    #expect(
      try await run(
        "propose", "waiting_strict", "1", "--from", "01.12.2026", "--basis", "law", "--article",
        "9-бап", why[0], why[1]) == .waiting)
    let approver = ProposalServiceClient(cohort.certifier)
    let proposal = try #require(try await approver.listProposals(.init()).proposals.first)
    let second = desk(cohort.certifier)
    #expect(second.headline(proposal) == ("баптауды өзгерту", "waiting_strict = 1"))
    #expect(
      try await ProposalCommand.run(
        ["approve", "\(proposal.act)", "--digest", proposal.shownDigest], second) == .done)
    let periods = try await SettingServiceClient(cohort.trainer).listSettings(.init())
      .settings[0].periods
    #expect(
      periods.map {
        "\($0.validFrom) \($0.setting?.value ?? 9) \($0.setting?.article ?? "") \($0.why)"
      } == [" 0  ", "2026-12-01 1 9-бап кеңес № 4"])
    #expect(try await run("list") == .done)
    #expect(try await AdminCommand.run(["setting", "list"], desk(cohort.registrar)) == .done)
  }
}
