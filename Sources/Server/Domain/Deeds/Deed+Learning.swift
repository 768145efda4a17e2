/// Somebody learned something.
package struct LearningRecorded: Equatable, Sendable {
  package var personID: Int64
  package var learning: Learning

  package init(of person: Int64, _ learning: Learning) {
    self.personID = person
    self.learning = learning
  }
}

/// Another person found shown what somebody learned.
package struct LearningChecked: Equatable, Sendable {
  package var personID: Int64
  /// The act that recorded it.
  package var sequence: Int64

  package init(of person: Int64, sequence: Int64) {
    self.personID = person
    self.sequence = sequence
  }
}

/// What somebody is said to have learned was recorded in error.
package struct LearningEnded: Equatable, Sendable {
  package var personID: Int64
  /// The act that recorded it.
  package var endsSequence: Int64
  package var why: String

  package init(of person: Int64, endsSequence: Int64, why: String) {
    self.personID = person
    self.endsSequence = endsSequence
    self.why = why
  }
}

/// What a mediator said of the cases of a year was recorded.
package struct PracticeRecorded: Equatable, Sendable {
  package var personID: Int64
  package var practice: Practice
  /// The act that said it before; nil where none did.
  package var endsSequence: Int64?

  package init(of person: Int64, _ practice: Practice, endsSequence: Int64?) {
    self.personID = person
    self.practice = practice
    self.endsSequence = endsSequence
  }
}
