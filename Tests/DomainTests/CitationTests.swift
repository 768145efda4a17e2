@testable import BitimDomain
import Testing

@Suite("Acts that cite a case (R-045, R-631, R-711, R-713)")
struct CitationTests {
  private static let missing = Refusal(.caseMissing, column: "case")
  private static let unfit = Refusal(.caseUnfit, column: "case", value: "60")

  /// Case 60 of person 8, which changes what `subject` was in the act 50.
  private static func upheld(
    _ subject: ContestedAct.Subject, _ outcome: CaseOutcome = .decisionChanged
  ) -> CaseRecord {
    CaseFacts.appeal {
      $0.contested = [ContestedAct(50, subject)]
      $0.end = .init(outcome, on: People.day("2026-06-10"))
    }
  }

  private static func complaint(
    _ outcome: CaseOutcome? = nil, _ change: (inout CaseRecord) -> Void = { _ in }
  ) -> CaseRecord {
    CaseFacts.complaint {
      $0.receivedOn = People.day("2026-06-01")
      if let outcome { $0.end = .init(outcome, on: People.day("2026-06-10")) }
      change(&$0)
    }
  }

  private static func withdrawn(
    _ reason: WithdrawalReason, citing file: CaseRecord?
  ) -> Result<Deed, Refusal> {
    AttestationFacts.outcome { () throws(Refusal) in
      try WithdrawMark(
        MarkFacts.number, of: 8, mark: 50, for: reason, why: "x", cites: file?.sequence ?? 0
      ).decided(
        .init(
          life: MarkFacts.life(MarkFacts.revoked("2026-06-01")), isPassed: true, successor: nil,
          replacement: nil, cited: file), by: 9, on: People.day("2026-06-15")
      ).deed
    }
  }

  @Test(
    "what is set aside on appeal is what the case contests and changes; by a court alike (R-632)")
  func mark() {
    #expect(MarkFacts.revoked("2026-06-01").sequence == 50)
    func deed(_ reason: WithdrawalReason, _ cites: Int64) -> Result<Deed, Refusal> {
      .success(
        .markWithdrawn(
          MarkWithdrawn(
            number: MarkFacts.number, endsSequence: 50, reason: reason, why: "x", cites: cites)))
    }
    let upheld = Self.upheld(.mark(MarkFacts.number))
    #expect(Self.withdrawn(.appeal, citing: upheld) == deed(.appeal, 60))
    let court = Self.upheld(.mark(MarkFacts.number), .court)
    #expect(Self.withdrawn(.court, citing: court) == deed(.court, 60))
    #expect(Self.withdrawn(.court, citing: nil) == deed(.court, 0))
    #expect(Self.withdrawn(.appeal, citing: nil) == .failure(Self.missing))
    var otherAct = upheld
    otherAct.contested = [ContestedAct(51, .mark(MarkFacts.number))]
    for file in [
      Self.upheld(.mark(MarkFacts.number), .decisionStands), Self.upheld(.mark(MarkFacts.other)),
      Self.upheld(.result(50)), otherAct, CaseFacts.appeal(),
    ] {
      #expect(Self.withdrawn(.appeal, citing: file) == .failure(Self.unfit))
      #expect(Self.withdrawn(.court, citing: file) == .failure(Self.unfit))
    }
  }

