/// An act that cites a case: it carries a decision out, or rests on what was complained of.
package enum Citation {
  /// Refuses an act without the case that it needs, and one that cites a case of something else.
  ///
  /// - Parameters:
  ///   - file: The case that is cited; nil where none is.
  ///   - isNeeded: Whether the act is none without a case.
  ///   - fits: Whether the case is one for this act.
  /// - Throws: ``Refusal`` with ``Reason/caseMissing`` or ``Reason/caseUnfit``.
  static func check(
    _ file: CaseRecord?, isNeeded: Bool, fits: (CaseRecord) -> Bool
  ) throws(Refusal) {
    guard let file else {
      if isNeeded { throw Refusal(.caseMissing, column: "case") }
      return
    }
    guard fits(file) else {
      throw Refusal(.caseUnfit, column: "case", value: "\(file.sequence)")
    }
  }
}

extension CaseRecord {
  /// Whether its decision changes what was done there.
  func changes(_ subject: ContestedAct.Subject, by act: Int64? = nil) -> Bool {
    self.changesDecision
      && self.contested.contains {
        $0.subject == subject && (act == nil || $0.sequence == act)
      }
  }

  /// Whether its decision takes a result away: it is changed, or the person is examined anew.
  func annuls(_ result: Int64) -> Bool {
    if self.changes(.result(result)) { return true }
    return self.end?.outcome == .reExamination && self.contests(result)
  }

  /// Whether it contests this result, or any where none is named.
  func contests(_ result: Int64? = nil) -> Bool {
    self.contested.contains { act in
      guard case .result(let id) = act.subject else { return false }
      return result == nil || id == result
    }
  }

  /// Whether it is a complaint about somebody that is open, or was confirmed.
  func complains(of person: Int64, on day: CivilDate) -> Bool {
    guard self.kind == .complaint, self.person == person else { return false }
    switch self.state(on: day) {
    case .received, .acknowledged, .returned: return true
    case .decided, .executed: return self.end?.outcome == .confirmed
    case .withdrawn, .lapsed, .notAdmitted: return false
    }
  }
}
