/// Receives a case: an appeal or a complaint.
package struct ReceiveCase: Equatable, Sendable {
  /// How many grounds and papers one case has at most.
  package static let listMax = 20

  package let kind: CaseKind
  /// Whom it concerns; 0 where nobody is known.
  package let person: Int64
  package let receivedOn: CivilDate
  package let toldOn: CivilDate?
  /// Why it came late; empty where nothing is said.
  package let lateReason: String
  package let grounds: [String]
  package let papers: [CasePaper]

  /// Reads what is asserted, and what an appeal can't do without.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``: an application is submitted, a recognition asked for
  ///   ``Reason/missing``, ``Reason/tooManyRows`` or ``Reason/datesReversed``, and as
  ///   ``TextRule/read(_:column:)``.
  package init(
    _ kind: CaseKind, of person: Int64, contesting acts: [Int64], receivedOn: CivilDate,
    toldOn: CivilDate?, lateReason: String, grounds: [String], papers: [CasePaper]
  ) throws(Refusal) {
    guard kind.isOfArbiter else {
      throw Refusal(.notInList, column: "kind", value: kind.rawValue)
    }
    let needed = [
      ("person", kind != .appeal || person != 0), ("act", kind != .appeal || !acts.isEmpty),
      ("told_on", kind != .appeal || toldOn != nil), ("ground", !grounds.isEmpty),
    ]
    if let (column, _) = needed.first(where: { !$0.1 }) { throw Refusal(.missing, column: column) }
    guard max(grounds.count, papers.count, acts.count) <= Self.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(Self.listMax)"])
    }
    if let told = toldOn, told > receivedOn {
      throw Refusal(.datesReversed, column: "told_on", value: told.iso)
    }
    let late = TextRule.folded(lateReason)
    try TextRule.allow(late, column: "late_reason")
    var read: [String] = []
    for ground in grounds { read.append(try TextRule.read(ground, column: "ground")) }
    self.kind = kind
    self.person = person
    self.receivedOn = receivedOn
    self.toldOn = toldOn
    self.lateReason = late
    self.grounds = read
    self.papers = papers
  }

  /// Receives it; what is late an arbiter alone, who accepts why.
  ///
  /// - Parameters:
  ///   - contested: What it contests, as it stands.
  ///   - notifiedOn: The day on which it was recorded that the person was told of a refused application that is
  ///     contested; nil without one.
  ///   - isArbiter: Whether the caller acts as an arbiter.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/differs`` or
  ///   ``Reason/appealTooLate``.
  package func decided(
    _ contested: [ContestedAct], notifiedOn: CivilDate? = nil, by caller: Int64, isArbiter: Bool
  ) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    if let notifiedOn, let told = self.toldOn, told != notifiedOn {
      throw Refusal(.differs, column: "told_on", value: told.iso, ["there": notifiedOn.iso])
    }
    let last = self.toldOn.map { CivilDate(dayNumber: $0.dayNumber + CaseRecord.appealDays) }
    if self.kind == .appeal, let last, self.receivedOn > last,
      !isArbiter || self.lateReason.isEmpty
    {
      throw Refusal(
        .appealTooLate, column: "received_on", value: self.receivedOn.iso, ["last": last.iso])
    }
    return .caseReceived(
      CaseReceived(
        kind: self.kind, person: self.person, contested: contested, toldOn: self.toldOn,
        lateReason: self.lateReason, grounds: self.grounds, papers: self.papers))
  }
}
