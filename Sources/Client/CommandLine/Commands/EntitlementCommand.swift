import BitimClient
import BitimProtocol

/// `bitim admin entitlement`: what entitles an organisation is granted, ended, suspended and resumed.
enum EntitlementCommand {
  static let activities: [String: BitimV1.Activity] = ["train": .train, "issue": .issue]

  static func run(_ verb: String, _ words: [String], _ desk: Desk) async throws -> Desk.End {
    switch verb {
    case "grant": try await Self.grant(words, desk)
    case "end": try await Self.end(words, desk)
    case "suspend": try await Self.suspend(words, desk)
    case "resume": try await Self.resume(words, desk)
    case "withdraw": try await Self.withdraw(words, desk)
    default: try await Self.list(words, desk)
    }
  }

  private static func grant(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["activity", "from", "until", "basis"])
    var request = BitimV1.GrantEntitlementRequest()
    (request.organisation, request.activity) = try Self.named(arguments, desk)
    request.validFrom = Sheet.iso(try arguments.required("from"))
    request.validUntil = arguments["until"].map { Sheet.iso($0) }
    request.basis = try arguments.required("basis")
    return desk.end(
      of: try await OrganisationServiceClient(desk.client).grantEntitlement(request))
  }

  private static func end(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["activity", "last-day", "basis"])
    var request = BitimV1.EndEntitlementRequest()
    (request.organisation, request.activity) = try Self.named(arguments, desk)
    request.lastDay = Sheet.iso(try arguments.required("last-day"))
    request.basis = try arguments.required("basis")
    return desk.end(of: try await OrganisationServiceClient(desk.client).endEntitlement(request))
  }

  private static func suspend(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["activity", "from", "until", "basis"])
    var request = BitimV1.SuspendEntitlementRequest()
    (request.organisation, request.activity) = try Self.named(arguments, desk)
    request.validFrom = Sheet.iso(try arguments.required("from"))
    request.validUntil = arguments["until"].map { Sheet.iso($0) }
    request.basis = try arguments.required("basis")
    return desk.end(
      of: try await OrganisationServiceClient(desk.client).suspendEntitlement(request))
  }

  private static func resume(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["activity", "from", "basis"])
    var request = BitimV1.ResumeEntitlementRequest()
    (request.organisation, request.activity) = try Self.named(arguments, desk)
    request.validFrom = Sheet.iso(try arguments.required("from"))
    request.basis = try arguments.required("basis")
    return desk.end(
      of: try await OrganisationServiceClient(desk.client).resumeEntitlement(request))
  }

  /// What was recorded in error: an entitlement or, with `--suspension`, a suspension.
  private static func withdraw(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["activity", "from", "basis"], switches: ["suspension"])
    let (organisation, activity) = try Self.named(arguments, desk)
    let day = Sheet.iso(try arguments.required("from"))
    let basis = try arguments.required("basis")
    let service = OrganisationServiceClient(desk.client)
    if arguments.has("suspension") {
      var request = BitimV1.ResumeEntitlementRequest()
      (request.organisation, request.activity) = (organisation, activity)
      request.inErrorFrom = day
      request.basis = basis
      return desk.end(of: try await service.resumeEntitlement(request))
    }
    var request = BitimV1.EndEntitlementRequest()
    (request.organisation, request.activity) = (organisation, activity)
    request.inErrorFrom = day
    request.basis = basis
    return desk.end(of: try await service.endEntitlement(request))
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let code = arguments.positions.first
    let organisations = try await BitimV1.ListOrganisationsRequest()
      .pages(by: OrganisationServiceClient(desk.client).listOrganisations)
      .flatMap(\.organisations).filter { code == nil || $0.code == code }
    if let code, organisations.isEmpty {
      Output.complain(desk.words("ORGANISATION_UNKNOWN", ["value": code], place: true))
      return .refused
    }
    desk.output.rows(
      [.organisation, .kind, .from, .until, .note, .basis],
      organisations.flatMap { organisation in
        [
          (organisation.entitlements, ""),
          (organisation.suspensions, desk.output.cells.say(.entitlementSuspension)),
        ]
        .flatMap { days, note in
          days.map { one in
            [
              organisation.code, Self.word(one.activity), one.validFrom, one.validUntil ?? "",
              note, one.basis,
            ]
          }
        }
      }, messages: organisations)
    return .done
  }

  /// The organisation and the activity that every change names.
  private static func named(
    _ arguments: Arguments, _ desk: Desk
  ) throws -> (String, BitimV1.Activity) {
    try arguments.atMost(1)
    return (
      try arguments.position(0, "CODE"), try desk.word(arguments, "activity", Self.activities)
    )
  }

  fileprivate static func word(_ activity: BitimV1.Activity) -> String {
    Self.activities.first { $0.value == activity }?.key ?? ""
  }
}

extension Desk {
  /// Says what became of an entitlement, or who goes on.
  fileprivate func end(of response: BitimV1.EntitlementResponse) -> End {
    let shown = response.shown ?? .init()
    self.show(shown)
    if response.proposal != 0 {
      return self.end(of: shown.organisation, proposedAs: response.proposal)
    }
    return .done
  }

  /// Shows what is to become of an entitlement, and what there is.
  func show(_ shown: BitimV1.EntitlementShown) {
    Output.complain("\(shown.organisation)  \(self.text(shown.name))")
    for one in shown.entitlements { self.output.note(.shownEntitled, ["days": one.line]) }
    for one in shown.suspensions { self.output.note(.shownSuspended, ["days": one.line]) }
    let sums = [
      "activity": EntitlementCommand.word(shown.activity), "day": shown.day,
      "until": shown.until ?? "…",
    ]
    switch shown.change {
    case .grant: self.output.note(.entitlementGrant, sums)
    case .end: self.output.note(.entitlementEnd, sums)
    case .suspend: self.output.note(.entitlementSuspend, sums)
    case .resume: self.output.note(.entitlementResume, sums)
    case .withdraw: self.output.note(.entitlementWithdraw, sums)
    case .withdrawSuspension: self.output.note(.entitlementWithdrawSuspension, sums)
    default: self.output.note(.entitlementOther, sums)
    }
    self.output.note(.shownWhy, ["why": shown.basis])
  }
}

extension BitimV1.Entitlement {
  /// The days and what they rest on, in one line.
  fileprivate var line: String {
    "\(EntitlementCommand.word(self.activity)) \(self.validFrom) – \(self.validUntil ?? "…") (\(self.basis))"
  }
}
