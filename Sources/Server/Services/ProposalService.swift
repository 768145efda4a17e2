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
      let shown = try proposal.act.shown(state)
      var message = try Self.message(proposal, shown, caller, state)
      message.obstacle =
        try Self.obstacle(to: proposal, shown: message.shownDigest, caller, state)?
        .reason.rawValue ?? ""
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
    let act = try ApproveProposal(
      proposal, digest: request.shownDigest, by: caller, transaction.state)
    let shown = try proposal.act.shown(transaction.state)
    let facts = try Self.facts(
      of: proposal.act, shown: shown.digest,
      drawn: transaction.randomOctets(CertificateCode.octetCount), caller, transaction.state)
    let deed = try act.decided(facts)
    var response = BitimV1.ApproveResponse()
    response.proposal = try Self.message(proposal, shown, caller, transaction.state)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return response
  }

  @Sendable private static func end(
    _ caller: Caller, _ request: BitimV1.EndProposalRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EndProposalResponse {
    let proposal = try Self.proposal(request.act, caller, transaction.state)
    let act = try EndProposal(proposal, reason: request.reason.normal)
    let deed = try act.decided(by: caller.personID, persons: transaction.state.persons())
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
    guard let proposal, isSeen else {
      throw Refusal(finding: .proposalUnknown, column: "act", value: "\(sequence)")
    }
    return proposal
  }

  /// What the rules of an approval ask: what the act comes to in the caller's hand, as things stand.
  ///
  /// - Parameters:
  ///   - digest: Names what would be shown now.
  ///   - octets: Drawn for the code of a certificate that is issued by it.
  private static func facts(
    of proposed: ProposedAct, shown digest: String, drawn octets: [UInt8], _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> ApproveProposal.Facts {
    let deed: Deed
    var maker: Int64?
    switch proposed {
    case .renamePerson(let act): deed = try PersonService.decision(act, caller, state).deed
    case .addIdentifier(let act): deed = try PersonService.decision(act, caller, state).deed
    case .endIdentifier(let act): deed = try PersonService.decision(act, caller, state).deed
    case .correctIdentifier(let act): deed = try PersonService.decision(act, caller, state).deed
    case .correctPerson(let act): deed = try PersonService.decision(act, caller, state).deed
    case .withdrawBar(let act):
      let bar = try PersonService.bar(act.bar, of: act.person, state)
      deed = try act.decided(bar, by: caller.number(beside: act.person, state)).deed
      maker = bar.maker
    case .withdrawDeath(let act):
      let death = try PersonService.death(of: act.person, state)
      deed = try act.decided(death, by: caller.number(beside: act.person, state)).deed
      maker = death.maker
    case .withdrawMark(let act):
      deed = try CertificateService.decision(act, caller, on: caller.today, state).deed
      maker = try state.makers(ofMarksOn: act.number)[act.mark]
    case .correctResult(let act):
      deed = try act.approved(
        try AttestationService.facts(of: act, state),
        by: caller.number(beside: act.person, state))
    case .withdrawRefusal(let act):
      let refusal = try CertificateService.refusal(act.person, act.programme, caller, state)
      deed = try act.decided(refusal, by: caller.number(beside: act.person, state)).deed
      maker = refusal?.maker
    case .adoptCertificates(let act):
      deed = try CertificateService.decision(act, caller, state).deed
    case .replaceCertificate(let act):
      deed = try CertificateService.decision(act, drawn: octets, caller, state).deed
    case .transferTrainee(let act):
      // Who sends has said so; who receives, or the School, agrees.
      try caller.mayAct(for: CohortService.ends(of: act, state).receiver.organisationID)
      deed = try CohortService.decision(act, caller, state).deed
    case .adoptEdition(let act): deed = try ProgrammeService.decision(act, state).deed
    case .closeEdition(let act): deed = try ProgrammeService.decision(act, caller, state).deed
    case .defineSpecialisation(let act):
      deed = try ProgrammeService.decision(act, state).deed
    case .repinCohort(let act): deed = try CohortService.decision(act, state).deed
    case .correctHours(let act):
      deed = try act.approved(
        try CohortService.facts(of: act, state), by: caller.number(beside: act.person, state),
        isCertifier: caller.roles.contains(.certifier))
    case .withdrawAnnulment(let act):
      deed = try AttestationService.decision(act, caller, state).deed
      maker = try state.annulment(ofResult: act.result)?.by
    case .letStand(let act):
      deed = try CertificateService.decision(
        act, caller, hands: state.hands(inCertificate: act.number), state
      ).deed
    case .reinstateCertificate(let act):
      deed = try CertificateService.decision(act, caller, state).deed
    case .mergePeople(let act): deed = try PersonService.decision(act, caller, state).deed
    case .splitPeople(let act):
      deed = try PersonService.decision(act, caller, state).deed
      maker = try PersonService.link(act, state).maker(for: act.how)
    case .changeEntitlement(let act):
      deed = try OrganisationService.decision(act, caller, state).deed
    case .certifyKey(let act): deed = try KeyService.decision(act, caller, state).deed
    case .retireKey(let act): deed = try KeyService.decision(act, caller, state).deed
    case .changeSetting(let act): deed = try SettingService.decision(act, caller, state).deed
    case .adoptAgreement(let act): deed = try AgreementService.decision(act, state).deed
    case .decideRecognition(let act):
      deed = try CaseService.decision(act, as: .certifier, caller, state).deed
    }
    return .init(deed: deed, digest: digest, maker: maker)
  }

  /// Why the caller could not approve a proposal as things stand; nil where nothing speaks against it.
  ///
  /// - Parameter digest: Names what would be shown now.
  static func obstacle(
    to proposal: Proposal, shown digest: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Refusal? {
    do {
      let act = try ApproveProposal(proposal, digest: digest, by: caller, state)
      // Nothing is issued by looking.
      let octets = [UInt8](repeating: 0, count: CertificateCode.octetCount)
      try state.mustLive(
        for: act.decided(
          Self.facts(of: proposal.act, shown: digest, drawn: octets, caller, state)))
      return nil
    } catch let refusal as Refusal {
      return refusal
    }
  }

  /// A proposal as it is answered.
  private static func message(
    _ proposal: Proposal, _ shown: BitimV1.Proposal.Shown, _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.Proposal {
    var message = BitimV1.Proposal()
    message.act = proposal.sequence
    message.kind = .init(proposal.act.kind)
    message.proposer = try state.line(proposal.proposer, to: caller)
    message.proposedOn = proposal.proposedOn.iso
    message.lastDay = proposal.lastDay.iso
    message.shownDigest = shown.digest
    message.shown = shown
    return message
  }
}

extension ApproveProposal {
  /// Asks to approve as the caller.
  fileprivate init(
    _ proposal: Proposal, digest: String, by caller: Caller, _ state: borrowing Snapshot
  ) throws {
    try self.init(
      proposal, digest: digest, by: caller.personID,
      roles: caller.roles, on: caller.today,
      persons: state.persons())
  }
}

extension Caller {
  /// Whether a proposal is the caller's business.
  func sees(_ proposal: Proposal, _ state: borrowing Snapshot) throws -> Bool {
    let isOffice = !self.roles.isDisjoint(with: [.registrar, .certifier])
    // Administrators read of entitlements, agreements, keys and settings, and nothing of people.
    switch proposal.act {
    case .changeEntitlement, .certifyKey, .retireKey, .changeSetting, .adoptAgreement:
      return self.isSchool && (isOffice || self.roles.contains(.administrator))
    case .renamePerson, .addIdentifier, .endIdentifier, .correctIdentifier, .correctPerson,
      .withdrawBar, .withdrawDeath, .withdrawMark, .adoptCertificates, .replaceCertificate,
      .transferTrainee,
      .adoptEdition, .closeEdition, .repinCohort, .defineSpecialisation, .correctHours,
      .withdrawRefusal, .correctResult,
      .withdrawAnnulment, .letStand, .reinstateCertificate, .mergePeople, .splitPeople,
      .decideRecognition:
      break
    }
    // Arbiters are asked what they may approve, and nothing else.
    if proposal.act.approvers.contains(.arbiter), self.roles.contains(.arbiter) {
      return self.isSchool
    }
    // An examiner has made it, or it is none of his or her business.
    guard isOffice else { return proposal.proposer == self.personID }
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
    case .withdrawDeath(let act):
      return .death(try BitimV1.DeathShown(withdrawing: act, state))
    case .withdrawMark(let act):
      return .mark(try BitimV1.MarkShown(withdrawing: act, state))
    case .correctResult(let act):
      return .result(try BitimV1.ResultShown(correcting: act, state))
    case .withdrawRefusal(let act):
      return .refusal(try BitimV1.RefusalShown(ending: act, state))
    case .adoptCertificates(let act):
      return .adoption(try BitimV1.AdoptionShown(act, state))
    case .replaceCertificate(let act):
      return .replacement(try BitimV1.ReplacementShown(act, state))
    case .transferTrainee(let act):
      return .transfer(try BitimV1.TransferShown(act, state))
    case .adoptEdition(let act): return .edition(BitimV1.EditionShown(adopting: act))
    case .closeEdition(let act): return .edition(try BitimV1.EditionShown(closing: act, state))
    case .defineSpecialisation(let act):
      return .specialisation(try BitimV1.SpecialisationShown(act, state))
    case .repinCohort(let act):
      return .repin(BitimV1.RepinShown(act, try CohortService.facts(of: act, state)))
    case .correctHours(let act):
      return .hours(try BitimV1.HoursShown(correcting: act, state))
    case .withdrawAnnulment(let act):
      return .annulment(try BitimV1.AnnulmentShown(act, state))
    case .letStand(let act): return .letStand(try BitimV1.LetStandShown(act, state))
    case .reinstateCertificate(let act):
      return .reinstatement(try BitimV1.MarkShown(reinstating: act, state))
    case .mergePeople(let act): return .link(try BitimV1.MergeShown(merging: act, state))
    case .splitPeople(let act): return .link(try BitimV1.MergeShown(splitting: act, state))
    case .changeEntitlement(let act):
      return .entitlement(try BitimV1.EntitlementShown(act, state))
    case .certifyKey(let act): return .key(try BitimV1.KeyShown(certifying: act, state))
    case .retireKey(let act): return .key(try BitimV1.KeyShown(retiring: act, state))
    case .changeSetting(let act): return .setting(try BitimV1.SettingShown(act, state))
    case .adoptAgreement(let act): return .agreement(try BitimV1.AgreementShown(act, state))
    case .decideRecognition(let act):
      return .recognition(try BitimV1.RecognitionShown(act, state))
    }
  }

  /// Records what it comes to, or proposes it where it takes two.
  ///
  /// - Returns: The proposal's act; 0 where it is done.
  func settle(
    _ decision: Decision, by caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Int64 {
    if decision.takesTwo {
      return try self.propose(self.shown(transaction.state).digest, by: caller, transaction)
    }
    try transaction.record(decision.deed, by: caller.actor, heldOn: caller.today)
    return 0
  }

  /// Proposes what was shown of it, unless it is only looked at.
  ///
  /// - Parameters:
  ///   - shown: What is shown of it as things stand.
  ///   - stated: Names what the caller was shown.
  /// - Returns: What names `shown`, and the proposal's act, 0 where it is only looked at.
  /// - Throws: ``Refusal`` as ``ShownDigest/isApproved(_:is:validateOnly:)`` and ``Propose`` say.
  func propose(
    _ shown: BitimV1.Proposal.Shown, approved stated: String, validateOnly: Bool,
    by caller: Caller, _ transaction: borrowing Transaction
  ) throws -> (digest: String, act: Int64) {
    let digest = shown.digest
    guard try ShownDigest.isApproved(stated, is: digest, validateOnly: validateOnly) else {
      return (digest, 0)
    }
    return (digest, try self.propose(digest, by: caller, transaction))
  }

  private func propose(
    _ digest: String, by caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Int64 {
    let deed = try Propose(self, digest: digest).decided(
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
    case .death(let shown): ShownDigest.text(of: "WithdrawDeath", shown)
    case .mark(let shown): ShownDigest.text(of: "WithdrawMark", shown)
    case .reinstatement(let shown): ShownDigest.text(of: "ReinstateCertificate", shown)
    case .adoption(let shown): ShownDigest.text(of: "AdoptCertificates", shown)
    case .hours(let shown): ShownDigest.text(of: "CorrectHours", shown)
    case .result(let shown): ShownDigest.text(of: "CorrectResult", shown)
    case .refusal(let shown): ShownDigest.text(of: "WithdrawRefusal", shown)
    case .annulment(let shown): ShownDigest.text(of: "WithdrawAnnulment", shown)
    case .replacement(let shown): ShownDigest.text(of: "ReplaceCertificate", shown)
    case .transfer(let shown): ShownDigest.text(of: "TransferTrainee", shown)
    case .letStand(let shown): ShownDigest.text(of: "LetStand", shown)
    case .link(let shown):
      ShownDigest.text(of: shown.how == .unspecified ? "MergePeople" : "SplitPeople", shown)
    case .edition(let shown):
      ShownDigest.text(of: shown.lastDay.isEmpty ? "AdoptEdition" : "CloseEdition", shown)
    case .specialisation(let shown):
      ShownDigest.text(of: "DefineSpecialisation", shown)
    case .repin(let shown): ShownDigest.text(of: "RepinCohort", shown)
    case .entitlement(let shown): ShownDigest.text(of: "ChangeEntitlement", shown)
    case .key(let shown):
      ShownDigest.text(of: shown.lastDay.isEmpty ? "CertifyKey" : "RetireKey", shown)
    case .setting(let shown): ShownDigest.text(of: "ChangeSetting", shown)
    case .agreement(let shown): ShownDigest.text(of: "AdoptAgreement", shown)
    case .recognition(let shown): ShownDigest.text(of: "DecideRecognition", shown)
    }
  }
}
