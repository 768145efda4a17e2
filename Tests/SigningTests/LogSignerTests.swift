import BitimCrypto
import BitimSigning
import BitimSystem
import BitimTrust
import Foundation
import Synchronization
import Testing

/// Time that a test turns, in seconds.
private final class Turned: Sendable {
  private let seconds = Lock<Int64>(0)
  func turn(to seconds: Int64) { self.seconds.withLock { $0 = seconds } }
  var nanoseconds: Int64 { self.seconds.withLock { $0 } * 1_000_000_000 }
}

/// What a signer makes of a log of the entries "a", "b", "c": every signature is of OpenSSL, by the seed of RFC 8032,
/// section 7.1, TEST 2.
@Suite("What the log's key signs")
struct LogSignerTests {
  private static let origin = "bitim/022a6979e6dab7aa5ae4c3e5e45f7e97"
  private static let key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
  private static let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
  private static let algorithm = "0000000b7373682d65643235353139"
  private static let signatures = [
    2: "89f7124c5eaf6d5bf5a22fed81505498af429bc7001f672ad21add82530adb0a"
      + "63a60e182de6e0c9c79a531468b311c6d7d82dbe1282a15530fa34c1c3988601",
    3: "a31406cd1898713579c75e702dcfd1bf10224480a4d6e64dcc87c9562b393375"
      + "ce511b1149ac56cd193a755de28cedabdc26ef58baec2522b90e40c74b486809",
  ]
  /// The log with two entries and with three, as C2SP has it.
  private static let notes = [
    2: """
    bitim/022a6979e6dab7aa5ae4c3e5e45f7e97
    2
    sTeYX/SE+2ANuTEHx3sDZcgNePW0Kd7Q/Zc2HQd5mes=

    — bitim/022a6979e6dab7aa5ae4c3e5e45f7e97 \
    iiSJhYn3Ekxer21b9aIv7YFQVJivQpvHAB9nKtIa3YJTCtsKY6YOGC3m4MnHmlMUaLMRxtfYLb4SgqFVMPo0wcOYhgE=

    """,
    3: """
    bitim/022a6979e6dab7aa5ae4c3e5e45f7e97
    3
    NmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=

    — bitim/022a6979e6dab7aa5ae4c3e5e45f7e97 \
    iiSJhaMUBs0YmHE1ecdecC3P0b8QIkSApNbmTcyHyVYrOTN1zlEbEUmsVs0ZOnVd4oztq9wm71i67CUiuQ5Ax0tIaAk=

    """,
  ]
  private static let vkey =
    "bitim/022a6979e6dab7aa5ae4c3e5e45f7e97+8a248985+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM"

