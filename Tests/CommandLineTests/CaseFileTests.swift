import BitimTestSupport
import Foundation
import Testing

/// The files of `Tests/Support/Cases`, each given to `bitim` in the three languages.
@Suite("Lists as offices have them")
struct CaseFileTests {
  private static let languages = ["kk", "ru", "en"]

  private static func path(_ name: String) -> String {
    Repository.root.appendingPathComponent("Tests/Support/Cases/\(name).csv").path
  }

  /// A School with the cohorts of the cases and their trainer.
  private func office() async throws -> Office {
    let office = try await Office(on: "2026-11-29")
    try office.done(
      "registrar", "person", "add", "--surname-kk", "Айдарбеков", "--given-kk", "Әлихан",
      "--surname-latin", "Aidarbekov", "--given-latin", "Alikhan", "--birth-date", "1960-01-10",
      "--evidence", "жаттықтырушы сертификаты, 2018")
    for code in ["X-01", "T-01", "T-03"] {
      try office.cohort(code, from: "2026-10-05", until: "2026-11-20")
      try office.done("registrar", "cohort", "trainer", code, "Айдарбеков", "--evidence", "2018")
    }
    return office
  }

  /// What `bitim enrol` says of a case in a dry run: data, then the rest.
  private func dry(
    _ office: Office, _ name: String, _ words: [String] = [], in language: String = "en"
  ) throws -> (status: Int32, output: String, errors: String) {
    try office.bitim(
      "registrar",
      ["enrol", Self.path(name), "--date", "2026-10-05", "--dry-run"] + words, in: language)
  }

  /// The sum of a dry run in a language.
  private func sum(_ added: Int, wrong: Int = 0, in language: String) -> String {
    switch language {
    case "kk":
      "тексерілді, ештеңе жазылған жоқ: \(added) жаңа, 0 сол күйінде, 0 өзгеше, \(wrong) қате\n"
    case "ru":
      "проверено, ничего не записано: новых \(added), без изменений 0, отличаются 0, "
        + "с ошибкой \(wrong)\n"
    default: "checked, nothing recorded: \(added) new, 0 equal, 0 different, \(wrong) wrong\n"
    }
  }

  @Test("taken: separators, marks, blank rows, words for an education")
  func taken() async throws {
    let office = try await self.office()
    for language in Self.languages {
      for (name, count) in [
        ("sep-line", 2), ("trailing-delimiter", 2), ("header-zero-width", 1), ("blank-rows", 2),
        ("education-words", 6), ("foreigner", 1),
      ] {
        let said = try self.dry(office, name, in: language)
        #expect(said.status == 0, "\(name) \(language): \(said.output)")
        #expect(said.output == "")
        #expect(said.errors == self.sum(count, in: language), "\(name)")
      }
    }
  }

