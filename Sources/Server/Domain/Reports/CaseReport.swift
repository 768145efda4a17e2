/// The cases of a year, by kind (R-1010).
package enum CaseReport {
  /// What is counted of each kind that has something.
  package static func rows(
    _ cases: [CaseRecord], in year: ReportYear
  ) -> [(kind: CaseKind, figures: [Figure: Int])] {
    CaseKind.allCases.compactMap { kind in
      let own = cases.filter { $0.kind == kind }
      let decided = own.filter { $0.decidedOn.map(year.has) ?? false }
      var figures: [Figure: Int] = [:]
      figures[.received] = own.count(where: { year.has($0.receivedOn) })
      figures[.decided] = decided.count
      figures[.overdue] =
        decided.count(where: { ($0.decidedOn ?? $0.lastDay) > $0.lastDay })
        + own.count(where: { $0.isOverdue(on: year.last) })
      figures = figures.filter { $0.value != 0 }
      let days = decided.map(\.daysToDecide).sorted()
      if days.count >= YearReport.timesMin {
        figures[.daysMedian] = YearReport.nearestRank(50, of: days)
        figures[.daysMost] = YearReport.nearestRank(90, of: days)
      }
      return figures.isEmpty ? nil : (kind: kind, figures: figures)
    }
  }
}

extension CaseRecord {
  /// The day of its decision; nil where it is open or was withdrawn.
  fileprivate var decidedOn: CivilDate? { self.end.flatMap { $0.outcome == nil ? nil : $0.on } }

  /// From the day on which its clock starts.
  fileprivate var daysToDecide: Int {
    let start = self.kind == .entry ? self.receivedOn : self.completeOn ?? self.receivedOn
    return (self.decidedOn ?? start).dayNumber - start.dayNumber
  }

  /// Whether it waited on a day for a decision that was due before: what is incomplete waits for others.
  fileprivate func isOverdue(on day: CivilDate) -> Bool {
    guard self.end.map({ $0.on > day }) ?? true, self.receivedOn <= day else { return false }
    return self.lastDay < day && (self.completeOn != nil || self.kind == .entry)
  }
}
