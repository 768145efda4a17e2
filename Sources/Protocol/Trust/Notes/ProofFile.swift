import BitimCrypto

/// What shows, with no network, that a log has an entry: its place, hashes, and a signed checkpoint.
///
/// ```
/// c2sp.org/tlog-proof@v1
/// index 6
/// ThcgoV2DYcK+VCxBUDWAlNxmLy2r7dq7dK7+OlgQKWs=
///
/// example.com/log
/// 15
/// …
/// ```
///
/// A line `extra` behind the first is for whoever made it, and proves nothing. Source: C2SP tlog-proof.
public struct ProofFile: Equatable, Sendable {
  /// Why octets are no proof.
  public enum Fault: Error, Equatable, Sendable {
    /// Not UTF-8, or not this format, or another version of it.
    case notProof
    /// A line, counted from 1, that is not what stands there.
    case badLine(Int)
    /// More hashes than a tree is high.
    case tooManyHashes
    /// The note behind the empty line is none.
    case badNote(SignedNote.Fault)
  }

  /// Why a proof does not show what it should.
  public enum Distrust: Error, Equatable, Sendable {
    /// The checkpoint is not to be believed.
    case checkpoint(SignedNote.Distrust)
    /// The note is no checkpoint.
    case noCheckpoint
    /// The checkpoint is of another log than the one that signed it: their names differ.
    case otherOrigin(String)
    /// The log with this checkpoint has another entry there, or none.
    case notIncluded
  }

  private static let format = "c2sp.org/tlog-proof@v1"
  /// As many as a tree of 2^63 leaves is high.
  private static let hashesMax = 63

  /// What nobody has signed; nil when it is not said.
  public let extra: [UInt8]?
  /// The entry's place in the log, from 0.
  public let index: UInt64
  /// Siblings, from the leaf upward.
  public let hashes: [[UInt8]]
  /// The log's checkpoint.
  public let checkpoint: SignedNote

  /// Puts a proof together; verifies nothing.
  public init(index: UInt64, hashes: [[UInt8]], checkpoint: SignedNote, extra: [UInt8]? = nil) {
    self.extra = extra
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads a proof; verifies nothing.
  ///
  /// - Throws: ``Fault``.
  public init(_ octets: [UInt8]) throws(Fault) {
    // The head ends at the first empty line; the note behind it has one of its own.
    let end = octets.indices.dropFirst().first { octets[$0] == 0x0A && octets[$0 - 1] == 0x0A }
    guard let end, let head = String(validating: octets[..<(end - 1)], as: UTF8.self) else {
      throw .notProof
    }
    var lines = head.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.format[...] else { throw .notProof }
    if let line = lines.first, line.hasPrefix("extra ") {
      guard let extra = StrictBase64.octets(line.dropFirst(6).utf8) else { throw .badLine(2) }
      self.extra = extra
      lines.removeFirst()
    } else {
      self.extra = nil
    }
    guard let line = lines.popFirst(), line.hasPrefix("index "),
      let index = UInt64(line.dropFirst(6)), String(index) == line.dropFirst(6)
    else { throw .badLine(self.extra == nil ? 2 : 3) }
    self.index = index
    guard lines.count <= Self.hashesMax else { throw .tooManyHashes }
    var hashes: [[UInt8]] = []
    for line in lines {
      guard let hash = StrictBase64.octets(line.utf8), hash.count == SHA256.digestCount else {
        throw .badLine((self.extra == nil ? 3 : 4) + hashes.count)
      }
      hashes.append(hash)
    }
    self.hashes = hashes
    do {
      self.checkpoint = try SignedNote(Array(octets[(end + 1)...]))
    } catch {
      throw .badNote(error)
    }
  }

  /// The proof as ``init(_:)`` reads it.
  public var octets: [UInt8] {
    var head = Self.format + "\n"
    if let extra { head += "extra \(StrictBase64.text(extra))\n" }
    head += "index \(self.index)\n"
    for hash in self.hashes { head += StrictBase64.text(hash) + "\n" }
    return Array(head.utf8) + [0x0A] + self.checkpoint.octets
  }

  /// The checkpoint of the log that has `entry`, as one of `keys` has signed it under the log's own name.
  ///
  /// - Throws: ``Distrust``.
  public func shown(entry: [UInt8], by keys: [NoteKey]) throws(Distrust) -> Checkpoint {
    let signers: [NoteKey]
    do {
      signers = try self.checkpoint.signers(among: keys)
    } catch {
      throw .checkpoint(error)
    }
    guard let checkpoint = Checkpoint(text: self.checkpoint.text) else { throw .noCheckpoint }
    guard signers.contains(where: { $0.name.utf8.elementsEqual(checkpoint.origin.utf8) }) else {
      throw .otherOrigin(checkpoint.origin)
    }
    let isShown = MerkleTree.verifyInclusion(
      leafHash: MerkleTree.leaf(entry), index: self.index, size: UInt64(checkpoint.size),
      proof: self.hashes, root: checkpoint.root)
    guard isShown else { throw .notIncluded }
    return checkpoint
  }
}
