package import BitimDomain
package import BitimProtocol
import Dispatch
import Synchronization

/// What a change came to; decided inside the transaction.
package enum Outcome: Sendable {
  /// Done: the encoded answer, and what a repeat of the call gets; the two differ where the answer
  /// holds a secret, which is shown once and never stored.
  case done([UInt8], kept: [UInt8])
  /// Refused: nothing is changed, but the journal may have to know that it was tried.
  case refused(Status, journal: (deed: BitimJournalV1.Act.Deed, actor: Actor, heldOn: CivilDate)?)
}

/// One change, waiting for the writer.
package struct Change: Sendable {
  /// Whose key it is, as `person:7`.
  package var principal: String
  /// The idempotency key.
  package var key: String
  /// SHA-256 of method and payload as received.
  package var digest: [UInt8]
  /// Decides and records; runs in a savepoint of its own.
  package var work: @Sendable (borrowing Transaction) throws -> Outcome
  /// Whether the caller has given up; asked once, before the work begins.
  package var isAbandoned: @Sendable () -> Bool
  /// Takes the answer, after the commit.
  package var answer: @Sendable (Result<[UInt8], Status>) -> Void

  package init(
    principal: String, key: String, digest: [UInt8],
    work: @escaping @Sendable (borrowing Transaction) throws -> Outcome,
    isAbandoned: @escaping @Sendable () -> Bool = { false },
    answer: @escaping @Sendable (Result<[UInt8], Status>) -> Void
  ) {
    self.principal = principal
    self.key = key
    self.digest = digest
    self.work = work
    self.isAbandoned = isAbandoned
    self.answer = answer
  }
}

/// The one writer: takes what waits, runs each change in a savepoint, commits once, then answers.
///
/// An answer means: on disk, and in the journal.
package final class Ledger: Sendable {
  /// How bad a failure is.
  package enum Severity: Sendable {
    /// One change or one group failed; the next may succeed.
    case passing
    /// Nothing more may be answered.
    case fatal
  }

  /// The most changes that may wait; above it callers are told to come again.
  package static let waitingMax = 4_096
  /// The most changes in one commit.
  private static let groupMax = 1_000

  private struct State {
    var waiting: [Change] = []
    var isDraining = false
    var isClosed = false
  }

  private let state = Mutex(State())
  /// The minute in which each token's use was last noted.
  private let noted = Mutex<[Int64: Int64]>([:])
  private let queue = DispatchQueue(label: "bitim.writer")
  /// Used on `queue` alone; the lock is never contended, and shows the compiler so.
  private let writer: Mutex<Writer>
  private let commits = Atomic<UInt64>(0)

  /// Opens the database for writing; it must have this program's schema.
  ///
  /// - Parameters:
  ///   - now: The wall clock.
  ///   - random: The system's randomness.
  ///   - report: Told of every failure; a fatal one must end the process, since the state on disk
  ///     is not known any more.
  /// - Throws: ``StoreFailure``.
  package init(
    path: String, now: @escaping @Sendable () -> Instant,
    random: @escaping @Sendable (Int) -> [UInt8],
    report: @escaping @Sendable (StoreFailure, Severity) -> Void
  ) throws {
    self.writer = Mutex(
      try Writer(path: path, now: now, random: random, report: report))
  }

  /// How many commits there were; raised before any answer leaves.
  package var commitCount: UInt64 { self.commits.load(ordering: .acquiring) }

  /// Hands a change to the writer; false when too many wait, and then nothing will happen.
  package func submit(_ change: Change) -> Bool {
    let verdict = self.state.withLock { state -> (accepted: Bool, starts: Bool) in
      guard !state.isClosed, state.waiting.count < Self.waitingMax else { return (false, false) }
      state.waiting.append(change)
      if state.isDraining { return (true, false) }
      state.isDraining = true
      return (true, true)
    }
    if verdict.starts { self.queue.async { self.drain() } }
    return verdict.accepted
  }

  /// Does what waits, takes nothing more and checkpoints.
  package func close() {
    self.state.withLock { $0.isClosed = true }
    self.queue.sync {
      // The checkpoint only shortens the next start; the WAL holds everything.
      self.writer.withLock { writer in try? writer.checkpoint() }
    }
  }

  private func drain() {
    while true {
      let group = self.state.withLock { state -> [Change] in
        let count = min(state.waiting.count, Self.groupMax)
        let group = Array(state.waiting.prefix(count))
        state.waiting.removeFirst(count)
        if group.isEmpty { state.isDraining = false }
        return group
      }
      if group.isEmpty { return }
      let answers = self.writer.withLock { $0.commit(group) }
      self.commits.add(1, ordering: .releasing)
      for (change, answer) in zip(group, answers) { change.answer(answer) }
      self.writer.withLock { $0.checkpointIfDue() }
    }
  }

  /// Notes that a token was used, to the minute; not an act, and lost without harm.
  package func noteUse(ofToken id: Int64, at instant: Instant) {
    // One write a minute and token at most: noting each use would make every read a write.
    let minute = instant.unixMilliseconds / 60_000
    let isNew = self.noted.withLock { noted in
      if noted[id] == minute { return false }
      noted[id] = minute
      return true
    }
    guard isNew else { return }
    self.queue.async { self.writer.withLock { $0.noteUse(ofToken: id, at: instant) } }
  }
}
