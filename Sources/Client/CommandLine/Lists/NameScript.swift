/// The letters of a name's column, and what is mistaken for them.
enum NameScript {
  case kk, ru, latin

  /// Latin letters, and Cyrillic ones that look like them. Kazakh has more of them than Russian.
  private static let pairs = Array(
    zip(
      "AaBCcEeHIiKkMOoPpTXxYyhSsJj".unicodeScalars, "АаВСсЕеНІіКкМОоРрТХхУуһЅѕЈј".unicodeScalars))

  /// Greek letters, and Latin ones that look like them.
  private static let greek = Array(
    zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν".unicodeScalars, "ABEZHIKMNOPTYXoav".unicodeScalars))

  private static let toCyrillic = Self.merged(
    Self.pairs
      + Self.greek.compactMap { greek, latin in
        Self.pairs.first { $0.0 == latin }.map { (greek, $0.1) }
      }
      + Array(
        zip("əƏѳѲɵƟθΘҡҠӊӉҥҤ".unicodeScalars, "әӘөӨөӨөӨқҚңҢңҢ".unicodeScalars)))
  private static let toLatin = Self.merged(Self.pairs.map { ($0.1, $0.0) } + Self.greek)

  private static func merged(
    _ pairs: [(Unicode.Scalar, Unicode.Scalar)]
  ) -> [Unicode.Scalar: Unicode.Scalar] {
    Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Dashes that stand where a hyphen should.
  private static let dashes: Set<Unicode.Scalar> = [
    "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}",
  ]

  /// The text with letters of this script for those that look like them, and the first of them; nil where
  /// there are none, or where not all can be told: a name is never derived from one of another script.
  ///
  /// Of a letter that looks like two of the script there is no such text: `Y` is `У` and `Ү`.
  func withoutLookAlikes(
    _ text: String
  ) -> (text: String?, first: Unicode.Scalar, place: Int)? {
    var mended = String.UnicodeScalarView()
    var first: (scalar: Unicode.Scalar, place: Int)?
    var own = 0
    for (place, scalar) in text.unicodeScalars.enumerated() {
      let replaced: Unicode.Scalar?
      if Self.dashes.contains(scalar) {
        replaced = "-"
      } else if !scalar.properties.isAlphabetic || self.has(scalar) {
        own += scalar.properties.isAlphabetic ? 1 : 0
        replaced = nil
      } else {
        guard let other = self == .latin ? Self.toLatin[scalar] : Self.toCyrillic[scalar],
          self.has(other)
        else { return nil }
        replaced = other
      }
      if replaced != nil, first == nil { first = (scalar, place + 1) }
      mended.append(replaced ?? scalar)
    }
    guard let first, own > 0 else { return nil }
    let isDoubtful =
      self == .kk && text.unicodeScalars.contains { "YΥ".unicodeScalars.contains($0) }
    return (isDoubtful ? nil : String(mended), first.scalar, first.place)
  }

  /// The letters that Kazakh has and Russian has not.
  static let kazakh = "әғқңөұүһіӘҒҚҢӨҰҮҺІ".unicodeScalars

  /// Whether a letter is of this script.
  func has(_ scalar: Unicode.Scalar) -> Bool {
    let isRussian =
      ("а"..."я").contains(scalar) || ("А"..."Я").contains(scalar) || scalar == "ё" || scalar == "Ё"
    switch self {
    case .kk: return isRussian || Self.kazakh.contains(scalar)
    case .ru: return isRussian
    case .latin: return scalar.properties.isAlphabetic && (scalar.value <= 0x24F || scalar == "ə")
    }
  }

  /// Whether all letters of a text are of this script; what is no letter is not asked.
  func hasLetters(of text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic || self.has($0) }
  }

  /// Whether a text has nothing but what a name of this script is of.
  func isName(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { self.has($0) || " -’'.".unicodeScalars.contains($0) }
  }

  /// Whether people write this where a document shows no patronymic.
  static func isNoPatronymic(_ text: String) -> Bool {
    // Letters that were lost are another matter.
    if text.isBlank || text.contains(where: { $0 == "?" || $0 == "\u{FFFD}" }) { return false }
    let words = text.withoutUnseen.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.isEmpty || Self.noPatronymic.contains(words.joined(separator: " "))
  }

  /// The words for it, without what stands between them.
  private static let noPatronymic: Set<String> = [
    "нет", "нету", "нет отчества", "отчества нет", "жоқ", "жок", "әкесінің аты жоқ", "б о", "бо",
    "без отч", "без отчества", "отсутствует", "отчество отсутствует", "не имеет", "не имеется",
    "не указано", "прочерк", "н д", "н у", "none", "no", "n a", "na", "nil", "null", "0", "х", "хх",
    "x", "xx",
  ]

  /// Whether a word has a capital where a name has none: behind another letter, but not as `О’Коннор` has it.
  static func hasCapitalInside(_ text: String) -> Bool {
    text.split { " -.’'".contains($0) }.contains { $0.dropFirst().contains(where: \.isUppercase) }
  }

  /// Whether two letters or more are all capitals or all small.
  static func isInOneCase(_ text: String) -> Bool {
    let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
    guard letters.count >= 2 else { return false }
    return letters.allSatisfy(\.properties.isUppercase)
      || letters.allSatisfy(\.properties.isLowercase)
  }

  /// A capital at the beginning of each word, small letters behind it; what is written small behind a
  /// name, as in `Әли оглы`, stays so.
  static func capitalised(_ text: String) -> String {
    var result = ""
    var begins = true
    var length = 0
    for character in text {
      result += begins ? character.uppercased() : character.lowercased()
      // Initials, and O’Connor.
      begins = " -.".contains(character) || ("’'".contains(character) && length == 1)
      length = character.isLetter ? length + 1 : 0
    }
    let small = ["Оглы", "Огли", "Кызы", "Қызы", "Улы", "Ұлы"]
    return result.split(separator: " ", omittingEmptySubsequences: false).enumerated().map {
      $0.offset > 0 && small.contains(String($0.element))
        ? $0.element.lowercased() : String($0.element)
    }.joined(separator: " ")
  }
}
