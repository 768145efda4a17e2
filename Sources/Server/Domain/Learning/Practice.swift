/// What a mediator says of the cases of a year in a field: numbers alone.
package struct Practice: Equatable, Sendable {
  package var year: Int
  package var field: PracticeField
  package var cases: Int
  /// How many of them were settled.
  package var settled: Int

  package init(year: Int, _ field: PracticeField, cases: Int, settled: Int) {
    self.year = year
    self.field = field
    self.cases = cases
    self.settled = settled
  }
}

/// What stands of a year and a field.
package struct PracticeRecord: Equatable, Sendable {
  /// The act that recorded it.
  package let sequence: Int64
  /// Of whom it was recorded.
  package let person: Int64
  package let practice: Practice

  package init(sequence: Int64, of person: Int64, _ practice: Practice) {
    self.sequence = sequence
    self.person = person
    self.practice = practice
  }
}
