/// A point of the curve −x² + y² = 1 + d·x²·y² in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
///
/// The formulas are Hisil, Wong, Carter and Dawson's for a = −1 (RFC 8032, section 5.1.4), complete: they
/// hold for every two points. Variable in time, for public data only.
struct EdwardsPoint: Sendable {
  private var x, y, z, t: FieldElement

  private init(x: FieldElement, y: FieldElement, z: FieldElement, t: FieldElement) {
    self.x = x
    self.y = y
    self.z = z
    self.t = t
  }

  /// d = −121665/121666.
  private static let d = -FieldElement(121_665) * FieldElement(121_666).inverted
  private static let twiceD = Self.d + Self.d

  static let identity = EdwardsPoint(x: .zero, y: .one, z: .one, t: .zero)

  /// The base point: y = 4/5, and of the two x the even one.
  static let base: EdwardsPoint = {
    let y = FieldElement(4) * FieldElement(5).inverted
    guard let point = EdwardsPoint(y: y, isOdd: false) else {
      preconditionFailure("the base point is not on the curve")
    }
    return point
  }()

  /// The point with this y, and of the two x the odd or the even one.
  ///
  /// Nil when there is none, and for an x of zero that should be odd ("−0"): each point has one encoding.
  private init?(y: FieldElement, isOdd: Bool) {
    let square = y.squared
    let (u, v) = (square - .one, Self.d * square + .one)
    // A candidate of the root of u/v (RFC 8032, section 5.1.3): u·v³·(u·v⁷)^((p−5)/8).
    let v3 = v.squared * v
    let v7 = v3.squared * v
    var x = u * v3 * (u * v7).toPowerFiveLessEighth
    let found = v * x.squared
    if found == -u {
      x = x * .rootOfMinusOne
    } else if !(found == u) {
      return nil
    }
    // (Both points with an x of zero are of small order, and refused for that as well.)
    if x.isZero, isOdd { return nil }
    if x.isOdd != isOdd { x = -x }
    self.init(x: x, y: y, z: .one, t: x * y)
  }

  /// Reads 32 octets: y, the lowest octet first, and in bit 255 whether x is odd.
  ///
  /// Nil when that is no point of the curve, or not the encoding that ``octets`` gives it.
  init?(canonical octets: Span<UInt8>) {
    guard let y = FieldElement(canonical: octets) else { return nil }
    self.init(y: y, isOdd: octets[31] >> 7 == 1)
  }

  /// The point's one encoding.
  var octets: InlineArray<32, UInt8> {
    let inverse = self.z.inverted
    var octets = (self.y * inverse).octets
    if (self.x * inverse).isOdd { octets[31] |= 0x80 }
    return octets
  }

  /// Whether eight times the point is nothing: it is one of the eight that say nothing about a key.
  var isOfSmallOrder: Bool {
    let eightfold = self.doubled.doubled.doubled
    return eightfold.x.isZero && eightfold.y == eightfold.z
  }

  static prefix func - (point: EdwardsPoint) -> EdwardsPoint {
    EdwardsPoint(x: -point.x, y: point.y, z: point.z, t: -point.t)
  }

  // MARK: Sums

  /// A sum before its four products, of which a doubling that follows needs only three.
  private struct Unfinished {
    let e, f, g, h: FieldElement

    @inline(__always) var finished: EdwardsPoint {
      EdwardsPoint(x: self.e * self.f, y: self.g * self.h, z: self.f * self.g, t: self.e * self.h)
    }

    /// The same without T: only good for doubling.
    @inline(__always) var projective: (x: FieldElement, y: FieldElement, z: FieldElement) {
      (self.e * self.f, self.g * self.h, self.f * self.g)
    }
  }

  /// A point as the right side of a sum wants it.
  fileprivate struct Addend {
    var yPlusX, yMinusX, twiceZ, twiceDT: FieldElement

    init(_ point: EdwardsPoint) {
      self.yPlusX = point.y + point.x
      self.yMinusX = point.y - point.x
      self.twiceZ = point.z + point.z
      self.twiceDT = point.t * EdwardsPoint.twiceD
    }

    @inline(__always) static prefix func - (addend: Addend) -> Addend {
      var negated = addend
      negated.yPlusX = addend.yMinusX
      negated.yMinusX = addend.yPlusX
      negated.twiceDT = -addend.twiceDT
      return negated
    }
  }

  private static func sum(_ left: EdwardsPoint, _ right: Addend) -> Unfinished {
    let a = (left.y - left.x) * right.yMinusX
    let b = (left.y + left.x) * right.yPlusX
    let c = left.t * right.twiceDT
    let d = left.z * right.twiceZ
    return Unfinished(e: b - a, f: d - c, g: d + c, h: b + a)
  }

  private static func doubled(
    _ x: FieldElement, _ y: FieldElement, _ z: FieldElement
  ) -> Unfinished {
    let (a, b) = (x.squared, y.squared)
    let z2 = z.squared
    let h = a + b
    let g = a - b
    return Unfinished(e: h - (x + y).squared, f: z2 + z2 + g, g: g, h: h)
  }

  private var doubled: EdwardsPoint { Self.doubled(self.x, self.y, self.z).finished }

  // MARK: Multiples

  /// Odd multiples of a point, 1, 3, 5 and so on: what digits in non-adjacent form ask for.
  struct OddMultiples: Sendable {
    /// How many bits a digit may have.
    let width: Int
    private let multiples: [Addend]

    init(of point: EdwardsPoint, width: Int) {
      self.width = width
      let twice = Addend(point.doubled)
      var multiple = point
      var multiples = [Addend(point)]
      for _ in 1..<(1 << (width - 2)) {
        multiple = EdwardsPoint.sum(multiple, twice).finished
        multiples.append(Addend(multiple))
      }
      self.multiples = multiples
    }

    /// The point times `digit`, which is odd.
    @inline(__always) fileprivate subscript(_ digit: Int8) -> Addend {
      digit > 0 ? self.multiples[Int(digit) / 2] : -self.multiples[-Int(digit) / 2]
    }
  }

  /// Multiples of the base point; made once.
  private static let multiplesOfBase = OddMultiples(of: .base, width: 8)

  /// `scalar` times the base point and `other` times a point, together: one row of doublings for both.
  static func sum(
    base scalar: Scalar, _ other: Scalar, times point: OddMultiples
  ) -> EdwardsPoint {
    let base = Self.multiplesOfBase
    let baseDigits = scalar.digits(width: base.width)
    let pointDigits = other.digits(width: point.width)
    var top = 255
    while top > 0, baseDigits[top] == 0, pointDigits[top] == 0 { top -= 1 }
    var (x, y, z) = (FieldElement.zero, FieldElement.one, FieldElement.one)
    var result = Self.identity
    for place in stride(from: top, through: 0, by: -1) {
      var sum = Self.doubled(x, y, z)
      if pointDigits[place] != 0 { sum = Self.sum(sum.finished, point[pointDigits[place]]) }
      if baseDigits[place] != 0 { sum = Self.sum(sum.finished, base[baseDigits[place]]) }
      if place > 0 { (x, y, z) = sum.projective } else { result = sum.finished }
    }
    return result
  }
}
