import BitimProtocol
import BitimSockets
import Synchronization

/// What other threads ask of a loop; the only state a loop shares.
final class Mailbox: Sendable {
  enum Letter: Sendable {
    case connection(Int32)
    case answer(connection: UInt64, stream: UInt32, Result<[UInt8], Status>)
    case drain
    case stop
  }

  private let letters = Mutex<[Letter]>([])
  let wakeUp: WakeUp

  init() throws(SocketFailure) { self.wakeUp = try WakeUp() }

  func post(_ letter: Letter) {
    let isFirst = self.letters.withLock { letters in
      letters.append(letter)
      return letters.count == 1
    }
    if isFirst { self.wakeUp.ring() }
  }

  func take() -> [Letter] {
    self.letters.withLock { letters in
      let taken = letters
      letters = []
      return taken
    }
  }
}

/// One thread's loop: its sockets, its connections, its context. Runs until it is told to stop.
final class EventLoop<Context> {
  private static var wakeUpKey: UInt64 { 0 }

  private struct CallKey: Hashable {
    let connection: UInt64
    let stream: UInt32
  }

  private var poller: Poller
  private let mailbox: Mailbox
  private let table: CallTable<Context>
  private let context: Context
  private let clock: Clock
  private let onCall: @Sendable (MethodDescriptor, Status.Code?) -> Void
  private var connections: [UInt64: Connection] = [:]
  private var nextKey: UInt64 = 1
  /// One read buffer for all connections of the loop.
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// When callers stop waiting for the changes they asked for.
  private var deadlines = Expiries<CallKey>()
  /// When connections that owe something are given up.
  private var timers = Expiries<UInt64>()
  private var touched: Set<UInt64> = []
  private var isDraining = false

  init(
    mailbox: Mailbox, table: CallTable<Context>, context: consuming Context, clock: Clock,
    onCall: @escaping @Sendable (MethodDescriptor, Status.Code?) -> Void
  ) throws(SocketFailure) {
    self.poller = try Poller()
    self.mailbox = mailbox
    self.table = table
    self.context = context
    self.clock = clock
    self.onCall = onCall
    self.poller.watch(
      mailbox.wakeUp.number, key: Self.wakeUpKey, reads: true, writes: false, isNew: true)
  }

  /// Serves until ``Mailbox/Letter/stop`` comes, or a drain has finished.
  func run() {
    while true {
      let waits = [self.deadlines.waitMs(self.clock), self.timers.waitMs(self.clock)]
      let events = self.poller.wait(timeoutMs: waits.compactMap { $0 }.min())
      for event in events {
        if event.key == Self.wakeUpKey {
          self.mailbox.wakeUp.answer()
          continue
        }
        guard let connection = self.connections[event.key] else { continue }
        if event.isClosed && !event.isReadable { connection.hasEnded = true }
        if event.isReadable, !connection.isPaused { self.receive(connection) }
        self.touched.insert(event.key)
      }
      var stops = false
      for letter in self.mailbox.take() { stops = self.open(letter) || stops }
      for late in self.deadlines.passed(self.clock) {
        // The change may be under way: only a repeat with the same key can tell.
        let status = Status(
          .deadlineExceeded, reason: "OUTCOME_UNKNOWN",
          "the deadline passed; repeat the call with the same idempotency key")
        self.answer(late.connection, late.stream, .failure(status))
      }
      for late in self.timers.passed(self.clock) {
        self.connections[late]?.hasEnded = true
        self.touched.insert(late)
      }
      self.settle()
      if stops || (self.isDraining && self.connections.isEmpty) { return }
    }
  }

  /// Does what another thread asked; true for the order to stop at once.
  private func open(_ letter: Mailbox.Letter) -> Bool {
    switch letter {
    case .connection(let number):
      let connection = Connection(
        key: self.nextKey, descriptor: Descriptor(owning: number),
        openedAt: self.clock.monotonicNanoseconds())
      self.nextKey += 1
      connection.descriptor.sendWithoutDelay()
      self.connections[connection.key] = connection
      if self.isDraining { connection.machine.drain() }
      self.poller.watch(number, key: connection.key, reads: true, writes: false, isNew: true)
      self.touched.insert(connection.key)
    case .answer(let key, let stream, let result):
      self.answer(key, stream, result)
    case .drain:
      self.isDraining = true
      for connection in self.connections.values {
        connection.machine.drain()
        self.touched.insert(connection.key)
      }
    case .stop: return true
    }
    return false
  }

