import BitimClient
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Editions at the command line (R-301 to R-304)")
struct EditionCommandTests {
  private func desk(_ client: BitimClient) -> Desk {
    Desk(client: client, output: Output(form: .table, language: .kk), isInteractive: false)
  }

  private func file(_ text: String, in school: TestSchool) throws -> String {
    let path = school.folder.appendingPathComponent("редакция.txt").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test("the small edition of the examples is proposed, approved, listed, and prints itself")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let example = try Repository.text("examples/edition-small.txt")
    let path = try self.file(example, in: school)
    let registrar = self.desk(cohort.registrar)
    // Nobody is there to be asked: what is shown is not proposed without its digest.
    #expect(try await EditionCommand.run(["propose", path], registrar) == .refused)
    let approver = ProposalServiceClient(cohort.certifier)
    #expect(try await approver.listProposals(.init()).proposals == [])
    var request = BitimV1.AdoptEditionRequest()
    request.edition = try EditionFile.edition(in: path)
    request.validateOnly = true
    let programmes = ProgrammeServiceClient(cohort.registrar)
    let digest = try await programmes.adoptEdition(request).shownDigest
    #expect(
      try await EditionCommand.run(["propose", path, "--digest", digest], registrar) == .waiting)
    let proposal = try #require(try await approver.listProposals(.init()).proposals.first)
    #expect(registrar.headline(proposal) == ("редакцияны қабылдау", "1/small"))
    #expect(
      try await ProposalCommand.run(
        ["approve", "\(proposal.act)", "--digest", digest], self.desk(cohort.certifier)) == .done)

    #expect(try await EditionCommand.run(["list"], registrar) == .done)
    #expect(try await EditionCommand.run(["show", "small"], registrar) == .done)
    let there = try await programmes.listProgrammes(.init()).programmes[0].editions
    let small = try #require(there.first { $0.code == "small" })
    let lines = example.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(EditionFile.text(small).split(separator: "\n") == lines)
    // What is printed may be proposed again, as it stands: under another code.
    let again = EditionFile.text(small).replacing("code = small", with: "code = small-2")
    var expected = small
    (expected.id, expected.code) = (0, "small-2")
    #expect(try EditionFile.edition(in: self.file(again, in: school)) == expected)
  }

  @Test("an edition is closed by its code, and by its programme where several have it")
  func close() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let registrar = self.desk(cohort.registrar)
    let words = ["close", "2025", "--last-day", "31.12.2026"]
    await #expect(
      throws: Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--programme"])
    ) { try await EditionCommand.run(words, registrar) }
    await #expect(throws: Desk.End.refused) {
      try await EditionCommand.run(["show", "2099"], registrar)
    }
    await #expect(throws: Desk.End.refused) {
      try await EditionCommand.run(["show", "2025", "--programme", "4"], registrar)
    }
    var request = BitimV1.CloseEditionRequest()
    request.programme = 2
    request.code = "2025"
    request.lastDay = "2026-12-31"
    request.validateOnly = true
    let digest = try await ProgrammeServiceClient(cohort.registrar).closeEdition(request)
      .shownDigest
    #expect(
      try await EditionCommand.run(
        words + ["--programme", "2", "--digest", digest], registrar) == .waiting)
    let proposal = try #require(
      try await ProposalServiceClient(cohort.certifier).listProposals(.init()).proposals.first)
    #expect(registrar.headline(proposal) == ("редакцияны жабу", "2/2025"))
    #expect(
      try await ProposalCommand.run(
        ["approve", "\(proposal.act)", "--digest", digest], self.desk(cohort.certifier)) == .done)
  }

  @Test("what can't be read of a file is named with its line")
  func wrong() throws {
    let school = try TestSchool()
    defer { school.close() }
    func fault(_ text: String) throws -> Arguments.Fault? {
      do {
        _ = try EditionFile.edition(in: self.file(text, in: school))
        return nil
      } catch let fault as Arguments.Fault {
        return fault
      }
    }
    #expect(
      try fault("# түсініктеме\n\ngroup_max = он school\n")
        == Arguments.Fault(
          text: .usageNotNumber, arguments: ["option": "group_max (3)", "value": "он"]))
    #expect(
      try fault("day_hours = 10.1 school")
        == Arguments.Fault(
          text: .usageHours, arguments: ["option": "day_hours (1)", "value": "10.1"]))
    #expect(
      try fault("group_max = 10 заң")
        == Arguments.Fault(
          text: .usageValueNotInList,
          arguments: [
            "option": "group_max (1)", "value": "заң", "list": "law, reported, school",
          ]))
    #expect(
      try fault("code = a\ncode = b")
        == Arguments.Fault(text: .usageOptionTwice, arguments: ["option": "code (2)"]))
    #expect(try fault("\u{FEFF}default = Иә\r\nuntil =\r\n") == nil)
    for line in ["groop_max = 10 school", "group_max 10"] {
      do {
        _ = try EditionFile.edition(in: self.file("\n" + line, in: school))
        Issue.record("\(line) is read")
      } catch let fault as Sheet.Fault {
        #expect(fault.text == .fileKey)
        #expect(fault.arguments["line"] == "2" && fault.arguments["value"] == line)
      }
    }
  }
}
