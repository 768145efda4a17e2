import BitimProtocol
import BitimTestSupport
import Foundation
import Glibc
import Testing

@testable import bitim

@Suite("An examiner's evening, at a terminal")
struct EveningCommandTests {
  /// An office with a session of three.
  private struct Scene {
    let office: Office
    let state: URL

    init() async throws {
      self.office = try await Office(on: "2026-02-01")
      self.state = self.office.school.folder.appendingPathComponent("state")
      try self.office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
      for (surname, latin, iin, born) in [
        ("Әбілова", "Abilova", "991231000014", "1999-12-31"),
        ("Өтегенова", "Utegenova", "900704400011", "1990-07-04"),
        ("Ұзақова", "Uzakova", "850304400015", "1985-03-04"),
      ] {
        let words = [
          "enrol", "--cohort", "P1-ALA-01", "--surname-kk", surname, "--given-kk", "Ұлжан",
          "--surname-latin", latin, "--given-latin", "Ulzhan", "--birth-date", born, "--iin", iin,
          "--education", "higher", "--date", "2026-01-05",
        ]
        let enrolled = try self.office.bitim("registrar", words)
        #expect(enrolled.status == 0, "\(enrolled.errors)")
      }
      try self.office.hours("P1-ALA-01")
      try self.office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    }

    /// `bitim` of the examiner, at a terminal.
    func bitim(_ words: String..., at terminal: TypingTerminal) throws -> Program {
      try self.office.program(
        "examiner", words, environment: ["XDG_STATE_HOME": self.state.path],
        input: terminal.theirs, errors: terminal.theirs)
    }

    /// Whether the registry has results.
    func recorded() throws -> Int {
      let shown = try self.office.done("registrar", "attest", "S-014", "--show", "--output", "csv")
      return shown.split(whereSeparator: \.isNewline).count { $0.contains(",passed") }
    }

    var kept: String? {
      try? String(
        contentsOfFile: self.state.appendingPathComponent("bitim/attest-S-014.txt").path,
        encoding: .utf8)
    }
  }

  private static let rows = ["80 75 90", "70 70 70", "60 60 60"]

  @Test(
    "killed at any question, it has every row that was typed, has sent none, and goes on from there"
  )
  func killed() async throws {
    let scene = try await Scene()
    for count in 0...3 {
      let terminal = try TypingTerminal()
      let bitim = try scene.bitim("attest", "S-014", at: terminal)
      if count == 0 {
        _ = try terminal.shown(
          upTo: "From 0 to 100 for each: test, role-play, interview.")
      }
      if count > 1 {
        _ = try terminal.shown(upTo: "Go on with them? (yes, no)")
        try terminal.type("yes")
      }
      // One row more each time, and killed at the next question.
      if count > 0 {
        _ = try terminal.shown(upTo: "\(count)/3  ")
        try terminal.type(Self.rows[count - 1])
      }
      _ = try terminal.shown(upTo: count < 3 ? "\(count + 1)/3  " : "Record these 3?")
      bitim.send(SIGKILL)
      #expect(bitim.end() == 128 + SIGKILL)
      let typed = try #require(scene.kept).split(separator: "\n").filter { $0.hasPrefix("typed") }
      #expect(
        typed.compactMap { $0.split(separator: "\t").last.map(String.init) }
          == Array(Self.rows.prefix(count)))
      #expect(try scene.recorded() == 0)
    }
    let terminal = try TypingTerminal()
    let bitim = try scene.bitim("attest", "S-014", at: terminal)
    _ = try terminal.shown(upTo: "Go on with them? (yes, no)")
    try terminal.type("yes")
    let table = try terminal.shown(upTo: "Record these 3? (yes, no, < to go back)")
    #expect(table.contains("NOT RECORDED YET"))
    try terminal.type("yes")
    #expect(bitim.end() == 0)
    #expect(try scene.recorded() == 3)
    #expect(scene.kept == nil)
  }

  @Test("the end of the input, and a no, record nothing and keep all; a lost answer is found again")
  func leftOff() async throws {
    let scene = try await Scene()
    let first = try TypingTerminal()
    let left = try scene.bitim("attest", "S-014", at: first)
    _ = try first.shown(upTo: "1/3  ")
    try first.type("80 75 90")
    _ = try first.shown(upTo: "2/3  ")
    try first.end()
    _ = try first.shown(upTo: "NOT RECORDED YET: what you typed is in")
    #expect(left.end() == 1)
    let second = try TypingTerminal()
    let declined = try scene.bitim("attest", "S-014", at: second)
    _ = try second.shown(upTo: "(yes, no)")
    try second.type("yes")
    _ = try second.shown(upTo: "2/3  ")
    try second.type(".")
    _ = try second.shown(upTo: "Record these 1?")
    try second.type("no")
    #expect(declined.end() == 1)
    #expect(try scene.recorded() == 0)
    let kept = try #require(scene.kept)
    // As if it had been sent, and the program killed before it was answered.
    try scene.office.done(
      "examiner", "attest", "S-014", "--candidate", "Әбілова", "--test", "80", "--role-play", "75",
      "--interview", "90")
    let third = try TypingTerminal()
    let again = try scene.bitim("attest", "S-014", at: third)
    _ = try third.shown(upTo: "recorded before: 1")
    _ = try third.shown(upTo: "1/2  Өтегенова")
    try third.end()
    #expect(again.end() == 1)
    #expect(kept.contains("80 75 90"))
    #expect(try #require(scene.kept).contains("80 75 90") == false)
  }

  @Test("without a network it is filled from a file, and sent from it as often as one likes")
  func away() async throws {
    let scene = try await Scene()
    let file = scene.office.school.folder.appendingPathComponent("кеш.txt").path
    try scene.office.done("examiner", "attest", "pack", "S-014", file)
    let nowhere = ["--server", "unix:///nowhere"]
    let terminal = try TypingTerminal()
    let filling = try Program(
      Repository.program("bitim"), ["attest", "fill", file] + nowhere,
      environment: ["BITIM_LANGUAGE": "en"], input: terminal.theirs, errors: terminal.theirs)
    for (row, scores) in Self.rows.enumerated() {
      _ = try terminal.shown(upTo: "\(row + 1)/3  ")
      try terminal.type(scores)
    }
    _ = try terminal.shown(upTo: "NOT RECORDED YET. With a network: bitim attest send \(file)")
    #expect(filling.end() == 0)
    #expect(try scene.recorded() == 0)
    let unsent = try Program.run(
      Repository.program("bitim"), ["attest", "send", file] + nowhere,
      environment: ["BITIM_LANGUAGE": "en"])
    #expect(unsent.status == 4)
    #expect(unsent.errors.contains("NOT RECORDED YET: what you typed is in \(file)"))
    let sent = try scene.office.bitim("examiner", ["attest", "send", file])
    #expect(sent.status == 0)
    #expect(sent.errors.contains("recorded: 3 passed, 0 failed, 0 absent."))
    #expect(try scene.office.bitim("examiner", ["attest", "send", file]).status == 0)
    #expect(try scene.recorded() == 3)
    #expect(
      try scene.office.bitim("examiner", ["attest", "pack", "S-014", file + "2"]).errors
        .contains("there is nothing to record"))
  }
}
