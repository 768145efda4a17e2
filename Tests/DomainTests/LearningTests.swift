@testable import BitimDomain
import Testing

/// What 8 learned, recorded by 9 in the act 30. The entry M-2026-5 is hers since 10 August 2026.
enum LearningFacts {
  static let day = People.day

  static func learning(
    _ amount: Learning.Amount = .quarters(24), on day: String = "2026-10-12",
    _ kind: LearningKind = .course, isRelevant: Bool = false, provider: String = "Әділет"
  ) -> Learning {
    Learning(
      on: Self.day(day), kind, amount, isRelevant: isRelevant, provider: provider,
      evidence: "№ 7 куәлік")
  }

  static func record(
    _ learning: Learning = learning(), _ sequence: Int64 = 30, checked: String? = "2026-10-20"
  ) -> LearningRecord {
    LearningRecord(
      sequence: sequence, of: 8, learning, recordedBy: 9, checkedOn: checked.map(Self.day))
  }

  static func setting(_ value: Int, from day: String = "2026-01-01") -> SettingHistory {
    SettingHistory(
      .learningScheme,
      [
        .init(
          sequence: 5,
          SettingChange(
            name: .learningScheme, setting: Edition.Setting(value, .school), from: Self.day(day),
            why: "кеңес"))
      ])
  }
}

@Suite("Windows of learning (R-810)")
struct LearningSchemeTests {
  private static let day = People.day

  private static func days(_ scheme: Int, _ day: String, from entered: String) -> String? {
    LearningScheme.values[scheme]?.days(around: Self.day(day), from: Self.day(entered)).map {
      "\($0.from.iso) \($0.until?.iso ?? "")"
    }
  }

  @Test("the setting has three values that ask for something, and asks for nothing by itself")
  func presets() {
    let years = LearningScheme(months: 60, quarters: 80)
    let year = LearningScheme(months: 12, quarters: 24)
    let points = LearningScheme(months: 36, points: 60, relevant: 30)
    #expect(LearningScheme.values == [1: years, 2: year, 3: points])
    #expect(SettingName.learningScheme.unchanged == Edition.Setting(0, .school))
    #expect(SettingName.learningScheme.range == 0...3)
  }

  @Test("they follow each other from the day of entry on, and each day is of one")
  func windows() {
    let entered = "2026-08-10"
    #expect(Self.days(2, "2026-08-09", from: entered) == nil)
    #expect(Self.days(2, "2026-08-10", from: entered) == "2026-08-10 2027-08-09")
    #expect(Self.days(2, "2027-08-09", from: entered) == "2026-08-10 2027-08-09")
    #expect(Self.days(2, "2027-08-10", from: entered) == "2027-08-10 2028-08-09")
    #expect(Self.days(1, "2031-08-09", from: entered) == "2026-08-10 2031-08-09")
    #expect(Self.days(1, "2031-08-10", from: entered) == "2031-08-10 2036-08-09")
    #expect(Self.days(3, "2030-01-01", from: entered) == "2029-08-10 2032-08-09")
    // Without a 29th to that month's last day, as a certificate's validity (R-013).
    let leap = "2024-02-29"
    #expect(Self.days(2, "2025-02-28", from: leap) == "2024-02-29 2025-02-28")
    #expect(Self.days(2, "2025-03-01", from: leap) == "2025-03-01 2026-02-28")
    #expect(Self.days(2, "2028-02-28", from: leap) == "2027-03-01 2028-02-28")
    #expect(Self.days(2, "2028-02-29", from: leap) == "2028-02-29 2029-02-28")
  }

