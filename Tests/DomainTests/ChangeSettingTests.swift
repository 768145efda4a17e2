@testable import BitimDomain
import Testing

@Suite("What the School settles for itself (R-019)")
struct ChangeSettingTests {
  private static func day(_ text: String) -> CivilDate { People.day(text) }
  private static let today = Self.day("2026-06-15")

  private static func change(
    _ value: Int = 1, from day: String = "2026-06-15", basis: Basis = .school, article: String = ""
  ) -> SettingChange {
    SettingChange(
      name: .waitingStrict, setting: .init(value, basis, article: article), from: Self.day(day),
      why: "кеңес № 4")
  }

  private static func history(_ changes: SettingChange...) -> SettingHistory {
    SettingHistory(
      .waitingStrict, changes.enumerated().map { .init(sequence: Int64($0 + 7), $1) })
  }

  private func decided(
    _ change: SettingChange, _ history: SettingHistory = Self.history()
  ) throws -> Decision {
    try ChangeSetting(change).decided(history, on: Self.today)
  }

  private static func deed(_ change: SettingChange) -> Decision {
    Decision(.settingChanged(SettingChanged(change: change)), takesTwo: true)
  }

  @Test("a setting changes by two persons, from a day at most fourteen back and two years ahead")
  func days() throws {
    for day in ["2026-06-01", "2026-06-15", "2028-06-15"] {
      let change = Self.change(from: day)
      #expect(try self.decided(change) == Self.deed(change))
    }
    for day in ["2026-05-31", "2028-06-16"] {
      #expect(
        throws: Refusal(
          .outOfRange, column: "valid_from", value: day,
          ["low": "2026-06-01", "high": "2028-06-15"])
      ) { try self.decided(Self.change(from: day)) }
    }
  }

  @Test("what is so already from that day on is not changed; another basis or article is a change")
  func unchanged() throws {
    let same = Refusal(.nothingChanged, column: "value", value: "0")
    #expect(throws: same) { try self.decided(Self.change(0)) }
    let back = Self.history(Self.change(1, from: "2026-01-01"), Self.change(0, from: "2026-06-01"))
    #expect(throws: same) { try self.decided(Self.change(0), back) }
    // What is so on the day, and was to change later, is no longer to change.
    let later = Self.history(Self.change(1, from: "2026-09-01"))
    #expect(try self.decided(Self.change(0), later) == Self.deed(Self.change(0)))
    for change in [Self.change(0, basis: .reported), Self.change(0, article: "ереже, 7")] {
      #expect(try self.decided(change) == Self.deed(change))
    }
  }

  @Test("the newest change whose day has come is in force, and before all of them the default")
  func history() {
    func values(_ history: SettingHistory, _ days: String...) -> [Int] {
      days.map { history.setting(on: Self.day($0)).value }
    }
    #expect(values(Self.history(), "2026-06-15") == [0])
    let two = Self.history(Self.change(1, from: "2026-03-01"), Self.change(0, from: "2026-05-01"))
    #expect(
      values(two, "2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01") == [0, 1, 1, 0])
    #expect(two.changes.map(\.sequence) == [7, 8])
    // Recorded later, from an earlier day or the same: what was to follow gives way.
    for day in ["2026-04-01", "2026-05-01"] {
      let cut = Self.history(
        Self.change(0, from: "2026-03-01"), Self.change(0, from: "2026-05-01"),
        Self.change(1, from: day))
      #expect(cut.changes.map(\.sequence) == [7, 9])
      #expect(values(cut, "2026-03-31", "2026-05-01", "2027-01-01") == [0, 1, 1])
    }
  }

  private func read(
    _ name: Int32 = 1, _ setting: EditionForm.Setting? = .init(value: 1, basis: 3, article: ""),
    why: String = " кеңес  № 4 "
  ) throws -> SettingChange {
    try ChangeSetting(reading: name, setting, from: Self.today, why: why).change
  }

  @Test("a change says which setting, a value in its range, its basis, and why")
  func reads() throws {
    #expect(try self.read() == Self.change())
    #expect(
      try self.read(1, .init(value: 0, basis: 1, article: "9-бап"))
        == Self.change(0, basis: .law, article: "9-бап"))
    #expect(throws: Refusal(.notInList, column: "setting", value: "9")) { try self.read(9) }
    #expect(throws: Refusal(.missing, column: "value")) { try self.read(1, nil) }
    for value in [-1, 2] {
      #expect(
        throws: Refusal(
          .outOfRange, column: "value", value: "\(value)", ["low": "0", "high": "1"])
      ) { try self.read(1, .init(value: value, basis: 3, article: "")) }
    }
    #expect(throws: Refusal(.notInList, column: "value.basis")) {
      try self.read(1, .init(value: 1, basis: 0, article: ""))
    }
    #expect(throws: Refusal(.missing, column: "value.article")) {
      try self.read(1, .init(value: 1, basis: 1, article: ""))
    }
    #expect(throws: Refusal(.missing, column: "why")) { try self.read(why: " ") }
  }
}
