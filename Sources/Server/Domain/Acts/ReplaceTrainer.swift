/// Lets one person train in a cohort instead of another, from a day on.
package struct ReplaceTrainer: Equatable, Sendable {
  /// Who comes.
  package let comes: AssignTrainer
  package let goes: Int64
  /// The first day of who comes.
  package let from: CivilDate
  private let why: String

  /// - Throws: ``Refusal`` with ``Reason/missing``, and as ``TextRule/read(_:column:)``.
  package init(
    _ goes: Int64, by comes: AssignTrainer, from: CivilDate, why: String
  ) throws(Refusal) {
    self.goes = goes
    self.comes = comes
    self.from = from
    self.why = try TextRule.read(why, column: "why")
  }

  /// Ends the one with the day before, and lets the other train from the day on.
  ///
  /// - Throws: ``Refusal`` as ``UnassignTrainer/check(_:lastDay:column:)`` and
  ///   ``AssignTrainer/assignment(_:)``.
  package func decided(
    _ going: UnassignTrainer.Facts, _ coming: AssignTrainer.Facts
  ) throws(Refusal) -> Deed {
    try UnassignTrainer.check(
      going, lastDay: CivilDate(dayNumber: self.from.dayNumber - 1), column: "from")
    let assigned = try self.comes.assignment(coming)
    return .trainerReplaced(
      TrainerReplaced(
        cohortID: assigned.cohortID, goes: self.goes, comes: assigned.personID, from: self.from,
        evidence: assigned.evidence, why: self.why))
  }
}
