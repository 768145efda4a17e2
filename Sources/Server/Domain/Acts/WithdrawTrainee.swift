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
    package var departure: Departure

    package init(
      place: TraineePlace, cohort: String, lastClass: CivilDate?, results: [ResultRecord]
    ) {
      self.place = place
      self.cohort = cohort
      self.departure = Departure(lastClass: lastClass, results: results)
    }
  }

  /// - Throws: ``Refusal`` as ``TraineePlace/standing(in:actedOnBy:)`` or
  ///   ``Departure/check(_:lastDay:column:on:)``.
  package func decided(
    _ facts: Facts, by caller: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let enrolment = try facts.place.standing(in: facts.cohort, actedOnBy: caller)
    try facts.departure.check(enrolment, lastDay: self.lastDay, column: "last_day", on: today)
    return .traineeWithdrawn(
      TraineeWithdrawn(
        enrolmentID: enrolment.id, lastDay: self.lastDay, reason: self.reason, why: self.why))
  }
}
