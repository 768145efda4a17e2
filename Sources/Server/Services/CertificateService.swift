import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Explains, revokes, shows and lists certificates; issue and verification have files of their own.
enum CertificateService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.list(BitimV1.CertificateService.explainEligibility, Self.explain),
      services.list(BitimV1.CertificateService.previewIssue, Self.preview),
      services.write(BitimV1.CertificateService.issueCertificates, Self.issue),
      services.write(BitimV1.CertificateService.revokeCertificate, Self.revoke),
      services.read(BitimV1.CertificateService.getCertificate, Self.get),
      services.list(BitimV1.CertificateService.listCertificates, Self.list),
      Self.verification(services),
      .bidirectional(BitimV1.CertificateService.verifyCertificates) {
        call, inbound, outbound throws(Status) in
        try await Self.verifyAll(services.visit(call), inbound, outbound)
      },
      .serverStream(BitimV1.CertificateService.exportCertificates) {
        call, request, outbound throws(Status) in
        try await Self.export(services.visit(call), request, outbound)
      },
      .serverStream(BitimV1.CertificateService.watchCertificates) {
        call, request, outbound throws(Status) in
        try await Self.watch(services.visit(call), request, outbound)
      },
    ]
  }

  /// The number in a request of our own people.
  ///
  /// - Throws: ``Refusal`` with ``Reason/numberMistyped``.
  private static func number(_ text: String) throws(Refusal) -> CertificateNumber {
    do {
      guard text.utf8.count <= Self.typedMax else { throw CertificateNumber.Mistyped() }
      return try CertificateNumber(typed: text)
    } catch {
      throw Refusal(.numberMistyped, column: "number", value: text)
    }
  }

  @Sendable private static func explain(
    _ caller: Caller, _ request: BitimV1.ExplainEligibilityRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ExplainEligibilityResponse {
    guard try state.hasPerson(request.personId) else {
      throw Refusal(.personUnknown, column: "person")
    }
    try caller.mayActOn(person: request.personId, state)
    let target = try IssueTarget(request.target ?? .init())
    let standing = try Candidacy(person: request.personId, target, state)
    var response = BitimV1.ExplainEligibilityResponse()
    response.isEligible = standing.isEligible
    response.rules = standing.rules.map { BitimV1.RuleFinding($0) }
    response.certificateNumber = standing.certificate?.text ?? ""
    response.edition = standing.file?.dossier.edition.code ?? ""
    return response
  }

  @Sendable private static func revoke(
    _ caller: Caller, _ request: BitimV1.RevokeCertificateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RevokeCertificateResponse {
    let number = try Self.number(request.number)
    guard let reason = RevocationReason(number: request.reason.rawValue) else {
      throw Refusal(.notInList, column: "reason")
    }
    let day = try caller.pastDateOrToday(request.heldOn, column: "held_on")
    guard let certificate = try transaction.state.certificate(number) else {
      throw Refusal(.certificateUnknown, column: "number", value: number.text)
    }
    let revoked = try certificate.life.revoked(on: day, for: reason)
    var deed = BitimJournalV1.CertificateRevoked()
    deed.number = number.value
    deed.reason = request.reason
    try transaction.record(.certificateRevoked(deed), by: caller.actor, heldOn: day)
    var response = BitimV1.RevokeCertificateResponse()
    response.status = .init(revoked, on: caller.today)
    return response
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetCertificateRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetCertificateResponse {
    guard caller.isSchool else { throw Refusal(.notYourOrganisation) }
    let number = try Self.number(request.number)
    guard let certificate = try state.certificate(number) else {
      throw Refusal(.certificateUnknown, column: "number", value: number.text)
    }
    var response = BitimV1.GetCertificateResponse()
    response.sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    response.code = CertificateCode(octets: certificate.code)?.text ?? ""
    response.status = .init(certificate.life, on: caller.today)
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListCertificatesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListCertificatesResponse {
    guard caller.isSchool else { throw Refusal(.notYourOrganisation) }
    let size = try Pages.size(request.pageSize)
    guard request.year == 0 || (2000...9999).contains(request.year) else {
      throw Refusal(.outOfRange, column: "year", value: "\(request.year)")
    }
    let filter = "certificates:\(request.year)"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    var page = try state.certificates(year: Int(request.year), after: after, limit: size + 1)
    var response = BitimV1.ListCertificatesResponse()
    if page.count > size {
      page.removeLast()
      response.nextPageToken = Pages.token(
        after: "\(page.last?.number.value ?? 0)", filter: filter)
    }
    response.certificates = try page.map { try .init($0, on: caller.today) }
    if request.year != 0, request.pageToken.isEmpty {
      response.missingSerials = try state.missingSerials(year: Int(request.year))
    }
    return response
  }
}

extension BitimV1.CertificateLine {
  /// A certificate as lists show it.
  init(_ record: CertificateRecord, on day: CivilDate) throws {
    let sheet = try BitimV1.Sheet(decoding: record.sheet)
    self.init()
    self.number = record.number.text
    self.kind = sheet.kind
    self.programme = sheet.programme
    self.holder = sheet.holder
    self.issuedOn = sheet.issuedOn
    self.trainedBy = sheet.trainedBy
    self.status = .init(record.life, on: day)
  }
}

extension BitimV1.CertificateStatus {
  /// How a certificate stands on a day, as it is answered.
  init(_ life: CertificateLife, on day: CivilDate) {
    self.init(life.standing(on: day), life.revocation)
  }

  /// How a certificate stands, as it is answered.
  init(_ standing: Standing, _ revocation: CertificateLife.Revocation?) {
    self.init()
    self.standing = .init(rawValue: standing.number)
    if let revocation {
      self.since = revocation.since.iso
      self.reason = .init(rawValue: revocation.reason.number)
    }
  }
}

extension BitimV1.RuleFinding {
  /// A rule as it is answered.
  init(_ finding: RuleFinding) {
    self.init()
    self.rule = finding.rule.rawValue
    self.isMet = finding.isMet
    self.arguments = .init(finding.arguments)
    self.basis = .init(rawValue: finding.basis.number)
  }
}
