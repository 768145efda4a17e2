import BitimSystem
import BitimTestSupport
import Foundation
import Testing

/// Pages of the office's day, as files that `bitim` writes.
@Suite("Pages of the office, printed")
struct OfficePageCommandTests {
  private static func path(_ office: Office, _ name: String) -> String {
    office.school.folder.appendingPathComponent(name).path
  }

  /// What `bitim` writes into a file of that name, in a language; the file is its owner's alone.
  private static func page(
    _ office: Office, _ name: String, _ words: [String], in language: String,
    by person: String = "registrar", written: String? = nil
  ) throws -> String {
    let path = Self.path(office, name)
    let (status, output, errors) = try office.bitim(person, words + ["--to", path], in: language)
    #expect(status == 0, "\(words): \(errors)")
    #expect(output.hasSuffix("\n\(path)\n"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let text = String(decoding: try Repository.octets(absolute: path), as: UTF8.self)
    #expect(text.contains("<html lang=\"\(written ?? language)\">"))
    return text
  }

  @Test("what candidates sign is the same before and after results, in each language")
  func signIn() async throws {
    let office = try await Office(on: "2026-01-20")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    #expect(try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05")).status == 0)
    try office.hours("P1-ALA-01")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    let words = ["session", "sign-in", "S-014"]
    var before: [String: String] = [:]
    for (language, title, name) in [
      ("kk", "Үміткерлердің қол қою парағы", "Өтегенова Ұлжан"),
      ("ru", "Лист подписей кандидатов", "Өтегенова Ұлжан"),
      ("en", "Sign-in sheet of the candidates", "Utegenova Ulzhan"),
    ] {
      let page = try Self.page(office, "парақ-\(language).html", words, in: language)
      #expect(page.contains("<h1>\(title)</h1>"))
      #expect(page.contains("<td class=\"text\">\(name)</td>"))
      #expect(page.contains("<dd>Алматы</dd>"))
      before[language] = page
    }
    try office.done(
      "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", "97", "--role-play",
      "98", "--interview", "99")
    for (language, page) in before {
      // The same page stays under its name; another would be refused.
      #expect(try Self.page(office, "парақ-\(language).html", words, in: language) == page)
    }
    // A page that is other is never written over one that is there.
    let path = Self.path(office, "парақ-kk.html")
    let other = try office.bitim("registrar", ["session", "protocol", "S-014", "--to", path])
    #expect(other.status == 2)
    #expect(other.errors == "bitim: \(path): is there already; name another file\n")
    let files = try FileManager.default.contentsOfDirectory(atPath: office.school.folder.path)
    #expect(!files.contains { $0.hasSuffix(".unfinished") })
  }

