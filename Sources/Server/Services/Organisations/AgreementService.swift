import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps the agreements under which partners' tokens work.
enum AgreementService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.AgreementService.adoptAgreement, Self.adopt),
      services.write(BitimV1.AgreementService.endAgreement, Self.end),
      services.list(BitimV1.AgreementService.listAgreements, Self.list),
    ]
  }

  @Sendable private static func adopt(
    _ caller: Caller, _ request: BitimV1.AdoptAgreementRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.AdoptAgreementResponse {
    let act = AdoptAgreement(
      try Self.agreement(request.agreement ?? .init(), caller, transaction.state))
    let decision = try Self.decision(act, transaction.state)
    var response = BitimV1.AdoptAgreementResponse()
    response.shown = try BitimV1.AgreementShown(act, transaction.state)
    response.proposal = try ProposedAct.adoptAgreement(act).settle(
      decision, by: caller, transaction)
    return response
  }

  @Sendable private static func end(
    _ caller: Caller, _ request: BitimV1.EndAgreementRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EndAgreementResponse {
    let act = EndAgreement(
      with: try OrganisationService.organisation(request.organisation, transaction.state).id,
      lastDay: try CivilDate(typed: request.lastDay, column: "last_day"))
    let deed = try act.decided(try transaction.state.agreements(of: act.organisation))
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    let ended = try transaction.state.agreements(of: act.organisation)
      .first { $0.agreement.until == act.lastDay }
    var response = BitimV1.EndAgreementResponse()
    response.agreement = try ended.map {
      try BitimV1.Agreement($0.agreement, on: caller.today, transaction.state)
    }
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListAgreementsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListAgreementsResponse {
    let size = try Pages.size(request.pageSize)
    let after = Int64(try Pages.key(request.pageToken, filter: Self.filter)) ?? 0
    var page = try state.agreements(after: after, limit: size + 1)
    var response = BitimV1.ListAgreementsResponse()
    if page.count > size {
      page.removeLast()
      response.nextPageToken = Pages.token(
        after: "\(page.last?.sequence ?? 0)", filter: Self.filter)
    }
    response.agreements = try page.map {
      try BitimV1.Agreement($0.agreement, on: caller.today, state)
    }
    return response
  }

  private static let filter = "agreements"

  /// What adopting an agreement comes to as things stand.
  static func decision(
    _ act: AdoptAgreement, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(try state.agreements(of: act.agreement.organisation))
  }

  /// An agreement as it was typed.
  private static func agreement(
    _ typed: BitimV1.Agreement, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Agreement {
    let organisation = try OrganisationService.organisation(typed.organisation, state)
    return Agreement(
      organisation: organisation.id,
      number: try TextRule.read(typed.number.normal, column: "number"),
      signedOn: try caller.pastDate(typed.signedOn, column: "signed_on"),
      from: try CivilDate(typed: typed.validFrom, column: "valid_from"),
      until: try CivilDate(typed: typed.validUntil, column: "valid_until"),
      country: typed.country.isEmpty ? organisation.country : typed.country,
      purpose: try TextRule.read(typed.purpose.normal, column: "purpose"),
      transferGround: try TextRule.read(typed.transferGround.normal, column: "transfer_ground"),
      scope: try typed.scope.map { word throws(Refusal) in
        try AgreementScope(typed: word.rawValue, column: "scope")
      }, callsPerDay: typed.callsPerDay)
  }
}

extension BitimV1.Agreement {
  /// An agreement as it is answered; how it stands is left out where no day is asked for.
  init(_ agreement: Agreement, on day: CivilDate?, _ state: borrowing Snapshot) throws {
    self.init()
    guard let organisation = try state.organisation(id: agreement.organisation) else {
      throw StoreFailure.corrupt("an agreement: its organisation is not there")
    }
    self.organisation = organisation.code
    // As it was called when both signed: what is shown is the same on all days.
    self.name = .init(organisation.name(on: agreement.signedOn))
    self.number = agreement.number
    self.signedOn = agreement.signedOn.iso
    self.validFrom = agreement.from.iso
    self.validUntil = agreement.until.iso
    self.country = agreement.country
    self.purpose = agreement.purpose
    self.transferGround = agreement.transferGround
    self.scope = agreement.scope.map { .init($0) }
    self.callsPerDay = agreement.callsPerDay
    if let day { self.standing = .init(agreement.standing(on: day)) }
  }
}

extension BitimV1.AgreementShown {
  /// What is shown of an agreement that is to be adopted. How it would stand depends on the day of the approval, so
  /// that what names this is the same on all of them.
  init(_ act: AdoptAgreement, _ state: borrowing Snapshot) throws {
    self.init()
    self.agreement = try .init(act.agreement, on: nil, state)
    self.others = try state.agreements(of: act.agreement.organisation)
      .map { try .init($0.agreement, on: nil, state) }
  }
}
