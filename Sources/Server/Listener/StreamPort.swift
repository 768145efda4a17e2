import BitimProtocol
import BitimSystem
import Synchronization

/// A call that runs as a task, as task and loop share it.
public final class StreamPort: Sendable {
  private struct State {
    var trailers = Metadata()
    var task: Task<Void, Never>?
    var isStopped = false
  }

  /// Ends with nil when the caller sends no more, with a status when nobody waits any more.
  let port: Port<Status?>
  private let state = Lock(State())
  private let mailbox: Mailbox
  private let connection: UInt64
  private let stream: UInt32
  private let lengthMax: UInt32

  init(mailbox: Mailbox, connection: UInt64, stream: UInt32, lengthMax: UInt32) {
    self.port = Port(overhead: FrameHeader.octetCount) { octets, messages in
      mailbox.post(
        .taken(connection: connection, stream: stream, octets: octets, messages: messages))
    }
    self.mailbox = mailbox
    self.connection = connection
    self.stream = stream
    self.lengthMax = lengthMax
  }

  // The loop's side.

  /// The call is over for its caller: whoever serves it is told when it asks next.
  func stop(_ status: Status) {
    self.port.cut(status)
    self.state.withLock { state in
      state.isStopped = true
      return state.task.take()
    }?.cancel()
  }

  /// Names the task that serves the call, so that stopping the call cancels it.
  func serve(with task: Task<Void, Never>) {
    let isStopped = self.state.withLock { state in
      state.task = task
      return state.isStopped
    }
    if isStopped { task.cancel() }
  }

  // The task's side.

  /// The next message; nil when the caller sends no more.
  ///
  /// - Throws: ``Status`` when the call is over for its caller.
  func next() async throws(Status) -> [UInt8]? {
    switch await self.port.next() {
    case .message(let octets): return octets
    case .end(let status?): throw status
    case .end(nil): return nil
    case nil: throw Status(.cancelled, "the task was cancelled")
    }
  }

  /// Sends a message; waits while the peer takes nothing.
  ///
  /// - Throws: ``Status`` when the call is over for its caller, or the message fits no frame.
  func send(_ message: some Message) async throws(Status) {
    guard let frame = DataFrame.message(message, stream: self.stream, lengthMax: self.lengthMax)
    else { throw Status(.resourceExhausted, "a message is longer than a frame may be") }
    if let status = await self.port.reserve(frame.count), let status { throw status }
    self.mailbox.post(
      .message(connection: self.connection, stream: self.stream, frame: frame))
  }

  /// Adds a line to what goes beside the end.
  func add(trailer key: String, _ value: String) {
    self.state.withLock { $0.trailers.add(key, value) }
  }

  /// Ends the call; `payload` is the one answer of a call that streams none.
  func finish(_ result: Result<[UInt8], Status>) {
    let trailers = self.state.withLock { $0.trailers }
    self.mailbox.post(
      .finish(
        connection: self.connection, stream: self.stream, result: result, trailers: trailers))
  }
}