  private static func octets(_ hex: String) throws -> [UInt8] { try #require(Hex.octets(hex)) }

  /// The list of keys with these comments.
  private static func list(_ keys: (key: String, comment: String)...) throws -> FakeAgent.Answer {
    var octets: [UInt8] = [12] + FakeAgent.number(keys.count)
    for (key, comment) in keys {
      let blob = try Self.octets(Self.algorithm + "00000020" + key)
      octets += FakeAgent.number(blob.count) + blob
      octets += FakeAgent.number(comment.utf8.count) + Array(comment.utf8)
    }
    return .message(octets)
  }

  private static func signature(_ size: Int) throws -> FakeAgent.Answer {
    let signature = try #require(Self.signatures[size])
    return .message(
      try Self.octets("0e00000053" + Self.algorithm + "00000040" + signature))
  }

  private let clock = Turned()
  private let file: String

  init() {
    self.file = FileManager.default.temporaryDirectory.path + "/bitim-kept-\(UUID().uuidString)"
  }

  private func signer(
    _ fake: FakeAgent, key: String? = nil, patienceMs: Int = 10_000
  ) -> LogSigner {
    LogSigner(
      LogSigner.Source(SigningAgent(at: fake.address, patienceMs: patienceMs)), key: key,
      keeping: self.file, nanoseconds: { [clock] in clock.nanoseconds })
  }

  private func turn(
    _ signer: LogSigner, _ entries: [String], keys: [LogSigner.JournalKey] = [],
    reads: Bool = true
  ) throws {
    // A page has two entries, so that a log takes several.
    try signer.turn(
      size: Int64(entries.count), keys: keys, reads: reads, atMs: 1_800_000_000_000
    ) { after in
      entries.dropFirst(Int(after)).prefix(2).map { Array($0.utf8) }
    }
  }

  private func note(_ signer: LogSigner) -> String? {
    signer.standing.newest.map { String(decoding: $0.note.octets, as: UTF8.self) }
  }

  private func kept() -> String? { try? String(contentsOfFile: self.file, encoding: .utf8) }

  private func forget() {
    for suffix in ["", "-key-22102ea9"] {
      try? FileManager.default.removeItem(atPath: self.file + suffix)
    }
  }

  @Test(
    "is origin, size and root of the log; anew when there is something new and a minute has passed")
  func signs() throws {
    defer { self.forget() }
    let fake = try FakeAgent(
      try Self.list((Self.key, "log")), try Self.signature(2), try Self.list((Self.key, "log")),
      try Self.signature(3))
    let signer = self.signer(fake)
    #expect(signer.standing.trouble == .notYet)
    // Who answers a call has not the time to read a log from its beginning.
    try self.turn(signer, ["a", "b"], reads: false)
    #expect(self.note(signer) == nil)
    try self.turn(signer, ["a", "b"])
    #expect(self.note(signer) == Self.notes[2])
    #expect(self.kept() == Self.notes[2])
    #expect(signer.standing.newest?.keyText == Self.vkey)
    #expect(signer.standing.newest?.atMs == 1_800_000_000_000)
    #expect(signer.standing.trouble == nil)
    // Nothing new, and then not a minute.
    self.clock.turn(to: 60)
    try self.turn(signer, ["a", "b"])
    self.clock.turn(to: 59)
    try self.turn(signer, ["a", "b", "c"])
    #expect(self.note(signer) == Self.notes[2])
    self.clock.turn(to: 60)
    try self.turn(signer, ["a", "b", "c"], reads: false)
    #expect(self.note(signer) == Self.notes[3])
    #expect(self.kept() == Self.notes[3])
    #expect(fake.questions().map(\.first) == [11, 13, 11, 13])
  }

  @Test("is believed by its key alone, and with one field changed by nobody")
  func tampered() throws {
    let note = Array(try #require(Self.notes[2]).utf8)
    let key = try #require(NoteKey(Self.vkey))
    let signed = try SignedCheckpoint(note, by: [key])
    #expect(signed.checkpoint.size == 2)
    #expect(signed.checkpoint.origin == Self.origin)
    #expect(signed.key == key)
    func fault(_ from: String, _ to: String, all: Bool = false) throws -> SignedCheckpoint.Fault? {
      let text = try #require(Self.notes[2])
      let range = try #require(text.range(of: from))
      let other =
        all
        ? text.replacingOccurrences(of: from, with: to)
        : text.replacingCharacters(in: range, with: to)
      do throws(SignedCheckpoint.Fault) {
        _ = try SignedCheckpoint(Array(other.utf8), by: [key])
        return nil
      } catch {
        return error
      }
    }
    let forged = SignedCheckpoint.Fault.forged(name: Self.origin)
    // Origin, size and root of the text; then name, key's number and signature of the line.
    #expect(try fault("bitim/022a", "bitim/122a") == forged)
    #expect(try fault("\n2\n", "\n3\n") == forged)
    #expect(try fault("sTeYX", "sTeYY") == forged)
    #expect(try fault("mes=\n", "mes=\nmore\n") == forged)
    #expect(try fault("— bitim/022a", "— bitim/122a") == .unsigned)
    #expect(try fault("iiSJhY", "iiSJiY") == .unsigned)
    #expect(try fault("n3Ekxer", "n3Ekxes") == forged)
    #expect(try fault("bitim/022a", "bitim/122a", all: true) == .unsigned)
    #expect(try fault("— ", "- ") == .notNote(.badLine(1)))
    #expect(try fault("\n\n", "\n") == .notNote(.withoutSignatures))
    #expect(throws: SignedCheckpoint.Fault.unsigned) { try SignedCheckpoint(note, by: []) }
  }

  @Test(
    "is another log's where a trusted key of another name has signed, and none where it is another text"
  )
  func foreign() throws {
    let other = try #require(NoteKey("other+58639e3e+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"))
    let note = """
      bitim/022a6979e6dab7aa5ae4c3e5e45f7e97
      2
      sTeYX/SE+2ANuTEHx3sDZcgNePW0Kd7Q/Zc2HQd5mes=

      — other \
      WGOePtHXF+N+0TiVZ83753rA2T+8tj2BiXOezgoxwvZ7GU/tG0zP7oMHCb/esWhpIY0YGbU98vINRDI8a0uGxwTetQE=

      """
    #expect(throws: SignedCheckpoint.Fault.otherOrigin(Self.origin)) {
      try SignedCheckpoint(Array(note.utf8), by: [other])
    }
    let text = """
      no checkpoint

      — bitim/022a6979e6dab7aa5ae4c3e5e45f7e97 \
      iiSJhbChT310Jfx5NgiPPgGxFS8Q37UBqnPYIhFYNgUbnMjIwSn2azZZnjWOnKbOIZ5Vx8JmeL4iG0emWI2eKSH5wgI=

      """
    let key = try #require(NoteKey(Self.vkey))
    #expect(throws: SignedCheckpoint.Fault.noCheckpoint) {
      try SignedCheckpoint(Array(text.utf8), by: [key])
    }
  }

