/// The columns of files, by the names people give them in three languages.
enum Columns {
  /// The English name of a column; nil for one nobody knows.
  static func name(of header: String) -> String? {
    let folded = Self.folded(header)
    if Self.known.contains(folded) { return folded }
    return Self.aliases[folded] ?? Self.ofTitles[folded]
  }

  /// The column among `allowed` whose title is part of a longer one, `ЖСН (12 сан)`; nil where there is none.
  static func guessed(from header: String, among allowed: Set<String>) -> String? {
    let words = Set(Self.folded(header).split(separator: "_"))
    let all = Self.aliases.merging(
      Self.known.map { ($0, $0) }, uniquingKeysWith: { alias, _ in alias })
    let fitting = all.filter { title, name in
      allowed.contains(name) && title.split(separator: "_").allSatisfy(words.contains)
    }
    return fitting.max { ($0.key.count, $1.key) < ($1.key.count, $0.key) }?.value
  }

  /// A title as it is compared: small letters, words without what stands between them.
  static func folded(_ header: String) -> String {
    // Most write е for ё.
    let plain = header.withoutUnseen.lowercased().replacing("ё", with: "е")
    let words = plain.split { character in
      character.isWhitespace || "_-–—().,:;/\\*«»\"'".contains(character)
    }
    return words.joined(separator: "_")
  }

  /// Whole names in one column, which a list takes wherever it takes surname, given name and patronymic.
  static let fullNames = ["full_name_kk", "full_name_ru", "full_name_latin"]

  /// What is in a file for people alone: notes, and what this program wrote beside rejected rows.
  static let unread: Set<String> = ["note", "line", "column", "rule", "remedy"]

  private static let known: Set<String> = [
    "cohort", "surname_kk", "given_kk", "patronymic_kk", "surname_ru", "given_ru",
    "patronymic_ru", "surname_latin", "given_latin", "patronymic_latin", "birth_date", "iin",
    "document_country", "document_type", "document_number", "education", "trainee", "candidate",
    "date", "start", "end", "theory", "practice", "trainer", "test", "role_play", "interview",
    "absent", "excluded", "interrupted", "why", "evidence", "code", "kind", "name_kk", "name_ru",
    "name_en", "region", "country",
    "activity", "valid_from", "valid_until", "basis", "programme", "edition", "organisation",
    "language", "form", "from", "until", "place", "note",
    "person", "role", "file", "distinct_from", "distinct_evidence", "own_number", "book", "page",
    "issued_on", "attestation", "full_name_kk", "full_name_ru", "full_name_latin", "line", "column",
    "rule", "remedy", "number", "makes_up",
  ]

  private static let aliases: [String: String] = [
    // Kazakh.
    "топ": "cohort", "тегі": "surname_kk", "тегі_қазақша": "surname_kk", "аты": "given_kk",
    "аты_қазақша": "given_kk", "әкесінің_аты": "patronymic_kk",
    "әкесінің_аты_қазақша": "patronymic_kk", "тегі_орысша": "surname_ru",
    "аты_орысша": "given_ru", "әкесінің_аты_орысша": "patronymic_ru",
    "тегі_латынша": "surname_latin", "аты_латынша": "given_latin",
    "әкесінің_аты_латынша": "patronymic_latin", "туған_күні": "birth_date", "жсн": "iin",
    "құжат_елі": "document_country", "құжат_түрі": "document_type",
    "құжат_нөмірі": "document_number", "білімі": "education", "тыңдаушы": "trainee",
    "үміткер": "candidate", "күні": "date", "басталуы": "start", "аяқталуы": "end",
    "теория": "theory", "практика": "practice", "жаттықтырушы": "trainer", "тест": "test",
    "рөлдік_ойын": "role_play", "әңгімелесу": "interview", "келмеді": "absent",
    "шығарылды": "excluded", "үзілді": "interrupted", "себебі": "why",
    "өтелетін_сабақ": "makes_up",
    "дәлел": "evidence", "ескерту": "note", "басқа_адам": "distinct_from",
    "басқа_адам_дәлелі": "distinct_evidence", "өз_нөмірі": "own_number", "кітап": "book",
    "бет": "page", "берілген_күні": "issued_on", "бағдарлама": "programme",
    "аттестация": "attestation", "нөмірі": "number", "нөмір": "number",
    "сертификат_нөмірі": "number", "тексеру_коды": "code", "коды": "code",
    // Russian.
    "группа": "cohort", "фамилия_каз": "surname_kk", "имя_каз": "given_kk",
    "отчество_каз": "patronymic_kk", "фамилия": "surname_ru", "имя": "given_ru",
    "отчество": "patronymic_ru", "фамилия_рус": "surname_ru", "имя_рус": "given_ru",
    "отчество_рус": "patronymic_ru", "фамилия_лат": "surname_latin", "имя_лат": "given_latin",
    "отчество_лат": "patronymic_latin", "дата_рождения": "birth_date", "иин": "iin",
    "страна_документа": "document_country", "вид_документа": "document_type",
    "номер_документа": "document_number", "образование": "education", "слушатель": "trainee",
    "кандидат": "candidate", "дата": "date", "начало": "start", "конец": "end",
    "тренер": "trainer", "ролевая_игра": "role_play", "собеседование": "interview",
    "неявка": "absent", "удален": "excluded", "прервано": "interrupted",
    "отработка": "makes_up", "отработка_занятия": "makes_up",
    "причина": "why", "основание": "evidence", "примечание": "note",
    "другой_человек": "distinct_from", "другой_человек_основание": "distinct_evidence",
    "собственный_номер": "own_number", "книга": "book", "страница": "page",
    "дата_выдачи": "issued_on", "программа": "programme",
    "фамилия_латиницей": "surname_latin", "имя_латиницей": "given_latin", "фио": "full_name_ru",
    "ф_и_о": "full_name_ru", "фио_рус": "full_name_ru", "фио_каз": "full_name_kk",
    "фио_лат": "full_name_latin", "фио_латиницей": "full_name_latin",
    "ф_и_о_латиницей": "full_name_latin",
    "номер": "number", "номер_сертификата": "number", "код": "code", "код_проверки": "code",
    // Titles in both languages at once.
    "т_а_ә": "full_name_kk", "таә": "full_name_kk", "аты_жөні": "full_name_kk",
    "т_а_ә_фио": "full_name_kk", "т_а_ә_ф_и_о": "full_name_kk",
    "тегі_аты_әкесінің_аты": "full_name_kk",
    "т_а_ә_латынша": "full_name_latin", "жсн_иин": "iin", "иин_жсн": "iin", "топ_группа": "cohort",
    "туған_күні_дата_рождения": "birth_date", "дата_рождения_туған_күні": "birth_date",
    "білімі_образование": "education", "образование_білімі": "education",
    // English, as spreadsheets have it.
    "surname": "surname_latin", "given_name": "given_latin", "patronymic": "patronymic_latin",
    "date_of_birth": "birth_date", "group": "cohort", "certificate_number": "number",
    "verification_code": "code", "адам": "person", "рөл": "role",
    "ұйым": "organisation", "роль": "role", "организация": "organisation", "файл": "file",
  ]
}
