import BitimClient
import BitimProtocol

/// `bitim certificate`: show, print, revoke, suspend, reinstate; propose to issue anew, to withdraw what was an
/// error, or to adopt what was before.
enum CertificateCommand {
  static let help = Help(
    summary: .helpCertificate, usage: .helpCertificateUsage,
    examples: [
      "bitim certificate show 2026-000417-29",
      "bitim certificate show 2026-000417-29 --on 2026-03-15 --known 2026-03-20",
      "bitim certificate sheet 2026-000417-29 --page https://mediators.example/v",
      "bitim certificate sheet --cohort P1-ALA-01 --one-pdf топ.pdf --from 17",
      "bitim certificate bundle 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC --to ұлжан.bitim",
      "bitim certificate credential 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC",
      "bitim certificate credential 2026-000417-29 --format openbadge \\",
      "  --to ұлжан.json \\",
      "  --page https://mediators.example/verify.html",
      "bitim certificate revoke 2026-000417-29 --reason fraud --date 2026-11-20",
      "bitim certificate suspend 2026-000417-29 --ground investigation",
      "bitim certificate reinstate 2026-000417-29 --reason case_closed",
      "bitim certificate replace 2026-000417-29 --reason name_change \\",
      "  --evidence 'неке куәлігі 45-1, 2027-01-04'",
      "bitim certificate duplicate 2026-000417-29 --reason lost --date 2027-03-01",
      "bitim certificate withdraw 2026-000417-29 --reason wrong_certificate \\",
      "  --why 'қате нөмір'",
      "bitim certificate let-stand 2026-000417-29 --doubt datum_differs \\",
      "  --why 'бір сағат артық басылған'",
      "bitim certificate adopt ескі-кітап.csv",
    ], lists: .helpListsOfRows)

  private static let reasons: [String: BitimV1.RevocationReason] = [
    "fraud": .fraud, "error": .error, "attestation_annulled": .attestationAnnulled,
    "misconduct": .misconduct, "holder_request": .holderRequest, "hours_missing": .hoursMissing,
    "issuer_not_entitled": .issuerNotEntitled, "court": .court,
  ]

  private static let grounds: [String: BitimV1.SuspensionGround] = [
    "ground_fails": .groundFails, "investigation": .investigation, "entitlement": .entitlement,
    "court": .court,
    "holder_request": .holderRequest, "complaint": .complaint,
  ]

  private static let ends: [String: BitimV1.ReinstatementReason] = [
    "case_closed": .caseClosed, "mended": .mended,
  ]

  private static let withdrawals: [String: BitimV1.WithdrawalReason] = [
    "wrong_certificate": .wrongCertificate, "wrong_person": .wrongPerson, "appeal": .appeal,
    "court": .court,
  ]

  private static let replacements: [String: BitimV1.ReplacementReason] = [
    "correction": .correction, "name_change": .nameChange, "datum_change": .datumChange,
    "renewal": .renewal,
  ]

  /// The words of what may be found against a certificate.
  static let doubts: [String: BitimV1.CertificateDoubt] = [
    "ground_fails": .groundFails, "separation_broken": .separationBroken,
    "datum_differs": .datumDiffers, "issuer_not_entitled": .issuerNotEntitled,
  ]

