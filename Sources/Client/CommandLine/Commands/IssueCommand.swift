import BitimClient
import BitimProtocol

/// `bitim issue`: preview, then the decision and the issue of exactly what was shown; or the refusal.
enum IssueCommand {
  static let help = Help(
    summary: .helpIssue, usage: .helpIssueUsage,
    examples: [
      "bitim issue --cohort P1-ALA-01 --preview", "bitim issue --cohort P1-ALA-01 --approve",
      "bitim issue --person Өтегенова --for school --approve",
      "bitim issue --person Өтегенова --for 1 --refuse --why 'құжат жарамсыз'",
    ])

  static let ends: [String: BitimV1.RefusalEnd] = [
    "mended": .mended, "wrong_person": .wrongPerson, "appeal": .appeal, "court": .court,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let modes = ["preview", "approve", "refuse", "withdraw-refusal"]
    let arguments = try Arguments(
      words, options: ["cohort", "person", "for", "digest", "why", "reason", "specimens", "fonts"],
      switches: Set(modes))
    try arguments.atMost(0)
    guard modes.count(where: { arguments.has($0) }) == 1 else {
      let list = modes.map { "--\($0)" }.joined(separator: ", ")
      throw Arguments.Fault(text: .usageOneOf, arguments: ["list": list])
    }
    if !arguments.has("preview"), arguments["specimens"] != nil {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--preview"])
    }
    if arguments.has("refuse") { return try await Self.refuse(arguments, desk) }
    if arguments.has("withdraw-refusal") { return try await Self.withdraw(arguments, desk) }
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
      Self.showNames(preview, desk)
      if let folder = arguments["specimens"] {
        let end = try CertificateCommand.specimens(
          of: preview.lines, in: folder, fonts: arguments["fonts"], desk)
        guard end == .done else { return end }
      }
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

  private static func refuse(_ arguments: Arguments, _ desk: Desk) async throws -> Desk.End {
    let (person, target) = try await Self.programme(arguments, desk)
    var request = BitimV1.RefuseCertificateRequest()
    request.personId = person.id
    request.programme = target.programme
    request.why = try arguments.required("why")
    let service = CertificateServiceClient(desk.client)
    let done = try await request.done(by: service.refuseCertificate) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard done != nil else { return .refused }
    desk.output.note(.issueRefused, ["name": desk.name(person.names)])
    return .done
  }

  private static func withdraw(_ arguments: Arguments, _ desk: Desk) async throws -> Desk.End {
    let (person, target) = try await Self.programme(arguments, desk)
    var request = BitimV1.WithdrawRefusalRequest()
    request.personId = person.id
    request.programme = target.programme
    request.reason = try desk.word(arguments, "reason", Self.ends)
    request.why = try arguments.required("why")
    let service = CertificateServiceClient(desk.client)
    let done = try await request.done(by: service.withdrawRefusal) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.displayId ?? "", proposedAs: done.answer.proposal)
  }

  /// Whose pass it is about: one person's, in one programme.
  private static func programme(
    _ arguments: Arguments, _ desk: Desk
  ) async throws -> (BitimV1.PersonLine, BitimV1.Target) {
    let target = try WhyCommand.target(arguments.required("for"))
    guard target.kind == .programme else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: [
          "option": "--for", "value": arguments["for"] ?? "", "list": "1, 2, 3",
        ])
    }
    return (try await desk.person(arguments.required("person")), target)
  }

  /// Says why the caller may not decide on some who meet every rule: each reason once, with all of them.
  private static func showSeparations(_ lines: [BitimV1.PreviewLine], _ desk: Desk) {
    var told: [String] = []
    for reason in lines.compactMap(\.separation?.reason) where !told.contains(reason) {
      told.append(reason)
      let who = lines.filter { $0.separation?.reason == reason }
        .map { $0.person?.displayId ?? "" }.joined(separator: ", ")
      Output.complain(desk.words(reason, ["who": who], place: false))
    }
  }

  /// Says what is printed of each holder, in each script.
  private static func showNames(_ preview: BitimV1.PreviewIssueResponse, _ desk: Desk) {
    for line in preview.lines {
      guard let holder = line.sheet?.holder else { continue }
      let names = [holder.kk, holder.ru, holder.latin].compactMap { $0 }.map(Desk.name)
      desk.output.note(
        .previewNames,
        ["number": line.person?.displayId ?? "", "names": names.joined(separator: " · ")])
    }
  }

  private static func show(_ preview: BitimV1.PreviewIssueResponse, _ desk: Desk) {
    let rows = preview.lines.map { line in
      let state =
        !line.certificateNumber.isEmpty
        ? line.certificateNumber
        : line.isEligible
          ? desk.output.cells.say(line.separation == nil ? .previewReady : .previewNotByYou)
          : line.missing.map { rule in
            [desk.cells.rule(rule), desk.cells.evidence(rule)].filter { !$0.isEmpty }.joined(
              separator: ": ")
          }.joined(separator: "; ")
      return [line.person?.displayId ?? "", desk.name(line.person?.names), state]
    }
    desk.output.rows(
      [
        .number, .name, .state,
      ], rows, messages: preview.lines)
    Self.showSeparations(preview.lines, desk)
    // Each once, however many passed before them.
    var told: [BitimV1.InvitedExaminer] = []
    for examiner in preview.lines.flatMap(\.invited) where !told.contains(examiner) {
      told.append(examiner)
      desk.show(examiner.invitation ?? .init(), of: examiner.person ?? .init())
    }
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
