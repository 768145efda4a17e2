import BitimDomain
import BitimProtocol
import BitimStore

/// Records and withdraws deaths: each shown first, and done by the digest of what was shown.
extension PersonService {
  @Sendable static func recordDeath(
    _ caller: Caller, _ request: BitimV1.RecordDeathRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.RecordDeathResponse {
    try Self.mayTellDeaths(of: request.personId, caller, transaction.state)
    let day = try caller.pastDate(request.diedOn, column: "died_on")
    let act = try RecordDeath(request.personId, on: day, document: request.document.normal)
    let deed = try act.decided(
      beside: transaction.state.death(of: act.person),
      born: transaction.state.birthDate(of: act.person),
      by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.DeathShown(of: act.person, after: act.death, transaction.state)
    var response = BitimV1.RecordDeathResponse()
    response.shown = shown
    response.shownDigest = ShownDigest.text(of: "RecordDeath", shown)
    response.recorded = try ShownDigest.isApproved(
      request.shownDigest, is: response.shownDigest, validateOnly: request.validateOnly)
    if response.recorded { try transaction.record(deed, by: caller.actor, heldOn: day) }
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  @Sendable static func withdrawDeath(
    _ caller: Caller, _ request: BitimV1.WithdrawDeathRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawDeathResponse {
    try Self.mayTellDeaths(of: request.personId, caller, transaction.state)
    let act = try WithdrawDeath(request.personId, reason: request.reason.normal)
    _ = try act.decided(
      Self.death(of: act.person, transaction.state),
      by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.DeathShown(withdrawing: act, transaction.state)
    var response = BitimV1.WithdrawDeathResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.withdrawDeath(act).propose(
      .death(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    response.person = try Self.person(act.person, caller, transaction.state)
    return response
  }

  /// The death of a person that stands.
  ///
  /// - Throws: ``Refusal`` with ``Reason/deathUnknown``.
  static func death(of person: Int64, _ state: borrowing Snapshot) throws -> StandingDeath {
    guard let death = try state.death(of: person) else {
      throw Refusal(finding: .deathUnknown, column: "person_id")
    }
    return death
  }

  /// Deaths are the School's to tell.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notYourOrganisation`` or ``Reason/personUnknown``.
  private static func mayTellDeaths(
    of person: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    try caller.mayActOn(person: person, column: "person_id", state)
  }
}

extension BitimV1.DeathShown {
  /// What is shown of a death of `person`.
  init(
    of person: Int64, before: StandingDeath? = nil, after: Death? = nil, _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.displayId = PersonNumber.text(person)
    self.names = .init(try state.names(of: person))
    self.birthDate = try state.birthDate(of: person)?.iso ?? ""
    self.before = before.map { .init($0) }
    self.after = after.map { .init($0) }
  }

  /// What is shown of a death that is to be withdrawn; no death, where it stands no more.
  init(withdrawing act: WithdrawDeath, _ state: borrowing Snapshot) throws {
    try self.init(of: act.person, before: state.death(of: act.person), state)
    self.reason = act.reason
  }
}

extension BitimV1.Death {
  /// A death that stands, as it is answered.
  init(_ standing: StandingDeath) {
    self.init(standing.death)
    self.act = standing.sequence
  }

  init(_ death: Death) {
    self.init()
    self.diedOn = death.day.iso
    self.document = death.document
  }
}
