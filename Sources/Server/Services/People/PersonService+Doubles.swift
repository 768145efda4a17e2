import BitimDomain
import BitimProtocol
import BitimStore

/// Two people of the registry who look like one: at the School, which knows everybody.
extension PersonService {
  private static let filter = "doubles"

  @Sendable static func listDoubles(
    _ caller: Caller, _ request: BitimV1.ListDoublesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListDoublesResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let size = try Pages.size(request.pageSize)
    let key = try Pages.key(request.pageToken, filter: Self.filter)
    let last = key.split(separator: " ").compactMap { Int64($0) }
    var response = BitimV1.ListDoublesResponse()
    var people: [Int64: Candidate] = [:]
    for (first, second) in try state.pairs(behind: last.count == 2 ? (last[0], last[1]) : (0, 0)) {
      for id in [first, second] where people[id] == nil {
        people[id] = try state.candidate(id)
      }
      guard let left = people[first], let right = people[second] else { continue }
      let resemblance = Resemblance(left, right)
      guard resemblance.isDouble else { continue }
      if response.doubles.count == size {
        let end = response.doubles[size - 1]
        response.nextPageToken = Pages.token(
          after: "\(end.personId) \(end.otherId)", filter: Self.filter)
        break
      }
      response.doubles.append(BitimV1.PossibleDouble(first, second, resemblance))
    }
    return response
  }

  @Sendable static func dismissDouble(
    _ caller: Caller, _ request: BitimV1.DismissDoubleRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.DismissDoubleResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    try caller.mayActOn(person: request.otherId, column: "other_id", transaction.state)
    let act = try DismissDouble(
      request.personId, request.otherId, evidence: request.evidence.normal)
    guard let person = try transaction.state.candidate(act.second),
      let other = try transaction.state.candidate(act.first)
    else { throw Refusal(finding: .personUnknown, column: "person_id") }
    let facts = DismissDouble.Facts(
      person: person, other: other,
      isDismissed: try transaction.state.isDismissed(first: act.first, second: act.second),
      persons: try transaction.state.persons())
    let deed = try act.decided(facts, by: caller.personID)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return .init()
  }
}

extension Snapshot {
  /// Somebody whom the School, which knows everybody, may take for another; nil if there is none.
  fileprivate func candidate(_ id: Int64) throws -> Candidate? {
    try self.person(id)?.candidate(isKnownHere: true)
  }
}

extension BitimV1.PossibleDouble {
  /// A pair as it is answered: by numbers, and nothing of what makes them alike.
  fileprivate init(_ first: Int64, _ second: Int64, _ resemblance: Resemblance) {
    self.init()
    self.personId = first
    self.displayId = PersonNumber.text(first)
    self.otherId = second
    self.otherDisplayId = PersonNumber.text(second)
    self.sharesBirthDate = resemblance.birthDate
    self.namesAgree = resemblance.names
    self.identifierIsNear = resemblance.identifier
  }
}