  @Test("a result is annulled for an appeal by the case that changes it (R-623)")
  func result() {
    func annulled(_ reason: String, citing file: CaseRecord?) -> Result<Deed, Refusal> {
      AttestationFacts.outcome { () throws(Refusal) in
        try AnnulResult(
          of: 8, in: AttestationFacts.session, for: reason, cites: file?.sequence ?? 0
        ).decided(
          .init(
            results: [AttestationFacts.result(31, in: 14)], seated: [], trainers: [],
            certificate: nil, cited: file), by: 12)
      }
    }
    func deed(_ reason: String, _ cites: Int64) -> Result<Deed, Refusal> {
      .success(.resultAnnulled(ResultAnnulled(resultID: 31, reason: reason, cites: cites)))
    }
    #expect(annulled("appeal", citing: Self.upheld(.result(31))) == deed("appeal", 60))
    #expect(annulled("procedure", citing: Self.upheld(.result(31))) == deed("procedure", 60))
    #expect(annulled("procedure", citing: nil) == deed("procedure", 0))
    // Who is examined anew has that result annulled, and no other.
    #expect(
      annulled("appeal", citing: Self.upheld(.result(31), .reExamination)) == deed("appeal", 60))
    #expect(
      annulled("appeal", citing: Self.upheld(.result(32), .reExamination))
        == .failure(Self.unfit))
    #expect(
      annulled("appeal", citing: Self.upheld(.annulment(31), .reExamination))
        == .failure(Self.unfit))
    #expect(annulled("appeal", citing: nil) == .failure(Self.missing))
    for file in [
      Self.upheld(.result(32)), Self.upheld(.annulment(31)),
      Self.upheld(.result(31), .decisionStands),
    ] {
      #expect(annulled("appeal", citing: file) == .failure(Self.unfit))
      #expect(annulled("procedure", citing: file) == .failure(Self.unfit))
    }
  }

  @Test(
    "a complaint suspends the certificate of whom it is about, while open or once confirmed (R-711)"
  )
  func suspension() {
    func suspended(_ ground: SuspensionGround, citing file: CaseRecord?) -> Result<Deed, Refusal> {
      AttestationFacts.outcome { () throws(Refusal) in
        var facts = MarkFacts.facts()
        facts.cited = file
        return try SuspendCertificate(
          MarkFacts.number, for: ground, from: People.day("2026-06-15"), until: nil, why: "",
          cites: file?.sequence ?? 0
        ).decided(facts, by: 9, on: People.day("2026-06-15"))
      }
    }
    func deed(_ ground: SuspensionGround, _ cites: Int64) -> Result<Deed, Refusal> {
      .success(
        .certificateSuspended(
          .init(
            number: MarkFacts.number, days: MarkFacts.days("2026-06-15"), ground: ground, why: "",
            cites: cites)))
    }
    let open = Self.complaint()
    #expect(suspended(.complaint, citing: open) == deed(.complaint, 60))
    #expect(suspended(.court, citing: open) == deed(.court, 60))
    #expect(suspended(.court, citing: nil) == deed(.court, 0))
    #expect(suspended(.complaint, citing: nil) == .failure(Self.missing))
    let moved: [[(CaseStep, String)]] = [
      [(.acknowledged, "2026-06-02")], [(.returned, "2026-06-02")],
    ]
    for moves in moved {
      let file = Self.complaint { $0.moves = CaseFacts.moves(moves) }
      #expect(suspended(.complaint, citing: file) == deed(.complaint, 60))
    }
    #expect(suspended(.complaint, citing: Self.complaint(.confirmed)) == deed(.complaint, 60))
    let executed = Self.complaint(.confirmed) { $0.carriedOutBy = [70] }
    #expect(suspended(.complaint, citing: executed) == deed(.complaint, 60))
    for file in [
      Self.complaint(.notConfirmed), Self.complaint(.notAdmitted),
      Self.complaint { $0.person = 9 },
      CaseFacts.appeal { $0.receivedOn = People.day("2026-06-01") },
      Self.complaint { $0.end = .init(nil, on: People.day("2026-06-10")) },
      Self.complaint {
        $0.receivedOn = People.day("2026-05-01")
        $0.moves = CaseFacts.moves([(.returned, "2026-05-31")])
      },
    ] {
      #expect(suspended(.complaint, citing: file) == .failure(Self.unfit), "\(file)")
    }
  }

  @Test("a revocation that names a case names a complaint of the holder that was confirmed (R-713)")
  func revocation() {
    func revoked(citing file: CaseRecord?) -> Result<Deed, Refusal> {
      AttestationFacts.outcome { () throws(Refusal) in
        var facts = MarkFacts.facts()
        facts.cited = file
        return try RevokeCertificate(
          MarkFacts.number, for: .misconduct, since: People.day("2026-06-15"), why: "",
          cites: file?.sequence ?? 0
        ).decided(facts, by: 9, on: People.day("2026-06-15"))
      }
    }
    func deed(_ cites: Int64) -> Result<Deed, Refusal> {
      .success(
        .certificateRevoked(
          .init(
            number: MarkFacts.number, since: People.day("2026-06-15"), reason: .misconduct,
            why: "", cites: cites)))
    }
    #expect(revoked(citing: Self.complaint(.confirmed)) == deed(60))
    #expect(revoked(citing: nil) == deed(0))
    for file in [
      Self.complaint(), Self.complaint(.notConfirmed),
      Self.complaint(.confirmed) { $0.person = 9 }, Self.upheld(.mark(MarkFacts.number)),
    ] {
      #expect(revoked(citing: file) == .failure(Self.unfit))
    }
  }
}

