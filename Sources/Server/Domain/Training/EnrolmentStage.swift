/// Where an enrolment stands, in one word.
package enum EnrolmentStage: String, CaseIterable, Sendable {
  case enrolled
  /// An attempt was failed, and confirmed.
  case failed
  /// The last attempt was annulled.
  case annulled
  case passed
  case certified
  /// Attendance at a seminar was stated.
  case attended
}
