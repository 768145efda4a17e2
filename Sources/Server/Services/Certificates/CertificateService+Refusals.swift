import BitimDomain
import BitimProtocol
import BitimStore

/// The decision that nothing is issued, and its end: shown first, and done by the digest of what was shown.
extension CertificateService {
  @Sendable static func refuse(
    _ caller: Caller, _ request: BitimV1.RefuseCertificateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RefuseCertificateResponse {
    let candidacy = try Self.candidacy(
      request.personId, request.programme, caller, transaction.state)
    let act = try RefuseCertificate(
      to: candidacy.person, of: candidacy.target.programme, reading: request.why.normal)
    let enrolment = candidacy.file?.enrolment.id ?? 0
    let deed = try act.decided(
      .init(
        pass: candidacy.file?.dossier.pass, certificate: candidacy.certificate,
        refusal: candidacy.file?.dossier.refusal,
        hands: try .init(of: candidacy.person, in: enrolment, transaction.state)),
      by: caller.number(beside: candidacy.person, transaction.state), on: caller.today)
    var shown = BitimV1.RefusalShown(of: candidacy)
    shown.refusedOn = caller.today.iso
    shown.why = act.why
    var response = BitimV1.RefuseCertificateResponse()
    response.shown = shown
    response.shownDigest = ShownDigest.text(of: "RefuseCertificate", shown)
    response.recorded = try ShownDigest.isApproved(
      request.shownDigest, is: response.shownDigest, validateOnly: request.validateOnly)
    if response.recorded {
      try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    }
    return response
  }

  @Sendable static func withdrawRefusal(
    _ caller: Caller, _ request: BitimV1.WithdrawRefusalRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawRefusalResponse {
    let candidacy = try Self.candidacy(
      request.personId, request.programme, caller, transaction.state)
    let dossier = candidacy.file?.dossier
    let act = WithdrawRefusal(
      candidacy.person, of: candidacy.target.programme, on: dossier?.pass?.id ?? 0,
      refusal: dossier?.refusal?.sequence ?? 0,
      for: try RefusalEnd(typed: request.reason.rawValue, column: "reason"),
      why: try TextRule.read(request.why.normal, column: "why"))
    _ = try act.decided(
      dossier?.refusal, by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.RefusalShown(ending: act, transaction.state)
    var response = BitimV1.WithdrawRefusalResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.withdrawRefusal(act).propose(
      .refusal(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// The refusal that stands against a person's pass in a programme.
  static func refusal(
    _ person: Int64, _ programme: Int, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> CertificateRefusal? {
    try Self.candidacy(person, Int32(programme), caller, state).file?.dossier.refusal
  }

  /// How somebody stands towards a programme's certificate.
  private static func candidacy(
    _ person: Int64, _ programme: Int32, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Candidacy {
    try caller.mayActOn(person: person, column: "person", state)
    var target = BitimV1.Target()
    target.kind = .programme
    target.programme = programme
    return try Candidacy(person: person, IssueTarget(target), for: caller, state)
  }
}

extension BitimV1.RefusalShown {
  /// Whom it is about, and which pass.
  fileprivate init(of candidacy: Candidacy) {
    self.init()
    self.displayId = PersonNumber.text(candidacy.person)
    self.names = .init(candidacy.names)
    self.programme = Int32(candidacy.target.programme)
    self.attestedOn = candidacy.file?.dossier.pass?.heldOn.iso ?? ""
    self.protocolNumber = candidacy.file?.dossier.pass?.protocolNumber ?? ""
  }

  /// What is shown of a refusal that is to be ended.
  init(ending act: WithdrawRefusal, _ state: borrowing Snapshot) throws {
    self.init()
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.programme = Int32(act.programme)
    if let pass = try state.result(id: act.result) {
      self.attestedOn = pass.heldOn.iso
      self.protocolNumber = pass.protocolNumber
    }
    if let refusal = try state.refusal(ofPass: act.result), refusal.sequence == act.refusal {
      self.refusedOn = refusal.refusedOn.iso
      self.why = refusal.why
    }
    self.end = .init(act.reason)
    self.endWhy = act.why
  }
}
