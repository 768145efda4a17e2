@testable import BitimDomain
import Testing

@Suite("Bars (R-118, R-005)")
struct BarTests {
  static let days = Period(from: People.day("2026-01-15"), until: People.day("2026-12-31"))

  static func standing(_ days: Period = Self.days) -> StandingBar {
    StandingBar(Bar(.prosecution, days: days, document: "a ruling"), sequence: 40, maker: 8)
  }

  @Test("is recorded with its days, with an end and without one")
  func recorded() throws {
    let act = try RecordBar(
      51, kind: 3, from: "2026-01-15", until: "2026-12-31", document: " a ruling ")
    #expect(
      try act.decided(beside: [], by: 9)
        == .personBarred(
          PersonBarred(personID: 51, bar: Bar(.prosecution, days: Self.days, document: "a ruling")))
    )
    let open = try RecordBar(51, kind: 1, from: "2026-01-15", until: nil, document: " a ruling ")
    let days = Period(from: People.day("2026-01-15"), until: nil)
    #expect(
      try open.decided(beside: [], by: 9)
        == .personBarred(
          PersonBarred(personID: 51, bar: Bar(.stateFunction, days: days, document: "a ruling"))))
    let oneDay = try RecordBar(
      51, kind: 2, from: "2026-01-15", until: "2026-01-15", document: " a ruling ")
    let day = Period(from: People.day("2026-01-15"), until: People.day("2026-01-15"))
    #expect(
      try oneDay.decided(beside: [], by: 9)
        == .personBarred(
          PersonBarred(personID: 51, bar: Bar(.incapacity, days: day, document: "a ruling"))))
  }

  @Test("is not recorded of oneself, of no kind, or with days that can't be")
  func notRecorded() {
    #expect(throws: Refusal(.actsOnHimself)) {
      try RecordBar(51, kind: 3, from: "2026-01-15", until: nil, document: " a ruling ")
        .decided(beside: [], by: 51)
    }
    #expect(throws: Refusal(.notInList, column: "kind", value: "5")) {
      try RecordBar(51, kind: 5, from: "2026-01-15", until: nil, document: " a ruling ")
    }
    #expect(throws: Refusal(.notInList, column: "kind")) {
      try RecordBar(51, kind: 0, from: "2026-01-15", until: nil, document: " a ruling ")
    }
    #expect(throws: Refusal(.missing, column: "valid_from")) {
      try RecordBar(51, kind: 3, from: "", until: nil, document: " a ruling ")
    }
    #expect(throws: Refusal(.notADate, column: "valid_until", value: "soon")) {
      try RecordBar(51, kind: 3, from: "2026-01-15", until: "soon", document: " a ruling ")
    }
    #expect(throws: Refusal(.datesReversed, column: "valid_until", value: "2026-01-14")) {
      try RecordBar(51, kind: 3, from: "2026-01-15", until: "2026-01-14", document: " a ruling ")
    }
  }

  @Test("is ended on a day of its own, its first included")
  func ended() throws {
    func ended(_ day: String, _ days: Period = Self.days) throws -> BarEnded {
      try EndBar(51, lastDay: day).decided(Self.standing(days), by: 9)
    }
    func deed(_ day: String) -> BarEnded {
      let days = Period(from: People.day("2026-01-15"), until: People.day(day))
      return BarEnded(
        personID: 51, endsSequence: 40, bar: Bar(.prosecution, days: days, document: "a ruling"))
    }
    #expect(try ended("2026-01-15") == deed("2026-01-15"))
    #expect(try ended("2026-12-30") == deed("2026-12-30"))
    let open = Period(from: People.day("2026-01-15"), until: nil)
    #expect(try ended("2027-05-01", open) == deed("2027-05-01"))
  }

  @Test("is not ended by whom it bars, before it began, on the day it ends, or later")
  func notEnded() {
    func end(_ day: String, by caller: Int64 = 9) throws -> BarEnded {
      try EndBar(51, lastDay: day).decided(Self.standing(), by: caller)
    }
    #expect(throws: Refusal(.actsOnHimself)) { try end("2026-06-30", by: 51) }
    #expect(throws: Refusal(.datesReversed, column: "last_day", value: "2026-01-14")) {
      try end("2026-01-14")
    }
    #expect(throws: Refusal(.nothingChanged, column: "last_day", value: "2026-12-31")) {
      try end("2026-12-31")
    }
    #expect(
      throws: Refusal(
        .outOfRange, column: "last_day", value: "2027-01-01",
        ["low": "2026-01-15", "high": "2026-12-31"])
    ) { try end("2027-01-01") }
    #expect(throws: Refusal(.missing, column: "last_day")) { try EndBar(51, lastDay: "") }
  }

  @Test("R-018: is not recorded twice; of another document, kind or day it is another")
  func twice() throws {
    func record(
      _ document: String, kind: Int32 = 3, from: String = "2026-01-15"
    ) throws -> Deed {
      try RecordBar(51, kind: kind, from: from, until: "2026-12-31", document: document)
        .decided(beside: [Self.standing()], by: 9)
    }
    #expect(throws: Refusal(.nothingChanged)) { try record("a ruling") }
    _ = try record("another ruling")
    _ = try record("a ruling", kind: 2)
    _ = try record("a ruling", from: "2026-01-16")
  }

  @Test("rests on a document")
  func document() {
    #expect(throws: Refusal(.missing, column: "document")) {
      try RecordBar(51, kind: 3, from: "2026-01-15", until: nil, document: " ")
    }
  }

  @Test("is withdrawn as an error, with a reason, by anybody but whom it bars; it takes two")
  func withdrawn() throws {
    let act = try WithdrawBar(51, bar: 40, reason: " another person ")
    #expect(
      try act.decided(Self.standing(), by: 9)
        == Decision(
          .barWithdrawn(
            BarWithdrawn(personID: 51, endsSequence: 40, reason: "another person")),
          takesTwo: true))
    #expect(throws: Refusal(.actsOnHimself)) { try act.decided(Self.standing(), by: 51) }
    #expect(throws: Refusal(.missing, column: "reason")) {
      try WithdrawBar(51, bar: 40, reason: " ")
    }
  }
}
