@testable import BitimDomain
import Testing

@Suite("Registering organisations (R-018, R-202)")
struct RegisterOrganisationsTests {
  private static func form(
    _ code: String, kind: Int32 = 2, _ change: (inout OrganisationForm) -> Void = { _ in }
  ) -> OrganisationForm {
    var form = OrganisationForm(
      code: code, kind: kind,
      name: Trilingual(kk: "Қазығұрт", ru: "Казыгурт", en: "Kazygurt"), region: "Алматы",
      country: "KAZ",
      entitlements: [
        .init(activity: 1, validFrom: "2026-01-01", validUntil: nil, basis: "№ 17, өңірлік тізілім")
      ])
    change(&form)
    return form
  }

  private static func organisation(
    _ id: Int64, _ code: String, _ kind: OrganisationKind = .centre, entitlement: Int64
  ) throws -> Organisation {
    Organisation(
      id: id, code: code, kind: kind,
      name: Trilingual(kk: "Қазығұрт", ru: "Казыгурт", en: "Kazygurt"), region: "Алматы",
      country: "KAZ",
      entitlements: [
        Entitlement(
          id: entitlement, activity: .train,
          days: Period(from: try #require(CivilDate(iso: "2026-01-01")), until: nil),
          basis: "№ 17, өңірлік тізілім")
      ])
  }

  private static func decided(
    _ forms: [OrganisationForm], known: [Organisation] = [], hasSchool: Bool = true
  ) throws -> (rows: [RowOutcome], deed: Deed?) {
    try RegisterOrganisations(forms).decided(
      .init(
        known: Dictionary(uniqueKeysWithValues: known.map { ($0.code, $0) }), hasSchool: hasSchool,
        nextOrganisation: 7, nextEntitlement: 20), on: People.today)
  }

  @Test("gives each new organisation and entitlement the next id; who is there stays as it is")
  func adds() throws {
    let known = try Self.organisation(3, "ALA-01", entitlement: 4)
    let (rows, deed) = try Self.decided(
      [Self.form("ALA-02"), Self.form("ALA-01"), Self.form("ALA-03")], known: [known])
    #expect(rows == [RowOutcome(.added), RowOutcome(.unchanged), RowOutcome(.added)])
    #expect(
      deed
        == .organisationsRegistered(
          .init([
            try Self.organisation(7, "ALA-02", entitlement: 20),
            try Self.organisation(8, "ALA-03", entitlement: 21),
          ])))
  }

  @Test("a list that stands already is no act")
  func stands() throws {
    let known = try Self.organisation(3, "ALA-01", entitlement: 4)
    let (rows, deed) = try Self.decided([Self.form("ALA-01")], known: [known])
    #expect(rows == [RowOutcome(.unchanged)])
    #expect(deed == nil)
  }

