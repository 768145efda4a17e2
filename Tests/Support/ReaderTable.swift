/// `schema/readers.tsv`: every field that leaves, and who may read it.
package struct ReaderTable {
  /// What the file says of a field.
  package struct Row: Sendable {
    package let message: String
    package let field: String
    /// Whether it says something of a natural person.
    package let isPersonal: Bool
    /// Who may read it, in words of the file's head.
    package let readers: [String]
    /// The rule it rests on; `-` where none is asked.
    package let rule: String

    /// The field by its message.
    package var name: String { "\(self.message).\(self.field)" }
  }

  /// A line that can't be read, by its number.
  package struct Fault: Error {
    package let line: Int
  }

  /// The words that readers are called by.
  package private(set) var words: Set<String> = []
  package private(set) var rows: [Row] = []

  private static let path = "schema/readers.tsv"
  private static let columns = ["message", "field", "personal", "readers", "rule"]

  /// Reads the file.
  ///
  /// - Throws: ``Fault`` for a line that is none.
  package init() throws {
    var isHead = true
    for (index, line) in try Repository.text(Self.path).split(separator: "\n").enumerated() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if isHead, parts[0].hasPrefix("#") {
        if parts.count > 1, !parts[1].isEmpty { self.words.insert(parts[1]) }
        continue
      }
      guard parts.count == Self.columns.count else { throw Fault(line: index + 1) }
      if isHead {
        guard parts == Self.columns else { throw Fault(line: index + 1) }
        isHead = false
        continue
      }
      guard parts[2] == "yes" || parts[2] == "no", parts.allSatisfy({ !$0.isEmpty }) else {
        throw Fault(line: index + 1)
      }
      self.rows.append(
        Row(
          message: parts[0], field: parts[1], isPersonal: parts[2] == "yes",
          readers: parts[3].split(separator: " ").map(String.init), rule: parts[4]))
    }
  }
}
