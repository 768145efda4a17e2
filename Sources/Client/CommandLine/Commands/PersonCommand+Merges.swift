import BitimClient
import BitimProtocol

/// `bitim person merge`, `split`: two numbers of one person, and no longer.
extension PersonCommand {
  /// The words of how a link ends.
  private static let linkEnds: [String: BitimV1.LinkEnd] = [
    "ended": .ended, "in_error": .inError,
  ]

  static func merge(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["document", "digest"])
    try arguments.atMost(2)
    let person = try await desk.person(arguments.position(0, "NAME"))
    let other = try await desk.person(arguments.position(1, "NAME"))
    var request = BitimV1.MergePeopleRequest()
    request.personId = person.id
    request.otherId = other.id
    request.document = try arguments.required("document")
    let done = try await request.done(by: PersonServiceClient(desk.client).mergePeople) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(
      of: "\(person.displayId), \(other.displayId)", proposedAs: done.answer.proposal)
  }

  static func split(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["how", "document", "digest"])
    try arguments.atMost(2)
    let person = try await desk.person(arguments.position(0, "NAME"))
    let other = try await desk.person(arguments.position(1, "NAME"))
    var request = BitimV1.SplitPeopleRequest()
    request.personId = person.id
    request.otherId = other.id
    request.how = try desk.word(arguments, "how", Self.linkEnds)
    request.document = try arguments.required("document")
    let done = try await request.done(by: PersonServiceClient(desk.client).splitPeople) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(
      of: "\(person.displayId), \(other.displayId)", proposedAs: done.answer.proposal)
  }
}

extension Desk {
  /// Shows two numbers, and that they would be one person's, or no longer.
  func show(_ shown: BitimV1.MergeShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))  \(shown.birthDate)")
    Output.complain(
      "\(shown.otherDisplayId)  \(self.name(shown.otherNames))  \(shown.otherBirthDate)")
    switch shown.how {
    case .ended: self.output.note(.shownLinkEnds)
    case .inError: self.output.note(.shownLinkWrong)
    default:
      self.output.note(.shownLinks, ["numbers": shown.numbers.joined(separator: ", ")])
    }
    self.output.note(.shownWhy, ["why": shown.document])
  }
}

extension BitimV1.MergeShown {
  /// What is proposed, in a few words.
  var headline: Text { self.how == .unspecified ? .proposalMerge : .proposalSplit }
}
