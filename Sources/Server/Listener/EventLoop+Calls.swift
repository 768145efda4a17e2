public import BitimProtocol
import BitimSystem

/// From octets to answers.
extension EventLoop {
  /// Serves the whole frames at the start of `octets`; returns how many octets they took.
  mutating func serve(_ octets: Span<UInt8>, _ connection: Connection) -> Int {
    // The machine is lent once for all frames: each look into an object costs a check that nobody
    // else is looking.
    self.serve(octets, connection, &connection.machine)
  }

  private mutating func serve(
    _ octets: Span<UInt8>, _ connection: Connection, _ machine: inout ConnectionMachine
  ) -> Int {
    var at = 0
    connection.hasBacklog = false
    while !connection.hasEnded, self.hasRoom(connection, machine.isKnown), !machine.isBlocked {
      if connection.skipping > 0 {
        let dropped = min(connection.skipping, octets.count - at)
        connection.skipping -= dropped
        at += dropped
        if connection.skipping > 0 { return at }
      }
      guard let header = FrameHeader(peeking: octets, at: at) else { return at }
      let start = at + FrameHeader.octetCount
      let isTooLong = header.length > machine.lengthMax
      // The machine is told of each frame once: when it is whole, or will never be taken.
      guard isTooLong || octets.count - start >= Int(header.length) else {
        connection.hasSpoken = true
        return at
      }
      let action = machine.headerArrived(header)
      if case .close = action {
        connection.hasEnded = true
        return at
      }
      connection.hasSpoken = true
      if isTooLong {
        if case .refuse(let status) = action {
          self.refuse(connection, &machine, header.stream, status)
        }
        self.countEmpty(connection, &machine)
        connection.skipping = Int(header.length)
        at = start
        continue
      }
      let end = start + Int(header.length)
      switch action {
      case .request: self.request(header, octets.extracting(start..<end), connection, &machine)
      case .refuse(let status):
        self.refuse(connection, &machine, header.stream, status)
        self.countEmpty(connection, &machine)
      case .message, .lastMessage:
        let port = connection.ports[header.stream]?.port
        port?.deliver([UInt8](octets.extracting(start..<end)))
        if action == .lastMessage { port?.finish(nil) }
      case .end: connection.ports[header.stream]?.port.finish(nil)
      case .extended:
        self.extended(header, octets.extracting(start..<end), connection, &machine)
        self.countEmpty(connection, &machine)
      case .ignore: self.countEmpty(connection, &machine)
      case .close: break
      }
      at = end
    }
    // What is left here is served when the peer has taken what waits for it.
    connection.hasBacklog = !self.hasRoom(connection, machine.isKnown) || machine.isBlocked
    return at
  }

  private mutating func extended(
    _ header: FrameHeader, _ data: Span<UInt8>, _ connection: Connection,
    _ machine: inout ConnectionMachine
  ) {
    switch machine.extensionArrived(header, data, now: self.now) {
    case .none: break
    case .close: connection.hasEnded = true
    case .cancel(let stream):
      if let flag = connection.abandoned[stream] {
        // A change is answered by the writer, which alone knows whether it has begun.
        return flag.raise()
      }
      self.refuse(connection, &machine, stream, Status(.cancelled, "the caller cancelled"))
    }
  }

  /// A frame carried nothing that is served. Such frames have a limit of their own, since those that
  /// carry calls are counted as calls; who exceeds it is sent away.
  private func countEmpty(_ connection: Connection, _ machine: inout ConnectionMachine) {
    guard let allowance = connection.allowance,
      allowance.emptyFrames.take(now: self.now) != nil
    else { return }
    _ = machine.leave(.tooManyPings, "too many frames that carry nothing")
    connection.hasEnded = true
  }

  private func hasRoom(_ connection: Connection, _ isKnown: Bool) -> Bool {
    connection.unsent + self.output.count
      <= (isKnown ? Connection.outputMax : Connection.strangerOutputMax)
  }

  /// A call that looks at its caller was let through: whoever showed a token has shown one in force.
  private func recognise(_ line: Line, _ call: Call, _ machine: inout ConnectionMachine) {
    if !machine.isKnown, line.identifiesCaller, call.value(of: "authorization") != nil {
      machine.becomeKnown()
    }
  }

  /// Refuses what would have to be kept for a stranger while memory is short; what is answered at
  /// once is not asked.
  private func checkMemory(for machine: borrowing ConnectionMachine) throws(Status) {
    if !machine.isKnown, self.budget.isShort { throw Status.memoryShort }
  }

  private mutating func refuse(
    _ connection: Connection, _ machine: inout ConnectionMachine, _ stream: UInt32,
    _ status: Status
  ) {
    // The stream may be one that runs: then this is its end.
    _ = machine.answered(stream)
    self.forget(stream, of: connection, status)
    self.output.append(ResponseFrame.failure(stream: stream, status: status))
  }

