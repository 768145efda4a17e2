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

  /// Reads `did:key:z6Mk…`; nil for anything else, other kinds of keys too.
  public init?(_ text: String) {
    let prefix = "did:key:z"
    guard text.hasPrefix(prefix),
      let octets = Base58.octets(text.utf8.dropFirst(prefix.utf8.count), count: 34),
      octets.starts(with: Self.kind), let key = Ed25519PublicKey(Array(octets.dropFirst(2)))
    else { return nil }
    self.init(key)
    // A key has one name.
    guard self.description == text else { return nil }
  }

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

  /// The octets of a text, so many; nil for anything else.
  static func octets(_ text: some Collection<UInt8>, count: Int) -> [UInt8]? {
    // A letter says less than an octet does, and more than half of one.
    guard text.count <= 2 * count else { return nil }
    // The number's octets, the lowest first.
    var octets = [UInt8](repeating: 0, count: count)
    for letter in text {
      guard var carry = Self.alphabet.firstIndex(of: letter) else { return nil }
      for index in octets.indices {
        carry += Int(octets[index]) * 58
        octets[index] = UInt8(carry & 255)
        carry >>= 8
      }
      guard carry == 0 else { return nil }
    }
    let read = Array(octets.reversed())
    return Self.text(read).utf8.elementsEqual(text) ? read : nil
  }

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
