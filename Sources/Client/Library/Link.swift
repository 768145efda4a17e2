import BitimProtocol
import BitimSockets
import Dispatch
import Synchronization

/// One connection of the client's side, with a thread that reads and writes it.
final class Link: Sendable {
  /// How one exchange ended.
  enum End: Sendable {
    /// The data of the response frame.
    case answered([UInt8])
    /// The connection broke before an answer came.
    case broken(String)
    case deadlinePassed
    case cancelled
    /// Nothing was sent: the request doesn't fit a frame.
    case tooLong
  }

  private struct Waiter {
    let continuation: CheckedContinuation<End, Never>
    let deadline: ContinuousClock.Instant?
  }

  private struct State {
    var nextStream: UInt32 = 1
    var waiters: [UInt32: Waiter] = [:]
    var outbox: [UInt8] = []
    var isClosed = false
  }

  /// Ids are never used up: a new connection is made long before.
  private static let streamMax: UInt32 = 0x7FFF_FFFF

  private let state = Mutex(State())
  private let socket: Descriptor
  private let wakeUp: WakeUp
  private let threads = DispatchGroup()

  init(to address: Address) throws(SocketFailure) {
    self.socket = try Endpoint.connect(to: address)
    self.wakeUp = try WakeUp()
    Thread.start(in: self.threads) { [self] in self.run() }
  }

  var isOpen: Bool {
    self.state.withLock { !$0.isClosed && $0.nextStream < Self.streamMax }
  }

  /// Ends the connection; whoever waits is told that it broke.
  func close() {
    self.state.withLock { $0.isClosed = true }
    self.wakeUp.ring()
  }

  /// Sends a request and waits for its one answer.
  func exchange(
    _ request: Ttrpc.Request, deadline: ContinuousClock.Instant?
  ) async -> End {
    var request = request
    if let deadline {
      let left = ContinuousClock.now.duration(to: deadline).components
      let nanoseconds = left.seconds * 1_000_000_000 + left.attoseconds / 1_000_000_000
      // A stock server would take zero for "no deadline" and a negative one for anything.
      guard nanoseconds > 0 else { return .deadlinePassed }
      request.timeoutNano = nanoseconds
    }
    let octets = request.encoded
    guard octets.count <= Int(FrameHeader.lengthMax) else { return .tooLong }
    let ticket = Ticket()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        self.send(octets, Waiter(continuation: continuation, deadline: deadline), ticket)
      }
    } onCancel: {
      self.cancel(ticket)
    }
  }

  /// Which stream a call got, known to its cancellation handler.
  private final class Ticket: Sendable {
    let stream = Mutex<(id: UInt32, isCancelled: Bool)>((0, false))
  }

  private func send(_ octets: [UInt8], _ waiter: Waiter, _ ticket: Ticket) {
    let refusal = self.state.withLock { state -> End? in
      guard !state.isClosed else { return .broken("the connection is closed") }
      let isCancelled = ticket.stream.withLock { stream in
        stream.id = state.nextStream
        return stream.isCancelled
      }
      if isCancelled { return .cancelled }
      // The id is taken where the frame is queued: ids rise on the wire.
      let header = FrameHeader(
        length: UInt32(octets.count), stream: state.nextStream, kind: FrameHeader.Kind.request)
      header.append(to: &state.outbox)
      state.outbox += octets
      state.waiters[state.nextStream] = waiter
      state.nextStream += 2
      return nil
    }
    if let refusal { waiter.continuation.resume(returning: refusal) } else { self.wakeUp.ring() }
  }

  private func cancel(_ ticket: Ticket) {
    let id = ticket.stream.withLock { stream in
      stream.isCancelled = true
      return stream.id
    }
    // The server is not told: plain ttrpc has no word for it. Its late answer is dropped.
    self.finish(id, .cancelled)
  }

  private func finish(_ stream: UInt32, _ end: End) {
    let waiter = self.state.withLock { $0.waiters.removeValue(forKey: stream) }
    waiter?.continuation.resume(returning: end)
  }

  // The thread.

  private func run() {
    guard var poller = try? Poller() else { return self.end("no poller") }
    var input: [UInt8] = []
    var output: [UInt8] = []
    var sent = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    poller.watch(self.wakeUp.number, key: 0, reads: true, writes: false, isNew: true)
    poller.watch(self.socket.number, key: 1, reads: true, writes: false, isNew: true)
    while true {
      let (queued, isClosed) = self.state.withLock { state in
        let queued = state.outbox
        state.outbox = []
        return (queued, state.isClosed)
      }
      if isClosed { return self.end("the client closed the connection") }
      output += queued
      if sent < output.count {
        switch self.socket.write(output, from: sent) {
        case .moved(let count): sent += count
        case .wouldBlock: break
        case .ended: return self.end("the server closed the connection")
        }
        if sent >= 1 << 16, sent < output.count {
          output.removeFirst(sent)
          sent = 0
        }
        if sent == output.count {
          output.removeAll(keepingCapacity: true)
          sent = 0
        }
      }
      poller.watch(
        self.socket.number, key: 1, reads: true, writes: sent < output.count, isNew: false)
      for index in 0..<poller.wait(timeoutMs: self.timeoutMs()) {
        let event = poller.event(index)
        if event.key == 0 {
          self.wakeUp.answer()
        } else if event.isReadable || event.isClosed {
          switch self.socket.read(into: &buffer) {
          case .moved(let count): input += buffer[..<count]
          case .wouldBlock: break
          case .ended: return self.end("the server closed the connection")
          }
        }
      }
      guard self.take(&input) else { return self.end("the server sent a frame above 4 MiB") }
      self.dropLate()
    }
  }

  /// Takes the whole frames off `input`; false when the framing is lost.
  private func take(_ input: inout [UInt8]) -> Bool {
    var at = 0
    while let header = FrameHeader(peeking: input.span, at: at) {
      guard header.length <= FrameHeader.lengthMax else { return false }
      let start = at + FrameHeader.octetCount
      let end = start + Int(header.length)
      guard end <= input.count else { break }
      // Other kinds and answers nobody waits for are counted by nobody and dropped.
      if header.kind == FrameHeader.Kind.response {
        self.finish(header.stream, .answered(Array(input[start..<end])))
      }
      at = end
    }
    if at > 0 { input.removeFirst(at) }
    return true
  }

  private func timeoutMs() -> Int32? {
    let earliest = self.state.withLock { $0.waiters.values.compactMap(\.deadline).min() }
    guard let earliest else { return nil }
    let left = ContinuousClock.now.duration(to: earliest)
    let ms = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
    return Int32(max(0, min(ms + 1, 60_000)))
  }

  private func dropLate() {
    let now = ContinuousClock.now
    let late = self.state.withLock { state in
      state.waiters.filter { $0.value.deadline.map { $0 <= now } ?? false }.map(\.key)
    }
    for stream in late { self.finish(stream, .deadlinePassed) }
  }

  private func end(_ why: String) {
    let waiters = self.state.withLock { state in
      state.isClosed = true
      let waiters = state.waiters
      state.waiters = [:]
      return waiters
    }
    for waiter in waiters.values { waiter.continuation.resume(returning: .broken(why)) }
  }
}
