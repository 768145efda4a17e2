import BitimProtocol

/// What stands on pages of the office. The Law's words: "отырыс / заседание комиссии" for a session, and never
/// "тізілім / реестр" of what is ours.
enum OfficeWords {
  typealias Label = PaperWords.Label

  static let signIn = Label(
    kk: "Үміткерлердің қол қою парағы", ru: "Лист подписей кандидатов",
    en: "Sign-in sheet of the candidates")
  /// What a cohort's register is called.
  static func title(ofRegister code: String, _ tongue: Tongue) -> String {
    switch tongue {
    case .kk: "\(code) тобының сабақ журналы"
    case .ru: "Журнал занятий группы \(code)"
    case .en, .latin: "Class register of the cohort \(code)"
    }
  }

  /// That a class makes up another, by that one's day and beginning.
  static func makesUp(_ missed: String, _ tongue: Tongue) -> String {
    switch tongue {
    case .kk: "өтейді: \(missed)"
    case .ru: "отработка: \(missed)"
    case .en, .latin: "makes up: \(missed)"
    }
  }

  static let noClasses = Label(
    kk: "Сабақ енгізілмеген.", ru: "Занятий не внесено.", en: "No classes are recorded.")
  static let issued = Label(
    kk: "Берілген сертификаттар тізбесі", ru: "Список выданных сертификатов",
    en: "List of issued certificates")

  static let day = Label(kk: "Күні", ru: "Дата", en: "Date")
  static let days = Label(kk: "Кезең", ru: "Период", en: "Period")
  static let `protocol` = Label(kk: "Хаттама", ru: "Протокол", en: "Protocol")
  static let cohort = Label(kk: "Топ", ru: "Группа", en: "Cohort")
  static let programme = Label(kk: "Бағдарлама", ru: "Программа", en: "Programme")
  static let edition = Label(kk: "Редакция", ru: "Редакция", en: "Edition")
  static let organisation = Label(kk: "Оқытқан ұйым", ru: "Обучающая организация", en: "Trained by")
  static let place = Label(kk: "Орны", ru: "Место", en: "Place")
  static let commission = Label(kk: "Комиссия", ru: "Комиссия", en: "Commission")
  static let candidates = Label(kk: "Үміткерлер", ru: "Кандидатов", en: "Candidates")
  static let came = Label(kk: "Келгені", ru: "Явились", en: "Came")
  static let trainers = Label(kk: "Жаттықтырушылар", ru: "Тренеры", en: "Trainers")
  static let count = Label(kk: "Барлығы", ru: "Всего", en: "Total")

  static let row = Label(kk: "№", ru: "№", en: "No.")
  static let name = Label(
    kk: "Тегі, аты, әкесінің аты", ru: "Фамилия, имя, отчество", en: "Name")
  static let number = Label(kk: "Нөмірі", ru: "Номер", en: "Number")
  static let arrived = Label(kk: "Келген уақыты", ru: "Время прихода", en: "Arrived at")
  static let signed = Label(kk: "Қолы", ru: "Подпись", en: "Signature")
  static let attempt = Label(kk: "Талпыныс", ru: "Попытка", en: "Attempt")
  static let result = Label(
    kk: "Аттестация нәтижесі", ru: "Результат аттестации", en: "Result of the attestation")
  static let confirmed = Label(
    kk: "Төраға растаған", ru: "Подтверждён председателем", en: "Confirmed by the chair")
  static let yes = Label(kk: "иә", ru: "да", en: "yes")
  static let no = Label(kk: "ЖОҚ", ru: "НЕТ", en: "NO")
  static let holder = Label(kk: "Иесі", ru: "Владелец", en: "Holder")
  static let issuedOn = Label(kk: "Берілген күні", ru: "Дата выдачи", en: "Issued")
  static let standing = Label(kk: "Күйі", ru: "Состояние", en: "Standing")
  static let time = Label(kk: "Уақыты", ru: "Время", en: "Time")
  static let theory = Label(kk: "Теория, сағ", ru: "Теория, ч", en: "Theory, h")
  static let practice = Label(kk: "Практика, сағ", ru: "Практика, ч", en: "Practice, h")
  static let trainer = Label(kk: "Жаттықтырушы", ru: "Тренер", en: "Trainer")
  static let attended = Label(kk: "Қатысқаны", ru: "Присутствовали", en: "Attended")
  static let attendance = Label(
    kk: "Қатысу, академиялық сағат", ru: "Посещение, академических часов",
    en: "Attendance, academic hours")

