import BitimClient
import BitimProtocol

/// `bitim issue`: preview, then the decision and the issue of exactly what was shown.
enum IssueCommand {
  static let help = Help(
    summary: .helpIssue, usage: .helpIssueUsage,
    examples: [
      "bitim issue --cohort P1-ALA-01 --preview", "bitim issue --cohort P1-ALA-01 --approve",
      "bitim issue --person Өтегенова --for school --approve",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["cohort", "person", "for", "digest"], switches: ["preview", "approve"])
    try arguments.atMost(0)
    guard arguments.has("preview") != arguments.has("approve") else {
      throw Arguments.Fault(text: .usageOneOf, arguments: ["list": "--preview, --approve"])
    }
    var request = BitimV1.PreviewIssueRequest()
    if let name = arguments["person"] {
      request.personId = try await desk.person(name).id
      request.target = try WhyCommand.target(arguments.required("for"))
    } else {
      request.cohort = try arguments.required("cohort")
      request.target = try arguments["for"].map { text throws(Arguments.Fault) in
        try WhyCommand.target(text)
      }
    }
    let service = CertificateServiceClient(desk.client)
    let preview = try await service.previewIssue(request)
    let ready = preview.lines.count { $0.isEligible }
    if arguments.has("preview") {
      Self.show(preview, desk)
      if ready > 0 { desk.output.note(.issueNeedsApproval, ["digest": preview.digest]) }
      return .done
    }
    guard ready > 0 else {
      desk.output.note(.issueNothing)
      return .done
    }
    // Who states the digest has seen the list; who is asked is shown it now.
    if arguments["digest"] == nil { Self.show(preview, desk.aside) }
    guard desk.isApproved(preview.digest, arguments) else { return .refused }
    var approval = BitimV1.IssueCertificatesRequest()
    approval.cohort = request.cohort
    approval.personId = request.personId
    approval.target = request.target
    approval.previewDigest = preview.digest
    let response = try await service.issueCertificates(approval)
    desk.output.rows(
      [
        .number, .code, .name,
      ], response.issued.map { [$0.number, $0.code, desk.name($0.person?.names)] },
      messages: response.issued)
    desk.output.note(.issueDone, ["count": "\(response.issued.count)"])
    return .done
  }

  private static func show(_ preview: BitimV1.PreviewIssueResponse, _ desk: Desk) {
    let rows = preview.lines.map { line in
      let state =
        !line.certificateNumber.isEmpty
        ? line.certificateNumber
        : line.isEligible
          ? desk.output.say(.previewReady)
          : line.missing.map { rule in
            [desk.rule(rule), desk.evidence(rule)].filter { !$0.isEmpty }.joined(separator: ": ")
          }.joined(separator: "; ")
      return [line.person?.displayId ?? "", desk.name(line.person?.names), state]
    }
    desk.output.rows(
      [
        .number, .name, .state,
      ], rows, messages: preview.lines)
    let done = preview.lines.count { !$0.certificateNumber.isEmpty }
    let ready = preview.lines.count { $0.isEligible }
    desk.output.note(
      .previewTotal,
      [
        "ready": "\(ready)", "missing": "\(preview.lines.count - ready - done)",
        "done": "\(done)",
      ])
  }
}
