import BitimDomain
import BitimProtocol
import BitimTrust

/// The connection that writes, and what it does with a group of changes; belongs to one thread.
final class Writer {
  /// From how many pages on the WAL is moved into the database: 64 MiB.
  private static let checkpointPages = 16_384
  /// How much room says that a disk that was full takes changes again, in octets: twice what the largest act and
  /// its answer take. A note of a page fits where no change does.
  private static let roomForChanges = 8 << 20

  let database: Database
  private let journal: Journal
  private let files: OpenFiles
  /// Where it is kept what was read of people.
  private var reads: ReadLog
  /// The instant of the last change of the commit under way.
  private var lastInstant: Int64 = 0
  /// The instant of the last answer that the commit under way keeps; nil while it keeps none.
  private var keptAtMs: Int64?
  private let now: @Sendable () -> Instant
  /// Whether the clock is to be believed.
  let watch: ClockWatch
  /// Why nothing may be dated; asked once a group.
  private var doubt: ClockWatch.Doubt?
  /// Whether the next start in this boot will know what was believed.
  private var isBeliefNoted = false
  /// Whether the disk had no room for what was last written.
  private(set) var isFull = false
  private let random: @Sendable (Int) -> [UInt8]
  private let freeRoom: @Sendable () -> Int64
  private let report: @Sendable (StoreFailure, Ledger.Severity) -> Void

  init(
    path: String, now: @escaping @Sendable () -> Instant,
    elapsed: @escaping @Sendable () -> Int64, boot: String?, trustsClock: Bool,
    random: @escaping @Sendable (Int) -> [UInt8], freeRoom: @escaping @Sendable () -> Int64,
    report: @escaping @Sendable (StoreFailure, Ledger.Severity) -> Void
  ) throws {
    let database = try Database(path: path, for: .writing)
    self.database = database
    self.now = now
    self.random = random
    self.freeRoom = freeRoom
    self.report = report
    switch try RegistrySchema.standing(of: self.database) {
    case .current: break
    case .none, .foreign: throw StoreFailure(kind: .other, "is no registry")
    case .older(let name):
      throw StoreFailure(
        kind: .other, "has \(name), an older schema: it needs `bitimd migrate`")
    case .stranger(let why): throw StoreFailure(kind: .other, why)
    }
    self.journal = Journal(database: self.database)
    try self.journal.load()
    self.watch = ClockWatch(
      now: now, elapsed: elapsed, boot: boot, last: self.journal.atMs,
      believed: try boot.flatMap { try Self.belief(of: $0, in: database) },
      isTrusted: trustsClock)
    self.reads = try ReadLog(database)
    self.files = try OpenFiles(of: path, open: database)
    self.database.countWALPages()
  }

  /// How many changes there were to who may do what.
  var authority: UInt64 { self.journal.authority }

  /// Commits without syncing: for the test that must notice.
  func syncLess() throws { try self.database.run("PRAGMA synchronous = NORMAL") }

  /// Moves what is in the WAL into the database.
  func checkpoint() throws { try self.database.checkpoint() }

  /// Runs each change and keeps what was read, commits once, and says what became of each change, and why nothing that
  /// was read is kept; nil where all is.
  ///
  /// A savepoint for each change costs a copy of every page it touches, and hardly any is ever set
  /// back: what is refused is refused before anything is written. So a group runs without; if one
  /// change must be set back after all, the whole group is, and runs again with savepoints.
  func commit(
    _ changes: [Change], _ readings: [Reading]
  ) -> (answers: [Result<[UInt8], Status>], unkept: Status?) {
    do {
      // No timer counts what was read on a day: the first that comes on another does, before it.
      let counting = self.endsDay(changes, readings) ? try self.reads.counting() : nil
      let group = counting.map { [$0] + changes } ?? changes
      let answers: [Result<[UInt8], Status>]
      do {
        answers = try self.commit(group, readings, withSavepoints: false)
      } catch is MustBeSetBack {
        try self.database.run("ROLLBACK")
        self.forget()
        answers = try self.commit(group, readings, withSavepoints: true)
      }
      if counting == nil { return (answers, nil) }
      try self.reads.load()
      return (Array(answers.dropFirst()), nil)
    } catch {
      // After some failures SQLite has rolled back by itself; the error worth telling is the first.
      if !self.database.isOutsideTransaction { try? self.database.run("ROLLBACK") }
      self.forget()
      let status = self.fail(error)
      return (changes.map { _ in .failure(status) }, status)
    }
  }

  /// Whether something comes on another day than that of what was read last and is not counted.
  private func endsDay(_ changes: [Change], _ readings: [Reading]) -> Bool {
    guard let open = self.reads.open else { return false }
    return readings.contains { $0.day != open }
      || changes.contains { change in change.day.map { $0 != open } ?? false }
  }

