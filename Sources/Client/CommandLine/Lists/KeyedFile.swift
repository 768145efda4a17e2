import Foundation

/// A file of lines `key = value`; lines that begin with `#` and empty lines say nothing.
enum KeyedFile {
  struct Line {
    let number: Int
    let key: String
    let value: String

    /// The key with its line, as faults name it.
    var place: String { "\(self.key) (\(self.number))" }
  }

  /// Reads the lines of a file.
  ///
  /// - Parameters:
  ///   - keys: The keys there are.
  ///   - repeated: Those of them that may stand more than once.
  /// - Throws: ``Sheet/Fault`` or ``Arguments/Fault`` with the line.
  static func lines(
    in path: String, keys: [String], repeated: Set<String> = []
  ) throws -> [Line] {
    let text = try Sheet.text(of: path, as: nil).text
    var lines: [Line] = []
    var told: Set<String> = []
    // Editors of other systems end a line in two characters.
    let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in all.enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      let parts = trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, keys.contains(parts[0]) else {
        throw Sheet.Fault(
          text: .fileKey,
          arguments: [
            "file": path, "line": "\(index + 1)", "value": trimmed,
            "list": keys.joined(separator: ", "),
          ])
      }
      let read = Line(number: index + 1, key: parts[0], value: parts[1])
      guard told.insert(read.key).inserted || repeated.contains(read.key) else {
        throw Arguments.Fault(text: .usageOptionTwice, arguments: ["option": read.place])
      }
      lines.append(read)
    }
    return lines
  }
}
