/// Base64 of RFC 4648, section 4, in its one form: padded, no other alphabet, no bits that say nothing.
package enum StrictBase64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// The text of `octets`.
  package static func text(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((octets.count + 2) / 3 * 4)
    for start in stride(from: 0, to: octets.count, by: 3) {
      let some = octets[start..<min(start + 3, octets.count)]
      let group = some.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - some.count))
      for digit in 0..<4 {
        let isSaid = digit <= some.count
        text.append(isSaid ? Self.alphabet[group >> (18 - 6 * digit) & 63] : Self.padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The octets of `text`; nil unless ``text(_:)`` gives it for them.
  package static func octets(_ text: some Sequence<UInt8>) -> [UInt8]? {
    let text = Array(text)
    var octets: [UInt8] = []
    var group = 0
    var bits = 0
    for character in text {
      if character == Self.padding { break }
      guard let digit = Self.digit(character) else { return nil }
      group = (group << 6 | digit) & 0xffff
      bits += 6
      if bits >= 8 {
        bits -= 8
        octets.append(UInt8(truncatingIfNeeded: group >> bits))
      }
    }
    return Array(Self.text(octets).utf8) == text ? octets : nil
  }

  private static func digit(_ character: UInt8) -> Int? {
    switch character {
    case 0x41...0x5A: Int(character) - 0x41
    case 0x61...0x7A: Int(character) - 0x61 + 26
    case 0x30...0x39: Int(character) - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }
}
