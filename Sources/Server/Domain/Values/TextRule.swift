/// What every text from outside must be: short, and without characters nobody can see.
package enum TextRule {
  /// The longest text of a field, in octets.
  package static let octetsMax = 500

  /// Refuses a text that is missing, too long or has characters nobody can see.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, and as ``allow(_:column:)``.
  package static func check(_ text: String, column: String) throws(Refusal) {
    guard !text.isEmpty else { throw Refusal(.missing, column: column) }
    try Self.allow(text, column: column)
  }

  /// Reads a text that has to be there, ``folded(_:)``.
  ///
  /// - Throws: ``Refusal`` as ``check(_:column:)``.
  package static func read(_ typed: String, column: String) throws(Refusal) -> String {
    let text = Self.folded(typed)
    try Self.check(text, column: column)
    return text
  }

  /// Refuses a text that is too long or has characters nobody can see; an empty one may pass.
  ///
  /// - Throws: ``Refusal`` with ``Reason/textTooLong``, ``Reason/controlCharacter`` or
  ///   ``Reason/invisibleCharacter``.
  package static func allow(_ text: String, column: String) throws(Refusal) {
    guard text.utf8.count <= Self.octetsMax else {
      throw Refusal(
        .textTooLong, column: column, value: String(text.prefix(40)),
        ["limit": "\(Self.octetsMax)"])
    }
    try Self.visible(text, column: column)
  }

  /// Refuses a text whose letters a program could not read and wrote as U+FFFD, or as `mark`.
  ///
  /// - Throws: ``Refusal`` with ``Reason/lettersLost``.
  static func whole(
    _ text: String, column: String, orLostAs mark: Unicode.Scalar? = nil
  ) throws(Refusal) {
    if text.unicodeScalars.contains(where: { $0 == "\u{FFFD}" || $0 == mark }) {
      throw Refusal(.lettersLost, column: column, value: text)
    }
  }

  /// Refuses characters nobody can see.
  ///
  /// - Throws: ``Refusal`` with ``Reason/controlCharacter`` or ``Reason/invisibleCharacter``.
  package static func visible(_ text: String, column: String) throws(Refusal) {
    let scalars = text.unicodeScalars
    guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw Refusal(.controlCharacter, column: column)
    }
    guard !scalars.contains(where: Self.isInvisible) else {
      throw Refusal(.invisibleCharacter, column: column)
    }
  }

  /// Whether a character formats, separates lines or paragraphs, is private or is not assigned:
  /// Unicode's categories Cf, Zl, Zp, Co and Cn.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: false
    }
  }

  /// `text` with white space of any kind as one space, and none at the ends; what separates lines
  /// or paragraphs for ever is left for ``visible(_:column:)`` to refuse.
  package static func folded(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSpace = scalar.properties.isWhitespace && !Self.isInvisible(scalar)
      if !isSpace {
        folded.append(scalar)
      } else if let last = folded.last, last != " " {
        folded.append(" ")
      }
    }
    if folded.last == " " { folded.removeLast() }
    return String(folded)
  }
}

extension CivilDate {
  /// Reads a civil date that must be there.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/notADate``.
  package init(typed text: String, column: String) throws(Refusal) {
    guard !text.isEmpty else { throw Refusal(.missing, column: column) }
    guard let date = CivilDate(iso: text) else {
      throw Refusal(.notADate, column: column, value: text)
    }
    self = date
  }
}

extension Noun where AllCases == [Self] {
  /// Reads the number of a word in the schema.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``.
  package init(typed number: Int32, column: String) throws(Refusal) {
    let word = Self(number: number)
    self = try Listed.one(word, column: column, value: number == 0 ? "" : "\(number)")
  }
}

/// A value of a closed list.
enum Listed {
  /// What a typed text stands for.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList`` where it stands for nothing.
  static func one<Value>(
    _ found: Value?, column: String, value: @autoclosure () -> String
  ) throws(Refusal) -> Value {
    guard let found else { throw Refusal(.notInList, column: column, value: value()) }
    return found
  }
}
