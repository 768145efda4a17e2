package import BitimDomain
import BitimProtocol

extension Instant {
  /// The instant as people and programs read it: `2026-11-24T22:30:00.125Z`.
  package var text: String {
    var stamp = GoogleProtobuf.Timestamp()
    let rest = ((self.unixMilliseconds % 1_000) + 1_000) % 1_000
    stamp.seconds = (self.unixMilliseconds - rest) / 1_000
    stamp.nanos = Int32(rest) * 1_000_000
    // A timestamp's JSON is its text in quotes.
    return String((try? JSONText().text(stamp))?.dropFirst().dropLast() ?? "")
  }
}
