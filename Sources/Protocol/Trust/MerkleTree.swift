import BitimCrypto

/// The hashes of an RFC 6962 tree (section 2.1).
public enum MerkleTree {
  /// The root of a tree without leaves.
  public static let emptyRoot = SHA256.digest([])

  /// What is hashed before a leaf, and before a node: neither can pass for the other.
  private static let leafMark: [UInt8] = [0]
  private static let nodeMark: [UInt8] = [1]

  /// The hash of a leaf that holds `entry`.
  public static func leaf(_ entry: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(Self.leafMark)
    hash.update(entry)
    return hash.finish()
  }

  /// The hash of a node above `left` and `right`.
  public static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(Self.nodeMark)
    hash.update(left)
    hash.update(right)
    return hash.finish()
  }

  /// Whether `proof` shows the leaf with `leafHash` at `index` of the tree of `size` with `root`.
  ///
  /// The walk is RFC 9162, section 2.1.3.2; O(log size).
  public static func verifyInclusion(
    leafHash: [UInt8], index: UInt64, size: UInt64, proof: [[UInt8]], root: [UInt8]
  ) -> Bool {
    guard index < size, Self.areHashes(proof + [leafHash, root]) else { return false }
    var node = index
    var last = size - 1
    var hash = leafHash
    for sibling in proof {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = Self.node(sibling, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = Self.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// Whether `proof` shows that the tree of `second` leaves begins with the tree of `first`.
  ///
  /// The walk is RFC 9162, section 2.1.4.2; O(log second).
  public static func verifyConsistency(
    first: UInt64, second: UInt64, firstRoot: [UInt8], secondRoot: [UInt8], proof: [[UInt8]]
  ) -> Bool {
    // Every tree begins with the empty one: a proof of that shows nothing.
    guard first > 0, first <= second else { return false }
    if first == second { return proof.isEmpty && firstRoot == secondRoot }
    guard Self.areHashes(proof + [firstRoot, secondRoot]) else { return false }
    var path = proof[...]
    if first & (first - 1) == 0 { path = [firstRoot] + path }
    guard var oldHash = path.popFirst() else { return false }
    var newHash = oldHash
    var node = first - 1
    var last = second - 1
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    for sibling in path {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        oldHash = Self.node(sibling, oldHash)
        newHash = Self.node(sibling, newHash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        newHash = Self.node(newHash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && oldHash == firstRoot && newHash == secondRoot
  }

  private static func areHashes(_ hashes: [[UInt8]]) -> Bool {
    hashes.allSatisfy { $0.count == SHA256.digestCount }
  }
}
