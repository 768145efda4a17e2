/// A key signs for the School from a day on.
package struct KeyCertified: Equatable, Sendable {
  package var key: SigningKey

  package init(key: SigningKey) { self.key = key }
}

/// A key signs no more.
package struct KeyRetired: Equatable, Sendable {
  package var publicKey: [UInt8]
  package var retirement: KeyRetirement
  /// The act that retired it before for another reason; nil where none did.
  package var ends: Int64?

  package init(publicKey: [UInt8], retirement: KeyRetirement, ends: Int64?) {
    self.publicKey = publicKey
    self.retirement = retirement
    self.ends = ends
  }
}
