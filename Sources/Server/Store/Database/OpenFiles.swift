import BitimSystem

/// The files of a database as they were when it was opened: SQLite goes on writing into a file that
/// was removed or replaced under its name, and nobody would ever read it again.
struct OpenFiles {
  /// Names and what they named; made once, since it is asked once a commit.
  private let files: [(name: String, identity: FileSystem.Identity?)]

  /// Takes note of the database at `path`, its WAL and the WAL's index, which are there from the first
  /// read on.
  ///
  /// - Throws: ``StoreFailure`` of kind ``StoreFailure/Kind/disk`` where `database` has another file open than
  ///   the one that the path names now: what is noted is what is open.
  init(of path: String, open database: Database) throws {
    self.files = [path, path + "-wal", path + "-shm"].map { ($0, FileSystem.identity(of: $0)) }
    if database.isMoved { throw Self.moved(path) }
  }

  /// Refuses to go on where another file, or none, has taken the place of one that is open.
  ///
  /// - Throws: ``StoreFailure`` of kind ``StoreFailure/Kind/disk``.
  func check() throws {
    for file in self.files where FileSystem.identity(of: file.name) != file.identity {
      throw Self.moved(file.name)
    }
  }

  private static func moved(_ name: String) -> StoreFailure {
    let what = "is not the file that was opened: it was removed, moved or replaced"
    return StoreFailure(kind: .disk, "\(name) \(what) under the server")
  }
}
