import BitimDomain
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

/// Numbers that look random and are the same each time.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { self.state = seed }

  mutating func next() -> UInt64 {
    self.state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = self.state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func of<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }

  /// True `times` of `times` + 1.
  mutating func often(_ times: Int) -> Bool { Int.random(in: 0...times, using: &self) > 0 }
}

/// A database that keeps the triggers of a few tables alone, so that rows of all others may be put as a
/// case wants them.
@safe struct RuleRows {
  private let folder: URL
  private let handle: OpaquePointer?

  /// Makes a database that keeps the triggers of `tables`.
  init(of tables: Set<String>) throws {
    self.folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rr-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    let path = self.folder.appendingPathComponent("bitim.db").path
    try Registry.create(path: path, at: Instant(unixMilliseconds: 1_800_000_000_000))
    var handle: OpaquePointer?
    unsafe sqlite3_open(path, &handle)
    unsafe self.handle = handle
    #expect(self.run(TriggerMutant.sql))
    let triggers = self.texts(
      "SELECT tbl_name || ' ' || name FROM sqlite_schema WHERE type = 'trigger'")
    for words in triggers.map({ $0.split(separator: " ") }) where !tables.contains("\(words[0])") {
      #expect(self.run("DROP TRIGGER \(words[1])"))
    }
  }

  func close() {
    unsafe sqlite3_close(self.handle)
    // What is left of a temporary folder harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }

  /// Whether `sql` was taken.
  @discardableResult
  func run(_ sql: String) -> Bool {
    unsafe sqlite3_exec(self.handle, sql, nil, nil, nil) == SQLITE_OK
  }

  /// Whether `sql` was taken, and changed one row.
  func change(_ sql: String) -> Bool {
    guard self.run(sql) else { return false }
    return unsafe sqlite3_changes(self.handle) == 1
  }

  /// Puts what a case wants to be there.
  func put(_ sql: String) { #expect(self.run(sql), "\(sql)") }

  /// Puts rows of a table whose triggers are kept, as if they had been there before them.
  func putUnasked(_ sql: String) {
    let triggers = self.texts("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
    for name in self.texts("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
      self.put("DROP TRIGGER \(name)")
    }
    self.put(sql)
    for trigger in triggers { self.put(trigger) }
  }

  func begin() { #expect(self.run("BEGIN")) }

  func undo() { #expect(self.run("ROLLBACK")) }

  /// The first column of what `sql` finds.
  func texts(_ sql: String) -> [String] {
    var statement: OpaquePointer?
    unsafe sqlite3_prepare_v2(self.handle, sql, -1, &statement, nil)
    defer { unsafe sqlite3_finalize(statement) }
    var texts: [String] = []
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      texts.append(unsafe String(cString: sqlite3_column_text(statement, 0)))
    }
    return texts
  }

  /// An edition like the first, but for the id, the code and `values` by column.
  func put(edition id: Int64, _ values: [String: Int]) {
    let names = self.texts("SELECT name FROM pragma_table_info('edition') ORDER BY cid")
    let columns = names.map { name in
      switch name {
      case "id": "\(id)"
      case "code": "'E\(id)'"
      default: values[name].map { "\($0)" } ?? name
      }
    }
    self.put(
      "INSERT INTO edition SELECT \(columns.joined(separator: ", ")) FROM edition WHERE id = 1")
  }

  /// A day as a column holds it.
  static func text(_ day: CivilDate?) -> String { day.map { "'\($0.iso)'" } ?? "NULL" }
}

extension CivilDate {
  /// A day that a test writes out.
  static func of(_ iso: String) -> CivilDate {
    guard let day = CivilDate(iso: iso) else { preconditionFailure("\(iso) is no day") }
    return day
  }

  /// The day so many days later.
  func plus(_ days: Int) -> CivilDate { CivilDate(dayNumber: self.dayNumber + days) }
}
