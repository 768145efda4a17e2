/// What an edition says as it was typed, before it is read.
package struct EditionForm: Sendable {
  /// A value with its source.
  package struct Setting: Sendable {
    package var value: Int
    /// The basis by its number in the schema.
    package var basis: Int32
    package var article: String

    package init(value: Int, basis: Int32, article: String) {
      self.value = value
      self.basis = basis
      self.article = article
    }
  }

  package var code: String
  package var programme: Int
  package var isDefault: Bool
  package var from: String
  package var until: String?
  package var settings: [EditionValue: Setting]
  /// Components by their numbers in the schema.
  package var components: [(component: Int32, passMark: Setting?)]
  package var legalBasis: Trilingual
  /// A seminar's; nil where none is given.
  package var name: Trilingual?

  package init(
    code: String, programme: Int, isDefault: Bool, from: String, until: String?,
    settings: [EditionValue: Setting], components: [(component: Int32, passMark: Setting?)],
    legalBasis: Trilingual, name: Trilingual? = nil
  ) {
    self.name = name
    self.code = code
    self.programme = programme
    self.isDefault = isDefault
    self.from = from
    self.until = until
    self.settings = settings
    self.components = components
    self.legalBasis = legalBasis
  }
}

/// Adopts an edition of a programme, or of a seminar: what it says never changes.
package struct AdoptEdition: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The editions of the programme, or of all seminars, as they stand.
    package var editions: [Edition]
    /// The id the next edition gets.
    package var nextID: Int64

    package init(editions: [Edition], nextID: Int64) {
      self.editions = editions
      self.nextID = nextID
    }
  }

  /// What would be adopted, without an id.
  package let edition: Edition

  /// The act as it was read before: out of a proposal.
  package init(_ edition: Edition) { self.edition = edition }

  /// The longest code.
  private static let codeMax = 20
  /// How many months ahead an edition may begin, and one without an end be closed.
  static let monthsAheadMax = 60

  /// Reads an edition: each value in its range, with its basis, and an article where that is the law
  /// . A seminar has a name, and no value that it is not asked for.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(reading form: EditionForm, on today: CivilDate) throws(Refusals) {
    var refusals: [Refusal] = []
    let code = refusals.noting { () throws(Refusal) in try Self.code(form.code) }
    if !(1...Edition.seminar).contains(form.programme) {
      refusals.append(Self.outside("programme", form.programme, 1...Edition.seminar))
    }
    let isSeminar = form.programme == Edition.seminar
    let name = Self.name(form, isSeminar: isSeminar, &refusals)
    // A cohort names it: no seminar stands for another.
    if isSeminar, form.isDefault {
      refusals.noting { () throws(Refusal) in try Self.notAsked("yes", column: "is_default") }
    }
    let validity = refusals.noting { () throws(Refusal) in
      try Self.validity(from: form.from, until: form.until, on: today)
    }
    var settings: [EditionValue: Edition.Setting] = [:]
    for value in EditionValue.allCases {
      let form = form.settings[value]
      if isSeminar, !value.isOfSeminar {
        refusals.noting { () throws(Refusal) in
          try Self.notAsked(form.map { "\($0.value)" }, column: value.column)
        }
        continue
      }
      settings[value] = refusals.noting { () throws(Refusal) in
        let unsaid = isSeminar ? value.unsaidOfSeminar : value.unsaid
        if form == nil, let unsaid { return unsaid }
        return try Self.setting(form, column: value.column, in: value.range)
      }
    }
    // Without hours everybody would have attended.
    if isSeminar, settings[.theoryQuarters]?.value == 0, settings[.practiceQuarters]?.value == 0 {
      refusals.append(
        Self.outside("theory_quarters", 0, 1...EditionValue.theoryQuarters.range.upperBound))
    }
    if let before = settings[.prerequisite], before.value > 0, before.value >= form.programme {
      refusals.append(Self.outside("prerequisite", before.value, 0...max(0, form.programme - 1)))
    }
    // So many are there besides who chairs and who records.
    if let reviews = settings[.reviewsMin]?.value, let members = settings[.commissionMin]?.value,
      reviews > members - 2
    {
      refusals.append(Self.outside("reviews_min", reviews, 0...max(0, members - 2)))
    }
    let components = Self.components(form, &refusals)
    let basis = Self.text(
      form.legalBasis, ["legal_basis.kk", "legal_basis.ru", "legal_basis.en"], &refusals)
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    guard let code, let validity, let basis,
      let edition = Edition(
        id: 0, code: code, programme: form.programme, isDefault: form.isDefault,
        validity: validity, settings: settings, components: components,
        legalBasis: basis, name: name)
    else { preconditionFailure("what is not there was refused") }
    self.edition = edition
  }

  /// Reads the name of a seminar; nil of a programme, which has its own.
  private static func name(
    _ form: EditionForm, isSeminar: Bool, _ refusals: inout [Refusal]
  ) -> Trilingual? {
    guard isSeminar else {
      refusals.noting { () throws(Refusal) in try Self.notAsked(form.name?.kk, column: "name") }
      return nil
    }
    let typed = form.name ?? Trilingual(kk: "", ru: "", en: "")
    return Self.text(typed, ["name_kk", "name_ru", "name_en"], &refusals)
  }

  /// Refuses a value that such an edition has none of.
  private static func notAsked(_ value: String?, column: String) throws(Refusal) {
    if let value { throw Refusal(.valueNotAsked, column: column, value: value) }
  }

  /// Reads a text in three languages, each in a column; nil where one is refused.
  static func text(
    _ typed: Trilingual, _ columns: [String], _ refusals: inout [Refusal]
  ) -> Trilingual? {
    var texts: [String] = []
    for (text, column) in zip([typed.kk, typed.ru, typed.en], columns) {
      refusals.noting { () throws(Refusal) in
        texts.append(try TextRule.read(text, column: column))
      }
    }
    guard texts.count == 3 else { return nil }
    return Trilingual(kk: texts[0], ru: texts[1], en: texts[2])
  }

  /// A code is of small letters, digits and hyphens, so that it is typed alike everywhere.
  static func code(_ typed: String) throws(Refusal) -> String {
    let code = try TextRule.read(typed, column: "code")
    guard code.utf8.count <= Self.codeMax else {
      throw Refusal(
        .textTooLong, column: "code", value: String(code.prefix(40)),
        ["limit": "\(Self.codeMax)"])
    }
    let isPlain = code.utf8.allSatisfy { octet in
      (0x61...0x7A).contains(octet) || (0x30...0x39).contains(octet) || octet == 0x2D
    }
    guard isPlain else { throw Refusal(.codeMalformed, column: "code", value: code) }
    return code
  }

  /// The days of an edition: the first is one on which a cohort may begin.
  static func validity(
    from first: String, until last: String?, on today: CivilDate
  ) throws(Refusal) -> Period {
    let from = try CivilDate(typed: first, column: "valid_from")
    let latest = today.adding(months: Self.monthsAheadMax)
    let earliest = OpenCohort.firstDay
    guard from >= earliest, from <= latest else {
      throw Self.outside("valid_from", from.iso, earliest.iso, latest.iso)
    }
    var until: CivilDate?
    if let typed = last { until = try CivilDate(typed: typed, column: "valid_until") }
    if let until, until < from {
      throw Refusal(.datesReversed, column: "valid_until", value: until.iso)
    }
    return Period(from: from, until: until)
  }

  /// Reads a value in its range, with its basis, and an article where that is the law.
  static func setting(
    _ form: EditionForm.Setting?, column: String, in range: ClosedRange<Int>
  ) throws(Refusal) -> Edition.Setting {
    guard let form else { throw Self.missing(column) }
    guard range.contains(form.value) else { throw Self.outside(column, form.value, range) }
    let basis = try Basis(typed: form.basis, column: "\(column).basis")
    let article = TextRule.folded(form.article)
    switch basis {
    case .law: try TextRule.check(article, column: "\(column).article")
    case .reported, .school: try TextRule.allow(article, column: "\(column).article")
    }
    return Edition.Setting(form.value, basis, article: article)
  }

  private static func components(
    _ form: EditionForm, _ refusals: inout [Refusal]
  ) -> [Edition.ComponentRule] {
    guard form.programme != Edition.seminar else {
      refusals.noting { () throws(Refusal) in
        try Self.notAsked(form.components.isEmpty ? nil : "", column: "components")
      }
      return []
    }
    if form.components.isEmpty { refusals.append(Self.missing("components")) }
    var rules: [Edition.ComponentRule] = []
    for (number, passMark) in form.components {
      refusals.noting { () throws(Refusal) in
        let component = try Component(typed: number, column: "components")
        if rules.contains(where: { $0.component == component }) {
          throw Refusal(.alreadyThere, column: "components", value: component.rawValue)
        }
        rules.append(
          .init(
            component: component,
            passMark: try Self.setting(
              passMark, column: "components.\(component.rawValue)", in: 0...100)))
      }
    }
    return rules.sorted { $0.component.number < $1.component.number }
  }

  private static func missing(_ column: String) -> Refusal { Refusal(.missing, column: column) }

  private static func outside(
    _ column: String, _ value: Int, _ range: ClosedRange<Int>
  ) -> Refusal {
    Self.outside(column, "\(value)", "\(range.lowerBound)", "\(range.upperBound)")
  }

  private static func outside(
    _ column: String, _ value: String, _ low: String, _ high: String
  ) -> Refusal {
    Refusal(.outOfRange, column: column, value: value, ["low": low, "high": high])
  }

  /// Adopts it, which takes two persons.
  ///
  /// - Throws: ``Refusal`` with ``Reason/codeTaken``, or ``Reason/editionsOverlap`` where another default
  ///   edition of the programme is in force on one of its days.
  package func decided(_ facts: Facts) throws(Refusal) -> Decision {
    if facts.editions.contains(where: { $0.code == self.edition.code }) {
      throw Refusal(.codeTaken, column: "code", value: self.edition.code)
    }
    let other = facts.editions.first {
      $0.isDefault && $0.inForce.overlaps(self.edition.validity) && !$0.isNeverInForce
    }
    if self.edition.isDefault, let other {
      var arguments = ["edition": other.code, "from": other.inForce.from.iso]
      arguments["to"] = other.inForce.until?.iso
      throw Refusal(
        .editionsOverlap, column: "valid_from", value: self.edition.validity.from.iso, arguments)
    }
    var edition = self.edition
    edition.id = facts.nextID
    return Decision(.editionAdopted(EditionAdopted(edition)), takesTwo: true)
  }
}

extension Edition {
  /// Whether it was closed before it began.
  var isNeverInForce: Bool {
    guard let until = self.inForce.until else { return false }
    return until < self.inForce.from
  }
}
