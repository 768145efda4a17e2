import BitimProtocol
import Dispatch
import Glibc

/// A method as one loop serves it: its handler, with the loop's context.
final class Line {
  /// How the call is served.
  enum Service {
    case read((Call, Span<UInt8>, inout Output) throws(Status) -> Void)
    /// Asks whether the caller may, then hands the call to a worker; false when none is to be had.
    case list(admit: (Call) throws(Status) -> Void, (Call, [UInt8], Reply) -> Bool)
    case write((Call, Span<UInt8>, Reply) throws(Status) -> Void)
    /// Starts a task that meets the loop at the port.
    case task((Call, StreamPort) -> Void)
    /// Negotiates the extensions: the connection's own business.
    case hello
  }

  let method: MethodDescriptor
  let service: Service
  /// Whether whoever is let through with a token is known from then on.
  let identifiesCaller: Bool

  init(_ method: MethodDescriptor, identifiesCaller: Bool, _ service: Service) {
    self.method = method
    self.service = service
    self.identifiesCaller = identifiesCaller
  }
}

/// Finds the line of a call by the octets of its names.
///
/// A few dozen lines sorted by service and name, searched by halves: no text is made of what a
/// peer sent, and nothing is hashed. Belongs to one loop, which so need not know what a context is.
struct Switchboard {
  private let lines: [Line]
  private let keys: [[UInt8]]
  private let services: Set<String>
  /// Each line's two names as nearly every request holds them, one behind the other.
  private let names: [[UInt8]]
  /// Where the last call stood: callers tend to repeat themselves.
  private var guess = 0
  /// Whether any call looks at its caller; else nobody is a stranger.
  let identifiesCallers: Bool

  /// Serves `table` with a loop's `context`, lists with `workers`.
  init<Context>(
    _ table: CallTable<Context>, context: Context, workers: Workers<Context>?,
    tasks: TaskThreads, interceptors: [any Interceptor]
  ) {
    self.identifiesCallers = table.routes.contains(where: \.identifiesCaller)
    self.lines = table.routes.map { route in
      Line(
        route.method, identifiesCaller: route.identifiesCaller,
        Self.service(of: route, context, workers, tasks, interceptors))
    }
    self.keys = table.routes.map { Array($0.method.path.utf8) }
    self.names = table.routes.map { route in
      let name = Array(route.method.name.utf8)
      return Array(route.method.service.utf8) + [0x12, UInt8(name.count)] + name
    }
    self.services = Set(table.routes.map(\.method.service))
  }

  /// How a loop with `context` serves a route.
  private static func service<Context>(
    of route: Route<Context>, _ context: Context, _ workers: Workers<Context>?,
    _ tasks: TaskThreads, _ interceptors: [any Interceptor]
  ) -> Line.Service {
    switch route.handler {
    case .read(let handler):
      .read { call, payload, output throws(Status) in
        try handler(call, payload, context, &output)
      }
    case .list(let admit, let handler):
      .list(
        admit: { call throws(Status) in try admit(call, context) }
      ) { call, payload, reply in
        guard let workers else { preconditionFailure("a table with lists needs workers") }
        return workers.submit(octets: payload.count) { context in
          Self.answer(call, payload, reply, context, handler)
        }
      }
    case .write(let handler):
      .write { call, payload, reply throws(Status) in
        try handler(call, payload, context, reply)
      }
    case .hello: .hello
    case .task(let handler):
      .task { call, port in Self.run(call, port, on: tasks, interceptors, handler) }
    }
  }

  /// Starts the task of one call. The loop waits for it at the port; a server that stops waits for
  /// the group.
  private static func run(
    _ call: Call, _ port: StreamPort, on tasks: TaskThreads, _ interceptors: [any Interceptor],
    _ handler: @escaping @Sendable (Call, StreamPort) async throws(Status) -> Void
  ) {
    tasks.running.enter()
    let task = Task(executorPreference: tasks) {
      var failed: Status?
      do throws(Status) {
        try await handler(call, port)
      } catch {
        failed = error
        port.finish(.failure(error))
      }
      for interceptor in interceptors {
        interceptor.end(call.method, failed, nanoseconds: call.age())
      }
      tasks.running.leave()
    }
    port.serve(with: task)
  }

  private static func answer<Context>(
    _ call: Call, _ payload: [UInt8], _ reply: Reply, _ context: borrowing Context,
    _ handler: Handler<Context>.Reading
  ) {
    if reply.isAbandoned {
      reply.send(.failure(Status(.cancelled, reason: "NOT_EXECUTED", "nobody waits any more")))
      return
    }
    var output = Output()
    do throws(Status) {
      try handler(call, payload.span, context, &output)
      reply.send(.success(output.octets))
    } catch {
      reply.send(.failure(error))
    }
  }

  /// The line of the call an envelope names.
  ///
  /// - Throws: ``Status`` UNIMPLEMENTED that tells an unknown service from an unknown method;
  ///   INVALID_ARGUMENT when a name is not UTF-8.
  mutating func line(
    of envelope: RequestEnvelope, in octets: Span<UInt8>
  ) throws(Status) -> Line {
    if self.guess < self.names.count, envelope.method.lowerBound == envelope.service.upperBound + 2
    {
      // What lies between is the method's tag and length: equal octets are equal names.
      let asked = octets.extracting(envelope.service.lowerBound..<envelope.method.upperBound)
      let known = self.names[self.guess]
      if known.count == asked.count, Self.compare(known, from: 0, asked) == 0 {
        return self.lines[self.guess]
      }
    }
    let service = octets.extracting(envelope.service)
    let method = octets.extracting(envelope.method)
    var low = 0
    var high = self.keys.count
    while low < high {
      let middle = (low + high) / 2
      let order = Self.compare(self.keys[middle], service, method)
      if order == 0 {
        self.guess = middle
        return self.lines[middle]
      }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    do {
      try envelope.checkNames(in: octets)
    } catch {
      throw Status(.invalidArgument, "unmarshal request error: \(error)")
    }
    let name = String(utf8: service) ?? ""
    guard self.services.contains(name) else { throw Status(.unimplemented, "service \(name)") }
    throw Status(.unimplemented, "method \(String(utf8: method) ?? "")")
  }

  /// How `key` stands to `service/method`: negative before, positive after, zero equal.
  private static func compare(
    _ key: [UInt8], _ service: Span<UInt8>, _ method: Span<UInt8>
  ) -> Int {
    let slash = service.count
    let first = Self.compare(key, from: 0, service)
    if first != 0 || key.count <= slash { return first != 0 ? first : -1 }
    if key[slash] != UInt8(ascii: "/") { return key[slash] < UInt8(ascii: "/") ? -1 : 1 }
    let second = Self.compare(key, from: slash + 1, method)
    return second != 0 ? second : key.count - slash - 1 - method.count
  }

  /// How the part of `key` from `start` on stands to `octets`, as far as both go.
  private static func compare(_ key: [UInt8], from start: Int, _ octets: Span<UInt8>) -> Int {
    let count = min(key.count - start, octets.count)
    let order = unsafe key.withUnsafeBufferPointer { left in
      unsafe octets.withUnsafeBufferPointer { right in
        guard count > 0, let a = left.baseAddress, let b = right.baseAddress else { return 0 }
        return Int(unsafe memcmp(a + start, b, count))
      }
    }
    return order != 0 ? order : count < octets.count ? -1 : 0
  }
}
