package import BitimDomain
import BitimCrypto
package import BitimSigning
package import BitimStore
import BitimTrust

extension LogSigner {
  /// The keys that the journal knows on a day, as whoever signs and introduces asks for them.
  package static func keys(
    in state: borrowing Snapshot, on day: CivilDate
  ) throws -> [JournalKey] {
    try state.signingKeys().compactMap { certified in
      guard let key = NoteKey(certified.key) else { return nil }
      let use: KeyNote.Use =
        switch certified.key.use {
        case .log: .log
        case .certificates: .certificates
        }
      return JournalKey(
        key: key, use: use, from: certified.key.from.iso, signs: certified.signs(on: day),
        isRetired: certified.retirement != nil,
        isStolen: certified.retirement?.ground == .stolen)
    }
  }
}

extension NoteKey {
  /// A key that was certified, which was one when it was; nil where somebody wrote the row by another program.
  init?(_ key: SigningKey) {
    guard let publicKey = Ed25519PublicKey(key.publicKey) else { return nil }
    self.init(name: key.name, publicKey: publicKey)
  }
}
