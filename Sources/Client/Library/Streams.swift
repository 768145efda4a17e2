public import BitimProtocol
import BitimSystem
import Synchronization

/// The answers of a call, one after another.
///
/// A sequence for one task. Leaving it before its end cancels the call: at the server at once where
/// that is known, else it works on and what it sends is dropped.
public struct Messages<Output: Message>: AsyncSequence, AsyncIteratorProtocol, Sendable {
  /// What comes.
  public typealias Element = Output
  /// How it may fail.
  public typealias Failure = CallFailure

  let call: StreamCall

  /// The next message; nil at the end.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func next() async throws(CallFailure) -> Output? {
    guard let octets = try await self.call.next() else { return nil }
    return try StreamCall.decoded(octets)
  }

  /// The next message; nil at the end.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func next(
    isolation actor: isolated (any Actor)?
  ) async throws(CallFailure) -> Output? { try await self.next() }

  /// The sequence itself: a call is read once.
  public func makeAsyncIterator() -> Messages { self }

  /// What the server added beside the end; nothing before it, nor from a stock server.
  public var trailers: Metadata { self.call.trailers }

  /// Does not wait for more.
  public func cancel() { self.call.cancel() }
}

/// A call that sends any number of messages and gets one answer.
public struct Upload<Input: Message, Output: Message>: Sendable {
  let call: StreamCall

  /// Sends a message; waits while the server takes nothing.
  ///
  /// - Throws: ``CallFailure``; when the server has ended the call, what it answered.
  public func send(_ message: Input) async throws(CallFailure) { try await self.call.send(message) }

  /// Says that there are no more messages.
  public func finishSending() { self.call.closeSending() }

  /// Says that there are no more messages, and waits for the answer.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func finish() async throws(CallFailure) -> Output {
    self.call.closeSending()
    return try await self.answer()
  }

  /// Waits for the answer, which may come before all messages are sent.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func answer() async throws(CallFailure) -> Output {
    guard let octets = try await self.call.next() else {
      throw .malformedAnswer("the call ended without an answer")
    }
    return try StreamCall.decoded(octets)
  }

  /// Does not wait for the answer.
  public func cancel() { self.call.cancel() }
}

/// A call in which both sides send any number of messages, in any order.
public struct Conversation<Input: Message, Output: Message>: Sendable {
  let call: StreamCall

  /// Sends a message; waits while the server takes nothing.
  ///
  /// - Throws: ``CallFailure``; when the server has ended the call, how.
  public func send(_ message: Input) async throws(CallFailure) { try await self.call.send(message) }

  /// Says that there are no more messages.
  public func finishSending() { self.call.closeSending() }

  /// The server's messages.
  public var answers: Messages<Output> { Messages(call: self.call) }

  /// Waits for no more answers.
  public func cancel() { self.call.cancel() }
}

/// A call with streams, whatever its messages are.
final class StreamCall: Sendable {
  private struct State {
    var trailers = Metadata()
    var isOver = false
  }

  private let handle: Link.Handle
  private let shape: MethodDescriptor.Shape
  private let state = Lock(State())
  private let ended: @Sendable (Status?) -> Void

  init(
    _ handle: Link.Handle, _ shape: MethodDescriptor.Shape,
    ended: @escaping @Sendable (Status?) -> Void
  ) {
    self.handle = handle
    self.shape = shape
    self.ended = ended
  }

  deinit {
    if !self.state.withLock({ $0.isOver }) { self.handle.link.cancel(self.handle.stream) }
  }

  var trailers: Metadata { self.state.withLock { $0.trailers } }

  func cancel() { self.handle.link.cancel(self.handle.stream) }

  func closeSending() { self.handle.link.closeSending(self.handle.stream) }

  func send(_ message: some Message) async throws(CallFailure) {
    let lengthMax = self.handle.link.messageMax
    guard
      let frame = DataFrame.message(message, stream: self.handle.stream, lengthMax: lengthMax)
    else {
      throw .refused(Status(.resourceExhausted, "a message is longer than a frame may be"))
    }
    if let end = await self.handle.port.reserve(frame.count) { throw try self.failure(end) }
    if Task.isCancelled { throw .cancelled }
    self.handle.link.send(frame, on: self.handle.stream)
  }

  private func failure(_ end: Link.End) throws(CallFailure) -> CallFailure {
    do throws(CallFailure) {
      _ = try self.conclude(end)
      return .malformedAnswer("the call has ended; no more messages are taken")
    } catch {
      return error
    }
  }

  /// The next message; nil at the end.
  func next() async throws(CallFailure) -> [UInt8]? {
    switch await self.handle.port.next() {
    case .message(let octets): return octets
    case .end(let end): return try self.conclude(end)
    case nil:
      self.cancel()
      throw .cancelled
    }
  }

  /// What the end amounts to: the one answer, nothing more, or a failure.
  private func conclude(_ end: Link.End) throws(CallFailure) -> [UInt8]? {
    let wasOver = self.state.withLock { state in
      defer { state.isOver = true }
      return state.isOver
    }
    do throws(CallFailure) {
      let answer = try Self.meaning(end)
      self.state.withLock { $0.trailers = answer.trailers }
      if !wasOver { self.ended(nil) }
      if self.shape.serverStreams { return nil }
      // The one answer is given once.
      return wasOver ? nil : answer.payload
    } catch {
      if !wasOver { self.ended(error.asStatus) }
      throw error
    }
  }

  /// What an end means: payload and trailers, or a failure.
  static func meaning(
    _ end: Link.End
  ) throws(CallFailure) -> (payload: [UInt8], trailers: Metadata) {
    switch end {
    case .said(.response(let octets)):
      let response: Ttrpc.Response
      do {
        response = try Ttrpc.Response(decoding: octets)
      } catch {
        throw .malformedAnswer("\(error)")
      }
      if let status = Status(response.status) { throw .refused(status) }
      return (response.payload, Metadata(response.trailers))
    case .said(.closed): return ([], Metadata())
    case .said(.notExecuted(let why)): throw .unreachable(why)
    case .said(.malformed(let why)): throw .malformedAnswer(why)
    case .broken(let why), .notSent(let why): throw .unreachable(why)
    case .deadlinePassed: throw .deadlinePassed
    case .cancelled: throw .cancelled
    case .tooLong:
      throw .refused(Status(.resourceExhausted, "the request is longer than a frame may be"))
    }
  }

  static func decoded<Output: Message>(_ octets: [UInt8]) throws(CallFailure) -> Output {
    do {
      return try Output(decoding: octets)
    } catch {
      throw .malformedAnswer("\(error)")
    }
  }
}

extension CallFailure {
  /// The failure as a status, for interceptors.
  var asStatus: Status {
    switch self {
    case .refused(let status): status
    case .unreachable(let why): Status(.unavailable, why)
    case .deadlinePassed: Status(.deadlineExceeded, "the deadline passed")
    case .cancelled: Status(.cancelled, "the caller cancelled")
    case .malformedAnswer(let why): Status(.internal, why)
    }
  }
}
