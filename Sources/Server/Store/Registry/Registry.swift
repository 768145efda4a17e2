import BitimCrypto
package import BitimDomain
import BitimTrust

/// What is done with a database file as a whole, while no server runs on it.
package enum Registry {
  /// Says which schema a database has.
  package static func standing(path: String) throws -> RegistrySchema.Standing {
    try RegistrySchema.standing(of: try Database(path: path, for: .reading))
  }

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
  /// at `scratch` and compares every table and every trigger.
  ///
  /// - Parameter progress: Told how many acts were folded, every thousand.
  package static func check(
    path: String, scratch: String, progress: (Int64) -> Void
  ) throws -> Findings {
    let database = try Database(path: path, for: .reading)
    var findings = Findings()
    for line in try database.rows("PRAGMA integrity_check", [], { $0.text(0) }) where line != "ok" {
      findings.problems.append("integrity: \(line)")
    }
    let references = try database.rows("PRAGMA foreign_key_check") { ($0.text(0), $0.integer(1)) }
    for (table, row) in references {
      findings.problems.append("\(table), row \(row): refers to what is not there")
    }
    let standing = try RegistrySchema.standing(of: database)
    let copy = try Database(path: scratch, for: .writing)
    try copy.inTransaction { try RegistrySchema.create(in: copy) }
    try database.run("PRAGMA query_only = OFF")
    try database.execute("ATTACH DATABASE ?1 AS derived", [.text(scratch)])
    // One state for the acts and for all they are compared with, whatever a server commits meanwhile.
    try database.run("BEGIN")
    defer { try? database.run("ROLLBACK") }
    try Self.foldActs(of: database, into: copy, &findings, progress)
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
    findings.problems += try KeptAnswer.damaged(in: database)
    try Self.checkJournal(database, &findings)
    for table in Self.folded { try Self.compare(table, database, &findings) }
    try Self.compareSchema(database, &findings)
    return findings
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

  /// Folds every act into `copy`.
  ///
  /// A savepoint for each act makes SQLite keep every page that an act touches, and seek among them
  /// at every statement; hardly any act is ever set back. So acts are folded without: when one can't be
  /// applied, all is folded again with savepoints.
  private static func foldActs(
    of database: Database, into copy: Database, _ findings: inout Findings,
    _ progress: (Int64) -> Void
  ) throws {
    let before = findings
    do {
      try copy.inTransaction {
        try Self.foldActs(of: database, into: copy, withSavepoints: false, &findings, progress)
      }
    } catch is MustBeSetBack {
      findings = before
      try copy.inTransaction {
        try Self.foldActs(of: database, into: copy, withSavepoints: true, &findings, progress)
      }
    }
    let strays = try database.first(
      "SELECT count(*) FROM act WHERE seq NOT IN (SELECT seq FROM entry)"
    ) { $0.integer(0) }
    if let strays, strays > 0 { findings.problems.append("act: \(strays) acts have no entry") }
  }

  private static func foldActs(
    of database: Database, into copy: Database, withSavepoints: Bool, _ findings: inout Findings,
    _ progress: (Int64) -> Void
  ) throws {
    let fold = Fold(database: copy)
    var frontier = TreeFrontier()
    var last: Int64 = 0
    while true {
      let page = try database.rows(
        """
        SELECT e.seq, e.octets, a.salt, a.record FROM entry e LEFT JOIN act a ON a.seq = e.seq
        WHERE e.seq > ?1 ORDER BY e.seq LIMIT 1000
        """,
        [.integer(last)]
      ) { ($0.integer(0), $0.blob(1), $0.blob(2), $0.blob(3)) }
      if page.isEmpty { break }
      for (seq, octets, salt, record) in page {
        last = seq
        frontier.append(octets)
        if record.isEmpty {
          findings.problems.append("act \(seq): the record is missing")
          continue
        }
        let act: Act
        do {
          act = try Record.act(in: record)
        } catch let failure as StoreFailure {
          findings.problems.append("act \(seq): \(failure)")
          continue
        }
        let entry = JournalEntry(
          sequence: seq, recordedAtMs: act.recordedAt.unixMilliseconds,
          kind: act.deed.kind, salt: salt, record: record)
        if entry.octets != octets {
          findings.problems.append("act \(seq): the record is not the one the entry commits to")
        }
        if withSavepoints { try copy.run("SAVEPOINT act") }
        do {
          try fold.apply(act, sequence: seq)
        } catch let failure as StoreFailure {
          guard withSavepoints else { throw MustBeSetBack() }
          // Nothing of it may stay: the acts behind it are compared with a state without it.
          try copy.run("ROLLBACK TO act")
          findings.problems.append("act \(seq): can't be applied: \(failure)")
        }
        if withSavepoints { try copy.run("RELEASE act") }
      }
      progress(last)
    }
    let head = try database.first("SELECT size, frontier FROM journal_head") {
      (UInt64(clamping: $0.integer(0)), $0.blob(1))
    }
    if head?.0 != frontier.size || head?.1 != frontier.octets {
      findings.problems.append("journal_head: is not the tree of the entries")
    }
    findings.acts = last
    findings.root = frontier.root
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

  private static func compareSchema(_ database: Database, _ findings: inout Findings) throws {
    let missing = try database.rows(
      """
      SELECT type, name FROM derived.sqlite_schema d WHERE NOT EXISTS (
        SELECT 1 FROM main.sqlite_schema m WHERE m.type = d.type AND m.name = d.name
        AND m.tbl_name = d.tbl_name AND m.sql IS d.sql)
      """
    ) { "\($0.text(0)) \($0.text(1)): is missing or altered" }
    findings.problems += missing
    let strange = try database.rows(
      """
      SELECT type, name FROM main.sqlite_schema m WHERE NOT EXISTS (
        SELECT 1 FROM derived.sqlite_schema d WHERE d.name = m.name)
      """
    ) { "\($0.text(0)) \($0.text(1)): is not of this program" }
    findings.problems += strange
  }
}
