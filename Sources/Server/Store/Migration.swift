import BitimCrypto

/// One step of the schema, applied once, in one transaction, recorded with its hash.
package struct Migration: Sendable {
  /// As the file is called, without its ending.
  package let name: String
  let sql: StaticString

  /// SHA-256 of the SQL: a released file never changes.
  package var hash: [UInt8] { SHA256.digest(Array(self.sql.description.utf8)) }

  /// Every migration of this program.
  package static var known: [Migration] { Self.all }

  /// What a database still needs.
  package struct Plan: Equatable, Sendable {
    /// Names that are applied.
    package let applied: [String]
    /// Names that are not yet.
    package let missing: [String]
    /// Names the database has and this program doesn't: it is newer.
    package let foreign: [String]
    /// Names whose SQL is another than the one that was applied.
    package let altered: [String]

    /// Why no program but another can work on the database, and the way out; nil if this one can, once
    /// it has migrated it.
    package var stranger: String? {
      if let newer = self.foreign.first {
        return "has \(newer), which this program does not know: it is newer; "
          + "start the program that last migrated it, or a later one"
      }
      return self.altered.first.map {
        "has another \($0) than this program: it was made by another landing; start the program "
          + "that made it, or rebuild it with `bitimd restore` of a second copy"
      }
    }
  }

  /// Compares the database with this program.
  static func plan(_ database: Database) throws -> Plan {
    let isThere = try database.first(
      "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'"
    ) { _ in true }
    let rows =
      isThere == nil
      ? []
      : try database.rows("SELECT name, hash FROM schema_migration ORDER BY name") {
        ($0.text(0), $0.blob(1))
      }
    let names = Set(rows.map(\.0))
    let known = Dictionary(uniqueKeysWithValues: Self.all.map { ($0.name, $0.hash) })
    return Plan(
      applied: rows.map(\.0), missing: Self.all.map(\.name).filter { !names.contains($0) },
      foreign: rows.map(\.0).filter { known[$0] == nil },
      altered: rows.filter { known[$0.0] != nil && known[$0.0] != $0.1 }.map(\.0))
  }

  /// Applies every migration that is missing, each in a transaction of its own.
  static func apply(to database: Database, at instantMs: Int64) throws {
    let plan = try Self.plan(database)
    if let stranger = plan.stranger {
      throw StoreFailure(kind: .other, "the database \(stranger)")
    }
    try database.run(
      """
      CREATE TABLE IF NOT EXISTS schema_migration (
        name TEXT PRIMARY KEY, hash BLOB NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT
      """)
    for migration in Self.all where plan.missing.contains(migration.name) {
      try database.run("BEGIN IMMEDIATE")
      do {
        try database.run(migration.sql.description)
        try database.execute(
          "INSERT INTO schema_migration (name, hash, applied_at_ms) VALUES (?1, ?2, ?3)",
          [.text(migration.name), .blob(migration.hash), .integer(instantMs)])
        try database.run("COMMIT")
      } catch {
        // After some failures SQLite has rolled back by itself, and then this one fails. The
        // error worth telling is the first.
        try? database.run("ROLLBACK")
        throw error
      }
    }
  }
}
