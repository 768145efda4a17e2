/// A growing RFC 6962 tree that makes proofs: of whole tiles, 256 leaves, it keeps roots and all above them, a
/// quarter of an octet a leaf; the leaves of a tile are asked for.
public struct TreeTiles: Sendable {
  /// The level of a tile's root, as C2SP's tiles have it.
  private static let level = 8
  private static let width = UInt64(1) << UInt64(Self.level)

  /// The roots of whole tiles.
  private var tiles = TreeHashes()
  /// What is behind them.
  private var last = TreeFrontier()

  /// A tree without leaves.
  public init() {}

  /// How many leaves there are.
  public var size: UInt64 { self.tiles.size * Self.width + self.last.size }

  /// Adds the leaf that holds `entry`.
  public mutating func append(_ entry: [UInt8]) {
    self.last.append(entry)
    guard self.last.size == Self.width else { return }
    self.tiles.append(hash: self.last.root)
    self.last = TreeFrontier()
  }

  /// The tree's root hash.
  public var root: [UInt8] {
    var hash = self.last.size > 0 ? self.last.root : nil
    let whole = self.tiles.size
    // Complete subtrees from the right: one for each bit set.
    for level in 0..<64 where whole >> UInt64(level) & 1 == 1 {
      let left = self.tiles.complete(level, (whole >> UInt64(level)) - 1)
      hash = hash.map { MerkleTree.node(left, $0) } ?? left
    }
    return hash ?? MerkleTree.emptyRoot
  }

  /// What shows that the leaf at `index` stands in the tree as it was with `size` leaves, which it has had.
  ///
  /// Nil when there is no such leaf, or when there are not so many.
  ///
  /// - Parameter entries: Gives those at some places: a whole tile at most, and all that are asked for.
  /// - Throws: What `entries` throws.
  public func inclusion(
    of index: UInt64, in size: UInt64, _ entries: (Range<UInt64>) throws -> [[UInt8]]
  ) throws -> [[UInt8]]? {
    guard size <= self.size else { return nil }
    return try TreeProof.inclusion(of: index, in: size) { level, index in
      guard level < Self.level else { return self.tiles.complete(level - Self.level, index) }
      var subtree = TreeFrontier()
      let width = UInt64(1) << UInt64(level)
      for entry in try entries(index * width..<(index + 1) * width) { subtree.append(entry) }
      return subtree.root
    }
  }
}
