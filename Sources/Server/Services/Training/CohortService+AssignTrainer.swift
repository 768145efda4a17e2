import BitimDomain
import BitimProtocol
import BitimStore

/// Trainers of a cohort: who they are is asked of the registry without telling strangers anything.
extension CohortService {
  @Sendable static func assignTrainer(
    _ caller: Caller, _ request: BitimV1.AssignTrainerRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.AssignTrainerResponse {
    let cohort = try Self.cohort(request.cohort, transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let act = try Self.act(request, cohort, on: caller.today)
    let facts = try Self.facts(act, cohort, caller, transaction.state)
    let deed = try act.decided(facts)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.AssignTrainerResponse()
    response.names = try facts.candidate.map { .init(try transaction.state.names(of: $0.id)) }
    return response
  }

  @Sendable static func unassignTrainer(
    _ caller: Caller, _ request: BitimV1.UnassignTrainerRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.UnassignTrainerResponse {
    let cohort = try Self.cohort(request.cohort, transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let act = try UnassignTrainer(
      cohortID: cohort.id, personID: request.personId,
      lastDay: try caller.pastDateOrToday(request.lastDay, column: "last_day"),
      why: request.why.normal)
    let deed = try act.decided(Self.facts(of: act.personID, in: cohort, transaction.state))
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.UnassignTrainerResponse()
    response.lastDay = act.lastDay.iso
    return response
  }

  @Sendable static func replaceTrainer(
    _ caller: Caller, _ request: BitimV1.ReplaceTrainerRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.ReplaceTrainerResponse {
    let comes = request.comes ?? .init()
    let cohort = try Self.cohort(comes.cohort, transaction.state)
    try caller.mayAct(for: cohort.organisationID)
    let act = try ReplaceTrainer(
      request.goes, by: try Self.act(comes, cohort, on: caller.today),
      from: try caller.pastDateOrToday(request.from, column: "from"), why: request.why.normal)
    let coming = try Self.facts(act.comes, cohort, caller, transaction.state)
    let deed = try act.decided(Self.facts(of: act.goes, in: cohort, transaction.state), coming)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.ReplaceTrainerResponse()
    response.names = try coming.candidate.map { .init(try transaction.state.names(of: $0.id)) }
    response.from = act.from.iso
    return response
  }

  /// What the registry knows of somebody as a trainer of a cohort.
  private static func facts(
    of person: Int64, in cohort: CohortRecord, _ state: borrowing Snapshot
  ) throws -> UnassignTrainer.Facts {
    .init(
      term: try state.trainerTerms(ofCohort: cohort.id).first {
        $0.personID == person && $0.lastDay == nil
      }, lastClass: try state.lastClass(heldBy: person, inCohort: cohort.id))
  }

  private static func act(
    _ request: BitimV1.AssignTrainerRequest, _ cohort: CohortRecord, on today: CivilDate
  ) throws -> AssignTrainer {
    try TextRule.allow(request.evidence, column: "evidence")
    return AssignTrainer(
      cohortID: cohort.id, personID: request.personId,
      description: try Self.description(request, on: today), evidence: request.evidence)
  }

  /// Whom a request describes; nil if it gives a number alone.
  ///
  /// - Throws: ``Refusals`` of what is missing or can't be read.
  private static func description(
    _ request: BitimV1.AssignTrainerRequest, on today: CivilDate
  ) throws -> AssignTrainer.Description? {
    let isDescribed =
      request.identifier != nil || !request.birthDate.isEmpty || request.names != nil
    guard isDescribed else { return nil }
    var person = BitimV1.Person()
    person.identifiers = request.identifier.map { [$0] } ?? []
    person.birthDate = request.birthDate
    person.names = request.names
    let intake = PersonIntake(PersonForm(person), on: today)
    guard let read = intake.person, let identifier = read.identifiers.first else {
      throw Refusals(all: intake.refusals)
    }
    return AssignTrainer.Description(
      identifier: identifier, birthDate: read.birthDate, names: read.names)
  }

  private static func facts(
    _ act: AssignTrainer, _ cohort: CohortRecord, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> AssignTrainer.Facts {
    let holder = try act.description.flatMap { description in
      let traits = Likeness.traits(
        names: [], birthDate: description.birthDate, identifiers: [description.identifier])
      let holder = try caller.candidates(traits, state).first { candidate in
        candidate.person.identifiers.contains { $0.key == description.identifier.key }
      }
      if let holder {
        try caller.ask(description.inquiry(isHolderKnown: holder.isKnownHere))
      }
      return holder?.person.id
    }
    var facts = AssignTrainer.Facts(
      candidate: nil, holderID: holder,
      trainers: Set(try state.trainers(ofCohort: cohort.id)), isBySchool: caller.isSchool)
    let id = act.personID != 0 ? act.personID : holder ?? 0
    if let birthDate = try state.birthDate(of: id) {
      let roles = try state.roles(of: id, in: cohort.organisationID)
      facts.candidate = AssignTrainer.Candidate(
        id: id, birthDate: birthDate, names: try state.allNames(of: id),
        isTrainerThere: roles.contains(.trainer),
        isTrainee: try state.persons().numbers(of: id).contains {
          try state.enrolment(ofPerson: $0, inCohort: cohort.id) != nil
        },
        certificate: try state.certificates(ofNaturalPerson: id).first {
          $0.programme == 3 && $0.life.standing(on: caller.today) == .valid
        }?.number.text)
    }
    return facts
  }
}
