package import BitimDomain
package import BitimProtocol
import BitimSystem
import Dispatch
import Synchronization

/// What a change came to; decided inside the transaction.
package enum Outcome: Sendable {
  /// Done: the encoded answer, and what a repeat of the call gets; the two differ where the answer
  /// holds a secret, which is shown once and never stored.
  case done([UInt8], kept: [UInt8])
  /// Refused: nothing is changed, but the journal may have to know that it was tried.
  case refused(Status, journal: (deed: Deed, actor: Actor, heldOn: CivilDate)?)
}

/// One change, waiting for the writer.
package struct Change: Sendable {
  /// Whose key it is, as `person:7`.
  package let principal: String
  /// The idempotency key.
  package let key: String
  /// Where its answer is kept; reckoned by whoever asks, so that the writer need not.
  let place: Int64
  /// SHA-256 of method and payload as received.
  package var digest: [UInt8]
  /// How long the request was: what waits is bounded by octets too.
  package var octets: Int
  /// The day in the School's zone on which it is asked for; nil where nobody knows. What was read on another day is
  /// counted before it.
  package var day: CivilDate?
  /// Decides and records, and does nothing else: where another change of the commit has to be set
  /// back it runs anew, and only what it came to last counts.
  package var work: @Sendable (borrowing Transaction) throws -> Outcome
  /// Whether the caller has given up; asked before the work begins.
  package var isAbandoned: @Sendable () -> Bool
  /// Takes the answer, after the commit.
  package var answer: @Sendable (Result<[UInt8], Status>) -> Void

  package init(
    principal: String, key: String, digest: [UInt8], octets: Int = 0, on day: CivilDate? = nil,
    work: @escaping @Sendable (borrowing Transaction) throws -> Outcome,
    isAbandoned: @escaping @Sendable () -> Bool = { false },
    answer: @escaping @Sendable (Result<[UInt8], Status>) -> Void
  ) {
    self.principal = principal
    self.key = key
    self.place = KeptAnswer.place(principal: principal, key: key)
    self.digest = digest
    self.octets = octets
    self.day = day
    self.work = work
    self.isAbandoned = isAbandoned
    self.answer = answer
  }
}

