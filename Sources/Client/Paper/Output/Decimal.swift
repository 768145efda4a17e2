/// Numbers as PDF and CSS have them: a point, no exponent, no more places than are seen.
enum Decimal {
  /// A number rounded to `places`; no zeros at its end.
  static func text(_ value: Double, places: Int = 2) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let rounded = Int((value * Double(scale)).rounded())
    let (whole, part) = abs(rounded).quotientAndRemainder(dividingBy: scale)
    var text = (rounded < 0 ? "-" : "") + String(whole)
    guard part != 0 else { return text }
    var digits = String(part)
    digits = String(repeating: "0", count: places - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    text += "." + digits
    return text
  }
}
