/// An integer modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point.
///
/// Variable in time, for public data only.
struct Scalar: Equatable, Sendable {
  /// Four words of 64 bits, the lowest first; together below L.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// L itself, as ``words`` would be.
  private static let order: (UInt64, UInt64, UInt64, UInt64) = (
    0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 0x1000_0000_0000_0000
  )

  static func == (left: Scalar, right: Scalar) -> Bool { left.words == right.words }

  /// Reads 32 octets, the lowest first; nil when the number is not below L.
  init?(canonical octets: Span<UInt8>) {
    precondition(octets.count == 32)
    self.words = (
      Self.word(octets, 0), Self.word(octets, 8), Self.word(octets, 16), Self.word(octets, 24)
    )
    guard Self.isBelow(self.words, Self.order) else { return nil }
  }

  /// The remainder of 64 octets, the lowest first.
  init(reducing octets: Span<UInt8>) {
    precondition(octets.count == 64)
    // The highest 252 bits are below L as they stand. Each bit more doubles what is left and takes L off
    // when it fits: slower than Barrett's way, and two microseconds of the hundred that verifying takes.
    var rest = (
      Self.word(octets, 32) >> 4 | Self.word(octets, 40) << 60,
      Self.word(octets, 40) >> 4 | Self.word(octets, 48) << 60,
      Self.word(octets, 48) >> 4 | Self.word(octets, 56) << 60,
      Self.word(octets, 56) >> 4
    )
    for bit in stride(from: 259, through: 0, by: -1) {
      let next = UInt64(octets[bit / 8] >> UInt8(bit % 8)) & 1
      rest = (
        rest.0 << 1 | next, rest.1 << 1 | rest.0 >> 63, rest.2 << 1 | rest.1 >> 63,
        rest.3 << 1 | rest.2 >> 63
      )
      if !Self.isBelow(rest, Self.order) { Self.subtractOrder(&rest) }
    }
    self.words = rest
  }

  /// Eight octets from `at` on as a word, the lowest first.
  private static func word(_ octets: Span<UInt8>, _ at: Int) -> UInt64 {
    var word: UInt64 = 0
    for octet in 0..<8 { word |= UInt64(octets[at + octet]) << UInt64(8 * octet) }
    return word
  }

  @inline(__always)
  private static func isBelow(
    _ left: (UInt64, UInt64, UInt64, UInt64), _ right: (UInt64, UInt64, UInt64, UInt64)
  ) -> Bool {
    if left.3 != right.3 { return left.3 < right.3 }
    if left.2 != right.2 { return left.2 < right.2 }
    if left.1 != right.1 { return left.1 < right.1 }
    return left.0 < right.0
  }

  @inline(__always)
  private static func subtractOrder(_ rest: inout (UInt64, UInt64, UInt64, UInt64)) {
    var borrow: UInt64 = 0
    func taken(_ from: UInt64, _ what: UInt64) -> UInt64 {
      let (first, isBelow) = from.subtractingReportingOverflow(what)
      let (second, isBelowYet) = first.subtractingReportingOverflow(borrow)
      borrow = isBelow || isBelowYet ? 1 : 0
      return second
    }
    rest.0 = taken(rest.0, Self.order.0)
    rest.1 = taken(rest.1, Self.order.1)
    rest.2 = taken(rest.2, Self.order.2)
    rest.3 = taken(rest.3, Self.order.3)
  }

  /// The scalar as a sum of digits times powers of two, in the non-adjacent form of `width` bits.
  ///
  /// A digit is zero, or odd and between ∓2^(width−1); of `width` in a row at most one is not zero.
  ///
  /// - Parameter width: 2 to 8.
  func digits(width: Int) -> InlineArray<256, Int8> {
    var digits = InlineArray<256, Int8>(repeating: 0)
    // What is left to be said of the scalar from `bit` on is its bits and `carry`.
    var carry = 0
    var bit = 0
    while bit < 256 {
      let window = self.bits(from: bit, count: width) + carry
      guard window & 1 == 1 else {
        bit += 1
        continue
      }
      // Below L there are 253 bits, so no carry is left at the end.
      carry = window >> (width - 1)
      digits[bit] = Int8(window - carry << width)
      bit += width
    }
    return digits
  }

  private func bits(from start: Int, count: Int) -> Int {
    let low = self.word(start / 64) >> UInt64(start % 64)
    let high = start % 64 == 0 ? 0 : self.word(start / 64 + 1) << UInt64(64 - start % 64)
    return Int((low | high) & (1 << UInt64(count) - 1))
  }

  private func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: self.words.0
    case 1: self.words.1
    case 2: self.words.2
    case 3: self.words.3
    default: 0
    }
  }
}
