import BitimSystem
import Foundation

/// A database that is made beside another, and takes its place once it is whole.
struct Replacement {
  /// The database that is to be replaced; it need not be there.
  let path: String
  /// Where the new one is made: in the same folder, since it is put in place by its name alone.
  let fresh: String
  private let files = FileManager.default

  /// - Parameter work: What the new one is made for, as its file's name says it.
  init(of path: String, _ work: String) {
    self.path = path
    self.fresh = "\(path).\(work)"
  }

  /// Removes what is there of the new one, after a failure or of a try that was cut off.
  func removeFresh() {
    // What isn't there needs no removing; what can't be removed stops the next step by its name.
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? self.files.removeItem(atPath: self.fresh + suffix)
    }
  }

  /// Gives the new database, which is settled, the name of the old, which stays under the name `kept`.
  ///
  /// Cut off anywhere, there is one of the two in place, whole. Only where an old one has a WAL that could
  /// not be moved into it may there be none for a moment.
  ///
  /// - Returns: Whether there was an old one.
  func put(keeping kept: String) throws -> Bool {
    let isThere = FileSystem.isThere(self.path)
    guard FileSystem.syncFile(self.fresh) else {
      throw Configuration.Fault(description: "\(self.fresh): can't be synced.")
    }
    if FileSystem.isThere(self.path + "-wal") {
      // The database first: cut off in between, there is none, and nobody takes an older state for
      // the registry. A WAL that is left without its database would be read as the new one's.
      for suffix in ["", "-wal", "-shm"] where self.files.fileExists(atPath: self.path + suffix) {
        try self.files.moveItem(atPath: self.path + suffix, toPath: kept + suffix)
      }
    } else if isThere {
      // A second name for the old one, and then its first for the new.
      try self.files.linkItem(atPath: self.path, toPath: kept)
      guard FileSystem.syncFolder(of: self.path) else { throw self.unsynced }
    }
    guard FileSystem.rename(self.fresh, to: self.path) else { throw self.unsynced }
    // It is an index of a WAL that is gone.
    FileSystem.remove(self.path + "-shm")
    return isThere
  }

  /// Takes away the second name that an attempt has left which was cut off before the new database took
  /// the old one's place.
  ///
  /// - Throws: ``Configuration/Fault`` when something else bears that name.
  func freeName(_ kept: String) throws {
    guard FileSystem.isThere(kept) else { return }
    guard FileSystem.isSame(kept, self.path) else {
      throw Configuration.Fault(
        description: "\(kept): is there already; give it another name, it is an older database.")
    }
    FileSystem.remove(kept)
  }

  private var unsynced: Configuration.Fault {
    Configuration.Fault(description: "\(self.path): its folder can't be written or synced.")
  }
}
