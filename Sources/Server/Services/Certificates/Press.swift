import BitimDomain
import BitimProtocol
import BitimStore

/// Writes sheets: freezes everything that a certificate will ever say.
struct Press {
  private let caller: Caller
  private let school: Organisation
  /// What entitles the School to issue today (Law On Mediation, articles 8-1(8) and 13(3)(7)); nil if
  /// nothing does.
  let entitlement: String?
  private let signatory: String
  private let programmes: [Trilingual]

  init(_ caller: Caller, _ state: borrowing Snapshot) throws {
    guard let school = try state.school() else {
      throw StoreFailure.corrupt("organisation: there is no School")
    }
    self.caller = caller
    self.school = school
    self.entitlement = try state.entitlement(of: school.id, to: .issue, on: caller.today)
    self.signatory = try PersonFinder.name(of: caller.personID, in: .kk, state)
    self.programmes = try state.programmes()
  }

  /// What the certificate with this number will say of somebody.
  func sheet(
    of candidacy: Candidacy, _ number: CertificateNumber, _ state: borrowing Snapshot
  ) throws -> BitimV1.Sheet {
    var sheet = BitimV1.Sheet()
    sheet.number = number.text
    sheet.kind = .init(rawValue: candidacy.target.kind.number)
    sheet.holder = .init(try state.names(of: candidacy.person))
    sheet.decidedOn = self.caller.today.iso
    sheet.issuedOn = self.caller.today.iso
    sheet.validFrom = self.caller.today.iso
    sheet.issuer = .init(self.school.name)
    sheet.issuerEntitlement = self.entitlement ?? ""
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
    sheet.legalBasis = .init(dossier.edition.legalBasis)
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
