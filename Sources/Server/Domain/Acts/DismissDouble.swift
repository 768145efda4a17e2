/// Says of two people of the registry who look like one that they are two.
package struct DismissDouble: Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    package var person: Candidate
    package var other: Candidate
    /// Whether they were told apart already, as they are known now.
    package var isDismissed: Bool
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      person: Candidate, other: Candidate, isDismissed: Bool, persons: NaturalPersons = .apart
    ) {
      self.person = person
      self.other = other
      self.isDismissed = isDismissed
      self.persons = persons
    }
  }

  /// The one who came first to the registry.
  package let first: Int64
  /// The one who came later.
  package let second: Int64
  private let evidence: String

  /// Reads whom it is about, and what shows that they are two.
  ///
  /// - Throws: ``Refusal`` with ``Reason/evidenceMissing``, and as ``TextRule/allow(_:column:)``.
  package init(_ person: Int64, _ other: Int64, evidence: String) throws(Refusal) {
    let evidence = TextRule.folded(evidence)
    try TextRule.allow(evidence, column: "evidence")
    guard !evidence.isEmpty else { throw Refusal(.evidenceMissing, column: "evidence") }
    self.first = min(person, other)
    self.second = max(person, other)
    self.evidence = evidence
  }

  /// Dismisses a double.
  ///
  /// - Parameter caller: Who says so.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``; ``Reason/notDouble`` for one person,
  ///   and for two of whom two of three don't hold; ``Reason/alreadyMerged``; ``Reason/nothingChanged``.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusal) -> Deed {
    let people = [self.first, self.second]
    guard !people.contains(where: { facts.persons.areOne($0, caller) }) else {
      throw Refusal(.actsOnHimself)
    }
    guard self.first == self.second || !facts.persons.areOne(self.first, self.second) else {
      throw Refusal(.alreadyMerged, column: "other_id")
    }
    guard self.first != self.second, Resemblance(facts.person, facts.other).isDouble else {
      throw Refusal(.notDouble, column: "other_id")
    }
    guard !facts.isDismissed else { throw Refusal(.nothingChanged) }
    return .doubleDismissed(
      DismissedDouble(personID: self.second, otherID: self.first, evidence: self.evidence))
  }
}
