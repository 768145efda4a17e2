/// The individual identification number of Kazakhstan: twelve digits, the last a check digit.
///
/// The check digit is a typing aid and no proof of identity: it can't see the eleventh digit, and
/// misses 9 % of single wrong digits. Since 26 August 2013 the number says nothing reliable about
/// birth date or sex, so neither is read from it.
///
/// Source: order of the Minister of Internal Affairs No. 521 of 29 June 2023; weights 1 to 11 of
/// the first cycle as public implementations use them (the table is missing from the mirror read).
package struct IIN: Hashable, Sendable {
  /// What is wrong with a text that should be an IIN.
  package enum Malformed: Error, Equatable, Sendable {
    /// A spreadsheet turned it into a number: `9,91231E+11`.
    case exponent
    /// It has 9 to 11 digits: a spreadsheet dropped its leading zeros.
    case zerosLost(digits: Int)
    /// It isn't twelve digits.
    case notTwelveDigits
    /// The check digit doesn't fit.
    case checkDigit
  }

  /// The twelve digits.
  package let digits: String

  /// Reads an IIN; spaces around it are forgiven, nothing else.
  package init(_ text: String) throws(Malformed) {
    let trimmed = text.trimmed
    let octets = Array(trimmed.utf8)
    let isDigits = !octets.isEmpty && octets.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    if !isDigits {
      let upper = trimmed.uppercased()
      let looksLikeNumber = upper.utf8.allSatisfy {
        ($0 >= 0x30 && $0 <= 0x39) || "E+,.".utf8.contains($0)
      }
      if looksLikeNumber, upper.contains("E") { throw .exponent }
      throw .notTwelveDigits
    }
    if (9...11).contains(octets.count) { throw .zerosLost(digits: octets.count) }
    guard octets.count == 12 else { throw .notTwelveDigits }
    let values = octets.map { Int($0) - 0x30 }
    // All zeros passes the check, and is what forms are filled with.
    guard values.contains(where: { $0 != 0 }), Self.checkDigit(of: values) == values[11] else {
      throw .checkDigit
    }
    self.digits = trimmed
  }

  /// The check digit of the first eleven of `values`; nil if they can't form a number.
  static func checkDigit(of values: [Int]) -> Int? {
    let first = zip(values, 1...11).reduce(0) { $0 + $1.0 * $1.1 } % 11
    if first < 10 { return first }
    let weights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
    let second = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
    return second < 10 ? second : nil
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
