/// Corrects the marks of a confirmed result where its outcome stays; attempt and certificate stay, too.
package struct CorrectResult: Equatable, Sendable {
  package let person: Int64
  package let session: Int64
  /// 0 where there is none that counts.
  package let result: Int64
  /// All marks as they should be.
  package let scores: Scores
  /// Each member's, in its order; empty where there is one mark, agreed.
  package let marks: [MemberMark]
  /// Why, and what shows it.
  package let why: String

  /// The act as it was read before: out of a proposal.
  package init(
    of person: Int64, in session: Int64, result: Int64, to scores: Scores,
    marks: [MemberMark] = [], why: String
  ) {
    self.person = person
    self.session = session
    self.result = result
    self.scores = scores
    self.marks = marks
    self.why = why
  }

  /// Reads marks as the edition asks for them, and why they are others: of members, of those who
  /// gave the marks that stand.
  ///
  /// - Throws: ``Refusal`` with ``Reason/scoreTwice``, ``Reason/scoreNotAsked``, ``Reason/outOfRange``,
  ///   ``Reason/marksByMember``, ``Reason/markNotOfMember`` or ``Reason/scoreMissing``, or as
  ///   ``TextRule/read(_:column:)``.
  package init(
    of person: Int64, in session: Int64, _ result: ResultRecord?,
    reading scores: [(component: Component, points: Int)], _ marks: [MemberMark],
    under edition: Edition, why: String
  ) throws(Refusal) {
    let row = RecordResults.Row(
      candidate: PersonNumber.text(person), instead: nil, scores: scores, marks: marks, why: "")
    let there = result?.marks ?? []
    // Where none stands to be corrected, that is what is refused.
    let read = try RecordResults.scores(
      of: row, under: edition, members: Set((there.isEmpty ? marks : there).map(\.member)))
    let why = try TextRule.read(why, column: "why")
    self.init(
      of: person, in: session, result: result?.id ?? 0, to: read,
      marks: marks.sorted(by: MemberMark.precedes), why: why)
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    package var session: SessionRecord
    package var edition: Edition
    /// The result, if it is confirmed and was not annulled.
    package var result: ResultRecord?
    /// Who has a seat in the session, or had one.
    package var seated: Set<Int64>

    package init(
      session: SessionRecord, edition: Edition, result: ResultRecord?, seated: Set<Int64>
    ) {
      self.session = session
      self.edition = edition
      self.result = result
      self.seated = seated
    }
  }

  /// What it comes to in the hand of the chair, who proposes it.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notChair``, and as ``deed(_:by:)`` says.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusal) -> Decision {
    guard facts.session.chair == caller else {
      throw Refusal(.notChair, column: "session", value: facts.session.code)
    }
    return Decision(try self.deed(facts, by: caller), takesTwo: true)
  }

  /// What it comes to in the hand of who approves it: not of the commission.
  ///
  /// - Throws: ``Refusal`` with ``Reason/annulsOwnResult``, and as ``deed(_:by:)`` says.
  package func approved(_ facts: Facts, by caller: Int64) throws(Refusal) -> Deed {
    let recorders = [facts.result?.recordedBy, facts.result?.confirmedBy]
    guard !facts.seated.contains(caller), !recorders.contains(caller) else {
      throw Refusal(.annulsOwnResult, column: "session", value: facts.session.code)
    }
    return try self.deed(facts, by: caller)
  }

  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/resultUnknown``,
  ///   ``Reason/nothingChanged`` or ``Reason/outcomeChanges``.
  private func deed(_ facts: Facts, by caller: Int64) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    guard let result = facts.result else {
      throw Refusal(.resultUnknown, column: "person", value: PersonNumber.text(self.person))
    }
    guard (result.scores, result.marks) != (self.scores, self.marks) else {
      throw Refusal(.nothingChanged, column: "scores")
    }
    let isPassed = facts.edition.isPassed(with: self.scores, self.marks)
    let outcome: ResultOutcome = isPassed ? .passed : .failed
    guard outcome == result.outcome else { throw Refusal(.outcomeChanges, column: "scores") }
    return .resultCorrected(
      ResultCorrected(
        resultID: result.id, scores: self.scores, marks: self.marks, why: self.why))
  }
}
