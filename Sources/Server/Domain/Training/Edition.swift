/// A programme as an act in force at some time set it out: its rules are data, never constants
///
package struct Edition: Equatable, Sendable {
  /// A number of an edition and where it comes from.
  package struct Setting: Equatable, Sendable {
    /// The number.
    package let value: Int
    /// Where it comes from.
    package let basis: Basis
    /// Where it stands; empty where that is not known, or it is the School's own.
    package let article: String

    /// A number with its source.
    package init(_ value: Int, _ basis: Basis, article: String = "") {
      self.value = value
      self.basis = basis
      self.article = article
    }
  }

  /// What one component of an attestation asks: a mark, and how high a one.
  package struct ComponentRule: Equatable, Sendable {
    /// Which component.
    package let component: Component
    /// The lowest score that passes.
    package let passMark: Setting

    /// Asks at least `passMark` in `component`.
    package init(component: Component, passMark: Setting) {
      self.component = component
      self.passMark = passMark
    }
  }

  /// 0 where it is proposed.
  package var id: Int64
  package let code: String
  /// 1 to 3; ``seminar`` where it is of one.
  package let programme: Int
  /// What a seminar is called; nil of a programme, which has its own name.
  package let name: Trilingual?
  /// Whether a cohort that names no edition takes it.
  package let isDefault: Bool
  /// On which days a cohort under it may begin, as it was adopted.
  package let validity: Period
  /// The last such day since it was closed; nil where it is not.
  package var closedOn: CivilDate?
  package let components: [ComponentRule]
  /// The act it rests on.
  package let legalBasis: Trilingual
  /// In the order of ``EditionValue``.
  private let settings: [Setting]

  /// What stands for a programme where there is none: a seminar has hours, and nobody is attested.
  package static let seminar = 4

  /// Describes an edition; nil where one of its values is missing. What a seminar has none of is 0.
  package init?(
    id: Int64, code: String, programme: Int, isDefault: Bool, validity: Period,
    closedOn: CivilDate? = nil, settings: [EditionValue: Setting], components: [ComponentRule],
    legalBasis: Trilingual, name: Trilingual? = nil
  ) {
    let said = Self.values(ofProgramme: programme)
    self.id = id
    self.code = code
    self.programme = programme
    self.isDefault = isDefault
    self.validity = validity
    self.closedOn = closedOn
    self.settings = EditionValue.allCases.compactMap {
      said.contains($0) ? settings[$0] : Setting(0, .school)
    }
    self.components = components
    self.legalBasis = legalBasis
    self.name = name
    if self.settings.count < EditionValue.allCases.count { return nil }
  }

  /// Whether it is of a seminar, which is no programme.
  package var isSeminar: Bool { self.programme == Self.seminar }

  /// The values that it says: of a seminar those of hours and of the group alone.
  package var said: [EditionValue] { Self.values(ofProgramme: self.programme) }

  static func values(ofProgramme programme: Int) -> [EditionValue] {
    EditionValue.allCases.filter { programme != Self.seminar || $0.isOfSeminar }
  }

  /// What its certificates are.
  package var certificateKind: CertificateKind { self.isSeminar ? .attendance : .programme }

  /// What is taken under it in a cohort: of a seminar the seminar, which is compared with no other.
  package func study(in specialisation: Int64) -> Study {
    Study(self.programme, in: self.isSeminar ? self.id : specialisation)
  }

  /// What it says of `value`.
  package subscript(value: EditionValue) -> Setting { self.settings[value.rawValue] }

  /// On which days a cohort under it may begin, as things stand.
  package var inForce: Period {
    Period(from: self.validity.from, until: self.closedOn ?? self.validity.until)
  }

  /// By which rule the marks of a commission's members make a component's; nil where there is one mark, agreed
  ///
  package var markRule: MarkRule? {
    self[.memberMarks].value == 1 ? MarkRule.allCases[self[.markRule].value] : nil
  }

  /// Whether these scores pass: every component at its pass mark at least, and all together at the overall
  /// mark, where there is one.
  ///
  /// - Parameter marks: The members', where each gave one: scores are whole, and what they come to may not be.
  package func isPassed(with scores: Scores, _ marks: [MemberMark] = []) -> Bool {
    let isEach = self.components.allSatisfy {
      (scores[$0.component] ?? -1) >= $0.passMark.value
    }
    let overall = self[.overallMark].value
    guard isEach, overall > 0 else { return isEach }
    let exact = self.components.map { rule in
      let of = marks.filter { $0.component == rule.component }.map(\.points)
      return self.markRule?.mark(of: of) ?? Fraction(scores[rule.component] ?? 0)
    }
    // No component weighs more than another.
    return exact.reduce(Fraction(0), +) >= Fraction(overall * exact.count)
  }
}

