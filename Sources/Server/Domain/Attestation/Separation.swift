/// Separation of duties. Everything compares persons, never tokens or roles.
///
/// Source: ISO/IEC 17024:2012, 5.2.3 and 9.4, taken as the School's rule; no
/// Kazakh rule was found.
package enum Separation {
  /// For how many years who taught or examined the holder elsewhere may not decide.
  package static let decidedYears = 2

  /// Whether teaching on `taught` bars from examining on `examined`, and examining from
  /// teaching: a day exactly the edition's months before counts, and so does every later one.
  package static func bars(
    taught: CivilDate, examined: CivilDate, within months: Int
  ) -> Bool {
    taught >= examined.adding(months: -months)
  }
}
