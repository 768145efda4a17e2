/// What deeds on learning tell.
extension Learning.Amount {
  fileprivate var telling: Told? {
    switch self {
    case .quarters(let quarters): .said(.hours, .text(Hours.text(quarters)))
    case .points(let points): .said(.points, .number(points))
    }
  }
}

extension LearningRecorded {
  var telling: [Told] {
    let learning = self.learning
    let pieces: [Told?] = [
      .made(
        .learning, .text("\(learning.day.iso), \(learning.provider)"), of: .person(self.personID)),
      .said(.kind, .word(learning.kind)), learning.amount.telling,
      .said(.evidence, .text(learning.evidence)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension LearningChecked {
  var telling: [Told] {
    [Told.said(.checked, .number(self.sequence), of: .person(self.personID))].compactMap(\.self)
  }
}

extension LearningEnded {
  var telling: [Told] {
    let pieces: [Told?] = [
      .takesBack(self.endsSequence, of: .person(self.personID)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension PracticeRecorded {
  var telling: [Told] {
    let practice = self.practice
    return [
      .fact(
        .practice, .text("\(practice.settled) / \(practice.cases)"), of: .person(self.personID),
        which: .text("\(practice.year), \(practice.field.rawValue)"))
    ]
  }
}