  /// The transaction is gone: what was read in it may never have been.
  private func forget() {
    self.journal.forget()
    self.database.forgetRows()
    // Where even this can't be read, nothing can be written either.
    try? self.reads.load()
  }

  /// Thrown where a change that has written would have to be set back and has no savepoint.
  private struct MustBeSetBack: Error {}

  private func commit(
    _ group: [Change], _ readings: [Reading], withSavepoints: Bool
  ) throws -> [Result<[UInt8], Status>] {
    var answers: [Result<[UInt8], Status>] = []
    answers.reserveCapacity(group.count)
    try self.database.execute("BEGIN IMMEDIATE")
    try self.journal.load()
    self.doubt = self.watch.doubt
    // Later than all that is there: whoever has read up to an instant misses nothing of it.
    self.lastInstant = self.journal.atMs + 1
    self.keptAtMs = nil
    for change in group {
      answers.append(try self.perform(change, withSavepoint: withSavepoints))
    }
    // Whatever is recorded has its answer kept with it.
    if let keptAtMs {
      self.journal.turn += 1
      self.journal.atMs = keptAtMs
      try self.journal.writeHead()
      try self.journal.prune(at: keptAtMs)
    }
    if !readings.isEmpty { try self.reads.append(readings) }
    try self.database.execute("COMMIT")
    self.watch.noteChange(at: self.journal.atMs)
    // Before any answer leaves: what is acknowledged is in the file that whoever looks next will find.
    try self.files.check()
    self.isFull = false
    return answers
  }

  /// Checkpoints once enough has been written; to be called when the answers have left.
  func checkpointIfDue() {
    guard self.database.walPages >= Self.checkpointPages else { return }
    do {
      try self.database.checkpoint()
    } catch {
      // A full disk leaves everything in the WAL, where it is safe; the next commit tries again.
      let failure = error as? StoreFailure ?? StoreFailure(kind: .disk, "checkpoint")
      self.report(failure, failure.isFatal ? .fatal : .passing)
    }
  }

  /// One change.
  ///
  /// - Throws: What ends the whole group: the transaction is gone, or the disk is not to be trusted;
  ///   ``MustBeSetBack``.
  private func perform(
    _ change: Change, withSavepoint: Bool
  ) throws -> Result<[UInt8], Status> {
    if change.isAbandoned() {
      return .failure(
        Status(.cancelled, reason: "NOT_EXECUTED", "the caller gave up before it was begun"))
    }
    if let known = try self.knownAnswer(to: change) { return known }
    if let doubt { return .failure(doubt.status(at: self.now())) }
    self.lastInstant = max(self.lastInstant, self.now().unixMilliseconds)
    let instant = Instant(unixMilliseconds: self.lastInstant)
    let transaction = Transaction(
      journal: self.journal, instant: instant, random: self.random)
    let before = Mark(
      frontier: self.journal.frontier, written: self.database.totalChanges,
      hasSavepoint: withSavepoint)
    if withSavepoint { try self.database.execute("SAVEPOINT change") }
    self.database.concerned = []
    defer { self.database.concerned = nil }
    var answer: Result<[UInt8], Status>
    var keptPayload: [UInt8] = []
    do {
      switch try change.work(transaction) {
      case .done(let octets, let kept):
        guard kept.count <= Journal.recordMax else { throw Journal.tooLong }
        answer = .success(octets)
        keptPayload = kept
      case .refused(let status, let journal):
        try self.rollBack(to: before)
        if let journal {
          try transaction.record(journal.deed, by: journal.actor, heldOn: journal.heldOn)
        }
        answer = .failure(status)
      }
    } catch let status as Status {
      try self.rollBack(to: before)
      answer = .failure(status)
    } catch let failure as StoreFailure where self.isLocal(failure) {
      try self.rollBack(to: before)
      if withSavepoint { try self.database.execute("RELEASE change") }
      self.report(failure, .passing)
      // Not kept: the same call may be repeated once our side is mended.
      return .failure(Self.status(of: failure))
    }
    try self.keep(answer.map { _ in keptPayload }, to: change, instant)
    if withSavepoint { try self.database.execute("RELEASE change") }
    return answer
  }

  /// Where a change began.
  private struct Mark {
    let frontier: TreeFrontier
    let written: Int64
    let hasSavepoint: Bool
  }

  private func rollBack(to mark: Mark) throws {
    if self.database.totalChanges == mark.written { return }
    guard mark.hasSavepoint else { throw MustBeSetBack() }
    try self.database.execute("ROLLBACK TO change")
    self.journal.frontier = mark.frontier
    self.database.forgetRows()
  }

  /// Whether a failure concerns one change alone and the transaction goes on.
  private func isLocal(_ failure: StoreFailure) -> Bool {
    // A corruption that SQLite itself met is the file's; one without its code is a row's.
    let isOfTheFile = failure.kind == .corrupt && failure.code != 0
    return failure.kind != .disk && failure.kind != .full && !isOfTheFile
      && !self.database.isOutsideTransaction
  }

