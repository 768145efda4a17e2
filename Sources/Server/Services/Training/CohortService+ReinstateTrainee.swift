import BitimDomain
import BitimProtocol
import BitimStore

/// Gives an enrolment another place: who was withdrawn comes back.
extension CohortService {
  @Sendable static func reinstateTrainee(
    _ caller: Caller, _ request: BitimV1.ReinstateTraineeRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ReinstateTraineeResponse {
    let (cohort, place) = try Self.place(
      of: request.personId, in: request.cohort, caller, transaction.state)
    let act = try ReinstateTrainee(
      from: try CivilDate(typedIfThere: request.from, column: "from")
        ?? min(caller.today, cohort.endsOn), why: request.why.normal)
    let facts = ReinstateTrainee.Facts(
      place: place, room: try Self.room(of: cohort, from: act.from, transaction.state),
      returner: try Self.returner(request.personId, place, transaction.state))
    try transaction.record(
      try act.decided(
        facts, by: caller.number(beside: request.personId, transaction.state),
        isSchool: caller.isSchool, on: caller.today),
      by: caller.actor, heldOn: caller.today)
    var response = BitimV1.ReinstateTraineeResponse()
    response.from = act.from.iso
    return response
  }

  /// A cohort as whoever asks for a place from `day` on finds it.
  static func room(
    of cohort: CohortRecord, from day: CivilDate, _ state: borrowing Snapshot
  ) throws -> CohortRoom {
    let persons = try state.persons()
    let living = try state.living()
    return CohortRoom(
      cohort: cohort, edition: try state.edition(of: cohort),
      enrolled: Set(try state.enrolments(inCohort: cohort.id).map(\.personID)),
      trainers: try persons.all(Set(state.trainers(ofCohort: cohort.id))),
      isEntitled: try state.entitlement(
        of: cohort.organisationID, to: .train, on: max(day, cohort.startsOn)) != nil,
      waiting: try state.waiting(inCohort: cohort.id).compactMap { waiting in
        try state.admission(of: waiting.personID).map {
          Waiter(
            personID: waiting.personID, since: waiting.since, admission: $0,
            numbers: Set(persons.numbers(of: waiting.personID)),
            isDead: living.refusal(of: waiting.personID) != nil)
        }
      }, unlisted: try state.unlisted(inCohort: cohort.id),
      left: try state.places(endedInCohort: cohort.id),
      isStrict: try state.history(of: .waitingStrict).setting(on: day).value == 1,
      needsApplication: try state.history(of: .applicationRequired)
        .setting(on: max(day, cohort.startsOn)).value == 1)
  }

  /// What another place is asked about the person and the enrolment that had one.
  static func returner(
    _ person: Int64, _ place: TraineePlace, _ state: borrowing Snapshot
  ) throws -> Returner {
    guard let admission = try state.admission(of: person) else {
      throw Refusal(finding: .personUnknown, column: "person_id")
    }
    let id = place.last?.id ?? 0
    return Returner(
      id, admission: admission, start: try state.start(ofEnrolment: id) ?? admission.birthDate,
      results: try state.results(ofEnrolment: id))
  }
}
