import BitimClient
import BitimProtocol

/// `bitim person death`, `withdraw-death`: that a person has died, or lives after all.
extension PersonCommand {
  static func death(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "document", "digest"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.RecordDeathRequest()
    request.personId = person.id
    request.diedOn = Sheet.iso(try arguments.required("date"))
    request.document = try arguments.required("document")
    let done = try await request.done(by: PersonServiceClient(desk.client).recordDeath) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard done != nil else { return .refused }
    desk.output.note(.personDied, ["number": person.displayId, "day": request.diedOn])
    return .done
  }

  static func withdrawDeath(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["reason", "digest"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.WithdrawDeathRequest()
    request.personId = person.id
    request.reason = try arguments.required("reason")
    let service = PersonServiceClient(desk.client)
    let done = try await request.done(by: service.withdrawDeath) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: person.displayId, proposedAs: done.answer.proposal)
  }
}
