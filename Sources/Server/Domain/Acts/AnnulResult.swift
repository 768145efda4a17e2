/// Takes a confirmed result away, by somebody outside the commission; it is shown as annulled.
package struct AnnulResult: Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The candidate's results in the session that were not replaced.
    package var results: [ResultRecord]
    /// Who has a seat in the session, or had one.
    package var seated: Set<Int64>
    /// Who taught the candidate.
    package var trainers: Set<Int64>
    /// The certificate that rests on the enrolment, neither revoked nor suspended today.
    package var certificate: CertificateNumber?
    /// The case that is cited.
    package var cited: CaseRecord?
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      results: [ResultRecord], seated: Set<Int64>, trainers: Set<Int64>,
      certificate: CertificateNumber?, cited: CaseRecord? = nil, persons: NaturalPersons = .apart
    ) {
      self.results = results
      self.seated = seated
      self.trainers = trainers
      self.certificate = certificate
      self.cited = cited
      self.persons = persons
    }
  }

  package let session: SessionRecord
  /// Whose result.
  package let candidate: Int64
  /// Why, in the annuller's words.
  package let reason: String
  /// The case that it carries out; 0 where none is named.
  package let cites: Int64

  /// The reason that rests on a case.
  package static let appeal = "appeal"

  /// Asks to annul the result of `candidate` in `session`.
  package init(
    of candidate: Int64, in session: SessionRecord, for reason: String, cites: Int64 = 0
  ) {
    self.candidate = candidate
    self.session = session
    self.reason = reason
    self.cites = cites
  }

  /// Decides. Persons are compared, never tokens.
  ///
  /// - Throws: ``Refusal`` with ``Reason/resultUnknown`` unless there is one that counts;
  ///   ``Reason/actsOnHimself``; ``Reason/annulsOwnResult`` for who sits or sat in the commission,
  ///   recorded, confirmed or taught; ``Reason/caseMissing`` or ``Reason/caseUnfit``;
  ///   ``Reason/certificateStands``.
  package func decided(_ facts: Facts, by annuller: Int64) throws(Refusal) -> Deed {
    guard let result = facts.results.last(where: { $0.isConfirmed && !$0.isAnnulled }) else {
      throw Refusal(.resultUnknown, column: "person", value: PersonNumber.text(self.candidate))
    }
    guard !facts.persons.areOne(annuller, self.candidate) else {
      throw Refusal(.actsOnHimself, column: "person", value: PersonNumber.text(self.candidate))
    }
    guard !facts.seated.contains(annuller),
      !facts.persons.areOne(annuller, result.recordedBy),
      !facts.persons.areOne(annuller, result.confirmedBy), !facts.trainers.contains(annuller)
    else {
      throw Refusal(.annulsOwnResult, column: "session", value: self.session.code)
    }
    try Citation.check(facts.cited, isNeeded: self.reason == Self.appeal) {
      $0.annuls(result.id)
    }
    if let number = facts.certificate {
      throw Refusal(.certificateStands, column: "session", ["number": number.text])
    }
    return .resultAnnulled(
      ResultAnnulled(resultID: result.id, reason: self.reason, cites: self.cites))
  }
}
