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
    case .kk: return Self.titlesKK[column] ?? column
    case .ru: return Self.titlesRU[column] ?? column
    case .en: break
    }
    if column == "iin" { return "IIN" }
    var words = column.split(separator: "_").map(String.init)
    let script = ["kk", "ru", "en", "latin"].contains(words.last ?? "") ? words.popLast() : nil
    let title = words.joined(separator: " ")
    return title.prefix(1).uppercased() + title.dropFirst() + (script.map { " (\($0))" } ?? "")
  }

  /// The columns by the titles of new lists, as titles are compared.
  static let ofTitles: [String: String] = Dictionary(
    (Self.titlesKK.map { ($1, $0) } + Self.titlesRU.map { ($1, $0) }).map { (Self.folded($0), $1) },
    uniquingKeysWith: { first, _ in first })

  private static let titlesKK: [String: String] = [
    "cohort": "Топ", "surname_kk": "Тегі (қазақша)", "given_kk": "Аты (қазақша)",
    "patronymic_kk": "Әкесінің аты (қазақша)", "surname_ru": "Тегі (орысша)",
    "given_ru": "Аты (орысша)", "patronymic_ru": "Әкесінің аты (орысша)",
    "surname_latin": "Тегі (латынша)", "given_latin": "Аты (латынша)",
    "patronymic_latin": "Әкесінің аты (латынша)", "birth_date": "Туған күні", "iin": "ЖСН",
    "education": "Білімі", "document_country": "Құжат елі", "document_type": "Құжат түрі",
    "document_number": "Құжат нөмірі", "note": "Ескерту", "candidate": "Үміткер",
    "test": "Тест", "role_play": "Рөлдік ойын", "interview": "Әңгімелесу",
    "absent": "Келмеді", "excluded": "Шығарылды", "interrupted": "Үзілді", "why": "Себебі",
    "date": "Күні", "start": "Басталуы", "end": "Аяқталуы", "theory": "Теория",
    "practice": "Практика", "trainer": "Жаттықтырушы", "trainee": "Тыңдаушы",
    "person": "Адам", "role": "Рөл", "organisation": "Ұйым", "file": "Файл",
    "code": "Коды", "kind": "Ұйым түрі", "name_kk": "Атауы (қазақша)",
    "name_ru": "Атауы (орысша)", "name_en": "Атауы (ағылшынша)", "region": "Өңір",
    "country": "Елі", "activity": "Қызметі", "valid_from": "Басталған күні",
    "valid_until": "Соңғы күні", "basis": "Негізі", "evidence": "Дәлел",
  ]

  private static let titlesRU: [String: String] = [
    "cohort": "Группа", "surname_kk": "Фамилия (каз.)", "given_kk": "Имя (каз.)",
    "patronymic_kk": "Отчество (каз.)", "surname_ru": "Фамилия (рус.)",
    "given_ru": "Имя (рус.)", "patronymic_ru": "Отчество (рус.)",
    "surname_latin": "Фамилия (лат.)", "given_latin": "Имя (лат.)",
    "patronymic_latin": "Отчество (лат.)", "birth_date": "Дата рождения", "iin": "ИИН",
    "education": "Образование", "document_country": "Страна документа",
    "document_type": "Вид документа", "document_number": "Номер документа",
    "note": "Примечание", "candidate": "Кандидат", "test": "Тест",
    "role_play": "Ролевая игра", "interview": "Собеседование", "absent": "Неявка",
    "excluded": "Удалён", "interrupted": "Прервано", "why": "Причина", "date": "Дата",
    "start": "Начало", "end": "Конец", "theory": "Теория", "practice": "Практика",
    "trainer": "Тренер", "trainee": "Слушатель", "person": "Человек", "role": "Роль",
    "organisation": "Организация", "file": "Файл", "code": "Код", "kind": "Вид организации",
    "name_kk": "Название (каз.)", "name_ru": "Название (рус.)", "name_en": "Название (англ.)",
    "region": "Регион", "country": "Страна", "activity": "Деятельность",
    "valid_from": "Действует с", "valid_until": "Действует по", "basis": "Правовое основание",
    "evidence": "Основание",
  ]
}
