import BitimCrypto

/// Whether a database is still what its schema made.
extension RegistrySchema {
  /// A table, index, trigger or view of a database that is not as this schema made it.
  struct Difference: Equatable {
    /// As SQLite calls it: table, index, trigger or view.
    let type: String
    let name: String
    /// Whether it is this schema's, and missing or altered; it is of no program of ours otherwise.
    let isOurs: Bool

    fileprivate init(_ object: [String], isOurs: Bool) {
      self.type = object[0]
      self.name = object[1]
      self.isOurs = isOurs
    }

    /// What a person is told.
    var text: String {
      "\(self.type) \(self.name): is \(self.isOurs ? "missing or altered" : "not of this program")"
    }
  }

  /// What differs between a database's tables, indexes, triggers and views and those of this schema: each
  /// is compared by type, name, table and text.
  ///
  /// - Throws: ``StoreFailure``.
  static func differences(of database: Database) throws -> [Difference] {
    let there = try Self.objects(of: database)
    // The schema's own text says what it makes (bitim-generate): whoever has that is asked no more.
    if Self.digest(of: there) == Self.objectsDigest { return [] }
    let ours = try Self.made()
    let missing = ours.filter { !there.contains($0) }.map { Difference($0, isOurs: true) }
    let strange = there.filter { !ours.contains($0) }.map { Difference($0, isOurs: false) }
    // What is altered is on both sides, and told once.
    return missing
      + strange.filter { other in
        !missing.contains { $0.type == other.type && $0.name == other.name }
      }
  }

  /// The objects of a fresh database, as SQLite tells them.
  static func made() throws -> [[String]] {
    let own = try Database(path: ":memory:", for: .deriving)
    try Self.create(in: own)
    try Self.addRules(to: own, at: 0)
    return try Self.objects(of: own)
  }

  /// Type, name, table and text of what a database is made of. SQLite's own statistics (`ANALYZE`) belong
  /// to no schema.
  static func objects(of database: Database) throws -> [[String]] {
    try database.rows(
      """
      SELECT type, name, tbl_name, sql FROM sqlite_schema
      WHERE NOT (type = 'table' AND name GLOB 'sqlite_stat[1-4]') ORDER BY rowid
      """
    ) { row in (0..<4).map(row.text) }
  }

  /// SHA-256 of objects, in whatever order: a backup's are in another than a fresh database's.
  static func digest(of objects: [[String]]) -> String {
    let lines = objects.map { $0.joined(separator: "\0") }.sorted()
    return Hex.text(SHA256.digest(Array(lines.joined(separator: "\0\0").utf8)))
  }
}
