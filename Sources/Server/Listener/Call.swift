public import BitimProtocol
public import BitimSystem

/// What a handler is told of the call it serves; says nothing of any registry.
public struct Call: Sendable {
  /// Which call.
  public let method: MethodDescriptor
  /// Keys in lower case, in the order sent.
  public let metadata: Metadata
  /// When the caller stops waiting, on the loop's monotonic clock in nanoseconds; nil for never.
  public let deadline: Int64?
  /// The wall clock when the request was read, in milliseconds since 1970.
  public let arrivedAtMs: Int64
  /// The monotonic clock when the request was read, in nanoseconds.
  public let arrivedAtNanoseconds: Int64
  /// From which network address it came; nil on a Unix socket without a terminator.
  public var from: RemoteAddress? { self.peer?.address }
  private let peer: Peer?
  private let clock: Clock?

  /// Describes a call.
  public init(
    method: MethodDescriptor, metadata: Metadata, deadline: Int64?,
    arrivedAtMs: Int64, arrivedAtNanoseconds: Int64, peer: Peer? = nil, clock: Clock? = nil
  ) {
    self.method = method
    self.metadata = metadata
    self.deadline = deadline
    self.arrivedAtMs = arrivedAtMs
    self.arrivedAtNanoseconds = arrivedAtNanoseconds
    self.peer = peer
    self.clock = clock
  }

  /// How long ago it arrived, in nanoseconds.
  func age() -> Int64 {
    (self.clock?.monotonicNanoseconds() ?? 0) - self.arrivedAtNanoseconds
  }

  /// The same call as if it had arrived now: what a stream is asked while it goes on.
  public func again() -> Call {
    guard let clock = self.clock else { return self }
    return Call(
      method: self.method, metadata: self.metadata, deadline: self.deadline,
      arrivedAtMs: clock.unixMilliseconds(), arrivedAtNanoseconds: clock.monotonicNanoseconds(),
      peer: self.peer, clock: clock)
  }

  /// The first value under `key`.
  public func value(of key: String) -> String? { self.metadata[key] }
}

/// How a call is served. `Context` is made once for each loop and worker and lent to its handlers.
public enum Handler<Context>: Sendable {
  /// Appends the answer's payload to the output, at once.
  public typealias Reading =
    @Sendable (Call, Span<UInt8>, borrowing Context, inout Output) throws(Status) -> Void

  /// Answers on the loop; must be bounded by one key and a few look-ups.
  case read(Reading)
  /// Answers on a worker: a page, a list, whatever other callers must not wait for. Asked on the
  /// loop first whether the caller may, so that a stranger's octets are not kept for a worker.
  case list(admit: @Sendable (Call, borrowing Context) throws(Status) -> Void, Reading)
  /// Hands the work elsewhere and answers later through the reply, exactly once.
  case write(@Sendable (Call, Span<UInt8>, borrowing Context, Reply) throws(Status) -> Void)
  /// Runs as a task beside the loops: what streams, or waits. Made by `Route`'s typed makers.
  case task(@Sendable (Call, StreamPort) async throws(Status) -> Void)
  /// Negotiates the extensions of a connection; the server adds it itself.
  case hello
}

/// A method with its handler.
public struct Route<Context>: Sendable {
  /// Which call.
  public let method: MethodDescriptor
  /// How it is served.
  public let handler: Handler<Context>
  /// Whether the handler refuses a token that is not in force: whoever is let through with one is
  /// known from then on, and may send more.
  public let identifiesCaller: Bool

  /// Serves `method` with `handler`.
  public init(
    _ method: MethodDescriptor, identifiesCaller: Bool = false, _ handler: Handler<Context>
  ) {
    self.method = method
    self.identifiesCaller = identifiesCaller
    self.handler = handler
  }
}

/// Answers one call from any thread, exactly once.
public struct Reply: Sendable {
  private let deliver: @Sendable (Result<[UInt8], Status>) -> Void
  private let abandoned: @Sendable () -> Bool

  init(
    deliver: @escaping @Sendable (Result<[UInt8], Status>) -> Void,
    isAbandoned: @escaping @Sendable () -> Bool
  ) {
    self.deliver = deliver
    self.abandoned = isAbandoned
  }

  /// Sends the answer; dropped if the caller has gone.
  public func send(_ answer: Result<[UInt8], Status>) { self.deliver(answer) }

  /// Whether nobody waits any more: the connection closed, or the deadline passed.
  public var isAbandoned: Bool { self.abandoned() }
}

/// Who is at the other end of a connection. One for all its calls, which are copied often: a reference
/// costs less than an address.
public final class Peer: Sendable {
  let address: RemoteAddress

  init(_ address: RemoteAddress) { self.address = address }
}
