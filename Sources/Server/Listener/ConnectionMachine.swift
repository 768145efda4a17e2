import BitimProtocol

/// One connection of the server's side, as a value: it takes frames' headers and says what to do.
///
/// It holds no socket, clock or task; identifiers only. What it decides is `schema/PROTOCOL.md`,
/// "Calls" and "Extensions": rules towards stock peers, who repeat ids, flag oddly and send what
/// nobody asked for, and what extended peers have agreed on.
struct ConnectionMachine {
  /// A frame announced longer than this closes the connection: nobody honest sends it.
  static let skippedMax: UInt32 = 16 << 20

  /// What to do with a frame.
  enum FrameAction: Equatable {
    /// Take its data, then ask ``requestArrived(on:)``.
    case request
    /// Take its data: a message for the stream's reader.
    case message
    /// Take its data: the last message for the stream's reader.
    case lastMessage
    /// Take its data and drop it; the stream's reader has had all.
    case end
    /// Take its data, then ask ``extensionArrived(_:now:)``.
    case extended
    /// Take its data and drop it.
    case ignore
    /// Take its data, drop it and end the stream with this status.
    case refuse(Status)
    /// Close the connection.
    case close
  }

  /// What to do with a request.
  enum RequestAction: Equatable {
    case start
    case refuse(Status)
    case close
  }

  /// What to do with a frame of an extension.
  enum ExtensionAction: Equatable {
    case none
    /// The caller of this stream does not wait any more.
    case cancel(stream: UInt32)
    /// Say what ``takeControl()`` gives, and close the connection.
    case close
  }

  /// What becomes of the connection; each phase may be followed by those below it.
  private enum Phase: Equatable {
    case open
    /// The peer knows that it shall call no more; what was on its way is taken.
    case announced
    /// No more calls are taken; those that run are finished.
    case draining
  }

  /// A call that was begun and has not ended.
  struct Running: Equatable {
    let shape: MethodDescriptor.Shape
    /// How long its request is, in octets: it is kept until the call has ended.
    let octets: Int
    /// Whether messages of the caller are still taken.
    var isReceiving: Bool
    /// Whether its end waits behind its messages.
    var isEnding = false
  }

  private var phase = Phase.open
  private(set) var running: [UInt32: Running] = [:]
  /// How long the requests of all running calls are together, in octets.
  private var requestOctets = 0
  /// From how many octets of running calls' requests on no more is begun.
  private static let requestOctetsMax = 8 << 20
  /// What a call that runs costs beside its octets: its place here, its task, its port, and what the
  /// heap makes of them.
  private static let callOctets = 6 << 10
  /// How many calls of a peer whose token is not known run at once, and how long their requests are.
  private static let strangerCallsMax = 16
  private static let strangerOctetsMax = 256 << 10
  /// The longest frame of a peer whose token is not known: whoever has none needs no more.
  static let strangerLengthMax: UInt32 = 64 << 10

  /// Whether the peer has shown a token in force, or nobody looks at tokens here.
  private(set) var isKnown = true
  /// The longest frame that is taken.
  private(set) var lengthMax = FrameHeader.lengthMax
  private var ids = UsedIDs()
  private var requestCount = 0
  private var pings = PingCount()
  /// What the two ends have agreed on; nothing with a stock peer.
  private(set) var extensions: Extensions = []
  /// The longest frame the peer takes.
  private(set) var frameMax = FrameHeader.lengthMax
  /// What waits to be sent, and how much more may be.
  private(set) var flow = FlowControl()

  /// How much this end takes before it gives credit.
  static let windows = FlowControl.Windows.least

  // Frames.

