import BitimProtocol
import Testing

@Suite("Flow control")
struct FlowControlTests {
  private func frame(_ stream: UInt32, _ octets: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(truncatingIfNeeded: stream), count: octets)
  }

  /// A connection of so many streams, each with a message of ten octets, whose credit the first
  /// stream's message has used up.
  private func exhausted(streams: Int) throws -> FlowControl {
    var flow = FlowControl(isCounting: true)
    for number in 0..<streams { flow.open(UInt32(2 * number + 1)) }
    flow.offer(self.frame(1, 2 << 20), on: 1)
    #expect(flow.next()?.octets.count == 2 << 20)
    for number in 1..<streams {
      let stream = UInt32(2 * number + 1)
      flow.offer(self.frame(stream, 10), on: stream)
    }
    #expect(flow.next() == nil)
    return flow
  }

  @Test("streams keep their turn while the connection has no credit, and an end needs none")
  func turn() throws {
    var flow = try self.exhausted(streams: 5)
    flow.offer(last: self.frame(7, 3), on: 7)
    // What has ended loses its place; what has nothing but its end needs no credit for it.
    flow.close(5)
    flow.open(11)
    flow.offer(last: self.frame(11, 3), on: 11)
    #expect(flow.next() == .init(stream: 11, octets: self.frame(11, 3), isLast: true))
    #expect(flow.next() == nil)
    // The first message drew the credit a mebibyte below nothing: one octet above it is enough.
    try flow.credited(1 << 20, on: 0)
    #expect(flow.next() == nil)
    try flow.credited(1, on: 0)
    #expect(flow.next() == .init(stream: 3, octets: self.frame(3, 10), isLast: false))
    #expect(flow.next() == nil)
    try flow.credited(100, on: 0)
    #expect(flow.next() == .init(stream: 7, octets: self.frame(7, 10), isLast: false))
    #expect(flow.next() == .init(stream: 7, octets: self.frame(7, 3), isLast: true))
    #expect(flow.next() == .init(stream: 9, octets: self.frame(9, 10), isLast: false))
    #expect(flow.next() == nil)
  }

  @Test("streams that come and go without credit leave no places behind")
  func places() throws {
    var flow = try self.exhausted(streams: 2)
    for number in 0..<100_000 {
      let stream = UInt32(2 * number + 5)
      flow.open(stream)
      flow.offer(self.frame(1, 10), on: stream)
      flow.close(stream)
    }
    #expect(flow.placeCount <= 2 * flow.openCount + 64)
    try flow.credited(2 << 20, on: 0)
    #expect(flow.next() == .init(stream: 3, octets: self.frame(3, 10), isLast: false))
    #expect(flow.next() == nil)
  }

  /// The limit is far from what one look at the count takes, and far below what a look at every
  /// stream would.
  @Test("credit costs the same whatever is open", .timeLimit(.minutes(1)))
  func credit() throws {
    var flow = try self.exhausted(streams: 1_000)
    for _ in 0..<500_000 {
      try flow.credited(1, on: 0)
      #expect(flow.next() == nil)
    }
  }
}
