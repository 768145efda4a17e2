@testable import BitimDomain
import Testing

/// Cohort 4 from 2026-02-02 under edition 25; two are enrolled in it, 8 and 9, born in 1991.
@Suite("Another edition for a cohort (R-305)")
struct RepinCohortTests {
  private static func beginner(
    _ person: Int64, on day: String = "2026-01-20"
  ) -> AmendCohort.Beginner {
    .init(
      person: person, enrolledOn: AttestationFacts.day(day),
      admission: Admission(
        birthDate: AttestationFacts.day("1991-12-31"), education: .higher, bars: [],
        held: []))
  }

  private static func edition(
    _ code: String = "small", from: String = "2025-12-30", until: String? = nil,
    _ settings: [EditionValue: Edition.Setting] = [:]
  ) -> Edition {
    Edition.of(id: 26, code: code, from: from, until: until, settings)
  }

  private static let facts = RepinCohort.Facts(
    cohort: AttestationFacts.cohort, before: Edition.of(id: 25), edition: Self.edition(),
    beginners: [Self.beginner(8), Self.beginner(9)])

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Nil where it is decided.
    let expected: Refusal?
    let change: @Sendable (inout RepinCohort.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal? = nil,
      _ change: @escaping @Sendable (inout RepinCohort.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.expected = refusal
      self.change = change
    }
  }

  private static func code(_ reason: Reason, _ arguments: [String: String] = [:]) -> Refusal {
    Refusal(reason, column: "code", value: "P1-ALA-01", arguments)
  }

  @Test(
    "is decided before the first class, with all admitted anew, by two persons",
    arguments: [
      Case("nobody is in the way"),
      Case("nobody is enrolled") { $0.beginners = [] },
      Case("the cohort is cancelled", Self.code(.cohortClosed)) { $0.cohort.isCancelled = true },
      Case("the edition that it has", Refusal(.nothingChanged, column: "edition", value: "small")) {
        $0.cohort.editionID = 26
      },
      Case("in force from the first day on") { $0.edition = Self.edition(from: "2026-02-02") },
      Case(
        "in force from the day behind it on",
        Refusal(
          .editionNotInForce, column: "edition", value: "small",
          ["day": "2026-02-02", "from": "2026-02-03"])
      ) { $0.edition = Self.edition(from: "2026-02-03") },
      Case(
        "in force until the day before it",
        Refusal(
          .editionNotInForce, column: "edition", value: "small",
          ["day": "2026-02-02", "from": "2025-12-30", "to": "2026-02-01"])
      ) { $0.edition = Self.edition(until: "2026-02-01") },
      Case("a class was held", Self.code(.cohortBegun)) { $0.hasBegun = true },
      Case("a session stands", Self.code(.sessionThere, ["session": "S-14"])) {
        $0.session = "S-14"
      },
      Case("one came by a transfer", Self.code(.cameByTransfer)) { $0.hasTransferred = true },
      Case("as many as the edition lets") {
        $0.edition = Self.edition("small", [.groupMax: .init(2, .school)])
      },
      Case(
        "one more than the edition lets",
        Refusal(.groupFull, column: "edition", value: "small", ["limit": "1"])
      ) { $0.edition = Self.edition("small", [.groupMax: .init(1, .school)]) },
      Case("old enough on the first day") {
        $0.edition = Self.edition("small", [.ageMin: .init(34, .school)])
      },
      // 98 - 900 mod 97 = 71.
      Case(
        "one is too young under it",
        Refusal(
          .tooYoung, column: "edition", value: "P-8-74", ["age": "35", "day": "2026-02-02"])
      ) { $0.edition = Self.edition("small", [.ageMin: .init(35, .school)]) },
      Case("one who waits is too young under it") {
        $0.edition = Self.edition("small", [.ageMin: .init(34, .school)])
        $0.waiting = [
          .init(
            person: 7, enrolledOn: AttestationFacts.day("2026-01-20"),
            admission: Admission(
              birthDate: AttestationFacts.day("1998-01-01"), education: .higher, bars: [],
              held: []))
        ]
      },
      Case(
        "one who came late is too young on his day",
        Refusal(
          .tooYoung, column: "edition", value: "P-9-71", ["age": "35", "day": "2026-12-30"])
      ) {
        $0.edition = Self.edition("small", [.ageMin: .init(35, .school)])
        $0.beginners = [Self.beginner(9, on: "2026-12-30"), Self.beginner(8)]
      },
    ])
  func decided(_ tried: Case) {
    var facts = Self.facts
    tried.change(&facts)
    let act = RepinCohort(4, to: 26, for: "бұйрық өзгерді")
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try act.decided(facts) }
        == tried.expected.map { .failure($0) }
        ?? .success(
          Decision(
            .cohortRepinned(CohortRepinned(cohortID: 4, editionID: 26, why: "бұйрық өзгерді")),
            takesTwo: true)))
  }

  @Test("shows who would not be admitted, and of those who wait who would be no more")
  func losers() {
    func young(_ person: Int64, born: String, _ education: Education = .higher)
      -> AmendCohort.Beginner
    {
      .init(
        person: person, enrolledOn: AttestationFacts.day("2026-02-10"),
        admission: Admission(
          birthDate: AttestationFacts.day(born), education: education, bars: [],
          held: []))
    }
    var facts = Self.facts
    facts.before = Edition.of(id: 25, [.higherEducation: .init(1, .law)])
    facts.edition = Self.edition(
      "small", [.ageMin: .init(35, .school), .higherEducation: .init(1, .law)])
    // 35 on 2026-02-10 and the day behind it; the last is admitted under neither edition.
    facts.beginners = [young(8, born: "1991-02-10"), young(9, born: "1991-02-11", .secondary)]
    facts.waiting = [
      young(5, born: "1991-02-10"), young(6, born: "1991-02-11"),
      young(7, born: "1991-02-11", .secondary),
    ]
    func tooYoung(_ born: String) -> Refusal {
      Refusal(.tooYoung, column: "birth_date", value: born, ["age": "35", "day": "2026-02-10"])
    }
    #expect(
      RepinCohort(4, to: 26, for: "x").losers(facts) == [
        .init(
          person: 9, isWaiting: false,
          refusals: [
            tooYoung("1991-02-11"),
            Refusal(.educationTooLow, column: "education", value: "secondary"),
          ]),
        .init(person: 6, isWaiting: true, refusals: [tooYoung("1991-02-11")]),
      ])
  }

  @Test("why is said")
  func read() throws {
    #expect(
      try RepinCohort(4, to: 26, typedWhy: " бұйрық  өзгерді ")
        == RepinCohort(4, to: 26, for: "бұйрық өзгерді"))
    #expect(throws: Refusal(.missing, column: "why")) { try RepinCohort(4, to: 26, typedWhy: " ") }
  }
}
