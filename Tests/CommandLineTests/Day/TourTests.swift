import BitimTestSupport
import Foundation
import Testing

@testable import bitim

/// `docs/TOUR.md`: the screens of a day, as a terminal of 80 columns shows them.
@Suite("The tour of the screens")
struct TourTests {
  private static let file = Repository.root.appendingPathComponent("docs/TOUR.md")

  /// The tour as it is written, screen after screen.
  private struct Tour {
    let day: Day
    private(set) var text: String
    /// Lines that a screen of 80 columns does not hold.
    private(set) var tooWide: [String] = []

    init(_ day: Day) {
      self.day = day
      self.text = """
        # The screens

        What the people of a School see at a terminal of 80 columns, in Kazakh, Russian and English. A test makes this
        page from a School that it founds (`TourTests`), and fails where a screen has become another:
        `BITIM_TOUR=write scripts/test --filter TourTests` writes it anew. Everybody is invented. Verification codes and
        digests are others each time: dots stand for them.

        """
    }

    mutating func chapter(_ title: String, _ text: String) {
      self.text += "\n## \(title)\n" + (text.isEmpty ? "" : "\n\(text)\n")
    }

    /// What of a School is another at each founding.
    private static func still(_ text: String) -> String {
      text.replacing(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/) { String($0.0.map { $0 == "-" ? "-" : "·" }) }
        .replacing(/[0-9a-f]{32}/) { _ in String(repeating: "·", count: 32) }
        // As long as what people have, so that lines end where theirs do.
        .replacing(Day.state, with: "~/.local/state")
    }

    /// A word of a command line as somebody types it.
    private static func typed(_ word: String) -> String {
      word.contains { " |;…".contains($0) } ? "'\(word)'" : word
    }

    /// A screen in a language.
    ///
    /// - Parameter answers: What is waited for, and what is typed then; nil is the end of the input.
    mutating func screen(
      _ language: String, _ name: String?, _ words: String...,
      answers: [(upTo: String, typed: String?)] = []
    ) throws {
      try self.add(language, name, words, answers)
    }

    /// The same screen in each language.
    mutating func screens(_ name: String?, _ words: String...) throws {
      for language in ["kk", "ru", "en"] { try self.add(language, name, words, []) }
    }

    private mutating func add(
      _ language: String, _ name: String?, _ words: [String],
      _ answers: [(upTo: String, typed: String?)]
    ) throws {
      let shown = try self.day.screen(name, words, in: language, answers: answers)
      let lines = Self.still(shown).split(separator: "\n", omittingEmptySubsequences: false)
        .map { String($0.reversed().drop { $0 == " " }.reversed()) }
      let command = Table.lines(
        of: Self.still((["$ bitim"] + words).map(Self.typed).joined(separator: " ")), within: 78
      ).joined(separator: " \\\n    ")
      self.tooWide += lines.filter { $0.displayWidth > 80 && !$0.contains("bitim ") }
      let end = lines.last == "" ? "" : "\n"
      self.text +=
        "\n`\(language)`\n\n```text\n\(command)\n\(lines.joined(separator: "\n"))\(end)```\n"
    }
  }

  @Test("is what its screens show, none of them wider than 80 columns")
  func tour() async throws {
    let day = try Day(on: "2026-10-05")
    try DayTests().administrator(day)
    var tour = Tour(day)
    try self.list(&tour)
    try self.session(&tour)
    try self.certificates(&tour)
    try self.rest(&tour)
    #expect(tour.tooWide == [])
    if ProcessInfo.processInfo.environment["BITIM_TOUR"] == "write" {
      try Data(tour.text.utf8).write(to: Self.file)
    }
    let written = try String(contentsOf: Self.file, encoding: .utf8)
    let (there, here) = (written.split(separator: "\n"), tour.text.split(separator: "\n"))
    let differing = zip(there, here).first { $0 != $1 }
    #expect(written == tour.text, "\(differing.map { "\($0.0)\n\($0.1)" } ?? "one is longer")")
  }

  /// A list of thirty, from the first look to the registry.
  private func list(_ tour: inout Tour) throws {
    let day = tour.day
    try day.write(DayTests.cohorts, as: "топтар.csv")
    try day.done("registrar", "cohort", "open", "топтар.csv")
    try day.copy("Tests/Support/Cases/thirty-utf16.csv", as: "тізім.csv")
    tour.chapter(
      "A list as an office has it",
      "A title above the table, wrapped heads, a merged cell, columns that the registry does not keep, a sum below."
    )
    try tour.screens("registrar", "enrol", "тізім.csv", "--date", "2026-10-05", "--dry-run")
    try tour.screen("kk", "registrar", "enrol", "тізім.csv", "--guess")
    tour.chapter(
      "What is wrong in it, and what is proposed",
      "The row of the sheet, in brackets the line of the file; the file's own title; what it says; what to do."
    )
    try tour.screens(
      "registrar", "enrol", "тізім.csv", "--date", "2026-10-05", "--mapping", "тізім.mapping",
      "--dry-run")
    try tour.screen(
      "kk", "registrar", "enrol", "тізім.csv", "--date", "2026-10-05", "--mapping", "тізім.mapping",
      "--accept", "capitals,empty-patronymic,iin-zeros,look-alikes")
    tour.chapter("The cohort, and somebody in it", "Who may sit on its commission stands below.")
    try tour.screens("registrar", "cohort", "show", "X-01")
    try tour.screens("registrar", "person", "find", "Нұрланов")
    try tour.screen(
      "ru", "registrar", "person", "show", "Нұрланов", answers: [("никто)", "2")])
  }

