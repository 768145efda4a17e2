/// What binds a trainee to a cohort up to some day.
package struct Departure: Equatable, Sendable {
  /// The last day of a class that was attended.
  package var lastClass: CivilDate?
  /// The results of the enrolment that were not replaced.
  package var results: [ResultRecord]

  package init(lastClass: CivilDate?, results: [ResultRecord]) {
    self.lastClass = lastClass
    self.results = results
  }

  /// Refuses a last day: who passed has nowhere to go, and a result that waits belongs to the cohort.
  ///
  /// - Throws: ``Refusal`` with ``Reason/alreadyPassed``, ``Reason/resultPending`` or
  ///   ``Reason/outOfRange``: before the last class or attestation, or to come.
  func check(
    _ enrolment: EnrolmentRecord, lastDay day: CivilDate, column: String, on today: CivilDate
  ) throws(Refusal) {
    if self.results.pass != nil { throw Refusal(.alreadyPassed, column: "person_id") }
    if self.results.contains(where: { !$0.isConfirmed && !$0.isAnnulled }) {
      throw Refusal(.resultPending, column: "person_id")
    }
    let examined = self.results.filter { !$0.isAnnulled }.map(\.heldOn)
    let days = examined + [self.lastClass].compactMap(\.self)
    let first = days.reduce(enrolment.enrolledOn, max)
    guard first <= day, day <= today else {
      throw Refusal(
        .outOfRange, column: column, value: day.iso, ["low": first.iso, "high": today.iso])
    }
  }
}
