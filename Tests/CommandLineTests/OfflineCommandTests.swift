import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@testable import bitim

/// Files of `Tests/Golden/bundles`, of 2024: whatever the clock here says, they are old.
@Suite("Bundles, saved and verified with no server")
struct OfflineCommandTests {
  private static let folder = Repository.root.appendingPathComponent("Tests/Golden/bundles")

  private static func offline(
    _ words: [String], language: String = "en", in folder: URL = OfflineCommandTests.folder
  ) throws -> (status: Int32, output: String, errors: String) {
    try Repository.run(
      "bitim", ["verify", "--offline"] + words + ["--language", language], in: folder)
  }

  @Test(
    "the exit status is that of verify; what is no bundle is said, and of several the worst counts")
  func statuses() throws {
    func status(_ words: String...) throws -> Int32 {
      try Self.offline(words + ["--trust", "school.vkey"]).status
    }
    #expect(try status("valid.bitim", "--max-age", "36500") == 0)
    #expect(try status("valid.bitim") == 3)
    #expect(try status("revoked.bitim") == 6)
    #expect(try status("school.vkey") == 2)
    #expect(try status("none.bitim") == 2)
    #expect(try status("school.vkey", "valid.bitim", "--max-age", "36500") == 2)
    #expect(try status("school.vkey", "valid.bitim") == 3)
    #expect(try status("valid.bitim", "revoked.bitim", "school.vkey") == 6)
    #expect(try status() == 2)
    for days in ["-1", "x", "1.5", "36501", "030"] {
      #expect(try status("valid.bitim", "--max-age=\(days)") == 2)
    }
    #expect(try status("valid.bitim", "--on", "2024-11-29") == 2)
    #expect(try Self.offline(["valid.bitim"]).status == 2)
    #expect(try Self.offline(["valid.bitim", "--trust", "valid.bitim"]).status == 2)
  }

  @Test("neither profile nor server is asked for, even if one is named")
  func bare() throws {
    let said = try Self.offline([
      "valid.bitim", "--trust", "school.vkey", "--max-age", "36500", "--profile", "жоқ",
    ])
    #expect(said.status == 0)
  }

  @Test(
    "each check is a sentence, in the reader's language",
    arguments: [
      (
        "en",
        "NOT VALID: revoked since 2024-11-20\nas of 2024-11-29T14:30:45.123Z\n",
        "the log that was signed has all 3 acts, each at its place"
      ),
      (
        "ru",
        "НЕДЕЙСТВИТЕЛЕН: отозван с 2024-11-20\nпо состоянию на 2024-11-29T14:30:45.123Z\n",
        "в подписанном журнале есть все действия (3), каждое на своём месте"
      ),
      (
        "kk",
        "ЖАРАМСЫЗ: 2024-11-20 қайтарып алынған\n2024-11-29T14:30:45.123Z жағдайы бойынша\n",
        "қол қойылған журналда әрекеттің бәрі (3) бар, әрқайсысы өз орнында"
      ),
    ])
  func languages(language: String, head: String, acts: String) throws {
    let said = try Self.offline(
      ["revoked.bitim", "--trust", "school.vkey", "--max-age", "36500"], language: language)
    #expect(said.output.hasPrefix(head))
    #expect(said.output.contains("Әбілова Айгерім Серікқызы"))
    #expect(said.output.contains(acts))
  }

  @Test("programs get an object a file, or a row")
  func programs() throws {
    let words = ["reinstated.bitim", "--trust", "school.vkey", "--max-age", "36500", "--output"]
    let json = try Self.offline(words + ["json"])
    #expect(json.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["verdict"] as? String == "Valid")
    #expect(object["standing"] as? String == "Valid")
    #expect(object["number"] as? String == "2024-000417-94")
    #expect(object["holderLatin"] as? String == "Abilova Aigerim")
    let checks = try #require(object["checks"] as? [[String: String]])
    #expect(
      checks.map { $0["check"] }
        == ["certificate", "standing", "checkpoint", "acts", "age", "state"])
    #expect(checks.allSatisfy { $0["verdict"] == "holds" })
    let csv = try Self.offline(
      ["revoked.bitim", "school.vkey", "--trust", "school.vkey", "--output", "csv"])
    #expect(
      csv.output == """
        file,verdict,number,standing,as_of,holder,holder_latin,title,issued,valid_until,note\r
        revoked.bitim,NotValid,2024-000417-94,Revoked,2024-11-29T14:30:45.123Z,\
        Әбілова Айгерім Серікқызы,Abilova Aigerim,programme 1,2024-03-20,,revoked since 2024-11-20\r
        school.vkey,,,,,,,,,,school.vkey: is no bundle; `bitim certificate bundle` saves one\r

        """)
  }

  @Test("what nobody has signed whom the reader trusts is not shown as if it were said of anybody")
  func untrusted() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let keys = try Repository.text("Tests/Golden/bundles/school.vkey").split(separator: "\n")
    try Data("\(keys[0])\n".utf8).write(to: folder.appendingPathComponent("log.vkey"))
    let text = try Repository.text("Tests/Golden/bundles/valid.bitim")
    try Data(text.utf8).write(to: folder.appendingPathComponent("a.bitim"))
    try Data(text.replacing("Айгерім", with: "Әйгерім").utf8)
      .write(to: folder.appendingPathComponent("b.bitim"))
    let unknown = try Self.offline(["a.bitim", "--trust", "log.vkey"], in: folder)
    #expect(unknown.status == 3)
    #expect(
      unknown.output.hasPrefix(
        "UNKNOWN: no key of log.vkey has signed it: ask the School for its keys, by another way"))
    #expect(!unknown.output.contains("Айгерім"))
    let trust = Self.folder.appendingPathComponent("school.vkey").path
    let forged = try Self.offline(["b.bitim", "--trust", trust], in: folder)
    #expect(forged.status == 6)
    #expect(forged.output.hasPrefix("NOT VALID: the signature of bitim/"))
    #expect(!forged.output.contains("Әйгерім"))
  }
}
