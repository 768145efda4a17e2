/// An edition of a programme was adopted, the id given.
package struct EditionAdopted: Equatable, Sendable {
  package var edition: Edition

  package init(_ edition: Edition) { self.edition = edition }
}

/// An edition was closed.
package struct EditionClosed: Equatable, Sendable {
  package var edition: Int64
  /// The last day on which a cohort under it may begin.
  package var lastDay: CivilDate

  package init(edition: Int64, lastDay: CivilDate) {
    self.edition = edition
    self.lastDay = lastDay
  }
}

/// A specialisation was defined, the id given; or has another last day, under the id that it has.
package struct SpecialisationDefined: Equatable, Sendable {
  package var specialisation: Specialisation

  package init(_ specialisation: Specialisation) { self.specialisation = specialisation }
}

/// A cohort was opened.
package struct CohortOpened: Equatable, Sendable {
  /// The cohort, the id given and the edition pinned.
  package var cohort: CohortRecord

  package init(_ cohort: CohortRecord) { self.cohort = cohort }
}

/// Somebody may train in a cohort from now on.
package struct TrainerAssigned: Equatable, Sendable {
  package var cohortID: Int64
  package var personID: Int64
  /// What entitles the trainer.
  package var evidence: String

  package init(cohortID: Int64, personID: Int64, evidence: String) {
    self.cohortID = cohortID
    self.personID = personID
    self.evidence = evidence
  }
}

/// Trainees were enrolled, those new to the registry registered with them.
package struct TraineesEnrolled: Equatable, Sendable {
  /// The people new to the registry.
  package var people: [Person]
  package var enrolments: [EnrolmentRecord]
  /// Whom the new people resemble and are not.
  package var dismissed: [DismissedDouble]
  /// Who waits for a place that is not there, in this order.
  package var waiting: [WaitingRecord]

  package init(
    people: [Person] = [], enrolments: [EnrolmentRecord] = [], dismissed: [DismissedDouble] = [],
    waiting: [WaitingRecord] = []
  ) {
    self.people = people
    self.enrolments = enrolments
    self.dismissed = dismissed
    self.waiting = waiting
  }
}

/// Somebody waits for a place no more, and got none.
package struct WaitingEnded: Equatable, Sendable {
  package var cohortID: Int64
  package var personID: Int64
  /// Why, in the registrar's words.
  package var why: String

  package init(cohortID: Int64, personID: Int64, why: String) {
    self.cohortID = cohortID
    self.personID = personID
    self.why = why
  }
}

/// Classes were held, and trainees attended them.
package struct HoursRecorded: Equatable, Sendable {
  /// One trainee in one class.
  package struct Attendance: Equatable, Sendable {
    package var classID: Int64
    package var enrolmentID: Int64
    package var hours: Hours

    package init(classID: Int64, enrolmentID: Int64, hours: Hours) {
      self.classID = classID
      self.enrolmentID = enrolmentID
      self.hours = hours
    }
  }

  /// The classes new to the registry.
  package var classes: [ClassRecord]
  package var attendances: [Attendance]

  package init(classes: [ClassRecord] = [], attendances: [Attendance] = []) {
    self.classes = classes
    self.attendances = attendances
  }
}

/// A trainee left a cohort; hours and results stay.
package struct TraineeWithdrawn: Equatable, Sendable {
  package var enrolmentID: Int64
  package var lastDay: CivilDate
  package var reason: TraineeWithdrawal
  /// Why, in words; empty where the reason says it all.
  package var why: String

  package init(enrolmentID: Int64, lastDay: CivilDate, reason: TraineeWithdrawal, why: String) {
    self.enrolmentID = enrolmentID
    self.lastDay = lastDay
    self.reason = reason
    self.why = why
  }
}

/// A withdrawn trainee was taken back: hours, results and attempts count again.
package struct TraineeReinstated: Equatable, Sendable {
  package var enrolmentID: Int64
  package var cohortID: Int64
  /// The first day back.
  package var from: CivilDate
  /// Why, in words.
  package var why: String

  package init(enrolmentID: Int64, cohortID: Int64, from: CivilDate, why: String) {
    self.enrolmentID = enrolmentID
    self.cohortID = cohortID
    self.from = from
    self.why = why
  }
}

/// A trainee was transferred to another cohort; hours, results and attempts go along.
package struct TraineeTransferred: Equatable, Sendable {
  package var enrolmentID: Int64
  /// The cohort where the trainee was.
  package var from: Int64
  /// The cohort where the trainee is.
  package var to: Int64
  /// The last day in the one and the first in the other.
  package var day: CivilDate
  /// Why, in words.
  package var why: String

  package init(enrolmentID: Int64, from: Int64, to: Int64, day: CivilDate, why: String) {
    self.enrolmentID = enrolmentID
    self.from = from
    self.to = to
    self.day = day
    self.why = why
  }
}

