import BitimDomain

extension Edition {
  /// An edition from 2020 on, called as ``RuleRows`` call it, that says `values` as the School's own, and
  /// of all else what the first editions say.
  static func of(
    id: Int64, programme: Int = 1, _ values: [EditionValue: Int], components: [ComponentRule] = []
  ) -> Edition {
    let defaults: [EditionValue: Int] = [
      .theoryQuarters: 144, .practiceQuarters: 144, .attemptsMax: 3, .commissionMin: 3,
      .taughtBarMonths: 24, .dayQuarters: 40,
    ]
    let all = EditionValue.allCases.map { ($0, Setting(values[$0] ?? defaults[$0] ?? 0, .school)) }
    guard
      let edition = Edition(
        id: id, code: "E\(id)", programme: programme, isDefault: true,
        validity: Period(from: .of("2020-01-01"), until: nil),
        settings: Dictionary(uniqueKeysWithValues: all), components: components,
        legalBasis: Trilingual(kk: "x", ru: "x", en: "x"))
    else { preconditionFailure("all values are there") }
    return edition
  }
}
