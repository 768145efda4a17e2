import BitimProtocol
import BitimSystem

/// One thread's loop: its sockets, its connections, its lines. Runs until it is told to stop.
///
/// A value that its thread alone holds. What goes on within a frame is in `EventLoop+Calls.swift`.
struct EventLoop: ~Copyable {
  private static var wakeUpKey: UInt64 { .max }

  struct CallKey: Hashable {
    let connection: UInt64
    let stream: UInt32
  }

  private var poller: Poller
  let mailbox: Mailbox
  var switchboard: Switchboard
  let clock: Clock
  private let visitors: Visitors
  private let settleContext: () -> Void
  let interceptors: [any Interceptor]
  let agent: String
  private let notice: @Sendable (Server.Notice) -> Void
  /// Connections by place; a key is a place and how often it was taken before.
  var connections: [Connection?] = []
  private var turns: [UInt32] = []
  private var free: [Int] = []
  private var connectionCount = 0
  /// Answers of this wake-up to one connection, until its socket has taken them.
  var output = Output()
  /// When callers stop waiting for the changes they asked for.
  var deadlines = Expiries<CallKey>()
  /// When connections that owe something are given up.
  private var timers = Expiries<UInt64>()
  private var touched: [Connection] = []
  private var isDraining = false
  /// What all connections share, and what those of this loop hold of it.
  let budget: Budget
  var held = 0
  /// Since when memory has been short; nil when it is not.
  var shortSince: Int64?
  /// Strangers who have been silent for longest when that was last asked, the longest last.
  var silent: [(key: UInt64, heardAt: Int64)] = []
  /// Connections that are not read from until there is memory again.
  var starved: [UInt64] = []
  /// The clocks as they stood when this wake-up began.
  var now: Int64 = 0
  var wallMs: Int64 = 0

  init(
    mailbox: Mailbox, switchboard: Switchboard, clock: Clock, visitors: Visitors, budget: Budget,
    interceptors: [any Interceptor], agent: String,
    notice: @escaping @Sendable (Server.Notice) -> Void, settleContext: @escaping () -> Void
  ) throws(SocketFailure) {
    self.notice = notice
    self.poller = try Poller()
    self.mailbox = mailbox
    self.switchboard = switchboard
    self.clock = clock
    self.visitors = visitors
    self.budget = budget
    self.settleContext = settleContext
    self.interceptors = interceptors
    self.agent = agent
    self.poller.watch(
      mailbox.wakeUp.number, key: Self.wakeUpKey, reads: true, writes: false, isNew: true)
  }

