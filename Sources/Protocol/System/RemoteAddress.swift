/// Who a connection comes from, as far as the network says: an IPv6 address, or an IPv4 one
/// mapped into it.
public struct RemoteAddress: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  private static let mapped: UInt64 = 0xFFFF << 32

  /// Stands for addresses that nobody knows.
  public static let unknown = RemoteAddress(high: 0, low: 0)

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The address with these 4 or 16 octets, in network order; nil for another count.
  public init?(octets: Span<UInt8>) {
    func word(_ start: Int, _ count: Int) -> UInt64 {
      (start..<start + count).reduce(0) { $0 << 8 | UInt64(octets[$1]) }
    }
    switch octets.count {
    case 4: self.init(high: 0, low: Self.mapped | word(0, 4))
    case 16: self.init(high: word(0, 8), low: word(8, 8))
    default: return nil
    }
  }

  /// Whether it is an IPv4 address.
  public var isIPv4: Bool { self.high == 0 && self.low >> 32 == 0xFFFF }

  /// Whether it is this machine's own.
  public var isLoopback: Bool {
    self.isIPv4 ? self.low >> 24 & 0xFF == 127 : self.high == 0 && self.low == 1
  }

  /// What is counted as one visitor: an IPv4 address, or the /64 network of an IPv6 one, within
  /// which a visitor takes whatever address he likes.
  public var network: RemoteAddress {
    self.isIPv4 || self.high == 0 ? self : RemoteAddress(high: self.high, low: 0)
  }

  /// The address in the usual form, IPv6 without any shortening.
  public var description: String {
    if self.isIPv4 {
      return stride(from: UInt64(24), through: 0, by: -8).map { "\(self.low >> $0 & 0xFF)" }
        .joined(separator: ".")
    }
    return (0..<8).map { index in
      let word = index < 4 ? self.high : self.low
      return String(word >> UInt64(48 - index % 4 * 16) & 0xFFFF, radix: 16)
    }.joined(separator: ":")
  }
}
