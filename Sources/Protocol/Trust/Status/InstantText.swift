/// Instants as RFC 3339 has them in UTC.
enum InstantText {
  /// Milliseconds since 1970; nil for what is no instant, or one of another form than `Z` has.
  static func milliseconds(_ text: String) -> Int64? {
    guard
      let match = text.wholeMatch(
        of: /([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,3}))?Z/),
      NoteLines.isDay(match.output.1), let hour = Int64(match.output.2), hour < 24,
      let minute = Int64(match.output.3), minute < 60, let second = Int64(match.output.4),
      second < 60
    else { return nil }
    let parts = match.output.1.split(separator: "-").compactMap { Int64($0) }
    // Days from a civil date: Howard Hinnant's `days_from_civil`, in the public domain.
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let month = parts[1] > 2 ? parts[1] - 3 : parts[1] + 9
    let days =
      year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2] - 1
      - 719_468
    let digits = match.output.5 ?? ""
    let part = Int64(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
    return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + part
  }
}
