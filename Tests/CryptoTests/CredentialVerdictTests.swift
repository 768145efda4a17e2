import BitimCrypto
import BitimTestSupport
import Testing

@testable import BitimTrust

/// Files of `Tests/Golden/credentials`; their lists tell of 2026-03-20T08:00:00.125Z.
@Suite("What a credential and status lists show")
struct CredentialVerdictTests {
  private static let listedMs: Int64 = 1_773_993_600_125
  private static let dayMs: Int64 = 86_400_000
  private static let name = "bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d/certificates"

  private static func octets(_ name: String) throws -> [UInt8] {
    Array(try Repository.text("Tests/Golden/credentials/\(name)").utf8)
  }

  private static func credential(
    _ name: String = "programme.vc.json"
  ) throws -> SignedCredential {
    try #require(SignedCredential(try Self.octets(name)))
  }

  private static func lists(_ folder: String) throws -> [SignedStatusList] {
    try ["revocation", "suspension"].map { purpose in
      try #require(SignedStatusList(try Self.octets("\(folder)/2026-\(purpose).json")))
    }
  }

  private static func keys() throws -> [NoteKey] {
    try #require(KeyFile(try Self.octets("school.vkey"))).keys
  }

  private static func verdict(
    _ lists: [SignedStatusList], after ms: Int64 = 0, maxAge: Int64 = 30,
    _ name: String = "programme.vc.json"
  ) throws -> CredentialVerdict {
    CredentialVerdict(
      try Self.credential(name), lists: lists, by: try Self.keys(), atMs: Self.listedMs + ms,
      maxAge: maxAge)
  }

