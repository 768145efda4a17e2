import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@testable import bitim

@Suite("What entitles organisations at the command line (R-202)")
struct EntitlementCommandTests {
  @Test("granted, suspended, resumed, ended and withdrawn, each as it says; listed")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    func run(_ client: BitimClient, _ words: String...) async throws -> Desk.End {
      try await AdminCommand.run(
        ["entitlement"] + words,
        Desk(client: client, output: Output(form: .table, language: .kk), isInteractive: false))
    }
    func there() async throws -> [String] {
      let all = try await OrganisationServiceClient(cohort.registrar).listOrganisations(.init())
      let one = try #require(all.organisations.first { $0.code == "ALA-01" })
      return one.entitlements.map { "\($0.validFrom) \($0.validUntil ?? "") \($0.basis)" }
        + one.suspensions.map { "! \($0.validFrom) \($0.validUntil ?? "") \($0.basis)" }
    }
    let administrator = school.administrator
    let basis = ["--activity", "train", "--basis", "бұйрық"]
    #expect(
      try await run(
        administrator, "end", "ALA-01", basis[0], basis[1], basis[2], basis[3], "--last-day",
        "30.11.2026") == .done)
    #expect(
      try await run(
        administrator, "grant", "ALA-01", basis[0], basis[1], basis[2], basis[3], "--from",
        "2026-12-01", "--until", "2027-11-30") == .done)
    #expect(
      try await run(
        administrator, "suspend", "ALA-01", basis[0], basis[1], basis[2], basis[3], "--from",
        "2027-01-01", "--until", "2027-02-01") == .done)
    #expect(
      try await run(
        administrator, "resume", "ALA-01", basis[0], basis[1], basis[2], basis[3], "--from",
        "2027-01-11") == .done)
    #expect(
      try await there() == [
        "2011-01-01 2026-11-30 тізілім № 7", "2026-12-01 2027-11-30 бұйрық",
        "! 2027-01-01 2027-01-10 бұйрық",
      ])
    let approver = ProposalServiceClient(cohort.certifier)
    let desk = Desk(
      client: cohort.certifier, output: Output(form: .table, language: .kk), isInteractive: false)
    for words in [["--from", "2027-01-01", "--suspension"], ["--from", "2026-12-01"]] {
      let withdrawal = ["entitlement", "withdraw", "ALA-01"] + basis + words
      let asks = Desk(
        client: administrator, output: Output(form: .table, language: .kk), isInteractive: false)
      #expect(try await AdminCommand.run(withdrawal, asks) == .waiting)
      let proposal = try #require(try await approver.listProposals(.init()).proposals.first)
      #expect(desk.headline(proposal) == ("ұйымның құқығын өзгерту", "ALA-01"))
      #expect(
        try await ProposalCommand.run(
          ["approve", "\(proposal.act)", "--digest", proposal.shownDigest], desk) == .done)
    }
    #expect(try await there() == ["2011-01-01 2026-11-30 тізілім № 7"])
    #expect(try await run(administrator, "list") == .done)
    #expect(try await run(cohort.registrar, "list", "ALA-01") == .done)
    #expect(try await run(cohort.registrar, "list", "XXX-01") == .refused)
  }
}