  /// Reads what is there, once, and serves every whole frame of it.
  private func receive(_ connection: Connection) {
    switch connection.descriptor.read(into: &self.buffer) {
    case .wouldBlock: return
    case .ended: connection.hasEnded = true
    case .moved(let count):
      if connection.pending.isEmpty {
        let used = self.serve(self.buffer.span.extracting(first: count), connection)
        if used < count { connection.pending = Array(self.buffer[used..<count]) }
      } else {
        connection.pending.append(contentsOf: self.buffer[..<count])
        self.servePending(connection)
      }
    }
  }

  /// Serves the whole frames that were kept.
  private func servePending(_ connection: Connection) {
    let pending = connection.pending
    let used = self.serve(pending.span, connection)
    if used > 0 { connection.pending = Array(pending[used...]) }
  }

  /// Serves the whole frames at the start of `octets`; returns how many octets they took.
  private func serve(_ octets: Span<UInt8>, _ connection: Connection) -> Int {
    var at = 0
    connection.hasBacklog = false
    while !connection.hasEnded, connection.unsent <= Connection.outputMax {
      if connection.skipping > 0 {
        let dropped = min(connection.skipping, octets.count - at)
        connection.skipping -= dropped
        at += dropped
        if connection.skipping > 0 { return at }
      }
      guard let header = FrameHeader(peeking: octets, at: at) else { return at }
      connection.hasSpoken = true
      let action = connection.machine.headerArrived(header)
      let start = at + FrameHeader.octetCount
      if case .close = action {
        connection.hasEnded = true
        return at
      }
      if header.length > FrameHeader.lengthMax {
        if case .refuse(let status) = action { self.refuse(connection, header.stream, status) }
        connection.skipping = Int(header.length)
        at = start
        continue
      }
      guard octets.count - start >= Int(header.length) else { return at }
      let end = start + Int(header.length)
      switch action {
      case .request:
        self.request(header.stream, octets.extracting(start..<end), connection)
      case .refuse(let status): self.refuse(connection, header.stream, status)
      case .ignore, .close: break
      }
      at = end
    }
    // What is left here is served when the peer has taken what waits for it.
    connection.hasBacklog = connection.unsent > Connection.outputMax
    return at
  }

  private func refuse(_ connection: Connection, _ stream: UInt32, _ status: Status) {
    // The stream may be one that runs: then this is its end.
    _ = connection.machine.answered(stream)
    connection.abandoned.removeValue(forKey: stream)?.raise()
    self.deadlines.remove(CallKey(connection: connection.key, stream: stream))
    connection.output += ResponseFrame.failure(stream: stream, status: status)
  }

  private func request(_ stream: UInt32, _ octets: Span<UInt8>, _ connection: Connection) {
    switch connection.machine.requestArrived(on: stream) {
    case .close:
      connection.hasEnded = true
      return
    case .refuse(let status):
      connection.output += ResponseFrame.failure(stream: stream, status: status)
      return
    case .start: break
    }
    do throws(Status) {
      try self.call(stream, octets, connection)
    } catch {
      self.answer(connection.key, stream, .failure(error))
    }
  }

  private func call(
    _ stream: UInt32, _ octets: Span<UInt8>, _ connection: Connection
  ) throws(Status) {
    let envelope: RequestEnvelope
    do {
      envelope = try RequestEnvelope(octets)
    } catch {
      throw Status(.invalidArgument, "unmarshal request error: \(error)")
    }
    let route = try self.table.route(envelope, in: octets)
    guard envelope.metadataCount <= RequestEnvelope.metadataMax,
      envelope.metadata.count <= RequestEnvelope.pairsMax
    else {
      throw Status(.resourceExhausted, "the metadata is longer than 16 KiB or 64 pairs")
    }
    let deadline = try self.deadline(envelope)
    let call = Call(
      method: route.method, metadata: envelope.pairs(in: octets), deadline: deadline,
      arrivedAtMs: self.clock.unixMilliseconds())
    let payload = octets.extracting(envelope.payload)
    switch route.handler {
    case .read(let handler):
      let answer = try self.measured(route.method) { () throws(Status) -> [UInt8] in
        try handler(call, payload, self.context)
      }
      self.answer(connection.key, stream, .success(answer))
    case .write(let handler):
      let reply = self.reply(to: stream, of: connection.key, route.method)
      if let deadline {
        self.deadlines.set(CallKey(connection: connection.key, stream: stream), at: deadline)
      }
      try self.measured(route.method) { () throws(Status) -> Void in
        try handler(call, payload, self.context, reply)
      }
    }
  }

