@testable import BitimDomain
import Testing

@Suite("Correcting what is known of a person (R-021, R-111, R-113 to R-116)")
struct CorrectionTests {
  static let ground = CorrectionGround(
    .documentRenewed, document: "жеке куәлік", number: "045123456", seenBy: "Әбілова Сәуле",
    seenOn: People.day("2026-11-20"))

  static func form(
    _ change: (inout CorrectionGround.Form) -> Void = { _ in }
  ) -> CorrectionGround.Form {
    var form = CorrectionGround.Form(
      reason: 2, document: " жеке  куәлік", number: "045123456 ", seenBy: "Әбілова Сәуле",
      seenOn: "2026-11-20")
    change(&form)
    return form
  }

  /// P-51, enrolled at 2, whose registrar asks; she had the passport N1 until 2020.
  static func question(
    _ change: (inout Correction.Question) -> Void = { _ in }
  ) -> Correction.Question {
    var question = Correction.Question(
      file: PersonFile(
        person: People.aigerim(51, [People.iin("991231000014"), People.passport("N1")]),
        ended: [EndedIdentifier(People.passport("N1"), lastDay: People.day("2020-05-01"))],
        formerNames: [
          FormerNames(
            Names(kk: People.name("Серікова", "Әйгерім")), lastDay: People.day("2019-01-01"))
        ], bars: []),
      facts: .init(enrolledAt: [2], hasCertificate: false, hasRole: false),
      corrector: .init(personID: 9, organisation: 2, isSchool: false))
    change(&question)
    return question
  }

  /// P-60, born on another day, of other names, with the passport AB1234567.
  static func other(_ change: (inout Candidate) -> Void = { _ in }) -> Candidate {
    var person = People.aigerim(60, [People.passport("AB1234567")])
    person.names = Names(ru: People.name("Ким", "Елена"))
    person.birthDate = People.day("1970-01-01")
    var candidate = Candidate(person, isKnownHere: true)
    change(&candidate)
    return candidate
  }

  /// Herself, as everybody is found who shares a trait with her.
  static let herself = Candidate(question().file.person, isKnownHere: true)

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let refusal: Refusal
    let change: @Sendable (inout Correction.Question) -> Void

    init(
      _ name: String, _ reason: Reason,
      _ change: @escaping @Sendable (inout Correction.Question) -> Void
    ) {
      (self.name, self.refusal, self.change) = (name, Refusal(reason), change)
    }

