import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Synchronization
import Testing

/// A server of `lab.v1.Lab`, which knows no registry: the runtime serves any table.
final class Lab {
  let server: Server
  let address: Address
  let folder: URL
  static let replies = Lock<[Reply]>([])
  static let gate = Lock<Int>(0)

  init() throws {
    self.folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lab-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    self.address = .unix(path: self.folder.appendingPathComponent("s").path)
    // Each look at the clock finds a millisecond gone, so that deadlines pass without waiting.
    let ticks = Atomic<Int64>(0)
    let clock = Clock(
      monotonicNanoseconds: { ticks.add(1_000_000, ordering: .relaxed).newValue },
      unixMilliseconds: { 0 })
    self.server = try Server(
      Server.Layout(addresses: [self.address], loops: 1, workers: 1),
      table: CallTable(Self.routes), clock: clock, makeContext: { _ in 0 })
  }

  deinit {
    self.server.stop(within: 5)
    // A temporary folder that stays harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }

  private static func method(_ name: String, _ kind: MethodDescriptor.Kind = .read)
    -> MethodDescriptor
  {
    MethodDescriptor(service: "lab.v1.Lab", name: name, kind: kind, shape: .unary)
  }

  private static let routes: [Route<Int>] = [
    Route(method("Echo"), .read { _, payload, _, output in output.append(payload) }),
    Route(method("Nothing"), .read { _, _, _, _ in }),
    Route(
      method("Fail"),
      .read { _, payload, _, _ throws(Status) in
        let text = (try? GoogleProtobuf.StringValue(decoding: payload))?.value ?? ""
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        var detail = GoogleProtobuf.StringValue()
        detail.value = "detail of " + parts[1]
        throw Status(
          Status.Code(rawValue: Int32(parts[0]) ?? 2) ?? .unknown, parts[1],
          details: [.init(packing: detail)])
      }),
    Route(
      method("Meta"),
      .read { call, _, _, output in
        var text = call.deadline == nil ? "deadline=none;" : "deadline=true;"
        for key in Set(call.metadata.pairs.map(\.key)).sorted() {
          let values = call.metadata.pairs.filter { $0.key == key }.map(\.value)
          text += "\(key)=\(values.joined(separator: ","));"
        }
        var message = GoogleProtobuf.StringValue()
        message.value = text
        output.append(message.encoded)
      }),
    Route(
      method("Big"),
      .read { _, payload, _, output in
        let count = (try? GoogleProtobuf.Int64Value(decoding: payload))?.value ?? 0
        output.append([UInt8](repeating: 0, count: Int(count)))
      }),
    Route(
      method("Wait", .write), .write { _, _, _, reply in replies.withLock { $0.append(reply) } }),
    Route(
      method("List"),
      .list(
        admit: { call, _ throws(Status) in
          if call.value(of: "stranger") != nil { throw Status(.permissionDenied, "no") }
        }
      ) { _, payload, _, output in
        // Held until a test lets go, so that a deadline can pass.
        gate.withLock { _ in }
        output.append(payload)
      }),
    Route(
      method("Later", .write),
      .write { _, payload, _, reply in reply.send(.success([UInt8](payload))) }),
  ]
}

@Suite("The listener towards any peer", .serialized)
struct ListenerTests {
  private func number(_ value: Int64) -> [UInt8] {
    var message = GoogleProtobuf.Int64Value()
    message.value = value
    return message.encoded
  }

