import BitimDomain

/// The registry as one transaction sees it: every question the services ask.
///
/// Belongs to one thread. Aspects by noun are in `Snapshot+….swift`.
package struct Snapshot: ~Copyable {
  let database: Database
}

/// A connection that reads; each event loop and each worker has its own.
package final class Reader {
  private let database: Database

  /// Opens the database for reading.
  ///
  /// - Throws: ``StoreFailure``.
  package init(path: String) throws {
    self.database = try Database(path: path, for: .reading)
  }

  /// Lends a snapshot; everything `body` asks, it asks of one state of the registry.
  package func read<Answer>(_ body: (borrowing Snapshot) throws -> Answer) throws -> Answer {
    try self.database.run("BEGIN")
    do {
      let answer = try body(Snapshot(database: self.database))
      try self.database.run("COMMIT")
      return answer
    } catch {
      // Nothing was written; the error worth telling is the first.
      try? self.database.run("ROLLBACK")
      throw error
    }
  }
}
