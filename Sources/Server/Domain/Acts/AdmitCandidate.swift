/// Admits to a session somebody who is enrolled in another cohort of its edition: of another centre, or for the
/// first time. Nobody is enrolled twice for that.
package struct AdmitCandidate: Equatable, Sendable {
  /// Who.
  package let candidate: Int64

  package init(_ candidate: Int64) { self.candidate = candidate }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var session: SessionRecord
    package var cohort: CohortRecord
    /// The candidate's enrolments, as a row of the session's results would mean them.
    package var places: [RecordResults.Place]
    package var roles: MemberRoles
    /// Whether it has results, and all of them are confirmed.
    package var isClosed: Bool
    /// Who taught the candidate, by enrolment.
    package var teachers: [Int64: Teachers]
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      session: SessionRecord, cohort: CohortRecord, places: [RecordResults.Place],
      roles: MemberRoles, isClosed: Bool = false, teachers: [Int64: Teachers],
      persons: NaturalPersons = .apart
    ) {
      self.session = session
      self.cohort = cohort
      self.places = places
      self.roles = roles
      self.isClosed = isClosed
      self.teachers = teachers
      self.persons = persons
    }
  }

  /// Decides; the commission is asked about the candidate, so that nobody learns of it on the day.
  ///
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/sessionCancelled``,
  ///   ``Reason/sessionClosed``, ``Reason/notEnrolled``, ``Reason/nothingChanged``, ``Reason/otherEdition``,
  ///   ``Reason/otherSpecialisation``; as
  ///   ``Commission/check(_:_:invited:for:in:on:_:)``.
  package func decided(_ facts: Facts, by registrar: Int64) throws(Refusal) -> Deed {
    let session = facts.session
    guard !facts.persons.areOne(registrar, self.candidate) else {
      throw self.refusal(.actsOnHimself)
    }
    try session.checkStanding()
    guard !facts.isClosed else {
      throw Refusal(.sessionClosed, column: "session", value: session.code)
    }
    let places = facts.places.filter(\.coversSession)
    guard let last = places.last else {
      throw self.refusal(.notEnrolled, ["cohort": facts.cohort.code])
    }
    guard
      !places.contains(where: {
        $0.cohort.id == facts.cohort.id || session.admitted.contains($0.enrolment.id)
      })
    else { throw self.refusal(.nothingChanged) }
    guard let place = places.last(where: { $0.cohort.isExaminedAlike(facts.cohort) }) else {
      let isOfEdition = last.cohort.editionID == facts.cohort.editionID
      throw Refusal(
        isOfEdition ? .otherSpecialisation : .otherEdition, column: "cohort",
        value: last.cohort.code)
    }
    guard let teachers = facts.teachers[place.enrolment.id] else {
      preconditionFailure("a place whose teachers nobody looked up")
    }
    let candidate = SessionCandidate(
      person: self.candidate, results: place.results, teachers: teachers)
    try Commission.check(
      session.seats.keys.sorted(), facts.roles, invited: session.invitations, for: [candidate],
      in: session.id, on: session.heldOn, facts.persons)
    return .candidateAdmitted(
      CandidateAdmitted(sessionID: session.id, enrolmentID: place.enrolment.id))
  }

  private func refusal(_ reason: Reason, _ arguments: [String: String] = [:]) -> Refusal {
    Refusal(reason, column: "person", value: PersonNumber.text(self.candidate), arguments)
  }
}
