import BitimDomain
import BitimProtocol

// Certificates of an old register, as records hold them.

extension BitimJournalV1.OldEntry {
  init(_ entry: OldEntry) {
    self.init()
    self.ownNumber = entry.ownNumber
    self.book = entry.book
    self.page = entry.page
    self.issuedOn = entry.issuedOn.iso
    self.programme = Int32(entry.programme)
    self.attestation = .init(entry.attestation)
  }
}

extension OldEntry {
  init(_ message: BitimJournalV1.OldEntry) throws {
    self.init(
      ownNumber: message.ownNumber, book: message.book, page: message.page,
      issuedOn: try Record.day(message.issuedOn), programme: Int(message.programme),
      attestation: try Record.word(message.attestation))
  }
}

extension BitimJournalV1.CertificatesAdopted {
  init(_ deed: CertificatesAdopted) {
    self.init()
    self.issuerId = deed.issuerID
    self.people = deed.people.map { .init($0) }
    self.dismissed = deed.dismissed.map { .init($0) }
    self.certificates = deed.certificates.map { certificate in
      var message = Certificate()
      message.number = certificate.number.value
      message.personId = certificate.personID
      message.entry = .init(certificate.entry)
      message.sheet = certificate.sheet
      return message
    }
  }
}

extension CertificatesAdopted {
  init(_ message: BitimJournalV1.CertificatesAdopted) throws {
    self.init(
      issuerID: message.issuerId, people: try message.people.map { try Person($0) },
      dismissed: message.dismissed.map { DismissedDouble($0) },
      certificates: try message.certificates.map { certificate in
        Certificate(
          number: try Record.number(certificate.number), personID: certificate.personId,
          entry: try OldEntry(certificate.entry ?? .init()), sheet: certificate.sheet)
      })
  }
}

extension BitimJournalV1.Proposed.AdoptCertificates {
  init(_ act: AdoptCertificates) {
    self.init()
    self.rows = act.rows.map { row in
      var message = Row()
      message.line = Int32(row.line)
      message.holder = .init(row.holder)
      message.entry = .init(row.entry)
      message.distinctPeople = row.distinct.people.sorted()
      message.distinctLines = row.distinct.lines.sorted().map { Int32($0) }
      message.distinctEvidence = row.distinct.evidence
      return message
    }
  }
}

extension AdoptCertificates {
  init(_ message: BitimJournalV1.Proposed.AdoptCertificates) throws {
    self.init(
      try message.rows.map { row in
        Row(
          line: Int(row.line), holder: try Person(row.holder ?? .init()),
          entry: try OldEntry(row.entry ?? .init()),
          distinct: Distinct(
            people: Set(row.distinctPeople), lines: Set(row.distinctLines.map { Int($0) }),
            evidence: row.distinctEvidence))
      })
  }
}
