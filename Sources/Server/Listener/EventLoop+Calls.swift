public import BitimProtocol
import BitimSockets

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
    while !connection.hasEnded, self.hasRoom(connection) {
      if connection.skipping > 0 {
        let dropped = min(connection.skipping, octets.count - at)
        connection.skipping -= dropped
        at += dropped
        if connection.skipping > 0 { return at }
      }
      guard let header = FrameHeader(peeking: octets, at: at) else { return at }
      let action = machine.headerArrived(header)
      let start = at + FrameHeader.octetCount
      if case .close = action {
        connection.hasEnded = true
        return at
      }
      connection.hasSpoken = true
      if header.length > FrameHeader.lengthMax {
        if case .refuse(let status) = action {
          self.refuse(connection, &machine, header.stream, status)
        }
        connection.skipping = Int(header.length)
        at = start
        continue
      }
      guard octets.count - start >= Int(header.length) else { return at }
      let end = start + Int(header.length)
      switch action {
      case .request:
        self.request(header.stream, octets.extracting(start..<end), connection, &machine)
      case .refuse(let status): self.refuse(connection, &machine, header.stream, status)
      case .ignore, .close: break
      }
      at = end
    }
    // What is left here is served when the peer has taken what waits for it.
    connection.hasBacklog = !self.hasRoom(connection)
    return at
  }

  private func hasRoom(_ connection: Connection) -> Bool {
    connection.unsent + self.output.count <= Connection.outputMax
  }

  private mutating func refuse(
    _ connection: Connection, _ machine: inout ConnectionMachine, _ stream: UInt32,
    _ status: Status
  ) {
    // The stream may be one that runs: then this is its end.
    _ = machine.answered(stream)
    connection.abandoned.removeValue(forKey: stream)?.raise()
    self.deadlines.remove(CallKey(connection: connection.key, stream: stream))
    self.output.append(ResponseFrame.failure(stream: stream, status: status))
  }

  private mutating func request(
    _ stream: UInt32, _ octets: Span<UInt8>, _ connection: Connection,
    _ machine: inout ConnectionMachine
  ) {
    switch machine.requestArrived(on: stream) {
    case .close:
      connection.hasEnded = true
      return
    case .refuse(let status):
      self.output.append(ResponseFrame.failure(stream: stream, status: status))
      return
    case .start: break
    }
    do throws(Status) {
      try self.call(stream, octets, connection, &machine)
    } catch {
      self.refuse(connection, &machine, stream, error)
    }
  }

  private mutating func call(
    _ stream: UInt32, _ octets: Span<UInt8>, _ connection: Connection,
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
    let line = try self.switchboard.line(of: envelope, in: octets)
    let call = Call(
      method: line.method, metadata: try self.metadata(envelope, octets),
      deadline: try self.deadline(envelope), arrivedAtMs: self.wallMs,
      arrivedAtNanoseconds: self.now)
    let payload = octets.extracting(envelope.payload)
    switch line.service {
    case .read(let handler):
      let opening = self.output.open()
      do throws(Status) {
        try handler(call, payload, &self.output)
        guard
          self.output.close(opening, stream: stream, lengthMax: FrameHeader.lengthMax)
        else { throw Status.tooLong }
      } catch {
        self.output.abandon(opening)
        self.onCall(line.method, error.code)
        throw error
      }
    case .list(let admit, let handler):
      do throws(Status) {
        try admit(call)
      } catch {
        self.onCall(line.method, error.code)
        throw error
      }
      let reply = self.begin(stream, of: connection, &machine, call, changes: false)
      guard handler(call, [UInt8](payload), reply) else { throw Status.busy }
    case .write(let handler):
      let reply = self.begin(stream, of: connection, &machine, call, changes: true)
      do throws(Status) {
        try handler(call, payload, reply)
      } catch {
        self.onCall(line.method, error.code)
        throw error
      }
    }
  }

  private func metadata(
    _ envelope: RequestEnvelope, _ octets: Span<UInt8>
  ) throws(Status) -> [(key: String, value: String)] {
    if envelope.metadata.isEmpty { return [] }
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
    changes: Bool
  ) -> Reply {
    let mailbox = self.mailbox
    let onCall = self.onCall
    let key = connection.key
    let flag = AbandonFlag(isOfChange: changes)
    machine.began(stream)
    connection.abandoned[stream] = flag
    if let deadline = call.deadline {
      self.deadlines.set(CallKey(connection: key, stream: stream), at: deadline)
    }
    return Reply(
      deliver: { result in
        if case .failure(let status) = result { onCall(call.method, status.code) }
        mailbox.post(
          .answer(
            connection: key, stream: stream, frame: ResponseFrame.answering(stream, result)))
      },
      isAbandoned: { flag.isRaised })
  }

  /// Ends a call that ran beyond its wake-up.
  mutating func answer(_ key: UInt64, _ stream: UInt32, _ frame: [UInt8]) {
    guard let connection = self.connection(key), connection.machine.answered(stream) else {
      return
    }
    // Whoever answers after this end finds nobody; what has not begun need not begin.
    connection.abandoned.removeValue(forKey: stream)?.raise()
    self.deadlines.remove(CallKey(connection: key, stream: stream))
    self.touch(connection)
    if connection.output.isEmpty {
      connection.output = frame
    } else {
      connection.output += frame
    }
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

extension Status {
  fileprivate static var tooLong: Status {
    Status(.resourceExhausted, "the answer is longer than a frame may be")
  }

  fileprivate static var busy: Status {
    Status(.resourceExhausted, reason: "BUSY", "too many lists are asked for; come again")
  }

  /// Says when to come again, in whole milliseconds rounded up.
  public init(tooManyCalls message: String, after nanoseconds: Int64) {
    self.init(
      .resourceExhausted, reason: "TOO_MANY_CALLS", message,
      ["after_ms": "\((nanoseconds + 999_999) / 1_000_000)"])
  }
}