  private func knownAnswer(
    to change: Change
  ) throws -> Result<[UInt8], Status>? {
    let row = try self.database.first(
      """
      SELECT digest, status, payload FROM answer
      WHERE place = ?1 AND principal = ?2 AND key = ?3
      """,
      [.integer(change.place), .text(change.principal), .text(change.key)]
    ) { ($0.blob(0), $0.blob(1), $0.blob(2)) }
    guard let row else { return nil }
    guard row.0 == change.digest else {
      return .failure(
        Status(
          .invalidArgument, reason: Reason.idempotencyKeyReused.rawValue,
          "another request was made under this idempotency key"))
    }
    if row.1.isEmpty { return .success(row.2) }
    let wire = try GoogleRpc.Status(decoding: row.1)
    return .failure(Status(wire) ?? Status(.internal, "internal error"))
  }

  private func keep(
    _ answer: Result<[UInt8], Status>, to change: Change, _ instant: Instant
  ) throws {
    var status: [UInt8] = []
    var payload: [UInt8] = []
    switch answer {
    case .success(let octets): payload = octets
    case .failure(let refusal): status = refusal.wire.encoded
    }
    try KeptAnswer(
      principal: change.principal, key: change.key, digest: change.digest, status: status,
      payload: payload, atMs: instant.unixMilliseconds, turn: self.journal.turn + 1
    ).save(to: self.database, at: change.place)
    self.keptAtMs = instant.unixMilliseconds
  }

  /// Tells of a commit that failed; what its callers are told.
  private func fail(_ error: any Error) -> Status {
    let failure = error as? StoreFailure ?? StoreFailure(kind: .other, "the commit failed")
    if failure.kind == .full { self.isFull = true }
    self.report(failure, failure.isFatal ? .fatal : .passing)
    return Self.status(of: failure)
  }

  private static func status(of failure: StoreFailure) -> Status {
    switch failure.kind {
    case .full: Status(.resourceExhausted, reason: "DISK_FULL", "the server's disk is full")
    case .disk, .cutOff, .newer, .other: Status(.unavailable, "the change was not made; repeat it")
    case .constraint, .corrupt: Status(.internal, "internal error")
    }
  }

  /// Notes that a token was used, to the minute; not an act, and lost without harm.
  func noteUse(ofToken id: Int64, at instant: Instant) {
    self.note("token_use") { database in
      try database.execute(
        """
        INSERT INTO token_use (token_id, last_used_at_ms) VALUES (?1, ?2)
        ON CONFLICT (token_id) DO UPDATE SET last_used_at_ms = max(last_used_at_ms, ?2)
        """,
        [.integer(id), .integer(instant.unixMilliseconds / 60_000 * 60_000)])
    }
  }

  /// Notes whom a token asked about on a day, and forgets former days.
  func note(_ inquired: Ledger.Inquired) {
    self.note("inquiry") { database in
      try database.execute("DELETE FROM inquiry WHERE day < ?1", [.date(inquired.day)])
      for person in inquired.people {
        try database.execute(
          """
          INSERT INTO inquiry (day, token_id, person) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
          """,
          [.date(inquired.day), .integer(inquired.token), .blob(person)])
      }
    }
  }

  /// Notes once what is believed of the clock, so that a start in the same boot does not believe anew.
  func noteBelief() {
    guard !self.isBeliefNoted, let belief = self.watch.belief else { return }
    self.isBeliefNoted = true
    self.note("clock") { database in
      try database.execute(
        """
        INSERT INTO clock (id, boot, wall_ms, elapsed_ms) VALUES (1, ?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET boot = ?1, wall_ms = ?2, elapsed_ms = ?3
        """,
        [.text(belief.boot), .integer(belief.pair.wallMs), .integer(belief.pair.elapsedMs)])
    }
  }

  /// What was believed in a boot before; nil if nothing was.
  private static func belief(of boot: String, in database: Database) throws -> ClockWatch.Pair? {
    try database.first(
      "SELECT wall_ms, elapsed_ms FROM clock WHERE id = 1 AND boot = ?1", [.text(boot)]
    ) {
      ClockWatch.Pair(wallMs: $0.integer(0), elapsedMs: $0.integer(1))
    }
  }

  private func note(_ table: String, _ write: (Database) throws -> Void) {
    do {
      try write(self.database)
      // Where nobody asks for a change, while its service says that it takes none, this shows that there is room.
      if self.isFull, self.freeRoom() >= Self.roomForChanges { self.isFull = false }
    } catch {
      // A missed note harms nobody, but a disk that fails must end the process.
      let failure = error as? StoreFailure ?? StoreFailure(kind: .other, table)
      self.report(failure, failure.isFatal ? .fatal : .passing)
    }
  }
}
