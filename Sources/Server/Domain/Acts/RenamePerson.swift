/// Gives a person other names from now on; former names are kept.
package struct RenamePerson: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The names in force.
    package var names: Names
    package var correction: Correction.Facts
    package var corrector: Correction.Corrector

    package init(
      names: Names, correction: Correction.Facts, corrector: Correction.Corrector
    ) {
      self.names = names
      self.correction = correction
      self.corrector = corrector
    }
  }

  /// Who is renamed.
  package let person: Int64
  /// All that are to be in force.
  package let names: Names
  /// Why, in the registrar's words.
  package let reason: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, as names: Names, for reason: String) {
    self.person = person
    self.names = names
    self.reason = reason
  }

  /// Reads the names, all that are to be in force, and why, in the registrar's words.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(_ person: Int64, to typed: Names, reason typedReason: String) throws(Refusals) {
    let reason = TextRule.folded(typedReason)
    var refusals: [Refusal] = []
    do throws(Refusal) {
      try TextRule.check(reason, column: "reason")
    } catch { refusals.append(error) }
    let intake = NamesIntake(typed)
    refusals += intake.refusals
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    self.person = person
    self.names = intake.names
    self.reason = reason
  }

  /// Renames, which takes two persons for whoever has a certificate or a role.
  ///
  /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``, or with ``Reason/nothingChanged``.
  package func decided(_ facts: Facts) throws(Refusal) -> Decision {
    let takesTwo = try Correction.takesTwo(
      of: self.person, by: facts.corrector, facts.correction)
    guard self.names != facts.names else { throw Refusal(.nothingChanged) }
    return Decision(
      .personRenamed(
        PersonRenamed(personID: self.person, names: self.names, reason: self.reason)),
      takesTwo: takesTwo)
  }
}
