@testable import BitimDomain
import Testing

@Suite("Who is who (R-104 to R-110)")
struct WhoIsWhoTests {
  /// The registry: P-51, and P-60 whom no row resembles.
  static func registry(
    _ change: (inout [Candidate]) -> Void = { _ in }
  ) -> [Candidate] {
    var other = People.aigerim(60, [People.passport("AB123456")])
    other.names = Names(ru: People.name("Ким", "Елена"))
    other.birthDate = People.day("1970-01-01")
    var candidates = [
      Candidate(People.aigerim(), isKnownHere: true), Candidate(other, isKnownHere: true),
    ]
    change(&candidates)
    return candidates
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let refusal: Refusal
    let distinctFrom: [String]
    let row: @Sendable (inout Person) -> Void
    let registry: @Sendable (inout [Candidate]) -> Void

    init(
      _ name: String, _ refusal: Refusal, distinctFrom: [String] = [],
      registry: @escaping @Sendable (inout [Candidate]) -> Void = { _ in },
      _ row: @escaping @Sendable (inout Person) -> Void
    ) {
      (self.name, self.refusal, self.distinctFrom) = (name, refusal, distinctFrom)
      (self.row, self.registry) = (row, registry)
    }

    var testDescription: String { self.name }
  }

  static func distinct(_ from: [String]) throws(Refusal) -> Distinct {
    try Distinct(from: from, evidence: "екі паспорт", inList: true)
  }

  static let double = Refusal(.possibleDouble, ["people": "P-51-42"])
  static let stranger = Refusal(.identityCheck)

  static let cases: [Case] = [
    Case(
      "R-105: another birth date",
      Refusal(.otherBirthDate, column: "iin", value: "991231000014", ["person": "P-51-42"])
    ) { $0.birthDate = People.day("1991-12-30") },
    Case(
      "R-105: another birth date and other names; the first number is named",
      Refusal(.otherBirthDate, column: "document_number", value: "N1", ["person": "P-51-42"]),
      registry: { $0[0].person.identifiers.append(People.passport("N1")) }
    ) {
      $0.birthDate = People.day("1991-12-30")
      $0.names = Names(ru: People.name("Ким", "Елена"))
      $0.identifiers = [
        People.passport("N0"), People.passport("N1"), People.iin("991231000014"),
      ]
    },
    Case("R-106: other names", Refusal(.namesDisagree, ["person": "P-51-42"])) {
      $0.names = Names(ru: People.name("Ким", "Әйгерім"))
    },
    Case("R-106: another patronymic", Refusal(.namesDisagree, ["person": "P-51-42"])) {
      $0.names = Names(kk: People.name("Ахметова", "Әйгерім", "Серікқызы"))
    },
    Case(
      "R-106: no script in common", Refusal(.namesNotComparable, ["person": "P-51-42"]),
      registry: { $0[0].person.names.latin = nil }
    ) { $0.names = Names(latin: People.name("Akhmetova", "Aigerim")) },
    Case(
      "R-106: a name of nothing", Refusal(.namesNotComparable, ["person": "P-51-42"]),
      registry: { $0[0].person.names.latin = People.name("", "", "Qairatqyzy") }
    ) { $0.names = Names(latin: People.name("Akhmetova", "Aigerim")) },
    Case(
      "R-107: two numbers of two people; the last is named",
      Refusal(
        .identifiersDisagree, column: "document_number", value: "AB123456",
        ["people": "P-51-42, P-60-15"])
    ) { $0.identifiers += [People.passport("AB123456"), People.passport("N9")] },
    Case(
      "R-107: one number of two people, as it was recorded once",
      Refusal(
        .identifiersDisagree, column: "document_number", value: "AB123456",
        ["people": "P-51-42, P-60-15"]),
      registry: { $0[0].person.identifiers = [People.passport("AB-123456")] }
    ) { $0.identifiers = [People.passport("AB123456")] },
    Case("R-109: birth date and names", Self.double) { $0.identifiers = [People.passport("N9")] },
    Case("R-109: birth date and names, no identifier", Self.double) { $0.identifiers = [] },
    Case(
      "R-109: birth date and a document near", Self.double,
      registry: { $0[0].person.identifiers = [People.passport("N1234567")] }
    ) {
      $0.names = Names(ru: People.name("Ким", "Елена"))
      $0.identifiers = [People.passport("N1234568")]
    },
    Case("R-109: birth date and an IIN near in the digits that say one", Self.double) {
      $0.names = Names(ru: People.name("Ким", "Елена"))
      $0.identifiers = [People.iin("981231000015")]
    },
    Case("R-109: birth date and an IIN's number as a document's", Self.double) {
      $0.names = Names(ru: People.name("Ким", "Елена"))
      $0.identifiers = [People.passport("991231000014")]
    },
    Case("R-109: names and an identifier near", Self.double) {
      $0.birthDate = People.day("1991-12-30")
      $0.identifiers = [People.iin("991231000024")]
    },
    Case(
      "R-109: former names count", Self.double,
      registry: {
        $0[0].formerNames = [$0[0].person.names]
        $0[0].person.names = Names(ru: People.name("Ким", "Елена"))
      }
    ) { $0.identifiers = [] },
    Case(
      "R-109: one of two is dismissed", Refusal(.possibleDouble, ["people": "P-60-15"]),
      distinctFrom: ["P-51-42"], registry: { $0[1].person = People.aigerim(60, []) }
    ) { $0.identifiers = [] },
    Case(
      "R-109: both are named",
      Refusal(.possibleDouble, ["people": "P-51-42, P-60-15"]),
      registry: { $0[1].person = People.aigerim(60, []) }
    ) { $0.identifiers = [] },
    Case(
      "R-109: a line of the list, which no number dismisses",
      Refusal(.possibleDouble, ["people": "#7"]), distinctFrom: ["P-51-42", "#8"],
      registry: { $0[0].line = 7 }
    ) { $0.identifiers = [] },
    Case(
      "R-109: somebody of the registry, whom no line dismisses", Self.double, distinctFrom: ["#51"]
    ) { $0.identifiers = [] },
    Case(
      "R-110: a stranger's other birth date", Self.stranger,
      registry: { $0[0].isKnownHere = false }
    ) { $0.birthDate = People.day("1991-12-30") },
    Case(
      "R-110: a stranger's other names", Self.stranger, registry: { $0[0].isKnownHere = false }
    ) { $0.names = Names(ru: People.name("Ким", "Әйгерім")) },
    Case(
      "R-110: a stranger's names in another script", Self.stranger,
      registry: {
        $0[0].isKnownHere = false
        $0[0].person.names.latin = nil
      }
    ) { $0.names = Names(latin: People.name("Akhmetova", "Aigerim")) },
    Case(
      "R-110: two numbers, one a stranger's", Self.stranger,
      registry: { $0[1].isKnownHere = false }
    ) { $0.identifiers.append(People.passport("AB123456")) },
    Case(
      "R-110: a stranger's double", Self.stranger, registry: { $0[0].isKnownHere = false }
    ) { $0.identifiers = [] },
    Case(
      "R-110: a stranger's double, though it is named", Self.stranger, distinctFrom: ["P-51-42"],
      registry: { $0[0].isKnownHere = false }
    ) { $0.identifiers = [] },
  ]