  static let chair = Label(kk: "Төраға", ru: "Председатель", en: "Chair")
  static let member = Label(kk: "Комиссия мүшесі", ru: "Член комиссии", en: "Member")
  static let secretary = Label(kk: "Хатшы", ru: "Секретарь", en: "Secretary")
  static let preparer = Label(kk: "Құрастырушы", ru: "Составитель", en: "Prepared by")
  static let bookkeeper = Label(kk: "Бухгалтер", ru: "Бухгалтер", en: "Bookkeeper")
  static let invited = Label(kk: "хатпен шақырылған", ru: "по письму", en: "invited by letter")

  static let test = Label(kk: "Тест", ru: "Тест", en: "Test")
  static let rolePlay = Label(kk: "Рөлдік ойын", ru: "Ролевая игра", en: "Role-play")
  static let interview = Label(kk: "Әңгімелесу", ru: "Собеседование", en: "Interview")
  static let passMark = Label(kk: "өту шегі", ru: "порог", en: "pass mark")
  static let below = Label(
    kk: "* – өту шегінен төмен.", ru: "* – ниже порога.", en: "* – below the pass mark.")
  static let marks = Label(
    kk: "Кіші әріппен – комиссия мүшелерінің өз бағалары, жоғарыда аталған ретімен.",
    ru: "Мелко – оценки членов комиссии, в порядке, названном выше.",
    en: "In small print: the members’ own marks, in the order named above.")

  static let passed = Label(kk: "өтті", ru: "пройдена", en: "passed")
  static let failed = Label(kk: "өтпеді", ru: "не пройдена", en: "failed")
  static let absent = Label(kk: "келмеді", ru: "неявка", en: "absent")
  static let excluded = Label(kk: "шығарылды", ru: "удаление", en: "excluded")
  static let interrupted = Label(kk: "үзілді", ru: "прервана", en: "interrupted")
  static let unrecorded = Label(kk: "енгізілмеген", ru: "не внесён", en: "not recorded")
  static let annulled = Label(kk: "күші жойылған", ru: "аннулирован", en: "annulled")

  static let cancelled = Label(
    kk: "Отырыстың күші жойылған: ол өткізілмейді.", ru: "Заседание отменено.",
    en: "The session is cancelled.")
  static let cohortCancelled = Label(
    kk: "Топтың күші жойылған: сабақ өткізілмейді.", ru: "Группа отменена.",
    en: "The cohort is cancelled.")
  static let allConfirmed = Label(
    kk: "Енгізілген нәтижелердің бәрін төраға растаған.",
    ru: "Все внесённые результаты подтверждены председателем.",
    en: "All recorded results are confirmed by the chair.")

  static let valid = Label(kk: "күшінде", ru: "действует", en: "valid")
  static let revoked = Label(kk: "қайтарып алынған", ru: "отозван", en: "revoked")
  static let suspended = Label(
    kk: "қолданылуы тоқтатыла тұрған", ru: "действие приостановлено", en: "suspended")
  static let replaced = Label(kk: "ауыстырылған", ru: "заменён", en: "replaced")
  static let expired = Label(kk: "мерзімі өткен", ru: "срок истёк", en: "expired")
  static let notYetValid = Label(
    kk: "әлі күшіне енбеген", ru: "ещё не действует", en: "not yet valid")
  static let school = Label(
    kk: "Мектеп сертификаты", ru: "Сертификат Школы", en: "School’s certificate")

  /// What stands for a programme where there is none.
  static let seminar: Int32 = 4

  /// A programme by its number, or a seminar.
  static func programme(_ number: Int32) -> Label {
    guard number != Self.seminar else { return Label(kk: "Семинар", ru: "Семинар", en: "Seminar") }
    return Label(kk: "\(number)-бағдарлама", ru: "Программа \(number)", en: "Programme \(number)")
  }

