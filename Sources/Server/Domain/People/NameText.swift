/// Checks of names as people's documents give them.
package enum NameText {
  /// The letters a part of a name is written in.
  package enum Alphabet: Sendable {
    /// The 42 letters of Kazakh.
    case kk
    /// The 33 letters of Russian.
    case ru
    /// The letters of U+0041 to U+024F, and ə.
    case latin

    /// Whether `scalar` is one of the letters.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .kk: Self.isRussian(scalar) || "әғқңөұүһіӘҒҚҢӨҰҮҺІ".unicodeScalars.contains(scalar)
      case .ru: Self.isRussian(scalar)
      case .latin: scalar == "ə" || (scalar.value <= 0x24F && Self.isLetter(scalar))
      }
    }

    private static func isRussian(_ scalar: Unicode.Scalar) -> Bool {
      ("а"..."я").contains(scalar) || ("А"..."Я").contains(scalar) || scalar == "ё" || scalar == "Ё"
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: true
      default: false
      }
    }
  }

  /// The most characters of a part of a name.
  package static let partMax = 100

  /// What people write where a document shows no patronymic.
  private static let emptyPatronymics: Set<String> = [
    "-", "—", ".", "нет", "жоқ", "б/о", "none", "n/a",
  ]

  /// A part of a name as it is kept: one space between words, one kind of apostrophe.
  ///
  /// - Parameter typed: What was filled in, in Unicode's normal form C.
  /// - Throws: ``Refusal`` with ``Reason/textTooLong``, ``Reason/controlCharacter``,
  ///   ``Reason/invisibleCharacter``, ``Reason/lettersLost``, ``Reason/nameHasDigits``,
  ///   ``Reason/nameInWrongScript`` or ``Reason/nameCharacter``.
  package static func part(
    _ typed: String, in alphabet: Alphabet, column: String
  ) throws(Refusal) -> String {
    if Self.isPlain(typed, in: alphabet) { return typed }
    let text = String(TextRule.folded(typed).map { "'ʼ`".contains($0) ? "’" : $0 })
    guard text.count <= Self.partMax else {
      throw Refusal(
        .textTooLong, column: column, value: String(text.prefix(40)),
        ["limit": "\(Self.partMax)"])
    }
    try TextRule.visible(text, column: column)
    let scalars = text.unicodeScalars
    // Some programs write `?`; taken as a name it would be printed on a certificate.
    try TextRule.whole(text, column: column, orLostAs: "?")
    guard !scalars.contains(where: { ("0"..."9").contains($0) }) else {
      throw Refusal(.nameHasDigits, column: column, value: text)
    }
    guard !scalars.contains(where: { Self.isOfOtherScript($0, than: alphabet) }) else {
      throw Refusal(.nameInWrongScript, column: column, value: text)
    }
    let strange = scalars.enumerated().first { place, scalar in
      !alphabet.contains(scalar) && (place == 0 || !" -’.".unicodeScalars.contains(scalar))
    }
    if let strange {
      throw Refusal(
        .nameCharacter, column: column, value: text,
        ["character": String(strange.element), "place": "\(strange.offset + 1)"])
    }
    return text
  }

  /// Whether `text` is nothing but letters of the alphabet, and not too long: nearly all parts are, and
  /// then there is nothing to fold and nothing to refuse.
  private static func isPlain(_ text: String, in alphabet: Alphabet) -> Bool {
    text.unicodeScalars.count <= Self.partMax
      && text.unicodeScalars.allSatisfy { scalar in
        switch alphabet {
        case .kk, .ru: alphabet.contains(scalar)
        case .latin: ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        }
      }
  }

  /// A patronymic as it is kept; where the document shows none, it is empty.
  ///
  /// - Throws: ``Refusal`` with ``Reason/patronymicLeaveEmpty``, and as ``part(_:in:column:)``.
  package static func patronymic(
    _ typed: String, in alphabet: Alphabet, column: String
  ) throws(Refusal) -> String {
    guard !Self.emptyPatronymics.contains(TextRule.folded(typed).lowercased()) else {
      throw Refusal(.patronymicLeaveEmpty, column: column, value: typed)
    }
    return try Self.part(typed, in: alphabet, column: column)
  }

  /// Whether two letters or more of `text` are all capitals or all small.
  package static func isInOneCase(_ text: String) -> Bool {
    let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
    guard letters.count >= 2 else { return false }
    return letters.allSatisfy(\.properties.isUppercase)
      || letters.allSatisfy(\.properties.isLowercase)
  }

  private static func isOfOtherScript(_ scalar: Unicode.Scalar, than alphabet: Alphabet) -> Bool {
    guard scalar.properties.isAlphabetic else { return false }
    let isCyrillic = ("\u{400}"..."\u{52F}").contains(scalar)
    switch alphabet {
    case .kk, .ru: return !isCyrillic
    case .latin: return isCyrillic
    }
  }

  /// The words of `text` for search: lower case, Kazakh letters as their Russian neighbours, Latin
  /// letters without their marks. Serves search only; a name is never derived from another.
  package static func searchWords(_ text: String) -> [String] {
    let known = Self.searched
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      let place = Int(scalar.value)
      if let letters = place < known.count ? known[place] : Self.searched(scalar) {
        word += letters
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// What ``searched(_:)`` says of the Latin and Cyrillic letters, of which nearly all names are: a
  /// journal has millions, and to look up a property of each takes longer than all else.
  private static let searched = (0..<0x530).map { place in
    Unicode.Scalar(place).flatMap(Self.searched)
  }

  /// What a character is to search: letters, perhaps none; nil where it ends a word.
  private static func searched(_ scalar: Unicode.Scalar) -> String? {
    var letters = ""
    for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
      if let folded = Self.folds[scalar] {
        letters += folded
      } else if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        letters.unicodeScalars.append(scalar)
      } else if scalar.properties.generalCategory != .nonspacingMark {
        return nil
      }
    }
    return letters
  }

  private static let folds: [Unicode.Scalar: String] = [
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
    "ё": "е", "й": "и", "ъ": "", "ь": "", "'": "", "ʼ": "", "’": "", "á": "a", "à": "a",
    "â": "a", "ä": "a", "ã": "a", "å": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e",
    "ğ": "g", "í": "i", "ì": "i", "î": "i", "ï": "i", "ı": "i", "ñ": "n", "ó": "o", "ò": "o",
    "ô": "o", "ö": "o", "õ": "o", "ş": "s", "ú": "u", "ù": "u", "û": "u", "ü": "u", "ý": "y",
  ]
}
