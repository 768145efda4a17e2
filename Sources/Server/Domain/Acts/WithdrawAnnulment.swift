/// Ends an annulment that an appeal or a court has set aside: the result stands again.
package struct WithdrawAnnulment: Equatable, Sendable {
  /// Whose result.
  package let person: Int64
  package let result: Int64
  /// The act that annulled it; 0 where none did.
  package let annulment: Int64
  /// The case that it carries out; 0 where none is named.
  package let cites: Int64
  /// Why, in words.
  package let why: String

  /// The act as it was read before: out of a proposal.
  package init(
    _ result: Int64, of person: Int64, annulledBy annulment: Int64, cites: Int64, why: String
  ) {
    self.person = person
    self.result = result
    self.annulment = annulment
    self.cites = cites
    self.why = why
  }

  /// Reads why, in the words of who proposes it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ result: Int64, of person: Int64, annulledBy annulment: Int64, cites: Int64,
    reading why: String
  ) throws(Refusal) {
    let why = try TextRule.read(why, column: "why")
    self.init(result, of: person, annulledBy: annulment, cites: cites, why: why)
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    /// The act that annuls the result; nil where it is not annulled.
    package var annulment: Int64?
    /// The results of its enrolment that were not replaced.
    package var results: [ResultRecord]
    package var cited: CaseRecord?

    package init(annulment: Int64?, results: [ResultRecord], cited: CaseRecord?) {
      self.annulment = annulment
      self.results = results
      self.cited = cited
    }
  }

  /// Ends it, which takes two persons.
  ///
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/annulmentUnknown``,
  ///   ``Reason/caseMissing``, ``Reason/caseUnfit`` or ``Reason/resultSince``.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusal) -> Decision {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    guard let annulment = facts.annulment, annulment == self.annulment else {
      throw Refusal(.annulmentUnknown, column: "person", value: PersonNumber.text(self.person))
    }
    try Citation.check(facts.cited, isNeeded: true) {
      $0.changes(.annulment(self.result), by: annulment)
    }
    // What came before stood beside it; what came since may have its attempt, or be another pass.
    guard !facts.results.contains(where: { $0.id > self.result && !$0.isAnnulled }) else {
      throw Refusal(.resultSince, column: "person", value: PersonNumber.text(self.person))
    }
    return Decision(
      .annulmentWithdrawn(
        AnnulmentWithdrawn(
          resultID: self.result, endsSequence: annulment, cites: self.cites, why: self.why)),
      takesTwo: true)
  }
}