/// The values of an edition, by the columns that hold them. What the first editions did not say is
/// the School's default.
package enum EditionValue: Int, CaseIterable, Sendable {
  case theoryQuarters
  case practiceQuarters
  case groupMax
  case attemptsMax
  case commissionMin
  case prerequisite
  case ageMin
  case higherEducation
  case retakeWaitDays
  case absenceUsesAttempt
  case taughtBarMonths
  case dayQuarters
  case validityMonths
  case memberMarks
  case markRule
  case overallMark
  case reviewsMin

  /// Its name in tables, messages and refusals.
  package var column: String {
    switch self {
    case .theoryQuarters: "theory_quarters"
    case .practiceQuarters: "practice_quarters"
    case .groupMax: "group_max"
    case .attemptsMax: "attempts_max"
    case .commissionMin: "commission_min"
    case .prerequisite: "prerequisite"
    case .ageMin: "age_min"
    case .higherEducation: "higher_education"
    case .retakeWaitDays: "retake_wait_days"
    case .absenceUsesAttempt: "absence_uses_attempt"
    case .taughtBarMonths: "taught_bar_months"
    case .dayQuarters: "day_quarters"
    case .validityMonths: "validity_months"
    case .memberMarks: "member_marks"
    case .markRule: "mark_rule"
    case .overallMark: "overall_mark"
    case .reviewsMin: "reviews_min"
    }
  }

  /// What an edition says that was adopted before there was such a value; nil where each says it itself.
  package var unsaid: Edition.Setting? {
    switch self {
    case .memberMarks, .markRule, .overallMark, .reviewsMin: .init(0, .school)
    case .theoryQuarters, .practiceQuarters, .groupMax, .attemptsMax, .commissionMin,
      .prerequisite, .ageMin, .higherEducation, .retakeWaitDays, .absenceUsesAttempt,
      .taughtBarMonths, .dayQuarters, .validityMonths:
      nil
    }
  }

  /// Whether a seminar has one: hours, a group, and the day's most, but nothing of admission, attestation or validity
  ///
  package var isOfSeminar: Bool {
    switch self {
    case .theoryQuarters, .practiceQuarters, .groupMax, .dayQuarters: true
    case .attemptsMax, .commissionMin, .prerequisite, .ageMin, .higherEducation, .retakeWaitDays,
      .absenceUsesAttempt, .taughtBarMonths, .validityMonths, .memberMarks, .markRule, .overallMark,
      .reviewsMin:
      false
    }
  }

  /// What an edition of a seminar says that says nothing of it: no limit unless set, the School's ten hours a
  /// day.
  var unsaidOfSeminar: Edition.Setting? {
    switch self {
    case .groupMax: .init(0, .school)
    case .dayQuarters: .init(40, .school)
    case .theoryQuarters, .practiceQuarters, .attemptsMax, .commissionMin, .prerequisite, .ageMin,
      .higherEducation, .retakeWaitDays, .absenceUsesAttempt, .taughtBarMonths, .validityMonths,
      .memberMarks, .markRule, .overallMark, .reviewsMin:
      nil
    }
  }

  /// What it may be.
  var range: ClosedRange<Int> {
    switch self {
    case .theoryQuarters, .practiceQuarters: 0...4_000
    case .groupMax: 0...1_000
    case .attemptsMax: 1...20
    // Who records is not who chairs.
    case .commissionMin: 2...15
    case .prerequisite: 0...3
    case .ageMin: 0...100
    case .higherEducation, .absenceUsesAttempt: 0...1
    case .retakeWaitDays: 0...365
    case .taughtBarMonths: 0...120
    case .dayQuarters: 1...96
    case .validityMonths: 0...1_200
    case .memberMarks: 0...1
    case .markRule: 0...(MarkRule.allCases.count - 1)
    case .overallMark: 0...100
    // Of the most members, less who chairs and who records.
    case .reviewsMin: 0...13
    }
  }
}

extension Edition {
  /// In quarters of an academic hour.
  package var theoryQuarters: Setting { self[.theoryQuarters] }
  /// In quarters of an academic hour.
  package var practiceQuarters: Setting { self[.practiceQuarters] }
  /// 0 means no limit.
  package var groupMax: Setting { self[.groupMax] }
  package var attemptsMax: Setting { self[.attemptsMax] }
  package var commissionMin: Setting { self[.commissionMin] }
  /// The programme whose certificate is needed first; 0 for none.
  package var prerequisite: Setting { self[.prerequisite] }
  /// 0 for none.
  package var ageMin: Setting { self[.ageMin] }
  /// 1 if higher education is needed.
  package var higherEducation: Setting { self[.higherEducation] }
  /// Of a certificate; 0 without end.
  package var validityMonths: Setting { self[.validityMonths] }
}