  @Test("who is somebody else is told, each by its rule", arguments: Self.cases)
  func refused(_ test: Case) {
    var row = People.aigerim(0)
    test.row(&row)
    let identity = Identity(of: row, among: Self.registry(test.registry))
    #expect(throws: test.refusal) { try identity.person(Self.distinct(test.distinctFrom)) }
  }

  struct Known: CustomTestStringConvertible {
    let name: String
    let registry: @Sendable (inout [Candidate]) -> Void
    let row: @Sendable (inout Person) -> Void

    init(
      _ name: String, registry: @escaping @Sendable (inout [Candidate]) -> Void = { _ in },
      _ row: @escaping @Sendable (inout Person) -> Void
    ) {
      (self.name, self.registry, self.row) = (name, registry, row)
    }

    var testDescription: String { self.name }
  }

  @Test(
    "R-104: a number, the birth date and names that agree are the person",
    arguments: [
      Known("as recorded") { _ in },
      Known("a stranger", registry: { $0[0].isKnownHere = false }) { _ in },
      Known("names turned round") {
        $0.names = Names(kk: People.name("Әйгерім", "Ахметова", "Қайратқызы"))
      },
      Known("Russian letters for Kazakh ones, no patronymic") {
        $0.names = Names(ru: People.name("Ахметова", "Айгерим"))
      },
      Known("a patronymic in two words") {
        $0.names = Names(kk: People.name("Ахметова", "Әйгерім", "Қайрат қызы"))
      },
      Known("Latin letters alone agree") {
        $0.names.kk = People.name("Ким", "Елена")
      },
      Known(
        "former names",
        registry: {
          $0[0].formerNames = [$0[0].person.names]
          $0[0].person.names = Names(ru: People.name("Ким", "Елена"))
        }
      ) { _ in },
      Known("an identifier more") { $0.identifiers.append(People.passport("N9")) },
      Known(
        "a passport recorded as it was typed",
        registry: { $0[0].person.identifiers = [People.passport("АВ-12 34")] }
      ) { $0.identifiers = [People.passport("AB1234")] },
    ])
  func known(_ test: Known) throws {
    var row = People.aigerim(0)
    test.row(&row)
    let registry = Self.registry(test.registry)
    #expect(try Identity(of: row, among: registry).person() == registry[0])
  }

