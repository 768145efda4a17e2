/// A part of what a QR code says, in the way in which it takes the fewest bits.
package enum QRSegment: Equatable, Sendable {
  /// Octets as they are: ISO/IEC 18004 says nothing of their character set here.
  case octets([UInt8])
  /// Capitals, digits and `space $ % * + - . / :`, two characters in eleven bits.
  case alphanumeric(String)

  /// The 45 characters, each at its value.
  private static let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

  /// The value of a character; nil where it is none of the 45.
  static func value(of character: Character) -> Int? {
    Self.characters.firstIndex(of: character)
  }

  /// A text of which the part from `split` on is written in the alphanumeric way, if it can be.
  package static func segments(_ head: String, _ tail: String) -> [QRSegment] {
    guard tail.allSatisfy({ Self.value(of: $0) != nil }) else {
      return [.octets(Array((head + tail).utf8))]
    }
    return [.octets(Array(head.utf8)), .alphanumeric(tail)]
  }

  /// Adds the segment's bits: mode, count, characters (ISO/IEC 18004, section 7.4).
  func write(to bits: inout QRBits, version: Int) {
    switch self {
    case .octets(let octets):
      bits.append(0b0100, count: 4)
      bits.append(octets.count, count: version < 10 ? 8 : 16)
      for octet in octets { bits.append(Int(octet), count: 8) }
    case .alphanumeric(let text):
      let values = text.compactMap(Self.value)
      bits.append(0b0010, count: 4)
      bits.append(values.count, count: version < 10 ? 9 : 11)
      for start in stride(from: 0, to: values.count, by: 2) {
        if start + 1 < values.count {
          bits.append(values[start] * 45 + values[start + 1], count: 11)
        } else {
          bits.append(values[start], count: 6)
        }
      }
    }
  }
}

/// Bits in the order in which they are written, highest first.
struct QRBits {
  private(set) var bits: [Bool] = []

  mutating func append(_ value: Int, count: Int) {
    for place in (0..<count).reversed() { self.bits.append(value >> place & 1 == 1) }
  }

  /// The bits as `count` codewords: a terminator of up to four zeros, zeros up to a whole codeword, then
  /// 0xEC and 0x11 by turns; nil where there are more bits than that.
  func codewords(_ count: Int) -> [UInt8]? {
    guard self.bits.count <= count * 8 else { return nil }
    var bits = self.bits + Array(repeating: false, count: min(4, count * 8 - self.bits.count))
    bits += Array(repeating: false, count: (8 - bits.count % 8) % 8)
    var octets = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(0 as UInt8) { $0 << 1 | ($1 ? 1 : 0) }
    }
    var pad: UInt8 = 0xEC
    while octets.count < count {
      octets.append(pad)
      pad = pad == 0xEC ? 0x11 : 0xEC
    }
    return octets
  }
}
