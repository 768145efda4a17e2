import BitimTestSupport
import Foundation
import Testing

@testable import bitim

/// Files of `Tests/Golden/credentials`, whose lists tell of March 2026: whatever the clock here says, they are old.
@Suite("Credentials, verified with no server")
struct OfflineCredentialTests {
  private static let folder = Repository.root.appendingPathComponent("Tests/Golden/credentials")

  private static func offline(
    _ words: [String], language: String = "en"
  ) throws -> (status: Int32, output: String, errors: String) {
    try Repository.run(
      "bitim",
      ["verify", "--offline"] + words + ["--trust", "school.vkey", "--language", language],
      in: Self.folder)
  }

  @Test("the exit status is that of verify, by the lists of the folder that is named")
  func statuses() throws {
    func status(_ words: String...) throws -> Int32 { try Self.offline(words).status }
    for file in ["programme.vc.json", "programme.openbadge.json"] {
      #expect(try status(file, "--status", "clear", "--max-age", "36500") == 0)
      #expect(try status(file, "--status", "clear") == 3)
      #expect(try status(file, "--status", "revoked") == 6)
      #expect(try status(file, "--status", "suspended", "--max-age", "36500") == 6)
      #expect(try status(file, "--status", "suspended") == 3)
      #expect(try status(file, "--status", "none") == 3)
      #expect(try status(file) == 3)
    }
    #expect(try status("clear/2026-revocation.json") == 2)
    let (other, output, _) = try Repository.run(
      "bitim", ["verify", "2026-000417-29", "--status", "clear"], in: Self.folder)
    #expect(other == 2)
    #expect(output == "")
  }

  @Test("each check is a sentence, in the reader's language")
  func languages() throws {
    let words = ["programme.vc.json", "--status", "revoked", "--max-age", "36500"]
    let english = try Self.offline(words).output
    #expect(
      english.hasPrefix(
        "NOT VALID: revoked, or replaced by another\nas of 2026-03-20T08:00:00.125Z\n"))
    for line in ["2026-000417-29", "Әбілова Айгерім Серікқызы", "Abilova Aigerim", "programme 1"] {
      #expect(english.contains(line), "\(line)")
    }
    #expect(
      try Self.offline(words, language: "ru").output.hasPrefix(
        "НЕДЕЙСТВИТЕЛЕН: отозван или заменён другим\nпо состоянию на 2026-03-20T08:00:00.125Z\n"))
    #expect(
      try Self.offline(words, language: "kk").output.hasPrefix(
        "ЖАРАМСЫЗ: қайтарып алынған не басқасымен ауыстырылған\n"
          + "2026-03-20T08:00:00.125Z жағдайы бойынша\n"))
    let none = try Self.offline(["programme.vc.json"]).output
    #expect(
      none.hasPrefix(
        "UNKNOWN: how it stands is in the status lists of 2026: name their folder by --status FOLDER\n"
      ))
    let missing = try Self.offline(["programme.vc.json", "--status", "none"]).output
    #expect(
      missing.hasPrefix(
        "UNKNOWN: none: has no 2026-revocation.json that can be read: fetch the status lists from the "
          + "School's page\n"))
  }

  @Test("programs read each check by a fixed word")
  func json() throws {
    let words = [
      "programme.openbadge.json", "--status", "clear", "--max-age", "36500", "--output", "json",
    ]
    let said = try Self.offline(words)
    #expect(said.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(said.output.utf8)) as? [String: Any])
    #expect(object["verdict"] as? String == "Valid")
    #expect(object["standing"] as? String == "Valid")
    #expect(object["asOf"] as? String == "2026-03-20T08:00:00.125Z")
    let checks = try #require(object["checks"] as? [[String: String]])
    #expect(checks.map { $0["check"] } == ["credential", "lists", "age", "state"])
    #expect(checks.allSatisfy { $0["verdict"] == "holds" })
  }

  @Test(
    "a file that was changed is NOT VALID and shows nobody; one of another form is said to be none")
  func changed() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = try Repository.text("Tests/Golden/credentials/programme.vc.json")
    let path = folder.appendingPathComponent("өзгерген.json").path
    try Data(text.replacing("Abilova", with: "Abylova").utf8).write(
      to: URL(fileURLWithPath: path))
    let forged = try Self.offline([path, "--status", "clear", "--max-age", "36500"])
    #expect(forged.status == 6)
    #expect(forged.output.hasPrefix("NOT VALID: the signature of did:key:z6Mkgh"))
    #expect(!forged.output.contains("Abylova"))
    try Data(text.replacing("{", with: "{ ").utf8).write(to: URL(fileURLWithPath: path))
    let other = try Self.offline([path])
    #expect(other.status == 2)
    #expect(
      other.errors
        == "bitim: \(path): is no credential of ours; `bitim certificate credential` saves one\n")
  }
}
