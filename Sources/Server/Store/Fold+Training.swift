import BitimDomain
import BitimProtocol

/// Cohorts, enrolment, classes and hours.
extension Fold {
  func open(_ deed: BitimJournalV1.CohortOpened, _ seq: Int64) throws {
    let cohort = deed.cohort ?? .init()
    try self.database.execute(
      """
      INSERT INTO cohort (id, code, edition_id, organisation_id, language, form, starts_on,
        ends_on, place, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """,
      [
        .integer(cohort.id), .text(cohort.code), .integer(deed.editionId),
        .integer(deed.organisationId),
        .text(try self.word(cohort.language.rawValue, Language.self)),
        .text(try self.word(cohort.form.rawValue, CourseForm.self)), .text(cohort.startsOn),
        .text(cohort.endsOn), .text(cohort.place), .integer(seq),
      ])
  }

  func assign(_ deed: BitimJournalV1.TrainerAssigned, _ seq: Int64) throws {
    try self.database.execute(
      "INSERT INTO cohort_trainer (cohort_id, person_id, evidence, seq) VALUES (?1, ?2, ?3, ?4)",
      [
        .integer(deed.cohortId), .integer(deed.personId), .text(deed.evidence), .integer(seq),
      ])
  }

  func enrol(_ deed: BitimJournalV1.TraineesEnrolled, _ seq: Int64) throws {
    for person in deed.people { try self.add(person, seq) }
    for enrolment in deed.enrolments {
      try self.database.execute(
        """
        INSERT INTO enrolment (id, cohort_id, person_id, enrolled_on, seq)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(enrolment.id), .integer(enrolment.cohortId), .integer(enrolment.personId),
          .text(enrolment.enrolledOn), .integer(seq),
        ])
    }
  }

  func record(_ deed: BitimJournalV1.HoursRecorded, _ seq: Int64) throws {
    for held in deed.classes {
      try self.database.execute(
        """
        INSERT INTO class (id, cohort_id, held_on, starts_minute, ends_minute, trainer_id, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        [
          .integer(held.id), .integer(held.cohortId), .text(held.heldOn),
          .int(held.startsMinute), .int(held.endsMinute), .integer(held.trainerId),
          .integer(seq),
        ])
    }
    for attendance in deed.attendances {
      try self.database.execute(
        """
        INSERT INTO attendance (enrolment_id, class_id, theory_quarters, practice_quarters, seq)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(attendance.enrolmentId), .integer(attendance.classId),
          .int(attendance.theoryQuarters), .int(attendance.practiceQuarters), .integer(seq),
        ])
    }
  }
}
