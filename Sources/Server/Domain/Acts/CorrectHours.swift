/// Corrects what one trainee attended in a class: what stood before ends as an error.
package struct CorrectHours: Equatable, Sendable {
  /// On how many days after a class its trainer may correct it.
  package static let trainersDays = 30

  package let recorder: RecordHours.Recorder
  /// None of both for who was absent.
  package let hours: Hours
  package let reason: HoursCorrection
  /// What it rests on.
  package let evidence: String

  /// Reads what was attended and what it rests on.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outOfRange``, or as ``TextRule/read(_:column:)``.
  package init(
    by recorder: RecordHours.Recorder, theory: Int, practice: Int, for reason: HoursCorrection,
    evidence: String
  ) throws(Refusal) {
    let evidence = try TextRule.read(evidence, column: "evidence")
    self.recorder = recorder
    self.hours =
      theory == 0 && practice == 0
      ? Hours(theory: 0, practice: 0) : try Hours(typedTheory: theory, practice: practice)
    self.reason = reason
    self.evidence = evidence
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var held: ClassRecord
    package var cohort: String
    /// The edition that the cohort follows.
    package var edition: Edition
    package var place: TraineePlace
    /// The hours recorded in the class; nil if there are none.
    package var there: Hours?
    /// Whether a result of the enrolment stands, confirmed or not.
    package var isExamined: Bool
    /// Quarters that the trainee attended in other classes of that day.
    package var others: Int

    package init(
      held: ClassRecord, cohort: String, edition: Edition, place: TraineePlace, there: Hours?,
      isExamined: Bool, others: Int
    ) {
      self.held = held
      self.cohort = cohort
      self.edition = edition
      self.place = place
      self.there = there
      self.isExamined = isExamined
      self.others = others
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/notTrainerHere`` or ``Reason/correctedLate``,
  ///   as ``TraineePlace/standing(in:actedOnBy:)``, ``Reason/hoursNotThere``,
  ///   ``Reason/nothingChanged``, ``Reason/hoursExamined``, ``Reason/hoursAboveClass`` or
  ///   ``Reason/hoursAboveDay``.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Deed {
    if !self.recorder.isRegistrar {
      guard facts.held.trainerID == self.recorder.personID else {
        throw Refusal(.notTrainerHere, column: "starts_at")
      }
      guard today.dayNumber - facts.held.time.day.dayNumber <= Self.trainersDays else {
        throw Refusal(.correctedLate, column: "held_on", ["days": "\(Self.trainersDays)"])
      }
    }
    let enrolment = try facts.place.standing(
      in: facts.cohort, actedOnBy: self.recorder.personID)
    guard let there = facts.there else { throw Refusal(.hoursNotThere, column: "starts_at") }
    guard there != self.hours else { throw Refusal(.nothingChanged, column: self.hours.column) }
    if facts.isExamined { throw Refusal(.hoursExamined, column: "person_id") }
    let time = facts.held.time
    try RecordHours.fits(
      self.hours, from: time.starts, until: time.ends, typed: ClassTime.text(time.ends))
    try RecordHours.fitsDay(
      facts.others + self.hours.total, under: facts.edition, column: self.hours.column,
      who: enrolment.personID)
    return .hoursCorrected(
      HoursCorrected(
        classID: facts.held.id, enrolmentID: enrolment.id, hours: self.hours,
        reason: self.reason, evidence: self.evidence))
  }
}
