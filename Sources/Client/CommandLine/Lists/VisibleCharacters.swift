/// What can be seen of a text.
extension StringProtocol {
  /// Whether it is white space and characters nobody can see, and nothing else.
  var isBlank: Bool { self.unicodeScalars.allSatisfy { $0.isUnseen || $0.properties.isWhitespace } }

  /// The text without characters nobody can see.
  var withoutUnseen: String {
    String(String.UnicodeScalarView(self.unicodeScalars.filter { !$0.isUnseen }))
  }

  /// The text with white space of any kind as one space, and none at the ends.
  var withSingleSpaces: String {
    self.split { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }.joined(separator: " ")
  }
}

extension Unicode.Scalar {
  /// Whether it shows nothing and is no white space: it formats, joins or fills. What controls a terminal is
  /// another matter: that is shown, wherever it stands.
  var isUnseen: Bool {
    // An empty pattern of Braille is drawn as nothing.
    self.properties.generalCategory == .format || self.properties.isDefaultIgnorableCodePoint
      || self == "\u{2800}"
  }

  /// Its code point, `U+200B`.
  var codePoint: String {
    let digits = String(self.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
