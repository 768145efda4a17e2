package import BitimDomain
import BitimProtocol
import BitimTrust

/// Bringing a database of an older schema forward.
extension Registry {
  /// Makes a database of this program's schema at `fresh`, which must not be there, of the one at
  /// `path`: its acts are folded anew, and what no act derives is copied. `path` is only read.
  ///
  /// - Returns: How many acts there are, and their root: in both databases the same.
  /// - Throws: ``StoreFailure``, which names the act that can't be folded.
  package static func upgrade(
    from path: String, to fresh: String, at instant: Instant, progress: (Int64) -> Void
  ) throws -> (acts: Int64, root: [UInt8]) {
    let database = try Database(path: fresh, for: .deriving)
    let before = try Self.foldActs(of: path, into: database, progress)
    // Not in a transaction, and not before the schema is made: its tables bear the same names.
    try database.execute("ATTACH DATABASE ?1 AS old", [.text(path)])
    try database.inTransaction { try Self.copyOperation(into: database) }
    try Self.finish(database, at: instant)
    guard try Journal.frontier(database) == before else {
      throw StoreFailure.corrupt("the upgrade: the acts' root is another than before")
    }
    try database.checkpoint()
    // A backup that comes forward stays one.
    try Self.mark(database, asBackup: try RegistryFile(path: path).isBackup())
    return (Int64(before.size), before.root)
  }

  /// Folds the acts of a database; returns its tree's frontier.
  private static func foldActs(
    of path: String, into database: Database, _ progress: (Int64) -> Void
  ) throws -> TreeFrontier {
    let old = try Database(path: path, for: .reading)
    var last: Int64 = 0
    try Self.rebuild(database, progress: progress) {
      var page = BitimV1.FollowActsResponse()
      page.acts = try Snapshot(database: old).acts(after: last, limit: 500, octetsMax: 1 << 20)
      guard let end = page.acts.last?.sequence else { return nil }
      last = end
      return page
    }
    return try Journal.frontier(old)
  }

  /// Copies the tables that no act derives from the attached database `old`: the columns that both
  /// have. Answers that were kept before there were turns are counted in their order.
  private static func copyOperation(into database: Database) throws {
    for table in RegistrySchema.tables where table.kind == .operation {
      // Names of tables can't be parameters; these are the program's own.
      let both = try database.texts(
        """
        SELECT n.name FROM pragma_table_info('\(table.name)', 'main') n
        JOIN pragma_table_info('\(table.name)', 'old') o ON o.name = n.name
        """)
      if both.isEmpty { continue }
      if table.name == "answer", !both.contains("turn") {
        try Self.copyFormerAnswers(into: database)
        continue
      }
      let columns = both.joined(separator: ", ")
      try database.run(
        "INSERT INTO main.\(table.name) (\(columns)) SELECT \(columns) FROM old.\(table.name)")
      if table.name == "answer" {
        try database.execute(
          """
          UPDATE main.journal_head SET turn = o.turn, at_ms = o.at_ms FROM old.journal_head o
          """)
      }
    }
  }

  private static func copyFormerAnswers(into database: Database) throws {
    let journal = Journal(database: database)
    try journal.load()
    try database.each(
      """
      SELECT principal, key, digest, status, payload, at_ms, seal, place FROM old.answer
      ORDER BY at_ms, principal, key
      """
    ) { row in
      let answer = KeptAnswer(
        principal: row.text(0), key: row.text(1), digest: row.blob(2), status: row.blob(3),
        payload: row.blob(4), atMs: row.integer(5), turn: 0)
      guard answer.formerSeal == row.integer(6) else {
        throw StoreFailure.corrupt(
          "answer of \(answer.principal), kept at \(answer.atMs): is not as it was kept")
      }
      try Self.keep(
        principal: answer.principal, key: answer.key, digest: answer.digest,
        status: answer.status, payload: answer.payload, atMs: answer.atMs, row.integer(7), journal)
    }
    try journal.writeHead()
  }
}
