import BitimProtocol
import Testing

@testable import BitimClient

@Suite("The client's machine towards servers of either kind")
struct ClientMachineTests {
  private static let second: Int64 = 1_000_000_000

  /// A machine whose server has agreed to everything, and which has nothing to say.
  private func extended() throws -> ClientMachine {
    let hello = Extensions.hello(agent: "test", windows: .least)
    var machine = ClientMachine(hello: hello, now: 0)
    _ = machine.nextFrame()
    let reply = Extensions.reply(to: hello, agent: "server", windows: .least)
    self.hear(&machine, ResponseFrame.success(stream: 1, payload: reply.encoded) ?? [])
    let events = machine.takeEvents()
    #expect(events == [.greeted(.all)])
    return machine
  }

  @discardableResult
  private func hear(_ machine: inout ClientMachine, _ frame: [UInt8], at now: Int64 = 0) -> String?
  {
    guard let header = FrameHeader(peeking: frame.span) else { return "no frame" }
    _ = machine.headerArrived(header, now: now)
    let data = Array(frame.dropFirst(FrameHeader.octetCount))
    return machine.frameArrived(header, data.span, now: now)
  }

  private func opened(
    _ machine: inout ClientMachine, _ shape: MethodDescriptor.Shape = .unary
  ) throws -> UInt32 {
    let stream = machine.open([], shape)
    _ = machine.nextFrame()
    return try #require(stream)
  }

  @Test("an error instead of a HelloReply means plain ttrpc: no frame of an extension is ever sent")
  func plain() throws {
    var machine = ClientMachine(hello: Extensions.hello(agent: "", windows: .least), now: 0)
    _ = machine.nextFrame()
    self.hear(
      &machine,
      ResponseFrame.failure(stream: 1, status: Status(.unimplemented, "service")))
    #expect(machine.takeEvents() == [.greeted([])])
    let stream = try self.opened(&machine)
    machine.cancel(stream, code: 0)
    #expect(machine.nextFrame() == nil)
    #expect(machine.dueAt == nil)
  }

  @Test("cancelling before the server has answered Hello is told when it has")
  func cancelsEarly() throws {
    let hello = Extensions.hello(agent: "", windows: .least)
    var machine = ClientMachine(hello: hello, now: 0)
    let stream = try self.opened(&machine)
    machine.cancel(stream, code: 1)
    #expect(machine.nextFrame() == nil)
    let reply = Extensions.reply(to: hello, agent: "", windows: .least)
    self.hear(&machine, ResponseFrame.success(stream: 1, payload: reply.encoded) ?? [])
    #expect(machine.nextFrame()?.octets == ExtensionFrame.cancel(stream: 3, code: 1).octets)
  }

  @Test("a stock server is never sent data on a stream whose end was seen")
  func noDataAfterEnd() throws {
    var machine = ClientMachine(hello: nil, now: 0)
    let stream = try self.opened(&machine, .bidirectional)
    let message = DataFrame.message(octets: [1], stream: stream)
    let first = machine.send(message, on: stream)
    #expect(first)
    self.hear(&machine, DataFrame.close(stream: stream))
    #expect(machine.takeEvents() == [.ended(stream: stream, .closed)])
    let second = machine.send(message, on: stream)
    #expect(!second)
    machine.closeSending(stream)
    machine.cancel(stream, code: 0)
    // What waited has gone with the stream.
    #expect(machine.nextFrame() == nil)
  }