  @Test("in both forms it is valid while no bit is set, and what the lists say ends it")
  func marks() throws {
    for form in ["programme.vc.json", "programme.openbadge.json"] {
      let clear = try Self.verdict(Self.lists("clear"), form)
      #expect(clear.answer == .valid)
      #expect(
        clear.findings.map(\.finding)
          == [.signed(by: Self.name), .signed(by: Self.name), .fresh(days: 0), .stands(.valid)])
      #expect(clear.findings.map(\.check) == CredentialVerdict.Check.allCases)
      #expect(clear.asOfMs == Self.listedMs)
      let revoked = try Self.verdict(Self.lists("revoked"), form)
      #expect(revoked.answer == .notValid)
      #expect(revoked.findings.last?.finding == .stands(.revoked))
      let suspended = try Self.verdict(Self.lists("suspended"), form)
      #expect(suspended.answer == .notValid)
      #expect(suspended.findings.last?.finding == .stands(.suspended))
    }
    // Another place in the same lists.
    #expect(try Self.verdict(Self.lists("revoked"), "school.vc.json").answer == .valid)
  }

  @Test("lists that are too old make nothing valid, nor suspended; what is revoked stays so")
  func ages() throws {
    let month = 30 * Self.dayMs
    let last = try Self.verdict(Self.lists("clear"), after: month + Self.dayMs - 1)
    #expect(last.answer == .valid)
    #expect(last.findings[2].finding == .fresh(days: 30))
    let old = try Self.verdict(Self.lists("clear"), after: month + Self.dayMs)
    #expect(old.answer == .unknown)
    #expect(old.findings[2].finding == .old(days: 31))
    #expect(old.findings[3].finding == .stands(.valid))
    #expect(
      try Self.verdict(Self.lists("suspended"), after: month + Self.dayMs).answer == .unknown)
    #expect(
      try Self.verdict(Self.lists("revoked"), after: month + Self.dayMs).answer == .notValid)
    #expect(try Self.verdict(Self.lists("clear"), after: Self.dayMs, maxAge: 0).answer == .unknown)
    // Two clocks differ by less than a day.
    #expect(try Self.verdict(Self.lists("clear"), after: 1 - Self.dayMs).answer == .valid)
    let early = try Self.verdict(Self.lists("clear"), after: -Self.dayMs)
    #expect(early.answer == .unknown)
    #expect(early.findings[2].finding == .future)
  }

  @Test("its own days need no lists")
  func days() throws {
    // 2099-03-19T19:00:00Z.
    let end: Int64 = 4_077_630_000_000
    func at(_ ms: Int64, _ lists: [SignedStatusList] = []) throws -> CredentialVerdict {
      CredentialVerdict(
        try Self.credential(), lists: lists, by: try Self.keys(), atMs: ms, maxAge: 36_500)
    }
    #expect(try at(end).answer == .notValid)
    #expect(try at(end).findings.last?.finding == .stands(.expired))
    #expect(try at(end - 1).answer == .unknown)
    #expect(try at(end - 1, Self.lists("clear")).answer == .valid)
    #expect(try at(end, Self.lists("revoked")).findings.last?.finding == .stands(.revoked))
    // 2026-03-19T19:00:00Z, and a millisecond before it.
    #expect(try at(1_773_946_799_999).findings.last?.finding == .stands(.notYetValid))
    #expect(try at(1_773_946_799_999).answer == .notValid)
    #expect(try at(1_773_946_800_000).answer == .unknown)
  }

  @Test("without both lists of its year nothing is known")
  func absent() throws {
    let clear = try Self.lists("clear")
    let none = try Self.verdict([])
    #expect(none.answer == .unknown)
    #expect(
      none.findings.map(\.finding)
        == [.signed(by: Self.name), .absent(.revocation), .notLookedAt, .notLookedAt])
    #expect(none.asOfMs == nil)
    #expect(try Self.verdict([clear[0]]).findings[1].finding == .absent(.suspension))
    #expect(try Self.verdict([clear[1]]).findings[1].finding == .absent(.revocation))
  }

  @Test("the newest list of each purpose counts, and none where it can't be believed")
  func newest() throws {
    let clear = try Self.lists("clear")
    let text = String(decoding: try Self.octets("clear/2026-revocation.json"), as: UTF8.self)
    let later = text.replacing(
      "\"validFrom\":\"2026-03-20", with: "\"validFrom\":\"2026-03-21")
    let forged = try #require(SignedStatusList(Array(later.utf8)))
    let verdict = try Self.verdict(clear + [forged])
    #expect(verdict.answer == .unknown)
    #expect(
      verdict.findings[1].finding
        == .forged(key: "did:key:z6MkghLt1e8m1fmANsdJJco3aCLV8Xnigr5UWwC3u5iZFPd3"))
  }

  @Test(
    "a key that is not trusted leaves all open, one of another log too; a forged file is not valid")
  func keys() throws {
    let credential = try Self.credential()
    let key = try #require(try Self.keys().first)
    let other = try #require(NoteKey(name: "bitim/other/certificates", publicKey: key.publicKey))
    for keys in [[], [other]] {
      let verdict = CredentialVerdict(
        credential, lists: try Self.lists("revoked"), by: keys, atMs: Self.listedMs, maxAge: 30)
      #expect(verdict.answer == .unknown)
      #expect(
        verdict.findings.map(\.finding) == [.unsigned, .notLookedAt, .notLookedAt, .notLookedAt])
    }
    let text = String(decoding: try Self.octets("programme.vc.json"), as: UTF8.self)
    let forged = try #require(
      SignedCredential(Array(text.replacing("Abilova", with: "Abylova").utf8)))
    let verdict = CredentialVerdict(
      forged, lists: try Self.lists("clear"), by: [key], atMs: Self.listedMs, maxAge: 30)
    #expect(verdict.answer == .notValid)
    #expect(
      verdict.findings.map(\.finding)
        == [
          .forged(key: "did:key:z6MkghLt1e8m1fmANsdJJco3aCLV8Xnigr5UWwC3u5iZFPd3"), .notLookedAt,
          .notLookedAt, .notLookedAt,
        ])
  }

  @Test("a list is read as it was signed, and with a text changed it is none, or does not hold")
  func reading() throws {
    let octets = try Self.octets("revoked/2026-revocation.json")
    let list = try #require(SignedStatusList(octets))
    #expect(list.holds)
    #expect(list.purpose == .revocation)
    #expect(list.fromMs == Self.listedMs)
    #expect(list.name == "https://mediators.example/status/2026-revocation.json")
    var expected = StatusList()
    expected.set(486_325)
    #expect(list.list == expected)
    #expect(list.list.isSet(486_325) && !list.list.isSet(486_324) && !list.list.isSet(0))
    let text = String(decoding: octets, as: UTF8.self)
    for (word, other) in [
      ("\"revocation\"", "\"suspension\""), ("/2026-", "/2027-"), ("z6Mkgh", "z6Mkgi"),
      ("\"validFrom\":\"2026-03-20T", "\"validFrom\":\"2026-03-21T"), ("04-20T", "04-21T"),
      ("BitstringStatusList\"", "BitstringStatus\""),
      ("\"created\":\"2026-03-20", "\"created\":\"2026-03-21"),
      ("ns/credentials", "ns/credential"), ("\"uH4s", "\"vH4s"),
      ("proofValue\":\"z", "proofValue\":\"y"),
    ] {
      let changed = text.replacing(word, with: other)
      #expect(changed != text, "\(word)")
      #expect(SignedStatusList(Array(changed.utf8))?.holds != true, "\(word)")
    }
    #expect(SignedStatusList([]) == nil)
    #expect(SignedStatusList(try Self.octets("programme.vc.json")) == nil)
    #expect(SignedCredential(try Self.octets("clear/2026-revocation.json")) == nil)
  }

  @Test("cut anywhere, or with an octet changed, no file holds")
  func octets() throws {
    for name in ["programme.vc.json", "programme.openbadge.json"] {
      let octets = try Self.octets(name)
      for place in stride(from: 0, to: octets.count - 1, by: 23) {
        #expect(SignedCredential(Array(octets[..<place])) == nil)
        for bit: UInt8 in [0x01, 0x80] {
          var other = octets
          other[place] ^= bit
          #expect(SignedCredential(other)?.holds != true, "\(name), octet \(place)")
        }
      }
    }
    let octets = try Self.octets("revoked/2026-revocation.json")
    for place in stride(from: 0, to: octets.count - 1, by: 61) {
      #expect(SignedStatusList(Array(octets[..<place])) == nil)
      for bit: UInt8 in [0x01, 0x80] {
        var other = octets
        other[place] ^= bit
        #expect(SignedStatusList(other)?.holds != true, "octet \(place)")
      }
    }
  }

  @Test("bits are read back from what was written, of every run and octet")
  func bits() {
    var list = StatusList()
    for place in 0..<4_000 where place % 7 == 0 || place > 3_900 { list.set(place) }
    for place in [1_048_575, 700_000, 700_001, 12_345] { list.set(place) }
    #expect(StatusList(encoded: list.encoded) == list)
    #expect(StatusList(encoded: StatusList().encoded) == StatusList())
    for text in ["", "u", "u!", "uH4sIAAAAAAAAA", String(list.encoded.dropLast(4))] {
      #expect(StatusList(encoded: text) == nil, "\(text)")
    }
    for runs in [1...600, 3...3, 258...262] {
      var octets: [UInt8] = []
      for length in runs {
        octets += [UInt8](repeating: UInt8(length & 255), count: length)
        octets.append(length % 2 == 0 ? 0 : 200)
      }
      #expect(GzipReading.octets(Gzip.file(octets), most: octets.count) == octets)
      #expect(GzipReading.octets(Gzip.file(octets), most: octets.count - 1) == nil)
    }
  }

  @Test("an instant has one form, and is a day of the calendar")
  func instants() {
    #expect(InstantText.milliseconds("1970-01-01T00:00:00Z") == 0)
    #expect(InstantText.milliseconds("2026-03-20T08:00:00.125Z") == Self.listedMs)
    #expect(InstantText.milliseconds("2024-02-29T23:59:59.5Z") == 1_709_251_199_500)
    for text in [
      "", "2026-03-20", "2026-02-29T00:00:00Z", "2026-03-20T24:00:00Z", "2026-03-20T08:60:00Z",
      "2026-03-20T08:00:60Z", "2026-03-20T08:00:00", "2026-03-20T08:00:00+00:00",
      "2026-03-20T08:00:00.1234Z", "2026-03-20T08:00:00.Z",
    ] {
      #expect(InstantText.milliseconds(text) == nil, "\(text)")
    }
  }
}
