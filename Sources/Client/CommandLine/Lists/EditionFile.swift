import BitimProtocol
import Foundation

/// An edition as a file of lines `key = value`: what `bitim edition propose` takes, and `show` prints.
///
/// A number stands with its basis and where it is read: `age_min = 25 law Law On Mediation, article 9`.
/// Lines that begin with `#` and empty lines say nothing.
enum EditionFile {
  private typealias Value = (
    key: String, field: WritableKeyPath<BitimV1.Edition, BitimV1.Setting?>, isHours: Bool
  )

  /// The numbers by their keys, in the order in which they are printed.
  private static var values: [Value] {
    [
      ("theory_hours", \.theoryQuarters, true), ("practice_hours", \.practiceQuarters, true),
      ("day_hours", \.dayQuarters, true), ("group_max", \.groupMax, false),
      ("prerequisite", \.prerequisite, false), ("age_min", \.ageMin, false),
      ("higher_education", \.higherEducation, false), ("commission_min", \.commissionMin, false),
      ("taught_bar_months", \.taughtBarMonths, false), ("attempts_max", \.attemptsMax, false),
      ("retake_wait_days", \.retakeWaitDays, false),
      ("absence_uses_attempt", \.absenceUsesAttempt, false),
      ("validity_months", \.validityMonths, false),
      ("member_marks", \.memberMarks, false), ("mark_rule", \.markRule, false),
      ("overall_mark", \.overallMark, false), ("reviews_min", \.reviewsMin, false),
    ]
  }

  private static let components: [(key: String, component: BitimV1.Component)] = [
    ("pass_mark_test", .test), ("pass_mark_role_play", .rolePlay),
    ("pass_mark_interview", .interview),
  ]

  /// How members' marks make one, by its number.
  private static let markRules = ["mean", "median", "lowest"]

  private static let texts = [
    "programme", "code", "default", "from", "until", "act_kk", "act_ru", "act_en",
    "name_kk", "name_ru", "name_en",
  ]

  static let bases: [String: BitimV1.Basis] = [
    "law": .law, "reported": .reported, "school": .school,
  ]

  private static let answers: [String: Bool] = [
    "yes": true, "иә": true, "да": true, "no": false, "жоқ": false, "нет": false,
  ]

  // Reading.

  /// Reads an edition; what a key says is the server's to judge.
  ///
  /// - Throws: ``Sheet/Fault`` or ``Arguments/Fault`` with the line.
  static func edition(in path: String) throws -> BitimV1.Edition {
    var edition = BitimV1.Edition()
    edition.legalBasis = .init()
    let keys = Self.texts + Self.values.map(\.key) + Self.components.map(\.key)
    for line in try KeyedFile.lines(in: path, keys: keys) {
      try Self.set(line.key, line.value, line.place, &edition)
    }
    return edition
  }

  private static func set(
    _ key: String, _ text: String, _ place: String, _ edition: inout BitimV1.Edition
  ) throws(Arguments.Fault) {
    switch key {
    case "programme":
      edition.programme =
        text == Desk.programme(Desk.seminar) ? Desk.seminar : try Self.number(text, place)
    case "code": edition.code = text
    case "default": edition.isDefault = try Self.one(of: Self.answers, text.lowercased(), place)
    case "from": edition.validFrom = Sheet.iso(text)
    case "until": edition.validUntil = text.isEmpty ? nil : Sheet.iso(text)
    case "act_kk": edition.legalBasis?.kk = text
    case "act_ru": edition.legalBasis?.ru = text
    case "act_en": edition.legalBasis?.en = text
    case "name_kk": Self.name(&edition) { $0.kk = text }
    case "name_ru": Self.name(&edition) { $0.ru = text }
    case "name_en": Self.name(&edition) { $0.en = text }
    default:
      if let value = Self.values.first(where: { $0.key == key }) {
        edition[keyPath: value.field] = try Self.setting(
          text, place, isHours: value.isHours, words: key == "mark_rule" ? Self.markRules : [])
      }
      if let component = Self.components.first(where: { $0.key == key })?.component {
        var rule = BitimV1.ComponentRule()
        rule.component = component
        rule.passMark = try Self.setting(text, place, isHours: false)
        edition.components.append(rule)
      }
    }
  }