  @Test("calls above GOAWAY's id did not run, the others finish, and no more are begun")
  func goAway() throws {
    var machine = try self.extended()
    let first = try self.opened(&machine)
    let second = try self.opened(&machine)
    self.hear(
      &machine, ExtensionFrame.goAway(last: first, code: .stopping, text: "bye").octets)
    #expect(
      machine.takeEvents()
        == [.ended(stream: second, .notExecuted("the server is leaving: bye"))])
    #expect(!machine.mayOpen)
    self.hear(&machine, ResponseFrame.success(stream: first, payload: [1]) ?? [])
    #expect(machine.takeEvents().count == 1)
    #expect(machine.isIdle)
  }

  @Test("a server that says nothing for thirty seconds is asked, and given up after ten more")
  func keepsAlive() throws {
    var machine = try self.extended()
    #expect(machine.dueAt == nil)
    _ = try self.opened(&machine)
    #expect(machine.dueAt == 30 * Self.second)
    let early = machine.timePassed(29 * Self.second)
    #expect(early == nil)
    #expect(machine.nextFrame() == nil)
    let asked = machine.timePassed(30 * Self.second)
    #expect(asked == nil)
    #expect(machine.nextFrame()?.octets == ExtensionFrame.ping(1, isAnswer: false).octets)
    let lost = machine.timePassed(40 * Self.second)
    #expect(lost == "the server has not answered for ten seconds")
    // Any octet is a sign of life.
    self.hear(&machine, ExtensionFrame.ping(1, isAnswer: true).octets, at: 39 * Self.second)
    let alive = machine.timePassed(40 * Self.second)
    #expect(alive == nil)
    #expect(machine.dueAt == 69 * Self.second)
  }

  @Test("answers nobody waits for and unknown frames are counted and dropped")
  func strays() throws {
    var machine = try self.extended()
    self.hear(&machine, ResponseFrame.success(stream: 77, payload: []) ?? [])
    self.hear(&machine, DataFrame.message(octets: [1], stream: 77))
    self.hear(&machine, FrameHeader(length: 0, stream: 2, kind: 0x7E).octets)
    self.hear(&machine, FrameHeader(length: 0, stream: 2, kind: 1).octets)
    #expect(machine.strayCount == 4)
    #expect(machine.takeEvents() == [])
  }

  @Test("an answer above 4 MiB fails its own call, and the connection goes on; 16 MiB ends it")
  func tooLong() throws {
    var machine = ClientMachine(hello: nil, now: 0)
    let stream = try self.opened(&machine)
    let action = machine.headerArrived(
      FrameHeader(length: 4_194_305, stream: stream, kind: 2), now: 0)
    #expect(action == .skip)
    #expect(
      machine.takeEvents()
        == [.ended(stream: stream, .malformed("the answer is longer than a frame may be"))])
    let huge = machine.headerArrived(
      FrameHeader(length: 16_777_217, stream: 1, kind: 2), now: 0)
    #expect(huge == .close("the server sent a frame above 16 MiB"))
  }

  @Test("no more calls are begun than the server takes, nor requests longer than it takes")
  func limits() throws {
    let hello = Extensions.hello(agent: "", windows: .least)
    var machine = ClientMachine(hello: hello, now: 0)
    var reply = Extensions.reply(to: hello, agent: "", windows: .least)
    reply.maxStreams = 1
    reply.maxFrame = 65_536
    self.hear(&machine, ResponseFrame.success(stream: 1, payload: reply.encoded) ?? [])
    let long = machine.open([UInt8](repeating: 0, count: 65_537), .unary)
    #expect(long == nil)
    let first = machine.open([UInt8](repeating: 0, count: 65_536), .unary)
    #expect(first == 3)
    #expect(!machine.mayOpen)
  }

  @Test("a connection takes no more calls long before its ids run out")
  func runsOut() throws {
    var machine = ClientMachine(hello: nil, now: 0, firstStream: 0x7FFF_FFFD)
    #expect(machine.mayOpen)
    let last = try self.opened(&machine)
    #expect(last == 0x7FFF_FFFD)
    #expect(!machine.mayOpen)
  }

  @Test("a last message may come with the end, and an end without a message is no message")
  func ends() throws {
    var machine = ClientMachine(hello: nil, now: 0)
    let stream = try self.opened(&machine, .serverStream)
    let header = FrameHeader(length: 1, stream: stream, kind: 3, flags: 1)
    self.hear(&machine, header.octets + [9])
    #expect(
      machine.takeEvents() == [.message(stream: stream, [9]), .ended(stream: stream, .closed)])
    let other = try self.opened(&machine, .serverStream)
    self.hear(&machine, FrameHeader(length: 0, stream: other, kind: 3, flags: 4).octets)
    #expect(machine.takeEvents() == [])
    // A response without an error: one message more, then the end, as Go's clients take it.
    self.hear(&machine, ResponseFrame.success(stream: other, payload: [5]) ?? [])
    #expect(
      machine.takeEvents() == [.message(stream: other, [5]), .ended(stream: other, .closed)])
  }
}
