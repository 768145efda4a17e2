/// A whole name in one cell: `Өтегенова Ұлжан Ғабитқызы`.
enum FullName {
  static let parts = ["surname", "given", "patronymic"]

  /// What belongs to the word before it.
  private static let endings: Set<String> = [
    "ұлы", "улы", "қызы", "кызы", "оглы", "огли", "углы", "uly", "kyzy", "ogly",
  ]

  /// The words of a name under the parts they are, in this order; nil where that can't be told: a name of
  /// one word, or of more than the order has. A comma ends the surname.
  static func split(_ text: String, as order: [String]) -> [String: String]? {
    let words = text.withSingleSpaces.split(separator: " ").map(String.init)
    if let end = words.firstIndex(where: { $0.hasSuffix(",") }) {
      let surname = words[...end].joined(separator: " ").dropLast()
      let rest = words[(end + 1)...]
      guard !rest.isEmpty, !surname.isEmpty else { return nil }
      return ["surname": String(surname), "given": rest.joined(separator: " ")]
    }
    var parts: [String] = []
    for word in words {
      if parts.count > 1, Self.endings.contains(word.lowercased()) {
        parts[parts.count - 1] += " " + word
      } else {
        parts.append(word)
      }
    }
    let order = parts.count == 2 ? order.filter { $0 != "patronymic" } : order
    guard parts.count == order.count else { return nil }
    return Dictionary(uniqueKeysWithValues: zip(order, parts))
  }
}
