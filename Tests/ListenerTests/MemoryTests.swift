import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Synchronization
import Testing

@Suite("What all connections may hold", .serialized)
struct MemoryTests {
  /// A server that knows one token, "Bearer қазақша", and has a mebibyte for what waits.
  private final class Frugal {
    let server: Server
    let address: Address
    let folder: URL
    let now = Time()

    final class Time: Sendable { let value = Atomic<Int64>(0) }

    init(connections: Int = .max) throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      self.folder = folder
      self.address = .unix(path: folder.appendingPathComponent("s").path)
      let now = self.now
      let echo = MethodDescriptor(service: "t.T", name: "Echo", kind: .read, shape: .unary)
      let free = MethodDescriptor(service: "t.T", name: "Free", kind: .read, shape: .unary)
      let hold = MethodDescriptor(service: "t.T", name: "Hold", kind: .read, shape: .bidirectional)
      self.server = try Server(
        Server.Layout(
          addresses: [self.address], loops: 1, workers: 1, connections: connections,
          memory: 1 << 20),
        table: CallTable<Int>([
          Route(
            echo, identifiesCaller: true,
            .read { call, payload, _, output throws(Status) in
              if let token = call.value(of: "authorization"), token != "Bearer қазақша" {
                throw Status(.unauthenticated, "not known")
              }
              output.append(payload)
            }),
          Route(free, .read { _, payload, _, output in output.append(payload) }),
          Route(
            hold,
            .task { _, port throws(Status) in
              while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
            }),
        ]),
        clock: Clock(
          monotonicNanoseconds: { now.value.load(ordering: .acquiring) },
          unixMilliseconds: { 0 }), makeContext: { _ in 0 })
    }

    deinit {
      self.server.stop(within: 5)
      // A temporary folder that stays harms no test.
      try? FileManager.default.removeItem(at: self.folder)
    }

    func peer() throws -> RawPeer { try RawPeer(to: self.address) }

    /// A peer whose token is known.
    func known() throws -> RawPeer {
      let peer = try self.peer()
      peer.send(requestFrame(1, "t.T", "Echo", token: "қазақша"))
      #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 1, kind: 2))
      return peer
    }

