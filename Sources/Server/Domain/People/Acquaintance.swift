/// What makes an organisation know a person. Who only teaches there is not known by it: an
/// organisation assigns people of others.
package struct Acquaintance: Equatable, Sendable {
  /// For how many years after the last of it the organisation still knows the person.
  package static let yearsAfter = 3

  /// Whether the person has a role there.
  package var hasRole: Bool
  /// The day on which the last role that was withdrawn there ended; nil if none was.
  package var roleEndedOn: CivilDate?
  /// The last day of an enrolment there, its cohort's or that of a later session, or of a cohort in which the
  /// person waited for a place, or of an application there; nil without one.
  package var enrolledUntil: CivilDate?

  package init(hasRole: Bool, roleEndedOn: CivilDate?, enrolledUntil: CivilDate?) {
    self.hasRole = hasRole
    self.roleEndedOn = roleEndedOn
    self.enrolledUntil = enrolledUntil
  }

  /// Whether the organisation knows the person on `day`: while a role or an enrolment stands, and so
  /// many years after.
  package func holds(on day: CivilDate) -> Bool {
    self.hasRole
      || [self.roleEndedOn, self.enrolledUntil].compactMap { $0 }
        .contains { day <= $0.adding(months: 12 * Self.yearsAfter) }
  }
}
