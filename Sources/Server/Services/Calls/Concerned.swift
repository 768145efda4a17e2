import BitimSystem
import Synchronization

/// Whom a change is about, as its call finds it out: the journal keeps them of one that is refused.
final class Concerned: Sendable {
  private let noted = Lock<[Int64]>([])

  /// Notes somebody whom the caller may know.
  func add(_ person: Int64) { self.noted.withLock { $0.append(person) } }

  /// Everybody noted so far, in that order.
  var people: [Int64] { self.noted.withLock { $0 } }
}
