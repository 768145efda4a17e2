import BitimDomain
import CSQLite

/// One connection to SQLite; belongs to one thread, closed when nobody holds it.
@safe
final class Database {
  /// What a connection is for.
  enum Purpose {
    /// The only one that writes and checkpoints.
    case writing
    /// Reads snapshots.
    case reading
    /// Takes a copy of another.
    case copying
    /// Makes a database of acts: nothing of it can be set back, and what a power cut leaves of it is
    /// nothing. Whoever keeps it says ``keep()`` when it is made, and removes it when anything fails.
    case deriving
  }

  private let handle: OpaquePointer
  /// Prepared statements by the address of their text, which is a constant of the program.
  private var prepared: [UnsafeRawPointer: OpaquePointer] = unsafe [:]
  /// Those that were asked for last, each at a place that its text's address gives: to ask a table of
  /// hashes takes as long as some statements do.
  private var recent = unsafe [(sql: UnsafeRawPointer, statement: OpaquePointer)?](
    repeating: nil, count: 64)
  /// What few acts change: seats and days of a session, days of a cohort; acts add sessions, cohorts and
  /// editions. That an edition was closed is not remembered here.
  var editions = Memo<Int64, Edition>()
  var cohorts = Memo<Int64, CohortRecord>()
  /// By the code's octets, as SQLite compares: to Swift two texts are equal that SQLite tells apart.
  var sessions = Memo<[UInt8], SessionRecord>()
  /// Which numbers are one natural person's; nil where it was not asked since a link was made or ended.
  var persons: NaturalPersons?
  /// Who has died, by the numbers that were recorded; nil where it was not asked since a death was.
  var dead: Set<Int64>?
  /// Whom the change under way is about, as its call finds it out; nil while none is.
  var concerned: [Int64]?
  /// The statement of the last ``firstByKey(_:_:_:)``: a loop asks one thing over and over.
  private var keyed: (sql: UnsafeRawPointer, statement: OpaquePointer)? = nil
  private var beginning: OpaquePointer?
  private var ending: OpaquePointer?
  /// How many steps are left of how many, for the connection's progress handler.
  private let steps = UnsafeMutablePointer<Int64>.allocate(capacity: 2)
  /// How many pages the WAL has, for the connection's hook.
  private let wal = UnsafeMutablePointer<Int64>.allocate(capacity: 1)

  /// SQLite counts its memory under a lock unless told, before its first use, that nobody asks.
  private static let isConfigured = csqlite_count_no_memory() == SQLITE_OK

