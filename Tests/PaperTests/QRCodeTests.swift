import Testing

@testable import BitimPaper

@Suite("QR codes")
struct QRCodeTests {
  // ISO/IEC 18004, annex I: "01234567" in version 1-M.
  @Test("the check codewords are those of the standard's worked example")
  func annexI() {
    let data: [UInt8] = [
      0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC,
      0x11,
    ]
    #expect(
      ReedSolomon(count: 10).check(of: data[...])
        == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
  }

  // By hand, with x² for the generator's second coefficient: (x − 1)(x − 2) = x² + 3x + 2.
  @Test("two check codewords are the remainder by x² + 3x + 2")
  func twoByHand() {
    #expect(ReedSolomon(count: 2).check(of: [1]) == [3, 2])
    // 2 · (3, 2), and 0x80 · (3, 2) = (0x180, 0x100) mod 0x11D.
    #expect(ReedSolomon(count: 2).check(of: [2]) == [6, 4])
    #expect(ReedSolomon(count: 2).check(of: [0x80]) == [0x9D, 0x1D])
  }

  // Annex C: level M and mask 101 are 00101, and with BCH and mask 100000011001110.
  @Test("the format is the standard's worked example")
  func format() {
    #expect(QRGrid.formatBits(mask: 0b101) == 0b100_0000_1100_1110)
  }

  // Annex D: version 7 is 000111 110010010100.
  @Test("the version is the standard's worked example")
  func version() {
    #expect(QRGrid.versionBits(7) == 0b00_0111_1100_1001_0100)
  }

  // Section 7.4.4: "AC-42" in version 1 is 0010 000000101 00111001110 11100111001 000010.
  @Test("capitals and digits are written as in the standard's worked example")
  func alphanumeric() {
    var bits = QRBits()
    QRSegment.alphanumeric("AC-42").write(to: &bits, version: 1)
    let text = bits.bits.map { $0 ? "1" : "0" }.joined()
    #expect(text == "00100000001010011100111011100111001000010")
  }

  @Test("octets have their count in 8 bits up to version 9, and in 16 from version 10")
  func octets() {
    for (version, head) in [(9, "010000000010"), (10, "01000000000000000010")] {
      var bits = QRBits()
      QRSegment.octets([0xA5, 0x01]).write(to: &bits, version: version)
      let text = bits.bits.map { $0 ? "1" : "0" }.joined()
      #expect(text == head + "1010010100000001")
    }
  }

  @Test("what is left of the data is a terminator, then 0xEC and 0x11 by turns")
  func padding() {
    var bits = QRBits()
    bits.append(0b101, count: 3)
    #expect(bits.codewords(4) == [0b1010_0000, 0xEC, 0x11, 0xEC])
    bits.append(0b1_1111_1111_1111, count: 13)
    #expect(bits.codewords(2) == [0b1011_1111, 0xFF])
    #expect(bits.codewords(1) == nil)
  }

  // Table 1 of the standard has the codewords of each version.
  @Test("the free modules of a version are its codewords and a rest of less than eight")
  func room() {
    let codewords = [
      26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404, 466, 532, 581, 655, 733, 815,
    ]
    let rests = [0, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3]
    for version in 1...17 {
      #expect(
        QRGrid(version: version).room == codewords[version - 1] * 8 + rests[version - 1],
        "version \(version)")
    }
  }

  @Test("blocks are taken turn about: of version 5-M two of 43, each with 24 check codewords")
  func interleaved() throws {
    let text = (0..<84).map { UInt8($0) }
    let codewords = try #require(QRCode.codewords([.octets(text)], version: 5))
    #expect(codewords.count == 134)
    // Mode 0100, count 84, then the octets: each codeword has the halves of two.
    let data: [UInt8] =
      [0x45, 0x40] + (0..<83).map { UInt8($0) << 4 | UInt8($0 + 1) >> 4 } + [83 << 4 & 0xFF]
    #expect(data.count == 86)
    #expect(Array(codewords[0..<4]) == [data[0], data[43], data[1], data[44]])
    let second = ReedSolomon(count: 24).check(of: data[43...])
    #expect(codewords[87] == second[0])
    #expect(codewords[133] == second[23])
  }

  // Table 7: the octets that a version holds at level M.
  @Test("a text takes the smallest version that holds it, and none above 17")
  func smallest() throws {
    for (count, version) in [(14, 1), (15, 2), (26, 2), (122, 7), (504, 17)] {
      let code = try QRCode([.octets(Array(repeating: 0x41, count: count))])
      #expect(code.version == version)
      #expect(code.modules.count == 17 + 4 * version)
    }
    #expect(throws: QRCode.TooLong()) {
      try QRCode([.octets(Array(repeating: 0x41, count: 505))])
    }
  }

  @Test("the finders stand in three corners, with a light line around, and timing between them")
  func finders() throws {
    let modules = try QRCode([.alphanumeric("BITIM")]).modules
    let line = { (row: Int) in modules[row].map { $0 ? "#" : "." }.joined() }
    #expect(line(0).hasPrefix("#######."))
    #expect(line(0).hasSuffix(".#######"))
    #expect(line(3).hasPrefix("#.###.#."))
    #expect(line(20).hasPrefix("#######."))
    #expect(line(7).hasPrefix("........"))
    #expect(line(6) == "#######.#.#.#.#######")
  }

  @Test("penalties are those of the standard's four rules")
  func penalties() {
    let line = { (text: String) in text.map { $0 == "#" } }
    #expect(QRPenalty.runs(in: line("#.####.#")) == 0)
    #expect(QRPenalty.runs(in: line("#####.#......")) == 3 + 4)
    #expect(QRPenalty.finders(in: line("....#.###.#")) == 40)
    #expect(QRPenalty.finders(in: line("#.###.#....#.###.#....")) == 120)
    #expect(QRPenalty.finders(in: line("...#.###.#...")) == 0)
    #expect(QRPenalty.blocks(in: ["##.", "##.", "..."].map(line)) == 3)
    #expect(QRPenalty.blocks(in: ["###", "###", "..."].map(line)) == 6)
    // 15 of 25 dark are 60 %: two steps of five from the middle.
    let rows = ["#####", "#####", "#####", ".....", "....."].map(line)
    #expect(QRPenalty.balance(of: rows) == 20)
  }
}
