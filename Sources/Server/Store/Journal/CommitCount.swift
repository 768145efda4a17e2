import BitimSystem
import Synchronization

/// How often the registry has changed: raised after each commit, and before any answer leaves.
///
/// So a read that is asked for after somebody saw an answer finds the count moved, and renews its
/// snapshot.
package final class CommitCount: Sendable {
  private let commits = Atomic<UInt64>(0)
  private let authorities = Atomic<UInt64>(0)
  /// Who waits for the next commit, by a number of their own; and whether anybody does, so that a
  /// commit that nobody waits for costs one look.
  private let waiting = Lock(Waiting())
  private let waitingCount = Atomic<Int>(0)
  private let tickets = Atomic<UInt64>(0)

  private struct Waiting {
    var people: [UInt64: CheckedContinuation<Void, Never>] = [:]
    /// Whether nobody shall wait any more.
    var isOver = false
  }

  /// Starts at nothing.
  package init() {}

  /// How many commits there were.
  package var value: UInt64 { self.commits.load(ordering: .acquiring) }

  /// How many changes there were to who may do what. Raised after ``value``: who reads this and
  /// then takes a snapshot has one at least as new.
  package var authority: UInt64 { self.authorities.load(ordering: .acquiring) }

  /// A commit was made.
  func raise(authority: UInt64) {
    // In one order with the count of those who wait: either they see this commit, or it sees them.
    self.commits.add(1, ordering: .sequentiallyConsistent)
    self.authorities.store(authority, ordering: .releasing)
    if self.waitingCount.load(ordering: .sequentiallyConsistent) > 0 { self.wake() }
  }

  /// Lets everybody go who waits for a commit.
  private func wake() {
    let people = self.waiting.withLock { waiting in
      defer { waiting.people = [:] }
      return waiting.people
    }
    for continuation in people.values { continuation.resume() }
  }

  /// Nobody waits for a commit from now on: those who do are let go, and who asks next is not kept.
  package func end() {
    self.waiting.withLock { $0.isOver = true }
    self.wake()
  }

  /// Returns when there were more commits than `count`, when the task is cancelled, and at once after
  /// ``end()``.
  package func changed(since count: UInt64) async {
    let ticket = self.tickets.add(1, ordering: .relaxed).newValue
    self.waitingCount.add(1, ordering: .sequentiallyConsistent)
    defer { self.waitingCount.subtract(1, ordering: .sequentiallyConsistent) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isLate = self.waiting.withLock { waiting in
          let isSame = self.commits.load(ordering: .sequentiallyConsistent) == count
          guard isSame, !waiting.isOver, !Task.isCancelled else { return true }
          waiting.people[ticket] = continuation
          return false
        }
        if isLate { continuation.resume() }
      }
    } onCancel: {
      self.waiting.withLock { $0.people.removeValue(forKey: ticket) }?.resume()
    }
  }
}
