import BitimDomain
import BitimProtocol
import BitimStore

/// Finds the one person somebody means: by IIN, by number, or by a name that fits only one.
enum PersonFinder {
  /// The person `text` means.
  ///
  /// - Parameters:
  ///   - candidates: Only these, unless nil.
  ///   - column: Which column the text stood in.
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/personUnknown`` or
  ///   ``Reason/personAmbiguous``, whose arguments name those who fit.
  static func person(
    _ text: String, among candidates: Set<Int64>? = nil, column: String,
    _ state: borrowing Snapshot
  ) throws -> Int64 {
    guard !text.isEmpty else { throw Refusal(.missing, column: column) }
    let unknown = Refusal(.personUnknown, column: column, value: text)
    if let id = PersonNumber.id(typed: text), try state.hasPerson(id) {
      guard candidates?.contains(id) ?? true else { throw unknown }
      return id
    }
    if Self.looksLikeNumber(text) {
      guard let iin = try? IIN(text),
        let id = try state.person(identifier: .iin, country: "KAZ", type: "", number: iin.digits),
        candidates?.contains(id) ?? true
      else { throw unknown }
      return id
    }
    let words = try Self.words(text, column: column)
    let found = try state.people(nameWords: words, among: candidates, limit: 1_000)
    guard let first = found.first else { throw unknown }
    guard found.count == 1 else {
      let some = found.prefix(5).map(PersonNumber.text).joined(separator: ", ")
      throw Refusal(
        .personAmbiguous, column: column, value: text, ["count": "\(found.count)", "some": some])
    }
    return first
  }

  /// Whether `text` means somebody by a name, not by a number.
  static func isName(_ text: String) -> Bool {
    PersonNumber.id(typed: text) == nil && !Self.looksLikeNumber(text)
  }

  private static func looksLikeNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x20 }
  }

  /// The words of a query: bounded, since each is a look-up.
  ///
  /// - Throws: ``Refusal`` with ``Reason/textTooLong``.
  static func words(_ text: String, column: String) throws(Refusal) -> [String] {
    if let refusal = TextRule.fault(text, column: column) { throw refusal }
    let words = Set(NameText.searchWords(text))
    guard words.count <= 8 else {
      throw Refusal(.textTooLong, column: column, value: String(text.prefix(40)), ["limit": "8"])
    }
    return words.sorted()
  }

  /// How a person is named in an answer to staff: in `language` if there is such a name.
  static func name(
    of id: Int64, in language: Language, _ state: borrowing Snapshot
  ) throws -> String {
    let names = try state.allNames(of: id).last ?? .init()
    let order =
      switch language {
      case .kk: [names.kk, names.ru, names.latin]
      case .ru: [names.ru, names.kk, names.latin]
      case .en: [names.latin, names.kk, names.ru]
      }
    guard let name = order.compactMap({ $0 }).first else { return "" }
    return [name.surname, name.given, name.patronymic].filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
