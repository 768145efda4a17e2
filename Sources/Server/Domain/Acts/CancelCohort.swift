/// Cancels a cohort: its trainees are withdrawn, and may be transferred with their hours.
package struct CancelCohort: Equatable, Sendable {
  /// Why, in words.
  package let why: String

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(why: String) throws(Refusal) { self.why = try TextRule.read(why, column: "why") }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var cohort: CohortRecord
    /// A session that is not cancelled, by its code.
    package var session: String?
    /// Results that were not replaced, of its sessions and of its trainees anywhere.
    package var results: [ResultRecord]
    package var enrolments: [Int64]

    package init(
      cohort: CohortRecord, session: String?, results: [ResultRecord], enrolments: [Int64]
    ) {
      self.cohort = cohort
      self.session = session
      self.results = results
      self.enrolments = enrolments
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/cohortClosed``, ``Reason/enrolledAfterEnd``: what is over stays,
  ///   ``Reason/resultThere``: a pass, or one that waits for its chair, or ``Reason/sessionThere``.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Deed {
    let cohort = facts.cohort
    try cohort.checkStanding(column: "code")
    guard today <= cohort.endsOn else {
      throw Refusal(
        .enrolledAfterEnd, column: "code", value: cohort.code, ["ends": cohort.endsOn.iso])
    }
    let standing = facts.results.filter { !$0.isAnnulled }
    guard !standing.contains(where: { $0.outcome == .passed || !$0.isConfirmed }) else {
      throw Refusal(.resultThere, column: "code", value: cohort.code)
    }
    if let session = facts.session {
      throw Refusal(.sessionThere, column: "code", value: cohort.code, ["session": session])
    }
    return .cohortCancelled(
      CohortCancelled(
        cohortID: cohort.id, enrolmentIDs: facts.enrolments, lastDay: today, why: self.why))
  }
}
