/// How a call ended when it did not succeed: a code for programs, a message for people, details.
///
/// Source: `schema/google/rpc/status.proto`. The codes mean what to do next; see
/// `schema/PROTOCOL.md`, "Status codes".
public struct Status: Error, Equatable, Sendable {
  /// gRPC's codes.
  public enum Code: Int32, CaseIterable, Sendable {
    /// The caller gave up.
    case cancelled = 1
    /// Somebody's server did not say why.
    case unknown = 2
    /// The request is malformed, whatever the registry's state.
    case invalidArgument = 3
    /// The deadline passed.
    case deadlineExceeded = 4
    /// What the request names is not there.
    case notFound = 5
    /// What the request makes is there already.
    case alreadyExists = 6
    /// The caller is known and may not do this.
    case permissionDenied = 7
    /// Too much at once, or no room.
    case resourceExhausted = 8
    /// The registry's state does not allow it; something else must be done first.
    case failedPrecondition = 9
    /// The state changed in between; look again and repeat the whole.
    case aborted = 10
    /// Past the valid range.
    case outOfRange = 11
    /// No such service or method.
    case unimplemented = 12
    /// Our side is broken.
    case `internal` = 13
    /// Not now; repeat the call.
    case unavailable = 14
    /// Data is lost or corrupted.
    case dataLoss = 15
    /// The caller is not known.
    case unauthenticated = 16

    /// The code as the specification spells it, as `NOT_FOUND`.
    public var name: String {
      switch self {
      case .cancelled: "CANCELLED"
      case .unknown: "UNKNOWN"
      case .invalidArgument: "INVALID_ARGUMENT"
      case .deadlineExceeded: "DEADLINE_EXCEEDED"
      case .notFound: "NOT_FOUND"
      case .alreadyExists: "ALREADY_EXISTS"
      case .permissionDenied: "PERMISSION_DENIED"
      case .resourceExhausted: "RESOURCE_EXHAUSTED"
      case .failedPrecondition: "FAILED_PRECONDITION"
      case .aborted: "ABORTED"
      case .outOfRange: "OUT_OF_RANGE"
      case .unimplemented: "UNIMPLEMENTED"
      case .internal: "INTERNAL"
      case .unavailable: "UNAVAILABLE"
      case .dataLoss: "DATA_LOSS"
      case .unauthenticated: "UNAUTHENTICATED"
      }
    }
  }

  /// The code.
  public var code: Code
  /// A sentence for people, in English, with nothing personal in it.
  public var message: String
  /// What programs need beyond the code.
  public var details: [GoogleProtobuf.AnyMessage]

  /// Describes an end.
  public init(_ code: Code, _ message: String, details: [GoogleProtobuf.AnyMessage] = []) {
    self.code = code
    self.message = message
    self.details = details
  }

  /// Describes an end whose reason is a code that clients put into words.
  public init(
    _ code: Code, reason: String, _ message: String, _ arguments: [String: String] = [:]
  ) {
    self.init(code, message)
    self.add(reason: reason, arguments)
  }

  /// The domain of this program's reason codes in `google.rpc.ErrorInfo`.
  public static let reasonDomain = "bitim.v1"

  /// Adds a reason.
  public mutating func add(reason: String, _ arguments: [String: String] = [:]) {
    var info = GoogleRpc.ErrorInfo()
    info.reason = reason
    info.domain = Self.reasonDomain
    info.metadata = arguments
    self.details.append(.init(packing: info))
  }

  /// Describes an end after which the caller may come again: in a reason's argument `after_ms`, and in
  /// `google.rpc.RetryInfo` for programs that know no reasons.
  public init(_ code: Code, reason: String, _ message: String, afterMs: Int64) {
    self.init(code, reason: reason, message, ["after_ms": "\(afterMs)"])
    var info = GoogleRpc.RetryInfo()
    info.retryDelay = .init()
    info.retryDelay?.seconds = afterMs / 1_000
    info.retryDelay?.nanos = Int32(afterMs % 1_000) * 1_000_000
    self.details.append(.init(packing: info))
  }

  /// The reasons, in the order they were added.
  public var reasons: [GoogleRpc.ErrorInfo] {
    self.details.compactMap { $0.unpacked(as: GoogleRpc.ErrorInfo.self) }
  }

  /// The status in a response; nil when the response says that the call succeeded.
  ///
  /// A code that gRPC does not know is an error, never a success.
  public init?(_ wire: GoogleRpc.Status?) {
    guard let wire, wire.code != 0 else { return nil }
    self.init(Code(rawValue: wire.code) ?? .unknown, wire.message, details: wire.details)
  }

  /// The status as it is sent.
  public var wire: GoogleRpc.Status {
    var wire = GoogleRpc.Status()
    wire.code = self.code.rawValue
    wire.message = self.message
    wire.details = self.details
    return wire
  }
}

extension GoogleProtobuf.AnyMessage {
  private static let prefix = "type.googleapis.com/"

  /// Holds `message` under its full name.
  public init<M: Message>(packing message: M) {
    self.init()
    self.typeUrl = Self.prefix + M.protoName
    self.value = message.encoded
  }

  /// The message held; nil if it is of another kind or malformed.
  public func unpacked<M: Message>(as type: M.Type) -> M? {
    guard self.typeUrl == Self.prefix + M.protoName else { return nil }
    return try? M(decoding: self.value)
  }
}
