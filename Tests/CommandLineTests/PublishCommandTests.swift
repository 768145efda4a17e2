import BitimClient
import BitimDomain
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

/// `bitim publish`: what a web server gives out.
@Suite("Publishing a page that verifies")
struct PublishCommandTests {
  private static func folder(_ office: Office) -> String {
    office.school.folder.appendingPathComponent("бет").path
  }

  private static func answers(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/answers").sorted()
  }

  private static func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  /// The answer of the only file.
  private static func answer(_ folder: String) throws -> NSDictionary {
    let file = try #require(try Self.answers(folder).first { $0.hasSuffix(".json") })
    let octets = try Repository.octets(absolute: "\(folder)/answers/\(file)")
    let object = try JSONSerialization.jsonObject(with: Data(octets)) as? NSDictionary
    return try #require(object?["answer"] as? NSDictionary)
  }

  /// What a stranger is answered who has the paper, without what hangs on the day.
  private static func told(
    _ office: Office, _ paper: (number: String, code: String)
  ) async throws -> NSDictionary {
    var request = BitimV1.VerifyCertificateRequest()
    (request.number, request.code) = paper
    let service = CertificateServiceClient(office.school.stranger)
    var answer = try await service.verifyCertificate(request)
    (answer.verdict, answer.asOf) = (.unspecified, nil)
    let text = try JSONText().text(answer)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
  }

  private static let next = """
    give the folder to a web server that lists none; papers lead there by --page https://HOST/PATH/verify.html

    """

  @Test(
    "an answer is what a stranger with the paper is told (R-750); only what changed is written again"
  )
  func published() async throws {
    let office = try await Office(on: "2026-02-01")
    let folder = Self.folder(office)
    let empty = try office.bitim("registrar", ["publish", folder])
    #expect(empty.status == 0)
    #expect(
      empty.errors
        == "\(folder): 0 answers beside verify.html, 0 new, 0 changed, 0 taken away\n"
        + "the page names nobody to ask; --contact TEXT does, each time\n" + Self.next)
    #expect(try Self.answers(folder) == ["index.html"])

