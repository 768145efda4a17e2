import BitimDomain
import BitimProtocol

// Editions of programmes, as records hold them.

extension EditionValue {
  /// The field of a record that holds it.
  fileprivate var field: WritableKeyPath<BitimJournalV1.Edition, BitimJournalV1.Setting?> {
    switch self {
    case .theoryQuarters: \.theoryQuarters
    case .practiceQuarters: \.practiceQuarters
    case .groupMax: \.groupMax
    case .attemptsMax: \.attemptsMax
    case .commissionMin: \.commissionMin
    case .prerequisite: \.prerequisite
    case .ageMin: \.ageMin
    case .higherEducation: \.higherEducation
    case .retakeWaitDays: \.retakeWaitDays
    case .absenceUsesAttempt: \.absenceUsesAttempt
    case .taughtBarMonths: \.taughtBarMonths
    case .dayQuarters: \.dayQuarters
    case .validityMonths: \.validityMonths
    case .memberMarks: \.memberMarks
    case .markRule: \.markRule
    case .overallMark: \.overallMark
    case .reviewsMin: \.reviewsMin
    }
  }
}

extension BitimJournalV1.Setting {
  init(_ setting: Edition.Setting) {
    self.init()
    self.value = Int32(setting.value)
    self.basis = .init(setting.basis)
    self.article = setting.article
  }
}

extension Edition.Setting {
  init(_ message: BitimJournalV1.Setting?) throws {
    let message = message ?? .init()
    self.init(Int(message.value), try Record.word(message.basis), article: message.article)
  }
}

extension BitimJournalV1.Edition {
  init(_ edition: Edition) {
    self.init()
    self.id = edition.id
    self.code = edition.code
    self.programme = Int32(edition.programme)
    self.isDefault = edition.isDefault
    self.validFrom = edition.validity.from.iso
    self.validUntil = edition.validity.until?.iso
    self.legalBasis = .init(edition.legalBasis)
    self.components = edition.components.map { rule in
      var message = BitimJournalV1.ComponentRule()
      message.component = .init(rule.component)
      message.passMark = .init(rule.passMark)
      return message
    }
    self.name = edition.name.map { .init($0) }
    for value in edition.said {
      // Records from before this value have none, and are written again as they lie.
      if value == .reviewsMin, edition[value] == value.unsaid { continue }
      self[keyPath: value.field] = .init(edition[value])
    }
  }
}

extension Edition {
  init(_ message: BitimJournalV1.Edition) throws {
    var settings: [EditionValue: Setting] = [:]
    for value in EditionValue.allCases {
      let said = message[keyPath: value.field]
      // Acts from before a value say nothing of it, and those of a seminar of what it has none of.
      settings[value] =
        if said == nil, let unsaid = value.unsaid { unsaid } else {
          try said.map { try Setting($0) }
        }
    }
    let edition = Edition(
      id: message.id, code: message.code, programme: Int(message.programme),
      isDefault: message.isDefault,
      validity: try Record.days(message.validFrom, message.validUntil), settings: settings,
      components: try message.components.map { rule in
        ComponentRule(
          component: try Record.word(rule.component), passMark: try Setting(rule.passMark))
      }, legalBasis: Trilingual(message.legalBasis), name: message.name.map { Trilingual($0) })
    guard let edition else { throw StoreFailure.corrupt("a record: an edition is not whole") }
    self = edition
  }
}

extension BitimJournalV1.EditionAdopted {
  init(_ deed: EditionAdopted) {
    self.init()
    self.edition = .init(deed.edition)
  }
}

extension EditionAdopted {
  init(_ message: BitimJournalV1.EditionAdopted) throws {
    self.init(try Edition(message.edition ?? .init()))
  }
}

extension BitimJournalV1.EditionClosed {
  init(_ deed: EditionClosed) {
    self.init()
    self.editionId = deed.edition
    self.lastDay = deed.lastDay.iso
  }
}

extension EditionClosed {
  init(_ message: BitimJournalV1.EditionClosed) throws {
    self.init(edition: message.editionId, lastDay: try Record.day(message.lastDay))
  }
}

extension BitimJournalV1.Specialisation {
  init(_ specialisation: Specialisation) {
    self.init()
    self.id = specialisation.id
    self.code = specialisation.code
    self.name = .init(specialisation.name)
    self.validFrom = specialisation.inForce.from.iso
    self.validUntil = specialisation.inForce.until?.iso
  }
}

extension Specialisation {
  init(_ message: BitimJournalV1.Specialisation?) throws {
    let message = message ?? .init()
    self.init(
      id: message.id, code: message.code, name: Trilingual(message.name),
      inForce: try Record.days(message.validFrom, message.validUntil))
  }
}

extension BitimJournalV1.SpecialisationDefined {
  init(_ deed: SpecialisationDefined) {
    self.init()
    self.specialisation = .init(deed.specialisation)
  }
}

extension SpecialisationDefined {
  init(_ message: BitimJournalV1.SpecialisationDefined) throws {
    self.init(try Specialisation(message.specialisation))
  }
}
