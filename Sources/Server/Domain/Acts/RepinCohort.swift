/// Has a cohort follow another edition of its programme, before its first class.
package struct RepinCohort: Equatable, Sendable {
  package let cohort: Int64
  /// The edition that it would follow.
  package let edition: Int64
  /// Why, in words.
  package let why: String

  /// The act as it was read before: out of a proposal.
  package init(_ cohort: Int64, to edition: Int64, for why: String) {
    self.cohort = cohort
    self.edition = edition
    self.why = why
  }

  /// Reads why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(_ cohort: Int64, to edition: Int64, typedWhy: String) throws(Refusal) {
    self.init(cohort, to: edition, for: try TextRule.read(typedWhy, column: "why"))
  }

  /// What the rules ask.
  package struct Facts: Sendable {
    package var cohort: CohortRecord
    /// The edition that it would follow, as it stands.
    package var edition: Edition
    /// Whether a class stands in it.
    package var hasBegun: Bool
    /// A session of it that is not cancelled, by code.
    package var session: String?
    /// Whether somebody came from another cohort, and has a place or was withdrawn.
    package var hasTransferred: Bool
    /// Who has a place in it, and begins with it where nobody came from another.
    package var beginners: [AmendCohort.Beginner]
    /// Who waits for a place in it, from the day on which it was asked for.
    package var waiting: [AmendCohort.Beginner]
    /// The edition that it follows.
    package var before: Edition

    package init(
      cohort: CohortRecord, before: Edition, edition: Edition, hasBegun: Bool = false,
      session: String? = nil, hasTransferred: Bool = false, beginners: [AmendCohort.Beginner],
      waiting: [AmendCohort.Beginner] = []
    ) {
      self.cohort = cohort
      self.before = before
      self.edition = edition
      self.hasBegun = hasBegun
      self.session = session
      self.hasTransferred = hasTransferred
      self.beginners = beginners
      self.waiting = waiting
    }
  }

  /// Somebody who is not admitted under the other edition, and all that speaks against it.
  package struct Loser: Equatable, Sendable {
    package var person: Int64
    /// Whether he or she waits for a place: such a one refuses nothing, and gets none then.
    package var isWaiting: Bool
    package var refusals: [Refusal]
  }

  /// Who would not be admitted, and who waits and would be admitted no more.
  package func losers(_ facts: Facts) -> [Loser] {
    func refusals(_ beginner: AmendCohort.Beginner, under edition: Edition) -> [Refusal] {
      // At the School a refusal says what it is of.
      beginner.admission.refusals(
        under: edition, on: facts.cohort.trainingDay(from: beginner.enrolledOn), isSchool: true)
    }
    let placed = facts.beginners.map {
      Loser(person: $0.person, isWaiting: false, refusals: refusals($0, under: facts.edition))
    }
    // Who would get no place as it is has none to lose.
    let waiting = facts.waiting.filter { refusals($0, under: facts.before).isEmpty }.map {
      Loser(person: $0.person, isWaiting: true, refusals: refusals($0, under: facts.edition))
    }
    return (placed + waiting).filter { !$0.refusals.isEmpty }
  }

  /// Decides, which takes two persons: all are admitted anew, as if the cohort had been opened so.
  ///
  /// - Throws: ``Refusal`` with ``Reason/cohortClosed``, ``Reason/nothingChanged``,
  ///   ``Reason/editionNotInForce``, ``Reason/cohortBegun``, ``Reason/sessionThere``,
  ///   ``Reason/cameByTransfer``, ``Reason/groupFull``, or as
  ///   ``Admission/refusals(under:on:isSchool:)`` of the first who is not admitted.
  package func decided(_ facts: Facts) throws(Refusal) -> Decision {
    try self.check(facts)
    if let first = self.losers(facts).first(where: { !$0.isWaiting }),
      let refusal = first.refusals.first
    {
      throw Refusal(
        refusal.reason, column: "edition", value: PersonNumber.text(first.person),
        refusal.arguments)
    }
    return Decision(
      .cohortRepinned(
        CohortRepinned(cohortID: self.cohort, editionID: self.edition, why: self.why)),
      takesTwo: true)
  }

  /// Refuses what no admission could mend, so that it is not shown either.
  ///
  /// - Throws: ``Refusal`` as ``decided(_:)``, but for admission.
  package func check(_ facts: Facts) throws(Refusal) {
    let cohort = facts.cohort
    try cohort.checkStanding(column: "code")
    guard facts.edition.id != cohort.editionID else {
      throw Refusal(.nothingChanged, column: "edition", value: facts.edition.code)
    }
    try OpenCohort.checkInForce(facts.edition, on: cohort.startsOn)
    guard !facts.hasBegun else {
      throw Refusal(.cohortBegun, column: "code", value: cohort.code)
    }
    // A commission of the old edition may be too small for the new one.
    if let session = facts.session {
      throw Refusal(.sessionThere, column: "code", value: cohort.code, ["session": session])
    }
    // What counts of elsewhere was attended and examined under the other one.
    guard !facts.hasTransferred else {
      throw Refusal(.cameByTransfer, column: "code", value: cohort.code)
    }
    let most = facts.edition.groupMax.value
    guard most == 0 || facts.beginners.count <= most else {
      throw Refusal(
        .groupFull, column: "edition", value: facts.edition.code, ["limit": "\(most)"])
    }
  }
}
