import BitimProtocol

/// One connection of the client's side, as a value: it takes frames and says what happened.
///
/// It holds no socket, clock or task; identifiers only. Its rules are those towards stock servers,
/// some of which die of a frame they did not expect: `schema/PROTOCOL.md`, "Towards a stock server".
struct ClientMachine {
  /// What happened, to be told to whoever waits.
  enum Event: Equatable {
    /// A message arrived on a stream.
    case message(stream: UInt32, [UInt8])
    /// A call has come to its one end.
    case ended(stream: UInt32, End)
    /// It is known what the server can do.
    case greeted(Extensions)
  }

  /// How a call ended.
  enum End: Equatable, Sendable {
    /// The data of a response frame.
    case response([UInt8])
    /// The server sends no more messages, and all is well.
    case closed
    /// The server says that it did not run the call: it may be made again.
    case notExecuted(String)
    /// What arrived is no answer to this call.
    case malformed(String)
  }

  /// What to do with a frame.
  enum FrameAction: Equatable {
    /// Take its data, then tell ``frameArrived(_:_:now:)``.
    case take
    /// Drop its data as it comes.
    case skip
    /// Close the connection: it can't be read any further.
    case close(String)
  }

  private struct Call {
    let shape: MethodDescriptor.Shape
    var isSending: Bool
  }

  /// Ids are never used up: a new connection is made long before.
  private static let streamMax: UInt32 = 0x7FFF_FFFF
  /// After how long without a sign of the server it is asked whether it is there.
  static let quietMax: Int64 = 30_000_000_000
  /// How long it may take to answer.
  static let answerMax: Int64 = 10_000_000_000

  private var calls: [UInt32: Call] = [:]
  private var nextStream: UInt32
  private var helloStream: UInt32?
  /// Whether nothing leaves behind Hello before the server has answered it.
  private var isHolding = false
  private var hasSaidHello = false
  /// Calls that nobody waited for any more before the server had answered Hello.
  private var leftEarly: [(stream: UInt32, code: UInt32)] = []
  private(set) var extensions: Extensions = []
  private(set) var flow: FlowControl
  private var frameMaxOfServer = FrameHeader.lengthMax
  private var callsMax = Int.max
  private(set) var events: [Event] = []
  /// Whether the server takes no more calls.
  private(set) var isLeaving = false
  private var heardAt: Int64
  private var pingedAt: Int64?
  private var pingWord: UInt64 = 0
  /// Answers, messages and frames that nobody waited for.
  private(set) var strayCount = 0
  /// Whether anything was ever answered.
  private(set) var wasAnswered = false

  /// - Parameters:
  ///   - hello: What to say first; nil speaks plain ttrpc from the beginning.
  ///   - firstStream: The first id; odd.
  init(hello: BitimRpcV1.Hello?, now: Int64, firstStream: UInt32 = 1) {
    self.heardAt = now
    self.nextStream = firstStream
    guard let hello else {
      self.flow = FlowControl()
      return
    }
    self.flow = FlowControl(
      ours: Extensions.windows(stream: hello.streamWindow, connection: hello.connectionWindow),
      isCounting: true)
    var request = Ttrpc.Request()
    request.service = BitimRpcV1.Connection.name
    request.method = BitimRpcV1.Connection.hello.descriptor.name
    request.payload = hello.encoded
    self.helloStream = self.put(request.encoded, flags: 0)
  }

  /// Whether another call may be begun here.
  var mayOpen: Bool {
    !self.isLeaving && self.nextStream < Self.streamMax && self.calls.count < self.callsMax
  }

  /// Whether no call runs.
  var isIdle: Bool { self.calls.isEmpty }
  /// Whether the server has not yet said what it can do.
  var isGreeting: Bool { self.helloStream != nil }
  /// The calls that run, in the order in which they were begun.
  var streams: [UInt32] { self.calls.keys.sorted() }

  // Calls.

  /// Begins a call: `request` is a whole `ttrpc.Request`. Ids rise in the order in which frames
  /// leave. Nil if it is longer than the server takes.
  ///
  /// - Parameter awaitsGreeting: Whether it may leave only when the server has answered Hello, and
  ///   what is begun behind it no sooner.
  mutating func open(
    _ request: [UInt8], _ shape: MethodDescriptor.Shape, awaitsGreeting: Bool = false
  ) -> UInt32? {
    guard request.count <= Int(self.frameMaxOfServer) else { return nil }
    if awaitsGreeting { self.isHolding = true }
    let flags: UInt8 =
      switch shape {
      case .unary: 0
      case .serverStream: FrameHeader.Flag.remoteClosed
      // With "no data": Rust's servers would take the opening for an empty message.
      case .clientStream, .bidirectional:
        FrameHeader.Flag.remoteOpen | FrameHeader.Flag.noData
      }
    let stream = self.put(request, flags: flags)
    self.calls[stream] = Call(shape: shape, isSending: shape.clientStreams)
    if shape != .unary { self.flow.open(stream) }
    return stream
  }

