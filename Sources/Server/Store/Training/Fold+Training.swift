import BitimDomain

/// Cohorts, enrolment, classes and hours.
extension Fold {
  func open(_ cohort: CohortRecord, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO cohort (id, code, edition_id, organisation_id, language, form, starts_on,
        ends_on, place, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """,
      [
        .integer(cohort.id), .text(cohort.code), .integer(cohort.editionID),
        .integer(cohort.organisationID), .text(cohort.language.rawValue),
        .text(cohort.form.rawValue), .date(cohort.startsOn), .date(cohort.endsOn),
        .text(cohort.place), .integer(seq),
      ])
    guard cohort.specialisationID != 0 else { return }
    try self.database.execute(
      "INSERT INTO cohort_specialisation (cohort_id, specialisation_id) VALUES (?1, ?2)",
      [.integer(cohort.id), .integer(cohort.specialisationID)])
  }

  /// Keeps what a cohort was until this act.
  private func keep(cohort id: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO cohort_former (cohort_id, seq, edition_id, starts_on, ends_on)
      SELECT id, ?2, edition_id, starts_on, ends_on FROM cohort WHERE id = ?1
      """, [.integer(id), .integer(seq)])
  }

  func amend(_ deed: CohortAmended, _ seq: Int64) throws {
    try self.keep(cohort: deed.cohortID, seq)
    try self.database.execute(
      """
      UPDATE cohort SET starts_on = ?2, ends_on = ?3, form = ?4, place = ?5 WHERE id = ?1
      """,
      [
        .integer(deed.cohortID), .date(deed.startsOn), .date(deed.endsOn),
        .text(deed.form.rawValue), .text(deed.place),
      ])
    try self.expectOneChange("cohort")
    self.database.cohorts.forget()
  }

  func repin(_ deed: CohortRepinned, _ seq: Int64) throws {
    try self.keep(cohort: deed.cohortID, seq)
    try self.database.execute(
      "UPDATE cohort SET edition_id = ?2 WHERE id = ?1",
      [.integer(deed.cohortID), .integer(deed.editionID)])
    try self.expectOneChange("cohort")
    self.database.cohorts.forget()
  }

  func cancel(_ deed: CohortCancelled, _ seq: Int64) throws {
    for enrolment in deed.enrolmentIDs {
      try self.endPlace(of: enrolment, "withdrawn", on: deed.lastDay, seq)
    }
    try self.database.execute(
      "INSERT INTO cohort_cancelled (cohort_id, seq) VALUES (?1, ?2)",
      [.integer(deed.cohortID), .integer(seq)])
    self.database.cohorts.forget()
  }

  func assign(_ deed: TrainerAssigned, _ seq: Int64) throws {
    try self.assign(deed.personID, in: deed.cohortID, by: deed.evidence, since: nil, seq)
  }

