import BitimTestSupport
import Testing

@testable import BitimPaper

/// Letters are half an em wide: at 12 points a letter is 6 points, and twelve are an inch.
@Suite("Texts that fit")
struct FittingTests {
  private let fitting: Fitting

  init() throws {
    self.fitting = Fitting(typefaces: try TinyFont.typefaces())
  }

  private func fit(
    _ text: String, sizes: [Double] = [12], width: Double = 25.4, lines: Int = 1
  ) throws(PaperFault) -> Fitting.Fitted {
    try self.fitting.fit(text, .title, .serif, sizes: sizes, width: width, lines: lines)
  }

  @Test("a text is measured by its letters' widths, tracking between them alone")
  func width() {
    let faces = self.fitting.typefaces
    #expect(abs(faces.width(of: "Өтегенова Ұл", .serif, 12) - 25.4) < 0.000_1)
    // Three letters at 20 points: 30 points, and two gaps of 4.
    #expect(abs(faces.width(of: "Сәт", .serif, 20, tracking: 0.2) - 38 * 25.4 / 72) < 0.000_1)
  }

  @Test("the first size is taken at which every line fits")
  func sizes() throws {
    #expect(
      try self.fit("Өтегенова Ұл", sizes: [12, 6]) == .init(size: 12, lines: ["Өтегенова Ұл"]))
    let longer = "Өтегенова Ұлжан"
    #expect(try self.fit(longer, sizes: [12, 11, 9]) == .init(size: 9, lines: [longer]))
    #expect(
      try self.fit(longer, sizes: [12, 6], lines: 2)
        == .init(size: 12, lines: ["Өтегенова", "Ұлжан"]))
  }

  @Test("a text breaks at spaces; a space that does not break holds its words together")
  func spaces() throws {
    #expect(try self.fit("а б 72\u{A0}сағат бар", lines: 2).lines == ["а б 72\u{A0}сағат", "бар"])
    #expect(
      try self.fit("аааа ббб 72\u{A0}сағат", lines: 2).lines == ["аааа ббб", "72\u{A0}сағат"])
  }

  @Test("a word that is wider than its box breaks behind its hyphen, and nowhere else")
  func hyphens() throws {
    #expect(
      try self.fit("Алматы Өскемен-Қостанай", lines: 3).lines == ["Алматы", "Өскемен-", "Қостанай"])
    #expect(try self.fit("әә Өскемен-Қостанай", lines: 2).lines == ["әә Өскемен-", "Қостанай"])
    #expect(throws: PaperFault.tooLong(.title)) { try self.fit("аааааааааааааа", lines: 9) }
  }

  @Test("what does not fit at the smallest size is refused by its field, and nothing is cut")
  func tooLong() {
    #expect(throws: PaperFault.tooLong(.title)) {
      try self.fit("Өтегенова Ұлжан Ғабитқызы", sizes: [12, 11], lines: 1)
    }
  }

  @Test("a letter that the face lacks is refused by field, letter and file")
  func letter() {
    #expect(throws: PaperFault.letterMissing(.title, letter: "ŋ", file: "PTF55F.ttf")) {
      try self.fit("аŋ")
    }
  }

  @Test("both languages of a pair take the smaller size")
  func pairs() throws {
    let pair = try self.fitting.pair(
      "Қысқа", "Подлиннее чем", .title, .serif, sizes: [12, 10, 8], width: 25.4, lines: 1)
    #expect(pair.size == 10)
    #expect(pair.first == ["Қысқа"])
    #expect(pair.second == ["Подлиннее чем"])
  }

  @Test("a centred text takes the narrowest measure with the same number of lines")
  func balance() throws {
    let text = "аа бб вв гг дд"
    let fitted = try self.fit(text, lines: 2)
    #expect(fitted.lines == ["аа бб вв гг", "дд"])
    #expect(
      self.fitting.balanced(fitted, text, .serif, width: 25.4) == ["аа бб вв", "гг дд"])
  }
}
