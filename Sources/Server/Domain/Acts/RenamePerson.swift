/// Gives a person other names from now on; former names are kept.
package struct RenamePerson: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The names in force.
    package var names: Names
    package var correction: Correction.Facts
    /// Who calls.
    package var caller: Int64
    /// For which organisation.
    package var organisation: Int64
    /// Whether that is the School.
    package var isSchool: Bool

    package init(
      names: Names, correction: Correction.Facts, caller: Int64, organisation: Int64,
      isSchool: Bool
    ) {
      self.names = names
      self.correction = correction
      self.caller = caller
      self.organisation = organisation
      self.isSchool = isSchool
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
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/correctionAtSchool`` or
  ///   ``Reason/nothingChanged``.
  package func decided(_ facts: Facts) throws(Refusal) -> Decision {
    guard facts.caller != self.person else { throw Refusal(.actsOnHimself) }
    let authority = Correction.authority(
      of: facts.organisation, isSchool: facts.isSchool, facts.correction)
    guard authority != .atSchool else { throw Refusal(.correctionAtSchool) }
    guard self.names != facts.names else { throw Refusal(.nothingChanged) }
    return Decision(
      .personRenamed(
        PersonRenamed(personID: self.person, names: self.names, reason: self.reason)),
      takesTwo: authority == .twoPersons)
  }
}
