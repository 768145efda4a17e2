/// What a row says of people it might be taken for: that it means somebody else (R-109).
package struct Distinct: Equatable, Sendable {
  /// The people it names, by their ids.
  package let people: Set<Int64>
  /// The earlier rows of the list it names, by their lines: twins come together.
  package let lines: Set<Int>
  /// What shows that it means somebody else.
  package let evidence: String

  /// Reads what was typed: numbers of people and lines of the list, both as they are shown, and the
  /// evidence.
  ///
  /// - Parameter inList: Whether there are other rows to name.
  /// - Throws: ``Refusal`` with ``Reason/numberMistyped``, ``Reason/evidenceMissing``, and as
  ///   ``TextRule/allow(_:column:)``.
  package init(from numbers: [String], evidence: String, inList: Bool = false) throws(Refusal) {
    var (people, lines): (Set<Int64>, Set<Int>) = ([], [])
    for number in numbers {
      if inList, number.hasPrefix("#"), let line = Int(number.dropFirst()) {
        lines.insert(line)
        continue
      }
      guard let id = PersonNumber.id(typed: number) else {
        throw Refusal(.numberMistyped, column: "distinct_from", value: number)
      }
      people.insert(id)
    }
    let evidence = TextRule.folded(evidence)
    try TextRule.allow(evidence, column: "distinct_evidence")
    guard numbers.isEmpty || !evidence.isEmpty else {
      throw Refusal(.evidenceMissing, column: "distinct_evidence")
    }
    self.people = people
    self.lines = lines
    self.evidence = evidence
  }

  /// The same as it was read before: out of a record.
  package init(people: Set<Int64>, lines: Set<Int> = [], evidence: String) {
    self.people = people
    self.lines = lines
    self.evidence = evidence
  }

  /// Whether the row names `candidate`.
  func names(_ candidate: Candidate) -> Bool {
    candidate.line.map(self.lines.contains) ?? self.people.contains(candidate.person.id)
  }

  /// The doubles of `person` that the row names, as the registry keeps them.
  func dismissed(_ doubles: [Candidate], by person: Int64) -> [DismissedDouble] {
    doubles.filter(self.names).map(\.person.id).sorted().map {
      DismissedDouble(
        personID: max(person, $0), otherID: min(person, $0), evidence: self.evidence)
    }
  }
}
