/// Withdraws a death that was recorded in error: the person lives.
package struct WithdrawDeath: Equatable, Sendable {
  /// Who lives.
  package let person: Int64
  /// Why, in words.
  package let reason: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, for reason: String) {
    self.person = person
    self.reason = reason
  }

  /// Reads why, in the words of who proposes it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ person: Int64, reason: String) throws(Refusal) {
    self.init(person, for: try TextRule.read(reason, column: "reason"))
  }

  /// Withdraws a death that stands, which takes two persons; who recorded it does not approve,
  /// which ``ApproveProposal`` asks.
  ///
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``: whoever is taken for dead has others say so.
  package func decided(_ standing: StandingDeath, by caller: Int64) throws(Refusal) -> Decision {
    guard caller != self.person else { throw Refusal(.actsOnHimself) }
    return Decision(
      .deathWithdrawn(
        DeathWithdrawn(
          personID: self.person, endsSequence: standing.sequence, reason: self.reason)),
      takesTwo: true)
  }
}
