import BitimCrypto
package import BitimDomain
import BitimSystem
import BitimTrust

/// What is done with a database file as a whole, while no server runs on it.
package enum Registry {
  /// Makes a database of this program's schema, whole or not at all; `path` is not there yet, or empty.
  package static func create(path: String, at instant: Instant) throws {
    let database = try Database(path: path, for: .writing)
    try database.inTransaction {
      try RegistrySchema.create(in: database)
      try RegistrySchema.addRules(to: database, at: instant.unixMilliseconds)
    }
  }

  /// What a check found.
  package struct Findings: Equatable, Sendable {
    /// How many acts were folded.
    package var acts: Int64 = 0
    /// The root of the journal's tree, recomputed from the entries.
    package var root: [UInt8] = []
    /// What is wrong, a sentence each; empty when all is well.
    package var problems: [String] = []
  }

  /// Tables that must be the same in every registry of these acts and this release.
  package static var folded: [String] {
    RegistrySchema.tables.filter { $0.kind == .fold || $0.kind == .reference }.map(\.name)
  }

  /// Checks integrity and references, recomputes every hash, folds the acts into a fresh database
  /// at `scratch`, which is not there yet, and compares every table and every trigger.
  ///
  /// The file is looked at, and acts are read, on threads of their own, while others are folded.
  ///
  /// - Parameter progress: Told after each page how many acts were folded.
  package static func check(
    path: String, scratch: String, progress: (Int64) -> Void
  ) throws -> Findings {
    let database = try Database(path: path, for: .reading)
    let standing = try RegistrySchema.standing(of: database)
    let schema = standing == .current ? try RegistrySchema.differences(of: database) : []
    if schema.contains(where: { $0.isOurs && $0.type == "table" }) {
      // What a table that is gone or has other columns would be asked, nobody can say.
      let journal = try? Journal.frontier(database)
      return Findings(
        acts: Int64(journal?.size ?? 0), root: journal?.root ?? TreeFrontier().root,
        problems: schema.map(\.text) + [
          "nothing else was looked at: rebuild it with `bitimd restore` first"
        ])
    }
    // What the file says by itself is looked at while the acts are folded: neither asks the other.
    let aside = Aside { try Self.lookAtFile(path, standing) }
    defer { aside.wait() }
    // One state for the acts and for all they are compared with, whatever a server commits meanwhile.
    try database.run("BEGIN")
    defer { try? database.run("ROLLBACK") }
    var findings = Findings()
    let folded = Result { try Self.foldActs(of: database, at: scratch, &findings, progress) }
    let file = try aside.value()
    let copy = try folded.get()
    findings.problems = file.integrity + findings.problems
    switch standing {
    case .current: break
    case .none, .foreign: throw StoreFailure.corrupt("is no registry")
    case .older(let name):
      // Its tables are others than these: what they hold can't be compared.
      findings.problems.append("the database has \(name): it needs `bitimd migrate`")
      return findings
    case .stranger(let why):
      findings.problems.append("the database \(why)")
      return findings
    }
    // Not before: no rule of today judges what was recorded.
    try copy.inTransaction { try RegistrySchema.addRules(to: copy, at: 0) }
    findings.problems += file.answers
    try Self.checkJournal(database, &findings)
    try database.run("PRAGMA query_only = OFF")
    try database.execute("ATTACH DATABASE ?1 AS derived", [.text(scratch)])
    for table in Self.folded { try Self.compare(table, database, &findings) }
    findings.problems += schema.map(\.text)
    return findings
  }

  /// What a file says by itself, without its acts: its integrity, its references, the answers' seals, and what was read
  /// of people by the digests of it.
  private static func lookAtFile(
    _ path: String, _ standing: RegistrySchema.Standing
  ) throws -> (integrity: [String], answers: [String]) {
    let database = try Database(path: path, for: .reading)
    var problems: [String] = []
    for line in try database.rows("PRAGMA integrity_check", [], { $0.text(0) }) where line != "ok" {
      problems.append("integrity: \(line)")
    }
    let references = try database.rows("PRAGMA foreign_key_check") { ($0.text(0), $0.integer(1)) }
    for (table, row) in references {
      problems.append("\(table), row \(row): refers to what is not there")
    }
    guard standing == .current else { return (problems, []) }
    return (problems, try KeptAnswer.damaged(in: database) + ReadLog.damaged(in: database))
  }

  /// Looks at what the tree does not cover. No act explains turn and instant of the head, but the last
  /// answer and the last act do; and there is no act that erases another.
  private static func checkJournal(_ database: Database, _ findings: inout Findings) throws {
    let erased = try database.rows(
      "SELECT seq FROM act WHERE erased_by IS NOT NULL ORDER BY seq LIMIT 20"
    ) { $0.integer(0) }
    for seq in erased {
      findings.problems.append("act \(seq): is marked as erased, and no act did it")
    }
    let head = try database.first(
      """
      SELECT h.turn, h.at_ms, coalesce(max(a.turn), 0), coalesce(max(a.at_ms), 0)
      FROM journal_head h LEFT JOIN answer a
      """
    ) { (turn: $0.integer(0), atMs: $0.integer(1), answer: ($0.integer(2), $0.integer(3))) }
    guard let head else { return }
    let lastAct = try Self.lastInstant(database)
    if head.turn != head.answer.0 || head.atMs != max(head.answer.1, lastAct) {
      findings.problems.append("journal_head: turn and instant are not those of the last change")
    }
  }

  /// Thrown where an act can't be applied and what it has written has no savepoint to go back to.
  private struct MustBeSetBack: Error {}

  /// Folds every act into a fresh database at `scratch`.
  ///
  /// A savepoint for each act makes SQLite keep every page that an act touches, and seek among them
  /// at every statement; hardly any act is ever set back. So acts are folded without: when one can't be
  /// applied, all is folded again with savepoints, into another.
  private static func foldActs(
    of database: Database, at scratch: String, _ findings: inout Findings,
    _ progress: (Int64) -> Void
  ) throws -> Database {
    func derived(withSavepoints: Bool) throws -> Database {
      let copy = try Database(path: scratch, for: .deriving)
      // What is set back is read in a journal.
      if withSavepoints { try copy.run("PRAGMA journal_mode = MEMORY") }
      try copy.inTransaction {
        try RegistrySchema.create(in: copy)
        try Self.foldActs(of: database, into: copy, withSavepoints, &findings, progress)
      }
      return copy
    }
    let copy: Database
    do {
      copy = try derived(withSavepoints: false)
    } catch is MustBeSetBack {
      FileSystem.remove(scratch)
      findings = Findings()
      copy = try derived(withSavepoints: true)
    }
    let strays = try database.first(
      "SELECT count(*) FROM act WHERE seq NOT IN (SELECT seq FROM entry)"
    ) { $0.integer(0) }
    if let strays, strays > 0 { findings.problems.append("act: \(strays) acts have no entry") }
    return copy
  }

  private static func foldActs(
    of database: Database, into copy: Database, _ withSavepoints: Bool, _ findings: inout Findings,
    _ progress: (Int64) -> Void
  ) throws {
    var fold = Fold(database: copy, manyActs: !withSavepoints)
    var frontier = TreeFrontier()
    var last: Int64 = 0
    var lastRead: Int64 = 0
    try Aside.ahead({ try Self.page(of: database, &lastRead) }, Self.read) { page in
      for read in page {
        let seq = read.sequence
        // Whoever cuts an act out may compute the head anew.
        if seq != last + 1 {
          findings.problems.append(
            seq == last + 2
              ? "act \(last + 1): is missing" : "acts \(last + 1) to \(seq - 1): are missing")
        }
        last = seq
        frontier.append(read.entry)
        if read.record.isEmpty {
          findings.problems.append("act \(seq): the record is missing")
          continue
        }
        let act: Act
        do {
          act = try read.act.get()
        } catch {
          findings.problems.append("act \(seq): \(error)")
          continue
        }
        if !read.isWhole {
          findings.problems.append("act \(seq): the record is not the one the entry commits to")
        }
        if withSavepoints { try copy.run("SAVEPOINT act") }
        do {
          try fold.apply(act, sequence: seq)
          if withSavepoints { try fold.finish() }
        } catch let failure as StoreFailure {
          guard withSavepoints else { throw MustBeSetBack() }
          // Nothing of it may stay: the acts behind it are compared with a state without it.
          fold = Fold(database: copy)
          try copy.run("ROLLBACK TO act")
          findings.problems.append("act \(seq): can't be applied: \(failure)")
        }
        if withSavepoints { try copy.run("RELEASE act") }
      }
      progress(last)
    }
    try fold.finish()
    let head = try database.first("SELECT size, frontier FROM journal_head") {
      (UInt64(clamping: $0.integer(0)), $0.blob(1))
    }
    if head?.0 != frontier.size || head?.1 != frontier.octets {
      findings.problems.append("journal_head: is not the tree of the entries")
    }
    findings.acts = last
    findings.root = frontier.root
  }

  /// An act's row as it lies in the journal.
  private typealias ActRow = (seq: Int64, entry: [UInt8], salt: [UInt8], record: [UInt8])

  /// The acts after one, some 512 KiB of them; nil at the end.
  private static func page(of database: Database, _ last: inout Int64) throws -> [ActRow]? {
    var page: [ActRow] = []
    var octets = 0
    try database.some(
      """
      SELECT e.seq, e.octets, a.salt, a.record FROM entry e LEFT JOIN act a ON a.seq = e.seq
      WHERE e.seq > ?1 ORDER BY e.seq LIMIT 1000
      """,
      [.integer(last)]
    ) { row in
      page.append((row.integer(0), row.blob(1), row.blob(2), row.blob(3)))
      octets += page[page.count - 1].record.count
      return octets < 1 << 19
    }
    guard let end = page.last else { return nil }
    last = end.seq
    return page
  }

  @Sendable private static func read(_ page: [ActRow]) -> [ReadAct] {
    page.map { ReadAct(sequence: $0.seq, entry: $0.entry, salt: $0.salt, record: $0.record) }
  }

  private static func compare(
    _ table: String, _ database: Database, _ findings: inout Findings
  ) throws {
    if try Self.isSame(table, database) { return }
    // Names of tables can't be parameters; these are this file's own constants.
    let sides = [
      ("main", "derived", "is there, but no act made it so"),
      ("derived", "main", "should be there by the journal, but is not"),
    ]
    // Words of names and numbers are personal: such a row is named by its person.
    let key = table == "person_word" || table == "person_trait" ? "person_id" : "*"
    for (left, right, what) in sides {
      let rows = try database.texts(
        """
        SELECT \(key) FROM (
          SELECT * FROM \(left).\(table) EXCEPT SELECT * FROM \(right).\(table) LIMIT 20)
        """)
      for key in rows { findings.problems.append("\(table) \(key): \(what)") }
    }
  }

  /// Whether a table has the same rows on both sides: as many, and each is found by its key and is equal.
  /// Not so is what has no key, and what differs: then rows are compared as sets, which takes longer.
  private static func isSame(_ table: String, _ database: Database) throws -> Bool {
    let columns = try database.rows(
      "SELECT name, pk FROM pragma_table_info(?1, 'derived')", [.text(table)]
    ) { (name: $0.text(0), isKey: $0.integer(1) > 0) }
    let keys = columns.filter(\.isKey).map { "d.\($0.name) = m.\($0.name)" }
    if keys.isEmpty { return false }
    let equal = columns.map { "d.\($0.name) IS m.\($0.name)" }
    // Names of tables and columns can't be parameters; these are the program's own.
    return try database.texts(
      """
      SELECT 'another' WHERE (SELECT count(*) FROM main.\(table))
        <> (SELECT count(*) FROM derived.\(table))
      UNION ALL SELECT * FROM (
        SELECT 'another' FROM main.\(table) m
        LEFT JOIN derived.\(table) d ON \(keys.joined(separator: " AND "))
        WHERE NOT (\(equal.joined(separator: " AND "))) LIMIT 1)
      """
    ).isEmpty
  }
}
