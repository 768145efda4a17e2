import BitimClient
import BitimProtocol

/// `bitim proposal`: what waits for a second person is listed, approved, ended.
enum ProposalCommand {
  static let help = Help(
    summary: .helpProposal, usage: .helpProposalUsage,
    examples: [
      "bitim proposal list", "bitim proposal approve 417",
      "bitim proposal end 417 --reason 'құжатта аты-жөні басқаша'",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "list": return try await Self.list(rest, desk)
    case "approve": return try await Self.approve(rest, desk)
    case "end": return try await Self.end(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded, arguments: ["what": "list | approve | end"])
    }
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let proposals = try await Self.waiting(desk)
    let rows = proposals.map { proposal in
      let about = desk.headline(proposal).person
      return [
        "\(proposal.act)", desk.cells.headline(proposal).kind, about,
        desk.name(proposal.proposer?.names), proposal.lastDay,
      ]
    }
    // Not each is about a person; programs know the column by the name that it was given.
    desk.output.rows(
      [.number, .kind, .person, .actor, .until], rows, messages: proposals,
      titled: [.person: .columnSubject])
    return .done
  }

  private static func approve(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["digest"])
    try arguments.atMost(1)
    var request = BitimV1.ApproveRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    let service = ProposalServiceClient(desk.client)
    if let proposal = try await Self.waiting(desk).first(where: { $0.act == request.act }) {
      desk.show(proposal)
      if let obstacle = desk.obstacle(proposal) {
        Output.complain(obstacle)
        return .refused
      }
      guard desk.isApproved(proposal.shownDigest, arguments) else { return .refused }
      request.shownDigest = proposal.shownDigest
    }
    // What does not wait the server refuses, and says why.
    _ = try await service.approve(request)
    desk.output.note(.proposalApproved, ["proposal": "\(request.act)"])
    return .done
  }

  private static func end(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["reason"])
    try arguments.atMost(1)
    var request = BitimV1.EndProposalRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.reason = try arguments.required("reason")
    let response = try await ProposalServiceClient(desk.client).endProposal(request)
    desk.output.note(
      response.how == .withdrawn ? .proposalWithdrawn : .proposalDeclined,
      ["proposal": "\(request.act)"])
    return .done
  }

  /// Everything that waits.
  private static func waiting(_ desk: Desk) async throws -> [BitimV1.Proposal] {
    let service = ProposalServiceClient(desk.client)
    return try await BitimV1.ListProposalsRequest().pages(by: service.listProposals)
      .flatMap(\.proposals)
  }
}
