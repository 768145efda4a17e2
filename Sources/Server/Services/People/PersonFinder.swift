import BitimDomain
import BitimProtocol
import BitimStore

/// Finds the one person somebody means: by IIN, by number, or by a name that fits only one.
enum PersonFinder {
  /// The person of all people that `text` means.
  ///
  /// - Parameter column: Which column the text stood in.
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/personUnknown`` or
  ///   ``Reason/personAmbiguous``, whose arguments name those who fit.
  static func person(
    _ text: String, column: String, _ state: borrowing Snapshot
  ) throws -> Int64 {
    if let id = try Self.numbered(text, column: column, state) { return id }
    let words = try Self.words(text, column: column)
    return try Self.only(
      try state.people(nameWords: words, limit: 1_000), meantBy: text, column: column)
  }

  /// The person of `candidates` that `text` means; otherwise as ``person(_:column:_:)``.
  static func person(
    _ text: String, among candidates: inout Candidates, column: String,
    _ state: borrowing Snapshot
  ) throws -> Int64 {
    if let id = try Self.numbered(text, column: column, state) {
      guard candidates.ids.contains(id) else {
        throw Refusal(finding: .personUnknown, column: column, value: text)
      }
      return id
    }
    let words = try Self.words(text, column: column)
    return try Self.only(
      try candidates.named(words, state), meantBy: text, column: column)
  }

  /// The person with the number or IIN that `text` is; nil if it is neither.
  private static func numbered(
    _ text: String, column: String, _ state: borrowing Snapshot
  ) throws -> Int64? {
    guard !text.isEmpty else { throw Refusal(finding: .missing, column: column) }
    if let id = PersonNumber.id(typed: text), try state.hasPerson(id) { return id }
    guard Self.looksLikeNumber(text) else { return nil }
    guard let iin = try? IIN(text),
      let id = try state.person(identifier: .iin, country: "KAZ", type: "", number: iin.digits)
    else { throw Refusal(finding: .personUnknown, column: column, value: text) }
    return id
  }

  private static func only(
    _ found: [Int64], meantBy text: String, column: String
  ) throws(Refusal) -> Int64 {
    guard let first = found.first else {
      throw Refusal(finding: .personUnknown, column: column, value: text)
    }
    guard found.count == 1 else {
      let some = found.prefix(5).map(PersonNumber.text).joined(separator: ", ")
      throw Refusal(
        finding: .personAmbiguous, column: column, value: text,
        ["count": "\(found.count)", "some": some])
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
    try TextRule.allow(text, column: column)
    let words = Set(NameText.searchWords(text))
    guard words.count <= 8 else {
      throw Refusal(
        finding: .textTooLong, column: column, value: String(text.prefix(40)), ["limit": "8"])
    }
    return words.sorted()
  }

  /// How a person is named in an answer to staff: in `language` if there is such a name.
  static func name(
    of id: Int64, in language: Language, _ state: borrowing Snapshot
  ) throws -> String {
    let names = try state.names(of: id)
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

/// The few whom the rows of a list may mean.
///
/// Their names are read once, and only if a row gives one: the writer must not look through all the
/// registry's names for each row.
struct Candidates {
  /// Who they are.
  let ids: Set<Int64>
  private var words: [(id: Int64, words: Set<String>)]?

  init(_ ids: some Sequence<Int64>) { self.ids = Set(ids) }

  /// Those with a name for each of `words` that begins so, by id.
  fileprivate mutating func named(
    _ words: [String], _ state: borrowing Snapshot
  ) throws -> [Int64] {
    var known: [(id: Int64, words: Set<String>)] = self.words ?? []
    if self.words == nil {
      for id in self.ids.sorted() { known.append((id, try state.nameWords(of: id))) }
      self.words = known
    }
    return known.filter { there in
      words.allSatisfy { word in there.words.contains { $0.utf8.starts(with: word.utf8) } }
    }.map(\.id)
  }
}
