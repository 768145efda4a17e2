/// CRC-32 of ISO 3309, as ZIP files and Ethernet use it: it finds what was mistyped or damaged, and no forgery.
public enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  /// The sum of `octets`.
  public static func sum(_ octets: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for octet in octets { sum = Self.table[Int(UInt8(truncatingIfNeeded: sum) ^ octet)] ^ sum >> 8 }
    return ~sum
  }
}
