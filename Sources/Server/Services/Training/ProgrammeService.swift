import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Reads the programmes; adopts and closes their editions and defines specialisations, each shown first and proposed
/// by the digest of what was shown.
enum ProgrammeService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.ProgrammeService.adoptEdition, Self.adopt),
      services.write(BitimV1.ProgrammeService.closeEdition, Self.close),
      services.write(BitimV1.ProgrammeService.defineSpecialisation, Self.define),
      services.list(BitimV1.ProgrammeService.listProgrammes, Self.list),
    ]
  }

  @Sendable private static func adopt(
    _ caller: Caller, _ request: BitimV1.AdoptEditionRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.AdoptEditionResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let act = try AdoptEdition(
      reading: EditionForm(request.edition ?? .init()), on: caller.today)
    _ = try Self.decision(act, transaction.state)
    let shown = BitimV1.EditionShown(adopting: act)
    var response = BitimV1.AdoptEditionResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.adoptEdition(act).propose(
      .edition(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  @Sendable private static func close(
    _ caller: Caller, _ request: BitimV1.CloseEditionRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CloseEditionResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let found = try transaction.state.edition(
      programme: Int(request.programme), code: request.code.normal)
    guard let edition = found else {
      throw Refusal(
        finding: .editionUnknown, column: "code", value: request.code,
        ["programme": "\(request.programme)"])
    }
    let act = CloseEdition(
      edition.id, lastDay: try CivilDate(typed: request.lastDay, column: "last_day"))
    _ = try Self.decision(act, caller, transaction.state)
    let shown = try BitimV1.EditionShown(closing: act, transaction.state)
    var response = BitimV1.CloseEditionResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.closeEdition(act).propose(
      .edition(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  @Sendable private static func define(
    _ caller: Caller, _ request: BitimV1.DefineSpecialisationRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.DefineSpecialisationResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let asked = request.specialisation ?? .init()
    let name = asked.name ?? .init()
    let act = try DefineSpecialisation(
      reading: SpecialisationForm(
        code: asked.code.normal,
        name: Trilingual(kk: name.kk.normal, ru: name.ru.normal, en: name.en.normal),
        from: asked.validFrom, until: asked.validUntil), on: caller.today)
    _ = try Self.decision(act, transaction.state)
    let shown = try BitimV1.SpecialisationShown(act, transaction.state)
    var response = BitimV1.DefineSpecialisationResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.defineSpecialisation(act).propose(
      .specialisation(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What a definition comes to as things stand.
  static func decision(
    _ act: DefineSpecialisation, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(
      .init(
        there: state.specialisation(code: act.specialisation.code),
        nextID: state.nextSpecialisationID()))
  }

  /// What an adoption comes to as things stand.
  static func decision(_ act: AdoptEdition, _ state: borrowing Snapshot) throws -> Decision {
    let programme = act.edition.programme
    return try act.decided(
      .init(
        editions: state.editions().filter { $0.programme == programme },
        nextID: state.nextEditionID()))
  }

  /// What a closing comes to as things stand.
  static func decision(
    _ act: CloseEdition, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    try act.decided(state.editionAsItStands(act.edition), on: caller.today)
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListProgrammesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListProgrammesResponse {
    var response = BitimV1.ListProgrammesResponse()
    response.programmes = try state.programmes().enumerated().map { index, name in
      var programme = BitimV1.Programme()
      programme.number = Int32(index + 1)
      programme.name = .init(name)
      return programme
    }
    response.specialisations = try state.specialisations().map { .init($0) }
    for edition in try state.editions() {
      if edition.isSeminar {
        response.seminars.append(.init(edition))
      } else {
        response.programmes[edition.programme - 1].editions.append(.init(edition))
      }
    }
    return response
  }
}

extension BitimV1.EditionShown {
  /// What is shown of an edition that is to be adopted.
  init(adopting act: AdoptEdition) {
    self.init()
    self.edition = .init(act.edition)
  }

  /// What is shown of an edition that is to be closed.
  init(closing act: CloseEdition, _ state: borrowing Snapshot) throws {
    self.init()
    self.edition = .init(try state.editionAsItStands(act.edition))
    self.lastDay = act.lastDay.iso
  }
}

extension BitimV1.SpecialisationShown {
  /// What is shown of a specialisation that is to be defined.
  init(_ act: DefineSpecialisation, _ state: borrowing Snapshot) throws {
    self.init()
    self.after = .init(act.specialisation)
    self.before = try state.specialisation(code: act.specialisation.code).map { .init($0) }
  }
}

extension BitimV1.Specialisation {
  /// A specialisation as it is answered.
  init(_ specialisation: Specialisation) {
    self.init()
    self.code = specialisation.code
    self.name = .init(specialisation.name)
    self.validFrom = specialisation.inForce.from.iso
    self.validUntil = specialisation.inForce.until?.iso
  }
}

extension EditionValue {
  /// The field of a message that holds it.
  fileprivate var field: WritableKeyPath<BitimV1.Edition, BitimV1.Setting?> {
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

extension EditionForm {
  /// An edition as it came.
  fileprivate init(_ message: BitimV1.Edition) {
    let text = message.legalBasis ?? .init()
    self.init(
      code: message.code.normal, programme: Int(message.programme), isDefault: message.isDefault,
      from: message.validFrom, until: message.validUntil, settings: [:],
      components: message.components.map {
        ($0.component.rawValue, $0.passMark.map { Setting($0) })
      },
      legalBasis: Trilingual(kk: text.kk.normal, ru: text.ru.normal, en: text.en.normal),
      name: message.name.map {
        Trilingual(kk: $0.kk.normal, ru: $0.ru.normal, en: $0.en.normal)
      })
    for value in EditionValue.allCases {
      self.settings[value] = message[keyPath: value.field].map { Setting($0) }
    }
  }
}

extension EditionForm.Setting {
  init(_ message: BitimV1.Setting) {
    self.init(
      value: Int(message.value), basis: message.basis.rawValue, article: message.article.normal)
  }
}

extension BitimV1.Edition {
  /// An edition as it is answered.
  init(_ edition: Edition) {
    self.init()
    self.id = edition.id
    self.code = edition.code
    self.programme = Int32(edition.programme)
    self.isDefault = edition.isDefault
    self.validFrom = edition.inForce.from.iso
    self.validUntil = edition.inForce.until?.iso
    for value in edition.said { self[keyPath: value.field] = .init(edition[value]) }
    self.components = edition.components.map { BitimV1.ComponentRule($0) }
    self.legalBasis = .init(edition.legalBasis)
    self.name = edition.name.map { .init($0) }
  }
}

extension BitimV1.ComponentRule {
  /// A component's rule as it is answered.
  init(_ rule: Edition.ComponentRule) {
    self.init()
    self.component = .init(rawValue: rule.component.number)
    self.passMark = .init(rule.passMark)
  }
}

extension BitimV1.Setting {
  /// A number with its source, as it is answered.
  init(_ setting: Edition.Setting) {
    self.init()
    self.value = Int32(setting.value)
    self.basis = .init(rawValue: setting.basis.number)
    self.article = setting.article
  }
}