    var testDescription: String { self.name }
  }

  /// What is refused of every correction.
  static let cases: [Case] = [
    Case("of oneself", .actsOnHimself) { $0.corrector.personID = 51 },
    Case("enrolled elsewhere too", .correctionAtSchool) { $0.facts.enrolledAt = [2, 3] },
    Case("enrolled nowhere", .correctionAtSchool) { $0.facts.enrolledAt = [] },
    Case("with a certificate", .correctionAtSchool) { $0.facts.hasCertificate = true },
    Case("with a role", .correctionAtSchool) { $0.facts.hasRole = true },
  ]

  /// The four acts, each with what it comes to.
  private static func decisions(_ question: Correction.Question) -> [Result<Decision, Refusal>] {
    let born = People.day("1991-12-30")
    return [
      AttestationFacts.outcome { () throws(Refusal) in
        try AddIdentifier(51, Self.claim("N2"), for: Self.ground).decided(question, among: [])
      },
      AttestationFacts.outcome { () throws(Refusal) in
        try EndIdentifier(
          51, People.iin("991231000014"), lastDay: People.today, for: Self.ground
        ).decided(question, on: People.today)
      },
      AttestationFacts.outcome { () throws(Refusal) in
        try CorrectIdentifier(
          51, People.iin("991231000014"), to: Self.claim("N2"), for: Self.ground
        ).decided(question, among: [])
      },
      AttestationFacts.outcome { () throws(Refusal) in
        try CorrectPerson(51, birthDate: born, education: nil, for: Self.ground)
          .decided(question)
      },
    ]
  }

  private static func claim(_ number: String, distinct: Set<Int64> = []) -> IdentifierClaim {
    IdentifierClaim(
      People.passport(number),
      distinct: Distinct(people: distinct, evidence: distinct.isEmpty ? "" : "екі паспорт"))
  }

  @Test("is refused, whatever is corrected", arguments: Self.cases)
  func refused(_ test: Case) {
    let refused = [Result<Decision, Refusal>](repeating: .failure(test.refusal), count: 4)
    #expect(Self.decisions(Self.question(test.change)) == refused)
  }

  @Test(
    "a centre does it alone, the School everywhere; of a certificate or a role two persons have to")
  func authority() throws {
    func takesTwo(
      _ change: (inout Correction.Question) -> Void = { _ in }
    ) throws -> [Bool] {
      try Self.decisions(Self.question(change)).map { try $0.get().takesTwo }
    }
    #expect(try takesTwo() == [false, false, false, false])
    #expect(
      try takesTwo {
        $0.corrector.isSchool = true
        $0.facts.enrolledAt = [2, 3]
      } == [false, false, false, false])
    #expect(
      try takesTwo {
        $0.corrector.isSchool = true
        $0.facts.hasCertificate = true
      } == [true, true, true, true])
  }

  @Test(
    "rests on a reason of the list and a paper that was seen; all that is wrong is told at once")
  func ground() throws {
    var refusals: [Refusal] = []
    #expect(
      CorrectionGround(Self.form(), on: People.today, noting: &refusals) == Self.ground)
    #expect(refusals == [])
    let empty = CorrectionGround.Form(
      reason: 0, document: " ", number: "", seenBy: "", seenOn: "")
    #expect(CorrectionGround(empty, on: People.today, noting: &refusals) == nil)
    #expect(
      refusals == [
        Refusal(.notInList, column: "reason"), Refusal(.evidenceMissing, column: "evidence"),
        Refusal(.evidenceMissing, column: "evidence_number"),
        Refusal(.evidenceMissing, column: "seen_by"),
        Refusal(.evidenceMissing, column: "seen_on"),
      ])
    func wrong(_ change: (inout CorrectionGround.Form) -> Void) -> [Refusal] {
      var refusals: [Refusal] = []
      _ = CorrectionGround(Self.form(change), on: People.today, noting: &refusals)
      return refusals
    }
    #expect(
      wrong { $0.seenOn = "2026-11-23" } == [
        Refusal(.dateInFuture, column: "seen_on", value: "2026-11-23")
      ])
    #expect(wrong { $0.seenOn = "2026-11-22" } == [])
    #expect(
      wrong { $0.seenOn = "22.11" } == [
        Refusal(.notADate, column: "seen_on", value: "22.11")
      ])
    #expect(
      wrong { $0.seenBy = "a\u{200B}" } == [Refusal(.invisibleCharacter, column: "seen_by")])
    #expect(
      wrong { $0.reason = 10 } == [Refusal(.notInList, column: "reason", value: "10")])
  }

  // Numbers that come.

  private static func added(
    _ number: String, dismissed: [DismissedDouble] = []
  ) -> Result<Decision, Refusal> {
    .success(
      Decision(
        .identifierAdded(
          IdentifierAdded(
            personID: 51, identifier: People.passport(number), ground: Self.ground,
            dismissed: dismissed)), takesTwo: false))
  }

  private static func adding(
    _ claim: IdentifierClaim, among candidates: [Candidate] = []
  ) -> Result<Decision, Refusal> {
    AttestationFacts.outcome { () throws(Refusal) in
      try AddIdentifier(51, claim, for: Self.ground)
        .decided(Self.question(), among: [Self.herself] + candidates)
    }
  }

  @Test("a number is added that is nobody's; one that ended may stand again")
  func added() {
    #expect(Self.adding(Self.claim("N2")) == Self.added("N2"))
    #expect(Self.adding(Self.claim("N1")) == Self.added("N1"))
    let standing = IdentifierClaim(
      People.iin("991231000014"), distinct: Distinct(people: [], evidence: ""))
    #expect(Self.adding(standing) == .failure(Refusal(.nothingChanged, column: "iin")))
  }

  @Test("R-107, R-115: a number of somebody else's is taken; whose it is strangers don't read")
  func taken() {
    let claim = Self.claim("AB1234567")
    #expect(
      Self.adding(claim, among: [Self.other()])
        == .failure(
          Refusal(.identifierTaken, column: "document_number", ["person": "P-60-15"])))
    #expect(
      Self.adding(claim, among: [Self.other { $0.isKnownHere = false }])
        == .failure(Refusal(.identifierTaken, column: "document_number")))
  }

  @Test("R-109: a number near somebody's is asked about where birth date or names agree too")
  func near() {
    let claim = Self.claim("AB1234568")
    #expect(Self.adding(claim, among: [Self.other()]) == Self.added("AB1234568"))
    let double = Result<Decision, Refusal>.failure(
      Refusal(
        .possibleDouble, column: "document_number", value: "AB1234568",
        ["people": "P-60-15"]))
    let alike = Self.other { $0.person.birthDate = People.day("1991-12-31") }
    #expect(Self.adding(claim, among: [alike]) == double)
    // A former name is one of hers, too.
    let namesake = Self.other { $0.person.names = Names(kk: People.name("Серікова", "Әйгерім")) }
    #expect(Self.adding(claim, among: [namesake]) == double)
    // whom a centre doesn't know it learns nothing of.
    let stranger = Self.other {
      $0.person.birthDate = People.day("1991-12-31")
      $0.isKnownHere = false
    }
    #expect(Self.adding(claim, among: [stranger]) == .failure(Refusal(.identityCheck)))
    // Who is a double by names and birth date alone is listed already.
    let listed = Self.other { $0.person = People.aigerim(60, [People.passport("ZZ9")]) }
    #expect(Self.adding(claim, among: [listed]) == Self.added("AB1234568"))
  }

  @Test("R-112: who is said to be another is told apart, the later number first")
  func distinct() {
    let later = Self.other { $0.person.birthDate = People.day("1991-12-31") }
    let earlier = Self.other {
      $0.person = later.person
      $0.person.id = 40
    }
    #expect(
      Self.adding(Self.claim("AB1234568", distinct: [40, 60, 70]), among: [later, earlier])
        == Self.added(
          "AB1234568",
          dismissed: [
            DismissedDouble(personID: 51, otherID: 40, evidence: "екі паспорт"),
            DismissedDouble(personID: 60, otherID: 51, evidence: "екі паспорт"),
          ]))
  }

  @Test("R-110: asked about is whose the number is or may be, unless the caller knows them")
  func inquiry() {
    let file = Self.question().file
    func asked(_ number: String, _ candidates: [Candidate]) -> Inquiry? {
      Self.claim(number).inquiry(for: file, among: [Self.herself] + candidates)
    }
    let stranger = Self.other { $0.isKnownHere = false }
    #expect(asked("AB1234567", [stranger]) == Inquiry(typed: ["k:KAZ:AB1234567"]))
    #expect(asked("AB1234567", [Self.other()]) == nil)
    #expect(asked("AB1234568", [stranger]) == nil)
    let alike = Self.other {
      $0.person.birthDate = People.day("1991-12-31")
      $0.isKnownHere = false
    }
    #expect(asked("AB1234568", [alike]) == Inquiry(typed: ["k:KAZ:AB1234568"]))
    #expect(asked("N1", []) == nil)
  }

  @Test("whose a number may be is sought by all her names and her birth date")
  func traits() {
    let file = Self.question().file
    #expect(
      Self.claim("N2").traits(with: file)
        == Likeness.traits(
          names: [file.person.names] + file.formerNames.map(\.names),
          birthDate: People.day("1991-12-31"),
          identifiers: [People.passport("N2")]))
  }

  @Test("a number and its ground are read, and everything wrong with them told at once")
  func addedAsTyped() throws {
    let act = try AddIdentifier(
      51, People.typed("ab 1234568"), distinctFrom: ["P-60-15"], evidence: " екі  паспорт",
      for: Self.form(), on: People.today)
    #expect(
      act == AddIdentifier(51, Self.claim("AB1234568", distinct: [60]), for: Self.ground))
    #expect(
      throws: Refusals(all: [
        Refusal(.notInList, column: "document_country", value: "KZ"),
        Refusal(.numberMistyped, column: "distinct_from", value: "#2"),
        Refusal(.evidenceMissing, column: "evidence"),
      ])
    ) {
      try AddIdentifier(
        51, People.typed("N2", "KZ"), distinctFrom: ["#2"], evidence: "x",
        for: Self.form { $0.document = "" }, on: People.today)
    }
  }

  // Numbers that end.

  private static func ending(
    _ identifier: Identifier, _ lastDay: String
  ) -> Result<Decision, Refusal> {
    AttestationFacts.outcome { () throws(Refusal) in
      try EndIdentifier(51, identifier, lastDay: People.day(lastDay), for: Self.ground)
        .decided(Self.question(), on: People.today)
    }
  }

  @Test(
    "a number that stands ends on a day from birth to today (R-005)",
    arguments: [
      "1991-12-31", "2026-11-22",
    ])
  func ended(on day: String) {
    #expect(
      Self.ending(People.iin("991231000014"), day)
        == .success(
          Decision(
            .identifierEnded(
              IdentifierEnded(
                personID: 51, identifier: People.iin("991231000014"),
                lastDay: People.day(day), ground: Self.ground)), takesTwo: false)))
  }

  @Test("no other day is its last, and what does not stand has no end")
  func notEnded() {
    for day in ["1991-12-30", "2026-11-23"] {
      #expect(
        Self.ending(People.iin("991231000014"), day)
          == .failure(
            Refusal(
              .outOfRange, column: "last_day", value: day,
              ["low": "1991-12-31", "high": "2026-11-22"])))
    }
    #expect(
      Self.ending(People.passport("N1"), "2026-11-22")
        == .failure(Refusal(.identifierUnknown, column: "document_number", value: "N1")))
    #expect(
      Self.ending(People.iin("991231000024"), "2026-11-22")
        == .failure(Refusal(.identifierUnknown, column: "iin", value: "991231000024")))
  }

  @Test("the end of a number is read, and everything wrong with it told at once")
  func endedAsTyped() throws {
    #expect(
      try EndIdentifier(
        51, People.typed("n 1"), lastDay: People.today, for: Self.form(), on: People.today)
        == EndIdentifier(51, People.passport("N1"), lastDay: People.today, for: Self.ground))
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "document_number"),
        Refusal(.evidenceMissing, column: "seen_by"),
      ])
    ) {
      try EndIdentifier(
        51, People.typed("-"), lastDay: People.today, for: Self.form { $0.seenBy = "" },
        on: People.today)
    }
  }

  // Numbers that were an error.

  private static func correcting(
    _ wrong: Identifier = People.iin("991231000014"), to right: IdentifierClaim?,
    among candidates: [Candidate] = [],
    _ change: (inout Correction.Question) -> Void = { _ in }
  ) -> Result<Decision, Refusal> {
    AttestationFacts.outcome { () throws(Refusal) in
      try CorrectIdentifier(51, wrong, to: right, for: Self.ground)
        .decided(Self.question(change), among: [Self.herself] + candidates)
    }
  }

  private static func corrected(
    _ wrong: Identifier = People.iin("991231000014"), hadEnded: Bool = false, to right: String?,
    dismissed: [DismissedDouble] = []
  ) -> Result<Decision, Refusal> {
    .success(
      Decision(
        .identifierCorrected(
          IdentifierCorrected(
            personID: 51, wrong: wrong, hadEnded: hadEnded,
            right: right.map { People.passport($0) },
            ground: Self.ground, dismissed: dismissed)), takesTwo: false))
  }

  @Test("a number in error is replaced by the right one, or by none where another is left (R-111)")
  func corrected() {
    #expect(Self.correcting(to: Self.claim("N2")) == Self.corrected(to: "N2"))
    // The passport that ended is hers still.
    #expect(Self.correcting(to: nil) == Self.corrected(to: nil))
    let alone: (inout Correction.Question) -> Void = {
      $0.file.person.identifiers = [People.iin("991231000014")]
      $0.file.ended = []
    }
    #expect(
      Self.correcting(to: nil, alone) == .failure(Refusal(.identifierMissing, column: "iin")))
    #expect(Self.correcting(to: Self.claim("N2"), alone) == Self.corrected(to: "N2"))
    let expert = Self.correcting(to: nil) {
      alone(&$0)
      $0.file.person.evidence = "шақыру хаты"
    }
    #expect(expert == Self.corrected(to: nil))
  }

  @Test("what it should have been may stand already, and then nothing comes beside it")
  func rightStands() {
    let there = Self.correcting(to: Self.claim("N1"), among: [Self.other()]) {
      $0.file.ended = []
    }
    #expect(there == Self.corrected(to: nil))
    // One that ended stands again.
    #expect(Self.correcting(to: Self.claim("N1")) == Self.corrected(to: "N1"))
  }

  @Test("what had ended may turn out to be an error, too (R-115)")
  func endedInError() {
    let passport = People.passport("N1")
    #expect(
      Self.correcting(passport, to: nil) == Self.corrected(passport, hadEnded: true, to: nil))
    #expect(
      Self.correcting(passport, to: Self.claim("N2"))
        == Self.corrected(passport, hadEnded: true, to: "N2"))
  }

  @Test("what was never hers is not corrected, nor to itself, nor to another's number")
  func notCorrected() {
    #expect(
      Self.correcting(People.passport("N3"), to: nil)
        == .failure(Refusal(.identifierUnknown, column: "document_number", value: "N3")))
    let same = IdentifierClaim(
      People.iin("991231000014"), distinct: Distinct(people: [], evidence: ""))
    #expect(Self.correcting(to: same) == .failure(Refusal(.nothingChanged, column: "iin")))
    #expect(
      Self.correcting(to: Self.claim("AB1234567"), among: [Self.other()])
        == .failure(
          Refusal(.identifierTaken, column: "document_number", ["person": "P-60-15"])))
    let alike = Self.other { $0.person.birthDate = People.day("1991-12-31") }
    #expect(
      Self.correcting(to: Self.claim("AB1234568"), among: [alike])
        == .failure(
          Refusal(
            .possibleDouble, column: "document_number", value: "AB1234568",
            ["people": "P-60-15"])))
    #expect(
      Self.correcting(to: Self.claim("AB1234568", distinct: [60]), among: [alike])
        == Self.corrected(
          to: "AB1234568",
          dismissed: [DismissedDouble(personID: 60, otherID: 51, evidence: "екі паспорт")]))
  }

  @Test("a correction is read, and everything wrong with it told at once")
  func correctedAsTyped() throws {
    let wrong = PersonForm.Identifier(
      kind: 1, number: "991231 000014", country: "", documentType: "")
    #expect(
      try CorrectIdentifier(
        51, wrong, to: People.typed("n2"), distinctFrom: [], evidence: "", for: Self.form(),
        on: People.today)
        == CorrectIdentifier(
          51, People.iin("991231000014"), to: Self.claim("N2"), for: Self.ground))
    #expect(
      try CorrectIdentifier(
        51, wrong, to: nil, distinctFrom: [], evidence: "", for: Self.form(), on: People.today)
        == CorrectIdentifier(51, People.iin("991231000014"), to: nil, for: Self.ground))
    #expect(
      throws: Refusals(all: [
        Refusal(.iinCheckDigit, column: "iin", value: "991231000015"),
        Refusal(.missing, column: "document_number"),
        Refusal(.notInList, column: "reason"),
      ])
    ) {
      try CorrectIdentifier(
        51, .init(kind: 1, number: "991231000015", country: "", documentType: ""),
        to: People.typed(""), distinctFrom: [], evidence: "",
        for: Self.form { $0.reason = 0 }, on: People.today)
    }
  }

  // Birth date and education.

  struct Person: CustomTestStringConvertible, Sendable {
    let name: String
    var birthDate: String?
    var education: Education?
    var reason = CorrectionReason.typingError
    let expected: (birthDate: String, education: Education, wasError: Bool)?
    var testDescription: String { self.name }
  }

  @Test(
    "birth date and education are corrected, each beside the other; what was completed ends what was",
    arguments: [
      Person(
        name: "another birth date", birthDate: "1991-12-30",
        expected: ("1991-12-30", .higher, true)),
      Person(
        name: "another education", education: .secondary,
        expected: ("1991-12-31", .secondary, true)),
      Person(
        name: "an education completed", education: .secondary, reason: .educationCompleted,
        expected: ("1991-12-31", .secondary, false)),
      Person(
        name: "an education completed, and another birth date", birthDate: "1991-12-30",
        education: .secondary, reason: .educationCompleted,
        expected: ("1991-12-30", .secondary, true)),
      Person(
        name: "the same", birthDate: "1991-12-31", education: .higher, expected: nil),
      Person(name: "nothing", expected: nil),
    ])
  func person(_ given: Person) {
    let ground = CorrectionGround(
      given.reason, document: "диплом", number: "7", seenBy: "Әбілова", seenOn: People.today)
    let act = CorrectPerson(
      51, birthDate: given.birthDate.map(People.day), education: given.education, for: ground)
    let outcome = AttestationFacts.outcome { () throws(Refusal) in
      try act.decided(Self.question())
    }
    guard let expected = given.expected else {
      #expect(outcome == .failure(Refusal(.nothingChanged)))
      return
    }
    #expect(
      outcome
        == .success(
          Decision(
            .personCorrected(
              PersonCorrected(
                personID: 51, birthDate: People.day(expected.birthDate),
                education: expected.education, wasError: expected.wasError, ground: ground)),
            takesTwo: false)))
  }

  @Test("both are read, and everything wrong with them told at once")
  func personAsTyped() throws {
    #expect(
      try CorrectPerson(
        51, birthDate: "1991-12-30", education: 1, for: Self.form(), on: People.today)
        == CorrectPerson(
          51, birthDate: People.day("1991-12-30"), education: .secondary, for: Self.ground))
    #expect(
      try CorrectPerson(51, birthDate: "", education: 0, for: Self.form(), on: People.today)
        == CorrectPerson(51, birthDate: nil, education: nil, for: Self.ground))
    #expect(
      throws: Refusals(all: [
        Refusal(.dateInFuture, column: "birth_date", value: "2026-11-22"),
        Refusal(.notInList, column: "education", value: "7"),
        Refusal(.evidenceMissing, column: "seen_on"),
      ])
    ) {
      try CorrectPerson(
        51, birthDate: "2026-11-22", education: 7, for: Self.form { $0.seenOn = "" },
        on: People.today)
    }
  }

  // Each thing that is wrong refuses by itself.

  private static let noDocument = Refusal(.evidenceMissing, column: "evidence")

  private static func bare(_ form: inout CorrectionGround.Form) { form.document = "" }

  /// What each act answers where its first, second and third part are read or not.
  private static func answers(
    _ read: (_ first: Bool, _ second: Bool, _ third: Bool) throws -> Void
  ) -> [[Refusal]] {
    [(false, true, true), (true, false, true), (true, true, false)].map { parts in
      do {
        try read(parts.0, parts.1, parts.2)
        return []
      } catch { return (error as? Refusals)?.all ?? [] }
    }
  }

  private static func typed(_ isRead: Bool) -> PersonForm.Identifier {
    People.typed(isRead ? "N2" : "-")
  }

  @Test("one part that can't be read is told, whichever it is")
  func oneFault() {
    let noNumber = Refusal(.missing, column: "document_number")
    let added = Self.answers { number, distinct, ground in
      _ = try AddIdentifier(
        51, Self.typed(number), distinctFrom: distinct ? [] : ["P-1"], evidence: "x",
        for: ground ? Self.form() : Self.form(Self.bare), on: People.today)
    }
    #expect(
      added == [
        [noNumber], [Refusal(.numberMistyped, column: "distinct_from", value: "P-1")],
        [Self.noDocument],
      ])
    let ended = Self.answers { number, _, ground in
      _ = try EndIdentifier(
        51, Self.typed(number), lastDay: People.today,
        for: ground ? Self.form() : Self.form(Self.bare), on: People.today)
    }
    #expect(ended == [[noNumber], [], [Self.noDocument]])
    let corrected = Self.answers { wrong, right, ground in
      _ = try CorrectIdentifier(
        51, Self.typed(wrong), to: Self.typed(right), distinctFrom: [], evidence: "",
        for: ground ? Self.form() : Self.form(Self.bare), on: People.today)
    }
    #expect(corrected == [[noNumber], [noNumber], [Self.noDocument]])
    let person = Self.answers { birthDate, education, ground in
      _ = try CorrectPerson(
        51, birthDate: birthDate ? "1991-12-30" : "x", education: education ? 1 : 7,
        for: ground ? Self.form() : Self.form(Self.bare), on: People.today)
    }
    #expect(
      person == [
        [Refusal(.notADate, column: "birth_date", value: "x")],
        [Refusal(.notInList, column: "education", value: "7")], [Self.noDocument],
      ])
  }
}
