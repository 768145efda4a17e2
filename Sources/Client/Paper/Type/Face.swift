/// A face of a TrueType font: what is needed to measure a text, to set it, and to embed what it used.
package struct Face: Sendable {
  /// The file is no face that this program can use.
  package struct Fault: Error, Equatable {
    /// The table that is missing or says nonsense; "sfnt" for the file as a whole.
    package let table: String
  }

  /// Units of the em square; all other measures are in them.
  let unitsPerEm: Int
  let ascent: Int
  let descent: Int
  let capHeight: Int
  /// Left, bottom, right, top of all glyphs.
  let box: [Int]
  /// In 1/65,536 of a degree, from the vertical; negative leans to the right.
  let italicAngle: Int
  /// By glyph.
  private let advances: [Int]
  /// Glyphs of characters.
  private let glyphs: [UInt16: UInt16]
  /// Where each glyph's outline begins in `glyf`, and where the last ends.
  let outlines: [Int]
  /// The pairs of `kern`, six octets each, in order.
  let pairs: [UInt8]
  let tables: [String: FontTable]

  /// Reads a file of one face with outlines of quadratic curves.
  package init(_ file: [UInt8]) throws(Fault) {
    let tables = try Self.tables(of: file)
    func table(_ name: String) throws(Fault) -> FontTable {
      guard let table = tables[name] else { throw Fault(table: name) }
      return table
    }
    self.tables = tables
    let head = try table("head")
    self.unitsPerEm = try head.uint16(18)
    guard self.unitsPerEm > 0 else { throw Fault(table: "head") }
    self.box = [
      try head.int16(36), try head.int16(38), try head.int16(40), try head.int16(42),
    ]
    let hhea = try table("hhea")
    self.ascent = try hhea.int16(4)
    self.descent = try hhea.int16(6)
    let count = try table("maxp").uint16(4)
    let measured = try hhea.uint16(34)
    let hmtx = try table("hmtx")
    guard (1...max(1, count)).contains(measured) else { throw Fault(table: "hhea") }
    var advances: [Int] = []
    for glyph in 0..<count { advances.append(try hmtx.uint16(4 * min(glyph, measured - 1))) }
    self.advances = advances
    let metrics = try table("OS/2")
    self.capHeight = try metrics.uint16(0) >= 2 ? metrics.int16(88) : self.ascent
    let post = try table("post")
    self.italicAngle = Int(Int32(truncatingIfNeeded: try post.uint32(4)))
    self.glyphs = try Self.glyphs(of: table("cmap"), count)
    let glyf = try table("glyf")
    let loca = try table("loca")
    let isLong = try head.int16(50) == 1
    var outlines: [Int] = []
    for glyph in 0...count {
      outlines.append(try isLong ? loca.uint32(4 * glyph) : loca.uint16(2 * glyph) * 2)
    }
    let isInOrder = zip(outlines, outlines.dropFirst()).allSatisfy { $0 <= $1 }
    guard isInOrder, outlines[count] <= glyf.octets.count else { throw Fault(table: "loca") }
    self.outlines = outlines
    self.pairs = try tables["kern"].map { kern throws(Fault) in try Self.pairs(of: kern) } ?? []
  }

  /// The file's tables by name.
  private static func tables(of file: [UInt8]) throws(Fault) -> [String: FontTable] {
    let directory = FontTable(name: "sfnt", octets: file)
    let kind = try directory.uint32(0)
    guard kind == 0x0001_0000 || kind == 0x7472_7565 else { throw Fault(table: "sfnt") }
    var tables: [String: FontTable] = [:]
    for index in 0..<(try directory.uint16(4)) {
      let entry = 12 + 16 * index
      let (offset, length) = (try directory.uint32(entry + 8), try directory.uint32(entry + 12))
      guard offset + length <= file.count,
        let name = String(validating: file[entry..<entry + 4], as: UTF8.self)
      else { throw Fault(table: "sfnt") }
      tables[name] = FontTable(name: name, octets: Array(file[offset..<offset + length]))
    }
    return tables
  }

  /// The characters of Unicode's first plane, from a subtable of format 4.
  private static func glyphs(of cmap: FontTable, _ count: Int) throws(Fault) -> [UInt16: UInt16] {
    for index in 0..<(try cmap.uint16(2)) {
      let entry = 4 + 8 * index
      let start = try cmap.uint32(entry + 4)
      guard try cmap.uint16(entry) == 3, try cmap.uint16(entry + 2) == 1,
        try cmap.uint16(start) == 4
      else { continue }
      return try Self.glyphs(of: cmap, at: start, count)
    }
    throw Fault(table: "cmap")
  }

  private static func glyphs(
    of cmap: FontTable, at start: Int, _ count: Int
  ) throws(Fault) -> [UInt16: UInt16] {
    let segments = try cmap.uint16(start + 6)
    let ends = start + 14
    let starts = ends + segments + 2
    var glyphs: [UInt16: UInt16] = [:]
    for segment in stride(from: 0, to: segments, by: 2) {
      let first = try cmap.uint16(starts + segment)
      let last = try cmap.uint16(ends + segment)
      let delta = try cmap.uint16(starts + segments + segment)
      let place = starts + 2 * segments + segment
      let offset = try cmap.uint16(place)
      guard first <= last else { throw Fault(table: "cmap") }
      // U+FFFF ends the list and is no character.
      for character in first...last where character != 0xFFFF {
        var glyph = character
        if offset != 0 { glyph = try cmap.uint16(place + offset + 2 * (character - first)) }
        if offset == 0 || glyph != 0 { glyph = (glyph + delta) & 0xFFFF }
        guard glyph != 0 else { continue }
        guard glyph < count else { throw Fault(table: "cmap") }
        glyphs[UInt16(character)] = UInt16(glyph)
      }
    }
    return glyphs
  }

  /// The pairs of the first subtable. Its length overflows where there are more than 10,920 pairs: their
  /// number is believed.
  private static func pairs(of kern: FontTable) throws(Fault) -> [UInt8] {
    guard try kern.uint16(0) == 0, try kern.uint16(2) > 0, try kern.uint16(8) & 0xFF01 == 1 else {
      return []
    }
    let end = 18 + 6 * (try kern.uint16(10))
    guard end <= kern.octets.count else { throw Fault(table: "kern") }
    return Array(kern.octets[18..<end])
  }

  /// The glyph of a character; nil where the face has none. A space that does not break is a space.
  func glyph(of scalar: Unicode.Scalar) -> UInt16? {
    UInt16(exactly: scalar == "\u{A0}" ? 0x20 : scalar.value).flatMap { self.glyphs[$0] }
  }

  /// How far a glyph moves on.
  func advance(of glyph: UInt16) -> Int {
    Int(glyph) < self.advances.count ? self.advances[Int(glyph)] : 0
  }

  /// How much nearer (negative) or further two glyphs stand than their advances say.
  func kerning(_ left: UInt16, _ right: UInt16) -> Int {
    var (low, high) = (0, self.pairs.count / 6)
    let wanted = Int(left) << 16 | Int(right)
    while low < high {
      let middle = (low + high) / 2
      let octets = self.pairs[6 * middle..<6 * middle + 6]
      let key = octets.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      if key == wanted {
        return Int(Int16(truncatingIfNeeded: octets.suffix(2).reduce(0) { $0 << 8 | Int($1) }))
      }
      if key < wanted { low = middle + 1 } else { high = middle }
    }
    return 0
  }
}