  /// Sets a part of a seminar's name; an empty one is none.
  private static func name(
    _ edition: inout BitimV1.Edition, _ set: (inout BitimV1.Text) -> Void
  ) {
    var name = edition.name ?? .init()
    set(&name)
    edition.name = name == .init() ? nil : name
  }

  /// A number, its basis, and where it stands.
  private static func setting(
    _ text: String, _ place: String, isHours: Bool, words: [String] = []
  ) throws(Arguments.Fault) -> BitimV1.Setting {
    let parts = text.split(separator: " ", maxSplits: 2).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let number = parts.first ?? ""
    var setting = BitimV1.Setting()
    if isHours {
      guard !number.isEmpty, let quarters = Sheet.quarters(number) else {
        throw Arguments.Fault(text: .usageHours, arguments: ["option": place, "value": number])
      }
      setting.value = quarters
    } else if !words.isEmpty {
      let numbers = Dictionary(uniqueKeysWithValues: zip(words, Int32(0)...))
      setting.value = try Self.one(of: numbers, number, place)
    } else {
      setting.value = try Self.number(number, place)
    }
    setting.basis = try Self.one(of: Self.bases, parts.count > 1 ? parts[1] : "", place)
    setting.article = parts.count > 2 ? parts[2] : ""
    return setting
  }

  private static func number(_ text: String, _ place: String) throws(Arguments.Fault) -> Int32 {
    guard let number = Int32(text) else {
      throw Arguments.Fault(text: .usageNotNumber, arguments: ["option": place, "value": text])
    }
    return number
  }

  private static func one<Word>(
    of words: [String: Word], _ text: String, _ place: String
  ) throws(Arguments.Fault) -> Word {
    guard let word = words[text] else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: [
          "option": place, "value": text, "list": words.keys.sorted().joined(separator: ", "),
        ])
    }
    return word
  }

  // Printing.

  /// The lines of an edition: key, what it says, and of a number its basis and where it stands.
  static func rows(_ edition: BitimV1.Edition) -> [[String]] {
    var rows = [
      ["programme", Desk.programme(edition.programme)], ["code", edition.code],
      ["default", edition.isDefault ? "yes" : "no"], ["from", edition.validFrom],
      ["until", edition.validUntil ?? ""], ["act_kk", edition.legalBasis?.kk ?? ""],
      ["act_ru", edition.legalBasis?.ru ?? ""], ["act_en", edition.legalBasis?.en ?? ""],
    ].map { $0 + ["", ""] }
    if let name = edition.name {
      rows += [["name_kk", name.kk], ["name_ru", name.ru], ["name_en", name.en]]
        .map { $0 + ["", ""] }
    }
    for value in Self.values {
      guard let setting = edition[keyPath: value.field] else { continue }
      var row = Self.row(value.key, setting, isHours: value.isHours)
      let rules = Self.markRules
      if value.key == "mark_rule", rules.indices.contains(Int(setting.value)) {
        row[1] = rules[Int(setting.value)]
      }
      rows.append(row)
    }
    for (key, component) in Self.components {
      let rule = edition.components.first { $0.component == component }
      if let mark = rule?.passMark { rows.append(Self.row(key, mark, isHours: false)) }
    }
    return rows
  }

  private static func row(
    _ key: String, _ setting: BitimV1.Setting, isHours: Bool
  ) -> [String] {
    let value = isHours ? Desk.hours(setting.value) : "\(setting.value)"
    return [key, value, Self.word(setting.basis), setting.article]
  }

  /// A basis by its word.
  static func word(_ basis: BitimV1.Basis) -> String {
    Self.bases.first { $0.value == basis }?.key ?? ""
  }

  /// The file of an edition.
  static func text(_ edition: BitimV1.Edition) -> String {
    Self.rows(edition).map { row in
      let value = row.dropFirst().filter { !$0.isEmpty }.joined(separator: " ")
      return "\(row[0]) =\(value.isEmpty ? "" : " \(value)")\n"
    }.joined()
  }
}
