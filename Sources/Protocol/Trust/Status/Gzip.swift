import BitimCrypto

/// Files of gzip (RFC 1952), in one way: runs of an octet are short, all else is as long as before and a little more.
///
/// The codes are those that DEFLATE fixes (RFC 1951, 3.2.6), so that the same octets have the same file.
enum Gzip {
  /// The longest run that one code says.
  private static let runMax = 258
  /// The shortest.
  private static let runMin = 3

  /// A file of `octets`, without a name and a time.
  static func file(_ octets: [UInt8]) -> [UInt8] {
    var bits = BitWriter()
    // The last block, of fixed codes.
    bits.append(1, 1)
    bits.append(1, 2)
    var index = 0
    while index < octets.count {
      let octet = octets[index]
      bits.literal(octet)
      index += 1
      var run = octets[index...].prefix { $0 == octet }.count
      index += run
      while run > 0 {
        let length = min(run, Self.runMax)
        // What is left of a run may be too short for a code.
        if length < Self.runMin {
          for _ in 0..<length { bits.literal(octet) }
        } else {
          bits.run(length)
        }
        run -= length
      }
    }
    bits.end()
    func four(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    // The last octet of the head: made on a system that is not said.
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    return head + bits.octets + four(CRC32.sum(octets))
      + four(UInt32(truncatingIfNeeded: octets.count))
  }

  /// Writes bits, the lowest of an octet first.
  private struct BitWriter {
    private(set) var octets: [UInt8] = []
    private var open: UInt64 = 0
    private var count = 0

    /// Appends `value`, its lowest bit first.
    mutating func append(_ value: Int, _ length: Int) {
      self.open |= UInt64(value) << UInt64(self.count)
      self.count += length
      while self.count >= 8 { self.take() }
    }

    /// Appends a code, whose highest bit is first.
    private mutating func code(_ value: Int, _ length: Int) {
      for bit in (0..<length).reversed() { self.append(value >> bit & 1, 1) }
    }

    /// Appends the end of the block, and fills the octet up.
    mutating func end() {
      self.code(0, 7)
      while self.count > 0 { self.take() }
    }

    private mutating func take() {
      self.octets.append(UInt8(truncatingIfNeeded: self.open))
      self.open >>= 8
      self.count = max(0, self.count - 8)
    }

    mutating func literal(_ octet: UInt8) {
      if octet < 144 {
        self.code(0x30 + Int(octet), 8)
      } else {
        self.code(0x190 + Int(octet) - 144, 9)
      }
    }

    /// The last octet, so many times more.
    mutating func run(_ length: Int) {
      let symbol: (code: Int, extra: Int, bits: Int)
      switch length {
      case ...10: symbol = (254 + length, 0, 0)
      case Gzip.runMax: symbol = (285, 0, 0)
      default:
        // Four codes for each number of bits that follow: 11 to 18 by one, 19 to 34 by two, and so on.
        var (bits, first) = (1, 11)
        while length >= first + 4 << bits {
          first += 4 << bits
          bits += 1
        }
        symbol = (
          261 + 4 * bits + (length - first) >> bits, (length - first) & (1 << bits - 1), bits
        )
      }
      if symbol.code < 280 {
        self.code(symbol.code - 256, 7)
      } else {
        self.code(0xC0 + symbol.code - 280, 8)
      }
      self.append(symbol.extra, symbol.bits)
      // The distance 1.
      self.code(0, 5)
    }
  }
}