    /// Waits until the loop has read what was sent: each look reads some of every connection.
    func look() throws {
      let other = try self.peer()
      for number in 0..<20 {
        other.send(requestFrame(UInt32(2 * number + 1), "t.T", "Free"))
        #expect(other.frame() != nil)
      }
    }
  }

  /// A frame of so many KiB, without its last octet.
  private func unfinished(_ stream: UInt32, kibibytes: Int) -> [UInt8] {
    Array(self.whole(stream, kibibytes: kibibytes).dropLast())
  }

  private func whole(_ stream: UInt32, kibibytes: Int) -> [UInt8] {
    requestFrame(
      stream, "t.T", "Echo", payload: [UInt8](repeating: 7, count: (kibibytes << 10) - 17))
  }

  private func isAnswered(_ peer: RawPeer, _ stream: UInt32) -> Bool {
    peer.frame()?.header.stream == stream
  }

  @Test("before its token is known a peer's frame is at most 64 KiB, and then 4 MiB")
  func frames() throws {
    let frugal = try Frugal()
    let peer = try frugal.peer()
    let tooLong = Status(
      .resourceExhausted,
      "message length 65540 exceed maximum message size of 65536 before a token is known")
    func long(_ stream: UInt32) -> [UInt8] {
      let data = requestFrame(stream, "t.T", "Echo", payload: [UInt8](repeating: 7, count: 65_525))
      #expect(data.count == 65_540 + 10)
      return data
    }
    peer.send(long(1))
    #expect(peer.status() == tooLong)
    // Neither a token that is not in force nor a call that looks at none makes anybody known.
    peer.send(requestFrame(3, "t.T", "Echo", token: "another"))
    #expect(peer.status()?.code == .unauthenticated)
    peer.send(requestFrame(5, "t.T", "Free", token: "қазақша"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
    peer.send(long(7))
    #expect(peer.status() == tooLong)
    peer.send(requestFrame(9, "t.T", "Echo", token: "қазақша"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 9, kind: 2))
    peer.send(long(11))
    #expect(try Ttrpc.Response(decoding: #require(peer.frame()).data).payload.count == 65_525)
  }

  @Test("a message that is longer than that ends its call, and no other")
  func messages() throws {
    let frugal = try Frugal()
    let peer = try frugal.peer()
    peer.send(requestFrame(1, "t.T", "Hold", flags: 6))
    peer.send(DataFrame.message(octets: [UInt8](repeating: 7, count: 65_537), stream: 1))
    #expect(
      peer.status()
        == Status(
          .resourceExhausted,
          "message length 65537 exceed maximum message size of 65536 before a token is known"))
    peer.send(requestFrame(3, "t.T", "Free"))
    #expect(self.isAnswered(peer, 3))
  }

  @Test("a peer whose token is not known has at most sixteen calls at once")
  func calls() throws {
    let frugal = try Frugal()
    let stranger = try frugal.peer()
    for number in 0..<17 {
      stranger.send(requestFrame(UInt32(2 * number + 1), "t.T", "Hold", flags: 6))
    }
    let frame = try #require(stranger.frame())
    #expect(frame.header.stream == 33)
    let busy = Status(try Ttrpc.Response(decoding: frame.data).status)
    #expect(busy?.reasons.map(\.reason) == ["BUSY"])
    let known = try frugal.known()
    for number in 1...17 {
      known.send(requestFrame(UInt32(2 * number + 1), "t.T", "Hold", flags: 6))
    }
    known.send(requestFrame(37, "t.T", "Free"))
    #expect(self.isAnswered(known, 37))
  }

  @Test("when nothing is left, whoever has held most for longest goes, and the others stay")
  func longest() throws {
    let frugal = try Frugal()
    let first = try frugal.known()
    let second = try frugal.known()
    let third = try frugal.known()
    first.send(self.unfinished(3, kibibytes: 350))
    try frugal.look()
    frugal.now.value.add(5_000_000_000, ordering: .releasing)
    second.send(self.unfinished(3, kibibytes: 350))
    try frugal.look()
    third.send(self.unfinished(3, kibibytes: 300))
    #expect(first.frame() == nil && !first.hasTimedOut)
    for peer in [second, third] {
      peer.send([7])
      #expect(self.isAnswered(peer, 3))
    }
  }

  @Test("while little is left a stranger is told to come again, or waits, but is answered at once")
  func strangers() throws {
    let frugal = try Frugal()
    let slow = try frugal.peer()
    let frame = self.whole(3, kibibytes: 40)
    slow.send(Array(frame.prefix(20_000)))
    let holder = try frugal.known()
    holder.send(self.unfinished(3, kibibytes: 700))
    try frugal.look()
    let stranger = try frugal.peer()
    stranger.send(requestFrame(1, "t.T", "Hold", flags: 6))
    let busy = try #require(stranger.status())
    #expect(busy.code == .resourceExhausted)
    #expect(busy.reasons.map(\.reason) == ["BUSY"])
    #expect(busy.reasons.first?.metadata == ["after_ms": "500"])
    stranger.send(requestFrame(3, "t.T", "Echo"))
    #expect(self.isAnswered(stranger, 3))
    // What a stranger has begun is not read on; after a second whoever holds most makes room.
    slow.send(Array(frame.dropFirst(20_000)))
    frugal.now.value.add(1_000_000_000, ordering: .releasing)
    #expect(holder.frame() == nil && !holder.hasTimedOut)
    #expect(self.isAnswered(slow, 3))
    stranger.send(requestFrame(5, "t.T", "Hold", flags: 6))
    stranger.send(requestFrame(7, "t.T", "Free"))
    #expect(self.isAnswered(stranger, 7))
  }

  @Test("when there are too many connections, the stranger goes who has been silent for longest")
  func crowd() throws {
    let frugal = try Frugal(connections: 4)
    func later() { frugal.now.value.add(1_000_000_000, ordering: .releasing) }
    func asks(_ peer: RawPeer, _ stream: UInt32) -> Bool {
      peer.send(requestFrame(stream, "t.T", "Free"))
      return self.isAnswered(peer, stream)
    }
    let known = try frugal.known()
    later()
    let first = try frugal.peer()
    #expect(asks(first, 1))
    later()
    let second = try frugal.peer()
    #expect(asks(second, 1))
    later()
    let third = try frugal.peer()
    #expect(asks(third, 1))
    later()
    // The first has spoken since: now the second has been silent for longest, and then the third.
    #expect(asks(first, 3))
    later()
    let fourth = try frugal.peer()
    #expect(asks(fourth, 1))
    #expect(second.frame() == nil && !second.hasTimedOut)
    later()
    let fifth = try frugal.peer()
    #expect(asks(fifth, 1))
    #expect(third.frame() == nil && !third.hasTimedOut)
    for peer in [known, first, fourth, fifth] { #expect(asks(peer, 9)) }
  }

  @Test("of those who watch how a server fares, the one who has for longest makes room")
  func watches() throws {
    let health = Health(services: [])
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let address = Address.unix(path: folder.appendingPathComponent("s").path)
    let server = try Server(
      Server.Layout(addresses: [address], loops: 1, workers: 1),
      table: CallTable<Int>(health.routes()),
      clock: Clock(monotonicNanoseconds: { 0 }, unixMilliseconds: { 0 }), makeContext: { _ in 0 })
    defer { server.stop(within: 5) }
    let peers = [try RawPeer(to: address), try RawPeer(to: address)]
    func watch(_ peer: RawPeer, _ stream: UInt32) {
      peer.send(requestFrame(stream, GrpcHealthV1.Health.name, "Watch", flags: 1))
      #expect(peer.frame()?.header.kind == 3)
    }
    for number in 0..<1_024 { watch(peers[0], UInt32(2 * number + 1)) }
    watch(peers[1], 1)
    let frame = try #require(peers[0].frame())
    #expect(frame.header.stream == 1)
    let status = Status(try Ttrpc.Response(decoding: frame.data).status)
    #expect(status?.code == .resourceExhausted)
    #expect(status?.reasons.map(\.reason) == ["BUSY"])
  }
}
