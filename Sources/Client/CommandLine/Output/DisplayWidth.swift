/// How many columns of a terminal a text takes.
extension String {
  /// The columns of the text: none for what is set above or below another letter, two for wide East Asian
  /// letters and pictures, one for all else.
  var displayWidth: Int { self.reduce(0) { $0 + $1.displayWidth } }

  /// The text with spaces behind it, up to so many columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - self.displayWidth))
  }
}

extension Character {
  /// The columns of a letter with all that is set upon it.
  var displayWidth: Int {
    guard let scalar = self.unicodeScalars.first else { return 0 }
    // Two of which the second makes a picture of the first.
    if self.unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    return Self.wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// Wide and fullwidth letters by Unicode's EastAsianWidth.txt, in the blocks that have them.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
