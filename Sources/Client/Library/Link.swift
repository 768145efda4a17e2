import BitimProtocol
import BitimSystem
import Dispatch
import Synchronization

/// One connection of the client's side, with a thread that reads and writes it.
final class Link: Sendable {
  /// How a call on this connection ended.
  enum End: Sendable, Equatable {
    /// What the server said.
    case said(ClientMachine.End)
    /// The connection broke before an end came; what the call did is not known.
    case broken(String)
    /// The call did not leave this end.
    case notSent(String)
    case deadlinePassed
    case cancelled
    /// Nothing was sent: the request doesn't fit a frame.
    case tooLong
  }

  /// What a connection is to be.
  struct Manner: Sendable {
    /// What is said first; nil for plain ttrpc.
    var hello: BitimRpcV1.Hello?
    /// Whether a server that only speaks plain ttrpc is refused.
    var requiresExtensions = false
    /// Told of every frame.
    var tap: (@Sendable (TracedFrame) -> Void)?
  }

  private struct Running {
    let port: Port<End>
    let deadline: Int64?
    /// Whether it does not leave before the server has answered Hello.
    var isHeld = false
  }

  private struct State {
    var machine: ClientMachine
    var running: [UInt32: Running] = [:]
    /// Calls that are begun when it is known what the server speaks.
    var awaitingGreeting: [Running] = []
    /// Whether the server has been shown the token on this connection.
    var isIntroduced = false
    var isClosed = false
    var isOver = false
    var why = ""
    /// When a reader's backlog began to keep the other calls waiting.
    var blockedAt: Int64?
  }

  private let state: Lock<State>
  private let socket: Descriptor
  private let helper: Helper?
  private let wakeUp: WakeUp
  private let threads = DispatchGroup()
  private let requiresExtensions: Bool
  private let tap: (@Sendable (TracedFrame) -> Void)?

  /// Speaks over `transport` from now on.
  init(_ transport: consuming Transport, _ manner: Manner) throws(SocketFailure) {
    self.wakeUp = try WakeUp()
    self.requiresExtensions = manner.requiresExtensions
    self.tap = manner.tap
    self.helper = transport.helper
    self.socket = transport.socket()
    self.state = Lock(
      State(machine: ClientMachine(hello: manner.hello, now: Self.now())))
    Thread.start(in: self.threads) { [self] in self.run() }
  }

  static func now() -> Int64 { Self.start.duration(to: .now).nanoseconds }
  private static let start = ContinuousClock.now

  /// Whether calls may be begun here.
  var isOpen: Bool {
    self.state.withLock { !$0.isClosed && !$0.isOver && $0.machine.mayOpen }
  }

  /// Whether the caller is the one to show the token on this connection, once.
  func claimsIntroduction() -> Bool {
    self.state.withLock { state in
      defer { state.isIntroduced = true }
      return !state.isIntroduced
    }
  }

  /// Whether the server was never heard, though it was greeted: it may be one that hangs up on what
  /// it does not know.
  var wasNeverHeard: Bool {
    self.state.withLock { $0.isOver && !$0.machine.wasAnswered && $0.machine.isGreeting }
  }

  /// Waits until it is known what the server speaks; in vain when the connection ends or the deadline
  /// passes before.
  func awaitGreeting(by deadline: Int64?) async {
    let port = Port<End>(overhead: 0) { _, _ in }
    let isGreeting = self.state.withLock { state in
      guard state.machine.isGreeting, !state.isOver else { return false }
      state.awaitingGreeting.append(Running(port: port, deadline: deadline))
      return true
    }
    guard isGreeting else { return }
    self.wakeUp.ring()
    _ = await port.next()
  }

  /// Ends the connection; whoever waits is told that it broke.
  func close() {
    self.state.withLock { state in
      state.isClosed = true
      state.machine.leave()
    }
    self.wakeUp.ring()
  }

  // Calls; any thread.

  /// One call of this connection.
  struct Handle: Sendable {
    let link: Link
    let stream: UInt32
    let port: Port<End>
  }

  /// Begins a call.
  ///
  /// - Parameters:
  ///   - deadline: When nobody waits any more, by ``now()``.
  ///   - awaitsGreeting: Whether it may leave only when the server has answered Hello: where it hangs
  ///     up instead, the call was not sent.
  func open(
    _ request: Ttrpc.Request, _ shape: MethodDescriptor.Shape, deadline: Int64?,
    awaitsGreeting: Bool = false
  ) throws(Ended) -> Handle {
    var request = request
    if let deadline {
      let left = deadline - Self.now()
      // A stock server would take zero for "no deadline" and a negative one for anything.
      guard left > 0 else { throw Ended(.deadlinePassed) }
      request.timeoutNano = left
    }
    let octets = request.encoded
    let opened = self.state.withLock { state -> Result<Handle, Ended> in
      guard !state.isClosed, !state.isOver, state.machine.mayOpen else {
        return .failure(Ended(.notSent(state.why.isEmpty ? "the connection is full" : state.why)))
      }
      let opened = state.machine.open(octets, shape, awaitsGreeting: awaitsGreeting)
      guard let stream = opened else {
        return .failure(Ended(.tooLong))
      }
      let port = Port<End>(overhead: FrameHeader.octetCount) { [weak self] octets, messages in
        self?.taken(octets, messages: messages, on: stream)
      }
      state.running[stream] = Running(
        port: port, deadline: deadline, isHeld: state.machine.holds)
      return .success(Handle(link: self, stream: stream, port: port))
    }
    let handle = try opened.get()
    self.wakeUp.ring()
    return handle
  }

