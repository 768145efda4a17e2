/// Says that what was recorded of somebody's learning is so, as its evidence shows: from then on it counts.
package struct CheckLearning: Equatable, Sendable {
  package let record: LearningRecord

  package init(_ record: LearningRecord) { self.record = record }

  /// - Parameter persons: Which numbers are one natural person's.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/confirmsOwnRecord``, or
  ///   ``Reason/nothingChanged`` where it is checked.
  package func decided(by caller: Int64, _ persons: NaturalPersons) throws(Refusal) -> Deed {
    guard !persons.areOne(self.record.person, caller) else {
      throw Refusal(.actsOnHimself, column: "learning")
    }
    guard !persons.areOne(self.record.recordedBy, caller) else {
      throw Refusal(.confirmsOwnRecord, column: "learning")
    }
    guard self.record.checkedOn == nil else {
      throw Refusal(.nothingChanged, column: "learning", value: "\(self.record.sequence)")
    }
    return .learningChecked(
      LearningChecked(of: self.record.person, sequence: self.record.sequence))
  }
}
