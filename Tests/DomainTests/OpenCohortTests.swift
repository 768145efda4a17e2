@testable import BitimDomain
import Testing

@Suite("Opening a cohort")
struct OpenCohortTests {
  private static func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(iso: text))
  }

  private static func act(
    from: String = "2026-02-02", until: String = "2026-03-31"
  ) throws -> OpenCohort {
    OpenCohort(
      code: "P1-ALA-01", programme: 1, edition: "2025", organisation: "ALA-01", language: .kk,
      form: .inPerson, from: try self.day(from), until: try self.day(until), place: "Алматы")
  }

  private static func facts() throws -> OpenCohort.Facts {
    OpenCohort.Facts(
      isCodeTaken: false, organisationID: 2,
      edition: .of(from: "2000-01-01"), entitlement: "register, 17",
      nextID: 41)
  }

  private func refusal(
    _ act: OpenCohort, _ change: (inout OpenCohort.Facts) throws -> Void = { _ in }
  ) throws -> Refusal? {
    var facts = try Self.facts()
    try change(&facts)
    let today = try Self.day("2026-01-20")
    do throws(Refusal) {
      _ = try act.decided(facts, on: today)
      return nil
    } catch {
      return error
    }
  }

  @Test("pins the edition, and keeps what was asked for under the next id")
  func opened() throws {
    let deed = try Self.act().decided(Self.facts(), on: Self.day("2026-01-20"))
    #expect(
      deed
        == .cohortOpened(
          CohortOpened(
            CohortRecord(
              id: 41, code: "P1-ALA-01", editionID: 3, organisationID: 2, language: .kk,
              form: .inPerson, startsOn: try Self.day("2026-02-02"),
              endsOn: try Self.day("2026-03-31"), place: "Алматы"))))
  }

  @Test("is refused under a code that is taken")
  func codeTaken() throws {
    #expect(
      try self.refusal(Self.act()) { $0.isCodeTaken = true }
        == Refusal(.codeTaken, column: "code", value: "P1-ALA-01"))
  }

  @Test("may last one day, but never ends before it begins")
  func reversed() throws {
    #expect(try self.refusal(Self.act(until: "2026-02-02")) == nil)
    #expect(
      try self.refusal(Self.act(until: "2026-02-01"))
        == Refusal(.datesReversed, column: "ends_on", value: "2026-02-01"))
  }

  @Test("begins between 2000 and the same day two years ahead (R-016)")
  func range() throws {
    #expect(try self.refusal(Self.act(from: "2000-01-01")) == nil)
    #expect(try self.refusal(Self.act(from: "2028-01-20", until: "2028-02-20")) == nil)
    for (from, until) in [("1999-12-31", "2026-01-01"), ("2028-01-21", "2028-02-20")] {
      #expect(
        try self.refusal(Self.act(from: from, until: until))
          == Refusal(
            .outOfRange, column: "starts_on", value: from,
            ["low": "2000-01-01", "high": "2028-01-20"]))
    }
  }

  @Test("wants an edition in force on the first day (R-304)")
  func edition() throws {
    #expect(
      try self.refusal(Self.act()) { $0.edition = nil }
        == Refusal(
          .editionUnknown, column: "edition", value: "2025",
          ["programme": "1", "day": "2026-02-02"]))
    func notInForce(_ days: [String: String]) -> Refusal {
      Refusal(
        .editionNotInForce, column: "edition", value: "2025",
        days.merging(["day": "2026-02-02"]) { $1 })
    }
    #expect(
      try self.refusal(Self.act()) { $0.edition = .of(from: "2026-02-03") }
        == notInForce(["from": "2026-02-03"]))
    #expect(
      try self.refusal(Self.act()) { $0.edition = .of(from: "2020-01-01", until: "2026-02-01") }
        == notInForce(["from": "2020-01-01", "to": "2026-02-01"]))
    #expect(
      try self.refusal(Self.act()) {
        $0.edition = .of(from: "2026-02-02", until: "2026-02-02")
      } == nil)
    // Closed, it is in force up to its last day.
    for (last, refused) in [("2026-02-01", true), ("2026-02-02", false)] {
      #expect(
        try self.refusal(Self.act()) {
          $0.edition = .of(from: "2020-01-01", until: "2026-12-31")
          $0.edition?.closedOn = try Self.day(last)
        } == (refused ? notInForce(["from": "2020-01-01", "to": last]) : nil))
    }
  }

  @Test("wants an organisation entitled on the first day (R-203)")
  func entitlement() throws {
    #expect(
      try self.refusal(Self.act()) { $0.entitlement = nil }
        == Refusal(
          .notEntitledToTrain, column: "organisation", value: "ALA-01", ["day": "2026-02-02"]))
  }
}
