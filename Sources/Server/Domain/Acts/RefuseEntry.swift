/// Refuses an entry in the register of mediators, with reasons.
package struct RefuseEntry: Equatable, Sendable {
  package let day: CivilDate
  package let reasons: [String]

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/tooManyRows``, and as ``TextRule/read(_:column:)``.
  package init(on day: CivilDate, reading reasons: [String]) throws(Refusal) {
    if reasons.isEmpty { throw Refusal(.missing, column: "reason") }
    guard reasons.count <= ReceiveCase.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"])
    }
    var read: [String] = []
    for reason in reasons { read.append(try TextRule.read(reason, column: "reason")) }
    self.day = day
    self.reasons = read
  }

  /// - Parameter hands: Who has a hand in the case.
  /// - Throws: ``Refusal`` as ``CaseRecord/checkEntry(by:hands:on:isRefused:)``.
  package func decided(
    _ file: CaseRecord, hands: Set<Int64>, by caller: Int64
  ) throws(Refusal) -> Deed {
    try file.checkEntry(by: caller, hands: hands, on: self.day, isRefused: true)
    return .caseDecided(
      CaseDecided(case: file.sequence, outcome: .refused, reasons: self.reasons))
  }
}
