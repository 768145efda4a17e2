/// The lists that an office fills in, with titles that both its readers and this program know.
enum ListKind: String, CaseIterable, Sendable {
  case enrol, results, hours, staff, centres

  /// The command that reads it, as it is typed.
  var command: String {
    switch self {
    case .enrol: "bitim enrol FILE.csv --dry-run"
    case .results: "bitim attest SESSION FILE.csv --dry-run"
    case .hours: "bitim hours FILE.csv --dry-run"
    case .staff: "bitim admin appoint FILE.csv --days 365 --tokens FOLDER"
    case .centres: "bitim admin organisation add FILE.csv --dry-run"
    }
  }

  /// Its columns, each with what the example has; an empty one is one that need not be filled in.
  ///
  /// The example names what no registry has, or several words where one is to stand, so that it is refused
  /// where somebody leaves it in.
  func columns(_ language: Language) -> [(name: String, example: String)] {
    let note = Text.listExample.filled(language)
    let nobody = Text.listExampleName.filled(language)
    return switch self {
    case .enrol:
      [
        ("cohort", nobody), ("surname_kk", "Өтегенова"), ("given_kk", "Ұлжан"),
        ("patronymic_kk", "Ғабитқызы"), ("surname_ru", "Утегенова"), ("given_ru", "Улжан"),
        ("patronymic_ru", "Габиткызы"), ("surname_latin", "Utegenova"), ("given_latin", "Ulzhan"),
        ("birth_date", "04.07.1990"), ("iin", "900704400011"),
        ("education", language == .en ? "higher" : language == .ru ? "высшее" : "жоғары"),
        ("document_country", ""), ("document_type", ""), ("document_number", ""),
        ("note", note),
      ]
    case .results:
      [
        ("candidate", nobody), ("test", "80"), ("role_play", "75"), ("interview", "90"),
        ("absent", ""), ("excluded", ""), ("interrupted", ""), ("why", ""), ("note", note),
      ]
    case .hours:
      [
        ("cohort", nobody), ("date", "03.02.2026"), ("start", "09:00"), ("end", ""),
        ("theory", ""), ("practice", "4"), ("trainer", "Омаров"), ("trainee", ""),
        ("absent", ""), ("note", note),
      ]
    case .staff:
      [
        ("person", nobody), ("role", "examiner"), ("organisation", "SCHOOL"),
        ("file", "kim.token"), ("note", note),
      ]
    case .centres:
      [
        ("code", "ALA-99"), ("kind", "centre | university | sender"),
        ("name_kk", "Алматы орталығы"),
        ("name_ru", "Алматинский центр"), ("name_en", "Almaty centre"),
        ("region", "Алматы қаласы"), ("country", "KAZ"), ("activity", "train"),
        ("valid_from", "15.01.2026"), ("valid_until", ""), ("basis", "№ 7"), ("note", note),
      ]
    }
  }

  /// The empty list: titles, and the example below them.
  func records(_ language: Language) -> [[String]] {
    let columns = self.columns(language)
    return [columns.map { Columns.title(of: $0.name, language) }, columns.map(\.example)]
  }
}

extension Columns {
  /// What stands above a column for readers of a language; ``name(of:)`` knows it again.
  static func title(of column: String, _ language: Language) -> String {
    switch language {
    case .kk, .ru:
      return Self.titled.contains(column) ? Self.titleInWords(column, language) : column
    case .en: break
    }
    if column == "iin" { return "IIN" }
    var words = column.split(separator: "_").map(String.init)
    let script = ["kk", "ru", "en", "latin"].contains(words.last ?? "") ? words.popLast() : nil
    return Self.capitalised(words.joined(separator: " ")) + (script.map { " (\($0))" } ?? "")
  }

  /// The columns by the titles of new lists, as titles are compared.
  static let ofTitles: [String: String] = Dictionary(
    [Language.kk, .ru].flatMap { language in
      Self.titled.sorted().map { (Self.folded(Self.titleInWords($0, language)), $0) }
    }, uniquingKeysWith: { first, _ in first })

  /// Columns of new lists, and those that older ones have besides.
  private static let titled = Set(
    ListKind.allCases.flatMap { $0.columns(.en).map(\.name) } + [
      "patronymic_latin", "evidence", "makes_up",
    ])

  /// As a refusal calls it, but where a list says more exactly what is to stand there.
  private static func titleInWords(_ column: String, _ language: Language) -> String {
    let own = language == .kk ? Self.ownKK : Self.ownRU
    return own[column]
      ?? Text(field: column).map { Self.capitalised($0.filled(language)) } ?? column
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static let ownKK: [String: String] = [
    "absent": "Келмеді", "why": "Себебі", "kind": "Ұйым түрі", "valid_from": "Басталған күні",
  ]

  private static let ownRU: [String: String] = [
    "absent": "Неявка", "why": "Причина", "kind": "Вид организации", "valid_from": "Действует с",
    "valid_until": "Действует по", "basis": "Правовое основание", "evidence": "Основание",
  ]
}
