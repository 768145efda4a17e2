/// Lets a person train in a cohort no more behind a last day.
package struct UnassignTrainer: Equatable, Sendable {
  package let cohortID: Int64
  package let personID: Int64
  package let lastDay: CivilDate
  private let why: String

  /// - Throws: ``Refusal`` with ``Reason/missing``, and as ``TextRule/read(_:column:)``.
  package init(
    cohortID: Int64, personID: Int64, lastDay: CivilDate, why: String
  ) throws(Refusal) {
    self.cohortID = cohortID
    self.personID = personID
    self.lastDay = lastDay
    self.why = try TextRule.read(why, column: "why")
  }

  /// What the registry knows of somebody as a trainer of the cohort.
  package struct Facts: Equatable, Sendable {
    /// On which days, if the person trains there; nil where not.
    package var term: TrainerTerm?
    /// The last class of the cohort that the person held.
    package var lastClass: CivilDate?

    package init(term: TrainerTerm?, lastClass: CivilDate?) {
      self.term = term
      self.lastClass = lastClass
    }
  }

  /// Ends it with the last day; what was held until then stays.
  ///
  /// - Throws: ``Refusal`` as ``check(_:lastDay:column:)``.
  package func decided(_ facts: Facts) throws(Refusal) -> Deed {
    try Self.check(facts, lastDay: self.lastDay, column: "last_day")
    return .trainerUnassigned(
      TrainerUnassigned(
        cohortID: self.cohortID, personID: self.personID, lastDay: self.lastDay, why: self.why))
  }

  /// Refuses an end that is none.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notTrainerHere``, ``Reason/datesReversed`` or
  ///   ``Reason/trainerTaught``.
  static func check(
    _ facts: Facts, lastDay: CivilDate, column: String
  ) throws(Refusal) {
    guard let term = facts.term else { throw Refusal(.notTrainerHere, column: "person") }
    if let since = term.since, lastDay < since {
      throw Refusal(.datesReversed, column: column, value: lastDay.iso)
    }
    if let lastClass = facts.lastClass, lastClass > lastDay {
      throw Refusal(.trainerTaught, column: column, value: lastDay.iso, ["day": lastClass.iso])
    }
  }
}

/// The days on which somebody trains in a cohort, or did.
package struct TrainerTerm: Equatable, Sendable {
  package var personID: Int64
  /// Nil: from any day of the cohort's on.
  package var since: CivilDate?
  /// Nil while it stands.
  package var lastDay: CivilDate?

  package init(_ personID: Int64, since: CivilDate? = nil, lastDay: CivilDate? = nil) {
    self.personID = personID
    self.since = since
    self.lastDay = lastDay
  }

  /// Whether a class of that day may be the trainer's.
  package func contains(_ day: CivilDate) -> Bool {
    day >= self.since ?? day && day <= self.lastDay ?? day
  }
}