  @Test("a file of keys has one a line, and others say nothing; one line that is none spoils it")
  func keyFile() throws {
    let key = try #require(NoteKey(Self.vkey))
    func keys(_ text: String) -> [NoteKey]? { NoteKey.keys(file: Array(text.utf8)) }
    #expect(keys("# of the School\n\n\(Self.vkey)\r\n") == [key])
    #expect(keys("\(Self.vkey)\nx\n") == nil)
    #expect(keys("# none\n") == nil)
    #expect(keys("") == nil)
  }

  @Test("a failure of the agent is told, changes nothing, and is tried again after ten seconds")
  func fails() throws {
    defer { self.forget() }
    var wrong = try Self.octets("0e00000053" + Self.algorithm + "00000040")
    wrong += [UInt8](repeating: 1, count: 64)
    let fake = try FakeAgent(
      // Locked; a signature that does not hold; an end in the middle; silence; then it works.
      try Self.list(), try Self.list((Self.key, "log")), .message(wrong),
      try Self.list((Self.key, "log")), .octets([0, 0, 0, 88, 14]), .silence,
      try Self.list((Self.key, "log")), try Self.signature(2))
    let signer = self.signer(fake, patienceMs: 1_000)
    let troubles: [LogSigner.Trouble] = [
      .agent(.holdsNoKey), .agent(.wrongSignature), .agent(.ended), .agent(.slow(afterMs: 1_000)),
    ]
    for (turn, trouble) in troubles.enumerated() {
      self.clock.turn(to: Int64(turn * 10))
      try self.turn(signer, ["a", "b"])
      #expect(signer.standing.trouble == trouble)
      #expect(self.note(signer) == nil)
      #expect(self.kept() == nil)
      // Not before its time: the agent is not asked.
      self.clock.turn(to: Int64(turn * 10 + 9))
      try self.turn(signer, ["a", "b"])
    }
    self.clock.turn(to: 40)
    try self.turn(signer, ["a", "b"])
    #expect(signer.standing.trouble == nil)
    #expect(self.note(signer) == Self.notes[2])
    #expect(fake.questions().map(\.first) == [11, 11, 13, 11, 13, 11, 11, 13])
  }

  @Test("an agent that is not there is named, and what was signed before is still given")
  func gone() throws {
    defer { self.forget() }
    let fake = try FakeAgent(try Self.list((Self.key, "log")), try Self.signature(2))
    let signer = self.signer(fake)
    try self.turn(signer, ["a", "b"])
    _ = fake.questions()
    self.clock.turn(to: 60)
    try self.turn(signer, ["a", "b", "c"])
    #expect(self.note(signer) == Self.notes[2])
    let words = try #require(signer.standing.trouble?.description)
    #expect(words.hasPrefix("the agent can't be reached: connect to unix://"))
  }

