import BitimSystem
import Foundation

/// Where the database lies: whether it may be served there.
enum DatabasePlace {
  /// Refuses to work as another user than the owner: what is made beside it the owner could not open.
  ///
  /// - Throws: ``Configuration/Fault``.
  static func refuseStranger(_ path: String) throws {
    if let owner = FileSystem.owner(of: path), owner != geteuid() {
      // Nobody is told to serve as root.
      throw Configuration.Fault(
        description: owner == 0
          ? "\(path): belongs to root; give it to the user who serves it (chown)."
          : "\(path): belongs to another user; work as that one (sudo -u '#\(owner)').")
    }
  }

  /// Refuses a database where two programs could reach it by two names, or where syncs don't hold.
  ///
  /// Source: sqlite.org/howtocorrupt.html, sections 2.1 and 2.5.
  static func refuseUnsafe(_ path: String) throws {
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    if facts[.type] as? FileAttributeType != .typeRegular {
      throw Configuration.Fault(
        description: "\(path): is not a plain file; name the database itself, not a link to it.")
    }
    if let links = facts[.referenceCount] as? Int, links > 1 {
      throw Configuration.Fault(
        description: "\(path): has \(links) names (hard links); leave it one, or they will differ.")
    }
    if FileSystem.isShared(path) {
      throw Configuration.Fault(
        description: "\(path): lies on a network or FUSE file system; move it to a local disk.")
    }
  }
}

/// An exclusive lock beside the database: two servers on one file would corrupt it.
final class DatabaseLock {
  private let descriptor: Int32

  /// - Throws: ``Configuration/Fault`` when another holds it, or when this user may not make it, or
  ///   would leave files that the owner of the database could not open.
  init(beside database: String) throws {
    let owned = FileSystem.isThere(database) ? database : FileSystem.folder(of: database)
    try DatabasePlace.refuseStranger(owned)
    let path = database + ".lock"
    self.descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard self.descriptor >= 0 else {
      let code = errno
      let advice =
        code == EACCES ? "work as the user whose file it is" : "name another place with --database"
      throw Configuration.Fault(
        description: "\(path): \(FileSystem.words(for: code)); \(advice).")
    }
    guard flock(self.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Configuration.Fault(
        description: "\(database): another bitimd works on this database; stop it first.")
    }
  }

  deinit { close(self.descriptor) }

  /// Whether another program works on the database now.
  static func isTaken(beside database: String) -> Bool {
    let descriptor = unsafe open(database + ".lock", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }
}
