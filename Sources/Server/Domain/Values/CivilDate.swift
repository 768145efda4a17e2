/// A day of the Gregorian calendar, without a time or a zone.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let dayNumber: Int

  /// The day `dayNumber` days after 1970-01-01.
  package init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// The day with these numbers; nil if the calendar has none, or outside 1900 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1900...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= Self.days(in: month, of: year) else { return nil }
    // Days from a civil date: Howard Hinnant's `days_from_civil`, in the public domain.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.dayNumber = era * 146_097 + dayOfEra - 719_468
  }

  /// The day that `YYYY-MM-DD` names; nil for anything else.
  package init?(iso text: String) {
    self.init(iso: text.utf8.span)
  }

  /// The day that the octets of `YYYY-MM-DD` name; nil for anything else.
  package init?(iso octets: Span<UInt8>) {
    guard octets.count == 10, octets[4] == 0x2D, octets[7] == 0x2D else { return nil }
    var number = 0
    for index in 0..<10 where index != 4 && index != 7 {
      let digit = octets[index] &- 0x30
      guard digit <= 9 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// The day's year, month and day.
  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = self.dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The day as `YYYY-MM-DD`.
  package var iso: String {
    let (year, month, day) = self.parts
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    guard (1_000...9_999).contains(year) else {
      return "\(year)-\(padded(month))-\(padded(day))"
    }
    // Every record and many a row has days; put together octet by octet they cost a fifth.
    func digit(_ value: Int) -> UInt8 { 0x30 + UInt8(value % 10) }
    return String(
      decoding: [
        digit(year / 1_000), digit(year / 100), digit(year / 10), digit(year), 0x2D,
        digit(month / 10), digit(month), 0x2D, digit(day / 10), digit(day),
      ], as: UTF8.self)
  }

  /// How many whole years have passed since this day on `day`; who is born on 29 February has a
  /// birthday on 1 March of common years.
  package func years(until day: CivilDate) -> Int {
    let (from, to) = (self.parts, day.parts)
    let hadBirthday = (to.month, to.day) >= (from.month, from.day)
    return to.year - from.year - (hadBirthday ? 0 : 1)
  }

  /// The same-numbered day so many months later, or that month's last day if it has none (R-014,
  /// R-015); months before when negative. Beyond the years that days can have, the nearest of them.
  package func adding(months: Int) -> CivilDate {
    let (year, month, day) = self.parts
    let whole = max(1_900 * 12, min(year * 12 + month - 1 + months, 9_999 * 12 + 11))
    let (newYear, newMonth) = (whole / 12, whole % 12 + 1)
    let newDay = min(day, Self.days(in: newMonth, of: newYear))
    return CivilDate(year: newYear, month: newMonth, day: newDay) ?? self
  }

  /// The same-numbered day so many years before, or that month's last day if it has none.
  package func yearsBefore(_ years: Int) -> CivilDate { self.adding(months: -12 * years) }

  /// Whether the first day is earlier.
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.dayNumber < right.dayNumber
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
