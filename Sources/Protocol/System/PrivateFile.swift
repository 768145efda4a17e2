import Glibc

/// A file that its owner alone can read from the moment it is there (mode 0600): secrets, and what people
/// typed about others.
///
/// It is always a new one: what lies under its name is never written over.
package struct PrivateFile: ~Copyable {
  /// Why there is no such file.
  package enum Failure: Error, Equatable {
    /// Something is there already.
    case isThere
    /// The system says no, in its number.
    case unwritable(Int32)
  }

  private let path: String
  private let descriptor: Int32

  /// Makes it, empty.
  package init(creating path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? .isThere : .unwritable(errno)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(self.descriptor) }

  /// Writes all that it is to hold; it is on the disk when this returns.
  package func write(_ octets: [UInt8]) throws(Failure) {
    let code = FileSystem.write(octets, to: self.descriptor)
    guard code == 0 else { throw .unwritable(code) }
    guard fsync(self.descriptor) == 0 else { throw .unwritable(errno) }
  }

  /// Takes it away again: it would stand in the way of a second try.
  package consuming func remove() { FileSystem.remove(self.path) }

  /// Makes one that holds `octets`, or none.
  package static func create(_ path: String, _ octets: [UInt8]) throws(Failure) {
    let file = try PrivateFile(creating: path)
    do {
      try file.write(octets)
    } catch {
      file.remove()
      throw error
    }
  }
}
