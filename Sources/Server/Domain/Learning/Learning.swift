/// What somebody learned after the certificate, as it is told.
package struct Learning: Equatable, Sendable {
  /// How much of it there is.
  package enum Amount: Equatable, Sendable {
    /// Quarters of an academic hour.
    case quarters(Int)
    case points(Int)
  }

  /// Its last day.
  package var day: CivilDate
  package var kind: LearningKind
  package var amount: Amount
  /// Whether it is of mediation itself.
  package var isRelevant: Bool
  /// Who held it, or where it came out.
  package var provider: String
  /// What shows it.
  package var evidence: String

  package init(
    on day: CivilDate, _ kind: LearningKind, _ amount: Amount, isRelevant: Bool, provider: String,
    evidence: String
  ) {
    self.day = day
    self.kind = kind
    self.amount = amount
    self.isRelevant = isRelevant
    self.provider = provider
    self.evidence = evidence
  }
}

/// Something that somebody learned, as it stands.
package struct LearningRecord: Equatable, Sendable {
  /// The act that recorded it.
  package let sequence: Int64
  /// Of whom it was recorded.
  package let person: Int64
  package let learning: Learning
  package let recordedBy: Int64
  /// The day on which it was checked; nil before.
  package let checkedOn: CivilDate?

  package init(
    sequence: Int64, of person: Int64, _ learning: Learning, recordedBy: Int64,
    checkedOn: CivilDate? = nil
  ) {
    self.sequence = sequence
    self.person = person
    self.learning = learning
    self.recordedBy = recordedBy
    self.checkedOn = checkedOn
  }
}
