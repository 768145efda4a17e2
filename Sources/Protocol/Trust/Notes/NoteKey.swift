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

  /// Why a text is no key.
  public enum Fault: Error, Equatable, Sendable {
    /// Not of the form, not of Ed25519, or its three parts don't fit each other.
    case malformed
    /// Of the form, and by ``Ed25519PublicKey``'s strict rule no key.
    case weak
  }

  /// Reads a key; nil when it is none, for whichever ``Fault``.
  public init?(_ text: String) {
    do throws(Fault) { try self.init(reading: text) } catch { return nil }
  }

  /// Reads a key.
  ///
  /// - Throws: ``Fault``.
  public init(reading text: String) throws(Fault) {
    // Base64 may have a plus itself.
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, Self.isName(parts[0]), let octets = StrictBase64.octets(parts[2].utf8),
      octets.count == 1 + Ed25519PublicKey.octetCount, octets.first == Self.kind,
      Hex.text(Self.id(String(parts[0]), Array(octets.dropFirst()))) == parts[1]
    else { throw .malformed }
    guard let key = Ed25519PublicKey(Array(octets.dropFirst())) else { throw .weak }
    self.name = String(parts[0])
    self.publicKey = key
  }

  /// As ``init(_:)`` reads it.
  public var description: String {
    "\(self.name)+\(Hex.text(self.id))+\(StrictBase64.text([Self.kind] + self.publicKey.octets))"
  }

  /// What signatures name the key by, with ``name``: four octets.
  public var id: [UInt8] { Self.id(self.name, self.publicKey.octets) }

  private static func id(_ name: String, _ octets: [UInt8]) -> [UInt8] {
    Array(SHA256.digest(Array(name.utf8) + [0x0A, Self.kind] + octets).prefix(4))
  }

  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20
      }
  }
}
