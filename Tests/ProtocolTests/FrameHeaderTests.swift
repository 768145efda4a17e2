import BitimProtocol
import Testing

@Suite("Frame header")
struct FrameHeaderTests {
  private let octets: [UInt8] = [0, 0x40, 0, 1, 0x80, 0, 0, 3, 2, 5]

  @Test("waits until all ten octets are there", arguments: 0..<FrameHeader.octetCount)
  func waits(arrived: Int) {
    let prefix = Array(self.octets.prefix(arrived))
    #expect(FrameHeader(peeking: prefix.span) == nil)
  }

  @Test("reads and writes big-endian integers")
  func integers() {
    let header = FrameHeader(length: 0x40_0001, stream: 0x8000_0003, kind: 2, flags: 5)
    #expect(FrameHeader(peeking: self.octets.span) == header)
    #expect(header.octets == self.octets)
  }

  @Test("answers longer than a frame are not written")
  func tooLong() {
    let payload = [UInt8](repeating: 0, count: Int(FrameHeader.lengthMax))
    #expect(ResponseFrame.success(stream: 1, payload: payload) == nil)
    #expect(
      ResponseFrame.success(stream: 1, payload: Array(payload.dropLast(5)))?.count
        == 10 + Int(FrameHeader.lengthMax))
  }
}
