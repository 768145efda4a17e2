/// What a row says of people it might be taken for: that it means somebody else.
package struct Distinct: Equatable, Sendable {
  /// The people it names, by their ids.
  package let people: Set<Int64>
  /// What shows that it means somebody else.
  package let evidence: String

  /// Reads what was typed: numbers of people as they are shown, and the evidence.
  ///
  /// - Throws: ``Refusal`` with ``Reason/numberMistyped``, ``Reason/evidenceMissing``, and as
  ///   ``TextRule/allow(_:column:)``.
  package init(from numbers: [String], evidence: String) throws(Refusal) {
    var people: Set<Int64> = []
    for number in numbers {
      guard let id = PersonNumber.id(typed: number) else {
        throw Refusal(.numberMistyped, column: "distinct_from", value: number)
      }
      people.insert(id)
    }
    let evidence = TextRule.folded(evidence)
    try TextRule.allow(evidence, column: "distinct_evidence")
    guard people.isEmpty || !evidence.isEmpty else {
      throw Refusal(.evidenceMissing, column: "distinct_evidence")
    }
    self.people = people
    self.evidence = evidence
  }

  /// The doubles of `person` that the row names, as the registry keeps them.
  func dismissed(_ doubles: [Candidate], by person: Int64) -> [DismissedDouble] {
    doubles.map(\.person.id).filter { self.people.contains($0) }.sorted().map {
      DismissedDouble(personID: person, otherID: $0, evidence: self.evidence)
    }
  }
}
