import BitimDomain
import BitimProtocol
import BitimStore

/// Makes certificates: gives numbers and freezes everything a sheet will ever say.
struct Press {
  private let caller: Caller
  private let school: Organisation
  private let entitlement: String
  private let signatory: String
  private let programmes: [Trilingual]
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
    for candidacy: Candidacy, code: CertificateCode, _ state: borrowing Snapshot
  ) throws -> CertificatesIssued.Certificate {
    self.serial += 1
    let year = self.caller.today.parts.year
    guard let number = CertificateNumber(year: year, serial: self.serial) else {
      throw Refusal(.serialsExhausted, ["year": "\(year)"])
    }
    var sheet = try self.sheet(of: candidacy, state)
    sheet.number = number.text
    let today = self.caller.today
    return CertificatesIssued.Certificate(
      number: number, code: code, personID: candidacy.person, kind: candidacy.target.kind,
      programme: candidacy.target.programme, enrolmentID: candidacy.file?.enrolment.id ?? 0,
      issuedOn: today, validity: Period(from: today, until: nil), sheet: sheet.encoded)
  }

  private func sheet(
    of candidacy: Candidacy, _ state: borrowing Snapshot
  ) throws -> BitimV1.Sheet {
    var sheet = BitimV1.Sheet()
    sheet.kind = .init(rawValue: candidacy.target.kind.number)
    sheet.holder = .init(try state.names(of: candidacy.person))
    sheet.decidedOn = self.caller.today.iso
    sheet.issuedOn = self.caller.today.iso
    sheet.validFrom = self.caller.today.iso
    sheet.issuer = .init(self.school.name)
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
    sheet.title = .init(self.programmes[candidacy.target.programme - 1])
    sheet.edition = dossier.edition.code
    sheet.legalBasis = .init(try state.legalBasis(ofEdition: dossier.edition.id))
    sheet.theoryQuarters = Int32(dossier.hours.theory)
    sheet.practiceQuarters = Int32(dossier.hours.practice)
    sheet.trainedFrom = dossier.trained?.from.iso ?? ""
    sheet.trainedUntil = dossier.trained?.until.iso ?? ""
    sheet.trainedBy = try state.organisation(id: file.cohort.organisationID).map { .init($0.name) }
    sheet.attestedOn = dossier.pass?.heldOn.iso ?? ""
    sheet.protocolNumber = dossier.pass?.protocolNumber ?? ""
    return sheet
  }
}
