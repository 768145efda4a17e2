/// Ends a proposal: its maker withdraws it, anybody else who might approve declines it.
package struct EndProposal: Sendable {
  private let proposal: Proposal
  private let reason: String

  /// Reads why, in the words of who ends it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ proposal: Proposal, reason: String) throws(Refusal) {
    self.proposal = proposal
    self.reason = try TextRule.read(reason, column: "reason")
  }

  /// Ends it; one that has lapsed may be ended too, and is then out of the way.
  ///
  /// - Parameter persons: Which numbers are one natural person's.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself`` or ``Reason/proposalEnded``.
  package func decided(
    by caller: Int64, persons: NaturalPersons = .apart
  ) throws(Refusal) -> ProposalEnded {
    if self.proposal.act.people.contains(where: { persons.areOne($0, caller) }) {
      throw Refusal(.actsOnHimself)
    }
    if self.proposal.end != nil { throw Refusal(.proposalEnded) }
    return ProposalEnded(
      proposal: self.proposal.sequence,
      how: persons.areOne(self.proposal.proposer, caller) ? .withdrawn : .declined,
      reason: self.reason)
  }
}
