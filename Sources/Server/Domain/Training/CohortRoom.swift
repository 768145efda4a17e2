/// A cohort as whoever asks for a place in it finds it.
package struct CohortRoom: Equatable, Sendable {
  package var cohort: CohortRecord
  package var edition: Edition
  /// Who has a place.
  package var enrolled: Set<Int64>
  /// Who trains in it.
  package var trainers: Set<Int64>
  /// Whether its organisation is entitled to train on the first day of the place that is asked for.
  package var isEntitled: Bool
  /// Who waits for a place, in the order in which that was recorded.
  package var waiting: [Waiter]
  /// Who was taken off the list of those who wait.
  package var unlisted: Set<Int64>
  /// The places that ended, of those who have none there.
  package var left: [TraineePlace]
  /// Whether nobody is enrolled while somebody waits longer who is admitted: the setting waiting_strict.
  package var isStrict: Bool
  /// Whether who begins here needs an application on which it was decided to admit: the setting
  /// application_required on the start of training.
  package var needsApplication: Bool

  package init(
    cohort: CohortRecord, edition: Edition, enrolled: Set<Int64>, trainers: Set<Int64>,
    isEntitled: Bool, waiting: [Waiter] = [], unlisted: Set<Int64> = [], left: [TraineePlace] = [],
    isStrict: Bool = false, needsApplication: Bool = false
  ) {
    self.needsApplication = needsApplication
    self.isStrict = isStrict
    self.unlisted = unlisted
    self.left = left
    self.cohort = cohort
    self.edition = edition
    self.enrolled = enrolled
    self.trainers = trainers
    self.isEntitled = isEntitled
    self.waiting = waiting
  }

  /// Everything that speaks against a place from `day` on for somebody whom `admission` is about (R-410
  /// to R-415).
  ///
  /// - Parameters: As ``obstacles(_:from:startingOn:under:isSchool:)``.
  ///   - added: How many places the same list gave.
  func refusals(
    _ admission: Admission, from day: CivilDate, startingOn start: CivilDate? = nil,
    under enrolment: Int64? = nil, added: Int = 0, isSchool: Bool
  ) -> [Refusal] {
    self.obstacles(
      admission, from: day, startingOn: start, under: enrolment, isSchool: isSchool)
      + self.fullness(added: added)
  }

  /// The group's limit, where no place is left.
  func fullness(added: Int) -> [Refusal] {
    guard self.free(added: added) == 0 else { return [] }
    return [
      Refusal(
        .groupFull, column: "cohort", value: self.cohort.code,
        ["limit": "\(self.edition.groupMax.value)"])
    ]
  }

  /// How many places are left; nil where there is no limit.
  package func free(added: Int = 0) -> Int? {
    let limit = self.edition.groupMax.value
    return limit > 0 ? max(0, limit - self.enrolled.count - added) : nil
  }

  /// Everything but the group's limit that speaks against a place.
  ///
  /// - Parameters:
  ///   - start: The start of training; nil where it is this place that begins it.
  ///   - enrolment: Whose place it would be; nil where it begins one.
  ///   - isSchool: Whether the caller may read of what kind a bar is, and what other organisations do.
  func obstacles(
    _ admission: Admission, from day: CivilDate, startingOn start: CivilDate? = nil,
    under enrolment: Int64? = nil, isSchool: Bool
  ) -> [Refusal] {
    var refusals: [Refusal] = []
    refusals.noting { () throws(Refusal) in try self.cohort.checkStanding() }
    if !self.isEntitled {
      refusals.append(
        Refusal(
          .notEntitledToTrain, column: "cohort", value: self.cohort.code,
          ["day": max(day, self.cohort.startsOn).iso]))
    }
    if day > self.cohort.endsOn {
      refusals.append(
        Refusal(
          .enrolledAfterEnd, column: "cohort", value: self.cohort.code,
          ["ends": self.cohort.endsOn.iso]))
    }
    refusals += admission.refusals(
      under: self.edition, on: start ?? max(day, self.cohort.startsOn), isSchool: isSchool)
    // A seminar is no programme: it is attended as often as one likes, and none applies for it.
    guard !self.edition.isSeminar else { return refusals }
    let goal = AppliedFor(
      programme: self.edition.programme, organisation: self.cohort.organisationID)
    if self.needsApplication, enrolment == nil, !admission.admittedTo.contains(goal) {
      refusals.append(
        Refusal(
          .applicationMissing, column: "cohort", value: self.cohort.code,
          ["programme": "\(goal.programme)"]))
    }
    if admission.held.contains(self.study) {
      refusals.append(Refusal(.programmeHeld, ["programme": "\(self.edition.programme)"]))
    }
    let others = admission.courses.filter { $0.enrolmentID != enrolment }
    return refusals + self.collision(with: others, from: day, isSchool: isSchool)
  }

  /// What is said of who comes after the cohort began and so late that its days, full as they may be, are too few for
  /// the minimum: a warning, for training elsewhere may be recognised.
  func lateness(from day: CivilDate) -> [Refusal] {
    let days = self.cohort.endsOn.dayNumber - day.dayNumber + 1
    let most = days * self.edition[.dayQuarters].value
    let needed = self.edition.theoryQuarters.value + self.edition.practiceQuarters.value
    guard day > self.cohort.startsOn, most < needed else { return [] }
    return [
      Refusal(
        .hoursCannotSuffice, column: "cohort", value: self.cohort.code,
        ["most": Hours.text(most), "needed": Hours.text(needed), "ends": self.cohort.endsOn.iso])
    ]
  }

  /// What is taken here.
  package var study: Study { self.edition.study(in: self.cohort.specialisationID) }

  /// Nobody takes a programme twice at a time, whatever each is specialised in, nor again what he or she has passed
  ///
  private func collision(
    with courses: [Course], from day: CivilDate, isSchool: Bool
  ) -> [Refusal] {
    if courses.contains(where: { $0.isPassed && $0.study == self.study }) {
      return [Refusal(.alreadyPassed)]
    }
    var arguments = ["programme": "\(self.edition.programme)"]
    let start = self.cohort.trainingDay(from: day)
    let course = courses.first {
      $0.study.programme == self.edition.programme && start <= $0.endsOn
        && $0.startsOn <= self.cohort.endsOn
    }
    guard let course else { return [] }
    if isSchool { arguments["cohort"] = course.cohort }
    return [Refusal(.alreadyEnrolled, arguments)]
  }

  /// Why somebody with these numbers gets no new enrolment here; nil where he or she never had a place.
  func departure(_ numbers: Set<Int64>) -> Refusal? {
    // Of a cohort that was cancelled that is said; nobody comes back there.
    guard !self.cohort.isCancelled else { return nil }
    return self.left.first { $0.last.map { numbers.contains($0.personID) } ?? false }?
      .departure(from: self.cohort.code)
  }

  /// Refuses a place of one person from `day` on.
  ///
  /// - Parameter column: The request's column of the cohort.
  /// - Throws: ``Refusal`` as ``refusals(_:from:startingOn:under:added:isSchool:)``; of the person no more is said
  ///   than who it is.
  func check(
    _ admission: Admission, from day: CivilDate, startingOn start: CivilDate? = nil,
    under enrolment: Int64? = nil, column: String = "cohort", isSchool: Bool
  ) throws(Refusal) {
    let refusals = self.refusals(
      admission, from: day, startingOn: start, under: enrolment, isSchool: isSchool)
    guard let first = refusals.first else { return }
    throw first.column == "cohort"
      ? Refusal(first.reason, column: column, value: first.value, first.arguments)
      : Refusal(first.reason, column: "person_id", first.arguments)
  }
}

