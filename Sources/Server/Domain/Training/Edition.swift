/// A programme as an act in force at some time set it out: its rules are data, never constants
///
package struct Edition: Equatable, Sendable {
  /// A number of an edition and where it comes from.
  package struct Setting: Equatable, Sendable {
    /// The number.
    package let value: Int
    /// Where it comes from.
    package let basis: Basis

    /// A number with its source.
    package init(_ value: Int, _ basis: Basis) {
      self.value = value
      self.basis = basis
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

  package let id: Int64
  package let code: String
  /// 1 to 3.
  package let programme: Int
  /// When an enrolment may be under it.
  package let validity: Period
  /// In quarters of an academic hour.
  package let theoryQuarters: Setting
  /// In quarters of an academic hour.
  package let practiceQuarters: Setting
  /// 0 means no limit.
  package let groupMax: Setting
  package let attemptsMax: Setting
  package let commissionMin: Setting
  /// The programme whose certificate is needed first; 0 for none.
  package let prerequisite: Setting
  /// 0 for none.
  package let ageMin: Setting
  /// 1 if higher education is needed.
  package let higherEducation: Setting
  /// For how many months a certificate is valid; 0 without end.
  package let validityMonths: Setting
  package let components: [ComponentRule]

  /// Describes an edition.
  package init(
    id: Int64, code: String, programme: Int, validity: Period, theoryQuarters: Setting,
    practiceQuarters: Setting, groupMax: Setting, attemptsMax: Setting, commissionMin: Setting,
    prerequisite: Setting, ageMin: Setting, higherEducation: Setting,
    validityMonths: Setting = Setting(0, .school), components: [ComponentRule]
  ) {
    self.id = id
    self.code = code
    self.programme = programme
    self.validity = validity
    self.theoryQuarters = theoryQuarters
    self.practiceQuarters = practiceQuarters
    self.groupMax = groupMax
    self.attemptsMax = attemptsMax
    self.commissionMin = commissionMin
    self.prerequisite = prerequisite
    self.ageMin = ageMin
    self.higherEducation = higherEducation
    self.validityMonths = validityMonths
    self.components = components
  }

  /// Whether these scores pass: every component at its pass mark at least.
  package func isPassed(with scores: [Component: Int]) -> Bool {
    self.components.allSatisfy { scores[$0.component, default: -1] >= $0.passMark.value }
  }
}
