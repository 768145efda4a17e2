/// Ends a bar: it was true until a last day.
package struct EndBar: Sendable {
  /// Who is barred.
  package let person: Int64
  private let last: CivilDate

  /// Reads the last day on which the bar holds.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/notADate``.
  package init(_ person: Int64, lastDay: String) throws(Refusal) {
    self.person = person
    self.last = try CivilDate(typed: lastDay, column: "last_day")
  }

  /// Ends a bar that stands.
  ///
  /// - Parameter caller: Who ends it.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/datesReversed``,
  ///   ``Reason/nothingChanged`` or ``Reason/outOfRange``: a bar that lasts longer is another one.
  package func decided(_ standing: StandingBar, by caller: Int64) throws(Refusal) -> BarEnded {
    guard caller != self.person else { throw Refusal(.actsOnHimself) }
    let days = standing.bar.days
    guard self.last >= days.from else {
      throw Refusal(.datesReversed, column: "last_day", value: self.last.iso)
    }
    guard self.last != days.until else {
      throw Refusal(.nothingChanged, column: "last_day", value: self.last.iso)
    }
    if let until = days.until, self.last > until {
      throw Refusal(
        .outOfRange, column: "last_day", value: self.last.iso,
        ["low": days.from.iso, "high": until.iso])
    }
    return BarEnded(
      personID: self.person, endsSequence: standing.sequence,
      bar: Bar(
        standing.bar.kind, days: Period(from: days.from, until: self.last),
        document: standing.bar.document))
  }
}