  @Test("of several keys none is taken until one is named, by fingerprint or comment")
  func several() throws {
    defer { self.forget() }
    let both = try Self.list((Self.other, "web"), (Self.key, "log"))
    let fake = try FakeAgent(both, both, both, try Self.signature(2))
    let none = self.signer(fake)
    try self.turn(none, ["a", "b"])
    #expect(
      none.standing.trouble?.description
        == "the agent holds several keys of Ed25519; name one with --signing-key: "
        + "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8 “web”, "
        + "SHA256:F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA “log”")
    let lacking = self.signer(fake, key: "журнал")
    try self.turn(lacking, ["a", "b"])
    #expect(
      lacking.standing.trouble?.description
        == "the agent does not hold the key журнал of --signing-key, but "
        + "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8 “web”, "
        + "SHA256:F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA “log”")
    let named = self.signer(fake, key: "SHA256:F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA")
    try self.turn(named, ["a", "b"])
    #expect(self.note(named) == Self.notes[2])
  }

  @Test(
    "a certificate whose signature does not hold does not leave, and the agent is not asked again before ten seconds"
  )
  func certificates() throws {
    defer { self.forget() }
    let fake = try FakeAgent(
      try Self.list((Self.key, "log")), try Self.signature(2), try Self.signature(3),
      try Self.list((Self.key, "log")), try Self.signature(2))
    let signer = self.signer(fake)
    let certificate = try #require(
      CertificateNote(
        number: "2026-000417-29", subject: .school, holder: "Әбілова Айгерім", holderLatin: nil,
        issuedOn: "2026-03-20", validUntil: nil, act: 1))
    let standing = try #require(
      StandingNote(
        number: "2026-000417-29", day: "2026-03-20", atMs: 1, size: 2,
        events: [.init(.issued, from: "2026-03-20", until: nil, act: 1)]))
    // Nothing rests on a log that was not signed.
    #expect(signer.base == nil)
    try self.turn(signer, ["a", "b"])
    let base = try #require(signer.base)
    #expect(base.size == 2)
    #expect(base.checkpoint.octets == Array(try #require(Self.notes[2]).utf8))
    for _ in 0..<2 {
      #expect(throws: LogSigner.Trouble.agent(.wrongSignature)) {
        try signer.signed(certificate, standing, on: base)
      }
    }
    #expect(signer.base == nil)
    self.clock.turn(to: 9)
    try self.turn(signer, ["a", "b"])
    #expect(signer.standing.trouble == .agent(.wrongSignature))
    self.clock.turn(to: 10)
    try self.turn(signer, ["a", "b"])
    #expect(signer.standing.trouble == nil)
    #expect(signer.base?.size == 2)
    // What was to be signed is the text, and no checkpoint's.
    let asked = fake.questions()
    #expect(asked.count == 5)
    #expect(
      String(decoding: asked[2], as: UTF8.self).contains("bitim.certificate/v1\n2026-000417-29\n"))
  }

  @Test("an act that is not in the log as it was signed is not proven")
  func proofs() throws {
    defer { self.forget() }
    let fake = try FakeAgent(try Self.list((Self.key, "log")), try Self.signature(2))
    let signer = self.signer(fake)
    try self.turn(signer, ["a", "b"])
    let base = try #require(signer.base)
    let entry = JournalEntry(
      sequence: 1, recordedAtMs: 1, kind: "act_refused", salt: [], record: [])
    // No entry of this log is one; and one that is does not fit the root.
    for entries in [[Array("a".utf8), Array("b".utf8)], [entry.octets, Array("b".utf8)]] {
      let proof = try base.proof(ofAct: 1) { after, count in
        Array(entries.dropFirst(Int(after)).prefix(count))
      }
      #expect(proof == nil)
    }
    for act: Int64 in [0, 3] {
      #expect(try base.proof(ofAct: act) { _, _ in [entry.octets] } == nil)
    }
  }

  @Test("the last turn waits for no pause, and signs what is new; what fails it does not ask again")
  func last() throws {
    defer { self.forget() }
    let fake = try FakeAgent(
      try Self.list((Self.key, "log")), try Self.signature(2), try Self.list((Self.key, "log")),
      try Self.signature(3))
    let signer = self.signer(fake)
    func last(_ entries: [String]) throws {
      try signer.turn(
        size: Int64(entries.count), keys: [], isDue: true, atMs: 1_800_000_000_000
      ) { after in
        entries.dropFirst(Int(after)).map { Array($0.utf8) }
      }
    }
    // Of a journal that was not read yet nothing is signed at the end.
    try last(["a", "b"])
    #expect(self.note(signer) == nil)
    try self.turn(signer, ["a", "b"])
    try last(["a", "b"])
    #expect(self.note(signer) == Self.notes[2])
    try last(["a", "b", "c"])
    #expect(self.note(signer) == Self.notes[3])
    #expect(self.kept() == Self.notes[3])
    signer.fail(.unkept("қатты диск"))
    try last(["a", "b", "c", "d"])
    #expect(self.note(signer) == Self.notes[3])
    #expect(signer.standing.trouble == .unkept("қатты диск"))
    #expect(fake.questions().map(\.first) == [11, 13, 11, 13])
  }

  @Test("what everybody is told of a trouble names no key and no place")
  func outward() {
    #expect(
      LogSigner.Trouble.otherHistory(size: 148, file: "/srv/db-signing/checkpoint").outward
        == "the journal is not the one of which a checkpoint of 148 acts was signed")
    #expect(
      LogSigner.Trouble.lacksKey("қоймадағы", []).outward
        == "the server's administrator is told why")
    #expect(LogSigner.Trouble.off.outward == "signing is off (signer = none)")
  }

  @Test("a log that does not go on from what was signed before the last start is not signed")
  func otherHistory() throws {
    defer { self.forget() }
    for entries in [["a", "x", "c"], ["x", "b", "c"], ["a"]] {
      try #require(Self.notes[2]).write(toFile: self.file, atomically: true, encoding: .utf8)
      let fake = try FakeAgent()
      let signer = self.signer(fake)
      try self.turn(signer, entries)
      #expect(signer.standing.trouble == .otherHistory(size: 2, file: self.file))
      // It goes on being given out: it is what proves the other history.
      #expect(self.note(signer) == Self.notes[2])
      #expect(fake.questions() == [])
      #expect(self.kept() == Self.notes[2])
    }
    let fake = try FakeAgent(try Self.list((Self.key, "log")), try Self.signature(3))
    let signer = self.signer(fake)
    try self.turn(signer, ["a", "b", "c"])
    #expect(self.note(signer) == Self.notes[3])
  }

  @Test("what was kept and can't be read, or can't be kept, stands in the way of signing")
  func unkept() throws {
    defer { self.forget() }
    try "bitim\n2\n".write(toFile: self.file, atomically: true, encoding: .utf8)
    let signer = self.signer(try FakeAgent())
    try self.turn(signer, ["a", "b"])
    #expect(
      signer.standing.trouble
        == .unkept("\(self.file): is no signed checkpoint; move it away if you know why"))
    let fake = try FakeAgent(try Self.list((Self.key, "log")), try Self.signature(2))
    let nowhere = LogSigner(
      LogSigner.Source(SigningAgent(at: fake.address, patienceMs: 10_000)),
      keeping: "/nowhere/kept", nanoseconds: { 0 })
    try self.turn(nowhere, ["a", "b"])
    #expect(nowhere.standing.trouble == .unkept("/nowhere/kept: No such file or directory"))
    #expect(self.note(nowhere) == nil)
  }

  @Test("where nobody is to sign, nothing is asked and nothing kept")
  func off() throws {
    let signer = LogSigner(nil, keeping: self.file, nanoseconds: { 0 })
    try self.turn(signer, ["a", "b"])
    #expect(!signer.standing.signs)
    #expect(signer.standing.trouble == .off)
    #expect(self.kept() == nil)
  }

  private static let otherVkey =
    "bitim/022a6979e6dab7aa5ae4c3e5e45f7e97+22102ea9+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
  /// What the other key signs of the log with two entries.
  private static let otherSignature =
    "d1d717e37ed1389567cdfbe77ac0d93fbcb63d8189739ece0a31c2f67b194fed"
    + "1b4ccfee830709bfdeb16869218d1819b53df2f20d44323c6b4b86c704deb501"
  /// What both sign where the first introduces the other: by the first, and by the other.
  private static let introductions = [
    "4d7d4c14a55988994ce2c180ade4fb1003364dd9ee771d945186b7f378a4cfc1"
      + "7c799984754173ee7dbf9391311a26f47f9ea4c267f1d0ae12c99d235719e303",
    "1064eba47469867667c997cd2a4fbd0dd72344d7812b7069ddfa689d67b949b8"
      + "eac9b0aaad93ab19979a70ddb2aebd5ea09a9162e5cf9b9fc5b8a92035f0b102",
  ]
  private static let firstLine =
    "— bitim/022a6979e6dab7aa5ae4c3e5e45f7e97 "
    + "iiSJhU19TBSlWYiZTOLBgK3k+xADNk3Z7ncdlFGGt/N4pM/BfHmZhHVBc+59v5ORMRom9H+epMJn8dCuEsmdI1cZ4wM=\n"
  private static let otherLine =
    "— bitim/022a6979e6dab7aa5ae4c3e5e45f7e97 "
    + "IhAuqRBk66R0aYZ2Z8mXzSpPvQ3XI0TXgStwad36aJ1nuUm46smwqq2TqxmXmnDdsq69XqCakWLlz5ufxbipIDXwsQI=\n"
  private static let introduction =
    "bitim key succession v1\n\(origin)\n\(otherVkey)\nlog\n2026-12-15\n\n"

  private static func signed(_ signature: String) throws -> FakeAgent.Answer {
    .message(try Self.octets("0e00000053" + Self.algorithm + "00000040" + signature))
  }

  /// A key as the journal has it.
  private static func known(
    _ text: String, from day: String, signs: Bool = true, isRetired: Bool = false
  ) throws -> LogSigner.JournalKey {
    .init(
      key: try #require(NoteKey(text)), use: .log, from: day, signs: signs, isRetired: isRetired)
  }

  @Test(
    "once a key is certified, the journal says which signs, and introduces each next one (R-922, R-923)"
  )
  func certified() throws {
    defer { self.forget() }
    let both = try Self.list((Self.other, "web"), (Self.key, "log"))
    let fake = try FakeAgent(
      both, try Self.signature(2), both, try Self.signed(Self.otherSignature),
      try Self.signed(Self.introductions[0]), try Self.signed(Self.introductions[1]))
    let first = try Self.known(Self.vkey, from: "2026-11-01")
    var signer = self.signer(fake, key: "no such key")
    // Of two keys the agent holds the journal knows one.
    try self.turn(signer, ["a", "b"], keys: [first])
    #expect(self.note(signer) == Self.notes[2])
    #expect(signer.standing.isCertified)
    #expect(signer.standing.introductions == [:])
    self.forget()
    signer = self.signer(fake)
    let second = try Self.known(Self.otherVkey, from: "2026-12-15")
    try self.turn(signer, ["a", "b"], keys: [first, second])
    #expect(signer.standing.newest?.keyText == Self.otherVkey)
    #expect(signer.standing.trouble == nil)
    let note = Self.introduction + Self.firstLine + Self.otherLine
    #expect(
      signer.standing.introductions.mapValues { String(decoding: $0.octets, as: UTF8.self) }
        == [second.key: note])
    #expect(try String(contentsOfFile: self.file + "-key-22102ea9", encoding: .utf8) == note)
    #expect(fake.questions().map(\.first) == [11, 13, 11, 13, 13, 13])
  }

  @Test(
    "a key that may sign no more is followed at once, and a stolen one introduced to nobody (R-922)"
  )
  func deposed() throws {
    defer { self.forget() }
    let both = try Self.list((Self.other, "web"), (Self.key, "log"))
    let fake = try FakeAgent(
      both, try Self.signed(Self.otherSignature), try Self.signed(Self.introductions[0]),
      try Self.signed(Self.introductions[1]), both, try Self.signature(2))
    let first = try Self.known(Self.vkey, from: "2026-11-01")
    let second = try Self.known(Self.otherVkey, from: "2026-12-15")
    let signer = self.signer(fake)
    try self.turn(signer, ["a", "b"], keys: [first, second])
    #expect(signer.standing.newest?.keyText == Self.otherVkey)
    #expect(signer.standing.notes.count == 1)
    #expect(!signer.isDeposed(by: [first, second]))
    let stolen = LogSigner.JournalKey(
      key: second.key, use: .log, from: second.from, signs: false, isRetired: true, isStolen: true)
    #expect(signer.isDeposed(by: [first, stolen]))
    // Nothing is new, and the pause is not over.
    try self.turn(signer, ["a", "b"], keys: [first, stolen])
    #expect(self.note(signer) == Self.notes[2])
    #expect(signer.standing.notes == [])
    #expect(!signer.isDeposed(by: [first, stolen]))
    #expect(fake.questions().map(\.first) == [11, 13, 13, 13, 11, 13])
  }

  @Test(
    "a key whose first day is to come is introduced and signs nothing yet; what was made is not made again"
  )
  func ahead() throws {
    defer { self.forget() }
    let own = try Self.list((Self.key, "log"))
    let fake = try FakeAgent(
      own, try Self.signature(2), try Self.signed(Self.introductions[0]), own,
      try Self.signature(3))
    let keys = [
      try Self.known(Self.vkey, from: "2026-11-01"),
      try Self.known(Self.otherVkey, from: "2026-12-15", signs: false),
    ]
    var signer = self.signer(fake)
    try self.turn(signer, ["a", "b"], keys: keys)
    #expect(self.note(signer) == Self.notes[2])
    let note = Self.introduction + Self.firstLine
    #expect(
      signer.standing.introductions.values.map { String(decoding: $0.octets, as: UTF8.self) }
        == [note])
    signer = self.signer(fake)
    try self.turn(signer, ["a", "b", "c"], keys: keys)
    #expect(self.note(signer) == Self.notes[3])
    #expect(
      signer.standing.introductions.values.map { String(decoding: $0.octets, as: UTF8.self) }
        == [note])
    #expect(fake.questions().map(\.first) == [11, 13, 13, 11, 13])
  }

  @Test("what introduces a key and fails keeps no checkpoint back, and is made at the next")
  func introducedLater() throws {
    defer { self.forget() }
    let own = try Self.list((Self.key, "log"))
    let fake = try FakeAgent(
      own, try Self.signature(2), .message([5]), own, own, try Self.signature(3),
      try Self.signed(Self.introductions[0]))
    let keys = [
      try Self.known(Self.vkey, from: "2026-11-01"),
      try Self.known(Self.otherVkey, from: "2026-12-15", signs: false),
    ]
    let signer = self.signer(fake)
    try self.turn(signer, ["a", "b"], keys: keys)
    #expect(self.note(signer) == Self.notes[2])
    #expect(signer.standing.trouble == nil)
    #expect(signer.standing.introductions == [:])
    self.clock.turn(to: 60)
    try self.turn(signer, ["a", "b", "c"], keys: keys)
    #expect(self.note(signer) == Self.notes[3])
    #expect(signer.standing.introductions.count == 1)
    #expect(fake.questions().map(\.first) == [11, 13, 13, 11, 11, 13, 13])
  }

  @Test("a retired key signs nothing, and is neither introduced nor introduces")
  func retired() throws {
    defer { self.forget() }
    let own = try Self.list((Self.key, "log"))
    let gone = try Self.known(Self.vkey, from: "2026-11-01", signs: false, isRetired: true)
    let fake = try FakeAgent(own, own, own, try Self.signature(2))
    var signer = self.signer(fake)
    try self.turn(signer, ["a", "b"], keys: [gone])
    #expect(signer.standing.trouble == .noneStands)
    #expect(
      signer.standing.trouble?.description
        == "no key of the log stands in the journal today; certify the next one (`bitim key add`)")
    signer = self.signer(fake)
    try self.turn(
      signer, ["a", "b"], keys: [gone, Self.known(Self.otherVkey, from: "2026-12-15")])
    #expect(
      signer.standing.trouble?.description
        == "the agent holds none of the log's keys that stand in the journal (`bitim key list`), but "
        + "SHA256:F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA “log”")
    #expect(self.note(signer) == nil)
    #expect(!signer.standing.isCertified)
    let lost = try Self.known(Self.otherVkey, from: "2026-12-15", signs: false, isRetired: true)
    signer = self.signer(fake)
    try self.turn(
      signer, ["a", "b"], keys: [Self.known(Self.vkey, from: "2026-11-01"), lost])
    #expect(self.note(signer) == Self.notes[2])
    #expect(signer.standing.introductions == [:])
    #expect(fake.questions().map(\.first) == [11, 11, 11, 13])
  }

  @Test(
    "a key that was certified for certificates signs them; without one the log's key does, by its other name"
  )
  func signsCertificates() throws {
    defer { self.forget() }
    let other = try #require(NoteKey(Self.otherVkey)).publicKey
    let both = try Self.list((Self.key, "log"), (Hex.text(other.octets), "papers"))
    let log = try Self.known(Self.vkey, from: "2026-11-01")
    let paper = LogSigner.JournalKey(
      key: try #require(NoteKey(name: Self.origin + "/certificates", publicKey: other)),
      use: .certificates, from: "2026-12-15", signs: true, isRetired: false)
    let certificate = try #require(
      CertificateNote(
        number: "2026-000417-29", subject: .school, holder: "Әбілова Айгерім", holderLatin: nil,
        issuedOn: "2026-03-20", validUntil: nil, act: 1))
    let standing = try #require(
      StandingNote(
        number: "2026-000417-29", day: "2026-03-20", atMs: 1, size: 2,
        events: [.init(.issued, from: "2026-03-20", until: nil, act: 1)]))
    for (keys, asked) in [([log], try Self.octets(Self.key)), ([log, paper], other.octets)] {
      // The checkpoint holds; what introduces the key, and the certificate, are of another text.
      let checkpoint = try Self.signature(2)
      let wrong = try Self.signature(3)
      let fake =
        try keys.count == 1
        ? FakeAgent(both, checkpoint, wrong) : FakeAgent(both, checkpoint, wrong, wrong, wrong)
      let signer = self.signer(fake)
      try self.turn(signer, ["a", "b"], keys: keys)
      let base = try #require(signer.base)
      #expect(throws: LogSigner.Trouble.agent(.wrongSignature)) {
        try signer.signed(certificate, standing, on: base)
      }
      let question = try #require(fake.questions().last)
      #expect(question.first == 13)
      #expect(Array(question.dropFirst(24).prefix(32)) == asked)
      self.forget()
    }
  }

  @Test("a key of certificates does not sign the log, and is introduced by a key that does")
  func ofCertificates() throws {
    defer { self.forget() }
    let own = try Self.list((Self.key, "log"))
    let fake = try FakeAgent(own, try Self.signature(2), own, try Self.signature(3))
    let other = try #require(NoteKey(Self.otherVkey)).publicKey
    let paper = LogSigner.JournalKey(
      key: try #require(NoteKey(name: "mediators.kz", publicKey: other)),
      use: .certificates, from: "2026-12-15", signs: true, isRetired: false)
    // As long as no key of the log is certified, the agent's own signs.
    let signer = self.signer(fake)
    try self.turn(signer, ["a", "b"], keys: [paper])
    #expect(self.note(signer) == Self.notes[2])
    #expect(!signer.standing.isCertified)
    #expect(signer.standing.introductions == [:])
    // Before it nobody was certified who could introduce it.
    self.clock.turn(to: 60)
    try self.turn(
      signer, ["a", "b", "c"], keys: [paper, Self.known(Self.vkey, from: "2026-11-01")])
    #expect(self.note(signer) == Self.notes[3])
    #expect(signer.standing.introductions == [:])
    #expect(fake.questions().map(\.first) == [11, 13, 11, 13])
  }
}