/// The one writer's thread: takes what waits, makes each change or sets it back, commits once, then
/// answers.
///
/// An answer means: on disk, and in the journal. No timer: while one group is being synced the
/// next one gathers.
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
  /// The most octets of requests that may wait with them.
  package static let waitingOctetsMax = 64 << 20
  /// The most changes in one commit: more would make those at its end wait, and gain little.
  package static let groupMax = 1_000

  /// How long whoever reads may wait for it to be kept, in seconds.
  private static let keepingMax = 10.0

  /// Whom a token asked about on a day, by what nobody can read.
  struct Inquired {
    let token: Int64
    let day: CivilDate
    let people: Set<[UInt8]>
  }

  /// What was read, waiting to be kept.
  struct Unkept {
    let readings: [Reading]
    /// Takes why they could not be kept, after the commit; nil when they are on disk.
    let answer: @Sendable (Status?) -> Void
  }

  private struct State {
    var waiting: [Change] = []
    var waitingOctets = 0
    /// Tokens used, and when; not acts, and lost without harm.
    var uses: [Int64: Instant] = [:]
    /// Whom tokens asked about; no acts either.
    var inquiries: [Inquired] = []
    /// What was read of people.
    var reads: [Unkept] = []
    /// Who wants to know whether the writer still moves.
    var rollCalls: [@Sendable () -> Void] = []
    var isClosed = false
    var isAsleep = false

    var hasWork: Bool {
      !self.waiting.isEmpty || !self.uses.isEmpty || !self.inquiries.isEmpty
        || !self.reads.isEmpty || !self.rollCalls.isEmpty
    }
  }

  /// How often the registry has changed.
  package let commits = CommitCount()
  private let state = Lock(State())
  private let bell = DispatchSemaphore(value: 0)
  private let thread = DispatchGroup()
  private let groupMax: Int
  private let whenFull: @Sendable (Bool) -> Void
  private let watch: ClockWatch
  /// Why no change is made by the clock as it stands; nil while nothing is doubtful.
  package var doubt: ClockWatch.Doubt? { self.watch.doubt }

  /// Opens the database for writing; it must have this program's schema.
  ///
  /// - Parameters:
  ///   - groupMax: The most changes in one commit.
  ///   - defect: Breaks a promise on purpose, so that tests can see that they would notice.
  ///   - now: The wall clock.
  ///   - elapsed: A clock that nobody sets, in milliseconds; nil to take the wall clock for one.
  ///   - boot: Which boot of which machine that clock counts from; nil to forget with the process what was
  ///     believed of the wall clock.
  ///   - trustsClock: Whether the wall clock is right whatever speaks against it.
  ///   - random: The system's randomness.
  ///   - whenFull: Told when the disk has no room for changes, and when it has some again.
  ///   - freeRoom: How many octets may still be written; nil to ask the kernel.
  ///   - report: Told of every failure; a fatal one must end the process, since the state on disk
  ///     is not known any more.
  /// - Throws: ``StoreFailure``.
  package init(
    path: String, groupMax: Int = Ledger.groupMax, defect: Defect? = nil,
    now: @escaping @Sendable () -> Instant, elapsed: (@Sendable () -> Int64)? = nil,
    boot: String? = nil, trustsClock: Bool = false, random: @escaping @Sendable (Int) -> [UInt8],
    whenFull: @escaping @Sendable (Bool) -> Void = { _ in },
    freeRoom: (@Sendable () -> Int64)? = nil,
    report: @escaping @Sendable (StoreFailure, Severity) -> Void
  ) throws {
    self.groupMax = max(1, groupMax)
    self.whenFull = whenFull
    let writer = try Writer(
      path: path, now: now, elapsed: elapsed ?? { now().unixMilliseconds }, boot: boot,
      trustsClock: trustsClock, random: random,
      freeRoom: freeRoom ?? { FileSystem.room(at: path)?.free ?? 0 }, report: report)
    self.watch = writer.watch
    if defect == .syncsLess { try writer.syncLess() }
    // The writer belongs to its thread from here on; nobody else holds it.
    nonisolated(unsafe) let owned = writer
    Thread.start(in: self.thread) { self.run(unsafe owned, answersEarly: defect == .answersEarly) }
  }

  /// How a ledger may be broken on purpose.
  package enum Defect: String, Sendable {
    /// Commits are not synced (synchronous=NORMAL).
    case syncsLess = "syncs-less"
    /// Answers leave before the commit.
    case answersEarly = "answers-early"
  }

  /// How many changes wait.
  package var waitingCount: Int { self.state.withLock { $0.waiting.count } }

  /// Hands a change to the writer; false when too many wait, and then nothing will happen.
  package func submit(_ change: Change) -> Bool {
    self.post { state in
      guard state.waiting.count < Self.waitingMax,
        state.waitingOctets + change.octets <= Self.waitingOctetsMax
      else { return false }
      state.waiting.append(change)
      state.waitingOctets += change.octets
      return true
    }
  }

  /// Notes that a token was used, to the minute; not an act, and lost without harm.
  package func noteUse(ofToken id: Int64, at instant: Instant) {
    _ = self.post { state in
      state.uses[id] = instant
      return true
    }
  }

  /// Notes whom a token asked about on a day; not an act, and lost without harm.
  package func noteInquiries(of token: Int64, on day: CivilDate, _ people: Set<[UInt8]>) {
    _ = self.post { state in
      state.inquiries.append(Inquired(token: token, day: day, people: people))
      return true
    }
  }

  /// Keeps what was read of people, and returns when it is on disk: with the commit that gathers, so that many
  /// are kept by one.
  ///
  /// - Throws: ``Status`` when it could not be kept, or too much waits: then nothing may be shown.
  package func keep(_ readings: [Reading]) throws(Status) {
    if readings.isEmpty { return }
    let done = DispatchSemaphore(value: 0)
    let failure = Lock<Status?>(nil)
    let isTaken = self.post { state in
      guard state.reads.count < Self.waitingMax else { return false }
      state.reads.append(
        Unkept(readings: readings) { status in
          failure.withLock { $0 = status }
          done.signal()
        })
      return true
    }
    let unkept = Status(.unavailable, "it can't be kept who reads; repeat it")
    // A worker does not wait for a disk that hangs: then others would wait for the worker.
    guard isTaken, done.wait(timeout: .now() + Self.keepingMax) == .success else { throw unkept }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Calls `answer` on the writer's thread as soon as it gets to it; a writer that hangs, or has ended,
  /// never does.
  package func rollCall(_ answer: @escaping @Sendable () -> Void) {
    _ = self.post { state in
      state.rollCalls.append(answer)
      return true
    }
  }

  /// Does what waits, takes nothing more, checkpoints, and returns when the thread has ended.
  package func close() {
    let rings = self.state.withLock { state in
      state.isClosed = true
      defer { state.isAsleep = false }
      return state.isAsleep
    }
    if rings { self.bell.signal() }
    self.thread.wait()
  }

  /// Changes what waits, and wakes the thread; false when the ledger is closed or `body` says no.
  private func post(_ body: (inout State) -> Bool) -> Bool {
    let (isTaken, rings) = self.state.withLock { state -> (Bool, Bool) in
      guard !state.isClosed, body(&state) else { return (false, false) }
      defer { state.isAsleep = false }
      return (true, state.isAsleep)
    }
    if rings { self.bell.signal() }
    return isTaken
  }

  private struct Turn {
    var group: [Change] = []
    var uses: [Int64: Instant] = [:]
    var inquiries: [Inquired] = []
    var reads: [Unkept] = []
    var rollCalls: [@Sendable () -> Void] = []
    var isOver = false
  }

  private func run(_ writer: Writer, answersEarly: Bool) {
    var wasFull = false
    while true {
      writer.noteBelief()
      let turn = self.next()
      if !turn.group.isEmpty || !turn.reads.isEmpty {
        if answersEarly { for change in turn.group { change.answer(.success([])) } }
        let (answers, unkept) = writer.commit(turn.group, turn.reads.flatMap(\.readings))
        self.commits.raise(authority: writer.authority)
        self.tell(writer.isFull, &wasFull)
        for (change, answer) in zip(turn.group, answers) { change.answer(answer) }
        for reads in turn.reads { reads.answer(unkept) }
      }
      for (id, instant) in turn.uses { writer.noteUse(ofToken: id, at: instant) }
      for inquired in turn.inquiries { writer.note(inquired) }
      for answer in turn.rollCalls { answer() }
      self.tell(writer.isFull, &wasFull)
      writer.checkpointIfDue()
      if turn.isOver {
        // The checkpoint only shortens the next start; the WAL holds everything.
        try? writer.checkpoint()
        return
      }
    }
  }

  private func tell(_ isFull: Bool, _ wasFull: inout Bool) {
    if isFull != wasFull { self.whenFull(isFull) }
    wasFull = isFull
  }

  /// What is to be done next; waits for it.
  private func next() -> Turn {
    while true {
      let turn = self.state.withLock { state -> Turn? in
        guard state.hasWork else {
          if state.isClosed { return Turn(isOver: true) }
          state.isAsleep = true
          return nil
        }
        var turn = Turn()
        swap(&turn.uses, &state.uses)
        swap(&turn.inquiries, &state.inquiries)
        swap(&turn.reads, &state.reads)
        swap(&turn.rollCalls, &state.rollCalls)
        if state.waiting.count <= self.groupMax {
          swap(&turn.group, &state.waiting)
        } else {
          turn.group = Array(state.waiting.prefix(self.groupMax))
          state.waiting.removeFirst(self.groupMax)
        }
        state.waitingOctets = state.waiting.reduce(0) { $0 + $1.octets }
        return turn
      }
      if let turn { return turn }
      self.bell.wait()
    }
  }
}
