/// Ends an entry in the register for good: at the mediator's own request, or by a decision with reasons.
package struct ExcludeEntry: Equatable, Sendable {
  package let number: RegisterNumber
  package let from: CivilDate
  package let ground: ExclusionGround
  package let why: String

  /// Reads why; a decision is none without reasons, nor a request without the paper that it was made by.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ number: RegisterNumber, from: CivilDate, for ground: ExclusionGround, reading why: String
  ) throws(Refusal) {
    self.number = number
    self.from = from
    self.ground = ground
    self.why = try TextRule.read(why, column: "why")
  }

  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/datesReversed`` before the entry, and as
  ///   ``RegisterEntry/checkStands()`` and ``EffectDay/check(_:why:on:)``.
  package func decided(
    _ entry: RegisterEntry, by caller: Int64, on today: CivilDate
  ) throws(Refusal) -> EntryExcluded {
    guard caller != entry.person else { throw Refusal(.actsOnHimself, column: "number") }
    guard self.from >= entry.enteredOn else {
      throw Refusal(.datesReversed, column: "held_on", value: self.from.iso)
    }
    try entry.checkStands()
    try EffectDay.check(self.from, why: self.why, on: today)
    return EntryExcluded(
      self.number, of: entry.person, from: self.from, ground: self.ground, why: self.why)
  }
}
