import BitimDomain
import BitimProtocol

// Agreements with partners, as records hold them.

extension BitimJournalV1.Agreement {
  init(_ agreement: Agreement) {
    self.init()
    self.organisationId = agreement.organisation
    self.number = agreement.number
    self.signedOn = agreement.signedOn.iso
    self.validFrom = agreement.from.iso
    self.validUntil = agreement.until.iso
    self.country = agreement.country
    self.purpose = agreement.purpose
    self.transferGround = agreement.transferGround
    self.scope = agreement.scope.map { .init($0) }
    self.callsPerDay = agreement.callsPerDay
  }
}

extension Agreement {
  init(_ message: BitimJournalV1.Agreement) throws {
    self.init(
      organisation: message.organisationId, number: message.number,
      signedOn: try Record.day(message.signedOn), from: try Record.day(message.validFrom),
      until: try Record.day(message.validUntil), country: message.country,
      purpose: message.purpose, transferGround: message.transferGround,
      scope: try message.scope.map { try Record.word($0) }, callsPerDay: message.callsPerDay)
  }
}

extension BitimJournalV1.AgreementAdopted {
  init(_ deed: AgreementAdopted) {
    self.init()
    self.agreement = .init(deed.agreement)
  }
}

extension AgreementAdopted {
  init(_ message: BitimJournalV1.AgreementAdopted) throws {
    self.init(agreement: try Agreement(message.agreement ?? .init()))
  }
}

extension BitimJournalV1.AgreementEnded {
  init(_ deed: AgreementEnded) {
    self.init()
    self.organisationId = deed.organisationID
    self.endsSequence = deed.ends
    self.lastDay = deed.lastDay.iso
  }
}

extension AgreementEnded {
  init(_ message: BitimJournalV1.AgreementEnded) throws {
    self.init(
      organisationID: message.organisationId, ends: message.endsSequence,
      lastDay: try Record.day(message.lastDay))
  }
}
