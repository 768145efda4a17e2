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
    /// What the reader has taken and not told yet.
    var takenOctets = 0
    var takenMessages = 0
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

  /// From how many octets on their way on a sender waits.
  private let unsentMax = 64 << 10
  private let state = Lock(State())
  private let overhead: Int
  private let told: @Sendable (_ octets: Int, _ messages: Int) -> Void

  /// - Parameters:
  ///   - overhead: How many octets a message takes beside its own.
  ///   - told: Told in portions what the reader has taken; on the reader's task.
  package init(overhead: Int, told: @escaping @Sendable (_ octets: Int, _ messages: Int) -> Void) {
    self.overhead = overhead
    self.told = told
  }

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

  /// What comes next, if it is there; tells what is taken when it is much, or the reader must wait.
  private func poll() -> Item? {
    let (item, octets, messages) = self.state.withLock { state -> (Item?, Int, Int) in
      let item = state.pop()
      if case .message(let message) = item {
        state.takenOctets += message.count + self.overhead
        state.takenMessages += 1
      }
      let isMuch = state.takenOctets >= 16 << 10 || state.takenMessages >= 16
      guard state.takenMessages > 0, item == nil || isMuch else { return (item, 0, 0) }
      defer { (state.takenOctets, state.takenMessages) = (0, 0) }
      return (item, state.takenOctets, state.takenMessages)
    }
    if messages > 0 { self.told(octets, messages) }
    return item
  }

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