  @Test("reads requests however they are cut")
  func cut() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    let payload: [UInt8] = [0x0A, 0x02, 0xD2, 0x9B]
    for octet in requestFrame(1, "lab.v1.Lab", "Echo", payload: payload) { peer.send([octet]) }
    #expect(try Ttrpc.Response(decoding: #require(peer.frame()).data).payload == payload)
    var both = requestFrame(3, "lab.v1.Lab", "Nothing")
    both += requestFrame(5, "lab.v1.Lab", "Later", payload: payload)
    peer.send(both)
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 3, kind: 2))
    #expect(try Ttrpc.Response(decoding: #require(peer.frame()).data).payload == payload)
  }

  @Test("a peer that ends its sending gets what was answered before, and nothing of what runs")
  func halfClosed() throws {
    for call in ["List", "Wait"] {
      let lab = try Lab()
      let peer = try RawPeer(to: lab.address)
      peer.send(requestFrame(1, "lab.v1.Lab", "Nothing"))
      #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 1, kind: 2))
      Lab.gate.withLock { _ in
        peer.send(requestFrame(3, "lab.v1.Lab", call))
        peer.endSending()
        #expect(peer.frame() == nil)
        #expect(!peer.hasTimedOut)
      }
    }
    // Whoever serves the call is told that nobody waits.
    #expect(Lab.replies.withLock { $0.last?.isAbandoned } == true)
  }

  @Test("tells an unknown service from an unknown method")
  func unknown() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(requestFrame(1, "lab.v1.Missing", "Echo"))
    #expect(peer.status() == Status(.unimplemented, "service lab.v1.Missing"))
    peer.send(requestFrame(3, "lab.v1.Lab", "Missing"))
    #expect(peer.status() == Status(.unimplemented, "method Missing"))
  }

  @Test("finds the method whichever was called before, and however its names lie")
  func names() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    let payload: [UInt8] = [0x0A, 0x02, 0xD2, 0x9B]
    func echo(_ stream: UInt32, _ frame: [UInt8]) throws {
      peer.send(frame)
      let answer = try #require(peer.frame())
      #expect(answer.header.stream == stream)
      #expect(try Ttrpc.Response(decoding: answer.data).payload == payload)
    }
    try echo(1, requestFrame(1, "lab.v1.Lab", "Echo", payload: payload))
    try echo(3, requestFrame(3, "lab.v1.Lab", "Echo", payload: payload))
    // As long as the last, and another.
    peer.send(requestFrame(5, "lab.v1.Lab", "Ekho", payload: payload))
    #expect(peer.status() == Status(.unimplemented, "method Ekho"))
    peer.send(requestFrame(7, "lab.v1.Lad", "Echo", payload: payload))
    #expect(peer.status() == Status(.unimplemented, "service lab.v1.Lad"))
    peer.send(requestFrame(9, "lab.v1.Lab", "Meta"))
    #expect(peer.frame()?.data == [0x12, 0x10, 0x0A, 0x0E] + Array("deadline=none;".utf8))
    // The method before the service, then the service with a field between that nobody knows.
    let service = [0x0A, 0x0A] + Array("lab.v1.Lab".utf8)
    let method = [0x12, 0x04] + Array("Echo".utf8)
    let body = [0x1A, 0x04] + payload
    for (stream, envelope) in [
      (UInt32(11), method + service + body), (13, service + [0x38, 0x01] + method + body),
    ] {
      try echo(
        stream,
        FrameHeader(length: UInt32(envelope.count), stream: stream, kind: 1).octets + envelope)
    }
    try echo(15, requestFrame(15, "lab.v1.Lab", "Echo", payload: payload))
  }

  @Test("refuses even and used ids and lives on")
  func ids() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(requestFrame(2, "lab.v1.Lab", "Nothing"))
    #expect(peer.status()?.code == .invalidArgument)
    peer.send(requestFrame(9, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header.stream == 9)
    peer.send(requestFrame(9, "lab.v1.Lab", "Nothing"))
    #expect(peer.status()?.message == "StreamID cannot be re-used and must increment")
    // Rust's client may send ids out of order: a lower one that was never used is served.
    peer.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
    peer.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(peer.status()?.code == .invalidArgument)
  }

  @Test("ignores any flags on a unary request, unknown types and responses from a client")
  func leniency() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(FrameHeader(length: 3, stream: 1, kind: 0xC1).octets + [1, 2, 3])
    peer.send(FrameHeader(length: 0, stream: 1, kind: 2).octets)
    peer.send(requestFrame(1, "lab.v1.Lab", "Nothing", flags: 0xF8))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 1, kind: 2))
  }

  @Test("a malformed envelope and a data frame nobody opened are the caller's mistake")
  func malformed() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(FrameHeader(length: 1, stream: 1, kind: 1).octets + [0x0F])
    #expect(peer.status()?.code == .invalidArgument)
    peer.send(FrameHeader(length: 0, stream: 77, kind: 3).octets)
    #expect(peer.status() == Status(.invalidArgument, "StreamID is no longer active"))
    // A late frame for a stream that has ended is a natural race and gets no answer.
    peer.send(FrameHeader(length: 0, stream: 1, kind: 3).octets)
    peer.send(requestFrame(3, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header.stream == 3)
  }

  @Test("refuses a request above 4 MiB without losing the framing, and closes above 16 MiB")
  func tooLong() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(FrameHeader(length: FrameHeader.lengthMax + 1, stream: 1, kind: 1).octets)
    #expect(
      peer.status()
        == Status(
          .resourceExhausted, "message length 4194305 exceed maximum message size of 4194304"))
    let hostile = try RawPeer(to: lab.address)
    hostile.send(FrameHeader(length: 0xFFFF_FFFF, stream: 1, kind: 1).octets)
    #expect(hostile.frame() == nil && !hostile.hasTimedOut)
    let http = try RawPeer(to: lab.address)
    http.send(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8))
    #expect(http.frame() == nil && !http.hasTimedOut)
  }

  @Test("an answer that fits no frame fails its own call alone")
  func bigAnswer() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(requestFrame(1, "lab.v1.Lab", "Big", payload: self.number(4_194_304)))
    #expect(peer.status()?.code == .resourceExhausted)
    peer.send(requestFrame(3, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header.stream == 3)
  }

  @Test("answers every call of a peer that sends much and reads late")
  func slowReader() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    // Forty answers of 1 MiB: far above what may wait unsent, asked for before any is read.
    let frames = (0..<40).flatMap { number in
      requestFrame(UInt32(2 * number + 1), "lab.v1.Lab", "Big", payload: self.number(1 << 20))
    }
    peer.send(frames)
    for number in 0..<40 {
      let frame = try #require(peer.frame())
      #expect(frame.header.stream == UInt32(2 * number + 1))
      #expect(frame.header.length == (1 << 20) + 4)
    }
  }

  @Test("answers DEADLINE_EXCEEDED when the deadline passes, not when the handler notices")
  func deadline() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    peer.send(requestFrame(1, "lab.v1.Lab", "Wait", timeoutNano: 1))
    let status = try #require(peer.status())
    #expect(status.code == .deadlineExceeded)
    #expect(status.reasons.map(\.reason) == ["OUTCOME_UNKNOWN"])
    // What had not begun need not begin, and a late answer finds nobody: exactly one end.
    for reply in Lab.replies.withLock({ $0 }) {
      #expect(reply.isAbandoned)
      reply.send(.success([]))
    }
    peer.send(requestFrame(3, "lab.v1.Lab", "Nothing", timeoutNano: -5))
    #expect(peer.status()?.code == .deadlineExceeded)
    peer.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
  }

  @Test("a list is answered by a worker, and one whose deadline passes has changed nothing")
  func list() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    let payload: [UInt8] = [0x0A, 0x02, 0xD2, 0x9B]
    peer.send(requestFrame(1, "lab.v1.Lab", "List", payload: payload))
    #expect(try Ttrpc.Response(decoding: #require(peer.frame()).data).payload == payload)
    try Lab.gate.withLock { _ in
      peer.send(requestFrame(3, "lab.v1.Lab", "List", timeoutNano: 1))
      let status = try #require(peer.status())
      #expect(status == Status(.deadlineExceeded, "the deadline passed"))
    }
    peer.send(requestFrame(5, "lab.v1.Lab", "List", payload: payload))
    #expect(try Ttrpc.Response(decoding: #require(peer.frame()).data).payload == payload)
  }

  @Test("serves any number of ids before it has gone round its window")
  func window() throws {
    let lab = try Lab()
    let peer = try RawPeer(to: lab.address)
    for round in 0..<3_000 {
      peer.send(requestFrame(UInt32(2 * round + 1), "lab.v1.Lab", "Nothing"))
      #expect(peer.frame()?.header.stream == UInt32(2 * round + 1))
    }
    peer.send(requestFrame(5_001, "lab.v1.Lab", "Nothing"))
    #expect(peer.status()?.code == .invalidArgument)
    peer.send(requestFrame(1, "lab.v1.Lab", "Nothing"))
    #expect(peer.status()?.code == .invalidArgument)
  }

  @Test("each loop answers a roll call when it gets to it, and not while a call holds it up")
  func rollCall() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lab-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A temporary folder that stays harms no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let address = Address.unix(path: folder.appendingPathComponent("s").path)
    let (holds, held) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let hold = MethodDescriptor(service: "t.T", name: "Hold", kind: .read, shape: .unary)
    let server = try Server(
      Server.Layout(addresses: [address], loops: 2),
      table: CallTable<Int>([
        Route(
          hold,
          .read { _, _, _, _ in
            holds.signal()
            held.wait()
          })
      ]), clock: Clock(monotonicNanoseconds: { 0 }, unixMilliseconds: { 0 }),
      makeContext: { _ in 0 })
    defer { server.stop(within: 5) }
    let peer = try RawPeer(to: address)
    peer.send(requestFrame(1, "t.T", "Hold"))
    holds.wait()
    let answered = DispatchSemaphore(value: 0)
    let isHeldUp = Atomic(true)
    let early = Atomic(0)
    for ask in server.rollCalls {
      ask {
        if isHeldUp.load(ordering: .acquiring) { early.add(1, ordering: .relaxed) }
        answered.signal()
      }
    }
    // The loop that is free answers at once, the other when its call has ended.
    answered.wait()
    #expect(early.load(ordering: .relaxed) == 1)
    isHeldUp.store(false, ordering: .releasing)
    held.signal()
    answered.wait()
    #expect(early.load(ordering: .relaxed) == 1)
    #expect(peer.frame() != nil)
  }
}
