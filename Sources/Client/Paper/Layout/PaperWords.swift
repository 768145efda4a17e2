/// What stands on every paper, in a language. The words are those of the Law (sheet of 2025): "оқудан және
/// аттестациядан өтті", and never "реестр" of our own data.
enum PaperWords {
  /// A label in three languages.
  struct Label: Sendable {
    let kk: String
    let ru: String
    let en: String

    func text(_ tongue: Tongue) -> String {
      switch tongue {
      case .kk: self.kk
      case .ru: self.ru
      case .en, .latin: self.en
      }
    }

    /// Kazakh and the second language in one line.
    func both(_ second: Tongue) -> String { "\(self.kk) · \(self.text(second))" }
  }

  static let about = Label(
    kk: "медиаторларды даярлау бағдарламасы бойынша оқудан өткені туралы",
    ru: "о прохождении обучения по программе подготовки медиаторов",
    en: "of training under the mediator training programme")
  static let hours = Label(
    kk: "Академиялық сағат (теория + практика)", ru: "Академических часов (теория + практика)",
    en: "Academic hours (theory + practice)")
  static let recognised = Label(kk: "танылған", ru: "признано", en: "recognised")
  static let trained = Label(kk: "Оқыған мерзімі", ru: "Период обучения", en: "Training period")
  static let attested = Label(
    kk: "Аттестация: күні, хаттама №", ru: "Аттестация: дата, № протокола",
    en: "Attested: date, protocol No.")
  static let decided = Label(kk: "Шешім күні", ru: "Дата решения", en: "Decided")
  static let trainedBy = Label(kk: "Оқытқан ұйым", ru: "Обучающая организация", en: "Trained by")
  static let legalBasis = Label(kk: "Құқықтық негіз", ru: "Правовая основа", en: "Legal basis")
  static let issued = Label(
    kk: "Берілген күні мен жері", ru: "Дата и место выдачи", en: "Date and place of issue")
  static let issuedOn = Label(kk: "Берілген күні", ru: "Дата выдачи", en: "Issued")
  static let firstIssued = Label(
    kk: "Алғаш берілген күні", ru: "Впервые выдан", en: "First issued")
  static let validity = Label(kk: "Қолданылу мерзімі", ru: "Срок действия", en: "Validity")
  static let unlimited = Label(kk: "мерзімсіз", ru: "бессрочно", en: "no expiry")
  static let code = Label(kk: "Тексеру коды", ru: "Код проверки", en: "Verification code")
  static let entitlement = Label(
    kk: "Медиаторлар ұйымдарының тізілімінде", ru: "В реестре организаций медиаторов",
    en: "Entitlement")
  static let signature = Label(kk: "қолы", ru: "подпись", en: "signature")
  static let seal = Label(kk: "М. О.", ru: "М. П.", en: "L. S.")
  static let verify = Label(
    kk: "Тексеру: камераны кодқа бағыттаңыз немесе нөмір мен кодты тексеру бетінде теріңіз.",
    ru: "Проверка: наведите камеру на код или наберите номер и код на странице проверки.",
    en: "To verify, point a camera at the code, or type number and code on the verification page.")
  static let codeTold = Label(
    kk: "QR код: тексеру беті, нөмір мен код", ru: "QR-код: страница проверки, номер и код",
    en: "QR code: verification page, number and code")
  static let statementOfAttendance = Label(
    kk: "Семинарға қатысқаны туралы анықтама", ru: "Справка об участии в семинаре",
    en: "Statement of attendance at a seminar")
  static let attended = Label(
    kk: "қатысты, аттестациясыз", ru: "участие без аттестации", en: "attended, without attestation")
  static let participant = Label(kk: "Қатысушы", ru: "Участник", en: "Participant")
  static let subject = Label(kk: "Семинар тақырыбы", ru: "Тема семинара", en: "Subject")
  static let dates = Label(kk: "Күні", ru: "Даты", en: "Dates")
  static let heldBy = Label(kk: "Өткізген", ru: "Провёл", en: "Held by")
  static let noCertificate = Label(
    kk:
      "Бұл анықтама медиаторларды даярлау бағдарламасы бойынша оқудан өткені туралы сертификат емес "
      + "және кәсіпқой медиатор болуға құқық бермейді. Аттестация өткізілген жоқ.",
    ru:
      "Справка не является сертификатом о прохождении обучения по программе подготовки медиаторов "
      + "и не даёт права быть профессиональным медиатором. Аттестация не проводилась.",
    en: "This is not a certificate of training under the mediator training programme and gives no "
      + "right to act as a professional mediator. There was no attestation.")
  static let supplement = Label(
    kk: "Сертификатқа қосымша", ru: "Приложение к сертификату", en: "Supplement to the certificate")
  static let title = Label(kk: "Атауы", ru: "Название", en: "Title")
  static let edition = Label(
    kk: "Оқу бағдарламасы, редакция", ru: "Программа обучения, редакция", en: "Programme, edition")
  static let specialisation = Label(kk: "Мамандану", ru: "Специализация", en: "Specialisation")
  static let issuer = Label(kk: "Берген", ru: "Выдал", en: "Issuer")
  static let signatory = Label(kk: "Қол қойған", ru: "Подписал", en: "Signatory")
  static let basedOn = Label(
    kk: "Негіз болған сертификаттар", ru: "На основании сертификатов", en: "Based on certificates")
  static let duplicate = Label(kk: "ТЕЛНҰСҚА", ru: "ДУБЛИКАТ", en: "DUPLICATE")
  static let replacement = Label(kk: "ОРНЫНА БЕРІЛГЕН", ru: "ВЗАМЕН", en: "REPLACEMENT")
  static let specimen = Label(kk: "ҮЛГІ", ru: "ОБРАЗЕЦ", en: "SPECIMEN")
  static let revoked = Label(kk: "ҚАЙТАРЫП АЛЫНҒАН", ru: "ОТОЗВАН", en: "REVOKED")
  static let suspended = Label(
    kk: "ҚОЛДАНЫЛУЫ ТОҚТАТЫЛА ТҰРДЫ", ru: "ДЕЙСТВИЕ ПРИОСТАНОВЛЕНО", en: "SUSPENDED")
  static let replaced = Label(kk: "АУЫСТЫРЫЛҒАН", ru: "ЗАМЕНЁН", en: "REPLACED")
  static let expired = Label(kk: "МЕРЗІМІ ӨТКЕН", ru: "СРОК ИСТЁК", en: "EXPIRED")

