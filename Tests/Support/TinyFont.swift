/// A TrueType font that a test writes itself: letters of one width, a few octets for each outline.
package struct TinyFont {
  /// The characters, in order; their glyphs are 1, 2, 3 …
  package var characters = TinyFont.all
  /// Of 1,000 units.
  package var advance = 500
  /// Pairs of glyphs, in order, with what they are nearer (negative) or further apart.
  package var pairs: [(Int, Int, Int)] = []
  /// Outlines that are not the usual ones.
  package var outlines: [Int: [UInt8]] = [:]
  /// Tables that are not the usual ones; nil leaves one out.
  package var tables: [String: [UInt8]?] = [:]

  /// What papers are written with: Latin, Cyrillic of all Kazakhstan, signs.
  package static let all: [Unicode.Scalar] =
    [0x20...0x7E, 0xAB...0xAB, 0xB7...0xB7, 0xBB...0xBB, 0x400...0x4FF, 0x2013...0x2013]
    .joined().map { $0 }.compactMap(Unicode.Scalar.init) + ["’", "“", "”", "№"]

  package init(
    characters: [Unicode.Scalar] = TinyFont.all, advance: Int = 500,
    pairs: [(Int, Int, Int)] = [], outlines: [Int: [UInt8]] = [:],
    tables: [String: [UInt8]?] = [:]
  ) {
    self.characters = characters
    self.advance = advance
    self.pairs = pairs
    self.outlines = outlines
    self.tables = tables
  }

  /// A number, highest octet first.
  private static func number(_ number: Int, _ count: Int = 2) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// The file.
  package func octets() -> [UInt8] {
    var tables = self.usual()
    for (name, octets) in self.tables { tables[name] = octets }
    let names = tables.keys.sorted()
    var file: [UInt8] = [0, 1, 0, 0] + Self.number(names.count) + [0, 0, 0, 0, 0, 0]
    var body: [UInt8] = []
    for name in names {
      let octets = tables[name] ?? []
      file += Array(name.utf8) + Self.number(0, 4)
      file += Self.number(12 + 16 * names.count + body.count, 4) + Self.number(octets.count, 4)
      body += octets + Array(repeating: 0, count: (4 - octets.count % 4) % 4)
    }
    return file + body
  }

  private func usual() -> [String: [UInt8]] {
    let count = self.characters.count + 1
    var (glyf, loca): ([UInt8], [UInt8]) = ([], [])
    for glyph in 0..<count {
      loca += Self.number(glyf.count / 2)
      // One contour, and octets that say which glyph it is.
      glyf += self.outlines[glyph] ?? Self.number(1) + Self.number(glyph)
    }
    loca += Self.number(glyf.count / 2)
    var head = [UInt8](repeating: 0, count: 54)
    // The sum of a whole that is no more, once a subset is made.
    head.replaceSubrange(8..<12, with: [0x12, 0x34, 0x56, 0x78])
    head.replaceSubrange(18..<20, with: Self.number(1_000))
    head.replaceSubrange(36..<44, with: [0xFF, 0x38, 0xFF, 0x06, 0x04, 0x4C, 0x03, 0xE8])
    var hhea = [UInt8](repeating: 0, count: 36)
    hhea.replaceSubrange(4..<8, with: Self.number(1_039) + Self.number(-286))
    // All letters have the width of the last one measured.
    hhea.replaceSubrange(34..<36, with: Self.number(2))
    var metrics = [UInt8](repeating: 0, count: 96)
    metrics.replaceSubrange(0..<2, with: Self.number(3))
    metrics.replaceSubrange(88..<90, with: Self.number(700))
    var tables: [String: [UInt8]] = [
      "OS/2": metrics, "cmap": self.cmap(), "glyf": glyf, "head": head, "hhea": hhea,
      "hmtx": Self.number(777) + Self.number(0) + Self.number(self.advance) + Self.number(0)
        + Array(repeating: 0, count: 2 * (count - 2)),
      "loca": loca, "maxp": [0, 1, 0, 0] + Self.number(count),
      "name": [0, 0, 0, 0, 0, 6], "post": [0, 3, 0, 0] + Array(repeating: 0, count: 28),
    ]
    if !self.pairs.isEmpty {
      // A length that overflowed, as in the true fonts.
      var kern = Self.number(0) + Self.number(1) + Self.number(0) + Self.number(7)
      kern += Self.number(1) + Self.number(self.pairs.count) + Array(repeating: 0, count: 6)
      for pair in self.pairs {
        kern += Self.number(pair.0) + Self.number(pair.1) + Self.number(pair.2)
      }
      tables["kern"] = kern
    }
    return tables
  }

  /// A segment for each character.
  private func cmap() -> [UInt8] {
    let sorted = self.characters.enumerated().sorted { $0.element < $1.element }
    let count = sorted.count + 1
    var (ends, deltas): ([UInt8], [UInt8]) = ([], [])
    for (index, character) in sorted {
      ends += Self.number(Int(character.value))
      deltas += Self.number(index + 1 - Int(character.value))
    }
    ends += [0xFF, 0xFF]
    deltas += [0, 1]
    var table = Self.number(4) + Self.number(16 + 8 * count) + Self.number(0)
    table += Self.number(2 * count) + Array(repeating: 0, count: 6)
    table += ends + [0, 0] + ends + deltas + Array(repeating: 0, count: 2 * count)
    return [0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12] + table
  }
}
