/// Lets somebody wait for a place no more.
package struct EndWaiting: Equatable, Sendable {
  package let personID: Int64
  /// Why, in words.
  package let why: String

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(of person: Int64, why: String) throws(Refusal) {
    self.personID = person
    self.why = try TextRule.read(why, column: "why")
  }

  /// - Throws: ``Refusal`` with ``Reason/notWaiting`` or ``Reason/actsOnHimself``.
  package func decided(
    in cohort: CohortRecord, waiting: [Int64], by caller: Int64
  ) throws(Refusal) -> Deed {
    guard waiting.contains(self.personID) else {
      throw Refusal(.notWaiting, column: "person_id", ["cohort": cohort.code])
    }
    guard self.personID != caller else {
      throw Refusal(.actsOnHimself, column: "person_id")
    }
    return .waitingEnded(
      WaitingEnded(cohortID: cohort.id, personID: self.personID, why: self.why))
  }
}