  private mutating func put(_ request: [UInt8], flags: UInt8) -> UInt32 {
    let stream = self.nextStream
    self.nextStream += 2
    var frame: [UInt8] = []
    FrameHeader(
      length: UInt32(request.count), stream: stream, kind: FrameHeader.Kind.request, flags: flags
    ).append(to: &frame)
    self.flow.offer(ahead: frame + request)
    return stream
  }

  /// The longest message that may be sent, in octets.
  var messageMax: UInt32 { self.frameMaxOfServer }

  /// A message, as a whole frame, is to be sent when it may; false when the call takes none.
  mutating func send(_ frame: [UInt8], on stream: UInt32) -> Bool {
    guard self.calls[stream]?.isSending == true else { return false }
    self.flow.offer(frame, on: stream)
    return true
  }

  /// No more messages will be sent on a stream.
  mutating func closeSending(_ stream: UInt32) {
    guard self.calls[stream]?.isSending == true else { return }
    self.calls[stream]?.isSending = false
    self.flow.offer(last: DataFrame.close(stream: stream), on: stream)
  }

  /// Nobody waits for a call any more.
  ///
  /// - Parameter code: 0 the caller, 1 the deadline.
  mutating func cancel(_ stream: UInt32, code: UInt32) {
    guard let call = self.calls[stream] else { return }
    self.forget(stream)
    // What the server can do is not known yet: it is told when it is.
    if self.isGreeting { self.leftEarly.append((stream, code)) }
    if self.extensions.contains(.cancel) {
      self.flow.say(.cancel(stream: stream, code: code))
    } else if call.isSending {
      // A stock server knows no cancelling; that nothing more comes ends most handlers.
      self.flow.offer(ahead: DataFrame.close(stream: stream))
    }
  }

  /// A reader has taken messages.
  mutating func taken(_ octets: Int, messages: Int, on stream: UInt32) {
    self.flow.taken(octets, messages: messages, on: stream)
  }

  private mutating func forget(_ stream: UInt32) {
    guard let call = self.calls.removeValue(forKey: stream) else { return }
    if call.shape != .unary { self.flow.close(stream) }
  }

  // What is to be sent.

  /// The next frames to send.
  mutating func nextFrame() -> FlowControl.Departing? {
    // Hello is the first frame of all.
    if self.holds, self.hasSaidHello { return nil }
    self.hasSaidHello = true
    return self.flow.next()
  }

  /// Whether what is begun now does not leave yet.
  var holds: Bool { self.isHolding && self.isGreeting }

  /// Takes what has happened since it was last asked.
  mutating func takeEvents() -> [Event] {
    defer { self.events.removeAll(keepingCapacity: true) }
    return self.events
  }

  // Frames.

  /// A header arrived.
  mutating func headerArrived(_ header: FrameHeader, now: Int64) -> FrameAction {
    self.hear(now)
    guard header.length > FrameHeader.lengthMax else { return .take }
    guard header.length <= 4 * FrameHeader.lengthMax else {
      return .close("the server sent a frame above 16 MiB")
    }
    // Older Go servers send such an answer: it fails its own call, and no other.
    self.end(header.stream, .malformed("the answer is longer than a frame may be"))
    return .skip
  }

  /// Octets arrived, whatever they are.
  mutating func hear(_ now: Int64) {
    self.heardAt = now
    self.pingedAt = nil
  }

  /// A whole frame arrived; a text when the connection can't go on.
  mutating func frameArrived(
    _ header: FrameHeader, _ data: Span<UInt8>, now: Int64
  ) -> String? {
    switch header.kind {
    case FrameHeader.Kind.response: self.responseArrived(header, data)
    case FrameHeader.Kind.data: return self.dataArrived(header, data)
    case FrameHeader.Kind.ping, FrameHeader.Kind.goAway, FrameHeader.Kind.credit:
      guard !self.extensions.isEmpty else {
        self.strayCount += 1
        return nil
      }
      return self.extensionArrived(header, data)
    default: self.strayCount += 1
    }
    return nil
  }

