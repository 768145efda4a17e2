/// Corrects what one trainee attended in a class: what stood before ends as an error.
package struct CorrectHours: Equatable, Sendable {
  package let person: Int64
  package let cohort: Int64
  /// When the class began: its day, and the minute after midnight.
  package let heldOn: CivilDate
  package let starts: Int
  /// None of both for who was absent.
  package let hours: Hours
  package let reason: HoursCorrection
  /// What it rests on.
  package let evidence: String

  /// As it was recorded.
  package init(
    of person: Int64, in cohort: Int64, heldOn: CivilDate, starts: Int, hours: Hours,
    for reason: HoursCorrection, evidence: String
  ) {
    self.person = person
    self.cohort = cohort
    self.heldOn = heldOn
    self.starts = starts
    self.hours = hours
    self.reason = reason
    self.evidence = evidence
  }

  /// Reads what was attended and what it rests on.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outOfRange``, or as ``TextRule/read(_:column:)``.
  package init(
    of person: Int64, in cohort: Int64, heldOn: CivilDate, starts: Int, theory: Int,
    practice: Int, for reason: HoursCorrection, evidence: String
  ) throws(Refusal) {
    let evidence = try TextRule.read(evidence, column: "evidence")
    let hours =
      theory == 0 && practice == 0
      ? Hours.none : try Hours(typedTheory: theory, practice: practice)
    self.init(
      of: person, in: cohort, heldOn: heldOn, starts: starts, hours: hours, for: reason,
      evidence: evidence)
  }

  /// What rests on the hours.
  package enum Stage: Equatable, Sendable {
    case nothing
    /// A result stands, confirmed or not.
    case result
    /// A certificate is there for good.
    case certificate
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
    package var stage: Stage
    /// Whether a pass stands, confirmed or not.
    package var hasPass: Bool
    /// Quarters that the trainee attended in other classes of that day.
    package var others: Int
    /// Of the class that this one makes up: what was missed, this class aside; nil where it makes up none.
    package var missed: Missed?
    /// What was made up of this class; nil where no class does.
    package var here: Missed?

    package init(
      held: ClassRecord, cohort: String, edition: Edition, place: TraineePlace, there: Hours?,
      stage: Stage, hasPass: Bool, others: Int, missed: Missed? = nil, here: Missed? = nil
    ) {
      self.missed = missed
      self.here = here
      self.held = held
      self.cohort = cohort
      self.edition = edition
      self.place = place
      self.there = there
      self.stage = stage
      self.hasPass = hasPass
      self.others = others
    }
  }

  /// What it comes to: done at once while nothing rests on the hours; after that a registrar proposes it, of
  /// the School once there is a certificate.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notTrainerHere``, ``Reason/correctedLate``,
  ///   ``Reason/hoursExamined`` or ``Reason/correctionAtSchool``; as
  ///   ``TraineePlace/taught(in:actedOnBy:)``; ``Reason/hoursNotThere``, ``Reason/nothingChanged``,
  ///   ``Reason/alreadyPassed``, ``Reason/makeUpAboveMissed`` or ``Reason/classMadeUp``,
  ///   ``Reason/hoursAboveClass`` or ``Reason/hoursAboveDay``.
  package func decided(
    _ facts: Facts, by recorder: RecordHours.Recorder, isSchool: Bool, on today: CivilDate
  ) throws(Refusal) -> Decision {
    try recorder.checkMayCorrect(facts.held, on: today)
    let deed = try self.deed(facts, by: recorder.personID)
    guard facts.stage != .nothing else { return Decision(deed, takesTwo: false) }
    guard recorder.isRegistrar else { throw Refusal(.hoursExamined, column: "person_id") }
    guard isSchool || facts.stage != .certificate else { throw Refusal(.correctionAtSchool) }
    return Decision(deed, takesTwo: true)
  }

  /// What it comes to when another person approves it: once there is a certificate, a certifier.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notAllowed``, and as
  ///   ``decided(_:by:isSchool:on:)`` for what is not of who corrects.
  package func approved(
    _ facts: Facts, by approver: Int64, isCertifier: Bool
  ) throws(Refusal) -> Deed {
    guard isCertifier || facts.stage != .certificate else {
      throw Refusal(.notAllowed, ["roles": Role.certifier.rawValue])
    }
    return try self.deed(facts, by: approver)
  }

  private func deed(_ facts: Facts, by person: Int64) throws(Refusal) -> Deed {
    let enrolment = try facts.place.taught(in: facts.cohort, actedOnBy: person)
    guard let there = facts.there else { throw Refusal(.hoursNotThere, column: "starts_at") }
    guard there != self.hours else { throw Refusal(.nothingChanged, column: self.hours.column) }
    // Beside a pass hours are taken away and never added.
    let added =
      self.hours.theory > there.theory
      ? "theory" : self.hours.practice > there.practice ? "practice" : nil
    if facts.hasPass, let added { throw Refusal(.alreadyPassed, column: added) }
    if let added {
      try facts.missed?.check(makingUp: self.hours, who: enrolment.personID)
      try facts.here?.check(attending: self.hours, column: added)
    }
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

extension RecordHours.Recorder {
  /// On how many days after a class its trainer may correct it.
  private static let trainersDays = 30

  /// Refuses a correction to who neither is a registrar nor trained in the class some days ago.
  func checkMayCorrect(_ held: ClassRecord, on today: CivilDate) throws(Refusal) {
    guard !self.isRegistrar else { return }
    guard held.trainerID == self.personID else {
      throw Refusal(.notTrainerHere, column: "starts_at")
    }
    guard today.dayNumber - held.time.day.dayNumber <= Self.trainersDays else {
      throw Refusal(.correctedLate, column: "held_on", ["days": "\(Self.trainersDays)"])
    }
  }
}
