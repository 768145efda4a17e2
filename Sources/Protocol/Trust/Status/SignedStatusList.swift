import BitimCrypto

/// A file of a status list, read: what it says, and whether its own key has signed it.
public struct SignedStatusList: Equatable, Sendable {
  /// The longest file that is read, in octets.
  public static let octetsMax = 1_000_000

  /// What it is called.
  public let name: String
  /// What a bit of it means.
  public let purpose: StatusList.Purpose
  /// Whose key it names.
  public let issuer: DIDKey
  /// The instant of which it tells, in milliseconds since 1970.
  public let fromMs: Int64
  /// The bits.
  public let list: StatusList
  /// Whether the key that it names has signed it. Whether that is the School's it can't say.
  public let holds: Bool

  /// Reads a file, with a line's end or without; nil where it deviates by one octet from what we write.
  public init?(_ octets: [UInt8]) {
    let line = octets.last == 0x0A ? Array(octets.dropLast()) : octets
    guard octets.count <= Self.octetsMax, let whole = CanonicalJSON(line),
      let name = whole["id"]?.string, let issuer = whole["issuer"]?.string.flatMap({ DIDKey($0) }),
      let from = whole["validFrom"]?.string, let until = whole["validUntil"]?.string,
      let fromMs = InstantText.milliseconds(from), InstantText.milliseconds(until) != nil,
      let subject = whole["credentialSubject"],
      let purpose = subject["statusPurpose"]?.string.flatMap(StatusList.Purpose.init(rawValue:)),
      let list = subject["encodedList"]?.string.flatMap({ StatusList(encoded: $0) }),
      let created = whole["proof"]?["created"]?.string,
      let value = whole["proof"]?["proofValue"]?.string, value.first == "z",
      let signature = Base58.octets(value.utf8.dropFirst(), count: 64)
    else { return nil }
    let proof = DataIntegrityProof(
      of: list.credential(purpose, called: name, by: issuer, from: from, until: until),
      by: issuer, created: created)
    // Nothing stands in it that was not looked at: what it says makes the same file.
    guard proof.signed(signature).text.utf8.elementsEqual(whole.text.utf8) else { return nil }
    self.name = name
    self.purpose = purpose
    self.issuer = issuer
    self.fromMs = fromMs
    self.list = list
    self.holds = issuer.publicKey.verifies(signature, of: proof.message)
  }

  /// Whether it is the list of a year, wherever it lies.
  func isOf(_ year: Int, log: String) -> Bool {
    self.name == StatusList.Place.log(log).name(of: year, self.purpose)
      || self.name.hasSuffix("/" + StatusList.file(of: year, self.purpose))
  }
}