  /// A header arrived.
  mutating func headerArrived(_ header: FrameHeader) -> FrameAction {
    if header.length > self.lengthMax { return self.longArrived(header) }
    switch header.kind {
    case FrameHeader.Kind.request:
      guard header.stream % 2 == 1 else {
        return .refuse(
          Status(.invalidArgument, "StreamID must be odd for client initiated streams"))
      }
      return .request
    case FrameHeader.Kind.data: return self.dataArrived(header)
    case FrameHeader.Kind.ping, FrameHeader.Kind.goAway, FrameHeader.Kind.cancel,
      FrameHeader.Kind.credit:
      return self.extensions.isEmpty ? .ignore : .extended
    default: return .ignore
    }
  }

  /// A frame is announced that is longer than any that is taken: its data is dropped.
  private mutating func longArrived(_ header: FrameHeader) -> FrameAction {
    guard header.length <= Self.skippedMax else {
      return self.leave(.protocolError, "a frame of \(header.length) octets is announced")
    }
    switch header.kind {
    case FrameHeader.Kind.request: break
    case FrameHeader.Kind.data:
      do throws(FlowControl.Overdrawn) {
        // Dropped, and given back: the other streams' messages must not wait for it.
        let octets = Int(header.length) + FrameHeader.octetCount
        try self.flow.received(octets, on: header.stream, isTaken: false)
      } catch {
        return self.leave(.protocolError, "a message was sent without credit")
      }
      // Whoever reads the stream would miss a message.
      guard self.running[header.stream]?.isReceiving == true else { return .ignore }
    default: return .ignore
    }
    let known = self.isKnown ? "" : " before a token is known"
    return .refuse(
      Status(
        .resourceExhausted,
        "message length \(header.length) exceed maximum message size of \(self.lengthMax)\(known)"))
  }

  private mutating func dataArrived(_ header: FrameHeader) -> FrameAction {
    let octets = Int(header.length) + FrameHeader.octetCount
    let carriesNone = header.flags & FrameHeader.Flag.noData != 0
    let isLast = header.flags & FrameHeader.Flag.remoteClosed != 0
    let call = self.running[header.stream]
    let isReceiving = call?.isReceiving == true
    do throws(FlowControl.Overdrawn) {
      if !carriesNone {
        try self.flow.received(octets, on: header.stream, isTaken: isReceiving)
      }
    } catch {
      return self.leave(.protocolError, "a message was sent without credit")
    }
    guard let call else {
      // Data for a stream that has ended is a natural race; for one never opened, a mistake.
      return self.ids.wasUsed(header.stream)
        ? .ignore : .refuse(Status(.invalidArgument, "StreamID is no longer active"))
    }
    if call.isEnding { return .ignore }
    guard isReceiving else {
      return .refuse(
        Status(
          .invalidArgument,
          call.shape.clientStreams
            ? "a message came after the last one" : "the call takes no stream of messages"))
    }
    if isLast { self.running[header.stream]?.isReceiving = false }
    if carriesNone { return isLast ? .end : .ignore }
    return isLast ? .lastMessage : .message
  }

  /// A whole request arrived on an odd stream.
  mutating func requestArrived(on stream: UInt32) -> RequestAction {
    // Anything answered on an id in use could end the call that runs: the peer is broken.
    if !self.running.isEmpty, self.running[stream] != nil {
      _ = self.leave(.protocolError, "an id was used whose call still runs")
      return .close
    }
    guard self.ids.use(stream) else {
      return .refuse(
        Status(.invalidArgument, "StreamID cannot be re-used and must increment"))
    }
    self.requestCount &+= 1
    if self.phase == .draining {
      return .refuse(Status(.unavailable, reason: "DRAINING", "the server is stopping"))
    }
    let callsMax = self.isKnown ? Extensions.callsMax : Self.strangerCallsMax
    let octetsMax = self.isKnown ? Self.requestOctetsMax : Self.strangerOctetsMax
    guard self.running.count < callsMax, self.requestOctets < octetsMax else {
      return .refuse(Status(.resourceExhausted, reason: "BUSY", "too many calls at once"))
    }
    return .start
  }

  /// Nobody is known here before a token has been looked at.
  mutating func beginAsStranger() {
    self.isKnown = false
    self.lengthMax = Self.strangerLengthMax
  }

