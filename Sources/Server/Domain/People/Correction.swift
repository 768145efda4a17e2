/// Whose a person's data are to correct.
package enum Correction {
  /// What it takes.
  package enum Authority: Equatable, Sendable {
    /// One person of the organisation may.
    case alone
    /// The School alone may.
    case atSchool
    /// Two people of the School may.
    case twoPersons
  }

  /// What binds a person.
  package struct Facts: Equatable, Sendable {
    /// The organisations where the person is enrolled.
    package var enrolledAt: Set<Int64>
    package var hasCertificate: Bool
    package var hasRole: Bool

    package init(enrolledAt: Set<Int64>, hasCertificate: Bool, hasRole: Bool) {
      self.enrolledAt = enrolledAt
      self.hasCertificate = hasCertificate
      self.hasRole = hasRole
    }
  }

  /// What it takes that somebody of `organisation` corrects the data of a person.
  ///
  /// - Parameter isSchool: Whether the organisation is the School.
  package static func authority(
    of organisation: Int64, isSchool: Bool, _ facts: Facts
  ) -> Authority {
    let isBound = facts.hasCertificate || facts.hasRole
    if isSchool { return isBound ? .twoPersons : .alone }
    return !isBound && facts.enrolledAt == [organisation] ? .alone : .atSchool
  }
}
