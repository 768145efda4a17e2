import BitimClient
import BitimDomain
import BitimProtocol
import BitimSystem
import BitimTestSupport
import BitimTrust
import CSQLite
import Foundation
import Testing

@testable import bitim

@Suite(
  "The log that is signed, as an auditor sees it",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct AuditCommandTests {
  private typealias Said = (status: Int32, output: String, errors: String)

  private static func bitim(
    _ words: [String], in school: TestSchool, language: String = "en"
  ) throws -> Said {
    let token = school.folder.appendingPathComponent("\(UUID().uuidString).token").path
    #expect(
      FileManager.default.createFile(
        atPath: token, contents: Data(school.secret.utf8), attributes: [.posixPermissions: 0o600]))
    return try Repository.run(
      "bitim",
      ["audit"] + words
        + [
          "--server", school.address.description, "--token-file", token, "--language", language,
        ], in: school.folder)
  }

  /// Verifies `note` by `key`: each check with its verdict and what it says.
  private static func verified(
    _ school: TestSchool, _ note: String = "note", _ key: String = "key"
  ) throws -> (status: Int32, checks: [String], errors: String) {
    let said = try Self.bitim(
      ["verify", "--checkpoint", note, "--trust", key, "--output", "csv"], in: school)
    let rows = said.output.split(separator: "\r\n").map(String.init)
    #expect(rows.first == "check,verdict,note")
    return (said.status, Array(rows.dropFirst()), said.errors)
  }

  /// A School whose first four acts are signed, note and key kept.
  private static func signed() throws -> TestSchool {
    let school = try TestSchool(signs: true)
    try school.sign()
    #expect(try Self.bitim(["checkpoint", "--to", "note"], in: school).status == 0)
    #expect(try Self.bitim(["key", "--to", "key"], in: school).status == 0)
    return school
  }

  private static func text(_ name: String, of school: TestSchool) throws -> String {
    try String(contentsOf: school.folder.appendingPathComponent(name), encoding: .utf8)
  }

  private static func write(_ text: String, as name: String, of school: TestSchool) throws {
    try Data(text.utf8).write(to: school.folder.appendingPathComponent(name))
  }

  /// What the administrator does with plain SQL, triggers dropped.
  private static func change(_ sql: String, in school: TestSchool) throws {
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(school.database, &database) == SQLITE_OK)
    unsafe sqlite3_busy_timeout(database, 10_000)
    let all =
      "DROP TRIGGER IF EXISTS entry_stays_u; DROP TRIGGER IF EXISTS entry_stays_d;"
      + "DROP TRIGGER IF EXISTS journal_head_follows;" + sql
    #expect(
      unsafe sqlite3_exec(database, all, nil, nil, nil) == SQLITE_OK,
      "\(unsafe String(cString: sqlite3_errmsg(database)))")
    unsafe sqlite3_close(database)
  }

  @Test("a checkpoint and its key are saved, and never over what was kept")
  func saves() async throws {
    let school = try Self.signed()
    defer { school.close() }
    let answer = try await AccessServiceClient(school.administrator).getCheckpoint(.init())
    let journal = try await AccessServiceClient(school.administrator).getJournal(.init())
    #expect(try Self.text("note", of: school) == answer.note)
    // The name by which certificates are signed is pinned with the log's.
    let named = try #require(NoteKey(answer.key))
    let certificates = try #require(
      NoteKey(name: named.name + "/certificates", publicKey: named.publicKey))
    #expect(try Self.text("key", of: school) == "\(answer.key)\n\(certificates)\n")
    #expect(answer.trouble == "")
    #expect(answer.signedAt?.seconds == school.clock.now.unixMilliseconds / 1_000)
    let key = try #require(NoteKey(answer.key))
    let checkpoint = try SignedCheckpoint(Array(answer.note.utf8), by: [key]).checkpoint
    #expect(checkpoint.size == journal.size)
    #expect(checkpoint.root == journal.root)
    let shown = try Self.bitim(["checkpoint", "--output", "csv"], in: school)
    #expect(
      shown.output
        == "origin,size,root,signed,key\r\n\(checkpoint.origin),4,\(Base64.text(checkpoint.root)),"
        + "2026-11-22T07:00:00Z,\(answer.key)\r\n")
    for words in [["checkpoint", "--to", "note"], ["key", "--to", "key"]] {
      let again = try Self.bitim(words, in: school)
      #expect(again.status == 2)
      #expect(again.errors.contains(words[2]))
    }
    #expect(try Self.text("note", of: school) == answer.note)
    // A partner's token, and whoever else has one, is given it; a stranger is not.
    await #expect(throws: CallFailure.self) {
      try await AccessServiceClient(school.stranger).getCheckpoint(.init())
    }
  }

  @Test("a log that only grew has what was signed, and what was signed since")
  func holds() async throws {
    let school = try Self.signed()
    defer { school.close() }
    _ = try await school.person("Abilova", "Zhuldyz")
    let key = try #require(try Self.text("key", of: school).split(separator: "\n").first)
    var said = try Self.verified(school)
    #expect(said.status == 0, "\(said.errors)")
    #expect(said.errors == "")
    #expect(
      said.checks == [
        "signature,holds,\"note: signed with a key you trust, \(key): nobody without that key can have "
          + "written it\"",
        "entries,holds,\"all 5 entries are whole, without a gap and in the order of time, and give the "
          + "root that the server says\"",
        "history,holds,note: the 4 acts that were signed are the first 4 of 5: nothing of them was "
          + "changed since",
        "newest,holds,\"the newest signed checkpoint, of 4 acts, is by a key you trust, and the log has "
          + "it\"",
      ])
    // A day later who asks for the newest has what is new signed.
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-23")))
    said = try Self.verified(school)
    #expect(said.status == 0)
    #expect(
      said.checks.last
        == "newest,holds,\"the newest signed checkpoint, of 5 acts, is by a key you trust, and the log "
        + "has it\"")
  }

  @Test(
    "a note that was changed, or by no key that is trusted, proves nothing",
    arguments: [
      ("bitim/", "bitim/0", true, "no key of key has signed it; it proves nothing"),
      ("\n4\n", "\n5\n", false, "does not hold: text or signature was changed after it was made"),
      ("\n\n— ", "\n— ", false, "is no signed note; `bitim audit checkpoint --to FILE` saves one"),
    ])
  func tampered(from: String, to: String, all: Bool, sentence: String) throws {
    let school = try Self.signed()
    defer { school.close() }
    let note = try Self.text("note", of: school)
    let other = note.replacingOccurrences(of: from, with: to)
    #expect(other != note)
    try Self.write(other, as: "other", of: school)
    let said = try Self.verified(school, "other")
    #expect(said.status == 1)
    #expect(said.checks.count == 1)
    #expect(said.checks.first?.hasPrefix("signature,fails,") == true)
    #expect(said.checks.first?.contains(sentence) == true, "\(said.checks)")
    #expect(
      said.errors
        == "other can't be used, and the log was not looked at: give a note that "
        + "`bitim audit checkpoint --to` saved, and the key of then\n")
  }

  @Test("what is no file of keys, or not there, is said with the way out")
  func usage() throws {
    let school = try Self.signed()
    defer { school.close() }
    let said = try Self.bitim(["verify", "--checkpoint", "note", "--trust", "note"], in: school)
    #expect(said.status == 2)
    #expect(
      said.errors
        == "bitim: note: is no file of keys; it has a line name+12345678+base64 for each, as `bitim audit key` "
        + "gives it\n")
    #expect(try Self.bitim(["verify", "--checkpoint", "note"], in: school).status == 2)
    let absent = try Self.bitim(
      ["verify", "--checkpoint", "none", "--trust", "key"], in: school)
    #expect(absent.status == 2)
  }

  @Test(
    "history that was changed with plain SQL is found, and the first entry named where one shows it",
    arguments: [
      (
        "UPDATE entry SET octets = CAST(replace(CAST(octets AS TEXT), '\"kind\":\"', '\"kind\":\"x') AS BLOB)"
          + " WHERE seq = 2",
        "the 5 entries give another root than the server says: entries were changed after they were "
          + "recorded"
      ),
      (
        "UPDATE entry SET octets = CAST(replace(CAST(octets AS TEXT), '{\"at\":', '{\"at\":9') AS BLOB)"
          + " WHERE seq = 2",
        "entry 3 is the first that is out of time: it says that it was recorded before the entry ahead "
          + "of it"
      ),
      (
        "DELETE FROM entry WHERE seq = 2",
        "entry 2 is the first that is missing: another stands in its place"
      ),
      (
        "UPDATE entry SET octets = CAST('{}' AS BLOB) WHERE seq = 4",
        "entry 4 is the first that is none: what stands in its place was not written by the registry"
      ),
    ])
  func changed(sql: String, sentence: String) async throws {
    let school = try Self.signed()
    defer { school.close() }
    _ = try await school.person("Abilova", "Zhuldyz")
    try Self.change(sql, in: school)
    let said = try Self.verified(school)
    #expect(said.status == 1)
    #expect(said.checks.count == 4)
    #expect(said.checks[1].contains(sentence), "\(said.checks)")
    #expect(said.checks[1].hasPrefix("entries,fails,"))
    #expect(
      said.checks[2]
        == "history,fails,\"note: the first 4 entries are not those that were signed: one of them was "
        + "changed, or put in, or taken out\"")
    #expect(
      said.checks[3]
        == "newest,fails,\"the server gives out a signed checkpoint of 4 acts that its own log does not "
        + "have: keep both, they prove it\"")
  }

  @Test("a journal that was rewritten with all its hashes is not the one that was signed")
  func rewritten() async throws {
    let school = try Self.signed()
    defer { school.close() }
    var request = BitimV1.GetJournalRequest()
    (request.entries, request.afterSequence) = (1_000, 0)
    var entries = try await AccessServiceClient(school.administrator).getJournal(request).entries
    #expect(entries.count == 4)
    entries[2] = entries[2].replacingOccurrences(of: "\"kind\":\"", with: "\"kind\":\"x")
    var tree = TreeFrontier()
    for entry in entries { tree.append(Array(entry.utf8)) }
    let frontier = tree.octets.map { String(format: "%02x", $0) }.joined()
    try Self.change(
      "UPDATE entry SET octets = CAST('\(entries[2])' AS BLOB) WHERE seq = 3;"
        + "UPDATE journal_head SET frontier = x'\(frontier)'", in: school)
    let said = try Self.verified(school)
    #expect(said.status == 1)
    #expect(
      said.checks.map { $0.split(separator: ",").prefix(2).joined(separator: " ") } == [
        "signature holds", "entries holds", "history fails", "newest fails",
      ])
  }

  @Test("an older copy in the registry's place, and another registry, are told apart")
  func others() async throws {
    let school = try Self.signed()
    defer { school.close() }
    let old = school.folder.appendingPathComponent("old")
    try FileManager.default.createDirectory(at: old, withIntermediateDirectories: true)
    for name in ["bitim.db", "bitim.db-wal"] {
      try? FileManager.default.copyItem(
        at: school.folder.appendingPathComponent(name), to: old.appendingPathComponent(name))
    }
    _ = try await school.person("Abilova", "Zhuldyz")
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-23")))
    try school.sign()
    #expect(try Self.bitim(["checkpoint", "--to", "five"], in: school).status == 0)
    let copy = try TestSchool(copying: old, secret: school.secret, on: "2026-11-23")
    defer { copy.close() }
    for name in ["five", "key", "note"] {
      try Self.write(try Self.text(name, of: school), as: name, of: copy)
    }
    let short = try Self.verified(copy, "five")
    #expect(short.status == 1)
    #expect(
      Array(short.checks.dropFirst(2)) == [
        "history,fails,\"five: 5 acts were signed, and the log has 4: acts were taken away, or an old "
          + "copy took its place\"",
        "newest,unknown,no newer checkpoint is signed: signing is off (signer = none)",
      ])
    let whole = try Self.verified(copy, "note")
    #expect(whole.status == 0)
    let other = try Self.signed()
    defer { other.close() }
    try Self.write(try Self.text("note", of: school), as: "theirs", of: other)
    try Self.write(
      try Self.text("key", of: school) + Self.text("key", of: other), as: "keys", of: other)
    let foreign = try Self.verified(other, "theirs", "keys")
    #expect(foreign.status == 1)
    #expect(foreign.checks[2].hasPrefix("history,fails,\"theirs: is of the log bitim/"))
    #expect(
      foreign.checks[2].hasSuffix(": another registry, or its first entry was changed\""))
    // By a key that is not trusted the newest is worth nothing, however well the log fits.
    let untrusted = try Self.verified(other, "theirs")
    #expect(untrusted.checks.map { $0.prefix(16) } == ["signature,fails,"])
  }

  @Test(
    "where nothing is signed the call says why, and so does the server's standing",
    arguments: [
      ("kk", "бақылау нүктесіне қол қойылмаған: signing is off (signer = none)\n"),
      ("ru", "контрольная точка не подписана: signing is off (signer = none)\n"),
      ("en", "no checkpoint is signed: signing is off (signer = none)\n"),
    ])
  func off(language: String, words: String) async throws {
    let school = try TestSchool()
    defer { school.close() }
    let said = try Self.bitim(["checkpoint", "--to", "note"], in: school, language: language)
    #expect(said.status == 1)
    #expect(said.errors == words)
    let status = try await BackupServiceClient(school.administrator).getServerStatus(.init())
    #expect(!status.signs)
    #expect(status.signedActs == 0)
    #expect(status.signingTrouble == "signing is off (signer = none)")
  }

  @Test("the server's standing has how far the log is signed")
  func standing() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let before = try await BackupServiceClient(school.administrator).getServerStatus(.init())
    #expect(before.signs)
    #expect(before.signedActs == 0)
    #expect(before.signingTrouble == "the server has just started")
    try school.sign()
    let after = try await BackupServiceClient(school.administrator).getServerStatus(.init())
    #expect(after.signedActs == 4)
    #expect(after.signedAt?.seconds == school.clock.now.unixMilliseconds / 1_000)
    #expect(after.signingTrouble == "")
  }

  @Test("entries are read page by page behind a number, to their end")
  func pages() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let access = AccessServiceClient(school.administrator)
    var request = BitimV1.GetJournalRequest()
    (request.entries, request.afterSequence) = (1_000, 0)
    let all = try await access.getJournal(request).entries
    #expect(all.count == 4)
    (request.entries, request.afterSequence) = (2, 1)
    #expect(try await access.getJournal(request).entries == Array(all[1...2]))
    request.afterSequence = 4
    #expect(try await access.getJournal(request).entries == [])
    for (entries, after) in [(1_001, 0), (1, -1)] as [(Int32, Int64)] {
      (request.entries, request.afterSequence) = (entries, after)
      let asked = request
      await #expect(throws: CallFailure.self) {
        try await access.getJournal(asked)
      }
    }
  }
}