  /// A call ended before it was begun.
  struct Ended: Error { let end: End; init(_ end: End) { self.end = end } }

  /// The longest message, in octets.
  var messageMax: UInt32 { self.state.withLock { $0.machine.messageMax } }

  func send(_ frame: [UInt8], on stream: UInt32) {
    let isTaken = self.state.withLock { $0.machine.send(frame, on: stream) }
    if isTaken { self.wakeUp.ring() }
  }

  func closeSending(_ stream: UInt32) {
    self.state.withLock { $0.machine.closeSending(stream) }
    self.wakeUp.ring()
  }

  private func taken(_ octets: Int, messages: Int, on stream: UInt32) {
    self.state.withLock { $0.machine.taken(octets, messages: messages, on: stream) }
    self.wakeUp.ring()
  }

  func cancel(_ stream: UInt32) { self.give(up: stream, .cancelled, code: 0) }

  private func give(up stream: UInt32, _ end: End, code: UInt32) {
    let running = self.state.withLock { state in
      state.machine.cancel(stream, code: code)
      return state.running.removeValue(forKey: stream)
    }
    running?.port.cut(end)
    self.wakeUp.ring()
  }

  // The thread.

  private func run() {
    guard var poller = try? Poller() else { return self.end("no poller") }
    var reading = Reading()
    var output: [UInt8] = []
    var sent = 0
    poller.watch(self.wakeUp.number, key: 0, reads: true, writes: false, isNew: true)
    poller.watch(self.socket.number, key: 1, reads: true, writes: false, isNew: true)
    while true {
      self.pump(&output, from: sent)
      if sent < output.count {
        switch self.socket.write(output, from: sent) {
        case .moved(let count): sent += count
        case .wouldBlock: break
        case .ended: return self.end("the server closed the connection")
        }
        if sent == output.count {
          output.removeAll(keepingCapacity: true)
          sent = 0
        } else if sent >= 1 << 16 {
          output.removeFirst(sent)
          sent = 0
        }
        if sent == 0 && output.isEmpty { continue }
      }
      let (isClosed, isDone, isBlocked) = self.standing()
      if isClosed || isDone { return self.end("the client closed the connection") }
      poller.watch(
        self.socket.number, key: 1, reads: !isBlocked, writes: sent < output.count, isNew: false)
      for index in 0..<poller.wait(timeoutMs: self.timeoutMs()) {
        let event = poller.event(index)
        if event.key == 0 {
          self.wakeUp.answer()
        } else if event.isReadable || event.isClosed {
          if let why = self.read(&reading) { return self.end(why) }
        }
      }
      if !isBlocked || !self.standing().isBlocked, let why = self.take(&reading) {
        return self.end(why)
      }
      if let why = self.timePassed() { return self.end(why) }
    }
  }

  private func standing() -> (isClosed: Bool, isDone: Bool, isBlocked: Bool) {
    self.state.withLock { state in
      (
        state.isClosed, state.machine.isLeaving && state.machine.isIdle,
        state.machine.flow.isBlocked
      )
    }
  }

  /// Takes what may be sent, up to a portion.
  private func pump(_ output: inout [UInt8], from sent: Int) {
    while output.count - sent < 256 << 10 {
      let next = self.state.withLock { state in
        state.machine.nextFrame().map { ($0, state.running[$0.stream]?.port) }
      }
      guard let (departing, port) = next else { return }
      output += departing.octets
      self.tap.map { TracedFrame.each(in: departing.octets, isSent: true, $0) }
      if departing.stream != 0, !departing.isLast { port?.sent(departing.octets.count) }
    }
  }

  /// Octets that have arrived and are not dealt with yet.
  private struct Reading {
    var input: [UInt8] = []
    var skipping = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
  }

  private func read(_ reading: inout Reading) -> String? {
    switch self.socket.read(into: &reading.buffer) {
    case .moved(let count): reading.input += reading.buffer[..<count]
    case .wouldBlock: break
    case .ended: return "the server closed the connection"
    }
    return nil
  }

