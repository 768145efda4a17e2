import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Synchronization
import Testing

@Suite("What one address may do")
struct LimitTests {
  /// A server behind a terminator that this test plays: its own user is told to speak for others.
  private final class Terminated {
    let server: Server
    let address: Address
    let folder: URL
    let time: Time

    final class Time: Sendable {
      let now = Atomic<Int64>(1)
      /// What whoever runs the server was told.
      let told = Lock<[String]>([])
    }

    init(_ limits: AddressLimits, terminators: Set<UInt32> = [getuid()]) throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      self.folder = folder
      self.address = .unix(path: folder.appendingPathComponent("s").path)
      let time = Time()
      self.time = time
      let echo = MethodDescriptor(service: "t.T", name: "Echo", kind: .read, shape: .unary)
      self.server = try Server(
        Server.Layout(
          addresses: [self.address], loops: 2, limits: limits, terminators: terminators),
        table: CallTable<Int>([
          Route(echo, .read { _, payload, _, output in output.append(payload) })
        ]),
        clock: Clock(
          monotonicNanoseconds: { time.now.load(ordering: .acquiring) },
          unixMilliseconds: { 0 }), makeContext: { _ in 0 },
        notice: { notice in
          if case .listening = notice { return }
          time.told.withLock { $0.append("\(notice)") }
        })
    }

    deinit {
      self.server.stop(within: 5)
      // A temporary folder that stays harms no test.
      try? FileManager.default.removeItem(at: self.folder)
    }

