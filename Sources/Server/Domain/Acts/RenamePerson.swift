/// Gives a person other names from a day on; former names are kept.
package struct RenamePerson: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The names in force.
    package var names: Names
    /// Their first day, or the birth date.
    package var since: CivilDate
    package var correction: Correction.Facts
    package var corrector: Correction.Corrector

    package init(
      names: Names, since: CivilDate, correction: Correction.Facts, corrector: Correction.Corrector
    ) {
      self.names = names
      self.since = since
      self.correction = correction
      self.corrector = corrector
    }
  }

  /// Who is renamed.
  package let person: Int64
  /// All that are to be in force.
  package let names: Names
  /// Their first day; nil where it is the day on which it is decided.
  package let from: CivilDate?
  /// Why, in the registrar's words.
  package let reason: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, as names: Names, from: CivilDate?, for reason: String) {
    self.person = person
    self.names = names
    self.from = from
    self.reason = reason
  }

  /// Reads the names, all that are to be in force, from when, and why, in the registrar's words.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    _ person: Int64, to typed: Names, from typedDay: String, reason typedReason: String
  ) throws(Refusals) {
    let reason = TextRule.folded(typedReason)
    var refusals: [Refusal] = []
    do throws(Refusal) {
      try TextRule.check(reason, column: "reason")
    } catch { refusals.append(error) }
    var from: CivilDate?
    refusals.noting { () throws(Refusal) in
      if !typedDay.isEmpty { from = try CivilDate(typed: typedDay, column: "from") }
    }
    let intake = NamesIntake(typed)
    refusals += intake.refusals
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    self.person = person
    self.names = intake.names
    self.from = from
    self.reason = reason
  }

  /// Renames, which takes two persons for whoever has a certificate or a role.
  ///
  /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``, or with ``Reason/nothingChanged`` or
  ///   ``Reason/outOfRange``: no names begin before those in force did, or are still to come.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Decision {
    let takesTwo = try Correction.takesTwo(
      of: self.person, by: facts.corrector, facts.correction)
    guard self.names != facts.names else { throw Refusal(.nothingChanged) }
    let from = self.from ?? today
    guard facts.since <= from, from <= today else {
      throw Refusal(
        .outOfRange, column: "from", value: from.iso,
        ["low": facts.since.iso, "high": today.iso])
    }
    return Decision(
      .personRenamed(
        PersonRenamed(
          personID: self.person, names: self.names, reason: self.reason, from: from)),
      takesTwo: takesTwo)
  }
}
