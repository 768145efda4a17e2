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

  /// Refuses a database where two programs could reach it by two names, where syncs don't hold, or where
  /// people have access whom no rule of the registry knows.
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
    // The group may read: that of a program that makes copies.
    let mode = facts[.posixPermissions] as? Int ?? 0
    if mode & 0o026 != 0 {
      throw Configuration.Fault(
        description: "\(path): has mode \(String(mode, radix: 8)), and people's data in it; "
          + "keep others out: chmod 600 \(path)")
    }
    let folder = FileSystem.folder(of: path)
    let folderMode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions]
    // With the sticky bit, as /tmp has it, nobody removes what is another's.
    if let folderMode = folderMode as? Int, folderMode & 0o002 != 0, folderMode & 0o1000 == 0 {
      throw Configuration.Fault(
        description: "\(folder): everybody may put another database there; "
          + "keep others out: chmod o-w \(folder)")
    }
    if let hindrance = FileSystem.hindrance(in: folder) {
      throw Configuration.Fault(description: "\(folder): \(hindrance).")
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
        switch code {
        case EACCES: "work as the user whose file it is"
        case EROFS: "mount its disk to be written, or name another place with --database"
        default: "name another place with --database"
        }
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
