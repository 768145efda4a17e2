/// Records what a mediator declares of the cases of a year in a field; what was said before stands no more.
package struct RecordPractice: Equatable, Sendable {
  /// Whose practice it is.
  package let person: Int64
  package let practice: Practice

  /// The first year of the Law On Mediation.
  package static let firstYear = 2011
  /// The most cases of a year and a field.
  package static let casesMax = 10_000

  package init(of person: Int64, _ practice: Practice) {
    self.person = person
    self.practice = practice
  }

  /// - Parameter there: What stands of the same number, year and field.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/outOfRange``, or ``Reason/nothingChanged``.
  package func decided(
    _ there: PracticeRecord?, by caller: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    let practice = self.practice
    let values = [
      ("year", practice.year, Self.firstYear...max(Self.firstYear, today.parts.year)),
      ("cases", practice.cases, 0...Self.casesMax),
      ("settled", practice.settled, 0...max(0, min(practice.cases, Self.casesMax))),
    ]
    for (column, value, range) in values where !range.contains(value) {
      throw Refusal(
        .outOfRange, column: column, value: "\(value)",
        ["low": "\(range.lowerBound)", "high": "\(range.upperBound)"])
    }
    guard there?.practice != practice else { throw Refusal(.nothingChanged, column: "practice") }
    return .practiceRecorded(
      PracticeRecorded(of: self.person, practice, endsSequence: there?.sequence))
  }
}
