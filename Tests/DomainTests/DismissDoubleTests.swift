@testable import BitimDomain
import Testing

@Suite("Telling two people of the registry apart (R-112)")
struct DismissDoubleTests {
  /// P-51, and P-60 of her name and birth date with another passport.
  static func facts() -> DismissDouble.Facts {
    DismissDouble.Facts(
      person: Candidate(People.aigerim(60, [People.passport("N9")]), isKnownHere: true),
      other: Candidate(People.aigerim(), isKnownHere: true), isDismissed: false)
  }

  static let deed = Deed.doubleDismissed(
    DismissedDouble(personID: 60, otherID: 51, evidence: "екі паспорт"))

  @Test("whoever is named first, the one who came later is told apart from who was there")
  func dismissed() throws {
    #expect(
      try DismissDouble(51, 60, evidence: " екі  паспорт ").decided(Self.facts(), by: 9)
        == Self.deed)
    #expect(
      try DismissDouble(60, 51, evidence: "екі паспорт").decided(Self.facts(), by: 9) == Self.deed)
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let refusal: Refusal
    let caller: Int64
    let change: @Sendable (inout DismissDouble.Facts) -> Void

    init(
      _ name: String, _ refusal: Refusal, by caller: Int64 = 9,
      _ change: @escaping @Sendable (inout DismissDouble.Facts) -> Void = { _ in }
    ) {
      (self.name, self.refusal, self.caller, self.change) = (name, refusal, caller, change)
    }

    var testDescription: String { self.name }
  }

  @Test(
    "not of oneself, not who is not alike, not twice",
    arguments: [
      Case("the first is the caller", Refusal(.actsOnHimself), by: 51),
      Case("the second is the caller", Refusal(.actsOnHimself), by: 60),
      Case("one of three alone", Refusal(.notDouble, column: "other_id")) {
        $0.other.person.birthDate = People.day("1991-12-30")
      },
      Case("told apart already", Refusal(.nothingChanged)) { $0.isDismissed = true },
    ])
  func refused(_ test: Case) {
    var facts = Self.facts()
    test.change(&facts)
    #expect(throws: test.refusal) {
      try DismissDouble(51, 60, evidence: "екі паспорт").decided(facts, by: test.caller)
    }
  }

  @Test("nobody is told apart from himself, and nobody without evidence")
  func read() throws {
    #expect(throws: Refusal(.notDouble, column: "other_id")) {
      let her = Candidate(People.aigerim(), isKnownHere: true)
      return try DismissDouble(51, 51, evidence: "x").decided(
        DismissDouble.Facts(person: her, other: her, isDismissed: false), by: 9)
    }
    #expect(throws: Refusal(.evidenceMissing, column: "evidence")) {
      try DismissDouble(51, 60, evidence: " ")
    }
    #expect(throws: Refusal(.controlCharacter, column: "evidence")) {
      try DismissDouble(51, 60, evidence: "\u{7}")
    }
  }

  @Test("what is alike is told, and names are compared where something else is alike")
  func resemblance() {
    func alike(_ change: (inout Person) -> Void) -> [Bool] {
      var other = People.aigerim(60)
      change(&other)
      let resemblance = Resemblance(
        Candidate(People.aigerim(), isKnownHere: true), Candidate(other, isKnownHere: true))
      return [
        resemblance.birthDate, resemblance.names, resemblance.identifier, resemblance.isDouble,
      ]
    }
    let (near, far) = ([People.iin("991231000024")], [People.passport("N9")])
    let (day, kim) = (People.day("1991-12-30"), Names(ru: People.name("Ким", "Елена")))
    #expect(alike { $0.identifiers = near } == [true, true, true, true])
    #expect(alike { $0.identifiers = far } == [true, true, false, true])
    #expect(
      alike {
        $0.identifiers = near
        $0.birthDate = day
      } == [false, true, true, true])
    #expect(
      alike {
        $0.identifiers = near
        $0.names = kim
      } == [true, false, true, false])
    #expect(
      alike {
        $0.identifiers = far
        $0.birthDate = day
      } == [false, false, false, false])
  }
}