    let paper = try office.certificate()
    let made = try office.bitim("registrar", ["publish", folder, "--contact", "Гүлнәр, 304-бөлме"])
    #expect(
      made.errors
        == "\(folder): 1 answers beside verify.html, 1 new, 0 changed, 0 taken away\n"
        + "the page has no signed lists of what is revoked and suspended, and says that nobody signed it: "
        + "signing is off (signer = none)\n" + Self.next)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/status"))
    #expect(made.output == "")
    #expect(try await Self.answer(folder) == Self.told(office, paper))
    let page = String(
      decoding: try Repository.octets(absolute: "\(folder)/verify.html"), as: UTF8.self)
    #expect(page.contains("\"asOf\":\"2026-02-01T"))
    #expect(page.contains("Гүлнәр, 304-бөлме"))
    #expect(!page.contains("Өтегенова") && !page.contains(paper.code))
    for path in ["verify.html", "answers/index.html", "answers/\(try Self.answers(folder)[0])"] {
      #expect(try Self.mode("\(folder)/\(path)") == 0o644, "\(path)")
    }
    #expect(try Self.mode(folder) == 0o755)

    let file = "\(folder)/answers/\(try Self.answers(folder)[0])"
    let identity = FileSystem.identity(of: file)
    #expect(identity != nil)
    #expect(
      try office.bitim("certifier", ["publish", folder]).errors.hasPrefix(
        "\(folder): 1 answers beside verify.html, 0 new, 0 changed, 0 taken away\n"))
    #expect(FileSystem.identity(of: file) == identity)

    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "fraud")
    #expect(
      try office.bitim("registrar", ["publish", folder]).errors.hasPrefix(
        "\(folder): 1 answers beside verify.html, 0 new, 1 changed, 0 taken away\n"))
    let answer = try Self.answer(folder)
    #expect(try await answer == Self.told(office, paper))
    let status = answer["status"] as? NSDictionary
    #expect(
      status == [
        "standing": "STANDING_REVOKED", "since": "2026-02-01", "told": "REVOCATION_TOLD_DECISION",
      ])
  }

  @Test(
    "where the log is signed, lists are that say of a place what the answer beside it says; it stays where it is",
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
  func signed() async throws {
    let office = try await Office(on: "2026-02-01", signs: true)
    let folder = Self.folder(office)
    let paper = try office.certificate()
    try office.school.sign()
    func published(_ words: String...) throws -> (answer: NSDictionary, lists: [String]) {
      let made = try office.bitim("registrar", ["publish", folder, "--contact", "Гүлнәр"] + words)
      #expect(made.status == 0)
      let file = try #require(try Self.answers(folder).first { $0.hasSuffix(".json") })
      let answer = try JSONSerialization.jsonObject(
        with: Data(Repository.octets(absolute: "\(folder)/answers/\(file)")))
      let lists = try ["revocation", "suspension"].map { purpose in
        let path = "\(folder)/status/2026-\(purpose).json"
        #expect(try Self.mode(path) == 0o644)
        return String(decoding: try Repository.octets(absolute: path), as: UTF8.self)
      }
      let key = try #require(lists[0].firstMatch(of: /"issuer":"(did:key:z6Mk\w+)"/)?.1)
      #expect(
        made.errors.hasSuffix(
          "taken away\nthe page tells that this key signed its lists: \(key); make it known by another "
            + "way than the page\n" + Self.next))
      // The page has them itself: it is opened from disks, too.
      let page = String(
        decoding: try Repository.octets(absolute: "\(folder)/verify.html"), as: UTF8.self)
      for list in lists {
        #expect(page.contains(JSONText.quoted(String(list.dropLast()))))
        #expect(list.hasSuffix("}\n"))
      }
      return (try #require(answer as? NSDictionary), lists)
    }
    func entries(_ answer: NSDictionary) throws -> [NSDictionary] {
      try #require(answer["credentialStatus"] as? [NSDictionary])
    }
    let first = try published()
    let place = try #require(try entries(first.answer)[0]["statusListIndex"] as? String)
    func entry(_ purpose: String, in folder: String) -> NSDictionary {
      [
        "type": "BitstringStatusListEntry", "statusPurpose": purpose, "statusListIndex": place,
        "statusListCredential": "\(folder)/2026-\(purpose).json",
      ]
    }
    #expect(
      try entries(first.answer) == [
        entry("revocation", in: "../status"), entry("suspension", in: "../status"),
      ])
    #expect(first.lists[0].contains(":status:2026:revocation\""))
    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "fraud")
    let second = try published("--page", "https://mediators.example/kz/verify.html")
    #expect(
      try entries(second.answer) == [
        entry("revocation", in: "https://mediators.example/kz/status"),
        entry("suspension", in: "https://mediators.example/kz/status"),
      ])
    #expect(
      second.lists[0].contains(
        "\"id\":\"https://mediators.example/kz/status/2026-revocation.json\""))
    func bits(_ list: String) -> Substring? { list.firstMatch(of: /"encodedList":"(u[\w-]+)"/)?.1 }
    #expect(bits(first.lists[0]) != nil && bits(first.lists[0]) == bits(first.lists[1]))
    #expect(bits(second.lists[0]) != bits(first.lists[0]))
    #expect(bits(second.lists[1]) == bits(first.lists[1]))
    let cyrillic = "https://mediators.example/тексеру/verify.html"
    let refused = try office.bitim("registrar", ["publish", folder, "--page", cyrillic])
    #expect(refused.status == 2)
    #expect(
      refused.errors
        == "bitim: --page: '\(cyrillic)' is not a page's address: https://HOST/PATH, without \"#\"\n"
    )
  }

  @Test("what is decided for a day to come is published before it comes")
  func ahead() async throws {
    let office = try await Office(on: "2026-02-01")
    let folder = Self.folder(office)
    let paper = try office.certificate()
    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "fraud", "--date",
      "2026-03-03")
    try office.done("registrar", "publish", folder)
    let status = try Self.answer(folder)["status"] as? NSDictionary
    #expect(
      status == [
        "standing": "STANDING_REVOKED", "since": "2026-03-03", "told": "REVOCATION_TOLD_DECISION",
      ])
  }

  @Test("a publication that was cut off is gone on with; what the registry does not know goes")
  func resumed() async throws {
    let office = try await Office(on: "2026-02-01")
    let folder = Self.folder(office)
    _ = try office.certificate()
    try office.done("registrar", "publish", folder)
    let name = try Self.answers(folder)[0]
    let whole = try Repository.octets(absolute: "\(folder)/answers/\(name)")
    let stray = String(repeating: "0f", count: 32) + ".json"
    for (file, text) in [
      (name, "{"), ("\(name).unfinished", "{"), (stray, "{}"), ("оқы.txt", "мектептікі"),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/answers/\(file)"))
    }
    #expect(
      try office.bitim("registrar", ["publish", folder]).errors.hasPrefix(
        "\(folder): 1 answers beside verify.html, 0 new, 1 changed, 1 taken away\n"))
    #expect(try Self.answers(folder) == [name, "index.html", "оқы.txt"])
    #expect(try Repository.octets(absolute: "\(folder)/answers/\(name)") == whole)
  }

  @Test(
    "who may not see codes publishes nothing, nor where another publishes, nor where no folder can be"
  )
  func refused() async throws {
    let office = try await Office(on: "2026-02-01")
    let folder = Self.folder(office)
    _ = try office.certificate()
    try office.refused(
      "trainer", "publish", folder, with: "your role does not allow this")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/verify.html"))
    let lock = try FolderLock(folder)
    let busy = try office.bitim("registrar", ["publish", folder])
    #expect(busy.status == 2)
    #expect(
      busy.errors
        == "bitim: \(folder): another bitim publish is at work there; wait for its end\n")
    _ = consume lock
    let file = office.school.folder.appendingPathComponent("файл").path
    try Data().write(to: URL(fileURLWithPath: file))
    let none = try office.bitim("registrar", ["publish", "\(file)/бет"])
    #expect(none.status == 2)
    #expect(none.errors == "bitim: \(file)/бет: can't be published (Not a directory)\n")
    let without = try office.bitim("registrar", ["publish"])
    #expect(without.status == 2)
    #expect(without.errors == "bitim: DIR is needed; see --help\n")
  }

  @Test("where the server doubts its clock nothing is published: the page would not know its age")
  func clock() async throws {
    let founded = try TestSchool()
    let person = try await founded.person("Serikova", "Aliya")
    _ = try await founded.client(person, [.registrar], in: "SCHOOL")
    var request = BitimV1.CreateTokenRequest()
    (request.personId, request.organisation, request.roles) = (person, "SCHOOL", [.registrar])
    (request.name, request.days) = ("bitim", 400)
    let token = try await AccessServiceClient(founded.administrator).createToken(request)
    founded.halt()
    founded.clock.turn(to: try #require(CivilDate(iso: "2026-11-20")))
    let school = try TestSchool(reopening: founded, trustsClock: false)
    defer { school.close() }
    let file = school.folder.appendingPathComponent("registrar.token").path
    try PrivateFile.create(file, Array(token.secret.utf8))
    let folder = school.folder.appendingPathComponent("бет").path
    let doubted = try Program.run(
      Repository.program("bitim"),
      ["publish", folder, "--server", "\(school.address)", "--token-file", file],
      environment: ["BITIM_LANGUAGE": "en"])
    #expect(doubted.status == 5)
    #expect(
      doubted.errors == """
        nothing is published: the server doubts its clock, and the page would not know how old it is; \
        see bitim admin status

        """)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/verify.html"))
  }
}
