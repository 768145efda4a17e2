import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("How files are read")
struct ListReadingTests {
  // iconv -f RK1048 and -f CP1251 of the octets 0x80 to 0xFF without 0x98.
  private static let kz = """
    ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—™љ›њқһџ\u{A0}ҰұӘ¤Ө¦§Ё©Ғ«¬\u{AD}®Ү°±Ііөµ¶·ё№ғ»әҢңү\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя
    """
  private static let windows = """
    ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя
    """
  private static let high = (UInt8(0x80)...0xFF).filter { $0 != 0x98 }

  @Test("KZ-1048 and Windows-1251 are those of iconv, octet for octet")
  func tables() {
    #expect(KZ1048.text(Self.high, asWindows: false) == Self.kz)
    #expect(KZ1048.text(Self.high, asWindows: true) == Self.windows)
    #expect(KZ1048.text([0x98], asWindows: true) == nil)
    #expect(KZ1048.octets(Self.windows, asWindows: true) == Self.high)
    #expect(KZ1048.octets("ә", asWindows: true) == nil)
  }

  private static let text = "Топ;Тегі\r\nX-01;Өмірғали\r\n"

  private static func sixteen(_ text: String, big: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let octets = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return big ? octets : octets.reversed()
    }
  }

  @Test(
    "a text is the same however it was saved",
    arguments: [
      (Array(Self.text.utf8), TextFile.Encoding.utf8),
      ([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), .utf8),
      ([0xFF, 0xFE] + Self.sixteen(Self.text, big: false), .utf16LittleEndian),
      (Self.sixteen(Self.text, big: false), .utf16LittleEndian),
      ([0xFE, 0xFF] + Self.sixteen(Self.text, big: true), .utf16BigEndian),
      (Self.sixteen(Self.text, big: true), .utf16BigEndian),
      (
        // Топ;Тегі CR LF X-01;Өмірғали CR LF
        [
          0xD2, 0xEE, 0xEF, 0x3B, 0xD2, 0xE5, 0xE3, 0xB3, 0x0D, 0x0A, 0x58, 0x2D, 0x30, 0x31, 0x3B,
          0xA5, 0xEC, 0xB3, 0xF0, 0xBA, 0xE0, 0xEB, 0xE8, 0x0D, 0x0A,
        ], .kz1048
      ),
    ])
  func encodings(octets: [UInt8], encoding: TextFile.Encoding) throws {
    let read = try TextFile.read(octets)
    #expect(read.text == Self.text)
    #expect(read.encoding == encoding)
  }

  @Test("without a Kazakh letter of its own it is Windows-1251, and a mapping may say otherwise")
  func windows1251() throws {
    let octets: [UInt8] = [0xCA, 0xE8, 0xEC, 0x3B, 0xB3, 0x0A]  // Ким;і
    #expect(try TextFile.read(octets).encoding == .windows1251)
    #expect(try TextFile.read(octets).text == "Ким;і\n")
    #expect(try TextFile.read([0xAF, 0x0A]).text == "Ү\n")
    #expect(try TextFile.read([0xAF, 0x0A], as: .windows1251).text == "Ї\n")
    // A mark says more than a mapping.
    #expect(try TextFile.read([0xEF, 0xBB, 0xBF, 0xD0, 0xAF], as: .kz1048).text == "Я")
  }

  @Test(
    "what is no text is named as what it is",
    arguments: [
      ([0x50, 0x4B, 3, 4] + Array("…[Content_Types].xml…xl/workbook.xml".utf8), ".xlsx"),
      (
        [0x50, 0x4B, 3, 4]
          + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8), ".ods"
      ),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], ".xls"),
    ])
  func workbooks(octets: [UInt8], kind: String) {
    #expect(throws: TextFile.Fault.workbook(kind)) { try TextFile.read(octets) }
  }

  @Test(
    "what is no list is named by its kind, whatever its name ends in",
    arguments: [
      ("%PDF-1.7\n", ".pdf"), ("{\\rtf1\\ansi}", ".rtf"), ("\u{FEFF}\n<HTML><table>", ".html"),
      ("<?xml version='1.0'?>", ".xml"),
      ("PK\u{3}\u{4}…[Content_Types].xml…word/document.xml", ".docx"),
      ("PK\u{3}\u{4}…list.csv", ".zip"),
      // The disk kept of the end of this list its length alone.
      ("cohort,surname_kk,given_kk,iin\nX-01,Ким,Ира,\n\0\0", ""),
    ])
  func otherKinds(text: String, kind: String) {
    #expect(throws: TextFile.Fault.noList(kind)) { try TextFile.read(Array(text.utf8)) }
  }

  @Test("pictures and packed files are no lists, nor is UTF-32")
  func octetKinds() {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    #expect(throws: TextFile.Fault.noList(".png")) { try TextFile.read(png) }
    let gz: [UInt8] = [0x1F, 0x8B, 8, 0]
    #expect(throws: TextFile.Fault.noList(".gz")) { try TextFile.read(gz) }
    let wide: [UInt8] = [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]
    #expect(throws: TextFile.Fault.noList("UTF-32")) { try TextFile.read(wide) }
  }

  @Test(
    "letters of another encoding are not taken for those of Windows-1251",
    arguments: [
      // Алешин;Петр in KOI8-R, as DOS has it (866), and as Macintosh has it; by iconv.
      [
        0xE1, 0xCC, 0xC5, 0xDB, 0xC9, 0xCE, 0x3B, 0xF0, 0xC5, 0xD4, 0xD2, 0x0A,
      ],
      [
        0x80, 0xAB, 0xA5, 0xE8, 0xA8, 0xAD, 0x3B, 0x8F, 0xA5, 0xE2, 0xE0, 0x0A,
      ],
      [
        0x80, 0xEB, 0xE5, 0xF8, 0xE8, 0xED, 0x3B, 0x8F, 0xE5, 0xF2, 0xF0, 0x0A,
      ],
    ] as [[UInt8]])
  func noEncoding(octets: [UInt8]) {
    #expect(throws: TextFile.Fault.noEncoding) { try TextFile.read(octets) }
  }

  @Test("a folder and a file that is not there are named as such")
  func places() {
    for (path, text) in [
      ("/tmp", Text.fileIsFolder), ("/tmp/жоқ-файл.csv", .fileNotThere),
      ("/dev/null", .fileUnreadable),
    ] {
      #expect(throws: Sheet.Fault(text: text, arguments: ["file": path])) {
        try Sheet(path: path, columns: ["surname_kk"])
      }
    }
  }

  @Test("Excel's own line is known in quotes too, and a sign of DOS behind the last row is none")
  func quotedSeparatorLine() throws {
    let read = try CSV.records("\"sep=|\"\r\nТегі|Аты\r\nКим|Ира\r\n\u{1A}")
    #expect(read.separator == "|")
    #expect(read.records.map(\.fields) == [["Тегі", "Аты"], ["Ким", "Ира"]])
    #expect(read.records.map(\.line) == [2, 3])
  }

  @Test(
    "rows that were not told apart, and a list without titles, are told of as what they are",
    arguments: [
      ("surname_kk|given_kk\nКим|Ира\n", Text.fileOneCell, "\"surname_kk|given_kk\""),
      ("sep=,\nsurname_kk;given_kk\nКим;Ира\n", .fileOneCell, "\"surname_kk;given_kk\""),
      ("\"surname_kk,given_kk\"\n\"Ким,Ира\"\n", .fileOneCell, "\"surname_kk,given_kk\""),
      ("Ким,Ира\nЛи,Ян\n", .fileNoTitles, "\"Ким\", \"Ира\""),
      ("а,б,в,г\n1,2,3,4\n", .fileNoTitles, "\"а\", \"б\", \"в\", …"),
    ])
  func notToldApart(list: String, text: Text, columns: String) throws {
    let path = try self.file(list)
    #expect(
      throws: Sheet.Fault(
        text: text, arguments: ["file": path, "row": "1", "columns": columns])
    ) { try Sheet(path: path, columns: ["surname_kk", "given_kk"]) }
  }

  @Test("a mapping says that values stand between bars")
  func bars() throws {
    let list = try self.file("surname_kk|given_kk\nКим|Ира\n")
    let mapping = try self.file("separator = |\n", "m")
    let arguments = try Arguments(["--mapping", mapping], options: ["mapping"])
    let sheet = try Sheet(
      path: list, columns: ["surname_kk", "given_kk"], ListOptions(arguments))
    #expect(sheet.rows.map { [$0["surname_kk"], $0["given_kk"]] } == [["Ким", "Ира"]])
  }

  @Test("UTF-8 that was damaged is named by its line, and UTF-16 that was cut as such")
  func damaged() {
    #expect(throws: TextFile.Fault.notUTF8(line: 2)) {
      try TextFile.read(Array("Өмірғали\nҚұрман".utf8) + [0xD0, 0x0A])
    }
    #expect(throws: TextFile.Fault.not(.utf16LittleEndian)) {
      try TextFile.read([0xFF, 0xFE, 0x41])
    }
  }

  @Test(
    "text that was read in the wrong encoding is read in the other",
    arguments: [
      // KZ-1048 as Windows-1251; UTF-8 as Windows-1251 and as Windows-1252; Windows-1251 as Windows-1252.
      ("Јділєожин", "Әділғожин"), ("Ґмірєали", "Өмірғали"), ("Ќўрман", "Құрман"),
      ("РђР№РіТЇР»СЊ", "Айгүль"), ("Ð¢ÐµÐ³Ñ–", "Тегі"), ("FernÃ¡ndez", "Fernández"),
      ("Ôàìèëèÿ", "Фамилия"), ("Àñºàð", "Асғар"),
      // UTF-8 as KZ-1048; UTF-8 as Windows-1252, twice.
      ("РқТ±СЂР»Р°РҢ", "Нұрлан"), ("FernÃƒÂ¡ndez", "Fernández"),
    ])
  func misread(text: String, meant: String) { #expect(Misreading.undone(text) == meant) }

  @Test(
    "a name that was read right is left alone",
    arguments: [
      "Әділғожин", "Нұрпейісов", "Fernández Ruiz", "José", "Ñuño", "Müller", "Ким", "O’Neill", "",
    ])
  func readRight(text: String) { #expect(Misreading.undone(text) == nil) }

  @Test(
    "days are read in every form that means one day, and in no other",
    arguments: [
      ("1990-07-04", .day("1990-07-04")), ("1990-07-04 00:00:00", .day("1990-07-04")),
      ("1990-07-04T00:00:00", .day("1990-07-04")), ("1.2.1990", .day("1990-02-01")),
      ("04.07.1990 г.", .day("1990-07-04")), ("04.07.1990 жыл", .day("1990-07-04")),
      ("1990/07/04", .day("1990-07-04")), ("1990.7.4", .day("1990-07-04")),
      ("01/02/03", .several), ("01.02.90", .several), ("04-07-1990", .several),
      ("25/12/1990", .several), ("31.02.1990", .beyond(month: 2, year: 1990, days: 28)),
      ("29.02.1996", .day("1996-02-29")), ("1990-06-31", .beyond(month: 6, year: 1990, days: 30)),
      ("1990 ж. 04.07", .unknown), ("4 шілде 1990", .unknown), ("01.13.1990", .unknown),
      ("32874", .serial("1990-01-01")), ("32874.0", .serial("1990-01-01")), ("12", .unknown),
      ("32 874", .serial("1990-01-01")), ("1990", .unknown), ("04. 07. 1990", .day("1990-07-04")),
      ("04.07.1990 г.р.", .day("1990-07-04")), ("04.07.1990 года рождения", .day("1990-07-04")),
    ] as [(String, DateText)])
  func days(text: String, read: DateText) { #expect(DateText(text) == read) }

  @Test("what a mapping says of days decides where there are several")
  func dayForms() {
    #expect(DateText("04-07-1990", as: .dayFirst) == .day("1990-07-04"))
    #expect(DateText("04/07/1990", as: .monthFirst) == .day("1990-04-07"))
    #expect(DateText("04.07.1990", as: .monthFirst) == .day("1990-07-04"))
    #expect(DateText("01.02.90", as: .dayFirst) == .several)
    // LibreOffice: DATE(1900;3;1) is 61, DATE(1987;2;24) is 31832.
    #expect(DateText("31832", as: .excel) == .day("1987-02-24"))
    #expect(DateText("24.02.1987", as: .excel) == .day("1987-02-24"))
    #expect(DateText.dayBefore("2024-03-01") == "2024-02-29")
    #expect(DateText.dayBefore("2026-01-01") == "2025-12-31")
    #expect(DateText.dayBefore("2026-12-31") == "2026-12-30")
  }

  @Test(
    "an IIN is read however it is written, and proposed where it can be told",
    arguments: [
      ("851115 424902", .read("851115424902")), ("'861218324975", .read("861218324975")),
      ("880224325114.0", .read("880224325114")), ("ИИН 890327425182", .read("890327425182")),
      ("ЖСН: 890327425182", .read("890327425182")),
      ("900402325257\u{200B}", .read("900402325257")), ("890327-425182", .read("890327425182")),
      ("ЖСН/ИИН: 890327425182", .read("890327425182")), ("№ 890327425182", .read("890327425182")),
      ("890327425182 (ИИН)", .read("890327425182")),
      ("890327425|82", .letters(list: "| (10)", proposal: "890327425182")),
      ("87О121425О41", .letters(list: "О (3), О (10)", proposal: "870121425041")),
      ("9l0505425324", .letters(list: "l (2)", proposal: "910505425324")),
      // The check digit of what is meant does not fit.
      ("9l0505425325", .letters(list: "l (2)", proposal: nil)),
      ("9,91231E+11", .unknown), ("12345", .unknown), ("паспорт", .unknown),
    ] as [(String, IINText)])
  func iin(text: String, read: IINText) { #expect(IINText(text, bornOn: "") == read) }

  @Test("zeros are proposed where check digit and birth date agree, and not else")
  func zeros() {
    #expect(
      IINText("501538468", bornOn: "2000-05-01") == .zerosLost(proposal: "000501538468"))
    #expect(IINText("501538468", bornOn: "2000-05-02") == .unknown)
    #expect(IINText("501538469", bornOn: "2000-05-01") == .unknown)
    #expect(IINText("501538468", bornOn: "") == .unknown)
  }

  private func cell(
    _ text: String, _ column: String, _ accepted: Set<Proposal> = []
  ) -> (value: String, proposals: [String]) {
    let cell = Cell(text, in: column, Cell.Manner(accepted: accepted))
    return (
      cell.value,
      cell.flaws.map { "\($0.proposal?.kind.rawValue ?? "-") \($0.proposal?.value ?? "")" }
    )
  }

  @Test("a name is mended step by step, and each step is shown")
  func names() {
    #expect(self.cell("БАЙҒОЖИН", "surname_kk").proposals == ["capitals Байғожин"])
    #expect(self.cell("БАЙҒОЖИН", "surname_kk", [.capitals]) == ("Байғожин", []))
    #expect(self.cell("ахметова-ким", "surname_ru").proposals == ["capitals Ахметова-Ким"])
    // Passports have Latin names in capitals.
    #expect(self.cell("KIM", "surname_latin") == ("KIM", []))
    #expect(self.cell("Kиm", "surname_latin").proposals == [])
    #expect(self.cell("Сериkов", "surname_ru").proposals == ["look-alikes Сериков"])
    #expect(self.cell("Ақmет", "given_kk").proposals == [])
    #expect(self.cell("Аскаr", "given_ru").value == "Аскаr")
    #expect(self.cell("Kоzlov", "surname_latin").proposals == ["look-alikes Kozlov"])
    // A Latin name is never derived from a Cyrillic one.
    #expect(self.cell("Козлов", "surname_latin").proposals == [])
    #expect(self.cell("Ахметова - Ким", "surname_kk").proposals == ["spaces Ахметова-Ким"])
    #expect(self.cell("Ахметова–Ким", "surname_kk").proposals == ["look-alikes Ахметова-Ким"])
    #expect(
      self.cell("АХ\u{200B}МЕТОВА – КИМ", "surname_kk").proposals == [
        "invisible АХМЕТОВА – КИМ", "look-alikes АХМЕТОВА - КИМ", "spaces АХМЕТОВА-КИМ",
        "capitals Ахметова-Ким",
      ])
    for unseen in ["\u{202E}", "\u{34F}", "\u{3164}", "\u{FE0F}", "\u{2800}"] {
      #expect(self.cell("Нұр\(unseen)жан", "given_kk").proposals == ["invisible Нұржан"])
    }
    #expect(self.cell("нет", "patronymic_ru").proposals == ["empty-patronymic "])
    #expect(self.cell("—", "patronymic_kk", [.emptyPatronymic]) == ("", []))
    for none in ["―", "‑", "- - -", "…", "/", "*", "б.о.", "(нет)", "Нет отчества", "#Н/Д", "х"] {
      #expect(self.cell(none, "patronymic_kk").proposals == ["empty-patronymic "], "\(none)")
    }
    #expect(self.cell("?", "patronymic_kk").proposals == [])
    // Two letters look like this one; and no digit is a letter of a name in small ones.
    #expect(self.cell("Yмiт", "given_kk").proposals == ["- "])
    #expect(self.cell("Θтеген", "surname_kk").proposals == ["look-alikes Өтеген"])
    #expect(self.cell("Omarοv", "surname_latin").proposals == ["look-alikes Omarov"])
    #expect(self.cell("0маров", "surname_kk") == ("0маров", []))
    #expect(self.cell("_алымжан", "given_kk") == ("_алымжан", []))
    for odd in ["оМАРОВ", "ОМаров", "ОмароВ"] {
      #expect(self.cell(odd, "surname_kk").proposals == ["capitals Омаров"])
    }
    #expect(self.cell("ОМАРОВ Сейіт", "surname_kk").proposals == ["capitals Омаров Сейіт"])
    #expect(self.cell("О’Коннор", "surname_ru") == ("О’Коннор", []))
    #expect(self.cell("О’КОННОР", "surname_ru").proposals == ["capitals О’Коннор"])
    #expect(self.cell("Е.И.", "given_ru") == ("Е.И.", []))
    // A Latin name read as Windows-1251; and no Kazakh letter is proposed for a Russian name.
    #expect(self.cell("Josй Marнa", "given_latin").proposals == ["encoding José María"])
    #expect(self.cell("Јунусов", "surname_ru") == ("Јунусов", []))
    #expect(self.cell(" Ким\u{A0} Елена ", "surname_kk") == ("Ким Елена", []))
    #expect(self.cell("=1+1", "surname_kk").proposals == ["- "])
    #expect(NameScript.capitalised("ӘЛИ ОҒЛЫ-КИМ ҰЛЫ") == "Әли Оғлы-Ким ұлы")
  }

  @Test(
    "an education is said by a word of three languages, and by one kind of words alone",
    arguments: [
      ("Высшее юридическое", .higher), ("бакалавр", .higher), ("магистр права", .higher),
      ("ЖОО", .higher), ("В/о", .higher), ("higher\u{A0}", .higher), ("жоғары (заң)", .higher),
      ("среднее специальное", .secondary), ("орта", .secondary), ("Колледж", .secondary),
      ("неоконченное высшее", nil), ("Высшее (незаконченное)", nil), ("аяқталмаған жоғары", nil),
      ("юрист", nil), ("", nil), ("юридическое высшее", .higher), ("В\\О", .higher),
      ("к.ю.н.", .higher), ("высшее/юридическое", .higher), ("ТиПО", .secondary),
      ("средне-специальное", .secondary), ("магистратура (обучается)", nil),
      ("высшее (не закончил)", nil), ("бакалавриат, 3 курс", nil), ("н/высшее", nil),
      ("жоғары (студент)", nil), ("без высшего", nil), ("высшее (безопасность)", .higher),
    ] as [(String, BitimV1.Education?)])
  func education(text: String, read: BitimV1.Education?) {
    #expect(EducationWords.education(text) == read)
  }

  @Test("times, papers, educations and people who are there are read as offices write them")
  func otherCells() {
    #expect(self.cell("09:00:00", "start") == ("09:00", []))
    #expect(self.cell("9.00", "end") == ("9:00", []))
    #expect(self.cell("09-00", "start") == ("09-00", []))
    for (typed, type) in [
      ("Паспорт", "passport"), ("жеке куәлік", "id"), ("residence_permit", "permit"),
    ] {
      #expect(self.cell(typed, "document_type") == (type, []))
    }
    #expect(self.cell("анықтама", "document_type").proposals == ["- "])
    #expect(self.cell("высшeе", "education").proposals == ["look-alikes высшее"])
    #expect(self.cell("высшeе", "education", [.lookAlikes]) == ("higher", []))
    #expect(self.cell("Айдapбеков", "trainer").proposals == ["look-alikes Айдарбеков"])
    #expect(self.cell("García Lucнa", "person").proposals == [])
    #expect(self.cell("P-45-60", "trainee") == ("P-45-60", []))
    #expect(Sheet.quarters("0x10") == nil && Sheet.quarters("1E1") == nil)
    #expect(Sheet.quarters("4,25") == 17)
  }

  @Test("a whole name is told apart in its order, or not at all")
  func fullNames() {
    let order = FullName.parts
    #expect(
      FullName.split("Өтегенова Ұлжан  Ғабитқызы", as: order)
        == ["surname": "Өтегенова", "given": "Ұлжан", "patronymic": "Ғабитқызы"])
    #expect(
      FullName.split("Ұлжан Өтегенова", as: ["given", "surname"])
        == ["surname": "Өтегенова", "given": "Ұлжан"])
    #expect(
      FullName.split("Алиев Вагиф Мамед оглы", as: order)
        == ["surname": "Алиев", "given": "Вагиф", "patronymic": "Мамед оглы"])
    #expect(
      FullName.split("Fernández Ruiz, María José", as: order)
        == ["surname": "Fernández Ruiz", "given": "María José"])
    #expect(FullName.split("Fernández Ruiz María José", as: order) == nil)
    #expect(FullName.split("Өтегенова", as: order) == nil)
  }

  private func file(_ text: String, _ name: String = "list.csv") throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test("a row with other cells than the titles is told, and keeps the others not back")
  func cells() throws {
    let path = try self.file("surname_kk;given_kk\nКим\nЛи;Ян;x\n\nПак;Ира;\n")
    let sheet = try Sheet(path: path, columns: ["surname_kk", "given_kk"])
    #expect(sheet.rows.map { $0["surname_kk"] } == ["Пак"])
    #expect(
      sheet.flaws.mapValues { $0.map(\.flaw) } == [
        2: [.init(.cellFieldCount, ["found": "1", "expected": "2"])],
        3: [.init(.cellFieldCount, ["found": "3", "expected": "2"])],
      ])
    #expect(sheet.row(ofLine: 5) == 5)
  }

  @Test("titles on two rows, numbers below them, a title twice, one nobody named")
  func titles() throws {
    let two = try self.file("Т.А.Ә.;Аты\nТегі;\n1;2;3\nКим;Ира;\n")
    let mapping = try self.file("header_row = 1-2\nsurname_kk = Т.А.Ә. Тегі\n", "m")
    let arguments = try Arguments(["--mapping", mapping], options: ["mapping"])
    let sheet = try Sheet(
      path: two, columns: ["surname_kk", "given_kk"], ListOptions(arguments))
    #expect(sheet.rows.map { [$0["surname_kk"], $0["given_kk"]] } == [["Ким", "Ира"]])
    let twice = try self.file("Тегі;Тегі\nКим;Ли\n")
    #expect(
      throws: Sheet.Fault(text: .fileColumnTwice, arguments: ["file": twice, "column": "Тегі"])
    ) { try Sheet(path: twice, columns: ["surname_kk"]) }
    let nameless = try self.file("Тегі;\nКим;5\n")
    #expect(
      throws: Sheet.Fault(
        text: .fileColumnsUnknown,
        arguments: ["file": nameless, "columns": "\"(B)\"", "flag": "--leave-out '(B)'"])
    ) { try Sheet(path: nameless, columns: ["surname_kk"]) }
  }

  @Test(
    "a mapping that says nothing that is known is refused by its line",
    arguments: [
      ("surname = Тегі", "surname = Тегі"), ("header_row = 0", "header_row (1)"),
      ("rows_at_end = x", "rows_at_end (1)"), ("date_form = DMY", "date_form (1)"),
      ("encoding = cp866", "encoding (1)"), ("separator = ^", "separator (1)"),
      ("full_name_order = first last", "full_name_order (1)"),
      ("fill_down = Топ", "fill_down (1)"), ("header_row = 1\nheader_row = 2", "header_row (2)"),
    ])
  func mappings(text: String, named: String) throws {
    let path = try self.file(text + "\n", "m")
    var said = ""
    do { _ = try Mapping(path: path, columns: ["cohort", "surname_kk"]) } catch {
      said = "\(error)"
    }
    #expect(said.contains(named), "\(said)")
  }

  @Test("a mapping names a column that the file has")
  func missing() throws {
    let list = try self.file("Тегі\nКим\n")
    let mapping = try self.file("given_kk = Есімі\n", "m")
    let arguments = try Arguments(["--mapping", mapping], options: ["mapping"])
    #expect(
      throws: Sheet.Fault(
        text: .fileColumnNotThere, arguments: ["file": list, "column": "Есімі"])
    ) { try Sheet(path: list, columns: ["surname_kk", "given_kk"], ListOptions(arguments)) }
  }

  @Test("a table is no wider than a terminal, and what is long goes on below itself")
  func wrapped() {
    #expect(
      Output.wrapped(
        ["Row", "What"], [["1", "a word and another word"], ["2", "short"]], width: 36) == """
          Row  What
          1    a word and another word
          2    short

          """)
    let value = String(repeating: "x", count: 60)
    let lines = Output.wrapped(["Row", "Value", "What"], [["1", value, "wrong; mend it"]])
      .split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.map { $0.filter { $0 == "x" }.count }.reduce(0, +) == 60)
  }

  @Test("commands that are printed are words for a shell")
  func shell() {
    #expect(
      Shell.command(["person", "rename", "P-7-93"], [("surname-kk", "Д'Арк Ә"), ("reason", "")])
        == "bitim person rename P-7-93 --surname-kk 'Д'\\''Арк Ә' --reason ''")
  }

  @Test(
    "each list of `examples` is read by the mapping of its kind as without one",
    arguments: [
      ("appointments", "appointments"), ("centres", "centres"), ("cohorts", "cohorts"),
      ("hours", "hours"), ("hours-made-up", "hours"), ("hours-p2", "hours"), ("hours-p3", "hours"),
      ("intake", "intake"), ("intake-as-received", "intake"), ("intake-p2", "intake"),
      ("intake-p3", "intake"), ("old-register", "old-register"), ("results", "results"),
      ("results-later", "results"), ("retake", "results"), ("staff", "staff"),
    ])
  func examples(list: String, mapping: String) throws {
    let path = Repository.root.appendingPathComponent("examples/\(list).csv").path
    let read = Repository.root.appendingPathComponent("examples/mappings/\(mapping).mapping").path
    let arguments = try Arguments(["--mapping", read], options: ["mapping"])
    let text = try Sheet.text(of: path, as: nil).text
    let titles = try #require(CSV.records(text).records.first).fields
    let columns = Set(titles.compactMap(Columns.name))
    #expect(columns.count == titles.count)
    let plain = try Sheet(path: path, columns: columns)
    let mapped = try Sheet(path: path, columns: columns, ListOptions(arguments))
    #expect(!plain.rows.isEmpty)
    for (one, other) in zip(plain.rows, mapped.rows) {
      for column in columns { #expect(one[column] == other[column]) }
    }
    #expect(plain.rows.count == mapped.rows.count)
  }

  @Test("the file of whom it is for names every list, so that none is without a mapping")
  func everyExample() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent("examples").path)
    #expect(
      Set(names.filter { $0.hasSuffix(".csv") }) == [
        "appointments.csv", "centres.csv", "cohorts.csv", "hours-made-up.csv", "hours-p2.csv",
        "hours-p3.csv", "hours.csv", "intake-as-received.csv", "intake-p2.csv", "intake-p3.csv",
        "intake.csv", "old-register.csv", "results-later.csv", "results.csv", "retake.csv",
        "staff.csv",
      ])
  }

  @Test("CSV for a spreadsheet has a mark, its separator and numbers as text, and reads as it was")
  func excel() throws {
    let rows = [
      ["person", "value"], ["000501538468", "4.5"], ["2026-02-03", "=1+1"], ["Ким; Ли", "1/3"],
      ["Өтегенова", "7 шілде"], ["№ 5", ""],
    ]
    #expect(
      CSV.forExcel(rows, .ru)
        == "\u{FEFF}person;value\r\n'000501538468;'4.5\r\n'2026-02-03;'=1+1\r\n\"Ким; Ли\";'1/3\r\n"
        + "Өтегенова;7 шілде\r\n№ 5;\r\n")
    #expect(CSV.forExcel([["1", "a,b"]], .en) == "\u{FEFF}'1,\"a,b\"\r\n")
    for language in Language.allCases {
      let octets = Array(CSV.forExcel(rows, language).utf8)
      let records = try CSV.records(TextFile.read(octets).text).records
      #expect(records.map { $0.fields.map(CSV.armed) } == rows)
    }
  }

  @Test("`--for-excel` is a form of CSV, and of nothing else")
  func excelOption() throws {
    func desk(_ words: String...) throws -> Desk {
      try Start(words + ["--server", "unix:///nowhere", "--language", "kk"], [:]).desk()
    }
    #expect(try desk("due", "--for-excel").output.isForExcel)
    #expect(try desk("due", "--for-excel").output.form == .csv)
    #expect(try desk("due", "--for-excel", "--output", "csv").output.isForExcel)
    #expect(try !desk("due", "--output", "csv").output.isForExcel)
    #expect(throws: Arguments.Fault.self) { try desk("due", "--for-excel", "--output", "json") }
    #expect(try Arguments(["--for-excel"], options: []).positions.isEmpty)
  }
}
