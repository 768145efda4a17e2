import BitimDomain
import BitimProtocol
import BitimStore

/// Annulments that an appeal or a court has set aside.
extension AttestationService {
  @Sendable static func withdrawAnnulment(
    _ caller: Caller, _ request: BitimV1.WithdrawAnnulmentRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawAnnulmentResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let annulled = try Self.results(of: request.personId, in: session.id, transaction.state)
      .last(where: \.isAnnulled)
    let annulment = try annulled.flatMap { try transaction.state.annulment(ofResult: $0.id) }
    let act = try WithdrawAnnulment(
      annulled?.id ?? 0, of: request.personId, annulledBy: annulment?.act ?? 0,
      cites: request.caseAct, reading: request.why.normal)
    _ = try Self.decision(act, caller, transaction.state)
    let shown = try BitimV1.AnnulmentShown(act, transaction.state)
    var response = BitimV1.WithdrawAnnulmentResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.withdrawAnnulment(act).propose(
      .annulment(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What it comes to as things stand.
  static func decision(
    _ act: WithdrawAnnulment, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let result = try state.result(id: act.result)
    return try act.decided(
      .init(
        annulment: try state.annulment(ofResult: act.result)?.act,
        results: try result.map { try state.results(ofEnrolment: $0.enrolmentID) } ?? [],
        cited: try CaseService.cited(act.cites, state)),
      by: caller.number(beside: act.person, state))
  }
}

extension BitimV1.AnnulmentShown {
  /// What is shown of a result that is to stand again.
  init(_ act: WithdrawAnnulment, _ state: borrowing Snapshot) throws {
    self.init()
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.annulledBy = act.annulment
    self.caseAct = act.cites
    self.why = act.why
    guard let result = try state.result(id: act.result) else { return }
    self.session = try state.session(id: result.sessionID)?.code ?? ""
    self.heldOn = result.heldOn.iso
    self.outcome = .init(result.outcome)
  }
}
