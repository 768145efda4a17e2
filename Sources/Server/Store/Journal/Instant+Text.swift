package import BitimDomain
import BitimProtocol

extension Instant {
  /// The instant as people and programs read it: `2026-11-24T22:30:00.125Z`.
  package var text: String {
    GoogleProtobuf.Timestamp(unixMilliseconds: self.unixMilliseconds).text
  }
}
