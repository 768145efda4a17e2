import BitimDomain
import BitimProtocol
import BitimStore

/// Who waits for a place in a cohort: shown, given a place, or let wait no more.
extension CohortService {
  @Sendable static func offerPlace(
    _ caller: Caller, _ request: BitimV1.OfferPlaceRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.OfferPlaceResponse {
    let cohort = try Self.awaited(request.cohort, by: request.personId, caller, transaction.state)
    let act = OfferPlace(
      to: request.personId,
      on: try caller.pastDateOrToday(request.enrolledOn, column: "enrolled_on"))
    let facts = OfferPlace.Facts(
      room: try Self.room(of: cohort, from: act.day, transaction.state),
      persons: try transaction.state.persons())
    let decision = try act.decided(
      facts, by: caller.personID, isSchool: caller.isSchool,
      nextEnrolment: try transaction.state.nextTrainingIDs().enrolment)
    try transaction.record(decision.deed, by: caller.actor, heldOn: act.day)
    var response = BitimV1.OfferPlaceResponse()
    response.enrolledOn = act.day.iso
    response.findings = decision.warnings.map { BitimV1.Finding($0) }
    return response
  }

  @Sendable static func endWaiting(
    _ caller: Caller, _ request: BitimV1.EndWaitingRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EndWaitingResponse {
    let act = try EndWaiting(of: request.personId, why: request.why.normal)
    let cohort = try Self.awaited(request.cohort, by: request.personId, caller, transaction.state)
    let waiting = try transaction.state.waiting(inCohort: cohort.id).map(\.personID)
    let deed = try act.decided(
      in: cohort, waiting: waiting, by: caller.number(beside: request.personId, transaction.state))
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return .init()
  }

  /// A cohort of the caller's for which somebody whom the caller knows may wait.
  private static func awaited(
    _ code: String, by person: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> CohortRecord {
    let cohort = try Self.cohort(code, state)
    try caller.mayAct(for: cohort.organisationID)
    try caller.mayActOn(person: person, column: "person_id", state)
    return cohort
  }

  /// Who waits for a place, as registrars are shown it.
  static func waiting(
    in cohort: CohortRecord, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> [BitimV1.WaitingLine] {
    let room = try Self.room(of: cohort, from: caller.today, state)
    return try room.waiting.map { waiter in
      var line = BitimV1.WaitingLine()
      line.person = try state.line(waiter.personID, to: caller)
      line.since = waiter.since.iso
      line.isAdmitted = room.isAdmitted(waiter, from: caller.today)
      return line
    }
  }
}
