import BitimCrypto

/// A piece of the file in which a second copy of the registry grows: length, octets, SHA-256.
///
/// | Octets | Meaning                                             |
/// |--------|-----------------------------------------------------|
/// | 4      | length of the message, big-endian; at most 8 MiB    |
/// | 4      | the first octets of SHA-256 of the length           |
/// | length | `bitim.v1.FollowActsResponse`, encoded              |
/// | 32     | SHA-256 of all that precedes in the piece           |
///
/// Pieces are only ever appended; one that is cut off at the end of the file was never finished.
/// Source: `docs/OPERATIONS.md`, "The second copy".
public enum CopyRecord {
  /// A piece that is whole but not what was written.
  public struct Damaged: Error, Equatable, Sendable {}

  /// The file's name in its folder.
  public static let fileName = "acts.bitim"
  private static let lengthMax = 8 << 20

  /// The piece that holds `octets`.
  public static func sealed(_ octets: [UInt8]) -> [UInt8] {
    var piece = (0..<4).map { UInt8(truncatingIfNeeded: octets.count >> (24 - 8 * $0)) }
    piece += Self.check(piece)
    piece += octets
    return piece + SHA256.digest(piece)
  }

  private static func check(_ length: [UInt8]) -> [UInt8] {
    Array(SHA256.digest(length).prefix(4))
  }

  /// The octets of the piece at `at`, after moving past it; nil, and unmoved, when it is cut off.
  ///
  /// - Throws: ``Damaged``.
  public static func next(
    _ file: Span<UInt8>, _ at: inout Int
  ) throws(Damaged) -> [UInt8]? {
    guard file.count - at >= 8 else { return nil }
    let head = [UInt8](file.extracting(at..<at + 8))
    // A length that was altered must not pass for a piece that is cut off.
    guard Self.check(Array(head.prefix(4))) == Array(head.suffix(4)) else { throw Damaged() }
    let length = head.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.lengthMax else { throw Damaged() }
    let end = at + 8 + length
    guard file.count >= end + SHA256.digestCount else { return nil }
    var hash = SHA256()
    hash.update(file.extracting(at..<end))
    let said = [UInt8](file.extracting(end..<end + SHA256.digestCount))
    guard hash.finish() == said else { throw Damaged() }
    let octets = [UInt8](file.extracting(at + 8..<end))
    at = end + SHA256.digestCount
    return octets
  }
}

extension [UInt8] {
  fileprivate init(_ octets: Span<UInt8>) {
    self.init()
    self.reserveCapacity(octets.count)
    for index in octets.indices { self.append(octets[index]) }
  }
}
