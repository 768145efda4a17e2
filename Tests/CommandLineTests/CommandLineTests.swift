import BitimDomain
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Comma-separated values")
struct CSVTests {
  private func records(_ text: String) throws -> [[String]] {
    try CSV.records(Array(text.utf8)).map(\.fields)
  }

  // The cases of max-mapper/csv-spectrum, re-typed, with a header of our own.
  @Test("reads what RFC 4180 allows")
  func spectrum() throws {
    #expect(
      try self.records("a,b\n1,\"ha \"\"ha\"\" ha\"\n") == [["a", "b"], ["1", "ha \"ha\" ha"]])
    #expect(
      try self.records("a,b\r\n1,\"Once upon \r\na time\"\r\n")[1][1] == "Once upon \r\na time")
    #expect(try self.records("a,b\n1,\"{\"\"k\"\": \"\"v\"\"}\"")[1][1] == #"{"k": "v"}"#)
    #expect(try self.records("a,b\n\"x, y\",\"\"\n") == [["a", "b"], ["x, y", ""]])
    #expect(try self.records("a;b\n1,5;2\n") == [["a", "b"], ["1,5", "2"]])
    #expect(try self.records("\u{FEFF}ә,ғ\nқ,ң\n") == [["ә", "ғ"], ["қ", "ң"]])
  }

  @Test("counts lines as an editor does, quoted ones and empty ones too")
  func lines() throws {
    let records = try CSV.records(Array("a,b\n\n\"x\ny\",1\nz,2\n".utf8))
    #expect(records.map(\.line) == [1, 3, 5])
  }

  struct Wrong: CustomTestStringConvertible {
    let octets: [UInt8]
    let fault: CSV.Fault
    var testDescription: String { "\(self.fault)" }
  }

  @Test(
    "says what is wrong and on which line",
    arguments: [
      Wrong(octets: Array("a,b\n1\n".utf8), fault: .fieldCount(line: 2, found: 1, expected: 2)),
      Wrong(octets: Array("a,b\n1,\"x\n".utf8), fault: .quoteOpen(line: 2)),
      Wrong(octets: Array("a,b\n1,\"x\"y\n".utf8), fault: .textBehindQuote(line: 2)),
      Wrong(
        octets: Array("a,b\n".utf8) + [0xCF, 0xF0, 0x2C, 0x31, 0x0A], fault: .notUTF8(line: 2)),
      Wrong(octets: Array("a,b\n".utf8), fault: .empty), Wrong(octets: [], fault: .empty),
    ])
  func faults(_ wrong: Wrong) {
    #expect(throws: wrong.fault) { try CSV.records(wrong.octets) }
  }

  @Test("writes nothing a spreadsheet would run")
  func formulas() {
    #expect(
      CSV.text([["=1+1", "+7 701", "-5", "@x", "a\"b", "c,d", "Өтегенова"]])
        == "'=1+1,'+7 701,'-5,'@x,\"a\"\"b\",\"c,d\",Өтегенова\r\n")
  }
}

