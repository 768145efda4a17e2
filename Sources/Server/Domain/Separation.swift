/// Separation of duties. Everything compares persons, never tokens or roles.
package enum Separation {
  /// For how many years who taught a candidate may not examine him or her.
  package static let taughtYears = 2
  /// For how many years who taught or examined the holder elsewhere may not decide.
  package static let decidedYears = 2

  /// Whether teaching on `taught` bars from examining on `examined`; the day two years before is within
  ///
  package static func bars(taught: CivilDate, examined: CivilDate) -> Bool {
    taught >= examined.yearsBefore(Self.taughtYears)
  }
}
