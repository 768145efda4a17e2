import BitimDomain
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Comma-separated values")
struct CSVTests {
  private func records(_ text: String) throws -> [[String]] {
    try CSV.records(text).records.map(\.fields)
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
    #expect(try self.records("ә\tғ\nқ\tң\n") == [["ә", "ғ"], ["қ", "ң"]])
  }

  @Test("counts lines as an editor does, quoted ones and empty ones too")
  func lines() throws {
    let records = try CSV.records("a,b\n\n\"x\r\ny\",1\nz,2\n").records
    #expect(records.map(\.line) == [1, 2, 3, 5])
    #expect(records.map(\.row) == [1, 2, 3, 4])
    #expect(records.map(\.isBlank) == [false, true, false, false])
  }

  @Test("a first line `sep=` says what separates, and is no row")
  func separatorLine() throws {
    let (records, separator) = try CSV.records("sep=;\r\na,b;c\r\n1;2\r\n")
    #expect(separator == ";")
    #expect(records.map(\.fields) == [["a,b", "c"], ["1", "2"]])
    #expect(records.map(\.row) == [1, 2])
    #expect(records.map(\.line) == [2, 3])
  }

  @Test("a title above the list and commas in its cells do not change what separates")
  func separatorOfMost() throws {
    let text = "Тізім, 2026, қазан\n\nТегі;Аты\nКим;\"Елена; Ира\"\nЛи, мл.;Ян\n"
    #expect(try CSV.records(text).separator == ";")
  }

  struct Wrong: CustomTestStringConvertible {
    let text: String
    let fault: CSV.Fault
    var testDescription: String { "\(self.fault)" }
  }

  @Test(
    "says what is wrong and on which line",
    arguments: [
      Wrong(text: "a,b\n1,\"x\n", fault: .quoteOpen(line: 2)),
      Wrong(text: "a,b\n1,\"x\"y\n", fault: .textBehindQuote(line: 2)),
    ])
  func faults(_ wrong: Wrong) {
    #expect(throws: wrong.fault) { try CSV.records(wrong.text) }
  }

  @Test("what was disarmed for a spreadsheet reads as it was")
  func armed() {
    for value in ["=1+1", "+7 701", "Ким, -5", "x;\"=1", "a\n=b", "Д’Артаньян", "'"] {
      let written = CSV.text([["ә", value]])
      let read = try? CSV.records(written).records.first?.fields[1]
      #expect(read.map(CSV.armed) == value)
    }
  }

  @Test("writes nothing a spreadsheet would run, whichever separator it takes")
  func otherSeparators() {
    #expect(
      CSV.text([["ә;=1+1", "a\t@b", "x|+y", "Ким, -5", "x;\"=1", "a\n=b", "\"=1", "1;2", "a-b;c"]])
        == "ә;'=1+1,a\t'@b,x|'+y,\"Ким,' -5\",\"x;'\"\"=1\",\"a\n'=b\",\"'\"\"=1\",1;2,a-b;c\r\n")
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
      ("31.02.1980", "31.02.1980"), ("03/02/2026", "03/02/2026"), ("03.02.26", "03.02.26"),
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

@Suite("Columns for programs")
struct ColumnTests {
  @Test("have fixed English names, and a title each")
  func names() {
    #expect(
      Column.allCases.map(\.rawValue) == [
        "line", "column", "value", "problem", "number", "other", "alike", "code", "name", "born",
        "person", "cohort", "programme", "edition", "organisation", "region", "kind", "enrolled",
        "theory", "practice",
        "state", "date", "results", "confirmed", "result", "scores", "rule", "met", "evidence",
        "basis", "issued", "standing", "role", "token", "expires", "used", "group", "attempts",
        "from", "until", "by", "holder", "holder_latin", "title", "hours", "trained", "trained_by",
        "attested", "decided", "valid_from", "valid_until", "issuer", "entitlement", "place",
        "signatory", "legal_basis", "based_on", "verdict", "as_of", "former_names", "identifiers",
        "ended_identifiers", "certificates", "roles", "bars", "died", "education", "size", "root",
        "file", "octets",
        "acts", "waiting",
        "database_octets", "wal_octets", "clock", "copy_lag", "free_octets", "version",
        "schema", "recorded", "actor", "subject",
        "outcome",
        "reason", "seat", "since", "session", "people", "command", "own_number", "book", "page",
        "attestation", "note", "first_issued", "replaces", "duplicate", "article", "received",
        "told",
        "contested", "ground", "paper", "step", "notified", "carried_out",
        "linked", "successor", "profile", "server", "language", "signed", "origin", "key", "check",
        "use", "kept", "proposed", "approved", "setting", "scope", "calls", "country", "purpose",
        "category", "consent", "deciding_act", "seen", "recognised", "address", "contact", "field",
        "languages", "entry",
        "specialisation", "fields", "digest_act", "late", "within", "proposal", "datum", "which",
        "before", "after",
        "struck", "year", "figure", "filed", "as_known", "days",
        "activity", "amount", "measure", "relevant", "provider", "checked", "learning", "cases",
        "settled",
      ])
    #expect(Set(Column.allCases.map(\.title)).count == Column.allCases.count)
  }
}

