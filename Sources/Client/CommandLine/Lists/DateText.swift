/// A day as people and spreadsheets write it.
enum DateText: Equatable {
  /// Read, in ISO 8601.
  case day(String)
  /// It may be one of several.
  case several
  /// A number that is this day, if it is one of a spreadsheet.
  case serial(String)
  /// That month has not so many days.
  case beyond(month: Int, year: Int, days: Int)
  /// No day at all; the server says so.
  case unknown

  /// In which order somebody says that the days of a file are written.
  enum Form: String, CaseIterable {
    case dayFirst = "DD.MM.YYYY"
    case monthFirst = "MM/DD/YYYY"
    case yearFirst = "YYYY-MM-DD"
    /// The days since the end of 1899, as spreadsheets count them.
    case excel
  }

  init(_ typed: String, as form: Form? = nil) {
    // Nearly all are so already.
    let first = typed.split(separator: "-", omittingEmptySubsequences: false)
    if typed.utf8.count == 10, first.map(\.count) == [4, 2, 2], let year = Int(first[0]),
      let month = Int(first[1]), let day = Int(first[2])
    {
      self.init(year: year, month: month, day: day)
      return
    }
    // The midnight and the word for year that are written behind it say nothing.
    var text = typed.withoutUnseen.withSingleSpaces
    text = text.replacing(/[ T]00?:00(:00)?(\.0+)?Z?$/, with: "")
    text = text.replacing(
      /\s*(г\.?\s?р\.?|года рождения|г|г\.|года|ж|ж\.|жыл|жылы)$/, with: "")
    if let serial = Self.serial(text) {
      self = form == .excel ? .day(serial) : .serial(serial)
      return
    }
    guard let sign = text.first(where: { "./-".contains($0) }) else {
      self = .unknown
      return
    }
    let parts = text.split(separator: sign, omittingEmptySubsequences: false)
      .map(\.withSingleSpaces)
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
    }
    let sizes = parts.map(\.count)
    guard numbers.count == 3, parts.count == 3 else {
      self = .unknown
      return
    }
    if sizes[0] == 4, (1...2).contains(sizes[1]), (1...2).contains(sizes[2]) {
      self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    } else if (1...2).contains(sizes[0]), (1...2).contains(sizes[1]), sizes[2] == 4 {
      switch (sign, form) {
      case (".", _), (_, .dayFirst):
        self.init(year: numbers[2], month: numbers[1], day: numbers[0])
      case (_, .monthFirst):
        self.init(year: numbers[2], month: numbers[0], day: numbers[1])
      default: self = .several
      }
    } else {
      self = sizes.allSatisfy { (1...2).contains($0) } ? .several : .unknown
    }
  }

  private init(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...31).contains(day) else {
      self = .unknown
      return
    }
    let days = Self.days(in: month, of: year)
    guard day <= days else {
      self = .beyond(month: month, year: year, days: days)
      return
    }
    self = .day(Self.iso(year, month, day))
  }

  /// The day before one in ISO 8601.
  static func dayBefore(_ iso: String) -> String? {
    let parts = iso.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    let (year, month, day) = (parts[0], parts[1], parts[2])
    if day > 1 { return Self.iso(year, month, day - 1) }
    return month > 1
      ? Self.iso(year, month - 1, Self.days(in: month - 1, of: year)) : Self.iso(year - 1, 12, 31)
  }

  private static func iso(_ year: Int, _ month: Int, _ day: Int) -> String {
    func padded(_ number: Int, _ count: Int) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// The day of a spreadsheet's number, in the years that people and papers are of.
  private static func serial(_ text: String) -> String? {
    // Some set thousands apart.
    let digits = text.replacing(/[.,]0+$/, with: "").replacing(/^([0-9]{2}) ([0-9]{3})$/) {
      "\($0.1)\($0.2)"
    }
    // From 1919 on; a number below is a year more likely.
    guard (4...5).contains(digits.count), let number = Int(digits),
      (7_000...73_050).contains(number)
    else { return nil }
    // Number 1 is 1 January 1900; spreadsheets have a 29 February of that year, which is number 60.
    var (year, day) = (1900, number > 60 ? number - 1 : number)
    while day > Self.daysOf(year) {
      day -= Self.daysOf(year)
      year += 1
    }
    var month = 1
    while day > Self.days(in: month, of: year) {
      day -= Self.days(in: month, of: year)
      month += 1
    }
    return Self.iso(year, month, day)
  }

  private static func daysOf(_ year: Int) -> Int {
    (1...12).reduce(0) { $0 + Self.days(in: $1, of: year) }
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
