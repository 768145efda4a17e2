import BitimCrypto

/// What is to be signed of a document, and the document with its signature: W3C Data Integrity.
///
/// Source: W3C Data Integrity EdDSA Cryptosuites 1.0, 3.2 and 3.3.
public struct DataIntegrityProof: Equatable, Sendable {
  /// How what is signed is made of a document.
  public enum Suite: String, Sendable {
    /// Of the canonical form of its JSON.
    case jcs = "eddsa-jcs-2022"
    /// Of the canonical form of its linked data: lines of N-Quads.
    case rdfc = "eddsa-rdfc-2022"
  }

  /// What is signed: an object, without a proof.
  public let document: CanonicalJSON
  /// How.
  public let suite: Suite
  /// The proof without its signature.
  private let options: CanonicalJSON
  /// The canonical forms of options and document, which are hashed.
  private let forms: [String]

  /// Describes a proof of `eddsa-jcs-2022` that is yet to be signed.
  ///
  /// - Parameters:
  ///   - document: An object with an `@context`.
  ///   - key: What signs.
  ///   - created: The instant, as RFC 3339 has it.
  public init(of document: CanonicalJSON, by key: DIDKey, created: String) {
    let options = Self.options(.jcs, key, created)
    let whole = document["@context"].map { options.with("@context", $0) } ?? options
    self.init(document, .jcs, whole, forms: [whole.text, document.text])
  }

  /// Describes a proof of `eddsa-rdfc-2022` that is yet to be signed.
  ///
  /// - Parameters:
  ///   - document: An object.
  ///   - lines: What its contexts make of it, see ``LinkedNode``.
  ///   - key: What signs.
  ///   - created: The instant, as RFC 3339 has it.
  init(of document: CanonicalJSON, lines: String, by key: DIDKey, created: String) {
    self.init(
      document, .rdfc, Self.options(.rdfc, key, created),
      forms: [LinkedNode.proof(by: key, created: created, suite: Suite.rdfc.rawValue).lines, lines])
  }

  private init(
    _ document: CanonicalJSON, _ suite: Suite, _ options: CanonicalJSON, forms: [String]
  ) {
    self.document = document
    self.suite = suite
    self.options = options
    self.forms = forms
  }

  /// The 64 octets that are signed: digests of the options and of the document. They pass for no note, which ends
  /// with the end of a line and begins with another word.
  public var message: [UInt8] { self.forms.flatMap { SHA256.digest(Array($0.utf8)) } }

  /// The document with its proof; one of ``Suite/rdfc`` stands in a list, as Open Badges have it.
  public func signed(_ signature: [UInt8]) -> CanonicalJSON {
    let proof = self.options.with("proofValue", .text("z" + Base58.text(signature)))
    switch self.suite {
    case .jcs: return self.document.with("proof", proof)
    case .rdfc: return self.document.with("proof", .list([proof]))
    }
  }

  private static func options(_ suite: Suite, _ key: DIDKey, _ created: String) -> CanonicalJSON {
    .object([
      "type": .text("DataIntegrityProof"),
      "cryptosuite": .text(suite.rawValue),
      "created": .text(created),
      "verificationMethod": .text(key.method),
      "proofPurpose": .text("assertionMethod"),
    ])
  }
}
