/// The business says no: why, with what the words of the reason need.
///
/// The reason is a stable code; clients put it into Kazakh, Russian or English. Nothing personal
/// is among the arguments: people appear by their numbers.
package struct Refusal: Error, Equatable, Sendable {
  /// Why.
  package let reason: Reason
  /// The column it concerns, by its English name; empty when it concerns the whole.
  package let column: String
  /// The value as received; empty when there is none to show.
  package let value: String
  /// What the words need, by name.
  package let arguments: [String: String]

  /// Describes a no that a rule says: the domain alone can.
  init(
    _ reason: Reason, column: String = "", value: String = "", _ arguments: [String: String] = [:]
  ) {
    self.reason = reason
    self.column = column
    self.value = value
    self.arguments = arguments
  }

  /// Describes what is said before any rule is asked: not there, not for this caller, not readable.
  package init(
    finding: Reason.Finding, column: String = "", value: String = "",
    _ arguments: [String: String] = [:]
  ) {
    self.init(finding.reason, column: column, value: value, arguments)
  }

  /// The people whom its words name by their numbers.
  package var people: [Int64] {
    // What stands in another column was typed, and may be nobody's number.
    let column = Self.columnsOfPeople.contains(self.column) ? [self.value] : []
    let words = Self.wordsOfPeople.compactMap { self.arguments[$0] }
    return (column + words).compactMap { PersonNumber.id(typed: $0) }
  }

  private static let columnsOfPeople: Set = ["member", "person", "goes", "comes", "candidate"]
  private static let wordsOfPeople = ["who", "person", "candidate", "examiner"]

  /// The same with more words, for the caller alone.
  package func told(with words: [String: String]) -> Refusal {
    Refusal(
      self.reason, column: self.column, value: self.value,
      self.arguments.merging(words) { told, _ in told })
  }
}
