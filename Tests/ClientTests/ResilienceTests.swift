import BitimClient
import BitimLab
import BitimListener
import BitimProtocol
import BitimSystem
import Foundation
import Synchronization
import Testing

/// Notes what it is told of every call, and adds a line of metadata.
final class Notes: Interceptor {
  let seen = Lock<[String]>([])

  func begin(_ method: MethodDescriptor, _ metadata: inout Metadata) throws(Status) {
    self.seen.withLock { $0.append("begin \(method.name)") }
    if method.name == "Nothing" { throw Status(.permissionDenied, "not through here") }
    metadata.add("noted", "yes")
  }

  func end(_ method: MethodDescriptor, _ status: Status?, nanoseconds: Int64) {
    self.seen.withLock {
      $0.append("end \(method.name) \(status?.code.name ?? "OK") \(nanoseconds >= 0)")
    }
  }
}

@Suite("The client when servers come, go and refuse")
struct ResilienceTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("rc-\(UUID().uuidString.prefix(12))")

  private func address(_ name: String) throws -> Address {
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    return .unix(path: self.folder.appendingPathComponent(name).path)
  }

  private func server(
    at address: Address, interceptors: [any Interceptor] = []
  ) throws -> Server {
    try Server(
      Server.Layout(addresses: [address], loops: 1, workers: 2), table: LabService.table,
      clock: Clock(
        monotonicNanoseconds: { Int64(DispatchTime.now().uptimeNanoseconds) },
        unixMilliseconds: { 0 }), makeContext: { _ in }, interceptors: interceptors)
  }

  private func text(_ value: String) -> GoogleProtobuf.StringValue {
    var message = GoogleProtobuf.StringValue()
    message.value = value
    return message
  }

  @Test("another server is taken when one can't be reached")
  func failover() async throws {
    let server = try self.server(at: try self.address("b"))
    defer { server.stop(within: 5) }
    let client = BitimClient(
      servers: [.socket(try self.address("a")), .socket(try self.address("b"))])
    #expect(try await LabClient(client).echo(self.text("Ұлы")).value == "Ұлы")
  }

  @Test("a call that waits for a server is made when there is one, and ends with its deadline")
  func waitsForReady() async throws {
    let client = BitimClient(address: try self.address("late"))
    let options = CallOptions(timeout: .milliseconds(300), waitsForReady: true)
    await #expect(throws: CallFailure.deadlinePassed) {
      try await LabClient(client).echo(self.text(""), options: options)
    }
    async let answer = LabClient(client).echo(
      self.text("кеш"), options: CallOptions(timeout: .seconds(30), waitsForReady: true))
    let server = try self.server(at: try self.address("late"))
    defer { server.stop(within: 5) }
    #expect(try await answer.value == "кеш")
  }

  @Test("a timeout of nothing, or less, fails here: a stock server would take it for none at all")
  func noTimeLeft() async throws {
    let lab = LabClient(BitimClient(address: try self.address("nobody")))
    for timeout in [Duration.zero, .seconds(-1)] {
      await #expect(throws: CallFailure.deadlinePassed) {
        try await lab.echo(self.text("x"), options: CallOptions(timeout: timeout))
      }
    }
  }

  @Test("interceptors of one kind stand around calls at both ends, of every shape")
  func interceptors() async throws {
    let atServer = Notes()
    let atClient = Notes()
    let server = try self.server(at: try self.address("i"), interceptors: [atServer])
    var settings = BitimClient.Settings()
    settings.interceptors = [atClient]
    let client = BitimClient(servers: [.socket(try self.address("i"))], settings)
    let lab = LabClient(client)
    #expect(try await lab.meta(.init()).value == "deadline=true;noted=yes,yes;")
    await #expect(throws: CallFailure.refused(Status(.permissionDenied, "not through here"))) {
      try await lab.nothing(.init())
    }
    var number = GoogleProtobuf.Int64Value()
    number.value = -1
    await #expect(throws: CallFailure.refused(Status(.aborted, "asked to fail"))) {
      for try await _ in try await lab.count(number) {}
    }
    server.stop(within: 5)
    let calls = [
      "begin Meta", "end Meta OK true", "begin Nothing", "end Nothing PERMISSION_DENIED true",
      "begin Count", "end Count ABORTED true",
    ]
    #expect(atClient.seen.withLock { $0 } == calls.filter { $0 != calls[3] })
    #expect(
      atServer.seen.withLock { $0 }.filter { !$0.contains("Hello") }
        == [calls[0], calls[1], calls[4], calls[5]])
  }

  @Test("trailers come beside an answer and at the end of a stream")
  func trailers() async throws {
    let server = try self.server(at: try self.address("t"))
    defer { server.stop(within: 5) }
    let lab = LabClient(BitimClient(address: try self.address("t")))
    var number = GoogleProtobuf.Int64Value()
    number.value = 3
    let answers = try await lab.count(number)
    #expect(answers.trailers == Metadata())
    while try await answers.next() != nil {}
    #expect(answers.trailers["counted"] == "3")
  }

  @Test("leaving a stream early cancels it, and its task is told")
  func leaves() async throws {
    let server = try self.server(at: try self.address("l"))
    let lab = LabClient(BitimClient(address: try self.address("l")))
    let upload = try await lab.stall()
    // The server has the call once it answers what came behind.
    _ = try await lab.nothing(.init())
    upload.cancel()
    await #expect(throws: CallFailure.cancelled) { try await upload.answer() }
    // A handler that was not told would hold the server for an hour.
    let clock = ContinuousClock()
    let took = clock.measure { server.stop(within: 60) }
    #expect(took < .seconds(30))
  }

  @Test("a client that requires extensions refuses a server without them")
  func requires() async throws {
    var settings = BitimClient.Settings()
    settings.requiresExtensions = true
    // The runtime itself always has them: a server that has none is played by a bare socket.
    let bare = try BareServer(at: try self.address("bare"))
    defer { bare.stop() }
    let client = BitimClient(servers: [.socket(try self.address("bare"))], settings)
    let options = CallOptions(timeout: nil)
    let failure = await #expect(throws: CallFailure.self) {
      try await LabClient(client).echo(self.text("x"), options: options)
    }
    guard case .unreachable(let why) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(why.contains("the server speaks plain ttrpc, and extensions were required"))
  }

  @Test("a server that hangs up on Hello is spoken to without it")
  func hangsUp() async throws {
    let bare = try BareServer(at: try self.address("rude"), hangsUpOnHello: true)
    defer { bare.stop() }
    let client = BitimClient(address: try self.address("rude"))
    let options = CallOptions(timeout: nil)
    #expect(try await LabClient(client).echo(self.text("Өте"), options: options).value == "Өте")
  }

  @Test("a server that hangs up on Hello gets calls that may not be made twice, and streams, once")
  func hangsUpOnCalls() async throws {
    let bare = try BareServer(at: try self.address("rude2"), hangsUpOnHello: true)
    defer { bare.stop() }
    // The bare server has neither call and says so: it was asked, in plain ttrpc.
    let missing = CallFailure.refused(Status(.unimplemented, "service lab.v1.Lab"))
    let options = CallOptions(timeout: nil)
    let once = LabClient(BitimClient(address: try self.address("rude2")))
    await #expect(throws: missing) { try await once.nothing(.init(), options: options) }
    let stream = LabClient(BitimClient(address: try self.address("rude2")))
    await #expect(throws: missing) {
      for try await _ in try await stream.count(.init(), options: options) {}
    }
    let both = LabClient(BitimClient(address: try self.address("rude2")))
    await #expect(throws: missing) {
      for try await _ in try await both.chat(options: options).answers {}
    }
  }

  @Test("a stream waits for the answer to Hello no longer than its deadline")
  func greetingIsLate() async throws {
    let address = try self.address("mute")
    let listener = try Endpoint.listen(at: address).relinquished()
    defer { close(listener) }
    let lab = LabClient(BitimClient(address: address))
    await #expect(throws: CallFailure.deadlinePassed) {
      for try await _ in try await lab.count(.init(), options: .init(timeout: .milliseconds(50))) {}
    }
  }

  @Test("a drain under load, half of the peers stock, loses no accepted call")
  func drain() async throws {
    let address = try self.address("d")
    let tally = Tally()
    let server = try self.server(at: address, interceptors: [tally])
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<100 {
        group.addTask {
          var settings = BitimClient.Settings()
          // Both kinds of peers make both kinds of calls.
          let isPlain = index % 4 < 2
          settings.isPlain = isPlain
          let lab = LabClient(BitimClient(servers: [.socket(address)], settings))
          while true {
            do throws(CallFailure) {
              if index % 2 == 0 {
                _ = try await lab.fail(self.text("9:x"))
              } else {
                var number = GoogleProtobuf.Int64Value()
                number.value = 20
                let counted = try await lab.count(number)
                while try await counted.next() != nil {}
              }
              tally.answered.add(1, ordering: .relaxed)
            } catch {
              switch error {
              case .refused(let status) where status.code == .failedPrecondition:
                tally.answered.add(1, ordering: .relaxed)
              case .refused(let status) where status.code == .unavailable:
                // Told that it was not executed.
                return
              case .unreachable(let why) where !why.contains("closed the connection"):
                // No server any more: the call never left.
                return
              case .unreachable where isPlain:
                // The connection closed before the call was read: a stock peer can't be told.
                return
              default:
                tally.lost.withLock { $0.append("\(error)") }
                return
              }
            }
            if tally.begun.add(1, ordering: .relaxed).newValue == 500 {
              // In the middle of it all; another thread, since it waits for these calls.
              Thread.detachNewThread { server.stop(within: 20) }
            }
          }
        }
      }
    }
    #expect(tally.answered.load(ordering: .relaxed) >= 500)
    #expect(tally.lost.withLock { $0 } == [])
    // Each call that the server began has been answered to its caller.
    #expect(tally.accepted.load(ordering: .relaxed) == tally.answered.load(ordering: .relaxed))
  }
}

