public import BitimProtocol
import BitimSystem
import Synchronization

/// Whether services are served: `grpc.health.v1`, as gRPC's own servers and probes know it.
public final class Health: Sendable {
  /// How a service fares.
  public typealias Serving = GrpcHealthV1.HealthCheckResponse.ServingStatus

  private struct State {
    var serving: [String: Serving]
    var isOver = false
    var watchers: [Int: AsyncStream<Serving?>.Continuation] = [:]
    var names: [Int: String] = [:]
    var nextID = 0
    /// No watcher has a lower id.
    var lowest = 0

    /// Takes out who has watched for longest.
    mutating func popLongest() -> AsyncStream<Serving?>.Continuation? {
      while self.lowest < self.nextID {
        defer { self.lowest += 1 }
        self.names[self.lowest] = nil
        if let found = self.watchers.removeValue(forKey: self.lowest) { return found }
      }
      return nil
    }
  }

  private let state: Lock<State>
  /// How many may watch at once. Whoever has watched for longest makes room for the next, and is told
  /// so: a watch costs nothing to begin, and has no end of its own.
  static let watchersMax = 1_024

  /// Every service of `names` is served, and so is the server as a whole.
  public init(services names: Set<String>) {
    var serving: [String: Serving] = ["": .serving]
    for name in names { serving[name] = .serving }
    self.state = Lock(State(serving: serving))
  }

  /// Says how a service fares from now on; whoever watches is told.
  public func set(_ service: String, _ serving: Serving) {
    let watchers = self.state.withLock { state -> [Int: Watcher] in
      // Nothing comes back behind the end.
      if state.isOver { return [:] }
      state.serving[service] = serving
      return state.watchers.filter { state.names[$0.key] == service }
    }
    for watcher in watchers.values { watcher.yield(serving) }
  }

  /// Nothing is served any more: whoever watches is told, and watches no longer.
  public func stop() {
    let watchers = self.state.withLock { state in
      for name in state.serving.keys { state.serving[name] = .notServing }
      state.isOver = true
      return state.watchers
    }
    for watcher in watchers.values {
      watcher.yield(.notServing)
      watcher.yield(nil)
    }
  }

  /// The routes of `grpc.health.v1.Health`.
  public func routes<Context>() -> [Route<Context>] {
    [
      .task(GrpcHealthV1.Health.check) { _, request throws(Status) in
        let known = self.state.withLock { $0.serving[request.service] }
        guard let known else { throw Status(.notFound, "service \(request.service)") }
        return Self.response(known)
      },
      .serverStream(GrpcHealthV1.Health.watch) { _, request, outbound throws(Status) in
        try await self.watch(request.service, outbound)
      },
    ]
  }

  private static func response(_ serving: Serving) -> GrpcHealthV1.HealthCheckResponse {
    var response = GrpcHealthV1.HealthCheckResponse()
    response.status = serving
    return response
  }

  private func watch(
    _ service: String, _ outbound: Outbound<GrpcHealthV1.HealthCheckResponse>
  ) async throws(Status) {
    let (changes, id, longest) = self.enter(service)
    longest?.finish()
    defer {
      self.state.withLock { state in
        state.watchers[id] = nil
        state.names[id] = nil
      }
    }
    var last: Serving?
    for await change in changes {
      guard let change else {
        throw Status(.unavailable, reason: "DRAINING", "the server is stopping")
      }
      if change != last { try await outbound.send(Self.response(change)) }
      last = change
    }
    if Task.isCancelled { throw Status(.cancelled, "nobody waits any more") }
    throw Status(.resourceExhausted, reason: "BUSY", "others want to watch too; come again")
  }

  private typealias Watcher = AsyncStream<Serving?>.Continuation

  private func enter(
    _ service: String
  ) -> (changes: AsyncStream<Serving?>, id: Int, longest: Watcher?) {
    let (changes, continuation) = AsyncStream<Serving?>.makeStream()
    let (id, longest) = self.state.withLock { state -> (Int, Watcher?) in
      let watcher = state.watchers.count >= Self.watchersMax ? state.popLongest() : nil
      let id = state.nextID
      state.nextID += 1
      state.watchers[id] = continuation
      state.names[id] = service
      continuation.yield(state.serving[service] ?? .serviceUnknown)
      if state.isOver { continuation.yield(nil) }
      return (id, watcher)
    }
    return (changes, id, longest)
  }
}
