@testable import BitimDomain
import Testing

/// Session S-14: 1 chairs, 2 records, 3 is a member; 8 and 9 are candidates.
@Suite("An interest in a candidate (R-603)")
struct InterestTests {
  private static func session(
    _ interests: [Int64: [Int64: InterestKind]] = [:], seats: [Int64: Seat]? = nil,
    isCancelled: Bool = false
  ) -> SessionRecord {
    var session = AttestationFacts.session
    session.interests = interests
    session.seats = seats ?? session.seats
    session.isCancelled = isCancelled
    return session
  }

  /// 31 of candidate 8 and 34 of candidate 9 wait for the chair.
  private static let facts = DeclareInterest.Facts(
    results: [Self.result(31, of: 40), Self.result(34, of: 41)], candidates: [40: 8, 41: 9],
    known: [8, 9])

  private static func result(
    _ id: Int64, of enrolment: Int64, confirmedBy: Int64 = 0, isAnnulled: Bool = false
  ) -> ResultRecord {
    var result = AttestationFacts.result(
      id, in: 14, .passed, scores: [.test: 60, .interview: 70], confirmedBy: confirmedBy,
      isAnnulled: isAnnulled)
    result.enrolmentID = enrolment
    return result
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let expected: Result<InterestDeclared, Refusal>
    let act: DeclareInterest
    let declarer: Int64
    let facts: DeclareInterest.Facts
    var testDescription: String { self.name }

    init(
      _ name: String, _ expected: Result<InterestDeclared, Refusal>, of member: Int64 = 3,
      by declarer: Int64 = 3, _ interests: [Interest], in session: SessionRecord? = nil,
      _ facts: DeclareInterest.Facts = InterestTests.facts
    ) {
      self.name = name
      self.expected = expected
      self.act = DeclareInterest(of: member, in: session ?? InterestTests.session(), interests)
      self.declarer = declarer
      self.facts = facts
    }
  }

  private static let kin = [Interest(in: 8, .kin)]

  private static func deed(
    of member: Int64 = 3, _ interests: [Interest], withdrawn: [Int64] = []
  ) -> Result<InterestDeclared, Refusal> {
    .success(
      InterestDeclared(sessionID: 14, member: member, interests: interests, withdrawn: withdrawn))
  }

  private static func refused(
    _ reason: Reason, _ column: String, _ value: String, _ arguments: [String: String] = [:]
  ) -> Result<InterestDeclared, Refusal> {
    .failure(Refusal(reason, column: column, value: value, arguments))
  }

  private static func asked(_ change: (inout DeclareInterest.Facts) -> Void)
    -> DeclareInterest.Facts
  {
    var facts = Self.facts
    change(&facts)
    return facts
  }

