import BitimDomain
import BitimProtocol
import BitimStore

/// Makes certificates: gives numbers and freezes everything a sheet will ever say.
struct Press {
  private let caller: Caller
  private let school: BitimV1.Organisation
  private let entitlement: String
  private let signatory: String
  private let programmes: [BitimV1.Programme]
  private var serial: Int64

  /// - Throws: ``Refusal`` with ``Reason/notEntitledToIssue`` unless the School is entitled to
  ///   issue today (Law On Mediation, articles 8-1(8) and 13(3)(7)).
  init(_ caller: Caller, _ state: borrowing Snapshot) throws {
    guard let school = try state.school(),
      let entitlement = try state.entitlement(of: school.id, to: .issue, on: caller.today)
    else { throw Refusal(.notEntitledToIssue, ["day": caller.today.iso]) }
    self.caller = caller
    self.school = school
    self.entitlement = entitlement
    self.signatory = try PersonFinder.name(of: caller.personID, in: .kk, state)
    self.programmes = try state.programmes()
    self.serial = try state.lastSerial(year: caller.today.parts.year)
  }

  /// The next certificate, for somebody whom every rule allows it.
  ///
  /// - Throws: ``Refusal`` with ``Reason/serialsExhausted``.
  mutating func certificate(
    for candidacy: Candidacy, code: [UInt8], _ state: borrowing Snapshot
  ) throws -> BitimJournalV1.CertificatesIssued.Certificate {
    self.serial += 1
    let year = self.caller.today.parts.year
    guard let number = CertificateNumber(year: year, serial: self.serial) else {
      throw Refusal(.serialsExhausted, ["year": "\(year)"])
    }
    var sheet = try self.sheet(of: candidacy, state)
    sheet.number = number.text
    var certificate = BitimJournalV1.CertificatesIssued.Certificate()
    certificate.number = number.value
    certificate.code = code
    certificate.personId = candidacy.person
    certificate.kind = .init(rawValue: candidacy.target.kind.number)
    certificate.programme = Int32(candidacy.target.programme)
    certificate.enrolmentId = candidacy.file?.enrolment.id ?? 0
    certificate.sheet = sheet.encoded
    return certificate
  }

  private func sheet(
    of candidacy: Candidacy, _ state: borrowing Snapshot
  ) throws -> BitimV1.Sheet {
    var sheet = BitimV1.Sheet()
    sheet.kind = .init(rawValue: candidacy.target.kind.number)
    sheet.holder = try state.allNames(of: candidacy.person).last
    sheet.decidedOn = self.caller.today.iso
    sheet.issuedOn = self.caller.today.iso
    sheet.validFrom = self.caller.today.iso
    sheet.issuer = self.school.name
    sheet.issuerEntitlement = self.entitlement
    sheet.place = self.school.region
    sheet.signatory = self.signatory
    sheet.signatoryPost = .init(
      kk: "Мектептің сертификаттаушысы", ru: "Сертификатор Школы", en: "Certifier of the School")
    guard let file = candidacy.file else {
      sheet.title = .init(
        kk: "Медиаторлар мектебінің сертификаты", ru: "Сертификат Школы медиаторов",
        en: "Certificate of the School of Mediators")
      sheet.basedOn = candidacy.held.sorted { $0.key < $1.key }.map(\.value.text)
      return sheet
    }
    let dossier = file.dossier
    sheet.programme = Int32(candidacy.target.programme)
    sheet.title = self.programmes.first { Int($0.number) == candidacy.target.programme }?.name
    sheet.edition = dossier.edition.code
    sheet.legalBasis = try state.legalBasis(ofEdition: dossier.edition.id)
    sheet.theoryQuarters = Int32(dossier.hours.theory)
    sheet.practiceQuarters = Int32(dossier.hours.practice)
    sheet.trainedFrom = dossier.trained?.from.iso ?? ""
    sheet.trainedUntil = dossier.trained?.until.iso ?? ""
    sheet.trainedBy = try state.organisation(id: file.cohort.organisationID)?.name
    sheet.attestedOn = dossier.pass?.heldOn.iso ?? ""
    sheet.protocolNumber = dossier.pass?.protocolNumber ?? ""
    return sheet
  }
}
