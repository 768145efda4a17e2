/// Days from one to another, both included; open where there is no end.
package struct Period: Equatable, Sendable {
  /// The first day.
  package let from: CivilDate
  /// The last day; nil while it lasts.
  package let until: CivilDate?

  /// From one day to another.
  package init(from: CivilDate, until: CivilDate?) {
    self.from = from
    self.until = until
  }

  /// Whether `day` lies in the period.
  package func contains(_ day: CivilDate) -> Bool {
    guard day >= self.from else { return false }
    guard let until = self.until else { return true }
    return day <= until
  }

  /// Whether any day lies in both.
  package func overlaps(_ other: Period) -> Bool {
    self.contains(other.from) || other.contains(self.from)
  }
}