  private static let losses: [String: BitimV1.DuplicateReason] = [
    "lost": .lost, "stolen": .stolen, "damaged": .damaged,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    if words.first == "sheet" { return try await Self.sheet(Array(words.dropFirst()), desk) }
    if words.first == "bundle" { return try await Self.bundle(Array(words.dropFirst()), desk) }
    if words.first == "credential" {
      return try await Self.credential(Array(words.dropFirst()), desk)
    }
    if words.first == "adopt" { return try await Self.adopt(Array(words.dropFirst()), desk) }
    let arguments = try Arguments(
      Array(words.dropFirst()),
      options: [
        "reason", "ground", "date", "until", "why", "evidence", "digest", "on", "known",
        "case", "doubt",
      ])
    try arguments.atMost(1)
    let service = CertificateServiceClient(desk.client)
    switch words.first ?? "" {
    case "show": return try await Self.show(arguments, service, desk)
    case "revoke": return try await Self.revoke(arguments, service, desk)
    case "suspend": return try await Self.suspend(arguments, service, desk)
    case "reinstate": return try await Self.reinstate(arguments, service, desk)
    case "replace": return try await Self.replace(arguments, service, desk)
    case "duplicate": return try await Self.duplicate(arguments, service, desk)
    case "withdraw": return try await Self.withdraw(arguments, service, desk)
    case "let-stand": return try await Self.letStand(arguments, service, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": """
          show | sheet | bundle | credential | revoke | suspend | reinstate | replace | duplicate | withdraw | let-stand | adopt
          """
        ])
    }
  }

  private static func show(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.GetCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.asOf = Sheet.iso(arguments["on"] ?? "")
    request.asKnown = Sheet.iso(arguments["known"] ?? "")
    let response = try await service.getCertificate(request)
    let extra: [(Column, String)] = [
      (.code, response.code), (.standing, desk.standingCell(response.status)),
      (.duplicate, desk.line(response.duplicate)),
    ]
    desk.output.facts(extra + desk.facts(response.sheet), message: response)
    return .done
  }

  private static func revoke(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.RevokeCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.reason = try desk.word(arguments, "reason", Self.reasons)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.why = arguments["why"] ?? ""
    if arguments["case"] != nil { request.caseAct = try desk.act(arguments, "case") }
    let done = try await request.done(by: service.revokeCertificate) { look in
      Self.isApproved(look.shown, look.shownDigest, arguments, desk)
    }
    guard let done else { return .refused }
    desk.output.note(.certificateRevoked, ["number": done.look.shown?.number ?? ""])
    Output.complain(desk.standing(done.answer.status))
    return .done
  }

  private static func suspend(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.SuspendCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.ground = try desk.word(arguments, "ground", Self.grounds)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.until = Sheet.iso(arguments["until"] ?? "")
    request.why = arguments["why"] ?? ""
    if arguments["case"] != nil { request.caseAct = try desk.act(arguments, "case") }
    let done = try await request.done(by: service.suspendCertificate) { look in
      Self.isApproved(look.shown, look.shownDigest, arguments, desk)
    }
    guard let done else { return .refused }
    desk.output.note(.certificateSuspended, ["number": done.look.shown?.number ?? ""])
    Output.complain(desk.standing(done.answer.status))
    return .done
  }

  private static func reinstate(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.ReinstateCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.reason = try desk.word(arguments, "reason", Self.ends)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.why = arguments["why"] ?? ""
    let done = try await request.done(by: service.reinstateCertificate) { look in
      Self.isApproved(look.shown, look.shownDigest, arguments, desk)
    }
    guard let done else { return .refused }
    if done.answer.proposal != 0 {
      return desk.end(of: done.look.shown?.number ?? "", proposedAs: done.answer.proposal)
    }
    desk.output.note(.certificateReinstated, ["number": done.look.shown?.number ?? ""])
    Output.complain(desk.standing(done.answer.status))
    return .done
  }

  private static func replace(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.ReplaceCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.reason = try desk.word(arguments, "reason", Self.replacements)
    request.evidence = try arguments.required("evidence")
    let done = try await request.done(by: service.replaceCertificate) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.before?.number ?? "", proposedAs: done.answer.proposal)
  }

  private static func duplicate(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.MakeDuplicateRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.reason = try desk.word(arguments, "reason", Self.losses)
    request.statedOn = Sheet.iso(arguments["date"] ?? "")
    let response = try await service.makeDuplicate(request)
    desk.output.facts(
      [(.duplicate, desk.line(response.duplicate))] + desk.facts(response.sheet), message: response)
    desk.output.note(.duplicateMade, ["number": response.sheet?.number ?? ""])
    return .done
  }

  private static func withdraw(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.WithdrawMarkRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.reason = try desk.word(arguments, "reason", Self.withdrawals)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.why = try arguments.required("why")
    if arguments["case"] != nil { request.caseAct = try desk.act(arguments, "case") }
    let done = try await request.done(by: service.withdrawMark) { look in
      Self.isApproved(look.shown, look.shownDigest, arguments, desk)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.number ?? "", proposedAs: done.answer.proposal)
  }

  private static func letStand(
    _ arguments: Arguments, _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    var request = BitimV1.LetStandRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.doubt = try desk.word(arguments, "doubt", Self.doubts)
    request.why = try arguments.required("why")
    let done = try await request.done(by: service.letStand) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.number ?? "", proposedAs: done.answer.proposal)
  }

  /// Shows what would be, and asks.
  private static func isApproved(
    _ shown: BitimV1.MarkShown?, _ digest: String, _ arguments: Arguments, _ desk: Desk
  ) -> Bool {
    desk.show(shown ?? .init())
    return desk.isApproved(digest, arguments)
  }
}
