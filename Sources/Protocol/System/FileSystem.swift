import CLinux
import Glibc

/// Asks the kernel about file systems.
package enum FileSystem {
  /// Magic numbers of `statfs(2)`: NFS, SMB, SMB2, CIFS, FUSE, Ceph, AFS, 9P.
  private static let shared: Set<Int64> = [
    0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x6573_5546, 0x00C3_6400, 0x5346_414F, 0x0102_1997,
  ]

  /// Whether `path` lies on a file system that other machines share, or on FUSE: locks and syncs
  /// there don't hold what SQLite is promised.
  package static func isShared(_ path: String) -> Bool {
    Self.shared.contains(unsafe clinux_file_system(path))
  }

  /// Whether `path` lies in memory (tmpfs, ramfs): what is synced there is gone with the power.
  package static func isInMemory(_ path: String) -> Bool {
    [0x0102_1994, 0x8584_58F6].contains(unsafe clinux_file_system(path))
  }

  /// How much room a disk has.
  package struct Room: Equatable, Sendable {
    /// Octets that may still be written.
    package let free: Int64
    /// Octets of the whole disk.
    package let whole: Int64

    package init(free: Int64, whole: Int64) {
      self.free = free
      self.whole = whole
    }

    /// Whether it is time to make some: less than 1 GiB is free, or than 5 %.
    package var isLow: Bool { self.free < 1 << 30 || self.free < self.whole / 20 }
  }

  /// How much room there is where `path` lies; nil if the kernel doesn't say.
  package static func room(at path: String) -> Room? {
    var facts = statvfs()
    guard unsafe statvfs(path, &facts) == 0 else { return nil }
    let unit = Int64(facts.f_frsize)
    return Room(free: Int64(facts.f_bavail) * unit, whole: Int64(facts.f_blocks) * unit)
  }

  /// Whether something is at `path`.
  package static func isThere(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Why this user can make no file in `folder`, and what to do; nil where one can be made.
  package static func hindrance(in folder: String) -> String? {
    // The slash asks for a folder.
    guard unsafe access(folder + "/", W_OK | X_OK) != 0 else { return nil }
    let code = errno
    let remedy =
      switch code {
      case EROFS: "mount its disk to be written, or name another folder"
      case EACCES: "give the folder to this user"
      default: "name a folder that is there"
      }
    return "\(Self.words(for: code)); \(remedy)"
  }

  /// What hinders this user to read and write the file at `path`, beside which others are made: the place, the
  /// reason and the way out; nil where nothing does.
  package static func hindrance(to path: String) -> String? {
    if unsafe access(path, R_OK | W_OK) != 0 {
      let code = errno
      let remedy =
        code == EROFS
        ? "mount its disk to be written, or name another place"
        : "work as the user whose file it is"
      return "\(path): \(Self.words(for: code)); \(remedy)"
    }
    let folder = Self.folder(of: path)
    return Self.hindrance(in: folder).map { "\(folder): \($0)" }
  }

  /// What to tell somebody who named `path` when nothing is to be seen there: `missing`, or that he
  /// may not look.
  package static func absence(of path: String, orElse missing: String) -> String {
    guard unsafe access(path, F_OK) != 0, errno == EACCES else { return "\(path): \(missing)" }
    return "\(path): \(Self.words(for: EACCES)); work as the user whose folder it is."
  }

  /// The system's words for a number of `errno`.
  package static func words(for code: Int32) -> String { unsafe String(cString: strerror(code)) }

  /// The folder that holds `path`.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What the kernel calls a file, whatever its name: device and inode.
  package struct Identity: Equatable, Sendable {
    private let device: UInt
    private let inode: UInt

    fileprivate init(device: UInt, inode: UInt) {
      self.device = device
      self.inode = inode
    }

    /// As `JOURNAL_STREAM` has it: `8:4711`.
    package var text: String { "\(self.device):\(self.inode)" }
  }

  /// Which file is open as `descriptor`; nil if none is.
  package static func identity(of descriptor: Int32) -> Identity? {
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { return nil }
    return Identity(device: UInt(facts.st_dev), inode: UInt(facts.st_ino))
  }

  /// Which file lies at `path`; nil if none is to be seen there.
  package static func identity(of path: String) -> Identity? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    return Identity(device: UInt(facts.st_dev), inode: UInt(facts.st_ino))
  }

  /// The user whose file it is; nil if nothing is to be seen there.
  package static func owner(of path: String) -> UInt32? {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 ? facts.st_uid : nil
  }

  /// Gives a file another name, and makes the name durable; false when either can't be done.
  package static func rename(_ path: String, to name: String) -> Bool {
    unsafe Glibc.rename(path, name) == 0 && Self.syncFolder(of: name)
  }

  /// Makes the names in a file's folder durable; false when that can't be done.
  package static func syncFolder(of path: String) -> Bool {
    let descriptor = unsafe open(Self.folder(of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  /// Makes a file's octets durable; false when that can't be done.
  package static func syncFile(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  /// Whether two names are one file's.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    var (facts, others) = (stat(), stat())
    guard unsafe stat(path, &facts) == 0, unsafe stat(other, &others) == 0 else { return false }
    return facts.st_dev == others.st_dev && facts.st_ino == others.st_ino
  }

  /// The octets of a file; nil when there is none.
  ///
  /// - Throws: ``PublicFile/Failure``, one of EFBIG where there are more than `most`.
  package static func octets(
    of path: String, most: Int
  ) throws(PublicFile.Failure) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw PublicFile.Failure(path: path, code: errno)
    }
    defer { close(descriptor) }
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw PublicFile.Failure(path: path, code: errno) }
      if count == 0 { return octets }
      octets += buffer.prefix(count)
      guard octets.count <= most else { throw PublicFile.Failure(path: path, code: EFBIG) }
    }
  }

  /// The mode of what lies at `path`, not of what a link leads to; nil if nothing is to be seen there.
  package static func mode(of path: String) -> UInt32? {
    var facts = stat()
    return unsafe lstat(path, &facts) == 0 ? facts.st_mode : nil
  }

  /// Writes all of `octets` where a descriptor stands; 0, or what the system says, in its number.
  static func write(_ octets: [UInt8], to descriptor: Int32) -> Int32 {
    var done = 0
    while done < octets.count {
      let count = unsafe octets[done...].withUnsafeBytes { rest in
        unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      // Of a file that takes nothing the system says nothing.
      guard count > 0 else { return count == 0 ? EIO : errno }
      done += count
    }
    return 0
  }

  /// Removes a file; one that isn't there is removed already.
  package static func remove(_ path: String) { unsafe unlink(path) }

  /// Ends the process with `status` and one line when the disk fails under a mapped page: SQLite
  /// has no way to report it (sqlite.org/mmap.html, "disadvantages").
  package static func endOnMappedFault(status: Int32) { clinux_end_on_mapped_fault(status) }

  /// Gives large buffers back to the system as soon as they are freed: what peers made a server hold
  /// once must not stay with it.
  package static func returnMemoryAtOnce() { clinux_return_memory() }
}
