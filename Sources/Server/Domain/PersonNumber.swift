/// A person's id as people see it: `P-417-29`, the id with two check digits.
package enum PersonNumber {
  /// The text of `id`.
  package static func text(_ id: Int64) -> String {
    "P-\(id)-\(CheckDigits.text(CheckDigits.of(id)))"
  }

  /// The id that somebody typed; nil if the text isn't one or its check digits don't fit.
  package static func id(typed text: String) -> Int64? {
    var characters = TypedText.folded(text)
    guard characters.first == "P", characters.count >= 4 else { return nil }
    characters.removeFirst()
    let digits = TypedText.digits(String(characters))
    guard digits.utf8.count <= 17, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let whole = Int64(digits), whole >= 100, CheckDigits.fit(whole % 100, whole / 100)
    else { return nil }
    return whole / 100
  }
}
