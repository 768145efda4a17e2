/// Takes a withdrawn trainee back: hours, results and attempts are those that were there.
package struct ReinstateTrainee: Equatable, Sendable {
  /// The first day back.
  package let from: CivilDate
  /// Why, in words.
  package let why: String

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(from: CivilDate, why: String) throws(Refusal) {
    self.why = try TextRule.read(why, column: "why")
    self.from = from
  }

  /// What the rules ask.
  package struct Facts: Sendable {
    package var place: TraineePlace
    package var room: CohortRoom
    package var returner: Returner

    package init(place: TraineePlace, room: CohortRoom, returner: Returner) {
      self.place = place
      self.room = room
      self.returner = returner
    }
  }

  /// - Throws: ``Refusal`` as ``TraineePlace/withdrawn(in:actedOnBy:)``, with ``Reason/outOfRange``, or as
  ///   ``Returner/check(_:in:column:from:isSchool:)``.
  package func decided(
    _ facts: Facts, by caller: Int64, isSchool: Bool, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let cohort = facts.room.cohort
    let (enrolment, lastDay) = try facts.place.withdrawn(in: cohort.code, actedOnBy: caller)
    guard lastDay <= self.from, self.from <= today else {
      throw Refusal(
        .outOfRange, column: "from", value: self.from.iso,
        ["low": lastDay.iso, "high": today.iso])
    }
    try facts.returner.check(
      enrolment.personID, in: facts.room, from: self.from, isSchool: isSchool)
    return .traineeReinstated(
      TraineeReinstated(
        enrolmentID: enrolment.id, cohortID: cohort.id, from: self.from, why: self.why))
  }
}
