/// Withdraws a bar that was recorded in error: it was never true.
package struct WithdrawBar: Equatable, Sendable {
  /// Who is barred.
  package let person: Int64
  /// The act that made the bar.
  package let bar: Int64
  /// Why, in words.
  package let reason: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, bar: Int64, for reason: String) {
    self.person = person
    self.bar = bar
    self.reason = reason
  }

  /// Reads why, in the words of who proposes it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ person: Int64, bar: Int64, reason: String) throws(Refusal) {
    let reason = try TextRule.read(reason, column: "reason")
    self.init(person, bar: bar, for: reason)
  }

  /// Withdraws a bar that stands, which takes two persons.
  ///
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``.
  package func decided(_ standing: StandingBar, by caller: Int64) throws(Refusal) -> Decision {
    guard caller != self.person else { throw Refusal(.actsOnHimself) }
    return Decision(
      .barWithdrawn(
        BarWithdrawn(
          personID: self.person, endsSequence: standing.sequence, reason: self.reason)),
      takesTwo: true)
  }
}