  /// A cohort's programme, and as which edition has it.
  static func programme(of cohort: BitimV1.Cohort, _ tongue: Tongue) -> String {
    "\(Self.programme(cohort.programme).text(tongue)), "
      + "\(Self.edition.text(tongue).lowercased()) \(cohort.edition)"
  }

  /// What a session's protocol is called, by its own number.
  static func title(ofProtocol number: String, _ tongue: Tongue) -> String {
    let number = Self.number(number, tongue)
    return switch tongue {
    case .kk: "Комиссия отырысының \(number) хаттамасы"
    case .ru: "Протокол заседания комиссии, \(number)"
    case .en, .latin: "Protocol of the commission’s session, \(number)"
    }
  }

  /// How many hours the edition asks.
  static func needed(_ theory: String, _ practice: String) -> Label {
    Label(
      kk: "Редакция бойынша керегі: теория – \(theory), практика – \(practice) академиялық сағат.",
      ru: "По редакции требуется академических часов: теории – \(theory), практики – \(practice).",
      en: "The edition asks for academic hours: theory – \(theory), practice – \(practice).")
  }

  /// A number as recorded; with the sign where it was recorded without.
  static func number(_ number: String, _ tongue: Tongue) -> String {
    let hasSign = ["№", "No", "N "].contains { number.hasPrefix($0) }
    return hasSign ? number : "\(tongue == .en ? "No." : "№") \(number)"
  }

  /// How many results the chair has not confirmed.
  static func unconfirmed(_ count: Int, of all: Int) -> Label {
    Label(
      kk:
        "Төраға растамаған нәтиже: \(count) (барлығы \(all)). Расталмаған нәтиже есепке алынбайды.",
      ru: "Не подтверждено председателем: \(count) из \(all). "
        + "Неподтверждённый результат не учитывается.",
      en: "Not confirmed by the chair: \(count) of \(all). A result that is not confirmed does not "
        + "count.")
  }

  /// Of how many candidates nothing is recorded.
  static func unrecorded(_ count: Int) -> Label {
    Label(
      kk: "Нәтижесі енгізілмеген үміткер: \(count).", ru: "Результат не внесён: \(count).",
      en: "No result recorded: \(count).")
  }

  /// Where a session is found in the data.
  static func kept(_ code: String) -> Label {
    Label(
      kk: "Дерекқордағы коды: \(code)", ru: "Код в базе данных: \(code)",
      en: "Code in the database: \(code)")
  }

  /// What names exactly the results that are shown.
  static func digest(_ digest: String) -> Label {
    Label(
      kk: "Нәтижелердің бақылау қосындысы: \(digest)",
      ru: "Контрольная сумма результатов: \(digest)", en: "Digest of the results: \(digest)")
  }

  static func component(_ component: BitimV1.Component) -> Label? {
    switch component {
    case .test: Self.test
    case .rolePlay: Self.rolePlay
    case .interview: Self.interview
    default: nil
    }
  }

  static func outcome(_ outcome: BitimV1.ResultOutcome) -> Label {
    switch outcome {
    case .passed: Self.passed
    case .failed: Self.failed
    case .absent: Self.absent
    case .excluded: Self.excluded
    case .interrupted: Self.interrupted
    default: Self.unrecorded
    }
  }

  static func seat(_ seat: BitimV1.Seat) -> Label {
    switch seat {
    case .chair: Self.chair
    case .secretary: Self.secretary
    default: Self.member
    }
  }

  /// A person's name as readers of a language read it: in their letters where there are any.
  static func name(_ names: BitimV1.Names?, _ tongue: Tongue) -> String {
    guard let names else { return "" }
    let order =
      switch tongue {
      case .kk: [names.kk, names.ru, names.latin]
      case .ru: [names.ru, names.kk, names.latin]
      case .en, .latin: [names.latin, names.kk, names.ru]
      }
    guard let name = order.compactMap({ $0 }).first else { return "" }
    return [name.surname, name.given, name.patronymic].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// A text of the registry in a language; where it has none, in another.
  static func text(_ text: BitimV1.Text?, _ tongue: Tongue) -> String {
    guard let text else { return "" }
    let own =
      switch tongue {
      case .kk: text.kk
      case .ru: text.ru
      case .en, .latin: text.en
      }
    return [own, text.kk, text.ru, text.en].first { !$0.isEmpty } ?? ""
  }
}
