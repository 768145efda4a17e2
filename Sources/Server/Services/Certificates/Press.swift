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

  /// What the certificate of a grant will say of somebody.
  func sheet(
    of candidacy: Candidacy, _ grant: IssueCertificates.Grant, _ state: borrowing Snapshot
  ) throws -> BitimV1.Sheet {
    var sheet = try self.unsigned(candidacy, state)
    self.sign(&sheet, grant, decidedOn: self.caller.today.iso)
    return sheet
  }

  /// What a certificate would say that is decided on today, before it has a number.
  func specimen(of candidacy: Candidacy, _ state: borrowing Snapshot) throws -> BitimV1.Sheet {
    var sheet = try self.unsigned(candidacy, state)
    let today = self.caller.today
    sheet.decidedOn = today.iso
    let months = candidacy.file?.dossier.edition.validityMonths.value ?? 0
    self.sign(
      &sheet, candidacy.target.kind, issuedOn: today, Period(from: today, months: months))
    return sheet
  }

  private func unsigned(
    _ candidacy: Candidacy, _ state: borrowing Snapshot
  ) throws -> BitimV1.Sheet {
    try BitimV1.Sheet(
      of: candidacy.person, candidacy.target, on: candidacy.file,
      basedOn: candidacy.held.sorted { $0.key < $1.key }.map(\.value.text), self.programmes,
      state)
  }

  /// Adds what the issue brings: number, days, and who issues.
  func sign(
    _ sheet: inout BitimV1.Sheet, _ grant: IssueCertificates.Grant, decidedOn day: String
  ) {
    sheet.number = grant.number.text
    sheet.decidedOn = day
    self.sign(&sheet, grant.candidate.kind, issuedOn: grant.issuedOn, grant.validity)
  }

  private func sign(
    _ sheet: inout BitimV1.Sheet, _ kind: CertificateKind, issuedOn day: CivilDate,
    _ validity: Period
  ) {
    sheet.issuedOn = day.iso
    sheet.validFrom = validity.from.iso
    sheet.validUntil = validity.until?.iso
    // As the School is called on the day of issue.
    sheet.issuer = .init(self.school.name(on: day))
    sheet.issuerEntitlement = self.entitlement ?? ""
    sheet.place = self.school.region(on: day)
    sheet.signatory = self.signatory
    sheet.signatoryPost =
      kind == .attendance && self.caller.roles.contains(.registrar)
      ? .init(kk: "Мектептің тіркеушісі", ru: "Регистратор Школы", en: "Registrar of the School")
      : .init(
        kk: "Мектептің сертификаттаушысы", ru: "Сертификатор Школы", en: "Certifier of the School")
  }
}

extension BitimV1.Sheet {
  /// What a certificate says of somebody, whenever it is issued and by whomever.
  ///
  /// - Parameters:
  ///   - file: The enrolment that it rests on; nil for the School's certificate.
  ///   - numbers: For the School's certificate: the three that it rests on.
  init(
    of person: Int64, _ target: IssueTarget, on file: EnrolmentFile?, basedOn numbers: [String],
    _ programmes: [Trilingual], _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.kind = .init(rawValue: target.kind.number)
    self.holder = .init(try state.names(of: person))
    guard let file else {
      self.title = .init(
        kk: "Медиаторлар мектебінің сертификаты", ru: "Сертификат Школы медиаторов",
        en: "Certificate of the School of Mediators")
      self.basedOn = numbers
      return
    }
    let dossier = file.dossier
    self.programme = Int32(target.programme)
    self.title = .init(dossier.edition.name ?? programmes[target.programme - 1])
    self.edition = dossier.edition.code
    self.legalBasis = .init(dossier.edition.legalBasis)
    self.theoryQuarters = Int32(dossier.hours.theory)
    self.practiceQuarters = Int32(dossier.hours.practice)
    self.recognisedTheoryQuarters = Int32(dossier.recognised.theory)
    self.recognisedPracticeQuarters = Int32(dossier.recognised.practice)
    self.trainedFrom = dossier.trained?.from.iso ?? ""
    self.trainedUntil = dossier.trained?.until.iso ?? ""
    // As it was called on the last day of training.
    let lastDay = dossier.trained?.until ?? file.cohort.endsOn
    self.trainedBy = try state.organisation(id: file.cohort.organisationID)
      .map { .init($0.name(on: lastDay)) }
    self.attestedOn = dossier.pass?.heldOn.iso ?? ""
    self.protocolNumber = dossier.pass?.protocolNumber ?? ""
    self.specialisation = try state.specialisation(of: file.cohort).map { .init($0.name) }
  }
}
