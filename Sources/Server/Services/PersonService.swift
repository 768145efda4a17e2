import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps people.
enum PersonService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.PersonService.registerPerson, Self.register),
      services.write(BitimV1.PersonService.renamePerson, Self.rename),
      services.write(BitimV1.PersonService.barPerson, Self.bar),
      services.list(BitimV1.PersonService.findPeople, Self.find),
      services.list(BitimV1.PersonService.getPerson, Self.get),
    ]
  }

  @Sendable private static func register(
    _ caller: Caller, _ request: BitimV1.RegisterPersonRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RegisterPersonResponse {
    let intake = PersonIntake(request.person ?? .init(), today: caller.today, isExpert: true)
    guard var person = intake.checked else { throw Refusals(all: intake.refusals) }
    if let known = try intake.known(in: transaction.state) {
      throw Refusal(.identifierTaken, column: "iin", ["person": PersonNumber.text(known)])
    }
    person.id = try transaction.state.nextPersonID()
    try transaction.record(
      .personRegistered(.init(person)), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.RegisterPersonResponse()
    response.person = .init(person)
    return response
  }

  @Sendable private static func rename(
    _ caller: Caller, _ request: BitimV1.RenamePersonRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RenamePersonResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    guard let file = try transaction.state.person(request.personId) else {
      throw StoreFailure(kind: .corrupt, "person: is not there")
    }
    try TextRule.check(request.reason, column: "reason")
    var person = BitimV1.Person(file.person)
    person.names = request.names
    let intake = PersonIntake(person, today: caller.today, isExpert: true)
    let named = intake.refusals.filter { $0.reason != .identifierMissing }
    guard named.isEmpty else { throw Refusals(all: named) }
    let deed = PersonRenamed(
      personID: request.personId, names: Names(intake.person.names), reason: request.reason)
    try transaction.record(.personRenamed(deed), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.RenamePersonResponse()
    response.person = try transaction.state.person(request.personId).map { .init($0) }
    return response
  }

  @Sendable private static func bar(
    _ caller: Caller, _ request: BitimV1.BarPersonRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.BarPersonResponse {
    let bar = request.bar ?? .init()
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    guard let kind = BarKind(number: bar.kind.rawValue) else {
      throw Refusal(.notInList, column: "kind")
    }
    let from = try CivilDate(parsing: bar.validFrom, column: "valid_from")
    let until = try bar.validUntil.map { text throws(Refusal) in
      try CivilDate(parsing: text, column: "valid_until")
    }
    if let until, until < from {
      throw Refusal(.datesReversed, column: "valid_until", value: until.iso)
    }
    let deed = PersonBarred(
      personID: request.personId, bar: Bar(kind, days: Period(from: from, until: until)))
    try transaction.record(.personBarred(deed), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.BarPersonResponse()
    response.person = try transaction.state.person(request.personId).map { .init($0) }
    return response
  }

  @Sendable private static func find(
    _ caller: Caller, _ request: BitimV1.FindPeopleRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.FindPeopleResponse {
    let size = try Pages.size(request.pageSize)
    guard !request.query.isEmpty else { throw Refusal(.missing, column: "query") }
    var response = BitimV1.FindPeopleResponse()
    var ids: [Int64]
    let digits = request.query.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    if let id = PersonNumber.id(typed: request.query) {
      ids = try state.hasPerson(id) ? [id] : []
    } else if digits, let iin = try? IIN(request.query) {
      ids =
        try state.person(identifier: .iin, country: "KAZ", type: "", number: iin.digits)
        .map { [$0] } ?? []
    } else {
      ids = try state.people(
        nameWords: PersonFinder.words(request.query, column: "query"),
        limit: caller.isSchool ? size + 1 : 1_000)
    }
    if !caller.isSchool {
      var known: [Int64] = []
      for id in ids where try state.isKnown(person: id, to: caller.organisationID) {
        known.append(id)
      }
      ids = Array(known.prefix(size + 1))
    }
    if ids.count > size {
      ids.removeLast()
      response.hasMore = true
    }
    for id in ids { if let line = try state.line(id) { response.people.append(line) } }
    return response
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetPersonRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetPersonResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", state)
    guard let file = try state.person(request.personId) else {
      throw StoreFailure(kind: .corrupt, "person: is not there")
    }
    var response = BitimV1.GetPersonResponse()
    response.person = .init(file)
    response.displayId = PersonNumber.text(request.personId)
    for enrolment in try state.enrolments(ofPerson: request.personId) {
      let file = try EnrolmentFile(enrolment, state)
      var line = BitimV1.PersonEnrolment()
      line.cohort = file.cohort.code
      line.programme = Int32(file.dossier.edition.programme)
      line.enrolledOn = enrolment.enrolledOn.iso
      line.theoryQuarters = Int32(file.dossier.hours.theory)
      line.practiceQuarters = Int32(file.dossier.hours.practice)
      line.state = file.dossier.stage.rawValue
      line.certificateNumber = file.dossier.certificate?.text ?? ""
      response.enrolments.append(line)
    }
    response.certificateNumbers = try state.certificates(ofPerson: request.personId).map(
      \.number.text)
    return response
  }
}
