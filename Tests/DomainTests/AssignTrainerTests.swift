@testable import BitimDomain
import Testing

@Suite("Assigning a trainer")
struct AssignTrainerTests {
  private static let iin = Identifier(
    kind: .iin, number: "991231000014", country: "KAZ", documentType: "")
  private static let names = Names(
    ru: PersonName(surname: "Омаров", given: "Нурлан", patronymic: ""))
  private static let former = Names(
    latin: PersonName(surname: "Ospanov", given: "Nurlan", patronymic: ""))

  private static func day(_ text: String = "1975-06-01") throws -> CivilDate {
    try #require(CivilDate(iso: text))
  }

  private static func description(
    born: String = "1975-06-01", _ names: Names = Self.names
  ) throws -> AssignTrainer.Description {
    AssignTrainer.Description(
      identifier: Self.iin, birthDate: try self.day(born), names: names)
  }

  private static func act(
    person: Int64 = 7, _ description: AssignTrainer.Description? = nil,
    evidence: String = "certificate of 2019"
  ) -> AssignTrainer {
    AssignTrainer(cohortID: 4, personID: person, description: description, evidence: evidence)
  }

  private static func facts() throws -> AssignTrainer.Facts {
    AssignTrainer.Facts(
      candidate: AssignTrainer.Candidate(
        id: 7, birthDate: try self.day(), names: [self.former, self.names], isTrainerThere: true,
        isTrainee: false, certificate: nil),
      holderID: nil, trainers: [], isBySchool: false)
  }

  private func refusal(
    _ act: AssignTrainer, _ change: (inout AssignTrainer.Facts) throws -> Void = { _ in }
  ) throws -> Refusal? {
    var facts = try Self.facts()
    try change(&facts)
    do throws(Refusal) {
      _ = try act.decided(facts)
      return nil
    } catch {
      return error
    }
  }

  private let unknown = Refusal(.personUnknown, column: "person")

  @Test("keeps who it is and what entitles")
  func assigned() throws {
    #expect(
      try Self.act().decided(Self.facts())
        == .trainerAssigned(
          TrainerAssigned(cohortID: 4, personID: 7, evidence: "certificate of 2019")))
  }

  @Test("takes a trainers' certificate of ours where no other evidence is given (R-210)")
  func certificate() throws {
    var facts = try Self.facts()
    facts.candidate?.certificate = "2026-000417-29"
    #expect(
      try Self.act(evidence: "").decided(facts)
        == .trainerAssigned(
          TrainerAssigned(cohortID: 4, personID: 7, evidence: "2026-000417-29")))
    #expect(
      try Self.act().decided(facts)
        == .trainerAssigned(
          TrainerAssigned(cohortID: 4, personID: 7, evidence: "certificate of 2019")))
    #expect(
      try self.refusal(Self.act(evidence: ""))
        == Refusal(.trainerNotEntitled, column: "evidence"))
  }

  @Test("a centre names its own trainers by number; anybody else is unknown, there or not (R-209)")
  func number() throws {
    #expect(try self.refusal(Self.act()) == nil)
    #expect(try self.refusal(Self.act()) { $0.candidate?.isTrainerThere = false } == self.unknown)
    #expect(try self.refusal(Self.act()) { $0.candidate = nil } == self.unknown)
  }

  @Test("the School names anybody by number who is there (R-209)")
  func school() throws {
    #expect(
      try self.refusal(Self.act()) {
        $0.candidate?.isTrainerThere = false
        $0.isBySchool = true
      } == nil)
    #expect(
      try self.refusal(Self.act()) {
        $0.candidate = nil
        $0.isBySchool = true
      } == self.unknown)
  }

  @Test("identifier, birth date and names mean whom they fit, now or formerly (R-104, R-209)")
  func described() throws {
    func refusal(
      _ description: AssignTrainer.Description, holder: Int64? = 7, bySchool: Bool = false
    ) throws -> Refusal? {
      try self.refusal(Self.act(person: 0, description)) {
        $0.candidate?.isTrainerThere = false
        $0.holderID = holder
        $0.isBySchool = bySchool
      }
    }
    #expect(try refusal(Self.description()) == nil)
    #expect(try refusal(Self.description(Self.former)) == nil)
    #expect(try refusal(Self.description(), holder: 8) == self.unknown)
    #expect(try refusal(Self.description(), holder: nil) == self.unknown)
    #expect(try refusal(Self.description(born: "1975-06-02")) == self.unknown)
    let other = Names(ru: PersonName(surname: "Омаров", given: "Нурали", patronymic: ""))
    #expect(try refusal(Self.description(other)) == self.unknown)
    #expect(try refusal(Self.description(other), bySchool: true) == self.unknown)
  }

  @Test("a description beside the number of a trainer must fit too")
  func both() throws {
    #expect(try self.refusal(Self.act(Self.description())) { $0.holderID = 7 } == nil)
    #expect(
      try self.refusal(Self.act(Self.description(born: "1975-06-02"))) { $0.holderID = 7 }
        == self.unknown)
  }

  @Test("who trains there already is not assigned again")
  func alreadyThere() throws {
    #expect(
      try self.refusal(Self.act()) { $0.trainers = [6, 7] }
        == Refusal(.alreadyThere, column: "person"))
    #expect(try self.refusal(Self.act()) { $0.trainers = [6] } == nil)
  }

  @Test("a trainee of the cohort is not its trainer (R-211)")
  func trainee() throws {
    #expect(
      try self.refusal(Self.act()) { $0.candidate?.isTrainee = true }
        == Refusal(.trainsHimself, column: "person", value: "P-7-77"))
  }
}

