import BitimCrypto

/// A ZIP file (PKWARE's APPNOTE 6.3) of members as they are, without compression and with one date for all: the same
/// members give the same octets.
package struct ZIPFile {
  /// More than a ZIP file without extensions can hold: 65,535 members, 4 GiB.
  package struct TooLarge: Error, Equatable, Sendable {}

  /// The first of January 1980, the first day that there is, at 00:00.
  private static let date: [UInt8] = [0, 0, 0x21, 0]
  /// Names are UTF-8.
  private static let flags: [UInt8] = [0, 8]

  private var directory: [UInt8] = []
  /// How many members there are.
  package private(set) var count = 0
  private var offset = 0

  /// A file without members.
  package init() {}

  /// The octets of the next member.
  ///
  /// - Throws: ``TooLarge``; the file stays as it was.
  package mutating func member(_ name: String, _ octets: [UInt8]) throws(TooLarge) -> [UInt8] {
    let name = Array(name.utf8)
    let size = 30 + name.count + octets.count
    // The directory and its end come behind the last member.
    let end = self.offset + size + self.directory.count + 46 + name.count + 22
    guard self.count < 0xFFFF, end < 0xFFFF_FFFF else { throw TooLarge() }
    let facts =
      Self.number(20, 2) + Self.flags + [0, 0] + Self.date + Self.number(Int(CRC32.sum(octets)), 4)
      + Self.number(octets.count, 4) + Self.number(octets.count, 4) + Self.number(name.count, 2)
      + [0, 0]
    let head: [UInt8] = [0x50, 0x4B, 3, 4] + facts + name
    // Made by a system whose files have modes: a file that its owner alone can read.
    self.directory += [0x50, 0x4B, 1, 2] + Self.number(20, 1) + [3] + facts
    self.directory += [0, 0, 0, 0, 0, 0] + Self.number(0o100_600 << 16, 4)
    self.directory += Self.number(self.offset, 4) + name
    self.offset += size
    self.count += 1
    return head + octets
  }

  /// The octets behind the last member.
  package consuming func finish() -> [UInt8] {
    self.directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.number(self.count, 2)
      + Self.number(self.count, 2) + Self.number(self.directory.count, 4)
      + Self.number(self.offset, 4) + [0, 0]
  }

  /// A number in so many octets, the lowest first.
  private static func number(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
