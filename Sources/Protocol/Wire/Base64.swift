/// Base64 of RFC 4648, section 4, with padding: how JSON shows `bytes`.
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of `octets`.
  public static func text(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((octets.count + 2) / 3 * 4)
    var at = 0
    while at < octets.count {
      let left = octets.count - at
      let first = UInt32(octets[at])
      let second = left > 1 ? UInt32(octets[at + 1]) : 0
      let third = left > 2 ? UInt32(octets[at + 2]) : 0
      let group = first << 16 | second << 8 | third
      text.append(Self.alphabet[Int(group >> 18)])
      text.append(Self.alphabet[Int(group >> 12 & 63)])
      text.append(left > 1 ? Self.alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      text.append(left > 2 ? Self.alphabet[Int(group & 63)] : UInt8(ascii: "="))
      at += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The octets of `text`; nil if it is not base64. Both alphabets are taken, padding may lack.
  public static func octets(_ text: String) -> [UInt8]? {
    var octets: [UInt8] = []
    var group: UInt32 = 0
    var bits = 0
    var digits = 0
    for character in text.utf8 where character != UInt8(ascii: "=") {
      let digit: UInt32
      switch character {
      case 0x41...0x5A: digit = UInt32(character) - 0x41
      case 0x61...0x7A: digit = UInt32(character) - 0x61 + 26
      case 0x30...0x39: digit = UInt32(character) - 0x30 + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
      default: return nil
      }
      group = group << 6 | digit
      bits += 6
      digits += 1
      if bits >= 8 {
        bits -= 8
        octets.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
      }
    }
    return digits % 4 == 1 ? nil : octets
  }
}