  @Test(
    "R-108: whom one of three resembles is somebody new",
    arguments: [
      Known("nothing alike") {
        $0.names = Names(ru: People.name("Оспан", "Ерлан"))
        $0.birthDate = People.day("1980-01-01")
        $0.identifiers = [People.passport("N9")]
      },
      Known("birth date") {
        $0.names = Names(ru: People.name("Оспан", "Ерлан"))
        $0.identifiers = [People.passport("N9")]
      },
      Known("names") {
        $0.birthDate = People.day("1980-01-01")
        $0.identifiers = [People.passport("N9")]
      },
      Known("an identifier") {
        $0.names = Names(ru: People.name("Оспан", "Ерлан"))
        $0.birthDate = People.day("1980-01-01")
        $0.identifiers = [People.iin("991231000024")]
      },
      Known("birth date, and an IIN near behind the digits that say it") {
        $0.names = Names(ru: People.name("Оспан", "Ерлан"))
        $0.identifiers = [People.iin("991231000024")]
      },
      Known("surnames, of twins") {
        $0.names = Names(kk: People.name("Ахметова", "Айсұлу", "Қайратқызы"))
        $0.identifiers = [People.passport("N9")]
      },
    ])
  func nobody(_ test: Known) throws {
    var row = People.aigerim(0)
    test.row(&row)
    #expect(try Identity(of: row, among: Self.registry()).person() == nil)
  }

  @Test(
    "R-110: who is asked about is told apart by the identifiers, and where they are nobody's by all"
  )
  func inquiries() {
    func inquiry(
      _ row: Person, _ registry: (inout [Candidate]) -> Void = { $0[0].isKnownHere = false }
    ) -> Inquiry? { Identity(of: row, among: Self.registry(registry)).inquiry }
    var other = People.aigerim(0)
    other.birthDate = People.day("1991-12-30")
    other.identifiers.append(People.passport("n-9"))
    #expect(inquiry(other) == Inquiry(typed: ["k:KAZ:991231000014", "k:KAZ:N9"]))
    // Whoever has seen her document asks about her too.
    #expect(inquiry(People.aigerim(0)) == Inquiry(typed: ["k:KAZ:991231000014"]))
    let double = People.aigerim(0, [])
    let traits = ["n:1991-12-31:c:аигерим ахметова", "n:1991-12-31:l:aigerim akhmetova"]
    #expect(
      inquiry(double) == Inquiry(typed: Set(traits.map { "t:\(Likeness.Trait($0).bits)" })))
    for row in [other, People.aigerim(0), double] { #expect(inquiry(row, { _ in }) == nil) }
    #expect(inquiry(People.aigerim(0, [People.passport("AB123456")]), { _ in }) == nil)
  }

  @Test("R-110: about twenty people a token may ask in a day")
  func inquiriesMany() {
    #expect(throws: Never.self) { try Inquiry.allow(20) }
    #expect(throws: Refusal(.tooManyCalls, ["people": "20"])) { try Inquiry.allow(21) }
  }

  @Test("R-109: who is dismissed is somebody else; who is not needs no word")
  func dismissed() throws {
    let row = People.aigerim(0, [])
    let identity = Identity(of: row, among: Self.registry())
    #expect(try identity.person(Self.distinct(["P-51-42", "P-60-15"])) == nil)
    #expect(identity.doubles == [Self.registry()[0]])
  }

  @Test("R-109: twins of one list are told apart by the line of the other")
  func twins() throws {
    let row = People.aigerim(0, [])
    let identity = Identity(of: row, among: Self.registry { $0[0].line = 7 })
    let distinct = try Self.distinct(["#7"])
    #expect(try identity.person(distinct) == nil)
    #expect(
      distinct.dismissed(identity.doubles, by: 77)
        == [DismissedDouble(personID: 77, otherID: 51, evidence: "екі паспорт")])
  }

  @Test("whom a row means not is read from numbers, with evidence")
  func distinct() throws {
    let read = try Distinct(from: ["P-51-42", "p6015"], evidence: " two  passports ")
    #expect(read.people == [51, 60])
    #expect(read.evidence == "two passports")
    #expect(try Distinct(from: [], evidence: "").people == [])
    #expect(throws: Refusal(.numberMistyped, column: "distinct_from", value: "P-51-43")) {
      try Distinct(from: ["P-51-43"], evidence: "passports")
    }
    #expect(try Distinct(from: ["#7"], evidence: "x", inList: true).lines == [7])
    #expect(throws: Refusal(.evidenceMissing, column: "distinct_evidence")) {
      try Distinct(from: ["#7"], evidence: "", inList: true)
    }
    // Who is registered alone is in no list.
    #expect(throws: Refusal(.numberMistyped, column: "distinct_from", value: "#7")) {
      try Distinct(from: ["#7"], evidence: "x")
    }
    #expect(throws: Refusal(.evidenceMissing, column: "distinct_evidence")) {
      try Distinct(from: ["P-51-42"], evidence: " ")
    }
    #expect(throws: Refusal(.controlCharacter, column: "distinct_evidence")) {
      try Distinct(from: ["P-51-42"], evidence: "\u{7}")
    }
  }
}
