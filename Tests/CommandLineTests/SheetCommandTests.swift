import BitimSystem
import BitimTestSupport
import Foundation
import Testing

/// `bitim certificate sheet`, with faces that the tests write themselves.
@Suite("Certificates on paper")
struct SheetCommandTests {
  private static let files = [
    "PTF55F.ttf", "PTF56F.ttf", "PTF75F.ttf", "PTM75F.ttf", "PTS55F.ttf", "PTS75F.ttf",
  ]

  /// A folder of fonts in the office.
  private static func fonts(
    _ office: Office, _ font: TinyFont = TinyFont(advance: 480), name: String = "қаріп",
    without missing: String = ""
  ) throws -> String {
    let folder = office.school.folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in Self.files where file != missing {
      try Data(font.octets()).write(to: folder.appendingPathComponent(file))
    }
    return folder.path
  }

  @Test("a paper is a file of its owner's own; made again it is the same, and none is written over")
  func files() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let (fonts, folder) = (
      try Self.fonts(office), office.school.folder.appendingPathComponent("қағаз").path
    )
    let words = [
      "certificate", "sheet", paper.number, "--fonts", fonts, "--folder", folder, "--page",
      "https://mediators.example/verify",
    ]
    let file = "\(folder)/\(paper.number).pdf"
    let answer = "Number          File\n\(paper.number)  \(file)\n"
    #expect(try office.done("registrar", words) == answer)
    let octets = try Repository.octets(absolute: file)
    #expect(octets.starts(with: Array("%PDF-1.7\n".utf8)))
    let text = String(decoding: octets, as: UTF8.self)
    #expect(text.contains(">https://mediators.example/verify#\(paper.number).\(paper.code)<"))
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try office.done("certifier", words) == answer)
    #expect(try Repository.octets(absolute: file) == octets)

    try office.asShown(
      "certifier", "certificate", "suspend", paper.number, "--ground", "investigation")
    let again = try office.bitim("registrar", words)
    #expect(again.status == 2)
    #expect(again.errors == "bitim: \(file): is there already; name another file\n")
    #expect(try Repository.octets(absolute: file) == octets)
    try office.done("registrar", words + ["--format", "html"])
    let page = String(
      decoding: try Repository.octets(absolute: "\(folder)/\(paper.number).html"), as: UTF8.self)
    #expect(page.contains(">ҚОЛДАНЫЛУЫ ТОҚТАТЫЛА ТҰРДЫ</p>"))
    #expect(page.contains(">ДЕЙСТВИЕ ПРИОСТАНОВЛЕНО</p>"))
  }

  @Test(
    "the second language is Russian or English; without a page there is no QR code, and one is told"
  )
  func second() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let folder = office.school.folder.appendingPathComponent("папка").path
    let words = [
      "certificate", "sheet", paper.number, "--fonts", try Self.fonts(office), "--folder", folder,
      "--format", "html", "--second", "en",
    ]
    let said = try office.bitim("registrar", words)
    #expect(said.status == 0)
    #expect(
      said.errors
        == "no QR code without --page https://HOST/PATH/verify.html: `bitim publish` makes that page\n"
    )
    let page = String(
      decoding: try Repository.octets(absolute: "\(folder)/\(paper.number).html"), as: UTF8.self)
    #expect(page.contains(">СЕРТИФИКАТ · CERTIFICATE</h1>"))
    #expect(page.contains(">\(paper.code)</p>"))
    #expect(!page.contains("role=\"img\""))
    #expect(!page.contains("verification page"))
  }

  @Test("a preview shows the names in all scripts and the papers as specimens, of the School alone")
  func specimens() async throws {
    let office = try await Office(on: "2026-06-25")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    try office.session("S-1", of: "P1-ALA-01", on: "2026-06-10")
    try office.done(
      "examiner", "attest", "S-1", "--candidate", "Өтегенова", "--test", "80", "--role-play", "75",
      "--interview", "90")
    try office.asShown("chair", "attest", "S-1", "--confirm")
    let folder = office.school.folder.appendingPathComponent("үлгі").path
    let fonts = try Self.fonts(office)
    let preview = ["issue", "--cohort", "P1-ALA-01", "--preview"]
    let shown = try office.bitim(
      "certifier", preview + ["--specimens", folder, "--fonts", fonts])
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.errors.contains("on paper: "))
    #expect(shown.errors.contains("specimens, without number and code: 1, in \(folder)"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count == 1)
    let octets = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(files[0])"))
    #expect(octets.prefix(5) == Data("%PDF-".utf8))
    // What the certificate says is for the School's own people.
    let centre = try office.bitim("trainer", preview)
    #expect(centre.status != 0)
  }

  @Test("fonts that are missing are named, with the package that has them")
  func missing() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let fonts = try Self.fonts(office, without: "PTM75F.ttf")
    let sheet = ["certificate", "sheet", paper.number, "--folder", fonts, "--fonts"]
    let lacks = try office.bitim("registrar", sheet + [fonts])
    #expect(lacks.status == 5)
    #expect(
      lacks.errors == """
        PTM75F.ttf: is not in \(fonts); `apt-get install fonts-paratype`, or --fonts FOLDER

        """)
    try Data("no font".utf8).write(to: URL(fileURLWithPath: "\(fonts)/PTM75F.ttf"))
    let broken = try office.bitim("registrar", sheet + [fonts])
    #expect(broken.status == 5)
    #expect(
      broken.errors == """
        \(fonts)/PTM75F.ttf: no face that can be used (table "sfnt"); install fonts-paratype anew

        """)
  }

  @Test(
    "what the faces can't say, or what does not fit, is refused by number and field, and no file is made"
  )
  func refused() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let folder = office.school.folder.appendingPathComponent("бос").path
    let sheet = ["certificate", "sheet", paper.number, "--folder", folder, "--fonts"]
    let bare = TinyFont(characters: TinyFont.all.filter { $0 != "Ө" }, advance: 480)
    let letter = try office.bitim("registrar", sheet + [try Self.fonts(office, bare, name: "1")])
    #expect(letter.status == 1)
    #expect(
      letter.errors == """
        \(paper.number), Holder: PTF75F.ttf has no letter "Ө" (U+04E8); without it there is no sheet

        """)
    let wide = TinyFont(advance: 4_000)
    let long = try office.bitim("registrar", sheet + [try Self.fonts(office, wide, name: "2")])
    #expect(long.status == 1)
    #expect(
      long.errors == """
        \(paper.number), Issuer: too long for its place on the sheet, at its smallest size too

        """)
    let page = "https://" + String(repeating: "a", count: 500)
    let address = try office.bitim(
      "registrar", sheet + [try Self.fonts(office), "--page", page])
    #expect(address.status == 1)
    #expect(address.errors == "--page: too long for a QR code; give a shorter address\n")
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("words that can't be understood are said")
  func words() async throws {
    let office = try await Office(on: "2026-02-01")
    for (words, said) in [
      (
        ["--page", "https://a.example/#x"],
        "--page: 'https://a.example/#x' is not a page's address: "
      ),
      (["--page", "mediators.example"], "--page: 'mediators.example' is not a page's address: "),
      (["--format", "docx"], "--format: not 'docx' but one of: pdf, html"),
      (["--second", "kk"], "--second: not 'kk' but one of: ru, en"),
      (["--reason", "lost"], "--reason: there is no such option"),
    ] {
      let answer = try office.bitim(
        "registrar", ["certificate", "sheet", "2026-000001-01"] + words)
      #expect(answer.status == 2)
      #expect(answer.errors.hasPrefix("bitim: " + said), "\(answer.errors)")
    }
    let none = try office.bitim("registrar", ["certificate", "sheet"])
    #expect(none.status == 2)
    #expect(none.errors == "bitim: NUMBER is needed; see --help\n")
  }

  @Test("a cohort's papers are members of a ZIP file, or pages of one PDF, the same each time")
  func together() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let place = office.school.folder.path
    let words = [
      "certificate", "sheet", "--cohort", "P1-ALA-01", "--fonts", try Self.fonts(office), "--page",
      "https://mediators.example/verify",
    ]
    let zip = "\(place)/топ.zip"
    #expect(
      try office.done("registrar", words + ["--zip", zip])
        == """
        Number          File
        \(paper.number)  \(zip)/\(paper.number).pdf

        """)
    let one = "\(place)/топ.pdf"
    #expect(
      try office.done("registrar", words + ["--one-pdf", one])
        == "Number          File\n\(paper.number)  \(one)\n")
    let octets = try Repository.octets(absolute: one)
    let member = try Repository.octets(absolute: zip)
    // Head and name, the paper as it is, and the directory.
    let name = Array("\(paper.number).pdf".utf8)
    #expect(Array(member[30..<30 + name.count]) == name)
    #expect(Array(member[(30 + name.count)...].prefix(octets.count)) == octets)
    let mode = try FileManager.default.attributesOfItem(atPath: zip)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    try office.done("registrar", words + ["--zip", zip + "2"])
    #expect(try Repository.octets(absolute: zip + "2") == member)
    // A number that is given twice is one paper.
    let twice = ["certificate", "sheet", paper.number, paper.number] + words.dropFirst(4)
    try office.done("registrar", twice + ["--one-pdf", one + "2"])
    #expect(try Repository.octets(absolute: one + "2") == octets)

    for option in ["--zip", "--one-pdf"] {
      // What a killed one left stands in nobody's way, and has not the name that was asked for.
      let begun = "\(place)/басталған\(option)"
      try Data("жартысы".utf8).write(to: URL(fileURLWithPath: begun + PublicFile.unfinished))
      try office.done("registrar", words + [option, begun])
      #expect(try Repository.octets(absolute: begun) == (option == "--zip" ? member : octets))
      #expect(!FileManager.default.fileExists(atPath: begun + PublicFile.unfinished))
      let there = try office.bitim("registrar", words + [option, one])
      #expect(there.status == 2)
      #expect(there.errors == "bitim: \(one): is there already; name another file\n")
      #expect(try Repository.octets(absolute: one) == octets)
      // A paper that is refused leaves no file behind.
      let bare = try Self.fonts(office, TinyFont(characters: ["А"]), name: "бос\(option)")
      let new = "\(place)/жаңа\(option)"
      let refused = try office.bitim(
        "registrar", ["certificate", "sheet", paper.number, "--fonts", bare, option, new])
      #expect(refused.status == 1)
      #expect(refused.errors.contains("has no letter"))
      #expect(!FileManager.default.fileExists(atPath: new))
      #expect(!FileManager.default.fileExists(atPath: new + PublicFile.unfinished))
    }
  }

  @Test("the front alone is one page, moved where it is asked; what can't be is refused")
  func form() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.passed()
    let none = try office.bitim("registrar", ["certificate", "sheet", "--cohort", "P1-ALA-01"])
    #expect(none.status == 1)
    #expect(
      none.errors == "P1-ALA-01: nobody has a certificate yet; bitim issue --cohort P1-ALA-01\n")
    try office.asShown("certifier", "issue", "--cohort", "P1-ALA-01", "--approve")
    let fonts = try Self.fonts(office)
    func page(_ folder: String, _ words: [String]) throws -> String {
      let path = office.school.folder.appendingPathComponent(folder).path
      try office.done(
        "registrar",
        [
          "certificate", "sheet", "--cohort", "P1-ALA-01", "--fonts", fonts, "--format", "html",
          "--folder", path,
        ] + words)
      let file = try #require(try FileManager.default.contentsOfDirectory(atPath: path).first)
      return String(decoding: try Repository.octets(absolute: "\(path)/\(file)"), as: UTF8.self)
    }
    let whole = try page("толық", [])
    #expect(whole.matches(of: /<section>/).count == 2)
    // The title stands at 42.6 from above, centred on the page.
    #expect(whole.contains("top:42.6mm;"))
    let front = try page("беті", ["--front-only", "--offset", "-1.5,2.25", "--from", "1"])
    #expect(front.matches(of: /<section>/).count == 1)
    #expect(front.contains("top:44.85mm;"))

    for (words, said) in [
      (["--from", "2"], "--from: '2' is not one of the sheets 1 to 1"),
      (["--from", "0"], "--from: '0' is not one of the sheets 1 to 1"),
      (["--offset", "1"], Self.offset("1")), (["--offset", "1,20.5"], Self.offset("1,20.5")),
      (["--offset=1,-21"], Self.offset("1,-21")), (["--offset", "1,,2"], Self.offset("1,,2")),
      (["--offset", "1,2,3"], Self.offset("1,2,3")), (["--offset", "1,½"], Self.offset("1,½")),
      (["--zip", "a", "--folder", "b"], "give exactly one of: --folder, --zip, --one-pdf"),
      (["--one-pdf", "a", "--format", "html"], "give exactly one of: --one-pdf, --format html"),
      (["2026-000001-16"], "one word too many: 2026-000001-16; see --help"),
    ] {
      let refused = try office.bitim(
        "registrar", ["certificate", "sheet", "--cohort", "P1-ALA-01"] + words)
      #expect(refused.status == 2, "\(words)")
      #expect(refused.errors == "bitim: \(said)\n", "\(words)")
    }
  }

  private static func offset(_ value: String) -> String {
    "--offset: '\(value)' is not X,Y in millimetres to the right and down, each from -20 to 20: 1.5,-2"
  }
}
