import BitimCrypto
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

/// Files of `Tests/Golden/bundles`, which `Tests/Interop/bundle_golden.py` writes: the key's seed is 32 octets 42
/// (hexadecimal), the log has 600 acts, the standing is of 2024-11-29T14:30:45.123Z.
@Suite("Bundles, with no network")
struct BundleTests {
  private static let atMs: Int64 = 1_732_890_645_123
  private static let dayMs: Int64 = 86_400_000
  private static let log = "bitim/afdf21b17080cc577027a3802a7c17ef"

  private static func octets(_ name: String) throws -> [UInt8] {
    try Array(Repository.text("Tests/Golden/bundles/\(name)").utf8)
  }

  private static func keys() throws -> [NoteKey] {
    try #require(NoteKey.keys(file: try Self.octets("school.vkey")))
  }

  private static func verdict(
    _ octets: [UInt8], keys: [NoteKey]? = nil, atMs: Int64 = BundleTests.atMs,
    today: String = "2024-11-29", maxAge: Int64 = 30
  ) throws -> BundleVerdict {
    BundleVerdict(
      try CertificateBundle(octets), by: try keys ?? Self.keys(), atMs: atMs, today: today,
      maxAge: maxAge)
  }

  /// A file with a text in place of another, which it must have.
  private static func changed(_ name: String, _ old: String, _ new: String) throws -> [UInt8] {
    let text = String(decoding: try Self.octets(name), as: UTF8.self)
    try #require(text.contains(old))
    return Array(text.replacing(old, with: new, maxReplacements: 1).utf8)
  }

  private static func findings(_ verdict: BundleVerdict) -> [BundleVerdict.Finding] {
    verdict.findings.map(\.finding)
  }