@Suite("Words for people")
struct CatalogueTests {
  @Test("no text shows a brace, whatever the server leaves out")
  func unfilled() {
    for text in Text.allCases {
      for language in bitim.Language.allCases {
        let words = text.filled(language, sent: [:])
        #expect(!words.contains { "{}".contains($0) }, "\(text) in \(language): \(words)")
        #expect(!words.isEmpty, "\(text) in \(language)")
      }
    }
  }

  @Test("a row that differs reads well with what the registry has and without")
  func differs() throws {
    let text = try #require(Text(reason: "DIFFERS"))
    #expect(text.filled(.kk, sent: [:]) == "тізілімде басқаша; ештеңе өзгертілмеді")
    #expect(text.filled(.ru, sent: [:]) == "в реестре иначе; ничего не изменено")
    #expect(text.filled(.en, sent: [:]) == "the registry says otherwise; nothing was changed")
    #expect(
      text.filled(.kk, sent: ["there": "P-7-93"])
        == "тізілімде басқаша: P-7-93; ештеңе өзгертілмеді")
    #expect(
      text.filled(.ru, sent: ["there": "P-7-93"])
        == "в реестре иначе: P-7-93; ничего не изменено")
    #expect(
      text.filled(.en, sent: ["there": "P-7-93"])
        == "the registry says otherwise: P-7-93; nothing was changed")
  }

  /// The program's own files but the generated ones, by path.
  private func sources() throws -> [String: String] {
    let room = "Sources/Client/CommandLine"
    let folder = Repository.root.appendingPathComponent(room)
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
    var sources: [String: String] = [:]
    for case let path as String in paths
    where path.hasSuffix(".swift") && !path.hasPrefix("Generated/") {
      sources[path] = try Repository.text("\(room)/\(path)")
    }
    return sources
  }

  @Test("every text is used")
  func used() throws {
    var named: Set<Substring> = []
    for source in try self.sources().values {
      named.formUnion(source.matches(of: /\.([a-z][A-Za-z0-9]+)/).map(\.output.1))
    }
    // What a server says is looked up by its own name.
    let looked = ["reason.", "field.", "act."]
    for text in Text.allCases where !looked.contains(where: { text.rawValue.hasPrefix($0) }) {
      #expect(named.contains("\(text)"), "\(text)")
    }
  }

  @Test("who says a text of ours names what it fills in, beside it or in `sums`")
  func given() throws {
    // What the server says of a rule is filled in as it was sent.
    let sent = /^(reason\.|rule|evidence).*/
    let texts = Text.allCases.filter { $0.rawValue.wholeMatch(of: sent) == nil }
    for (path, source) in try self.sources() {
      for use in source.matches(of: /\.([a-z][A-Za-z0-9]+)\b/) {
        guard let text = texts.first(where: { "\($0)" == use.output.1 }) else { continue }
        let behind = source[use.range.upperBound...].prefix(300)
        let words = behind.contains("sums)") ? source[...] : behind
        for name in text.pattern(.en).matches(of: /\{([a-z_]+)\}/).map(\.output.1) {
          #expect(words.contains("\"\(name)\":"), "\(path): \(text) lacks \(name)")
        }
      }
    }
  }

  @Test("control characters of a server, a file or a word are shown, on every way to a terminal")
  func control() throws {
    #expect(
      "Ә\u{1B}[2J\r\n\u{202E}\u{AD}\u{9B}".visible == #"Ә\u{1b}[2J\u{d}\u{a}\u{202e}\u{ad}\u{9b}"#)
    #expect("қ\n\u{7}\u{E0041}".visibleLines == "қ\n" + #"\u{7}\u{e0041}"#)
    #expect(
      Text.profileUnwritable.filled(.en, ["file": "a\u{1B}]\n"])
        == #"a\u{1b}]\u{a}: can't be written"#)
    #expect(
      Output.tableText(["Аты", "Year"], [["Ә\u{202E}", "1"], ["Ұлы", "2"]])
        == "Аты        Year\n" + #"Ә\u{202e}"# + "  1\nҰлы        2\n")
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appendingPathComponent("\(UUID().uuidString).csv")
    try Data("surname_kk,\u{1B}[2J\u{202E}\nӘ,1\n".utf8).write(to: file)
    let said = try Repository.run(
      "bitim",
      ["enrol", file.path, "--server", "unix:///nobody", "--cohort", "x", "--date", "2026-02-02"],
      in: folder)
    #expect(said.status == 2)
    #expect(said.errors.contains(#"not known: "\u{1b}[2J""#))
    #expect(!said.errors.contains("\u{1B}"))
  }

  @Test("what is filled in is not read as a name, and a name that was not sent is `…`")
  func filling() {
    #expect(
      Text.fileColumnTwice.filled(.en, ["file": "{column}", "column": "{file}"])
        == "{column}: column \"{file}\" stands twice")
    #expect(
      Text.reasonTooYoung.filled(.en, sent: ["age": "25"]) == "is not yet 25 on …")
    #expect(
      Text.reasonOutsideCohortDates.filled(.en, sent: ["from": "2026-02-02", "until": ""])
        == "outside the cohort's dates: from 2026-02-02")
    // Brackets without a name are brackets.
    #expect(Text.helpWhyUsage.filled(.en) == "bitim why NAME --for 1|2|3|school|seminar")
    #expect(
      Text.helpProposalUsage.filled(.en).hasPrefix(
        "bitim proposal list\nbitim proposal approve NUMBER [--digest DIGEST]\n"))
  }

  @Test("every reason the server may give has words, and no other has")
  func reasons() {
    let extra: Set<String> = [
      "BACKUP_FAILED", "BACKUP_UNDER_WAY", "CLOCK_DOUBTFUL", "CUT_OFF", "DISK_FULL", "DRAINING",
      "AGREED_CALLS_SPENT", "NOTHING_SIGNED", "TOO_MANY_CALLS",
    ]
    let known = Text.allCases.map(\.rawValue).filter { $0.hasPrefix("reason.") }
    #expect(
      Set(known.map { String($0.dropFirst("reason.".count)) })
        == Set(Reason.allCases.map(\.rawValue)).union(extra))
    // What the command line itself sees is told from what the server says.
    let own = Text.allCases.map(\.rawValue).filter { $0.hasPrefix("cell.") }
      .map { String($0.dropFirst("cell.".count)) }
    #expect(Set(own).isDisjoint(with: Reason.allCases.map(\.rawValue)))
    for code in own { #expect(Text(flaw: code) != nil && Text(reason: code) == nil) }
  }

  @Test("every command has help with a summary, a usage and an example in each language")
  func help() {
    for command in Command.allCases {
      for language in bitim.Language.allCases {
        let page = command.help.page(language)
        #expect(page.contains("  bitim \(command.rawValue)"))
        #expect(!command.help.summary.filled(language).isEmpty)
      }
    }
    #expect(Command.allCases.count == 33)
  }

  @Test("no line of help is wider than a terminal of eighty columns")
  func width() {
    for language in bitim.Language.allCases {
      let pages = [Help.overview(language)] + Command.allCases.map { $0.help.page(language) }
      for line in pages.flatMap({ $0.split(separator: "\n") }) where line.count > 80 {
        Issue.record("\(language): \(line)")
      }
    }
  }

  @Test("the page of one command reads like this")
  func page() {
    #expect(
      VerifyCommand.help.page(.kk) == """
        сертификатты нөмірі мен коды бойынша тексеру

          bitim verify NUMBER CODE [--on DATE]
                 кез келген адам; басқа күн туралы, қазір белгілісі бойынша
          bitim verify NUMBER                серіктестер, өз токенімен
          bitim verify --adopted OWN-NUMBER --date DATE --surname SURNAME [--on DATE]
                 осы тізілімге дейін берілген қағаз: кез келген адам
          bitim verify FILE… --offline --trust KEYFILE [--max-age DAYS]
                 [--status FOLDER]
                 bitim certificate bundle не credential файлдары, соңғысы FOLDER
                 қалтасындағы күй тізімдерімен: серверсіз, KEYFILE кілттерімен
                 (bitim audit key); айтылғаннан кейін DAYS күн ғана жарамды,
                 айтылмаса 30
          bitim verify --batch FILE [--to FILE.csv] [--on DATE]
                 [--mapping FILE] [--leave-out TITLE,…]
                 қағаздар тізімі: number code (нөмірі, коды) бағандары немесе әр
                 жолда нөмір мен коды; әрқайсысына CSV жолы; FILE.csv файлында
                 бары қайта сұралмайды
                 аяқталу коды: 0 жарамды, 6 жарамсыз, 3 белгісіз не қате терілген;
                 тізімде 6, 3, 1 (сұралмаған) ішінен бірінші кездескені

        Мысалдар:
          bitim verify 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC
          bitim verify 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC --on 2026-07-10
          bitim verify 2026-000417-29 --output json
          bitim verify --adopted 45 --date 20.05.2013 --surname Өтегенова
          bitim verify --batch нөмірлер.csv --to жауап.csv
          bitim verify --offline өтегенова.bitim --trust мектеп.vkey
          bitim verify --offline ұлжан.vc.json --trust мектеп.vkey --status күй

        """)
  }

  @Test("data that can't be written ends the command, and says so")
  func unwritable() throws {
    let program = try Program(
      Repository.program("bitim"), ["--help"], environment: ["BITIM_LANGUAGE": "en"],
      output: FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full")))
    #expect(program.end() == 5)
    #expect(try program.complained() == "bitim: standard output can't be written\n")
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
