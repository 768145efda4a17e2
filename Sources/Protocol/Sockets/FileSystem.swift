import CLinux

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

  /// Ends the process with `status` and one line when the disk fails under a mapped page: SQLite
  /// has no way to report it (sqlite.org/mmap.html, "disadvantages").
  package static func endOnMappedFault(status: Int32) { clinux_end_on_mapped_fault(status) }
}