  private func deadline(_ envelope: RequestEnvelope) throws(Status) -> Int64? {
    if envelope.timeoutNano == 0 { return nil }
    guard envelope.timeoutNano > 0 else {
      throw Status(.deadlineExceeded, "the deadline had passed when the call arrived")
    }
    let (sum, overflows) = self.clock.monotonicNanoseconds()
      .addingReportingOverflow(envelope.timeoutNano)
    return overflows ? nil : sum
  }

  /// Runs `body` and tells the observer of a refusal.
  private func measured<Answer>(
    _ method: MethodDescriptor, _ body: () throws(Status) -> Answer
  ) throws(Status) -> Answer {
    do throws(Status) {
      return try body()
    } catch {
      self.onCall(method, error.code)
      throw error
    }
  }

  private func reply(to stream: UInt32, of key: UInt64, _ method: MethodDescriptor) -> Reply {
    let mailbox = self.mailbox
    let onCall = self.onCall
    let flag = AbandonFlag()
    self.connections[key]?.abandoned[stream] = flag
    return Reply(
      deliver: { result in
        if case .failure(let status) = result { onCall(method, status.code) }
        mailbox.post(.answer(connection: key, stream: stream, result))
      },
      isAbandoned: { flag.isRaised })
  }

  private func answer(_ key: UInt64, _ stream: UInt32, _ result: Result<[UInt8], Status>) {
    guard let connection = self.connections[key], connection.machine.answered(stream) else {
      return
    }
    // Whoever answers after this end finds nobody; what has not begun need not begin.
    connection.abandoned.removeValue(forKey: stream)?.raise()
    self.deadlines.remove(CallKey(connection: key, stream: stream))
    self.touched.insert(key)
    switch result {
    case .success(let payload):
      connection.output +=
        ResponseFrame.success(stream: stream, payload: payload)
        ?? ResponseFrame.failure(
          stream: stream,
          status: Status(.resourceExhausted, "the answer is longer than a frame may be"))
    case .failure(let status):
      connection.output += ResponseFrame.failure(stream: stream, status: status)
    }
  }

  /// Writes what was said to every connection that was touched, and closes those that are done.
  private func settle() {
    for key in self.touched {
      guard let connection = self.connections[key] else { continue }
      var isWhole = connection.flush()
      while isWhole, connection.hasBacklog, connection.unsent == 0 {
        // The peer reads again: first what it sent while it did not.
        self.servePending(connection)
        isWhole = connection.flush()
      }
      let isDone = connection.machine.isDone && connection.unsent == 0
      if !isWhole || connection.hasEnded || isDone {
        self.close(connection)
        continue
      }
      self.time(connection)
      let awaitsRoom = connection.unsent > 0
      let isPaused = connection.hasBacklog
      if awaitsRoom != connection.awaitsRoom || isPaused != connection.isPaused {
        connection.awaitsRoom = awaitsRoom
        connection.isPaused = isPaused
        self.poller.watch(
          connection.descriptor.number, key: key, reads: !isPaused, writes: awaitsRoom,
          isNew: false)
      }
    }
    self.touched.removeAll(keepingCapacity: true)
  }

  /// Starts, moves or ends the timer of what a connection owes.
  private func time(_ connection: Connection) {
    if let moment = connection.givenUpAt(now: self.clock.monotonicNanoseconds) {
      self.timers.set(connection.key, at: moment)
      connection.isTimed = true
    } else if connection.isTimed {
      self.timers.remove(connection.key)
      connection.isTimed = false
    }
  }

  private func close(_ connection: Connection) {
    self.poller.forget(connection.descriptor.number)
    for flag in connection.abandoned.values { flag.raise() }
    for stream in connection.machine.running {
      self.deadlines.remove(CallKey(connection: connection.key, stream: stream))
    }
    self.timers.remove(connection.key)
    self.connections[connection.key] = nil
  }
}
