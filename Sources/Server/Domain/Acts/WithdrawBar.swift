/// Withdraws a bar that was recorded in error: it was never true.
package struct WithdrawBar: Sendable {
  /// Who is barred.
  package let person: Int64
  private let reason: String

  /// Reads why, in the words of who withdraws it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/check(_:column:)``.
  package init(_ person: Int64, reason: String) throws(Refusal) {
    let reason = TextRule.folded(reason)
    try TextRule.check(reason, column: "reason")
    self.person = person
    self.reason = reason
  }

  /// Withdraws a bar that stands.
  ///
  /// - Parameter caller: Who withdraws it.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``.
  package func decided(_ standing: StandingBar, by caller: Int64) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself) }
    return .barWithdrawn(
      BarWithdrawn(
        personID: self.person, endsSequence: standing.sequence, reason: self.reason))
  }
}
