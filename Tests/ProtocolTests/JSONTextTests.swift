import BitimProtocol
import Testing

@Suite("JSON of messages")
struct JSONTextTests {
  @Test("names fields in camel case, 64-bit integers as strings and enums by name")
  func names() throws {
    var line = BitimV1.PersonLine()
    line.id = 7
    line.displayId = "P-7-93"
    line.birthYear = 1990
    line.names = .init()
    line.names?.kk = .init()
    line.names?.kk?.surname = "Өтегенова \"Ұ\"\n"
    #expect(
      try JSONText().text(line)
        == #"{"id":"7","displayId":"P-7-93","names":{"kk":{"surname":"Өтегенова \"Ұ\"\n"}},"#
        + #""birthYear":1990}"#)
    var status = BitimV1.CertificateStatus()
    status.standing = .revoked
    status.since = "2026-11-20"
    #expect(
      try JSONText().text(status) == #"{"standing":"STANDING_REVOKED","since":"2026-11-20"}"#)
  }

  @Test("shows defaults when asked, but never an absent message")
  func defaults() throws {
    #expect(
      try JSONText(showsDefaults: true).text(BitimV1.CertificateStatus())
        == #"{"standing":"STANDING_UNSPECIFIED","since":"","reason":"REVOCATION_REASON_UNSPECIFIED","until":"","ground":"SUSPENSION_GROUND_UNSPECIFIED"}"#
    )
    #expect(
      try JSONText(showsDefaults: true).text(BitimV1.IssuedLine()) == #"{"number":"","code":""}"#)
  }

  struct Stamp: CustomTestStringConvertible {
    let seconds: Int64
    let nanos: Int32
    let text: String
    var testDescription: String { self.text }
  }

  // Expected values by `date -u -d @SECONDS`.
  @Test(
    "writes instants as RFC 3339 in UTC",
    arguments: [
      Stamp(seconds: 0, nanos: 0, text: "1970-01-01T00:00:00Z"),
      Stamp(seconds: 1_709_164_800, nanos: 5_000_000, text: "2024-02-29T00:00:00.005Z"),
      Stamp(seconds: -1, nanos: 1, text: "1969-12-31T23:59:59.000000001Z"),
      Stamp(seconds: 253_402_300_799, nanos: 999_999_000, text: "9999-12-31T23:59:59.999999Z"),
    ])
  func instants(_ stamp: Stamp) throws {
    var message = GoogleProtobuf.Timestamp()
    message.seconds = stamp.seconds
    message.nanos = stamp.nanos
    #expect(try JSONText().text(message) == "\"\(stamp.text)\"")
  }
}