  /// Opens `path`; for writing it is created if it isn't there.
  ///
  /// - Throws: ``StoreFailure``.
  init(path: String, for purpose: Purpose) throws {
    _ = Self.isConfigured
    var opened: OpaquePointer?
    let mode =
      purpose == .reading ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    // No SQLITE_OPEN_NOFOLLOW: a path through links of the administrator's own is fine.
    let code = unsafe sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      // SQLite returns a connection even when it couldn't open the file.
      unsafe sqlite3_close_v2(opened)
      throw StoreFailure(kind: .other, code: code, "the database can't be opened")
    }
    unsafe self.handle = handle
    unsafe sqlite3_extended_result_codes(handle, 1)
    unsafe sqlite3_busy_timeout(handle, 5_000)
    unsafe self.steps.initialize(repeating: .max, count: 2)
    unsafe self.wal.initialize(to: 0)
    try self.run("PRAGMA foreign_keys = ON")
    try self.run("PRAGMA trusted_schema = OFF")
    switch purpose {
    case .deriving:
      try self.run("PRAGMA journal_mode = OFF")
      try self.run("PRAGMA synchronous = OFF")
      try self.run("PRAGMA cache_size = -65536")
      try self.run("PRAGMA temp_store = MEMORY")
      // Twice what a check asks of the whole at the end, and the triggers of `kept.sql` of most rows.
      try self.run("PRAGMA foreign_keys = OFF")
    case .writing:
      try self.run("PRAGMA journal_mode = WAL")
      try self.run("PRAGMA synchronous = FULL")
      try self.run("PRAGMA wal_autocheckpoint = 0")
      // A group's pages stay here until its commit, so that none goes to the WAL twice.
      try self.run("PRAGMA cache_size = -65536")
      // What a savepoint may have to set back is kept in memory: on the disk each change would write
      // and unlink a file of its own for it.
      try self.run("PRAGMA temp_store = MEMORY")
      unsafe csqlite_persist_wal(handle)
      guard try self.pragma("PRAGMA synchronous") == 2 else {
        throw StoreFailure(kind: .other, "synchronous=FULL did not take")
      }
    case .copying: try self.run("PRAGMA synchronous = FULL")
    case .reading:
      try self.run("PRAGMA wal_autocheckpoint = 0")
      try self.run("PRAGMA query_only = ON")
      // Pages are read where the kernel holds them; SQLite's own limit is just below 2 GiB.
      try self.run("PRAGMA mmap_size = 2147418112")
    }
    unsafe self.beginning = try self.statement("BEGIN")
    unsafe self.ending = try self.statement("COMMIT")
  }

  /// Whether the path that was opened names another file by now, or none.
  var isMoved: Bool { unsafe csqlite_has_moved(self.handle) != 0 }

  deinit {
    while let entry = unsafe self.prepared.popFirst() {
      unsafe sqlite3_finalize(entry.value)
    }
    unsafe sqlite3_close_v2(self.handle)
    unsafe self.steps.deallocate()
    unsafe self.wal.deallocate()
  }

  /// Begins a transaction that sees one state, from its first read on.
  func begin() throws { try unsafe self.step(self.beginning, "BEGIN") }

  /// Ends the transaction.
  func commit() throws { try unsafe self.step(self.ending, "COMMIT") }

  /// Runs `body` in a transaction: all of it is made, or nothing.
  func inTransaction(_ body: () throws -> Void) throws {
    try self.run("BEGIN IMMEDIATE")
    do {
      try body()
      try self.run("COMMIT")
    } catch {
      // After some failures SQLite has rolled back by itself; the error worth telling is the first.
      if !self.isOutsideTransaction { try? self.run("ROLLBACK") }
      throw error
    }
  }

  /// From here on what was derived is a database like others: it is on the disk when this returns, and
  /// has a WAL.
  func keep() throws {
    // Of this one alone: another may be attached.
    try self.run("PRAGMA main.synchronous = FULL")
    try self.run("PRAGMA main.journal_mode = WAL")
    try self.run("PRAGMA foreign_keys = ON")
  }

  private func step(_ statement: OpaquePointer?, _ what: String) throws {
    let code = unsafe sqlite3_step(statement)
    unsafe sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw self.failure(code, what) }
  }

  /// Ends whatever takes more than `steps` of SQLite's machine after ``startCounting()``.
  func limit(steps: Int) {
    unsafe self.steps[1] = Int64(steps)
    unsafe sqlite3_progress_handler(
      self.handle, 10_000,
      { context in
        guard let left = unsafe context?.assumingMemoryBound(to: Int64.self) else { return 0 }
        unsafe left.pointee -= 10_000
        return unsafe left.pointee < 0 ? 1 : 0
      }, self.steps)
  }

  /// Starts counting steps anew.
  func startCounting() { unsafe self.steps[0] = self.steps[1] }

  /// Lends the first row of a statement with one integer for its parameter.
  ///
  /// The quick way of ``first(_:_:_:)``: nothing is copied, nothing looked up.
  func firstByKey(
    _ sql: StaticString, _ key: Int64, _ body: (Row?) throws -> Void
  ) throws {
    let place = unsafe UnsafeRawPointer(sql.utf8Start)
    let statement: OpaquePointer
    if let keyed = unsafe self.keyed, unsafe keyed.sql == place {
      unsafe statement = keyed.statement
    } else {
      unsafe statement = try self.statement(sql)
      unsafe self.keyed = (place, statement)
    }
    defer { unsafe sqlite3_reset(statement) }
    let bound = unsafe sqlite3_bind_int64(statement, 1, key)
    guard bound == SQLITE_OK else { throw self.failure(bound, sql.description) }
    let code = unsafe sqlite3_step(statement)
    if code == SQLITE_DONE { return try body(nil) }
    guard code == SQLITE_ROW else { throw self.failure(code, sql.description) }
    try body(unsafe Row(statement))
  }

  /// Forgets rows that a transaction may have made which is set back.
  func forgetRows() {
    self.editions.forget()
    self.cohorts.forget()
    self.sessions.forget()
    self.persons = nil
    self.dead = nil
  }

  /// Whether no transaction is open; SQLite ends one by itself after some errors.
  var isOutsideTransaction: Bool { unsafe sqlite3_get_autocommit(self.handle) != 0 }

  /// Runs `sql`, any number of statements; answers are dropped.
  ///
  /// Parses anew each time: what happens often goes through ``execute(_:_:)``.
  func run(_ sql: String) throws {
    let code = unsafe sqlite3_exec(self.handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw self.failure(code, String(sql.prefix(60))) }
  }

  /// Runs one statement with `values` for its parameters and hands over each row.
  ///
  /// A row must not be kept, and `body` must not run the same statement again.
  func rows<Element>(
    _ sql: StaticString, _ values: [Value] = [], _ body: (Row) throws -> Element
  ) throws -> [Element] {
    let statement = try unsafe self.statement(sql)
    defer { unsafe sqlite3_reset(statement) }
    try unsafe self.bind(values, to: statement, sql)
    var elements: [Element] = []
    while true {
      let code = unsafe sqlite3_step(statement)
      if code == SQLITE_DONE { return elements }
      guard code == SQLITE_ROW else { throw self.failure(code, sql.description) }
      elements.append(try body(unsafe Row(statement)))
    }
  }

  /// Hands over each row of a statement, one at a time, and keeps none.
  func each(_ sql: StaticString, _ values: [Value] = [], _ body: (Row) throws -> Void) throws {
    try self.some(sql, values) { row in
      try body(row)
      return true
    }
  }

  /// Hands over rows of a statement, one at a time, for as long as `body` asks for more.
  func some(_ sql: StaticString, _ values: [Value] = [], _ body: (Row) throws -> Bool) throws {
    let statement = try unsafe self.statement(sql)
    defer { unsafe sqlite3_reset(statement) }
    try unsafe self.bind(values, to: statement, sql)
    while true {
      let code = unsafe sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw self.failure(code, sql.description) }
      if try !body(unsafe Row(statement)) { return }
    }
  }

  /// Copies this database into `target`, in one step.
  ///
  /// In many steps each commit in between would make SQLite begin anew, without end.
  func copy(into target: Database) throws {
    let copying = unsafe sqlite3_backup_init(target.handle, "main", self.handle, "main")
    guard let copying = unsafe copying else {
      throw target.failure(unsafe sqlite3_errcode(target.handle), "begin a copy")
    }
    let step = unsafe sqlite3_backup_step(copying, -1)
    let end = unsafe sqlite3_backup_finish(copying)
    guard step == SQLITE_DONE, end == SQLITE_OK else {
      throw target.failure(step == SQLITE_DONE ? end : step, "copy the database")
    }
  }

  /// The first row of a statement, if there is one.
  func first<Element>(
    _ sql: StaticString, _ values: [Value] = [], _ body: (Row) throws -> Element
  ) throws -> Element? {
    let statement = try unsafe self.statement(sql)
    defer { unsafe sqlite3_reset(statement) }
    try unsafe self.bind(values, to: statement, sql)
    let code = unsafe sqlite3_step(statement)
    if code == SQLITE_DONE { return nil }
    guard code == SQLITE_ROW else { throw self.failure(code, sql.description) }
    return try body(unsafe Row(statement))
  }

  /// Runs a statement that answers nothing.
  func execute(_ sql: StaticString, _ values: [Value] = []) throws {
    try self.each(sql, values) { _ in }
  }

  /// How many rows the last statement changed.
  var changes: Int { Int(unsafe sqlite3_changes(self.handle)) }

  /// How many rows this connection has changed, by triggers too, whether they were set back or not.
  var totalChanges: Int64 { unsafe sqlite3_total_changes64(self.handle) }

  /// The integer a pragma answers.
  func pragma(_ sql: StaticString) throws -> Int64? { try self.first(sql) { $0.integer(0) } }

  /// The first column of each row that `sql` answers; for statements that can't be constants.
  func texts(_ sql: String) throws -> [String] {
    var made: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(self.handle, sql, -1, &made, nil)
    guard code == SQLITE_OK, let statement = unsafe made else { throw self.failure(code, sql) }
    defer { unsafe sqlite3_finalize(statement) }
    var texts: [String] = []
    while true {
      let code = unsafe sqlite3_step(statement)
      if code == SQLITE_DONE { return texts }
      guard code == SQLITE_ROW else { throw self.failure(code, sql) }
      texts.append(unsafe Row(statement).text(0))
    }
  }

  /// Has SQLite say after each commit how long the WAL is. (Takes the place of its automatic
  /// checkpoints, which would hide an error of the disk.)
  func countWALPages() {
    unsafe sqlite3_wal_hook(
      self.handle,
      { context, _, _, pages in
        unsafe context?.assumingMemoryBound(to: Int64.self).pointee = Int64(pages)
        return SQLITE_OK
      }, self.wal)
  }

  /// How many pages the WAL held after the last commit that this connection made.
  var walPages: Int { Int(unsafe self.wal.pointee) }

  /// Moves what is in the WAL into the database as far as readers allow.
  func checkpoint() throws {
    let code = unsafe sqlite3_wal_checkpoint_v2(
      self.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    unsafe self.wal.pointee = 0
    guard code == SQLITE_OK || code == SQLITE_BUSY else { throw self.failure(code, "checkpoint") }
  }

  private func statement(_ sql: StaticString) throws -> OpaquePointer {
    let key = unsafe UnsafeRawPointer(sql.utf8Start)
    let address = Int(bitPattern: key)
    let place = (address >> 4 ^ address >> 10) & 63
    if let known = unsafe self.recent[place], unsafe known.sql == key {
      return unsafe known.statement
    }
    let statement = unsafe try self.known(key, sql)
    unsafe self.recent[place] = (key, statement)
    return unsafe statement
  }

  private func known(_ key: UnsafeRawPointer, _ sql: StaticString) throws -> OpaquePointer {
    if let known = unsafe self.prepared[key] { return unsafe known }
    var made: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      self.handle, sql.description, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
    guard code == SQLITE_OK, let statement = unsafe made else {
      throw self.failure(code, sql.description)
    }
    unsafe self.prepared[key] = statement
    return unsafe statement
  }

  private func bind(
    _ values: [Value], to statement: OpaquePointer, _ sql: StaticString
  ) throws {
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      let code: Int32
      switch value {
      case .integer(let integer): code = unsafe sqlite3_bind_int64(statement, place, integer)
      case .text(var text):
        // Where the text lies: given to C as a string, it would be copied twice.
        code = text.withUTF8 { octets in
          unsafe csqlite_bind_text(statement, place, octets.baseAddress, Int32(octets.count))
        }
      case .blob(let octets):
        code = unsafe csqlite_bind_blob(statement, place, octets, Int32(octets.count))
      case .null: code = unsafe sqlite3_bind_null(statement, place)
      }
      guard code == SQLITE_OK else { throw self.failure(code, sql.description) }
    }
  }

  /// SQLITE_IOERR_SHMSIZE, which Swift does not import.
  private static let noRoomForIndex = SQLITE_IOERR | 19 << 8

  private func failure(_ code: Int32, _ what: String) -> StoreFailure {
    let extended = unsafe sqlite3_extended_errcode(self.handle)
    let said = unsafe String(cString: sqlite3_errmsg(self.handle))
    let kind: StoreFailure.Kind
    switch code & 0xFF {
    case SQLITE_CONSTRAINT: kind = .constraint
    case SQLITE_FULL: kind = .full
    // No room for the WAL's index is no room: nothing was written yet, and what is there is known.
    case SQLITE_IOERR: kind = extended == Self.noRoomForIndex ? .full : .disk
    case SQLITE_CORRUPT, SQLITE_NOTADB: kind = .corrupt
    case SQLITE_INTERRUPT: kind = .cutOff
    default: kind = .other
    }
    return StoreFailure(kind: kind, code: extended, said, statement: what)
  }
}

