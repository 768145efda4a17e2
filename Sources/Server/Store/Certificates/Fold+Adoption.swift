import BitimCrypto
import BitimDomain
import BitimProtocol

/// Certificates of an old register.
extension Fold {
  mutating func adopt(_ deed: CertificatesAdopted, by person: Int64, _ seq: Int64) throws {
    for person in deed.people { try self.add(person, seq) }
    try self.dismiss(deed.dismissed, seq)
    for certificate in deed.certificates {
      let (number, entry) = (certificate.number.value, certificate.entry)
      try self.database.execute(
        """
        INSERT INTO certificate (number, person_id, kind, programme, issued_on, valid_from,
          decided_by, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
        """,
        [
          .integer(number), .integer(certificate.personID),
          .text(CertificateKind.adopted.rawValue), .int(entry.programme), .date(entry.issuedOn),
          .integer(person), .integer(seq),
        ])
      try self.database.execute(
        "INSERT INTO verification (number, valid_from_day, sheet) VALUES (?1, ?2, ?3)",
        [.integer(number), .int(entry.issuedOn.dayNumber), .blob(certificate.sheet)])
      try self.database.execute(
        """
        INSERT INTO adopted_certificate
          (number, issuer_id, year, own_key, own_number, book, page, attestation)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """,
        [
          .integer(number), .integer(deed.issuerID), .int(entry.key.year),
          .text(entry.key.number), .text(entry.ownNumber), .text(entry.book), .text(entry.page),
          .text(entry.attestation.rawValue),
        ])
      try self.papers(certificate)
    }
  }

  /// By what the paper is verified: the surnames that its sheet answers.
  private func papers(_ certificate: CertificatesAdopted.Certificate) throws {
    let sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    func name(_ name: BitimV1.Name?) -> PersonName? {
      name.map { PersonName(surname: $0.surname, given: $0.given, patronymic: $0.patronymic) }
    }
    let names = Names(
      kk: name(sheet.holder?.kk), ru: name(sheet.holder?.ru), latin: name(sheet.holder?.latin))
    for paper in OldPaper.all(of: certificate.entry, holder: names) {
      try self.database.execute(
        "INSERT INTO adopted_paper (key, number) VALUES (?1, ?2)",
        [.blob(paper.key), .integer(certificate.number.value)])
    }
  }
}

extension OldPaper {
  /// By what it is found: thirty-two octets, whatever stands on it.
  var key: [UInt8] { Array(SHA256.digest(Array(self.text.utf8))) }
}
