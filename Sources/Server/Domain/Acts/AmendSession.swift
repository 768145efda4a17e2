/// Moves a session of which nothing is recorded to another day; its protocol's number stays.
package struct AmendSession: Equatable, Sendable {
  package let heldOn: CivilDate
  /// Why, in the registrar's words.
  package let why: String

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(to day: CivilDate, why: String) throws(Refusal) {
    self.heldOn = day
    self.why = try TextRule.read(why, column: "why")
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var session: SessionRecord
    package var cohort: CohortRecord
    /// Whether it has results, be they annulled.
    package var hasResults: Bool
    package var roles: MemberRoles
    /// The cohort's trainees.
    package var candidates: [SessionCandidate]
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      session: SessionRecord, cohort: CohortRecord, hasResults: Bool, roles: MemberRoles,
      candidates: [SessionCandidate], persons: NaturalPersons = .apart
    ) {
      self.session = session
      self.cohort = cohort
      self.hasResults = hasResults
      self.roles = roles
      self.candidates = candidates
      self.persons = persons
    }
  }

  /// The commission is asked anew for the day.
  ///
  /// - Throws: ``Refusal`` with ``Reason/sessionCancelled``, ``Reason/sessionHeld``,
  ///   ``Reason/nothingChanged``, ``Reason/outsideCohort``; as
  ///   ``Commission/check(_:_:invited:for:in:on:_:)``.
  package func decided(_ facts: Facts) throws(Refusal) -> Deed {
    let session = facts.session
    try session.checkStanding()
    try session.checkNotHeld(facts.hasResults)
    guard self.heldOn != session.heldOn else {
      throw Refusal(.nothingChanged, column: "date", value: self.heldOn.iso)
    }
    try facts.cohort.checkSession(on: self.heldOn)
    try Commission.check(
      session.seats.keys.sorted(), facts.roles, invited: session.invitations,
      for: facts.candidates, in: session.id, on: self.heldOn, facts.persons)
    return .sessionMoved(
      SessionMoved(sessionID: session.id, heldOn: self.heldOn, why: self.why))
  }
}