@Suite("Files of people")
struct SheetTests {
  @Test(
    "knows columns in three languages, however they are written",
    arguments: [
      ("Тегі", "surname_kk"), ("ЖСН", "iin"), ("Туған күні", "birth_date"),
      ("Фамилия", "surname_ru"),
      ("Дата рождения", "birth_date"), ("ИИН", "iin"), ("Role Play", "role_play"),
      ("surname-latin", "surname_latin"), ("Топ", "cohort"), ("Ролевая игра", "role_play"),
    ])
  func columns(header: String, name: String) { #expect(Columns.name(of: header) == name) }

  @Test("has no name for a column nobody knows")
  func unknown() { #expect(Columns.name(of: "Телефон") == nil) }

  @Test(
    "reads dates as people write them and leaves the rest for the server to refuse",
    arguments: [
      ("03.02.2026", "2026-02-03"), ("3.2.2026", "2026-02-03"), ("2026-02-03", "2026-02-03"),
      ("31.02.1980", "1980-02-31"), ("03/02/2026", "03/02/2026"), ("03.02.26", "03.02.26"),
      ("", ""),
    ])
  func dates(text: String, iso: String) { #expect(Sheet.iso(text) == iso) }

  @Test(
    "reads hours with a point or a comma, in quarters",
    arguments: [
      ("4", 16), ("1.25", 5), ("1,5", 6), ("0", 0), ("", 0), ("1.1", nil), ("-1", nil), ("x", nil),
    ] as [(String, Int32?)])
  func hours(text: String, quarters: Int32?) { #expect(Sheet.quarters(text) == quarters) }
}

@Suite("Words for people")
struct CatalogueTests {
  @Test("every text is there in three languages, with the same arguments")
  func texts() {
    for text in Text.allCases { Self.check(text.columns, "\(text)") }
    for (reason, text) in ReasonTexts.table { Self.check(text, reason) }
  }

  private static func check(_ text: Trilingual, _ name: String) {
    for language in [bitim.Language.kk, .ru, .en] {
      #expect(!text[language].isEmpty, "\(name) lacks \(language)")
      #expect(
        Self.arguments(text[language]) == Self.arguments(text.en), "\(name) in \(language)")
    }
  }

  private static func arguments(_ text: String) -> [String] {
    text.matches(of: /\{[a-z]+\}/).map { String($0.output) }.sorted()
  }

  @Test("every reason the server may give has words, and no other has")
  func reasons() {
    let extra: Set<String> = [
      "BACKUP_FAILED", "BACKUP_UNDER_WAY", "CUT_OFF", "DISK_FULL", "DRAINING", "TOO_MANY_CALLS",
    ]
    #expect(
      Set(ReasonTexts.table.keys) == Set(Reason.allCases.map(\.rawValue)).union(extra))
  }

  @Test("every command has help with a summary, a usage and an example in each language")
  func help() {
    for command in Command.allCases {
      for language in [bitim.Language.kk, .ru, .en] {
        let page = command.help.page(language)
        #expect(page.contains("  bitim \(command.rawValue)"))
        #expect(!command.help.summary[language].isEmpty)
      }
    }
    #expect(Command.allCases.count == 12)
  }

  @Test("the page of one command reads like this")
  func page() {
    #expect(
      VerifyCommand.help.page(.kk) == """
        сертификатты нөмірі мен коды бойынша тексеру

          bitim verify NUMBER CODE           anybody
          bitim verify NUMBER                partners, with their token

        Мысалдар:
          bitim verify 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC
          bitim verify 2026-000417-29 --output json

        """)
  }

  @Test("data that can't be written ends the command, and says so")
  func unwritable() throws {
    let process = Process()
    process.executableURL = Repository.program("bitim")
    process.arguments = ["--help"]
    let errors = Pipe()
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = errors
    try process.run()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 5)
    #expect(String(decoding: said, as: UTF8.self) == "bitim: standard output can't be written\n")
  }

  @Test("an option that is unknown, twice or without its value is named")
  func options() throws {
    #expect(throws: Arguments.Fault(text: .usageUnknownOption, arguments: ["option": "--x"])) {
      try Arguments(["--x", "1"], options: [])
    }
    #expect(throws: Arguments.Fault(text: .usageOptionTwice, arguments: ["option": "--a"])) {
      try Arguments(["--a", "1", "--a=2"], options: ["a"])
    }
    #expect(throws: Arguments.Fault(text: .usageValueMissing, arguments: ["option": "--a"])) {
      try Arguments(["--a"], options: ["a"])
    }
    #expect(throws: Arguments.Fault(text: .usageValueMissing, arguments: ["option": "--a"])) {
      try Arguments(["--a", "--b"], options: ["a"], switches: ["b"])
    }
    #expect(try Arguments(["--a=--b"], options: ["a"])["a"] == "--b")
  }
}