  @Test("taken, and said once how it was read, with names for the eye")
  func readOtherwise() async throws {
    let office = try await self.office()
    let (tabs, wide) = (Self.path("tab-separated"), Self.path("utf16le-tab"))
    let said: [String: (tabs: String, wide: String)] = [
      "kk": (
        "UTF-8 деп оқылды, мәндер арасында «TAB»; дұрыс па?",
        "UTF-16LE деп оқылды, мәндер арасында «TAB»; дұрыс па?"
      ),
      "ru": (
        "прочитан как UTF-8, между значениями «TAB»; верно ли это?",
        "прочитан как UTF-16LE, между значениями «TAB»; верно ли это?"
      ),
      "en": (
        "read as UTF-8, values between \"TAB\"; is this right?",
        "read as UTF-16LE, values between \"TAB\"; is this right?"
      ),
    ]
    for language in Self.languages {
      let words = try #require(said[language])
      #expect(
        try self.dry(office, "tab-separated", in: language).errors
          == "\(tabs): \(words.tabs) Әділбекова Айгүл; Байғожин Асқар\n"
          + self.sum(2, in: language))
      #expect(
        try self.dry(office, "utf16le-tab", in: language).errors
          == "\(wide): \(words.wide) Әділбекова Айгүл; Байғожин Асқар; Ғалиева Бибігүл\n"
          + self.sum(3, in: language))
    }
  }

  /// A case that is refused: the option that takes it, how many it then takes, and what is said of it in
  /// each language.
  struct Refused: CustomTestStringConvertible {
    let name: String
    let wrong: Int
    var good = 0
    var accept: String?
    let table: String
    /// What stands in the tables of Kazakh and Russian besides values and proposals.
    let others: [String: [String]]
    var testDescription: String { self.name }
  }

  @Test(
    "refused by row, title, value, rule and remedy, and taken by one option",
    arguments: [
      Refused(
        name: "all-caps", wrong: 1, accept: "capitals",
        table: """
          Row  Column      Value      What is wrong, and what to do
          2    surname_kk  ЕҢСЕБАЕВА  all letters are capital, or all are small; write it
                                      as the document has it (--accept as-written leaves
                                      it); proposed: Еңсебаева (--accept capitals)
          2    given_kk    БИБІГҮЛ    all letters are capital, or all are small; write it
                                      as the document has it (--accept as-written leaves
                                      it); proposed: Бибігүл (--accept capitals)
          2    surname_ru  енсебаева  all letters are capital, or all are small; write it
                                      as the document has it (--accept as-written leaves
                                      it); proposed: Енсебаева (--accept capitals)

          """,
        others: [
          "kk": ["әріптердің бәрі бас", "ұсыныс: Еңсебаева", "Енсебаева"],
          "ru": ["все буквы заглавные", "предлагается: Еңсебаева", "Енсебаева"],
        ]),
      Refused(
        name: "dash-patronymic", wrong: 2, accept: "empty-patronymic",
        table: """
          Row  Column         Value     What is wrong, and what to do
          2–3  patronymic_kk  -, —      no patronymic in the document; leave it empty;
                                        proposed: left empty (--accept empty-patronymic)
          2–3  patronymic_ru  нет, б/о  no patronymic in the document; leave it empty;
                                        proposed: left empty (--accept empty-patronymic)

          """,
        others: [
          "kk": ["құжатта әкесінің аты жоқ", "бос қалдыру"],
          "ru": ["в документе нет отчества", "предлагается: пусто"],
        ]),
      Refused(
        name: "zero-width-in-name", wrong: 2, accept: "invisible",
        table: """
          Row  Column         Value               What is wrong, and what to do
          2    given_kk       Ай\\u{200b}гүл       characters nobody can see: U+200B (3);
                                                  type the text again; proposed: Айгүл
                                                  (--accept invisible)
          2    surname_ru     Адиль\\u{ad}бекова   characters nobody can see: U+00AD (6);
                                                  type the text again; proposed:
                                                  Адильбекова (--accept invisible)
          3    surname_latin  \\u{2060}Zhumagulov  characters nobody can see: U+2060 (1);
                                                  type the text again; proposed:
                                                  Zhumagulov (--accept invisible)

          """,
        others: [
          "kk": ["көрінбейтін таңбалар", "U+200B (3)", "U+00AD (6)", "U+2060 (1)"],
          "ru": ["знаки, которых не видно", "U+200B (3)", "U+00AD (6)", "U+2060 (1)"],
        ]),
      Refused(
        name: "kz1048-mojibake", wrong: 1, accept: "encoding",
        table: """
          Row  Column      Value      What is wrong, and what to do
          2    surname_kk  Јділєожин  letters no Kazakh or Russian name has: read in the
                                      wrong encoding; save the list as UTF-8; proposed:
                                      Әділғожин (--accept encoding)
          2    given_kk    Ґмірєали   letters no Kazakh or Russian name has: read in the
                                      wrong encoding; save the list as UTF-8; proposed:
                                      Өмірғали (--accept encoding)

          """,
        others: [
          "kk": ["басқа кодтаумен оқылған", "Әділғожин", "Өмірғали"],
          "ru": ["прочитано не в той кодировке", "Әділғожин", "Өмірғали"],
        ]),
      Refused(
        name: "iin-written", wrong: 2, good: 5, accept: "iin-letters",
        table: """
          Row  Column  Value         What is wrong, and what to do
          4    iin     87О121425О41  letters among the digits: О (3), О (10); type the 12
                                     digits as the document has them; proposed:
                                     870121425041 (--accept iin-letters)
          8    iin     9l0505425324  letters among the digits: l (2); type the 12 digits
                                     as the document has them; proposed: 910505425324
                                     (--accept iin-letters)

          """,
        others: [
          "kk": ["цифрлар арасында әріп бар", "О (3), О (10)", "870121425041"],
          "ru": ["среди цифр буквы", "О (3), О (10)", "870121425041"],
        ]),
      Refused(
        name: "formula", wrong: 3,
        table: """
          Row  Column         Value                       What is wrong, and what to do
          2–4  surname_latin  =WEBSERVICE(1), +Kim, @Kim  begins like a formula, and a
                                                          name is of letters, spaces, - ’
                                                          and . alone; type it as the
                                                          document has it

          """,
        others: [
          "kk": ["формула сияқты басталады", "=WEBSERVICE(1), +Kim, @Kim"],
          "ru": ["начинается как формула", "=WEBSERVICE(1), +Kim, @Kim"],
        ]),
      Refused(
        name: "dates", wrong: 8, good: 4,
        table: """
          Row     Column      Value                           What is wrong, and what to
                                                              do
          2–3, 9  birth_date  01/02/03, 01.02.90, 04-07-1990  may be several days; write
                                                              1990-07-04 or 04.07.1990, or
                                                              say date_form in a mapping
          4, 8    birth_date  1990 ж. 04.07, 4 шілде 1990     not a date; write it as
                                                              2026-02-03 or 03.02.2026
          5       birth_date  32874                           a spreadsheet's number, of
                                                              1990-01-01 perhaps; write
                                                              the day, or date_form =
                                                              excel in a mapping
          6–7     birth_date  31.02.1990, 29.02.1990          February 1990 has 28 days;
                                                              correct it from the document

          """,
        others: [
          "kk": ["әртүрлі түсінуге болады", "1990 жылғы ақпан: 28 күн", "1990-01-01"],
          "ru": ["можно понять по-разному", "февраль 1990 года: дней 28", "1990-01-01"],
        ]),
      Refused(
        name: "merged-cohort", wrong: 2, good: 1,
        table: """
          Row  Column  Value  What is wrong, and what to do
          3–4  Топ            no cohort; merged cells? Write it in each row, or fill_down
                              = cohort in a mapping

          """,
        others: [
          "kk": ["3–4  Топ", "біріктірілген ұяшықтар ма?"],
          "ru": ["3–4     Топ", "объединённые ячейки?"],
        ]),
      Refused(
        name: "cp1251-letters-lost", wrong: 3,
        table: """
          Row  Column       Value                          What is wrong, and what to do
          2–4  Фамилия каз  ?ділбекова, Бай?ожин, ?алиева  letters were lost in saving;
                                                           save the file as UTF-8 and type
                                                           the name from the document
          2–4  Имя каз      Айг?л, Ас?ар, Бибіг?л          letters were lost in saving;
                                                           save the file as UTF-8 and type
                                                           the name from the document

          """,
        others: [
          "kk": ["сақтау кезінде әріптер жоғалған", "?ділбекова, Бай?ожин, ?алиева"],
          "ru": ["буквы потеряны при сохранении", "?ділбекова, Бай?ожин, ?алиева"],
        ]),
    ])
  func refused(_ wanted: Refused) async throws {
    let office = try await self.office()
    let english = try self.dry(office, wanted.name)
    #expect(english.status == 1)
    #expect(english.output == wanted.table)
    #expect(english.errors.hasSuffix(self.sum(wanted.good, wrong: wanted.wrong, in: "en")))
    for (language, words) in wanted.others {
      let said = try self.dry(office, wanted.name, in: language)
      #expect(said.status == 1)
      let output = said.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for word in words {
        let flat = word.split(separator: " ").joined(separator: " ")
        #expect(output.contains(flat), "\(language): \(word) in \(said.output)")
      }
      #expect(said.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(said.output)")
      #expect(
        said.errors.hasSuffix(self.sum(wanted.good, wrong: wanted.wrong, in: language)),
        "\(said.errors)")
    }
    guard let accept = wanted.accept else { return }
    for word in [accept, "all"] {
      let taken = try self.dry(office, wanted.name, ["--accept", word])
      #expect(taken.status == 0, "\(taken.output)")
      #expect(taken.errors.hasSuffix(self.sum(wanted.good + wanted.wrong, in: "en")))
    }
  }

  @Test(
    "columns that the registry does not keep are named together, with the option that leaves them out"
  )
  func officeColumns() async throws {
    let office = try await self.office()
    let flag = "--leave-out '№ п/п,Телефон,Эл. почта,Место работы,Подпись'"
    let titles = "\"№ п/п\", \"Телефон\", \"Эл. почта\", \"Место работы\", \"Подпись\""
    let words = [
      "kk": "мына бағандар белгісіз: \(titles)\nоларды алмау үшін: \(flag)\n",
      "ru": "эти столбцы неизвестны: \(titles)\nне брать их: \(flag)\n",
      "en": "these columns are not known: \(titles)\nleave them out: \(flag)\n",
    ]
    for language in Self.languages {
      let said = try self.dry(office, "office-columns", in: language)
      #expect(said.status == 2)
      #expect(said.output == "")
      #expect(said.errors.contains(words[language] ?? "-"), "\(said.errors)")
      let out = "№ п/п,Телефон,Эл. почта,Место работы,Подпись"
      let taken = try self.dry(office, "office-columns", ["--leave-out", out], in: language)
      #expect(taken.status == 0)
      #expect(taken.errors == self.sum(1, in: language))
    }
  }

  @Test("a mapping fills merged cells down and says that days are a spreadsheet's numbers")
  func mapped() async throws {
    let office = try await self.office()
    let mapping = office.school.folder.appendingPathComponent("тізім.mapping").path
    try Data("# Біріктірілген ұяшықтар\nfill_down = cohort\n".utf8)
      .write(to: URL(fileURLWithPath: mapping))
    let merged = try self.dry(office, "merged-cohort", ["--mapping", mapping])
    #expect(merged.status == 0)
    #expect(merged.errors == self.sum(3, in: "en"))
    try Data("date_form = excel\n".utf8).write(to: URL(fileURLWithPath: mapping))
    let dates = try self.dry(office, "dates", ["--mapping", mapping])
    #expect(dates.errors == self.sum(5, wrong: 7, in: "en"))
  }

  @Test("people who are there are named, and nobody is recorded twice (R-105, R-109)")
  func people() async throws {
    let office = try await self.office()
    func enrol(_ path: String, _ language: String = "en") throws -> (
      status: Int32, output: String, errors: String
    ) {
      try office.bitim("registrar", ["enrol", path, "--date", "2026-10-05"], in: language)
    }
    #expect(try enrol(Self.path("foreigner")).status == 0)
    // Somebody is there with another IIN, which differs in the eleventh digit alone.
    let other = office.school.folder.appendingPathComponent("first.csv").path
    let text = try Repository.text("Tests/Support/Cases/iin-11th-digit.csv")
    try Data(text.replacing("810703460030", with: "810703460020").utf8)
      .write(to: URL(fileURLWithPath: other))
    #expect(try enrol(other).status == 0)
    for name in ["foreigner-renewed", "iin-11th-digit"] {
      for (language, words) in [
        ("kk", "мүмкін"), ("ru", "возможно, этот человек уже есть"),
        ("en", "may be somebody who is there already"),
      ] {
        let said = try enrol(Self.path(name), language)
        #expect(said.status == 1)
        #expect(said.output.contains(/P-\d+-\d+/), "\(said.output)")
        #expect(said.output.contains("distinct_from"))
        #expect(
          said.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
            .contains(words), "\(said.output)")
      }
    }
    let person = try #require(
      try office.done("registrar", "person", "find", "Қайырбекова")
        .firstMatch(of: /P-\d+-\d+/)?.0)
    let told = office.school.folder.appendingPathComponent("told.csv").path
    let rows = text.split(whereSeparator: \.isNewline)
    try Data(
      ("\(rows[0]),distinct_from,distinct_evidence\n\(rows[1]),\(person),екі жеке куәлік\n").utf8
    ).write(to: URL(fileURLWithPath: told))
    let said = try enrol(told)
    #expect(said.status == 0, "\(said.output)")
    #expect(said.errors == "recorded: 1 new, 0 equal, 0 different, 0 wrong\n")
  }

  @Test("a centre that differs is shown column by column, with the command that grants the days")
  func centre() async throws {
    let office = try await self.office()
    func add(_ name: String, _ language: String) throws -> (
      status: Int32, output: String, errors: String
    ) {
      try office.bitim(
        "administrator", ["admin", "organisation", "add", Self.path(name)], in: language)
    }
    #expect(try add("centre", "en").errors == "recorded: 1 new, 0 equal, 0 different, 0 wrong\n")
    #expect(
      try add("centre", "en").errors
        == "nothing to do: 0 new, 1 equal, 0 different, 0 wrong\n")
    let grant =
      "bitim admin entitlement grant ALA-09 --activity train --from 2026-11-01 "
      + "--until 2026-11-30 --basis 'тізілім № 99'"
    for (language, sum) in [
      ("kk", "ештеңе жазылған жоқ: 0 жаңа, 0 сол күйінде, 1 өзгеше, 0 қате"),
      ("ru", "ничего не записано: новых 0, без изменений 0, отличаются 1, с ошибкой 0"),
      ("en", "nothing was recorded: 0 new, 0 equal, 1 different, 0 wrong"),
    ] {
      let said = try add("centre-changed", language)
      #expect(said.status == 1)
      #expect(said.output.contains("Центр № 9 города Алматы"))
      #expect(said.output.contains("2026-12-01"))
      #expect(said.errors.contains(grant) && said.errors.hasSuffix(sum + "\n"), "\(said.errors)")
    }
    // The command does what it says it does.
    try office.done(
      "administrator", "admin", "entitlement", "grant", "ALA-09", "--activity", "train", "--from",
      "2026-11-01", "--until", "2026-11-30", "--basis", "тізілім № 99")
  }

  @Test("an absence told late is shown as different, with the command that corrects it (R-018)")
  func absence() async throws {
    let office = try await self.office()
    for (surname, given, born, iin) in [
      ("Байғожин", "Асқар", "1976-02-04", "760204320070"),
      ("Әділбекова", "Айгүл", "1975-01-01", "750101420005"),
    ] {
      try office.done(
        "registrar", "enrol", "--cohort", "T-01", "--surname-kk", surname, "--given-kk", given,
        "--birth-date", born, "--iin", iin, "--education", "higher", "--date", "2026-10-05")
    }
    try office.done(
      "registrar", "hours", "T-01", "--date", "2026-10-06", "--start", "09:00", "--theory", "9",
      "--trainer", "Айдарбеков")
    for language in Self.languages {
      let said = try office.bitim(
        "registrar", ["hours", Self.path("hours-absence-late")], in: language)
      #expect(said.status == 1)
      #expect(said.output.contains("9 + 0"), "\(said.output)")
      #expect(
        said.errors.contains(
          /bitim hours correct T-01 P-\d+-\d+ --date 2026-10-06 --start 09:00 --absent --reason late_report/
        ), "\(said.errors)")
      #expect(!said.errors.contains("nothing to do"))
    }
    try office.done(
      "registrar", "hours", "correct", "T-01", "Байғожин", "--date", "2026-10-06", "--start",
      "09:00", "--absent", "--reason", "late_report", "--evidence", "қатысу парағы")
    let said = try office.bitim("registrar", ["hours", Self.path("hours-absence-late")])
    #expect(said.errors == "nothing to do: 0 new, 1 equal, 0 different, 0 wrong\n")
  }
}
