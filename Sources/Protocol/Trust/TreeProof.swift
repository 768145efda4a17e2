import BitimCrypto

/// Proofs about an RFC 6962 tree, made of the roots of its complete subtrees.
///
/// The caller gives them: `complete(level, index)` is the root of the 2^level leaves from index · 2^level on, and is
/// asked for O(log² size) of them at most. Source: RFC 9162, sections 2.1.3.1 and 2.1.4.1.
public enum TreeProof {
  /// Gives the root of a complete subtree.
  public typealias Complete<Failure: Error> = (_ level: Int, _ index: UInt64) throws(Failure) ->
    [UInt8]

  /// The root of the tree of the first `size` leaves.
  public static func root<Failure: Error>(
    of size: UInt64, _ complete: Complete<Failure>
  ) throws(Failure) -> [UInt8] {
    try size == 0 ? MerkleTree.emptyRoot : Self.root(of: 0..<size, complete)
  }

  /// What shows that the leaf at `index` stands in the tree of `size`: siblings, from the leaf upward.
  ///
  /// Nil when there is no such leaf.
  public static func inclusion<Failure: Error>(
    of index: UInt64, in size: UInt64, _ complete: Complete<Failure>
  ) throws(Failure) -> [[UInt8]]? {
    guard index < size else { return nil }
    var proof: [[UInt8]] = []
    var range = 0..<size
    while range.count > 1 {
      let (left, right) = Self.halves(range)
      let isLeft = left.contains(index)
      proof.append(try Self.root(of: isLeft ? right : left, complete))
      range = isLeft ? left : right
    }
    return proof.reversed()
  }

  /// What shows that the tree of `second` leaves begins with the tree of `first`.
  ///
  /// Nil unless there are at least one and at most `second` in the first.
  public static func consistency<Failure: Error>(
    of first: UInt64, in second: UInt64, _ complete: Complete<Failure>
  ) throws(Failure) -> [[UInt8]]? {
    guard 0 < first, first <= second else { return nil }
    var proof: [[UInt8]] = []
    var range = 0..<second
    // Down to the subtree that ends where the first tree does.
    while range.upperBound != first {
      let (left, right) = Self.halves(range)
      let isLeft = first <= left.upperBound
      proof.append(try Self.root(of: isLeft ? right : left, complete))
      range = isLeft ? left : right
    }
    // The verifier has the first tree's root already when the subtree is all of it.
    if range.lowerBound > 0 { proof.append(try Self.root(of: range, complete)) }
    return proof.reversed()
  }

  /// A range split at the largest power of two below its length.
  private static func halves(_ range: Range<UInt64>) -> (Range<UInt64>, Range<UInt64>) {
    let length = range.upperBound - range.lowerBound
    let power = UInt64(1) << UInt64(63 - (length - 1).leadingZeroBitCount)
    let middle = range.lowerBound + power
    return (range.lowerBound..<middle, middle..<range.upperBound)
  }

  private static func root<Failure: Error>(
    of range: Range<UInt64>, _ complete: Complete<Failure>
  ) throws(Failure) -> [UInt8] {
    let length = range.upperBound - range.lowerBound
    if length.nonzeroBitCount == 1 {
      return try complete(length.trailingZeroBitCount, range.lowerBound / length)
    }
    let (left, right) = Self.halves(range)
    return MerkleTree.node(
      try Self.root(of: left, complete), try Self.root(of: right, complete))
  }
}
