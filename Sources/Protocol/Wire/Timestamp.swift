extension GoogleProtobuf.Timestamp {
  /// The instant so many milliseconds after 1970; `nanos` counts forwards before 1970 too, as the
  /// message wants it.
  public init(unixMilliseconds: Int64) {
    self.init()
    let rest = ((unixMilliseconds % 1_000) + 1_000) % 1_000
    self.seconds = (unixMilliseconds - rest) / 1_000
    self.nanos = Int32(rest) * 1_000_000
  }
}
