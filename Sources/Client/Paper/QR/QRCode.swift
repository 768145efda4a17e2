/// A QR code of level M (ISO/IEC 18004): up to 15 % of it may be spoilt, by a fold or a stamp.
package struct QRCode: Equatable, Sendable {
  /// More than the largest code that a phone reads from the paper holds.
  package struct TooLong: Error, Equatable {}

  /// The largest version: on the sheet a module of it is 0.41 mm wide.
  static let largest = 17

  /// From 1 to 17; it has 17 + 4 · version modules a side.
  package let version: Int
  /// Rows from the top, modules from the left; dark is true.
  package let modules: [[Bool]]

  /// Makes the smallest code that holds the segments, with the mask that disturbs least.
  package init(_ segments: [QRSegment]) throws(TooLong) {
    for version in 1...Self.largest {
      guard let codewords = Self.codewords(segments, version: version) else { continue }
      self.version = version
      let grids = (0..<8).map { mask in
        var grid = QRGrid(version: version)
        grid.place(codewords, mask: mask)
        return grid
      }
      let penalties = grids.map { QRPenalty.of($0.modules) }
      // Of equal ones the first, so that one text is one picture.
      let best = penalties.indices.min { penalties[$0] < penalties[$1] } ?? 0
      self.modules = grids[best].modules
      return
    }
    throw TooLong()
  }

  /// Check codewords of a block, and blocks, of level M by version (table 9).
  private static let blocks: [(check: Int, count: Int)] = [
    (10, 1), (16, 1), (26, 1), (18, 2), (24, 2), (16, 4), (18, 4), (22, 4), (22, 5), (26, 5),
    (30, 5), (22, 8), (22, 9), (24, 9), (24, 10), (28, 10), (28, 11),
  ]

  /// Data and check codewords as they are placed: block by block taken turn about (section 7.6); nil where
  /// the segments do not fit.
  static func codewords(_ segments: [QRSegment], version: Int) -> [UInt8]? {
    let (check, count) = Self.blocks[version - 1]
    let room = QRGrid(version: version).room / 8 - check * count
    var bits = QRBits()
    for segment in segments { segment.write(to: &bits, version: version) }
    guard let data = bits.codewords(room) else { return nil }
    // The last blocks are longer by one where the codewords do not come out even.
    let long = room % count
    var blocks: [ArraySlice<UInt8>] = []
    var start = 0
    for block in 0..<count {
      let end = start + room / count + (block >= count - long ? 1 : 0)
      blocks.append(data[start..<end])
      start = end
    }
    let code = ReedSolomon(count: check)
    return Self.interleaved(blocks.map(Array.init)) + Self.interleaved(blocks.map(code.check))
  }

  /// The first of each, the second of each, and so on.
  private static func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
    (0..<(blocks.map(\.count).max() ?? 0)).flatMap { index in
      blocks.compactMap { index < $0.count ? $0[index] : nil }
    }
  }
}
