/// Octets as lower-case hexadecimal.
public enum Hex {
  /// The text of `octets`, two digits each.
  @inlinable public static func text(_ octets: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * octets.underestimatedCount)
    Self.append(octets, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes the digits of `octets` behind `text`.
  @inlinable public static func append(_ octets: some Sequence<UInt8>, to text: inout [UInt8]) {
    for octet in octets {
      text.append(Self.digit(octet >> 4))
      text.append(Self.digit(octet & 15))
    }
  }

  @usableFromInline static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }

  /// The octets of `text`; nil if it is not pairs of hexadecimal digits.
  public static func octets(_ text: some StringProtocol) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var octets: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.nibble(digits[index]), let low = Self.nibble(digits[index + 1]) else {
        return nil
      }
      octets.append(high << 4 | low)
    }
    return octets
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}
