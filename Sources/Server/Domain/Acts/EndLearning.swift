/// Ends what was recorded of somebody's learning in error, checked or not: it never was.
package struct EndLearning: Equatable, Sendable {
  package let record: LearningRecord
  package let why: String

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ record: LearningRecord, reading why: String) throws(Refusal) {
    self.record = record
    self.why = try TextRule.read(why, column: "why")
  }

  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``.
  package func decided(by caller: Int64) throws(Refusal) -> Deed {
    guard caller != self.record.person else { throw Refusal(.actsOnHimself, column: "learning") }
    return .learningEnded(
      LearningEnded(of: self.record.person, endsSequence: self.record.sequence, why: self.why))
  }
}