  private static let cases: [Case] = [
    Case(
      "in one candidate, whose result is withdrawn", Self.deed(Self.kin, withdrawn: [31]), Self.kin),
    Case("in nobody", Self.deed([]), []),
    Case(
      "in two, of whom nothing is recorded", Self.deed([.init(in: 8, .kin), .init(in: 9, .other)]),
      [.init(in: 8, .kin), .init(in: 9, .other)], Self.asked { $0.results = [] }),
    Case("of another seat, by the recorder", Self.deed(of: 1, []), of: 1, by: 2, []),
    Case("of another seat, by the chair", Self.deed([]), by: 1, []),
    Case(
      "of another seat, by a member, of what is recorded",
      Self.refused(.declaresForAnother, "member", "P-2-92"), of: 2, by: 3, []),
    Case(
      "of another seat, by a member, before anything is", Self.deed(of: 2, []), of: 2, by: 3, [],
      Self.asked { $0.results = [] }),
    Case(
      "of another seat, by a member, where all is confirmed or annulled", Self.deed(of: 2, []),
      of: 2, by: 3, [],
      Self.asked {
        $0.results = [
          Self.result(31, of: 40, confirmedBy: 1),
          Self.result(34, of: 41, confirmedBy: 1, isAnnulled: true),
        ]
      }),
    Case(
      "in who may not sit there",
      Self.refused(.notEnrolled, "candidate", "P-8-74", ["cohort": "S-14"]), Self.kin,
      Self.asked { $0.known = [9] }),
    Case(
      "in another number of whose result waits", Self.deed([.init(in: 7, .kin)], withdrawn: [31]),
      [.init(in: 7, .kin)],
      Self.asked {
        $0.known = [7]
        $0.persons = NaturalPersons(lowest: [7: 7, 8: 7])
      }),
    Case(
      "of another seat, where each is asked", Self.refused(.declaresForAnother, "member", "P-1-95"),
      of: 1, by: 2, [], Self.asked { $0.isEachAsked = true }),
    Case(
      "of oneself, where each is asked", Self.deed([]), [], Self.asked { $0.isEachAsked = true }),
    Case(
      "by somebody outside", Self.refused(.notInCommission, "session", "S-14"), by: 6, []),
    Case("of somebody outside", Self.refused(.noSeat, "member", "P-6-80"), of: 6, by: 2, []),
    Case(
      "in a session that was cancelled", Self.refused(.sessionCancelled, "session", "S-14"), [],
      in: Self.session(isCancelled: true)),
    Case(
      "in one candidate twice", Self.refused(.twiceInFile, "candidate", "P-8-74"),
      [.init(in: 8, .kin), .init(in: 8, .other)]),
    Case(
      "the same again", Self.refused(.nothingChanged, "member", "P-3-89"), Self.kin,
      in: Self.session([3: [8: .kin]])),
    Case(
      "in nobody again", Self.refused(.nothingChanged, "member", "P-3-89"), [],
      in: Self.session([3: [:]])),
    Case(
      "in nobody, where there is one",
      Self.refused(.differs, "candidate", "P-8-74", ["there": "kin"]),
      [], in: Self.session([3: [8: .kin]])),
    Case(
      "of another kind", Self.refused(.differs, "candidate", "P-8-74", ["there": "partner"]),
      Self.kin, in: Self.session([3: [8: .partner]])),
    Case(
      "in a further candidate", Self.deed([.init(in: 9, .employer)], withdrawn: [34]),
      [.init(in: 8, .kin), .init(in: 9, .employer)], in: Self.session([3: [8: .kin]])),
    Case(
      "in somebody after nobody", Self.deed(Self.kin, withdrawn: [31]), Self.kin,
      in: Self.session([3: [:]])),
    Case(
      "what another seat declared is no bar", Self.deed(Self.kin, withdrawn: [31]), Self.kin,
      in: Self.session([1: [8: .other]])),
    Case(
      "in whose result is confirmed", Self.refused(.alreadyConfirmed, "candidate", "P-8-74"),
      Self.kin, Self.asked { $0.results[0] = Self.result(31, of: 40, confirmedBy: 1) }),
    Case(
      "in whose result was annulled", Self.deed(Self.kin), Self.kin,
      Self.asked { $0.results[0] = Self.result(31, of: 40, confirmedBy: 1, isAnnulled: true) }),
  ]

