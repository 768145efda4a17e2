/// Gives a setting of the School another value, from a day on.
package struct ChangeSetting: Equatable, Sendable {
  /// A proposal waits so many days, and its first day may have come meanwhile.
  package static let daysBackMax = Propose.daysOpen
  /// As far ahead as the first day of a cohort may lie.
  package static let monthsAheadMax = 24

  package let change: SettingChange

  /// The act as it was read before: out of a proposal.
  package init(_ change: SettingChange) { self.change = change }

  /// Reads a change: the value in its range, with its basis, and an article where that is the law.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``, ``Reason/missing``, ``Reason/outOfRange`` or as
  ///   ``TextRule``.
  package init(
    reading name: Int32, _ form: EditionForm.Setting?, from day: CivilDate, why: String
  ) throws(Refusal) {
    let name = try SettingName(typed: name, column: "setting")
    self.change = SettingChange(
      name: name, setting: try AdoptEdition.setting(form, column: "value", in: name.range),
      from: day, why: try TextRule.read(why, column: "why"))
  }

  /// What it comes to; it takes two persons.
  ///
  /// - Parameter history: The values of that setting, as known.
  /// - Throws: ``Refusal`` with ``Reason/outOfRange`` or ``Reason/nothingChanged``.
  package func decided(
    _ history: SettingHistory, on today: CivilDate
  ) throws(Refusal) -> Decision {
    let low = CivilDate(dayNumber: today.dayNumber - Self.daysBackMax)
    let high = today.adding(months: Self.monthsAheadMax)
    guard self.change.from >= low, self.change.from <= high else {
      throw Refusal(
        .outOfRange, column: "valid_from", value: self.change.from.iso,
        ["low": low.iso, "high": high.iso])
    }
    guard !history.isInForce(self.change.setting, from: self.change.from) else {
      throw Refusal(.nothingChanged, column: "value", value: "\(self.change.setting.value)")
    }
    return Decision(.settingChanged(SettingChanged(change: self.change)), takesTwo: true)
  }
}
