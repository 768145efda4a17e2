import BitimCrypto

/// What is to be signed of a document, and the document with its signature: W3C Data Integrity, `eddsa-jcs-2022`.
///
/// Source: W3C Data Integrity EdDSA Cryptosuites 1.0, 3.3.
public struct DataIntegrityProof: Equatable, Sendable {
  /// What is signed: an object, without a proof.
  public let document: CanonicalJSON
  /// The proof without its signature.
  private let options: CanonicalJSON

  /// Describes a proof that is yet to be signed.
  ///
  /// - Parameters:
  ///   - document: An object with an `@context`.
  ///   - key: What signs.
  ///   - created: The instant, as RFC 3339 has it.
  public init(of document: CanonicalJSON, by key: DIDKey, created: String) {
    self.document = document
    let options: CanonicalJSON = .object([
      "type": .text("DataIntegrityProof"),
      "cryptosuite": .text("eddsa-jcs-2022"),
      "created": .text(created),
      "verificationMethod": .text(key.method),
      "proofPurpose": .text("assertionMethod"),
    ])
    self.options = document["@context"].map { options.with("@context", $0) } ?? options
  }

  /// The 64 octets that are signed: digests of the options and of the document. They pass for no note, which ends
  /// with the end of a line and begins with another word.
  public var message: [UInt8] { Self.digest(self.options) + Self.digest(self.document) }

  /// The document with its proof.
  public func signed(_ signature: [UInt8]) -> CanonicalJSON {
    let proof = self.options.with("proofValue", .text("z" + Base58.text(signature)))
    return self.document.with("proof", proof)
  }

  private static func digest(_ value: CanonicalJSON) -> [UInt8] {
    SHA256.digest(Array(value.text.utf8))
  }
}
