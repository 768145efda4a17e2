import BitimDomain
import BitimProtocol
import BitimStore

/// Tells a class anew for all who attended it, or takes it back.
extension CohortService {
  @Sendable static func correctClass(
    _ caller: Caller, _ request: BitimV1.CorrectClassRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectClassResponse {
    let act = try CorrectClass(
      for: try HoursCorrection(typed: request.reason.rawValue, column: "reason"),
      evidence: request.evidence.normal)
    let facts = try Self.facts(
      ofClass: request.heldOn, request.startsAt, in: request.cohort, caller, transaction.state)
    var row = try Self.row(of: facts.held, becoming: request)
    row.makesUp = try transaction.state.madeUp(by: facts.held)?.text ?? ""
    var finder = HoursFinder(caller, tellingAnew: facts.held.id)
    let told = try facts.attended.map { attended in
      var row = row
      row.trainee = PersonNumber.text(attended.personID)
      let hours = request.newHours
      row.theoryQuarters = hours?.theoryQuarters ?? Int32(attended.hours.theory)
      row.practiceQuarters = hours?.practiceQuarters ?? Int32(attended.hours.practice)
      let (read, known) = try finder.find(row, transaction.state)
      return CorrectClass.Told(read, known)
    }
    let deed = try act.corrected(
      facts, told: told, by: caller.recorder, on: caller.today,
      firstClassID: try transaction.state.nextTrainingIDs().held,
      persons: try transaction.state.persons())
    if !request.validateOnly {
      try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    }
    var response = BitimV1.CorrectClassResponse()
    response.endsAtBefore = ClassTime.text(facts.held.time.ends)
    response.attendances = Int32(facts.attended.count)
    guard case .classCorrected(let corrected) = deed, let held = corrected.told.classes.first
    else { preconditionFailure("a class told anew has a class") }
    response.heldOn = held.time.day.iso
    response.startsAt = ClassTime.text(held.time.starts)
    response.endsAt = ClassTime.text(held.time.ends)
    return response
  }

  @Sendable static func cancelClass(
    _ caller: Caller, _ request: BitimV1.CancelClassRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CancelClassResponse {
    let act = try CorrectClass(
      for: try HoursCorrection(typed: request.reason.rawValue, column: "reason"),
      evidence: request.evidence.normal)
    let facts = try Self.facts(
      ofClass: request.heldOn, request.startsAt, in: request.cohort, caller, transaction.state)
    let deed = try act.cancelled(
      facts, by: caller.recorder, on: caller.today, persons: try transaction.state.persons())
    if !request.validateOnly {
      try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    }
    var response = BitimV1.CancelClassResponse()
    response.endsAt = ClassTime.text(facts.held.time.ends)
    response.attendances = Int32(facts.attended.count)
    return response
  }

  /// The class of a cohort of the caller's that begins then, with what was attended in it.
  private static func facts(
    ofClass day: String, _ start: String, in code: String, _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> CorrectClass.Facts {
    let cohort = try Self.cohort(code, state)
    try caller.mayAct(for: cohort.organisationID)
    let held = try Self.heldClass(
      of: cohort, on: try caller.pastDate(day, column: "held_on"),
      starts: try ClassTime.minute(typed: start, column: "starts_at"), state)
    let attended = try state.attended(inClass: held.id)
    let isExamined = try attended.contains { attended in
      try state.results(ofEnrolment: attended.enrolmentID).contains { !$0.isAnnulled }
    }
    return CorrectClass.Facts(
      held: held, attended: attended, isExamined: isExamined,
      makeUp: try state.makeUp(ofClass: held.id))
  }

  /// The class as it is, what is left empty being as it was; whose hours, is not said yet.
  private static func row(
    of held: ClassRecord, becoming request: BitimV1.CorrectClassRequest
  ) throws -> BitimV1.HoursRow {
    var row = BitimV1.HoursRow()
    row.cohort = request.cohort
    row.heldOn = request.newHeldOn.isEmpty ? held.time.day.iso : request.newHeldOn
    row.startsAt =
      request.newStartsAt.isEmpty ? ClassTime.text(held.time.starts) : request.newStartsAt
    row.trainer =
      request.newTrainer.isEmpty ? PersonNumber.text(held.trainerID) : request.newTrainer
    row.endsAt = request.newEndsAt
    if row.endsAt.isEmpty {
      let starts = try ClassTime.minute(typed: row.startsAt, column: "start")
      row.endsAt = ClassTime.text(starts + held.time.ends - held.time.starts)
    }
    return row
  }

  /// - Throws: ``Refusal`` with ``Reason/classUnknown``.
  static func heldClass(
    of cohort: CohortRecord, on day: CivilDate, starts: Int, _ state: borrowing Snapshot
  ) throws -> ClassRecord {
    guard let held = try state.heldClass(cohort: cohort.id, day: day, starts: starts) else {
      throw Refusal(
        finding: .classUnknown, column: "starts_at", value: ClassTime.text(starts),
        ["cohort": cohort.code])
    }
    return held
  }
}
