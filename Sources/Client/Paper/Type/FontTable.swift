/// A table of a font: numbers at offsets, each asked for within its octets.
struct FontTable: Sendable {
  /// Four letters, as "glyf".
  let name: String
  let octets: [UInt8]

  /// The number of two octets at an offset.
  func uint16(_ offset: Int) throws(Face.Fault) -> Int {
    guard offset >= 0, offset + 2 <= self.octets.count else { throw Face.Fault(table: self.name) }
    return Int(self.octets[offset]) << 8 | Int(self.octets[offset + 1])
  }

  /// The same with its sign.
  func int16(_ offset: Int) throws(Face.Fault) -> Int {
    Int(Int16(truncatingIfNeeded: try self.uint16(offset)))
  }

  /// The number of four octets at an offset.
  func uint32(_ offset: Int) throws(Face.Fault) -> Int {
    try self.uint16(offset) << 16 | self.uint16(offset + 2)
  }

  /// The sum of the table's words of four octets, as the font's directory has it.
  static func checksum(of octets: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0
    for start in stride(from: 0, to: octets.count, by: 4) {
      var word: UInt32 = 0
      for index in start..<start + 4 {
        word = word << 8 | UInt32(index < octets.count ? octets[index] : 0)
      }
      sum &+= word
    }
    return sum
  }
}

extension [UInt8] {
  /// Adds a number in `count` octets, highest first.
  mutating func append(number: Int, octets count: Int) {
    for place in (0..<count).reversed() {
      self.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
    }
  }
}