  @Test("a row that differs says each column with both values, and nothing of the list is recorded")
  func differs() throws {
    let known = try Self.organisation(3, "ALA-01", entitlement: 4)
    let changed = Self.form("ALA-01", kind: 3) {
      $0.name = Trilingual(kk: "Ұлытау", ru: "Улытау", en: "Ulytau")
      $0.region = "Ұлытау"
      $0.country = "KGZ"
      $0.entitlements = [
        .init(activity: 2, validFrom: "2026-02-01", validUntil: "2027-02-01", basis: "№ 18"),
        .init(activity: 1, validFrom: "2026-02-02", validUntil: nil, basis: "№ 19"),
      ]
    }
    let (rows, deed) = try Self.decided([changed, Self.form("ALA-02")], known: [known])
    func differs(_ column: String, _ mine: String, _ there: String) -> Refusal {
      Refusal(.differs, column: column, value: mine, ["there": there])
    }
    #expect(
      rows == [
        RowOutcome(
          .differs,
          [
            differs("kind", "university", "centre"),
            differs("name_kk", "Ұлытау", "Қазығұрт"), differs("name_ru", "Улытау", "Казыгурт"),
            differs("name_en", "Ulytau", "Kazygurt"), differs("region", "Ұлытау", "Алматы"),
            differs("country", "KGZ", "KAZ"), differs("activity", "issue; train", "train"),
            differs("valid_from", "2026-02-01; 2026-02-02", "2026-01-01"),
            differs("valid_until", "2027-02-01; ", ""),
            differs("basis", "№ 18; № 19", "№ 17, өңірлік тізілім"),
          ]), RowOutcome(.added),
      ])
    #expect(deed == nil)
  }

  @Test("of what was changed today's name stands, and the one before differs (R-201)")
  func changed() throws {
    var known = try Self.organisation(3, "ALA-01", entitlement: 4)
    known.changes = [
      OrganisationNames(
        from: People.today, name: Trilingual(kk: "Ұлытау", ru: "Улытау", en: "Ulytau"),
        region: "Алматы", document: "№ 3"),
      OrganisationNames(
        from: People.day("2026-11-23"), name: Trilingual(kk: "Абай", ru: "Абай", en: "Abai"),
        region: "Алматы", document: "№ 4"),
    ]
    let before = try Self.decided([Self.form("ALA-01")], known: [known])
    #expect(
      before.rows == [
        RowOutcome(
          .differs,
          [
            Refusal(.differs, column: "name_kk", value: "Қазығұрт", ["there": "Ұлытау"]),
            Refusal(.differs, column: "name_ru", value: "Казыгурт", ["there": "Улытау"]),
            Refusal(.differs, column: "name_en", value: "Kazygurt", ["there": "Ulytau"]),
          ])
      ])
    let now = Self.form("ALA-01") {
      $0.name = Trilingual(kk: "Ұлытау", ru: "Улытау", en: "Ulytau")
    }
    #expect(try Self.decided([now], known: [known]).rows == [RowOutcome(.unchanged)])
  }

  @Test("there is one School, in one list too")
  func oneSchool() throws {
    let refused = RowOutcome(.refused, [Refusal(.schoolExists, column: "kind")])
    let second = try Self.decided([Self.form("MEKTEP", kind: 1)])
    #expect(second.rows == [refused])
    #expect(second.deed == nil)
    let both = try Self.decided(
      [Self.form("MEKTEP", kind: 1), Self.form("SCHOOL", kind: 1)], hasSchool: false)
    #expect(both.rows == [RowOutcome(.added), refused])
    #expect(both.deed == nil)
    let unread = try Self.decided([Self.form("MEKTEP", kind: 1) { $0.region = "" }])
    #expect(
      unread.rows == [
        RowOutcome(
          .refused,
          [Refusal(.missing, column: "region"), Refusal(.schoolExists, column: "kind")])
      ])
    let first = try Self.decided([Self.form("MEKTEP", kind: 1)], hasSchool: false)
    #expect(
      first.deed
        == .organisationsRegistered(
          .init([try Self.organisation(7, "MEKTEP", .school, entitlement: 20)])))
  }

  @Test("a code twice in a list names the first row; a row without a code is no second one")
  func twice() throws {
    let twice = Refusal(.twiceInFile, column: "code", value: "ALA-02", ["line": "1"])
    let (rows, deed) = try Self.decided([Self.form("ALA-02"), Self.form("ALA-02")])
    #expect(rows == [RowOutcome(.added), RowOutcome(.refused, [twice])])
    #expect(deed == nil)
    let missing = RowOutcome(.refused, [Refusal(.missing, column: "code")])
    #expect(try Self.decided([Self.form(""), Self.form("")]).rows == [missing, missing])
  }

  @Test("a row says all that is wrong with it, in the order of columns")
  func allWrong() throws {
    let wrong = Self.form("ALA-\u{FFFD}", kind: 99) {
      $0.name = Trilingual(kk: "", ru: String(repeating: "ұ", count: 251), en: "Kazy\u{7}gurt")
      $0.region = "Алма\u{200B}ты"
      $0.country = "QQQ"
      $0.entitlements = [
        .init(activity: 9, validFrom: "", validUntil: nil, basis: ""),
        .init(activity: 1, validFrom: "2026-02-30", validUntil: nil, basis: "№ 1"),
        .init(activity: 1, validFrom: "2026-02-02", validUntil: "2026-02-01", basis: "№ 2"),
      ]
    }
    #expect(
      OrganisationIntake(wrong).refusals == [
        Refusal(.lettersLost, column: "code", value: "ALA-\u{FFFD}"),
        Refusal(.missing, column: "name_kk"),
        Refusal(
          .textTooLong, column: "name_ru", value: String(repeating: "ұ", count: 40),
          ["limit": "500"]),
        Refusal(.controlCharacter, column: "name_en"),
        Refusal(.invisibleCharacter, column: "region"),
        Refusal(.notInList, column: "kind", value: "99"),
        Refusal(.notInList, column: "country", value: "QQQ"),
        Refusal(.notInList, column: "activity", value: "9"), Refusal(.missing, column: "basis"),
        Refusal(.missing, column: "valid_from"),
        Refusal(.notADate, column: "valid_from", value: "2026-02-30"),
        Refusal(.datesReversed, column: "valid_until", value: "2026-02-01"),
      ])
    #expect(OrganisationIntake(wrong).organisation == nil)
  }

  @Test("an entitlement may end on the day it begins; text of 500 octets passes")
  func bounds() {
    let form = Self.form("ALA-02") {
      $0.region = String(repeating: "ұ", count: 250)
      $0.entitlements[0].validUntil = "2026-01-01"
    }
    #expect(OrganisationIntake(form).refusals.isEmpty)
  }

  @Test("a list has 500 rows at most")
  func limit() throws {
    let rows = (0..<501).map { Self.form("C-\($0)") }
    #expect(try Self.decided(Array(rows.dropLast())).rows.count == 500)
    #expect(throws: Refusal(.tooManyRows, ["limit": "500"])) { try RegisterOrganisations(rows) }
  }
}
