/// What people type when they copy digits and letters from a paper.
enum TypedText {
  /// The letters and digits of `text` in capitals; spaces, dashes and dots are dropped, Cyrillic
  /// look-alikes become Latin.
  static func folded(_ text: String) -> [Character] {
    text.uppercased().compactMap { character -> Character? in
      if Self.separators.contains(character) { return nil }
      return Self.lookAlikes[character] ?? character
    }
  }

  /// As ``folded(_:)``, and letters that look like digits become digits.
  static func digits(_ text: String) -> String {
    String(
      Self.folded(text).map { character in
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      })
  }

  private static let separators: Set<Character> = [
    " ", "-", "‐", "‑", "–", "—", ".", "/", "_", "\t", "\u{A0}", "№", "#",
  ]
  private static let lookAlikes: [Character: Character] = [
    "А": "A", "В": "B", "Е": "E", "З": "3", "І": "I", "К": "K", "М": "M", "Н": "H", "О": "O",
    "Р": "P", "С": "C", "Т": "T", "У": "Y", "Х": "X", "Ү": "Y", "Һ": "H", "Қ": "K",
  ]
}

extension String {
  /// The text of octets; what is not UTF-8 becomes a character that fits nothing.
  init(copying octets: Span<UInt8>) {
    self.init(decoding: octets.indices.map { octets[$0] }, as: UTF8.self)
  }
}
