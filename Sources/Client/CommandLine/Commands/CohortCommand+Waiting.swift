import BitimClient
import BitimProtocol

/// `bitim cohort waiting`, `offer` and `end-waiting`: who waits for a place.
extension CohortCommand {
  static func waiting(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let waiting = try await CohortServiceClient(desk.client)
      .cohort(arguments.position(0, "CODE")).waiting
    if waiting.isEmpty {
      // Others are answered of the cohort, and not of who waits.
      let caller = try await AccessServiceClient(desk.client).whoAmI(.init())
      guard caller.roles.contains(.registrar) else {
        Output.complain(desk.words("NOT_ALLOWED", ["roles": "registrar"], place: false))
        return .refused
      }
    }
    desk.output.rows(
      [.number, .name, .since, .state],
      waiting.map { line in
        [
          line.person?.displayId ?? "", desk.name(line.person?.names), line.since,
          desk.output.cells.say(line.isAdmitted ? .stateAdmitted : .stateNotAdmitted),
        ]
      }, messages: waiting)
    return waiting.isEmpty ? .refused : .done
  }

  static func offer(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date"])
    try arguments.atMost(2)
    var request = BitimV1.OfferPlaceRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.enrolledOn = Sheet.iso(arguments["date"] ?? "")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    let done = try await CohortServiceClient(desk.client).offerPlace(request)
    desk.output.note(
      .cohortOffered,
      ["code": request.cohort, "name": desk.name(person.names), "day": done.enrolledOn])
    for finding in done.findings { Output.complain(RowFinding(1, finding, nil, desk).problem) }
    return .done
  }

  static func endWaiting(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["why"])
    try arguments.atMost(2)
    var request = BitimV1.EndWaitingRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.why = try arguments.required("why")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    _ = try await CohortServiceClient(desk.client).endWaiting(request)
    desk.output.note(
      .cohortWaitingEnded, ["code": request.cohort, "name": desk.name(person.names)])
    return .done
  }
}