  /// The certificate of a programme, on the School's.
  static func programme(_ number: Int) -> Label {
    Label(
      kk: "\(number)-бағдарлама сертификаты", ru: "Программа \(number)", en: "Programme \(number)")
  }

  /// What the holder did.
  static func statement(title: String, quarters: Int32, _ tongue: Tongue) -> String {
    switch tongue {
    case .kk:
      "Осы сертификаттың иесі «\(title)» бағдарламасы бойынша "
        + "\(PaperHours.number(quarters, .kk))\u{A0}академиялық сағат көлемінде оқудан және "
        + "аттестациядан өтті."
    case .ru:
      "Владелец настоящего сертификата прошёл обучение по программе «\(title)» в объёме "
        + "\(PaperHours.russian(quarters)) и аттестацию по ней."
    case .en, .latin:
      "The holder of this certificate completed the training programme “\(title)” of "
        + "\(PaperHours.number(quarters, .en))\u{A0}academic hours and passed its attestation."
    }
  }

  /// What the holder of the School's certificate did.
  static let school = Label(
    kk:
      "Осы сертификаттың иесі медиаторларды даярлаудың барлық үш бағдарламасы бойынша оқудан және "
      + "аттестациядан өтті. Төменде аталған үш сертификаттың негізінде Мектептің қағидалары "
      + "бойынша берілді.",
    ru: "Владелец настоящего сертификата прошёл обучение и аттестацию по всем трём программам "
      + "подготовки медиаторов. Выдан по правилам Школы на основании трёх сертификатов, названных "
      + "ниже.",
    en: "The holder completed the training and passed the attestations of all three mediator "
      + "training programmes. Issued under the School’s own rules on the strength of the three "
      + "certificates named below.")

  /// When a duplicate was made.
  static func made(_ day: String, beside second: Tongue) -> String {
    let digits = PaperDates.digits(day, beside: second)
    let other = second == .en ? "made on \(digits)" : "выдан \(digits)"
    return "\(PaperDates.onDay(day)) берілді · \(other)"
  }

  /// Instead of which statement one was issued.
  static func insteadOfStatement(_ number: String) -> Label {
    Label(
      kk: "№ \(number) анықтаманың орнына", ru: "взамен справки № \(number)",
      en: "in place of statement No. \(number)")
  }

  /// Instead of which certificate one was issued.
  static func instead(of number: String) -> Label {
    Label(
      kk: "№ \(number) сертификаттың орнына", ru: "взамен сертификата № \(number)",
      en: "in place of certificate No. \(number)")
  }
}
