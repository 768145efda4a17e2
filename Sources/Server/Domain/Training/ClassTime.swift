/// When a class is: a day, and two times of it by the School's clock.
package struct ClassTime: Hashable, Sendable {
  /// The day.
  package let day: CivilDate
  /// Minutes after midnight when it begins.
  package let starts: Int
  /// Minutes after midnight when it ends; later than ``starts``.
  package let ends: Int

  /// A class of at least a minute within one day; nil otherwise.
  package init?(day: CivilDate, starts: Int, ends: Int) {
    guard starts >= 0, starts < ends, ends <= 24 * 60 else { return nil }
    self.day = day
    self.starts = starts
    self.ends = ends
  }

  /// Whether both claim the same minute: nobody is in two such classes.
  package func overlaps(_ other: ClassTime) -> Bool {
    self.day == other.day && self.starts < other.ends && other.starts < self.ends
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

  /// Minutes after midnight as `09:30`.
  package static func text(_ minute: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(padded(minute / 60)):\(padded(minute % 60))"
  }
}
