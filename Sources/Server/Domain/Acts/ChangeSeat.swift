/// Gives the seat of somebody who falls out to another person: what was recorded stays valid.
package struct ChangeSeat: Equatable, Sendable {
  package let goes: Int64
  package let comes: Int64
  /// Why, in the registrar's words.
  package let why: String
  /// The letter of who comes, where that is no examiner.
  package let invitation: Invitation?

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ goes: Int64, to comes: Int64, by invitation: Invitation? = nil, why: String
  ) throws(Refusal) {
    self.goes = goes
    self.comes = comes
    self.invitation = invitation
    self.why = try TextRule.read(why, column: "why")
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var session: SessionRecord
    /// Its results that were not replaced.
    package var results: [ResultRecord]
    /// What who comes is besides.
    package var roles: MemberRoles
    /// The cohort's trainees.
    package var candidates: [SessionCandidate]
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      session: SessionRecord, results: [ResultRecord], roles: MemberRoles,
      candidates: [SessionCandidate], persons: NaturalPersons = .apart
    ) {
      self.session = session
      self.results = results
      self.roles = roles
      self.candidates = candidates
      self.persons = persons
    }
  }

  /// Until all is confirmed. Who recorded what stands keeps the seat: he or she alone replaces it
  /// and never chairs.
  ///
  /// - Throws: ``Refusal`` with ``Reason/sessionCancelled``, ``Reason/sessionClosed``,
  ///   ``Reason/noSeat``, ``Reason/seatedAlready``, ``Reason/recorderStays``; as
  ///   ``Commission/check(_:_:invited:for:in:on:_:)``.
  package func decided(_ facts: Facts) throws(Refusal) -> Deed {
    let session = facts.session
    try session.checkStanding()
    guard !facts.results.isClosed else {
      throw Refusal(.sessionClosed, column: "session", value: session.code)
    }
    guard let seat = session.seats[self.goes] else {
      throw Refusal(.noSeat, column: "goes", value: PersonNumber.text(self.goes))
    }
    let others = session.seats.keys.filter { $0 != self.goes || $0 == self.comes }
    guard !others.contains(where: { facts.persons.areOne($0, self.comes) }) else {
      throw Refusal(.seatedAlready, column: "comes", value: PersonNumber.text(self.comes))
    }
    guard !facts.results.contains(where: { $0.recordedBy == self.goes && !$0.isAnnulled }) else {
      throw Refusal(.recorderStays, column: "goes", value: PersonNumber.text(self.goes))
    }
    try Commission.check(
      [self.comes], facts.roles, invited: self.invitation.map { [self.comes: $0] } ?? [:],
      for: facts.candidates, in: session.id, on: session.heldOn, facts.persons)
    return .seatChanged(
      SeatChanged(
        sessionID: session.id, seat: seat, goes: self.goes, comes: self.comes,
        invitation: self.invitation, why: self.why))
  }
}
