/// A person's id as people see it: `P-417-29`, the id with two check digits.
package enum PersonNumber {
  /// The text of `id`.
  package static func text(_ id: Int64) -> String {
    "P-\(id)-\(CheckDigits.text(CheckDigits.of(id)))"
  }

  /// The id that somebody typed; nil if the text isn't one or its check digits don't fit.
  package static func id(typed text: String) -> Int64? {
    let digits = text.utf8.starts(with: "P-".utf8) ? Self.digits(asPrinted: text) : nil
    guard let whole = digits ?? Self.digits(typed: text), whole >= 100,
      CheckDigits.fit(whole % 100, whole / 100)
    else { return nil }
    return whole / 100
  }

  /// The digits of a number that is typed as printed; nil if anything else stands there.
  private static func digits(asPrinted text: String) -> Int64? {
    var whole: Int64 = 0
    for octet in text.utf8.dropFirst(2) where octet != 0x2D {
      guard octet >= 0x30, octet <= 0x39, whole < 10_000_000_000_000_000 else { return nil }
      whole = whole * 10 + Int64(octet - 0x30)
    }
    return whole
  }

  private static func digits(typed text: String) -> Int64? {
    var characters = TypedText.folded(text)
    guard characters.first == "P", characters.count >= 4 else { return nil }
    characters.removeFirst()
    let digits = TypedText.digits(String(characters))
    guard digits.utf8.count <= 17, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    return Int64(digits)
  }
}
