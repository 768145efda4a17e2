import BitimCrypto

/// A leaf of the journal's tree: what is for ever, and says nothing about anybody.
///
/// The octets are JCS (RFC 8785) of an object with these five members; every value is an integer
/// or ASCII, so that the members in the order of their names are the canonical form.
public struct JournalEntry: Equatable, Sendable {
  /// The entry's place, from 1.
  public let sequence: Int64
  /// When it was recorded, in milliseconds since 1970.
  public let recordedAtMs: Int64
  /// What kind of act it is: lower-case letters and underscores.
  public let kind: String
  /// SHA-256 of salt and record.
  public let commitment: [UInt8]

  /// Describes an act whose record and salt are kept elsewhere.
  public init(
    sequence: Int64, recordedAtMs: Int64, kind: String, salt: [UInt8], record: [UInt8]
  ) {
    self.sequence = sequence
    self.recordedAtMs = recordedAtMs
    self.kind = kind
    var hash = SHA256()
    hash.update(salt)
    hash.update(record)
    self.commitment = hash.finish()
  }

  /// Reads the octets of an entry; nil when they are anything else.
  public init?(_ octets: [UInt8]) {
    let form =
      /\{"at":([0-9]{1,18}),"commitment":"([0-9a-f]{64})","kind":"([a-z_]+)","seq":([0-9]{1,18}),"v":1\}/
    guard let text = String(validating: octets, as: UTF8.self),
      let match = text.wholeMatch(of: form), let at = Int64(match.output.1),
      let sequence = Int64(match.output.4), let commitment = Hex.octets(match.output.2)
    else { return nil }
    self.sequence = sequence
    self.recordedAtMs = at
    self.kind = String(match.output.3)
    self.commitment = commitment
    // Numbers have one form.
    guard sequence > 0, self.octets == octets else { return nil }
  }

  /// The octets that are hashed.
  public var octets: [UInt8] {
    // Each act has one, made when it is recorded and whenever it is looked at: put together octet by
    // octet, it takes half of what an interpolation does.
    var octets: [UInt8] = []
    octets.reserveCapacity(192)
    octets += #"{"at":"#.utf8
    octets += String(self.recordedAtMs).utf8
    octets += #","commitment":""#.utf8
    Hex.append(self.commitment, to: &octets)
    octets += #"","kind":""#.utf8
    octets += self.kind.utf8
    octets += #"","seq":"#.utf8
    octets += String(self.sequence).utf8
    octets += #","v":1}"#.utf8
    return octets
  }
}
