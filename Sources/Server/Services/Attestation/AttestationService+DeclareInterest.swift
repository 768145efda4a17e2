import BitimDomain
import BitimProtocol
import BitimStore

/// What interest the seats of a commission have in candidates.
extension AttestationService {
  @Sendable static func declare(
    _ caller: Caller, _ request: BitimV1.DeclareInterestRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.DeclareInterestResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let (cohort, edition) = try Self.frame(of: session, transaction.state)
    try ListLimit.check(
      request.interests.count, atMost: DeclareInterest.interestsMax, column: "interests")
    let persons = try transaction.state.persons()
    var finder = CandidateFinder(cohort, under: edition, on: session.heldOn, persons)
    var interests: [Interest] = []
    var known: Set<Int64> = []
    for row in request.interests {
      let kind = try InterestKind(typed: row.kind.rawValue, column: "kind")
      let (person, places) = try finder.candidate(row.candidate, transaction.state)
      if RecordResults.mayBeMeant(among: places, in: session, of: cohort) { known.insert(person) }
      interests.append(Interest(in: person, kind))
    }
    let member = request.memberId == 0 ? caller.personID : request.memberId
    let act = DeclareInterest(of: member, in: session, interests)
    var facts = DeclareInterest.Facts(
      results: try transaction.state.results(ofSession: session.id), candidates: [:],
      known: known, isEachAsked: try Self.isEachAsked(to: session, transaction.state),
      persons: persons)
    for result in facts.results {
      facts.candidates[result.enrolmentID] = try transaction.state.person(
        ofEnrolment: result.enrolmentID)
    }
    let deed = try act.decided(facts, by: caller.personID)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.DeclareInterestResponse()
    if case .interestDeclared(let declared) = deed {
      response.withdrawn = Int32(declared.withdrawn.count)
    }
    return response
  }

  /// Whether each seat declares for itself, as the setting `declaration` has it on the session's day.
  static func isEachAsked(
    to session: SessionRecord, _ state: borrowing Snapshot
  ) throws -> Bool {
    try state.history(of: .declaration).setting(on: session.heldOn).value == 1
  }
}

extension BitimV1.DeclaredInterest {
  /// All of a session, by seats and candidates.
  static func all(of session: SessionRecord, _ state: borrowing Snapshot) throws -> [Self] {
    var all: [Self] = []
    for (member, candidates) in session.interests.sorted(by: { $0.key < $1.key }) {
      for (candidate, kind) in candidates.sorted(by: { $0.key < $1.key }) {
        var interest = Self()
        interest.member = try state.line(naming: member)
        interest.candidate = try state.line(naming: candidate)
        interest.kind = .init(rawValue: kind.number)
        all.append(interest)
      }
    }
    return all
  }
}
