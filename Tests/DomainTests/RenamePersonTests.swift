@testable import BitimDomain
import Testing

@Suite("Renaming a person (R-021, R-113, R-114)")
struct RenamePersonTests {
  static let married = Names(kk: People.name("Қасымова", "Әйгерім", "Қайратқызы"))

  static func facts(
    _ change: (inout RenamePerson.Facts) -> Void = { _ in }
  ) -> RenamePerson.Facts {
    var facts = RenamePerson.Facts(
      names: People.aigerim().names, since: People.day("2020-05-02"),
      correction: .init(enrolledAt: [2], hasCertificate: false, hasRole: false),
      corrector: .init(personID: 9, organisation: 2, isSchool: false))
    change(&facts)
    return facts
  }

  private func act(
    _ names: Names = Self.married, from: String = "2026-11-01"
  ) throws -> RenamePerson {
    try RenamePerson(51, to: names, from: from, reason: " marriage ")
  }

  private func renamed(takesTwo: Bool = false, from: String = "2026-11-01") -> Decision {
    Decision(
      .personRenamed(
        PersonRenamed(
          personID: 51, names: Self.married, reason: "marriage", from: People.day(from))),
      takesTwo: takesTwo)
  }

  @Test("a centre may where the person is enrolled there and nowhere else")
  func centre() throws {
    #expect(try self.act().decided(Self.facts(), on: People.today) == self.renamed())
  }

  @Test(
    "the School may wherever the person is enrolled; of a certificate or a role two persons have to",
    arguments: [(false, false), (true, false), (false, true), (true, true)])
  func school(hasCertificate: Bool, hasRole: Bool) throws {
    let facts = Self.facts {
      $0.corrector.isSchool = true
      $0.corrector.organisation = 1
      $0.correction = .init(
        enrolledAt: [2, 3], hasCertificate: hasCertificate, hasRole: hasRole)
    }
    #expect(
      try self.act().decided(facts, on: People.today)
        == self.renamed(takesTwo: hasCertificate || hasRole))
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let reason: Reason
    let change: @Sendable (inout RenamePerson.Facts) -> Void

    init(
      _ name: String, _ reason: Reason,
      _ change: @escaping @Sendable (inout RenamePerson.Facts) -> Void
    ) {
      (self.name, self.reason, self.change) = (name, reason, change)
    }

    var testDescription: String { self.name }
  }

  @Test(
    "is refused",
    arguments: [
      Case("himself", .actsOnHimself) { $0.corrector.personID = 51 },
      Case("himself, at the School", .actsOnHimself) {
        $0.corrector.personID = 51
        $0.corrector.isSchool = true
      },
      Case("enrolled elsewhere too", .correctionAtSchool) { $0.correction.enrolledAt = [2, 3] },
      Case("enrolled elsewhere alone", .correctionAtSchool) { $0.correction.enrolledAt = [3] },
      Case("enrolled nowhere", .correctionAtSchool) { $0.correction.enrolledAt = [] },
      Case("with a certificate", .correctionAtSchool) { $0.correction.hasCertificate = true },
      Case("with a role", .correctionAtSchool) { $0.correction.hasRole = true },
      Case("nothing new", .nothingChanged) { $0.names = Self.married },
    ])
  func refused(_ test: Case) {
    #expect(throws: Refusal(test.reason)) {
      try self.act().decided(Self.facts(test.change), on: People.today)
    }
  }

  @Test("names and reason are read, and everything wrong with them told at once")
  func wrong() throws {
    let written = Names(kk: People.name(" Қасымова", "Әйгерім ", "Қайратқызы"))
    #expect(try self.act(written).decided(Self.facts(), on: People.today) == self.renamed())
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "reason"),
        Refusal(.notADate, column: "from", value: "1.1"),
        Refusal(.missing, column: "surname_kk"),
      ])
    ) { try RenamePerson(51, to: Names(), from: "1.1", reason: " ") }
    #expect(throws: Refusals(all: [Refusal(.invisibleCharacter, column: "reason")])) {
      try RenamePerson(51, to: Self.married, from: "", reason: "a\u{200B}")
    }
    #expect(
      throws: Refusals(all: [Refusal(.nameHasDigits, column: "surname_kk", value: "1")])
    ) {
      try RenamePerson(
        51, to: Names(kk: People.name("1", "Әйгерім")), from: "", reason: "marriage")
    }
  }

  @Test("new names begin on a day from the first of those in force to today; unsaid it is today")
  func days() throws {
    for day in ["2020-05-02", "2026-11-22"] {
      #expect(
        try self.act(from: day).decided(Self.facts(), on: People.today)
          == self.renamed(from: day))
    }
    #expect(
      try self.act(from: "").decided(Self.facts(), on: People.today)
        == self.renamed(from: "2026-11-22"))
    for day in ["2020-05-01", "2026-11-23"] {
      #expect(
        throws: Refusal(
          .outOfRange, column: "from", value: day,
          ["low": "2020-05-02", "high": "2026-11-22"])
      ) { try self.act(from: day).decided(Self.facts(), on: People.today) }
    }
    #expect(
      throws: Refusals(all: [Refusal(.notADate, column: "from", value: "x")])
    ) { try self.act(from: "x") }
  }

  @Test("whose correction it is: alone, at the School, of two people")
  func authority() {
    func authority(
      _ isSchool: Bool, _ enrolledAt: Set<Int64>, certificate: Bool = false, role: Bool = false
    ) -> Correction.Authority {
      Correction.authority(
        of: 2, isSchool: isSchool,
        .init(enrolledAt: enrolledAt, hasCertificate: certificate, hasRole: role))
    }
    #expect(authority(true, [3]) == .alone)
    #expect(authority(true, [], certificate: true) == .twoPersons)
    #expect(authority(true, [], role: true) == .twoPersons)
    #expect(authority(false, [2]) == .alone)
    #expect(authority(false, [2], certificate: true) == .atSchool)
  }
}
