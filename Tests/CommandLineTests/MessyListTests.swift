import BitimTestSupport
import Foundation
import Testing

/// A list of thirty as offices have them, from the file to the registry without an edit of it.
@Suite("A messy list of thirty")
struct MessyListTests {
  private func office() async throws -> Office {
    let office = try await Office(on: "2026-11-29")
    for code in ["X-01", "T-01", "T-03"] {
      try office.cohort(code, from: "2026-10-05", until: "2026-11-20")
    }
    return office
  }

  /// A copy of a list in the School's folder.
  private func copy(_ name: String, _ office: Office) throws -> String {
    let path = office.school.folder.appendingPathComponent("\(name).csv").path
    let there = Repository.root.appendingPathComponent("Tests/Support/Cases/\(name).csv").path
    try FileManager.default.copyItem(atPath: there, toPath: path)
    return path
  }

  private func enrol(
    _ path: String, _ office: Office, _ words: String...
  ) throws -> (status: Int32, output: String, errors: String) {
    try office.bitim("registrar", ["enrol", path, "--date", "2026-10-05"] + words)
  }

  private static let mapping = """
    # How the list is read: KEY = TITLE OF THE COLUMN. What is wrong here, correct.
    header_row = 4
    rows_at_end = 2
    full_name_order = surname given patronymic
    cohort = Топ
    # a guess; compare it with the list
    full_name_kk = Т.А.Ә. (толық)
    surname_latin = Фамилия латиницей
    given_latin = Имя латиницей
    birth_date = Туған күні
    iin = ЖСН/ИИН
    education = Білімі
    fill_down = cohort
    leave_out = № п/п
    leave_out = Телефон
    leave_out = Қолы

    """

