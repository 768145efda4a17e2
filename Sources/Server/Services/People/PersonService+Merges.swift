import BitimDomain
import BitimProtocol
import BitimStore

/// Numbers of one natural person: linked and parted at the School, by two persons.
extension PersonService {
  @Sendable static func merge(
    _ caller: Caller, _ request: BitimV1.MergePeopleRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.MergePeopleResponse {
    try Self.mayLink(request.personId, request.otherId, caller, transaction.state)
    let act = try MergePeople(
      request.personId, request.otherId, reading: request.document.normal)
    _ = try Self.decision(act, caller, transaction.state)
    let shown = try BitimV1.MergeShown(merging: act, transaction.state)
    var response = BitimV1.MergePeopleResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.mergePeople(act).propose(
      .link(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  @Sendable static func split(
    _ caller: Caller, _ request: BitimV1.SplitPeopleRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.SplitPeopleResponse {
    try Self.mayLink(request.personId, request.otherId, caller, transaction.state)
    let act = try SplitPeople(
      request.personId, request.otherId,
      try LinkEnd(typed: request.how.rawValue, column: "how"), reading: request.document.normal)
    _ = try Self.decision(act, caller, transaction.state)
    let shown = try BitimV1.MergeShown(splitting: act, transaction.state)
    var response = BitimV1.SplitPeopleResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.splitPeople(act).propose(
      .link(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What a merge comes to as things stand.
  static func decision(
    _ act: MergePeople, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let persons = try state.persons()
    let numbers = Set([act.first, act.second].flatMap(persons.numbers))
    var iins: Set<String> = []
    for number in numbers {
      for identifier in try state.person(number)?.standing ?? [] where identifier.kind == .iin {
        iins.insert(identifier.number)
      }
    }
    return try act.decided(.init(persons: persons, iins: iins), by: caller.personID)
  }

  /// What the end of a link comes to as things stand.
  static func decision(
    _ act: SplitPeople, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(
      Self.link(act, state), state.persons(), by: caller.personID)
  }

  /// The link that an act ends.
  ///
  /// - Throws: ``Refusal`` with ``Reason/mergeUnknown``.
  static func link(_ act: SplitPeople, _ state: borrowing Snapshot) throws -> StandingLink {
    guard let link = try state.link(first: act.first, second: act.second) else {
      throw Refusal(finding: .mergeUnknown, column: "other_id")
    }
    return link
  }

  /// Numbers are the School's to link, which knows everybody.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notYourOrganisation`` or ``Reason/personUnknown``.
  private static func mayLink(
    _ person: Int64, _ other: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    try caller.mayActOn(person: person, column: "person_id", state)
    try caller.mayActOn(person: other, column: "other_id", state)
  }
}

extension BitimV1.MergeShown {
  /// What is shown of two numbers that are to be linked.
  init(merging act: MergePeople, _ state: borrowing Snapshot) throws {
    try self.init(act.first, act.second, document: act.document, state)
  }

  /// What is shown of two numbers whose link is to end.
  init(splitting act: SplitPeople, _ state: borrowing Snapshot) throws {
    try self.init(act.first, act.second, document: act.document, state)
    self.how = .init(act.how)
  }

  private init(
    _ first: Int64, _ second: Int64, document: String, _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.displayId = PersonNumber.text(first)
    self.names = .init(try state.names(of: first))
    self.birthDate = try state.birthDate(of: first)?.iso ?? ""
    self.otherDisplayId = PersonNumber.text(second)
    self.otherNames = .init(try state.names(of: second))
    self.otherBirthDate = try state.birthDate(of: second)?.iso ?? ""
    self.document = document
    let persons = try state.persons()
    self.numbers = Set([first, second].flatMap(persons.numbers)).sorted().map {
      PersonNumber.text($0)
    }
  }
}

extension Caller {
  /// By which number the caller is compared with `person`: that one, where both are one natural person's
  /// . Whoever gives an act its caller says so by this, or gives it all numbers.
  func number(beside person: Int64, _ state: borrowing Snapshot) throws -> Int64 {
    state.note(concerned: person)
    return try state.persons().number(of: self.personID, beside: person)
  }

  /// The numbers of a natural person that the caller may know, the lowest first; none where there is no other
  /// than this one.
  func numbers(of person: Int64, _ state: borrowing Snapshot) throws -> [Int64] {
    let numbers = try state.persons().numbers(of: person).filter {
      try $0 == person || self.knows($0, state)
    }
    return numbers.count > 1 ? numbers : []
  }
}