@Suite("The agent of the server's own", .enabled(if: FileSystem.isThere("/usr/bin/ssh-agent")))
struct OwnAgentTests {
  private let folder: String
  private let told = Told()

  private final class Told: Sendable {
    let news = Lock<[OwnAgent.News]>([])
  }

  init() throws {
    self.folder = FileManager.default.temporaryDirectory.path + "/bo-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
      atPath: self.folder, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  private func own() -> OwnAgent {
    OwnAgent(in: self.folder, patienceMs: 10_000) { [told] news in
      told.news.withLock { $0.append(news) }
    }
  }

  private func remove() { try? FileManager.default.removeItem(atPath: self.folder) }

  /// Names in the folder, sockets aside.
  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self.folder)
      .filter { !$0.hasSuffix(".sock") }.sorted()
  }

  @Test("makes one key, for its user alone, and signs with it after it was ended too")
  func starts() throws {
    defer { self.remove() }
    let own = self.own()
    let first = try own.source.agent()
    #expect(self.told.news.withLock { $0 } == [.made(self.folder + "/log-key")])
    #expect(try self.names() == ["log-key", "log-key.pub", "said"])
    #expect(FileSystem.mode(of: own.keyFile).map { $0 & 0o777 } == 0o600)
    let key = try #require(try first.keys().first)
    #expect(key.comment == "bitim log key")
    let signature = try first.signature(of: [1, 2, 3], by: key.publicKey)
    #expect(key.publicKey.verifies(signature, of: [1, 2, 3]))
    own.source.failed()
    let second = try own.source.agent()
    #expect(second.address != first.address)
    #expect(try second.keys().map(\.publicKey) == [key.publicKey])
    #expect(self.told.news.withLock { $0.count } == 1)
    own.end()
  }

  @Test("a key that it can't read keeps no other back, and is told of by its file at each start")
  func unread() throws {
    defer { self.remove() }
    let own = self.own()
    defer { own.end() }
    let key = try #require(try own.source.agent().keys().first)
    let (file, next) = try own.makeNext(of: "example.org/log")
    try FileManager.default.copyItem(atPath: file, toPath: self.folder + "/log-key-3")
    try Data("құпия".utf8).write(to: URL(fileURLWithPath: file))
    #expect(try own.source.agent().keys().map(\.publicKey) == [key.publicKey, next.publicKey])
    let news = self.told.news.withLock { $0 }
    #expect(news.count == 2)
    #expect(news.first == .made(self.folder + "/log-key"))
    guard case .unread(let words) = news.last else {
      Issue.record("\(news)")
      return
    }
    #expect(words.hasPrefix("\(file): "))
  }

  @Test("uses no key and no folder that others can reach, and writes over nothing")
  func refuses() throws {
    defer { self.remove() }
    let own = self.own()
    #expect(FileManager.default.createFile(atPath: own.keyFile, contents: Data("x".utf8)))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: own.keyFile)
    #expect(
      throws: LogSigner.Trouble.ownAgent(
        "\(own.keyFile): others can reach it; it is for the server's user alone "
          + "(chmod go= \(own.keyFile))")
    ) { try own.source.agent() }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: own.keyFile)
    let failure = #expect(throws: LogSigner.Trouble.self) { try own.source.agent() }
    #expect(failure?.description.hasPrefix("the server's own agent did not start: sh: ") == true)
    #expect(try String(contentsOfFile: own.keyFile, encoding: .utf8) == "x")
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: self.folder)
    #expect(
      throws: LogSigner.Trouble.ownAgent(
        "\(self.folder): others can reach it; it is for the server's user alone "
          + "(chmod go= \(self.folder))")
    ) { try own.source.agent() }
  }
}