  @Test("what the School signed, in time and in force, is valid; each check says why")
  func valid() throws {
    let verdict = try Self.verdict(try Self.octets("valid.bitim"))
    #expect(verdict.answer == .valid)
    #expect(verdict.findings.map(\.check) == BundleVerdict.Check.allCases)
    #expect(
      Self.findings(verdict) == [
        .signed(by: "\(Self.log)/certificates"), .signed(by: "\(Self.log)/certificates"),
        .signed(by: Self.log), .proven(acts: 1), .fresh(days: 0), .stands(.valid),
      ])
  }

  @Test("a bundle is written as it was read, and says what is signed")
  func reads() throws {
    for name in [
      "valid", "reinstated", "suspended", "revoked", "replaced", "expired", "keys", "rotated",
      "stayed",
      "self-introduced",
    ] {
      let octets = try Self.octets("\(name).bitim")
      #expect(try CertificateBundle(octets).octets == octets)
    }
    let bundle = try CertificateBundle(try Self.octets("reinstated.bitim"))
    #expect(
      bundle.certificate
        == CertificateNote(
          number: "2024-000417-94", subject: .programme(1), holder: "Әбілова Айгерім Серікқызы",
          holderLatin: "Abilova Aigerim", issuedOn: "2024-03-20", validUntil: "2027-03-19", act: 17)
    )
    #expect(
      bundle.standing
        == StandingNote(
          number: "2024-000417-94", day: "2024-11-29", atMs: Self.atMs, size: 600,
          events: [
            .init(.issued, from: "2024-03-20", until: "2027-03-19", act: 17),
            .init(.suspended, from: "2024-10-01", until: "2024-11-05", act: 300),
          ]))
    let keys = try CertificateBundle(try Self.octets("keys.bitim"))
    #expect(keys.certificate.specialisation == "отбасылық дауларда")
    #expect(keys.keyNotes.map(\.text) == ["nobody reads this\n"])
    #expect(try Self.verdict(try Self.octets("keys.bitim")).answer == .valid)
  }

  @Test(
    "what an arbiter stayed has no effect on the days between, and days that overlap are not read (R-632)"
  )
  func stayed() throws {
    let octets = try Self.octets("stayed.bitim")
    for (day, answer) in [
      ("2024-11-29", BundleVerdict.Answer.valid), ("2024-12-14", .valid), ("2024-12-15", .notValid),
    ] {
      #expect(try Self.verdict(octets, today: day).answer == answer)
    }
    func events(_ second: String, _ third: String) -> StandingNote? {
      StandingNote(
        text: "bitim.standing/v1\n2024-000417-94\n2024-11-29 1732890645123\n513\n"
          + "issued 2024-03-20 - 17\n\(second)\n\(third)\n")
    }
    #expect(events("revoked 2024-11-20 2024-11-27 511", "revoked 2024-11-28 - 511") != nil)
    #expect(events("revoked 2024-11-20 2024-11-27 511", "revoked 2024-11-27 - 511") == nil)
    #expect(events("revoked 2024-11-20 - 511", "revoked 2024-12-15 - 511") == nil)
    #expect(events("suspended 2024-11-20 2024-11-27 511", "revoked 2024-11-28 - 511") == nil)
    #expect(events("revoked 2024-11-20 2024-11-27 511", "revoked 2024-11-28 - 510") == nil)
  }

  @Test(
    "a key that a trusted key of the log introduces signs for it; one that introduces itself does not"
  )
  func introduced() throws {
    let rotated = try Self.octets("rotated.bitim")
    #expect(try Self.verdict(rotated).answer == .valid)
    #expect(try Self.verdict(try Self.octets("self-introduced.bitim")).answer == .unknown)
    // Without the note, or where a trusted key stands in a signature of it that does not hold, nobody knows the key.
    let bundle = try CertificateBundle(rotated)
    func answer(_ notes: [SignedNote]) throws -> BundleVerdict.Answer {
      let other = try #require(
        CertificateBundle(
          certificate: bundle.certificateNote, standing: bundle.standingNote, acts: bundle.acts,
          checkpoint: bundle.checkpoint, keyNotes: notes))
      return try Self.verdict(other.octets).answer
    }
    #expect(try answer(bundle.keyNotes) == .valid)
    #expect(try answer([]) == .unknown)
    let text = String(decoding: bundle.keyNotes[0].octets, as: UTF8.self)
    let later = text.replacingOccurrences(of: "2024-10-15", with: "2024-10-16")
    #expect(try answer([SignedNote(Array(later.utf8))]) == .unknown)
    // Nor where the key is to be believed by nobody.
    let file = try #require(KeyFile(Self.octets("disbelieving.vkey")))
    #expect(file.keys == (try Self.keys()))
    #expect(
      BundleVerdict(
        bundle, by: file.keys, butNot: file.disbelieved, atMs: bundle.standing.atMs,
        today: "2024-11-29", maxAge: 30
      ).answer == .unknown)
    // Who trusts the log's key for checkpoints alone trusts nobody for certificates by it.
    let log = try Self.keys().filter { $0.certificatesLog == nil }
    #expect(
      BundleVerdict(bundle, by: log, atMs: bundle.standing.atMs, today: "2024-11-29", maxAge: 30)
        .answer == .unknown)
  }

  @Test(
    "what stands against a certificate makes it not valid, in the order in which the registry asks (R-701)",
    arguments: [
      ("suspended", "2024-11-29", "suspended 2024-10-01 - 260"),
      ("revoked", "2024-11-29", "revoked 2024-11-20 - 511"),
      ("replaced", "2024-11-29", "replaced 2024-11-25 - 600 2024-000901-97"),
      ("replaced", "2025-05-01", "replaced 2024-11-25 - 600 2024-000901-97"),
    ])
  func ended(name: String, today: String, event: String) throws {
    let verdict = try Self.verdict(try Self.octets("\(name).bitim"), today: today)
    #expect(verdict.answer == .notValid)
    guard case .stands(.ended(let found))? = verdict.findings.last?.finding else {
      Issue.record("nothing stands against \(name)")
      return
    }
    let words = [found.kind.rawValue, found.from, found.until ?? "-", "\(found.act)"]
    #expect((words + [found.successor].compactMap { $0 }).joined(separator: " ") == event)
  }

  @Test("a suspension that is over, days that are over and days that have not begun are told apart")
  func days() throws {
    #expect(try Self.verdict(try Self.octets("reinstated.bitim")).answer == .valid)
    let over = try Self.verdict(try Self.octets("expired.bitim"))
    #expect(over.answer == .notValid)
    #expect(Self.findings(over).last == .stands(.expired(since: "2024-11-28")))
    let later = try Self.verdict(try Self.octets("reinstated.bitim"), today: "2027-03-20")
    #expect(later.answer == .notValid)
    #expect(Self.findings(later).last == .stands(.expired(since: "2027-03-19")))
    // A reader's day that is before the standing's own is none to judge by.
    #expect(try Self.verdict(try Self.octets("valid.bitim"), today: "2020-01-01").answer == .valid)
    let note = try #require(
      StandingNote(
        number: "2024-000417-94", day: "2024-03-01", atMs: 1, size: 9,
        events: [
          .init(.issued, from: "2024-03-20", until: "2024-04-30", act: 3),
          .init(.replaced, from: "2024-04-20", until: nil, act: 5, successor: "2024-000901-97"),
          .init(.suspended, from: "2024-04-10", until: "2024-04-25", act: 6),
          .init(.suspended, from: "2024-04-05", until: "2024-04-25", act: 8),
          .init(.revoked, from: "2024-04-24", until: nil, act: 9),
        ]))
    let events = note.events
    #expect(note.standing(on: "2024-03-19") == .notYetValid(from: "2024-03-20"))
    #expect(note.standing(on: "2024-03-20") == .valid)
    #expect(note.standing(on: "2024-04-04") == .valid)
    #expect(note.standing(on: "2024-04-10") == .ended(events[3]))
    #expect(note.standing(on: "2024-04-23") == .ended(events[3]))
    #expect(note.standing(on: "2024-04-24") == .ended(events[4]))
  }

  @Test(
    "what is old makes nothing valid, and ends nothing that may be over; what is for good stays so")
  func age() throws {
    func answer(
      _ name: String, _ days: Int64, _ more: Int64 = 0, maxAge: Int64 = 30
    ) throws -> BundleVerdict {
      try Self.verdict(
        try Self.octets(name), atMs: Self.atMs + days * Self.dayMs + more, maxAge: maxAge)
    }
    let last = try answer("valid.bitim", 31, -1)
    #expect(last.answer == .valid)
    #expect(Self.findings(last)[4] == .fresh(days: 30))
    let old = try answer("valid.bitim", 31)
    #expect(old.answer == .unknown)
    #expect(Self.findings(old)[4] == .old(days: 31))
    #expect(try answer("valid.bitim", 1, -1, maxAge: 0).answer == .valid)
    #expect(try answer("valid.bitim", 1, maxAge: 0).answer == .unknown)
    #expect(try answer("suspended.bitim", 30).answer == .notValid)
    #expect(try answer("suspended.bitim", 31).answer == .unknown)
    for name in ["revoked.bitim", "replaced.bitim", "expired.bitim"] {
      #expect(try answer(name, 4_000).answer == .notValid)
    }
    // Two clocks may differ by less than a day.
    #expect(Self.findings(try answer("valid.bitim", -1, 1))[4] == .fresh(days: 0))
    let early = try answer("valid.bitim", -1)
    #expect(early.answer == .unknown)
    #expect(Self.findings(early)[4] == .future)
  }

  @Test("whose key is not trusted has said nothing: unknown, and never valid")
  func keys() throws {
    let octets = try Self.octets("valid.bitim")
    let keys = try Self.keys()
    let none = try Self.verdict(octets, keys: [])
    #expect(none.answer == .unknown)
    #expect(
      Self.findings(none) == [
        .unsigned, .unsigned, .unsigned, .notLookedAt, .notLookedAt, .notLookedAt,
      ])
    // The log's key signs no certificates, the certificates' no checkpoints.
    let log = try Self.verdict(octets, keys: [keys[0]])
    #expect(log.answer == .unknown)
    #expect(Self.findings(log)[2] == .signed(by: Self.log))
    let certificates = try Self.verdict(octets, keys: [keys[1]])
    #expect(certificates.answer == .unknown)
    #expect(Self.findings(certificates)[2] == .unsigned)
    // The same key under another School's name.
    let other = try #require(NoteKey(name: "bitim/other", publicKey: keys[0].publicKey))
    #expect(try Self.verdict(octets, keys: [other, other.forCertificates]).answer == .unknown)
  }

  @Test("whatever octet is changed: what comes of it is not valid, unknown or no bundle")
  func flips() throws {
    let keys = try Self.keys()
    let octets = try Self.octets("valid.bitim")
    var answers: [String: Int] = [:]
    for index in octets.indices {
      // Another bit at each: all of each octet took minutes, and shows the same.
      var copy = octets
      copy[index] ^= 1 << UInt8(index % 8)
      guard let bundle = try? CertificateBundle(copy) else {
        answers["unreadable", default: 0] += 1
        continue
      }
      let verdict = BundleVerdict(
        bundle, by: keys, atMs: Self.atMs, today: "2024-11-29", maxAge: 30)
      #expect(verdict.answer != .valid, "octet \(index)")
      answers["\(verdict.answer)", default: 0] += 1
    }
    // Each way is met: a test that only ever saw files that can't be read would show nothing.
    #expect(Set(answers.keys) == ["unreadable", "notValid", "unknown"])
  }

  @Test("parts of two bundles, each signed, make none")
  func mixed() throws {
    let valid = try CertificateBundle(try Self.octets("valid.bitim"))
    let suspended = try CertificateBundle(try Self.octets("suspended.bitim"))
    let expired = try CertificateBundle(try Self.octets("expired.bitim"))
    func verdict(
      _ certificate: CertificateBundle, _ standing: CertificateBundle, _ acts: CertificateBundle,
      _ checkpoint: CertificateBundle
    ) throws -> BundleVerdict {
      let mixed = try #require(
        CertificateBundle(
          certificate: certificate.certificateNote, standing: standing.standingNote,
          acts: acts.acts, checkpoint: checkpoint.checkpoint))
      return try Self.verdict(mixed.octets)
    }
    #expect(try verdict(valid, valid, valid, valid).answer == .valid)
    let other = try verdict(expired, valid, valid, valid)
    #expect(other.answer == .notValid)
    #expect(Self.findings(other)[1] == .differs)
    let size = try verdict(valid, suspended, suspended, valid)
    #expect(size.answer == .notValid)
    #expect(Self.findings(size)[2] == .differs)
    let more = try verdict(valid, valid, suspended, valid)
    #expect(more.answer == .notValid)
    #expect(Self.findings(more)[3] == .notProven(act: 17))
    let fewer = try verdict(suspended, suspended, valid, suspended)
    #expect(fewer.answer == .notValid)
    #expect(Self.findings(fewer)[3] == .notProven(act: 17))
    let notes = CertificateBundle(
      certificate: valid.standingNote, standing: valid.standingNote, acts: [],
      checkpoint: valid.checkpoint)
    #expect(notes == nil)
  }

  @Test("an act beside those of the events, or one of another kind, is found")
  func acts() throws {
    let valid = try CertificateBundle(try Self.octets("valid.bitim"))
    let revoked = try CertificateBundle(try Self.octets("revoked.bitim"))
    let replaced = try CertificateBundle(try Self.octets("replaced.bitim"))
    func finding(_ acts: [CertificateBundle.ProvenAct]) throws -> BundleVerdict.Finding {
      let bundle = try #require(
        CertificateBundle(
          certificate: replaced.certificateNote, standing: replaced.standingNote, acts: acts,
          checkpoint: replaced.checkpoint))
      return Self.findings(try Self.verdict(bundle.octets))[3]
    }
    #expect(try finding(replaced.acts) == .proven(acts: 2))
    #expect(try finding(valid.acts) == .notProven(act: 600))
    #expect(try finding(replaced.acts + [revoked.acts[1]]) == .notProven(act: 300))
    #expect(try finding(replaced.acts.reversed()) == .notProven(act: 17))
    #expect(try finding([valid.acts[0], valid.acts[0]]) == .notProven(act: 600))
  }

  @Test(
    "what is no bundle is named by its line",
    arguments: [
      ("bitim.bundle/v1", "bitim.bundle/v2", CertificateBundle.Fault.notBundle),
      ("programme 1", "programme 1\r", .notBundle),
      ("certificate 10", "certificate 010", .badLine(2)),
      ("certificate 10", "certificate 9", .badLine(2)),
      ("certificate 10", "certificate 99", .badLine(2)),
      ("certificate 10", "certificat 10", .badLine(2)),
      ("programme 1", "programme 4", .badLine(2)),
      ("programme 1", "programme  1", .badLine(2)),
      ("standing 7", "standing 8", .badLine(13)),
      ("act 11", "act 12", .badLine(33)),
      ("act 11", "act 10", .badLine(32)),
      ("act 11", "act 0", .badLine(21)),
      (#""v":1}"#, #""v":2}"#, .badLine(22)),
      (#""seq":17"#, #""seq":017"#, .badLine(22)),
      ("checkpoint 5", "checkpoint 4", .badLine(33)),
    ])
  func unreadable(old: String, new: String, fault: CertificateBundle.Fault) throws {
    let octets = try Self.changed("valid.bitim", old, new)
    #expect(throws: fault) { try CertificateBundle(octets) }
  }

  @Test("a bundle ends with its last section, and is not too long")
  func ends() throws {
    let octets = try Self.octets("valid.bitim")
    #expect(throws: CertificateBundle.Fault.badLine(39)) {
      try CertificateBundle(octets + Array("\n".utf8))
    }
    #expect(throws: CertificateBundle.Fault.notBundle) {
      try CertificateBundle(Array(octets.dropLast()))
    }
    #expect(throws: CertificateBundle.Fault.notBundle) { try CertificateBundle([]) }
    let long = [UInt8](repeating: 0x0A, count: CertificateBundle.octetsMax + 1)
    #expect(throws: CertificateBundle.Fault.tooLong) { try CertificateBundle(long) }
  }
}

