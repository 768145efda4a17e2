@testable import BitimDomain
import Testing

@Suite("Adopting and closing an edition (R-301 to R-304)")
struct EditionTests {
  private static let today = People.day("2026-11-22")

  /// An edition as somebody fills it in: all is in order.
  private static func form(_ change: (inout EditionForm) -> Void = { _ in }) -> EditionForm {
    let values: [EditionValue: Int] = [
      .theoryQuarters: 160, .practiceQuarters: 144, .groupMax: 12, .attemptsMax: 2,
      .commissionMin: 3, .prerequisite: 1, .ageMin: 25, .higherEducation: 1, .retakeWaitDays: 14,
      .absenceUsesAttempt: 1, .taughtBarMonths: 24, .dayQuarters: 32, .validityMonths: 36,
      .memberMarks: 1, .markRule: 2, .overallMark: 65, .reviewsMin: 0,
    ]
    var form = EditionForm(
      code: " 2027 ", programme: 2, isDefault: true, from: "2027-01-01", until: "2030-12-31",
      settings: values.mapValues { .init(value: $0, basis: 3, article: "") },
      components: [
        (component: 3, passMark: .init(value: 70, basis: 2, article: "")),
        (component: 1, passMark: .init(value: 60, basis: 3, article: "")),
      ], legalBasis: Trilingual(kk: "№ 5 бұйрық", ru: " Приказ  № 5", en: "Order No. 5"))
    form.settings[.ageMin] = .init(value: 25, basis: 1, article: " 9-бап,  4-тармақ ")
    change(&form)
    return form
  }

  private static func adopted() -> Edition {
    func school(_ value: Int) -> Edition.Setting { .init(value, .school) }
    guard
      let edition = Edition(
        id: 0, code: "2027", programme: 2, isDefault: true,
        validity: Period(from: People.day("2027-01-01"), until: People.day("2030-12-31")),
        settings: [
          .theoryQuarters: school(160), .practiceQuarters: school(144), .groupMax: school(12),
          .attemptsMax: school(2), .commissionMin: school(3), .prerequisite: school(1),
          .ageMin: .init(25, .law, article: "9-бап, 4-тармақ"), .higherEducation: school(1),
          .retakeWaitDays: school(14), .absenceUsesAttempt: school(1),
          .taughtBarMonths: school(24), .dayQuarters: school(32), .validityMonths: school(36),
          .memberMarks: school(1), .markRule: school(2), .overallMark: school(65),
          .reviewsMin: school(0),
        ],
        components: [
          .init(component: .test, passMark: school(60)),
          .init(component: .interview, passMark: .init(70, .reported)),
        ], legalBasis: Trilingual(kk: "№ 5 бұйрық", ru: "Приказ № 5", en: "Order No. 5"))
    else { preconditionFailure("all values are there") }
    return edition
  }

  private func refusals(_ change: (inout EditionForm) -> Void) -> [Refusal] {
    do throws(Refusals) {
      _ = try AdoptEdition(reading: Self.form(change), on: Self.today)
      return []
    } catch {
      return error.all
    }
  }

  @Test("is read with each value, its basis and its article (R-302)")
  func read() throws {
    #expect(try AdoptEdition(reading: Self.form(), on: Self.today).edition == Self.adopted())
  }

  @Test("agrees on one mark and asks for none overall, where it says nothing of that (R-615)")
  func unsaid() throws {
    let form = Self.form { form in
      for value in [EditionValue.memberMarks, .markRule, .overallMark, .reviewsMin] {
        form.settings[value] = nil
      }
    }
    let edition = try AdoptEdition(reading: form, on: Self.today).edition
    #expect(edition.markRule == nil)
    for value in [EditionValue.memberMarks, .markRule, .overallMark, .reviewsMin] {
      #expect(edition[value] == .init(0, .school))
    }
    #expect(Self.adopted().markRule == .lowest)
  }

