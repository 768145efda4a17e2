/// An integer modulo p = 2^255 − 19, as five limbs of 51 bits, the lowest first.
///
/// Between operations every limb is below 2^52. An element has more than one such form; ``octets`` is the
/// one below p. The limits beside the operations say why arithmetic that wraps doesn't wrap here.
/// Variable in time, for public data only.
struct FieldElement: Sendable {
  private var a, b, c, d, e: UInt64

  private static let mask: UInt64 = (1 << 51) - 1

  private init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.e = e
  }

  /// A small number.
  init(_ number: UInt32) { self.init(UInt64(number), 0, 0, 0, 0) }

  static let zero = FieldElement(0)
  static let one = FieldElement(1)
  /// A square root of −1: 2^((p−1)/4).
  static let rootOfMinusOne: FieldElement = {
    // (p−1)/4 = 2·(p−5)/8 + 1
    let two = FieldElement(2)
    return two.toPowerFiveLessEighth.squared * two
  }()

  // MARK: Octets

  /// Reads 32 octets, the lowest first; bit 255 is not looked at.
  ///
  /// Nil when the number is not below p: each element has one encoding.
  init?(canonical octets: Span<UInt8>) {
    precondition(octets.count == 32)
    var words: InlineArray<4, UInt64> = [0, 0, 0, 0]
    for index in 0..<32 { words[index / 8] |= UInt64(octets[index]) << UInt64(8 * (index % 8)) }
    self.init(
      words[0] & Self.mask,
      (words[0] >> 51 | words[1] << 13) & Self.mask,
      (words[1] >> 38 | words[2] << 26) & Self.mask,
      (words[2] >> 25 | words[3] << 39) & Self.mask,
      words[3] >> 12 & Self.mask)
    let isBelow =
      self.a < Self.mask - 18 || self.b < Self.mask || self.c < Self.mask || self.d < Self.mask
      || self.e < Self.mask
    guard isBelow else { return nil }
  }

  /// The number below p, 32 octets, the lowest first; bit 255 is zero.
  var octets: InlineArray<32, UInt8> {
    // Carried once, limbs are below 2^51 + 2^6 and the number below 2p. It is p or more exactly when adding
    // 19 carries out of bit 255; then that is done, and the bit dropped.
    var low = self.carried
    var carry: UInt64 = (low.a + 19) >> 51
    carry = (low.b + carry) >> 51
    carry = (low.c + carry) >> 51
    carry = (low.d + carry) >> 51
    carry = (low.e + carry) >> 51
    low.a += 19 * carry
    low.b += low.a >> 51
    low.c += low.b >> 51
    low.d += low.c >> 51
    low.e += low.d >> 51
    let (a, b, c) = (low.a & Self.mask, low.b & Self.mask, low.c & Self.mask)
    let (d, e) = (low.d & Self.mask, low.e & Self.mask)
    let words: InlineArray<4, UInt64> = [
      a | b << 51, b >> 13 | c << 38, c >> 26 | d << 25, d >> 39 | e << 12,
    ]
    return InlineArray { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(8 * ($0 % 8))) }
  }

  /// Whether the number below p is odd: what RFC 8032 calls its sign.
  var isOdd: Bool { self.octets[0] & 1 == 1 }

  var isZero: Bool {
    let octets = self.octets
    return octets.indices.allSatisfy { octets[$0] == 0 }
  }

  static func == (left: FieldElement, right: FieldElement) -> Bool { (left - right).isZero }

  // MARK: Arithmetic

  /// The same number after one carry from each limb: limbs below 2^51 + 2^18.
  @inline(__always)
  private var carried: FieldElement {
    FieldElement(
      (self.a & Self.mask) &+ (self.e &>> 51) &* 19,
      (self.b & Self.mask) &+ (self.a &>> 51),
      (self.c & Self.mask) &+ (self.b &>> 51),
      (self.d & Self.mask) &+ (self.c &>> 51),
      (self.e & Self.mask) &+ (self.d &>> 51))
  }

  @inline(__always)
  static func + (left: FieldElement, right: FieldElement) -> FieldElement {
    // Below 2^53 each.
    FieldElement(
      left.a &+ right.a, left.b &+ right.b, left.c &+ right.c, left.d &+ right.d,
      left.e &+ right.e
    ).carried
  }

  @inline(__always)
  static func - (left: FieldElement, right: FieldElement) -> FieldElement {
    // 4p is added, limb by limb above what a limb can be: below 2^54 each, and never below zero.
    FieldElement(
      left.a &+ 0x1f_ffff_ffff_ffb4 &- right.a,
      left.b &+ 0x1f_ffff_ffff_fffc &- right.b,
      left.c &+ 0x1f_ffff_ffff_fffc &- right.c,
      left.d &+ 0x1f_ffff_ffff_fffc &- right.d,
      left.e &+ 0x1f_ffff_ffff_fffc &- right.e
    ).carried
  }

  static prefix func - (element: FieldElement) -> FieldElement { .zero - element }

  @inline(__always)
  private static func wide(_ left: UInt64, _ right: UInt64) -> UInt128 {
    UInt128(left) &* UInt128(right)
  }

  /// The element of five sums of products. What carries out of the highest is 2^255 times it, so 19.
  @inline(__always)
  private init(
    _ a: UInt128, _ b: UInt128, _ c: UInt128, _ d: UInt128, _ e: UInt128
  ) {
    // Each sum is below 77 · 2^104 < 2^111, so what carries is below 2^60; out of the highest, which has no
    // factor 19 and is below 5 · 2^104 + 2^60, it is below 2^56, and nineteen times it below 2^61.
    let mask = UInt128(Self.mask)
    let b = b &+ (a &>> 51)
    let c = c &+ (b &>> 51)
    let d = d &+ (c &>> 51)
    let e = e &+ (d &>> 51)
    let low = UInt64(truncatingIfNeeded: a & mask) &+ UInt64(truncatingIfNeeded: e &>> 51) &* 19
    self.init(
      low & Self.mask,
      UInt64(truncatingIfNeeded: b & mask) &+ (low &>> 51),
      UInt64(truncatingIfNeeded: c & mask),
      UInt64(truncatingIfNeeded: d & mask),
      UInt64(truncatingIfNeeded: e & mask))
  }

  static func * (left: FieldElement, right: FieldElement) -> FieldElement {
    let (f, g) = (left, right)
    // Below 2^57.
    let (b19, c19, d19, e19) = (g.b &* 19, g.c &* 19, g.d &* 19, g.e &* 19)
    let a =
      Self.wide(f.a, g.a) &+ Self.wide(f.b, e19) &+ Self.wide(f.c, d19) &+ Self.wide(f.d, c19)
      &+ Self.wide(f.e, b19)
    let b =
      Self.wide(f.a, g.b) &+ Self.wide(f.b, g.a) &+ Self.wide(f.c, e19) &+ Self.wide(f.d, d19)
      &+ Self.wide(f.e, c19)
    let c =
      Self.wide(f.a, g.c) &+ Self.wide(f.b, g.b) &+ Self.wide(f.c, g.a) &+ Self.wide(f.d, e19)
      &+ Self.wide(f.e, d19)
    let d =
      Self.wide(f.a, g.d) &+ Self.wide(f.b, g.c) &+ Self.wide(f.c, g.b) &+ Self.wide(f.d, g.a)
      &+ Self.wide(f.e, e19)
    let e =
      Self.wide(f.a, g.e) &+ Self.wide(f.b, g.d) &+ Self.wide(f.c, g.c) &+ Self.wide(f.d, g.b)
      &+ Self.wide(f.e, g.a)
    return FieldElement(a, b, c, d, e)
  }

  /// The element times itself: each product of two limbs is counted twice instead of made twice.
  var squared: FieldElement {
    let f = self
    let (a2, b2, c2, d2) = (f.a &* 2, f.b &* 2, f.c &* 2, f.d &* 2)
    let (d19, e19) = (f.d &* 19, f.e &* 19)
    return FieldElement(
      Self.wide(f.a, f.a) &+ Self.wide(b2, e19) &+ Self.wide(c2, d19),
      Self.wide(a2, f.b) &+ Self.wide(c2, e19) &+ Self.wide(f.d, d19),
      Self.wide(a2, f.c) &+ Self.wide(f.b, f.b) &+ Self.wide(d2, e19),
      Self.wide(a2, f.d) &+ Self.wide(b2, f.c) &+ Self.wide(f.e, e19),
      Self.wide(a2, f.e) &+ Self.wide(b2, f.d) &+ Self.wide(f.c, f.c))
  }

  /// The element to the power 2^`count`.
  private func squared(times count: Int) -> FieldElement {
    var element = self
    for _ in 0..<count { element = element.squared }
    return element
  }

  /// To the powers 2^250 − 1 and 11, of which both powers below are made.
  private var chain: (ones250: FieldElement, eleven: FieldElement) {
    let two = self.squared
    let nine = two.squared(times: 2) * self
    let eleven = nine * two
    let ones5 = eleven.squared * nine
    let ones10 = ones5.squared(times: 5) * ones5
    let ones20 = ones10.squared(times: 10) * ones10
    let ones40 = ones20.squared(times: 20) * ones20
    let ones50 = ones40.squared(times: 10) * ones10
    let ones100 = ones50.squared(times: 50) * ones50
    let ones200 = ones100.squared(times: 100) * ones100
    return (ones200.squared(times: 50) * ones50, eleven)
  }

  /// One divided by the element, of zero zero: the element to the power p − 2 = 2^255 − 21.
  var inverted: FieldElement {
    let (ones250, eleven) = self.chain
    return ones250.squared(times: 5) * eleven
  }

  /// The element to the power (p − 5)/8 = 2^252 − 3.
  var toPowerFiveLessEighth: FieldElement {
    self.chain.ones250.squared(times: 2) * self
  }
}
