import BitimClient
import BitimListener
import BitimProtocol
import BitimSystem
import Foundation
import Synchronization
import Testing

/// A server on a path of its own that can go away and come back.
final class Peer: Sendable {
  static let echo = Method<GoogleProtobuf.StringValue, GoogleProtobuf.StringValue>(
    MethodDescriptor(service: "test.v1.Test", name: "Echo", kind: .read, shape: .unary))
  static let hang = Method<GoogleProtobuf.StringValue, GoogleProtobuf.StringValue>(
    MethodDescriptor(service: "test.v1.Test", name: "Hang", kind: .write, shape: .unary))
  static let refuse = Method<GoogleProtobuf.StringValue, GoogleProtobuf.StringValue>(
    MethodDescriptor(service: "test.v1.Test", name: "Refuse", kind: .write, shape: .unary))

  let address: Address
  /// The idempotency keys of calls to ``refuse``.
  let keys = Lock<[String]>([])
  private let folder: URL
  private let server = Lock<Server?>(nil)

  init() throws {
    self.folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bp-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    self.address = .unix(path: self.folder.appendingPathComponent("s").path)
  }

  deinit {
    self.stop()
    // A temporary folder that stays harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }

  func start() throws {
    let clock = Clock(
      monotonicNanoseconds: { Int64(DispatchTime.now().uptimeNanoseconds) },
      unixMilliseconds: { 0 })
    let routes: [Route<Int>] = [
      Route(Self.echo.descriptor, .read { _, payload, _, output in output.append(payload) }),
      Route(Self.hang.descriptor, .write { _, _, _, _ in }),
      Route(
        Self.refuse.descriptor,
        .write { [self] call, _, _, _ throws(Status) in
          self.keys.withLock { $0.append(call.value(of: "idempotency-key") ?? "") }
          throw Status(.failedPrecondition, reason: "NOT_TODAY", "not today", ["day": "Sunday"])
        }),
    ]
    let server = try Server(
      Server.Layout(addresses: [self.address], loops: 1), table: CallTable(routes), clock: clock,
      makeContext: { _ in 0 })
    self.server.withLock { $0 = server }
  }

  func stop() {
    let server = self.server.withLock { server in
      let taken = server
      server = nil
      return taken
    }
    server?.stop(within: 0)
  }
}

@Suite("The client")
struct ClientTests {
  private func text(_ value: String) -> GoogleProtobuf.StringValue {
    var message = GoogleProtobuf.StringValue()
    message.value = value
    return message
  }

  @Test("shares one connection among any number of tasks")
  func concurrent() async throws {
    let peer = try Peer()
    try peer.start()
    let client = BitimClient(address: peer.address)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          let sent = self.text("Өтегенова \(number)")
          return try await client.call(Peer.echo, sent) == sent
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test("stops waiting at the deadline, and when its task is cancelled")
  func deadlineAndCancellation() async throws {
    let peer = try Peer()
    try peer.start()
    let client = BitimClient(address: peer.address)
    // Whichever clock is looked at first says so: ours, or the server's with its reason.
    let failure = await #expect(throws: CallFailure.self) {
      try await client.call(
        Peer.hang, self.text(""), CallOptions(timeout: .milliseconds(20)))
    }
    let isDeadline =
      failure == .deadlinePassed || failure?.status?.code == .deadlineExceeded
    #expect(isDeadline)
    let task = Task {
      try await client.call(Peer.hang, self.text(""), CallOptions(timeout: nil))
    }
    task.cancel()
    await #expect(throws: CallFailure.cancelled) { try await task.value }
    #expect(try await client.call(Peer.echo, self.text("ә")).value == "ә")
  }

  @Test("connects again after the server went away, and says so while it is away")
  func reconnection() async throws {
    let peer = try Peer()
    try peer.start()
    let client = BitimClient(address: peer.address)
    #expect(try await client.call(Peer.echo, self.text("1")).value == "1")
    peer.stop()
    let failure = await #expect(throws: CallFailure.self) {
      try await client.call(Peer.echo, self.text("2"))
    }
    guard case .unreachable? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    try peer.start()
    #expect(try await client.call(Peer.echo, self.text("3")).value == "3")
  }

  @Test("gives the server's status with its reasons, and every change a key of its own")
  func refusal() async throws {
    let peer = try Peer()
    try peer.start()
    let client = BitimClient(address: peer.address)
    for _ in 0..<2 {
      let failure = await #expect(throws: CallFailure.self) {
        try await client.call(Peer.refuse, self.text(""))
      }
      #expect(failure?.status?.code == .failedPrecondition)
      #expect(failure?.status?.reasons.map(\.reason) == ["NOT_TODAY"])
      #expect(failure?.status?.reasons.first?.metadata == ["day": "Sunday"])
    }
    let keys = peer.keys.withLock { $0 }
    #expect(Set(keys).count == 2)
    #expect(keys.allSatisfy { $0.utf8.count == 32 })
  }

  @Test("refuses what no frame can hold before it takes an id")
  func tooLong() async throws {
    let peer = try Peer()
    try peer.start()
    let client = BitimClient(address: peer.address)
    let long = self.text(String(repeating: "a", count: 4 << 20))
    let failure = await #expect(throws: CallFailure.self) {
      try await client.call(Peer.echo, long)
    }
    #expect(failure?.status?.code == .resourceExhausted)
    #expect(try await client.call(Peer.echo, self.text("b")).value == "b")
  }
}
