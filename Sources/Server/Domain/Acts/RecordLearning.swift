/// Records what somebody learned after the certificate.
package struct RecordLearning: Equatable, Sendable {
  /// Who learned it.
  package let person: Int64
  package let learning: Learning

  /// The most quarters of hours, and the most points, of one piece.
  package static let most = (quarters: 4_000, points: 1_000)

  /// Reads what was learned.
  ///
  /// - Parameter amount: How much; nil where it is not said.
  /// - Throws: ``Refusals`` with everything that is filled in wrongly: ``Reason/missing``, ``Reason/outOfRange``, and
  ///   as ``TextRule/read(_:column:)``.
  package init(
    of person: Int64, on day: CivilDate, _ kind: LearningKind, amount: Learning.Amount?,
    isRelevant: Bool, provider: String, evidence: String
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let read = refusals.noting { () throws(Refusal) in try Self.read(amount) }
    let who = refusals.noting { () throws(Refusal) in
      try TextRule.read(provider, column: "provider")
    }
    let shows = refusals.noting { () throws(Refusal) in
      try TextRule.read(evidence, column: "evidence")
    }
    guard let read, let who, let shows else { throw Refusals(all: refusals) }
    self.person = person
    self.learning = Learning(
      on: day, kind, read, isRelevant: isRelevant, provider: who, evidence: shows)
  }

  private static func read(_ amount: Learning.Amount?) throws(Refusal) -> Learning.Amount {
    switch amount {
    case nil: throw Refusal(.missing, column: "hours")
    case .quarters(let quarters):
      try Self.check(quarters, 1...Self.most.quarters, column: "hours", "0.25", "1000")
    case .points(let points):
      try Self.check(points, 1...Self.most.points, column: "points", "1", "1000")
    }
    return amount ?? .points(0)
  }

  private static func check(
    _ value: Int, _ range: ClosedRange<Int>, column: String, _ low: String, _ high: String
  ) throws(Refusal) {
    guard range.contains(value) else {
      throw Refusal(.outOfRange, column: column, ["low": low, "high": high])
    }
  }

  /// - Parameter there: What stands of the natural person.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, or ``Reason/alreadyThere`` where the same was
  ///   recorded, by whomever.
  package func decided(_ there: [LearningRecord], by caller: Int64) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    let same = there.first { record in
      record.learning.day == self.learning.day && record.learning.kind == self.learning.kind
        && record.learning.provider == self.learning.provider
    }
    if let same {
      throw Refusal(.alreadyThere, column: "learning", value: "\(same.sequence)")
    }
    return .learningRecorded(LearningRecorded(of: self.person, self.learning))
  }
}
