/// All complete subtrees of a tree in memory: 64 octets a leaf, to make proofs of.
public struct TreeHashes: Sendable {
  /// Roots of complete subtrees, level by level, leaves first.
  private var levels: [[[UInt8]]] = [[]]

  /// A tree without leaves.
  public init() {}

  /// How many leaves there are.
  public var size: UInt64 { UInt64(self.levels[0].count) }

  /// Adds the leaf that holds `entry`.
  public mutating func append(_ entry: [UInt8]) {
    self.append(hash: MerkleTree.leaf(entry))
  }

  /// Adds a leaf, or what stands for one, by its hash.
  mutating func append(hash: [UInt8]) {
    var hash = hash
    var level = 0
    while true {
      if level == self.levels.count { self.levels.append([]) }
      self.levels[level].append(hash)
      let count = self.levels[level].count
      guard count % 2 == 0 else { return }
      hash = MerkleTree.node(self.levels[level][count - 2], self.levels[level][count - 1])
      level += 1
    }
  }

  /// The root of the complete subtree of 2^`level` leaves from `index` · 2^`level` on, which must be there.
  public func complete(_ level: Int, _ index: UInt64) -> [UInt8] {
    self.levels[level][Int(index)]
  }
}
