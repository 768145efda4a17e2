import BitimDomain
import BitimProtocol
import BitimStore

/// What entitles organisations is granted, ended, suspended and resumed: by one person or by two, as the
/// act's rules say.
extension OrganisationService {
  @Sendable static func grantEntitlement(
    _ caller: Caller, _ request: BitimV1.GrantEntitlementRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntitlementResponse {
    try Self.settle(
      ChangeEntitlement(
        .grant, of: Self.organisation(request.organisation, transaction.state).id,
        activity: request.activity.rawValue, day: request.validFrom, column: "valid_from",
        until: request.validUntil, basis: request.basis.normal),
      by: caller, transaction)
  }

  @Sendable static func endEntitlement(
    _ caller: Caller, _ request: BitimV1.EndEntitlementRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntitlementResponse {
    let isError = !request.inErrorFrom.isEmpty
    return try Self.settle(
      ChangeEntitlement(
        isError ? .withdraw : .end,
        of: Self.organisation(request.organisation, transaction.state).id,
        activity: request.activity.rawValue,
        day: isError ? request.inErrorFrom : request.lastDay,
        column: isError ? "in_error_from" : "last_day", basis: request.basis.normal),
      by: caller, transaction)
  }

  @Sendable static func suspendEntitlement(
    _ caller: Caller, _ request: BitimV1.SuspendEntitlementRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntitlementResponse {
    try Self.settle(
      ChangeEntitlement(
        .suspend, of: Self.organisation(request.organisation, transaction.state).id,
        activity: request.activity.rawValue, day: request.validFrom, column: "valid_from",
        until: request.validUntil, basis: request.basis.normal),
      by: caller, transaction)
  }

  @Sendable static func resumeEntitlement(
    _ caller: Caller, _ request: BitimV1.ResumeEntitlementRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntitlementResponse {
    let isError = !request.inErrorFrom.isEmpty
    return try Self.settle(
      ChangeEntitlement(
        isError ? .withdrawSuspension : .resume,
        of: Self.organisation(request.organisation, transaction.state).id,
        activity: request.activity.rawValue,
        day: isError ? request.inErrorFrom : request.validFrom,
        column: isError ? "in_error_from" : "valid_from", basis: request.basis.normal),
      by: caller, transaction)
  }

  /// What a change comes to as things stand.
  static func decision(
    _ act: ChangeEntitlement, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let organisation = try Self.organisation(act.organisation, state)
    return try act.decided(
      .init(
        entitlements: organisation.entitlements.filter { $0.activity == act.activity },
        suspensions: organisation.suspensions.filter { $0.activity == act.activity },
        wasEntitled: state.wasEntitled(act.organisation),
        nextEntitlement: state.nextEntitlementID(), nextSuspension: state.nextSuspensionID()),
      on: caller.today)
  }

  private static func settle(
    _ act: ChangeEntitlement, by caller: Caller, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntitlementResponse {
    let decision = try Self.decision(act, caller, transaction.state)
    var response = BitimV1.EntitlementResponse()
    response.shown = try BitimV1.EntitlementShown(act, transaction.state)
    response.proposal = try ProposedAct.changeEntitlement(act).settle(
      decision, by: caller, transaction)
    return response
  }

  /// - Throws: ``Refusal`` with ``Reason/organisationUnknown``.
  static func organisation(
    _ code: String, _ state: borrowing Snapshot
  ) throws -> Organisation {
    guard let organisation = try state.organisation(code: code) else {
      throw Refusal(finding: .organisationUnknown, column: "organisation", value: code)
    }
    return organisation
  }

  fileprivate static func organisation(
    _ id: Int64, _ state: borrowing Snapshot
  ) throws -> Organisation {
    guard let organisation = try state.organisation(id: id) else {
      throw StoreFailure.corrupt("a proposal: of an organisation that is not there")
    }
    return organisation
  }
}

extension BitimV1.EntitlementShown {
  /// What is shown of a change, beside what there is.
  init(_ act: ChangeEntitlement, _ state: borrowing Snapshot) throws {
    self.init()
    let organisation = try OrganisationService.organisation(act.organisation, state)
    self.organisation = organisation.code
    self.name = .init(organisation.name(on: act.day))
    self.activity = .init(act.activity)
    self.change = .init(act.change)
    self.day = act.day.iso
    self.until = act.until?.iso
    self.basis = act.basis
    self.entitlements = organisation.entitlements.filter { $0.activity == act.activity }
      .map { .init($0) }
    self.suspensions = organisation.suspensions.filter { $0.activity == act.activity }
      .map { .init($0) }
  }
}
