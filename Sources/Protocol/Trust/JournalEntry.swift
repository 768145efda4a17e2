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
    self.commitment = SHA256.digest(salt + record)
  }

  /// The octets that are hashed.
  public var octets: [UInt8] {
    Array(
      """
      {"at":\(self.recordedAtMs),"commitment":"\(Hex.text(self.commitment))",\
      "kind":"\(self.kind)","seq":\(self.sequence),"v":1}
      """.utf8)
  }
}
