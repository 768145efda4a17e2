/// Takes a step in a case: acknowledges, returns, completes, extends, withdraws, or says when the decision was
/// told.
package struct MoveCase: Equatable, Sendable {
  package let step: CaseStep
  package let day: CivilDate
  /// Why, in words; empty where the step says it all.
  package let why: String
  package let papers: [CasePaper]

  /// Reads why: to return, to extend and to withdraw it has to be said.
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
    case .returned, .extended, .withdrawn: self.why = try TextRule.read(why, column: "why")
    case .acknowledged, .completed, .notified:
      self.why = TextRule.folded(why)
      try TextRule.allow(self.why, column: "why")
    }
  }

  /// - Parameter isArbiter: Whether the caller acts as an arbiter, who alone extends.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/notAllowed``,
  ///   ``Reason/datesReversed``, ``Reason/caseOutOfOrder``, ``Reason/deadlineExtendedOnce`` or
  ///   ``Reason/alreadyThere``.
  package func decided(
    _ file: CaseRecord, by caller: Int64, isArbiter: Bool
  ) throws(Refusal) -> Deed {
    guard caller != file.person else { throw Refusal(.actsOnHimself, column: "act") }
    guard isArbiter || self.step != .extended else {
      throw Refusal(.notAllowed, ["roles": Role.arbiter.rawValue])
    }
    guard self.day >= file.lastDone else {
      throw Refusal(.datesReversed, column: "held_on", value: self.day.iso)
    }
    // What came in time may be recorded later: it is asked how the case stood on that day.
    let state = file.state(on: self.day)
    guard self.step.follows(state) else {
      throw Refusal(.caseOutOfOrder, ["state": state.rawValue])
    }
    if self.step == .extended, file.isExtended { throw Refusal(.deadlineExtendedOnce) }
    if self.step == .notified, let day = file.notifiedOn {
      throw Refusal(.alreadyThere, column: "held_on", value: day.iso)
    }
    return .caseMoved(
      CaseMoved(case: file.sequence, step: self.step, why: self.why, papers: self.papers))
  }
}

extension CaseStep {
  /// Whether it may be taken in a case that stands so.
  fileprivate func follows(_ state: CaseState) -> Bool {
    switch self {
    case .acknowledged: state == .received
    case .returned, .extended: state == .received || state == .acknowledged
    case .completed: state == .returned
    case .withdrawn: state == .received || state == .acknowledged || state == .returned
    case .notified: state == .decided || state == .executed || state == .notAdmitted
    }
  }
}
