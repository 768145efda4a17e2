/// A public key of Ed25519 (RFC 8032), which verifies signatures. Nothing here signs.
///
/// **The strict rule.** Verifiers differ on odd keys and signatures that nobody makes by signing; whatever this
/// one accepts, every other accepts. A signature holds when
///
/// 1. key and signature are 32 and 64 octets: the key is A, the signature R and S;
/// 2. S is below L, the order of the base point;
/// 3. A and R are encoded canonically: y below p, and no x of zero that is said to be odd ("−0");
/// 4. neither A nor R is of small order, that is one of the eight points that a multiple of eight makes nothing;
/// 5. [S]B − [k]A, with k = SHA-512(R ‖ A ‖ message) mod L, is encoded as the octets of R: no cofactor.
///
/// What is verified is public, so all of it varies in time with key, signature and message.
/// Source: RFC 8032, section 5.1.7, and for the choice among rules C2SP's CCTV, `ed25519`.
public struct Ed25519PublicKey: Hashable, Sendable {
  /// How long a key is, in octets.
  public static let octetCount = 32
  /// How long a signature is, in octets.
  public static let signatureCount = 64

  /// The key as it is written.
  public let octets: [UInt8]
  /// Of −A, as [S]B − [k]A asks for them.
  private let multiples: EdwardsPoint.OddMultiples

  /// Reads a key; nil when it is not canonical, no point of the curve, or of small order.
  public init?(_ octets: [UInt8]) {
    guard octets.count == Self.octetCount, let point = EdwardsPoint(canonical: octets.span),
      !point.isOfSmallOrder
    else { return nil }
    self.octets = octets
    self.multiples = EdwardsPoint.OddMultiples(of: -point, width: 5)
  }

  /// Whether `signature` is this key's of `message`, by the strict rule; takes about 100 µs.
  public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard signature.count == Self.signatureCount,
      let s = Scalar(canonical: signature.span.extracting(last: 32))
    else { return false }
    var hash = SHA512()
    hash.update(signature.span.extracting(first: 32))
    hash.update(self.octets)
    hash.update(message)
    let k = Scalar(reducing: hash.finish().span)
    let point = EdwardsPoint.sum(base: s, k, times: self.multiples)
    let r = point.octets
    // What is written here is canonical, so that R is when it equals.
    return r.indices.allSatisfy { r[$0] == signature[$0] } && !point.isOfSmallOrder
  }

  /// Keys are equal when their octets are: each has one encoding.
  public static func == (left: Self, right: Self) -> Bool { left.octets == right.octets }

  /// As ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(self.octets) }
}
