/// Suspends an entry in the register for six months, on a complaint that was confirmed.
package struct SuspendEntry: Equatable, Sendable {
  /// For how long: Law On Mediation, article 14(7).
  package static let months = 6

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var entry: RegisterEntry
    /// The case that is cited; nil where none is.
    package var cited: CaseRecord?
    /// Who has a hand in that case, and who decided it.
    package var hands: Set<Int64>
    /// Whom the complaint is about, under the number of the entry where it is the same natural person.
    package var accused: Int64

    package init(
      entry: RegisterEntry, cited: CaseRecord?, hands: Set<Int64>, accused: Int64
    ) {
      self.entry = entry
      self.cited = cited
      self.hands = hands
      self.accused = accused
    }
  }

  package let number: RegisterNumber
  package let from: CivilDate
  /// The act that received the complaint; 0 where none is named.
  package let cites: Int64
  package let why: String

  package init(_ number: RegisterNumber, from: CivilDate, cites: Int64, why: String) {
    self.number = number
    self.from = from
    self.cites = cites
    self.why = why
  }

  /// The days of the suspension.
  package var days: Period { Period(from: self.from, months: Self.months) }

  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/datesReversed`` before the entry,
  ///   ``Reason/entryExcluded``, ``Reason/alreadySuspended``, ``Reason/caseMissing``, ``Reason/caseUnfit`` of anything
  ///   but a complaint of the mediator that was confirmed and suspended nothing yet, ``Reason/decidesOwnAct``,
  ///   or as ``EffectDay/check(_:why:on:)``.
  package func decided(
    _ facts: Facts, by caller: Int64, on today: CivilDate
  ) throws(Refusal) -> EntrySuspended {
    let entry = facts.entry
    guard caller != entry.person else { throw Refusal(.actsOnHimself, column: "number") }
    guard self.from >= entry.enteredOn else {
      throw Refusal(.datesReversed, column: "held_on", value: self.from.iso)
    }
    try entry.checkStands()
    if let other = entry.suspensions.first(where: { $0.days.overlaps(self.days) }) {
      throw Refusal(
        .alreadySuspended, column: "held_on", value: self.from.iso,
        ["since": other.days.from.iso])
    }
    try Citation.check(facts.cited, isNeeded: true) { file in
      file.kind == .complaint && file.end?.outcome == .confirmed
        && facts.accused == entry.person
        && !entry.marks.contains { $0.cause == .suspended(complaint: file.sequence) }
    }
    guard !facts.hands.contains(caller) else { throw Refusal(.decidesOwnAct, column: "number") }
    try EffectDay.check(self.from, why: self.why, on: today)
    return EntrySuspended(
      self.number, of: entry.person, days: self.days, why: self.why, cites: self.cites)
  }
}

extension RegisterEntry {
  /// Refuses what is done to an entry that is ended, from whatever day on.
  ///
  /// - Throws: ``Refusal`` with ``Reason/entryExcluded``.
  func checkStands() throws(Refusal) {
    if let end = self.endsOn {
      throw Refusal(.entryExcluded, column: "number", ["since": end.iso])
    }
  }
}
