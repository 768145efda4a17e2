import BitimClient
import BitimProtocol
import Foundation

/// `bitim admin partner`: agreements with partners are adopted, ended and listed.
enum PartnerCommand {
  private static let scopes: [String: BitimV1.AgreementScope] = [
    "verify_number": .verifyNumber, "verify_bulk": .verifyBulk, "watch": .watch,
    "reasons": .reasons,
  ]

  static func run(_ verb: String, _ words: [String], _ desk: Desk) async throws -> Desk.End {
    switch verb {
    case "add": try await Self.add(words, desk)
    case "end": try await Self.end(words, desk)
    case "page": try await PartnerPageCommand.run(words, desk)
    default: try await Self.list(words, desk)
    }
  }

  private static func add(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: [
        "number", "signed", "from", "until", "purpose", "country", "transfer", "calls",
      ], repeatable: ["scope"])
    try arguments.atMost(1)
    var agreement = BitimV1.Agreement()
    agreement.organisation = try arguments.position(0, "CODE")
    // Who sits at a terminal is asked for what is needed; what may be left out he or she has to know of.
    func needed(_ option: String, _ question: Text) throws -> String {
      if arguments[option] == nil, desk.isInteractive, let typed = desk.ask(question),
        !typed.isEmpty
      {
        return typed
      }
      return try arguments.required(option)
    }
    agreement.number = try needed("number", .partnerAskNumber)
    agreement.signedOn = Sheet.iso(try needed("signed", .partnerAskSigned))
    agreement.validFrom = Sheet.iso(try needed("from", .partnerAskFrom))
    agreement.validUntil = Sheet.iso(try needed("until", .partnerAskUntil))
    agreement.purpose = try needed("purpose", .partnerAskPurpose)
    agreement.country = arguments["country"] ?? ""
    agreement.transferGround = arguments["transfer"] ?? ""
    if arguments["transfer"] == nil, desk.isInteractive {
      agreement.transferGround = desk.ask(.partnerAskTransfer) ?? ""
    }
    let scope = try needed("scope", .partnerAskScope)
    // Commas are split, at a terminal too.
    let typed =
      arguments["scope"] == nil
      ? scope.split(separator: ",").map(String.init) : arguments.all("scope")
    agreement.scope = try typed.map { word throws(Arguments.Fault) in
      try desk.word(
        word.trimmingCharacters(in: .whitespaces), option: "--scope", Self.scopes)
    }
    let calls = try needed("calls", .partnerAskCalls)
    guard let number = Int64(calls) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--calls", "value": calls])
    }
    agreement.callsPerDay = number
    var request = BitimV1.AdoptAgreementRequest()
    request.agreement = agreement
    let response = try await AgreementServiceClient(desk.client).adoptAgreement(request)
    let shown = response.shown ?? .init()
    desk.show(shown)
    if response.proposal != 0 {
      return desk.end(of: agreement.organisation, proposedAs: response.proposal)
    }
    desk.output.note(
      .agreementAdopted,
      ["organisation": agreement.organisation, "number": shown.agreement?.number ?? ""])
    return .done
  }

  private static func end(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["last-day"])
    try arguments.atMost(1)
    var request = BitimV1.EndAgreementRequest()
    request.organisation = try arguments.position(0, "CODE")
    request.lastDay = Sheet.iso(try arguments.required("last-day"))
    let ended = try await AgreementServiceClient(desk.client).endAgreement(request).agreement
    desk.output.note(
      .agreementEnds,
      [
        "organisation": request.organisation, "number": ended?.number ?? "",
        "day": ended?.validUntil ?? "",
      ])
    return .done
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let agreements = try await Self.agreements(desk)
    let columns: [Column] = [
      .organisation, .number, .state, .from, .until, .scope, .calls, .signed, .country, .purpose,
      .ground,
    ]
    let rows = agreements.map { agreement in
      [
        agreement.organisation, agreement.number,
        desk.cells.standing(agreement.standing), agreement.validFrom, agreement.validUntil,
        Self.words(agreement.scope), "\(agreement.callsPerDay)", agreement.signedOn,
        agreement.country, agreement.purpose, agreement.transferGround,
      ]
    }
    // What an agreement says is wider than a screen.
    if desk.output.form == .table, !agreements.isEmpty {
      desk.output.records(columns, rows)
    } else {
      desk.output.rows(columns, rows, messages: agreements)
    }
    return .done
  }

  /// All agreements, ended ones too.
  static func agreements(_ desk: Desk) async throws -> [BitimV1.Agreement] {
    try await BitimV1.ListAgreementsRequest()
      .pages(by: AgreementServiceClient(desk.client).listAgreements).flatMap(\.agreements)
  }

  /// The words of a scope, as they are typed.
  fileprivate static func words(_ scope: [BitimV1.AgreementScope]) -> String {
    scope.compactMap { word in Self.scopes.first { $0.value == word }?.key }
      .joined(separator: ", ")
  }
}

extension Desk {
  /// How an agreement stands, in words.
  fileprivate func standing(_ standing: BitimV1.AgreementStanding) -> String {
    switch standing {
    case .toCome: self.output.say(.agreementToCome)
    case .inForce: self.output.say(.agreementInForce)
    case .ending: self.output.say(.agreementEnding)
    case .ended: self.output.say(.agreementOver)
    default: ""
    }
  }

  /// Shows an agreement that is to be adopted, and those that stand besides.
  func show(_ shown: BitimV1.AgreementShown) {
    let agreement = shown.agreement ?? .init()
    Output.complain("\(agreement.organisation)  \(self.text(agreement.name))")
    self.output.note(
      .shownAgreement,
      [
        "number": agreement.number, "day": agreement.signedOn, "from": agreement.validFrom,
        "until": agreement.validUntil, "calls": "\(agreement.callsPerDay)",
      ])
    self.output.note(
      .shownAgreementScope, ["scope": PartnerCommand.words(agreement.scope)])
    self.output.note(
      .shownAgreementPurpose, ["purpose": agreement.purpose, "country": agreement.country])
    if !agreement.transferGround.isEmpty {
      self.output.note(.shownAgreementGround, ["ground": agreement.transferGround])
    }
    for other in shown.others {
      self.output.note(
        .shownAgreementOther,
        ["number": other.number, "from": other.validFrom, "until": other.validUntil])
    }
  }
}
