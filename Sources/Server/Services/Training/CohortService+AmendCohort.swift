import BitimDomain
import BitimProtocol
import BitimStore

/// What becomes of a cohort: other days, form or place, or its end before it was over.
extension CohortService {
  @Sendable static func amend(
    _ caller: Caller, _ request: BitimV1.AmendCohortRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.AmendCohortResponse {
    let cohort = try Self.cohort(request.code, column: "code", transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let act = try AmendCohort(
      from: try CivilDate(typedIfThere: request.startsOn, column: "starts_on"),
      until: try CivilDate(typedIfThere: request.endsOn, column: "ends_on"),
      form: request.form == .unspecified
        ? nil : try CourseForm(typed: request.form.rawValue, column: "form"),
      place: request.place.normal, why: request.why.normal)
    try transaction.record(
      try act.decided(
        Self.facts(of: act, cohort, transaction.state), isSchool: caller.isSchool,
        on: caller.today), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.AmendCohortResponse()
    response.cohort = try Self.message(
      Self.cohort(cohort.code, transaction.state), transaction.state)
    return response
  }

  private static func facts(
    of act: AmendCohort, _ cohort: CohortRecord, _ state: borrowing Snapshot
  ) throws -> AmendCohort.Facts {
    guard let opened = try state.opened(cohort: cohort.id) else {
      throw StoreFailure(kind: .corrupt, "cohort: the act that opened it is not there")
    }
    let enrolments = try state.enrolments(inCohort: cohort.id)
    var facts = AmendCohort.Facts(
      cohort: cohort, opened: opened, edition: try state.edition(of: cohort),
      classDays: try state.classDays(ofCohort: cohort.id),
      makeUpDays: try state.classDays(ofCohort: cohort.id, makingUp: true),
      makeUpDaysMax: try state.history(of: .makeUpDays)
        .setting(on: act.endsOn ?? cohort.endsOn).value,
      sessionDays: try state.sessions(ofCohort: cohort.id).filter { !$0.isCancelled }.map(
        \.heldOn), lastEnrolledOn: enrolments.map(\.enrolledOn).max(),
      isEntitled: try state.entitlement(
        of: cohort.organisationID, to: .train, on: act.startsOn ?? cohort.startsOn) != nil)
    facts.beginners = try Self.beginners(of: enrolments, in: cohort, state)
    return facts
  }

  /// Those whose training begins with a cohort; who came by a transfer is none of them.
  static func beginners(
    of enrolments: [EnrolmentRecord], in cohort: CohortRecord, _ state: borrowing Snapshot
  ) throws -> [AmendCohort.Beginner] {
    var beginners: [AmendCohort.Beginner] = []
    for enrolment in enrolments {
      guard let day = try state.beginning(ofEnrolment: enrolment.id, inCohort: cohort.id),
        let admission = try state.admission(of: enrolment.personID)
      else { continue }
      beginners.append(
        .init(person: enrolment.personID, enrolledOn: day, admission: admission))
    }
    return beginners
  }

  @Sendable static func cancel(
    _ caller: Caller, _ request: BitimV1.CancelCohortRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CancelCohortResponse {
    let cohort = try Self.cohort(request.code, column: "code", transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let sessions = try transaction.state.sessions(ofCohort: cohort.id)
    let enrolments = try transaction.state.enrolments(inCohort: cohort.id).map(\.id)
    var results: [ResultRecord] = []
    for session in sessions {
      guard let id = try transaction.state.session(code: session.code)?.id else { continue }
      results += try transaction.state.results(ofSession: id)
    }
    for id in enrolments { results += try transaction.state.results(ofEnrolment: id) }
    let facts = CancelCohort.Facts(
      cohort: cohort, session: sessions.first { !$0.isCancelled }?.code, results: results,
      enrolments: enrolments)
    try transaction.record(
      try CancelCohort(why: request.why.normal).decided(facts, on: caller.today),
      by: caller.actor, heldOn: caller.today)
    var response = BitimV1.CancelCohortResponse()
    response.withdrawn = Int32(enrolments.count)
    return response
  }
}
