extension GoogleProtobuf.Timestamp {
  /// The instant so many milliseconds after 1970; `nanos` counts forwards before 1970 too, as the
  /// message wants it.
  public init(unixMilliseconds: Int64) {
    self.init()
    let rest = ((unixMilliseconds % 1_000) + 1_000) % 1_000
    self.seconds = (unixMilliseconds - rest) / 1_000
    self.nanos = Int32(rest) * 1_000_000
  }

  /// Whether it is of the years 1 to 9999, with nanoseconds from 0 to 999,999,999: no other has a ``text``.
  public var isWithinYears: Bool {
    (-62_135_596_800...253_402_300_799).contains(self.seconds)
      && (0..<1_000_000_000).contains(self.nanos)
  }

  /// RFC 3339 in UTC, with no, three, six or nine digits of a second's fraction:
  /// `2026-11-24T22:30:00.125Z`. It is what JSON shows, for the years 1 to 9999.
  public var text: String { JSONText.instant(seconds: self.seconds, nanos: self.nanos) }
}
