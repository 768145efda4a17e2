/// Undoes an enrolment that was made in error: it never was, and the place is free.
package struct UndoEnrolment: Equatable, Sendable {
  /// Why, in words.
  package let why: String

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(why: String) throws(Refusal) {
    self.why = try TextRule.read(why, column: "why")
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var place: TraineePlace
    package var cohort: String
    package var hasHours: Bool
    package var hasResults: Bool

    package init(
      place: TraineePlace, cohort: String, hasHours: Bool, hasResults: Bool
    ) {
      self.place = place
      self.cohort = cohort
      self.hasHours = hasHours
      self.hasResults = hasResults
    }
  }

  /// - Throws: ``Refusal`` with as ``TraineePlace/standing(in:actedOnBy:)``,
  ///   ``Reason/resultThere`` or ``Reason/hoursThere``: what was attended or examined was an enrolment.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusal) -> Deed {
    let enrolment = try facts.place.standing(in: facts.cohort, actedOnBy: caller)
    if facts.hasResults { throw Refusal(.resultThere, column: "person_id") }
    if facts.hasHours { throw Refusal(.hoursThere, column: "person_id") }
    return .enrolmentUndone(EnrolmentUndone(enrolmentID: enrolment.id, why: self.why))
  }
}
