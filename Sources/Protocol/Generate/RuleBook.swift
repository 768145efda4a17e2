/// Each rule with what cites its number: code that decides it, triggers that hold it, tests that
/// would die without it.
struct RuleBook {
  /// A rule, and where it is told.
  struct Entry: Equatable {
    var row: RuleTable.Row
    /// Files of the domain, or of services where a rule still stands there.
    var deciders: [String] = []
    var triggers: [String] = []
    var tests: [String] = []
  }

  /// A number in a file.
  struct Citation: Equatable, CustomStringConvertible {
    var number: String
    /// The last number of "one to another", which cites all between; the number itself else.
    var last: String
    var path: String
    var line: Int

    var description: String { "\(self.path):\(self.line): \(self.number)" }
  }

  private static let deciders = ["Sources/Server/Domain/", "Sources/Server/Services/"]
  private static let tests = "Tests/"

  /// In the order of their numbers.
  private(set) var entries: [Entry]
  /// Citations of numbers that no rule has.
  private(set) var strays: [Citation] = []

  /// Looks for the numbers of `table` in files by their path below the repository.
  init(_ table: RuleTable, citing files: [String: [UInt8]]) {
    self.entries = table.rows.map { Entry(row: $0) }
    let places = Dictionary(
      uniqueKeysWithValues: table.rows.enumerated().map { ($1.number, $0) })
    func cited(by citations: [Citation]) -> Set<Int> {
      var cited: Set<Int> = []
      for citation in citations {
        guard let first = places[citation.number] else { continue }
        cited.formUnion(first...max(first, places[citation.last] ?? first))
      }
      return cited
    }
    for (path, octets) in files.sorted(by: { $0.key < $1.key }) {
      let citations = Self.citations(in: octets, of: path)
      self.strays += citations.filter { places[$0.number] == nil }
      for place in cited(by: citations) {
        if Self.deciders.contains(where: path.hasPrefix) {
          self.entries[place].deciders.append(path)
        } else if path.hasPrefix(Self.tests), path.hasSuffix(".swift") || path.hasSuffix(".py") {
          self.entries[place].tests.append(path)
        }
      }
      guard path.hasPrefix("schema/"), path.hasSuffix(".sql") else { continue }
      for (trigger, citations) in Self.triggers(in: octets) {
        for place in cited(by: citations) { self.entries[place].triggers.append(trigger) }
      }
    }
  }

  /// Every number in a file, with its line.
  static func citations(in octets: [UInt8], of path: String) -> [Citation] {
    var citations: [Citation] = []
    var line = 1
    var index = 0
    while index < octets.count {
      let start = index
      index += 1
      if octets[start] == Self.newline { line += 1 }
      guard octets[start] == 0x52, start == 0 || !Self.isOfWord(octets[start - 1]),
        let number = Self.number(at: start, in: octets)
      else { continue }
      index += number.utf8.count - 1
      let isFirst = octets[index...].starts(with: " to ".utf8)
      let last = isFirst ? Self.number(at: index + " to ".utf8.count, in: octets) : nil
      citations.append(Citation(number: number, last: last ?? number, path: path, line: line))
    }
    return citations
  }

  /// A letter, a dash and the digits that follow; nil if none do.
  private static func number(at start: Int, in octets: [UInt8]) -> String? {
    guard octets[start...].starts(with: "R-".utf8) else { return nil }
    var end = start + 2
    while end < octets.count, Self.isDigit(octets[end]) { end += 1 }
    return end > start + 2 ? String(decoding: octets[start..<end], as: UTF8.self) : nil
  }

  /// The triggers of a file of SQL, each with what is cited in the comment right above it and in its
  /// own lines.
  static func triggers(in octets: [UInt8]) -> [(name: String, citations: [Citation])] {
    var triggers: [(name: String, citations: [Citation])] = []
    var comment: [Citation] = []
    var isWithin = false
    for line in octets.split(separator: Self.newline, omittingEmptySubsequences: false) {
      let text = String(decoding: line, as: UTF8.self)
      let cited = Self.citations(in: Array(line), of: "")
      let words = text.split(separator: " ")
      if words.count > 2, words[0] == "CREATE", words[1] == "TRIGGER" {
        triggers.append((String(words[2]), comment + cited))
        isWithin = true
      } else if isWithin {
        triggers[triggers.count - 1].citations += cited
      }
      if isWithin {
        isWithin = !text.hasSuffix("END;")
        comment = []
      } else {
        comment = text.hasPrefix("--") ? comment + cited : []
      }
    }
    return triggers
  }

  private static let newline: UInt8 = 0x0A

  private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

  private static func isOfWord(_ octet: UInt8) -> Bool {
    Self.isDigit(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
      || octet == 0x2D || octet == 0x5F
  }
}
