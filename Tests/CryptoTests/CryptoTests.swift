import BitimCrypto
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

/// NIST's vectors of a hash.
struct Cavp: Decodable {
  struct Message: Decodable { let msg, md: String }
  struct Monte: Decodable {
    let seed: String
    let md: [String]
  }
  let short, long: [Message]
  let monte: Monte
}

/// Published vectors, by the name of their file.
enum Vectors {
  static func decode<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    let octets = try Repository.octets("schema/vectors/crypto/\(name).json")
    return try JSONDecoder().decode(type, from: Data(octets))
  }
}

@Suite("SHA-256 and HMAC")
struct CryptoTests {
  private static func octets(_ hex: String) throws -> [UInt8] { try #require(Hex.octets(hex)) }

  @Test("gives NIST's digests, short and long")
  func cavp() throws {
    let vectors = try Vectors.decode(Cavp.self, "nist_cavp_sha256")
    for message in vectors.short + vectors.long {
      #expect(Hex.text(SHA256.digest(try Self.octets(message.msg))) == message.md)
    }
  }

  // SHAVS, section 6.4: each checkpoint is a thousand digests of three digests.
  @Test("walks NIST's Monte Carlo chain")
  func monteCarlo() throws {
    let vectors = try Vectors.decode(Cavp.self, "nist_cavp_sha256")
    var seed = try Self.octets(vectors.monte.seed)
    for expected in vectors.monte.md.prefix(5) {
      var (a, b, c) = (seed, seed, seed)
      for _ in 0..<1_000 { (a, b, c) = (b, c, SHA256.digest(a + b + c)) }
      #expect(Hex.text(c) == expected)
      seed = c
    }
  }

  @Test("is the same whatever the pieces", arguments: [1, 7, 63, 64, 65, 200])
  func pieces(size: Int) {
    let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 31) }
    var hash = SHA256()
    for start in stride(from: 0, to: message.count, by: size) {
      hash.update(Array(message[start..<min(start + size, message.count)]))
    }
    #expect(hash.finish() == SHA256.digest(message))
  }

  private struct Wycheproof: Decodable {
    struct Case: Decodable {
      let tcId: Int
      let key, msg, tag, result: String
    }
    struct Group: Decodable {
      let tagSize: Int
      let tests: [Case]
    }
    let testGroups: [Group]
  }

  @Test("accepts and refuses Wycheproof's tags")
  func hmac() throws {
    var count = 0
    for group in try Vectors.decode(Wycheproof.self, "wycheproof_hmac_sha256_test").testGroups {
      for test in group.tests {
        let code = HMAC.sha256(
          key: try Self.octets(test.key), message: try Self.octets(test.msg))
        let isEqual = ConstantTime.areEqual(
          Array(code.prefix(group.tagSize / 8)), try Self.octets(test.tag))
        #expect(isEqual == (test.result == "valid"), "case \(test.tcId)")
        count += 1
      }
    }
    #expect(count == 174)
  }
}

