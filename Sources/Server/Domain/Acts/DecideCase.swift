/// Decides a case, by somebody who has no hand in what it contests.
package struct DecideCase: Equatable, Sendable {
  package let outcome: CaseOutcome
  package let day: CivilDate
  /// Why, ground by ground.
  package let reasons: [String]

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ outcome: CaseOutcome, on day: CivilDate, reasons: [String]
  ) throws(Refusal) {
    self.outcome = outcome
    self.day = day
    var read: [String] = []
    for reason in reasons { read.append(try TextRule.read(reason, column: "reason")) }
    self.reasons = read
  }

  /// - Parameters:
  ///   - marked: The certificates that have what it contests standing against them.
  ///   - hands: Who has a hand in what is contested.
  /// - Throws: ``Refusal`` with ``Reason/decidesHimself``, ``Reason/decidesOwnAct``,
  ///   as ``CaseRecord/checkDecidable(on:)``, with ``Reason/notInList`` for an outcome of another kind, or
  ///   ``Reason/groundUnanswered``.
  package func decided(
    _ file: CaseRecord, marked: [CertificateNumber], hands: Set<Int64>, by caller: Int64
  ) throws(Refusal) -> Deed {
    guard caller != file.person else { throw Refusal(.decidesHimself, column: "act") }
    guard !hands.contains(caller) else { throw Refusal(.decidesOwnAct, column: "act") }
    try file.checkDecidable(on: self.day)
    guard self.outcome.isOf(file) else {
      throw Refusal(.notInList, column: "outcome", value: self.outcome.rawValue)
    }
    guard self.reasons.count == file.grounds else {
      throw Refusal(.groundUnanswered, column: "reason", ["count": "\(file.grounds)"])
    }
    // What is not changed has effect again.
    let resumes = file.stayedOn != nil && !self.outcome.changesDecision
    return .caseDecided(
      CaseDecided(
        case: file.sequence, outcome: self.outcome, reasons: self.reasons,
        certificates: resumes ? marked : []))
  }
}

extension CaseOutcome {
  /// Whether such a case may end so: anew is examined whose result an appeal contests.
  fileprivate func isOf(_ file: CaseRecord) -> Bool {
    switch self {
    case .decisionStands, .decisionChanged, .court: file.kind == .appeal
    case .reExamination: file.kind == .appeal && file.contests()
    case .confirmed, .notConfirmed: file.kind == .complaint
    case .notAdmitted: file.kind.isOfArbiter
    case .admitted, .refused, .recognised, .recognisedPart, .entered: false
    }
  }
}
