public import BitimProtocol

/// What a handler is told of the call it serves; says nothing of any registry.
public struct Call: Sendable {
  /// Which call.
  public let method: MethodDescriptor
  /// Keys in lower case, in the order sent.
  public let metadata: [(key: String, value: String)]
  /// When the caller stops waiting, on the loop's monotonic clock in nanoseconds; nil for never.
  public let deadline: Int64?
  /// The wall clock when the request arrived, in milliseconds since 1970.
  public let arrivedAtMs: Int64

  /// Describes a call.
  public init(
    method: MethodDescriptor, metadata: [(key: String, value: String)], deadline: Int64?,
    arrivedAtMs: Int64
  ) {
    self.method = method
    self.metadata = metadata
    self.deadline = deadline
    self.arrivedAtMs = arrivedAtMs
  }

  /// The first value under `key`.
  public func value(of key: String) -> String? {
    self.metadata.first { $0.key == key }?.value
  }
}

/// How a call is served. `Context` is made once for each loop and lent to the loop's handlers.
public enum Handler<Context>: Sendable {
  /// Answers at once, on the loop; must be bounded by one key or one page.
  case read(@Sendable (Call, Span<UInt8>, borrowing Context) throws(Status) -> [UInt8])
  /// Hands the work elsewhere and answers later through the reply, exactly once.
  case write(@Sendable (Call, Span<UInt8>, borrowing Context, Reply) throws(Status) -> Void)
}

/// A method with its handler.
public struct Route<Context>: Sendable {
  /// Which call.
  public let method: MethodDescriptor
  /// How it is served.
  public let handler: Handler<Context>

  /// Serves `method` with `handler`.
  public init(_ method: MethodDescriptor, _ handler: Handler<Context>) {
    self.method = method
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
