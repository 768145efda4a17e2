/// How texts are made to fit: the first size at which every line fits; never cut, never condensed.
struct Fitting {
  let typefaces: Typefaces

  /// A text at a size, in lines.
  struct Fitted: Equatable {
    let size: Double
    let lines: [String]
  }

  /// A text in the first size at which it needs no more lines than allowed.
  ///
  /// - Throws: ``PaperFault`` for a letter that the face lacks, and for a text that does not fit at all.
  func fit(
    _ text: String, _ field: PaperField, _ typeface: Typeface, sizes: [Double], width: Double,
    lines limit: Int, tracking: Double = 0
  ) throws(PaperFault) -> Fitted {
    if let letter = self.typefaces.missing(in: text, typeface) {
      throw PaperFault.letterMissing(field, letter: letter, file: typeface.file)
    }
    for size in sizes {
      let lines = self.lines(of: text, typeface, size, width: width, tracking: tracking)
      if let lines, lines.count <= limit { return Fitted(size: size, lines: lines) }
    }
    throw PaperFault.tooLong(field)
  }

  /// Both texts of a pair in the smaller of their two sizes.
  func pair(
    _ first: String, _ second: String, _ field: PaperField, _ typeface: Typeface, sizes: [Double],
    width: Double, lines limit: Int
  ) throws(PaperFault) -> (size: Double, first: [String], second: [String]) {
    var size = sizes.first ?? 0
    for text in [first, second] {
      let fitted = try self.fit(text, field, typeface, sizes: sizes, width: width, lines: limit)
      size = min(size, fitted.size)
    }
    func lines(_ text: String) -> [String] {
      self.lines(of: text, typeface, size, width: width) ?? []
    }
    return (size, lines(first), lines(second))
  }

  /// The lines of a text, broken at spaces; a word wider than the box behind its hyphens. Nil where a piece
  /// is wider than the box even so.
  func lines(
    of text: String, _ typeface: Typeface, _ size: Double, width: Double, tracking: Double = 0
  ) -> [String]? {
    func fits(_ text: String) -> Bool {
      self.typefaces.width(of: text, typeface, size, tracking: tracking) <= width + 0.000_1
    }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").map(String.init) {
      let longer = line.isEmpty ? word : "\(line) \(word)"
      if fits(longer) {
        line = longer
        continue
      }
      if !line.isEmpty, fits(word) {
        lines.append(line)
        line = word
        continue
      }
      for (index, piece) in Self.pieces(of: word).enumerated() {
        guard fits(piece) else { return nil }
        let longer = index == 0 && !line.isEmpty ? "\(line) \(piece)" : line + piece
        if fits(longer) {
          line = longer
        } else {
          lines.append(line)
          line = piece
        }
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// A word's pieces, each but the last with its hyphen.
  private static func pieces(of word: String) -> [String] {
    let pieces = word.split(separator: "-", omittingEmptySubsequences: false)
    return pieces.enumerated().compactMap { index, piece in
      let text = index + 1 < pieces.count ? "\(piece)-" : String(piece)
      return text.isEmpty ? nil : text
    }
  }

  /// The same number of lines in the narrowest measure: a centred text has no short last line.
  func balanced(
    _ fitted: Fitted, _ text: String, _ typeface: Typeface, width: Double
  ) -> [String] {
    guard fitted.lines.count > 1 else { return fitted.lines }
    var best = fitted.lines
    var (low, high) = (0.0, width)
    for _ in 0..<20 {
      let middle = (low + high) / 2
      let lines = self.lines(of: text, typeface, fitted.size, width: middle)
      if let lines, lines.count == fitted.lines.count {
        (best, high) = (lines, middle)
      } else {
        low = middle
      }
    }
    return best
  }
}
