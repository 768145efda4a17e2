import BitimCrypto
import BitimTestSupport
import Foundation
import Testing

@Suite("SHA-512")
struct SHA512Tests {
  @Test("gives NIST's digests, short and long")
  func cavp() throws {
    let vectors = try Vectors.decode(Cavp.self, "nist_cavp_sha512")
    #expect(vectors.short.count == 129)
    for message in vectors.short + vectors.long {
      #expect(Hex.text(SHA512.digest(try #require(Hex.octets(message.msg)))) == message.md)
    }
  }

  // SHAVS, section 6.4: each checkpoint is a thousand digests of three digests.
  @Test("walks NIST's Monte Carlo chain")
  func monteCarlo() throws {
    let vectors = try Vectors.decode(Cavp.self, "nist_cavp_sha512")
    var seed = try #require(Hex.octets(vectors.monte.seed))
    for expected in vectors.monte.md.prefix(5) {
      var (a, b, c) = (seed, seed, seed)
      for _ in 0..<1_000 { (a, b, c) = (b, c, SHA512.digest(a + b + c)) }
      #expect(Hex.text(c) == expected)
      seed = c
    }
  }

  @Test("is the same whatever the pieces", arguments: [1, 7, 111, 112, 127, 128, 129, 300])
  func pieces(size: Int) {
    let message = (0..<600).map { UInt8(truncatingIfNeeded: $0 * 31) }
    var hash = SHA512()
    for start in stride(from: 0, to: message.count, by: size) {
      hash.update(Array(message[start..<min(start + size, message.count)]))
    }
    #expect(hash.finish() == SHA512.digest(message))
  }
}

