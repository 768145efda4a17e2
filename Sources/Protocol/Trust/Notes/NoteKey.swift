public import BitimCrypto

/// A named key of Ed25519 that signs notes, as a verifier writes it down: `name+12345678+base64`.
///
/// Source: C2SP signed-note, "Verifier keys".
public struct NoteKey: Hashable, Sendable, CustomStringConvertible {
  /// What a signature of Ed25519 says it is. Others are known to others.
  private static let kind: UInt8 = 1

  /// Who signs: not empty, without white space, `+` and control characters.
  public let name: String
  /// What verifies.
  public let publicKey: Ed25519PublicKey

  /// Names a key; nil when the name is none for a note.
  public init?(name: String, publicKey: Ed25519PublicKey) {
    guard Self.isName(name) else { return nil }
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads a key; nil when it is not of Ed25519, or its three parts don't fit each other.
  public init?(_ text: String) {
    // Base64 may have a plus itself.
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let octets = StrictBase64.octets(parts[2].utf8),
      octets.first == Self.kind, let key = Ed25519PublicKey(Array(octets.dropFirst()))
    else { return nil }
    self.init(name: String(parts[0]), publicKey: key)
    guard Hex.text(self.id) == parts[1] else { return nil }
  }

  /// As ``init(_:)`` reads it.
  public var description: String {
    "\(self.name)+\(Hex.text(self.id))+\(StrictBase64.text([Self.kind] + self.publicKey.octets))"
  }

  /// What signatures name the key by, with ``name``: four octets.
  public var id: [UInt8] {
    let said = Array(self.name.utf8) + [0x0A, Self.kind] + self.publicKey.octets
    return Array(SHA256.digest(said).prefix(4))
  }

  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20
      }
  }
}
