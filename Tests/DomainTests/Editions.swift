import BitimDomain

extension Edition {
  /// An edition in force from 2025-01-01 that says `settings`, and of all else the School's default.
  static func of(
    id: Int64 = 3, code: String = "2025", programme: Int = 1, isDefault: Bool = true,
    from: String = "2025-01-01", until: String? = nil, _ settings: [EditionValue: Setting] = [:],
    components: [ComponentRule] = []
  ) -> Edition {
    let defaults: [EditionValue: Int] = [
      .theoryQuarters: 144, .practiceQuarters: 144, .attemptsMax: 3, .commissionMin: 3,
      .taughtBarMonths: 24, .dayQuarters: 40,
    ]
    let school = EditionValue.allCases.map { ($0, Setting(defaults[$0] ?? 0, .school)) }
    guard
      let edition = Edition(
        id: id, code: code, programme: programme, isDefault: isDefault,
        validity: Period(from: People.day(from), until: until.map { People.day($0) }),
        settings: Dictionary(uniqueKeysWithValues: school).merging(settings) { $1 },
        components: components, legalBasis: Trilingual(kk: "Бұйрық", ru: "Приказ", en: "Order"))
    else { preconditionFailure("all values are there") }
    return edition
  }
}
