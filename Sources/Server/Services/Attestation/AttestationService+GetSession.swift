import BitimDomain
import BitimProtocol
import BitimStore

/// What a session shows, and the digest that names it.
extension AttestationService {
  @Sendable static func get(
    _ caller: Caller, _ request: BitimV1.GetSessionRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetSessionResponse {
    let session = try Self.session(request.code, for: caller, state)
    let (cohort, edition) = try Self.frame(of: session, state)
    var response = try Self.preview(of: session, cohort, edition, state)
    response.resultsDigest = Self.digest(of: response)
    // A review changes nothing of what others review, or the chair confirms.
    response.reviewsMin = Int32(edition[.reviewsMin].value)
    if try Self.isEachAsked(to: session, state) {
      response.undeclared = try session.undeclared(state.persons()).map {
        try state.line(naming: $0)
      }
    }
    response.reviewers = try state.reviewers(ofSession: session.id).map {
      try state.line(naming: $0)
    }
    return try response.shown(to: caller, session, state)
  }

  /// The digest of what a session shows, as ConfirmResults wants it back.
  static func digest(of preview: BitimV1.GetSessionResponse) -> String {
    ShownDigest.text(of: "ConfirmResults", preview)
  }

  /// Everything that a session shows, but for the digest.
  ///
  /// A result is shown until it is replaced: an annulled one as annulled, also beside the one that was
  /// recorded in its place.
  static func preview(
    of session: SessionRecord, _ cohort: CohortRecord, _ edition: Edition,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.GetSessionResponse {
    var response = BitimV1.GetSessionResponse()
    response.session = BitimV1.Session(session, in: cohort)
    response.components = edition.components.map { BitimV1.ComponentRule($0) }
    response.hasMemberMarks = edition.markRule != nil
    response.interests = try BitimV1.DeclaredInterest.all(of: session, state)
    response.members = try session.seats.keys.sorted().map { try state.line(naming: $0) }
    var results = try state.results(ofSession: session.id)
    if response.hasMemberMarks { results = try results.map { try state.withMarks($0) } }
    let own = try state.enrolments(inCohort: cohort.id)
    // Who was admitted and has come into the cohort since is in it once.
    let enrolments =
      try own
      + Self.admitted(to: session, state).filter { one in !own.contains { $0.id == one.id } }
    for enrolment in enrolments {
      let own = results.filter { $0.enrolmentID == enrolment.id }
      let all = try state.results(ofEnrolment: enrolment.id)
      if own.isEmpty, all.pass == nil {
        response.candidates.append(
          try Self.candidate(enrolment.personID, nil, cohort.language, state))
      }
      for result in own {
        response.candidates.append(
          try Self.candidate(enrolment.personID, result, cohort.language, state))
      }
    }
    let members = Set(enrolments.map(\.id))
    for result in results where !members.contains(result.enrolmentID) {
      guard let person = try state.person(ofEnrolment: result.enrolmentID) else { continue }
      response.candidates.append(try Self.candidate(person, result, cohort.language, state))
    }
    return response
  }

  private static func candidate(
    _ person: Int64, _ result: ResultRecord?, _ language: Language, _ state: borrowing Snapshot
  ) throws -> BitimV1.Candidate {
    var candidate = BitimV1.Candidate()
    candidate.personId = person
    candidate.displayId = PersonNumber.text(person)
    candidate.name = try PersonFinder.name(of: person, in: language, state)
    candidate.names = BitimV1.Names(try state.names(of: person))
    guard let result else { return candidate }
    candidate.outcome = .init(rawValue: result.outcome.number)
    candidate.attempt = Int32(result.attempt)
    candidate.isConfirmed = result.isConfirmed
    candidate.isAnnulled = result.isAnnulled
    candidate.why = result.why
    if result.isMereAbsence, !result.why.isEmpty {
      candidate.excuseDatedOn = try state.excuseDay(ofResult: result.id)?.iso ?? ""
    }
    candidate.scores = .init(result.scores, result.marks)
    return candidate
  }
}

extension BitimV1.Session {
  /// A session as it is answered, the commission in the order of its numbers.
  init(_ session: SessionRecord, in cohort: CohortRecord) {
    self.init()
    self.code = session.code
    self.cohort = cohort.code
    self.heldOn = session.heldOn.iso
    self.protocolNumber = session.protocolNumber
    self.commission = session.seats.sorted { $0.key < $1.key }.map { person, seat in
      var place = BitimV1.CommissionSeat()
      place.personId = person
      place.seat = .init(rawValue: seat.number)
      place.invitation = session.invitations[person].map { .init($0) }
      return place
    }
    self.isCancelled = session.isCancelled
  }
}