  @Test("is declared by a seat, and withdraws what waits for the chair", arguments: Self.cases)
  func declared(_ tried: Case) {
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in
        try tried.act.decided(tried.facts, by: tried.declarer)
      } == tried.expected.map { .interestDeclared($0) })
  }

  /// Whom an interest bars: the seats, what is declared, how many the edition asks, and what is said of it.
  private static let barred:
    [(String, [Int64: [Int64: InterestKind]], needed: Int, NaturalPersons, Refusal?)] = [
      ("nobody", [:], 3, .apart, nil),
      ("who declared none", [3: [:], 1: [:], 2: [:]], 3, .apart, nil),
      ("who has one in another", [1: [9: .kin]], 3, .apart, nil),
      ("the chair", [1: [8: .kin]], 2, .apart, Self.conflict("P-1-95")),
      ("the recorder", [2: [8: .employer]], 2, .apart, Self.conflict("P-2-92")),
      ("a member, and two are enough", [3: [8: .partner]], 2, .apart, nil),
      (
        "a member, and two are too few", [3: [8: .partner]], 3, .apart,
        Refusal(
          .commissionTooSmall, column: "candidate", value: "x", ["needed": "3", "left": "2"])
      ),
      ("who has no seat any more", [4: [8: .kin]], 3, .apart, nil),
      ("nobody, in a commission that was enough once", [3: [9: .kin]], 4, .apart, nil),
      (
        "the chair under another number", [4: [8: .kin]], 2, NaturalPersons(lowest: [1: 1, 4: 1]),
        Self.conflict("P-1-95")
      ),
      (
        "the chair, in another number of the candidate", [1: [7: .kin]], 2,
        NaturalPersons(lowest: [7: 7, 8: 7]), Self.conflict("P-1-95")
      ),
    ]

  private static func conflict(_ examiner: String) -> Refusal {
    Refusal(.conflictDeclared, column: "candidate", value: "x", ["examiner": examiner])
  }

  @Test("keeps chair and recorder from examining, and others while enough are left")
  func bars() {
    for (name, interests, needed, persons, expected) in Self.barred {
      let outcome = AttestationFacts.outcome { () throws(Refusal) in
        try Self.session(interests).checkImpartial(
          towards: 8, column: "candidate", value: "x", recordedBy: 2, needed: needed, persons)
      }
      switch outcome {
      case .success: #expect(expected == nil, "\(name)")
      case .failure(let refusal): #expect(refusal == expected, "\(name)")
      }
    }
  }

  @Test("refuses the row of a list whose candidate the recorder has one in")
  func recorded() throws {
    var act = try RecordResults(
      in: Self.session([2: [8: .kin]]), of: AttestationFacts.cohort,
      under: AttestationFacts.edition, by: 2, on: AttestationFacts.session.heldOn, firstID: 50)
    let place = RecordResults.Place(
      enrolment: EnrolmentRecord(
        id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
      cohort: AttestationFacts.cohort, results: [])
    let facts = RecordResults.Facts(
      place: place, hours: Hours(theory: 144, practice: 144), lastClass: nil,
      teachers: AttestationFacts.teachers)
    let row = RecordResults.Row(candidate: "x", scores: [(.test, 60), (.interview, 70)])
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.add(row, facts) }
        == .failure(Self.conflict("P-2-92")))
  }

  @Test("takes no mark of a member who has one, where each member's is kept")
  func marked() throws {
    let edition = Edition.of(
      [.memberMarks: .init(1, .school), .commissionMin: .init(2, .school)],
      components: AttestationFacts.edition.components)
    var act = try RecordResults(
      in: Self.session([3: [8: .kin]]), of: AttestationFacts.cohort, under: edition, by: 2,
      on: AttestationFacts.session.heldOn, firstID: 50)
    let place = RecordResults.Place(
      enrolment: EnrolmentRecord(
        id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
      cohort: AttestationFacts.cohort, results: [])
    let facts = RecordResults.Facts(
      place: place, hours: Hours(theory: 144, practice: 144), lastClass: nil,
      teachers: AttestationFacts.teachers)
    func row(_ member: Int64) -> RecordResults.Row {
      RecordResults.Row(
        candidate: "x", scores: [],
        marks: [
          .init(.test, by: 1, 80), .init(.test, by: member, 80), .init(.interview, by: 1, 80),
          .init(.interview, by: member, 80),
        ])
    }
    var other = act
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.add(row(3), facts) }
        == .failure(Refusal(.markNotOfMember, column: "test", value: "P-3-89")))
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try other.add(row(2), facts) }
        == .success(true))
  }

  /// What is confirmed: candidate 8's result 31, recorded by 2, in a commission of three where two are enough.
  private static func confirmed(
    _ session: SessionRecord, each: Bool = false, reviews: Int = 0, by reviewers: Set<Int64> = [],
    _ persons: NaturalPersons = .apart, needed: Int = 2, results: [ResultRecord]? = nil
  ) -> Result<Deed, Refusal> {
    let edition = Edition.of(
      [.commissionMin: .init(needed, .school), .reviewsMin: .init(reviews, .school)])
    let facts = ConfirmResults.Facts(
      results: results ?? [Self.result(31, of: 40)], candidates: [40: 8, 41: 9], teachers: [:],
      hours: [40: Hours(theory: 144, practice: 144), 41: Hours(theory: 144, practice: 144)],
      edition: edition, digest: "d1",
      reviewers: reviewers, isEachAsked: each, persons: persons)
    return AttestationFacts.outcome { () throws(Refusal) in
      try ConfirmResults(session, shown: "d1").decided(facts, by: 1)
    }
  }

  private static let done: Result<Deed, Refusal> = .success(
    .resultsConfirmed(ResultsConfirmed(sessionID: 14, resultIDs: [31])))

  @Test("is asked of each seat before the confirmation, where the School settled that")
  func each() {
    func missing(_ examiner: String) -> Result<Deed, Refusal> {
      .failure(
        Refusal(
          .declarationMissing, column: "session", value: "S-14", ["examiner": examiner]))
    }
    #expect(Self.confirmed(Self.session()) == Self.done)
    #expect(Self.confirmed(Self.session(), each: true) == missing("P-1-95"))
    #expect(Self.confirmed(Self.session([1: [:], 2: [:]]), each: true) == missing("P-3-89"))
    #expect(Self.confirmed(Self.session([1: [:], 2: [:], 3: [9: .kin]]), each: true) == Self.done)
    // Under another number of the same person it is declared.
    #expect(
      Self.confirmed(
        Self.session([1: [:], 2: [:], 4: [:]]), each: true, NaturalPersons(lowest: [3: 3, 4: 3]))
        == Self.done)
  }

  @Test("refuses a confirmation of what came to be known since, and counts no review of it")
  func confirmedSince() {
    let person = PersonNumber.text(8)
    #expect(
      Self.confirmed(Self.session([1: [8: .kin]]))
        == .failure(
          Refusal(
            .conflictDeclared, column: "candidate", value: person, ["examiner": "P-1-95"])))
    #expect(Self.confirmed(Self.session([3: [8: .kin]])) == Self.done)
    // Of who recorded, of one too few, and under another number.
    #expect(
      Self.confirmed(Self.session([2: [8: .kin]]))
        == .failure(
          Refusal(
            .conflictDeclared, column: "candidate", value: person, ["examiner": "P-2-92"])))
    #expect(
      Self.confirmed(Self.session([3: [8: .kin]]), needed: 3)
        == .failure(
          Refusal(
            .commissionTooSmall, column: "candidate", value: person, ["needed": "3", "left": "2"])))
    #expect(
      Self.confirmed(Self.session([4: [8: .kin]]), NaturalPersons(lowest: [1: 1, 4: 1]))
        == .failure(
          Refusal(
            .conflictDeclared, column: "candidate", value: person, ["examiner": "P-1-95"])))
    // Of two results one is reviewed by nobody who may.
    #expect(
      Self.confirmed(
        Self.session([3: [9: .kin]]), reviews: 1, by: [3],
        results: [Self.result(31, of: 40), Self.result(34, of: 41)])
        == .failure(
          Refusal(
            .reviewMissing, column: "session", value: "S-14", ["got": "0", "needed": "1"])))
    #expect(Self.confirmed(Self.session(), reviews: 1, by: [3]) == Self.done)
    let unreviewed: Result<Deed, Refusal> = .failure(
      Refusal(
        .reviewMissing, column: "session", value: "S-14", ["got": "0", "needed": "1"]))
    #expect(Self.confirmed(Self.session([3: [8: .kin]]), reviews: 1, by: [3]) == unreviewed)
    #expect(Self.confirmed(Self.session([3: [9: .kin]]), reviews: 1, by: [3]) == Self.done)
    #expect(
      Self.confirmed(
        Self.session([3: [8: .kin]]), reviews: 1, by: [4], NaturalPersons(lowest: [3: 3, 4: 3]))
        == unreviewed)
  }
}
