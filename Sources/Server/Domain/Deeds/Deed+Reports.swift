/// The figures of a year were filed (R-1001).
package struct ReportFiled: Equatable, Sendable {
  package var year: Int
  /// The day that they are of.
  package var asOf: CivilDate
  /// How many acts the journal had.
  package var size: Int64
  /// The version of what each figure means.
  package var definitions: Int
  package var rows: [YearReport.Row]

  package init(
    year: Int, asOf: CivilDate, size: Int64, definitions: Int, rows: [YearReport.Row]
  ) {
    self.year = year
    self.asOf = asOf
    self.size = size
    self.definitions = definitions
    self.rows = rows
  }
}
