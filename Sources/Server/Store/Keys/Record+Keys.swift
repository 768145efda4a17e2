import BitimDomain
import BitimProtocol

// Keys that sign for the School, as records hold them.

extension BitimJournalV1.SigningKey {
  init(_ key: SigningKey) {
    self.init()
    self.name = key.name
    self.publicKey = key.publicKey
    self.use = .init(key.use)
    self.validFrom = key.from.iso
    self.kept = key.kept
  }
}

extension SigningKey {
  init(_ message: BitimJournalV1.SigningKey) throws {
    self.init(
      name: message.name, publicKey: message.publicKey, use: try Record.word(message.use),
      from: try Record.day(message.validFrom), kept: message.kept)
  }
}

extension BitimJournalV1.KeyRetirement {
  init(_ retirement: KeyRetirement) {
    self.init()
    self.lastDay = retirement.lastDay.iso
    self.ground = .init(retirement.ground)
    self.believedSize = retirement.believedSize
  }
}

extension KeyRetirement {
  init(_ message: BitimJournalV1.KeyRetirement) throws {
    self.init(
      lastDay: try Record.day(message.lastDay), ground: try Record.word(message.ground),
      believedSize: message.believedSize)
  }
}

extension BitimJournalV1.KeyCertified {
  init(_ deed: KeyCertified) {
    self.init()
    self.key = .init(deed.key)
  }
}

extension KeyCertified {
  init(_ message: BitimJournalV1.KeyCertified) throws {
    self.init(key: try SigningKey(message.key ?? .init()))
  }
}

extension BitimJournalV1.KeyRetired {
  init(_ deed: KeyRetired) {
    self.init()
    self.publicKey = deed.publicKey
    self.retirement = .init(deed.retirement)
    self.endsSequence = deed.ends ?? 0
  }
}

extension KeyRetired {
  init(_ message: BitimJournalV1.KeyRetired) throws {
    self.init(
      publicKey: message.publicKey,
      retirement: try KeyRetirement(message.retirement ?? .init()),
      ends: message.endsSequence == 0 ? nil : message.endsSequence)
  }
}
