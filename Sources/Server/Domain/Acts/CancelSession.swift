/// Cancels a session of which nothing is recorded.
package struct CancelSession: Equatable, Sendable {
  /// Why, in the registrar's words.
  package let why: String

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(why: String) throws(Refusal) {
    self.why = try TextRule.read(why, column: "why")
  }

  /// - Parameter hasResults: Whether the session has results, be they annulled.
  /// - Throws: ``Refusal`` with ``Reason/sessionCancelled`` or ``Reason/sessionHeld``.
  package func decided(
    _ session: SessionRecord, hasResults: Bool
  ) throws(Refusal) -> Deed {
    try session.checkStanding()
    try session.checkNotHeld(hasResults)
    return .sessionCancelled(SessionCancelled(sessionID: session.id, why: self.why))
  }
}
