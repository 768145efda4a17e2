/// Takes a step in a case: acknowledges, returns, completes, extends, withdraws, stays what it contests, or says
/// when the decision was told.
package struct MoveCase: Equatable, Sendable {
  package let step: CaseStep
  package let day: CivilDate
  /// Why, in words; empty where the step says it all.
  package let why: String
  package let papers: [CasePaper]

  /// Reads why: to return, to extend, to withdraw and to stay it has to be said.
  ///
  /// - Throws: ``Refusal`` with ``Reason/tooManyRows``, and as ``TextRule/read(_:column:)``.
  package init(
    _ step: CaseStep, on day: CivilDate, why: String, papers: [CasePaper]
  ) throws(Refusal) {
    guard papers.count <= ReceiveCase.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"])
    }
    self.step = step
    self.day = day
    self.papers = papers
    switch step {
    case .returned, .extended, .withdrawn, .stayed: self.why = try TextRule.read(why, column: "why")
    case .acknowledged, .completed, .notified:
      self.why = TextRule.folded(why)
      try TextRule.allow(self.why, column: "why")
    }
  }

  /// - Parameters:
  ///   - marked: The certificates that have what it contests standing against them.
  ///   - successor: A certificate that stands instead of one of those.
  ///   - hands: Who has a hand in what is contested.
  ///   - isArbiter: Whether the caller acts as an arbiter, who alone stays, and extends what he or she decides.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/notAllowed``,
  ///   ``Reason/decidesOwnAct``, ``Reason/datesReversed``, ``Reason/caseOutOfOrder``,
  ///   ``Reason/deadlineExtendedOnce``, ``Reason/alreadyThere``, ``Reason/nothingToStay`` or
  ///   ``Reason/certificateReplaced``: of one programme one certificate is valid; or as
  ///   ``CasePaper/checkAge(_:on:)``.
  package func decided(
    _ file: CaseRecord, marked: [CertificateNumber], successor: CertificateNumber? = nil,
    hands: Set<Int64>, by caller: Int64, isArbiter: Bool
  ) throws(Refusal) -> Deed {
    guard caller != file.person else { throw Refusal(.actsOnHimself, column: "act") }
    // A recognition waits for no arbiter, and is extended by who prepares it.
    let isArbiters =
      self.step == .stayed || (self.step == .extended && file.kind != .recognition)
    guard isArbiter || !isArbiters else {
      throw Refusal(.notAllowed, ["roles": Role.arbiter.rawValue])
    }
    if self.step == .stayed, hands.contains(caller) {
      throw Refusal(.decidesOwnAct, column: "act")
    }
    guard self.day >= file.lastDone else {
      throw Refusal(.datesReversed, column: "held_on", value: self.day.iso)
    }
    // What came in time may be recorded later: it is asked how the case stood on that day.
    let state = file.state(on: self.day)
    // What is stayed is not left to lapse.
    let wouldLapse = self.step == .returned && file.stayedOn != nil
    // Nor is an application extended, for training or for an entry in the register.
    let isLonger = self.step == .extended && [.application, .entry].contains(file.kind)
    guard self.step.follows(state), !wouldLapse, !isLonger else {
      throw Refusal(.caseOutOfOrder, ["state": state.rawValue])
    }
    if self.step == .extended, file.isExtended { throw Refusal(.deadlineExtendedOnce) }
    let isOnce = self.step == .notified || self.step == .stayed
    if isOnce, let there = file.moves.first(where: { $0.step == self.step }) {
      throw Refusal(.alreadyThere, column: "held_on", value: there.heldOn.iso)
    }
    if self.step == .stayed, marked.isEmpty { throw Refusal(.nothingToStay, column: "act") }
    if self.step == .stayed, let successor {
      throw Refusal(.certificateReplaced, column: "act", ["number": successor.text])
    }
    try CasePaper.checkAge(self.papers, on: self.day)
    // A case that is withdrawn stays nothing any more.
    let changes = self.step == .stayed || (self.step == .withdrawn && file.stayedOn != nil)
    return .caseMoved(
      CaseMoved(
        case: file.sequence, step: self.step, why: self.why, papers: self.papers,
        certificates: changes ? marked : []))
  }
}

extension CaseStep {
  /// Whether it may be taken in a case that stands so.
  fileprivate func follows(_ state: CaseState) -> Bool {
    switch self {
    case .acknowledged: state == .received
    case .returned, .extended, .stayed: state == .received || state == .acknowledged
    case .completed: state == .returned
    case .withdrawn: state == .received || state == .acknowledged || state == .returned
    case .notified: state == .decided || state == .executed || state == .notAdmitted
    }
  }
}
