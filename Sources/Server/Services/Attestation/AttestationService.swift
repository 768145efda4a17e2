import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps sessions and results; recording a whole session and showing it are in files of their own.
enum AttestationService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.AttestationService.openSession, Self.open),
      services.write(BitimV1.AttestationService.changeSeat, Self.changeSeat),
      services.write(BitimV1.AttestationService.amendSession, Self.amend),
      services.write(BitimV1.AttestationService.cancelSession, Self.cancel),
      services.write(BitimV1.AttestationService.admitCandidate, Self.admit),
      services.list(BitimV1.AttestationService.getSession, Self.get),
      services.write(
        BitimV1.AttestationService.recordResults,
        list: .init(field: 2, rows: CohortService.rowsMax), Self.record),
      services.write(BitimV1.AttestationService.reviewResults, Self.review),
      services.write(BitimV1.AttestationService.declareInterest, Self.declare),
      services.write(BitimV1.AttestationService.confirmResults, Self.confirm),
      services.write(BitimV1.AttestationService.excuseAbsence, Self.excuse),
      services.write(BitimV1.AttestationService.annulResult, Self.annul),
      services.write(BitimV1.AttestationService.correctResult, Self.correct),
      services.write(BitimV1.AttestationService.withdrawAnnulment, Self.withdrawAnnulment),
    ]
  }

  /// The session with this code; one that is not the caller's business is as one that is not there
  ///
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/sessionUnknown``.
  static func session(
    _ code: String, for caller: Caller, _ state: borrowing Snapshot
  ) throws -> SessionRecord {
    guard !code.isEmpty else { throw Refusal(finding: .missing, column: "session") }
    let found = try state.session(code: code) ?? state.session(code: Code.folded(code))
    guard let found, try caller.sees(found, state) else {
      throw Refusal(finding: .sessionUnknown, column: "session", value: code)
    }
    return found
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

  /// The cohort of an enrolment.
  static func cohort(
    of enrolment: EnrolmentRecord, _ state: borrowing Snapshot
  ) throws -> CohortRecord {
    guard let cohort = try state.cohort(id: enrolment.cohortID) else {
      throw StoreFailure(kind: .corrupt, "enrolment: its cohort is not there")
    }
    return cohort
  }

  /// Decides, and adds the name of an examiner whom a refusal means: a name is for the caller alone.
  static func named<Decision>(
    in language: Language, _ state: borrowing Snapshot,
    _ decide: () throws(Refusal) -> Decision
  ) throws -> Decision {
    do throws(Refusal) {
      return try decide()
    } catch {
      guard let number = error.arguments["examiner"], let id = PersonNumber.id(typed: number)
      else { throw error }
      throw WordedRefusal(
        refusal: error, words: ["name": try PersonFinder.name(of: id, in: language, state)])
    }
  }

  @Sendable private static func open(
    _ caller: Caller, _ request: BitimV1.OpenSessionRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.OpenSessionResponse {
    let asked = request.session ?? .init()
    try TextRule.check(asked.code, column: "code")
    try TextRule.check(asked.protocolNumber, column: "protocol")
    let act = OpenSession(
      code: Code.folded(asked.code), heldOn: try CivilDate(typed: asked.heldOn, column: "date"),
      protocolNumber: asked.protocolNumber,
      commission: try asked.commission.map { seat throws(Refusal) in try .init(seat, caller) })
    let cohort = try CohortService.cohort(asked.cohort, transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let facts = try Self.facts(of: act, in: cohort, caller, transaction.state)
    let id = try transaction.state.nextSessionID()
    let deed = try Self.named(in: cohort.language, transaction.state) { () throws(Refusal) in
      try act.decided(facts, id: id)
    }
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.OpenSessionResponse()
    response.session = BitimV1.Session(
      try Self.session(act.code, for: caller, transaction.state), in: cohort)
    return response
  }

  private static func facts(
    of act: OpenSession, in cohort: CohortRecord, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> OpenSession.Facts {
    OpenSession.Facts(
      isCodeTaken: try state.session(code: act.code) != nil,
      isProtocolTaken: try state.isProtocolTaken(
        act.protocolNumber, in: act.heldOn, by: cohort.organisationID),
      cohort: cohort, edition: try state.edition(of: cohort),
      roles: try Self.roles(
        of: act.commission.map(\.person), column: "member", caller, state),
      candidates: try Self.candidates(of: cohort, state), persons: try state.persons())
  }

  /// What those who are to sit in a commission are besides.
  ///
  /// - Throws: ``Refusal`` with ``Reason/personUnknown``: who is another's, and no examiner, is as one
  ///   who is not there.
  static func roles(
    of people: [Int64], column: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> MemberRoles {
    var roles = MemberRoles(examiners: [])
    for person in people {
      let held = try state.roles(of: person)
      if held.contains(.administrator) { roles.administrators.insert(person) }
      if held.contains(.examiner) {
        roles.examiners.insert(person)
      } else if try !caller.knows(person, state) {
        throw Refusal(finding: .personUnknown, column: column, value: PersonNumber.text(person))
      }
    }
    return roles
  }

  /// The trainees of a cohort and who is admitted to its session, as a commission is asked about them.
  static func candidates(
    of cohort: CohortRecord, admittedTo session: SessionRecord? = nil, _ state: borrowing Snapshot
  ) throws -> [SessionCandidate] {
    var candidates: [SessionCandidate] = []
    let admitted = try Self.admitted(to: session, state)
    for enrolment in try state.enrolments(inCohort: cohort.id) + admitted {
      candidates.append(
        SessionCandidate(
          person: enrolment.personID, results: try state.results(ofEnrolment: enrolment.id),
          teachers: try Self.teachers(of: enrolment, state)))
    }
    return candidates
  }

  @Sendable private static func confirm(
    _ caller: Caller, _ request: BitimV1.ConfirmResultsRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ConfirmResultsResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let (cohort, edition) = try Self.frame(of: session, transaction.state)
    let results = try transaction.state.results(ofSession: session.id)
    let preview = try Self.preview(of: session, cohort, edition, transaction.state)
    var facts = ConfirmResults.Facts(
      results: results, candidates: [:], teachers: [:], hours: [:], edition: edition,
      digest: Self.digest(of: preview),
      reviewers: Set(try transaction.state.reviewers(ofSession: session.id)),
      isEachAsked: try Self.isEachAsked(to: session, transaction.state),
      persons: try transaction.state.persons())
    for result in results {
      guard let enrolment = try transaction.state.enrolment(id: result.enrolmentID) else {
        continue
      }
      facts.candidates[enrolment.id] = enrolment.personID
      facts.teachers[enrolment.id] = try Self.teachers(of: enrolment, transaction.state)
      facts.hours[enrolment.id] =
        try transaction.state.counted(underEnrolment: enrolment.id, towards: edition).hours
    }
    let act = ConfirmResults(session, shown: request.resultsDigest)
    let deed = try Self.named(in: cohort.language, transaction.state) { () throws(Refusal) in
      try act.decided(facts, by: caller.personID)
    }
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    let after = try transaction.state.results(ofSession: session.id)
    var response = BitimV1.ConfirmResultsResponse()
    response.confirmed = Int32(
      after.count(where: \.isConfirmed) - results.count(where: \.isConfirmed))
    return response
  }

  /// Who taught whoever has an enrolment, and who trains in its cohort.
  static func teachers(
    of enrolment: EnrolmentRecord, _ state: borrowing Snapshot
  ) throws -> Teachers {
    let (lastTaught, assigned) = try state.teachers(
      of: enrolment, try state.persons())
    let cohort = try Self.cohort(of: enrolment, state)
    return Teachers(
      lastTaught: lastTaught, cohort: cohort.code,
      barMonths: try state.edition(of: cohort)[.taughtBarMonths].value, assigned: assigned)
  }

  @Sendable private static func annul(
    _ caller: Caller, _ request: BitimV1.AnnulResultRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.AnnulResultResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    try TextRule.check(request.reason, column: "reason")
    let act = AnnulResult(
      of: request.personId, in: session, for: request.reason, cites: request.caseAct)
    let facts = try Self.facts(of: act, on: caller.today, transaction.state)
    if !facts.results.isEmpty { transaction.state.note(concerned: act.candidate) }
    let deed = try act.decided(facts, by: caller.personID)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return .init()
  }

  private static func facts(
    of act: AnnulResult, on day: CivilDate, _ state: borrowing Snapshot
  ) throws -> AnnulResult.Facts {
    var facts = AnnulResult.Facts(
      results: [], seated: try state.seated(inSession: act.session.id),
      trainers: try state.trainers(ofPerson: act.candidate), certificate: nil,
      cited: try CaseService.cited(act.cites, state),
      persons: try state.persons())
    for result in try Self.results(of: act.candidate, in: act.session.id, state) {
      facts.results.append(result)
      let standing = try state.standingCertificate(
        person: act.candidate, kind: .programme, enrolment: result.enrolmentID)
      let life = try standing.flatMap { try state.certificate($0) }?.life
      if life?.mark(on: day) == nil { facts.certificate = standing }
    }
    return facts
  }

  /// Somebody's results in a session, the annulled ones too.
  static func results(
    of person: Int64, in session: Int64, _ state: borrowing Snapshot
  ) throws -> [ResultRecord] {
    try state.results(ofSession: session).filter {
      try state.person(ofEnrolment: $0.enrolmentID) == person
    }
  }
}

extension OpenSession.Place {
  /// Reads a seat.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``.
  fileprivate init(_ message: BitimV1.CommissionSeat, _ caller: Caller) throws(Refusal) {
    self.init(
      message.personId, try Seat(typed: message.seat.rawValue, column: "seat"),
      by: try Invitation(message.invitation, caller))
  }
}

extension Invitation {
  /// Reads a letter; nil where there is none.
  ///
  /// - Throws: ``Refusal`` as ``Caller/pastDate(_:column:)`` and ``TextRule/read(_:column:)``.
  init?(_ message: BitimV1.Invitation?, _ caller: Caller) throws(Refusal) {
    guard let message else { return nil }
    try self.init(
      reading: message.document.normal,
      of: caller.pastDate(message.datedOn, column: "letter_date"),
      from: message.organisation.normal)
  }
}

extension BitimV1.Invitation {
  init(_ invitation: Invitation) {
    self.init()
    self.document = invitation.document
    self.datedOn = invitation.datedOn.iso
    self.organisation = invitation.organisation
  }
}