  /// Nobody waits for a call any more: who serves it is told so.
  private mutating func forget(_ stream: UInt32, of connection: Connection, _ status: Status) {
    connection.abandoned.removeValue(forKey: stream)?.raise()
    connection.ports.removeValue(forKey: stream)?.stop(status)
    self.deadlines.remove(CallKey(connection: connection.key, stream: stream))
  }

  /// Ends a running call with `status`, at once; nothing if it has ended.
  mutating func end(_ stream: UInt32, of connection: Connection, _ status: Status) {
    self.answer(
      connection.key, stream, ResponseFrame.failure(stream: stream, status: status), status)
  }

  private mutating func request(
    _ header: FrameHeader, _ octets: Span<UInt8>, _ connection: Connection,
    _ machine: inout ConnectionMachine
  ) {
    let stream = header.stream
    switch machine.requestArrived(on: stream) {
    case .close:
      connection.hasEnded = true
      return
    case .refuse(let status):
      self.output.append(ResponseFrame.failure(stream: stream, status: status))
      self.countEmpty(connection, &machine)
      return
    case .start: break
    }
    do throws(Status) {
      try self.call(header, octets, connection, &machine)
    } catch {
      self.refuse(connection, &machine, stream, error)
    }
  }

  private mutating func call(
    _ header: FrameHeader, _ octets: Span<UInt8>, _ connection: Connection,
    _ machine: inout ConnectionMachine
  ) throws(Status) {
    if let allowance = connection.allowance, let wait = allowance.rate.take(now: self.now) {
      throw Status(tooManyCalls: "too many calls from one address", after: wait)
    }
    let envelope: RequestEnvelope
    do throws(WireFault) {
      envelope = try RequestEnvelope(octets)
    } catch {
      throw Status(.invalidArgument, "unmarshal request error: \(error)")
    }
    let stream = header.stream
    let line = try self.switchboard.line(of: envelope, in: octets)
    var metadata = try self.metadata(envelope, octets)
    if !self.interceptors.isEmpty {
      for interceptor in self.interceptors { try interceptor.begin(line.method, &metadata) }
    }
    let call = Call(
      method: line.method, metadata: metadata,
      deadline: try self.deadline(envelope), arrivedAtMs: self.wallMs,
      arrivedAtNanoseconds: self.now, peer: connection.peer, clock: self.clock)
    let payload = octets.extracting(envelope.payload)
    switch line.service {
    case .read(let handler):
      let opening = self.output.open()
      do throws(Status) {
        try handler(call, payload, &self.output)
        guard self.output.close(opening, stream: stream, lengthMax: machine.frameMax)
        else { throw Status.tooLong }
        if !envelope.metadata.isEmpty { self.recognise(line, call, &machine) }
        self.tell(call, nil)
      } catch {
        self.output.abandon(opening)
        self.tell(call, error)
        throw error
      }
    case .hello:
      try self.greet(stream, payload, connection, &machine)
    case .task(let start):
      try self.checkMemory(for: machine)
      self.start(start, call, header, envelope, payload, connection, &machine)
    case .list(let admit, let handler):
      do throws(Status) {
        try admit(call)
      } catch {
        self.tell(call, error)
        throw error
      }
      self.recognise(line, call, &machine)
      try self.checkMemory(for: machine)
      let reply = self.begin(stream, of: connection, &machine, call, payload, changes: false)
      guard handler(call, [UInt8](payload), reply) else { throw Status.busy }
    case .write(let handler):
      let reply = self.begin(stream, of: connection, &machine, call, payload, changes: true)
      do throws(Status) {
        try handler(call, payload, reply)
        self.recognise(line, call, &machine)
      } catch {
        self.tell(call, error)
        throw error
      }
    }
  }

  private mutating func greet(
    _ stream: UInt32, _ payload: Span<UInt8>, _ connection: Connection,
    _ machine: inout ConnectionMachine
  ) throws(Status) {
    guard payload.count <= Extensions.helloMax,
      let hello = try? BitimRpcV1.Hello(decoding: payload)
    else { throw Status(.invalidArgument, "Hello: can't be read, or is longer than 4 KiB") }
    let reply = try machine.helloArrived(hello, agent: self.agent)
    connection.heardAt = self.now
    // In its place among the answers: whatever is said after it may be an extension's.
    self.output.append(ResponseFrame.success(stream: stream, payload: reply.encoded) ?? [])
  }

  private mutating func start(
    _ start: (Call, StreamPort) -> Void, _ call: Call, _ header: FrameHeader,
    _ envelope: RequestEnvelope, _ payload: Span<UInt8>, _ connection: Connection,
    _ machine: inout ConnectionMachine
  ) {
    let stream = header.stream
    let port = StreamPort(
      mailbox: self.mailbox, connection: connection.key, stream: stream,
      lengthMax: machine.frameMax)
    let shape = call.method.shape
    // No more can follow a request that is closed, or says nothing of being open.
    let isOpen =
      header.flags & FrameHeader.Flag.remoteOpen != 0
      && header.flags & FrameHeader.Flag.remoteClosed == 0
    machine.began(stream, shape, octets: payload.count, mayReceive: isOpen)
    connection.ports[stream] = port
    if let deadline = call.deadline {
      self.deadlines.set(CallKey(connection: connection.key, stream: stream), at: deadline)
    }
    let carriesMessage =
      !shape.clientStreams
      || (envelope.hasPayload && header.flags & FrameHeader.Flag.noData == 0)
    if carriesMessage { port.port.deliver([UInt8](payload)) }
    if !shape.clientStreams || !isOpen { port.port.finish(nil) }
    start(call, port)
  }