  /// The peer has shown a token in force.
  mutating func becomeKnown() {
    self.isKnown = true
    self.lengthMax = FrameHeader.lengthMax
  }

  /// How many octets are kept for calls that run, and for what they say.
  var held: Int {
    self.requestOctets + self.running.count * Self.callOctets + self.flow.held
  }

  // Calls.

  /// A call is not answered at once: it runs until ``answered(_:)`` or ``finish(_:_:_:)``.
  ///
  /// - Parameters:
  ///   - octets: How long its request is.
  ///   - mayReceive: Whether messages of the caller follow.
  mutating func began(
    _ stream: UInt32, _ shape: MethodDescriptor.Shape = .unary, octets: Int,
    mayReceive: Bool = false
  ) {
    self.requestOctets += octets
    self.running[stream] = Running(
      shape: shape, octets: octets, isReceiving: shape.clientStreams && mayReceive)
    if shape != .unary { self.flow.open(stream) }
  }

  /// An answer is to be sent, and whatever waits on the stream is dropped, its end included; false
  /// if the stream has ended already.
  mutating func answered(_ stream: UInt32) -> Bool {
    guard self.running[stream] != nil else { return false }
    self.forget(stream)
    return true
  }

  private mutating func forget(_ stream: UInt32) {
    guard let call = self.running.removeValue(forKey: stream) else { return }
    self.requestOctets -= call.octets
    if call.shape != .unary { self.flow.close(stream) }
  }

  /// A message is to be sent on a running stream, when it may.
  mutating func offer(_ frame: [UInt8], on stream: UInt32) {
    if self.running[stream]?.isEnding == false { self.flow.offer(frame, on: stream) }
  }

  /// A reader has taken messages.
  mutating func taken(_ octets: Int, messages: Int, on stream: UInt32) {
    self.flow.taken(octets, messages: messages, on: stream)
  }

  /// A call that ran has come to its end, which goes behind what waits.
  mutating func finish(
    _ stream: UInt32, _ result: Result<[UInt8], Status>, _ trailers: Metadata
  ) {
    guard let call = self.running[stream], !call.isEnding else { return }
    let last = self.end(of: stream, call.shape, result, trailers)
    guard call.shape != .unary else {
      self.forget(stream)
      self.flow.offer(ahead: last)
      return
    }
    self.running[stream]?.isEnding = true
    self.flow.stopReceiving(stream)
    self.flow.offer(last: last, on: stream)
  }

  private func end(
    of stream: UInt32, _ shape: MethodDescriptor.Shape, _ result: Result<[UInt8], Status>,
    _ trailers: Metadata
  ) -> [UInt8] {
    switch result {
    case .failure(let status):
      return ResponseFrame.failure(stream: stream, status: status, trailers: trailers)
    case .success(let payload):
      if shape.serverStreams {
        guard self.extensions.contains(.trailers) else { return DataFrame.close(stream: stream) }
        return ResponseFrame.success(
          stream: stream, payload: [], trailers: trailers, flags: FrameHeader.Flag.end)
          ?? ResponseFrame.failure(stream: stream, status: .tooLong)
      }
      let frame =
        trailers.pairs.isEmpty
        ? ResponseFrame.success(stream: stream, payload: payload)
        : ResponseFrame.success(stream: stream, payload: payload, trailers: trailers)
      guard let frame, frame.count <= Int(self.frameMax) + FrameHeader.octetCount else {
        return ResponseFrame.failure(stream: stream, status: .tooLong)
      }
      return frame
    }
  }

  // What is to be sent.

  /// The next frames to send: first what this end has to say itself, then messages in their turn.
  mutating func nextFrame() -> FlowControl.Departing? {
    guard let departing = self.flow.next() else { return nil }
    if departing.isLast { self.forget(departing.stream) }
    return departing
  }

  // Extensions.