@Suite("Setting an annulment aside (R-021, R-631)")
struct WithdrawAnnulmentTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var caller: Int64 = 9
    var annulment: Int64? = 50
    var results = [AttestationFacts.result(31, isAnnulled: true)]
    var cited: CaseRecord? = CaseFacts.appeal {
      $0.contested = [ContestedAct(50, .annulment(31))]
      $0.end = .init(.decisionChanged, on: People.day("2026-08-20"))
    }
    let refusal: Refusal?
    var testDescription: String { self.name }
  }

  // 98 - 800 mod 97 = 74.
  private static func refused(_ reason: Reason) -> Refusal {
    Refusal(reason, column: "person", value: "P-8-74")
  }

  private static let unfit = Refusal(.caseUnfit, column: "case", value: "60")

  private static let cases: [Case] = [
    Case(name: "as an upheld appeal decides", refusal: nil),
    Case(
      name: "beside what was recorded before it",
      results: [
        AttestationFacts.result(30), AttestationFacts.result(31, isAnnulled: true),
      ], refusal: nil),
    Case(
      name: "beside what was recorded since and is annulled, too",
      results: [
        AttestationFacts.result(31, isAnnulled: true),
        AttestationFacts.result(32, isAnnulled: true),
      ], refusal: nil),
    Case(
      name: "beside what was recorded since",
      results: [
        AttestationFacts.result(31, isAnnulled: true), AttestationFacts.result(32),
      ], refusal: Self.refused(.resultSince)),
    Case(name: "which is none any more", annulment: nil, refusal: Self.refused(.annulmentUnknown)),
    Case(name: "which is another by now", annulment: 70, refusal: Self.refused(.annulmentUnknown)),
    Case(name: "without a case", cited: nil, refusal: Refusal(.caseMissing, column: "case")),
    Case(
      name: "of another act",
      cited: CaseFacts.appeal {
        $0.contested = [ContestedAct(49, .annulment(31))]
        $0.end = .init(.decisionChanged, on: People.day("2026-08-20"))
      }, refusal: Self.unfit),
    Case(
      name: "whose result is contested",
      cited: CaseFacts.appeal {
        $0.contested = [ContestedAct(50, .result(31))]
        $0.end = .init(.decisionChanged, on: People.day("2026-08-20"))
      }, refusal: Self.unfit),
    Case(
      name: "by whose result it is", caller: 8, refusal: Refusal(.actsOnHimself, column: "person")),
  ]

  @Test("the result stands again, by two", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try WithdrawAnnulment(
      31, of: 8, annulledBy: 50, cites: 60, reading: " апелляция  бойынша ")
    let decided = AttestationFacts.outcome { () throws(Refusal) in
      try act.decided(
        .init(annulment: given.annulment, results: given.results, cited: given.cited),
        by: given.caller)
    }
    let deed = Deed.annulmentWithdrawn(
      AnnulmentWithdrawn(resultID: 31, endsSequence: 50, cites: 60, why: "апелляция бойынша"))
    #expect(
      decided == given.refusal.map { .failure($0) } ?? .success(Decision(deed, takesTwo: true)))
    #expect(deed.subjects == [.result(31)])
    #expect(deed.certificates == [])
  }

  @Test("says why in words")
  func words() {
    #expect(throws: Refusal(.missing, column: "why")) {
      try WithdrawAnnulment(31, of: 8, annulledBy: 50, cites: 60, reading: " ")
    }
  }
}
