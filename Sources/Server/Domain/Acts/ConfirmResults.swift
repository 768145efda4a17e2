/// Confirms a session's results, as its chair; only then they count.
package struct ConfirmResults: Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The session's results that were not replaced.
    package var results: [ResultRecord]
    /// Whose results they are, by enrolment.
    package var candidates: [Int64: Int64]
    /// Who taught them and trains their cohorts, by enrolment.
    package var teachers: [Int64: Teachers]
    /// What they attended, by enrolment.
    package var hours: [Int64: Hours]
    /// What the session's edition asks.
    package var edition: Edition
    /// The digest of what the session shows now.
    package var digest: String
    /// Who has reviewed the results as they stand.
    package var reviewers: Set<Int64>
    /// What the setting `declaration` says on the session's day.
    package var isEachAsked: Bool
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      results: [ResultRecord], candidates: [Int64: Int64], teachers: [Int64: Teachers],
      hours: [Int64: Hours], edition: Edition, digest: String, reviewers: Set<Int64> = [],
      isEachAsked: Bool = false, persons: NaturalPersons = .apart
    ) {
      self.reviewers = reviewers
      self.isEachAsked = isEachAsked
      self.results = results
      self.candidates = candidates
      self.teachers = teachers
      self.hours = hours
      self.edition = edition
      self.digest = digest
      self.persons = persons
    }
  }

  package let session: SessionRecord
  /// The digest of what the chair was shown.
  package let shown: String

  /// Asks to confirm what was shown of `session`.
  package init(_ session: SessionRecord, shown: String) {
    self.session = session
    self.shown = shown
  }

  /// Decides. Persons are compared, never tokens.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notChair``; ``Reason/nothingToConfirm``;
  ///   ``Reason/missing`` without a digest, ``Reason/resultsChanged`` with another;
  ///   ``Reason/confirmsOwnRecord``; ``Reason/declarationMissing``, and as
  ///   ``SessionRecord/checkImpartial(towards:column:value:recordedBy:needed:_:)``;
  ///   ``Reason/reviewMissing``; ``Reason/examinesHimself``;
  ///   ``Reason/hoursShort`` or ``Reason/examinerTaught``, which what was recorded since may
  ///   show.
  package func decided(_ facts: Facts, by confirmer: Int64) throws(Refusal) -> Deed {
    guard self.session.chair == confirmer else {
      throw Refusal(.notChair, column: "session", value: self.session.code)
    }
    let open = facts.results.filter { !$0.isConfirmed && !$0.isAnnulled }
    guard !open.isEmpty else {
      throw Refusal(.nothingToConfirm, column: "session", value: self.session.code)
    }
    try Approval.check(
      self.shown, is: facts.digest, column: "results_digest", else: .resultsChanged)
    guard !open.contains(where: { facts.persons.areOne($0.recordedBy, confirmer) }) else {
      throw Refusal(.confirmsOwnRecord, column: "session", value: self.session.code)
    }
    if facts.isEachAsked, let silent = self.session.undeclared(facts.persons).first {
      throw Refusal(
        .declarationMissing, column: "session", value: self.session.code,
        ["examiner": PersonNumber.text(silent)])
    }
    for result in open {
      let candidate = facts.candidates[result.enrolmentID] ?? 0
      try self.session.checkImpartial(
        towards: candidate, column: "candidate", value: PersonNumber.text(candidate),
        recordedBy: result.recordedBy, needed: facts.edition.commissionMin.value, facts.persons)
    }
    try self.checkReviews(of: open, facts, by: confirmer)
    // Who has come to be a member since, as two numbers were found to be one.
    let candidates = open.compactMap { facts.candidates[$0.enrolmentID] }
    let members = self.session.seats.keys
    guard !candidates.contains(where: { one in members.contains { facts.persons.areOne($0, one) } })
    else {
      throw Refusal(.examinesHimself, column: "session", value: self.session.code)
    }
    for result in open {
      let hours = facts.hours[result.enrolmentID] ?? Hours.none
      let candidate = PersonNumber.text(facts.candidates[result.enrolmentID] ?? 0)
      if result.outcome != .absent {
        try Eligibility.checkHours(hours, of: candidate, under: facts.edition)
      }
      for member in self.session.seats.keys.sorted() {
        guard let teachers = facts.teachers[result.enrolmentID],
          let bar = teachers.bar(member, from: self.session.heldOn)
        else { continue }
        let words = ["examiner": PersonNumber.text(member), "candidate": candidate]
        throw Refusal(
          .examinerTaught, column: "session", value: self.session.code,
          bar.arguments.merging(words) { $1 })
      }
    }
    return .resultsConfirmed(
      ResultsConfirmed(sessionID: self.session.id, resultIDs: open.map(\.id)))
  }

  /// Each result is reviewed by as many as the edition asks.
  ///
  /// A chair who reviewed before he or she was one has not reviewed, nor has who has an interest in the
  /// candidate; two numbers of one review once.
  private func checkReviews(
    of open: [ResultRecord], _ facts: Facts, by confirmer: Int64
  ) throws(Refusal) {
    let needed = facts.edition[.reviewsMin].value
    let counts = open.map { result in
      let concerned = self.session.concerned(
        in: facts.candidates[result.enrolmentID] ?? 0, facts.persons)
      return Set(
        facts.reviewers.filter { reviewer in
          !facts.persons.areOne(reviewer, confirmer)
            && !concerned.contains { facts.persons.areOne($0, reviewer) }
        }.map { facts.persons.first(of: $0) }
      ).count
    }
    guard let fewest = counts.min(), fewest < needed else { return }
    throw Refusal(
      .reviewMissing, column: "session", value: self.session.code,
      ["got": "\(fewest)", "needed": "\(needed)"])
  }
}
