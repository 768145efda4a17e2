import BitimDomain
import BitimProtocol
import BitimStore

/// Certificates issued anew in place of others, proposed by a registrar of the School and approved by a
/// certifier; duplicates of papers.
extension CertificateService {
  @Sendable static func duplicate(
    _ caller: Caller, _ request: BitimV1.MakeDuplicateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.MakeDuplicateResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let act = MakeDuplicate(
      try Self.number(request.number),
      for: try DuplicateReason(typed: request.reason.rawValue, column: "reason"),
      statedOn: try caller.pastDateOrToday(request.statedOn, column: "stated_on"))
    let there = try Self.certificate(act.number, transaction.state)
    let facts = MakeDuplicate.Facts(
      certificate: there.facts, kind: there.kind,
      copies: try transaction.state.duplicate(of: act.number)?.copy ?? 0)
    let deed = try act.decided(
      facts, by: caller.number(beside: there.personID, transaction.state), on: caller.today)
    var response = BitimV1.MakeDuplicateResponse()
    response.duplicate = .init(CertificateDuplicate(copy: deed.copy, madeOn: deed.madeOn))
    response.sheet = try BitimV1.Sheet(decoding: there.sheet)
    guard !request.validateOnly else { return response }
    try transaction.record(.duplicateMade(deed), by: caller.actor, heldOn: caller.today)
    response.recorded = true
    return response
  }

  @Sendable static func replace(
    _ caller: Caller, _ request: BitimV1.ReplaceCertificateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ReplaceCertificateResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let there = try Self.certificate(try Self.number(request.number), transaction.state)
    let act = try ReplaceCertificate(
      there.number, of: there.personID,
      for: try ReplacementReason(typed: request.reason.rawValue, column: "reason"),
      reading: request.evidence.normal)
    let press = try Press(caller, transaction.state)
    _ = try act.decided(
      try there.facts(press, on: caller.today, transaction.state),
      by: caller.number(beside: there.personID, transaction.state), as: .registrar,
      on: caller.today)
    let shown = try BitimV1.ReplacementShown(act, transaction.state)
    var response = BitimV1.ReplaceCertificateResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.replaceCertificate(act).propose(
      .replacement(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What a replacement comes to as things stand, in the hand of whoever approves.
  ///
  /// - Parameter octets: Drawn for the code.
  static func decision(
    _ act: ReplaceCertificate, drawn octets: [UInt8], _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> Decision {
    let there = try Self.certificate(act.number, state)
    let press = try Press(caller, state)
    let grant = try act.decided(
      try there.facts(press, on: caller.today, state),
      by: caller.number(beside: there.personID, state), as: .certifier, on: caller.today)
    var sheet = try there.sheetAnew(state)
    press.sign(&sheet, grant, decidedOn: sheet.decidedOn)
    let deed = act.deed(
      grant.certificate(code: try CertificateCode(drawn: octets), sheet: sheet.encoded))
    return Decision(.certificateReplaced(deed), takesTwo: true)
  }
}

extension CertificateRecord {
  /// What the rules of a replacement ask.
  fileprivate func facts(
    _ press: Press, on today: CivilDate, _ state: borrowing Snapshot
  ) throws -> ReplaceCertificate.Facts {
    let file = try self.file(state)
    let candidate = IssueCertificates.Candidate(
      personID: self.personID, kind: self.kind, programme: self.programme,
      enrolmentID: self.enrolmentID,
      hands: try .init(of: self.personID, in: self.enrolmentID, state),
      validityMonths: file?.dossier.edition.validityMonths.value ?? 0)
    return .init(
      candidate: candidate, life: self.life,
      printed: Names(try BitimV1.Sheet(decoding: self.sheet).holder),
      names: try state.names(of: self.personID),
      isGrounded: try self.isPassed(state)
        && !state.isOpen(file?.dossier.groundFinding, of: self.number),
      isEntitled: press.entitlement != nil,
      lastSerial: try state.lastSerial(year: today.parts.year))
  }

  /// The enrolment that it rests on; nil for one that rests on none.
  private func file(_ state: borrowing Snapshot) throws -> EnrolmentFile? {
    try state.enrolment(id: self.enrolmentID).map { try EnrolmentFile($0, state) }
  }

  /// What would be issued in its place: names and hours as they stand now; the days of attestation,
  /// decision, first issue and validity as they were. Without what the day of issue alone brings.
  fileprivate func sheetAnew(_ state: borrowing Snapshot) throws -> BitimV1.Sheet {
    let before = try BitimV1.Sheet(decoding: self.sheet)
    var sheet = try BitimV1.Sheet(
      of: self.personID, IssueTarget(kind: self.kind, programme: self.programme),
      on: try self.file(state), basedOn: before.basedOn, try state.programmes(), state)
    sheet.attestedOn = before.attestedOn
    sheet.decidedOn = before.decidedOn
    sheet.firstIssuedOn = before.firstIssuedOn.isEmpty ? before.issuedOn : before.firstIssuedOn
    sheet.validFrom = before.validFrom
    sheet.validUntil = before.validUntil
    sheet.replaces = before.number
    return sheet
  }
}

extension BitimV1.ReplacementShown {
  /// What is shown of a replacement, whoever looks and on whatever day.
  init(_ act: ReplaceCertificate, _ state: borrowing Snapshot) throws {
    self.init()
    let there = try CertificateService.certificate(act.number, state)
    self.before = try BitimV1.Sheet(decoding: there.sheet)
    var after = try there.sheetAnew(state)
    if act.reason == .renewal {
      after.validFrom = ""
      after.validUntil = nil
      let months = try state.enrolment(id: there.enrolmentID)
        .flatMap { try state.cohort(id: $0.cohortID) }
        .map { try state.edition(of: $0).validityMonths.value }
      self.validityMonths = Int32(months ?? 0)
    }
    self.after = after
    self.reason = .init(act.reason)
    self.evidence = act.evidence
  }
}