  @Test("the days of entry whose windows end on a day are found backwards")
  func entryDays() {
    func days(_ scheme: Int, _ day: String, since: String) -> [String] {
      (LearningScheme.values[scheme]?.entryDays(ofWindowEndingOn: Self.day(day)) ?? [])
        .map(\.iso).filter { $0 >= since }
    }
    #expect(
      days(2, "2027-08-09", since: "2024-01-01") == ["2026-08-10", "2025-08-10", "2024-08-10"])
    #expect(days(1, "2031-08-09", since: "2020-01-01") == ["2026-08-10", "2021-08-10"])
    #expect(days(2, "2025-02-27", since: "2024-01-01") == ["2024-02-28"])
    #expect(days(2, "2025-02-28", since: "2024-01-01") == ["2024-02-29", "2024-03-01"])
    #expect(days(2, "2028-02-28", since: "2020-01-01") == ["2024-02-29", "2020-02-29"])
  }

  @Test("what was checked counts on its day, hours as hours and points as points")
  func counted() throws {
    let scheme = try #require(LearningScheme.values[3])
    let days = Period(from: Self.day("2026-08-10"), until: Self.day("2029-08-09"))
    func window(_ records: LearningRecord...) -> [Int] {
      let window = LearningWindow(days, under: scheme, records)
      return [window.quarters, window.points, window.relevant, window.isFilled ? 1 : 0]
    }
    func points(_ points: Int, _ isRelevant: Bool = false, on day: String = "2026-10-12")
      -> LearningRecord
    {
      LearningFacts.record(
        LearningFacts.learning(.points(points), on: day, isRelevant: isRelevant))
    }
    #expect(window() == [0, 0, 0, 0])
    #expect(window(LearningFacts.record()) == [24, 0, 0, 0])
    #expect(window(points(30), points(30, true)) == [0, 60, 30, 1])
    #expect(window(points(30), points(29, true)) == [0, 59, 29, 0])
    #expect(window(points(31), points(29, true)) == [0, 60, 29, 0])
    #expect(window(points(60, true, on: "2026-08-10")) == [0, 60, 60, 1])
    #expect(window(points(60, true, on: "2029-08-09")) == [0, 60, 60, 1])
    #expect(window(points(60, true, on: "2026-08-09")) == [0, 0, 0, 0])
    #expect(window(points(60, true, on: "2029-08-10")) == [0, 0, 0, 0])
    let open = LearningFacts.record(LearningFacts.learning(.points(60)), checked: nil)
    #expect(window(open) == [0, 0, 0, 0])
    let hours = try #require(LearningScheme.values[2])
    #expect(LearningWindow(days, under: hours, [LearningFacts.record()]).isFilled)
    let short = LearningFacts.record(LearningFacts.learning(.quarters(23)))
    #expect(!LearningWindow(days, under: hours, [short]).isFilled)
  }

  private static func standing(
    on day: String, _ records: [LearningRecord] = [], scheme: Int = 2, since: String = "2026-01-01",
    of entry: RegisterEntry? = RegisterFacts.entry()
  ) -> LearningStanding? {
    LearningStanding(
      entry, under: LearningFacts.setting(scheme, from: since), records, on: Self.day(day))
  }

  private static func due(_ standing: LearningStanding?, on day: String) -> String? {
    standing?.due(on: Self.day(day)).map { "\($0.since?.iso ?? "-") \($0.until?.iso ?? "-")" }
  }

  @Test("nothing is asked without a setting, an entry that stands, or before its first day")
  func nobody() {
    #expect(Self.standing(on: "2026-11-22") != nil)
    #expect(Self.standing(on: "2026-11-22", scheme: 0) == nil)
    #expect(Self.standing(on: "2026-11-22", since: "2026-11-23") == nil)
    #expect(Self.standing(on: "2026-11-22", of: nil) == nil)
    #expect(Self.standing(on: "2026-08-09") == nil)
    let ended = RegisterFacts.entry(RegisterFacts.excluded("2026-11-22"))
    #expect(Self.standing(on: "2026-11-21", of: ended) != nil)
    #expect(Self.standing(on: "2026-11-22", of: ended) == nil)
    let suspended = RegisterFacts.entry(RegisterFacts.suspended("2026-11-01"))
    #expect(Self.standing(on: "2026-11-22", of: suspended) != nil)
  }

  @Test("a window is due in its last thirty days, and once it ended without what was asked")
  func due() {
    #expect(Self.due(Self.standing(on: "2027-07-09"), on: "2027-07-09") == nil)
    #expect(Self.due(Self.standing(on: "2027-07-10"), on: "2027-07-10") == "- 2027-08-09")
    #expect(Self.due(Self.standing(on: "2027-08-09"), on: "2027-08-09") == "- 2027-08-09")
    #expect(Self.due(Self.standing(on: "2027-08-10"), on: "2027-08-10") == "2027-08-10 -")
    let filled = [LearningFacts.record()]
    #expect(Self.due(Self.standing(on: "2027-08-09", filled), on: "2027-08-09") == nil)
    #expect(Self.due(Self.standing(on: "2027-08-10", filled), on: "2027-08-10") == nil)
    #expect(Self.standing(on: "2027-08-10", filled)?.missed == nil)
    #expect(
      Self.due(Self.standing(on: "2028-08-10", filled), on: "2028-08-10") == "2028-08-10 -")
    // What had ended before the School asked was nobody's to fill.
    let late = Self.standing(on: "2027-08-10", since: "2027-08-10")
    #expect(late?.missed == nil)
    #expect(Self.standing(on: "2027-08-10", since: "2027-08-09")?.missed != nil)
  }
}

