import BitimDomain
import BitimProtocol
import BitimStore

/// How a call that takes a list ends: the list is recorded as a whole or not at all.
struct WholeList {
  let method: MethodDescriptor
  /// Whether the caller only asked what would become of the list.
  let validateOnly: Bool

  /// Records `deeds`, or the refusals that concern the journal; nothing if it was only asked.
  ///
  /// - Parameter deeds: What the rows amount to; none if all of it stands in the registry already.
  /// - Returns: Whether the list was recorded.
  /// - Throws: ``StoreFailure``.
  func settle(
    _ deeds: [Deed], heldOn day: CivilDate, refusals: [Refusal],
    _ caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Bool {
    guard !self.validateOnly else { return false }
    guard refusals.isEmpty else {
      if let refused = Services.journal(refusals, method: self.method) {
        try transaction.record(refused, by: caller.actor, heldOn: caller.today)
      }
      return false
    }
    for deed in deeds { try transaction.record(deed, by: caller.actor, heldOn: day) }
    return !deeds.isEmpty
  }
}
