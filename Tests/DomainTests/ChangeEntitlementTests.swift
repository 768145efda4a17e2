@testable import BitimDomain
import Testing

@Suite("What entitles organisations (R-202)")
struct ChangeEntitlementTests {
  static let today = People.day("2026-06-01")

  private static func days(_ from: String, _ until: String? = nil) -> Period {
    Period(from: People.day(from), until: until.map(People.day))
  }

  private static func one(_ id: Int64, _ from: String, _ until: String? = nil) -> Entitlement {
    Entitlement(id: id, activity: .train, days: Self.days(from, until), basis: "тізілім № 7")
  }

  /// Granted from 2024 on without an end; nothing is suspended.
  private static func facts(
    _ entitlements: [Entitlement] = [Self.one(5, "2024-01-01")],
    suspended: [Entitlement] = [], wasEntitled: Bool = true
  ) -> ChangeEntitlement.Facts {
    .init(
      entitlements: entitlements, suspensions: suspended, wasEntitled: wasEntitled,
      nextEntitlement: 9, nextSuspension: 3)
  }

  private func decided(
    _ change: EntitlementChange, _ day: String, _ until: String? = nil,
    _ facts: ChangeEntitlement.Facts = Self.facts()
  ) throws -> Decision {
    try ChangeEntitlement(
      change, of: 2, activity: 1, day: day, column: "day", until: until, basis: " бұйрық  5 "
    )
    .decided(facts, on: Self.today)
  }

