/// A session with its commission.
package struct SessionRecord: Equatable, Sendable {
  package var id: Int64
  package var code: String
  package var cohortID: Int64
  package var heldOn: CivilDate
  package var protocolNumber: String
  /// Who sits where, by person: as many as the edition asks, one of them the chair.
  package var seats: [Int64: Seat]
  /// The letters of those who have not the role of an examiner, by person.
  package var invitations: [Int64: Invitation]
  /// In which candidates who has an interest, and why, by the person who declared it; of who declared none there
  /// is no candidate, and of who declared nothing no entry.
  package var interests: [Int64: [Int64: InterestKind]]
  /// The enrolments in other cohorts of those who may sit all the same.
  package var admitted: Set<Int64>
  /// Then nothing is recorded in it any more, and its protocol's number stays taken.
  package var isCancelled: Bool

  package init(
    id: Int64, code: String, cohortID: Int64, heldOn: CivilDate, protocolNumber: String,
    seats: [Int64: Seat], invitations: [Int64: Invitation] = [:],
    interests: [Int64: [Int64: InterestKind]] = [:], admitted: Set<Int64> = [],
    isCancelled: Bool = false
  ) {
    self.id = id
    self.code = code
    self.cohortID = cohortID
    self.heldOn = heldOn
    self.protocolNumber = protocolNumber
    self.seats = seats
    self.invitations = invitations
    self.interests = interests
    self.admitted = admitted
    self.isCancelled = isCancelled
  }

  /// Refuses where it was cancelled.
  ///
  /// - Throws: ``Refusal`` with ``Reason/sessionCancelled``.
  func checkStanding() throws(Refusal) {
    guard !self.isCancelled else {
      throw Refusal(.sessionCancelled, column: "session", value: self.code)
    }
  }

  /// Refuses where results are recorded: the session was held, and stays what it was.
  ///
  /// - Throws: ``Refusal`` with ``Reason/sessionHeld``.
  func checkNotHeld(_ hasResults: Bool) throws(Refusal) {
    guard !hasResults else {
      throw Refusal(.sessionHeld, column: "session", value: self.code)
    }
  }

  /// Who gives marks of his or her own, where the edition keeps each member's.
  package var markers: Set<Int64> { Set(self.seats.filter { $0.value != .secretary }.keys) }

  /// Who chairs.
  package var chair: Int64? { self.seats.first { $0.value == .chair }?.key }
}

/// A result that was not replaced.
package struct ResultRecord: Equatable, Sendable {
  package var id: Int64
  package var sessionID: Int64
  package var enrolmentID: Int64
  /// From 1; 0 where it uses none.
  package var attempt: Int
  package var outcome: ResultOutcome
  package var scores: Scores
  /// What each member gave, in its order; read where the edition keeps that, and else empty.
  package var marks: [MemberMark] = []
  /// Who alone may replace it before it is confirmed, and never confirms it.
  package var recordedBy: Int64
  /// 0 if not confirmed.
  package var confirmedBy: Int64
  /// Then it gives its attempt back.
  package var isAnnulled: Bool
  package var heldOn: CivilDate
  package var protocolNumber: String
  /// Why excluded or interrupted, or what excuses an absence; empty without.
  package var why: String

  package init(
    id: Int64, sessionID: Int64, enrolmentID: Int64, attempt: Int, outcome: ResultOutcome,
    scores: Scores, recordedBy: Int64, confirmedBy: Int64, isAnnulled: Bool,
    heldOn: CivilDate, protocolNumber: String, why: String = ""
  ) {
    self.id = id
    self.sessionID = sessionID
    self.enrolmentID = enrolmentID
    self.attempt = attempt
    self.outcome = outcome
    self.scores = scores
    self.recordedBy = recordedBy
    self.confirmedBy = confirmedBy
    self.isAnnulled = isAnnulled
    self.heldOn = heldOn
    self.protocolNumber = protocolNumber
    self.why = why
  }

  /// Whether it counts among the attempts, unless it was annulled.
  package var usesAttempt: Bool { self.attempt > 0 }

  /// Whether it is an absence that uses no attempt: as if there had been no session.
  package var isMereAbsence: Bool { self.outcome == .absent && !self.usesAttempt }

  /// Whether the chair has confirmed it.
  package var isConfirmed: Bool { self.confirmedBy != 0 }
}

extension [ResultRecord] {
  /// Whether a session with these is over: there are some, and all are confirmed.
  package var isClosed: Bool { !self.isEmpty && self.allSatisfy(\.isConfirmed) }

  /// How many attempts they use: annulment gives one back.
  package var attemptsUsed: Int { self.count { $0.usesAttempt && !$0.isAnnulled } }

  /// The pass that counts.
  package var pass: ResultRecord? {
    self.first { $0.outcome == .passed && $0.isConfirmed && !$0.isAnnulled }
  }
}
