/// Instants as JSON writes them: RFC 3339 with a day, a time and an offset.
package enum RFC3339 {
  /// Reads `2026-11-20T09:00:00.5+05:00`; nil if it is no instant of the years 1 to 9999.
  static func instant(_ text: String) -> GoogleProtobuf.Timestamp? {
    let octets = Array(text.utf8)
    guard octets.count >= 20, octets[10] == UInt8(ascii: "T"),
      octets[4] == UInt8(ascii: "-"), octets[7] == UInt8(ascii: "-"),
      octets[13] == UInt8(ascii: ":"), octets[16] == UInt8(ascii: ":"),
      let year = Self.number(octets[0..<4]), let month = Self.number(octets[5..<7]),
      let day = Self.number(octets[8..<10]), let hour = Self.number(octets[11..<13]),
      let minute = Self.number(octets[14..<16]), let second = Self.number(octets[17..<19]),
      year >= 1, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var rest = octets[19...]
    var stamp = GoogleProtobuf.Timestamp()
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard let nanos = Self.nanoseconds(String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      stamp.nanos = nanos
      rest = rest[digits.endIndex...]
    }
    guard let offset = Self.offset(rest) else { return nil }
    stamp.seconds =
      Self.dayNumber(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    return (-62_135_596_800...253_402_300_799).contains(stamp.seconds) ? stamp : nil
  }

  /// The nanoseconds that digits behind a point come to; nil unless there are one to nine.
  static func nanoseconds(_ digits: some StringProtocol) -> Int32? {
    guard (1...9).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    return Int32(digits + String(repeating: "0", count: 9 - digits.utf8.count))
  }

  private static func offset(_ octets: ArraySlice<UInt8>) -> Int64? {
    if octets.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
    let octets = Array(octets)
    guard octets.count == 6, octets[3] == UInt8(ascii: ":"),
      octets[0] == UInt8(ascii: "+") || octets[0] == UInt8(ascii: "-"),
      let hours = Self.number(octets[1..<3]), let minutes = Self.number(octets[4..<6]),
      hours < 24, minutes < 60
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return octets[0] == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func number(_ octets: ArraySlice<UInt8>) -> Int64? {
    var number: Int64 = 0
    for octet in octets {
      guard octet >= 0x30, octet <= 0x39 else { return nil }
      number = number * 10 + Int64(octet - 0x30)
    }
    return number
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days since 1970: Howard Hinnant's `days_from_civil`, in the public domain.
  package static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
