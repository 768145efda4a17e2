import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps cases: appeals, complaints, applications, recognitions and applications for an entry in the register. The School's registrars, certifiers,
/// arbiters and auditors read them, a centre's registrars applications to it, and whom one concerns reads his or her
/// own.
enum CaseService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.CaseService.receiveCase, Self.receive),
      services.write(BitimV1.CaseService.submitApplication, asksWho: true, Self.submit),
      services.write(BitimV1.CaseService.decideApplication, Self.decideApplication),
      services.write(BitimV1.CaseService.receiveRecognition, Self.receiveRecognition),
      services.write(BitimV1.CaseService.decideRecognition, Self.decideRecognition),
      services.write(BitimV1.CaseService.moveCase, Self.move),
      services.write(BitimV1.CaseService.appointArbiter, Self.appoint),
      services.write(BitimV1.CaseService.decideCase, Self.decide),
      services.list(BitimV1.CaseService.getCase, Self.get),
      services.list(BitimV1.CaseService.listCases, Self.list),
    ]
  }

  @Sendable private static func receive(
    _ caller: Caller, _ request: BitimV1.ReceiveCaseRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let day = try caller.pastDateOrToday(request.receivedOn, column: "received_on")
    let kind = try CaseKind(typed: request.kind.rawValue, column: "kind")
    let act = try ReceiveCase(
      kind, of: request.personId,
      contesting: request.contested, receivedOn: day,
      toldOn: try CivilDate(typedIfThere: request.toldOn, column: "told_on"),
      lateReason: request.lateReason.normal, grounds: request.grounds.map(\.normal),
      papers: try Self.papers(request.papers, of: kind, caller))
    if act.person != 0 {
      try caller.mayActOn(person: act.person, column: "person", transaction.state)
    }
    var contested: [ContestedAct] = []
    for sequence in Set(request.contested).sorted() {
      guard let found = try transaction.state.contested(sequence, of: act.person) else {
        throw Refusal(finding: .contestedUnknown, column: "act", value: "\(sequence)")
      }
      contested.append(found)
    }
    var notifiedOn: CivilDate?
    for case .application(let sequence) in contested.map(\.subject) {
      notifiedOn = try transaction.state.caseRecord(sequence)?.notifiedOn
    }
    let deed = try act.decided(
      contested, notifiedOn: notifiedOn,
      by: caller.number(beside: act.person, transaction.state),
      isArbiter: caller.roles.contains(.arbiter))
    let sequence = try transaction.record(deed, by: caller.actor, heldOn: day)
    return try Self.response(sequence, caller, transaction.state)
  }

  @Sendable private static func move(
    _ caller: Caller, _ request: BitimV1.MoveCaseRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    let file = try Self.record(request.act, for: caller, transaction.state)
    let act = try MoveCase(
      try CaseStep(typed: request.step.rawValue, column: "step"),
      on: try caller.pastDateOrToday(request.heldOn, column: "held_on"), why: request.why.normal,
      papers: try Self.papers(request.papers, of: file.kind, caller))
    let marked = try transaction.state.certificates(markedByActsIn: file.sequence)
    let deed = try act.decided(
      file, marked: marked,
      successor: try Self.successor(of: marked, transaction.state),
      hands: try transaction.state.hands(in: file.sequence),
      by: caller.number(beside: file.person, transaction.state),
      isArbiter: !caller.roles.isDisjoint(with: [.arbiter, .appointed]))
    try transaction.record(deed, by: caller.actor, heldOn: act.day)
    return try Self.response(file.sequence, caller, transaction.state)
  }

  /// A certificate that stands beside one of these, of the same programme.
  private static func successor(
    of marked: [CertificateNumber], _ state: borrowing Snapshot
  ) throws -> CertificateNumber? {
    for number in marked {
      let there = try CertificateService.certificate(number, state)
      guard there.kind != .adopted else { continue }
      let standing = try state.standingCertificate(
        person: there.personID, of: there.study, besides: number)
      if let standing { return standing }
    }
    return nil
  }

  @Sendable private static func appoint(
    _ caller: Caller, _ request: BitimV1.AppointArbiterRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.AppointArbiterResponse {
    let file = try Self.record(request.act, transaction.state)
    guard let school = try transaction.state.school() else {
      throw StoreFailure.corrupt("organisation: there is no School")
    }
    guard try transaction.state.hasPerson(request.personId) else {
      throw Refusal(finding: .personUnknown, column: "person")
    }
    guard let letter = try Invitation(request.invitation, caller) else {
      throw Refusal(finding: .missing, column: "letter")
    }
    let persons = try transaction.state.persons()
    let person = persons.number(of: request.personId, beside: file.person)
    let act = AppointArbiter(person, by: letter)
    let roles = try persons.numbers(of: person).map {
      try transaction.state.roles(of: $0, in: school.id)
    }
    let facts = AppointArbiter.Facts(
      file: file, hands: try transaction.state.hands(in: file.sequence),
      arbiters: Set(
        try transaction.state.people(with: .arbiter, in: [school.id]).map {
          persons.number(of: $0, beside: file.person)
        }),
      isOfSchool: roles.contains { !$0.isEmpty },
      appointed: Set(try transaction.state.appointed(to: file.sequence).map(\.person)))
    let deed = try act.decided(
      facts, by: caller.number(beside: person, transaction.state), on: caller.today)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return .init()
  }

  @Sendable private static func decide(
    _ caller: Caller, _ request: BitimV1.DecideCaseRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    let file = try Self.record(request.act, for: caller, transaction.state)
    let act = try DecideCase(
      try CaseOutcome(typed: request.outcome.rawValue, column: "outcome"),
      on: try caller.pastDateOrToday(request.heldOn, column: "held_on"),
      reasons: request.reasons.map(\.normal))
    let deed = try act.decided(
      file, marked: try transaction.state.certificates(markedByActsIn: file.sequence),
      hands: try transaction.state.hands(in: file.sequence),
      by: caller.number(beside: file.person, transaction.state))
    try transaction.record(deed, by: caller.actor, heldOn: act.day)
    return try Self.response(file.sequence, caller, transaction.state)
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetCaseRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.CaseResponse {
    let found = try state.caseRecord(request.act)
    // One that is not the caller's business is as one that is not there.
    guard let found, try caller.reads(found, state) else { throw Self.unknown(request.act) }
    return try Self.response(found.sequence, caller, state)
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListCasesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListCasesResponse {
    let size = try Pages.size(request.pageSize)
    let filter = "cases:\(request.withEnded)"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    var response = BitimV1.ListCasesResponse()
    var octets = 0
    let found =
      caller.isSchool
      ? try state.cases(after: after, withEnded: request.withEnded, limit: size + 1)
      : try state.applications(
        to: caller.organisationID, after: after, withEnded: request.withEnded, limit: size + 1)
    for sequence in found {
      // A case has texts: a page ends before it is too much for one answer.
      if response.cases.count == size || octets > Self.octetsMax, let last = response.cases.last {
        response.nextPageToken = Pages.token(after: "\(last.act)", filter: filter)
        break
      }
      guard let message = try Self.response(sequence, caller, state).found else { continue }
      octets += message.encoded.count
      response.cases.append(message)
    }
    return response
  }

  /// The most octets of a page.
  private static let octetsMax = 500_000

  /// The case with this number.
  ///
  /// - Throws: ``Refusal`` with ``Reason/caseUnknown``.
  static func record(_ sequence: Int64, _ state: borrowing Snapshot) throws -> CaseRecord {
    guard let found = try state.caseRecord(sequence) else { throw Self.unknown(sequence) }
    return found
  }

  /// The same of who decides or moves one: who is appointed has no other than that, and a centre the applications
  /// to it.
  static func record(
    _ sequence: Int64, for caller: Caller, _ state: borrowing Snapshot
  ) throws -> CaseRecord {
    let found = try Self.record(sequence, state)
    if caller.isGuest {
      guard try state.isAppointed(caller.personID, to: sequence) else {
        throw Self.unknown(sequence)
      }
    } else if !caller.isSchool, !caller.receives(found) {
      throw Self.unknown(sequence)
    }
    return found
  }

  /// The case that an act cites; nil where it names none.
  ///
  /// - Throws: ``Refusal`` with ``Reason/caseUnknown``.
  static func cited(_ sequence: Int64, _ state: borrowing Snapshot) throws -> CaseRecord? {
    sequence == 0 ? nil : try Self.record(sequence, state)
  }

  private static func unknown(_ sequence: Int64) -> Refusal {
    Refusal(finding: .caseUnknown, column: "case", value: "\(sequence)")
  }

  static func papers(
    _ papers: [BitimV1.CasePaper], of kind: CaseKind, _ caller: Caller
  ) throws(Refusal) -> [CasePaper] {
    var read: [CasePaper] = []
    for paper in papers {
      var matter: PaperMatter?
      if paper.matter.rawValue != 0 {
        matter = try PaperMatter(typed: paper.matter.rawValue, column: "paper")
      }
      read.append(
        try CasePaper(
          document: paper.document.normal, number: paper.number.normal, datedOn: paper.datedOn,
          seenBy: paper.seenBy.normal, seenOn: paper.seenOn, matter: matter,
          result: paper.result.normal, of: kind, on: caller.today))
    }
    return read
  }

  static func response(
    _ sequence: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimV1.CaseResponse {
    guard let file = try state.caseFile(sequence) else { throw Self.unknown(sequence) }
    var response = BitimV1.CaseResponse()
    response.found = try BitimV1.Case(file, to: caller, state)
    return response
  }
}

extension Caller {
  /// The papers of a case that the caller reads: what they say, and those on health, registrars of the School and
  /// certifiers alone.
  fileprivate func papers(_ papers: [CasePaper]) -> [BitimV1.CasePaper] {
    let readsAll = self.isSchool && !self.roles.isDisjoint(with: [.registrar, .certifier])
    return papers.filter { readsAll || $0.matter?.isOfHealth != true }.map { paper in
      var message = BitimV1.CasePaper(paper)
      if let matter = paper.matter { message.matter = .init(matter) }
      if readsAll { message.result = paper.result }
      return message
    }
  }

  /// Whether it is an application to the caller's organisation, whose registrar he or she is.
  func receives(_ file: CaseRecord) -> Bool {
    self.roles.contains(.registrar) && file.appliedFor?.organisation == self.organisationID
  }

  /// Whether a case is for the caller to read.
  fileprivate func reads(_ file: CaseRecord, _ state: borrowing Snapshot) throws -> Bool {
    let readers: Set<Role> = [.registrar, .certifier, .arbiter, .auditor]
    if self.isSchool, !self.roles.isDisjoint(with: readers) { return true }
    if self.isGuest, try state.isAppointed(self.personID, to: file.sequence) { return true }
    if self.receives(file) { return true }
    return try file.person != 0 && file.person == self.number(beside: file.person, state)
  }
}

extension BitimV1.Case {
  /// A case as it stands today.
  fileprivate init(_ file: CaseFile, to caller: Caller, _ state: borrowing Snapshot) throws {
    self.init()
    let record = file.record
    self.act = record.sequence
    self.kind = .init(record.kind)
    self.state = .init(record.state(on: caller.today))
    self.person = try state.line(record.person, to: caller)
    self.receivedOn = record.receivedOn.iso
    self.toldOn = record.toldOn?.iso ?? ""
    self.completeOn = record.completeOn?.iso ?? ""
    self.lastDay = record.lastDay.iso
    if let outcome = record.end?.outcome { self.outcome = .init(outcome) }
    self.endedOn = record.end?.on.iso ?? ""
    self.endedAct = file.endedBy
    self.notifiedOn = record.notifiedOn?.iso ?? ""
    self.contested = try record.contested.map { try .init($0, state) }
    self.grounds = file.received.grounds
    self.lateReason = file.received.lateReason
    self.papers = caller.papers(file.received.papers)
    for (act, move) in file.moves.sorted(by: { $0.key < $1.key }) {
      var step = BitimV1.CaseMove()
      step.act = act
      step.step = .init(move.step)
      let day = record.moves.first { $0.sequence == act }?.heldOn ?? record.end?.on
      step.heldOn = day?.iso ?? ""
      step.why = move.why
      self.steps.append(step)
      self.papers += caller.papers(move.papers)
    }
    self.reasons = file.decision?.reasons ?? []
    for (person, letter) in try state.appointed(to: record.sequence) {
      var arbiter = BitimV1.AppointedArbiter()
      arbiter.person = try state.line(person, to: caller)
      arbiter.invitation = .init(letter)
      self.appointed.append(arbiter)
    }
    self.carriedOutBy = record.carriedOutBy
    if let application = file.received.application {
      self.application = try .init(application, file.decision?.checks ?? [], state)
    }
    self.recognition = file.received.recognition.map { .init($0) }
    self.recognised = try file.decision?.recognised.map { try .init($0, state) }
    self.entry = file.received.entry.map { .init($0) }
    self.entryNumber = file.decision?.entry?.text ?? ""
  }
}

extension BitimV1.CasePaper {
  init(_ paper: CasePaper) {
    self.init()
    self.document = paper.document
    self.number = paper.number
    self.datedOn = paper.datedOn?.iso ?? ""
    self.seenBy = paper.seenBy
    self.seenOn = paper.seenOn.iso
  }
}

extension BitimV1.ContestedAct {
  fileprivate init(_ act: ContestedAct, _ state: borrowing Snapshot) throws {
    self.init()
    self.act = act.sequence
    switch act.subject {
    case .result(let id):
      self.kind = "result"
      self.session = try state.session(ofResult: id)?.code ?? ""
    case .annulment(let id):
      self.kind = "annulment"
      self.session = try state.session(ofResult: id)?.code ?? ""
    case .mark(let number):
      self.kind = try state.markKind(number, madeBy: act.sequence) ?? ""
      self.certificate = number.text
    case .application: self.kind = "application"
    }
  }
}
