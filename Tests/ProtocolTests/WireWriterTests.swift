import BitimProtocol
import Testing

@Suite("The writer")
struct WireWriterTests {
  @Test(
    "a length stands before what it measures, in as few octets as it needs",
    arguments: [
      (0, [0]), (127, [0x7F]), (128, [0x80, 0x01]), (16_383, [0xFF, 0x7F]),
      (16_384, [0x80, 0x80, 0x01]), (2_097_152, [0x80, 0x80, 0x80, 0x01]),
    ] as [(Int, [UInt8])])
  func lengths(count: Int, length: [UInt8]) {
    var writer = WireWriter(capacity: 0)
    writer.octet(9)
    writer.delimited { $0.octets([UInt8](repeating: 7, count: count)) }
    writer.octet(8)
    #expect(writer.written == [9] + length + [UInt8](repeating: 7, count: count) + [8])
  }

  @Test("a status too long for its frame keeps its code and the start of its message")
  func longStatus() throws {
    // One character of forty thousand scalars.
    let long = "ә" + String(repeating: "\u{301}", count: 40_000)
    let frame = ResponseFrame.failure(stream: 7, status: Status(.internal, long))
    let header = FrameHeader(peeking: frame.span)
    #expect(header == FrameHeader(length: UInt32(frame.count - 10), stream: 7, kind: 2))
    let status = try Ttrpc.Response(decoding: Array(frame.dropFirst(10))).status
    #expect(status?.code == 13)
    #expect(status?.message == "ә" + String(repeating: "\u{301}", count: 199))
  }
}
