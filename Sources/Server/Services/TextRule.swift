import BitimDomain

/// What every text from outside must be: short, and without characters nobody can see.
enum TextRule {
  /// The longest text of a field, in octets.
  static let octetsMax = 500

  /// What is wrong with a text; nil if nothing is. An empty text is no fault here.
  static func fault(_ text: String, column: String) -> Refusal? {
    guard text.utf8.count <= Self.octetsMax else {
      return Refusal(
        .textTooLong, column: column, value: String(text.prefix(40)),
        ["limit": "\(Self.octetsMax)"])
    }
    let hasControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return hasControl ? Refusal(.controlCharacter, column: column) : nil
  }

  /// The text, which may be empty, if nothing is wrong with it.
  ///
  /// - Throws: ``Refusal`` with ``Reason/textTooLong`` or ``Reason/controlCharacter``.
  static func read(_ text: String, column: String) throws(Refusal) -> String {
    if let refusal = Self.fault(text, column: column) { throw refusal }
    return text
  }

  /// Refuses a text that is missing, too long or has characters nobody can see.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/textTooLong`` or
  ///   ``Reason/controlCharacter``.
  static func check(_ text: String, column: String) throws(Refusal) {
    guard !text.isEmpty else { throw Refusal(.missing, column: column) }
    if let refusal = Self.fault(text, column: column) { throw refusal }
  }
}
