extension String {
  /// The text on one line, with each character that nobody sees, or that a terminal would obey, written
  /// as `\u{1b}`: controls, marks of direction and format, separators of lines.
  ///
  /// For what comes from elsewhere: a server, a file, a word of the command line.
  public var visible: String { self.showing { _ in false } }

  /// As ``visible``, but lines end where they end.
  public var visibleLines: String { self.showing { $0 == "\n" } }

  private func showing(but isKept: (Unicode.Scalar) -> Bool) -> String {
    func isShown(_ scalar: Unicode.Scalar) -> Bool { scalar.isInvisible && !isKept(scalar) }
    guard self.unicodeScalars.contains(where: isShown) else { return self }
    var text = ""
    for scalar in self.unicodeScalars {
      if isShown(scalar) {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether nobody sees it where it stands, but perhaps what it does.
  var isInvisible: Bool {
    if self.isASCII { return self.value < 0x20 || self.value == 0x7F }
    return switch self.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
