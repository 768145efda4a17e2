/// A call of a service, as the schema declares it.
public struct Method<Input: Message, Output: Message>: Sendable {
  /// What identifies it and how it is served, without its types.
  public let descriptor: MethodDescriptor

  /// Describes a call; the generator does this.
  public init(_ descriptor: MethodDescriptor) { self.descriptor = descriptor }
}

/// A call without its types: what a router and an interceptor need to know.
public struct MethodDescriptor: Hashable, Sendable {
  /// How the server runs the call: `schema/bitim/options/v1/options.proto`.
  public enum Kind: Hashable, Sendable {
    /// Answers from a snapshot; bounded by one key or one page.
    case read
    /// Changes the registry in the one writer's transaction; needs an idempotency key.
    case write
    /// Runs beside the loops, for as long as caller and deadline allow.
    case stream
  }

  /// Which sides send more than one message.
  public enum Shape: Hashable, Sendable {
    case unary
    case serverStream
    case clientStream
    case bidirectional

    /// Whether the client sends any number of messages.
    public var clientStreams: Bool { self == .clientStream || self == .bidirectional }
    /// Whether the server sends any number of messages.
    public var serverStreams: Bool { self == .serverStream || self == .bidirectional }
  }

  /// The service's full name, as `bitim.v1.CertificateService`.
  public let service: String
  /// The method's name within the service.
  public let name: String
  /// How the server runs it.
  public let kind: Kind
  /// Which sides stream.
  public let shape: Shape
  /// Whether a repeat does no more than the call did: it changes nothing, or carries a key under
  /// which the server makes a change at most once.
  public let isRepeatable: Bool

  /// Describes a call.
  public init(
    service: String, name: String, kind: Kind, shape: Shape, isRepeatable: Bool = false
  ) {
    self.service = service
    self.name = name
    self.kind = kind
    self.shape = shape
    self.isRepeatable = isRepeatable
  }

  /// `bitim.v1.CertificateService/VerifyCertificate`.
  public var path: String { "\(self.service)/\(self.name)" }
}