/// A value for a statement's parameter.
enum Value: Equatable {
  case integer(Int64)
  case text(String)
  case blob([UInt8])
  case null

  /// The text, or null.
  static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }
  /// The integer, or null where zero means that there is none.
  static func idOrNull(_ id: Int64) -> Value { id == 0 ? .null : .integer(id) }
  /// A small integer.
  static func int(_ value: some BinaryInteger) -> Value { .integer(Int64(value)) }
  /// Sixty-four bits, as the integer that has them.
  static func bits(_ bits: UInt64) -> Value { .integer(Int64(bitPattern: bits)) }
  /// A date, as text.
  static func date(_ date: CivilDate) -> Value { .text(date.iso) }
  /// The date, as text, or null.
  static func optional(_ date: CivilDate?) -> Value { date.map(Value.date) ?? .null }
}

/// The row a statement stands on; columns count from 0.
@safe
struct Row {
  private let statement: OpaquePointer

  init(_ statement: OpaquePointer) { unsafe self.statement = statement }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(self.statement, column) == SQLITE_NULL
  }
  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(self.statement, column) }
  func int(_ column: Int32) -> Int { Int(self.integer(column)) }
  func text(_ column: Int32) -> String {
    guard let octets = unsafe sqlite3_column_text(self.statement, column) else { return "" }
    // By length, not up to a zero: two texts that differ behind one must not look the same.
    let count = Int(unsafe sqlite3_column_bytes(self.statement, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: octets, count: count), as: UTF8.self)
  }
  func optionalText(_ column: Int32) -> String? {
    self.isNull(column) ? nil : self.text(column)
  }
  func optionalInteger(_ column: Int32) -> Int64? {
    self.isNull(column) ? nil : self.integer(column)
  }
  func blob(_ column: Int32) -> [UInt8] {
    let count = Int(unsafe sqlite3_column_bytes(self.statement, column))
    guard let octets = unsafe sqlite3_column_blob(self.statement, column) else { return [] }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: octets, count: count))
  }
  /// Lends the octets of a blob, where they lie; they are gone with the row.
  func withBlob(_ column: Int32, _ body: (Span<UInt8>) -> Void) {
    let start = unsafe sqlite3_column_blob(self.statement, column)
    unsafe self.lend(start, column, body)
  }
  private func lend(
    _ start: UnsafeRawPointer?, _ column: Int32, _ body: (Span<UInt8>) -> Void
  ) {
    let count = Int(unsafe sqlite3_column_bytes(self.statement, column))
    let octets = unsafe UnsafeBufferPointer(
      start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count)
    body(unsafe Span(_unsafeElements: octets))
  }
  func date(_ column: Int32) throws -> CivilDate {
    var date: CivilDate?
    let start = unsafe UnsafeRawPointer(sqlite3_column_text(self.statement, column))
    unsafe self.lend(start, column) { date = CivilDate(iso: $0) }
    guard let date else { throw StoreFailure.corrupt("a date is malformed") }
    return date
  }
  func optionalDate(_ column: Int32) throws -> CivilDate? {
    self.isNull(column) ? nil : try self.date(column)
  }
  func certificateNumber(_ column: Int32, of table: String = "certificate") throws
    -> CertificateNumber
  {
    guard let number = CertificateNumber(value: self.integer(column)) else {
      throw StoreFailure.corrupt("\(table): a number out of range")
    }
    return number
  }
  func noun<Word: Noun>(_ column: Int32) throws -> Word {
    guard let word = Word(rawValue: self.text(column)) else {
      throw StoreFailure.corrupt("a word of \(Word.self) is not known")
    }
    return word
  }
}
