@testable import BitimDomain
import Testing

@Suite("Who may examine and certify, and who is missing (R-033)")
struct StaffingTests {
  /// Facts, one thing changed, and what they come to.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let sit: [Int64]
    let decide: [Int64]
    let toInvite: Int
    let lacksDecider: Bool
    let change: @Sendable (inout Staffing.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, sit: [Int64] = [1, 2, 3], decide: [Int64] = [9], toInvite: Int = 0,
      lacksDecider: Bool = false, _ change: @escaping @Sendable (inout Staffing.Facts) -> Void
    ) {
      self.name = name
      (self.sit, self.decide) = (sit, decide)
      (self.toInvite, self.lacksDecider) = (toInvite, lacksDecider)
      self.change = change
    }
  }

  /// Person 8 is trained by 6, whom 1, 2 and 3 may examine and 9 certify.
  private static let facts = Staffing.Facts(
    examiners: [1, 2, 3], certifiers: [9], trainers: [6],
    trainees: [
      .init(
        .init(person: 8, results: [], teachers: AttestationFacts.teachers),
        hands: .init(taughtHere: [6], taught: [:], examinedHere: [], examined: [:]))
    ], seats: 3, isSeated: false)

  private static let cases: [Case] = [
    Case("five persons") { _ in },
    Case("the certifier is the third examiner", decide: [3], toInvite: 1) { $0.certifiers = [3] },
    Case("another certifier sits nowhere", decide: [3, 9]) { $0.certifiers = [3, 9] },
    Case("an examiner trains the cohort", sit: [2, 3], toInvite: 1) { $0.trainers.insert(1) },
    Case("two examiners", sit: [1, 2], toInvite: 1) { $0.examiners = [1, 2] },
    Case("nobody", sit: [], toInvite: 3) { $0.examiners = [] },
    Case("an examiner taught two years before", sit: [1, 3], toInvite: 1) {
      $0.trainees[0].candidate.teachers.lastTaught[2] = AttestationFacts.day("2024-03-20")
    },
    Case("an examiner taught two years and a day before") {
      $0.trainees[0].candidate.teachers.lastTaught[2] = AttestationFacts.day("2024-03-19")
    },
    Case("an examiner is a trainee", sit: [1, 2], toInvite: 1) {
      $0.trainees[0].candidate.person = 3
    },
    Case("two examiners are one natural person", toInvite: 1) {
      $0.persons = NaturalPersons(lowest: [2: 2, 3: 2])
    },
    Case("the certifier trains the cohort", decide: [], lacksDecider: true) {
      $0.trainers.insert(9)
    },
    Case("the certifier is a trainee", decide: [], lacksDecider: true) {
      $0.trainees[0].candidate.person = 9
    },
    Case("the certifier has examined the trainee", decide: [], lacksDecider: true) {
      $0.trainees[0].hands.examinedHere = [9]
    },
    Case("no certifier, who is left free by none", decide: [], lacksDecider: true) {
      $0.certifiers = []
    },
    Case("the commission of the next session is seated", sit: [1, 2]) {
      $0.examiners = [1, 2]
      $0.isSeated = true
    },
    Case("all have passed, and wait for the certifier", sit: [1, 2]) {
      $0.examiners = [1, 2]
      $0.trainees[0].candidate.results = [AttestationFacts.result(31, .passed)]
    },
    Case("nobody is enrolled", sit: [1], decide: []) {
      $0.examiners = [1, 6]
      $0.certifiers = []
      $0.trainees = []
    },
  ]

  @Test("names who is there and counts who is missing", arguments: Self.cases)
  func counted(_ given: Case) {
    var facts = Self.facts
    given.change(&facts)
    let staffing = Staffing(facts, on: AttestationFacts.day("2026-03-20"))
    #expect(staffing.maySit == given.sit)
    #expect(staffing.mayDecide == given.decide)
    #expect(staffing.toInvite == given.toInvite)
    #expect(staffing.lacksDecider == given.lacksDecider)
    #expect(staffing.isShort == (given.toInvite > 0 || given.lacksDecider))
  }
}
