@testable import BitimDomain
import Testing

/// 7, 9 and 12 are one natural person's numbers; 20 and 21 another's.
@Suite("Numbers of one natural person (R-121, R-122)")
struct MergePeopleTests {
  static let persons = NaturalPersons(lowest: [7: 7, 9: 7, 12: 7, 20: 20, 21: 20])

  static func day(_ iso: String) -> CivilDate { People.day(iso) }

  @Test("are all known by each of them, the lowest first; a number without others is alone")
  func numbers() {
    #expect(Self.persons.numbers(of: 12) == [7, 9, 12])
    #expect(Self.persons.numbers(of: 7) == [7, 9, 12])
    #expect(Self.persons.numbers(of: 8) == [8])
    #expect([7, 9, 12, 8, 21].map(Self.persons.first) == [7, 7, 7, 8, 20])
    #expect(Self.persons.isLinked(7) && !Self.persons.isLinked(8))
    #expect(Self.persons.areOne(9, 12))
    #expect(Self.persons.areOne(8, 8))
    #expect(!Self.persons.areOne(9, 21))
    #expect(!Self.persons.areOne(8, 7))
    #expect(!NaturalPersons.apart.areOne(9, 12))
    #expect(Self.persons.number(of: 9, beside: 12) == 12)
    #expect(Self.persons.number(of: 9, beside: 20) == 9)
    #expect(Self.persons.all([12, 30]) == [7, 9, 12, 30])
    #expect(NaturalPersons.apart.all([12]) == [12])
    let days: [Int64: CivilDate] = [
      9: Self.day("2026-03-01"), 12: Self.day("2026-02-01"), 30: Self.day("2026-01-01"),
    ]
    #expect(
      Self.persons.all(days) == [
        7: Self.day("2026-03-01"), 9: Self.day("2026-03-01"), 12: Self.day("2026-03-01"),
        30: Self.day("2026-01-01"),
      ])
  }

  private static func facts(
    _ iins: Set<String> = ["991231000014"], _ persons: NaturalPersons = Self.persons
  ) -> MergePeople.Facts { .init(persons: persons, iins: iins) }

  @Test(
    "are linked by two persons on a document, the later to the earlier, whichever is named first")
  func merged() throws {
    let deed = Deed.peopleMerged(
      PeopleMerged(personID: 51, otherID: 30, document: "жеке куәлік № 7"))
    for (one, other) in [(30, 51), (51, 30)] as [(Int64, Int64)] {
      let act = try MergePeople(one, other, reading: " жеке  куәлік № 7 ")
      #expect(try act.decided(Self.facts(), by: 5) == Decision(deed, takesTwo: true))
      #expect(try act.decided(Self.facts([]), by: 5) == Decision(deed, takesTwo: true))
      #expect(ProposedAct.mergePeople(act).kind == .mergePeople)
      #expect(ProposedAct.mergePeople(act).person == 51)
      #expect(ProposedAct.mergePeople(act).approvers == [.certifier, .registrar])
    }
    #expect(deed.subjects == [.person(51), .person(30)])
    #expect(deed.certificates == [])
    #expect(throws: Refusal(.missing, column: "document")) {
      try MergePeople(30, 51, reading: " ")
    }
  }

  @Test("are not linked by whom they are, nor twice, nor where two IINs stand")
  func notMerged() {
    let act = MergePeople(30, 51, document: "x")
    for caller in [30, 51] as [Int64] {
      #expect(throws: Refusal(.actsOnHimself)) { try act.decided(Self.facts(), by: caller) }
    }
    // By another number of one of the two.
    #expect(throws: Refusal(.actsOnHimself)) {
      try MergePeople(9, 51, document: "x").decided(Self.facts(), by: 12)
    }
    #expect(throws: Refusal(.alreadyMerged, column: "other_id")) {
      try MergePeople(9, 12, document: "x").decided(Self.facts(), by: 5)
    }
    #expect(throws: Refusal(.alreadyMerged, column: "other_id")) {
      try MergePeople(51, 51, document: "x").decided(Self.facts(), by: 5)
    }
    //
    #expect(throws: Refusal(.mergeTwoIINs, column: "other_id")) {
      try act.decided(Self.facts(["991231000014", "900704400011"]), by: 5)
    }
  }

  @Test("are parted by two persons: it was true until then, or never was")
  func split() throws {
    let standing = StandingLink(sequence: 40, maker: 6)
    for how in LinkEnd.allCases {
      let act = try SplitPeople(12, 9, how, reading: "сот шешімі")
      let deed = Deed.peopleSplit(
        PeopleSplit(
          personID: 12, otherID: 9, endsSequence: 40, how: how, document: "сот шешімі"))
      #expect(
        try act.decided(standing, Self.persons, by: 5) == Decision(deed, takesTwo: true))
      #expect(deed.subjects == [.person(12), .person(9)])
      #expect(deed.certificates == [])
      #expect(ProposedAct.splitPeople(act).kind == .splitPeople)
      #expect(ProposedAct.splitPeople(act).person == 12)
      #expect(ProposedAct.splitPeople(act).approvers == [.certifier, .registrar])
      for caller in [7, 9, 12] as [Int64] {
        #expect(throws: Refusal(.actsOnHimself)) {
          try act.decided(standing, Self.persons, by: caller)
        }
      }
    }
    // Of an error alone it is asked who made it.
    #expect(standing.maker(for: .inError) == 6)
    #expect(standing.maker(for: .ended) == nil)
    #expect(throws: Refusal(.missing, column: "document")) {
      try SplitPeople(12, 9, .ended, reading: "")
    }
  }

  @Test("natural persons propose and approve (R-006), and end what they proposed")
  func proposals() throws {
    let proposal = ProposalTests.proposal()
    func approve(by caller: Int64) throws(Refusal) -> ApproveProposal {
      try ApproveProposal(
        proposal, digest: "d1", by: caller, roles: [.registrar], on: ProposalTests.today,
        persons: Self.persons)
    }
    // Proposed by 9.
    #expect(throws: Refusal(.approvesOwnProposal)) { try approve(by: 12) }
    let act = try approve(by: 20)
    let facts = ApproveProposal.Facts(deed: ProposalTests.deed, digest: "d1", maker: 21)
    #expect(throws: Refusal(.endsOwnAct)) { try act.decided(facts) }
    let end = try EndProposal(proposal, reason: "x")
    #expect(try end.decided(by: 12, persons: Self.persons).how == .withdrawn)
    #expect(try end.decided(by: 20, persons: Self.persons).how == .declined)
    // A merge is about both numbers.
    let merge = ProposalTests.proposal {
      $0.act = .mergePeople(MergePeople(30, 51, document: "x"))
    }
    let split = ProposalTests.proposal {
      $0.act = .splitPeople(SplitPeople(30, 51, .ended, document: "x"))
    }
    for proposal in [merge, split] {
      for caller in [30, 51] as [Int64] {
        #expect(throws: Refusal(.actsOnHimself)) {
          try EndProposal(proposal, reason: "x").decided(by: caller)
        }
      }
    }
    // It is about 51.
    let both = NaturalPersons(lowest: [50: 50, 51: 50])
    #expect(throws: Refusal(.actsOnHimself)) { try end.decided(by: 50, persons: both) }
  }

  @Test("a hand of a linked number is a hand of the person: commission and chair (R-021, R-024)")
  func commission() throws {
    let candidate = SessionCandidate(
      person: 8, results: [AttestationFacts.result(31)], teachers: AttestationFacts.teachers)
    let himself = NaturalPersons(lowest: [3: 3, 8: 3])
    let two = NaturalPersons(lowest: [2: 2, 3: 2])
    func open(_ persons: NaturalPersons) throws(Refusal) {
      _ = try OpenSession(
        code: "S-14", heldOn: AttestationFacts.day("2026-03-20"), protocolNumber: "№ 12",
        commission: [.init(1, .chair), .init(2, .member), .init(3, .member)]
      ).decided(
        .init(
          isCodeTaken: false, isProtocolTaken: false, cohort: AttestationFacts.cohort,
          edition: AttestationFacts.edition, roles: MemberRoles(examiners: [1, 2, 3]),
          candidates: [candidate],
          persons: persons), id: 14)
    }
    #expect(throws: Refusal(.examinesHimself, column: "member", value: PersonNumber.text(8))) {
      try open(himself)
    }
    #expect(throws: Refusal(.commissionTooSmall, column: "member", value: "3", ["needed": "3"])) {
      try open(two)
    }
    func change(_ goes: Int64, _ comes: Int64, _ persons: NaturalPersons) throws(Refusal) {
      _ = try ChangeSeat(goes, to: comes, why: "ауырып қалды").decided(
        .init(
          session: AttestationFacts.session, results: [], roles: MemberRoles(examiners: [5]),
          candidates: [candidate], persons: persons))
    }
    #expect(throws: Refusal(.seatedAlready, column: "comes", value: PersonNumber.text(5))) {
      try change(1, 5, NaturalPersons(lowest: [2: 2, 5: 2]))
    }
    // The same person under another number is no second one.
    #expect(throws: Never.self) { try change(1, 5, NaturalPersons(lowest: [1: 1, 5: 1])) }
    #expect(throws: Refusal(.examinesHimself, column: "member", value: PersonNumber.text(8))) {
      try change(1, 5, NaturalPersons(lowest: [5: 5, 8: 5]))
    }
    #expect(throws: Refusal(.examinesHimself, column: "member", value: PersonNumber.text(8))) {
      _ = try AmendSession(to: AttestationFacts.day("2026-03-21"), why: "x").decided(
        .init(
          session: AttestationFacts.session, cohort: AttestationFacts.cohort, hasResults: false,
          roles: MemberRoles(examiners: [1, 2, 3]), candidates: [candidate], persons: himself))
    }
  }

  private static let edition = AttestationFacts.edition

  private static func results(_ persons: NaturalPersons) throws(Refusal) -> RecordResults {
    try RecordResults(
      in: AttestationFacts.session, of: AttestationFacts.cohort, under: Self.edition, by: 2,
      on: AttestationFacts.day("2026-03-20"), firstID: 50, persons: persons)
  }

  private static func add(
    _ persons: NaturalPersons, linked: [ResultRecord] = []
  ) throws(Refusal) -> [ResultsRecorded.Result] {
    var act = try Self.results(persons)
    _ = try act.add(
      .init(candidate: "Ахметова", scores: [(.test, 60), (.interview, 70)]),
      .init(
        place: .init(
          enrolment: EnrolmentRecord(
            id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
          cohort: AttestationFacts.cohort, results: []),
        hours: Hours(theory: 144, practice: 144), lastClass: nil,
        teachers: AttestationFacts.teachers, linked: linked))
    guard case .resultsRecorded(let deed) = act.deed else { return [] }
    return deed.results
  }

  @Test(
    "results: recorder and chair are two, the candidate is none of them, attempts are of all numbers"
  )
  func results() throws {
    #expect(throws: Refusal(.chairRecords, column: "session", value: "S-14")) {
      try Self.results(NaturalPersons(lowest: [1: 1, 2: 1]))
    }
    #expect(throws: Refusal(.examinesHimself, column: "candidate", value: "Ахметова")) {
      try Self.add(NaturalPersons(lowest: [3: 3, 8: 3]))
    }
    #expect(try Self.add(.apart).map(\.attempt) == [1])
    // the attempts under another number count, and are numbered on.
    let failed = AttestationFacts.result(31, in: 12)
    #expect(try Self.add(.apart, linked: [failed]).map(\.attempt) == [2])
    let annulled = AttestationFacts.result(32, in: 13, attempt: 2, isAnnulled: true)
    #expect(try Self.add(.apart, linked: [failed, annulled]).map(\.attempt) == [2])
    let second = AttestationFacts.result(32, in: 13, attempt: 2)
    #expect(
      throws: Refusal(.attemptsUsed, column: "candidate", value: "Ахметова", ["limit": "2"])
    ) { try Self.add(.apart, linked: [failed, second]) }
    //
    #expect(throws: Refusal(.alreadyPassed, column: "candidate", value: "Ахметова")) {
      try Self.add(.apart, linked: [AttestationFacts.result(31, in: 12, .passed)])
    }
  }

  @Test("what is not final is refused: confirming and annulling ask natural persons (R-030)")
  func notFinal() throws {
    let waiting = AttestationFacts.result(31, in: 14, confirmedBy: 0)
    func confirm(_ persons: NaturalPersons) throws(Refusal) {
      _ = try ConfirmResults(AttestationFacts.session, shown: "d1").decided(
        .init(
          results: [waiting], candidates: [40: 8], teachers: [40: AttestationFacts.teachers],
          hours: [40: Hours(theory: 144, practice: 144)], edition: Self.edition, digest: "d1",
          persons: persons), by: 1)
    }
    #expect(throws: Never.self) { try confirm(.apart) }
    #expect(throws: Refusal(.confirmsOwnRecord, column: "session", value: "S-14")) {
      try confirm(NaturalPersons(lowest: [1: 1, 2: 1]))
    }
    for member in [1, 3] as [Int64] {
      #expect(throws: Refusal(.examinesHimself, column: "session", value: "S-14")) {
        try confirm(NaturalPersons(lowest: [8: member, member: member]))
      }
    }
    func annul(_ persons: NaturalPersons) throws(Refusal) {
      _ = try AnnulResult(of: 8, in: AttestationFacts.session, for: "x").decided(
        .init(
          results: [AttestationFacts.result(31, in: 14)], seated: [], trainers: [],
          certificate: nil, persons: persons), by: 11)
    }
    #expect(throws: Never.self) { try annul(.apart) }
    #expect(
      throws: Refusal(.actsOnHimself, column: "person", value: PersonNumber.text(8))
    ) { try annul(NaturalPersons(lowest: [8: 8, 11: 8])) }
    for hand in [1, 2] as [Int64] {
      #expect(throws: Refusal(.annulsOwnResult, column: "session", value: "S-14")) {
        try annul(NaturalPersons(lowest: [hand: hand, 11: hand]))
      }
    }
  }

  @Test("nobody decides on another number of himself (R-021, R-025)")
  func decides() {
    let persons = NaturalPersons(lowest: [5: 5, 8: 5])
    let hands = IssueCertificates.Hands(
      taughtHere: [], taught: [:], examinedHere: [], examined: [:])
    let candidate = IssueCertificates.Candidate(
      personID: 8, kind: .school, programme: 0, enrolmentID: 0, hands: hands, validityMonths: 0)
    let facts = IssueCertificates.Facts(
      candidates: [candidate], isEntitled: true, lastSerial: 0)
    #expect(
      throws: Refusals(all: [Refusal(.decidesHimself, ["who": PersonNumber.text(8)])])
    ) {
      try IssueCertificates(
        of: .programme, by: 5, as: [.certifier], on: People.today, persons: persons
      ).decided(facts)
    }
    #expect(Hand.registrar.bar(5, to: 8, nil, on: People.today, persons) == .actsOnHimself)
    #expect(Hand.certifier.bar(5, to: 8, hands, on: People.today, persons) == .decidesHimself)
    #expect(Hand.certifier.bar(5, to: 8, hands, on: People.today) == nil)
    // P-51 holds an old certificate; 9 is she.
    var list = Adoption(
      by: 9, as: .registrar, on: People.today, nextPerson: 70, lastSerial: 0,
      persons: NaturalPersons(lowest: [9: 9, 51: 9]))
    let outcome = list.add(
      AdoptCertificatesTests.row(),
      AdoptCertificatesTests.facts { $0.candidates = [AdoptCertificatesTests.known] })
    #expect(
      outcome.row.findings == [Refusal(.actsOnHimself, ["who": PersonNumber.text(51)])])
  }

  @Test(
    "nobody enrols or teaches another number of himself, and one takes one place (R-021, R-413)")
  func training() throws {
    func enrol(
      _ persons: NaturalPersons, _ change: (inout EnrolTraineesTests.Setting) -> Void = { _ in }
    ) -> RowOutcome {
      var setting = EnrolTraineesTests.Setting()
      setting.known()
      change(&setting)
      var list = EnrolTrainees(
        on: setting.day, by: 9, isSchool: true, nextPerson: 77, nextEnrolment: 400,
        persons: persons)
      return list.add(setting.row(), setting.facts)
    }
    #expect(enrol(.apart).verdict == .added)
    #expect(
      enrol(NaturalPersons(lowest: [9: 9, 51: 9])).findings == [Refusal(.actsOnHimself)])
    let linked = NaturalPersons(lowest: [60: 51, 51: 51])
    #expect(enrol(linked) { $0.place?.enrolled = [60] } == RowOutcome(.unchanged, person: 51))
    #expect(enrol(.apart) { $0.place?.enrolled = [60] }.verdict == .added)
    func record(_ persons: NaturalPersons, by recorder: Int64 = 7) throws -> Refusal? {
      RecordHoursTests.refusal(
        try RecordHoursTests.row(), try RecordHoursTests.facts(),
        after: RecordHours(
          by: .init(personID: recorder, isRegistrar: true), firstClassID: 51, persons: persons))
    }
    #expect(try record(.apart) == nil)
    #expect(
      try record(NaturalPersons(lowest: [7: 7, 21: 7]))
        == Refusal(.trainsHimself, column: "trainer", value: PersonNumber.text(21)))
    #expect(
      try record(NaturalPersons(lowest: [8: 8, 21: 8]), by: 8)
        == Refusal(.actsOnHimself, column: "trainee", value: PersonNumber.text(21)))
  }

  @Test("identifiers of two numbers that are merged mean one person, of others two (R-107)")
  func identifiers() throws {
    var row = People.aigerim(0)
    row.identifiers = [People.iin("991231000014"), People.passport("N9")]
    func candidates(first: Int64) -> [Candidate] {
      [
        Candidate(People.aigerim(40, [People.passport("N9")]), isKnownHere: true),
        Candidate(People.aigerim(), isKnownHere: true, first: first),
      ]
    }
    #expect(
      throws: Refusal(
        .identifiersDisagree, column: "document_number", value: "N9",
        ["people": "\(PersonNumber.text(40)), P-51-42"])
    ) { try Identity(of: row, among: candidates(first: 51)).person() }
    #expect(try Identity(of: row, among: candidates(first: 40)).person()?.person.id == 40)
    // The one that the registry knows as the row has it, whichever is lower.
    var known = candidates(first: 40)
    known[0].person.names = Names(kk: People.name("Серікова", "Әйгерім", "Қайратқызы"))
    #expect(try Identity(of: row, among: known).person()?.person.id == 51)
    known[1].person.birthDate = People.day("1991-12-30")
    #expect(throws: Refusal(.namesDisagree, ["person": PersonNumber.text(40)])) {
      try Identity(of: row, among: known).person()
    }
  }

  @Test("who is merged is not told apart (R-112)")
  func dismissed() {
    var facts = DismissDoubleTests.facts()
    facts.persons = NaturalPersons(lowest: [51: 51, 60: 51])
    #expect(throws: Refusal(.alreadyMerged, column: "other_id")) {
      try DismissDouble(51, 60, evidence: "x").decided(facts, by: 9)
    }
    facts.persons = NaturalPersons(lowest: [9: 9, 60: 9])
    #expect(throws: Refusal(.actsOnHimself)) {
      try DismissDouble(51, 60, evidence: "x").decided(facts, by: 9)
    }
  }
}
