/// A civil day, counted from 1970-01-01; the model has its own calendar.
typealias Day = Int

/// Days as `YYYY-MM-DD`, by the calendar's own rules, month after month.
enum Calendar {
  static func days(in month: Int, of year: Int) -> Int {
    if month == 2 { return Self.days(of: year) - 337 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  static func days(of year: Int) -> Int {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
  }

  static func parts(_ day: Day) -> (year: Int, month: Int, day: Int) {
    var (year, month, left) = (1970, 1, day)
    while left < 0 {
      year -= 1
      left += Self.days(of: year)
    }
    while left >= Self.days(of: year) {
      left -= Self.days(of: year)
      year += 1
    }
    while left >= Self.days(in: month, of: year) {
      left -= Self.days(in: month, of: year)
      month += 1
    }
    return (year, month, left + 1)
  }

  static func day(_ text: String) -> Day {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    var count = parts[2] - 1
    for year in 1970..<max(1970, parts[0]) { count += Self.days(of: year) }
    for year in min(1970, parts[0])..<1970 { count -= Self.days(of: year) }
    for month in 1..<parts[1] { count += Self.days(in: month, of: parts[0]) }
    return count
  }

  static func text(_ day: Day) -> String {
    let (year, month, day) = Self.parts(day)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// The same-numbered day so many years earlier, or that month's last.
  static func yearsBack(_ years: Int, from day: Day) -> Day {
    let (year, month, number) = Self.parts(day)
    let last = Self.days(in: month, of: year - years)
    return Self.day(Self.text(day - number + 1).replacingYear(year - years)) + min(number, last) - 1
  }

  /// Full years on a day; a birthday of 29 February is 1 March in common years.
  static func age(on day: Day, born: Day) -> Int {
    let (birth, now) = (Self.parts(born), Self.parts(day))
    let isBefore = (now.month, now.day) < (birth.month, birth.day)
    return now.year - birth.year - (isBefore ? 1 : 0)
  }
}

extension String {
  fileprivate func replacingYear(_ year: Int) -> String { "\(year)" + self.dropFirst(4) }
}

/// Numbers drawn from a seed, the same on every machine (SplitMix64).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { self.state = seed }

  mutating func next() -> UInt64 {
    self.state &+= 0x9E37_79B9_7F4A_7C15
    var bits = self.state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Whether what happens `percent` times of a hundred happens.
  mutating func happens(_ percent: Int) -> Bool { Int.random(in: 1...100, using: &self) <= percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func one<Element>(of list: [Element]) -> Element? { list.randomElement(using: &self) }
}
