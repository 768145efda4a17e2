/// Who taught a candidate, and who trains his or her cohort: nobody of them examines.
package struct Teachers: Equatable, Sendable {
  /// Who taught the candidate, in whatever cohort, and on which day last.
  package var lastTaught: [Int64: CivilDate]
  /// Who is assigned to the candidate's cohort, whether or not a class was held.
  package var assigned: Set<Int64>
  /// The first day of the candidate's cohort.
  package var cohortStartsOn: CivilDate

  package init(lastTaught: [Int64: CivilDate], assigned: Set<Int64>, cohortStartsOn: CivilDate) {
    self.lastTaught = lastTaught
    self.assigned = assigned
    self.cohortStartsOn = cohortStartsOn
  }

  /// The day that bars `member` from examining the candidate on `day`; nil if none does.
  ///
  /// It is the last day of teaching; of a trainer of the cohort who taught on no day that bars, the
  /// first day of the cohort.
  package func bar(_ member: Int64, from day: CivilDate) -> CivilDate? {
    if let taught = self.lastTaught[member], Separation.bars(taught: taught, examined: day) {
      return taught
    }
    return self.assigned.contains(member) ? self.cohortStartsOn : nil
  }
}
