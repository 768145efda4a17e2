/// Which certificates of a year are revoked or replaced, or which are suspended: a bit each, at ``StatusPlaces``.
///
/// Source: W3C Bitstring Status List 1.0; `schema/STATUS.md`.
public struct StatusList: Equatable, Sendable {
  /// What a bit that is set means.
  public enum Purpose: String, CaseIterable, Sendable {
    /// Revoked or replaced.
    case revocation
    /// Suspended.
    case suspension
  }

  /// Where lists lie, and so what they are called.
  public enum Place: Equatable, Sendable {
    /// In a folder of the web, whose address this is.
    case web(String)
    /// Nowhere that is known: the log's name is in theirs.
    case log(String)

    /// What the list of a year is called.
    public func name(of year: Int, _ purpose: Purpose) -> String {
      switch self {
      case .web(let address): "\(address)/\(StatusList.file(of: year, purpose))"
      case .log(let name):
        "urn:" + name.split(separator: "/").joined(separator: ":")
          + ":status:\(year):\(purpose.rawValue)"
      }
    }
  }

  /// How many places a list has: more than a year has serials, and eight times what the standard wants at least.
  public static let count = 1 << (2 * StatusPlaces.half)
  /// For how many days a list may be believed: as long as it is thirty whole days old.
  public static let days = 31

  private var octets = [UInt8](repeating: 0, count: Self.count / 8)

  /// A list in which no bit is set.
  public init() {}

  /// Reads ``encoded``; nil for anything else, another file of the same bits too.
  init?(encoded text: String) {
    let plain = text.utf8.dropFirst().map { octet -> UInt8 in
      switch octet {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: octet
      }
    }
    let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - plain.count % 4) % 4)
    guard let file = StrictBase64.octets(plain + padding),
      let octets = GzipReading.octets(file, most: Self.count / 8), octets.count == Self.count / 8
    else { return nil }
    self.octets = octets
    guard self.encoded == text else { return nil }
  }

  /// Whether the bit at a place is set.
  public func isSet(_ place: Int) -> Bool {
    self.octets[place / 8] & (0x80 >> UInt8(place % 8)) != 0
  }

  /// Sets the bit at a place. The first is the highest of the first octet.
  public mutating func set(_ place: Int) { self.octets[place / 8] |= 0x80 >> (place % 8) }

  /// The bits as the standard writes them: `u`, and base64url of a file of gzip.
  public var encoded: String {
    let text = StrictBase64.text(Gzip.file(self.octets)).utf8.compactMap { octet -> UInt8? in
      switch octet {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: octet
      }
    }
    return "u" + String(decoding: text, as: UTF8.self)
  }

  /// The file's name, beside the others of its folder.
  public static func file(of year: Int, _ purpose: Purpose) -> String {
    "\(year)-\(purpose.rawValue).json"
  }

  /// The list as a credential, without a proof.
  ///
  /// - Parameters:
  ///   - name: What it is called, see ``Place``.
  ///   - issuer: Whose key will sign it.
  ///   - from: The instant of which it tells, as RFC 3339 has it.
  ///   - until: Until when it may be believed.
  public func credential(
    _ purpose: Purpose, called name: String, by issuer: DIDKey, from: String, until: String
  ) -> CanonicalJSON {
    .object([
      "@context": .list([.text("https://www.w3.org/ns/credentials/v2")]),
      "id": .text(name),
      "type": .list([.text("VerifiableCredential"), .text("BitstringStatusListCredential")]),
      "issuer": .text("\(issuer)"),
      "validFrom": .text(from),
      "validUntil": .text(until),
      "credentialSubject": .object([
        "id": .text("\(name)#list"),
        "type": .text("BitstringStatusList"),
        "statusPurpose": .text(purpose.rawValue),
        "encodedList": .text(self.encoded),
      ]),
    ])
  }
}
