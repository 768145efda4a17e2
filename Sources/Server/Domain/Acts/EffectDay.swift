/// The day from which a suspension, a reinstatement or a revocation has effect.
package enum EffectDay {
  /// How many days ahead the effect may begin.
  package static let daysAheadMax = 30
  /// From how many days back on it needs a text why.
  package static let daysBackMax = 30

  /// Refuses an effect that lies too far ahead, or long back without a word why.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outOfRange`` or ``Reason/missing``.
  static func check(_ day: CivilDate, why: String, on today: CivilDate) throws(Refusal) {
    let last = CivilDate(dayNumber: today.dayNumber + Self.daysAheadMax)
    guard day <= last else {
      throw Refusal(
        .outOfRange, column: "held_on", value: day.iso, ["low": "2000-01-01", "high": last.iso])
    }
    if day.dayNumber < today.dayNumber - Self.daysBackMax, why.isEmpty {
      throw Refusal(.missing, column: "why")
    }
  }
}
