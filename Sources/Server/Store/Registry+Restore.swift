package import BitimDomain
package import BitimProtocol
import BitimSockets
import BitimTrust

/// Rebuilding a registry from a copy.
extension Registry {
  /// Builds a database at `path`, which must not be there, from the acts of a second copy: each is
  /// folded, and must be the one its leaf commits to.
  ///
  /// - Parameters:
  ///   - instant: When the schema is said to be applied.
  ///   - next: Gives the next page of acts; nil at the end.
  /// - Throws: ``StoreFailure`` that names the act; what `next` throws.
  package static func rebuild(
    at path: String, instant: Instant, from next: () throws -> BitimV1.FollowActsResponse?
  ) throws {
    try Self.migrate(path: path, at: instant)
    let database = try Database(path: path, for: .writing)
    let journal = Journal(database: database)
    try journal.load()
    while let page = try next() {
      try database.run("BEGIN IMMEDIATE")
      for act in page.acts { try Self.replay(act, journal) }
      for answer in page.answers { try Self.keep(answer, database) }
      try journal.writeHead()
      try database.run("COMMIT")
      try database.checkpoint()
    }
  }

  private static func replay(_ copied: BitimV1.CopiedAct, _ journal: Journal) throws {
    let sequence = Int64(journal.frontier.size) + 1
    // A page that was fetched twice is there twice; its acts are not.
    if copied.sequence < sequence { return }
    guard copied.sequence == sequence else {
      throw StoreFailure.corrupt("the copy: act \(sequence) is missing")
    }
    let act: Act
    do {
      act = try Record.act(in: copied.record)
    } catch let failure as StoreFailure {
      throw StoreFailure(kind: failure.kind, "act \(sequence): \(failure)")
    }
    let entry = JournalEntry(
      sequence: sequence, recordedAtMs: act.recordedAt.unixMilliseconds,
      kind: act.deed.kind, salt: copied.salt, record: copied.record)
    guard entry.octets == copied.entry else {
      throw StoreFailure.corrupt("the copy: act \(sequence) is not the one its entry commits to")
    }
    try Fold(database: journal.database).apply(act, sequence: sequence)
    try journal.write(
      sequence, entry: copied.entry, salt: copied.salt, record: copied.record)
  }

  private static func keep(_ answer: BitimV1.CopiedAnswer, _ database: Database) throws {
    let kept = KeptAnswer(
      principal: answer.principal, key: answer.key, digest: answer.digest, status: answer.status,
      payload: answer.payload, atMs: answer.atMs)
    try kept.save(
      to: database, at: KeptAnswer.place(principal: kept.principal, key: kept.key))
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
    let database = try Database(path: path, for: .reading)
    var frontier = TreeFrontier()
    try database.each("SELECT octets FROM entry WHERE seq <= ?1 ORDER BY seq", [.integer(size)]) {
      frontier.append($0.blob(0))
    }
    return frontier.size == UInt64(size) ? frontier.root : nil
  }

  /// The last serial given out in each of `years`, after which burning begins.
  package static func lastSerials(path: String, years: ClosedRange<Int>) throws -> [Int: Int64] {
    let snapshot = Snapshot(database: try Database(path: path, for: .reading))
    var serials: [Int: Int64] = [:]
    for year in years { serials[year] = try snapshot.lastSerial(year: year) }
    return serials
  }
}
