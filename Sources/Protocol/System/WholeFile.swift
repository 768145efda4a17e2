import Glibc

/// A private file (mode 0600) that has its name only when it is whole: who ends early leaves nothing under that
/// name, and what lies there already is never written over.
package struct WholeFile: ~Copyable {
  private let path: String
  private let aside: String
  private let descriptor: Int32
  private var isFinished = false

  /// Begins it, beside its name.
  ///
  /// - Throws: ``PrivateFile/Failure``, also when another is at work on the same name.
  package init(_ path: String) throws(PrivateFile.Failure) {
    let aside = path + PublicFile.unfinished
    // What lies there is told before the work, not after it; a link that leads nowhere lies there too.
    var facts = stat()
    if unsafe lstat(path, &facts) == 0 { throw .isThere }
    let descriptor = try Self.begin(aside)
    self.path = path
    self.aside = aside
    self.descriptor = descriptor
  }

  deinit {
    close(self.descriptor)
    if !self.isFinished { FileSystem.remove(self.aside) }
  }

  /// Makes the file beside the name; one that somebody left who was killed is taken away first.
  private static func begin(_ aside: String) throws(PrivateFile.Failure) -> Int32 {
    for _ in 0..<2 {
      let descriptor = unsafe open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 {
        // Whoever lives holds the lock; the kernel lets it go when he ends, however he does.
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0,
          FileSystem.identity(of: descriptor) == FileSystem.identity(of: aside)
        {
          return descriptor
        }
        close(descriptor)
        throw .isThere
      }
      guard errno == EEXIST else { throw .unwritable(errno) }
      let left = unsafe open(aside, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard left >= 0 else { throw .isThere }
      defer { close(left) }
      guard flock(left, LOCK_EX | LOCK_NB) == 0 else { throw .isThere }
      FileSystem.remove(aside)
    }
    throw .isThere
  }

  /// Writes what comes next.
  package func write(_ octets: [UInt8]) throws(PrivateFile.Failure) {
    let code = FileSystem.write(octets, to: self.descriptor)
    guard code == 0 else { throw .unwritable(code) }
  }

  /// Gives it its name; it is on the disk before the name is its own.
  ///
  /// - Throws: ``PrivateFile/Failure``; nothing is left then.
  package consuming func finish() throws(PrivateFile.Failure) {
    guard fsync(self.descriptor) == 0 else { throw .unwritable(errno) }
    // Unlike a rename, a second name takes nobody else's away.
    if unsafe link(self.aside, self.path) == 0 {
      FileSystem.remove(self.aside)
    } else if errno == EEXIST {
      throw .isThere
    } else {
      // A stick's file system knows no second name.
      var facts = stat()
      if unsafe lstat(self.path, &facts) == 0 { throw .isThere }
      guard unsafe rename(self.aside, self.path) == 0 else { throw .unwritable(errno) }
    }
    self.isFinished = true
    _ = FileSystem.syncFolder(of: self.path)
  }

  /// Makes one that holds `octets`, or none.
  package static func create(_ path: String, _ octets: [UInt8]) throws(PrivateFile.Failure) {
    let file = try WholeFile(path)
    try file.write(octets)
    try file.finish()
  }
}