  /// Takes the whole frames off what arrived; a text when the connection can't go on.
  private func take(_ reading: inout Reading) -> String? {
    if reading.input.isEmpty { return nil }
    let input = reading.input
    var at = 0
    var skipping = reading.skipping
    let now = Self.now()
    let (why, told) = self.state.withLock { state -> (String?, [Told]) in
      state.machine.hear(now)
      let why = Self.take(input.span, &at, &skipping, &state.machine, now)
      // Nothing is told of a server that is not to be spoken to.
      if let fault = self.greetingFault(state.machine) { return (fault, []) }
      return (why, Self.tell(&state))
    }
    self.tap.map { TracedFrame.each(in: Array(input[..<at]), isSent: false, $0) }
    for told in told { told.deliver() }
    reading.skipping = skipping
    reading.input.removeFirst(at)
    return why
  }

  private static func take(
    _ input: Span<UInt8>, _ at: inout Int, _ skipping: inout Int, _ machine: inout ClientMachine,
    _ now: Int64
  ) -> String? {
    while !machine.flow.isBlocked {
      if skipping > 0 {
        let dropped = min(skipping, input.count - at)
        skipping -= dropped
        at += dropped
        if skipping > 0 { return nil }
      }
      guard let header = FrameHeader(peeking: input, at: at) else { return nil }
      let start = at + FrameHeader.octetCount
      switch machine.headerArrived(header, now: now) {
      case .close(let why): return why
      case .skip:
        skipping = Int(header.length)
        at = start
      case .take:
        let end = start + Int(header.length)
        guard end <= input.count else { return nil }
        if let why = machine.frameArrived(header, input.extracting(start..<end), now: now) {
          return why
        }
        at = end
      }
    }
    return nil
  }

  /// Something for whoever waits, to be told outside the lock.
  private struct Told {
    let port: Port<End>
    let item: Port<End>.Item

    func deliver() {
      switch self.item {
      case .message(let octets): self.port.deliver(octets)
      case .end(let end): self.port.finish(end)
      }
    }
  }

  private static func tell(_ state: inout State) -> [Told] {
    state.machine.takeEvents().flatMap { event -> [Told] in
      switch event {
      case .message(let stream, let octets):
        return state.running[stream].map { [Told(port: $0.port, item: .message(octets))] } ?? []
      case .ended(let stream, let end):
        return state.running.removeValue(forKey: stream).map {
          [Told(port: $0.port, item: .end(.said(end)))]
        } ?? []
      case .greeted:
        defer { state.awaitingGreeting = [] }
        return state.awaitingGreeting.map { Told(port: $0.port, item: .end(.said(.closed))) }
      }
    }
  }

  private func greetingFault(_ machine: borrowing ClientMachine) -> String? {
    guard self.requiresExtensions else { return nil }
    let isPlain = !machine.isGreeting && machine.extensions.isEmpty
    return isPlain ? "the server speaks plain ttrpc, and extensions were required" : nil
  }

  private func timeoutMs() -> Int32? {
    let earliest = self.state.withLock { state in
      (state.running.values.compactMap(\.deadline)
        + state.awaitingGreeting.compactMap(\.deadline)
        + [
          state.machine.dueAt, state.blockedAt.map { $0 + 1_000_000_000 },
        ].compactMap { $0 }).min()
    }
    guard let earliest else { return nil }
    return Int32(max(0, min((earliest - Self.now() + 999_999) / 1_000_000, 60_000)))
  }

  private func timePassed() -> String? {
    let now = Self.now()
    let (why, late, full, ungreeted) = self.state.withLock { state in
      let isLate: (Running) -> Bool = { $0.deadline.map { $0 <= now } ?? false }
      let ungreeted = state.awaitingGreeting.filter(isLate)
      state.awaitingGreeting.removeAll(where: isLate)
      state.blockedAt = state.machine.flow.isBlocked ? state.blockedAt ?? now : nil
      let isLong = state.blockedAt.map { $0 + 1_000_000_000 <= now } ?? false
      return (
        state.machine.timePassed(now),
        state.running.filter { isLate($0.value) }.map(\.key),
        isLong ? state.machine.fullStreams : [], ungreeted
      )
    }
    for waiting in ungreeted { waiting.port.finish(.deadlinePassed) }
    for stream in late { self.give(up: stream, .deadlinePassed, code: 1) }
    for stream in full {
      self.give(
        up: stream,
        .said(.malformed("the server sends faster than its messages are taken")), code: 0)
    }
    return why
  }

  private func end(_ why: String) {
    let said = self.helper?.lastWords() ?? ""
    let why = said.isEmpty ? why : "\(why); \(said)"
    let (running, isUngreeted) = self.state.withLock { state in
      state.isOver = true
      state.why = why
      defer { (state.running, state.awaitingGreeting) = ([:], []) }
      return (Array(state.running.values) + state.awaitingGreeting, state.machine.isGreeting)
    }
    self.helper?.end()
    // Messages that have arrived are read before the end.
    for running in running {
      running.port.finish(running.isHeld && isUngreeted ? .notSent(why) : .broken(why))
    }
  }
}