  @Test(
    "one mapping, one dry run, and all thirty are recorded, however the file was saved",
    arguments: [
      ("thirty-utf8", nil), ("thirty-utf16", "UTF-16LE, values between \"TAB\""),
      ("thirty-kz1048", "KZ-1048, values between \";\""),
    ])
  func thirty(name: String, readAs: String?) async throws {
    let office = try await self.office()
    let list = try self.copy(name, office)
    // Without a mapping somebody is told of one.
    let first = try self.enrol(list, office, "--dry-run")
    #expect(first.status == 2)
    #expect(
      first.errors.hasSuffix(
        "row 1 has no titles of columns, row 4 has; say header_row = 4 in a mapping; "
          + "--guess writes one\n"))
    #expect(try self.enrol(list, office, "--guess").status == 0)
    let mapping = office.school.folder.appendingPathComponent("\(name).mapping").path
    #expect(try String(contentsOfFile: mapping, encoding: .utf8) == Self.mapping)
    let dry = try self.enrol(list, office, "--mapping", mapping, "--dry-run")
    let read = readAs.map {
      "\(list): read as \($0); is this right? Әбілов Әлихан; Бекенов Әлихан; Ғабдуллин Әлихан\n"
    }
    #expect(
      dry.errors == (read ?? "")
        + "checked, nothing recorded: 26 new, 0 equal, 0 different, 4 wrong\n"
        + "when you have looked at each proposal: "
        + "--accept capitals,empty-patronymic,iin-zeros,look-alikes\n")
    #expect(
      dry.output == """
        Row (line of   Column         Value                 What is wrong, and what to
        the file)                                           do
        9 (14)         Т.А.Ә.         ДОСЖАНОВ ӘЛИХАН       all letters are capital, or
                       (толық)        ҚАЙРАТҰЛЫ             all are small; write it as
                                                            the document has it
                                                            (--accept as-written leaves
                                                            it); proposed: Досжанов
                                                            Әлихан Қайратұлы (--accept
                                                            capitals)
        13 (18)        ЖСН/ИИН        501538468             9 digits: a spreadsheet
                                                            dropped the zeros at the
                                                            beginning; make the column
                                                            text; proposed: 000501538468
                                                            (--accept iin-zeros)
        17 (22)        Т.А.Ә.         Сәрсенов Бaуыржан     “a” at place 2 is of another
                       (толық)        Серікұлы              alphabet; type the name
                                                            again; proposed: Бауыржан
                                                            (--accept look-alikes)
        25 (30)        Т.А.Ә.         Есенов Дәурен -       no patronymic in the
                       (толық)                              document; leave it empty;
                                                            proposed: left empty
                                                            (--accept empty-patronymic)

        """)
    let done = try self.enrol(
      list, office, "--mapping", mapping, "--accept",
      "capitals,iin-zeros,look-alikes,empty-patronymic")
    #expect(done.status == 0)
    #expect(done.output == "")
    #expect(done.errors.hasSuffix("recorded: 30 new, 0 equal, 0 different, 0 wrong\n"))
    let found = try office.done("registrar", "person", "find", "Досжанов", "--output", "csv")
    #expect(found.contains("Doszhanov"), "\(found)")
    let again = try self.enrol(list, office, "--mapping", mapping, "--accept", "all")
    #expect(again.status == 0)
    #expect(again.errors.hasSuffix("nothing to do: 0 new, 30 equal, 0 different, 0 wrong\n"))
  }

  @Test("good rows are recorded in one act, the others come back in the file's own columns")
  func goodRows() async throws {
    let office = try await self.office()
    let list = try self.copy("thirty-kz1048", office)
    let (mapping, bad) = (
      office.school.folder.appendingPathComponent("m").path,
      office.school.folder.appendingPathComponent("bad.csv").path
    )
    try Data(Self.mapping.utf8).write(to: URL(fileURLWithPath: mapping))
    let refused = try self.enrol(list, office, "--mapping", mapping, "--good-rows")
    #expect(refused.status == 2)
    #expect(refused.errors == "bitim: --rejects is needed; see --help\n")
    let done = try self.enrol(
      list, office, "--mapping", mapping, "--good-rows", "--rejects", bad, "--accept", "iin-zeros")
    #expect(done.status == 1)
    #expect(
      done.errors.hasSuffix(
        """
        taken as proposed: iin-zeros 1
        \(bad): rows that were not taken: 3; correct them there and give it again
        recorded: 27 new; 0 equal; not recorded: 0 different, 3 wrong

        """), "\(done.errors)")
    let mode = try FileManager.default.attributesOfItem(atPath: bad)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let text = try String(contentsOfFile: bad, encoding: .utf8)
    #expect(try Repository.octets(absolute: bad).prefix(3) == [0xEF, 0xBB, 0xBF])
    #expect(text.hasPrefix("Медиаторларды даярлау курсының тыңдаушылары;"), "\(text)")
    #expect(text.contains("ЖСН/ИИН;Білімі;Телефон;Қолы;line;column;rule;remedy\r\n4;X-01;ДОСЖАНОВ"))
    #expect(
      text.contains(
        """
        12;T-01;Сәрсенов Бaуыржан Серікұлы;Sarsenov;Bauyrzhan;1976/12/12;761212334067;В/о;\
        '+7 701 000 00 11;;22;Т.А.Ә. (толық);“a” at place 2 is of another alphabet;\
        "type the name again; proposed: Бауыржан (--accept look-alikes)"\r\n
        """), "\(text)")
    #expect(text.hasSuffix("Барлығы:;;30;;;;;;;\r\nОрындаушы: Серікова Ә.;;;;;;;;;\r\n"))
    // The same mapping reads it, what was added too.
    let rest = try self.enrol(bad, office, "--mapping", mapping, "--accept", "all")
    #expect(rest.errors.hasSuffix("recorded: 3 new, 0 equal, 0 different, 0 wrong\n"), "\(rest)")
    // What lies there is never written over.
    let twice = try self.enrol(
      list, office, "--mapping", mapping, "--good-rows", "--rejects", bad)
    #expect(twice.status == 2)
    #expect(twice.errors == "bitim: \(bad): is there already; name another file\n")
  }
}
