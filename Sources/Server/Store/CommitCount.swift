import Synchronization

/// How often the registry has changed: raised after each commit, and before any answer leaves.
///
/// So a read that is asked for after somebody saw an answer finds the count moved, and renews its
/// snapshot.
package final class CommitCount: Sendable {
  private let commits = Atomic<UInt64>(0)
  private let authorities = Atomic<UInt64>(0)

  /// Starts at nothing.
  package init() {}

  /// How many commits there were.
  package var value: UInt64 { self.commits.load(ordering: .acquiring) }

  /// How many changes there were to who may do what. Raised after ``value``: who reads this and
  /// then takes a snapshot has one at least as new.
  package var authority: UInt64 { self.authorities.load(ordering: .acquiring) }

  /// A commit was made.
  func raise(authority: UInt64) {
    self.commits.add(1, ordering: .releasing)
    self.authorities.store(authority, ordering: .releasing)
  }
}
