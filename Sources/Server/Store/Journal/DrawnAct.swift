import BitimCrypto

/// An act's place in a sample: SHA-256 over the seed, a colon and its number.
///
/// Each place is drawn by itself: an act that comes later moves none, and whoever knows the seed draws the same.
struct DrawnAct: Comparable {
  let number: Int64
  /// The first eight octets, which tell the places of all acts that a journal can have apart.
  private let drawn: UInt64

  init(_ number: Int64, by seed: String) {
    self.number = number
    self.drawn = SHA256.digest(Array("\(seed):\(number)".utf8)).prefix(8)
      .reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func < (left: DrawnAct, right: DrawnAct) -> Bool {
    (left.drawn, left.number) < (right.drawn, right.number)
  }
}
