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

  package init(
    cohort: CohortRecord, edition: Edition, enrolled: Set<Int64>, trainers: Set<Int64>,
    isEntitled: Bool
  ) {
    self.cohort = cohort
    self.edition = edition
    self.enrolled = enrolled
    self.trainers = trainers
    self.isEntitled = isEntitled
  }

  /// Everything that speaks against a place from `day` on for somebody whom `admission` is about (R-410
  /// to R-415).
  ///
  /// - Parameters:
  ///   - start: The start of training; nil where it is this place that begins it.
  ///   - added: How many places the same list gave.
  ///   - isSchool: Whether the caller may read of what kind a bar is.
  func refusals(
    _ admission: Admission, from day: CivilDate, startingOn start: CivilDate? = nil,
    added: Int = 0, isSchool: Bool
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
    if admission.programmesHeld.contains(self.edition.programme) {
      refusals.append(Refusal(.programmeHeld, ["programme": "\(self.edition.programme)"]))
    }
    let limit = self.edition.groupMax.value
    if limit > 0, self.enrolled.count + added >= limit {
      refusals.append(
        Refusal(
          .groupFull, column: "cohort", value: self.cohort.code, ["limit": "\(limit)"]))
    }
    return refusals
  }
}

/// Somebody who was enrolled and asks for another place under the same enrolment.
package struct Returner: Sendable {
  package var admission: Admission
  /// The start of training, which stays the first.
  package var start: CivilDate
  /// The results of the enrolment that were not replaced.
  package var results: [ResultRecord]

  package init(admission: Admission, start: CivilDate, results: [ResultRecord]) {
    self.admission = admission
    self.start = start
    self.results = results
  }

  /// Refuses a place from `day` on.
  ///
  /// - Parameter column: The request's column of the cohort.
  /// - Throws: ``Refusal`` with ``Reason/trainsHimself``, ``Reason/attemptsUsed``: such an enrolment
  ///   is over, or as ``CohortRoom/refusals(_:from:startingOn:added:isSchool:)``.
  func check(
    _ person: Int64, in room: CohortRoom, column: String = "cohort", from day: CivilDate,
    isSchool: Bool
  ) throws(Refusal) {
    guard !room.trainers.contains(person) else {
      throw Refusal(.trainsHimself, column: column, value: room.cohort.code)
    }
    let limit = room.edition.attemptsMax.value
    guard self.results.attemptsUsed < limit else {
      throw Refusal(.attemptsUsed, column: "person_id", ["limit": "\(limit)"])
    }
    let refusals = room.refusals(
      self.admission, from: day, startingOn: self.start, isSchool: isSchool)
    guard let first = refusals.first else { return }
    // Of the person no more is said than who it is.
    throw first.column == "cohort"
      ? Refusal(first.reason, column: column, value: first.value, first.arguments)
      : Refusal(first.reason, column: "person_id", first.arguments)
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
