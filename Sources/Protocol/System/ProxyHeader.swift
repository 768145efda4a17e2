/// The header of PROXY protocol version 2, with which a terminator says whom it speaks for.
///
/// Source: HAProxy, `doc/proxy-protocol.txt`, section 2.2 (binary header) and 2.2.3 (TLVs).
public struct ProxyHeader: Equatable, Sendable {
  /// A header that is not one, or not one we take.
  public enum Fault: Error, Equatable, Sendable {
    /// The twelve octets of the signature are others.
    case notAHeader
    /// Another version than 2, or a command that is neither LOCAL nor PROXY.
    case unknownCommand
    /// A family of addresses other than IPv4 and IPv6 over a stream.
    case unknownFamily
    /// Longer than 4 KiB, or too short for what it announces.
    case badLength
    /// The CRC-32C it carries is not its own.
    case badChecksum
  }

  /// The most octets a header may take, its first sixteen included.
  public static let octetsMax = 4_096
  private static let signature: [UInt8] = [
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
  ]
  private static let fixedCount = 16
  private static let checksumKind: UInt8 = 3

  /// Whom the terminator speaks for; nil when it speaks for itself (LOCAL, a health check).
  public let source: RemoteAddress?
  /// How many octets the header took.
  public let octetCount: Int

  /// Reads the header at the start of `octets`; nil while it is incomplete.
  ///
  /// - Throws: ``Fault``, as early as the octets allow.
  public init?(peeking octets: Span<UInt8>) throws(Fault) {
    for index in 0..<min(octets.count, Self.signature.count)
    where octets[index] != Self.signature[index] {
      throw .notAHeader
    }
    guard octets.count >= Self.fixedCount else { return nil }
    let command = octets[12]
    guard command == 0x20 || command == 0x21 else { throw .unknownCommand }
    let length = Int(octets[14]) << 8 | Int(octets[15])
    guard Self.fixedCount + length <= Self.octetsMax else { throw .badLength }
    self.octetCount = Self.fixedCount + length
    guard octets.count >= self.octetCount else { return nil }
    guard command == 0x21 else {
      // The sender of LOCAL says nothing about anybody; whatever follows is to be ignored.
      self.source = nil
      return
    }
    let width: Int
    switch octets[13] {
    case 0x11: width = 4
    case 0x21: width = 16
    default: throw .unknownFamily
    }
    let addresses = 2 * width + 4
    guard length >= addresses else { throw .badLength }
    let start = Self.fixedCount
    self.source = RemoteAddress(octets: octets.extracting(start..<start + width))
    try Self.check(octets.extracting(first: self.octetCount), from: start + addresses)
  }

  /// Walks the TLVs from `start` on, and compares the checksum if one is among them.
  private static func check(_ header: Span<UInt8>, from start: Int) throws(Fault) {
    var at = start
    while at < header.count {
      guard header.count - at >= 3 else { throw .badLength }
      let length = Int(header[at + 1]) << 8 | Int(header[at + 2])
      guard header.count - at - 3 >= length else { throw .badLength }
      if header[at] == Self.checksumKind {
        guard length == 4 else { throw .badLength }
        let place = at + 3..<at + 7
        let said = place.reduce(UInt32(0)) { $0 << 8 | UInt32(header[$1]) }
        guard said == Self.crc32c(header, without: place) else { throw .badChecksum }
      }
      at += 3 + length
    }
  }

  /// CRC-32C (Castagnoli) of `octets` with those at `place` taken as zero.
  static func crc32c(_ octets: Span<UInt8>, without place: Range<Int>) -> UInt32 {
    var crc = UInt32.max
    for index in octets.indices {
      crc ^= place.contains(index) ? 0 : UInt32(octets[index])
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    return ~crc
  }
}
