import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Recognitions of training elsewhere: received and proposed by a registrar of the School, approved by a certifier
///
extension CaseService {
  @Sendable static func receiveRecognition(
    _ caller: Caller, _ request: BitimV1.ReceiveRecognitionRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let asked = request.recognition ?? .init()
    let act = try ReceiveRecognition(
      of: request.personId,
      try Recognition(
        typedIssuer: asked.issuer.normal, country: asked.country, training: asked.training.normal,
        claim: .init(
          programme: Int(asked.programme),
          hours: Hours(
            theory: Int(asked.theoryQuarters), practice: Int(asked.practiceQuarters))),
        number: asked.number.normal, issuedOn: asked.issuedOn,
        seen: .init(translation: asked.translationSeen, legalisation: asked.legalisationSeen),
        on: caller.today),
      receivedOn: try caller.pastDateOrToday(request.receivedOn, column: "received_on"),
      papers: try Self.papers(request.papers, of: .recognition, caller))
    try caller.mayActOn(person: act.person, column: "person", transaction.state)
    let open = try transaction.state
      .openRecognitions(of: act.person, for: act.recognition.claim.programme).first {
        try Self.record($0, transaction.state).state(on: caller.today) != .lapsed
      }
    let deed = try act.decided(
      open: open, by: caller.number(beside: act.person, transaction.state))
    let sequence = try transaction.record(deed, by: caller.actor, heldOn: act.receivedOn)
    return try Self.response(sequence, caller, transaction.state)
  }

  @Sendable static func decideRecognition(
    _ caller: Caller, _ request: BitimV1.DecideRecognitionRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.DecideRecognitionResponse {
    let file = try Self.record(request.act, for: caller, transaction.state)
    let part = try request.part.map { part in
      DecideRecognition.Part(
        cohort: try CohortService.cohort(part.cohort, transaction.state).id,
        hours: Hours(theory: Int(part.theoryQuarters), practice: Int(part.practiceQuarters)))
    }
    let act = try DecideRecognition(
      file.sequence, of: file.person,
      try CaseOutcome(typed: request.outcome.rawValue, column: "outcome"),
      reading: request.reasons.map(\.normal), part: part)
    var response = BitimV1.DecideRecognitionResponse()
    response.proposal = try ProposedAct.decideRecognition(act).settle(
      try Self.decision(act, as: .registrar, caller, transaction.state), by: caller, transaction)
    return response
  }

  /// What a decision comes to as things stand, in the hand of whoever proposes or approves.
  static func decision(
    _ act: DecideRecognition, as hand: Hand, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let training = try act.part.map { try Self.training(of: act.person, in: $0.cohort, state) }
    let facts = DecideRecognition.Facts(
      file: try Self.record(act.file, state),
      hands: try .init(of: act.person, in: training?.place.last?.id ?? 0, state),
      training: training)
    return try act.decided(
      facts, by: caller.number(beside: act.person, state), as: hand, on: caller.today)
  }

  /// What the rules ask of somebody's enrolment in a cohort.
  private static func training(
    of person: Int64, in id: Int64, _ state: borrowing Snapshot
  ) throws -> DecideRecognition.Facts.Training {
    guard let cohort = try state.cohort(id: id) else {
      throw StoreFailure.corrupt("a recognition: its cohort is not there")
    }
    let place = try state.place(ofPerson: person, inCohort: id)
    let enrolment = place.last?.id ?? 0
    return .init(
      place: place, cohort: cohort.code, edition: try state.edition(of: cohort),
      recognised: try state.recognised(underEnrolment: enrolment),
      hasPass: try state.results(ofEnrolment: enrolment).contains {
        $0.outcome == .passed && !$0.isAnnulled
      })
  }
}

extension BitimV1.Recognition {
  /// What is to be recognised, as it is answered.
  init(_ recognition: Recognition) {
    self.init()
    self.issuer = recognition.issuer
    self.country = recognition.country
    self.training = recognition.training
    self.programme = Int32(recognition.claim.programme)
    self.theoryQuarters = Int32(recognition.claim.hours.theory)
    self.practiceQuarters = Int32(recognition.claim.hours.practice)
    self.number = recognition.number
    self.issuedOn = recognition.issuedOn.iso
    self.translationSeen = recognition.seen.translation
    self.legalisationSeen = recognition.seen.legalisation
  }
}

extension BitimV1.RecognisedPart {
  private init(cohort id: Int64, _ hours: Hours, _ state: borrowing Snapshot) throws {
    self.init()
    self.cohort = try state.cohort(id: id)?.code ?? ""
    self.theoryQuarters = Int32(hours.theory)
    self.practiceQuarters = Int32(hours.practice)
  }

  /// What was decided; the cohort is where the enrolment has its place by now.
  init(_ recognised: RecognisedHours, _ state: borrowing Snapshot) throws {
    try self.init(
      cohort: state.enrolment(id: recognised.enrolmentID)?.cohortID ?? 0, recognised.hours, state)
  }

  /// What would be decided.
  init(_ part: DecideRecognition.Part, _ state: borrowing Snapshot) throws {
    try self.init(cohort: part.cohort, part.hours, state)
  }
}

extension BitimV1.RecognitionShown {
  /// What is shown of a decision, whoever looks and on whatever day.
  init(_ act: DecideRecognition, _ state: borrowing Snapshot) throws {
    self.init()
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.act = act.file
    self.recognition = try state.caseFile(act.file)?.received.recognition.map { .init($0) }
    self.outcome = .init(act.outcome)
    self.part = try act.part.map { try .init($0, state) }
    self.reasons = act.reasons
  }
}
