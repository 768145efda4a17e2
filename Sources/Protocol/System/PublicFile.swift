import Glibc

/// Files that others read while they are made anew: a reader sees the old one or the new one, and never half.
package enum PublicFile {
  /// Why there is no such file: what the system says, in its number.
  package struct Failure: Error, Equatable {
    package let path: String
    package let code: Int32

    package init(path: String, code: Int32) {
      self.path = path
      self.code = code
    }

    /// Whether another has it: see ``FolderLock``.
    package var isBusy: Bool { self.code == EWOULDBLOCK }
  }

  /// What a file is called that is not finished; a process that ended early leaves it.
  package static let unfinished = ".unfinished"

  /// Puts `octets` under a name that others may read (mode 0644); they are on the disk before the name is theirs.
  ///
  /// - Throws: ``Failure``; what was there is there still.
  package static func replace(_ path: String, with octets: [UInt8]) throws(Failure) {
    let aside = path + Self.unfinished
    // Anybody can guess the name: what lies there is neither followed nor written over.
    try Self.remove(aside)
    let descriptor = unsafe open(
      aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    var code = FileSystem.write(octets, to: descriptor)
    // A umask would keep the web server out.
    if code == 0, fchmod(descriptor, 0o644) != 0 { code = errno }
    if code == 0, fsync(descriptor) != 0 { code = errno }
    close(descriptor)
    if code == 0, unsafe rename(aside, path) != 0 { code = errno }
    guard code == 0 else {
      FileSystem.remove(aside)
      throw Failure(path: path, code: code)
    }
  }

  /// Takes a name away; it is no failure when there is none.
  ///
  /// - Throws: ``Failure``.
  package static func remove(_ path: String) throws(Failure) {
    if unsafe unlink(path) != 0, errno != ENOENT { throw Failure(path: path, code: errno) }
  }

  /// Makes the names in the folder of `path` durable.
  ///
  /// - Throws: ``Failure``.
  package static func settle(_ path: String) throws(Failure) {
    guard FileSystem.syncFolder(of: path) else { throw Failure(path: path, code: errno) }
  }

  /// Makes a folder that others may read, where there is none.
  ///
  /// - Parameter mayBeLink: Whether what is there may lead to a folder, as one that an operator names.
  /// - Throws: ``Failure``.
  package static func makeFolder(_ path: String, mayBeLink: Bool = false) throws(Failure) {
    if unsafe mkdir(path, 0o755) == 0 {
      guard unsafe chmod(path, 0o755) == 0 else { throw Failure(path: path, code: errno) }
      return
    }
    guard errno == EEXIST else { throw Failure(path: path, code: errno) }
    if mayBeLink { return }
    var found = stat()
    guard unsafe lstat(path, &found) == 0 else { throw Failure(path: path, code: errno) }
    guard found.st_mode & S_IFMT == S_IFDIR else { throw Failure(path: path, code: ENOTDIR) }
  }
}

/// Keeps others of this program out of a folder for as long as it lives.
package struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the folder.
  ///
  /// - Throws: ``PublicFile/Failure``, busy where another has it.
  package init(_ folder: String) throws(PublicFile.Failure) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PublicFile.Failure(path: folder, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      throw PublicFile.Failure(path: folder, code: code)
    }
    self.descriptor = descriptor
  }

  deinit { close(self.descriptor) }
}
