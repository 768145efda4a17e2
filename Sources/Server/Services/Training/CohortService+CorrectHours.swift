import BitimDomain
import BitimProtocol
import BitimStore

/// Corrects hours that are recorded.
extension CohortService {
  @Sendable static func correctHours(
    _ caller: Caller, _ request: BitimV1.CorrectHoursRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectHoursResponse {
    let act = try CorrectHours(
      by: caller.recorder, theory: Int(request.theoryQuarters),
      practice: Int(request.practiceQuarters),
      for: try HoursCorrection(typed: request.reason.rawValue, column: "reason"),
      evidence: request.evidence.normal)
    let day = try caller.pastDate(request.heldOn, column: "held_on")
    let starts = try ClassTime.minute(typed: request.startsAt, column: "starts_at")
    let (cohort, place) = try Self.place(
      of: request.personId, in: request.cohort, caller, transaction.state)
    guard
      let held = try transaction.state.heldClass(cohort: cohort.id, day: day, starts: starts)
    else {
      throw Refusal(
        finding: .classUnknown, column: "starts_at", value: request.startsAt,
        ["cohort": cohort.code])
    }
    let id = place.enrolment?.id ?? 0
    let results = try transaction.state.results(ofEnrolment: id)
    let others = try transaction.state.classes(attendedBy: request.personId, on: day)
      .filter { $0.held.id != held.id }
    let facts = CorrectHours.Facts(
      held: held, cohort: cohort.code, edition: try transaction.state.edition(of: cohort),
      place: place,
      there: try transaction.state.attendance(enrolment: id, inClass: held.id),
      isExamined: results.contains { !$0.isAnnulled },
      others: others.reduce(0) { $0 + $1.hours.total })
    try transaction.record(
      try act.decided(facts, on: caller.today), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.CorrectHoursResponse()
    response.theoryQuartersBefore = Int32(facts.there?.theory ?? 0)
    response.practiceQuartersBefore = Int32(facts.there?.practice ?? 0)
    return response
  }
}

extension Caller {
  /// As whom the caller records hours.
  var recorder: RecordHours.Recorder {
    .init(personID: self.personID, isRegistrar: self.roles.contains(.registrar))
  }
}