/// Somebody who waits for a place in a cohort.
package struct Waiter: Equatable, Sendable {
  package var personID: Int64
  /// The day from which on a place was asked for.
  package var since: CivilDate
  package var admission: Admission
  /// All numbers of the same natural person.
  package var numbers: Set<Int64>
  /// Whether he or she has died, and gets no place.
  package var isDead: Bool

  package init(
    personID: Int64, since: CivilDate, admission: Admission, numbers: Set<Int64> = [],
    isDead: Bool = false
  ) {
    self.isDead = isDead
    self.personID = personID
    self.since = since
    self.admission = admission
    self.numbers = numbers.union([personID])
  }
}

// Who waits gets a place in the order of recording, by a registrar's act.
extension CohortRoom {
  /// Whether nothing but the group's limit is against a place from `day` on for somebody who waits.
  package func isAdmitted(_ waiter: Waiter, from day: CivilDate) -> Bool {
    !waiter.isDead && self.enrolled.isDisjoint(with: waiter.numbers)
      && !self.trainers.contains(waiter.personID)
      && self.departure(waiter.numbers) == nil
      && self.obstacles(waiter.admission, from: day, isSchool: true).isEmpty
  }

  /// Who waits longer than somebody with these numbers, and is admitted still.
  ///
  /// - Parameters:
  ///   - numbers: All numbers of one natural person; without them, of all who wait.
  ///   - isPlaced: Whether somebody got a place in the programme by the same list.
  package func ahead(
    of numbers: Set<Int64> = [], from day: CivilDate,
    besides isPlaced: (Int64) -> Bool = { _ in false }
  ) -> [Int64] {
    self.waiting.prefix { !numbers.contains($0.personID) }
      .filter { !isPlaced($0.personID) && self.isAdmitted($0, from: day) }
      .map(\.personID)
  }

