/// Who taught a candidate, and who trains his or her cohort: nobody of them examines.
package struct Teachers: Equatable, Sendable {
  /// What bars somebody from examining a candidate.
  package enum Bar: Equatable, Sendable {
    /// Taught the candidate, last on this day.
    case taught(CivilDate)
    /// Trains the candidate's cohort, which has this code.
    case trains(String)

    /// As a refusal says it.
    var arguments: [String: String] {
      switch self {
      case .taught(let day): ["day": day.iso]
      case .trains(let cohort): ["cohort": cohort]
      }
    }
  }

  /// Who taught the candidate, in whatever cohort, and on which day last.
  package var lastTaught: [Int64: CivilDate]
  /// The code of the candidate's cohort.
  package var cohort: String
  /// For how many months teaching bars from examining, by the edition of that cohort.
  package var barMonths: Int
  /// Who is assigned to that cohort, whether or not a class was held.
  package var assigned: Set<Int64>

  package init(
    lastTaught: [Int64: CivilDate], cohort: String, barMonths: Int, assigned: Set<Int64>
  ) {
    self.lastTaught = lastTaught
    self.cohort = cohort
    self.barMonths = barMonths
    self.assigned = assigned
  }

  /// What bars `member` from examining the candidate on `day`; nil if nothing does.
  package func bar(_ member: Int64, from day: CivilDate) -> Bar? {
    if let taught = self.lastTaught[member],
      Separation.bars(taught: taught, examined: day, within: self.barMonths)
    {
      return .taught(taught)
    }
    return self.assigned.contains(member) ? .trains(self.cohort) : nil
  }
}
