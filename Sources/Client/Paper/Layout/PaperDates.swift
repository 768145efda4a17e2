import BitimProtocol

/// Days as papers have them.
enum PaperDates {
  /// A day in digits: `22.04.2026`, and ISO where English stands beside Kazakh, since 03.04 misleads.
  static func digits(_ iso: String, beside second: Tongue) -> String {
    guard second != .en, let parts = Self.parts(iso) else { return iso }
    return "\(parts.day).\(parts.month).\(parts.year)"
  }

  /// A day in words: `2026 жылғы 24 сәуір`, `24 апреля 2026 года`, `24 April 2026`.
  static func words(_ iso: String, _ tongue: Tongue) -> String {
    guard let parts = Self.parts(iso), let month = Int(parts.month), (1...12).contains(month),
      let day = Int(parts.day)
    else { return iso }
    return switch tongue {
    case .kk: "\(parts.year) жылғы \(day) \(Self.kazakh[month - 1])"
    case .ru: "\(day) \(Self.russian[month - 1]) \(parts.year) года"
    case .en, .latin: "\(day) \(Self.english[month - 1]) \(parts.year)"
    }
  }

  /// On which day, in Kazakh: `2027 жылғы 3 наурызда`.
  static func onDay(_ iso: String) -> String {
    let words = Self.words(iso, .kk)
    guard words != iso, let month = Self.parts(iso).flatMap({ Int($0.month) }) else { return iso }
    return words + Self.endings[month - 1]
  }

  private static func parts(
    _ iso: String
  ) -> (year: Substring, month: Substring, day: Substring)? {
    let parts = iso.split(separator: "-")
    return parts.count == 3 ? (parts[0], parts[1], parts[2]) : nil
  }

  private static let kazakh = [
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан",
    "қараша", "желтоқсан",
  ]
  /// The locative of each month above.
  private static let endings = [
    "да", "да", "да", "де", "да", "да", "де", "да", "те", "да", "да", "да",
  ]
  private static let russian = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
  ]
  private static let english = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}

/// Academic hours as papers have them.
enum PaperHours {
  /// Quarters as a number: `65,5`, with a point in English.
  static func number(_ quarters: Int32, _ tongue: Tongue) -> String {
    let part = ["", "25", "5", "75"][Int(quarters % 4)]
    let sign = tongue == .en ? "." : ","
    return "\(quarters / 4)" + (part.isEmpty ? "" : sign + part)
  }

  /// What was attended, and apart from it what was recognised of training elsewhere:
  /// `48 (26 + 22); танылған: 24 (10 + 14)`.
  static func told(_ sheet: BitimV1.Sheet, _ tongue: Tongue) -> String {
    func both(_ theory: Int32, _ practice: Int32) -> String {
      "\(Self.number(theory + practice, tongue)) "
        + "(\(Self.number(theory, tongue)) + \(Self.number(practice, tongue)))"
    }
    let attended = both(sheet.theoryQuarters, sheet.practiceQuarters)
    let (theory, practice) = (sheet.recognisedTheoryQuarters, sheet.recognisedPracticeQuarters)
    guard theory + practice > 0 else { return attended }
    return "\(attended); \(PaperWords.recognised.text(tongue)): \(both(theory, practice))"
  }

  /// `академического часа` behind 1, 21 and a fraction, `академических часов` else; kept on one line with
  /// the number.
  static func russian(_ quarters: Int32) -> String {
    let whole = quarters / 4
    let isOne = quarters % 4 != 0 || whole % 10 == 1 && whole % 100 != 11
    let words = isOne ? "академического часа" : "академических часов"
    return "\(Self.number(quarters, .ru))\u{A0}\(words)"
  }
}
