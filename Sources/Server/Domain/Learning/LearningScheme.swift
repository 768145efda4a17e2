/// How much a mediator is to learn in how many months, by the School's setting: no law says it.
package struct LearningScheme: Equatable, Sendable {
  package let months: Int
  /// Quarters of an academic hour; 0 where points are asked.
  package let quarters: Int
  /// 0 where hours are asked.
  package let points: Int
  /// Of the points, those of mediation itself.
  package let relevant: Int

  package init(months: Int, quarters: Int = 0, points: Int = 0, relevant: Int = 0) {
    self.months = months
    self.quarters = quarters
    self.points = points
    self.relevant = relevant
  }

  /// The values of the setting, as others have them; 0, for which there is none, asks for nothing.
  package static let values = [
    1: LearningScheme(months: 60, quarters: 80),
    2: LearningScheme(months: 12, quarters: 24),
    3: LearningScheme(months: 36, points: 60, relevant: 30),
  ]

  /// The days of the window in which `day` is, of those that follow each other from `entered` on; nil before that.
  package func days(around day: CivilDate, from entered: CivilDate) -> Period? {
    guard day >= entered else { return nil }
    let (first, now) = (entered.parts, day.parts)
    // One too many where the day of the month has not come; one too few never.
    var index = ((now.year - first.year) * 12 + now.month - first.month) / self.months
    if self.window(index, from: entered).from > day { index -= 1 }
    return self.window(index, from: entered)
  }

  /// The days of entry whose windows may end on a day: beyond these the registry has no entries.
  package func entryDays(ofWindowEndingOn day: CivilDate) -> [CivilDate] {
    let next = CivilDate(dayNumber: day.dayNumber + 1)
    return (1...(80 * 12 / self.months)).flatMap { count in
      let entered = next.adding(months: -count * self.months)
      // The days beside it are of who was entered on 29 February, or of a window that ends then.
      return [-1, 0, 1].map { CivilDate(dayNumber: entered.dayNumber + $0) }
    }.filter { self.days(around: day, from: $0)?.until == day }
  }

  /// As many months as a period has, from the day after the one before on, so that each day is of one.
  private func window(_ index: Int, from entered: CivilDate) -> Period {
    func last(_ count: Int) -> CivilDate? {
      Period(from: entered, months: count * self.months).until
    }
    let before = index > 0 ? last(index) : nil
    return Period(
      from: before.map { CivilDate(dayNumber: $0.dayNumber + 1) } ?? entered, until: last(index + 1)
    )
  }
}

/// What counts in a window of somebody.
package struct LearningWindow: Equatable, Sendable {
  package let days: Period
  package let scheme: LearningScheme
  package let quarters: Int
  package let points: Int
  package let relevant: Int

  /// Counts what was checked, on its days.
  package init(_ days: Period, under scheme: LearningScheme, _ records: [LearningRecord]) {
    var (quarters, points, relevant) = (0, 0, 0)
    for record in records where record.checkedOn != nil && days.contains(record.learning.day) {
      switch record.learning.amount {
      case .quarters(let amount): quarters += amount
      case .points(let amount):
        points += amount
        if record.learning.isRelevant { relevant += amount }
      }
    }
    self.days = days
    self.scheme = scheme
    (self.quarters, self.points, self.relevant) = (quarters, points, relevant)
  }

  package var isFilled: Bool {
    self.quarters >= self.scheme.quarters && self.points >= self.scheme.points
      && self.relevant >= self.scheme.relevant
  }
}

/// How a mediator's learning stands on a day.
package struct LearningStanding: Equatable, Sendable {
  /// The window of that day.
  package let window: LearningWindow
  /// The one before, where it was not filled.
  package let missed: LearningWindow?

  /// - Parameters:
  ///   - entry: The entry that stands; whoever has none is asked for nothing.
  ///   - setting: The values of the setting `learning_scheme`.
  package init?(
    _ entry: RegisterEntry?, under setting: SettingHistory, _ records: [LearningRecord],
    on day: CivilDate
  ) {
    guard let entry, entry.endsOn.map({ day < $0 }) ?? true,
      let scheme = LearningScheme.values[setting.setting(on: day).value],
      let days = scheme.days(around: day, from: entry.enteredOn)
    else { return nil }
    self.window = LearningWindow(days, under: scheme, records)
    let before = CivilDate(dayNumber: days.from.dayNumber - 1)
    // A window that had ended before the School asked for anything was nobody's to fill.
    let isAsked = setting.since(on: day).map { $0 <= before } ?? false
    let last = isAsked ? scheme.days(around: before, from: entry.enteredOn) : nil
    let window = last.map { LearningWindow($0, under: scheme, records) }
    self.missed = window.flatMap { $0.isFilled ? nil : $0 }
  }

  /// What is to be done about it: a window that was not filled, or one that ends soon.
  package func due(on day: CivilDate) -> (since: CivilDate?, until: CivilDate?)? {
    if self.missed != nil { return (self.window.days.from, nil) }
    guard !self.window.isFilled, let last = self.window.days.until,
      last.dayNumber - day.dayNumber <= DueKind.daysBefore
    else { return nil }
    return (nil, last)
  }
}
