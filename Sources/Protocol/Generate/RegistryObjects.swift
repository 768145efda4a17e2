import BitimCrypto

/// What SQLite makes of the registry's SQL: the rows of `sqlite_schema`, told from the text.
///
/// A server asks at each start whether its database is still what the schema made. To have SQLite make a
/// fresh one takes a third of the start, to compare a digest almost nothing.
struct RegistryObjects {
  /// Where a database says which schema it has.
  static let migrationText = """
    CREATE TABLE schema_migration (
      name TEXT PRIMARY KEY, hash BLOB NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT;
    """

  /// Type, name, table and text of each; what SQLite makes of itself has no text.
  private var objects: [[String]] = []

  /// Reads the statements of some texts. Each begins a line with `CREATE`, and ends one with a semicolon, a
  /// trigger with `END;` on a line of its own or after its `BEGIN`.
  init(of texts: [String]) {
    for text in texts {
      var lines: [Substring] = []
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard !lines.isEmpty || line.hasPrefix("CREATE ") else { continue }
        lines.append(line)
        let ends =
          lines[0].hasPrefix("CREATE TRIGGER ")
          ? line == "END;" || line.hasPrefix("BEGIN ") && line.hasSuffix(" END;")
          : line.hasSuffix(";")
        guard ends else { continue }
        self.add(String(lines.joined(separator: "\n").dropLast()))
        lines = []
      }
    }
  }

  /// In hexadecimal digits; the server takes it alike (`RegistrySchema.digest(of:)`).
  var digest: String {
    let lines = self.objects.map { $0.joined(separator: "\0") }.sorted()
    return Hex.text(SHA256.digest(Array(lines.joined(separator: "\0\0").utf8)))
  }

  private mutating func add(_ statement: String) {
    let words = statement.split { " \n".contains($0) }.map(String.init)
    let at = words[1] == "UNIQUE" ? 3 : 2
    let (type, name) = (words[at - 1].lowercased(), words[at])
    var table = name
    if type == "index" || type == "trigger", let on = words.firstIndex(of: "ON") {
      table = words[on + 1]
    }
    self.objects.append([type, name, table, statement])
    guard type == "table" else { return }
    // Unique columns have indexes of their own, and so has a key that is not the row's number.
    var keys = statement.split(separator: "UNIQUE", omittingEmptySubsequences: false).count - 1
    if statement.contains("PRIMARY KEY"), !statement.contains("INTEGER PRIMARY KEY"),
      !statement.contains("WITHOUT ROWID")
    {
      keys += 1
    }
    for key in 0..<keys {
      self.objects.append(["index", "sqlite_autoindex_\(name)_\(key + 1)", name, ""])
    }
  }
}
