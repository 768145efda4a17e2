import BitimProtocol
import Foundation
import Testing

@testable import BitimPaper

@Suite("The page that verifies")
struct VerifyPageTests {
  private static func answer(
    _ change: (inout BitimV1.GetCertificateResponse) -> Void = { _ in }
  ) throws -> PublishedAnswer {
    var certificate = Samples.programme()
    change(&certificate)
    return try #require(PublishedAnswer(certificate))
  }

  private static func page(_ answers: [PublishedAnswer], contact: String = "") -> String {
    String(
      decoding: VerifyPage(
        answers, asOf: "2026-11-22T13:33:22.670Z",
        school: Samples.programme().sheet?.issuer ?? .init(), contact: contact
      ).octets, as: UTF8.self)
  }

  /// What the page is told, as a browser reads it.
  private static func data(_ page: String) throws -> [String: Any] {
    let text = try #require(
      page.firstMatch(of: /id="data">([^<]*)<\/script>\n<script>/)?.1)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("an answer is named by what sha256sum makes of number and code")
  func name() throws {
    // printf 2026-000417-29:7KQ2-M9XD-4TRA-0ZHC | sha256sum
    #expect(
      try Self.answer().name
        == "239de0ca86b8e35fff998dbfe57666604b69a9e6955279ed56dc83cedfbcdf24.json")
    #expect(try Self.answer { $0.code = "7KQ2-M9XD-4TRA-0ZHD" }.name != Self.answer().name)
  }

  @Test("marks beside a quotation mark or a sign end no text, no brace and no element")
  func marks() throws {
    // An accent behind the quotation mark is one character with it; a letter that goes before what follows.
    let answer = try Self.answer { $0.sheet?.protocolNumber = "\u{301}}}}}1, 2" }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.octets())) as? [String: Any])
    let sheet = (object["answer"] as? [String: Any])?["sheet"] as? [String: Any]
    #expect(sheet?["protocolNumber"] as? String == "\u{301}}}}}1, 2")
    let contact = "\u{D4E}</script><b>"
    let page = Self.page([answer], contact: contact)
    #expect(try Self.data(page)["contact"] as? String == contact)
    #expect(!page.contains("</script><b>"))
  }

  @Test("what is decided for a day to come is told, by its first day")
  func ahead() throws {
    func entry(_ standing: BitimV1.Standing, _ since: String, until: String = "") throws -> [UInt8]
    {
      var status = BitimV1.CertificateStatus()
      (status.standing, status.since, status.until) = (standing, since, until)
      let answer = try #require(PublishedAnswer(Samples.programme(), ahead: status))
      let text = String(decoding: try answer.octets(), as: UTF8.self)
      #expect(text.contains("\"since\": \"\(since)\""))
      return Array(answer.entry.suffix(3))
    }
    // 2026-12-05 is day 20792 after 1970-01-01: 81 * 256 + 56.
    #expect(try entry(.revoked, "2026-12-05") == [4, 81, 56])
    #expect(try entry(.suspended, "2026-12-05", until: "2026-12-20") == [5, 81, 56])
    // One that stands now is told by its last day, unless that is beyond sixteen bits.
    func now(until: String) throws -> [UInt8] {
      let answer = try Self.answer { certificate in
        certificate.status?.standing = .suspended
        certificate.status?.since = "2026-12-05"
        certificate.status?.until = until
      }
      return Array(answer.entry.suffix(3))
    }
    #expect(try now(until: "2026-12-05") == [6, 81, 56])
    #expect(try now(until: "9999-12-31") == [5, 81, 56])
  }

  @Test("an answer says that nobody signed it, each field on a line, and no ground (R-751)")
  func file() throws {
    let answer = try Self.answer { certificate in
      certificate.status?.standing = .revoked
      certificate.status?.since = "2026-11-03"
      certificate.status?.reason = .fraud
      certificate.status?.ground = .complaint
      certificate.status?.told = .decision
      certificate.sheet = BitimV1.Sheet()
      certificate.sheet?.number = "2026-000417-29"
      certificate.sheet?.kind = .programme
      certificate.sheet?.place = "Алматы \"қ.\" {1}: \\"
      certificate.duplicate = .init()
      certificate.duplicate?.copy = 1
    }
    #expect(
      String(decoding: try answer.octets(), as: UTF8.self) == #"""
        {
          "signed": false,
          "told": [
            "Қол қойылмаған: қайдан алғаныңызға сенгендей ғана сеніңіз.",
            "Не подписано: доверяйте настолько, насколько доверяете источнику.",
            "Not signed: trust it as far as you trust where you got it."
          ],
          "answer": {
            "status": {
              "standing": "STANDING_REVOKED",
              "since": "2026-11-03",
              "told": "REVOCATION_TOLD_DECISION"
            },
            "sheet": {
              "number": "2026-000417-29",
              "kind": "CERTIFICATE_KIND_PROGRAMME",
              "place": "Алматы \"қ.\" {1}: \\"
            },
            "duplicate": {
              "copy": 1
            }
          }
        }

        """#)
  }

  @Test("a place in the status lists stands beside the answer, and in three octets in the page")
  func place() throws {
    let answer = try Self.answer { certificate in
      certificate.statusIndex = 486_325
      certificate.sheet = BitimV1.Sheet()
      certificate.sheet?.number = "2026-000417-29"
      certificate.sheet?.kind = .programme
      certificate.status = nil
    }
    #expect(
      String(decoding: try answer.octets(lists: "../status"), as: UTF8.self).hasSuffix(
        #"""
          "answer": {
            "sheet": {
              "number": "2026-000417-29",
              "kind": "CERTIFICATE_KIND_PROGRAMME"
            }
          },
          "credentialStatus": [
            {
              "type": "BitstringStatusListEntry",
              "statusPurpose": "revocation",
              "statusListIndex": "486325",
              "statusListCredential": "../status/2026-revocation.json"
            },
            {
              "type": "BitstringStatusListEntry",
              "statusPurpose": "suspension",
              "statusListIndex": "486325",
              "statusListCredential": "../status/2026-suspension.json"
            }
          ]
        }

        """#))
    // 486,325 is 7 * 65,536 + 107 * 256 + 181.
    #expect(answer.placeEntry == [7, 107, 181])
    #expect(try Self.answer().placeEntry == [255, 255, 255])
    #expect(answer.year == 2026)
  }

  @Test("lists lie in a folder beside the page, whose address names them")
  func folders() {
    #expect(StatusFiles.folder(beside: nil) == "../status")
    for (page, folder) in [
      ("https://mediators.example/kz/verify.html", "https://mediators.example/kz/status"),
      ("https://mediators.example/verify.html", "https://mediators.example/status"),
      ("https://mediators.example/", "https://mediators.example/status"),
      ("https://mediators.example", "https://mediators.example/status"),
      ("http://mediators.example/a/b?c/d", "http://mediators.example/a/status"),
    ] {
      #expect(StatusFiles.folder(beside: page) == folder)
      #expect(StatusFiles.address(beside: page) == folder)
    }
    #expect(StatusFiles.name(2026, "revocation") == "2026-revocation.json")
    let list = #"{"id":"x","issuer":"did:key:z6MkrJVnaZ","type":["issuer"]}"#
    #expect(
      StatusFiles(year: 2026, revocation: list, suspension: "").issuer == "did:key:z6MkrJVnaZ")
    #expect(StatusFiles(year: 2026, revocation: "{}", suspension: list).issuer == nil)
  }

  @Test(
    "the page has the lists of each year as they were signed, and a place for each answer of its own list"
  )
  func lists() throws {
    let answers = try ["0", "1"].map { digit in
      try Self.answer {
        $0.code = "7KQ2-M9XD-4TRA-0ZH\(digit)"
        $0.statusIndex = digit == "0" ? 1 : 258
      }
    }
    func data(_ answers: [PublishedAnswer], _ lists: [StatusFiles]) throws -> [String: Any] {
      let page = VerifyPage(
        answers, status: lists, asOf: "2026-11-22T13:33:22.670Z", school: .init(), contact: "")
      return try Self.data(String(decoding: page.octets, as: UTF8.self))
    }
    let lists = [
      StatusFiles(year: 2027, revocation: "{\"a\":\"</b>\"}", suspension: "{}"),
      StatusFiles(year: 2026, revocation: "[1]", suspension: "[2]"),
    ]
    let said = try data(answers, lists)
    #expect(
      said["status"] as? [String: [String]]
        == ["2026": ["[1]", "[2]"], "2027": ["{\"a\":\"</b>\"}", "{}"]])
    let inOrder = answers.sorted { $0.digest.lexicographicallyPrecedes($1.digest) }
    let text = try #require(said["places"] as? String)
    let places = try #require(Base64.octets(text))
    #expect(places == inOrder.flatMap { $0.place == 1 ? [0, 0, 1] : [0, 1, 2] })
    // Where nobody signs there are neither.
    let unsigned = try data(answers, [])
    #expect(unsigned["status"] is NSNull && unsigned["places"] is NSNull)
    let most = try data(Array(repeating: answers[0], count: 20_001), lists)
    #expect(most["status"] is [String: [String]] && most["places"] is NSNull)
  }

  @Test("a certificate of an old register has no code, and so no answer")
  func adopted() {
    var certificate = Samples.programme()
    certificate.sheet?.kind = .adopted
    #expect(PublishedAnswer(certificate) == nil)
    certificate.sheet?.kind = .programme
    certificate.code = ""
    #expect(PublishedAnswer(certificate) == nil)
    certificate.sheet = nil
    #expect(PublishedAnswer(certificate) == nil)
  }

  /// How a certificate stands, and the three last octets of its entry.
  private struct Kind {
    let standing: BitimV1.Standing
    var since = ""
    var until = ""
    var lastDay: String?
    let octets: [UInt8]
  }

  @Test(
    "an entry of the page's list: thirteen octets of the digest, how it stands, and since or until when"
  )
  func entries() throws {
    for kind in [
      Kind(standing: .valid, octets: [1, 0, 0]),
      Kind(standing: .valid, lastDay: "2031-04-23", octets: [2, 87, 120]),
      Kind(standing: .expired, lastDay: "2000-02-29", octets: [2, 43, 8]),
      // The day of issue where it comes later than the first of the days.
      Kind(standing: .notYetValid, octets: [3, 80, 87]),
      Kind(standing: .revoked, since: "2026-11-03", octets: [4, 81, 24]),
      Kind(standing: .suspended, since: "2026-11-03", octets: [5, 81, 24]),
      Kind(standing: .suspended, since: "2026-11-03", until: "2026-12-31", octets: [6, 81, 82]),
      Kind(standing: .replaced, since: "2148-12-31", octets: [7, 255, 98]),
      Kind(standing: .unspecified, octets: [0, 0, 0]),
    ] {
      let answer = try Self.answer { certificate in
        certificate.status?.standing = kind.standing
        certificate.status?.since = kind.since
        certificate.status?.until = kind.until
        certificate.sheet?.validUntil = kind.lastDay
        certificate.sheet?.validFrom = "2026-04-01"
      }
      let digest: [UInt8] = [
        0x23, 0x9D, 0xE0, 0xCA, 0x86, 0xB8, 0xE3, 0x5F, 0xFF, 0x99, 0x8D, 0xBF, 0xE5,
      ]
      #expect(answer.entry == digest + kind.octets, "\(kind)")
    }
    for text in ["", "1969-12-31", "2149-01-01", "2026-13-01", "№ 7"] {
      #expect(Days.number(text) == 0, "\(text)")
    }
    #expect(Days.number("1970-01-01") == 0)
    #expect(Days.number("2026-12-31") == 20_818)
  }

  @Test(
    "the list is the same in whatever order the answers come; of more than 20,000 there is none")
  func list() throws {
    let answers = try ["0", "1", "2", "3", "4"].map { digit in
      try Self.answer { $0.code = "7KQ2-M9XD-4TRA-0ZH\(digit)" }
    }
    #expect(Self.page(answers) == Self.page(answers.reversed()))
    let text = try #require(try Self.data(Self.page(answers))["list"] as? String)
    let octets = try #require(Base64.octets(text))
    #expect(octets.count == 80)
    let firsts = stride(from: 0, to: 80, by: 16).map { octets[$0] }
    #expect(firsts == answers.map { $0.digest[0] }.sorted())
    let one = try Self.answer()
    let most = try Self.data(Self.page(Array(repeating: one, count: 20_000)))
    #expect((most["list"] as? String)?.utf8.count == (320_000 + 2) / 3 * 4)
    let more = try Self.data(Self.page(Array(repeating: one, count: 20_001)))
    #expect(more["list"] is NSNull)
  }

  @Test("the page is below 60 KB without its list, asks nobody else, and takes no text for markup")
  func page() throws {
    let contact = "</script><script>alert(1)</script> +7 727 «қоңырау»"
    let page = Self.page([], contact: contact)
    #expect(page.utf8.count < 60_000)
    #expect(!page.contains("alert(1)</script>"))
    let data = try Self.data(page)
    #expect(data["contact"] as? String == contact)
    #expect(data["asOf"] as? String == "2026-11-22T13:33:22.670Z")
    #expect(
      data["school"] as? [String] == [
        "Медиаторлар мектебі", "Школа медиаторов", "School of Mediators",
      ])
    #expect(!page.contains("http:") && !page.contains("https:"))
    #expect(page.contains("\"default-src 'none'; style-src 'sha256-"))
  }

  @Test("every text is there in five languages, and each fills in the same")
  func words() throws {
    let words = try #require(
      try JSONSerialization.jsonObject(with: Data(VerifyPage.words.utf8)) as? [String: [String]])
    #expect(words.count > 70)
    for (key, texts) in words {
      #expect(texts.count == 5 && !texts.contains(""), "\(key)")
      let names = texts.map { Set($0.matches(of: /\{\w\}/).map { String($0.0) }) }
      #expect(Set(names).count == 1, "\(key)")
    }
    #expect(words["valid"] == ["ЖАРАМДЫ", "ДЕЙСТВИТЕЛЕН", "VALID", "VÁLIDO", "ВАЛИДЕН"])
    // What only the ministry keeps is a register.
    for (key, texts) in words where key != "entitlement" {
      let said = texts.joined(separator: " ").lowercased()
      #expect(!said.contains("реестр") && !said.contains("тізілім"), "\(key)")
    }
  }
}
