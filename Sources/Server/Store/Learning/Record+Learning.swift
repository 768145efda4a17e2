import BitimDomain
import BitimProtocol

// What mediators learn, as records hold it.

extension BitimJournalV1.LearningRecorded {
  init(_ deed: LearningRecorded) {
    self.init()
    let learning = deed.learning
    self.personId = deed.personID
    self.heldOn = learning.day.iso
    self.kind = .init(learning.kind)
    switch learning.amount {
    case .quarters(let amount): self.quarters = Int32(amount)
    case .points(let amount): self.points = Int32(amount)
    }
    self.isRelevant = learning.isRelevant
    self.provider = learning.provider
    self.evidence = learning.evidence
  }
}

extension LearningRecorded {
  init(_ message: BitimJournalV1.LearningRecorded) throws {
    self.init(
      of: message.personId,
      Learning(
        on: try Record.day(message.heldOn), try Record.word(message.kind),
        message.points == 0 ? .quarters(Int(message.quarters)) : .points(Int(message.points)),
        isRelevant: message.isRelevant, provider: message.provider, evidence: message.evidence))
  }
}

extension BitimJournalV1.LearningChecked {
  init(_ deed: LearningChecked) {
    self.init()
    self.personId = deed.personID
    self.learningSequence = deed.sequence
  }
}

extension LearningChecked {
  init(_ message: BitimJournalV1.LearningChecked) {
    self.init(of: message.personId, sequence: message.learningSequence)
  }
}

extension BitimJournalV1.LearningEnded {
  init(_ deed: LearningEnded) {
    self.init()
    self.personId = deed.personID
    self.endsSequence = deed.endsSequence
    self.why = deed.why
  }
}

extension LearningEnded {
  init(_ message: BitimJournalV1.LearningEnded) {
    self.init(of: message.personId, endsSequence: message.endsSequence, why: message.why)
  }
}

extension BitimJournalV1.PracticeRecorded {
  init(_ deed: PracticeRecorded) {
    self.init()
    self.personId = deed.personID
    self.year = Int32(deed.practice.year)
    self.field = .init(deed.practice.field)
    self.cases = Int32(deed.practice.cases)
    self.settled = Int32(deed.practice.settled)
    self.endsSequence = deed.endsSequence ?? 0
  }
}

extension PracticeRecorded {
  init(_ message: BitimJournalV1.PracticeRecorded) throws {
    self.init(
      of: message.personId,
      Practice(
        year: Int(message.year), try Record.word(message.field), cases: Int(message.cases),
        settled: Int(message.settled)),
      endsSequence: message.endsSequence == 0 ? nil : message.endsSequence)
  }
}