  /// A session: an evening that is left off and gone on with, and its chair.
  private func session(_ tour: inout Tour) throws {
    let day = tour.day
    try day.write(DayTests.hours, as: "сағат.csv")
    try day.turn(to: "2026-10-14")
    try day.done("trainer", "hours", "сағат.csv")
    try day.done(
      "registrar", "cohort", "session", "X-01", "--session", "S-014", "--date", "2026-10-14",
      "--protocol", "14", "--chair", "Ким", "--member", "Байсейітова", "--member", "Нұрланов Ерік")
    tour.chapter(
      "The examiner's evening",
      "Each row is on the disk when it is typed, and nothing is sent before all of it was seen. The end of the\n"
        + "input, here after three rows, loses nothing.")
    try tour.screen(
      "kk", "examiner", "attest", "S-014",
      answers: [
        ("1/10  ", "81 75 90"), ("2/10  ", "82 75"), ("2/10  ", "82 75 90"), ("3/10  ", "83 75 90"),
        ("4/10  ", nil),
      ])
    try tour.screen(
      "ru", "examiner", "attest", "S-014",
      answers: [
        ("нет)", "да"), ("4/10  ", "41 72 65"), ("5/10  ", "85 75 90"), ("6/10  ", "86 75 90"),
        ("7/10  ", "-"),
        ("8/10  ", "."), ("назад)", "нет"),
      ])
    try tour.screen(
      "en", "examiner", "attest", "S-014",
      answers: [
        ("no)", "yes"), ("8/10  ", "88 75 90"), ("9/10  ", "89 75 90"),
        ("10/10  ", "80 75 90"),
        ("back)", "yes"),
      ])
    tour.chapter("What waits, and the chair's minute", "Nothing final is done unseen.")
    try tour.screens("chair", "due")
    try tour.screen("kk", "chair", "attest", "S-014", "--confirm", answers: [("жоқ: ", "жоқ")])
    try tour.screen("ru", "chair", "attest", "S-014", "--confirm", answers: [("нет: ", "нет")])
    try tour.screen("en", "chair", "attest", "S-014", "--confirm", answers: [("no: ", "yes")])
  }

  /// From the preview to a paper that is verified, and one that is suspended.
  private func certificates(_ tour: inout Tour) throws {
    tour.chapter(
      "The certifier", "Rule by rule why somebody has none; what would be issued; and it is issued."
    )
    try tour.screens("certifier", "why", "Досжанов Әлихан", "--for", "1")
    try tour.screens("certifier", "issue", "--cohort", "X-01", "--preview")
    try tour.screen(
      "kk", "certifier", "issue", "--cohort", "X-01", "--approve", answers: [("жоқ: ", "иә")])
    let number = "2026-000001-16"
    let card = try tour.day.done("certifier", "certificate", "show", number).output
    let code = try String(#require(card.firstMatch(of: /Code +(\S+)\n/)?.1))
    tour.chapter("Who has the paper", "Without an account. Unknown does not mean not valid.")
    try tour.screens(nil, "verify", number, code)
    try tour.screens(nil, "verify", number, "0000-0000-0000-0000")
    try tour.screens(nil, "verify", "2026-000001-17", code)
    tour.chapter("A suspension", "It is shown, asked, and seen at once by who verifies.")
    try tour.screen(
      "ru", "certifier", "certificate", "suspend", number, "--ground", "investigation",
      answers: [("нет: ", "да")])
    try tour.screens("clerk", "verify", number)
    tour.chapter("What waits for the registrar", "")
    try tour.screens("registrar", "due")
  }

  /// Somebody applies for the next programme, and is admitted.
  private func application(_ tour: inout Tour) throws {
    tour.chapter(
      "Somebody applies",
      "By papers that somebody saw; whoever admits says who checked what, and on which.")
    let paper = "өтініш;12;2026-10-13;Әлия Серікова;2026-10-14"
    try tour.screen(
      "kk", "registrar", "application", "receive", "Досжанов Әлихан", "--programme", "2",
      "--organisation", "ALA-01", "--consent", "2026-01", "--category", "ақылы топ", "--paper",
      paper)
    let list = try tour.day.done(
      "registrar", "application", "list", "--output", "csv"
    ).output
    let number = String(
      try #require(list.split(whereSeparator: \.isNewline).last?.split(separator: ",").first))
    try tour.screen(
      "en", "registrar", "application", "decide", number, "--outcome", "admitted", "--age", paper)
    try tour.screen(
      "ru", "registrar", "application", "decide", number, "--outcome", "admitted", "--age", paper,
      "--education", "диплом;ЖБ-В 0012;2003-06-20;Әлия Серікова;2026-10-14", "--bars", paper)
    try tour.screens("registrar", "application", "show", number)
  }

  /// Auditor, somebody who goes, and a hand that slips.
  private func rest(_ tour: inout Tour) throws {
    tour.chapter(
      "What was done", "For the auditor, the newest first; programs get all of it as CSV or JSON.")
    try tour.screens("auditor", "admin", "acts", "--last", "2")
    tour.chapter("Somebody goes", "What ends is shown before it ends.")
    try tour.screen(
      "kk", "administrator", "admin", "leave", "Байсейітова", answers: [("жоқ: ", "жоқ")])
    try self.application(&tour)
    tour.chapter("A hand that slips, and a role that may not", "The nearest word is named.")
    try tour.screens("registrar", "enroll", "тізім.csv")
    try tour.screens("registrar", "cohort", "show", "X-02")
    try tour.screens("clerk", "person", "find", "Әбілов")
    tour.chapter("Help", "As `bitim help why` and `why --help` show it.")
    try tour.screens(nil, "help", "why")
  }
}
