/// The tables of `schema/registry`, as far as the generator has to know them.
struct RegistryTables {
  /// What a table is: whether acts make it, a release does, or neither.
  enum Kind: String, CaseIterable { case fold, reference, journal, operation }

  /// A table, as its file declares it.
  struct Table {
    var name: String
    var kind: Kind
    /// Whether its rows are kept by triggers that somebody has written.
    var isByHand = false
    /// Columns that may change although the rest of a row may not.
    var changing: [String] = []
    /// Columns of which no two rows that stand share all: the key begins with them, and serves the look-ups.
    var one: [String] = []
    var columns: [String] = []
    var key: [String] = []
    var uniques: [Unique] = []
    var references: [Reference] = []

    /// Whether its rows stand until an act ends them.
    var ends: Bool { self.columns.contains("ended_seq") }

    /// The columns that an act's ending of a row sets, all at once: `ended_seq`, and what is said of it.
    var ending: [String] { self.ends ? self.columns.filter { $0.hasPrefix("ended_") } : [] }
  }

  /// Columns that no two rows share, of those for which `condition` holds; empty: of all.
  struct Unique {
    var columns: [String]
    var condition = ""
  }

  /// A column that names a row of another table.
  struct Reference {
    var column: String
    var mayBeNull: Bool
    var table: String
    var target: String
  }

  /// All tables, in the order of files and in them of lines.
  var tables: [Table] = []
  /// The number of the schema, of the line `-- registry N`.
  var number = 0

  /// Reads the files of tables by their paths.
  ///
  /// - Throws: ``SchemaFault``.
  init(files: [(path: String, text: String)]) throws {
    for (path, text) in files { try self.read(path, text) }
    guard self.number > 0 else {
      throw SchemaFault(
        path: "registry", line: 1, column: 1, problem: "no file has a line '-- registry NUMBER'")
    }
  }

  private mutating func read(_ path: String, _ text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var comments: [String] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if line.hasPrefix("-- ") {
        comments.append(String(line.dropFirst(3)))
        if line.hasPrefix("-- registry ") {
          self.number = Int(line.dropFirst(12).prefix { $0.isNumber }) ?? 0
        }
      } else if line.hasPrefix("CREATE TABLE ") {
        guard let end = lines[index...].firstIndex(where: { $0.hasPrefix(")") }) else {
          throw Self.fault(path, index, "the table has no end: a line that begins with ')'")
        }
        let name = Self.words(line)[2]
        var table = try Self.table(name, after: comments, path, index)
        try table.add(lines[(index + 1)..<end].map(Self.withoutComment), path, index)
        self.tables.append(table)
        index = end
        comments = []
      } else if line.hasPrefix("CREATE UNIQUE INDEX ") {
        var statement = line
        while !statement.hasSuffix(";"), index + 1 < lines.count {
          index += 1
          statement += " " + lines[index].trimmed
        }
        try self.addIndex(statement, path, index)
      } else {
        comments = []
      }
      index += 1
    }
  }

  private static func table(
    _ name: String, after comments: [String], _ path: String, _ line: Int
  ) throws -> Table {
    guard let kind = comments.lazy.compactMap(Kind.init(rawValue:)).first else {
      let kinds = Kind.allCases.map { "-- \($0)" }.joined(separator: ", ")
      throw Self.fault(path, line, "\(name): a line above must say what it is: \(kinds)")
    }
    var table = Table(name: name, kind: kind)
    for comment in comments where comment.hasPrefix("kept: ") {
      let said = String(comment.dropFirst(6))
      if said == "by hand" {
        table.isByHand = true
      } else {
        table.changing = Self.list(said)
      }
    }
    for comment in comments where comment.hasPrefix("one: ") {
      table.one = Self.list(String(comment.dropFirst(5)))
    }
    return table
  }

  /// `CREATE UNIQUE INDEX name ON table (columns) WHERE condition;`
  private mutating func addIndex(_ statement: String, _ path: String, _ line: Int) throws {
    let words = Self.words(statement)
    guard words.count > 5, let open = statement.firstIndex(of: "("),
      let close = statement[open...].firstIndex(of: ")"),
      let index = self.tables.firstIndex(where: { $0.name == words[5] })
    else { throw Self.fault(path, line, "an index of a table that is not above it") }
    let columns = statement[open..<close].dropFirst()
    var unique = Unique(columns: Self.list(String(columns)))
    let rest = statement[close...].dropFirst().dropLast().trimmed
    if rest.hasPrefix("WHERE ") { unique.condition = String(rest.dropFirst(6)) }
    self.tables[index].uniques.append(unique)
  }

  private static func withoutComment(_ line: String) -> String {
    guard let dashes = line.firstRange(of: "--") else { return line }
    return String(line[..<dashes.lowerBound])
  }

  static func fault(_ path: String, _ line: Int, _ problem: String) -> SchemaFault {
    SchemaFault(path: path, line: line + 1, column: 1, problem: problem)
  }

  static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// Names between commas.
  static func list(_ text: String) -> [String] { text.split(separator: ",").map(\.trimmed) }
}

extension RegistryTables.Table {
  /// Reads what stands between a table's parentheses.
  fileprivate mutating func add(_ lines: [String], _ path: String, _ line: Int) throws {
    for definition in Self.parts(lines.joined(separator: " ")) {
      let words = RegistryTables.words(definition)
      guard let first = words.first else { continue }
      if definition.hasPrefix("PRIMARY KEY") {
        self.key = Self.inParentheses(definition)
      } else if definition.hasPrefix("UNIQUE") {
        self.uniques.append(.init(columns: Self.inParentheses(definition)))
      } else if !definition.hasPrefix("CHECK") {
        self.columns.append(first)
        if definition.contains(" PRIMARY KEY") { self.key = [first] }
        if definition.contains(" UNIQUE") { self.uniques.append(.init(columns: [first])) }
        if let at = words.firstIndex(of: "REFERENCES"), at + 1 < words.count {
          let target = Self.inParentheses(words[(at + 1)...].joined(separator: " "))
          self.references.append(
            .init(
              column: first,
              mayBeNull: !definition.contains(" NOT NULL") && !definition.contains(" PRIMARY KEY"),
              table: words[at + 1], target: target.first ?? ""))
        }
      }
    }
    guard !self.key.isEmpty else {
      throw RegistryTables.fault(path, line, "\(self.name): it has no key")
    }
    if !self.one.isEmpty {
      guard self.ends, self.key.starts(with: self.one) else {
        throw RegistryTables.fault(
          path, line,
          "\(self.name): '-- one:' wants ended_seq, and a key that begins with its columns")
      }
      self.uniques.append(.init(columns: self.one, condition: "ended_seq IS NULL"))
    }
    for column in self.changing where !self.columns.contains(column) {
      throw RegistryTables.fault(path, line, "\(self.name): '-- kept:' names no column: \(column)")
    }
  }

  /// The parts between commas that stand in no parentheses.
  private static func parts(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map(\.trimmed)
  }

  private static func inParentheses(_ text: String) -> [String] {
    guard let open = text.firstIndex(of: "(") else { return [] }
    return RegistryTables.list(String(text[open...].dropFirst().prefix { $0 != ")" }))
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