@Suite("Agreement of names")
struct AgreementTests {
  private func name(_ surname: String, _ given: String, _ patronymic: String = "") -> PersonName {
    PersonName(surname: surname, given: given, patronymic: patronymic)
  }

  @Test("in a script that both have; Kazakh and Russian are one (R-104)")
  func scripts() {
    let kk = Names(kk: self.name("Әлиева", "Гүлнар"))
    let ru = Names(ru: self.name("Алиева", "Гулнар"))
    let latin = Names(latin: self.name("Aliyeva", "Gulnar"))
    #expect(kk.agree(with: ru))
    #expect(ru.agree(with: kk))
    #expect(latin.agree(with: latin))
    #expect(!latin.agree(with: kk))
    #expect(!kk.agree(with: latin))
    #expect(!Names().agree(with: Names()))
    // One script agrees, the other does not: R-104 asks for one.
    let both = Names(ru: self.name("Иная", "Гулнар"), latin: self.name("Aliyeva", "Gulnar"))
    #expect(both.agree(with: latin))
  }

  @Test("surname and given name in any order, without case, marks and hyphens (R-104)")
  func order() {
    let mine = Names(latin: self.name("Müller-Özil", "Anna Maria"))
    #expect(mine.agree(with: Names(latin: self.name("anna maria", "MULLER OZIL"))))
    #expect(!mine.agree(with: Names(latin: self.name("Muller Ozil", "Anna"))))
    let empty = Names(latin: self.name("", ""))
    #expect(!empty.agree(with: empty))
  }

  @Test("a patronymic counts where both have one (R-104)")
  func patronymics() {
    let bare = Names(ru: self.name("Омаров", "Нурлан"))
    let full = Names(ru: self.name("Омаров", "Нурлан", "Ерлан улы"))
    #expect(bare.agree(with: full))
    #expect(full.agree(with: bare))
    #expect(full.agree(with: Names(ru: self.name("Омаров", "Нурлан", "Ерланулы"))))
    #expect(!full.agree(with: Names(ru: self.name("Омаров", "Нурлан", "Асанулы"))))
  }
}
