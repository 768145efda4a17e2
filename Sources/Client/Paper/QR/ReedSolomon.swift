/// The error correction of QR codes: Reed–Solomon over GF(2⁸) with the polynomial 0x11D (ISO/IEC 18004,
/// section 7.5).
struct ReedSolomon {
  /// The generator's coefficients behind its leading 1, highest power first.
  private let generator: [UInt8]

  /// A code with `count` check codewords: the generator is the product of (x − 2ⁱ).
  init(count: Int) {
    var generator = [UInt8](repeating: 0, count: count - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<count {
      for index in generator.indices {
        generator[index] = Self.product(generator[index], root)
        if index + 1 < count { generator[index] ^= generator[index + 1] }
      }
      root = Self.product(root, 2)
    }
    self.generator = generator
  }

  /// The check codewords of `data`: the remainder of its division by the generator.
  func check(of data: ArraySlice<UInt8>) -> [UInt8] {
    var rest = [UInt8](repeating: 0, count: self.generator.count)
    for octet in data {
      let factor = octet ^ rest.removeFirst()
      rest.append(0)
      for index in rest.indices { rest[index] ^= Self.product(self.generator[index], factor) }
    }
    return rest
  }

  /// The product in the field.
  static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var (sum, left, right) = (0 as UInt8, left, right)
    while right != 0 {
      if right & 1 == 1 { sum ^= left }
      left = left & 0x80 == 0 ? left << 1 : left << 1 ^ 0x1D
      right >>= 1
    }
    return sum
  }
}
