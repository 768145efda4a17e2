import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Synchronization
import Testing

@Suite("What a connection owes")
struct TimerTests {
  /// A server whose clock stands still until the test turns it; a turned clock is seen with the
  /// next event, which a second connection makes.
  private final class Timed {
    let server: Server
    let address: Address
    let folder: URL
    let time: Time

    final class Time: Sendable {
      let now = Atomic<Int64>(0)
      let wallMs = Atomic<Int64>(1_795_000_000_000)
    }

    init() throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      self.folder = folder
      self.address = .unix(path: folder.appendingPathComponent("s").path)
      let time = Time()
      self.time = time
      let echo = MethodDescriptor(service: "t.T", name: "Echo", kind: .read, shape: .unary)
      self.server = try Server(
        Server.Layout(addresses: [self.address], loops: 1),
        table: CallTable<Int>([
          Route(echo, .read { _, payload, _, output in output.append(payload) })
        ]),
        clock: Clock(
          monotonicNanoseconds: { time.now.load(ordering: .acquiring) },
          unixMilliseconds: { time.wallMs.load(ordering: .acquiring) }), makeContext: { _ in 0 })
    }

    deinit {
      self.server.stop(within: 5)
      // A temporary folder that stays harms no test.
      try? FileManager.default.removeItem(at: self.folder)
    }

    /// Turns the clock forward and lets the loop see it.
    func turn(seconds: Int64) throws {
      self.time.now.add(seconds * 1_000_000_000, ordering: .releasing)
      let other = try RawPeer(to: self.address)
      other.send(requestFrame(1, "t.T", "Echo"))
      _ = other.frame()
    }
  }

  private func echoes(_ peer: RawPeer, on stream: UInt32) -> Bool {
    peer.send(requestFrame(stream, "t.T", "Echo"))
    return peer.frame()?.header.stream == stream
  }

  @Test("a first frame within ten seconds, after that it may be silent for ever")
  func firstFrame() throws {
    let timed = try Timed()
    let silent = try RawPeer(to: timed.address)
    let speaker = try RawPeer(to: timed.address)
    #expect(self.echoes(speaker, on: 1))
    try timed.turn(seconds: 9)
    let late = try RawPeer(to: timed.address)
    try timed.turn(seconds: 2)
    #expect(silent.frame() == nil && !silent.hasTimedOut)
    #expect(self.echoes(late, on: 1))
    try timed.turn(seconds: 100_000)
    #expect(self.echoes(speaker, on: 3))
  }

  @Test("a wall clock that jumps years ahead or back touches no timer", arguments: [-1, 1])
  func wallClock(direction: Int64) throws {
    let timed = try Timed()
    let slow = try RawPeer(to: timed.address)
    #expect(self.echoes(slow, on: 1))
    let frame = requestFrame(3, "t.T", "Echo")
    slow.send(Array(frame.prefix(12)))
    let silent = try RawPeer(to: timed.address)
    timed.time.wallMs.add(direction * 5 * 31_536_000_000, ordering: .releasing)
    // Every loop turns, and finds nothing late.
    try timed.turn(seconds: 0)
    slow.send(Array(frame.dropFirst(12)))
    #expect(slow.frame()?.header.stream == 3)
    #expect(self.echoes(silent, on: 1))
  }

  @Test("a peer whose every read ends in the middle of another frame is not slow")
  func pipelined() throws {
    let timed = try Timed()
    let peer = try RawPeer(to: timed.address)
    var rest: [UInt8] = []
    for number in 0..<10 {
      let frame = requestFrame(UInt32(2 * number + 1), "t.T", "Echo")
      peer.send(rest + frame.prefix(12))
      rest = Array(frame.dropFirst(12))
      if number > 0 { #expect(peer.frame()?.header.stream == UInt32(2 * number - 1)) }
      try timed.turn(seconds: 9)
    }
    peer.send(rest)
    #expect(peer.frame()?.header.stream == 19)
  }

  @Test("the rest of a frame within thirty seconds of its first octet")
  func begunFrame() throws {
    let timed = try Timed()
    let slow = try RawPeer(to: timed.address)
    let steady = try RawPeer(to: timed.address)
    #expect(self.echoes(slow, on: 1))
    #expect(self.echoes(steady, on: 1))
    let frame = requestFrame(3, "t.T", "Echo")
    slow.send(Array(frame.prefix(12)))
    steady.send(Array(frame.prefix(12)))
    // The loop has seen both beginnings once it has served somebody who came after.
    try timed.turn(seconds: 0)
    try timed.turn(seconds: 29)
    steady.send(Array(frame.dropFirst(12)))
    #expect(steady.frame()?.header.stream == 3)
    try timed.turn(seconds: 2)
    #expect(slow.frame() == nil && !slow.hasTimedOut)
    #expect(self.echoes(steady, on: 5))
  }
}
