/// Separation of duties. Everything compares persons, never tokens or roles.
///
/// Source: ISO/IEC 17024:2012, 5.2.3 and 9.4, taken as the School's rule (`domain.md`,
/// invariants 8 and 9); no Kazakh rule was found.
package enum Separation {
  /// For how many years who taught a candidate may not examine him or her.
  package static let taughtYears = 2

  /// Whether teaching on `taught` bars from examining on `examined`; the day two years before is within
  ///
  package static func bars(taught: CivilDate, examined: CivilDate) -> Bool {
    taught >= examined.yearsBefore(Self.taughtYears)
  }

  /// Why `certifier` may not decide on a candidate.
  ///
  /// - Parameters:
  ///   - candidate: On whom would be decided.
  ///   - trainers: Everybody who taught the candidate in this programme.
  ///   - examiners: Everybody who sat in a commission, recorded or confirmed for the candidate.
  package static func decision(
    by certifier: Int64, on candidate: Int64, trainers: Set<Int64>, examiners: Set<Int64>
  ) -> Reason? {
    if certifier == candidate { return .decidesHimself }
    if trainers.contains(certifier) { return .decidesOwnTrainee }
    return examiners.contains(certifier) ? .decidesOwnCandidate : nil
  }
}