@Suite("What notes say of a certificate")
struct CertificateNoteTests {
  private static let text = """
    bitim.certificate/v1
    2026-000417-29
    programme 1
    -
    Әбілова Айгерім Серікқызы
    Abilova Aigerim
    2026-03-20 -
    17

    """

  @Test("a certificate is eight lines, and short enough for a QR code")
  func certificate() throws {
    let note = try #require(
      CertificateNote(
        number: "2026-000417-29", subject: .programme(1), holder: "Әбілова Айгерім Серікқызы",
        holderLatin: "Abilova Aigerim", issuedOn: "2026-03-20", validUntil: nil, act: 17))
    #expect(note.text == Self.text)
    #expect(CertificateNote(text: Self.text) == note)
    // 281 octets with its signature: a code of version 13 takes 331.
    let name = "bitim/afdf21b17080cc577027a3802a7c17ef/certificates"
    #expect(Self.text.utf8.count + 1 + "— \(name) ".utf8.count + 92 + 1 == 281)
  }

  @Test(
    "what differs in a line is no certificate",
    arguments: [
      ("bitim.certificate/v1", "bitim.certificate/v2"), ("2026-000417-29", "2026-00417-29"),
      ("2026-000417-29", "2026-000417-2a"), ("programme 1", "programme 0"),
      ("programme 1", "programme 4"), ("programme 1", "programme 01"), ("programme 1", "school 1"),
      ("programme 1", "adopted"), ("programme 1", "attendance 4"), ("programme 1", ""),
      ("\n-\n", "\n\n"), ("\n-\n", "\n \n"),
      ("Abilova Aigerim", ""), ("Abilova Aigerim", " Abilova"), ("Abilova Aigerim", "Abilova "),
      ("Abilova Aigerim", "Abilova\u{7F}"), ("Әбілова Айгерім Серікқызы", "-"),
      ("2026-03-20", "2026-02-29"), ("2026-03-20", "2026-13-01"), ("2026-03-20", "2026-00-10"),
      ("2026-03-20", "2026-04-31"), ("2026-03-20", "2026-04-00"), ("2026-03-20", "1900-02-29"),
      ("2026-03-20 -", "2026-03-20 2026-03-19"), ("2026-03-20 -", "2026-03-20"),
      ("2026-03-20 -", "2026-03-20 - -"), ("\n17\n", "\n017\n"), ("\n17\n", "\n0\n"),
      ("\n17\n", "\n+17\n"), ("\n17\n", "\n17"), ("\n17\n", "\n17\n\n"),
      ("\n17\n", "\n9223372036854775808\n"),
    ])
  func strict(old: String, new: String) throws {
    try #require(Self.text.contains(old))
    #expect(CertificateNote(text: Self.text.replacing(old, with: new)) == nil)
  }

  @Test("leap days, all kinds and the longest text can be said")
  func wide() throws {
    for (old, new) in [
      ("2026-03-20 -", "2028-02-29 2028-02-29"), ("2026-03-20", "2000-02-29"),
      ("programme 1", "school"), ("programme 1", "adopted 3"), ("programme 1", "attendance"),
      ("Abilova Aigerim", "-"),
      ("Abilova Aigerim", String(repeating: "a", count: 400)), ("\n-\n", "\nотбасы\n"),
    ] {
      let text = Self.text.replacing(old, with: new)
      #expect(try #require(CertificateNote(text: text)).text == text)
    }
    let long = Self.text.replacing("Abilova Aigerim", with: String(repeating: "a", count: 401))
    #expect(CertificateNote(text: long) == nil)
    // What could be read as another line can't be said.
    #expect(
      CertificateNote(
        number: "2026-000417-29", subject: .school, holder: "a\nb", holderLatin: nil,
        issuedOn: "2026-03-20", validUntil: nil, act: 17) == nil)
  }

  private static let standing = """
    bitim.standing/v1
    2026-000417-29
    2026-11-29 1795962645123
    600
    issued 2026-03-20 - 17
    suspended 2026-10-01 2026-11-05 300
    replaced 2026-11-25 - 600 2026-000901-32

    """

  @Test("a standing has its events in the order of their acts, and is written as it was read")
  func standing() throws {
    let note = try #require(StandingNote(text: Self.standing))
    #expect(note.text == Self.standing)
    #expect(note.events.map(\.act) == [17, 300, 600])
    #expect(note.events.map(\.successor) == [nil, nil, "2026-000901-32"])
  }

  @Test(
    "what differs in a line is no standing",
    arguments: [
      ("bitim.standing/v1", "bitim.standing"), ("2026-000417-29", "2026-000417"),
      ("2026-11-29 1795962645123", "2026-11-29"), ("2026-11-29 1795962645123", "2026-11-31 1"),
      ("2026-11-29 1795962645123", "2026-11-29 0"), ("\n600\n", "\n599\n"), ("\n600\n", "\n-600\n"),
      ("issued 2026-03-20 - 17\n", ""), ("issued", "revoked"), ("suspended", "issued"),
      ("suspended", "paused"), ("- 17", "- 300"), ("- 17", "- 301"), ("- 17", "17"),
      ("2026-11-05", "2026-09-30"), ("2026-11-05 300", "2026-11-05 300 "),
      ("600 2026-000901-32", "600"), ("600 2026-000901-32", "600 -"),
      ("- 17", "- 17 2026-000901-32"),
    ])
  func strictStanding(old: String, new: String) throws {
    try #require(Self.standing.contains(old))
    let text = Self.standing.replacing(old, with: new, maxReplacements: 1)
    #expect(StandingNote(text: text) == nil)
  }

  @Test("a standing has a hundred events and no more")
  func many() {
    func note(_ count: Int64) -> StandingNote? {
      let issued = StandingNote.Event(.issued, from: "2026-03-20", until: nil, act: 1)
      let marks = (2...count).map {
        StandingNote.Event(.suspended, from: "2026-03-20", until: "2026-03-21", act: $0)
      }
      return StandingNote(
        number: "2026-000417-29", day: "2026-11-29", atMs: 1, size: 200, events: [issued] + marks)
    }
    #expect(note(100)?.events.count == 100)
    #expect(note(101) == nil)
  }

  @Test("an entry is read as it is written, and in no other form")
  func entries() throws {
    let entry = JournalEntry(
      sequence: 17, recordedAtMs: 0, kind: "act_refused", salt: [1], record: [2])
    #expect(JournalEntry(entry.octets) == entry)
    let text = String(decoding: entry.octets, as: UTF8.self)
    for (old, new) in [
      (#""at":0"#, #""at":00"#), (#""seq":17"#, #""seq":0"#), ("act_refused", "Act"),
      (#""v":1"#, #""v":1 "#), (#"{"at""#, #" {"at""#), ("a1", "A1"),
    ] where text.contains(old) {
      #expect(JournalEntry(Array(text.replacing(old, with: new).utf8)) == nil)
    }
  }
}

@Suite("A tree that is kept in tiles")
struct TreeTileTests {
  @Test("its roots and proofs are those of the whole tree, at each size to 1,100")
  func whole() throws {
    let entries = (0..<1_100).map { Array("entry \($0)".utf8) }
    var tiles = TreeTiles()
    var frontier = TreeFrontier()
    var hashes = TreeHashes()
    #expect(tiles.root == MerkleTree.emptyRoot)
    for entry in entries {
      tiles.append(entry)
      frontier.append(entry)
      hashes.append(entry)
      #expect(tiles.size == frontier.size)
      #expect(tiles.root == frontier.root)
    }
    for size: UInt64 in [
      1, 2, 255, 256, 257, 300, 511, 512, 513, 767, 768, 1_000, 1_023, 1_024, 1_100,
    ] {
      for index in Set([0, 1, size / 2, size &- 2, size - 1]) where index < size {
        var asked = 0
        let proof = try tiles.inclusion(of: index, in: size) { range in
          asked += range.count
          return Array(entries[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        #expect(proof == TreeProof.inclusion(of: index, in: size, hashes.complete))
        #expect(asked <= 510, "\(index) of \(size)")
      }
    }
    #expect(try tiles.inclusion(of: 5, in: 5) { _ in [] } == nil)
    #expect(try tiles.inclusion(of: 5, in: 1_101) { _ in [] } == nil)
  }
}
