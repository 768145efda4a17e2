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
        == #"{"standing":"STANDING_UNSPECIFIED","since":"","reason":"REVOCATION_REASON_UNSPECIFIED","until":"","ground":"SUSPENSION_GROUND_UNSPECIFIED","successor":"","told":"REVOCATION_TOLD_UNSPECIFIED","stayedIn":"0"}"#
    )
    #expect(
      try JSONText(showsDefaults: true).text(BitimV1.IssuedLine()) == #"{"number":"","code":""}"#)
  }

  @Test("a singular number takes no packed octets, as it does when it is decoded")
  func packed() throws {
    // Field 1, id, delimited as a packed list would be; then field 5, a birth year, as it should be.
    let octets: [UInt8] = [0x0A, 1, 7]
    #expect(try BitimV1.PersonLine(decoding: octets).id == 0)
    #expect(try JSONText().text(octets.span, as: BitimV1.PersonLine.protoName) == "{}")
  }

  @Test("names the field that can't be shown, by its way there")
  func unshown() throws {
    // A Names whose second name is one octet of no UTF-8 as its surname.
    let octets: [UInt8] = [0x1A, 5, 0x0A, 3, 0x0A, 1, 0xFF]
    let fault = #expect(throws: JSONText.Fault.self) {
      try JSONText().text(octets.span, as: BitimV1.PersonLine.protoName)
    }
    #expect(fault?.description == "names.kk.surname: is not UTF-8")
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
