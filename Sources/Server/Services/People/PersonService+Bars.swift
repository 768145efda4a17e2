import BitimDomain
import BitimProtocol
import BitimStore

/// Records, ends and withdraws bars: each shown first, and done by the digest of what was shown.
extension PersonService {
  @Sendable static func bar(
    _ caller: Caller, _ request: BitimV1.BarPersonRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.BarPersonResponse {
    let typed = request.bar ?? .init()
    try caller.mayActOn(person: request.personId, column: "person_id", transaction.state)
    let act = try RecordBar(
      request.personId, kind: typed.kind.rawValue, from: typed.validFrom, until: typed.validUntil,
      document: typed.document.normal)
    let deed = try act.decided(
      beside: transaction.state.bars(of: act.person),
      by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.BarShown(of: act.person, after: act.bar, transaction.state)
    var response = BitimV1.BarPersonResponse()
    response.shown = shown.shown(to: caller)
    response.shownDigest = ShownDigest.text(of: "BarPerson", shown)
    response.recorded = try ShownDigest.isApproved(
      request.shownDigest, is: response.shownDigest, validateOnly: request.validateOnly)
    if response.recorded {
      try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    }
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  @Sendable static func endBar(
    _ caller: Caller, _ request: BitimV1.EndBarRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EndBarResponse {
    try Self.mayEndBars(of: request.personId, caller, transaction.state)
    let standing = try Self.bar(request.act, of: request.personId, transaction.state)
    let act = try EndBar(request.personId, lastDay: request.lastDay)
    let deed = try act.decided(
      standing, by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.BarShown(
      of: act.person, before: standing, after: deed.bar, transaction.state)
    var response = BitimV1.EndBarResponse()
    response.shown = shown
    response.shownDigest = ShownDigest.text(of: "EndBar", shown)
    response.recorded = try ShownDigest.isApproved(
      request.shownDigest, is: response.shownDigest, validateOnly: request.validateOnly)
    if response.recorded {
      try transaction.record(.barEnded(deed), by: caller.actor, heldOn: caller.today)
    }
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  @Sendable static func withdrawBar(
    _ caller: Caller, _ request: BitimV1.WithdrawBarRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawBarResponse {
    try Self.mayEndBars(of: request.personId, caller, transaction.state)
    let act = try WithdrawBar(
      request.personId, bar: request.act, reason: request.reason.normal)
    let standing = try Self.bar(act.bar, of: act.person, transaction.state)
    _ = try act.decided(
      standing, by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.BarShown(withdrawing: act, transaction.state)
    var response = BitimV1.WithdrawBarResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.withdrawBar(act).propose(
      .bar(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  /// The bar of a person that an act recorded and that stands.
  ///
  /// - Throws: ``Refusal`` with ``Reason/barUnknown``.
  static func bar(
    _ sequence: Int64, of person: Int64, _ state: borrowing Snapshot
  ) throws -> StandingBar {
    guard let bar = try state.bars(of: person).first(where: { $0.sequence == sequence }) else {
      throw Refusal(finding: .barUnknown, column: "act", value: "\(sequence)")
    }
    return bar
  }

  /// Bars are the School's to end.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notYourOrganisation`` or ``Reason/personUnknown``.
  private static func mayEndBars(
    of person: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    try caller.mayActOn(person: person, column: "person_id", state)
  }
}

extension BitimV1.BarShown {
  /// What is shown of a bar of `person`.
  init(
    of person: Int64, before: StandingBar? = nil, after: Bar? = nil, _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.displayId = PersonNumber.text(person)
    self.names = .init(try state.names(of: person))
    self.before = before.map { .init($0, toSchool: true) }
    self.after = after.map { .init($0, toSchool: true) }
  }

  /// What is shown of a bar that is to be withdrawn; no bar, where it stands no more.
  init(withdrawing act: WithdrawBar, _ state: borrowing Snapshot) throws {
    let standing = try state.bars(of: act.person).first { $0.sequence == act.bar }
    try self.init(of: act.person, before: standing, state)
    self.reason = act.reason
  }

  /// As a caller may read it: a centre from when to when, not why.
  func shown(to caller: Caller) -> Self {
    if caller.isSchool { return self }
    var shown = self
    shown.after?.kind = .unspecified
    shown.after?.document = ""
    return shown
  }
}
