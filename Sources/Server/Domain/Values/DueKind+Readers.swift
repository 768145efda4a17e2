/// Whose work is listed.
extension DueKind {
  /// Whether the person whom an item names is the one it is about; else he or she proposes, chairs, or waits first.
  package var isOfPerson: Bool {
    switch self {
    case .approve, .confirm, .issue, .peopleShort, .placeFree, .suspensionEnding, .agreementMissing,
      .agreementEnding, .review, .attendance:
      false
    case .retake, .groundFails, .datumDiffers, .issuerNotEntitled, .tokenEnding, .case,
      .caseExecution, .separationBroken, .doubleCertificate, .application, .absenceUnexcused,
      .recognition, .entry, .entryCondition, .learning:
      true
    }
  }

  /// What may wait for somebody with these roles, in the order in which it is listed: a proposal for
  /// registrars and certifiers, a session's results for their chair and the registrars, and so on.
  package static func kinds(for roles: Set<Role>) -> [DueKind] {
    Self.allCases.filter { kind in
      switch kind {
      case .approve: !roles.isDisjoint(with: [.registrar, .certifier, .arbiter])
      case .confirm: !roles.isDisjoint(with: [.registrar, .examiner, .invited])
      case .review: !roles.isDisjoint(with: [.examiner, .invited])
      case .issue, .suspensionEnding, .groundFails, .datumDiffers, .separationBroken,
        .doubleCertificate, .issuerNotEntitled, .entry, .entryCondition:
        roles.contains(.certifier)
      case .retake, .peopleShort, .placeFree, .application, .absenceUnexcused, .recognition,
        .attendance, .learning:
        roles.contains(.registrar)
      case .tokenEnding, .agreementMissing, .agreementEnding: roles.contains(.administrator)
      case .case: !roles.isDisjoint(with: [.arbiter, .appointed])
      case .caseExecution: !roles.isDisjoint(with: [.certifier, .registrar])
      }
    }
  }

  /// How many days a certifier has to answer that a certificate's ground fails.
  package static let answerDays = 30

  /// How many days a certifier has where the pass was taken away under a suspension.
  package static let passlessDays = 10

  /// How many days before its last day a case is listed.
  package static let caseDays = 7

  /// How many days before its end something is listed.
  package static let daysBefore = 30

  /// How many months after a session its results are looked through: for what is not confirmed, and for whom
  /// another attempt waits.
  package static let monthsBack = 12
}