  /// What is said of who gets a place while somebody waits longer: it refuses the place or warns of it.
  func passing(_ ahead: [Int64]) -> (refusals: [Refusal], warnings: [Refusal]) {
    guard let first = ahead.first else { return ([], []) }
    let passing = Refusal(
      .waitingOrder, column: "cohort", value: self.cohort.code,
      ["person": PersonNumber.text(first), "cohort": self.cohort.code])
    return self.isStrict ? ([passing], []) : ([], [passing])
  }
}

/// Somebody who was enrolled and asks for another place under the same enrolment.
package struct Returner: Sendable {
  package var enrolmentID: Int64
  package var admission: Admission
  /// The start of training, which stays the first.
  package var start: CivilDate
  /// The results of the enrolment that were not replaced.
  package var results: [ResultRecord]

  package init(
    _ enrolment: Int64, admission: Admission, start: CivilDate, results: [ResultRecord]
  ) {
    self.enrolmentID = enrolment
    self.admission = admission
    self.start = start
    self.results = results
  }

  /// Refuses a place from `day` on.
  ///
  /// - Parameter column: The request's column of the cohort.
  /// - Throws: ``Refusal`` with ``Reason/trainsHimself``, ``Reason/attemptsUsed``: such an enrolment
  ///   is over, or as ``CohortRoom/check(_:from:startingOn:under:column:isSchool:)``.
  func check(
    _ person: Int64, in room: CohortRoom, column: String = "cohort", from day: CivilDate,
    isSchool: Bool
  ) throws(Refusal) {
    guard !room.trainers.contains(person) else {
      throw Refusal(.trainsHimself, column: column, value: room.cohort.code)
    }
    let limit = room.edition.attemptsMax.value
    // A seminar has no attempts.
    guard room.edition.isSeminar || self.results.attemptsUsed < limit else {
      throw Refusal(.attemptsUsed, column: "person_id", ["limit": "\(limit)"])
    }
    try room.check(
      self.admission, from: day, startingOn: self.start, under: self.enrolmentID, column: column,
      isSchool: isSchool)
  }
}

extension CohortRecord {
  /// The day on which training goes on: `day`, or the cohort's first where that is to come.
  package func trainingDay(from day: CivilDate) -> CivilDate { max(day, self.startsOn) }

  /// Whether its training is interrupted: nobody trains where the organisation is not entitled, and
  /// nobody is withdrawn by that. Entitled again, it runs on.
  ///
  /// - Parameter isEntitled: Whether the organisation is on ``trainingDay(from:)``.
  package func isInterrupted(on day: CivilDate, isEntitled: Bool) -> Bool {
    !isEntitled && !self.isCancelled && day <= self.endsOn
  }
}
