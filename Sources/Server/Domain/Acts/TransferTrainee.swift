/// Gives a trainee's enrolment a place in another cohort of the same edition: hours count where they were
/// earned, and results and attempts go along.
package struct TransferTrainee: Equatable, Sendable {
  package let person: Int64
  /// The cohort where the trainee is.
  package let from: Int64
  /// The cohort to go to.
  package let to: Int64
  /// The last day in the one and the first in the other.
  package let day: CivilDate
  /// Why, in words.
  package let why: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, from: Int64, to: Int64, on day: CivilDate, for why: String) {
    self.person = person
    self.from = from
    self.to = to
    self.day = day
    self.why = why
  }

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ person: Int64, from: Int64, to: Int64, on day: CivilDate, typedWhy: String
  ) throws(Refusal) {
    self.init(
      person, from: from, to: to, on: day, for: try TextRule.read(typedWhy, column: "why"))
  }

  /// What the rules ask.
  package struct Facts: Sendable {
    /// What is there of the person in the cohort that sends.
    package var place: TraineePlace
    package var sender: CohortRecord
    package var departure: Departure
    /// The cohort that receives.
    package var room: CohortRoom
    package var returner: Returner

    package init(
      place: TraineePlace, sender: CohortRecord, departure: Departure, room: CohortRoom,
      returner: Returner
    ) {
      self.place = place
      self.sender = sender
      self.departure = departure
      self.room = room
      self.returner = returner
    }
  }

  /// Transfers, which takes two persons between organisations.
  ///
  /// - Throws: ``Refusal`` as ``TraineePlace/standing(in:actedOnBy:)``; of a cohort that was cancelled as
  ///   ``TraineePlace/withdrawn(in:actedOnBy:)``; with ``Reason/nothingChanged``,
  ///   ``Reason/otherEdition``, ``Reason/otherSpecialisation``, as ``Departure/check(_:lastDay:column:on:)``, with
  ///   ``Reason/notEntitledToTrain``, or as ``Returner/check(_:in:column:from:isSchool:)``.
  package func decided(
    _ facts: Facts, by caller: Int64, isSchool: Bool, on today: CivilDate
  ) throws(Refusal) -> Decision {
    let (sender, receiver) = (facts.sender, facts.room.cohort)
    let enrolment = try self.enrolment(facts, caller)
    guard receiver.id != sender.id else {
      throw Refusal(.nothingChanged, column: "to", value: receiver.code)
    }
    guard receiver.editionID == sender.editionID else {
      throw Refusal(.otherEdition, column: "to", value: receiver.code)
    }
    guard receiver.specialisationID == sender.specialisationID else {
      throw Refusal(.otherSpecialisation, column: "to", value: receiver.code)
    }
    try facts.departure.check(enrolment, lastDay: self.day, column: "day", on: today)
    try facts.returner.check(
      enrolment.personID, in: facts.room, column: "to", from: self.day, isSchool: isSchool)
    return Decision(
      .traineeTransferred(
        TraineeTransferred(
          enrolmentID: enrolment.id, from: sender.id, to: receiver.id, day: self.day,
          why: self.why)),
      takesTwo: sender.organisationID != receiver.organisationID)
  }

  /// Whose cohort was cancelled goes on from there.
  private func enrolment(_ facts: Facts, _ caller: Int64) throws(Refusal) -> EnrolmentRecord {
    let code = facts.sender.code
    guard facts.sender.isCancelled else {
      return try facts.place.standing(in: code, actedOnBy: caller)
    }
    var (enrolment, lastDay) = try facts.place.withdrawn(in: code, actedOnBy: caller)
    // Not before he or she left.
    enrolment.enrolledOn = lastDay
    return enrolment
  }
}
