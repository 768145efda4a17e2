/// A connection that reads; each event loop and each worker has its own.
package final class Reader {
  /// How many steps of SQLite's machine one answer of a worker may take: some seconds. A read that
  /// went on for ever would keep the WAL from being moved into the database.
  package static let stepsMax = 400_000_000

  let database: Database
  private let commits: CommitCount
  /// How many commits there had been when the open snapshot was taken; nil when none is open.
  private var openedAt: UInt64?

  /// Opens the database for reading.
  ///
  /// - Parameters:
  ///   - commits: The writer's count, so that a shared snapshot is renewed when it has moved.
  ///   - stepsMax: After how many steps of SQLite's machine a read is cut off.
  /// - Throws: ``StoreFailure``.
  package init(path: String, commits: CommitCount, stepsMax: Int = Reader.stepsMax) throws {
    self.database = try Database(path: path, for: .reading)
    self.commits = commits
    self.database.limit(steps: stepsMax)
  }

  /// Opens every file that a read needs: none may fail later because no descriptor is left.
  ///
  /// SQLite opens the WAL with the first read. This one asks for no table: what the tables are each
  /// connection reads anew, which takes some milliseconds, and a server that starts has several.
  ///
  /// - Throws: ``StoreFailure``.
  package func prepare() throws {
    try self.open()
    defer { self.settle() }
    _ = try self.database.pragma("PRAGMA schema_version")
  }

  /// Lends a snapshot of its own; everything `body` asks, it asks of one state of the registry.
  package func read<Answer>(_ body: (borrowing Snapshot) throws -> Answer) throws -> Answer {
    try self.lend(body) { self.settle() }
  }

  /// Lends the snapshot that is open, or a newer one if there was a commit since it was opened. It
  /// stays open until ``settle()``.
  package func share<Answer>(_ body: (borrowing Snapshot) throws -> Answer) throws -> Answer {
    try self.lend(body) {}
  }

  private func lend<Answer>(
    _ body: (borrowing Snapshot) throws -> Answer, finally end: () -> Void
  ) throws -> Answer {
    try self.open()
    do {
      let answer = try body(Snapshot(database: self.database))
      end()
      return answer
    } catch {
      // A statement that failed may have ended the transaction; the next read begins another.
      self.settle()
      throw error
    }
  }

  /// Opens a snapshot unless one is open that is not older than the last commit.
  func open() throws {
    let count = self.commits.value
    if let openedAt = self.openedAt {
      if openedAt == count { return self.database.startCounting() }
      self.settle()
    }
    try self.database.begin()
    // Seats of a session that were read before may have ended, and a cohort's days may be others.
    self.database.sessions.forget()
    self.database.cohorts.forget()
    self.database.persons = nil
    self.database.dead = nil
    self.openedAt = count
    self.database.startCounting()
  }

  /// Ends the open snapshot, so that the WAL can be moved into the database.
  package func settle() {
    guard self.openedAt != nil else { return }
    self.openedAt = nil
    // Nothing was written; where SQLite has ended the transaction by itself there is none to end.
    if !self.database.isOutsideTransaction { try? self.database.commit() }
  }
}
