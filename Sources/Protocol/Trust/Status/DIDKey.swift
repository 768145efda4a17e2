public import BitimCrypto

/// A key of Ed25519 by a name that is the key itself: `did:key:z6Mk…`.
///
/// Source: W3C Controlled Identifiers 1.0, 2.2.2 (Multikey); W3C CCG did:key.
public struct DIDKey: Equatable, Sendable, CustomStringConvertible {
  /// What says that a public key of Ed25519 follows.
  private static let kind: [UInt8] = [0xED, 0x01]

  /// What verifies.
  public let publicKey: Ed25519PublicKey

  /// Names a key.
  public init(_ publicKey: Ed25519PublicKey) { self.publicKey = publicKey }

  /// The key as a Multikey: `z` and base58 of kind and octets.
  private var multikey: String { "z" + Base58.text(Self.kind + self.publicKey.octets) }

  /// `did:key:z6Mk…`.
  public var description: String { "did:key:\(self.multikey)" }

  /// What a proof calls it.
  public var method: String { "\(self)#\(self.multikey)" }
}

/// Base58 as Bitcoin has it: no 0, O, I and l.
enum Base58 {
  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  /// The text of `octets`.
  static func text(_ octets: [UInt8]) -> String {
    // Digits of the number, the lowest first.
    var digits: [UInt8] = []
    for octet in octets {
      var carry = Int(octet)
      for index in digits.indices {
        carry += Int(digits[index]) << 8
        digits[index] = UInt8(carry % 58)
        carry /= 58
      }
      while carry > 0 {
        digits.append(UInt8(carry % 58))
        carry /= 58
      }
    }
    // Zeros in front say nothing of the number, and are kept.
    let zeros = octets.prefix { $0 == 0 }.map { _ in Self.alphabet[0] }
    let text = zeros + digits.reversed().map { Self.alphabet[Int($0)] }
    return String(decoding: text, as: UTF8.self)
  }
}
