/// Rows of an enrolment with its place, for tests that write them by hand.
enum Enrolled {
  /// Enrols a person in a cohort.
  ///
  /// - Parameter end: How the place ended, as SQL: the act, how, and the last day.
  static func sql(
    _ id: some BinaryInteger, person: some BinaryInteger, cohort: some BinaryInteger,
    on day: String = "2026-02-02", by seq: Int = 1, end: String = "NULL, NULL, NULL"
  ) -> String {
    """
    INSERT INTO enrolment VALUES (\(id), \(person), \(seq));
    INSERT INTO place VALUES (\(id), \(person), \(cohort), '\(day)', \(seq), \(end));
    """
  }
}
