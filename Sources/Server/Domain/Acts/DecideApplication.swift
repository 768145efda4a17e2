/// Decides on an application: the person is admitted, or refused.
package struct DecideApplication: Equatable, Sendable {
  package let outcome: CaseOutcome
  package let day: CivilDate
  package let reasons: [String]
  package let checks: [ApplicationCheck]

  /// Reads why, and who checked what: to refuse, a reason; to admit, each matter.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``, ``Reason/tooManyRows``, ``Reason/alreadyThere`` or
  ///   ``Reason/missing``, and as ``TextRule/read(_:column:)``.
  package init(
    _ outcome: CaseOutcome, on day: CivilDate, reasons: [String], checks: [ApplicationCheck]
  ) throws(Refusal) {
    guard outcome == .admitted || outcome == .refused else {
      throw Refusal(.notInList, column: "outcome", value: outcome.rawValue)
    }
    guard reasons.count <= ReceiveCase.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"])
    }
    var read: [String] = []
    for reason in reasons { read.append(try TextRule.read(reason, column: "reason")) }
    let matters = checks.map(\.matter)
    if let twice = CheckedMatter.allCases.first(where: { one in
      matters.filter { $0 == one }.count > 1
    }) {
      throw Refusal(.alreadyThere, column: "check", value: twice.rawValue)
    }
    let unchecked =
      outcome == .admitted ? CheckedMatter.allCases.filter { !matters.contains($0) } : []
    let missing =
      unchecked.map(\.rawValue) + (outcome == .refused && reasons.isEmpty ? ["reason"] : [])
    if let column = missing.first { throw Refusal(.missing, column: column) }
    self.outcome = outcome
    self.day = day
    self.reasons = read
    self.checks = checks
  }

  /// - Throws: ``Refusal`` with ``Reason/decidesHimself``, ``Reason/caseUnfit`` for a case that is no
  ///   application, and as ``CaseRecord/checkDecidable(on:)``.
  package func decided(_ file: CaseRecord, by caller: Int64) throws(Refusal) -> Deed {
    guard caller != file.person else { throw Refusal(.decidesHimself, column: "act") }
    guard file.kind == .application else {
      throw Refusal(.caseUnfit, column: "case", value: "\(file.sequence)")
    }
    try file.checkDecidable(on: self.day)
    return .caseDecided(
      CaseDecided(
        case: file.sequence, outcome: self.outcome, reasons: self.reasons, checks: self.checks))
  }
}
