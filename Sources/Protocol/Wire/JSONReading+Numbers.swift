/// Numbers, which JSON may write in many ways: as numbers, as texts, with a fraction of zeros.
extension JSONReading {
  private func digits(_ value: JSONValue, at place: String) throws(Fault) -> String {
    switch value {
    case .number(let digits): return digits
    case .text(let text):
      // In a text too a number is written as JSON writes it: no spaces, no signs in front.
      guard let inside = try? JSONValue(text), case .number(let digits) = inside,
        digits.utf8.count == text.utf8.count
      else { throw Fault(problem: "a number should stand here", place: place) }
      return digits
    default: throw Fault(problem: "a number should stand here", place: place)
    }
  }

  /// The whole number that digits with a fraction or an exponent come to; nil if they come to none.
  ///
  /// Exact: 64-bit integers don't fit a `Double`.
  private static func whole(_ digits: String) -> String? {
    let isNegative = digits.hasPrefix("-")
    let parts = digits.drop { $0 == "-" }.split(whereSeparator: { $0 == "e" || $0 == "E" })
    let sides = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var exponent = 0
    if parts.count == 2 {
      guard let given = Int(parts[1].drop { $0 == "+" }), abs(given) < 400 else { return nil }
      exponent = given
    }
    let fraction = sides.count == 2 ? String(sides[1]) : ""
    var all = String(sides[0]) + fraction
    let shift = exponent - fraction.count
    if shift >= 0 {
      all += String(repeating: "0", count: shift)
    } else {
      guard all.suffix(-shift).allSatisfy({ $0 == "0" }) else { return nil }
      all = String(all.dropLast(-shift))
    }
    let trimmed = String(all.drop { $0 == "0" })
    return trimmed.isEmpty ? "0" : (isNegative ? "-" : "") + trimmed
  }

  func integer(
    _ value: JSONValue, _ range: ClosedRange<Int64>, at place: String
  ) throws(Fault) -> Int64 {
    let digits = try self.digits(value, at: place)
    guard let whole = Self.whole(digits) else {
      throw Fault(problem: "a whole number should stand here", place: place)
    }
    guard let number = Int64(whole), range.contains(number) else {
      throw Fault(
        problem: "from \(range.lowerBound) to \(range.upperBound) only", place: place)
    }
    return number
  }

  func unsigned(_ value: JSONValue, at place: String) throws(Fault) -> UInt64 {
    let digits = try self.digits(value, at: place)
    guard let whole = Self.whole(digits) else {
      throw Fault(problem: "a whole number should stand here", place: place)
    }
    guard let number = UInt64(whole) else {
      throw Fault(problem: "from 0 to \(UInt64.max) only", place: place)
    }
    return number
  }

  func double(_ value: JSONValue, at place: String) throws(Fault) -> Double {
    switch value {
    case .text("NaN"): return .nan
    case .text("Infinity"): return .infinity
    case .text("-Infinity"): return -.infinity
    default:
      guard let number = Double(try self.digits(value, at: place)), number.isFinite else {
        throw Fault(problem: "more than a double holds", place: place)
      }
      return number
    }
  }

  func float(_ value: JSONValue, at place: String) throws(Fault) -> Float {
    let double = try self.double(value, at: place)
    if !double.isFinite { return Float(double) }
    let float = Float(double)
    guard float.isFinite else {
      throw Fault(problem: "more than a float holds", place: place)
    }
    return float
  }
}