@Suite("Ed25519, by the strict rule")
struct Ed25519Tests {
  private static func octets(_ hex: String) throws -> [UInt8] { try #require(Hex.octets(hex)) }

  private static func holds(
    key: [UInt8], signature: [UInt8], message: [UInt8]
  ) -> Bool {
    Ed25519PublicKey(key)?.verifies(signature, of: message) ?? false
  }

  struct Published: CustomTestStringConvertible {
    let name, key, message, signature: String
    var testDescription: String { self.name }
  }

  // RFC 8032, section 7.1; of the message of 1,023 octets SUPERCOP has the like.
  @Test(
    "accepts the signatures of RFC 8032, and none of them for another message",
    arguments: [
      Published(
        name: "TEST 1",
        key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
        signature:
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
          + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
      Published(
        name: "TEST 2",
        key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
        signature:
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
          + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
      Published(
        name: "TEST 3",
        key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
        signature:
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
          + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
      Published(
        name: "TEST SHA(abc)",
        key: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        message: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a8"
          + "36ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        signature:
          "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ec"
          + "fdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
    ])
  func published(_ vector: Published) throws {
    let key = try Self.octets(vector.key)
    let message = try Self.octets(vector.message)
    let signature = try Self.octets(vector.signature)
    #expect(Self.holds(key: key, signature: signature, message: message))
    #expect(!Self.holds(key: key, signature: signature, message: message + [0]))
  }

  private struct Supercop: Decodable {
    struct Vector: Decodable { let pk, msg, sig: String }
    let vectors: [Vector]
  }

  @Test("accepts SUPERCOP's signatures, and none with a bit flipped")
  func supercop() throws {
    let vectors = try Vectors.decode(Supercop.self, "supercop_ed25519_sign").vectors
    #expect(vectors.count == 144)
    for (index, vector) in vectors.enumerated() {
      let (key, message) = (try Self.octets(vector.pk), try Self.octets(vector.msg))
      var signature = try Self.octets(vector.sig)
      #expect(Self.holds(key: key, signature: signature, message: message), "vector \(index)")
      let bit = index * 7 % 512
      signature[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!Self.holds(key: key, signature: signature, message: message), "vector \(index)")
    }
  }

  private struct Wycheproof: Decodable {
    struct Case: Decodable {
      let tcId: Int
      let comment, msg, sig, result: String
    }
    struct Group: Decodable {
      struct Key: Decodable { let pk: String }
      let publicKey: Key
      let tests: [Case]
    }
    let testGroups: [Group]
  }

  @Test("accepts and refuses Wycheproof's signatures")
  func wycheproof() throws {
    var count = 0
    for group in try Vectors.decode(Wycheproof.self, "wycheproof_ed25519_test").testGroups {
      let key = try Self.octets(group.publicKey.pk)
      for test in group.tests {
        let holds = Self.holds(
          key: key, signature: try Self.octets(test.sig), message: try Self.octets(test.msg))
        #expect(holds == (test.result == "valid"), "case \(test.tcId), \(test.comment)")
        count += 1
      }
    }
    #expect(count == 151)
  }

  private struct Verdicts: Decodable {
    let rules: [String]
    let byNumber: [String: [Bool]]

    enum CodingKeys: String, CodingKey {
      case rules
      case byNumber = "by_number"
    }
  }

  private struct Edge: Decodable {
    let number: Int
    let key, sig, msg: String
    let flags: [String]?
  }

  @Test("gives each of CCTV's 914 edge cases the strict verdict")
  func cctv() throws {
    let edges = try Vectors.decode([Edge].self, "cctv_ed25519vectors")
    let verdicts = try Vectors.decode(Verdicts.self, "cctv_ed25519_verdicts")
    #expect(verdicts.rules.first == "strict")
    #expect(edges.count == 914)
    var accepted = 0
    for edge in edges {
      let holds = Self.holds(
        key: try Self.octets(edge.key), signature: try Self.octets(edge.sig),
        message: Array(edge.msg.utf8))
      let verdict = try #require(verdicts.byNumber[String(edge.number)])[0]
      #expect(holds == verdict, "\(edge.number): \((edge.flags ?? []).joined(separator: " "))")
      accepted += holds ? 1 : 0
    }
    #expect(accepted == 43)
  }

  // The eight points that eight times themselves are nothing, as RFC 8032 encodes them, and the other
  // encodings that a lenient reader takes for one of them (C2SP's CCTV, `ed25519`, has the list).
  @Test(
    "takes no key of small order, canonical or not",
    arguments: [
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000080",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      "0100000000000000000000000000000000000000000000000000000000000080",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ])
  func smallOrder(key: String) throws {
    #expect(Ed25519PublicKey(try Self.octets(key)) == nil)
  }

  // y = 2 is no y of the curve; p + 3 is 3, which is one, written in a second way.
  @Test("takes no key that is no point, not canonical, or not 32 octets long")
  func noKey() throws {
    let three = "03" + String(repeating: "00", count: 31)
    #expect(Ed25519PublicKey(try Self.octets(three)) != nil)
    let p3 = "f0" + String(repeating: "ff", count: 30) + "7f"
    #expect(Ed25519PublicKey(try Self.octets(p3)) == nil)
    let two = "02" + String(repeating: "00", count: 31)
    #expect(Ed25519PublicKey(try Self.octets(two)) == nil)
    #expect(Ed25519PublicKey(try Self.octets(three).dropLast()) == nil)
    #expect(Ed25519PublicKey(try Self.octets(three) + [0]) == nil)
  }

  @Test("takes no S that is L more, and no signature of another length")
  func otherForms() throws {
    let key = try Self.octets("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    let r = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    let s = "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    // S + L, by pencil: L is edd3f55c1a631258d69cf7a2def9de1400…0010, the lowest octet first.
    let more = "4c8c7872aa064e049dbb3013fbf29380d25bf5f0595bbe24655141438e7a101b"
    #expect(Self.holds(key: key, signature: try Self.octets(r + s), message: []))
    #expect(!Self.holds(key: key, signature: try Self.octets(r + more), message: []))
    #expect(!Self.holds(key: key, signature: try Self.octets(r + s + "00"), message: []))
    #expect(!Self.holds(key: key, signature: try Self.octets(r), message: []))
    #expect(!Self.holds(key: key, signature: [], message: []))
  }
}
