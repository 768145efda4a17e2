import BitimSystem
import Dispatch
import Synchronization

/// Threads for what loops must not wait for; each has a context of its own.
///
/// What waits is bounded: above ``waitingMax`` callers are told to come again.
final class Workers<Context>: Sendable {
  typealias Job = @Sendable (borrowing Context) -> Void

  /// How many jobs may wait for a worker.
  private static var waitingMax: Int { 256 }
  /// How many octets of requests may wait with them.
  private static var octetsMax: Int { 16 << 20 }

  private struct State {
    var waiting: [(job: Job, octets: Int)] = []
    var octets = 0
    var isClosed = false
  }

  private let state = Lock(State())
  private let bell = DispatchSemaphore(value: 0)
  private let count: Int

  /// Prepares `count` workers; ``start(in:_:)`` starts each.
  init(count: Int) { self.count = count }

  /// Starts one worker with its context.
  func start(in group: DispatchGroup, _ context: sending Context) {
    // The context belongs to its thread from here on; nobody else holds it.
    nonisolated(unsafe) let owned = context
    Thread.start(in: group) { self.run(unsafe owned) }
  }

  /// Hands a job to the workers; false when too many wait, and then nothing will happen.
  func submit(octets: Int, _ job: @escaping Job) -> Bool {
    let isTaken = self.state.withLock { state in
      guard !state.isClosed, state.waiting.count < Self.waitingMax,
        state.octets + octets <= Self.octetsMax
      else { return false }
      state.waiting.append((job, octets))
      state.octets += octets
      return true
    }
    if isTaken { self.bell.signal() }
    return isTaken
  }

  /// Takes nothing more; the workers end when nothing waits.
  func close() {
    self.state.withLock { $0.isClosed = true }
    for _ in 0..<self.count { self.bell.signal() }
  }

  private func run(_ context: borrowing Context) {
    // Who asks for a list waits a little longer rather than everybody else.
    Thread.standBack()
    while true {
      self.bell.wait()
      let (job, isLast) = self.state.withLock { state -> (Job?, Bool) in
        if state.waiting.isEmpty { return (nil, state.isClosed) }
        let next = state.waiting.removeFirst()
        state.octets -= next.octets
        return (next.job, false)
      }
      if let job { job(context) } else if isLast { return }
    }
  }
}