@Suite("The journal's tree")
struct TreeTests {
  // transparency-dev/merkle, testonly/constants.go: leaves and roots of sizes 1 to 8.
  private static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test("has the published roots as it grows, and restores from its octets")
  func roots() throws {
    var frontier = TreeFrontier()
    #expect(
      Hex.text(frontier.root)
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    for (leaf, root) in zip(Self.leaves, Self.roots) {
      frontier.append(try #require(Hex.octets(leaf)))
      #expect(Hex.text(frontier.root) == root)
      #expect(TreeFrontier(size: frontier.size, octets: frontier.octets) == frontier)
    }
    #expect(TreeFrontier(size: 3, octets: frontier.octets) == nil)
  }

  private struct Proofs: Decodable {
    struct Inclusion: Decodable {
      let leafIdx, treeSize: UInt64
      let root, leafHash: String?
      let proof: [String]?
      let wantErr: Bool
    }
    struct Consistency: Decodable {
      let size1, size2: UInt64
      let root1, root2: String?
      let proof: [String]?
      let wantErr: Bool
    }
    let inclusion: [String: Inclusion]
    let consistency: [String: Consistency]
  }

  private static func octets(_ base64: String?) -> [UInt8] {
    [UInt8](Data(base64Encoded: base64 ?? "") ?? Data())
  }

  @Test("accepts and refuses the published proofs")
  func proofs() throws {
    let data = Data(try Repository.octets("schema/vectors/crypto/rfc6962_merkle_proofs.json"))
    let proofs = try JSONDecoder().decode(Proofs.self, from: data)
    #expect(proofs.inclusion.count == 98)
    #expect(proofs.consistency.count == 98)
    for (name, proof) in proofs.inclusion {
      let holds = MerkleTree.verifyInclusion(
        leafHash: Self.octets(proof.leafHash), index: proof.leafIdx, size: proof.treeSize,
        proof: (proof.proof ?? []).map(Self.octets), root: Self.octets(proof.root))
      #expect(holds == !proof.wantErr, "inclusion \(name)")
    }
    for (name, proof) in proofs.consistency {
      let holds = MerkleTree.verifyConsistency(
        first: proof.size1, second: proof.size2, firstRoot: Self.octets(proof.root1),
        secondRoot: Self.octets(proof.root2), proof: (proof.proof ?? []).map(Self.octets))
      #expect(holds == !proof.wantErr, "consistency \(name)")
    }
  }

  private static func tree(_ entries: [[UInt8]]) -> TreeHashes {
    var tree = TreeHashes()
    for entry in entries { tree.append(entry) }
    return tree
  }

  @Test("makes the published proofs of the published leaves")
  func makesPublished() throws {
    let data = Data(try Repository.octets("schema/vectors/crypto/rfc6962_merkle_proofs.json"))
    let proofs = try JSONDecoder().decode(Proofs.self, from: data)
    let tree = Self.tree(try Self.leaves.map { try #require(Hex.octets($0)) })
    // Of those that hold, one of each kind is about a tree of its own, of one leaf.
    let inclusion = proofs.inclusion.filter { $0.key.hasSuffix("/happy-path") }.values
    #expect(inclusion.count == 5)
    for proof in inclusion {
      #expect(
        TreeProof.inclusion(of: proof.leafIdx, in: proof.treeSize, tree.complete)
          == (proof.proof ?? []).map(Self.octets))
      #expect(TreeProof.root(of: proof.treeSize, tree.complete) == Self.octets(proof.root))
    }
    let consistency = proofs.consistency.filter { $0.key.hasSuffix("/happy-path") }.values
    #expect(consistency.count == 5)
    for proof in consistency {
      #expect(
        TreeProof.consistency(of: proof.size1, in: proof.size2, tree.complete)
          == (proof.proof ?? []).map(Self.octets))
    }
  }

  @Test("of each size to 40 every leaf and every beginning is proved, and no other")
  func makesAll() throws {
    let entries = (0..<40).map { [UInt8(truncatingIfNeeded: $0)] }
    let tree = Self.tree(entries)
    #expect(tree.size == 40)
    #expect(TreeProof.root(of: 0, tree.complete) == MerkleTree.emptyRoot)
    var frontier = TreeFrontier()
    var roots = [frontier.root]
    for (index, entry) in entries.enumerated() {
      frontier.append(entry)
      roots.append(frontier.root)
      let size = UInt64(index + 1)
      #expect(TreeProof.root(of: size, tree.complete) == frontier.root)
      for leaf in 0..<size {
        let proof = try #require(TreeProof.inclusion(of: leaf, in: size, tree.complete))
        let hash = MerkleTree.leaf(entries[Int(leaf)])
        #expect(
          MerkleTree.verifyInclusion(
            leafHash: hash, index: leaf, size: size, proof: proof, root: frontier.root))
        #expect(
          !MerkleTree.verifyInclusion(
            leafHash: hash, index: leaf ^ 1, size: size, proof: proof, root: frontier.root))
      }
      for first in 1...size {
        let proof = try #require(TreeProof.consistency(of: first, in: size, tree.complete))
        #expect(
          MerkleTree.verifyConsistency(
            first: first, second: size, firstRoot: roots[Int(first)], secondRoot: frontier.root,
            proof: proof))
      }
      #expect(TreeProof.inclusion(of: size, in: size, tree.complete) == nil)
      #expect(TreeProof.consistency(of: size + 1, in: size, tree.complete) == nil)
      #expect(TreeProof.consistency(of: 0, in: size, tree.complete) == nil)
    }
  }

  @Test("an entry is canonical JSON, and hides the record behind its commitment")
  func entry() {
    let entry = JournalEntry(
      sequence: 7, recordedAtMs: 1_795_000_000_000, kind: "result_annulled",
      salt: [UInt8](repeating: 0, count: 32), record: Array("record".utf8))
    // The commitment by: printf '\0%.0s' {1..32} | cat - <(printf record) | sha256sum
    #expect(
      String(decoding: entry.octets, as: UTF8.self)
        == #"{"at":1795000000000,"commitment":"\#(Self.commitment)","#
        + #""kind":"result_annulled","seq":7,"v":1}"#)
  }

  private static let commitment = "2649b170b9318ebf420320914d9c836a4672ca61fd978542cd16ed5782ab9be2"
}
