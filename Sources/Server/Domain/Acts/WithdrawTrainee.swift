/// Withdraws a trainee from a cohort: hours and results stay, and the place is free.
package struct WithdrawTrainee: Equatable, Sendable {
  package let lastDay: CivilDate
  package let reason: TraineeWithdrawal
  /// Why, in words; needed for another reason.
  package let why: String

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/check(_:column:)``.
  package init(
    lastDay: CivilDate, for reason: TraineeWithdrawal, why: String
  ) throws(Refusal) {
    let why = TextRule.folded(why)
    if reason == .other || !why.isEmpty { try TextRule.check(why, column: "why") }
    self.lastDay = lastDay
    self.reason = reason
    self.why = why
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var place: TraineePlace
    package var cohort: String
    /// The last day of a class that was attended.
    package var lastClass: CivilDate?
    package var results: [ResultRecord]

    package init(
      place: TraineePlace, cohort: String, lastClass: CivilDate?, results: [ResultRecord]
    ) {
      self.place = place
      self.cohort = cohort
      self.lastClass = lastClass
      self.results = results
    }
  }

  /// - Throws: ``Refusal`` with as ``TraineePlace/standing(in:actedOnBy:)``,
  ///   ``Reason/alreadyPassed``, ``Reason/resultPending`` or ``Reason/outOfRange``.
  package func decided(
    _ facts: Facts, by caller: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let enrolment = try facts.place.standing(in: facts.cohort, actedOnBy: caller)
    if facts.results.pass != nil { throw Refusal(.alreadyPassed, column: "person_id") }
    if facts.results.contains(where: { !$0.isConfirmed && !$0.isAnnulled }) {
      throw Refusal(.resultPending, column: "person_id")
    }
    let examined = facts.results.filter { !$0.isAnnulled }.map(\.heldOn)
    let days = examined + [facts.lastClass].compactMap(\.self)
    let first = days.reduce(enrolment.enrolledOn, max)
    guard first <= self.lastDay, self.lastDay <= today else {
      throw Refusal(
        .outOfRange, column: "last_day", value: self.lastDay.iso,
        ["low": first.iso, "high": today.iso])
    }
    return .traineeWithdrawn(
      TraineeWithdrawn(
        enrolmentID: enrolment.id, lastDay: self.lastDay, reason: self.reason, why: self.why))
  }
}
