public import BitimProtocol

/// How a call failed: the one kind of error this library throws.
public enum CallFailure: Error, Equatable, Sendable {
  /// The server answered with a status other than success.
  case refused(Status)
  /// No server could be reached, or the connection broke and repeating did not help or was not
  /// allowed. A change may have been made: repeating the call with the same key tells.
  case unreachable(String)
  /// The deadline passed here before an answer came. A change may have been made.
  case deadlinePassed
  /// The waiting task was cancelled. A change may have been made.
  case cancelled
  /// What arrived is not an answer to this call.
  case malformedAnswer(String)

  /// The server's status, if there is one.
  public var status: Status? {
    if case .refused(let status) = self { status } else { nil }
  }
}

/// How one call is made.
public struct CallOptions: Sendable {
  /// How long to wait, for streams until their end; nil for ever.
  public var timeout: Duration?
  /// The key under which the server makes a change at most once; made at random when nil.
  ///
  /// Give one to repeat a call of an earlier process.
  public var idempotencyKey: String?
  /// Lines beside the request; keys in lower case.
  public var metadata: Metadata
  /// Whether to wait for a server that can't be reached, until the deadline, and not for three
  /// attempts.
  public var waitsForReady: Bool

  /// Waits 30 seconds unless told otherwise.
  public init(
    timeout: Duration? = .seconds(30), idempotencyKey: String? = nil, metadata: Metadata = .init(),
    waitsForReady: Bool = false
  ) {
    self.timeout = timeout
    self.idempotencyKey = idempotencyKey
    self.metadata = metadata
    self.waitsForReady = waitsForReady
  }
}
