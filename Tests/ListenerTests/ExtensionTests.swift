import BitimClient
import BitimLab
import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@Suite("The listener towards peers that extend the protocol", .serialized)
struct ExtensionTests {
  private static let connection = BitimRpcV1.Connection.name

  private func hello(_ change: (inout BitimRpcV1.Hello) -> Void = { _ in }) -> [UInt8] {
    var hello = Extensions.hello(agent: "test", windows: .least)
    change(&hello)
    return requestFrame(1, Self.connection, "Hello", payload: hello.encoded)
  }

  /// A peer that has said Hello and read the answer.
  private func extended(_ lab: LabServer) throws -> RawPeer {
    let peer = try RawPeer(to: lab.address)
    peer.send(self.hello())
    #expect(try self.reply(peer.frame()).features == Extensions.all.named)
    return peer
  }

  private func reply(_ frame: RawPeer.Frame?) throws -> BitimRpcV1.HelloReply {
    let response = try Ttrpc.Response(decoding: #require(frame).data)
    #expect(Status(response.status) == nil)
    return try BitimRpcV1.HelloReply(decoding: response.payload)
  }

  private func number(_ value: Int64) -> [UInt8] {
    var message = GoogleProtobuf.Int64Value()
    message.value = value
    return message.encoded
  }

  private func extensionFrame(_ frame: RawPeer.Frame?) throws -> ExtensionFrame? {
    let frame = try #require(frame)
    return try ExtensionFrame(frame.header, frame.data.span)
  }

  @Test("Hello is answered with the features both have and this end's limits")
  func greets() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    peer.send(self.hello { $0.features = ["ping", "telepathy"] })
    var wanted = BitimRpcV1.HelloReply()
    wanted.version = 1
    wanted.features = ["ping"]
    wanted.maxFrame = 4_194_304
    wanted.maxStreams = 1_024
    wanted.streamWindow = 262_144
    wanted.connectionWindow = 1_048_576
    wanted.agent = "bitim-listener/1"
    #expect(try self.reply(peer.frame()) == wanted)
  }

  @Test(
    "a second Hello, one after another call, one too long and one that can't be read change nothing"
  )
  func refusesHello() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(requestFrame(3, Self.connection, "Hello", payload: [8, 1]))
    #expect(peer.status()?.code == .failedPrecondition)
    let late = try RawPeer(to: lab.address)
    late.send(requestFrame(1, "lab.v1.Lab", "Nothing"))
    #expect(late.frame()?.header.length == 0)
    late.send(requestFrame(3, Self.connection, "Hello", payload: [8, 1]))
    #expect(late.status()?.code == .failedPrecondition)
    // And it stays plain: the ping gets no answer, the call behind it does.
    late.send(ExtensionFrame.ping(7, isAnswer: false).octets)
    late.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(late.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
    let long = try RawPeer(to: lab.address)
    long.send(self.hello { $0.agent = String(repeating: "ә", count: 2_100) })
    #expect(long.status()?.code == .invalidArgument)
    let torn = try RawPeer(to: lab.address)
    torn.send(requestFrame(1, Self.connection, "Hello", payload: [0x0F]))
    #expect(torn.status()?.code == .invalidArgument)
  }

