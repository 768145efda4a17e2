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

  /// So many months from a day on: to the day before the same-numbered day, or to that month's last if it
  /// has none; without end where they are none.
  package init(from: CivilDate, months: Int) {
    self.from = from
    guard months > 0 else {
      self.until = nil
      return
    }
    let end = from.adding(months: months)
    self.until =
      end.parts.day == from.parts.day ? CivilDate(dayNumber: end.dayNumber - 1) : end
  }

  /// Whether `day` lies in the period.
  package func contains(_ day: CivilDate) -> Bool {
    guard day >= self.from else { return false }
    guard let until = self.until else { return true }
    return day <= until
  }

  /// The same without the days before `day`.
  package func not(before day: CivilDate) -> Period {
    Period(from: max(self.from, day), until: self.until)
  }

  /// What is left of it before and after `other`.
  package func without(_ other: Period) -> [Period] {
    guard self.overlaps(other) else { return [self] }
    var rest: [Period] = []
    if self.from < other.from {
      rest.append(
        Period(from: self.from, until: CivilDate(dayNumber: other.from.dayNumber - 1)))
    }
    if let last = other.until, self.until.map({ $0 > last }) ?? true {
      rest.append(Period(from: CivilDate(dayNumber: last.dayNumber + 1), until: self.until))
    }
    return rest
  }

  /// Whether any day lies in both.
  package func overlaps(_ other: Period) -> Bool {
    self.contains(other.from) || other.contains(self.from)
  }
}
