import BitimDomain
import BitimProtocol
import BitimStore

/// Ends enrolments: a trainee is withdrawn, or was enrolled in error.
extension CohortService {
  @Sendable static func withdrawTrainee(
    _ caller: Caller, _ request: BitimV1.WithdrawTraineeRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawTraineeResponse {
    let (cohort, place) = try Self.place(
      of: request.personId, in: request.cohort, caller, transaction.state)
    let act = try WithdrawTrainee(
      lastDay: try CivilDate(typedIfThere: request.lastDay, column: "last_day")
        ?? min(caller.today, cohort.endsOn),
      for: try TraineeWithdrawal(typed: request.reason.rawValue, column: "reason"),
      why: request.why.normal)
    let id = place.enrolment?.id ?? 0
    let facts = WithdrawTrainee.Facts(
      place: place, cohort: cohort.code,
      lastClass: try transaction.state.attended(underEnrolment: id).lastClass,
      results: try transaction.state.results(ofEnrolment: id))
    try transaction.record(
      try act.decided(
        facts, by: caller.number(beside: request.personId, transaction.state), on: caller.today),
      by: caller.actor, heldOn: caller.today)
    var response = BitimV1.WithdrawTraineeResponse()
    response.lastDay = act.lastDay.iso
    return response
  }

  @Sendable static func undoEnrolment(
    _ caller: Caller, _ request: BitimV1.UndoEnrolmentRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.UndoEnrolmentResponse {
    let act = try UndoEnrolment(why: request.why.normal)
    let (cohort, place) = try Self.place(
      of: request.personId, in: request.cohort, caller, transaction.state)
    let id = place.enrolment?.id ?? 0
    let facts = UndoEnrolment.Facts(
      place: place, cohort: cohort.code,
      hasHours: try transaction.state.attended(underEnrolment: id).lastClass != nil
        || transaction.state.recognised(underEnrolment: id).total > 0,
      hasResults: try !transaction.state.results(ofEnrolment: id).isEmpty)
    try transaction.record(
      try act.decided(facts, by: caller.number(beside: request.personId, transaction.state)),
      by: caller.actor, heldOn: caller.today)
    return .init()
  }

  /// A cohort of the caller's, and what is there of a person.
  static func place(
    of person: Int64, in code: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> (cohort: CohortRecord, place: TraineePlace) {
    let cohort = try Self.cohort(code, state)
    try caller.mayAct(for: cohort.organisationID)
    try caller.mayActOn(person: person, column: "person_id", state)
    return (cohort, try state.place(ofPerson: person, inCohort: cohort.id))
  }
}
