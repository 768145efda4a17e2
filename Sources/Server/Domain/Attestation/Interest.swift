/// That somebody of a commission has an interest in a candidate.
package struct Interest: Equatable, Sendable {
  /// In whom.
  package var candidate: Int64
  package var kind: InterestKind

  package init(in candidate: Int64, _ kind: InterestKind) {
    self.candidate = candidate
    self.kind = kind
  }
}

extension SessionRecord {
  /// Who of the commission has declared an interest in a candidate, in the order of their numbers.
  func concerned(in candidate: Int64, _ persons: NaturalPersons) -> [Int64] {
    // Most sessions have none, and rows come by the thousand.
    if self.interests.isEmpty { return [] }
    return self.seats.keys.sorted().filter { member in
      self.interests.contains { declarer, candidates in
        persons.areOne(declarer, member)
          && candidates.keys.contains { persons.areOne($0, candidate) }
      }
    }
  }

  /// Who of the commission has declared nothing, not even that there is no interest, in the order of their numbers.
  package func undeclared(_ persons: NaturalPersons) -> [Int64] {
    self.seats.keys.sorted().filter { member in
      !self.interests.keys.contains { persons.areOne($0, member) }
    }
  }

  /// Refuses to examine a candidate in whom chair or recorder has an interest, or so many that a commission is
  /// none without them.
  ///
  /// - Parameters:
  ///   - column: What is refused, with its `value`.
  ///   - recorder: Who records, or has recorded.
  ///   - needed: How many a commission has.
  /// - Throws: ``Refusal`` with ``Reason/conflictDeclared`` or ``Reason/commissionTooSmall``.
  func checkImpartial(
    towards candidate: Int64, column: String, value: String, recordedBy recorder: Int64,
    needed: Int, _ persons: NaturalPersons
  ) throws(Refusal) {
    let concerned = self.concerned(in: candidate, persons)
    if let one = concerned.first(where: { $0 == recorder || $0 == self.chair }) {
      throw Refusal(
        .conflictDeclared, column: column, value: value, ["examiner": PersonNumber.text(one)])
    }
    guard concerned.isEmpty || self.seats.count - concerned.count >= needed else {
      throw Refusal(
        .commissionTooSmall, column: column, value: value,
        ["needed": "\(needed)", "left": "\(self.seats.count - concerned.count)"])
    }
  }
}
