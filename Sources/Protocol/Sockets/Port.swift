import Synchronization

/// Where a task and a thread that must not wait meet: messages go to the task, room comes back.
///
/// The thread's side never waits. The task waits for a message, or for room when what it sends is
/// not taken. One task reads and one sends at a time.
package final class Port<End: Sendable>: Sendable {
  /// What a reader gets.
  package enum Item: Sendable {
    /// A message.
    case message([UInt8])
    /// There are no more.
    case end(End)
  }

  private struct State {
    var inbox: [[UInt8]] = []
    var first = 0
    /// What comes behind the messages.
    var end: End?
    /// What comes before them: whatever waits is dropped.
    var cut: End?
    var unsent = 0
    var reader: CheckedContinuation<Void, Never>?
    var writer: CheckedContinuation<Void, Never>?

    mutating func pop() -> Item? {
      if let cut = self.cut { return .end(cut) }
      guard self.first < self.inbox.count else { return self.end.map { .end($0) } }
      let message = self.inbox[self.first]
      self.inbox[self.first] = []
      self.first += 1
      if self.first == self.inbox.count || (self.first >= 64 && 2 * self.first >= self.inbox.count)
      {
        self.inbox.removeFirst(self.first)
        self.first = 0
      }
      return .message(message)
    }
  }

  private let state = Mutex(State())
  private let unsentMax: Int

  /// - Parameter unsentMax: From how many octets on their way on a sender waits.
  package init(unsentMax: Int = 64 << 10) { self.unsentMax = unsentMax }

  // The thread's side.

  /// A message arrived.
  package func deliver(_ message: [UInt8]) {
    self.state.withLock { state in
      state.inbox.append(message)
      return state.reader.take()
    }?.resume()
  }

  /// No more messages will come.
  package func finish(_ end: End) {
    self.state.withLock { state in
      if state.end == nil { state.end = end }
      return state.reader.take()
    }?.resume()
  }

  /// It is over at once, whatever waits, for both directions.
  package func cut(_ end: End) {
    let (reader, writer) = self.state.withLock { state in
      if state.cut == nil { state.cut = end }
      state.inbox = []
      state.first = 0
      return (state.reader.take(), state.writer.take())
    }
    reader?.resume()
    writer?.resume()
  }

  /// So many octets are no longer on their way.
  package func sent(_ octets: Int) {
    self.state.withLock { state in
      state.unsent -= octets
      return state.unsent < self.unsentMax ? state.writer.take() : nil
    }?.resume()
  }

  // The task's side.

  /// What comes next, if it is there; does not wait.
  package func poll() -> Item? { self.state.withLock { $0.pop() } }

  /// What comes next; nil when the waiting task was cancelled.
  package func next() async -> Item? {
    while true {
      if let item = self.poll() { return item }
      if Task.isCancelled { return nil }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isLate = self.state.withLock { state in
            let isThere =
              state.cut != nil || state.end != nil || state.first < state.inbox.count
            if isThere || Task.isCancelled { return true }
            state.reader = continuation
            return false
          }
          if isLate { continuation.resume() }
        }
      } onCancel: {
        self.state.withLock { $0.reader.take() }?.resume()
      }
    }
  }

  /// Waits until there is room, then counts so many octets as on their way; the end when it is over
  /// before, nil when there is room or the waiting task was cancelled.
  package func reserve(_ octets: Int) async -> End? {
    while true {
      let (end, hasRoom) = self.state.withLock { state -> (End?, Bool) in
        if let cut = state.cut { return (cut, false) }
        guard state.unsent < self.unsentMax || Task.isCancelled else { return (nil, false) }
        state.unsent += octets
        return (nil, true)
      }
      if hasRoom || end != nil { return end }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isLate = self.state.withLock { state in
            guard state.cut == nil, state.unsent >= self.unsentMax, !Task.isCancelled
            else { return true }
            state.writer = continuation
            return false
          }
          if isLate { continuation.resume() }
        }
      } onCancel: {
        self.state.withLock { $0.writer.take() }?.resume()
      }
    }
  }
}

/// How much a reader has taken and not told yet: it tells in portions.
package struct TakenCount: Sendable {
  private var octets = 0
  private var messages = 0

  /// Starts with nothing taken.
  package init() {}

  /// Counts a message.
  package mutating func add(_ octets: Int) {
    self.octets += octets
    self.messages += 1
  }

  /// What is to be told: when it is much, or the reader is about to wait.
  package mutating func due(isWaiting: Bool) -> (octets: Int, messages: Int)? {
    guard self.messages > 0, isWaiting || self.octets >= 16 << 10 || self.messages >= 16
    else { return nil }
    defer { (self.octets, self.messages) = (0, 0) }
    return (self.octets, self.messages)
  }
}
