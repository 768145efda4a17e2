import BitimCrypto

/// The one schema of the registry's database, and which one a database has.
///
/// There is no chain of migrations: a database of another schema comes forward by folding its acts into
/// a fresh one (``Registry/upgrade(from:to:at:progress:)``).
package enum RegistrySchema {
  /// A table of the database.
  package struct Table: Equatable, Sendable {
    /// What it is called.
    package let name: String
    /// Whether acts make it, a release does, or neither.
    package let kind: Kind
  }

  /// What a table is.
  package enum Kind: Equatable, Sendable {
    /// Its rows are what acts fold to.
    case fold
    /// Its rows come with a release.
    case reference
    /// The journal itself.
    case journal
    /// Not derived from acts; an upgrade copies it.
    case operation
  }

  /// The names that a database made before there was one schema says of itself.
  private static let former = ["m0001_registry", "m0002_programmes", "m0003_invariants"]

  /// SHA-256 of all the SQL a database is made by.
  static let digest = SHA256.digest(
    Array("\(Self.tablesSQL)\0\(Self.keptSQL)\0\(Self.rulesSQL)".utf8))

  /// The first eight digits of the digest: enough to tell schemas apart by their names.
  package static let shortDigest = Hex.text(Array(Self.digest.prefix(4)))

  /// What a database of this schema says of itself; older programs don't know it, and refuse.
  package static let name = "registry-\(Self.number)-\(Self.shortDigest)"

  /// What schema a database has, by its own word.
  package enum Standing: Equatable, Sendable {
    /// None: the database is empty.
    case none
    /// This program's.
    case current
    /// An older one, by its name: its acts can be folded anew.
    case older(String)
    /// None of ours: another program's database.
    case foreign
    /// One that this program can do nothing with, and the way out.
    case stranger(String)
  }

  /// Asks a database which schema it has.
  ///
  /// - Throws: ``StoreFailure``.
  static func standing(of database: Database) throws -> Standing {
    let tables = try database.texts("SELECT name FROM sqlite_schema WHERE type = 'table'")
    if tables.isEmpty { return .none }
    guard tables.contains("schema_migration") else {
      return .foreign
    }
    let rows = try database.rows("SELECT name, hash FROM schema_migration ORDER BY name") {
      (name: $0.text(0), hash: $0.blob(1))
    }
    // The last that this program does not know says most; a number tells newer from older.
    if let newer = rows.last(where: { !Self.isOlder($0.name) && $0.name != Self.name }) {
      return .stranger(
        "has \(newer.name), which this program does not know: it is newer; "
          + "start the program that last migrated it, or a later one")
    }
    guard let last = rows.last else {
      return .stranger("was left half made; remove it, and make it anew")
    }
    guard last.name == Self.name else { return .older(last.name) }
    guard rows.count == 1, last.hash == Self.digest else {
      return .stranger(
        "has another \(last.name) than this program: something changed what it says of itself; "
          + "rebuild it with `bitimd restore` of a second copy")
    }
    return .current
  }

  private static func isOlder(_ name: String) -> Bool {
    if Self.former.contains(name) { return true }
    let parts = name.split(separator: "-")
    guard parts.count == 3, parts[0] == "registry", let number = Int(parts[1]) else { return false }
    // Of one number and another digest: of a landing before the release that has this number.
    return number <= Self.number && name != Self.name
  }

  /// Makes the tables in an empty database, and what keeps their rows.
  ///
  /// What was recorded is never refused by a rule made later: acts are folded before ``addRules(to:)``.
  static func create(in database: Database) throws {
    try database.run(Self.tablesSQL.description)
    try database.run(Self.keptSQL.description)
    try database.run(Self.migrationSQL.description)
  }

  /// Adds the rules of today, and says which schema it is: from here on it may be served.
  static func addRules(to database: Database, at instantMs: Int64) throws {
    try database.run(Self.rulesSQL.description)
    try database.execute(
      "INSERT INTO schema_migration (name, hash, applied_at_ms) VALUES (?1, ?2, ?3)",
      [.text(Self.name), .blob(Self.digest), .integer(instantMs)])
  }
}
