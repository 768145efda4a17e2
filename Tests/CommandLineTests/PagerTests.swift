import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("What is longer than the screen")
struct PagerTests {
  /// What `bitim help hours` shows at a terminal of so many rows, up to some words, and how it ends.
  private func shown(
    rows: UInt16, upTo words: String, _ environment: [String: String]
  ) throws -> (status: Int32, text: String) {
    let terminal = try TypingTerminal(size: (rows, 80))
    let program = try Program(
      Repository.program("bitim"), ["help", "hours"],
      environment: environment.merging(["BITIM_LANGUAGE": "en", "TERM": "xterm"]) { $1 },
      output: terminal.theirs, errors: terminal.theirs)
    let text = try terminal.shown(upTo: words)
    return (program.end(), text.replacing("\r\n", with: "\n"))
  }

  private static let last = "--evidence 'сынып журналы'"

  @Test("goes through a pager, and a text that fits does not")
  func pages() throws {
    let pager = ["BITIM_PAGER": "sed 's/^/> /'; echo the end", "PAGER": "false"]
    let long = try self.shown(rows: 10, upTo: "the end", pager)
    #expect(long.status == 0)
    #expect(long.text.hasPrefix("> record hours of classes held\n"))
    let short = try self.shown(rows: 200, upTo: Self.last, pager)
    #expect(short.status == 0)
    #expect(short.text.hasPrefix("record hours of classes held\n"))
  }

  @Test("is printed as it is where no pager is wanted, or none starts")
  func none() throws {
    for pager in [["PAGER": "cat"], ["BITIM_PAGER": ""], ["PAGER": "/nowhere/бет"]] {
      let said = try self.shown(rows: 10, upTo: Self.last, pager)
      #expect(said.status == 0, "\(pager)")
      #expect(said.text.contains("record hours of classes held\n"), "\(pager)")
    }
  }

  @Test("a reader who has seen enough makes no error of it")
  func quit() throws {
    let said = try self.shown(rows: 10, upTo: "enough", ["PAGER": "exec <&-; echo enough; exit 3"])
    #expect(said.status == 0)
  }

  @Test("the pager is what BITIM_PAGER says, then PAGER, then less, where there is one")
  func commands() throws {
    #expect(Pager.command(["BITIM_PAGER": "most", "PAGER": "more"]) == "most")
    #expect(Pager.command(["PAGER": "more -s"]) == "more -s")
    #expect(Pager.command(["PAGER": " cat ", "PATH": "/usr/bin"]) == nil)
    #expect(Pager.command(["PATH": "/nowhere:/nowhere/else"]) == nil)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bp-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What is left of a temporary folder harms no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(
      FileManager.default.createFile(
        atPath: folder.appendingPathComponent("less").path, contents: nil,
        attributes: [.posixPermissions: 0o700]))
    #expect(Pager.command(["PATH": "/nowhere:\(folder.path)"]) == "less -FRX")
  }

  @Test(
    "a line takes as many rows as it is wide, in Kazakh letters too, and an empty one takes one")
  func rows() {
    #expect(Pager.rows(of: "", in: 4) == 0)
    #expect(Pager.rows(of: "әғқң\n", in: 4) == 1)
    #expect(Pager.rows(of: "әғқңө\n\nұү\n", in: 4) == 4)
  }

  @Test("texts are broken at words under where they began; a command stays in one piece")
  func wrapped() {
    #expect("бір екі үш".wrapped(to: nil) == "бір екі үш")
    #expect("бір екі үш".wrapped(to: 7) == "бір екі\nүш")
    #expect("  бір екі үш\nтөрт".wrapped(to: 9) == "  бір екі\n  үш\nтөрт")
    #expect("2026 бір екі үш".wrapped(to: 12, hanging: 5) == "2026 бір екі\n     үш")
    #expect("  bitim due --output csv".wrapped(to: 12) == "  bitim due --output csv")
    #expect("енді: bitim due --all".wrapped(to: 16) == "енді:\nbitim due --all")
    #expect("осы `bitim due` керек".wrapped(to: 14) == "осы\n`bitim due`\nкерек")
  }
}
