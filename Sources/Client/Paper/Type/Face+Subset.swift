extension Face {
  /// Where a font is embedded: a browser asks for more tables than a reader of PDF.
  enum Use {
    case pdf
    case web

    /// The tables that are taken over as they are.
    fileprivate var copied: [String] {
      let both = ["cvt ", "fpgm", "hhea", "hmtx", "maxp", "prep"]
      return self == .pdf ? both : both + ["OS/2", "cmap", "name"]
    }
  }

  /// A font of the outlines of these glyphs alone. Glyphs keep their numbers: the others are blank.
  func subset(_ glyphs: Set<UInt16>, for use: Use) throws(Fault) -> [UInt8] {
    let kept = try self.withParts(glyphs)
    let source = self.tables["glyf"]?.octets ?? []
    var (glyf, loca): ([UInt8], [UInt8]) = ([], [])
    for glyph in 0..<self.outlines.count - 1 {
      loca.append(number: glyf.count, octets: 4)
      guard kept.contains(UInt16(glyph)) else { continue }
      glyf += source[self.outlines[glyph]..<self.outlines[glyph + 1]]
      glyf += Array(repeating: 0, count: (4 - glyf.count % 4) % 4)
    }
    loca.append(number: glyf.count, octets: 4)
    var tables: [String: [UInt8]] = ["glyf": glyf, "loca": loca]
    for name in use.copied { tables[name] = self.tables[name]?.octets }
    var head = self.tables["head"]?.octets ?? []
    // The sum of the whole is put in at the end; offsets are of four octets.
    head.replaceSubrange(8..<12, with: [0, 0, 0, 0])
    head.replaceSubrange(50..<52, with: [0, 1])
    tables["head"] = head
    if use == .web {
      tables["post"] = self.namelessPost()
      tables["kern"] = self.kern(among: glyphs)
    }
    return Self.file(of: tables)
  }

  /// The glyphs with all that they are put together of.
  private func withParts(_ glyphs: Set<UInt16>) throws(Fault) -> Set<UInt16> {
    let glyf = FontTable(name: "glyf", octets: self.tables["glyf"]?.octets ?? [])
    // The first glyph is the one for what is missing: each font has it.
    var kept: Set<UInt16> = [0]
    var waiting = Array(glyphs)
    while let glyph = waiting.popLast() {
      guard Int(glyph) + 1 < self.outlines.count else { throw Fault(table: "glyf") }
      guard kept.insert(glyph).inserted else { continue }
      let start = self.outlines[Int(glyph)]
      guard self.outlines[Int(glyph) + 1] > start, try glyf.int16(start) < 0 else { continue }
      var place = start + 10
      var flags = 0x20
      while flags & 0x20 != 0 {
        flags = try glyf.uint16(place)
        waiting.append(UInt16(truncatingIfNeeded: try glyf.uint16(place + 2)))
        // Offsets of one or two octets each; then a scale, two, or four numbers, or none.
        place += 4 + (flags & 0x01 != 0 ? 4 : 2)
        place += flags & 0x08 != 0 ? 2 : flags & 0x40 != 0 ? 4 : flags & 0x80 != 0 ? 8 : 0
      }
    }
    return kept
  }

  /// The table `kern` with the pairs of these glyphs alone; nil where there are none, or more than the
  /// table's length can say: then a browser sets them by their advances.
  private func kern(among glyphs: Set<UInt16>) -> [UInt8]? {
    var pairs: [UInt8] = []
    for start in stride(from: 0, to: self.pairs.count, by: 6) {
      let pair = self.pairs[start..<start + 6]
      let numbers = pair.map(UInt16.init)
      guard glyphs.contains(numbers[0] << 8 | numbers[1]),
        glyphs.contains(numbers[2] << 8 | numbers[3])
      else { continue }
      pairs += pair
    }
    let (count, length) = (pairs.count / 6, 14 + pairs.count)
    guard count > 0, length <= 0xFFFF else { return nil }
    let power = Int.bitWidth - 1 - count.leadingZeroBitCount
    var kern: [UInt8] = []
    // Version, tables, then one: version, length, horizontal; pairs, and how to look among them.
    for number in [0, 1, 0, length, 1, count, 6 << power, power, 6 * (count - 1 << power)] {
      kern.append(number: number, octets: 2)
    }
    return kern + pairs
  }

  /// The table `post` without names of glyphs, which nobody asks for.
  private func namelessPost() -> [UInt8] {
    let post = self.tables["post"]?.octets ?? []
    return [0, 3, 0, 0] + post.dropFirst(4).prefix(28)
  }

  /// A font file of tables, with all sums.
  private static func file(of tables: [String: [UInt8]]) -> [UInt8] {
    let names = tables.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var file: [UInt8] = [0, 1, 0, 0]
    let power = Int.bitWidth - 1 - names.count.leadingZeroBitCount
    file.append(number: names.count, octets: 2)
    file.append(number: 16 << power, octets: 2)
    file.append(number: power, octets: 2)
    file.append(number: 16 * names.count - 16 << power, octets: 2)
    var body: [UInt8] = []
    var head = 0
    for name in names {
      let octets = tables[name] ?? []
      let start = 12 + 16 * names.count + body.count
      if name == "head" { head = start }
      file += Array(name.utf8)
      file.append(number: Int(FontTable.checksum(of: octets)), octets: 4)
      file.append(number: start, octets: 4)
      file.append(number: octets.count, octets: 4)
      body += octets + Array(repeating: 0, count: (4 - octets.count % 4) % 4)
    }
    file += body
    var sum: [UInt8] = []
    sum.append(number: Int(0xB1B0_AFBA &- FontTable.checksum(of: file)), octets: 4)
    file.replaceSubrange(head + 8..<head + 12, with: sum)
    return file
  }
}
