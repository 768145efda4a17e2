/// Says that what is recorded of a session is what was agreed, as a seat that neither recorded nor chairs.
package struct ReviewResults: Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The session's results that were not replaced.
    package var results: [ResultRecord]
    /// Who has reviewed them as they stand.
    package var reviewers: Set<Int64>
    /// The digest of what the session shows now.
    package var digest: String
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      results: [ResultRecord], reviewers: Set<Int64>, digest: String,
      persons: NaturalPersons = .apart
    ) {
      self.results = results
      self.reviewers = reviewers
      self.digest = digest
      self.persons = persons
    }
  }

  package let session: SessionRecord
  /// The digest of what the reviewer was shown.
  package let shown: String

  /// Asks to review what was shown of `session`.
  package init(_ session: SessionRecord, shown: String) {
    self.session = session
    self.shown = shown
  }

  /// Decides. Persons are compared, never tokens.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInCommission``; ``Reason/chairReviews`` and
  ///   ``Reason/reviewsOwnRecord``; ``Reason/nothingToConfirm``; ``Reason/missing`` without a digest,
  ///   ``Reason/resultsChanged`` with another; ``Reason/nothingChanged``.
  package func decided(_ facts: Facts, by reviewer: Int64) throws(Refusal) -> Deed {
    guard self.session.seats[reviewer] != nil else { throw self.refusal(.notInCommission) }
    guard self.session.chair.map({ !facts.persons.areOne($0, reviewer) }) ?? true else {
      throw self.refusal(.chairReviews)
    }
    let open = facts.results.filter { !$0.isConfirmed }
    guard !open.isEmpty else { throw self.refusal(.nothingToConfirm) }
    try Approval.check(
      self.shown, is: facts.digest, column: "results_digest", else: .resultsChanged)
    guard !open.contains(where: { facts.persons.areOne($0.recordedBy, reviewer) }) else {
      throw self.refusal(.reviewsOwnRecord)
    }
    guard !facts.reviewers.contains(where: { facts.persons.areOne($0, reviewer) }) else {
      throw self.refusal(.nothingChanged)
    }
    return .resultsReviewed(
      ResultsReviewed(sessionID: self.session.id, resultIDs: open.map(\.id)))
  }

  private func refusal(_ reason: Reason) -> Refusal {
    Refusal(reason, column: "session", value: self.session.code)
  }

  /// Whether results wait for a review by somebody who has a seat and does not chair.
  package static func isDue(
    by person: Int64, of results: [ResultRecord], reviewedBy reviewers: Set<Int64>,
    under edition: Edition, _ persons: NaturalPersons
  ) -> Bool {
    reviewers.count < edition[.reviewsMin].value
      && !reviewers.contains { persons.areOne($0, person) }
      && !results.contains { !$0.isConfirmed && persons.areOne($0.recordedBy, person) }
  }
}
