/// Files the figures of a year: what was told to others stands beside whatever is counted later (R-1001).
package struct FileReport: Equatable, Sendable {
  /// What would be filed.
  package let report: ReportFiled

  package init(_ report: ReportFiled) { self.report = report }

  /// - Parameter last: What was filed last of that year; nil for nothing.
  /// - Throws: ``Refusal`` with ``Reason/dateInFuture`` or ``Reason/nothingChanged``.
  package func decided(_ last: ReportFiled?, on today: CivilDate) throws(Refusal) -> Deed {
    guard self.report.asOf <= today, self.report.year <= today.parts.year else {
      throw Refusal(.dateInFuture, column: "as_of", value: self.report.asOf.iso)
    }
    if let last, last.rows == self.report.rows, last.definitions == self.report.definitions {
      throw Refusal(.nothingChanged, column: "year", value: "\(self.report.year)")
    }
    return .reportFiled(self.report)
  }
}
