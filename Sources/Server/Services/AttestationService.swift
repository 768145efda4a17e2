import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps sessions and results; recording a whole session is in a file of its own.
enum AttestationService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.AttestationService.openSession, Self.open),
      services.list(BitimV1.AttestationService.getSession, Self.get),
      services.write(BitimV1.AttestationService.recordResults, Self.record),
      services.write(BitimV1.AttestationService.confirmResults, Self.confirm),
      services.write(BitimV1.AttestationService.annulResult, Self.annul),
    ]
  }

  /// The session with this code.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/sessionUnknown``.
  static func session(_ code: String, _ state: borrowing Snapshot) throws -> SessionRecord {
    guard !code.isEmpty else { throw Refusal(.missing, column: "session") }
    if let exact = try state.session(code: code) { return exact }
    if let folded = try state.session(code: Code.folded(code)) { return folded }
    throw Refusal(.sessionUnknown, column: "session", value: code)
  }

  /// The cohort of a session with its edition.
  static func frame(
    of session: SessionRecord, _ state: borrowing Snapshot
  ) throws -> (cohort: CohortRecord, edition: Edition) {
    guard let cohort = try state.cohort(id: session.cohortID),
      let edition = try state.edition(id: cohort.editionID)
    else { throw StoreFailure(kind: .corrupt, "session: its cohort is not there") }
    return (cohort, edition)
  }

  @Sendable private static func open(
    _ caller: Caller, _ request: BitimV1.OpenSessionRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.OpenSessionResponse {
    var session = request.session ?? .init()
    try TextRule.check(session.code, column: "code")
    session.code = Code.folded(session.code)
    guard try transaction.state.session(code: session.code) == nil else {
      throw Refusal(.codeTaken, column: "code", value: session.code)
    }
    try TextRule.check(session.protocolNumber, column: "protocol")
    let day = try CivilDate(parsing: session.heldOn, column: "date")
    let cohort = try CohortService.cohort(session.cohort, transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    guard let edition = try transaction.state.edition(id: cohort.editionID) else {
      throw StoreFailure(kind: .corrupt, "cohort: its edition is not there")
    }
    guard day >= cohort.startsOn else {
      throw Refusal(
        .outsideCohort, column: "date", value: session.heldOn,
        ["from": cohort.startsOn.iso, "until": ""])
    }
    try Self.check(session.commission, edition, transaction.state)
    session.cohort = cohort.code
    var seats: [Int64: Seat] = [:]
    for seat in session.commission { seats[seat.personId] = Seat(number: seat.seat.rawValue) }
    let opened = SessionRecord(
      id: try transaction.state.nextSessionID(), code: session.code, cohortID: cohort.id,
      heldOn: day, protocolNumber: session.protocolNumber, seats: seats)
    try transaction.record(.sessionOpened(.init(opened)), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.OpenSessionResponse()
    response.session = session
    return response
  }

  private static func check(
    _ commission: [BitimV1.CommissionSeat], _ edition: Edition, _ state: borrowing Snapshot
  ) throws {
    let chairs = commission.filter { $0.seat == .chair }
    guard chairs.count == 1 else { throw Refusal(.commissionWithoutChair, column: "chair") }
    guard Set(commission.map(\.personId)).count >= edition.commissionMin.value,
      Set(commission.map(\.personId)).count == commission.count
    else {
      throw Refusal(
        .commissionTooSmall, column: "member", value: "\(commission.count)",
        ["needed": "\(edition.commissionMin.value)"])
    }
    for seat in commission {
      guard Seat(number: seat.seat.rawValue) != nil else {
        throw Refusal(.notInList, column: "seat")
      }
      guard try state.hasPerson(seat.personId) else {
        throw Refusal(.personUnknown, column: "member", value: PersonNumber.text(seat.personId))
      }
      guard try state.roles(of: seat.personId).contains(.examiner) else {
        throw Refusal(.notExaminer, column: "member", value: PersonNumber.text(seat.personId))
      }
    }
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetSessionRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetSessionResponse {
    let session = try Self.session(request.code, state)
    let (cohort, edition) = try Self.frame(of: session, state)
    try caller.mayAct(for: cohort.organisationID)
    var response = BitimV1.GetSessionResponse()
    var message = BitimV1.Session()
    message.code = session.code
    message.cohort = cohort.code
    message.heldOn = session.heldOn.iso
    message.protocolNumber = session.protocolNumber
    message.commission = session.seats.sorted { $0.key < $1.key }.map { person, seat in
      var place = BitimV1.CommissionSeat()
      place.personId = person
      place.seat = .init(rawValue: seat.number)
      return place
    }
    response.session = message
    response.components = edition.components.map { BitimV1.ComponentRule($0) }
    let results = try state.results(ofSession: session.id)
    response.resultsDigest = Self.digest(results)
    let enrolments = try state.enrolments(inCohort: cohort.id)
    for enrolment in enrolments {
      let result = results.last { $0.enrolmentID == enrolment.id }
      let file = try EnrolmentFile(enrolment, state)
      guard result != nil || file.dossier.pass == nil else { continue }
      response.candidates.append(
        try Self.candidate(enrolment.personID, result, cohort.language, state))
    }
    let own = Set(enrolments.map(\.id))
    for result in results where !own.contains(result.enrolmentID) {
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
    guard let result else { return candidate }
    candidate.outcome = .init(rawValue: result.outcome.number)
    candidate.attempt = Int32(result.attempt)
    candidate.isConfirmed = result.isConfirmed
    candidate.isAnnulled = result.isAnnulled
    candidate.scores = Component.allCases.compactMap { component in
      result.scores[component].map { points in
        var score = BitimV1.Score()
        score.component = .init(rawValue: component.number)
        score.points = Int32(points)
        return score
      }
    }
    return candidate
  }

  /// Names exactly these results, so that the chair confirms what was shown.
  private static func digest(_ results: [ResultRecord]) -> String {
    let lines = results.map { result in
      let scores = Component.allCases.map { "\(result.scores[$0] ?? -1)" }
      return "\(result.id) \(result.outcome.rawValue) \(scores.joined(separator: " "))"
    }
    return ShownDigest.text(of: lines)
  }

  @Sendable private static func confirm(
    _ caller: Caller, _ request: BitimV1.ConfirmResultsRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ConfirmResultsResponse {
    let session = try Self.session(request.session, transaction.state)
    guard session.chair == caller.personID, caller.personID != 0 else {
      throw Refusal(.notChair, column: "session", value: session.code)
    }
    let all = try transaction.state.results(ofSession: session.id)
    let open = all.filter { !$0.isConfirmed && !$0.isAnnulled }
    guard !open.isEmpty else {
      throw Refusal(.nothingToConfirm, column: "session", value: session.code)
    }
    guard request.resultsDigest == Self.digest(all) else {
      throw Refusal(.resultsChanged, column: "session", value: session.code)
    }
    guard !open.contains(where: { $0.recordedBy == caller.personID }) else {
      throw Refusal(.confirmsOwnRecord, column: "session", value: session.code)
    }
    let deed = ResultsConfirmed(sessionID: session.id, resultIDs: open.map(\.id))
    try transaction.record(.resultsConfirmed(deed), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.ConfirmResultsResponse()
    response.confirmed = Int32(open.count)
    return response
  }

  @Sendable private static func annul(
    _ caller: Caller, _ request: BitimV1.AnnulResultRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.AnnulResultResponse {
    let session = try Self.session(request.session, transaction.state)
    try TextRule.check(request.reason, column: "reason")
    let results = try transaction.state.results(ofSession: session.id)
    var found: ResultRecord?
    for result in results where result.isConfirmed && !result.isAnnulled {
      if try transaction.state.person(ofEnrolment: result.enrolmentID) == request.personId {
        found = result
      }
    }
    guard let result = found else {
      throw Refusal(.resultUnknown, column: "person", value: PersonNumber.text(request.personId))
    }
    let taught = try transaction.state.trainers(ofPerson: request.personId)
    guard caller.personID != result.recordedBy, session.seats[caller.personID] == nil,
      caller.personID != request.personId, !taught.contains(caller.personID)
    else { throw Refusal(.annulsOwnResult, column: "session", value: session.code) }
    guard caller.isSchool else { throw Refusal(.notYourOrganisation) }
    let standing = try transaction.state.standingCertificate(
      person: request.personId, kind: .programme, enrolment: result.enrolmentID)
    if let standing {
      throw Refusal(.certificateStands, column: "session", ["number": standing.text])
    }
    let deed = ResultAnnulled(resultID: result.id, reason: request.reason)
    try transaction.record(.resultAnnulled(deed), by: caller.actor, heldOn: caller.today)
    return .init()
  }
}
