import BitimDomain
import BitimProtocol
import BitimStore

/// What becomes of a session before it is held, and of its commission until all is confirmed.
extension AttestationService {
  @Sendable static func changeSeat(
    _ caller: Caller, _ request: BitimV1.ChangeSeatRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.ChangeSeatResponse {
    let (session, cohort) = try Self.own(request.session, caller, transaction.state)
    let act = try ChangeSeat(
      request.goes, to: request.comes, by: Invitation(request.invitation, caller),
      why: request.why.normal)
    let facts = ChangeSeat.Facts(
      session: session, results: try transaction.state.results(ofSession: session.id),
      roles: try Self.roles(of: [act.comes], column: "comes", caller, transaction.state),
      candidates: try Self.candidates(of: cohort, admittedTo: session, transaction.state),
      persons: try transaction.state.persons())
    let deed = try Self.named(in: cohort.language, transaction.state) { () throws(Refusal) in
      try act.decided(facts)
    }
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.ChangeSeatResponse()
    // Who comes gets the seat of who goes.
    response.seat = session.seats[act.goes].map { .init(rawValue: $0.number) } ?? .unspecified
    return response
  }

  @Sendable static func amend(
    _ caller: Caller, _ request: BitimV1.AmendSessionRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.AmendSessionResponse {
    let (session, cohort) = try Self.own(request.session, caller, transaction.state)
    let act = try AmendSession(
      to: try CivilDate(typed: request.heldOn, column: "date"), why: request.why.normal)
    let facts = AmendSession.Facts(
      session: session, cohort: cohort,
      hasResults: try !transaction.state.results(ofSession: session.id).isEmpty,
      roles: try Self.roles(
        of: session.seats.keys.sorted(), column: "member", caller, transaction.state),
      candidates: try Self.candidates(of: cohort, admittedTo: session, transaction.state),
      persons: try transaction.state.persons())
    let deed = try Self.named(in: cohort.language, transaction.state) { () throws(Refusal) in
      try act.decided(facts)
    }
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable static func cancel(
    _ caller: Caller, _ request: BitimV1.CancelSessionRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CancelSessionResponse {
    let (session, _) = try Self.own(request.session, caller, transaction.state)
    let deed = try CancelSession(why: request.why.normal).decided(
      session, hasResults: try !transaction.state.results(ofSession: session.id).isEmpty)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable static func admit(
    _ caller: Caller, _ request: BitimV1.AdmitCandidateRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.AdmitCandidateResponse {
    let (session, cohort) = try Self.own(request.session, caller, transaction.state)
    try caller.mayActOn(person: request.personId, column: "person", transaction.state)
    let act = AdmitCandidate(request.personId)
    let persons = try transaction.state.persons()
    let finder = CandidateFinder(
      cohort, under: try transaction.state.edition(of: cohort), on: session.heldOn, persons)
    let results = try transaction.state.results(ofSession: session.id)
    var facts = AdmitCandidate.Facts(
      session: session, cohort: cohort,
      places: try finder.places(of: act.candidate, transaction.state),
      roles: try Self.roles(
        of: session.seats.keys.sorted(), column: "member", caller, transaction.state),
      isClosed: results.isClosed, teachers: [:],
      persons: persons)
    // What another organisation trains is not a centre's business.
    if !caller.isSchool {
      facts.places.removeAll { $0.cohort.organisationID != cohort.organisationID }
    }
    for place in facts.places {
      facts.teachers[place.enrolment.id] = try Self.teachers(of: place.enrolment, transaction.state)
    }
    let deed = try Self.named(in: cohort.language, transaction.state) { () throws(Refusal) in
      try act.decided(facts, by: caller.personID)
    }
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.AdmitCandidateResponse()
    if case .candidateAdmitted(let admitted) = deed {
      response.cohort =
        facts.places.first { $0.enrolment.id == admitted.enrolmentID }?.cohort.code ?? ""
    }
    return response
  }

  /// The enrolments in other cohorts that are admitted to a session, in the order of their ids.
  static func admitted(
    to session: SessionRecord?, _ state: borrowing Snapshot
  ) throws -> [EnrolmentRecord] {
    try (session?.admitted ?? []).sorted().compactMap { try state.enrolment(id: $0) }
  }

  /// A session for whose organisation the caller may act, with its cohort.
  private static func own(
    _ code: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> (session: SessionRecord, cohort: CohortRecord) {
    let session = try Self.session(code, for: caller, state)
    let (cohort, _) = try Self.frame(of: session, state)
    try caller.mayAct(for: cohort.organisationID)
    return (session, cohort)
  }
}
