/// Links two numbers that are one natural person's: from then on rules ask for both.
package struct MergePeople: Equatable, Sendable {
  /// The number that came first to the registry.
  package let first: Int64
  /// The number that came later.
  package let second: Int64
  /// What shows that both are one natural person's.
  package let document: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, _ other: Int64, document: String) {
    self.first = min(person, other)
    self.second = max(person, other)
    self.document = document
  }

  /// Reads what shows it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ person: Int64, _ other: Int64, reading document: String) throws(Refusal) {
    self.init(person, other, document: try TextRule.read(document, column: "document"))
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    package var persons: NaturalPersons
    /// The IINs that stand under any number of the two.
    package var iins: Set<String>

    package init(persons: NaturalPersons, iins: Set<String>) {
      self.persons = persons
      self.iins = iins
    }
  }

  /// Links the numbers, which takes two persons.
  ///
  /// - Parameter caller: Who proposes or approves it.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/alreadyMerged`` or
  ///   ``Reason/mergeTwoIINs``.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusal) -> Decision {
    let people = [self.first, self.second]
    guard !people.contains(where: { facts.persons.areOne($0, caller) }) else {
      throw Refusal(.actsOnHimself)
    }
    guard !facts.persons.areOne(self.first, self.second) else {
      throw Refusal(.alreadyMerged, column: "other_id")
    }
    guard facts.iins.count <= 1 else { throw Refusal(.mergeTwoIINs, column: "other_id") }
    return Decision(
      .peopleMerged(
        PeopleMerged(personID: self.second, otherID: self.first, document: self.document)),
      takesTwo: true)
  }
}
