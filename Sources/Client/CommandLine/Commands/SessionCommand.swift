import BitimClient
import BitimPaper
import BitimProtocol

/// `bitim session`: who sits in it, its pages to print, its review, a seat that goes to another, another day, or none.
enum SessionCommand {
  static let help = Help(
    summary: .helpSession, usage: .helpSessionUsage,
    examples: [
      "bitim session show S-014", "bitim session sign-in S-014",
      "bitim session protocol S-014 --language kk --to 'хаттама 14.html'",
      "bitim session review S-014",
      "bitim session interest S-014 --member Ким --candidate Өтегенова --kind kin",
      "bitim session seat S-014 --goes Ким --comes Жүнісова \\",
      "  --why 'төраға ауырып қалды'",
      "bitim session seat S-014 --goes Ким --comes Әбенов --why 'ауырып қалды' \\",
      "  --letter '№ 14 хат;2026-03-01;Адвокаттар алқасы'",
      "bitim session move S-014 --date 2026-03-27 --why 'зал жабық'",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "show": return try await Self.show(rest, desk)
    case "sign-in": return try await Self.signIn(rest, desk)
    case "protocol": return try await Self.protocol(rest, desk)
    case "seat": return try await Self.seat(rest, desk)
    case "move": return try await Self.move(rest, desk)
    case "cancel": return try await Self.cancel(rest, desk)
    case "review": return try await Self.review(rest, desk)
    case "admit": return try await Self.admit(rest, desk)
    case "interest": return try await Self.interest(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": "show | sign-in | protocol | admit | review | interest | seat | move | cancel"
        ])
    }
  }

  private static func show(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    var request = BitimV1.GetSessionRequest()
    request.code = try arguments.position(0, "SESSION")
    Self.show(try await AttestationServiceClient(desk.client).getSession(request), desk)
    return .done
  }

  private static func signIn(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: OfficeFile.options)
    try arguments.atMost(1)
    let code = try arguments.position(0, "SESSION")
    let file = try OfficeFile(arguments, called: "\(code)-sign-in")
    let session = try await AttestCommand.look(code, AttestationServiceClient(desk.client))
    let cohort = try await Self.cohort(of: session, desk)
    return try file.write(.signIn(of: session, cohort: cohort, in: desk.tongue), desk)
  }

  /// The cohort of a session; nil for who is invited to the session alone, and is shown no cohort.
  private static func cohort(
    of session: BitimV1.GetSessionResponse, _ desk: Desk
  ) async throws(CallFailure) -> BitimV1.Cohort? {
    do throws(CallFailure) {
      return try await CohortServiceClient(desk.client).cohort(session.session?.cohort ?? "").cohort
    } catch {
      guard error.status?.code == .permissionDenied else { throw error }
      return nil
    }
  }

  private static func `protocol`(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: OfficeFile.options)
    try arguments.atMost(1)
    let code = try arguments.position(0, "SESSION")
    let file = try OfficeFile(arguments, called: "\(code)-protocol")
    let session = try await AttestCommand.look(code, AttestationServiceClient(desk.client))
    // The digest goes with the marks: who is not shown them would print that nothing is recorded.
    guard !session.resultsDigest.isEmpty else {
      desk.output.note(.sessionMarksHidden, ["session": code])
      return .refused
    }
    let cohort = try await Self.cohort(of: session, desk)
    return try file.write(.protocol(of: session, cohort: cohort, in: desk.tongue), desk)
  }

  /// Shows which session it is, and who sits in it.
  static func show(_ response: BitimV1.GetSessionResponse, _ desk: Desk) {
    let session = response.session ?? .init()
    desk.output.note(
      .sessionShown,
      [
        "session": session.code, "cohort": session.cohort, "day": session.heldOn,
        "protocol": session.protocolNumber,
      ])
    if session.isCancelled { desk.output.note(.sessionIsCancelled) }
    desk.output.rows(
      [.seat, .number, .name],
      zip(session.commission, response.members).map { place, member in
        [desk.cells.seat(place.seat), member.displayId, desk.name(member.names)]
      }, messages: [session])
    for (place, member) in zip(session.commission, response.members) {
      if let letter = place.invitation { desk.show(letter, of: member) }
    }
    Self.showInterests(response, desk)
    guard response.reviewsMin > 0 || !response.reviewers.isEmpty else { return }
    let reviewers = response.reviewers.map { desk.name($0.names) }.joined(separator: ", ")
    desk.output.note(
      .sessionReviews,
      [
        "count": "\(response.reviewers.count)", "needed": "\(response.reviewsMin)",
        "list": reviewers,
      ].filter { !$0.value.isEmpty })
  }

  /// Shows who of the commission has an interest in whom, and whose declaration is missing.
  private static func showInterests(_ response: BitimV1.GetSessionResponse, _ desk: Desk) {
    for interest in response.interests {
      desk.output.note(
        .sessionInterest,
        [
          "member": desk.name(interest.member?.names),
          "name": desk.name(interest.candidate?.names),
          "kind": desk.output.say(Self.word(of: interest.kind)),
        ])
    }
    guard !response.undeclared.isEmpty else { return }
    desk.output.note(
      .sessionUndeclared,
      ["list": response.undeclared.map { desk.name($0.names) }.joined(separator: ", ")])
  }

  /// The kinds of an interest, as they are typed.
  static let interests: [String: BitimV1.InterestKind] = [
    "kin": .kin, "employer": .employer, "partner": .partner, "other": .other,
  ]

  private static func word(of kind: BitimV1.InterestKind) -> Text {
    switch kind {
    case .kin: .interestKin
    case .employer: .interestEmployer
    case .partner: .interestPartner
    default: .interestOther
    }
  }

  /// Declares what interest a seat has in one candidate, or that it has none in anybody.
  private static func interest(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["member", "candidate", "kind"], switches: ["none"])
    try arguments.atMost(1)
    let service = AttestationServiceClient(desk.client)
    var request = BitimV1.DeclareInterestRequest()
    request.session = try arguments.position(0, "SESSION")
    if arguments.has("none") {
      try arguments.refuse(["candidate", "kind"])
    } else {
      var row = BitimV1.InterestRow()
      row.candidate = try arguments.required("candidate")
      row.kind = try desk.word(arguments, "kind", Self.interests)
      request.interests = [row]
    }
    if let name = arguments["member"] {
      let session = try await AttestCommand.look(request.session, service)
      request.memberId = try await desk.person(name, among: session.members).id
    }
    let done = try await service.declareInterest(request)
    desk.output.note(.sessionDeclared, ["session": request.session])
    if done.withdrawn > 0 {
      desk.output.note(.sessionInterestWithdrawn, ["count": "\(done.withdrawn)"])
    }
    return .done
  }

  /// Admits somebody who is enrolled in another cohort of the edition.
  private static func admit(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(2)
    var request = BitimV1.AdmitCandidateRequest()
    request.session = try arguments.position(0, "SESSION")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    let done = try await AttestationServiceClient(desk.client).admitCandidate(request)
    desk.output.note(
      .sessionAdmitted,
      ["session": request.session, "name": desk.name(person.names), "cohort": done.cohort])
    return .done
  }

  /// Shows what is recorded, and reviews exactly that.
  private static func review(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["digest"])
    try arguments.atMost(1)
    let service = AttestationServiceClient(desk.client)
    let shown = try await AttestCommand.look(try arguments.position(0, "SESSION"), service)
    Self.show(shown, desk.aside)
    AttestCommand.show(shown, desk.aside)
    guard desk.isApproved(shown.resultsDigest, arguments) else { return .refused }
    var request = BitimV1.ReviewResultsRequest()
    request.session = shown.session?.code ?? ""
    request.resultsDigest = shown.resultsDigest
    let done = try await service.reviewResults(request)
    desk.output.note(
      .sessionReviewed,
      [
        "session": request.session, "count": "\(done.reviews)", "needed": "\(done.reviewsMin)",
      ])
    return .done
  }

  private static func seat(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["goes", "comes", "why", "letter"])
    try arguments.atMost(1)
    var request = BitimV1.ChangeSeatRequest()
    request.session = try arguments.position(0, "SESSION")
    request.why = try arguments.required("why")
    let session = try await AttestCommand.look(
      request.session, AttestationServiceClient(desk.client))
    let goes = try await desk.person(arguments.required("goes"), among: session.members)
    let comes = try await desk.person(
      arguments.required("comes"), among: desk.sitters(of: session.session?.cohort ?? ""))
    (request.goes, request.comes) = (goes.id, comes.id)
    request.invitation = try arguments["letter"].map { text throws(Arguments.Fault) in
      try Letter(text, named: false).invitation
    }
    let done = try await AttestationServiceClient(desk.client).changeSeat(request)
    desk.output.note(
      .sessionSeat,
      [
        "session": request.session, "goes": desk.name(goes.names), "comes": desk.name(comes.names),
        "seat": desk.seat(done.seat),
      ])
    return .done
  }

  private static func move(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "why"])
    try arguments.atMost(1)
    var request = BitimV1.AmendSessionRequest()
    request.session = try arguments.position(0, "SESSION")
    request.heldOn = Sheet.iso(try arguments.required("date"))
    request.why = try arguments.required("why")
    _ = try await AttestationServiceClient(desk.client).amendSession(request)
    desk.output.note(.sessionMoved, ["session": request.session, "day": request.heldOn])
    return .done
  }

  private static func cancel(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["why"])
    try arguments.atMost(1)
    var request = BitimV1.CancelSessionRequest()
    request.session = try arguments.position(0, "SESSION")
    request.why = try arguments.required("why")
    _ = try await AttestationServiceClient(desk.client).cancelSession(request)
    desk.output.note(.sessionCancelled, ["session": request.session])
    return .done
  }
}

extension Desk {
  /// What a seat is called.
  func seat(_ seat: BitimV1.Seat) -> String {
    switch seat {
    case .chair: self.output.say(.seatChair)
    case .member: self.output.say(.seatMember)
    case .secretary: self.output.say(.seatSecretary)
    default: ""
    }
  }
}
