import BitimCrypto

/// A file of a certificate's credential, read: what it says, and whether its own key has signed it.
public struct SignedCredential: Equatable, Sendable {
  /// The longest file that is read, in octets.
  public static let octetsMax = 100_000

  /// What it says.
  public let credential: CertificateCredential
  /// In which form.
  public let form: CertificateCredential.Form
  /// The instant of the signature, as RFC 3339 has it.
  public let created: String
  /// Whether the key that it names has signed it. Whether that is the School's it can't say.
  public let holds: Bool

  /// Reads a file, with a line's end or without; nil where it deviates by one octet from what we write.
  public init?(_ octets: [UInt8]) {
    let line = octets.last == 0x0A ? Array(octets.dropLast()) : octets
    guard octets.count <= Self.octetsMax, let whole = CanonicalJSON(line) else { return nil }
    let form: CertificateCredential.Form
    let proof: CanonicalJSON
    switch whole["proof"] {
    case .list(let proofs):
      guard let first = proofs.first else { return nil }
      (form, proof) = (.badge, first)
    case .some(let one): (form, proof) = (.plain, one)
    case nil: return nil
    }
    guard let credential = CertificateCredential(whole, form),
      let created = proof["created"]?.string, InstantText.milliseconds(created) != nil,
      let value = proof["proofValue"]?.string, value.first == "z",
      let signature = Base58.octets(value.utf8.dropFirst(), count: 64)
    else { return nil }
    let signed = credential.proof(form, created: created)
    // Nothing stands in it that was not looked at: what it says makes the same file.
    guard signed.signed(signature).text.utf8.elementsEqual(whole.text.utf8) else { return nil }
    self.credential = credential
    self.form = form
    self.created = created
    self.holds = credential.issuer.publicKey.verifies(signature, of: signed.message)
  }
}
