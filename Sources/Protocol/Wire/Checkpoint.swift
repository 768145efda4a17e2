/// What a journal was at some time, as it is kept elsewhere: origin, size and root, a line each.
///
/// Source: C2SP tlog-checkpoint. Lines behind the third, as signatures are, are not read.
package struct Checkpoint: Equatable, Sendable {
  private static let origin = "bitim"

  /// How many acts the journal had.
  package let size: Int64
  /// The root of its tree: 32 octets.
  package let root: [UInt8]

  /// Describes a journal of `size` acts.
  package init(size: Int64, root: [UInt8]) {
    self.size = size
    self.root = root
  }

  /// Reads a checkpoint; nil when `text` is none of a registry.
  package init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // The third line ends too, so that something, if nothing but an empty text, is behind it.
    guard lines.count >= 4, lines[0] == Self.origin,
      let size = Int64(lines[1]), size > 0, String(size) == lines[1],
      let root = Base64.octets(String(lines[2])), root.count == 32
    else { return nil }
    self.init(size: size, root: root)
  }

  /// The lines that ``init(text:)`` reads.
  package var text: String { "\(Self.origin)\n\(self.size)\n\(Base64.text(self.root))\n" }
}
