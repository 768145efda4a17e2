/// The square of a QR code while it is filled: patterns first, then codewords around them.
struct QRGrid {
  let version: Int
  private let size: Int
  private(set) var modules: [[Bool]]
  /// Where a pattern is, or will be: no codeword goes there.
  private var isTaken: [[Bool]]

  /// A square with finders, timing, alignment and version; the format's place is kept.
  init(version: Int) {
    self.version = version
    self.size = 17 + 4 * version
    let row = [Bool](repeating: false, count: self.size)
    self.modules = Array(repeating: row, count: self.size)
    self.isTaken = self.modules
    for index in 0..<self.size {
      self.take(6, index, index % 2 == 0)
      self.take(index, 6, index % 2 == 0)
    }
    self.finder(3, 3)
    self.finder(3, self.size - 4)
    self.finder(self.size - 4, 3)
    self.alignments()
    self.format(mask: 0)
    if version >= 7 { self.versions() }
  }

  /// How many modules are free for codewords.
  var room: Int { self.isTaken.joined().count { !$0 } }

  /// Fills the free modules with the codewords under a mask, and says which.
  mutating func place(_ codewords: [UInt8], mask: Int) {
    var bits = codewords.lazy.flatMap { octet in (0..<8).map { octet >> (7 - $0) & 1 == 1 } }
      .makeIterator()
    // Two columns at a time from the right, up and down by turns; the timing column is passed over.
    var isUpward = true
    for right in [Int](stride(from: self.size - 1, to: 6, by: -2)) + [5, 3, 1] {
      for step in 0..<self.size {
        let row = isUpward ? self.size - 1 - step : step
        for column in [right, right - 1] where !self.isTaken[row][column] {
          // The bits beyond the last codeword are zeros.
          let bit = bits.next() ?? false
          self.modules[row][column] = bit != Self.isMasked(mask, row, column)
        }
      }
      isUpward.toggle()
    }
    self.format(mask: mask)
  }

  /// Whether a mask turns a module over (table 10).
  private static func isMasked(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
    switch mask {
    case 0: (row + column) % 2 == 0
    case 1: row % 2 == 0
    case 2: column % 3 == 0
    case 3: (row + column) % 3 == 0
    case 4: (row / 2 + column / 3) % 2 == 0
    case 5: row * column % 2 + row * column % 3 == 0
    case 6: (row * column % 2 + row * column % 3) % 2 == 0
    default: ((row + column) % 2 + row * column % 3) % 2 == 0
    }
  }

  private mutating func take(_ row: Int, _ column: Int, _ isDark: Bool) {
    self.modules[row][column] = isDark
    self.isTaken[row][column] = true
  }

  /// A finder around its middle, with the light line that parts it from the rest.
  private mutating func finder(_ row: Int, _ column: Int) {
    for down in -4...4 {
      for right in -4...4 {
        guard self.modules.indices.contains(row + down),
          self.modules.indices.contains(column + right)
        else { continue }
        let ring = max(abs(down), abs(right))
        self.take(row + down, column + right, ring != 2 && ring != 4)
      }
    }
  }

  /// Where alignment patterns stand, by version, down as across (annex E).
  private static let centres: [[Int]] = [
    [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46],
    [6, 28, 50], [6, 30, 54], [6, 32, 58], [6, 34, 62], [6, 26, 46, 66], [6, 26, 48, 70],
    [6, 26, 50, 74], [6, 30, 54, 78],
  ]

  private mutating func alignments() {
    let centres = Self.centres[self.version - 1]
    guard let first = centres.first, let last = centres.last else { return }
    for row in centres {
      for column in centres {
        // Three corners are the finders'.
        let corner = (row == first || row == last) && (column == first || column == last)
        if corner && !(row == last && column == last) { continue }
        for down in -2...2 {
          for right in -2...2 {
            self.take(row + down, column + right, max(abs(down), abs(right)) != 1)
          }
        }
      }
    }
  }

  /// Level M and the mask, twice (section 7.9).
  private mutating func format(mask: Int) {
    let bits = Self.formatBits(mask: mask)
    for place in 0..<15 {
      let isDark = bits >> place & 1 == 1
      // Beside the upper left finder, down its right side and back along its foot.
      switch place {
      case 0...5: self.take(place, 8, isDark)
      case 6, 7: self.take(place + 1, 8, isDark)
      case 8: self.take(8, 7, isDark)
      default: self.take(8, 14 - place, isDark)
      }
      // Under the upper right one, and beside the lower left one.
      if place < 8 {
        self.take(8, self.size - 1 - place, isDark)
      } else {
        self.take(self.size - 15 + place, 8, isDark)
      }
    }
    self.take(self.size - 8, 8, true)
  }

  /// The fifteen bits of level M with a mask: BCH (15, 5), turned over by 101010000010010.
  static func formatBits(mask: Int) -> Int {
    let data = 0b00 << 3 | mask
    return (data << 10 | Self.remainder(data << 10, by: 0b101_0011_0111)) ^ 0b101_0100_0001_0010
  }

  /// The version twice, from version 7 on (section 7.10).
  private mutating func versions() {
    let bits = Self.versionBits(self.version)
    for place in 0..<18 {
      let isDark = bits >> place & 1 == 1
      self.take(place / 3, self.size - 11 + place % 3, isDark)
      self.take(self.size - 11 + place % 3, place / 3, isDark)
    }
  }

  /// The eighteen bits of a version: BCH (18, 6).
  static func versionBits(_ version: Int) -> Int {
    version << 12 | Self.remainder(version << 12, by: 0b1_1111_0010_0101)
  }

  /// The remainder of a division of polynomials over two elements.
  private static func remainder(_ value: Int, by divisor: Int) -> Int {
    var rest = value
    let top = divisor.bitWidth - divisor.leadingZeroBitCount
    while rest.bitWidth - rest.leadingZeroBitCount >= top {
      rest ^= divisor << (rest.bitWidth - rest.leadingZeroBitCount - top)
    }
    return rest
  }
}
