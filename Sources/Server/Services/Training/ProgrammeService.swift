import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Reads the programmes.
enum ProgrammeService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [services.list(BitimV1.ProgrammeService.listProgrammes, Self.list)]
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
    for (edition, legalBasis) in try state.editions() {
      response.programmes[edition.programme - 1].editions.append(
        .init(edition, legalBasis: legalBasis))
    }
    return response
  }
}

extension BitimV1.Edition {
  /// An edition as it is answered.
  init(_ edition: Edition, legalBasis: Trilingual) {
    self.init()
    self.id = edition.id
    self.code = edition.code
    self.programme = Int32(edition.programme)
    self.validFrom = edition.validity.from.iso
    self.validUntil = edition.validity.until?.iso
    self.theoryQuarters = .init(edition.theoryQuarters)
    self.practiceQuarters = .init(edition.practiceQuarters)
    self.groupMax = .init(edition.groupMax)
    self.attemptsMax = .init(edition.attemptsMax)
    self.commissionMin = .init(edition.commissionMin)
    self.prerequisite = .init(edition.prerequisite)
    self.ageMin = .init(edition.ageMin)
    self.higherEducation = .init(edition.higherEducation)
    self.components = edition.components.map { BitimV1.ComponentRule($0) }
    self.legalBasis = .init(legalBasis)
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
  }
}