  private func assign(
    _ person: Int64, in cohort: Int64, by evidence: String, since day: CivilDate?, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      INSERT INTO cohort_trainer (cohort_id, person_id, evidence, seq, since)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [.integer(cohort), .integer(person), .text(evidence), .integer(seq), .optional(day)])
  }

  func endTrainer(
    _ person: Int64, in cohort: Int64, on lastDay: CivilDate, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      UPDATE cohort_trainer SET ended_seq = ?3, ended_how = 'ended', ended_on = ?4
      WHERE cohort_id = ?1 AND person_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(cohort), .integer(person), .integer(seq), .date(lastDay)])
    try self.expectOneChange("cohort_trainer")
  }

  func replace(_ deed: TrainerReplaced, _ seq: Int64) throws {
    try self.endTrainer(
      deed.goes, in: deed.cohortID, on: CivilDate(dayNumber: deed.from.dayNumber - 1), seq)
    try self.assign(
      deed.comes, in: deed.cohortID, by: deed.evidence, since: deed.from, seq)
  }

  func withdraw(_ deed: TraineeWithdrawn, _ seq: Int64) throws {
    try self.endPlace(of: deed.enrolmentID, "withdrawn", on: deed.lastDay, seq)
  }

  func reinstate(_ deed: TraineeReinstated, _ seq: Int64) throws {
    try self.give(deed.enrolmentID, in: deed.cohortID, from: deed.from, seq)
  }

  func transfer(_ deed: TraineeTransferred, _ seq: Int64) throws {
    // Whose cohort was cancelled has left already.
    try self.execute(endOf: deed.enrolmentID, "transferred", on: deed.day, seq)
    try self.give(deed.enrolmentID, in: deed.to, from: deed.day, seq)
  }

  func undo(_ deed: EnrolmentUndone, _ seq: Int64) throws {
    try self.endPlace(of: deed.enrolmentID, "in_error", on: nil, seq)
  }

  private func endPlace(
    of enrolment: Int64, _ how: String, on day: CivilDate?, _ seq: Int64
  ) throws {
    try self.execute(endOf: enrolment, how, on: day, seq)
    try self.expectOneChange("place")
  }

  private func execute(
    endOf enrolment: Int64, _ how: String, on day: CivilDate?, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      UPDATE place SET ended_seq = ?2, ended_how = ?3, ended_on = ?4
      WHERE enrolment_id = ?1 AND ended_seq IS NULL
      """, [.integer(enrolment), .integer(seq), .text(how), .optional(day)])
  }

  mutating func enrol(_ deed: TraineesEnrolled, _ seq: Int64) throws {
    for person in deed.people { try self.add(person, seq) }
    try self.dismiss(deed.dismissed, seq)
    for enrolment in deed.enrolments {
      try self.database.execute(
        "INSERT INTO enrolment (id, person_id, seq) VALUES (?1, ?2, ?3)",
        [.integer(enrolment.id), .integer(enrolment.personID), .integer(seq)])
      try self.give(enrolment.id, in: enrolment.cohortID, from: enrolment.enrolledOn, seq)
    }
    // Behind the places of the list: a row may wait for what an earlier one took.
    for (ordinal, waiting) in deed.waiting.enumerated() {
      try self.database.execute(
        """
        INSERT INTO waiting (cohort_id, person_id, since, seq, ordinal) VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(waiting.cohortID), .integer(waiting.personID), .date(waiting.since),
          .integer(seq), .int(ordinal),
        ])
    }
  }

  func end(_ deed: WaitingEnded, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE waiting SET ended_seq = ?3, ended_how = 'withdrawn'
      WHERE cohort_id = ?1 AND person_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(deed.cohortID), .integer(deed.personID), .integer(seq)])
    try self.expectOneChange("waiting")
  }

  /// Gives an enrolment its place in a cohort.
  private func give(
    _ enrolment: Int64, in cohort: Int64, from day: CivilDate, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      INSERT INTO place (enrolment_id, person_id, cohort_id, enrolled_on, seq)
      SELECT id, person_id, ?2, ?3, ?4 FROM enrolment WHERE id = ?1
      """, [.integer(enrolment), .integer(cohort), .date(day), .integer(seq)])
    try self.expectOneChange("place")
  }

  func record(_ deed: HoursRecorded, _ seq: Int64) throws {
    for held in deed.classes {
      try self.database.execute(
        """
        INSERT INTO class (id, cohort_id, held_on, starts_minute, ends_minute, trainer_id, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        [
          .integer(held.id), .integer(held.cohortID), .date(held.time.day),
          .int(held.time.starts), .int(held.time.ends), .integer(held.trainerID),
          .integer(seq),
        ])
      guard let missed = held.makesUp else { continue }
      try self.database.execute(
        "INSERT INTO make_up (class_id, missed_id, seq) VALUES (?1, ?2, ?3)",
        [.integer(held.id), .integer(missed), .integer(seq)])
    }
    for attendance in deed.attendances { try self.attend(attendance, seq) }
  }

  func correct(_ deed: HoursCorrected, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE attendance SET ended_seq = ?3
      WHERE enrolment_id = ?1 AND class_id = ?2 AND ended_seq IS NULL
      """, [.integer(deed.enrolmentID), .integer(deed.classID), .integer(seq)])
    try self.expectOneChange("attendance")
    guard deed.hours.total > 0 else { return }
    try self.attend(
      .init(classID: deed.classID, enrolmentID: deed.enrolmentID, hours: deed.hours), seq)
  }

  /// Ends a class as an error, after what was attended in it.
  func end(class id: Int64, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE attendance SET ended_seq = ?2 WHERE class_id = ?1 AND ended_seq IS NULL",
      [.integer(id), .integer(seq)])
    try self.database.execute(
      "UPDATE class SET ended_seq = ?2 WHERE id = ?1 AND ended_seq IS NULL",
      [.integer(id), .integer(seq)])
    try self.expectOneChange("class")
  }

  private func attend(_ attendance: HoursRecorded.Attendance, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO attendance (enrolment_id, class_id, theory_quarters, practice_quarters, seq)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(attendance.enrolmentID), .integer(attendance.classID),
        .int(attendance.hours.theory), .int(attendance.hours.practice), .integer(seq),
      ])
  }
}
