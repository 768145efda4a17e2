/// An act of two persons was proposed; nothing is in effect by it.
package struct Proposed: Equatable, Sendable {
  package var act: ProposedAct
  /// Names what the proposer was shown.
  package var digest: String
  /// The last day on which it may be approved.
  package var lastDay: CivilDate

  package init(act: ProposedAct, digest: String, lastDay: CivilDate) {
    self.act = act
    self.digest = digest
    self.lastDay = lastDay
  }
}

/// A proposal was approved, and what it comes to is done.
package struct Approved: Equatable, Sendable {
  /// The act that made the proposal.
  package var proposal: Int64
  /// What was decided then.
  package var deed: Deed

  package init(proposal: Int64, deed: Deed) {
    self.proposal = proposal
    self.deed = deed
  }
}

/// A proposal was withdrawn or declined.
package struct ProposalEnded: Equatable, Sendable {
  /// The act that made the proposal.
  package var proposal: Int64
  package var how: ProposalEnd
  /// Why, in the words of who ended it.
  package var reason: String

  package init(proposal: Int64, how: ProposalEnd, reason: String) {
    self.proposal = proposal
    self.how = how
    self.reason = reason
  }
}
