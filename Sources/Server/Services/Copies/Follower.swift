package import BitimDomain
import BitimSystem
package import BitimStore
import Synchronization

/// What is known of the second copy: up to where its keeper says it has stored the acts.
package final class Follower: Sendable {
  private let seen = Lock<(stored: Int64, at: Instant)?>(nil)

  /// The keeper of the second copy asked for more, and said what it has.
  func saw(stored: Int64, at instant: Instant) {
    self.seen.withLock { $0 = (stored, instant) }
  }

  /// How many seconds of acts the second copy lacks, and when its keeper was last heard of; nil
  /// when nobody has followed since the server started.
  package func lag(
    _ state: borrowing Snapshot, now: Instant
  ) throws -> (seconds: Double, seenAt: Instant)? {
    guard let seen = self.seen.withLock({ $0 }) else { return nil }
    guard let first = try state.recordedAt(seen.stored + 1) else { return (0, seen.at) }
    return (Double(max(0, now.unixMilliseconds - first.unixMilliseconds)) / 1_000, seen.at)
  }
}