  /// Serves until ``Mailbox/Letter/stop`` comes, or a drain has finished.
  mutating func run() {
    // One read buffer for all connections of the loop.
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let wait = self.waitMs()
      let count = self.poller.wait(timeoutMs: wait)
      self.now = self.clock.monotonicNanoseconds()
      self.wallMs = self.clock.unixMilliseconds()
      var hasMail = false
      var stops = false
      for index in 0..<count {
        let event = self.poller.event(index)
        if event.key == Self.wakeUpKey {
          self.mailbox.wakeUp.answer()
          hasMail = true
          continue
        }
        guard let connection = self.connection(event.key) else { continue }
        if event.isClosed && !event.isReadable { connection.hasEnded = true }
        if event.isReadable, !connection.isPaused { self.receive(connection, &buffer) }
        self.settle(connection)
        // What was asked just now is answered while others are read.
        if self.budget.isOver { stops = self.readMail() || stops }
      }
      if hasMail { stops = self.readMail() || stops }
      self.expire()
      self.settleTouched()
      if self.budget.isShort || self.shortSince != nil { self.mindMemory() }
      // Whatever is read next is read from a state at least as new.
      self.settleContext()
      if stops || (self.isDraining && self.connectionCount == 0) { return }
    }
  }

  /// Does all that other threads asked; true for the order to stop at once.
  private mutating func readMail() -> Bool {
    var stops = false
    // From the end of what is turned round: a letter's memory goes with it, not with the last.
    var letters = Array(self.mailbox.take().reversed())
    while let letter = letters.popLast() {
      stops = self.open(letter) || stops
      if self.budget.isOver { self.mindMemory() }
    }
    return stops
  }

  private func waitMs() -> Int32? {
    if self.deadlines.isEmpty && self.timers.isEmpty && self.shortSince == nil { return nil }
    let now = self.clock.monotonicNanoseconds()
    // While memory is short, other loops may make room without a word.
    let short: Int32? = self.shortSince == nil ? nil : 100
    return [self.deadlines.waitMs(now), self.timers.waitMs(now), short].compactMap { $0 }.min()
  }

  private mutating func expire() {
    if !self.deadlines.isEmpty {
      for late in self.deadlines.passed(self.now) {
        guard let connection = self.connection(late.connection) else { continue }
        // A change may be under way: only a repeat with the same key can tell.
        let status =
          connection.abandoned[late.stream]?.isOfChange == true
          ? Status(
            .deadlineExceeded, reason: "OUTCOME_UNKNOWN",
            "the deadline passed; repeat the call with the same idempotency key")
          : Status(.deadlineExceeded, "the deadline passed")
        self.end(late.stream, of: connection, status)
      }
    }
    guard !self.timers.isEmpty else { return }
    for late in self.timers.passed(self.now) {
      guard let connection = self.connection(late) else { continue }
      self.attend(to: connection)
      self.touch(connection)
    }
  }

  func connection(_ key: UInt64) -> Connection? {
    let place = Int(truncatingIfNeeded: key & 0xFFFF_FFFF)
    guard place < self.connections.count, let connection = self.connections[place],
      connection.key == key
    else { return nil }
    return connection
  }

  mutating func touch(_ connection: Connection) {
    guard !connection.isTouched else { return }
    connection.isTouched = true
    self.touched.append(connection)
  }

  /// Does what another thread asked; true for the order to stop at once.
  private mutating func open(_ letter: Mailbox.Letter) -> Bool {
    switch letter {
    case .connection(let arrival): self.open(arrival)
    case .answer(let key, let stream, let frame): self.answer(key, stream, frame)
    case .message(let key, let stream, let frame):
      self.mailbox.opened(frame)
      guard let connection = self.connection(key) else { break }
      connection.machine.offer(frame, on: stream)
      // Counted at once: thousands may lie behind it.
      self.account(connection)
      self.touch(connection)
    case .finish(let key, let stream, let result, let trailers):
      self.finish(key, stream, result, trailers)
    case .taken(let key, let stream, let octets, let messages):
      guard let connection = self.connection(key) else { break }
      connection.machine.taken(octets, messages: messages, on: stream)
      self.touch(connection)
    case .crowded: self.letOneGo()
    case .short: break
    case .rollCall(let answer): answer()
    case .drain:
      self.isDraining = true
      for connection in self.connections {
        guard let connection else { continue }
        connection.machine.drain()
        self.touch(connection)
      }
    case .stop: return true
    }
    return false
  }

  private mutating func open(_ arrival: Arrival) {
    let place = self.free.popLast() ?? self.connections.count
    if place == self.connections.count {
      self.connections.append(nil)
      self.turns.append(0)
    }
    let key = UInt64(self.turns[place]) << 32 | UInt64(place)
    self.turns[place] &+= 1
    let connection = Connection(
      key: key, descriptor: Descriptor(owning: arrival.descriptor), openedAt: self.now,
      preamble: arrival.preamble, peer: arrival.peer, allowance: arrival.allowance,
      crowd: arrival.crowd)
    connection.descriptor.sendWithoutDelay()
    if self.switchboard.identifiesCallers { connection.machine.beginAsStranger() }
    self.connections[place] = connection
    self.connectionCount += 1
    if self.isDraining { connection.machine.drain() }
    self.poller.watch(
      arrival.descriptor, key: key, reads: true, writes: false, isNew: true)
    self.touch(connection)
  }

  /// Reads what is there, once, and serves every whole frame of it.
  private mutating func receive(_ connection: Connection, _ buffer: inout [UInt8]) {
    switch connection.descriptor.read(into: &buffer) {
    case .wouldBlock: return
    case .ended: connection.hasEnded = true
    case .moved(let count):
      connection.heardAt = self.now
      if connection.pending.isEmpty {
        let used = self.take(buffer.span.extracting(first: count), connection)
        if used > 0 { connection.frameEnded() }
        if used < count { connection.pending = Array(buffer[used..<count]) }
      } else {
        connection.pending.append(contentsOf: buffer[..<count])
        self.servePending(connection)
      }
    }
  }

  /// Serves the whole frames that were kept.
  private mutating func servePending(_ connection: Connection) {
    let pending = connection.pending
    let used = self.take(pending.span, connection)
    if used > 0 {
      connection.pending = Array(pending[used...])
      connection.frameEnded()
    }
  }

  /// Takes the preamble if one is due, then whole frames; returns how many octets that took.
  private mutating func take(_ octets: Span<UInt8>, _ connection: Connection) -> Int {
    switch connection.preamble {
    case .none: return self.serve(octets, connection)
    case .healthCheck:
      connection.hasEnded = true
      return octets.count
    case .proxyHeader(let user):
      guard let used = self.takeProxyHeader(octets, of: user, connection) else { return 0 }
      return used + self.serve(octets.extracting(used...), connection)
    }
  }

  /// Reads who stands behind the terminator; nil while the header is incomplete, or refused.
  private func takeProxyHeader(
    _ octets: Span<UInt8>, of user: UInt32, _ connection: Connection
  ) -> Int? {
    do throws(ProxyHeader.Fault) {
      guard let header = try ProxyHeader(peeking: octets) else { return nil }
      guard let source = header.source else {
        connection.preamble = .healthCheck
        connection.hasSpoken = true
        if header.octetCount < octets.count { connection.hasEnded = true }
        return header.octetCount
      }
      guard let allowance = self.visitors.enter(from: source) else {
        connection.hasEnded = true
        return nil
      }
      connection.preamble = .none
      connection.peer = Peer(source)
      connection.allowance = allowance
      return header.octetCount
    } catch {
      // Whoever is told to speak for others and does not is no terminator of ours.
      self.notice(.proxyHeaderRefused(user: user, error))
      connection.hasEnded = true
      return nil
    }
  }

  /// Writes what was said to every connection that was touched.
  private mutating func settleTouched() {
    guard !self.touched.isEmpty else { return }
    let touched = self.touched
    self.touched.removeAll(keepingCapacity: true)
    for connection in touched {
      connection.isTouched = false
      if self.connection(connection.key) != nil { self.settle(connection) }
    }
  }

  /// Writes what was said to a connection, and closes it when it is done.
  mutating func settle(_ connection: Connection) {
    var isWhole = self.flush(connection)
    while isWhole, connection.hasBacklog, connection.unsent == 0, !connection.machine.isBlocked,
      !connection.hasEnded
    {
      // The peer reads again, or a reader here does: first what the peer sent meanwhile.
      self.servePending(connection)
      isWhole = self.flush(connection)
    }
    let isDone = connection.machine.isDone && connection.unsent == 0
    if !isWhole || connection.hasEnded || isDone {
      self.close(connection)
      return
    }
    if connection.isQuiet && !connection.isTimed && !connection.awaitsRoom
      && connection.accounted == 0 && !connection.isPaused
    {
      return
    }
    self.account(connection)
    self.time(connection)
    let awaitsRoom = connection.unsent > 0
    let isPaused = connection.hasBacklog || self.starves(connection)
    if awaitsRoom != connection.awaitsRoom || isPaused != connection.isPaused {
      connection.awaitsRoom = awaitsRoom
      connection.isPaused = isPaused
      self.poller.watch(
        connection.descriptor.number, key: connection.key, reads: !isPaused, writes: awaitsRoom,
        isNew: false)
    }
  }

  /// Sends what was said, and messages in their turn while the socket takes them; false when the
  /// connection is broken.
  private mutating func flush(_ connection: Connection) -> Bool {
    while true {
      while connection.unsent + self.output.count < Connection.turnMax,
        let departing = connection.machine.nextFrame()
      {
        self.output.append(departing.octets)
        guard departing.stream != 0 else { continue }
        if departing.isLast {
          self.deadlines.remove(CallKey(connection: connection.key, stream: departing.stream))
          continue
        }
        connection.ports[departing.stream]?.port.sent(departing.octets.count)
      }
      let isFull = self.output.count >= Connection.turnMax
      if self.output.count > 0 { connection.heardAt = self.now }
      guard connection.flush(self.output) else {
        self.output.cut(to: 0)
        return false
      }
      self.output.cut(to: 0)
      if !isFull || connection.unsent > 0 { return true }
    }
  }

  /// Does what time has made due for a connection.
  private mutating func attend(to connection: Connection) {
    switch connection.due(now: self.now) {
    case .nothing: break
    case .close: connection.hasEnded = true
    case .leave:
      _ = connection.machine.leave(.idle, "nothing was asked for fifteen minutes")
      connection.machine.drain()
      connection.machine.settleDrain()
    case .endBlocked:
      for stream in connection.machine.flow.full {
        self.end(
          stream, of: connection,
          Status(.resourceExhausted, "messages are sent faster than they are taken"))
      }
    case .settleDrain: connection.machine.settleDrain()
    }
  }

  /// Starts, moves or ends the timer of what is to be expected of a connection.
  private mutating func time(_ connection: Connection) {
    if let moment = connection.dueAt(now: self.now) {
      self.timers.set(connection.key, at: moment)
      connection.isTimed = true
    } else if connection.isTimed {
      self.timers.remove(connection.key)
      connection.isTimed = false
    }
  }

  mutating func close(_ connection: Connection) {
    self.held -= connection.accounted
    self.budget.add(-connection.accounted)
    connection.accounted = 0
    self.poller.forget(connection.descriptor.number)
    for flag in connection.abandoned.values { flag.raise() }
    for port in connection.ports.values {
      port.stop(Status(.cancelled, "the connection has ended"))
    }
    for stream in connection.machine.running.keys {
      self.deadlines.remove(CallKey(connection: connection.key, stream: stream))
    }
    self.timers.remove(connection.key)
    let place = Int(truncatingIfNeeded: connection.key & 0xFFFF_FFFF)
    self.connections[place] = nil
    self.free.append(place)
    self.connectionCount -= 1
  }
}
