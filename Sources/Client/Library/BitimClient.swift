public import BitimProtocol
public import BitimSystem
import Synchronization

/// A connection to a registry, made when it is first needed and again when it broke.
///
/// Any number of tasks may call at once; their calls share one connection. A call that provably did
/// not run is made again, up to three times in all; one whose connection broke only if the schema
/// says that a repeat does no more than the call did: reads change nothing, and every change carries
/// an idempotency key, so that the server makes it at most once. Streams are not repeated.
public final class BitimClient: Sendable {
  /// How a client is set up.
  public struct Settings: Sendable {
    /// Who calls; nil for what anyone may call.
    public var token: String?
    /// Whether a server that speaks plain ttrpc alone is refused.
    public var requiresExtensions = false
    /// Whether only plain ttrpc is spoken.
    public var isPlain = false
    /// What is done around every call, in this order.
    public var interceptors: [any Interceptor] = []
    /// Told of every frame that goes over the connection, whole, on its thread; for looking on.
    public var tap: (@Sendable (TracedFrame) -> Void)?
    /// What the server is told of the program, for its logs.
    public var agent = "bitim-client/1"

    /// Calls as nobody in particular.
    public init(token: String? = nil) { self.token = token }
  }

  private static let attemptsMax = 3
  /// What a connection takes before it gives credit. Room for sixty streams that nobody reads: with
  /// the least windows four of them would keep all others waiting.
  static let windows = FlowControl.Windows(stream: 256 << 10, connection: 16 << 20)
  /// The longest pause before an attempt, in milliseconds.
  private static let pauseMaxMs = 5_000

  private struct State {
    var link: Link?
    /// The server that was reached last.
    var preferred = 0
    /// Servers that hung up on Hello: they are spoken to in plain ttrpc.
    var plain: Set<Int> = []
  }

  private let servers: [ServerAddress]
  private let settings: Settings
  private let state = Lock(State())

  /// Describes servers that serve the same; connects with the first call, and to the next server
  /// when one can't be reached.
  ///
  /// - Parameter servers: Where they are, in the order in which they are tried; at least one.
  public init(servers: [ServerAddress], _ settings: Settings = .init()) {
    precondition(!servers.isEmpty, "a client needs a server")
    self.servers = servers
    self.settings = settings
  }

  /// Describes a server; connects with the first call.
  ///
  /// - Parameters:
  ///   - address: Where it listens.
  ///   - token: Who calls; nil for what anyone may call.
  public convenience init(address: Address, token: String? = nil) {
    self.init(servers: [.socket(address)], Settings(token: token))
  }

  deinit { self.state.withLock { $0.link?.close() } }

