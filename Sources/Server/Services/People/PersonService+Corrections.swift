import BitimDomain
import BitimProtocol
import BitimStore

/// Corrects what is known of people: done at once, or proposed for another person to approve.
extension PersonService {
  @Sendable static func addIdentifier(
    _ caller: Caller, _ request: BitimV1.AddIdentifierRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.AddIdentifierResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    let act = try AddIdentifier(
      request.personId, PersonForm.Identifier(request.identifier),
      distinctFrom: request.distinctFrom, evidence: request.distinctEvidence.normal,
      for: .init(request.reason, request.evidence), on: caller.today)
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.AddIdentifierResponse()
    response.proposal = try ProposedAct.addIdentifier(act).settle(
      decision, by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  @Sendable static func endIdentifier(
    _ caller: Caller, _ request: BitimV1.EndIdentifierRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EndIdentifierResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    let act = try EndIdentifier(
      request.personId, PersonForm.Identifier(request.identifier),
      lastDay: try caller.dateOrToday(request.lastDay, column: "last_day"),
      for: .init(request.reason, request.evidence), on: caller.today)
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.EndIdentifierResponse()
    response.proposal = try ProposedAct.endIdentifier(act).settle(
      decision, by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  @Sendable static func correctIdentifier(
    _ caller: Caller, _ request: BitimV1.CorrectIdentifierRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectIdentifierResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    let act = try CorrectIdentifier(
      request.personId, PersonForm.Identifier(request.wrong),
      to: request.right.map { PersonForm.Identifier($0) },
      distinctFrom: request.distinctFrom, evidence: request.distinctEvidence.normal,
      for: .init(request.reason, request.evidence), on: caller.today)
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.CorrectIdentifierResponse()
    response.proposal = try ProposedAct.correctIdentifier(act).settle(
      decision, by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  @Sendable static func correctPerson(
    _ caller: Caller, _ request: BitimV1.CorrectPersonRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectPersonResponse {
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    let act = try CorrectPerson(
      request.personId, birthDate: request.birthDate, education: request.education.rawValue,
      for: .init(request.reason, request.evidence), on: caller.today)
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.CorrectPersonResponse()
    response.proposal = try ProposedAct.correctPerson(act).settle(
      decision, by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  // What the acts come to as things stand.

  static func decision(
    _ act: AddIdentifier, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let question = try Self.question(of: act.person, caller, state)
    let candidates = try Self.candidates(act.claim, question, caller, state)
    return try act.decided(question, among: candidates)
  }

  static func decision(
    _ act: EndIdentifier, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(Self.question(of: act.person, caller, state), on: caller.today)
  }

  static func decision(
    _ act: CorrectIdentifier, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let question = try Self.question(of: act.person, caller, state)
    let candidates = try act.right.map { try Self.candidates($0, question, caller, state) } ?? []
    return try act.decided(question, among: candidates)
  }

  static func decision(
    _ act: CorrectPerson, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(Self.question(of: act.person, caller, state))
  }

  private static func question(
    of person: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Correction.Question {
    guard let file = try state.person(person) else {
      throw Refusal(finding: .personUnknown, column: "person_id")
    }
    return Correction.Question(
      file: file, facts: try state.correctionFacts(of: person),
      corrector: try caller.corrector(of: person, state))
  }

  /// Whose a number may be; about whom a centre asks so is counted.
  private static func candidates(
    _ claim: IdentifierClaim, _ question: Correction.Question, _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> [Candidate] {
    let candidates = try caller.candidates(claim.traits(with: question.file), state)
    try caller.ask(claim.inquiry(for: question.file, among: candidates))
    return candidates
  }
}

extension Caller {
  /// As whom the caller corrects what is known of a person.
  func corrector(
    of person: Int64, _ state: borrowing Snapshot
  ) throws -> Correction.Corrector {
    .init(
      personID: try self.number(beside: person, state), organisation: self.organisationID,
      isSchool: self.isSchool)
  }
}

extension CorrectionGround.Form {
  /// Why, and the paper that shows it, as a request says them.
  fileprivate init(_ reason: BitimV1.CorrectionReason, _ evidence: BitimV1.Evidence?) {
    self.init(
      reason: reason.rawValue, document: evidence?.document.normal ?? "",
      number: evidence?.number.normal ?? "", seenBy: evidence?.seenBy.normal ?? "",
      seenOn: evidence?.seenOn ?? "")
  }
}

extension BitimV1.Evidence {
  /// The paper that a correction rests on, as it is shown.
  fileprivate init(_ ground: CorrectionGround) {
    self.init()
    self.document = ground.document
    self.number = ground.number
    self.seenBy = ground.seenBy
    self.seenOn = ground.seenOn.iso
  }
}

extension BitimV1.IdentifierShown {
  private init(
    of person: Int64, for ground: CorrectionGround, _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.displayId = PersonNumber.text(person)
    self.names = .init(try state.names(of: person))
    self.reason = .init(ground.reason)
    self.evidence = .init(ground)
  }

  private mutating func claim(_ claim: IdentifierClaim) {
    self.after = .init(claim.identifier)
    self.distinctFrom = claim.distinct.people.sorted().map(PersonNumber.text)
    self.distinctEvidence = claim.distinct.evidence
  }

  /// The one of these numbers that is `identifier`; none where it is there no more.
  private static func there(
    _ identifier: Identifier, among known: [Identifier]?
  ) -> BitimV1.Identifier? {
    known?.first { $0.key == identifier.key }.map { .init($0) }
  }

  /// The act that it shows.
  var act: String {
    if !self.lastDay.isEmpty { return "EndIdentifier" }
    return self.before == nil ? "AddIdentifier" : "CorrectIdentifier"
  }

  init(adding act: AddIdentifier, _ state: borrowing Snapshot) throws {
    try self.init(of: act.person, for: act.ground, state)
    self.claim(act.claim)
  }

  init(ending act: EndIdentifier, _ state: borrowing Snapshot) throws {
    try self.init(of: act.person, for: act.ground, state)
    self.before = Self.there(act.identifier, among: try state.person(act.person)?.standing)
    self.lastDay = act.lastDay.iso
  }

  init(correcting act: CorrectIdentifier, _ state: borrowing Snapshot) throws {
    try self.init(of: act.person, for: act.ground, state)
    self.before = Self.there(
      act.wrong, among: try state.person(act.person)?.person.identifiers)
    if let right = act.right { self.claim(right) }
  }
}

extension BitimV1.PersonShown {
  init(correcting act: CorrectPerson, _ state: borrowing Snapshot) throws {
    self.init()
    let known = try state.person(act.person)?.person
    let education = act.education ?? known?.education
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.birthDateBefore = known?.birthDate.iso ?? ""
    self.birthDateAfter = (act.birthDate ?? known?.birthDate)?.iso ?? ""
    self.educationBefore = known?.education.map { .init($0) } ?? .unspecified
    self.educationAfter = education.map { .init($0) } ?? .unspecified
    self.reason = .init(act.ground.reason)
    self.evidence = .init(act.ground)
  }
}
