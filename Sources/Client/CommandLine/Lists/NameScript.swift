/// The letters of a name's column, and what is mistaken for them.
enum NameScript {
  case kk, ru, latin

  /// Latin letters, and Cyrillic ones that look like them. Kazakh has more of them than Russian.
  private static let pairs = Array(
    zip(
      "AaBCcEeHIiKkMOoPpTXxYyhSsJj".unicodeScalars, "АаВСсЕеНІіКкМОоРрТХхУуһЅѕЈј".unicodeScalars))

  private static let toCyrillic = Dictionary(uniqueKeysWithValues: Self.pairs).merging(
    ["ə": "ә", "Ə": "Ә", "ѳ": "ө", "Ѳ": "Ө"], uniquingKeysWith: { first, _ in first })
  private static let toLatin = Dictionary(uniqueKeysWithValues: Self.pairs.map { ($0.1, $0.0) })

  /// Dashes that stand where a hyphen should.
  private static let dashes: Set<Unicode.Scalar> = [
    "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}",
  ]

  /// The text with letters of this script for those that look like them, and the first of them; nil where
  /// there are none, or where not all can be told: a name is never derived from one of another script.
  func withoutLookAlikes(
    _ text: String
  ) -> (text: String, first: Unicode.Scalar, place: Int)? {
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
    return (String(mended), first.scalar, first.place)
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

  /// Whether people write this where a document shows no patronymic.
  static func isNoPatronymic(_ text: String) -> Bool {
    let word = text.withoutUnseen.withSingleSpaces.lowercased()
    if !word.isEmpty, word.allSatisfy({ "-–—−_.".contains($0) }) { return true }
    return [
      "нет", "жоқ", "жок", "б/о", "без отчества", "отсутствует", "әкесінің аты жоқ", "none", "no",
      "n/a",
    ].contains(word)
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
    for character in text {
      result += begins ? character.uppercased() : character.lowercased()
      begins = " -".contains(character)
    }
    let small = ["Оглы", "Огли", "Кызы", "Қызы", "Улы", "Ұлы"]
    return result.split(separator: " ", omittingEmptySubsequences: false).enumerated().map {
      $0.offset > 0 && small.contains(String($0.element))
        ? $0.element.lowercased() : String($0.element)
    }.joined(separator: " ")
  }
}
