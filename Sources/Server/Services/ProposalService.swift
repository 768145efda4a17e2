import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps what waits for a second person: the same for all acts that take two. The School sees all of
/// it, a centre the transfers from it and to it.
enum ProposalService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.list(BitimV1.ProposalService.listProposals, Self.list),
      services.write(BitimV1.ProposalService.approve, Self.approve),
      services.write(BitimV1.ProposalService.endProposal, Self.end),
    ]
  }

  /// The most octets of a page.
  private static let octetsMax = 1_000_000

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListProposalsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListProposalsResponse {
    let size = try Pages.size(request.pageSize)
    let filter = "proposals"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    var page = try state.proposals(after: after, limit: size + 1)
    var response = BitimV1.ListProposalsResponse()
    if page.count > size {
      page.removeLast()
      response.nextPageToken = Pages.token(after: "\(page.last?.sequence ?? 0)", filter: filter)
    }
    var octets = 0
    for proposal in page where try caller.sees(proposal, state) {
      let message = try Self.message(proposal, caller, state)
      octets += message.encoded.count
      // A proposal may be a list: a page ends before it is too much for one answer.
      if octets > Self.octetsMax, let last = response.proposals.last {
        response.nextPageToken = Pages.token(after: "\(last.act)", filter: filter)
        break
      }
      response.proposals.append(message)
    }
    return response
  }

  @Sendable private static func approve(
    _ caller: Caller, _ request: BitimV1.ApproveRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.ApproveResponse {
    let proposal = try Self.proposal(request.act, caller, transaction.state)
    let deed = try Self.approval(
      of: proposal, shown: request.shownDigest,
      drawn: transaction.randomOctets(CertificateCode.octetCount),
      caller, transaction.state)
    var response = BitimV1.ApproveResponse()
    response.proposal = try Self.message(proposal, caller, transaction.state)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return response
  }

  @Sendable private static func end(
    _ caller: Caller, _ request: BitimV1.EndProposalRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EndProposalResponse {
    let proposal = try Self.proposal(request.act, caller, transaction.state)
    let act = try EndProposal(proposal, reason: request.reason.normal)
    let deed = try act.decided(by: caller.personID)
    try transaction.record(.proposalEnded(deed), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.EndProposalResponse()
    response.how = .init(deed.how)
    return response
  }

  /// A proposal that is the caller's business.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notYourOrganisation`` or ``Reason/proposalUnknown``.
  private static func proposal(
    _ sequence: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Proposal {
    let proposal = try state.proposal(sequence)
    // To a centre another's and one that is not there is one answer.
    let isSeen = try proposal.map { try caller.sees($0, state) } ?? false
    guard caller.isSchool || isSeen else { throw Refusal(finding: .notYourOrganisation) }
    guard let proposal else {
      throw Refusal(finding: .proposalUnknown, column: "act", value: "\(sequence)")
    }
    return proposal
  }

  /// What the caller's approval comes to.
  ///
  /// - Parameter octets: Drawn for the code of a certificate that is issued by it.
  private static func approval(
    of proposal: Proposal, shown digest: String, drawn octets: [UInt8], _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> Deed {
    let act = try ApproveProposal(
      proposal, digest: digest, by: caller.personID,
      isCertifier: caller.roles.contains(.certifier), on: caller.today)
    let now = try proposal.act.shown(state).digest
    switch proposal.act {
    case .renamePerson(let rename):
      let decision = try PersonService.decision(rename, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .addIdentifier(let addition):
      let decision = try PersonService.decision(addition, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .endIdentifier(let end):
      let decision = try PersonService.decision(end, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .correctIdentifier(let correction):
      let decision = try PersonService.decision(correction, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .correctPerson(let correction):
      let decision = try PersonService.decision(correction, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .withdrawBar(let withdrawal):
      let bar = try PersonService.bar(withdrawal.bar, of: withdrawal.person, state)
      let decision = try withdrawal.decided(bar, by: caller.personID)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: bar.maker))
    case .withdrawMark(let withdrawal):
      let decision = try CertificateService.decision(
        withdrawal, caller, on: caller.today, state)
      let makers = try state.makers(ofMarksOn: withdrawal.number)
      return try act.decided(
        .init(deed: decision.deed, digest: now, maker: makers[withdrawal.mark]))
    case .adoptCertificates(let adoption):
      let decision = try CertificateService.decision(adoption, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .replaceCertificate(let replacement):
      let decision = try CertificateService.decision(replacement, drawn: octets, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .transferTrainee(let transfer):
      // Who sends has said so; who receives, or the School, agrees.
      try caller.mayAct(for: CohortService.ends(of: transfer, state).receiver.organisationID)
      let decision = try CohortService.decision(transfer, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .adoptEdition(let adoption):
      let decision = try ProgrammeService.decision(adoption, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .closeEdition(let closing):
      let decision = try ProgrammeService.decision(closing, caller, state)
      return try act.decided(.init(deed: decision.deed, digest: now, maker: nil))
    case .correctHours(let correction):
      let deed = try correction.approved(
        try CohortService.facts(of: correction, state), by: caller.personID,
        isCertifier: caller.roles.contains(.certifier))
      return try act.decided(.init(deed: deed, digest: now, maker: nil))
    }
  }

  /// A proposal as it is answered: as things stand now.
  static func message(
    _ proposal: Proposal, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimV1.Proposal {
    let shown = try proposal.act.shown(state)
    var message = BitimV1.Proposal()
    message.act = proposal.sequence
    message.kind = .init(proposal.act.kind)
    message.proposer = try state.line(proposal.proposer, to: caller)
    message.proposedOn = proposal.proposedOn.iso
    message.lastDay = proposal.lastDay.iso
    message.shownDigest = shown.digest
    message.shown = shown
    do {
      // Nothing is issued by looking.
      let octets = [UInt8](repeating: 0, count: CertificateCode.octetCount)
      _ = try Self.approval(of: proposal, shown: shown.digest, drawn: octets, caller, state)
    } catch let refusal as Refusal {
      message.obstacle = refusal.reason.rawValue
    }
    return message
  }
}

extension Caller {
  /// Whether a proposal is the caller's business.
  func sees(_ proposal: Proposal, _ state: borrowing Snapshot) throws -> Bool {
    if self.isSchool { return true }
    guard case .transferTrainee(let transfer) = proposal.act else { return false }
    let (sender, receiver) = try CohortService.ends(of: transfer, state)
    return [sender.organisationID, receiver.organisationID].contains(self.organisationID)
  }
}

extension ProposedAct {
  /// What is shown of it as things stand, whether it can be done or not.
  func shown(_ state: borrowing Snapshot) throws -> BitimV1.Proposal.Shown {
    switch self {
    case .renamePerson(let act):
      var shown = BitimV1.RenameShown()
      shown.displayId = PersonNumber.text(act.person)
      shown.before = .init(try state.names(of: act.person))
      shown.after = .init(act.names)
      shown.reason = act.reason
      shown.from = act.from?.iso ?? ""
      return .rename(shown)
    case .addIdentifier(let act):
      return .identifier(try BitimV1.IdentifierShown(adding: act, state))
    case .endIdentifier(let act):
      return .identifier(try BitimV1.IdentifierShown(ending: act, state))
    case .correctIdentifier(let act):
      return .identifier(try BitimV1.IdentifierShown(correcting: act, state))
    case .correctPerson(let act):
      return .person(try BitimV1.PersonShown(correcting: act, state))
    case .withdrawBar(let act):
      return .bar(try BitimV1.BarShown(withdrawing: act, state))
    case .withdrawMark(let act):
      return .mark(try BitimV1.MarkShown(withdrawing: act, state))
    case .adoptCertificates(let act):
      return .adoption(try BitimV1.AdoptionShown(act, state))
    case .replaceCertificate(let act):
      return .replacement(try BitimV1.ReplacementShown(act, state))
    case .transferTrainee(let act):
      return .transfer(try BitimV1.TransferShown(act, state))
    case .adoptEdition(let act): return .edition(BitimV1.EditionShown(adopting: act))
    case .closeEdition(let act): return .edition(try BitimV1.EditionShown(closing: act, state))
    case .correctHours(let act):
      return .hours(try BitimV1.HoursShown(correcting: act, state))
    }
  }

  /// Records it as a proposal.
  ///
  /// - Returns: The proposal's act.
  func propose(by caller: Caller, _ transaction: borrowing Transaction) throws -> Int64 {
    let deed = try Propose(self, digest: self.shown(transaction.state).digest).decided(
      waiting: transaction.state.proposal(waitingLike: self, on: caller.today), on: caller.today)
    return try transaction.record(deed, by: caller.actor, heldOn: caller.today)
  }
}

extension BitimV1.Proposal.Shown {
  /// Names what is shown.
  var digest: String {
    switch self {
    case .rename(let shown): ShownDigest.text(of: "RenamePerson", shown)
    case .identifier(let shown): ShownDigest.text(of: shown.act, shown)
    case .person(let shown): ShownDigest.text(of: "CorrectPerson", shown)
    case .bar(let shown): ShownDigest.text(of: "WithdrawBar", shown)
    case .mark(let shown): ShownDigest.text(of: "WithdrawMark", shown)
    case .adoption(let shown): ShownDigest.text(of: "AdoptCertificates", shown)
    case .hours(let shown): ShownDigest.text(of: "CorrectHours", shown)
    case .replacement(let shown): ShownDigest.text(of: "ReplaceCertificate", shown)
    case .transfer(let shown): ShownDigest.text(of: "TransferTrainee", shown)
    case .edition(let shown):
      ShownDigest.text(of: shown.lastDay.isEmpty ? "AdoptEdition" : "CloseEdition", shown)
    }
  }
}
