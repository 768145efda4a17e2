/// SHA-256 (FIPS 180-4, section 6.2).
///
/// Hashes public data and tokens of full entropy; its time depends on the length alone.
public struct SHA256: Sendable {
  /// How long a digest is, in octets.
  public static let digestCount = 32
  /// How much is hashed at once, in octets.
  static let blockCount = 64

  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// The block that is being filled; zero where nothing is yet, as the padding wants it.
  private var pending = InlineArray<64, UInt8>(repeating: 0)
  private var pendingCount = 0
  private var hashed: UInt64 = 0

  /// Starts with nothing hashed.
  public init() {}

  /// The digest of `octets`, 32 octets.
  public static func digest(_ octets: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(octets)
    return hash.finish()
  }

  /// Hashes `octets` after what was hashed before.
  public mutating func update(_ octets: [UInt8]) {
    self.update(octets.span)
  }

  /// Hashes `octets` after what was hashed before.
  public mutating func update(_ octets: Span<UInt8>) {
    self.hashed &+= UInt64(octets.count)
    var at = 0
    if self.pendingCount > 0 {
      at = min(Self.blockCount - self.pendingCount, octets.count)
      self.add(octets.extracting(first: at))
      guard self.pendingCount == Self.blockCount else { return }
      self.compressPending()
    }
    while octets.count - at >= Self.blockCount {
      self.compress(octets.extracting(at..<at + Self.blockCount))
      at += Self.blockCount
    }
    self.add(octets.extracting(droppingFirst: at))
  }

  /// The digest of all that was hashed, 32 octets.
  public consuming func finish() -> [UInt8] {
    let bits = self.hashed &* 8
    self.pending[self.pendingCount] = 0x80
    if self.pendingCount >= 56 { self.compressPending() }
    for octet in 0..<8 {
      self.pending[56 &+ octet] = UInt8(truncatingIfNeeded: bits &>> UInt64(56 &- 8 &* octet))
    }
    self.compressPending()
    var digest: [UInt8] = []
    digest.reserveCapacity(Self.digestCount)
    for index in self.state.indices {
      let word = self.state[index].bigEndian
      for octet in 0..<4 { digest.append(UInt8(truncatingIfNeeded: word >> UInt32(8 * octet))) }
    }
    return digest
  }

  /// Puts `octets`, which fit, into the block that is being filled.
  private mutating func add(_ octets: Span<UInt8>) {
    for index in octets.indices { self.pending[self.pendingCount &+ index] = octets[index] }
    self.pendingCount &+= octets.count
  }

  private mutating func compressPending() {
    let block = self.pending
    self.compress(block.span)
    self.pending = InlineArray(repeating: 0)
    self.pendingCount = 0
  }

  // Additions wrap: the standard's words are integers modulo 2^32.
  private mutating func compress(_ block: Span<UInt8>) {
    precondition(block.count == Self.blockCount)
    var w = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 {
      let at = 4 &* index
      w[index] =
        UInt32(block[at]) &<< 24 | UInt32(block[at &+ 1]) &<< 16 | UInt32(block[at &+ 2]) &<< 8
        | UInt32(block[at &+ 3])
    }
    // The standard's sums of two rotations, nested: a word is copied once. In the rounds below each
    // turn waits for the one before, and nesting would make that longer.
    for index in 16..<64 {
      let early = w[index &- 15]
      let late = w[index &- 2]
      let s0 = Self.rotate(early ^ Self.rotate(early, 11), 7) ^ (early &>> 3)
      let s1 = Self.rotate(late ^ Self.rotate(late, 2), 17) ^ (late &>> 10)
      w[index] = w[index &- 16] &+ s0 &+ w[index &- 7] &+ s1
    }
    let k = Self.constants
    var (a, b, c, d) = (self.state[0], self.state[1], self.state[2], self.state[3])
    var (e, f, g, h) = (self.state[4], self.state[5], self.state[6], self.state[7])
    // Eight rounds a turn: the letters come round to where they began, and none has to move.
    for turn in 0..<8 {
      let at = 8 &* turn
      Self.round(a, b, c, &d, e, f, g, &h, k[at] &+ w[at])
      Self.round(h, a, b, &c, d, e, f, &g, k[at &+ 1] &+ w[at &+ 1])
      Self.round(g, h, a, &b, c, d, e, &f, k[at &+ 2] &+ w[at &+ 2])
      Self.round(f, g, h, &a, b, c, d, &e, k[at &+ 3] &+ w[at &+ 3])
      Self.round(e, f, g, &h, a, b, c, &d, k[at &+ 4] &+ w[at &+ 4])
      Self.round(d, e, f, &g, h, a, b, &c, k[at &+ 5] &+ w[at &+ 5])
      Self.round(c, d, e, &f, g, h, a, &b, k[at &+ 6] &+ w[at &+ 6])
      Self.round(b, c, d, &e, f, g, h, &a, k[at &+ 7] &+ w[at &+ 7])
    }
    self.state[0] &+= a
    self.state[1] &+= b
    self.state[2] &+= c
    self.state[3] &+= d
    self.state[4] &+= e
    self.state[5] &+= f
    self.state[6] &+= g
    self.state[7] &+= h
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let s1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
    h = h &+ s1 &+ (g ^ (e & (f ^ g))) &+ word
    d = d &+ h
    let s0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
    h = h &+ s0 &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word &>> bits | word &<< (32 &- bits)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
