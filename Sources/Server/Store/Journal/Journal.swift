import BitimDomain
import BitimProtocol
import BitimTrust

/// Appends acts to the journal; belongs to the connection that writes.
///
/// Keeps the tree's frontier at hand, so that an act costs no look at what was written before it.
final class Journal {
  let database: Database
  /// The tree as far as this transaction has grown it; to be set back with the change.
  var frontier = TreeFrontier()
  /// How many acts changed who may do what; never set back, which costs a second look and no more.
  private(set) var authority: UInt64 = 0
  /// How many commits kept an act or an answer, as far as ``writeHead()`` was told.
  var turn: Int64 = 0
  /// The instant of the last change, in milliseconds; no instant is given out twice.
  var atMs: Int64 = 0
  /// The instant of the last answer that was kept without a turn of its own: while a registry is
  /// rebuilt.
  var answeredAtMs: Int64 = 0
  private var days = CountedDays()
  private var isLoaded = false

  init(database: Database) { self.database = database }

  /// Reads the head from the database, unless it is at hand; to be called before changes, in their
  /// transaction.
  func load() throws {
    if self.isLoaded { return }
    self.frontier = try Self.frontier(database)
    let time = try self.database.first("SELECT turn, at_ms FROM journal_head") {
      ($0.integer(0), $0.integer(1))
    }
    (self.turn, self.atMs) = time ?? (0, 0)
    self.isLoaded = true
  }

  /// The transaction is gone: the head is to be read again.
  func forget() {
    self.isLoaded = false
    self.days = CountedDays()
  }

  /// How long an act may be, and an answer that is kept, in octets: a second copy takes one of each
  /// in a frame.
  static let recordMax = 3 << 19

  /// Why what is longer is refused.
  static let tooLong = Status(
    .invalidArgument, reason: Reason.tooManyRows.rawValue,
    "the list is too long to be recorded in one piece; send it in parts", ["limit": "1.5 MiB"])

  /// Applies `act` to the tables and appends it; returns its sequence number.
  ///
  /// - Throws: ``StoreFailure``; ``Status`` when the act is too long.
  func append(_ act: Act, salt: [UInt8]) throws -> Int64 {
    precondition(self.isLoaded, "an act is appended to a journal whose end is not known")
    let sequence = Int64(self.frontier.size) + 1
    let record = Record.octets(of: act)
    guard record.count <= Self.recordMax else { throw Self.tooLong }
    var fold = Fold(database: self.database)
    try fold.apply(act, sequence: sequence)
    try fold.finish()
    let entry = JournalEntry(
      sequence: sequence, recordedAtMs: act.recordedAt.unixMilliseconds,
      kind: act.deed.kind, salt: salt, record: record)
    try self.write(sequence, entry: entry.octets, salt: salt, record: record)
    if act.deed.changesAuthority { self.authority += 1 }
    return sequence
  }

  /// Appends an act's octets as they are, and the leaf to the tree; ``writeHead()`` is due before the
  /// commit.
  func write(_ sequence: Int64, entry: [UInt8], salt: [UInt8], record: [UInt8]) throws {
    try self.database.execute(
      "INSERT INTO act (seq, salt, record) VALUES (?1, ?2, ?3)",
      [.integer(sequence), .blob(salt), .blob(record)])
    try self.database.execute(
      "INSERT INTO entry (seq, octets) VALUES (?1, ?2)", [.integer(sequence), .blob(entry)])
    self.frontier.append(entry)
  }

  /// Writes how far the tree and time have come: once a commit, since nobody sees what lies in between.
  func writeHead() throws {
    try self.database.execute(
      "UPDATE journal_head SET size = ?1, frontier = ?2, turn = ?3, at_ms = ?4",
      [
        .int(self.frontier.size), .blob(self.frontier.octets), .integer(self.turn),
        .integer(self.atMs),
      ])
  }

  /// Forgets the answers that are too old at an instant of the head, in milliseconds.
  func prune(at milliseconds: Int64) throws {
    try self.days.prune(self.database, at: milliseconds)
  }

  /// The journal's tree as far as it has grown.
  static func frontier(_ database: Database) throws -> TreeFrontier {
    let head = try database.first("SELECT size, frontier FROM journal_head") {
      (UInt64(clamping: $0.integer(0)), $0.blob(1))
    }
    guard let head, let frontier = TreeFrontier(size: head.0, octets: head.1) else {
      throw StoreFailure.corrupt("journal_head: size and frontier don't fit each other")
    }
    return frontier
  }

  /// The journal's tree as it was with `size` entries, or with all if they are fewer; hashes each.
  static func frontier(_ database: Database, upTo size: Int64) throws -> TreeFrontier {
    var frontier = TreeFrontier()
    try database.each("SELECT octets FROM entry WHERE seq <= ?1 ORDER BY seq", [.integer(size)]) {
      frontier.append($0.blob(0))
    }
    return frontier
  }
}
