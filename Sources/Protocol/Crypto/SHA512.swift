/// SHA-512 (FIPS 180-4, section 6.4).
///
/// Hashes public data, for ``Ed25519PublicKey``; its time depends on the length alone.
public struct SHA512: Sendable {
  /// How long a digest is, in octets.
  public static let digestCount = 64
  /// How much is hashed at once, in octets.
  static let blockCount = 128

  private var state: InlineArray<8, UInt64> = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
  ]
  /// The block that is being filled; zero where nothing is yet, as the padding wants it.
  private var pending = InlineArray<128, UInt8>(repeating: 0)
  private var pendingCount = 0
  private var hashed: UInt64 = 0

  /// Starts with nothing hashed.
  public init() {}

  /// The digest of `octets`, 64 octets.
  public static func digest(_ octets: [UInt8]) -> [UInt8] {
    var hash = SHA512()
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

  /// The digest of all that was hashed, 64 octets.
  public consuming func finish() -> [UInt8] {
    // The standard has 128 bits for the length; of more than 2^61 octets nobody will ask.
    let bits = self.hashed &* 8
    self.pending[self.pendingCount] = 0x80
    if self.pendingCount >= 112 { self.compressPending() }
    for octet in 0..<8 {
      self.pending[120 &+ octet] = UInt8(truncatingIfNeeded: bits &>> UInt64(56 &- 8 &* octet))
    }
    self.compressPending()
    var digest: [UInt8] = []
    digest.reserveCapacity(Self.digestCount)
    for index in self.state.indices {
      let word = self.state[index].bigEndian
      for octet in 0..<8 { digest.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * octet))) }
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

  // Additions wrap: the standard's words are integers modulo 2^64.
  private mutating func compress(_ block: Span<UInt8>) {
    precondition(block.count == Self.blockCount)
    var w = InlineArray<80, UInt64>(repeating: 0)
    for index in 0..<16 {
      var word: UInt64 = 0
      for octet in 0..<8 { word = word &<< 8 | UInt64(block[8 &* index &+ octet]) }
      w[index] = word
    }
    for index in 16..<80 {
      let early = w[index &- 15]
      let late = w[index &- 2]
      let s0 = Self.rotate(early, 1) ^ Self.rotate(early, 8) ^ (early &>> 7)
      let s1 = Self.rotate(late, 19) ^ Self.rotate(late, 61) ^ (late &>> 6)
      w[index] = w[index &- 16] &+ s0 &+ w[index &- 7] &+ s1
    }
    let k = Self.constants
    var (a, b, c, d) = (self.state[0], self.state[1], self.state[2], self.state[3])
    var (e, f, g, h) = (self.state[4], self.state[5], self.state[6], self.state[7])
    // Eight rounds a turn: the letters come round to where they began, and none has to move.
    for turn in 0..<10 {
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
    _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: inout UInt64,
    _ e: UInt64, _ f: UInt64, _ g: UInt64, _ h: inout UInt64, _ word: UInt64
  ) {
    let s1 = Self.rotate(e, 14) ^ Self.rotate(e, 18) ^ Self.rotate(e, 41)
    h = h &+ s1 &+ (g ^ (e & (f ^ g))) &+ word
    d = d &+ h
    let s0 = Self.rotate(a, 28) ^ Self.rotate(a, 34) ^ Self.rotate(a, 39)
    h = h &+ s0 &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word &>> bits | word &<< (64 &- bits)
  }

  /// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
  private static let constants: InlineArray<80, UInt64> = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
  ]
}
