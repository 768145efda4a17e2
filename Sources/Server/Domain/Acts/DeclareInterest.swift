/// Says of a seat of a commission that it has an interest in candidates, or in none.
///
/// What was recorded of such a candidate and waits for the chair is withdrawn by it: whoever may, records it anew.
package struct DeclareInterest: Equatable, Sendable {
  /// How many candidates one declaration names at most.
  package static let interestsMax = 100

  package let session: SessionRecord
  /// Whose seat.
  package let member: Int64
  /// In whom, and why; empty where there is no interest in anybody.
  package let interests: [Interest]

  package init(of member: Int64, in session: SessionRecord, _ interests: [Interest]) {
    self.session = session
    self.member = member
    self.interests = interests
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The session's results that were not replaced.
    package var results: [ResultRecord]
    /// Whose results they are, by enrolment.
    package var candidates: [Int64: Int64]
    /// Who may sit in the session.
    package var known: Set<Int64>
    /// What the setting `declaration` says on the session's day.
    package var isEachAsked: Bool
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      results: [ResultRecord], candidates: [Int64: Int64], known: Set<Int64>,
      isEachAsked: Bool = false, persons: NaturalPersons = .apart
    ) {
      self.results = results
      self.candidates = candidates
      self.known = known
      self.isEachAsked = isEachAsked
      self.persons = persons
    }
  }

  /// Decides. What a seat has declared stays: it may name further candidates, and takes none back.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInCommission``, ``Reason/noSeat``, ``Reason/declaresForAnother``,
  ///   ``Reason/sessionCancelled``; ``Reason/twiceInFile``, ``Reason/notEnrolled``;
  ///   ``Reason/nothingChanged`` and ``Reason/differs``; ``Reason/alreadyConfirmed``: that is annulled first.
  package func decided(_ facts: Facts, by declarer: Int64) throws(Refusal) -> Deed {
    guard self.session.seats[declarer] != nil else {
      throw Refusal(.notInCommission, column: "session", value: self.session.code)
    }
    guard self.session.seats[self.member] != nil else {
      throw self.refusal(.noSeat, self.member, column: "member")
    }
    // For another the chair declares, and who has recorded or records: not whom a result does not please.
    let isOpen = facts.results.contains { !$0.isConfirmed && !$0.isAnnulled }
    let mayDeclare =
      !facts.isEachAsked
      && (!isOpen || self.session.chair == declarer
        || facts.results.contains { $0.recordedBy == declarer })
    guard self.member == declarer || mayDeclare else {
      throw self.refusal(.declaresForAnother, self.member, column: "member")
    }
    try self.session.checkStanding()
    var named: Set<Int64> = []
    for interest in self.interests where !named.insert(interest.candidate).inserted {
      throw self.refusal(.twiceInFile, interest.candidate, column: "candidate")
    }
    if let stranger = self.interests.map(\.candidate).first(where: { !facts.known.contains($0) }) {
      throw Refusal(
        .notEnrolled, column: "candidate", value: PersonNumber.text(stranger),
        ["cohort": self.session.code])
    }
    let fresh = try self.fresh()
    let concerned = facts.results.filter { result in
      guard !result.isAnnulled, let person = facts.candidates[result.enrolmentID] else {
        return false
      }
      return fresh.contains { facts.persons.areOne($0.candidate, person) }
    }
    if let confirmed = concerned.first(where: \.isConfirmed) {
      throw self.refusal(
        .alreadyConfirmed, facts.candidates[confirmed.enrolmentID] ?? 0, column: "candidate")
    }
    return .interestDeclared(
      InterestDeclared(
        sessionID: self.session.id, member: self.member, interests: fresh,
        withdrawn: concerned.map(\.id)))
  }

  /// What of it is not known yet.
  private func fresh() throws(Refusal) -> [Interest] {
    guard let known = self.session.interests[self.member] else { return self.interests }
    let other =
      self.interests.isEmpty
      ? known.keys.sorted().first
      : self.interests.first {
        known[$0.candidate].map { [kind = $0.kind] in $0 != kind } ?? false
      }?
      .candidate
    if let other, let kind = known[other] {
      throw Refusal(
        .differs, column: "candidate", value: PersonNumber.text(other), ["there": kind.rawValue])
    }
    let fresh = self.interests.filter { known[$0.candidate] == nil }
    guard !fresh.isEmpty else { throw self.refusal(.nothingChanged, self.member, column: "member") }
    return fresh
  }

  private func refusal(_ reason: Reason, _ person: Int64, column: String) -> Refusal {
    Refusal(reason, column: column, value: PersonNumber.text(person))
  }
}
