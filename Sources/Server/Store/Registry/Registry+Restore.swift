package import BitimDomain
package import BitimProtocol
import BitimSystem
import BitimTrust

/// Rebuilding a registry from a copy.
extension Registry {
  /// Builds a database at `path`, which must not be there, from the acts of a second copy: each is
  /// folded, and must be the one its leaf commits to.
  ///
  /// - Parameters:
  ///   - instant: When the schema is said to be applied.
  ///   - progress: Told after each page how many acts were folded.
  ///   - next: Gives the next page of acts; nil at the end.
  /// - Throws: ``StoreFailure`` that names the act; what `next` throws.
  package static func rebuild(
    at path: String, instant: Instant, progress: (Int64) -> Void = { _ in },
    from next: () throws -> BitimV1.FollowActsResponse?
  ) throws {
    let database = try Database(path: path, for: .deriving)
    try Self.rebuild(database, progress: progress, from: next)
    try Self.finish(database, at: instant)
  }

  /// Folds acts and keeps answers as they come, judged by no rule of today; ``finish(_:at:)`` is due.
  static func rebuild(
    _ database: Database, progress: (Int64) -> Void,
    from next: () throws -> BitimV1.FollowActsResponse?
  ) throws {
    try database.inTransaction { try RegistrySchema.create(in: database) }
    let journal = Journal(database: database)
    try journal.load()
    var fold = Fold(database: database, manyActs: true)
    try Aside.ahead(next, Self.read) { page in
      try database.inTransaction {
        for act in page.acts { try Self.replay(act, journal, &fold) }
        for answer in page.answers { try Self.keep(answer, journal) }
        for read in page.reads { try Self.keep(read, in: database) }
        try journal.writeHead()
        try journal.prune(at: journal.atMs)
      }
      progress(Int64(journal.frontier.size))
    }
    try database.inTransaction { try fold.finish() }
  }

  /// Adds the rules of today to a database that was rebuilt: it is whole from here on.
  static func finish(_ database: Database, at instant: Instant) throws {
    try database.inTransaction {
      try RegistrySchema.addRules(to: database, at: instant.unixMilliseconds)
    }
    try database.keep()
  }

  /// Reads the acts of a page.
  @Sendable private static func read(
    _ page: BitimV1.FollowActsResponse
  ) -> (acts: [ReadAct], answers: [BitimV1.CopiedAnswer], reads: [BitimV1.CopiedRead]) {
    let acts = page.acts.map { act in
      ReadAct(sequence: act.sequence, entry: act.entry, salt: act.salt, record: act.record)
    }
    return (acts, page.answers, page.reads)
  }

  private static func replay(
    _ copied: ReadAct, _ journal: Journal, _ fold: inout Fold
  ) throws {
    let sequence = Int64(journal.frontier.size) + 1
    // A page that was fetched twice is there twice; its acts are not.
    if copied.sequence < sequence { return }
    guard copied.sequence == sequence else {
      throw StoreFailure.corrupt("act \(sequence) is missing")
    }
    let act: Act
    do {
      act = try copied.act.get()
    } catch {
      throw StoreFailure(kind: error.kind, "act \(sequence): \(error)")
    }
    guard copied.isWhole else {
      throw StoreFailure.corrupt("act \(sequence) is not the one its entry commits to")
    }
    try fold.apply(act, sequence: sequence)
    try journal.write(
      sequence, entry: copied.entry, salt: copied.salt, record: copied.record)
    journal.atMs = max(journal.atMs, act.recordedAt.unixMilliseconds)
  }

  /// Keeps a read of a copy, unless a page that was fetched twice is there twice.
  private static func keep(_ read: BitimV1.CopiedRead, in database: Database) throws {
    let next = try Snapshot(database: database).copiedReads(after: read.number - 1, limit: 1).first
    if next == read { return }
    guard next?.number != read.number else {
      throw StoreFailure.corrupt("the copy: two reads have the number \(read.number)")
    }
    try ReadLog.write(try Reading(read), read.number, to: database)
  }

  /// Keeps an answer of a copy. Those of one instant were kept by one commit.
  private static func keep(_ answer: BitimV1.CopiedAnswer, _ journal: Journal) throws {
    let database = journal.database
    let place = KeptAnswer.place(principal: answer.principal, key: answer.key)
    // Under a key that came again after thirty days the copy has the answer before, too.
    try journal.prune(at: answer.atMs)
    let known = try database.first(
      """
      SELECT digest, status, payload, at_ms FROM answer
      WHERE place = ?1 AND principal = ?2 AND key = ?3
      """,
      [.integer(place), .text(answer.principal), .text(answer.key)]
    ) { ([$0.blob(0), $0.blob(1), $0.blob(2)], $0.integer(3)) }
    if let known {
      // A page that was fetched twice is there twice.
      guard known == ([answer.digest, answer.status, answer.payload], answer.atMs) else {
        throw StoreFailure.corrupt("the copy: two answers under one key")
      }
      return
    }
    try Self.keep(
      principal: answer.principal, key: answer.key, digest: answer.digest, status: answer.status,
      payload: answer.payload, atMs: answer.atMs, place, journal)
  }

  /// Keeps an answer that comes without a turn, in the order of instants.
  static func keep(
    principal: String, key: String, digest: [UInt8], status: [UInt8], payload: [UInt8],
    atMs: Int64, _ place: Int64, _ journal: Journal
  ) throws {
    if atMs > journal.answeredAtMs {
      journal.turn += 1
      journal.answeredAtMs = atMs
      journal.atMs = max(journal.atMs, atMs)
    }
    try KeptAnswer(
      principal: principal, key: key, digest: digest, status: status, payload: payload,
      atMs: atMs, turn: journal.turn
    ).save(to: journal.database, at: place)
  }

  /// The size and root of a database's journal; nil when it can't be read.
  package static func head(path: String) -> (size: Int64, root: [UInt8])? {
    // A database that can't be read is why somebody restores: that is an answer, not a failure.
    guard FileSystem.isThere(path), let database = try? Database(path: path, for: .reading),
      let frontier = try? Journal.frontier(database)
    else { return nil }
    return (Int64(frontier.size), frontier.root)
  }

  /// The root that the journal at `path` had when it held so many acts; nil if it holds fewer.
  package static func root(path: String, size: Int64) throws -> [UInt8]? {
    let frontier = try Journal.frontier(try Database(path: path, for: .reading), upTo: size)
    return frontier.size == UInt64(size) ? frontier.root : nil
  }

  /// The octets of the first act's entry, of which the log has its name; nil where there is none.
  package static func firstEntry(path: String) throws -> [UInt8]? {
    let snapshot = Snapshot(database: try Database(path: path, for: .reading))
    return try snapshot.entries(after: 0, limit: 1).first
  }

  /// The last serial given out in each of `years`, after which burning begins.
  package static func lastSerials(path: String, years: ClosedRange<Int>) throws -> [Int: Int64] {
    let snapshot = Snapshot(database: try Database(path: path, for: .reading))
    var serials: [Int: Int64] = [:]
    for year in years { serials[year] = try snapshot.lastSerial(year: year) }
    return serials
  }
}
