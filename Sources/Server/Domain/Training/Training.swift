/// A cohort as the rules need it.
package struct CohortRecord: Equatable, Sendable {
  package var id: Int64
  package var code: String
  /// The edition that was pinned when it was opened.
  package var editionID: Int64
  /// Who trains.
  package var organisationID: Int64
  package var language: Language
  package var form: CourseForm
  package var startsOn: CivilDate
  package var endsOn: CivilDate
  /// The place as written on papers.
  package var place: String
  package var isCancelled: Bool
  /// What it is specialised in; 0 where it is general, or of another programme than 2.
  package var specialisationID: Int64

  package init(
    id: Int64, code: String, editionID: Int64, organisationID: Int64, language: Language,
    form: CourseForm, startsOn: CivilDate, endsOn: CivilDate, place: String,
    specialisationID: Int64 = 0, isCancelled: Bool = false
  ) {
    self.specialisationID = specialisationID
    self.id = id
    self.code = code
    self.editionID = editionID
    self.organisationID = organisationID
    self.language = language
    self.form = form
    self.startsOn = startsOn
    self.endsOn = endsOn
    self.place = place
    self.isCancelled = isCancelled
  }

  /// Refuses a cohort that is cancelled.
  ///
  /// - Throws: ``Refusal`` with ``Reason/cohortClosed``.
  func checkStanding(column: String = "cohort") throws(Refusal) {
    guard !self.isCancelled else {
      throw Refusal(.cohortClosed, column: column, value: self.code)
    }
  }
}

/// An enrolment.
package struct EnrolmentRecord: Equatable, Sendable {
  package var id: Int64
  package var cohortID: Int64
  package var personID: Int64
  /// Not after the cohort's last day.
  package var enrolledOn: CivilDate

  package init(id: Int64, cohortID: Int64, personID: Int64, enrolledOn: CivilDate) {
    self.id = id
    self.cohortID = cohortID
    self.personID = personID
    self.enrolledOn = enrolledOn
  }
}

/// Somebody who waits for a place in a cohort, as it is recorded.
package struct WaitingRecord: Equatable, Sendable {
  package var cohortID: Int64
  package var personID: Int64
  /// The day from which on a place was asked for.
  package var since: CivilDate

  package init(cohortID: Int64, personID: Int64, since: CivilDate) {
    self.cohortID = cohortID
    self.personID = personID
    self.since = since
  }
}

/// What an act on one trainee of a cohort finds there.
package enum TraineePlace: Equatable, Sendable {
  case enrolled(EnrolmentRecord)
  /// No enrolment stands, and the last that did was ended.
  case withdrawn(EnrolmentRecord, lastDay: CivilDate)
  /// The enrolment has had a place in another cohort since; `to` is the code of the last.
  case transferred(EnrolmentRecord, to: String, lastDay: CivilDate)
  case never

  /// The enrolment that stands; nil without one.
  package var enrolment: EnrolmentRecord? {
    switch self {
    case .enrolled(let enrolment): enrolment
    case .withdrawn, .transferred, .never: nil
    }
  }

  /// The enrolment that stands, or that stood last.
  package var last: EnrolmentRecord? {
    switch self {
    case .enrolled(let enrolment), .withdrawn(let enrolment, _),
      .transferred(let enrolment, _, _):
      enrolment
    case .never: nil
    }
  }

  /// The enrolment that an act of `caller` on the trainee is about.
  ///
  /// - Throws: ``Refusal`` with ``Reason/traineeWithdrawn``, ``Reason/traineeTransferred``,
  ///   ``Reason/notEnrolled`` or ``Reason/actsOnHimself``.
  func standing(in cohort: String, actedOnBy caller: Int64) throws(Refusal) -> EnrolmentRecord {
    switch self {
    case .enrolled(let enrolment):
      guard enrolment.personID != caller else {
        throw Refusal(.actsOnHimself, column: "person_id")
      }
      return enrolment
    case .withdrawn(let enrolment, let lastDay):
      throw Self.withdrawn(enrolment, from: cohort, lastDay)
    case .transferred(_, let to, let lastDay):
      throw Self.gone(from: cohort, to: to, lastDay)
    case .never: throw Refusal(.notEnrolled, column: "person_id", ["cohort": cohort])
    }
  }

  /// Why whoever had the place gets no other by a new enrolment: one comes back under the same, with its hours and
  /// attempts, and would be counted twice.
  func departure(from cohort: String) -> Refusal? {
    switch self {
    case .withdrawn(let enrolment, let lastDay):
      Self.withdrawn(enrolment, from: cohort, lastDay)
    case .transferred(_, let to, let lastDay): Self.gone(from: cohort, to: to, lastDay)
    case .enrolled, .never: nil
    }
  }

  /// The enrolment whose hours in the cohort an act of `caller` is about: they are corrected where they were
  /// earned, wherever its place is.
  ///
  /// - Throws: ``Refusal`` as ``standing(in:actedOnBy:)``.
  func taught(in cohort: String, actedOnBy caller: Int64) throws(Refusal) -> EnrolmentRecord {
    guard case .transferred(let enrolment, _, _) = self else {
      return try self.standing(in: cohort, actedOnBy: caller)
    }
    return try Self.enrolled(enrolment).standing(in: cohort, actedOnBy: caller)
  }

  /// The number is that of the enrolment: the person may have others.
  private static func withdrawn(
    _ enrolment: EnrolmentRecord, from cohort: String, _ lastDay: CivilDate
  ) -> Refusal {
    Refusal(
      .traineeWithdrawn, column: "person_id",
      [
        "cohort": cohort, "day": lastDay.iso, "person": PersonNumber.text(enrolment.personID),
      ])
  }

  private static func gone(
    from cohort: String, to: String, _ lastDay: CivilDate
  ) -> Refusal {
    Refusal(
      .traineeTransferred, column: "person_id",
      ["cohort": cohort, "to": to, "day": lastDay.iso])
  }

  /// The enrolment that was ended, which `caller` would have stand again.
  ///
  /// - Throws: ``Refusal`` with ``Reason/nothingChanged``, ``Reason/traineeTransferred``,
  ///   ``Reason/notEnrolled`` or ``Reason/actsOnHimself``.
  func withdrawn(
    in cohort: String, actedOnBy caller: Int64
  ) throws(Refusal) -> (enrolment: EnrolmentRecord, lastDay: CivilDate) {
    switch self {
    case .enrolled: throw Refusal(.nothingChanged, column: "person_id")
    case .withdrawn(let enrolment, let lastDay):
      guard enrolment.personID != caller else {
        throw Refusal(.actsOnHimself, column: "person_id")
      }
      return (enrolment, lastDay)
    case .transferred(_, let to, let lastDay):
      throw Self.gone(from: cohort, to: to, lastDay)
    case .never: throw Refusal(.notEnrolled, column: "person_id", ["cohort": cohort])
    }
  }
}

/// A class with who trained.
package struct ClassRecord: Equatable, Sendable {
  package var id: Int64
  package var cohortID: Int64
  package var time: ClassTime
  package var trainerID: Int64
  /// The class that it makes up for those who missed that one; nil of any other.
  package var makesUp: Int64?

  package init(
    id: Int64, cohortID: Int64, time: ClassTime, trainerID: Int64, makesUp: Int64? = nil
  ) {
    self.makesUp = makesUp
    self.id = id
    self.cohortID = cohortID
    self.time = time
    self.trainerID = trainerID
  }

  /// Its day and beginning, as lists name a class: `2026-02-03 09:00`.
  package var text: String { "\(self.time.day.iso) \(ClassTime.text(self.time.starts))" }
}
