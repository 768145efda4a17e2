import BitimDomain
import BitimProtocol
import BitimStore

/// Papers that excuse an absence after its confirmation.
extension AttestationService {
  @Sendable static func excuse(
    _ caller: Caller, _ request: BitimV1.ExcuseAbsenceRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.ExcuseAbsenceResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let (cohort, _) = try Self.frame(of: session, transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let act = try ExcuseAbsence(
      of: request.personId, in: session, reading: request.paper.normal,
      of: try caller.pastDate(request.datedOn, column: "paper_date"),
      receivedOn: try caller.pastDateOrToday(request.heldOn, column: "date"))
    let facts = ExcuseAbsence.Facts(
      results: try Self.results(of: act.candidate, in: session.id, transaction.state),
      persons: try transaction.state.persons())
    try transaction.record(
      try act.decided(facts, by: caller.personID), by: caller.actor, heldOn: act.receivedOn)
    return .init()
  }
}
