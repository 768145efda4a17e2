/// A session was opened.
package struct SessionOpened: Equatable, Sendable {
  /// The session, the id given.
  package var session: SessionRecord

  package init(_ session: SessionRecord) { self.session = session }
}

/// A seat went from one person to another; what was recorded stays valid.
package struct SeatChanged: Equatable, Sendable {
  package var sessionID: Int64
  package var seat: Seat
  package var goes: Int64
  package var comes: Int64
  /// The letter of who comes; nil of an examiner.
  package var invitation: Invitation?
  /// Why, in the registrar's words.
  package var why: String

  package init(
    sessionID: Int64, seat: Seat, goes: Int64, comes: Int64, invitation: Invitation? = nil,
    why: String
  ) {
    self.sessionID = sessionID
    self.seat = seat
    self.goes = goes
    self.comes = comes
    self.invitation = invitation
    self.why = why
  }
}

/// A session was moved to another day.
package struct SessionMoved: Equatable, Sendable {
  package var sessionID: Int64
  package var heldOn: CivilDate
  /// Why, in the registrar's words.
  package var why: String

  package init(sessionID: Int64, heldOn: CivilDate, why: String) {
    self.sessionID = sessionID
    self.heldOn = heldOn
    self.why = why
  }
}

/// A session was cancelled before anything was recorded.
package struct SessionCancelled: Equatable, Sendable {
  package var sessionID: Int64
  /// Why, in the registrar's words.
  package var why: String

  package init(sessionID: Int64, why: String) {
    self.sessionID = sessionID
    self.why = why
  }
}

/// Results of a session were recorded; they count once they are confirmed.
package struct ResultsRecorded: Equatable, Sendable {
  /// How one candidate did.
  package struct Result: Equatable, Sendable {
    package var id: Int64
    package var enrolmentID: Int64
    /// From 1; 0 where it uses none.
    package var attempt: Int
    package var outcome: ResultOutcome
    package var scores: Scores
    /// What each member gave, in its order; empty where there is one mark, agreed.
    package var marks: [MemberMark]
    /// The unconfirmed result it replaces; 0 for none.
    package var replacesID: Int64
    /// Why excluded or interrupted, or what excuses an absence; empty without.
    package var why: String

    package init(
      id: Int64, enrolmentID: Int64, attempt: Int, outcome: ResultOutcome,
      scores: Scores, marks: [MemberMark] = [], replacesID: Int64, why: String = ""
    ) {
      self.id = id
      self.enrolmentID = enrolmentID
      self.attempt = attempt
      self.outcome = outcome
      self.scores = scores
      self.marks = marks
      self.replacesID = replacesID
      self.why = why
    }
  }

  package var sessionID: Int64
  package var results: [Result]

  package init(sessionID: Int64, results: [Result] = []) {
    self.sessionID = sessionID
    self.results = results
  }
}

/// Somebody of the commission has looked through results.
package struct ResultsReviewed: Equatable, Sendable {
  package var sessionID: Int64
  package var resultIDs: [Int64]

  package init(sessionID: Int64, resultIDs: [Int64]) {
    self.sessionID = sessionID
    self.resultIDs = resultIDs
  }
}

/// Somebody of another cohort may sit in a session.
package struct CandidateAdmitted: Equatable, Sendable {
  package var sessionID: Int64
  package var enrolmentID: Int64

  package init(sessionID: Int64, enrolmentID: Int64) {
    self.sessionID = sessionID
    self.enrolmentID = enrolmentID
  }
}

/// What interest a seat of a commission has in candidates was declared.
package struct InterestDeclared: Equatable, Sendable {
  package var sessionID: Int64
  /// Whose seat.
  package var member: Int64
  /// Empty where there is no interest in anybody.
  package var interests: [Interest]
  /// The results of those candidates that wait for the chair no more.
  package var withdrawn: [Int64]

  package init(sessionID: Int64, member: Int64, interests: [Interest], withdrawn: [Int64] = []) {
    self.sessionID = sessionID
    self.member = member
    self.interests = interests
    self.withdrawn = withdrawn
  }
}

/// Results count from now on.
package struct ResultsConfirmed: Equatable, Sendable {
  package var sessionID: Int64
  package var resultIDs: [Int64]

  package init(sessionID: Int64, resultIDs: [Int64]) {
    self.sessionID = sessionID
    self.resultIDs = resultIDs
  }
}

/// A confirmed result counts no longer.
package struct ResultAnnulled: Equatable, Sendable {
  package var resultID: Int64
  /// Why, in the annuller's words.
  package var reason: String
  /// The case that it cites; 0 where it cites none.
  package var cites: Int64

  package init(resultID: Int64, reason: String, cites: Int64 = 0) {
    self.resultID = resultID
    self.reason = reason
    self.cites = cites
  }
}

/// An annulment was set aside: the result stands again.
package struct AnnulmentWithdrawn: Equatable, Sendable {
  package var resultID: Int64
  /// The act that annulled it.
  package var endsSequence: Int64
  /// The case that is carried out by it.
  package var cites: Int64
  /// Why, in words.
  package var why: String

  package init(resultID: Int64, endsSequence: Int64, cites: Int64, why: String) {
    self.resultID = resultID
    self.endsSequence = endsSequence
    self.cites = cites
    self.why = why
  }
}

/// Marks of a confirmed result were corrected; outcome and attempt stay.
package struct ResultCorrected: Equatable, Sendable {
  package var resultID: Int64
  /// All marks from now on.
  package var scores: Scores
  /// Each member's, in its order; empty where there is one mark, agreed.
  package var marks: [MemberMark]
  /// Why, in words.
  package var why: String

  package init(
    resultID: Int64, scores: Scores, marks: [MemberMark] = [], why: String
  ) {
    self.resultID = resultID
    self.scores = scores
    self.marks = marks
    self.why = why
  }
}

/// An absence was excused: it uses no attempt any more.
package struct AbsenceExcused: Equatable, Sendable {
  package var resultID: Int64
  /// The paper, by its kind and number.
  package var paper: String
  package var datedOn: CivilDate
  /// The day on which it came.
  package var receivedOn: CivilDate

  package init(resultID: Int64, paper: String, datedOn: CivilDate, receivedOn: CivilDate) {
    self.resultID = resultID
    self.paper = paper
    self.datedOn = datedOn
    self.receivedOn = receivedOn
  }
}
