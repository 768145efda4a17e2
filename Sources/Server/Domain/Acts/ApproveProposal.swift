/// Approves what another person proposed: it is done, by what its own rules decide now.
package struct ApproveProposal: Sendable {
  private let proposal: Proposal
  private let digest: String
  private let approver: Int64
  private let persons: NaturalPersons

  /// Refuses what waits no more, and whoever proposed it, before what is proposed is looked at.
  ///
  /// - Parameters:
  ///   - digest: Names what whoever approves was shown.
  ///   - caller: Who approves.
  ///   - roles: As what: see ``ProposedAct/approvers``.
  ///   - persons: Which numbers are one natural person's: natural persons approve.
  /// - Throws: ``Refusal`` with ``Reason/proposalEnded``, ``Reason/approvesOwnProposal``,
  ///   ``Reason/proposalLapsed`` or ``Reason/notAllowed``.
  package init(
    _ proposal: Proposal, digest: String, by caller: Int64, roles: Set<Role>,
    on today: CivilDate, persons: NaturalPersons = .apart
  ) throws(Refusal) {
    if proposal.end != nil { throw Refusal(.proposalEnded) }
    if persons.areOne(proposal.proposer, caller) { throw Refusal(.approvesOwnProposal) }
    if today > proposal.lastDay {
      throw Refusal(.proposalLapsed, ["day": proposal.lastDay.iso])
    }
    let approvers = proposal.act.approvers
    if roles.isDisjoint(with: approvers) {
      throw Refusal(
        .notAllowed, ["roles": approvers.map(\.rawValue).joined(separator: ", ")])
    }
    self.proposal = proposal
    self.digest = digest
    self.approver = caller
    self.persons = persons
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    /// What the proposed act comes to now.
    package var deed: Deed
    /// Names what would be shown now.
    package var digest: String
    /// Who made what it calls an error; nil if it calls nothing so.
    package var maker: Int64?

    package init(deed: Deed, digest: String, maker: Int64?) {
      self.deed = deed
      self.digest = digest
      self.maker = maker
    }
  }

  /// Approves what was proposed, was shown, and would be done now: one and the same.
  ///
  /// - Throws: ``Refusal`` with ``Reason/endsOwnAct``, ``Reason/missing`` or
  ///   ``Reason/proposalChanged``.
  package func decided(_ facts: Facts) throws(Refusal) -> Deed {
    if let maker = facts.maker, self.persons.areOne(maker, self.approver) {
      throw Refusal(.endsOwnAct)
    }
    try Approval.check(
      self.digest, is: facts.digest, column: "shown_digest", else: .proposalChanged)
    try Approval.check(
      self.proposal.digest, is: facts.digest, column: "shown_digest", else: .proposalChanged)
    return .approved(Approved(proposal: self.proposal.sequence, deed: facts.deed))
  }
}