/// What became of calls, told by many tasks.
final class Tally: Interceptor {
  let accepted = Atomic<Int>(0)
  let answered = Atomic<Int>(0)
  let begun = Atomic<Int>(0)
  let lost = Lock<[String]>([])

  func begin(_ method: MethodDescriptor, _ metadata: inout Metadata) throws(Status) {
    if method.name != "Hello" { self.accepted.add(1, ordering: .relaxed) }
  }
}

/// A server that knows Echo of plain ttrpc and nothing else, on threads of its own.
final class BareServer: Sendable {
  private let listener: Int32

  init(at address: Address, hangsUpOnHello: Bool = false) throws {
    let listener = try Endpoint.listen(at: address).relinquished()
    _ = fcntl(listener, F_SETFL, 0)
    self.listener = listener
    Thread.detachNewThread {
      while true {
        let peer = accept(listener, nil, nil)
        guard peer >= 0 else { return }
        Thread.detachNewThread {
          Self.serve(peer, hangsUpOnHello)
          close(peer)
        }
      }
    }
  }

  func stop() {
    shutdown(self.listener, Int32(SHUT_RDWR))
    close(self.listener)
  }

  private static func serve(_ peer: Int32, _ hangsUpOnHello: Bool) {
    while let head = Self.take(10, from: peer), let header = FrameHeader(peeking: head.span),
      let data = Self.take(Int(header.length), from: peer),
      let request = try? Ttrpc.Request(decoding: data)
    {
      if request.method == "Hello", hangsUpOnHello { return }
      let answer =
        request.method == "Echo"
        ? ResponseFrame.success(stream: header.stream, payload: request.payload)
        : ResponseFrame.failure(
          stream: header.stream, status: Status(.unimplemented, "service \(request.service)"))
      guard let answer else { return }
      _ = unsafe send(peer, answer, answer.count, Int32(MSG_NOSIGNAL))
    }
  }

  private static func take(_ count: Int, from peer: Int32) -> [UInt8]? {
    var octets = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let more = unsafe octets.withUnsafeMutableBytes {
        unsafe recv(peer, $0.baseAddress.map { unsafe $0 + got }, count - got, 0)
      }
      guard more > 0 else { return nil }
      got += more
    }
    return octets
  }
}
