/// Tells a class anew for all who attended it, or takes it back as one that was none.
///
/// What stood before ends as an error, and the class as it is meets every rule of a record: one trainee for whom
/// it fails refuses the whole. Where a result rests on it, hours are corrected one by one.
package struct CorrectClass: Equatable, Sendable {
  package let reason: HoursCorrection
  /// What it rests on.
  package let evidence: String

  /// Reads what the correction rests on.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(for reason: HoursCorrection, evidence: String) throws(Refusal) {
    self.reason = reason
    self.evidence = try TextRule.read(evidence, column: "evidence")
  }

  /// What the rules ask of the class as it is recorded.
  package struct Facts: Equatable, Sendable {
    package var held: ClassRecord
    /// What was attended in it, in the order of enrolments, and by whom.
    package var attended: [Attended]
    /// Whether a result stands under one of these enrolments.
    package var isExamined: Bool
    /// A class that makes it up.
    package var makeUp: ClassRecord?

    package init(
      held: ClassRecord, attended: [Attended], isExamined: Bool, makeUp: ClassRecord? = nil
    ) {
      self.makeUp = makeUp
      self.held = held
      self.attended = attended
      self.isExamined = isExamined
    }
  }

  /// What one trainee attended in the class.
  package struct Attended: Equatable, Sendable {
    package let enrolmentID: Int64
    package let personID: Int64
    package let hours: Hours

    package init(enrolmentID: Int64, personID: Int64, hours: Hours) {
      self.enrolmentID = enrolmentID
      self.personID = personID
      self.hours = hours
    }
  }

  /// A row of the class as it is, one for each who attended it, with what the registry knew without the class
  /// that is corrected.
  package struct Told: Equatable, Sendable {
    package let row: RecordHours.Row
    package let facts: RecordHours.Facts

    package init(_ row: RecordHours.Row, _ facts: RecordHours.Facts) {
      self.row = row
      self.facts = facts
    }
  }

  /// What telling it anew comes to.
  ///
  /// - Parameters:
  ///   - told: In the order of ``Facts/attended``.
  ///   - firstClassID: The id that the class gets.
  /// - Throws: ``Refusal`` with ``Reason/notTrainerHere`` or ``Reason/correctedLate``,
  ///   ``Reason/hoursExamined``, ``Reason/makeUpThere``, ``Reason/hoursNotThere`` where nobody attended it,
  ///   ``Reason/nothingChanged``, ``Reason/classesOverlap``, or as ``RecordHours/add(_:_:)``.
  package func corrected(
    _ facts: Facts, told: [Told], by recorder: RecordHours.Recorder, on today: CivilDate,
    firstClassID: Int64, persons: NaturalPersons
  ) throws(Refusal) -> Deed {
    try self.check(facts, by: recorder, on: today, persons)
    var act = RecordHours(by: recorder, firstClassID: firstClassID, persons: persons)
    for each in told {
      // Another class of the cohort that begins then is not added to.
      if let other = each.facts.held {
        let start = ClassTime.text(other.time.starts)
        throw Refusal(
          .classesOverlap, column: "start", value: start,
          ["who": each.row.cohort.code, "other": start])
      }
      _ = try act.add(each.row, each.facts)
    }
    guard case .hoursRecorded(let hours)? = act.deed else {
      throw Refusal(.hoursNotThere, column: "starts_at")
    }
    let isSame =
      hours.classes.allSatisfy {
        $0.time == facts.held.time && $0.trainerID == facts.held.trainerID
      } && hours.attendances.map(\.hours) == facts.attended.map(\.hours)
    if isSame { throw Refusal(.nothingChanged) }
    return .classCorrected(
      ClassCorrected(
        classID: facts.held.id, trainerID: facts.held.trainerID, told: hours,
        reason: self.reason, evidence: self.evidence))
  }

  /// What taking it back comes to.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notTrainerHere`` or ``Reason/correctedLate``,
  ///   ``Reason/hoursExamined``, ``Reason/makeUpThere`` or ``Reason/actsOnHimself``.
  package func cancelled(
    _ facts: Facts, by recorder: RecordHours.Recorder, on today: CivilDate,
    persons: NaturalPersons
  ) throws(Refusal) -> Deed {
    try self.check(facts, by: recorder, on: today, persons)
    return .classCancelled(
      ClassCancelled(
        classID: facts.held.id, trainerID: facts.held.trainerID,
        enrolmentIDs: facts.attended.map(\.enrolmentID), reason: self.reason,
        evidence: self.evidence))
  }

  /// Who may, and whether anything rests on the class.
  private func check(
    _ facts: Facts, by recorder: RecordHours.Recorder, on today: CivilDate,
    _ persons: NaturalPersons
  ) throws(Refusal) {
    try recorder.checkMayCorrect(facts.held, on: today)
    if facts.attended.contains(where: { persons.areOne($0.personID, recorder.personID) }) {
      throw Refusal(.actsOnHimself, column: "starts_at")
    }
    guard !facts.isExamined else { throw Refusal(.hoursExamined, column: "starts_at") }
    // What was missed of it would be another class's.
    if let makeUp = facts.makeUp {
      throw Refusal(.makeUpThere, column: "starts_at", ["class": makeUp.text])
    }
  }
}