  /// Tells interceptors how a call ended.
  private func tell(_ call: Call, _ status: Status?) {
    if self.interceptors.isEmpty { return }
    let took = self.now - call.arrivedAtNanoseconds
    for interceptor in self.interceptors {
      interceptor.end(call.method, status, nanoseconds: took)
    }
  }

  private func metadata(
    _ envelope: RequestEnvelope, _ octets: Span<UInt8>
  ) throws(Status) -> Metadata {
    if envelope.metadata.isEmpty { return Metadata() }
    guard envelope.metadataCount <= RequestEnvelope.metadataMax,
      envelope.metadata.count <= RequestEnvelope.pairsMax
    else {
      throw Status(.resourceExhausted, "the metadata is longer than 16 KiB or 64 pairs")
    }
    do throws(WireFault) {
      return try envelope.pairs(in: octets)
    } catch {
      throw Status(.invalidArgument, "unmarshal request error: \(error)")
    }
  }

  private func deadline(_ envelope: RequestEnvelope) throws(Status) -> Int64? {
    if envelope.timeoutNano == 0 { return nil }
    guard envelope.timeoutNano > 0 else {
      throw Status(.deadlineExceeded, "the deadline had passed when the call arrived")
    }
    let (sum, overflows) = self.now.addingReportingOverflow(envelope.timeoutNano)
    return overflows ? nil : sum
  }

  /// Notes that a call runs beyond this wake-up, and makes what will answer it.
  private mutating func begin(
    _ stream: UInt32, of connection: Connection, _ machine: inout ConnectionMachine, _ call: Call,
    _ payload: Span<UInt8>, changes: Bool
  ) -> Reply {
    let mailbox = self.mailbox
    let interceptors = self.interceptors
    let key = connection.key
    let flag = AbandonFlag(isOfChange: changes)
    machine.began(stream, octets: payload.count)
    connection.abandoned[stream] = flag
    if let deadline = call.deadline {
      self.deadlines.set(CallKey(connection: key, stream: stream), at: deadline)
    }
    return Reply(
      deliver: { result in
        for interceptor in interceptors {
          interceptor.end(call.method, result.refusal, nanoseconds: call.age())
        }
        mailbox.post(
          .answer(
            connection: key, stream: stream, frame: ResponseFrame.answering(stream, result)))
      },
      isAbandoned: { flag.isRaised })
  }

  /// Ends a call that ran beyond its wake-up.
  mutating func answer(
    _ key: UInt64, _ stream: UInt32, _ frame: [UInt8], _ status: Status? = nil
  ) {
    guard let connection = self.connection(key), connection.machine.answered(stream) else {
      return
    }
    // Whoever answers after this end finds nobody; what has not begun need not begin.
    self.forget(stream, of: connection, status ?? Status(.cancelled, "the call has ended"))
    self.touch(connection)
    if connection.output.isEmpty {
      connection.output = frame
    } else {
      connection.output += frame
    }
  }
}

extension EventLoop {
  /// A task has ended its call.
  mutating func finish(
    _ key: UInt64, _ stream: UInt32, _ result: Result<[UInt8], Status>, _ trailers: Metadata
  ) {
    guard let connection = self.connection(key) else { return }
    connection.machine.finish(stream, result, trailers)
    connection.ports[stream] = nil
    // Messages that wait keep the deadline: their reader may never come.
    if connection.machine.running[stream] == nil {
      self.deadlines.remove(CallKey(connection: key, stream: stream))
    }
    self.touch(connection)
  }
}

extension ResponseFrame {
  /// The frame that ends a call as it came out.
  fileprivate static func answering(
    _ stream: UInt32, _ result: Result<[UInt8], Status>
  ) -> [UInt8] {
    switch result {
    case .success(let payload):
      Self.success(stream: stream, payload: payload)
        ?? Self.failure(stream: stream, status: .tooLong)
    case .failure(let status): Self.failure(stream: stream, status: status)
    }
  }
}

extension Result where Failure == Status {
  /// How a call failed; nil for a success.
  var refusal: Status? { if case .failure(let status) = self { status } else { nil } }
}

extension Status {
  static var tooLong: Status {
    Status(.resourceExhausted, "the answer is longer than a frame may be")
  }

  fileprivate static var busy: Status {
    Status(.resourceExhausted, reason: "BUSY", "too many lists are asked for; come again")
  }

  /// Says when to come again, in whole milliseconds rounded up.
  public init(tooManyCalls message: String, after nanoseconds: Int64) {
    self.init(
      .resourceExhausted, reason: "TOO_MANY_CALLS", message,
      afterMs: (nanoseconds + 999_999) / 1_000_000)
  }
}
