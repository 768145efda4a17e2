import BitimCrypto

/// A growing RFC 6962 tree, kept as the roots of its complete subtrees.
///
/// At most 64 hashes whatever the size; appending is O(1) on average.
public struct TreeFrontier: Equatable, Sendable {
  /// How many leaves the tree has.
  public private(set) var size: UInt64
  /// The roots of complete subtrees, the largest first: one for each bit set in ``size``.
  private var roots: [[UInt8]]

  /// The empty tree.
  public init() {
    self.size = 0
    self.roots = []
  }

  /// Restores a tree from what ``octets`` gave; nil if the two don't fit each other.
  public init?(size: UInt64, octets: [UInt8]) {
    guard octets.count == size.nonzeroBitCount * SHA256.digestCount else { return nil }
    self.size = size
    self.roots = stride(from: 0, to: octets.count, by: SHA256.digestCount).map {
      Array(octets[$0..<$0 + SHA256.digestCount])
    }
  }

  /// The subtree roots behind one another, 32 octets each.
  public var octets: [UInt8] { self.roots.flatMap { $0 } }

  /// Adds the leaf that holds `entry`.
  public mutating func append(_ entry: [UInt8]) {
    var hash = MerkleTree.leaf(entry)
    var rest = self.size
    while rest & 1 == 1, let left = self.roots.popLast() {
      hash = MerkleTree.node(left, hash)
      rest >>= 1
    }
    self.roots.append(hash)
    self.size += 1
  }

  /// The tree's root hash.
  public var root: [UInt8] {
    guard var hash = self.roots.last else { return MerkleTree.emptyRoot }
    for left in self.roots.dropLast().reversed() { hash = MerkleTree.node(left, hash) }
    return hash
  }
}