  /// Makes a unary call.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func call<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ input: Input, _ options: CallOptions = .init()
  ) async throws(CallFailure) -> Output {
    try await self.answer(method, input, options).message
  }

  /// Makes a unary call, and tells what the server added beside its answer.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func answer<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ input: Input, _ options: CallOptions = .init()
  ) async throws(CallFailure) -> (message: Output, trailers: Metadata) {
    let (payload, trailers) = try await self.exchange(method.descriptor, input.encoded, options)
    return (try StreamCall.decoded(payload), trailers)
  }

  /// Makes a unary call of any method with octets for its message.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func exchange(
    _ method: MethodDescriptor, _ payload: [UInt8], _ options: CallOptions = .init()
  ) async throws(CallFailure) -> (payload: [UInt8], trailers: Metadata) {
    let (handle, ended) = try await self.begun(method, payload, options, awaitsEnd: true)
    let call = StreamCall(handle, method.shape, ended: ended)
    guard let octets = try await call.next() else {
      throw .malformedAnswer("the call ended without an answer")
    }
    return (octets, call.trailers)
  }

  /// Makes a call that is answered with any number of messages.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func stream<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ input: Input, _ options: CallOptions = .init(timeout: nil)
  ) async throws(CallFailure) -> Messages<Output> {
    Messages(call: try await self.opened(method.descriptor, input.encoded, options))
  }

  /// Begins a call that sends any number of messages and gets one answer.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func upload<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ options: CallOptions = .init(timeout: nil)
  ) async throws(CallFailure) -> Upload<Input, Output> {
    Upload(call: try await self.opened(method.descriptor, [], options))
  }

  /// Begins a call in which both sides send any number of messages.
  ///
  /// - Throws: ``CallFailure``, and nothing else.
  public func converse<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, _ options: CallOptions = .init(timeout: nil)
  ) async throws(CallFailure) -> Conversation<Input, Output> {
    Conversation(call: try await self.opened(method.descriptor, [], options))
  }

  private func opened(
    _ method: MethodDescriptor, _ payload: [UInt8], _ options: CallOptions
  ) async throws(CallFailure) -> StreamCall {
    let (handle, ended) = try await self.begun(method, payload, options, awaitsEnd: false)
    return StreamCall(handle, method.shape, ended: ended)
  }

  // Attempts.

  private typealias Begun = (handle: Link.Handle, ended: @Sendable (Status?) -> Void)

  /// Begins a call, on another connection if need be. With `awaitsEnd`, waits for its end, and makes
  /// it again while that does no harm.
  private func begun(
    _ method: MethodDescriptor, _ payload: [UInt8], _ options: CallOptions, awaitsEnd: Bool
  ) async throws(CallFailure) -> Begun {
    let started = Link.now()
    let deadline = options.timeout.map { started + $0.nanoseconds }
    var metadata = self.metadata(for: method, options)
    for interceptor in self.settings.interceptors {
      do throws(Status) {
        try interceptor.begin(method, &metadata)
      } catch {
        throw .refused(error)
      }
    }
    let interceptors = self.settings.interceptors
    let ended: @Sendable (Status?) -> Void = { status in
      let took = Link.now() - started
      for interceptor in interceptors { interceptor.end(method, status, nanoseconds: took) }
    }
    do throws(CallFailure) {
      var request = Ttrpc.Request()
      request.service = method.service
      request.method = method.name
      request.payload = payload
      request.metadata = metadata.pairs
      return (
        try await self.attempt(
          request, method, deadline, waits: options.waitsForReady, awaitsEnd: awaitsEnd), ended
      )
    } catch {
      ended(error.asStatus)
      throw error
    }
  }

  private func attempt(
    _ request: Ttrpc.Request, _ method: MethodDescriptor, _ deadline: Int64?, waits: Bool,
    awaitsEnd: Bool
  ) async throws(CallFailure) -> Link.Handle {
    var problem = ""
    var attempts = 0
    while waits || attempts < Self.attemptsMax {
      if attempts > 0 { try await Self.pause(before: attempts, deadline) }
      attempts += 1
      if let deadline, Link.now() >= deadline { throw .deadlinePassed }
      let handle: Link.Handle
      do {
        let link = try self.connected()
        if self.needsToBeKnown(request, method), link.claimsIntroduction() {
          await self.introduce(on: link, deadline)
        }
        // A server may hang up on Hello: what can't be made again then is not sent before it has answered.
        if !awaitsEnd { await link.awaitGreeting(by: deadline) }
        handle = try link.open(
          request, method.shape, deadline: deadline, awaitsGreeting: !method.isRepeatable)
      } catch let ended as Link.Ended {
        if case .notSent(let why) = ended.end {
          problem = why
          continue
        }
        _ = try StreamCall.meaning(ended.end)
        throw .malformedAnswer("the call ended before it began")
      } catch {
        problem = "\(error)"
        continue
      }
      if !awaitsEnd { return handle }
      switch await Self.firstSign(of: handle) {
      case .said(.notExecuted(let why)), .notSent(let why): problem = why
      case .broken(let why) where method.isRepeatable: problem = why
      default: return handle
      }
    }
    throw .unreachable("\(self.names): \(problem)")
  }

  /// How long a frame may be before the server knows the token.
  private static let strangerMax = 64 << 10

  /// Whether a call may send more than a server takes of whom it does not know yet.
  ///
  /// Source: `schema/PROTOCOL.md`, "Calls".
  private func needsToBeKnown(_ request: Ttrpc.Request, _ method: MethodDescriptor) -> Bool {
    guard self.settings.token != nil else { return false }
    let envelopeMax = 4 << 10
    return method.shape.clientStreams || request.payload.count > Self.strangerMax - envelopeMax
  }

  /// Shows the token with a small call. What comes of it is the server's business: the call that
  /// needed it says so.
  private func introduce(on link: Link, _ deadline: Int64?) async {
    let method = BitimV1.AccessService.whoAmI.descriptor
    var request = Ttrpc.Request()
    request.service = method.service
    request.method = method.name
    request.metadata = self.metadata(for: method, .init()).pairs
    guard let handle = try? link.open(request, .unary, deadline: deadline) else { return }
    _ = await Self.firstSign(of: handle)
  }

  /// Waits until a call has ended, without taking its end; nil when there is more to be read first.
  private static func firstSign(of handle: Link.Handle) async -> Link.End? {
    switch await handle.port.next() {
    case .end(let end):
      // Put back for who reads it.
      handle.port.finish(end)
      return end
    case .message(let octets):
      handle.port.deliver(octets)
      return nil
    case nil:
      handle.link.cancel(handle.stream)
      return .cancelled
    }
  }

  private var names: String { self.servers.map(\.description).joined(separator: ", ") }

  private func metadata(for method: MethodDescriptor, _ options: CallOptions) -> Metadata {
    var metadata = options.metadata
    if let token = self.settings.token { metadata.add("authorization", "Bearer \(token)") }
    if method.kind == .write || options.idempotencyKey != nil {
      metadata.add("idempotency-key", options.idempotencyKey ?? Self.randomKey())
    }
    return metadata
  }

  /// 128 random bits in hexadecimal: the key of one change.
  public static func randomKey() -> String {
    Endpoint.randomOctets(16).map { octet in
      let digits = String(octet, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The connection that is open, or a new one: to the server reached last, or the next that can be.
  private func connected() throws(SocketFailure) -> Link {
    let (open, first, plain) = self.state.withLock { state in
      if let link = state.link, link.wasNeverHeard { state.plain.insert(state.preferred) }
      return (state.link.flatMap { $0.isOpen ? $0 : nil }, state.preferred, state.plain)
    }
    if let open { return open }
    var last = SocketFailure("connect", code: 0)
    for turn in self.servers.indices {
      let index = (first + turn) % self.servers.count
      do throws(SocketFailure) {
        let isPlain = self.settings.isPlain || plain.contains(index)
        let made = try Link(self.servers[index].connect(), self.manner(isPlain: isPlain))
        return self.keep(made, index)
      } catch {
        last = error
        // The next attempt begins with the next server.
        self.state.withLock { $0.preferred = (index + 1) % self.servers.count }
      }
    }
    throw last
  }

  private func manner(isPlain: Bool) -> Link.Manner {
    Link.Manner(
      hello: isPlain
        ? nil : Extensions.hello(agent: self.settings.agent, windows: Self.windows),
      requiresExtensions: self.settings.requiresExtensions, tap: self.settings.tap)
  }

  private func keep(_ made: Link, _ index: Int) -> Link {
    let (kept, spare) = self.state.withLock { state -> (Link, Link?) in
      if let other = state.link, other.isOpen { return (other, made) }
      // The old one may still have calls that run; it closes when they have ended.
      defer { (state.link, state.preferred) = (made, index) }
      return (made, nil)
    }
    spare?.close()
    return kept
  }

  /// Waits before an attempt: 50 to 100 ms before the second, four times that before the third, and
  /// so on up to five seconds; never the same twice, so that callers do not come all at once.
  private static func pause(before attempt: Int, _ deadline: Int64?) async throws(CallFailure) {
    let base = min(50 << min(2 * (attempt - 1), 10), Self.pauseMaxMs / 2)
    var nanoseconds = Int64.random(in: Int64(base)...Int64(2 * base)) * 1_000_000
    if let deadline { nanoseconds = max(0, min(nanoseconds, deadline - Link.now())) }
    do {
      try await Task.sleep(for: .nanoseconds(nanoseconds))
    } catch {
      throw .cancelled
    }
  }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = self.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
