/// Checks of names as people's documents give them.
package enum NameText {
  /// A script a name is written in.
  package enum Script: Sendable { case cyrillic, latin }

  /// What is wrong with `text` as a part of a name in `script`; nil if nothing is.
  ///
  /// Letters lost in saving show as `?` or U+FFFD inside a word; taken as a name they would be
  /// printed on a certificate.
  package static func fault(_ text: String, in script: Script) -> Reason? {
    for scalar in text.unicodeScalars {
      if scalar == "?" || scalar == "\u{FFFD}" { return .lettersLost }
      if ("0"..."9").contains(scalar) { return .nameHasDigits }
      guard scalar.properties.isAlphabetic else { continue }
      let isCyrillic = ("\u{400}"..."\u{52F}").contains(scalar)
      switch script {
      case .cyrillic where !isCyrillic: return .nameInWrongScript
      case .latin where isCyrillic: return .nameInWrongScript
      default: break
      }
    }
    return nil
  }

  /// The words of `text` for search: lower case, Kazakh letters as their Russian neighbours, Latin
  /// letters without their marks. Serves search only; a name is never derived from another.
  package static func searchWords(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.lowercased().unicodeScalars {
      if let folded = Self.folds[scalar] {
        word += folded
      } else if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        word.unicodeScalars.append(scalar)
      } else if scalar.properties.generalCategory == .nonspacingMark {
        continue
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static let folds: [Unicode.Scalar: String] = [
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
    "ё": "е", "й": "и", "ъ": "", "ь": "", "'": "", "ʼ": "", "’": "", "á": "a", "à": "a",
    "â": "a", "ä": "a", "ã": "a", "å": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e",
    "ğ": "g", "í": "i", "ì": "i", "î": "i", "ï": "i", "ı": "i", "ñ": "n", "ó": "o", "ò": "o",
    "ô": "o", "ö": "o", "õ": "o", "ş": "s", "ú": "u", "ù": "u", "û": "u", "ü": "u", "ý": "y",
  ]
}
