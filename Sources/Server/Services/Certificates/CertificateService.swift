import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Explains, shows and lists certificates; issue, marks and verification have files of their own.
enum CertificateService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.list(BitimV1.CertificateService.explainEligibility, Self.explain),
      services.list(BitimV1.CertificateService.previewIssue, Self.preview),
      services.write(BitimV1.CertificateService.issueCertificates, Self.issue),
      services.write(BitimV1.CertificateService.revokeCertificate, Self.revoke),
      services.write(BitimV1.CertificateService.suspendCertificate, Self.suspend),
      services.write(BitimV1.CertificateService.reinstateCertificate, Self.reinstate),
      services.write(BitimV1.CertificateService.withdrawMark, Self.withdrawMark),
      services.write(BitimV1.CertificateService.refuseCertificate, Self.refuse),
      services.write(BitimV1.CertificateService.withdrawRefusal, Self.withdrawRefusal),
      services.write(BitimV1.CertificateService.letStand, Self.letStand),
      services.write(BitimV1.CertificateService.replaceCertificate, Self.replace),
      services.write(BitimV1.CertificateService.makeDuplicate, Self.duplicate),
      services.write(BitimV1.CertificateService.adoptCertificates, Self.adopt),
      services.read(BitimV1.CertificateService.getCertificate) { caller, request, state in
        try Self.get(caller, request, services.zone, state)
      },
      services.list(BitimV1.CertificateService.listCertificates, Self.list),
      Self.verification(services),
      services.read(BitimV1.CertificateService.verifyAdopted, Self.verifyAdopted),
      .task(BitimV1.CertificateService.getBundle) { call, request throws(Status) in
        try await Self.bundle(services.visit(call), request)
      },
      .task(BitimV1.CertificateService.getCredential) { call, request throws(Status) in
        try await Self.credential(services.visit(call), request)
      },
      .task(BitimV1.CertificateService.getStatusLists) { call, request throws(Status) in
        try await Self.statusLists(services.visit(call), request)
      },
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
  static func number(_ text: String) throws(Refusal) -> CertificateNumber {
    do {
      guard text.utf8.count <= Self.typedMax else { throw CertificateNumber.Mistyped() }
      return try CertificateNumber(typed: text)
    } catch {
      throw Refusal(finding: .numberMistyped, column: "number", value: text)
    }
  }

  @Sendable private static func explain(
    _ caller: Caller, _ request: BitimV1.ExplainEligibilityRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ExplainEligibilityResponse {
    try caller.mayActOn(person: request.personId, column: "person", state)
    let target = try IssueTarget(request.target ?? .init())
    let standing = try Candidacy(person: request.personId, target, for: caller, state)
    try caller.mayReadRules(of: standing, state)
    var response = BitimV1.ExplainEligibilityResponse()
    response.isEligible = standing.isEligible
    response.rules = standing.rules.map { BitimV1.RuleFinding($0.shown(to: caller)) }
    response.certificateNumber = standing.certificate?.text ?? ""
    response.edition = standing.file?.dossier.edition.code ?? ""
    return response
  }

  /// A certificate as it stands on a day, as that was known on another.
  private static func get(
    _ caller: Caller, _ request: BitimV1.GetCertificateRequest, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.GetCertificateResponse {
    let number = try Self.number(request.number)
    let day = try caller.dateOrToday(request.asOf, column: "as_of")
    let known = try CivilDate(typedIfThere: request.asKnown, column: "as_known")
    let next = try known.map { try state.firstAct(after: $0, zone: zone) } ?? .max
    // To a centre none is there: it verifies as anybody does.
    guard caller.isSchool, let certificate = try state.certificate(number, knownBefore: next) else {
      throw Refusal(finding: .certificateUnknown, column: "number", value: number.text)
    }
    var response = BitimV1.GetCertificateResponse()
    response.sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    response.code = CertificateCode(octets: certificate.code)?.text ?? ""
    response.status = .init(certificate.life, on: day, to: .school)
    response.duplicate = try state.duplicate(of: number).map { .init($0) }
    response.statusIndex = try Self.statusPlace(of: number, state).map(Int32.init)
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListCertificatesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListCertificatesResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let size = try Pages.size(request.pageSize)
    let isYear = (2000...9999).contains(request.year) && !request.adopted
    guard request.year == 0 || isYear else {
      throw Refusal(finding: .outOfRange, column: "year", value: "\(request.year)")
    }
    // Those adopted are a series of their own.
    let year = request.adopted ? CertificateNumber.adoptedYear : Int(request.year)
    let filter = "certificates:\(year)"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    var page = try state.certificates(year: year, after: after, limit: size + 1)
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
    self.status = .init(record.life, on: day, to: .school)
  }
}

extension BitimV1.CertificateStatus {
  /// Who is told how a certificate stands.
  enum Reader { case anyone, partner, school }

  /// How a certificate stands on a day, as it is answered; grounds to the School's own people and to partners whose
  /// agreement has them.
  init(_ life: CertificateLife, on day: CivilDate, to reader: Reader) {
    self.init()
    self.standing = .init(life.standing(on: day))
    if reader == .school { self.stayedIn = life.stayedMark(on: day)?.stay(on: day) ?? 0 }
    guard let mark = life.mark(on: day), let days = mark.effect.first(where: { $0.contains(day) })
    else { return }
    self.since = days.from.iso
    self.until = days.until?.iso ?? ""
    switch mark.cause {
    case .revoked(let reason):
      self.told = .init(reason.told)
      if reader != .anyone { self.reason = .init(reason) }
    case .suspended(let ground): if reader != .anyone { self.ground = .init(ground) }
    case .replaced(_, let successor): self.successor = successor.text
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