  private mutating func responseArrived(_ header: FrameHeader, _ data: Span<UInt8>) {
    if header.stream == self.helloStream { return self.helloAnswered(data) }
    guard let call = self.calls[header.stream] else {
      self.strayCount += 1
      return
    }
    let octets = [UInt8](data)
    if call.shape.serverStreams, header.flags & FrameHeader.Flag.end == 0,
      let response = try? Ttrpc.Response(decoding: octets), Status(response.status) == nil
    {
      // As Go's clients do: one message more, then the end.
      if !response.payload.isEmpty {
        self.events.append(.message(stream: header.stream, response.payload))
      }
      return self.end(header.stream, .closed)
    }
    self.end(header.stream, .response(octets))
  }

  private mutating func end(_ stream: UInt32, _ end: End) {
    guard self.calls[stream] != nil else {
      self.strayCount += 1
      return
    }
    self.wasAnswered = true
    self.forget(stream)
    self.events.append(.ended(stream: stream, end))
  }

  private mutating func helloAnswered(_ data: Span<UInt8>) {
    self.helloStream = nil
    self.wasAnswered = true
    guard let response = try? Ttrpc.Response(decoding: data), Status(response.status) == nil,
      let reply = try? BitimRpcV1.HelloReply(decoding: response.payload), reply.version >= 1
    else {
      // Anything else is a stock server: nothing of the extensions from here on.
      self.flow.stopCounting()
      self.events.append(.greeted([]))
      return
    }
    self.extensions = Extensions(named: reply.features)
    if self.extensions.contains(.cancel) {
      for (stream, code) in self.leftEarly {
        self.flow.say(.cancel(stream: stream, code: code))
      }
    }
    self.leftEarly = []
    self.frameMaxOfServer = Extensions.frameMax(reply.maxFrame)
    self.callsMax = reply.maxStreams == 0 ? .max : Int(reply.maxStreams)
    if self.extensions.contains(.credit) {
      self.flow.raise(
        to: Extensions.windows(
          stream: reply.streamWindow, connection: reply.connectionWindow))
    } else {
      self.flow.stopCounting()
    }
    self.events.append(.greeted(self.extensions))
  }

  private mutating func dataArrived(_ header: FrameHeader, _ data: Span<UInt8>) -> String? {
    let carriesNone = header.flags & FrameHeader.Flag.noData != 0
    let isLast = header.flags & FrameHeader.Flag.remoteClosed != 0
    let call = self.calls[header.stream]
    let takes = call?.shape.serverStreams == true
    do throws(FlowControl.Overdrawn) {
      if !carriesNone {
        try self.flow.received(
          data.count + FrameHeader.octetCount, on: header.stream, isTaken: takes)
      }
    } catch {
      return "the server sent a message without credit"
    }
    guard call != nil else {
      self.strayCount += 1
      return nil
    }
    guard takes else {
      self.end(header.stream, .malformed("a message came where one answer was to come"))
      return nil
    }
    // A last message may come with the end; no data and no end is nothing.
    if !carriesNone { self.events.append(.message(stream: header.stream, [UInt8](data))) }
    if isLast { self.end(header.stream, .closed) }
    return nil
  }

  private mutating func extensionArrived(
    _ header: FrameHeader, _ data: Span<UInt8>
  ) -> String? {
    do {
      switch try ExtensionFrame(header, data) {
      case .ping(let word, isAnswer: false):
        self.flow.say(.ping(word, isAnswer: true))
      case .credit(let stream, let octets): try self.flow.credited(octets, on: stream)
      case .goAway(let last, _, let text):
        self.isLeaving = true
        for stream in self.streams where stream > last {
          self.end(stream, .notExecuted("the server is leaving: \(text)"))
        }
      default: break
      }
      return nil
    } catch {
      return "the server sent a malformed frame, or gave too much credit"
    }
  }

  // Time.

  /// When ``timePassed(_:)`` is to be told; nil while nothing is to be watched.
  var dueAt: Int64? {
    guard self.extensions.contains(.ping), !self.calls.isEmpty else { return nil }
    return self.pingedAt.map { $0 + Self.answerMax } ?? self.heardAt + Self.quietMax
  }

  /// Time has passed; a text when the server is not there any more.
  mutating func timePassed(_ now: Int64) -> String? {
    guard let dueAt = self.dueAt, dueAt <= now else { return nil }
    if self.pingedAt != nil { return "the server has not answered for ten seconds" }
    self.pingedAt = now
    self.pingWord &+= 1
    self.flow.say(.ping(self.pingWord, isAnswer: false))
    return nil
  }

  /// Says that this end makes no more calls, once it is to be closed.
  mutating func leave() {
    self.isLeaving = true
    guard self.extensions.contains(.goAway) else { return }
    self.flow.say(.goAway(last: 0, code: .stopping, text: ""))
  }

  /// The calls whose readers are so far behind that no more is read, of a stock server.
  var fullStreams: Set<UInt32> { self.flow.full }
}
