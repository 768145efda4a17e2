import BitimDomain
import BitimProtocol
import BitimStore

/// Gives a trainee a place in another cohort: at once, or proposed to another organisation.
extension CohortService {
  @Sendable static func transferTrainee(
    _ caller: Caller, _ request: BitimV1.TransferTraineeRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.TransferTraineeResponse {
    let (sender, _) = try Self.place(
      of: request.personId, in: request.cohort, caller, transaction.state)
    let receiver = try Self.cohort(request.to, column: "to", transaction.state)
    let act = try TransferTrainee(
      request.personId, from: sender.id, to: receiver.id,
      on: try caller.dateOrToday(request.day, column: "day"), typedWhy: request.why.normal)
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.TransferTraineeResponse()
    response.day = act.day.iso
    response.proposal = try ProposedAct.transferTrainee(act).settle(
      decision, by: caller, transaction)
    return response
  }

  /// What a transfer comes to as things stand.
  static func decision(
    _ act: TransferTrainee, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let (sender, receiver) = try Self.ends(of: act, state)
    let place = try state.place(ofPerson: act.person, inCohort: sender.id)
    let returner = try Self.returner(act.person, place, state)
    let facts = TransferTrainee.Facts(
      place: place, sender: sender,
      departure: Departure(
        lastClass: try state.attended(underEnrolment: place.last?.id ?? 0).lastClass,
        results: returner.results), room: try Self.room(of: receiver, from: act.day, state),
      returner: returner)
    return try act.decided(
      facts, by: caller.number(beside: act.person, state), isSchool: caller.isSchool,
      on: caller.today)
  }

  /// The cohorts between which somebody is transferred.
  static func ends(
    of act: TransferTrainee, _ state: borrowing Snapshot
  ) throws -> (sender: CohortRecord, receiver: CohortRecord) {
    guard let sender = try state.cohort(id: act.from), let receiver = try state.cohort(id: act.to)
    else { throw StoreFailure(kind: .corrupt, "a transfer: its cohort is not there") }
    return (sender, receiver)
  }
}

extension BitimV1.TransferShown {
  init(_ act: TransferTrainee, _ state: borrowing Snapshot) throws {
    self.init()
    let (sender, receiver) = try CohortService.ends(of: act, state)
    let id = try state.place(ofPerson: act.person, inCohort: sender.id).last?.id ?? 0
    let hours = try state.attended(underEnrolment: id).hours
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.cohort = sender.code
    self.organisation = try state.organisation(id: sender.organisationID)?.code ?? ""
    self.to = receiver.code
    self.toOrganisation = try state.organisation(id: receiver.organisationID)?.code ?? ""
    self.day = act.day.iso
    self.theoryQuarters = Int32(hours.theory)
    self.practiceQuarters = Int32(hours.practice)
    let edition = try state.edition(of: sender)
    self.attemptsLeft = Int32(
      edition.attemptsMax.value - (try state.results(ofEnrolment: id).attemptsUsed))
    self.why = act.why
  }
}