  @Test("a protocol says what is not confirmed; who is not shown marks gets none (R-626)")
  func protocols() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    #expect(try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05")).status == 0)
    try office.hours("P1-ALA-01")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    try office.done(
      "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", "80", "--role-play",
      "75", "--interview", "90")
    let words = ["session", "protocol", "S-014", "--format", "html"]
    let warnings = [
      "kk": "Төраға растамаған нәтиже: 1 (барлығы 1).",
      "ru": "Не подтверждено председателем: 1 из 1.",
      "en": "Not confirmed by the chair: 1 of 1.",
    ]
    for (language, warning) in warnings {
      let page = try Self.page(office, "ашық-\(language).html", words, in: language)
      #expect(page.contains("<p class=\"warning\" role=\"note\">\(warning) "))
    }
    try office.asShown("chair", "attest", "S-014", "--confirm")
    for (language, title) in [
      ("kk", "Комиссия отырысының № S-014 хаттамасы"),
      ("ru", "Протокол заседания комиссии, № S-014"),
      ("en", "Protocol of the commission’s session, № S-014"),
    ] {
      let page = try Self.page(office, "хаттама-\(language).html", words, in: language, by: "chair")
      #expect(page.contains("<h1>\(title)</h1>"))
      #expect(!page.contains("class=\"warning\""))
      let programme = ["kk": "1-бағдарлама", "ru": "Программа 1", "en": "Programme 1"][language]
      #expect(page.contains("<dd>\(programme ?? ""), "))
      for mark in ["80", "75", "90"] { #expect(page.contains("<td class=\"count\">\(mark)</td>")) }
      #expect(page.contains("Kim Yelena"))
    }
    let path = Self.path(office, "жоқ.html")
    let hidden = try office.bitim("trainer", words + ["--to", path])
    #expect(hidden.status == 1)
    #expect(
      hidden.errors == """
        S-014: its marks are not shown to you, and no protocol is printed without them; its commission or a \
        registrar prints it

        """)
    #expect(!FileManager.default.fileExists(atPath: path))
    let form = try office.bitim("registrar", ["session", "protocol", "S-014", "--format", "pdf"])
    #expect(form.status == 2)
    #expect(form.errors == "bitim: --format: not 'pdf' but one of: html\n")
  }

  @Test("a class register has every class with its hours, and who attended")
  func register() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.passed()
    for (language, title) in [
      ("kk", "P1-ALA-01 тобының сабақ журналы"), ("ru", "Журнал занятий группы P1-ALA-01"),
      ("en", "Class register of the cohort P1-ALA-01"),
    ] {
      let page = try Self.page(
        office, "журнал-\(language).html", ["cohort", "register", "P1-ALA-01"], in: language,
        by: "trainer")
      #expect(page.contains("<h1>\(title)</h1>"))
      #expect(page.contains("Omarov Nurlan"))
      // Eight days of nine hours: four of theory, four of practice; and what they come to.
      #expect(page.matches(of: /<td class="count">9<\/td>/).count == 16)
      #expect(page.contains("<td class=\"count\"><b>72</b></td>"))
      #expect(page.contains(language == "en" ? ">2026-01-06</td>" : ">06.01.2026</td>"))
    }
  }

  @Test("the issued of a year, a period or a cohort are a page for the bookkeeper, or rows")
  func issued() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    for (language, title) in [
      ("kk", "Берілген сертификаттар тізбесі"), ("ru", "Список выданных сертификатов"),
      ("en", "List of issued certificates"),
    ] {
      for (index, words) in [
        ["--year", "2026"], ["--from", "01.02.2026", "--until", "2026-02-01"],
        ["--cohort", "P1-ALA-01"],
      ].enumerated() {
        let page = try Self.page(
          office, "берілген-\(language)-\(index).html",
          ["report", "issued", "--format", "html"] + words, in: language)
        #expect(page.contains("<h1>\(title)</h1>"))
        #expect(page.contains("<td class=\"word\">\(paper.number)</td>"))
      }
    }
    let none = try office.bitim(
      "registrar",
      ["report", "issued", "--from", "2026-02-02", "--until", "2027-03-01", "--output", "csv"])
    #expect(none.status == 0)
    #expect(none.output == "number,programme,name,issued,organisation,standing\r\n")
    #expect(none.errors == "certificates: 0\n")
    let cohort = try office.bitim(
      "registrar", ["report", "issued", "--cohort", "P1-ALA-01", "--output", "csv"])
    let year = try office.bitim(
      "registrar", ["report", "issued", "--year", "2026", "--output", "csv"])
    #expect(cohort.output == year.output)
    #expect(cohort.errors == "certificates: 1\n")
    let one = "give exactly one of: --year, --from + --until, --cohort"
    for (words, said) in [
      ([], one), (["--year", "2026", "--cohort", "A"], one),
      (["--from", "2026-02-01"], "--until is needed; see --help"),
      (
        ["--from", "ақпан", "--until", "2026-02-01"],
        "--from: 'ақпан' is not a date; write it as 2026-02-03 or 03.02.2026"
      ),
      (
        ["--from", "2026-03-01", "--until", "2026-02-01"],
        "--from 2026-03-01 lies behind --until 2026-02-01; turn them round"
      ),
      (["--year", "2026", "--to", "a.html"], "--format is needed; see --help"),
    ] {
      let refused = try office.bitim("registrar", ["report", "issued"] + words)
      #expect(refused.status == 2, "\(words)")
      #expect(refused.errors == "bitim: \(said)\n", "\(words)")
    }
  }

  @Test(
    "a partner with a token is told how to verify, in a language of its own, and where it is asked")
  func partner() async throws {
    let office = try await Office(on: "2026-02-01")
    let folder = office.school.folder
    let list = folder.appendingPathComponent("ұйым.csv").path
    try Data(
      "code,kind,name_kk,name_ru,name_en,region,country\nUGR,university,Гранада,Гранада,\"Granada <U>\",Granada,ESP\n"
        .utf8
    ).write(to: URL(fileURLWithPath: list))
    try office.done("administrator", "admin", "organisation", "add", list)
    let words = ["admin", "partner", "page", "UGR", "--contact", "кеңсе@mektep.example"]
    try office.done(
      "administrator", "admin", "partner", "add", "UGR", "--number", "№ 7", "--signed",
      "2026-01-15", "--from", "2026-02-01", "--until", "2027-01-31", "--purpose",
      "reconocer certificados", "--transfer", "94-V, 16-бап", "--scope", "verify_number",
      "--calls", "500")
    try office.refused("administrator", words, with: "UGR: no token of a partner is in force")
    try office.done(
      "administrator", "admin", "token", "make", "--partner", "--organisation", "UGR", "--name",
      "admisión", "--days", "30", "--file", folder.appendingPathComponent("ugr.token").path)
    for (language, title) in [
      ("en", "How to verify a certificate of the School"),
      ("es", "Cómo verificar un certificado de la Escuela"),
      ("bg", "Как се проверява сертификат на Школата"),
    ] {
      let page = try Self.page(
        office, "\(language).html",
        words + [
          "--language", language, "--page", "https://mektep.example/verify.html", "--address",
          "ssh://verify@mektep.example/s",
        ], in: "kk", by: "administrator", written: language)
      #expect(page.contains("<h1>\(title)</h1>"))
      #expect(page.contains("<dd>Granada &lt;U&gt; (UGR)</dd>"))
      let until = ["en": "until", "es": "hasta el", "bg": "до"][language] ?? ""
      #expect(page.contains("<dd>admisión, \(until) 2026-03-03</dd>"))
      #expect(page.contains("<dd>№ 7, \(until) 2027-01-31</dd>"))
      #expect(page.contains("bitim login --server ssh://verify@mektep.example/s --token-file"))
      #expect(page.matches(of: /https:\/\/mektep\.example\/verify\.html/).count == 2)
      #expect(page.matches(of: /кеңсе@mektep\.example/).count == 1)
      // Valid, five ways not to be, unknown, mistyped.
      #expect(page.matches(of: /VALID|UNKNOWN|MISTYPED/).count == 7)
    }
    // What is not given is not told.
    let bare = try Self.page(
      office, "bare.html", words, in: "ru", by: "administrator", written: "en")
    #expect(!bare.contains("QR"))
    #expect(bare.contains("--server ADDRESS (the School tells you) --token-file FILE"))
    try office.refused(
      "administrator", ["admin", "partner", "page", "ЖОҚ", "--contact", "x"], with: "ЖОҚ")
    let wrong = try office.bitim("administrator", words + ["--language", "ru"])
    #expect(wrong.status == 2)
    #expect(wrong.errors == "bitim: --language: not 'ru' but one of: en, es, bg\n")
  }
}
