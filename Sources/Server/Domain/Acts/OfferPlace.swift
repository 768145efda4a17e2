/// Gives a place to somebody who waits for one.
package struct OfferPlace: Equatable, Sendable {
  package let personID: Int64
  /// The day of enrolment.
  package let day: CivilDate

  /// Offers a place from `day` on.
  package init(to person: Int64, on day: CivilDate) {
    self.personID = person
    self.day = day
  }

  /// What the rules ask.
  package struct Facts: Sendable {
    package var room: CohortRoom
    package var persons: NaturalPersons

    package init(room: CohortRoom, persons: NaturalPersons) {
      self.room = room
      self.persons = persons
    }
  }

  /// What is decided, and what is to be said of it.
  package struct Decision: Equatable, Sendable {
    package var deed: Deed
    package var warnings: [Refusal]
  }

  /// - Throws: ``Refusal`` with ``Reason/notWaiting``, ``Reason/outOfRange`` for a day before it was asked for,
  ///   ``Reason/actsOnHimself``,
  ///   ``Reason/alreadyThere`` under another number, as ``TraineePlace/departure(from:)``,
  ///   ``Reason/trainsHimself``, ``Reason/waitingOrder`` in strict order, or as
  ///   ``CohortRoom/check(_:from:startingOn:under:column:isSchool:)``.
  package func decided(
    _ facts: Facts, by caller: Int64, isSchool: Bool, nextEnrolment: Int64
  ) throws(Refusal) -> Decision {
    let room = facts.room
    guard let waiter = room.waiting.first(where: { $0.personID == self.personID }) else {
      throw Refusal(.notWaiting, column: "person_id", ["cohort": room.cohort.code])
    }
    // From before he or she asked it would pass over whoever was first then, and fill a place that was not free.
    guard self.day >= waiter.since else {
      throw Refusal(
        .outOfRange, column: "enrolled_on", value: self.day.iso,
        ["low": waiter.since.iso, "high": room.cohort.endsOn.iso])
    }
    guard !facts.persons.areOne(self.personID, caller) else {
      throw Refusal(.actsOnHimself, column: "person_id")
    }
    let numbers = Set(facts.persons.numbers(of: self.personID))
    guard room.enrolled.isDisjoint(with: numbers) else {
      throw Refusal(.alreadyThere, column: "person_id")
    }
    guard !room.trainers.contains(self.personID) else {
      throw Refusal(.trainsHimself, column: "cohort", value: room.cohort.code)
    }
    if let departure = room.departure(numbers) { throw departure }
    try room.check(waiter.admission, from: self.day, isSchool: isSchool)
    let passing = room.passing(room.ahead(of: numbers, from: self.day))
    if let refusal = passing.refusals.first { throw refusal }
    let enrolment = EnrolmentRecord(
      id: nextEnrolment, cohortID: room.cohort.id, personID: self.personID, enrolledOn: self.day)
    return Decision(
      deed: .traineesEnrolled(TraineesEnrolled(enrolments: [enrolment])),
      warnings: passing.warnings)
  }
}
