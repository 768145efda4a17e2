import BitimDomain
import BitimProtocol
import BitimStore

/// Has a cohort follow another edition: both are shown, it is proposed, and a certifier approves.
extension CohortService {
  @Sendable static func repin(
    _ caller: Caller, _ request: BitimV1.RepinCohortRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.RepinCohortResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let cohort = try Self.cohort(request.code, column: "code", transaction.state)
    let programme = try transaction.state.edition(of: cohort).programme
    let found = try transaction.state.edition(programme: programme, code: request.edition.normal)
    guard let edition = found else {
      throw Refusal(
        finding: .editionUnknown, column: "edition", value: request.edition,
        ["programme": "\(programme)"])
    }
    let act = try RepinCohort(cohort.id, to: edition.id, typedWhy: request.why.normal)
    let facts = try Self.facts(of: act, transaction.state)
    try act.check(facts)
    let shown = BitimV1.RepinShown(act, facts)
    // Who is not admitted is shown, and refuses what is proposed.
    if !request.validateOnly { _ = try act.decided(facts) }
    var response = BitimV1.RepinCohortResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.repinCohort(act).propose(
      .repin(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What it comes to as things stand.
  static func decision(_ act: RepinCohort, _ state: borrowing Snapshot) throws -> Decision {
    try act.decided(Self.facts(of: act, state))
  }

  static func facts(
    of act: RepinCohort, _ state: borrowing Snapshot
  ) throws -> RepinCohort.Facts {
    guard let cohort = try state.cohort(id: act.cohort) else {
      throw StoreFailure.corrupt("another edition for a cohort: it is not there")
    }
    let enrolments = try state.enrolments(inCohort: cohort.id)
    return RepinCohort.Facts(
      cohort: cohort, before: try state.editionAsItStands(cohort.editionID),
      edition: try state.editionAsItStands(act.edition),
      hasBegun: try !state.classDays(ofCohort: cohort.id).isEmpty,
      session: try state.sessions(ofCohort: cohort.id).first { !$0.isCancelled }?.code,
      hasTransferred: try state.hasTransferred(toCohort: cohort.id),
      beginners: try Self.beginners(of: enrolments, in: cohort, state),
      waiting: try Self.room(of: cohort, from: cohort.startsOn, state).waiting.map {
        .init(person: $0.personID, enrolledOn: $0.since, admission: $0.admission)
      })
  }
}

extension BitimV1.RepinShown {
  /// Both editions, the one that it follows and the other, and who is not admitted under that.
  init(_ act: RepinCohort, _ facts: RepinCohort.Facts) {
    self.init()
    self.cohort = facts.cohort.code
    self.before = .init(facts.before)
    self.after = .init(facts.edition)
    self.why = act.why
    self.losers = act.losers(facts).map { loser in
      var line = BitimV1.RepinLoser()
      line.displayId = PersonNumber.text(loser.person)
      line.isWaiting = loser.isWaiting
      line.findings = loser.refusals.map { BitimV1.Finding($0) }
      return line
    }
  }
}
