import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps people.
enum PersonService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.PersonService.registerPerson, asksWho: true, Self.register),
      services.write(BitimV1.PersonService.renamePerson, Self.rename),
      services.write(BitimV1.PersonService.addIdentifier, asksWho: true, Self.addIdentifier),
      services.write(BitimV1.PersonService.endIdentifier, Self.endIdentifier),
      services.write(
        BitimV1.PersonService.correctIdentifier, asksWho: true, Self.correctIdentifier),
      services.write(BitimV1.PersonService.correctPerson, Self.correctPerson),
      services.write(BitimV1.PersonService.barPerson, Self.bar),
      services.write(BitimV1.PersonService.endBar, Self.endBar),
      services.write(BitimV1.PersonService.withdrawBar, Self.withdrawBar),
      services.write(BitimV1.PersonService.recordDeath, Self.recordDeath),
      services.write(BitimV1.PersonService.withdrawDeath, Self.withdrawDeath),
      services.write(BitimV1.PersonService.mergePeople, Self.merge),
      services.write(BitimV1.PersonService.splitPeople, Self.split),
      services.write(BitimV1.PersonService.dismissDouble, Self.dismissDouble),
      services.list(BitimV1.PersonService.listDoubles, Self.listDoubles),
      services.noted(BitimV1.PersonService.findPeople, Self.find),
      services.noted(BitimV1.PersonService.getPerson, Self.get),
    ]
  }

  @Sendable private static func register(
    _ caller: Caller, _ request: BitimV1.RegisterPersonRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RegisterPersonResponse {
    let act = try RegisterPerson(
      PersonForm(request.person ?? .init()), distinctFrom: request.distinctFrom,
      evidence: request.distinctEvidence.normal, on: caller.today)
    let person = try transaction.state.nextPersonID()
    let facts = RegisterPerson.Facts(
      candidates: try caller.candidates(act.traits, transaction.state), nextPerson: person,
      isSchool: caller.isSchool)
    try caller.ask(act.inquiry(among: facts.candidates))
    try transaction.record(try act.decided(facts), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.RegisterPersonResponse()
    response.person = try Self.person(person, caller, transaction.state)
    return response
  }

  @Sendable private static func rename(
    _ caller: Caller, _ request: BitimV1.RenamePersonRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RenamePersonResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    let act = try RenamePerson(
      request.personId, to: Names(request.names), from: request.from,
      reason: request.reason.normal)
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.RenamePersonResponse()
    response.proposal = try ProposedAct.renamePerson(act).settle(
      decision, by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  /// What a renaming comes to as things stand.
  static func decision(
    _ act: RenamePerson, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    guard let since = try state.namesSince(of: act.person) else {
      throw Refusal(finding: .personUnknown, column: "person_id")
    }
    let facts = RenamePerson.Facts(
      names: try state.names(of: act.person), since: since,
      correction: try state.correctionFacts(of: act.person),
      corrector: try caller.corrector(of: act.person, state))
    return try act.decided(facts, on: caller.today)
  }

  /// A person as the caller may read one.
  static func person(
    _ id: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimV1.Person? {
    try state.person(id).map { .init($0, toSchool: caller.isSchool) }
  }

  @Sendable private static func find(
    _ caller: Caller, _ request: BitimV1.FindPeopleRequest, _ state: borrowing Snapshot
  ) throws -> (BitimV1.FindPeopleResponse, [Reading]) {
    let size = try Pages.size(request.pageSize)
    let search = try PersonSearch(request.query, caller, state)
    let reading = try search.isByIdentifier ? ReadPersonalData(.search, for: request.purpose) : nil
    let found = try search.found(state)
    var response = BitimV1.FindPeopleResponse()
    response.people = try found.people.prefix(size).compactMap { try state.line($0, to: caller) }
    response.hasMore = found.isMore || found.people.count > size
    response.similar = try found.similar.compactMap { try state.line($0, to: caller) }
    response.total = Int32(found.people.count)
    guard let reading else { return (response, []) }
    // That nobody has the number was told, too.
    let shown = response.people.isEmpty ? [BitimV1.PersonLine()] : response.people
    return (
      response,
      shown.map { line in
        let fields = [("names", line.names != nil), ("birth_year", line.birthYear != 0)]
        return reading.reading(of: line.id, showing: fields, by: caller)
      }
    )
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetPersonRequest, _ state: borrowing Snapshot
  ) throws -> (BitimV1.GetPersonResponse, [Reading]) {
    let reading = try ReadPersonalData(.file, for: request.purpose)
    try caller.mayActOn(person: request.personId, column: "person_id", state)
    var response = BitimV1.GetPersonResponse()
    response.person = try Self.person(request.personId, caller, state)
    response.displayId = PersonNumber.text(request.personId)
    let numbers = try caller.numbers(of: request.personId, state)
    response.numbers = numbers.map { PersonNumber.text($0) }
    for number in numbers.isEmpty ? [request.personId] : numbers {
      response.enrolments += try Self.enrolments(of: number, caller, state)
      response.certificateNumbers += try state.certificates(ofPerson: number).map(\.number.text)
    }
    response.learning = try .init(of: request.personId, caller, state)
    return (
      response, [reading.reading(of: request.personId, showing: response.fields, by: caller)]
    )
  }

  /// The enrolments under a number that the caller may read.
  private static func enrolments(
    of person: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> [BitimV1.PersonEnrolment] {
    var enrolments: [BitimV1.PersonEnrolment] = []
    for enrolment in try state.enrolments(ofPerson: person) {
      let file = try EnrolmentFile(enrolment, state)
      guard caller.isOf(file.cohort.organisationID) else { continue }
      enrolments.append(.init(file))
    }
    for (enrolment, lastDay, isTransferred) in try state.formerPlaces(ofPerson: person) {
      let file = try EnrolmentFile(enrolment, state)
      guard caller.isOf(file.cohort.organisationID) else { continue }
      var line = BitimV1.PersonEnrolment(file)
      line.state = isTransferred ? "transferred" : "withdrawn"
      line.lastDay = lastDay.iso
      if isTransferred {
        // What is earned since is the other cohort's.
        let hours = try state.attended(
          underEnrolment: enrolment.id, inCohort: enrolment.cohortID)
        line.theoryQuarters = Int32(hours.theory)
        line.practiceQuarters = Int32(hours.practice)
        (line.recognisedTheoryQuarters, line.recognisedPracticeQuarters) = (0, 0)
        line.certificateNumber = ""
      }
      enrolments.append(line)
    }
    return enrolments
  }
}

extension BitimV1.PersonEnrolment {
  /// A line of a person's history.
  fileprivate init(_ file: EnrolmentFile) {
    self.init()
    self.cohort = file.cohort.code
    self.programme = Int32(file.dossier.edition.programme)
    self.enrolledOn = file.enrolment.enrolledOn.iso
    self.theoryQuarters = Int32(file.dossier.hours.theory)
    self.practiceQuarters = Int32(file.dossier.hours.practice)
    self.recognisedTheoryQuarters = Int32(file.dossier.recognised.theory)
    self.recognisedPracticeQuarters = Int32(file.dossier.recognised.practice)
    self.state = file.dossier.stage.rawValue
    self.certificateNumber = file.dossier.certificate?.text ?? ""
  }
}

extension BitimV1.GetPersonResponse {
  /// What is told of the person, by the names of fields, and whether it is.
  fileprivate var fields: [(String, Bool)] {
    let person = self.person ?? .init()
    return [
      ("names", person.names != nil), ("birth_date", !person.birthDate.isEmpty),
      ("identifiers", !person.identifiers.isEmpty),
      ("education", person.education != .unspecified), ("bars", !person.bars.isEmpty),
      ("former_names", !person.formerNames.isEmpty), ("evidence", !person.evidence.isEmpty),
      ("ended_identifiers", !person.endedIdentifiers.isEmpty), ("death", person.death != nil),
      ("enrolments", !self.enrolments.isEmpty),
      ("certificate_numbers", !self.certificateNumbers.isEmpty),
      ("numbers", !self.numbers.isEmpty), ("learning", self.learning != nil),
    ]
  }
}