  @Test("a mistake that closes an extended connection is told before it closes")
  func tellsMistakes() throws {
    let lab = try LabServer()
    let twice = try self.extended(lab)
    twice.send(requestFrame(3, "lab.v1.Lab", "Stall", flags: 6))
    twice.send(requestFrame(3, "lab.v1.Lab", "Nothing"))
    #expect(
      try self.extensionFrame(twice.frame())
        == .goAway(last: 3, code: .protocolError, text: "an id was used whose call still runs"))
    #expect(twice.frame() == nil)
    #expect(!twice.hasTimedOut)
    let long = try self.extended(lab)
    long.send(FrameHeader(length: 0x0100_0001, stream: 3, kind: 1).octets)
    #expect(
      try self.extensionFrame(long.frame())
        == .goAway(last: 1, code: .protocolError, text: "a frame of 16777217 octets is announced"))
    #expect(long.frame() == nil)
    #expect(!long.hasTimedOut)
  }

  @Test("calls may stand right behind Hello, and pings are answered after it")
  func pipelined() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    peer.send(self.hello() + requestFrame(3, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header.stream == 1)
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 3, kind: 2))
    peer.send(ExtensionFrame.ping(0x0102_0304_0506_0708, isAnswer: false).octets)
    let frame = peer.frame()
    #expect(frame?.header == FrameHeader(length: 8, stream: 0, kind: 0xC1, flags: 1))
    #expect(frame?.data == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test("who pings three times sooner than every ten seconds is sent away")
  func pings() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    for word in 0..<4 { peer.send(ExtensionFrame.ping(UInt64(word), isAnswer: false).octets) }
    for word in 0..<3 {
      #expect(try self.extensionFrame(peer.frame()) == .ping(UInt64(word), isAnswer: true))
    }
    #expect(
      try self.extensionFrame(peer.frame())
        == .goAway(last: 1, code: .tooManyPings, text: "too many pings"))
    #expect(peer.frame() == nil)
    #expect(!peer.hasTimedOut)
  }

  @Test(
    "a frame of an extension that is not made as it must be ends the connection with a word",
    arguments: [
      FrameHeader(length: 3, stream: 0, kind: 0xC1), FrameHeader(length: 8, stream: 5, kind: 0xC1),
      FrameHeader(length: 4, stream: 0, kind: 0xC4), FrameHeader(length: 2, stream: 1, kind: 0xC4),
      FrameHeader(length: 4, stream: 0, kind: 0xC3), FrameHeader(length: 4, stream: 0, kind: 0xC2),
    ])
  func malformed(header: FrameHeader) throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(header.octets + [UInt8](repeating: 0, count: Int(header.length)))
    guard case .goAway(_, .protocolError, _) = try self.extensionFrame(peer.frame()) else {
      Issue.record("no GOAWAY")
      return
    }
    #expect(peer.frame() == nil)
    #expect(!peer.hasTimedOut)
  }

  @Test("more credit than there can be ends the connection")
  func overflow() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(ExtensionFrame.credit(stream: 0, octets: 0x7FFF_FFFF).octets)
    guard case .goAway(_, .protocolError, _) = try self.extensionFrame(peer.frame()) else {
      Issue.record("no GOAWAY")
      return
    }
    #expect(peer.frame() == nil)
  }

  @Test("messages stop where the window ends, and go on with credit")
  func credit() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    // A message of Count takes 10 octets of header and 0, 2 or 3 of data.
    peer.send(requestFrame(3, "lab.v1.Lab", "Count", payload: self.number(50_000), flags: 1))
    var octets = 0
    var count = 0
    while octets < 262_144, let frame = peer.frame() {
      #expect(frame.header.kind == 3)
      octets += frame.data.count + 10
      count += 1
    }
    // The window is used up: what comes next is the answer to another call.
    peer.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
    peer.send(ExtensionFrame.credit(stream: 3, octets: 1_000_000).octets)
    peer.send(ExtensionFrame.credit(stream: 0, octets: 1_000_000).octets)
    while let frame = peer.frame() {
      if frame.header.kind == 2 {
        // Ends with a status and trailers, which a stock peer would take for a message.
        #expect(frame.header.flags == FrameHeader.Flag.end)
        let response = try Ttrpc.Response(decoding: frame.data)
        #expect(Metadata(response.trailers)["counted"] == "50000")
        break
      }
      count += 1
    }
    #expect(count == 50_000)
  }

  @Test("who sends without credit is sent away")
  func overdrawn() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(requestFrame(3, "lab.v1.Lab", "Stall", flags: 6))
    let message = DataFrame.message(octets: [UInt8](repeating: 0, count: 100_000), stream: 3)
    // The third may draw the window below nothing; the fourth may not be sent.
    for _ in 0..<4 { peer.send(message) }
    guard case .goAway(_, .protocolError, _) = try self.extensionFrame(peer.frame()) else {
      Issue.record("no GOAWAY")
      return
    }
    #expect(peer.frame() == nil)
  }

  @Test("a message that arrives in pieces is counted once")
  func pieces() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(requestFrame(3, "lab.v1.Lab", "Chat", flags: 6))
    var text = GoogleProtobuf.StringValue()
    text.value = String(repeating: "x", count: 200_000)
    let message = DataFrame.message(octets: text.encoded, stream: 3)
    for start in stride(from: 0, to: message.count, by: 10_000) {
      peer.send(Array(message[start..<min(start + 10_000, message.count)]))
    }
    var frame = peer.frame()
    // Credit for what was taken may come first.
    while frame?.header.kind == FrameHeader.Kind.credit { frame = peer.frame() }
    #expect(frame?.data.count == text.encoded.count + 5)
  }

  @Test("a peer that ends its sending has left its streams too")
  func halfClosed() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(requestFrame(3, "lab.v1.Lab", "Chat", flags: 6))
    var text = GoogleProtobuf.StringValue()
    text.value = "сәлем"
    peer.send(DataFrame.message(octets: text.encoded, stream: 3))
    #expect(peer.frame()?.header.kind == FrameHeader.Kind.data)
    peer.endSending()
    #expect(peer.frame() == nil)
    #expect(!peer.hasTimedOut)
  }

  @Test("CANCEL ends a call with CANCELLED, once; for an unknown id it is nothing")
  func cancel() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(requestFrame(3, "lab.v1.Lab", "Stall", flags: 6))
    peer.send(ExtensionFrame.cancel(stream: 3, code: 0).octets)
    peer.send(ExtensionFrame.cancel(stream: 3, code: 0).octets)
    peer.send(ExtensionFrame.cancel(stream: 99, code: 0).octets)
    #expect(peer.status()?.code == .cancelled)
    peer.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
  }

  @Test("a stop is announced, what is on its way is taken, what runs is finished, the rest refused")
  func drains() throws {
    let lab = try LabServer()
    let peer = try self.extended(lab)
    peer.send(requestFrame(3, "lab.v1.Lab", "Chat", flags: 6))
    peer.send(DataFrame.message(octets: [0x0A, 1, 0x61], stream: 3))
    #expect(peer.frame()?.data == [0x0A, 6] + Array("echo a".utf8))
    let server = lab.server
    // Ends when the connection below has: the server waits for it.
    let stopped = Thread { server.stop(within: 10) }
    stopped.start()
    #expect(
      try self.extensionFrame(peer.frame())
        == .goAway(last: .max, code: .stopping, text: "the server is stopping"))
    guard case .ping(let word, isAnswer: false) = try self.extensionFrame(peer.frame()) else {
      Issue.record("no PING between the two steps")
      return
    }
    // Sent before the peer knew: it is taken.
    peer.send(requestFrame(5, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 5, kind: 2))
    peer.send(ExtensionFrame.ping(word, isAnswer: true).octets)
    #expect(
      try self.extensionFrame(peer.frame())
        == .goAway(last: 5, code: .stopping, text: "the server is stopping"))
    peer.send(requestFrame(7, "lab.v1.Lab", "Nothing"))
    #expect(peer.status()?.code == .unavailable)
    peer.send(DataFrame.message(octets: [0x0A, 1, 0x62], stream: 3) + DataFrame.close(stream: 3))
    #expect(peer.frame()?.data == [0x0A, 6] + Array("echo b".utf8))
    #expect(peer.frame()?.header.flags == FrameHeader.Flag.end)
    #expect(peer.frame() == nil)
    #expect(!peer.hasTimedOut)
  }

  @Test("no call is begun while those that run hold much, and the next is when one has ended")
  func held() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    peer.send(self.hello { _ in })
    _ = peer.frame()
    // A watch lives as long as its caller likes, and so does what it was asked with.
    var ask = GrpcHealthV1.HealthCheckRequest()
    ask.service = String(repeating: "қ", count: 3 << 19)
    for stream: UInt32 in [3, 5, 7] {
      peer.send(
        requestFrame(
          stream, "grpc.health.v1.Health", "Watch", payload: ask.encoded,
          flags: FrameHeader.Flag.remoteClosed))
      #expect(peer.frame()?.header.stream == stream)
    }
    peer.send(requestFrame(9, "lab.v1.Lab", "Nothing"))
    let refused = peer.status()
    #expect(refused?.code == .resourceExhausted)
    #expect(refused?.reasons.map(\.reason) == ["BUSY"])
    peer.send(ExtensionFrame.cancel(stream: 5, code: 0).octets)
    #expect(peer.status()?.code == .cancelled)
    peer.send(requestFrame(11, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 11, kind: 2))
  }

  @Test("a frame above what the peer takes becomes RESOURCE_EXHAUSTED for its call alone")
  func frameMax() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    peer.send(self.hello { $0.maxFrame = 65_536 })
    _ = peer.frame()
    peer.send(requestFrame(3, "lab.v1.Lab", "Big", payload: self.number(65_000)))
    #expect(peer.frame()?.header.kind == 2)
    peer.send(requestFrame(5, "lab.v1.Lab", "Big", payload: self.number(66_000)))
    #expect(peer.status()?.code == .resourceExhausted)
  }

  @Test(
    "a stock peer's stream that nobody reads is ended after a second, and the others are served")
  func stockStall() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    peer.send(requestFrame(1, "lab.v1.Lab", "Stall", flags: 2))
    for _ in 0..<70 { peer.send(DataFrame.message(octets: [8, 1], stream: 1)) }
    peer.send(requestFrame(3, "lab.v1.Lab", "Nothing"))
    // Reading waits for the reader until it has had its second.
    let first = peer.frame()
    #expect(first?.header.stream == 1)
    let response = try Ttrpc.Response(decoding: first?.data ?? [])
    #expect(Status(response.status)?.code == .resourceExhausted)
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 3, kind: 2))
  }

  @Test("a message for a unary call that runs ends it, and no other call")
  func dataForUnary() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    var long = GoogleProtobuf.Duration()
    long.seconds = 3_600
    peer.send(requestFrame(1, "lab.v1.Lab", "Sleep", payload: long.encoded))
    peer.send(DataFrame.message(octets: [1], stream: 1))
    #expect(peer.status() == Status(.invalidArgument, "the call takes no stream of messages"))
    peer.send(requestFrame(3, "lab.v1.Lab", "Nothing"))
    #expect(peer.frame()?.header == FrameHeader(length: 0, stream: 3, kind: 2))
  }

  @Test("a deadline ends a stream on time, whatever its handler does")
  func deadline() throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    peer.send(
      requestFrame(1, "lab.v1.Lab", "Stall", timeoutNano: 50_000_000, flags: 2))
    #expect(peer.status()?.code == .deadlineExceeded)
  }

  @Test("the server tells how it fares, and what it serves")
  func healthAndReflection() async throws {
    let lab = try LabServer()
    let client = BitimClient(address: lab.address)
    var ask = GrpcHealthV1.HealthCheckRequest()
    ask.service = "lab.v1.Lab"
    let health = HealthClient(client)
    #expect(try await health.check(ask).status == .serving)
    ask.service = "no.such.Service"
    await #expect(throws: CallFailure.refused(Status(.notFound, "service no.such.Service"))) {
      try await health.check(ask)
    }
    #expect(try await health.watch(ask).next()?.status == .serviceUnknown)

    var describe = BitimRpcV1.DescribeRequest()
    describe.symbols = ["lab.v1.Lab"]
    let said = try await ConnectionClient(client).describe(describe)
    let pool = try DescriptorPool(files: said.file)
    #expect(pool.services["lab.v1.Lab"]?.methods.count == 11)
    describe.symbols = [String(repeating: "қ", count: 1 << 15)]
    await #expect(
      throws: CallFailure.refused(
        Status(.invalidArgument, "symbols: at most 65536 octets of them"))
    ) {
      try await ConnectionClient(client).describe(describe)
    }
    let reflection = try await ServerReflectionClient(client).serverReflectionInfo()
    var question = GrpcReflectionV1.ServerReflectionRequest()
    question.messageRequest = .fileContainingSymbol("lab.v1.Lab")
    try await reflection.send(question)
    guard
      case .fileDescriptorResponse(let files) = try await reflection.answers.next()?.messageResponse
    else {
      Issue.record("no files")
      return
    }
    #expect(files.fileDescriptorProto == said.file)
    question.messageRequest = .fileByFilename("no/such.proto")
    try await reflection.send(question)
    guard case .errorResponse(let error) = try await reflection.answers.next()?.messageResponse
    else {
      Issue.record("no error")
      return
    }
    #expect(error.errorCode == 5)
  }

  @Test("what a server describes stands alone, and the options that it has are told")
  func describesOptions() async throws {
    let lab = try LabServer()
    let client = BitimClient(address: lab.address)
    let pool = try DescriptorPool(files: try await ConnectionClient(client).describe(.init()).file)
    var before: Set<String> = []
    for file in pool.files {
      #expect(before.isSuperset(of: file.imports), "\(file.path)")
      before.insert(file.path)
    }
    #expect(before.contains("google/protobuf/descriptor.proto"))

    let reflection = try await ServerReflectionClient(client).serverReflectionInfo()
    func answer(
      _ asked: GrpcReflectionV1.ServerReflectionRequest.MessageRequest
    ) async throws -> GrpcReflectionV1.ServerReflectionResponse.MessageResponse? {
      var question = GrpcReflectionV1.ServerReflectionRequest()
      question.messageRequest = asked
      try await reflection.send(question)
      return try await reflection.answers.next()?.messageResponse
    }
    func lastPath(_ files: GrpcReflectionV1.FileDescriptorResponse) throws -> String? {
      try DescriptorPool(files: files.fileDescriptorProto).files.last?.path
    }
    let options = "google.protobuf.MethodOptions"
    var numbers = GrpcReflectionV1.ExtensionNumberResponse()
    numbers.baseTypeName = options
    numbers.extensionNumber = [50_001, 50_002]
    #expect(
      try await answer(.allExtensionNumbersOfType(options))
        == .allExtensionNumbersResponse(numbers))
    var audience = GrpcReflectionV1.ExtensionRequest()
    audience.containingType = options
    audience.extensionNumber = 50_002
    for asked in [
      .fileContainingExtension(audience), .fileContainingSymbol("bitim.options.v1.audience"),
    ] as [GrpcReflectionV1.ServerReflectionRequest.MessageRequest] {
      guard case .fileDescriptorResponse(let files) = try await answer(asked) else {
        Issue.record("\(asked)")
        return
      }
      #expect(try lastPath(files) == "bitim/options/v1/options.proto")
    }
    audience.extensionNumber = 50_003
    guard case .errorResponse(let error) = try await answer(.fileContainingExtension(audience))
    else {
      Issue.record("an extension that is not there")
      return
    }
    #expect(error.errorCode == Status.Code.notFound.rawValue)
    #expect(error.errorMessage == "google.protobuf.MethodOptions 50003: not known here")
  }
}
