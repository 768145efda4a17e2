import BitimSystem

/// The files of a database as they were when it was opened: SQLite goes on writing into a file that
/// was removed or replaced under its name, and nobody would ever read it again.
struct OpenFiles {
  private let path: String
  private let identities: [FileSystem.Identity?]

  /// Takes note of the database at `path`, its WAL and the WAL's index, which are there from the first
  /// read on.
  init(of path: String) {
    self.path = path
    self.identities = Self.names(path).map(FileSystem.identity)
  }

  private static func names(_ path: String) -> [String] { [path, path + "-wal", path + "-shm"] }

  /// Refuses to go on where another file, or none, has taken the place of one that is open.
  ///
  /// - Throws: ``StoreFailure`` of kind ``StoreFailure/Kind/disk``.
  func check() throws {
    for (name, identity) in zip(Self.names(self.path), self.identities)
    where FileSystem.identity(of: name) != identity {
      let what = "is not the file that was opened: it was removed, moved or replaced"
      throw StoreFailure(kind: .disk, "\(name) \(what) under the server")
    }
  }
}
