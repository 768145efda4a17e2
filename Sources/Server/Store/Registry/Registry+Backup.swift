package import BitimDomain
import BitimSystem
import BitimTrust

/// Whole copies of the registry, made while it is served.
extension Registry {
  /// A copy that was written and looked at.
  package struct Copy: Equatable, Sendable {
    /// How many acts it holds.
    package let acts: Int64
    /// The root of its journal's tree, recomputed from the entries.
    package let root: [UInt8]
    /// The instant of its last act; 1970 when there is none.
    package let asOf: Instant
  }

  /// Writes a copy of the database at `path` to `target`, which must not be there, in one step: one
  /// state, whatever is committed meanwhile; the writer is not held up.
  ///
  /// The copy says that it is one (``isBackup(path:)``); it is synced, opened again and verified; only
  /// then is it given its name.
  ///
  /// - Throws: ``StoreFailure``.
  package static func copy(from path: String, to target: String) throws -> Copy {
    let partial = target + ".partial"
    do {
      try Self.write(from: path, to: partial)
      let copy = try Self.verifyCopy(partial)
      // Reading it has left these; it is whole without them.
      for suffix in ["-wal", "-shm"] { FileSystem.remove(partial + suffix) }
      guard FileSystem.rename(partial, to: target) else {
        throw StoreFailure(kind: .other, "the copy can't be given its name")
      }
      return copy
    } catch {
      // Half a copy must not be taken for one.
      for suffix in ["", "-journal", "-wal", "-shm"] { FileSystem.remove(partial + suffix) }
      throw error
    }
  }

  private static func write(from path: String, to partial: String) throws {
    let source = try Database(path: path, for: .reading)
    let copy = try Database(path: partial, for: .copying)
    try source.copy(into: copy)
    try Self.mark(copy, asBackup: true)
  }

  /// Whether the file says that it is a backup: numbers may have been given out since it was made, so
  /// that it takes the registry's place by a restoration alone.
  ///
  /// The mark is SQLite's own number for the file's user: it lies beside the tables, and no act, entry
  /// or schema knows of it.
  ///
  /// - Throws: ``StoreFailure``.
  static func isBackup(_ database: Database) throws -> Bool {
    try database.pragma("PRAGMA user_version") == 1
  }

  /// Has a restored file no longer say that it is a backup.
  ///
  /// - Throws: ``StoreFailure``.
  package static func unmark(path: String) throws {
    try Self.mark(try Database(path: path, for: .copying), asBackup: false)
  }

  /// Has the file say whether it is a backup, and not in its WAL alone.
  static func mark(_ database: Database, asBackup: Bool) throws {
    guard try Self.isBackup(database) != asBackup else { return }
    try database.run("PRAGMA user_version = \(asBackup ? 1 : 0)")
    try database.checkpoint()
  }

  /// Looks whether a copy is whole: the file's own integrity, its references, the tree.
  ///
  /// - Throws: ``StoreFailure`` of kind ``StoreFailure/Kind/corrupt``, which names what is wrong.
  package static func verifyCopy(_ path: String) throws -> Copy {
    let database = try Database(path: path, for: .reading)
    let said = try database.rows("PRAGMA integrity_check", [], { $0.text(0) })
    guard said == ["ok"] else { throw StoreFailure.corrupt("the copy: \(said.prefix(3))") }
    guard try database.rows("PRAGMA foreign_key_check", [], { _ in 0 }).isEmpty else {
      throw StoreFailure.corrupt("the copy: rows refer to what is not there")
    }
    var frontier = TreeFrontier()
    try database.each("SELECT octets, seq FROM entry ORDER BY seq") { row in
      frontier.append(row.blob(0))
      guard row.integer(1) == Int64(frontier.size) else {
        throw StoreFailure.corrupt("the copy: act \(frontier.size) is missing")
      }
    }
    guard try Journal.frontier(database) == frontier else {
      throw StoreFailure.corrupt("the copy: journal_head is not the tree of the entries")
    }
    return Copy(
      acts: Int64(frontier.size), root: frontier.root,
      asOf: Instant(unixMilliseconds: try Self.lastInstant(database)))
  }

  /// Moves all that is in the WAL of a database into it, and removes the WAL; nobody else has it open.
  ///
  /// - Throws: ``StoreFailure``, also when the WAL stays: acts that are in it alone would be lost with
  ///   it.
  package static func settle(path: String) throws {
    try Self.moveWAL(path: path)
    guard !FileSystem.isThere(path + "-wal") else {
      throw StoreFailure(kind: .disk, "what is in \(path)-wal can't be moved into the database")
    }
  }

  private static func moveWAL(path: String) throws {
    let database = try Database(path: path, for: .copying)
    _ = try Journal.frontier(database)
    // The last connection that closes does so too, and removes the WAL, but says nothing when it
    // can't.
    try database.checkpoint()
  }

  /// When the last act was recorded, in milliseconds; 0 when there is none.
  static func lastInstant(_ database: Database) throws -> Int64 {
    let record = try database.first("SELECT record FROM act ORDER BY seq DESC LIMIT 1") {
      $0.blob(0)
    }
    guard let record else { return 0 }
    return try Record.instant(in: record).unixMilliseconds
  }
}
