/// Closes an edition: no cohort under it begins after a day. Cohorts that are open keep it.
package struct CloseEdition: Equatable, Sendable {
  package let edition: Int64
  /// The last day on which a cohort under it may begin.
  package let lastDay: CivilDate

  package init(_ edition: Int64, lastDay: CivilDate) {
    self.edition = edition
    self.lastDay = lastDay
  }

  /// Closes it once, which takes two persons: from the day before its first, where no cohort ever is to
  /// begin under it, to the day before its last.
  ///
  /// - Throws: ``Refusal`` with ``Reason/editionClosed`` or ``Reason/outOfRange``.
  package func decided(_ edition: Edition, on today: CivilDate) throws(Refusal) -> Decision {
    if let closed = edition.closedOn { throw Refusal(.editionClosed, ["day": closed.iso]) }
    let low = CivilDate(dayNumber: edition.validity.from.dayNumber - 1)
    let high =
      edition.validity.until.map { CivilDate(dayNumber: $0.dayNumber - 1) }
      ?? today.adding(months: AdoptEdition.monthsAheadMax)
    guard low <= self.lastDay, self.lastDay <= high else {
      throw Refusal(
        .outOfRange, column: "last_day", value: self.lastDay.iso,
        ["low": low.iso, "high": high.iso])
    }
    return Decision(
      .editionClosed(EditionClosed(edition: self.edition, lastDay: self.lastDay)), takesTwo: true)
  }
}
