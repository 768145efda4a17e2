/// Reads files of gzip as ``Gzip`` writes them: one block of fixed codes, and runs of the octet before.
///
/// It looks at no sum: who calls it writes the file again, and compares.
enum GzipReading {
  /// What a file has, up to so many octets; nil where it is none of that form.
  static func octets(_ file: [UInt8], most: Int) -> [UInt8]? {
    // The head, and sum and count at the end.
    guard file.count > 18 else { return nil }
    var bits = Bits(file[10..<(file.count - 8)])
    guard bits.number(3) == 0b011 else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(most)
    while let symbol = bits.symbol() {
      switch symbol {
      case 0..<256: octets.append(UInt8(symbol))
      case 256: return octets.count <= most ? octets : nil
      default:
        guard let last = octets.last, let length = bits.length(symbol), bits.code(5) == 0 else {
          return nil
        }
        octets.append(contentsOf: repeatElement(last, count: length))
      }
      guard octets.count <= most else { return nil }
    }
    return nil
  }

  /// Reads bits, the lowest of an octet first.
  private struct Bits {
    private let octets: ArraySlice<UInt8>
    private var place = 0

    init(_ octets: ArraySlice<UInt8>) { self.octets = octets }

    private mutating func bit() -> Int? {
      let index = self.octets.startIndex + self.place / 8
      guard index < self.octets.endIndex else { return nil }
      defer { self.place += 1 }
      return Int(self.octets[index] >> (self.place % 8)) & 1
    }

    /// A number, its lowest bit first.
    mutating func number(_ length: Int) -> Int? {
      var number = 0
      for place in 0..<length {
        guard let bit = self.bit() else { return nil }
        number |= bit << place
      }
      return number
    }

    /// A code, whose highest bit is first.
    mutating func code(_ length: Int) -> Int? {
      var code = 0
      for _ in 0..<length {
        guard let bit = self.bit() else { return nil }
        code = code << 1 | bit
      }
      return code
    }

    /// An octet, the end of the block (256), or what begins a run.
    mutating func symbol() -> Int? {
      guard let seven = self.code(7) else { return nil }
      if seven < 24 { return 256 + seven }
      guard let eighth = self.bit() else { return nil }
      let eight = seven << 1 | eighth
      if eight < 0xC0 { return eight - 0x30 }
      if eight < 0xC8 { return 280 + eight - 0xC0 }
      guard let ninth = self.bit() else { return nil }
      return 144 + (eight << 1 | ninth) - 0x190
    }

    /// How long a run is.
    mutating func length(_ symbol: Int) -> Int? {
      switch symbol {
      case 257...264: return symbol - 254
      case 265...284:
        let bits = (symbol - 261) / 4
        // Four codes for each number of bits that follow, behind 3, 11, 19, 35 and so on.
        let first = 3 + 4 << bits + ((symbol - 261) % 4) << bits
        return self.number(bits).map { first + $0 }
      case 285: return 258
      default: return nil
      }
    }
  }
}
