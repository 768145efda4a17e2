import BitimClient
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("The register of mediators at the command line (R-801 to R-808)")
struct RegisterCommandTests {
  private static let texts = [
    "--contact", "+7 701 000 00 00", "--address-kk", "Алматы, Абай даңғылы 1", "--address-ru",
    "Алматы, пр. Абая 1", "--field-kk", "отбасылық", "--field-ru", "семейная",
    "--languages-kk", "қазақ, орыс", "--languages-ru", "казахский, русский",
  ]

  private static let papers = [
    "identity;045123456;;Әлия Серікова;2026-11-22;",
    "narcology;;2026-11-20;Әлия Серікова;2026-11-22;есепте тұрмайды",
    "psychoneurology;;2026-11-20;Әлия Серікова;2026-11-22;есепте тұрмайды",
    "criminal_record;7;2026-11-20;Әлия Серікова;2026-11-22;соттылығы жоқ",
    "diploma;ЖБ 0012;20.06.2012;Әлия Серікова;2026-11-22;",
    "certificate;2026-000001-90;;Әлия Серікова;2026-11-22;",
  ].flatMap { ["--paper", $0] }

  @Test("somebody applies, is entered by the digest of what is shown, listed, shown and excluded")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var row = TestCohort.row(1, iin: "991231000014")
    let kazakh = row.person?.names?.kk
    row.person?.names?.ru = kazakh
    row.person?.names?.ru?.given = "Айгерим"
    row.person?.names?.ru?.patronymic = "Кайратовна"
    _ = try await cohort.enrol([row])
    try await cohort.allHours()
    try await cohort.session("S-014")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    _ = try await cohort.confirm("S-014")
    _ = try await cohort.issue()
    func run(_ words: [String], by client: BitimClient) async throws -> Desk.End {
      let desk = Desk(
        client: client, output: Output(form: .table, language: .kk), isInteractive: false)
      return try await RegisterCommand.run(words, desk)
    }
    let (office, certifier) = (cohort.registrar, cohort.certifier)
    await #expect(
      throws: Arguments.Fault(
        text: .usageEntryPaper,
        arguments: [
          "value": "куәлік;7",
          "list": "certificate, criminal_record, diploma, identity, narcology, psychoneurology",
        ])
    ) {
      _ = try await run(["apply", "Ахметова", "--paper", "куәлік;7"] + Self.texts, by: office)
    }
    #expect(
      try await run(
        ["apply", "Ахметова"] + Self.texts + Self.papers.prefix(10), by: office) == .done)
    let cases = CaseServiceClient(office)
    let act = "\(try #require(try await cases.listCases(.init()).cases.first).act)"
    #expect(try await run(["return", act, "--why", "сертификаты жоқ"], by: office) == .done)
    #expect(try await run(["complete", act] + Self.papers.suffix(2), by: office) == .done)
    await #expect(throws: Arguments.Fault.self) { _ = try await run(["extend", act], by: office) }
    #expect(try await run(["applications"], by: office) == .done)
    #expect(try await run(["show", act], by: office) == .done)

    // Nothing is done before it was shown.
    #expect(try await run(["enter", act], by: certifier) == .refused)
    let service = RegisterServiceClient(certifier)
    var request = BitimV1.EnterRegisterRequest()
    (request.act, request.validateOnly) = (Int64(act) ?? 0, true)
    let digest = try await service.enterRegister(request).shownDigest
    #expect(try await run(["enter", act, "--digest", digest], by: certifier) == .done)
    let entries = try await service.listEntries(.init()).entries
    #expect(entries.map(\.number) == ["M-2026-1"])
    let desk = Desk(
      client: office, output: Output(form: .table, language: .kk), isInteractive: false)
    #expect(
      desk.facts(of: entries.first?.published).map(\.1) == [
        "Алматы, Абай даңғылы 1 / Алматы, пр. Абая 1", "+7 701 000 00 00",
        "отбасылық / семейная", "қазақ, орыс / казахский, русский",
      ])
    #expect(try await run(["list"], by: office) == .done)
    #expect(try await run(["show", "м-2026-1"], by: office) == .done)
    #expect(
      try await run(
        [
          "correct", "М-2026-1", "--contact", "+7 701 000 00 01", "--address-kk",
          "Алматы, Төле би 5",
          "--date", "22.11.2026", "--why", "14-өтініш",
        ], by: office) == .done)
    #expect(
      desk.facts(of: try await service.listEntries(.init()).entries.first?.published).map(\.1) == [
        "Алматы, Төле би 5 / Алматы, пр. Абая 1", "+7 701 000 00 01",
        "отбасылық / семейная", "қазақ, орыс / казахский, русский",
      ])
    await #expect(throws: Arguments.Fault.self) {
      _ = try await run(["correct", "M-2026-1", "--contact", "x"], by: office)
    }
    try await Self.published(office, in: school)

    var exclusion = BitimV1.ExcludeEntryRequest()
    (exclusion.number, exclusion.ground, exclusion.why) = ("M-2026-1", .ownRequest, "12-өтініш")
    exclusion.validateOnly = true
    let shown = try await service.excludeEntry(exclusion)
    let words = [
      "exclude", "M-2026-1", "--ground", "own_request", "--why", "12-өтініш", "--digest",
    ]
    #expect(try await run(words + ["0"], by: certifier) == .refused)
    #expect(try await run(words + [shown.shownDigest], by: certifier) == .done)
    #expect(try await service.listEntries(.init()).entries == [])
    #expect(try await run(["list", "--all"], by: office) == .done)
    await #expect(throws: Arguments.Fault.self) { _ = try await run(["delete"], by: office) }
    try await Self.refused(cohort, run)
  }

  /// The register is published with the contact that was corrected, and is written anew when it has changed.
  private static func published(_ office: BitimClient, in school: TestSchool) async throws {
    let folder = school.folder.appendingPathComponent("бет").path
    func publish() async throws -> [FileSystem.Identity?] {
      let desk = Desk(
        client: office, output: Output(form: .table, language: .kk), isInteractive: false)
      #expect(try await PublishCommand.run([folder], desk) == .done)
      return ["register.html", "register-ru.html", "register.csv"].map {
        FileSystem.identity(of: "\(folder)/\($0)")
      }
    }
    let first = try await publish()
    func text(_ file: String) throws -> String {
      String(decoding: try Repository.octets(absolute: "\(folder)/\(file)"), as: UTF8.self)
    }
    #expect(
      try text("register.csv") == """
        name_kk,name_ru,address_kk,address_ru,contact,field_kk,field_ru,languages_kk,languages_ru,\
        certificate,suspended_from,suspended_until\r
        Ахметова Әйгерім Қайратқызы,Ахметова Айгерим Кайратовна,"Алматы, Төле би 5","Алматы, пр. \
        Абая 1",'+7 701 000 00 01,отбасылық,семейная,"қазақ, орыс","казахский, русский",yes,,\r

        """)
    #expect(try text("register.html").contains("<time datetime=\"2026-11-22\">22.11.2026</time>"))
    #expect(try text("register-ru.html").contains("<h2>Ахметова Айгерим Кайратовна</h2>"))
    // On another day the same is there, and none of it is written.
    school.turn(to: "2026-11-24")
    #expect(try await publish() == first)
    let page = try text("register.html")
    var correction = BitimV1.CorrectEntryRequest()
    (correction.number, correction.why) = ("M-2026-1", "15-өтініш")
    correction.published = .init()
    correction.published?.kk = .init()
    correction.published?.kk?.field = "еңбек"
    _ = try await RegisterServiceClient(office).correctEntry(correction)
    let second = try await publish()
    #expect(zip(first, second).map { $0 == $1 } == [false, true, false])
    #expect(
      try text("register.html")
        == page.replacing("отбасылық", with: "еңбек").replacing("2026-11-22", with: "2026-11-24")
        .replacing("22.11.2026", with: "24.11.2026"))
  }

  /// Another application, which is refused; and a suspension without a case.
  private static func refused(
    _ cohort: TestCohort, _ run: ([String], BitimClient) async throws -> Desk.End
  ) async throws {
    let office = cohort.registrar
    #expect(
      try await run(["apply", "Ахметова"] + Self.texts + Self.papers.prefix(2), office) == .done)
    let file = try #require(
      try await CaseServiceClient(office).listCases(.init()).cases.first)
    var refusal = BitimV1.RefuseEntryRequest()
    (refusal.act, refusal.reasons, refusal.validateOnly) = (file.act, ["бес қағаз жоқ"], true)
    let service = RegisterServiceClient(cohort.certifier)
    let digest = try await service.refuseEntry(refusal).shownDigest
    let words = ["refuse", "\(file.act)", "--reason", "бес қағаз жоқ"]
    #expect(try await run(words, cohort.certifier) == .refused)
    #expect(try await run(words + ["--digest", digest], cohort.certifier) == .done)
    await #expect(throws: CallFailure.self) {
      _ = try await run(["suspend", "M-2026-1"], cohort.certifier)
    }
  }
}
