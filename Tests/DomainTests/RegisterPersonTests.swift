@testable import BitimDomain
import Testing

@Suite("Registering a person")
struct RegisterPersonTests {
  private func facts(
    _ candidates: [Candidate], isSchool: Bool = true
  ) -> RegisterPerson.Facts {
    .init(candidates: candidates, nextPerson: 77, isSchool: isSchool)
  }

  private func act(
    distinctFrom: [String] = [], evidence: String = "",
    _ change: (inout PersonForm) -> Void = { _ in }
  ) throws -> RegisterPerson {
    try RegisterPerson(
      People.form(change), distinctFrom: distinctFrom, evidence: evidence, on: People.today)
  }

  @Test("gives somebody new the next number")
  func new() throws {
    #expect(
      try self.act().decided(self.facts([]))
        == .personRegistered(PersonRegistered(People.aigerim(77))))
  }

  @Test("asks for everybody who shares a trait")
  func traits() throws {
    #expect(try self.act().traits == People.aigerim().traits)
  }

  @Test("R-109: records the doubles that are dismissed, and no other")
  func dismissed() throws {
    let there = Candidate(People.aigerim(51, []), isKnownHere: true)
    let act = try self.act(distinctFrom: ["P-51-42", "P-60-15"], evidence: "two passports")
    #expect(
      try act.decided(self.facts([there]))
        == .personRegistered(
          PersonRegistered(
            People.aigerim(77),
            dismissed: [
              DismissedDouble(personID: 77, otherID: 51, evidence: "two passports")
            ])))
    #expect(throws: Refusal(.possibleDouble, ["people": "P-51-42"])) {
      try self.act().decided(self.facts([there]))
    }
  }

  @Test("R-115: a number that somebody has is taken; whose it is strangers don't read")
  func taken() throws {
    let known = Candidate(People.aigerim(), isKnownHere: true)
    let stranger = Candidate(People.aigerim(), isKnownHere: false)
    let named = Refusal(.identifierTaken, column: "iin", ["person": "P-51-42"])
    #expect(throws: named) { try self.act().decided(self.facts([known])) }
    #expect(throws: named) { try self.act().decided(self.facts([known], isSchool: false)) }
    #expect(throws: Refusal(.identifierTaken, column: "iin")) {
      try self.act().decided(self.facts([stranger], isSchool: false))
    }
  }

  @Test("is refused with everything that is filled in wrongly, at once")
  func wrong() {
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "birth_date"),
        Refusal(.numberMistyped, column: "distinct_from", value: "P-1"),
      ])
    ) { try self.act(distinctFrom: ["P-1"]) { $0.birthDate = "" } }
    #expect(throws: Refusals(all: [Refusal(.missing, column: "birth_date")])) {
      try self.act { $0.birthDate = "" }
    }
    #expect(throws: Refusals(all: [Refusal(.evidenceMissing, column: "distinct_evidence")])) {
      try self.act(distinctFrom: ["P-51-42"])
    }
  }

  @Test("an expert comes with evidence and no identifier")
  func expert() throws {
    let act = try self.act {
      $0.identifiers = []
      $0.evidence = "staff"
    }
    var person = People.aigerim(77, [])
    person.evidence = "staff"
    #expect(
      try act.decided(self.facts([])) == .personRegistered(PersonRegistered(person)))
  }
}
