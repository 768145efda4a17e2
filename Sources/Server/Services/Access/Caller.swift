import BitimDomain
import BitimStore

/// Who calls: a person or a partner's agreement, for an organisation, on a civil day.
struct Caller: Sendable {
  /// 0 for a partner's agreement and for anybody without a token.
  let personID: Int64
  /// 0 for anybody without a token.
  let organisationID: Int64
  let organisationCode: String
  /// Whether the caller acts for the School itself, and so everywhere.
  let isSchool: Bool
  let roles: Set<Role>
  /// 0 without a token.
  let tokenID: Int64
  let tokenName: String
  let expiresAt: Instant
  /// The civil day in the School's zone.
  let today: CivilDate
  let now: Instant
  /// Whether the clock that says so is doubtful.
  let isClockDoubtful: Bool
  /// How many changes of authority there had been when this was so.
  let authority: UInt64
  /// The session of which the caller is an invited examiner, and nothing else; 0 for all others.
  let sessionID: Int64
  /// Whether the caller is invited to a session or appointed to a case, and nothing else.
  let isGuest: Bool
  /// What a partner's agreement allows today; nil for everybody else.
  let terms: PartnerTerms?
  /// Where it is noted about whom a call of a centre asks; nil for the School, which knows everybody, and
  /// in calls that ask about nobody.
  var inquiries: Inquiries?
  /// SHA-256 of the call's name and the request, where it is a change.
  var requestDigest: [UInt8] = []

  /// Whether it is one of the School's own people, not a partner's agreement with it.
  var isOfSchool: Bool { self.isSchool && self.personID != 0 && !self.isGuest }

  /// Whose idempotency keys these are.
  var principal: String {
    self.personID != 0 ? "person:\(self.personID)" : "organisation:\(self.organisationID)"
  }

  /// What the journal names.
  var actor: Actor {
    Actor(personID: self.personID, organisationID: self.organisationID, tokenID: self.tokenID)
  }

  /// Refuses what belongs to another organisation, unless the caller acts for the School.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notYourOrganisation``.
  func mayAct(for organisation: Int64) throws(Refusal) {
    guard self.isOf(organisation) else { throw Refusal(finding: .notYourOrganisation) }
  }

  /// Refuses a person who is not there, and with the same words one whom the caller's organisation
  /// does not know: a stranger learns nothing from a number.
  ///
  /// - Throws: ``Refusal`` with ``Reason/personUnknown``; ``StoreFailure``.
  func mayActOn(person: Int64, column: String, _ state: borrowing Snapshot) throws {
    guard try self.knows(person, state) else {
      throw Refusal(finding: .personUnknown, column: column)
    }
    state.note(concerned: person)
  }

  /// Whether a session is the caller's business: of the own organisation, or with a seat for the
  /// caller; who is invited to one sees that alone.
  func sees(_ session: SessionRecord, _ state: borrowing Snapshot) throws -> Bool {
    if self.sessionID != 0 { return session.id == self.sessionID }
    if self.isSchool || session.seats[self.personID] != nil { return true }
    return try state.cohort(id: session.cohortID)?.organisationID == self.organisationID
  }

  /// Whether the caller's organisation knows a person today; the School knows everybody.
  func knows(_ person: Int64, _ state: borrowing Snapshot) throws -> Bool {
    self.isSchool
      ? try state.hasPerson(person)
      : try state.acquaintance(of: person, with: self.organisationID).holds(on: self.today)
  }

  /// Notes that a centre asks about somebody it does not know.
  ///
  /// - Throws: ``Refusal`` as ``Inquiry/allow(_:)``.
  func ask(_ inquiry: Inquiry?) throws(Refusal) {
    if let inquiry { try self.inquiries?.add(inquiry) }
  }

  /// Everybody who shares one of `traits`, as far as it takes to say who is meant.
  func candidates(_ traits: Set<Likeness.Trait>, _ state: borrowing Snapshot) throws -> [Candidate]
  {
    var candidates: [Candidate] = []
    let persons = try state.persons()
    for id in try state.people(withTraits: traits) {
      guard let file = try state.person(id) else { continue }
      candidates.append(
        file.candidate(
          isKnownHere: try self.knows(id, state), first: persons.first(of: id)))
    }
    return candidates
  }

  /// Reads a civil date of something that has happened, where none means today: only the server
  /// knows what day it is at the School.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notADate`` or ``Reason/dateInFuture``.
  func pastDateOrToday(_ text: String, column: String) throws(Refusal) -> CivilDate {
    text.isEmpty ? self.today : try self.pastDate(text, column: column)
  }

  /// Reads a civil date, where none means today.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notADate``.
  func dateOrToday(_ text: String, column: String) throws(Refusal) -> CivilDate {
    text.isEmpty ? self.today : try CivilDate(typed: text, column: column)
  }

  /// Reads a civil date of something that has happened.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/notADate`` or
  ///   ``Reason/dateInFuture``.
  func pastDate(_ text: String, column: String) throws(Refusal) -> CivilDate {
    let date = try CivilDate(typed: text, column: column)
    guard date <= self.today else {
      throw Refusal(finding: .dateInFuture, column: column, value: text)
    }
    return date
  }
}

extension CivilDate {
  /// Reads a civil date that may be missing.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notADate``.
  init?(typedIfThere text: String, column: String) throws(Refusal) {
    if text.isEmpty { return nil }
    try self.init(typed: text, column: column)
  }
}
