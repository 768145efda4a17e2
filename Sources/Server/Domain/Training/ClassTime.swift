/// When a class is: the day it starts, to which it belongs, and two times by the School's clock.
///
/// Times are those of a wall clock: an hour that came twice counts once.
package struct ClassTime: Hashable, Sendable {
  /// Until when a class may go on: 06:00 of the next day.
  static let latestEnd = 30 * 60
  private static let minutesOfDay = 24 * 60

  /// The day it starts.
  package let day: CivilDate
  /// Minutes after midnight when it begins.
  package let starts: Int
  /// Minutes after the midnight before it begins when it ends; later than ``starts``, and above 1,440 where that
  /// is on the next day.
  package let ends: Int

  /// A class of at least a minute that ends by ``latestEnd``; nil otherwise.
  package init?(day: CivilDate, starts: Int, ends: Int) {
    guard starts >= 0, starts < Self.minutesOfDay, starts < ends, ends <= Self.latestEnd else {
      return nil
    }
    self.day = day
    self.starts = starts
    self.ends = ends
  }

  /// Whether both claim the same minute, midnight or not: nobody is in two such classes.
  package func overlaps(_ other: ClassTime) -> Bool {
    // How much later this one's midnight is.
    let later = (self.day.dayNumber - other.day.dayNumber) * Self.minutesOfDay
    return self.starts + later < other.ends && other.starts < self.ends + later
  }

  /// The days whose classes may be at the same time as one of `day`.
  package static func days(around day: CivilDate) -> (first: CivilDate, last: CivilDate) {
    (CivilDate(dayNumber: day.dayNumber - 1), CivilDate(dayNumber: day.dayNumber + 1))
  }

  /// When a class ends that begins at `starts` and for which `minute` was typed: an early hour that is not
  /// after the beginning is the next day's.
  static func end(typed minute: Int, after starts: Int) -> Int {
    let next = minute + Self.minutesOfDay
    return minute <= starts && next <= Self.latestEnd ? next : minute
  }

  /// The minutes after midnight that `text`, as `09:30`, says; nil for anything else.
  package static func minute(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      text.utf8.allSatisfy({ $0 == 0x3A || ($0 >= 0x30 && $0 <= 0x39) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour <= 24, minute < 60,
      hour * 60 + minute <= 24 * 60
    else { return nil }
    return hour * 60 + minute
  }

  /// Reads a time that must be there.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/notATime``.
  package static func minute(typed text: String, column: String) throws(Refusal) -> Int {
    guard !text.isEmpty else { throw Refusal(.missing, column: column) }
    guard let minute = Self.minute(text) else {
      throw Refusal(.notATime, column: column, value: text)
    }
    return minute
  }

  /// Minutes after midnight as `09:30`; of the next day as a clock shows them then.
  package static func text(_ minute: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let minute = minute > Self.minutesOfDay ? minute - Self.minutesOfDay : minute
    return "\(padded(minute / 60)):\(padded(minute % 60))"
  }
}
