/// A key that signs for the School: its public half, and what two persons have said of it.
package struct SigningKey: Equatable, Sendable {
  /// How signatures name it.
  package var name: String
  /// Its 32 octets, of Ed25519.
  package var publicKey: [UInt8]
  /// What it signs.
  package var use: KeyUse
  /// The first day.
  package var from: CivilDate
  /// Where it is kept, in words; empty where that is not said.
  package var kept: String

  package init(name: String, publicKey: [UInt8], use: KeyUse, from: CivilDate, kept: String) {
    self.name = name
    self.publicKey = publicKey
    self.use = use
    self.from = from
    self.kept = kept
  }
}

/// Why a key signs no more.
package struct KeyRetirement: Equatable, Sendable {
  /// The last day on which it signs.
  package var lastDay: CivilDate
  package var ground: RetirementGround
  /// Of a stolen one: up to how many acts of the journal it is believed.
  package var believedSize: Int64?

  package init(lastDay: CivilDate, ground: RetirementGround, believedSize: Int64?) {
    self.lastDay = lastDay
    self.ground = ground
    self.believedSize = believedSize
  }
}

/// A key that was certified, as it stands.
package struct CertifiedKey: Equatable, Sendable {
  package var key: SigningKey
  /// The act that certified it.
  package var sequence: Int64
  /// Why it signs no more; nil while it stands.
  package var retirement: KeyRetirement?
  /// The act that retired it; nil while it stands.
  package var retiredBy: Int64?

  package init(
    _ key: SigningKey, sequence: Int64, retirement: KeyRetirement? = nil, retiredBy: Int64? = nil
  ) {
    self.key = key
    self.sequence = sequence
    self.retirement = retirement
    self.retiredBy = retiredBy
  }

  /// Whether it may sign on that day: what is lost or stolen signs nothing from when that is recorded.
  package func signs(on day: CivilDate) -> Bool {
    guard self.key.from <= day else { return false }
    guard let retirement = self.retirement else { return true }
    return retirement.ground == .rotated && day <= retirement.lastDay
  }
}
