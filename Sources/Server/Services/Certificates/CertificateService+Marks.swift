import BitimDomain
import BitimProtocol
import BitimStore

/// Revokes, suspends, reinstates and withdraws such acts: each shown first, and done by the digest of
/// what was shown.
extension CertificateService {
  @Sendable static func revoke(
    _ caller: Caller, _ request: BitimV1.RevokeCertificateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.MarkResponse {
    let reason = try RevocationReason(typed: request.reason.rawValue, column: "reason")
    let day = try caller.dateOrToday(request.heldOn, column: "held_on")
    let act = RevokeCertificate(
      try Self.number(request.number), for: reason, since: day,
      why: try TextRule.read(request.why, column: "why"), cites: request.caseAct)
    let there = try Self.certificate(act.number, transaction.state)
    let deed = try act.decided(
      there.facts(citing: act.cites, transaction.state),
      by: caller.number(beside: there.personID, transaction.state), on: caller.today)
    let marking = try Marking(
      "RevokeCertificate", of: there, by: deed, effectOn: day, reason: reason.rawValue,
      why: act.why,
      cites: act.cites)
    return try marking.settle(
      request.shownDigest, validateOnly: request.validateOnly, caller, transaction)
  }

  @Sendable static func suspend(
    _ caller: Caller, _ request: BitimV1.SuspendCertificateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.MarkResponse {
    let ground = try SuspensionGround(typed: request.ground.rawValue, column: "ground")
    let day = try caller.dateOrToday(request.heldOn, column: "held_on")
    let until = try CivilDate(typedIfThere: request.until, column: "until")
    let act = SuspendCertificate(
      try Self.number(request.number), for: ground, from: day, until: until,
      why: try TextRule.read(request.why, column: "why"), cites: request.caseAct)
    let there = try Self.certificate(act.number, transaction.state)
    let deed = try act.decided(
      there.facts(citing: act.cites, transaction.state),
      by: caller.number(beside: there.personID, transaction.state), on: caller.today)
    let marking = try Marking(
      "SuspendCertificate", of: there, by: deed, effectOn: day, reason: ground.rawValue,
      why: act.why, cites: act.cites)
    return try marking.settle(
      request.shownDigest, validateOnly: request.validateOnly, caller, transaction)
  }

  @Sendable static func reinstate(
    _ caller: Caller, _ request: BitimV1.ReinstateCertificateRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.MarkResponse {
    let reason = try ReinstatementReason(typed: request.reason.rawValue, column: "reason")
    let day = try caller.dateOrToday(request.heldOn, column: "held_on")
    let there = try Self.certificate(try Self.number(request.number), transaction.state)
    let act = ReinstateCertificate(
      there.number, of: there.personID, for: reason, from: day,
      why: try TextRule.read(request.why, column: "why"))
    let decision = try Self.decision(act, caller, transaction.state)
    let marking = Marking(
      "ReinstateCertificate", of: there.number,
      showing: try BitimV1.MarkShown(reinstating: act, transaction.state), by: decision.deed,
      effectOn: day)
    return try marking.settle(
      request.shownDigest, validateOnly: request.validateOnly, caller, transaction,
      proposing: decision.takesTwo ? .reinstateCertificate(act) : nil)
  }

  /// What the end of a suspension comes to as things stand.
  static func decision(
    _ act: ReinstateCertificate, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let there = try Self.certificate(act.number, state)
    let persons = try state.persons()
    func number(_ person: Int64) -> Int64 {
      persons.areOne(person, act.holder)
        ? act.holder : persons.number(of: person, beside: caller.personID)
    }
    let facts = ReinstateCertificate.Facts(
      certificate: there.facts,
      makers: try state.makers(ofMarksOn: act.number).mapValues(number),
      isPassed: try there.isPassed(state),
      certifiers: Set(try state.people(with: .certifier, in: [caller.organisationID]).map(number)))
    return try act.decided(
      facts, by: caller.number(beside: there.personID, state), on: caller.today)
  }

  @Sendable static func withdrawMark(
    _ caller: Caller, _ request: BitimV1.WithdrawMarkRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.WithdrawMarkResponse {
    let day = try caller.dateOrToday(request.heldOn, column: "held_on")
    let there = try Self.certificate(try Self.number(request.number), transaction.state)
    let mark = there.life.mark(on: day) ?? there.life.stayedMark(on: day)
    let act = try WithdrawMark(
      there.number, of: there.personID, mark: mark?.sequence ?? 0,
      for: try WithdrawalReason(typed: request.reason.rawValue, column: "reason"),
      reading: request.why.normal, cites: request.caseAct)
    _ = try Self.decision(act, caller, on: day, transaction.state)
    let shown = try BitimV1.MarkShown(withdrawing: act, transaction.state)
    var response = BitimV1.WithdrawMarkResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.withdrawMark(act).propose(
      .mark(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What a withdrawal comes to as things stand.
  static func decision(
    _ act: WithdrawMark, _ caller: Caller, on day: CivilDate, _ state: borrowing Snapshot
  ) throws -> Decision {
    let there = try Self.certificate(act.number, state)
    // Of what was before this registry there may be more than one.
    let standing: CertificateNumber? =
      switch there.kind {
      case .adopted: nil
      // Each enrolment in a seminar has its own.
      case .attendance:
        try state.standingCertificate(
          person: there.personID, kind: there.kind, enrolment: there.enrolmentID
        ).flatMap { $0 == there.number ? nil : $0 }
      case .programme, .school:
        try state.standingCertificate(
          person: there.personID, of: there.study, besides: there.number)
      }
    return try act.decided(
      .init(
        life: there.life, isPassed: try there.isPassed(state),
        successor: standing,
        replacement: try there.replacement(state),
        cited: try CaseService.cited(act.cites, state)),
      by: caller.number(beside: there.personID, state), on: day)
  }

  /// The certificate with this number.
  ///
  /// - Throws: ``Refusal`` with ``Reason/certificateUnknown``.
  static func certificate(
    _ number: CertificateNumber, _ state: borrowing Snapshot
  ) throws -> CertificateRecord {
    guard let certificate = try state.certificate(number) else {
      throw Refusal(finding: .certificateUnknown, column: "number", value: number.text)
    }
    return certificate
  }
}

extension CertificateRecord {
  /// What the rules of marks ask.
  var facts: CertificateFacts {
    CertificateFacts(holder: self.personID, life: self.life)
  }

  /// The same of an act that cites a case.
  fileprivate func facts(
    citing sequence: Int64, _ state: borrowing Snapshot
  ) throws -> CertificateFacts {
    var facts = self.facts
    facts.cited = try CaseService.cited(sequence, state)
    return facts
  }

  /// Whether the pass that it rests on stands; a School's certificate rests on none of its own, an adopted one on none
  /// that is recorded, and attendance on none at all.
  func isPassed(_ state: borrowing Snapshot) throws -> Bool {
    try self.kind != .programme || state.results(ofEnrolment: self.enrolmentID).pass != nil
  }
}

extension CertificateRecord {
  /// The life of what was issued instead; nil if it was not replaced.
  fileprivate func replacement(_ state: borrowing Snapshot) throws -> CertificateLife? {
    try self.life.replacement?.successor.map { try CertificateService.certificate($0, state).life }
  }
}

extension BitimV1.MarkShown {
  /// What is shown of a certificate, before it is said how it would stand.
  fileprivate init(
    of certificate: CertificateRecord, reason: String, why: String, cites: Int64
  ) throws {
    self.init()
    let sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    self.number = certificate.number.text
    self.holder = sheet.holder
    self.title = sheet.title
    self.reason = reason
    self.why = why
    self.caseAct = cites
  }

  /// Says how it stands on a day, and would by `deed`.
  fileprivate mutating func compare(
    _ life: CertificateLife, after deed: Deed, on day: CivilDate
  ) {
    self.before = .init(life, on: day, to: .school)
    self.after = .init(life.after(deed), on: day, to: .school)
    self.effectOn = day.iso
  }

  /// What is shown of a mark that is to be withdrawn; nothing withdrawn, where it stands no more.
  init(withdrawing act: WithdrawMark, _ state: borrowing Snapshot) throws {
    let certificate = try CertificateService.certificate(act.number, state)
    try self.init(of: certificate, reason: act.reason.rawValue, why: act.why, cites: act.cites)
    let life = certificate.life
    guard let mark = life.marks.first(where: { $0.sequence == act.mark }) else { return }
    let day = mark.days.from
    let deed = act.deed(of: mark, try certificate.replacement(state))
    self.compare(life, after: .markWithdrawn(deed), on: day)
    self.revokes = deed.revokes?.number.text ?? ""
    let alone = CertificateLife(
      issuedOn: life.issuedOn, validity: life.validity,
      marks: [CertificateMark(mark.cause, days: mark.days, sequence: mark.sequence)])
    self.withdrawn = .init(alone, on: day, to: .school)
  }
}

extension BitimV1.MarkShown {
  /// What is shown of a suspension that is to be ended; nothing of how it would stand, where none stands on
  /// that day any more.
  init(reinstating act: ReinstateCertificate, _ state: borrowing Snapshot) throws {
    let certificate = try CertificateService.certificate(act.number, state)
    try self.init(of: certificate, reason: act.reason.rawValue, why: act.why, cites: 0)
    guard let mark = certificate.life.mark(on: act.from), case .suspended(let ground) = mark.cause
    else { return }
    self.compare(
      certificate.life, after: .certificateReinstated(act.deed(of: mark, ground)), on: act.from)
  }
}

/// A change of how a certificate stands, as it is shown before it is done.
private struct Marking {
  private let number: CertificateNumber
  private let shown: BitimV1.MarkShown
  private let digest: String
  private let deed: Deed
  private let effectOn: CivilDate

  init(
    _ act: String, of certificate: CertificateRecord, by deed: Deed, effectOn day: CivilDate,
    reason: String, why: String, cites: Int64 = 0
  ) throws {
    var shown = try BitimV1.MarkShown(of: certificate, reason: reason, why: why, cites: cites)
    shown.compare(certificate.life, after: deed, on: day)
    self.init(act, of: certificate.number, showing: shown, by: deed, effectOn: day)
  }

  init(
    _ act: String, of number: CertificateNumber, showing shown: BitimV1.MarkShown, by deed: Deed,
    effectOn day: CivilDate
  ) {
    self.number = number
    self.shown = shown
    self.digest = ShownDigest.text(of: act, shown)
    self.deed = deed
    self.effectOn = day
  }

  /// Records what was shown, or proposes it where it takes two, unless it is only asked; and answers.
  ///
  /// - Throws: ``Refusal`` as ``ProposedAct/propose(_:approved:validateOnly:by:_:)`` says, with
  ///   ``Reason/missing`` or ``Reason/shownChanged``; ``StoreFailure``.
  func settle(
    _ stated: String, validateOnly: Bool, _ caller: Caller, _ transaction: borrowing Transaction,
    proposing proposed: ProposedAct? = nil
  ) throws -> BitimV1.MarkResponse {
    var response = BitimV1.MarkResponse()
    response.shown = self.shown
    response.shownDigest = self.digest
    if let proposed {
      (response.shownDigest, response.proposal) = try proposed.propose(
        .reinstatement(self.shown), approved: stated, validateOnly: validateOnly, by: caller,
        transaction)
    } else {
      response.recorded = try ShownDigest.isApproved(
        stated, is: self.digest, validateOnly: validateOnly)
      if response.recorded {
        try transaction.record(self.deed, by: caller.actor, heldOn: self.effectOn)
      }
    }
    let life = try CertificateService.certificate(self.number, transaction.state).life
    response.status = .init(life, on: caller.today, to: .school)
    return response
  }
}
