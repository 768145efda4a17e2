import BitimTestSupport
import Testing

@testable import BitimPaper

@Suite("Faces")
struct FaceTests {
  /// The words of a file as its directory sums them up.
  private static func table(_ name: String, in file: [UInt8]) throws -> [UInt8] {
    let whole = FontTable(name: "sfnt", octets: file)
    for index in 0..<(try whole.uint16(4)) {
      let entry = 12 + 16 * index
      guard Array(file[entry..<entry + 4]) == Array(name.utf8) else { continue }
      let (start, length) = (try whole.uint32(entry + 8), try whole.uint32(entry + 12))
      let octets = Array(file[start..<start + length])
      // The sum of `head` leaves out the sum of the whole, which stands in it.
      if name == "head" { return octets }
      #expect(try whole.uint32(entry + 4) == Int(FontTable.checksum(of: octets)))
      return octets
    }
    throw Face.Fault(table: name)
  }

  @Test("a face tells glyphs, widths and measures; a space that does not break is a space")
  func reads() throws {
    let face = try Face(TinyFont(characters: [" ", "Ә", "Ұ"], advance: 640).octets())
    #expect([" ", "Ә", "Ұ", "Ŭ"].map(face.glyph) == [1, 2, 3, nil])
    #expect(face.glyph(of: "\u{A0}") == 1)
    #expect(face.glyph(of: "\u{1F600}") == nil)
    #expect([0, 1, 3].map { face.advance(of: $0) } == [777, 640, 640])
    #expect(
      [face.unitsPerEm, face.ascent, face.descent, face.capHeight] == [1_000, 1_039, -286, 700])
    #expect(face.box == [-200, -250, 1_100, 1_000])
  }

  @Test("pairs are found by their number, whatever the table's length says")
  func kerning() throws {
    let face = try Face(TinyFont(pairs: [(1, 2, -30), (1, 9, 12), (70, 3, -80)]).octets())
    #expect(face.kerning(1, 2) == -30)
    #expect(face.kerning(1, 9) == 12)
    #expect(face.kerning(70, 3) == -80)
    #expect(face.kerning(1, 3) == 0)
    #expect(face.kerning(2, 1) == 0)
    #expect(try Face(TinyFont().octets()).kerning(1, 2) == 0)
  }

  @Test(
    "a file that lacks a table, or whose table says nonsense, is refused by the table's name",
    arguments: ["OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post"])
  func lacks(name: String) throws {
    #expect(throws: Face.Fault(table: name)) {
      try Face(TinyFont(tables: [name: nil]).octets())
    }
    if name != "glyf" {
      #expect(throws: Face.Fault(table: name)) {
        try Face(TinyFont(tables: [name: [0, 3]]).octets())
      }
    }
  }

  @Test("what is no font, or ends before its tables do, is refused")
  func noFont() {
    // One with outlines of cubic curves begins with OTTO.
    let cubic = Array("OTTO".utf8) + TinyFont().octets().dropFirst(4)
    for octets in [
      cubic, Array("%PDF-1.7 and more".utf8), [], Array(TinyFont().octets().prefix(200)),
    ] {
      #expect(throws: Face.Fault(table: "sfnt")) { try Face(octets) }
    }
  }

  @Test("outlines that are not in order, or beyond their table, are refused")
  func outlines() {
    let three: [Unicode.Scalar] = ["а", "ә"]
    for loca: [UInt8] in [[0, 0, 0, 3, 0, 2, 0, 4], [0, 0, 0, 1, 0, 2, 0, 200]] {
      #expect(throws: Face.Fault(table: "loca")) {
        try Face(TinyFont(characters: three, tables: ["loca": loca]).octets())
      }
    }
  }

  @Test(
    "a character of a glyph that is not there, and a segment that ends before it begins, are refused"
  )
  func characters() {
    for (last, delta) in [(0x61, 900), (0x60, -0x60)] {
      var cmap: [UInt8] = [0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4, 0, 32, 0, 0, 0, 4]
      cmap += [0, 0, 0, 0, 0, 0, 0, UInt8(last), 0xFF, 0xFF, 0, 0, 0, 0x61, 0xFF, 0xFF]
      cmap.append(number: delta, octets: 2)
      cmap += [0, 1, 0, 0, 0, 0]
      #expect(throws: Face.Fault(table: "cmap")) {
        try Face(TinyFont(tables: ["cmap": cmap]).octets())
      }
    }
  }

  @Test("more pairs than the table holds are refused")
  func pairs() {
    let kern: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 26, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 9]
    #expect(throws: Face.Fault(table: "kern")) {
      try Face(TinyFont(tables: ["kern": kern]).octets())
    }
  }

  @Test("a subset keeps the numbers of glyphs, and the outlines of those used and of their parts")
  func subset() throws {
    // Glyph 3 is put together of 2 and 1: each with flags, number and two offsets of an octet.
    let parts: [UInt8] =
      [0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0] + [0, 0x22, 0, 2, 5, 6] + [0, 0x02, 0, 1, 7, 8]
    let font = TinyFont(characters: ["а", "б", "в", "г"], outlines: [3: parts])
    let file = try Face(font.octets()).subset([3], for: .pdf)
    #expect(FontTable.checksum(of: file) == 0xB1B0_AFBA)
    // The outlines of 0, 1, 2 and 3, each from an offset of four octets on; of 4 there is none.
    #expect(
      try Self.table("glyf", in: file) == [0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 2] + parts + [0, 0])
    let loca = FontTable(name: "loca", octets: try Self.table("loca", in: file))
    #expect(try (0...5).map { try loca.uint32(4 * $0) } == [0, 4, 8, 12, 36, 36])
    let head = FontTable(name: "head", octets: try Self.table("head", in: file))
    #expect(try head.uint16(50) == 1)
    #expect(try Self.table("hmtx", in: file).prefix(8) == [3, 9, 0, 0, 1, 0xF4, 0, 0])
    #expect(throws: Face.Fault(table: "cmap")) { try Self.table("cmap", in: file) }
  }

  @Test("a browser gets characters, names and the table of the system besides")
  func web() throws {
    let file = try Face(TinyFont().octets()).subset([1], for: .web)
    for name in ["OS/2", "cmap", "name"] { _ = try Self.table(name, in: file) }
    #expect(try Self.table("post", in: file) == [0, 3, 0, 0] + Array(repeating: 0, count: 28))
    #expect(FontTable.checksum(of: file) == 0xB1B0_AFBA)
  }

  @Test("a browser gets the pairs of the letters used, in a table whose length is true")
  func webKerning() throws {
    let font = TinyFont(pairs: [(1, 2, -30), (1, 9, 12), (2, 9, 5), (9, 1, -7), (70, 3, -80)])
    let kern = try Self.table("kern", in: Face(font.octets()).subset([1, 2, 9], for: .web))
    #expect(
      kern == [0, 0, 0, 1, 0, 0, 0, 38, 0, 1, 0, 4, 0, 24, 0, 2, 0, 0]
        + [0, 1, 0, 2, 0xFF, 0xE2, 0, 1, 0, 9, 0, 12, 0, 2, 0, 9, 0, 5, 0, 9, 0, 1, 0xFF, 0xF9])
    #expect(throws: Face.Fault(table: "kern")) {
      try Self.table("kern", in: Face(font.octets()).subset([3, 4], for: .web))
    }
  }

  @Test("a part may be scaled by one number, two or four, and have offsets of two octets")
  func scaledParts() throws {
    for (flags, octets) in [(0x08, 2), (0x40, 4), (0x80, 8)] {
      // Glyph 3 has glyph 1, scaled, with offsets of two octets each, and behind it glyph 2.
      var outline: [UInt8] = [0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]
      outline += [0, UInt8(0x21 | flags), 0, 1, 0, 5, 0, 6] + Array(repeating: 0x7F, count: octets)
      outline += [0, 0x02, 0, 2, 7, 8]
      let face = try Face(TinyFont(characters: ["а", "б", "в"], outlines: [3: outline]).octets())
      let glyf = try Self.table("glyf", in: face.subset([3], for: .pdf))
      #expect(Array(glyf.prefix(12)) == [0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 2], "\(flags)")
    }
  }

  @Test("a part that is no glyph, or runs beyond the outlines, is refused")
  func brokenParts() throws {
    for part: [UInt8] in [[0, 0x02, 0, 99, 0, 0], [0, 0x02]] {
      let outline = [0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0] + part
      let face = try Face(TinyFont(characters: ["а"], outlines: [1: outline]).octets())
      #expect(throws: Face.Fault(table: "glyf")) { try face.subset([1], for: .pdf) }
    }
  }

  @Test("whatever octets a file has, it is a face or refused, and so is its subset")
  func anyOctets() throws {
    let font = TinyFont(characters: Array(TinyFont.all.prefix(40)), pairs: [(1, 2, -30)])
    let file = font.octets()
    var state: UInt64 = 20_261_128
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var (faces, refused) = (0, 0)
    for _ in 0..<3_000 {
      var octets = file
      for _ in 0...draw(3) { octets[draw(octets.count)] = UInt8(draw(256)) }
      if draw(10) == 0 { octets.removeLast(draw(octets.count)) }
      do {
        let face = try Face(octets)
        _ = face.kerning(1, 2)
        for glyph: UInt16 in 0...40 { _ = face.advance(of: glyph) }
        _ = try face.subset([1, 5, 40], for: .web)
        faces += 1
      } catch {
        refused += 1
      }
    }
    // Both happen: the test tries what it says.
    #expect(faces > 300)
    #expect(refused > 300)
  }

  @Test("six files are asked for; what is missing or no face is said by its file")
  func typefaces() throws {
    var asked: [String] = []
    let octets = TinyFont().octets()
    let all = [
      "PTF55F.ttf", "PTF75F.ttf", "PTF56F.ttf", "PTS55F.ttf", "PTS75F.ttf", "PTM75F.ttf",
    ]
    _ = try Typefaces { name in
      asked.append(name)
      return octets
    }
    #expect(asked == all)
    #expect(throws: PaperFault.faceMissing(file: "PTS75F.ttf")) {
      try Typefaces { $0 == "PTS75F.ttf" ? nil : octets }
    }
    #expect(throws: PaperFault.faceUnusable(file: "PTF56F.ttf", table: "sfnt")) {
      try Typefaces { $0 == "PTF56F.ttf" ? [1, 2, 3] : octets }
    }
  }
}