  @Test("the first grant is one person's whatever its first day; a later one takes two long back")
  func grants() throws {
    func granted(_ from: String, _ until: String?) -> Deed {
      .entitlementGranted(
        .init(
          organisationID: 2,
          entitlement: .init(
            id: 9, activity: .train, days: Self.days(from, until), basis: "бұйрық 5")))
    }
    let none = Self.facts([], wasEntitled: false)
    #expect(
      try self.decided(.grant, "2011-01-01", nil, none)
        == Decision(granted("2011-01-01", nil), takesTwo: false))
    let before = Self.facts([Self.one(5, "2024-01-01", "2024-12-31")])
    // Thirty days before the first of June.
    #expect(
      try self.decided(.grant, "2026-05-02", "2026-05-02", before)
        == Decision(granted("2026-05-02", "2026-05-02"), takesTwo: false))
    #expect(
      try self.decided(.grant, "2026-05-01", nil, before)
        == Decision(granted("2026-05-01", nil), takesTwo: true))
    #expect(
      throws: Refusal(.entitlementThere, ["from": "2024-01-01", "to": "2024-12-31"])
    ) { try self.decided(.grant, "2024-12-31", nil, before) }
    #expect(throws: Refusal(.entitlementThere, ["from": "2024-01-01"])) {
      try self.decided(.grant, "2023-01-01", "2024-01-01")
    }
  }

  @Test("ends with a last day: what is granted for it and for the next, up to it")
  func ends() throws {
    func ended(_ last: String, _ ids: [Int64]) -> Deed {
      .entitlementEnded(
        .init(
          organisationID: 2, activity: .train, lastDay: People.day(last), basis: "бұйрық 5",
          ends: ids.enumerated().map { EntitlementEnd($1, remains: Int64(9 + $0)) }))
    }
    #expect(
      try self.decided(.end, "2026-05-15") == Decision(ended("2026-05-15", [5]), takesTwo: false))
    #expect(
      try self.decided(.end, "2026-05-02") == Decision(ended("2026-05-02", [5]), takesTwo: false))
    #expect(
      try self.decided(.end, "2026-05-01") == Decision(ended("2026-05-01", [5]), takesTwo: true))
    #expect(
      try self.decided(.end, "2026-12-31") == Decision(ended("2026-12-31", [5]), takesTwo: false))
    // Two entries may overlap in an old list; one that begins later is another matter.
    let several = Self.facts([
      Self.one(5, "2024-01-01", "2026-12-31"), Self.one(6, "2026-05-15"),
      Self.one(7, "2026-05-16"), Self.one(8, "2024-01-01", "2026-05-15"),
    ])
    #expect(
      try self.decided(.end, "2026-05-15", nil, several)
        == Decision(ended("2026-05-15", [5, 6]), takesTwo: false))
    let over = Self.facts([Self.one(5, "2024-01-01", "2026-05-15")])
    #expect(throws: Refusal(.noEntitlement, ["day": "2026-05-16"])) {
      try self.decided(.end, "2026-05-15", nil, over)
    }
    #expect(throws: Refusal(.noEntitlement, ["day": "2024-01-01"])) {
      try self.decided(.end, "2023-12-31")
    }
  }

  @Test("never was: what begins on that day, by two persons, and nothing remains (R-005)")
  func errors() throws {
    #expect(
      try self.decided(.withdraw, "2024-01-01")
        == Decision(
          .entitlementEnded(
            .init(
              organisationID: 2, activity: .train, lastDay: nil, basis: "бұйрық 5",
              ends: [EntitlementEnd(5, remains: nil)])), takesTwo: true))
    let new = Self.facts([Self.one(5, "2026-06-01")])
    #expect(try self.decided(.withdraw, "2026-06-01", nil, new).takesTwo)
    #expect(throws: Refusal(.noEntitlement, ["day": "2024-01-02"])) {
      try self.decided(.withdraw, "2024-01-02")
    }
    let suspended = Self.facts(suspended: [Self.one(1, "2026-06-01")])
    #expect(
      try self.decided(.withdrawSuspension, "2026-06-01", nil, suspended)
        == Decision(
          .entitlementResumed(
            .init(
              organisationID: 2, activity: .train, lastDay: nil, basis: "бұйрық 5",
              ends: [EntitlementEnd(1, remains: nil)])), takesTwo: true))
    #expect(throws: Refusal(.entitlementInForce, ["day": "2026-06-02"])) {
      try self.decided(.withdrawSuspension, "2026-06-02", nil, suspended)
    }
  }

  @Test("is suspended where it is granted, on days that are not suspended, long back by two")
  func suspends() throws {
    func suspended(_ from: String, _ until: String?) -> Deed {
      .entitlementSuspended(
        .init(
          organisationID: 2,
          suspension: .init(
            id: 3, activity: .train, days: Self.days(from, until), basis: "бұйрық 5")))
    }
    #expect(
      try self.decided(.suspend, "2026-06-10", "2026-06-20")
        == Decision(suspended("2026-06-10", "2026-06-20"), takesTwo: false))
    #expect(
      try self.decided(.suspend, "2026-05-02")
        == Decision(suspended("2026-05-02", nil), takesTwo: false))
    #expect(
      try self.decided(.suspend, "2026-05-01")
        == Decision(suspended("2026-05-01", nil), takesTwo: true))
    #expect(throws: Refusal(.noEntitlement, ["day": "2023-12-31"])) {
      try self.decided(.suspend, "2023-12-31")
    }
    let there = Self.facts(suspended: [Self.one(1, "2026-06-10", "2026-06-20")])
    #expect(throws: Refusal(.entitlementSuspended, ["since": "2026-06-10"])) {
      try self.decided(.suspend, "2026-06-01", "2026-06-10", there)
    }
    #expect(
      try self.decided(.suspend, "2026-06-21", nil, there)
        == Decision(suspended("2026-06-21", nil), takesTwo: false))
  }

  @Test("is resumed from a day on, and suspended until the day before")
  func resumes() throws {
    func resumed(_ last: String) -> Deed {
      .entitlementResumed(
        .init(
          organisationID: 2, activity: .train, lastDay: People.day(last), basis: "бұйрық 5",
          ends: [EntitlementEnd(1, remains: 3)]))
    }
    let there = Self.facts(suspended: [Self.one(1, "2026-04-10", "2026-06-20")])
    #expect(
      try self.decided(.resume, "2026-06-20", nil, there)
        == Decision(resumed("2026-06-19"), takesTwo: false))
    #expect(
      try self.decided(.resume, "2026-05-02", nil, there)
        == Decision(resumed("2026-05-01"), takesTwo: false))
    #expect(
      try self.decided(.resume, "2026-04-11", nil, there)
        == Decision(resumed("2026-04-10"), takesTwo: true))
    #expect(throws: Refusal(.entitlementInForce, ["day": "2026-06-21"])) {
      try self.decided(.resume, "2026-06-21", nil, there)
    }
    // No day of it would be left: that is an error, and two persons'.
    #expect(throws: Refusal(.datesReversed, column: "valid_from", value: "2026-04-10")) {
      try self.decided(.resume, "2026-04-10", nil, there)
    }
  }

  @Test("lost are days that were granted once, and are not granted by now or are suspended")
  func lost() {
    func lost(_ granted: [Period], _ suspended: [Period] = []) -> [Period] {
      Entitlement.lostDays(
        of: [Self.days("2024-01-01", "2024-12-31"), Self.days("2025-06-01")], granted: granted,
        suspended: suspended)
    }
    #expect(lost([Self.days("2024-01-01")]) == [])
    #expect(
      lost([]) == [Self.days("2024-01-01", "2024-12-31"), Self.days("2025-06-01")])
    #expect(
      lost([Self.days("2024-01-01", "2025-07-31")]) == [Self.days("2025-08-01")])
    // What was never granted is not lost.
    #expect(
      lost([Self.days("2024-01-01")], [Self.days("2024-12-31", "2025-06-01")])
        == [Self.days("2024-12-31", "2024-12-31"), Self.days("2025-06-01", "2025-06-01")])
  }

  @Test("is read with its activity, its days in their order, and what it rests on")
  func read() throws {
    func read(
      activity: Int32 = 2, _ day: String = "2026-06-01", _ until: String? = nil,
      basis: String = "x"
    ) throws -> ChangeEntitlement {
      try ChangeEntitlement(
        .grant, of: 2, activity: activity, day: day, column: "valid_from", until: until,
        basis: basis)
    }
    #expect(throws: Refusal(.notInList, column: "activity", value: "3")) { try read(activity: 3) }
    #expect(throws: Refusal(.missing, column: "valid_from")) { try read("") }
    #expect(throws: Refusal(.notADate, column: "valid_until", value: "x")) {
      try read("2026-06-01", "x")
    }
    #expect(throws: Refusal(.datesReversed, column: "valid_until", value: "2026-05-31")) {
      try read("2026-06-01", "2026-05-31")
    }
    #expect(throws: Refusal(.missing, column: "basis")) { try read(basis: " ") }
    #expect(
      try read("2026-06-01", "2026-06-01")
        == ChangeEntitlement(
          .grant, of: 2, to: .issue, day: Self.today, until: Self.today, basis: "x"))
  }

  @Test(
    "a cohort is interrupted while its organisation is not entitled, from its first day to its last (R-204)"
  )
  func interrupted() {
    let cohort = CohortRecord(
      id: 4, code: "P1", editionID: 3, organisationID: 2, language: .kk, form: .inPerson,
      startsOn: Self.today, endsOn: People.day("2026-07-31"), place: "Алматы")
    let before = People.day("2026-05-20")
    let last = People.day("2026-07-31")
    #expect(cohort.trainingDay(from: before) == Self.today)
    #expect(cohort.trainingDay(from: last) == last)
    #expect(cohort.isInterrupted(on: before, isEntitled: false))
    #expect(cohort.isInterrupted(on: last, isEntitled: false))
    #expect(!cohort.isInterrupted(on: last, isEntitled: true))
    #expect(!cohort.isInterrupted(on: People.day("2026-08-01"), isEntitled: false))
    var cancelled = cohort
    cancelled.isCancelled = true
    #expect(!cancelled.isInterrupted(on: last, isEntitled: false))
  }
}
