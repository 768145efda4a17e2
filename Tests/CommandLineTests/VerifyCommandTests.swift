import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Papers that are verified, one and many")
struct VerifyCommandTests {
  private static let header =
    "line,number,verdict,standing,since,until,successor,date,as_of,clock,holder,holder_latin,"
    + "title,issued,valid_until,problem"

  /// A number of the same form whose check digits don't fit.
  private func mistyped(_ number: String) -> String {
    let last = (number.last?.wholeNumberValue ?? 0) + 1
    return number.dropLast() + "\(last % 10)"
  }

  private func write(_ text: String, _ name: String, _ office: Office) throws -> String {
    let path = office.school.folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test("the exit status is 0, 6 or 3 by what is true of the paper, and 2 for a mistyped command")
  func statuses() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let wrong = "0000-0000-0000-0000"
    func status(_ words: String...) throws -> Int32 { try office.bitim(nil, words).status }
    #expect(try status("verify", paper.number, paper.code) == 0)
    #expect(try status("verify", paper.number, wrong) == 3)
    #expect(try status("verify", self.mistyped(paper.number), paper.code) == 3)
    #expect(try status("verify", paper.number) == 1)
    #expect(try status("verify", paper.number, paper.code, "--onn", "2026-02-01") == 2)
    #expect(
      try status("verify", "--adopted", "45", "--date", "2013-05-20", "--surname", "Жоқ") == 3)
    try office.asShown(
      "other", "certificate", "suspend", paper.number, "--ground", "investigation")
    #expect(try status("verify", paper.number, paper.code) == 6)
    #expect(try status("verify", paper.number, paper.code, "--output", "json") == 6)
    #expect(try status("verify", paper.number, paper.code, "--on", "2026-01-31") == 6)
  }

  @Test("a list of papers is answered row by row, and ends by the worst of them")
  func batch() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let wrong = self.mistyped(paper.number)
    let list = try self.write(
      "№;Нөмірі;Тексеру коды\n1;\(paper.number);\(paper.code)\n2;\(wrong);\(paper.code)\n"
        + "3;\(paper.number);0000-0000-0000-0000\n4;\(paper.number);\n", "тізім.csv", office)
    // A column that nobody reads is said.
    let unread = try office.bitim(nil, ["verify", "--batch", list])
    #expect(unread.status == 2)
    #expect(unread.errors.contains("--leave-out '№'"))
    let (status, output, errors) = try office.bitim(
      nil, ["verify", "--batch", list, "--leave-out", "№"])
    let rows = output.split(separator: "\r\n").map(String.init)
    let now = "2026-02-01T07:00:00Z"
    try #require(rows.count == 5)
    #expect(rows[0] == Self.header)
    #expect(
      rows[1]
        == "2,\(paper.number),Valid,Valid,,,,,\(now),Right,Өтегенова Ұлжан,Utegenova Ulzhan,"
        + "General Mediation Course,2026-02-01,,")
    #expect(rows[2] == "3,\(wrong),Mistyped,,,,,,\(now),Right,,,,,,")
    #expect(rows[3] == "4,\(paper.number),Unknown,,,,,,\(now),Right,,,,,,")
    #expect(rows[4] == "5,\(paper.number),Refused,,,,,,,,,,,,,CODE_NEEDED")
    #expect(
      errors == "papers: 4; valid 1, not valid 0, unknown 1, mistyped 1, not asked 1\n")
    #expect(status == 3)
    let good = try self.write("\(paper.number) \(paper.code)\n", "бір.txt", office)
    #expect(try office.bitim(nil, ["verify", "--batch", good]).status == 0)
    let bare = try self.write("\(paper.number)\n\n", "нөмір.txt", office)
    #expect(try office.bitim(nil, ["verify", "--batch", bare]).status == 1)
    // By a token that may, the number alone is enough.
    #expect(try office.bitim("registrar", ["verify", "--batch", bare]).status == 0)
    try office.asShown(
      "other", "certificate", "suspend", paper.number, "--ground", "investigation", "--until",
      "2026-04-01")
    let suspended = try office.bitim(
      nil, ["verify", "--batch", list, "--leave-out", "№", "--on", "2026-03-01"], in: "kk")
    #expect(suspended.status == 6)
    #expect(
      suspended.output.split(separator: "\r\n").dropFirst().first?.hasPrefix(
        "2,\(paper.number),NotValid,Suspended,2026-02-01,2026-04-01,,2026-03-01,\(now),Right,")
        == true)
  }

  @Test("a list that was cut off goes on behind what is answered, and mixes no two lists")
  func resumed() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let lines = (0..<70).map { "\(paper.number) \($0 == 40 ? "0000-0000-0000-0000" : paper.code)" }
    let list = try self.write(lines.joined(separator: "\n") + "\n", "тізім.txt", office)
    let whole = try office.bitim(nil, ["verify", "--batch", list])
    let path = office.school.folder.appendingPathComponent("жауап.csv").path
    let words = ["verify", "--batch", list, "--to", path]
    #expect(try office.bitim(nil, words).status == 3)
    func written() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    #expect(try written() == whole.output)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    // Killed at any moment: some rows, and a part of one.
    for octets in [Self.header.utf8.count + 2, 900, 2_500, 5_000] {
      try Data(whole.output.utf8.prefix(octets)).write(to: URL(fileURLWithPath: path))
      let again = try office.bitim(nil, words)
      #expect(again.status == 3)
      #expect(again.errors.hasSuffix("unknown 1, mistyped 0, not asked 0\n"))
      #expect(try written() == whole.output)
    }
    let done = try office.bitim(nil, words)
    #expect(
      done.errors.hasPrefix(
        "answered before: 70 of 70; going on behind them; another --to asks anew\n"))
    // Another day and another list are other answers.
    for other in [
      words + ["--on", "2026-02-01"], ["verify", "--batch", path, "--to", path],
      ["verify", "--batch", try self.write("2026-000009-99\n", "бір.txt", office), "--to", path],
    ] {
      #expect(try office.bitim(nil, other).status == 2)
      #expect(try written() == whole.output)
    }
    let foreign = try self.write("a,b\n1,2", "x.csv", office)
    let refused = try office.bitim(nil, ["verify", "--batch", list, "--to", foreign])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("no answers of `bitim verify --batch`"))
    #expect(try String(contentsOfFile: foreign, encoding: .utf8) == "a,b\n1,2")
    // Nobody answers: what is there is kept, and the command to type is said.
    office.school.halt()
    try Data(whole.output.utf8.prefix(2_500)).write(to: URL(fileURLWithPath: path))
    let stopped = try office.bitim(nil, words)
    #expect(stopped.status == 4)
    #expect(stopped.errors.contains("with --to FILE the same command goes on from there"))
    #expect(whole.output.hasPrefix(try written()))
  }

  @Test("for a spreadsheet the answers have one mark, and go on too")
  func forExcel() async throws {
    let office = try await Office(on: "2026-02-01")
    let paper = try office.certificate()
    let list = try self.write("\(paper.number) \(paper.code)\n", "тізім.txt", office)
    let path = office.school.folder.appendingPathComponent("жауап.csv").path
    let words = ["verify", "--batch", list, "--to", path, "--for-excel"]
    #expect(try office.bitim(nil, words, in: "ru").status == 0)
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    #expect(text.unicodeScalars.starts(with: "\u{FEFF}line;number;".unicodeScalars))
    #expect(text.contains("\r\n'1;'\(paper.number);Valid;"))
    #expect(try office.bitim(nil, words, in: "ru").status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))
  }
}