    func peer(from source: [UInt8]) throws -> RawPeer {
      let peer = try RawPeer(to: self.address)
      peer.send(ProxyHeaderTests.header(source, checksum: true))
      return peer
    }
  }

  private func ask(_ peer: RawPeer, _ stream: UInt32) -> Status?? {
    peer.send(requestFrame(stream, "t.T", "Echo"))
    guard let frame = peer.frame() else { return .none }
    return .some(Status((try? Ttrpc.Response(decoding: frame.data))?.status))
  }

  @Test("calls above the burst are refused with when to come again, and time gives more")
  func calls() throws {
    let terminated = try Terminated(
      AddressLimits(connections: 4, callsPerSecond: 2, burst: 3))
    let peer = try terminated.peer(from: [203, 0, 113, 7])
    for stream in [1, 3, 5] as [UInt32] { #expect(self.ask(peer, stream) == .some(nil)) }
    let refused = try #require(self.ask(peer, 7) ?? nil)
    #expect(refused.code == .resourceExhausted)
    #expect(refused.reasons.map(\.reason) == ["TOO_MANY_CALLS"])
    #expect(refused.reasons.first?.metadata == ["after_ms": "500"])
    let again = refused.details.last?.unpacked(as: GoogleRpc.RetryInfo.self)
    #expect(again?.retryDelay?.nanos == 500_000_000)
    // Another connection of the same address shares the allowance; another address does not.
    #expect(self.ask(try terminated.peer(from: [203, 0, 113, 7]), 1) == .some(refused))
    #expect(self.ask(try terminated.peer(from: [203, 0, 113, 8]), 1) == .some(nil))
    terminated.time.now.add(500_000_000, ordering: .releasing)
    #expect(self.ask(peer, 9) == .some(nil))
    #expect(self.ask(peer, 11) == .some(refused))
  }

  @Test("frames that carry nothing have a limit of their own, and who exceeds it is told why")
  func emptyFrames() throws {
    // Ten go with a call: thirty at once, twenty a second.
    let terminated = try Terminated(AddressLimits(connections: 4, callsPerSecond: 2, burst: 3))
    let peer = try terminated.peer(from: [203, 0, 113, 7])
    let hello = Extensions.hello(agent: "test", windows: .least)
    peer.send(requestFrame(1, BitimRpcV1.Connection.name, "Hello", payload: hello.encoded))
    #expect(peer.frame()?.header.stream == 1)
    let nothing: [[UInt8]] = [
      ExtensionFrame.credit(stream: 0, octets: 1).octets,
      ExtensionFrame.cancel(stream: 9, code: 0).octets,
      // Data that nobody asked for, and a kind that nobody knows.
      FrameHeader(length: 0, stream: 1, kind: 3).octets,
      FrameHeader(length: 0, stream: 1, kind: 0x40).octets,
    ]
    for number in 0..<30 { peer.send(nothing[number % 4]) }
    #expect(self.ask(peer, 3) == .some(nil))
    terminated.time.now.add(50_000_000, ordering: .releasing)
    peer.send(nothing[0])
    #expect(self.ask(peer, 5) == .some(nil))
    peer.send(nothing[1])
    let frame = try #require(peer.frame())
    #expect(
      try ExtensionFrame(frame.header, frame.data.span)
        == .goAway(last: 5, code: .tooManyPings, text: "too many frames that carry nothing"))
    #expect(peer.frame() == nil)
    #expect(!peer.hasTimedOut)
  }

  @Test("connections above the limit are closed, and one that ends makes room")
  func connections() throws {
    let terminated = try Terminated(
      AddressLimits(connections: 2, callsPerSecond: 1_000, burst: 1_000))
    let first = try terminated.peer(from: [203, 0, 113, 7])
    #expect(self.ask(first, 1) == .some(nil))
    do {
      let second = try terminated.peer(from: [203, 0, 113, 7])
      #expect(self.ask(second, 1) == .some(nil))
      #expect(self.ask(try terminated.peer(from: [203, 0, 113, 7]), 1) == .none)
    }
    // The second has gone out of scope and closed; its loop sees that before it serves this one.
    var isServed = false
    for _ in 0..<1_000 where !isServed {
      isServed = self.ask(try terminated.peer(from: [203, 0, 113, 7]), 1) != .none
    }
    #expect(isServed)
  }

  @Test(
    "whoever is told to send a header and does not is closed, and so is who is not told and does")
  func neverGuessed() throws {
    let terminated = try Terminated(AddressLimits())
    #expect(self.ask(try RawPeer(to: terminated.address), 1) == .none)
    let told = terminated.time.told.withLock { $0 }
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("proxyHeaderRefused(user: \(getuid()), ") == true)
    let plain = try Terminated(AddressLimits(), terminators: [getuid() + 1])
    #expect(self.ask(try RawPeer(to: plain.address), 1) == .some(nil))
    #expect(self.ask(try plain.peer(from: [203, 0, 113, 7]), 1) == .none)
  }

  @Test("a header arrives however it is cut, and calls may stand right behind it")
  func cut() throws {
    let terminated = try Terminated(AddressLimits())
    let peer = try RawPeer(to: terminated.address)
    for octet in ProxyHeaderTests.header([203, 0, 113, 7]) { peer.send([octet]) }
    #expect(self.ask(peer, 1) == .some(nil))
    let both = try RawPeer(to: terminated.address)
    both.send(ProxyHeaderTests.header([203, 0, 113, 7]) + requestFrame(1, "t.T", "Echo"))
    #expect(both.frame()?.header.stream == 1)
  }

  @Test("a health check is let be, and has nothing to ask")
  func local() throws {
    let terminated = try Terminated(AddressLimits())
    var header = ProxyHeaderTests.header([203, 0, 113, 7])
    header[12] = 0x20
    let peer = try RawPeer(to: terminated.address)
    peer.send(header)
    #expect(self.ask(peer, 1) == .none)
  }

  @Test("so much in a time may be taken at once, and comes back bit by bit")
  func rateOfOctets() {
    let rate = CallRate(1_000, inNanoseconds: 60_000)
    #expect(rate.take(400, now: 0) == nil)
    #expect(rate.take(601, now: 0) == 60)
    #expect(rate.take(600, now: 0) == nil)
    #expect(rate.take(now: 0) == 60)
    #expect(rate.take(100, now: 5_999) == 1)
    #expect(rate.take(100, now: 6_000) == nil)
    // More than there ever is can't be waited for, and is never let through.
    #expect(rate.take(1_001, now: 1_000_000) == 60)
  }

  @Test("a rate gives its burst at once and then one call in each interval, never more")
  func rate() {
    let rate = CallRate(perSecond: 10, burst: 2)
    #expect(rate.take(now: 0) == nil)
    #expect(rate.take(now: 0) == nil)
    #expect(rate.take(now: 0) == 100_000_000)
    #expect(rate.take(now: 99_999_999) == 1)
    #expect(rate.take(now: 100_000_000) == nil)
    #expect(rate.take(now: 100_000_000) == 100_000_000)
    // A silence is worth the burst and no more.
    #expect(rate.take(now: 9_000_000_000) == nil)
    #expect(rate.take(now: 9_000_000_000) == nil)
    #expect(rate.take(now: 9_000_000_000) == 100_000_000)
  }
}
