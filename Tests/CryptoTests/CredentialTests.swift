import BitimCrypto
import BitimTestSupport
import Testing

@testable import BitimTrust

/// Files of `Tests/Golden/credentials`, which Python's cryptography and pyld have written.
@Suite("Certificates as credentials")
struct CredentialTests {
  private static let created = "2026-11-30T08:00:00.125Z"

  private static func golden(_ name: String) throws -> String {
    try Repository.text("Tests/Golden/credentials/\(name)")
  }

  private static func key() throws -> DIDKey {
    try #require(DIDKey("did:key:z6MkghLt1e8m1fmANsdJJco3aCLV8Xnigr5UWwC3u5iZFPd3"))
  }

  private static func programme() throws -> CertificateCredential {
    try #require(
      CertificateCredential(
        log: "bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d", number: "2026-000417-29",
        subject: .programme(1),
        title: LocalTexts(
          kk: "Жалпы курс", ru: "Общий курс", en: "General course of mediation"),
        summary: "Order 85 of 22 February 2023, \"general course\"",
        criteria:
          "Trained by Almaty \\ Centre from 2026-02-02 to 2026-03-18: 24 academic hours of theory and 24.5 of "
          + "practice attended. Attestation passed on 2026-03-20, protocol № 14.",
        edition: "P1-2025", holder: "Әбілова Айгерім Серікқызы", holderLatin: "Abilova Aigerim",
        issuer: try Self.key(),
        school: LocalTexts(
          kk: "Медиаторлар мектебі", ru: "Школа медиаторов", en: "School of Mediators"),
        validFrom: "2026-03-19T19:00:00Z", validUntil: "2099-03-19T19:00:00Z",
        lists: .web("https://mediators.example/status"), place: 486_325))
  }

  private static func school() throws -> CertificateCredential {
    try #require(
      CertificateCredential(
        log: "bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d", number: "2026-000418-13", subject: .school,
        title: LocalTexts(kk: "Мектеп сертификаты", ru: "", en: ""),
        summary: "Мектеп сертификаты",
        criteria: "All three programmes passed: certificates 2026-000417-29.", edition: nil,
        holder: "Иванов Пётр", holderLatin: nil, issuer: try Self.key(),
        school: LocalTexts(kk: "", ru: "Школа медиаторов", en: ""),
        validFrom: "2026-03-19T19:00:00Z", validUntil: nil,
        lists: .log("bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d"), place: 0))
  }

  private static func signature(in text: String) throws -> [UInt8] {
    let value = try #require(text.firstMatch(of: /"proofValue":"z([^"]+)"/))
    return try #require(Base58.octets(value.output.1.utf8, count: 64))
  }

  @Test("both forms are octet for octet what a second writing of the page makes, and signed so")
  func forms() throws {
    for (story, credential) in [("programme", try Self.programme()), ("school", try Self.school())]
    {
      for form in CertificateCredential.Form.allCases {
        let text = try Self.golden("\(story).\(form.rawValue).json")
        let signature = try Self.signature(in: text)
        let proof = credential.proof(form, created: Self.created)
        #expect(proof.signed(signature).text + "\n" == text)
        #expect(credential.issuer.publicKey.verifies(signature, of: proof.message))
      }
    }
  }

  @Test("what is read says what was signed, and its own key holds")
  func reading() throws {
    for form in CertificateCredential.Form.allCases {
      let text = try Self.golden("programme.\(form.rawValue).json")
      let read = try #require(SignedCredential(Array(text.utf8)))
      #expect(read.holds)
      #expect(read.form == form)
      #expect(read.created == Self.created)
      #expect(read.credential.number == "2026-000417-29")
      #expect(read.credential.holderLatin == "Abilova Aigerim")
      #expect(read.credential.lists == .web("https://mediators.example/status"))
      // The end of the line is the file's, not the credential's.
      #expect(SignedCredential(Array(text.utf8.dropLast())) == read)
      #expect(SignedCredential(Array((text + "\n").utf8)) == nil)
    }
    let plain = try #require(SignedCredential(Array(try Self.golden("school.vc.json").utf8)))
    #expect(plain.credential == (try Self.school()))
    let badge = try #require(
      SignedCredential(Array(try Self.golden("school.openbadge.json").utf8)))
    // A badge has one language.
    #expect(badge.credential.title == LocalTexts(kk: "", ru: "", en: "Мектеп сертификаты"))
  }

  /// The value with one text or flag in it changed, for each of them.
  private static func changed(_ value: CanonicalJSON) -> [CanonicalJSON] {
    switch value {
    case .text(let text):
      let middle = text.index(text.startIndex, offsetBy: text.count / 2)
      let other = text[middle] == "b" ? "c" : "b"
      return [
        .text(
          text[..<middle] + other + (text.isEmpty ? "" : text[text.index(after: middle)...]))
      ]
    case .flag(let flag): return [.flag(!flag)]
    case .list(let values):
      return values.indices.flatMap { index in
        Self.changed(values[index]).map { other in
          var values = values
          values[index] = other
          return .list(values)
        }
      }
    case .object(let members):
      return members.keys.flatMap { name in
        Self.changed(members[name] ?? .list([])).map { other in
          var members = members
          members[name] = other
          return .object(members)
        }
      }
    }
  }

  @Test("with any member changed, left out or put in there is nothing that holds")
  func tampered() throws {
    for (name, members) in [
      ("programme.vc.json", 59), ("programme.openbadge.json", 38), ("school.vc.json", 45),
      ("school.openbadge.json", 36),
    ] {
      let text = try Self.golden(name)
      let whole = try #require(CanonicalJSON(Array(text.utf8.dropLast())))
      let others = Self.changed(whole)
      #expect(others.count == members, "\(name)")
      for other in others {
        let read = SignedCredential(Array(other.text.utf8))
        #expect(read?.holds != true, "\(name): \(other.text)")
      }
      guard case .object(let members) = whole else { continue }
      for member in members.keys {
        var fewer = members
        fewer[member] = nil
        let read = SignedCredential(Array(CanonicalJSON.object(fewer).text.utf8))
        #expect(read?.holds != true, "\(name) without \(member)")
      }
      let more = whole.with("description", .text("x"))
      #expect(SignedCredential(Array(more.text.utf8)) == nil)
    }
  }

  @Test("the lines of a badge are those that pyld makes of its contexts")
  func lines() throws {
    for (story, credential) in [("programme", try Self.programme()), ("school", try Self.school())]
    {
      let lines = Array(try Self.golden("\(story).nq").utf8)
      #expect(
        Array(credential.proof(.badge, created: Self.created).message.suffix(32))
          == SHA256.digest(lines))
    }
  }

  @Test("texts with a control character, empty ones, other places and instants stand in none")
  func refused() throws {
    let good = try Self.programme()
    func made(
      number: String = "2026-000417-29", summary: String = "x", edition: String? = nil,
      from: String = "2026-03-19T19:00:00Z", log: String = good.log, place: Int = 0
    ) -> CertificateCredential? {
      CertificateCredential(
        log: log, number: number, subject: .school, title: good.title, summary: summary,
        criteria: "x", edition: edition, holder: "x", holderLatin: nil, issuer: good.issuer,
        school: good.school, validFrom: from, validUntil: nil, lists: good.lists, place: place)
    }
    #expect(made() != nil)
    #expect(made(number: "2026-417-29") == nil)
    #expect(made(summary: "") == nil)
    #expect(made(summary: "a\nb") == nil)
    #expect(made(summary: "a\u{7f}") == nil)
    #expect(made(edition: "") == nil)
    #expect(made(from: "2026-03-19") == nil)
    #expect(made(log: "bitim/x") == nil)
    #expect(made(place: -1) == nil)
    #expect(made(place: 1_048_576) == nil)
  }

  @Test("JSON in another form than the canonical one is not read")
  func canonical() {
    for text in [
      "", "{", "{}x", "{ }", "{\"b\":[],\"a\":[]}", "{\"a\":[],\"a\":[]}", "[1]", "null",
      "\"\\u0041\"", "\"\\/\"", "\"\u{1}\"", "\"\\u000A\"", "[true,]", "\"a", "[\"a\"", "tru",
      "{\"a\"}", "{a:[]}", String(repeating: "[", count: 20) + String(repeating: "]", count: 20),
    ] {
      #expect(CanonicalJSON(Array(text.utf8)) == nil, "\(text)")
    }
    #expect(CanonicalJSON([0x22, 0xFF, 0x22]) == nil)
    for text in [
      "{}", "[]", "[true,false,\"\"]", "{\"a\":{\"b\":[\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\"]}}",
    ] {
      #expect(CanonicalJSON(Array(text.utf8))?.text == text, "\(text)")
    }
  }

  @Test("a did:key is read back, and nothing else is one")
  func keys() throws {
    let text = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    #expect(DIDKey(text)?.description == text)
    for other in [
      "", "did:key:z", "did:key:6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
      "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ",
      "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ0", text + "1", text + "#z6Mk",
    ] {
      #expect(DIDKey(other) == nil, "\(other)")
    }
  }
}
