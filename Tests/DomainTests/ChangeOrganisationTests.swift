@testable import BitimDomain
import Testing

@Suite("Names of organisations (R-201)")
struct ChangeOrganisationTests {
  static let was = Trilingual(kk: "Қазығұрт", ru: "Казыгурт", en: "Kazygurt")

  private static func organisation(_ changes: [OrganisationNames] = []) -> Organisation {
    Organisation(
      id: 3, code: "ALA-01", kind: .centre, name: Self.was, region: "Алматы", country: "KAZ",
      entitlements: [], changes: changes)
  }

  private static func change(
    _ from: String, kk: String = "", ru: String = "", en: String = "", region: String = "",
    document: String = " № 3 бұйрық "
  ) throws -> ChangeOrganisation {
    try ChangeOrganisation(
      from: People.day(from), name: Trilingual(kk: kk, ru: ru, en: en), region: region,
      document: document)
  }

  private static func deed(_ from: String, _ name: Trilingual, _ region: String) -> Deed {
    .organisationChanged(
      OrganisationChanged(
        organisationID: 3,
        names: OrganisationNames(
          from: People.day(from), name: name, region: region, document: "№ 3 бұйрық")))
  }

  @Test("is changed in what is said; the rest is what it is called on that day")
  func changed() throws {
    let first = try Self.change("2026-11-01", ru: " Улытау ")
      .decided(Self.organisation(), on: People.today)
    let renamed = Trilingual(kk: "Қазығұрт", ru: "Улытау", en: "Kazygurt")
    #expect(first == Self.deed("2026-11-01", renamed, "Алматы"))
    guard case .organisationChanged(let deed) = first else { return }
    let later = try Self.change("2026-11-02", region: "Ұлытау")
    #expect(
      try later.decided(Self.organisation([deed.names]), on: People.today)
        == Self.deed("2026-11-02", renamed, "Ұлытау"))
    // Before the first change it is called as it was registered.
    let earlier = try Self.change("2026-10-31", kk: "Абай", en: "Abai")
    #expect(
      try earlier.decided(Self.organisation([deed.names]), on: People.today)
        == Self.deed(
          "2026-10-31", Trilingual(kk: "Абай", ru: "Казыгурт", en: "Abai"), "Алматы"))
  }

  @Test("is changed from 2000 on, and at most 30 days ahead")
  func days() throws {
    func decide(_ day: String) throws {
      _ = try Self.change(day, en: "Abai").decided(Self.organisation(), on: People.today)
    }
    func outside(_ day: String) -> Refusal {
      Refusal(
        .outOfRange, column: "from", value: day, ["low": "2000-01-01", "high": "2026-12-22"])
    }
    try decide("2000-01-01")
    try decide("2026-12-22")
    #expect(throws: outside("1999-12-31")) { try decide("1999-12-31") }
    #expect(throws: outside("2026-12-23")) { try decide("2026-12-23") }
  }

  @Test(
    "is not changed into what it is called already, without a document, or in letters that are lost"
  )
  func refused() {
    #expect(throws: Refusal(.nothingChanged)) {
      try Self.change("2026-11-01", kk: "Қазығұрт", region: "Алматы")
        .decided(Self.organisation(), on: People.today)
    }
    #expect(throws: Refusal(.missing, column: "document")) {
      try Self.change("2026-11-01", en: "Abai", document: " ")
    }
    for lost in ["Аб\u{FFFD}й", "\u{FFFD}"] {
      #expect(throws: Refusal(.lettersLost, column: "name_kk", value: lost)) {
        try Self.change("2026-11-01", kk: lost)
      }
      #expect(throws: Refusal(.lettersLost, column: "name_ru", value: lost)) {
        try Self.change("2026-11-01", ru: lost)
      }
      #expect(throws: Refusal(.lettersLost, column: "name_en", value: lost)) {
        try Self.change("2026-11-01", en: lost)
      }
      #expect(throws: Refusal(.lettersLost, column: "region", value: lost)) {
        try Self.change("2026-11-01", region: lost)
      }
    }
  }

  @Test(
    "of a day the last name that began by then holds, of two from one day the one recorded last")
  func names() {
    func names(_ from: String, _ kk: String, _ region: String) -> OrganisationNames {
      OrganisationNames(
        from: People.day(from), name: Trilingual(kk: kk, ru: "", en: ""), region: region,
        document: "x")
    }
    let organisation = Self.organisation([
      names("2026-03-01", "1", "А"), names("2026-05-01", "2", "Б"),
      names("2026-05-01", "3", "В"),
    ])
    let days = ["2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01"].map(People.day)
    #expect(days.map { organisation.name(on: $0).kk } == ["Қазығұрт", "1", "1", "3"])
    #expect(days.map { organisation.region(on: $0) } == ["Алматы", "А", "А", "В"])
  }
}