@Suite("Recording, checking and ending what was learned (R-810)")
struct LearningActTests {
  private static let day = People.day

  private static func act(
    _ amount: Learning.Amount? = .quarters(24), provider: String = "Әділет",
    evidence: String = "№ 7 куәлік"
  ) throws(Refusals) -> RecordLearning {
    try RecordLearning(
      of: 8, on: Self.day("2026-10-12"), .course, amount: amount, isRelevant: false,
      provider: provider, evidence: evidence)
  }

  @Test("hours or points, who held it and what shows it are needed, and all that is wrong is said")
  func read() throws {
    #expect(try Self.act().learning == LearningFacts.learning())
    for amount in [Learning.Amount.quarters(1), .quarters(4_000), .points(1), .points(1_000)] {
      #expect(try Self.act(amount).learning.amount == amount)
    }
    #expect(
      throws: Refusals(all: [
        Refusal(.missing, column: "hours"), Refusal(.missing, column: "provider"),
        Refusal(.missing, column: "evidence"),
      ])
    ) { try Self.act(nil, provider: " ", evidence: "") }
    #expect(throws: Refusals(all: [Refusal(.missing, column: "provider")])) {
      try Self.act(provider: " ")
    }
    #expect(throws: Refusals(all: [Refusal(.missing, column: "evidence")])) {
      try Self.act(evidence: "")
    }
    for (amount, column, low) in [
      (Learning.Amount.quarters(0), "hours", "0.25"), (.quarters(4_001), "hours", "0.25"),
      (.points(0), "points", "1"), (.points(1_001), "points", "1"),
    ] {
      #expect(
        throws: Refusals(all: [
          Refusal(.outOfRange, column: column, ["low": low, "high": "1000"])
        ])
      ) { try Self.act(amount) }
    }
  }

  @Test("somebody else records it, once of a day, a kind and a provider (R-021)")
  func recorded() throws {
    let act = try Self.act()
    let deed = Deed.learningRecorded(LearningRecorded(of: 8, LearningFacts.learning()))
    #expect(try act.decided([], by: 9) == deed)
    #expect(throws: Refusal(.actsOnHimself, column: "person")) { try act.decided([], by: 8) }
    #expect(throws: Refusal(.alreadyThere, column: "learning", value: "30")) {
      try act.decided([LearningFacts.record(LearningFacts.learning(.points(1)))], by: 9)
    }
    for other in [
      LearningFacts.learning(on: "2026-10-13"), LearningFacts.learning(.quarters(24), .teaching),
      LearningFacts.learning(provider: "Бітім"),
    ] {
      #expect(try act.decided([LearningFacts.record(other)], by: 9) == deed)
    }
    #expect(deed.subjects == [.person(8)])
    #expect(deed.ofTheLiving == [.person(8)])
  }

  @Test("it is checked once, by another natural person than who recorded it and who learned it")
  func checked() throws {
    let act = CheckLearning(LearningFacts.record(checked: nil))
    let deed = Deed.learningChecked(LearningChecked(of: 8, sequence: 30))
    #expect(try act.decided(by: 10, .apart) == deed)
    #expect(deed.ofTheLiving == [.person(8)])
    for (caller, reason) in [(Int64(8), Reason.actsOnHimself), (9, .confirmsOwnRecord)] {
      #expect(throws: Refusal(reason, column: "learning")) { try act.decided(by: caller, .apart) }
    }
    let merged = NaturalPersons(links: [(8, 3), (9, 4)])
    for (caller, reason) in [(Int64(3), Reason.actsOnHimself), (4, .confirmsOwnRecord)] {
      #expect(throws: Refusal(reason, column: "learning")) { try act.decided(by: caller, merged) }
    }
    #expect(throws: Refusal(.nothingChanged, column: "learning", value: "30")) {
      try CheckLearning(LearningFacts.record()).decided(by: 10, .apart)
    }
  }

  @Test("what was recorded in error is ended by somebody else, with why (R-005)")
  func ended() throws {
    let deed = Deed.learningEnded(LearningEnded(of: 8, endsSequence: 30, why: "басқа адам"))
    let act = try EndLearning(LearningFacts.record(), reading: " басқа  адам ")
    #expect(try act.decided(by: 9) == deed)
    #expect(throws: Refusal(.actsOnHimself, column: "learning")) { try act.decided(by: 8) }
    #expect(throws: Refusal(.missing, column: "why")) {
      try EndLearning(LearningFacts.record(), reading: " ")
    }
    #expect(deed.ofTheLiving == [])
    #expect(deed.subjects == [.person(8)])
  }

  @Test("a history tells what was learned, and strikes out what was an error (R-901)")
  func told() {
    var history = History()
    let points = LearningFacts.learning(.points(20))
    history.add(30, Deed.learningRecorded(LearningRecorded(of: 8, points)).telling)
    history.add(31, Deed.learningChecked(LearningChecked(of: 8, sequence: 30)).telling)
    history.add(
      32, Deed.learningEnded(LearningEnded(of: 8, endsSequence: 30, why: "басқа адам")).telling)
    let lines = history.entries.map { entry in
      entry.lines.map { "\($0.field.rawValue) \($0.struckBy ?? 0)" }
    }
    #expect(
      lines == [
        ["learning 32", "kind 0", "points 0", "evidence 0"], ["checked 0"],
        ["learning 0", "why 0"],
      ])
    #expect(history.entries[0].lines[0].after == .text("2026-10-12, Әділет"))
    #expect(history.entries[2].lines[0].before == .text("2026-10-12, Әділет"))
    let hours = Deed.learningRecorded(LearningRecorded(of: 8, LearningFacts.learning())).telling
    #expect(hours.first { $0.field == .hours }?.value == .text("6"))
  }
}

