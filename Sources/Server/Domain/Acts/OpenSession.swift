/// Opens an attestation session with its commission.
package struct OpenSession: Sendable {
  /// A place in the commission.
  package struct Place: Equatable, Sendable {
    package var person: Int64
    package var seat: Seat
    /// The letter of who has not the role of an examiner.
    package var invitation: Invitation?

    package init(_ person: Int64, _ seat: Seat, by invitation: Invitation? = nil) {
      self.person = person
      self.seat = seat
      self.invitation = invitation
    }
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// Whether a session has this code already.
    package var isCodeTaken: Bool
    /// Whether a session of the organisation in that year has this protocol's number.
    package var isProtocolTaken: Bool
    package var cohort: CohortRecord
    package var edition: Edition
    package var roles: MemberRoles
    /// The cohort's trainees.
    package var candidates: [SessionCandidate]
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      isCodeTaken: Bool, isProtocolTaken: Bool, cohort: CohortRecord, edition: Edition,
      roles: MemberRoles, candidates: [SessionCandidate], persons: NaturalPersons = .apart
    ) {
      self.isCodeTaken = isCodeTaken
      self.isProtocolTaken = isProtocolTaken
      self.cohort = cohort
      self.edition = edition
      self.roles = roles
      self.candidates = candidates
      self.persons = persons
    }
  }

  package let code: String
  package let heldOn: CivilDate
  package let protocolNumber: String
  package let commission: [Place]

  /// Asks for a session.
  package init(code: String, heldOn: CivilDate, protocolNumber: String, commission: [Place]) {
    self.code = code
    self.heldOn = heldOn
    self.protocolNumber = protocolNumber
    self.commission = commission
  }

  /// Decides with the id that the session gets.
  ///
  /// - Throws: ``Refusal`` with ``Reason/seminarNotAttested``; ``Reason/codeTaken``; ``Reason/protocolTaken``; ``Reason/cohortClosed``;
  ///   ``Reason/outsideCohort``;
  ///   ``Reason/commissionWithoutChair`` unless there is one chair;
  ///   ``Reason/commissionTooSmall`` under the edition's number of different persons; as
  ///   ``Commission/check(_:_:invited:for:in:on:_:)``.
  package func decided(_ facts: Facts, id: Int64) throws(Refusal) -> Deed {
    guard !facts.edition.isSeminar else {
      throw Refusal(
        .seminarNotAttested, column: "cohort", value: facts.cohort.code,
        ["cohort": facts.cohort.code])
    }
    guard !facts.isCodeTaken else {
      throw Refusal(.codeTaken, column: "code", value: self.code)
    }
    guard !facts.isProtocolTaken else {
      throw Refusal(
        .protocolTaken, column: "protocol", value: self.protocolNumber,
        ["year": "\(self.heldOn.parts.year)"])
    }
    try facts.cohort.checkStanding()
    try facts.cohort.checkSession(on: self.heldOn)
    guard self.commission.count(where: { $0.seat == .chair }) == 1 else {
      throw Refusal(.commissionWithoutChair, column: "chair")
    }
    let members = Set(self.commission.map { facts.persons.first(of: $0.person) })
    let needed = facts.edition.commissionMin.value
    guard members.count >= needed, members.count == self.commission.count else {
      throw Refusal(
        .commissionTooSmall, column: "member", value: "\(self.commission.count)",
        ["needed": "\(needed)"])
    }
    let letters = self.commission.compactMap { place in
      place.invitation.map { (place.person, $0) }
    }
    let invitations = Dictionary(letters, uniquingKeysWith: { first, _ in first })
    try Commission.check(
      self.commission.map(\.person), facts.roles, invited: invitations, for: facts.candidates,
      in: nil, on: self.heldOn, facts.persons)
    let seats = self.commission.map { ($0.person, $0.seat) }
    return .sessionOpened(
      SessionOpened(
        SessionRecord(
          id: id, code: self.code, cohortID: facts.cohort.id, heldOn: self.heldOn,
          protocolNumber: self.protocolNumber,
          seats: Dictionary(seats, uniquingKeysWith: { first, _ in first }),
          invitations: invitations)))
  }
}
