/// The days of a year that a report counts.
package struct ReportYear: Equatable, Sendable {
  package let year: Int
  /// The first of January.
  package let first: CivilDate
  /// The last day that is counted: of December, or the day that is asked about where that is earlier.
  package let last: CivilDate
  /// The day that is asked about: what is in effect by then is known of what is counted.
  package let asOf: CivilDate

  /// The days of `year` up to `day`; nil where there is no such year.
  package init?(_ year: Int, asOf day: CivilDate) {
    guard let first = CivilDate(year: year, month: 1, day: 1),
      let last = CivilDate(year: year, month: 12, day: 31)
    else { return nil }
    self.year = year
    self.asOf = day
    self.first = first
    self.last = min(last, day)
  }

  /// Whether a day is counted.
  package func has(_ day: CivilDate) -> Bool { self.first <= day && day <= self.last }
}