/// A cohort's days, form and place are these from now on.
package struct CohortAmended: Equatable, Sendable {
  package var cohortID: Int64
  package var startsOn: CivilDate
  package var endsOn: CivilDate
  package var form: CourseForm
  package var place: String
  /// Why, in words.
  package var why: String

  package init(
    cohortID: Int64, startsOn: CivilDate, endsOn: CivilDate, form: CourseForm, place: String,
    why: String
  ) {
    self.cohortID = cohortID
    self.startsOn = startsOn
    self.endsOn = endsOn
    self.form = form
    self.place = place
    self.why = why
  }
}

/// A cohort follows another edition.
package struct CohortRepinned: Equatable, Sendable {
  package var cohortID: Int64
  package var editionID: Int64
  /// Why, in words.
  package var why: String

  package init(cohortID: Int64, editionID: Int64, why: String) {
    self.cohortID = cohortID
    self.editionID = editionID
    self.why = why
  }
}

/// A cohort was cancelled, and its trainees are withdrawn.
package struct CohortCancelled: Equatable, Sendable {
  package var cohortID: Int64
  /// Those that had a place in it.
  package var enrolmentIDs: [Int64]
  package var lastDay: CivilDate
  /// Why, in words.
  package var why: String

  package init(cohortID: Int64, enrolmentIDs: [Int64], lastDay: CivilDate, why: String) {
    self.cohortID = cohortID
    self.enrolmentIDs = enrolmentIDs
    self.lastDay = lastDay
    self.why = why
  }
}

/// An enrolment was undone: it was made in error.
package struct EnrolmentUndone: Equatable, Sendable {
  package var enrolmentID: Int64
  /// Why, in words.
  package var why: String

  package init(enrolmentID: Int64, why: String) {
    self.enrolmentID = enrolmentID
    self.why = why
  }
}

/// What a trainee attended in a class was corrected.
package struct HoursCorrected: Equatable, Sendable {
  package var classID: Int64
  package var enrolmentID: Int64
  /// None of both for who was absent.
  package var hours: Hours
  package var reason: HoursCorrection
  /// What it rests on.
  package var evidence: String

  package init(
    classID: Int64, enrolmentID: Int64, hours: Hours, reason: HoursCorrection, evidence: String
  ) {
    self.classID = classID
    self.enrolmentID = enrolmentID
    self.hours = hours
    self.reason = reason
    self.evidence = evidence
  }
}

/// A class was told anew: what stood before ends as an error, with all that was attended in it.
package struct ClassCorrected: Equatable, Sendable {
  /// The class as it was recorded, and who trained in it.
  package var classID: Int64
  package var trainerID: Int64
  /// The class as it is, and what was attended in it.
  package var told: HoursRecorded
  package var reason: HoursCorrection
  /// What it rests on.
  package var evidence: String

  package init(
    classID: Int64, trainerID: Int64, told: HoursRecorded, reason: HoursCorrection, evidence: String
  ) {
    self.classID = classID
    self.trainerID = trainerID
    self.told = told
    self.reason = reason
    self.evidence = evidence
  }
}

/// A class that was none was taken back, with all that was attended in it.
package struct ClassCancelled: Equatable, Sendable {
  /// The class, and who trained in it as it was recorded.
  package var classID: Int64
  package var trainerID: Int64
  /// Those under which it was attended.
  package var enrolmentIDs: [Int64]
  package var reason: HoursCorrection
  /// What it rests on.
  package var evidence: String

  package init(
    classID: Int64, trainerID: Int64, enrolmentIDs: [Int64], reason: HoursCorrection,
    evidence: String
  ) {
    self.classID = classID
    self.trainerID = trainerID
    self.enrolmentIDs = enrolmentIDs
    self.reason = reason
    self.evidence = evidence
  }
}

/// A trainer trains in a cohort no more; classes held stay.
package struct TrainerUnassigned: Equatable, Sendable {
  package var cohortID: Int64
  package var personID: Int64
  package var lastDay: CivilDate
  /// Why, in the registrar's words.
  package var why: String

  package init(cohortID: Int64, personID: Int64, lastDay: CivilDate, why: String) {
    self.cohortID = cohortID
    self.personID = personID
    self.lastDay = lastDay
    self.why = why
  }
}

/// A trainer trains in a cohort instead of another, whose last day is the one before.
package struct TrainerReplaced: Equatable, Sendable {
  package var cohortID: Int64
  package var goes: Int64
  package var comes: Int64
  /// The first day of who comes.
  package var from: CivilDate
  /// What entitles who comes.
  package var evidence: String
  /// Why, in the registrar's words.
  package var why: String

  package init(
    cohortID: Int64, goes: Int64, comes: Int64, from: CivilDate, evidence: String, why: String
  ) {
    self.cohortID = cohortID
    self.goes = goes
    self.comes = comes
    self.from = from
    self.evidence = evidence
    self.why = why
  }
}
