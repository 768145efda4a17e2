import BitimCrypto

/// What a journal was at some time: origin, size and root, a line each.
///
/// It is the text of a ``SignedNote``, whose signer has the origin for a name; or it is kept as it is, and says
/// nothing about who wrote it. Source: C2SP tlog-checkpoint.
public struct Checkpoint: Equatable, Sendable {
  /// Which journal: a name that no other log has.
  public let origin: String
  /// How many acts the journal had.
  public let size: Int64
  /// The root of its tree: 32 octets.
  public let root: [UInt8]

  /// The origin of checkpoints that nobody signs.
  public static let unsignedOrigin = "bitim"

  /// The name of the log that begins with an entry, which nobody's other log does: its salt was random.
  ///
  /// ```
  /// bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d
  /// ```
  public static func origin(firstEntry entry: [UInt8]) -> String {
    "bitim/" + Hex.text(Array(MerkleTree.leaf(entry).prefix(16)))
  }

  /// Describes a journal of `size` acts.
  public init(origin: String = Self.unsignedOrigin, size: Int64, root: [UInt8]) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Reads the text of a note; nil when it is no checkpoint of at least one act.
  ///
  /// Lines behind the third are others' extensions, and not read; none of them is empty.
  public init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // The last line ends too, so that an empty text is behind it.
    guard lines.count >= 4, lines.last == "", lines.dropLast().allSatisfy({ !$0.isEmpty }),
      let size = Int64(lines[1]), size > 0, String(size) == lines[1],
      let root = StrictBase64.octets(lines[2].utf8), root.count == SHA256.digestCount
    else { return nil }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  /// Reads a file: a signed note, whose signatures are not looked at, or a text that nobody signed; else nil.
  public init?(file octets: [UInt8]) {
    if let note = try? SignedNote(octets) {
      self.init(text: note.text)
    } else {
      guard let text = String(validating: octets, as: UTF8.self) else { return nil }
      self.init(text: text)
      guard self.origin == Self.unsignedOrigin else { return nil }
    }
  }

  /// The lines that ``init(text:)`` reads.
  public var text: String { "\(self.origin)\n\(self.size)\n\(StrictBase64.text(self.root))\n" }
}
