/// Proposes an act of two persons: nothing is in effect before another approves.
package struct Propose: Sendable {
  /// On how many days after today it may be approved.
  package static let daysOpen = 14

  private let act: ProposedAct
  private let digest: String

  /// - Parameter digest: Names what the proposer was shown, and what another person approves.
  package init(_ act: ProposedAct, digest: String) {
    self.act = act
    self.digest = digest
  }

  /// Proposes what the act's own rules let pass.
  ///
  /// - Parameter waiting: A proposal of the same kind for the same person that may be approved yet.
  /// - Throws: ``Refusal`` with ``Reason/alreadyProposed``.
  package func decided(waiting: Int64?, on today: CivilDate) throws(Refusal) -> Deed {
    if let waiting { throw Refusal(.alreadyProposed, ["proposal": "\(waiting)"]) }
    return .proposed(
      Proposed(
        act: self.act, digest: self.digest,
        lastDay: CivilDate(dayNumber: today.dayNumber + Self.daysOpen)))
  }
}
