import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("One trainee, asked for at a terminal")
struct EnrolAskingTests {
  /// Answers by which the fields behind the IIN are filled in.
  private static let rest = [
    ("Surname (kk)", "Өтегенова"), ("Given (kk)", "Ұлжан"), ("Patronymic (kk)", ""),
    ("Surname (ru)", ""), ("Given (ru)", ""), ("Patronymic (ru)", ""),
    ("Surname (latin)", "Utegenova"), ("Given (latin)", "Ulzhan"), ("Patronymic (latin)", ""),
    ("Birth date", "04.07.1990"), ("Education", "жоғары"),
  ]

  private func office() async throws -> Office {
    let office = try await Office(on: "2026-01-05")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    return office
  }

  private func people(_ office: Office) throws -> Int {
    try office.done("registrar", "cohort", "show", "P1-ALA-01", "--output", "csv")
      .split(separator: "\r\n").count - 1
  }

  @Test("a cohort that is named beforehand is looked at before anything is asked for")
  func named() async throws {
    let office = try await self.office()
    let terminal = try TypingTerminal()
    let bitim = try office.program(
      "registrar", ["enrol", "--cohort", "P1-ALA-99"], input: terminal.theirs,
      errors: terminal.theirs)
    let shown = try terminal.shown(upTo: "there is no such cohort")
    #expect(!shown.contains("IIN: "))
    #expect(bitim.end() == 1)
  }

  @Test("each field is checked at once, and nothing is recorded before a yes")
  func asked() async throws {
    let office = try await self.office()
    let before = try self.people(office)
    let terminal = try TypingTerminal()
    let bitim = try office.program(
      "registrar", ["enrol"], input: terminal.theirs, errors: terminal.theirs)
    _ = try terminal.shown(upTo: "Cohort: ")
    try terminal.type("P1-ALA-99")
    _ = try terminal.shown(upTo: "there is no such cohort")
    _ = try terminal.shown(upTo: "Cohort = P1-ALA-99: ")
    try terminal.type("P1-ALA-01")
    _ = try terminal.shown(upTo: "IIN: ")
    try terminal.type("900704400012")
    _ = try terminal.shown(upTo: "check digit")
    _ = try terminal.shown(upTo: "IIN = 900704400012: ")
    try terminal.type("900704400011")
    _ = try terminal.shown(upTo: "Surname (kk): ")
    // What is proposed is taken by a yes alone.
    try terminal.type("ӨТЕГЕНОВА")
    _ = try terminal.shown(upTo: "Take Өтегенова? yes or no: ")
    try terminal.type("no")
    _ = try terminal.shown(upTo: "Surname (kk): ")
    // Back to the field before, which keeps what was typed.
    try terminal.type("<")
    _ = try terminal.shown(upTo: "IIN = 900704400011: ")
    try terminal.type("")
    for (title, answer) in Self.rest {
      _ = try terminal.shown(upTo: "\(title): ")
      try terminal.type(answer)
    }
    let shown = try terminal.shown(upTo: "Record exactly this? (yes, no, < to go back)")
    #expect(shown.contains("Birth date          1990-07-04"))
    #expect(shown.contains("Education           higher"))
    #expect(try self.people(office) == before)
    try terminal.type("yes")
    #expect(bitim.end() == 0)
    _ = try terminal.shown(upTo: "recorded: 1 new, 0 equal, 0 different, 0 wrong")
    #expect(try self.people(office) == before + 1)
  }

  @Test("the end of the input, a point and a no record nothing")
  func stopped() async throws {
    let office = try await self.office()
    let before = try self.people(office)
    for way in ["end", ".", "no"] {
      let terminal = try TypingTerminal()
      let bitim = try office.program(
        "registrar", ["enrol", "--cohort", "P1-ALA-01"], input: terminal.theirs,
        errors: terminal.theirs)
      _ = try terminal.shown(upTo: "IIN: ")
      switch way {
      case "end": try terminal.end()
      case ".": try terminal.type(".")
      default:
        try terminal.type("900704400011")
        for (title, answer) in Self.rest {
          _ = try terminal.shown(upTo: "\(title): ")
          try terminal.type(answer)
        }
        _ = try terminal.shown(upTo: "Record exactly this?")
        try terminal.type("no")
      }
      _ = try terminal.shown(upTo: "nothing was recorded")
      #expect(bitim.end() == 1)
      #expect(try self.people(office) == before)
    }
    // Elsewhere nobody is asked.
    #expect(try office.bitim("registrar", ["enrol"]).status == 2)
  }
}