  @Test("is refused with everything that is filled in wrongly")
  func all() {
    let refusals = self.refusals { form in
      form.code = "2027 жыл"
      form.programme = 5
      form.until = "2026-12-31"
      form.settings[.theoryQuarters] = nil
      form.settings[.dayQuarters]?.basis = 0
      form.components = []
      form.legalBasis.ru = " "
    }
    #expect(
      refusals == [
        Refusal(.codeMalformed, column: "code", value: "2027 жыл"),
        Refusal(.outOfRange, column: "programme", value: "5", ["low": "1", "high": "4"]),
        Refusal(.datesReversed, column: "valid_until", value: "2026-12-31"),
        Refusal(.missing, column: "theory_quarters"),
        Refusal(.notInList, column: "day_quarters.basis"),
        Refusal(.missing, column: "components"),
        Refusal(.missing, column: "legal_basis.ru"),
      ])
  }

  @Test(
    "has each value in its range",
    arguments: [
      (EditionValue.theoryQuarters, 0, 4_000), (.practiceQuarters, 0, 4_000), (.groupMax, 0, 1_000),
      (.attemptsMax, 1, 20), (.commissionMin, 2, 15), (.ageMin, 0, 100), (.higherEducation, 0, 1),
      (.retakeWaitDays, 0, 365), (.absenceUsesAttempt, 0, 1), (.taughtBarMonths, 0, 120),
      (.dayQuarters, 1, 96), (.validityMonths, 0, 1_200), (.memberMarks, 0, 1), (.markRule, 0, 2),
      (.overallMark, 0, 100),
    ])
  func range(value: EditionValue, low: Int, high: Int) {
    for number in [low, high] {
      #expect(self.refusals { $0.settings[value]?.value = number } == [])
    }
    for number in [low - 1, high + 1] {
      #expect(
        self.refusals { $0.settings[value]?.value = number } == [
          Refusal(
            .outOfRange, column: value.column, value: "\(number)",
            ["low": "\(low)", "high": "\(high)"])
        ])
    }
  }

  @Test(
    "asks for no more reviews than there are members besides who chairs and who records (R-621, R-024)",
    arguments: [(2, 0), (3, 1), (15, 13)])
  func reviews(members: Int, most: Int) {
    func refusals(_ reviews: Int) -> [Refusal] {
      self.refusals { form in
        form.settings[.commissionMin]?.value = members
        form.settings[.reviewsMin]?.value = reviews
      }
    }
    #expect(refusals(most) == [])
    let outside = { (value: Int) in
      Refusal(
        .outOfRange, column: "reviews_min", value: "\(value)", ["low": "0", "high": "\(most)"])
    }
    #expect(refusals(most + 1) == [outside(most + 1)])
    if members == 15 { #expect(refusals(-1) == [outside(-1)]) }
    // Of a commission that is wrong itself, nothing is said besides.
    #expect(
      self.refusals { form in
        form.settings[.commissionMin] = nil
        form.settings[.reviewsMin]?.value = 13
      } == [Refusal(.missing, column: "commission_min")])
  }

  @Test("asks for a programme before it alone, and for each component once")
  func others() {
    #expect(self.refusals { $0.settings[.prerequisite]?.value = 0 } == [])
    for (programme, before, high) in [(1, 1, "0"), (2, 2, "1"), (2, 3, "1"), (3, 3, "2")] {
      #expect(
        self.refusals {
          $0.programme = programme
          $0.settings[.prerequisite]?.value = before
        } == [
          Refusal(
            .outOfRange, column: "prerequisite", value: "\(before)", ["low": "0", "high": high])
        ])
    }
    #expect(
      self.refusals { $0.components[1].component = 3 } == [
        Refusal(.alreadyThere, column: "components", value: "interview")
      ])
    #expect(
      self.refusals { $0.components[1].component = 9 } == [
        Refusal(.notInList, column: "components", value: "9")
      ])
    #expect(
      self.refusals { $0.components[1].passMark = nil } == [
        Refusal(.missing, column: "components.test")
      ])
    #expect(
      self.refusals { $0.components[1].passMark?.value = 101 } == [
        Refusal(.outOfRange, column: "components.test", value: "101", ["low": "0", "high": "100"])
      ])
  }

  @Test("names the article of what is law; of all else it may")
  func article() {
    #expect(
      self.refusals { $0.settings[.ageMin]?.article = " " } == [
        Refusal(.missing, column: "age_min.article")
      ])
    #expect(self.refusals { $0.settings[.groupMax]?.article = "3-тармақ" } == [])
    #expect(
      self.refusals { $0.settings[.groupMax]?.article = "a\u{200B}b" } == [
        Refusal(.invisibleCharacter, column: "group_max.article")
      ])
  }

  @Test("has a short code, and begins from 2000 to five years ahead (R-016)")
  func frame() {
    #expect(self.refusals { $0.code = "eskі-2027" }.map(\.reason) == [.codeMalformed])
    #expect(self.refusals { $0.code = "small-2027-abcdefghi" } == [])
    #expect(
      self.refusals { $0.code = "small-2027-abcdefghij" } == [
        Refusal(.textTooLong, column: "code", value: "small-2027-abcdefghij", ["limit": "20"])
      ])
    for from in ["2000-01-01", "2031-11-22"] {
      #expect(
        self.refusals {
          $0.from = from
          $0.until = nil
        } == [])
    }
    for from in ["1999-12-31", "2031-11-23"] {
      #expect(
        self.refusals {
          $0.from = from
          $0.until = nil
        } == [
          Refusal(
            .outOfRange, column: "valid_from", value: from,
            ["low": "2000-01-01", "high": "2031-11-22"])
        ])
    }
    #expect(self.refusals { $0.until = "2027-01-01" } == [])
  }

  private func decided(
    beside editions: [Edition], isDefault: Bool = true
  ) throws -> Decision {
    let act = try AdoptEdition(
      reading: Self.form { $0.isDefault = isDefault }, on: Self.today)
    return try act.decided(.init(editions: editions, nextID: 101))
  }

  @Test("is adopted by two persons under the next id")
  func decided() throws {
    var edition = Self.adopted()
    edition.id = 101
    #expect(
      try self.decided(beside: [])
        == Decision(.editionAdopted(EditionAdopted(edition)), takesTwo: true))
  }

  @Test("has a code of its own in the programme")
  func code() {
    #expect(throws: Refusal(.codeTaken, column: "code", value: "2027")) {
      try self.decided(beside: [.of(code: "2027", from: "2020-01-01", until: "2020-12-31")])
    }
  }

  @Test("is no default while another one is (R-304)")
  func overlap() throws {
    func refusal(_ until: String?) -> Refusal {
      var days = ["edition": "2025", "from": "2025-12-30"]
      days["to"] = until
      return Refusal(.editionsOverlap, column: "valid_from", value: "2027-01-01", days)
    }
    #expect(throws: refusal(nil)) { try self.decided(beside: [.of(from: "2025-12-30")]) }
    #expect(throws: refusal("2027-01-01")) {
      try self.decided(beside: [.of(from: "2025-12-30", until: "2027-01-01")])
    }
    _ = try self.decided(beside: [.of(from: "2025-12-30", until: "2026-12-31")])
    _ = try self.decided(beside: [.of(from: "2031-01-01")])
    _ = try self.decided(beside: [.of(isDefault: false, from: "2025-12-30")])
    _ = try self.decided(beside: [.of(from: "2025-12-30")], isDefault: false)
    var closed = Edition.of(from: "2025-12-30")
    closed.closedOn = People.day("2026-12-31")
    _ = try self.decided(beside: [closed])
    closed.closedOn = People.day("2027-01-01")
    #expect(throws: refusal("2027-01-01")) { try self.decided(beside: [closed]) }
    // One that was closed before it began is in nobody's way.
    var never = Edition.of(from: "2028-01-01")
    never.closedOn = People.day("2027-12-31")
    _ = try self.decided(beside: [never])
  }

  @Test("is closed once, by two persons, on a day from before its first to before its last")
  func closed() throws {
    func closed(_ day: String, _ edition: Edition) throws -> Decision {
      try CloseEdition(3, lastDay: People.day(day)).decided(edition, on: Self.today)
    }
    let edition = Edition.of(from: "2025-12-30", until: "2027-12-31")
    for day in ["2025-12-29", "2027-12-30"] {
      #expect(
        try closed(day, edition)
          == Decision(
            .editionClosed(EditionClosed(edition: 3, lastDay: People.day(day))), takesTwo: true))
    }
    for day in ["2025-12-28", "2027-12-31"] {
      #expect(
        throws: Refusal(
          .outOfRange, column: "last_day", value: day,
          ["low": "2025-12-29", "high": "2027-12-30"])
      ) { try closed(day, edition) }
    }
    _ = try closed("2031-11-22", .of(from: "2025-12-30"))
    #expect(
      throws: Refusal(
        .outOfRange, column: "last_day", value: "2031-11-23",
        ["low": "2025-12-29", "high": "2031-11-22"])
    ) { try closed("2031-11-23", .of(from: "2025-12-30")) }
    var again = edition
    again.closedOn = People.day("2026-12-31")
    #expect(throws: Refusal(.editionClosed, ["day": "2026-12-31"])) {
      try closed("2026-06-30", again)
    }
  }
}