@Suite("What mediators declare of their cases (R-811)")
struct PracticeTests {
  private static func practice(
    year: Int = 2026, cases: Int = 12, settled: Int = 9
  ) -> Practice {
    Practice(year: year, .family, cases: cases, settled: settled)
  }

  private static func decided(
    _ practice: Practice, _ there: PracticeRecord? = nil, by caller: Int64 = 9
  ) throws(Refusal) -> Deed {
    try RecordPractice(of: 8, practice).decided(there, by: caller, on: People.today)
  }

  @Test("numbers of a year and a field are recorded, and stand instead of those before")
  func recorded() throws {
    let deed = Deed.practiceRecorded(
      PracticeRecorded(of: 8, Self.practice(), endsSequence: nil))
    #expect(try Self.decided(Self.practice()) == deed)
    #expect(deed.subjects == [.person(8)])
    #expect(deed.ofTheLiving == [.person(8)])
    let there = PracticeRecord(sequence: 40, of: 8, Self.practice(cases: 11))
    #expect(
      try Self.decided(Self.practice(), there)
        == .practiceRecorded(PracticeRecorded(of: 8, Self.practice(), endsSequence: 40)))
    let same = PracticeRecord(sequence: 40, of: 8, Self.practice())
    #expect(throws: Refusal(.nothingChanged, column: "practice")) {
      try Self.decided(Self.practice(), same)
    }
    for fit in [
      Self.practice(year: 2011), Self.practice(cases: 0, settled: 0),
      Self.practice(cases: 10_000, settled: 10_000),
    ] {
      #expect(throws: Never.self) { try Self.decided(fit) }
    }
  }

  @Test("nobody records his own, and no more is settled than there were cases (R-021)")
  func refused() {
    #expect(throws: Refusal(.actsOnHimself, column: "person")) {
      try Self.decided(Self.practice(), by: 8)
    }
    for (practice, column, value, low, high) in [
      (Self.practice(year: 2010), "year", "2010", "2011", "2026"),
      (Self.practice(year: 2027), "year", "2027", "2011", "2026"),
      (Self.practice(cases: -1, settled: 0), "cases", "-1", "0", "10000"),
      (Self.practice(cases: 10_001), "cases", "10001", "0", "10000"),
      (Self.practice(settled: 13), "settled", "13", "0", "12"),
      (Self.practice(settled: -1), "settled", "-1", "0", "12"),
    ] {
      #expect(
        throws: Refusal(.outOfRange, column: column, value: value, ["low": low, "high": high])
      ) { try Self.decided(practice) }
    }
  }

  @Test("a history tells what was said before (R-901)")
  func told() {
    var history = History()
    for (sequence, cases) in [(Int64(40), 11), (41, 12)] {
      let deed = PracticeRecorded(of: 8, Self.practice(cases: cases), endsSequence: nil)
      history.add(sequence, Deed.practiceRecorded(deed).telling)
    }
    let line = history.entries[1].lines[0]
    #expect(line.field == .practice)
    #expect(line.which == .text("2026, family"))
    #expect([line.before, line.after] == [.text("9 / 11"), .text("9 / 12")])
  }
}
