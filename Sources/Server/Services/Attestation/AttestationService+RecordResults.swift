import BitimDomain
import BitimProtocol
import BitimStore

/// The results of a whole session in one act: every error at once, then all or nothing.
extension AttestationService {
  @Sendable static func record(
    _ caller: Caller, _ request: BitimV1.RecordResultsRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RecordResultsResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let (cohort, edition) = try Self.frame(of: session, transaction.state)
    let persons = try transaction.state.persons()
    var act = try RecordResults(
      in: session, of: cohort, under: edition, by: caller.personID, on: caller.today,
      firstID: try transaction.state.nextResultID(),
      persons: persons)
    var finder = CandidateFinder(cohort, under: edition, on: session.heldOn, persons)
    var list = WholeList(
      method: BitimV1.AttestationService.recordResults.descriptor,
      validateOnly: request.validateOnly,
      living: try transaction.state.living())
    for row in request.rows {
      try list.take(line: row.line) { person in
        let (found, places) = try finder.candidate(row.candidate, transaction.state)
        let asked = try RecordResults.Row(row)
        let place = try act.place(of: asked, among: places)
        person = found
        let facts = try finder.facts(of: place, in: session.id, transaction.state)
        return try Self.named(in: cohort.language, transaction.state) { () throws(Refusal) in
          try act.add(asked, facts)
        }
      }
    }
    var response = BitimV1.RecordResultsResponse()
    response.rows = list.outcomes
    response.passed = Int32(act.count(.passed))
    response.failed = Int32(act.count(.failed))
    response.absent = Int32(act.count(.absent))
    response.excluded = Int32(act.count(.excluded))
    response.interrupted = Int32(act.count(.interrupted))
    response.recorded = try list.settle(
      [act.deed].compactMap { $0 }, heldOn: session.heldOn, caller, transaction)
    return response
  }
}

extension RecordResults.Row {
  /// Reads a row.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``.
  fileprivate init(_ row: BitimV1.ResultRow) throws(Refusal) {
    let scores = try row.scores.read()
    var instead: ResultOutcome? = row.isAbsent ? .absent : nil
    if row.outcome != .unspecified {
      instead = try ResultOutcome(typed: row.outcome.rawValue, column: "outcome")
    }
    self.init(
      candidate: row.candidate, instead: instead, scores: scores.agreed, marks: scores.members,
      why: row.why.normal)
  }
}
