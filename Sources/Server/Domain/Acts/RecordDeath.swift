/// Records that a person has died: what was due ends, and what is done from then on is asked of
/// ``Living``.
package struct RecordDeath: Sendable {
  /// Who has died.
  package let person: Int64
  /// What would stand.
  package let death: Death

  /// Reads what shows it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ person: Int64, on day: CivilDate, document: String) throws(Refusal) {
    self.person = person
    self.death = Death(on: day, document: try TextRule.read(document, column: "document"))
  }

  /// Records the death.
  ///
  /// - Parameters:
  ///   - standing: The death that stands; nil for none.
  ///   - birthDate: When the person was born.
  ///   - caller: Who records it.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/datesReversed``, or
  ///   ``Reason/alreadyThere``: nobody dies twice, and what was an error is withdrawn first.
  package func decided(
    beside standing: StandingDeath?, born birthDate: CivilDate?, by caller: Int64
  ) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself) }
    if let birthDate, self.death.day < birthDate {
      throw Refusal(.datesReversed, column: "died_on", value: self.death.day.iso)
    }
    if let standing {
      throw Refusal(.alreadyThere, column: "died_on", value: standing.death.day.iso)
    }
    return .personDied(PersonDied(personID: self.person, death: self.death))
  }
}

/// A death that stands.
package struct StandingDeath: Equatable, Sendable {
  package var death: Death
  /// The act that recorded it.
  package var sequence: Int64
  /// Who recorded it.
  package var maker: Int64

  package init(_ death: Death, sequence: Int64, maker: Int64) {
    self.death = death
    self.sequence = sequence
    self.maker = maker
  }
}