  /// The peer says what it can do.
  ///
  /// - Throws: ``Status`` when it has said so, or has said anything else before.
  mutating func helloArrived(
    _ hello: BitimRpcV1.Hello, agent: String
  ) throws(Status) -> BitimRpcV1.HelloReply {
    guard self.requestCount == 1 else {
      throw Status(.failedPrecondition, "Hello is the first call of a connection, and only once")
    }
    guard hello.version >= 1 else {
      throw Status(.invalidArgument, "version: from 1")
    }
    self.extensions = Extensions(named: hello.features)
    self.frameMax = Extensions.frameMax(hello.maxFrame)
    self.flow = FlowControl(
      ours: Self.windows,
      theirs: Extensions.windows(
        stream: hello.streamWindow, connection: hello.connectionWindow),
      isCounting: self.extensions.contains(.credit))
    return Extensions.reply(to: hello, agent: agent, windows: Self.windows)
  }

  /// A frame of an extension arrived whole.
  mutating func extensionArrived(
    _ header: FrameHeader, _ data: Span<UInt8>, now: Int64
  ) -> ExtensionAction {
    do {
      guard let frame = try ExtensionFrame(header, data) else { return .none }
      switch frame {
      case .ping(let word, isAnswer: false) where self.extensions.contains(.ping):
        if self.pings.isTooMany(now: now) {
          _ = self.leave(.tooManyPings, "too many pings")
          return .close
        }
        self.flow.say(.ping(word, isAnswer: true))
      case .ping(Self.drainPing, isAnswer: true): self.settleDrain()
      case .cancel(let stream, _) where self.extensions.contains(.cancel):
        if self.running[stream] != nil { return .cancel(stream: stream) }
      case .credit(let stream, let octets) where self.extensions.contains(.credit):
        try self.flow.credited(octets, on: stream)
      case .goAway where self.extensions.contains(.goAway): self.phase = .draining
      default: break
      }
      return .none
    } catch {
      _ = self.leave(.protocolError, "an extension's frame is malformed, or gives too much credit")
      return .close
    }
  }

  /// Says why this end goes; what is said is sent before the connection closes.
  mutating func leave(_ code: ExtensionFrame.Departure, _ text: String) -> FrameAction {
    if self.extensions.contains(.goAway) {
      self.flow.say(.goAway(last: self.ids.highest, code: code, text: text))
    }
    return .close
  }

  /// Marks the round trip between the two steps of a drain.
  private static let drainPing: UInt64 = 0x6269_7469_6D64_7261

  /// No more calls shall be made; those that run are finished. An extended peer is told first, and
  /// what it sends until it knows is taken.
  mutating func drain() {
    guard self.phase == .open else { return }
    guard self.extensions.isSuperset(of: [.goAway, .ping]) else {
      self.phase = .draining
      return
    }
    self.phase = .announced
    self.flow.say(.goAway(last: .max, code: .stopping, text: "the server is stopping"))
    self.flow.say(.ping(Self.drainPing, isAnswer: false))
  }

  /// The peer knows that it shall call no more, or does not say so for long: from here on nothing
  /// is taken.
  mutating func settleDrain() {
    guard self.phase == .announced else { return }
    self.phase = .draining
    self.flow.say(
      .goAway(last: self.ids.highest, code: .stopping, text: "the server is stopping"))
  }

  /// Whether the peer has been told to call no more, and has not been heard to know.
  var isAnnounced: Bool { self.phase == .announced }
  /// Whether a drained connection has nothing left to do.
  var isDone: Bool { self.phase == .draining && self.running.isEmpty && !self.flow.hasAhead }
  /// Whether reading must wait until a reader takes what it has.
  var isBlocked: Bool { self.flow.isBlocked }
}

/// How often a peer pings: three times sooner than every ten seconds is too often.
struct PingCount {
  private static let pause: Int64 = 10_000_000_000
  private var last: Int64?
  private var strikes = 0

  mutating func isTooMany(now: Int64) -> Bool {
    defer { self.last = now }
    guard let last = self.last, now - last < Self.pause else { return false }
    self.strikes += 1
    return self.strikes >= 3
  }
}
