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
  private var pending: [UInt8] = []
  private var hashed: UInt64 = 0

  /// Starts with nothing hashed.
  public init() { self.pending.reserveCapacity(Self.blockCount) }

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
    if !self.pending.isEmpty {
      while at < octets.count, self.pending.count < Self.blockCount {
        self.pending.append(octets[at])
        at += 1
      }
      guard self.pending.count == Self.blockCount else { return }
      let block = self.pending
      self.compress(block.span, 0)
      self.pending.removeAll(keepingCapacity: true)
    }
    while octets.count - at >= Self.blockCount {
      self.compress(octets, at)
      at += Self.blockCount
    }
    while at < octets.count {
      self.pending.append(octets[at])
      at += 1
    }
  }

  /// The digest of all that was hashed, 32 octets.
  public consuming func finish() -> [UInt8] {
    let bits = self.hashed &* 8
    var padding: [UInt8] = [0x80]
    while (self.pending.count + padding.count) % Self.blockCount != 56 { padding.append(0) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    self.update(padding)
    var digest: [UInt8] = []
    digest.reserveCapacity(Self.digestCount)
    for index in self.state.indices {
      let word = self.state[index]
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        digest.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return digest
  }

  // Additions wrap: the standard's words are integers modulo 2^32. The schedule is kept as a ring
  // of sixteen words, and so in registers and one line of the cache.
  private mutating func compress(_ octets: Span<UInt8>, _ start: Int) {
    let block = octets.extracting(start..<start &+ Self.blockCount)
    var w = InlineArray<16, UInt32>(repeating: 0)
    for index in 0..<16 {
      let at = 4 &* index
      w[index] =
        UInt32(block[at]) &<< 24 | UInt32(block[at &+ 1]) &<< 16 | UInt32(block[at &+ 2]) &<< 8
        | UInt32(block[at &+ 3])
    }
    let constants = Self.constants.span
    var (a, b, c, d) = (self.state[0], self.state[1], self.state[2], self.state[3])
    var (e, f, g, h) = (self.state[4], self.state[5], self.state[6], self.state[7])
    for index in 0..<64 {
      let slot = index & 15
      if index >= 16 {
        let early = w[(index &+ 1) & 15]
        let late = w[(index &+ 14) & 15]
        let s0 = Self.rotate(early, 7) ^ Self.rotate(early, 18) ^ (early &>> 3)
        let s1 = Self.rotate(late, 17) ^ Self.rotate(late, 19) ^ (late &>> 10)
        w[slot] = w[slot] &+ s0 &+ w[(index &+ 9) & 15] &+ s1
      }
      let s1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
      let choice = (e & f) ^ (~e & g)
      let t1 = h &+ s1 &+ choice &+ constants[index] &+ w[slot]
      let s0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let t2 = s0 &+ majority
      (h, g, f, e) = (g, f, e, d &+ t1)
      (d, c, b, a) = (c, b, a, t1 &+ t2)
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

  private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word &>> bits | word &<< (32 &- bits)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
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
