/// An IIN as people write it: how it looks, not whose it is.
enum IINText: Equatable {
  /// Twelve digits, whatever stood between them.
  case read(String)
  /// There are letters among them: which, and the digits that are meant, if they can be.
  case letters(list: String, proposal: String?)
  /// Zeros at the beginning are lost, and with them check digit and birth date are right.
  case zerosLost(proposal: String)
  /// Something else; the server says what.
  case unknown

  /// - Parameter birthDate: The row's, in ISO 8601.
  init(_ typed: String, bornOn birthDate: String) {
    // Nearly all are so.
    if typed.utf8.count == 12, typed.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      self = .read(typed)
      return
    }
    var text = typed.withoutUnseen.withSingleSpaces
    // The word before it, and the fraction that a spreadsheet writes behind a number.
    text = text.replacing(/^(?i:(?:ИИН|ЖСН|IIN|БИН|№|N)[\s:№.\/\-]*)+/, with: "")
    text = text.replacing(/[\s,(]*(?i:ИИН|ЖСН|IIN)\)?$/, with: "")
    text = text.replacing(/[.,]0+$/, with: "")
    let kept = text.unicodeScalars.filter { !" '’ʼ`-–‑_.,".unicodeScalars.contains($0) }
    let letters = kept.enumerated().filter { !Self.isDigit($0.element) }
    if letters.isEmpty {
      let digits = String(String.UnicodeScalarView(kept))
      if digits.count == 12 {
        self = .read(digits)
      } else if let whole = Self.withZeros(digits, bornOn: birthDate) {
        self = .zerosLost(proposal: whole)
      } else {
        self = .unknown
      }
      return
    }
    // 9,91231E+11 has a letter too, and its digits are gone.
    guard kept.count == 12,
      letters.allSatisfy({ $0.element.properties.isAlphabetic || $0.element == "|" })
    else {
      self = .unknown
      return
    }
    let list = letters.map { "\($0.element) (\($0.offset + 1))" }.joined(separator: ", ")
    let meant = kept.map { Self.isDigit($0) ? Character($0) : Self.meant[$0] }
    let digits = String(meant.compactMap { $0 })
    let isWhole = digits.count == 12 && Self.hasRightCheckDigit(digits)
    self = .letters(list: list, proposal: isWhole ? digits : nil)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Letters that look like a digit.
  private static let meant: [Unicode.Scalar: Character] = [
    "O": "0", "o": "0", "О": "0", "о": "0", "Ө": "0", "ө": "0", "D": "0",
    "I": "1", "l": "1", "i": "1", "L": "1", "І": "1", "і": "1", "Ӏ": "1", "|": "1",
    "З": "3", "з": "3", "Ч": "4", "ч": "4", "S": "5", "s": "5", "Ѕ": "5", "б": "6", "b": "6",
    "Б": "6", "В": "8", "B": "8", "g": "9", "q": "9",
  ]

  private static func withZeros(_ digits: String, bornOn birthDate: String) -> String? {
    guard (9...11).contains(digits.count), birthDate.count == 10 else { return nil }
    let whole = String(repeating: "0", count: 12 - digits.count) + digits
    let born = birthDate.filter { $0 != "-" }.dropFirst(2)
    return whole.hasPrefix(born) && Self.hasRightCheckDigit(whole) ? whole : nil
  }

  /// Whether the last digit is that of the others; a proposal rests on it, the rule is the server's.
  private static func hasRightCheckDigit(_ digits: String) -> Bool {
    let values = digits.compactMap(\.wholeNumberValue)
    for weights in [Array(1...11), [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]] {
      let digit = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
      if digit < 10 { return digit == values[11] }
    }
    return false
  }
}
