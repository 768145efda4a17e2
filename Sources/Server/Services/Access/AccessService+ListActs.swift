import BitimDomain
import BitimProtocol
import BitimStore

/// What was done and what was refused, for auditors.
extension AccessService {
  /// How many subjects of an act are told; how many there are is told besides.
  private static let subjectsMax = 20
  /// The longest seed of a sample, in octets.
  private static let seedMax = 100

  static func acts(
    _ request: BitimV1.ListActsRequest, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.ListActsResponse {
    let size = try Pages.size(request.pageSize)
    let asked = try Self.filter(request, state)
    let (seed, outcome) = (request.seed, request.outcome.rawValue)
    guard seed.utf8.count <= Self.seedMax else {
      throw Refusal(
        finding: .textTooLong, column: "seed", value: String(seed.prefix(40)),
        ["limit": "\(Self.seedMax)"])
    }
    // The seed may have any character, and comes last.
    let filter = """
      acts:\(asked.kind):\(asked.actorID):\(asked.personID):\(request.from):\(request.until):\
      \(asked.organisationID):\(outcome):\(asked.code):\(seed)
      """
    let last = Int64(try Pages.key(request.pageToken, filter: filter))
    let page =
      seed.isEmpty
      ? try state.acts(asked, before: last ?? .max, limit: size, zone: zone)
      : try state.acts(asked, drawnBy: seed, behind: last, limit: size, zone: zone)
    var response = BitimV1.ListActsResponse()
    for act in page.acts { response.acts.append(try Self.line(of: act, state)) }
    if let next = page.next {
      response.nextPageToken = Pages.token(after: "\(next)", filter: filter)
    }
    return response
  }

  /// Reads what is asked for.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``, ``Reason/personUnknown``, ``Reason/organisationUnknown`` or
  ///   ``Reason/notADate``.
  private static func filter(
    _ request: BitimV1.ListActsRequest, _ state: borrowing Snapshot
  ) throws -> ActFilter {
    var filter = ActFilter()
    guard request.kind.isEmpty || Deed.kinds.contains(request.kind) else {
      throw Refusal(finding: .notInList, column: "kind", value: request.kind)
    }
    filter.kind = request.kind
    for (person, column) in [(request.actorId, "actor_id"), (request.personId, "person_id")] {
      guard try person == 0 || state.hasPerson(person) else {
        throw Refusal(finding: .personUnknown, column: column, value: PersonNumber.text(person))
      }
    }
    filter.actorID = request.actorId
    filter.personID = request.personId
    if !request.organisation.isEmpty {
      filter.organisationID = try OrganisationService.organisation(request.organisation, state).id
    }
    switch request.outcome {
    case .unspecified: break
    case .done: filter.isRefused = false
    case .refused: filter.isRefused = true
    default: throw Refusal(finding: .notInList, column: "outcome")
    }
    guard request.code.isEmpty || Reason(rawValue: request.code) != nil else {
      throw Refusal(finding: .notInList, column: "code", value: request.code)
    }
    filter.code = request.code
    if !request.from.isEmpty { filter.from = try CivilDate(typed: request.from, column: "from") }
    if !request.until.isEmpty {
      filter.until = try CivilDate(typed: request.until, column: "until")
    }
    return filter
  }

  static func line(
    of act: ListedAct, _ state: borrowing Snapshot
  ) throws -> BitimV1.ActLine {
    var line = BitimV1.ActLine()
    line.number = act.sequence
    line.kind = act.kind
    line.recordedAt = .init(act.recordedAt)
    line.actorId = act.actor.personID
    line.actorName = try PersonFinder.name(of: act.actor.personID, in: .kk, state)
    line.roles = try state.roles(ofToken: act.actor.tokenID).map(\.number).sorted().map {
      BitimV1.Role(rawValue: $0)
    }
    line.organisation = try state.organisation(id: act.actor.organisationID)?.code ?? ""
    let subjects = try state.lines(ofAll: act.subjects)
    line.subjectCount = Int32(clamping: subjects.count)
    for subject in subjects.prefix(Self.subjectsMax) {
      line.subjects.append(try Self.subject(subject, state))
    }
    line.outcome = act.refused == nil ? .done : .refused
    line.call = act.refused?.method ?? ""
    line.codes = act.refused?.reasons ?? []
    return line
  }

  static func subject(
    _ line: SubjectLine, _ state: borrowing Snapshot
  ) throws -> BitimV1.ActSubject {
    var subject = BitimV1.ActSubject()
    switch line.kind {
    case .person: subject.kind = .person
    case .organisation: subject.kind = .organisation
    case .cohort: subject.kind = .cohort
    case .session: subject.kind = .session
    case .certificate: subject.kind = .certificate
    case .token: subject.kind = .token
    case .edition: subject.kind = .edition
    }
    subject.personId = line.personID
    if line.kind == .person {
      subject.name = try PersonFinder.name(of: line.personID, in: .kk, state)
    }
    subject.code = line.code
    return subject
  }
}
