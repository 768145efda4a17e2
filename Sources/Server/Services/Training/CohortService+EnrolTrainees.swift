import BitimDomain
import BitimProtocol
import BitimStore

/// Enrolment of a whole list: every error of it at once, then all or nothing.
extension CohortService {
  /// The most rows of one transaction; larger files are split by the caller.
  static let rowsMax = 2_000

  /// Enrols a list of any length.
  @Sendable static func enrolAll(
    _ caller: Caller, _ request: BitimV1.EnrolTraineesRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EnrolTraineesResponse {
    let day = try caller.pastDateOrToday(request.enrolledOn, column: "enrolled_on")
    var act = EnrolTrainees(
      on: day, by: caller.personID, isSchool: caller.isSchool,
      nextPerson: try transaction.state.nextPersonID(),
      nextEnrolment: try transaction.state.nextTrainingIDs().enrolment, deedMax: Self.rowsMax,
      persons: try transaction.state.persons(), waits: request.waits)
    var places = Places()
    var list = WholeList(
      method: BitimV1.CohortService.enrolTrainees.descriptor, validateOnly: request.validateOnly,
      living: try transaction.state.living())
    var doubts: [Refusal] = []
    for row in request.rows {
      let decided = try Self.add(row, to: &act, &places, caller, transaction.state)
      list.take(decided, line: row.line)
      if decided.isDoubt { doubts += decided.findings }
    }
    var response = BitimV1.EnrolTraineesResponse()
    response.rows = list.outcomes
    response.recorded = try list.settle(act.deeds, heldOn: day, caller, transaction)
    // Whoever asks who somebody is leaves a trace, dry run or not.
    if request.validateOnly,
      let kept = Services.journal(
        doubts, method: list.method, by: caller, people: list.refusedPeople)
    {
      try transaction.record(kept, by: caller.actor, heldOn: caller.today)
    }
    return response
  }

  /// Reads a row, finds whom it may mean and where to, and lets the act decide.
  private static func add(
    _ message: BitimV1.IntakeRow, to act: inout EnrolTrainees, _ places: inout Places,
    _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimDomain.RowOutcome {
    let row = EnrolTrainees.Row(
      line: Int(message.line), PersonForm(message.person ?? .init()),
      distinctFrom: message.distinctFrom, evidence: message.distinctEvidence.normal,
      on: caller.today)
    var facts = EnrolTrainees.Facts(
      place: nil, candidates: try caller.candidates(row.traits, state), admissions: [:])
    for owner in row.owners(among: facts.candidates) {
      facts.admissions[owner] = try state.admission(of: owner)
    }
    var elsewhere: [Refusal] = []
    do {
      facts.place = try places.place(message.cohort, from: act.day, caller, state)
    } catch let refusal as Refusal {
      elsewhere = [refusal]
    }
    // Where a row is for no cohort, it is told nothing of who it may be.
    if facts.place != nil, caller.inquiries != nil {
      try caller.ask(row.inquiry(among: facts.candidates))
    }
    var decided = act.add(row, facts)
    decided.findings += elsewhere
    return decided
  }
}

/// The cohorts of a list, each read once: the registry is the same for every row.
private struct Places {
  private var known: [String: EnrolTrainees.Place] = [:]

  /// The cohort with this code, if it is the caller's.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/cohortUnknown`` or
  ///   ``Reason/notYourOrganisation``.
  mutating func place(
    _ code: String, from day: CivilDate, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> EnrolTrainees.Place {
    if let known = self.known[code] { return known }
    let cohort = try CohortService.cohort(code, state)
    guard caller.isSchool || cohort.organisationID == caller.organisationID else {
      throw Refusal(finding: .notYourOrganisation, column: "cohort", value: code)
    }
    let place = try CohortService.room(of: cohort, from: day, state)
    self.known[code] = place
    return place
  }
}
