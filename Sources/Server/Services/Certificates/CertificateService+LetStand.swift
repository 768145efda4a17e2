import BitimDomain
import BitimProtocol
import BitimStore

/// What is found against certificates, and is let stand: by two persons.
extension CertificateService {
  @Sendable static func letStand(
    _ caller: Caller, _ request: BitimV1.LetStandRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.LetStandResponse {
    let there = try Self.certificate(try Self.number(request.number), transaction.state)
    let act = try LetStand(
      there.number, of: there.personID,
      despite: try CertificateDoubt(typed: request.doubt.rawValue, column: "doubt"),
      reading: request.why.normal)
    _ = try Self.decision(act, caller, transaction.state)
    let shown = try BitimV1.LetStandShown(act, transaction.state)
    var response = BitimV1.LetStandResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.letStand(act).propose(
      .letStand(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What it comes to as things stand.
  ///
  /// - Parameter hands: Who has a hand in the certificate, where that is asked.
  static func decision(
    _ act: LetStand, _ caller: Caller, hands: Set<Int64> = [], _ state: borrowing Snapshot
  ) throws -> Decision {
    let there = try Self.certificate(act.number, state)
    return try act.decided(
      .init(
        life: there.life, finding: try there.finding(act.doubt, state),
        answered: try state.letStand(act.number, despite: act.doubt)),
      by: caller.number(beside: there.personID, state), hands: hands)
  }
}

extension CertificateRecord {
  /// What is found against it now; nothing where it was revoked or replaced.
  func finding(
    _ doubt: CertificateDoubt, _ state: borrowing Snapshot
  ) throws -> CertificateFinding? {
    switch doubt {
    case .groundFails where self.kind == .school:
      guard self.life.revocation == nil, self.life.replacement == nil else { return nil }
      return .ground(basedOn: try state.based(on: BitimV1.Sheet(decoding: self.sheet).basedOn))
    case .groundFails, .datumDiffers:
      guard let enrolment = try state.enrolment(id: self.enrolmentID) else { return nil }
      let dossier = try EnrolmentFile(enrolment, state).dossier
      guard dossier.certificate == self.number else { return nil }
      if doubt == .groundFails { return dossier.groundFinding }
      let sheet = try BitimV1.Sheet(decoding: self.sheet)
      return dossier.datumFinding(
        printed: Hours(theory: Int(sheet.theoryQuarters), practice: Int(sheet.practiceQuarters)))
    case .separationBroken:
      return try CertificateHands(of: self, state).finding(state.persons())
    case .issuerNotEntitled: return nil
    }
  }
}

extension Snapshot {
  /// Of these certificates, or what replaced them, those that were not revoked, by programme: a suspension ends, and
  /// nothing is asked of a certifier for it.
  fileprivate func based(on numbers: [String]) throws -> [Int: CertificateNumber] {
    var held: [Int: CertificateNumber] = [:]
    for text in numbers {
      var record = try CertificateService.certificate(CertificateService.number(text), self)
      while let successor = record.life.replacement?.successor {
        record = try CertificateService.certificate(successor, self)
      }
      if record.life.revocation == nil { held[record.programme] = record.number }
    }
    return held
  }

  /// Of those that a School's certificate rests on the ones that are not valid on a day, nor is what replaced them
  ///
  func basesNotValid(of number: CertificateNumber, on day: CivilDate) throws -> [String] {
    let sheet = try BitimV1.Sheet(
      decoding: try CertificateService.certificate(number, self).sheet)
    return try sheet.basedOn.filter { text in
      var record = try CertificateService.certificate(CertificateService.number(text), self)
      while record.life.standing(on: day) != .valid {
        guard let successor = record.life.replacement?.successor else { return true }
        record = try CertificateService.certificate(successor, self)
      }
      return false
    }
  }

  /// Whether what is found against a certificate waits for an answer: it is not what was let stand.
  func isOpen(_ finding: CertificateFinding?, of number: CertificateNumber) throws -> Bool {
    guard let finding else { return false }
    return try self.letStand(number, despite: finding.doubt) != finding.found
  }
}

extension BitimV1.LetStandShown {
  /// What is shown of a certificate that is to stand, and of what is found against it now.
  init(_ act: LetStand, _ state: borrowing Snapshot) throws {
    self.init()
    let certificate = try CertificateService.certificate(act.number, state)
    let sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    self.number = act.number.text
    self.holder = sheet.holder
    self.title = sheet.title
    self.doubt = .init(act.doubt)
    self.found = try certificate.finding(act.doubt, state)?.found ?? ""
    self.why = act.why
  }
}
