import BitimClient
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Old certificates at the command line (R-741, R-743)")
struct AdoptionCommandTests {
  private func desk(_ client: BitimClient) -> Desk {
    Desk(client: client, output: Output(form: .table, language: .kk), isInteractive: false)
  }

  private func file(_ text: String, in school: TestSchool) throws -> String {
    let path = school.folder.appendingPathComponent("ескі-кітап.csv").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private static let header =
    "Кітап;Бет;Өз нөмірі;Берілген күні;Тегі;Аты;Туған күні;ЖСН;Бағдарлама;Аттестация\n"

  @Test("a list is shown, proposed by its digest, approved by a certifier, and then verified")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let path = try self.file(
      Self.header + "3;;№ 45;20.05.2013;Өтегенова;Ұлжан;04.07.1990;;1;белгісіз\n", in: school)
    let registrar = self.desk(cohort.registrar)
    // Nobody is there to be asked: what is shown is not proposed without its digest.
    #expect(try await CertificateCommand.run(["adopt", path], registrar) == .refused)
    let approver = ProposalServiceClient(cohort.certifier)
    #expect(try await approver.listProposals(.init()).proposals == [])
    var request = BitimV1.AdoptCertificatesRequest()
    var row = BitimV1.AdoptionRow()
    row.line = 2
    row.holder = .init()
    row.holder?.names = .init()
    row.holder?.names?.kk = .init()
    row.holder?.names?.kk?.surname = "Өтегенова"
    row.holder?.names?.kk?.given = "Ұлжан"
    row.holder?.birthDate = "1990-07-04"
    row.issuedOn = "2013-05-20"
    row.programme = 1
    row.entry = .init()
    row.entry?.ownNumber = "№ 45"
    row.entry?.book = "3"
    row.entry?.attestation = .unknown
    request.rows = [row]
    request.validateOnly = true
    let digest = try await CertificateServiceClient(cohort.registrar)
      .adoptCertificates(request).shownDigest
    #expect(
      try await CertificateCommand.run(["adopt", path, "--digest", digest], registrar) == .waiting)
    let proposal = try #require(try await approver.listProposals(.init()).proposals.first)
    #expect(proposal.shownDigest == digest)
    guard case .adoption(let shown) = proposal.shown else {
      Issue.record("no adoption is shown")
      return
    }
    #expect(shown.lines.map(\.row) == [row])
    let certifier = self.desk(cohort.certifier)
    #expect(certifier.headline(proposal).kind == "ескі кітаптағы сертификаттарды қабылдау")
    #expect(certifier.headline(proposal).person == "ескі кітаптағы сертификаттар: 1")
    #expect(
      try await ProposalCommand.run(
        ["approve", "\(proposal.act)", "--digest", digest], certifier) == .done)

    let stranger = self.desk(school.stranger)
    let paper = ["--adopted", "45", "--date", "20.05.2013", "--surname"]
    #expect(try await VerifyCommand.run(paper + ["өтегенова"], stranger) == .done)
    #expect(try await VerifyCommand.run(paper + ["Әбілова"], stranger) == .unknown)
    await #expect(
      throws: Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--surname"])
    ) { try await VerifyCommand.run(["--adopted", "45", "--date", "20.05.2013"], stranger) }
    await #expect(
      throws: Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--adopted"])
    ) { try await VerifyCommand.run(["45", "--surname", "Ким"], stranger) }
    #expect(try await ReportCommand.run(["adopted"], registrar) == .done)
    // The same again is refused by its row.
    #expect(try await CertificateCommand.run(["adopt", path], registrar) == .refused)
    #expect(try await approver.listProposals(.init()).proposals == [])
  }

  @Test("what the register does not say is said to be not recorded, and the note is ADOPTED")
  func facts() {
    let desk = Desk(
      client: BitimClient(address: .unix(path: "/nowhere")),
      output: Output(form: .table, language: .en), isInteractive: false)
    var sheet = BitimV1.Sheet()
    sheet.number = "1000-000001-90"
    sheet.kind = .adopted
    sheet.issuedOn = "2013-05-20"
    sheet.entry = .init()
    sheet.entry?.ownNumber = "№ 45"
    sheet.entry?.book = "3"
    sheet.entry?.attestation = .unknown
    let shown = desk.facts(sheet).filter { !$0.1.isEmpty }.map { "\($0.0.rawValue): \($0.1)" }
    #expect(
      shown == [
        "number: 1000-000001-90", "hours: not recorded", "issued: 2013-05-20",
        "signatory: not recorded", "own_number: № 45", "book: 3", "page: not recorded",
        "attestation: not recorded",
        "note: ADOPTED: as a register from before this one has it; not issued here",
      ])
    #expect(desk.attestation(.yes) == "passed")
    #expect(desk.attestation(.no) == "not passed")
  }

  @Test(
    "columns have names in three languages",
    arguments: [
      ("Өз нөмірі", "own_number"), ("Собственный номер", "own_number"), ("Кітап", "book"),
      ("Книга", "book"), ("Бет", "page"), ("Страница", "page"), ("Берілген күні", "issued_on"),
      ("Дата выдачи", "issued_on"), ("Бағдарлама", "programme"), ("Программа", "programme"),
      ("Аттестация", "attestation"), ("Attestation", "attestation"), ("Own number", "own_number"),
    ])
  func columns(header: String, name: String) { #expect(Columns.name(of: header) == name) }
}
