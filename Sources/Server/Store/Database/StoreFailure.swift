import CSQLite

/// Our side broke: disk, kernel, SQLite, or rows that no act can have made.
///
/// Texts name statements and tables, never values.
package struct StoreFailure: Error, Equatable, CustomStringConvertible {
  /// What the failure means for what comes next.
  package enum Kind: Equatable, Sendable {
    /// The database refused by a constraint or a trigger.
    case constraint
    /// There is no room on the disk.
    case full
    /// The disk reported an error: the file's state is not known any more.
    case disk
    /// Rows contradict each other or the program's words.
    case corrupt
    /// A later program wrote what this one doesn't know: it must be upgraded.
    case newer
    /// A read took longer than any may, and was cut off.
    case cutOff
    /// Anything else.
    case other
  }

  /// What it means.
  package let kind: Kind
  /// SQLite's extended result code; 0 if SQLite was content.
  package let code: Int32
  /// What SQLite said, or what is wrong.
  package let description: String
  /// The statement that was tried, for who mends the program; empty if it was none.
  package let statement: String

  package init(kind: Kind, code: Int32 = 0, _ description: String, statement: String = "") {
    self.kind = kind
    self.code = code
    self.description = description
    self.statement = statement
  }

  /// What a person does about a database, or a copy, that SQLite can't use; the description where
  /// SQLite was content.
  package var advice: String {
    switch self.code & 0xFF {
    // Of several codes, of an index of the WAL that could not be made among them.
    case _ where self.kind == .full: "there is no room on its disk; make some"
    case SQLITE_OK: self.description
    case SQLITE_NOTADB: "is no database; name the one that `bitimd init` made"
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH:
      "can't be opened to read and write; see whose the file and its folder are"
    case SQLITE_BUSY, SQLITE_LOCKED: "another program holds it; end that first"
    case SQLITE_IOERR: "its disk reports an error (\(self.code)); see the kernel's log"
    case SQLITE_CORRUPT: "is damaged; rebuild it with `bitimd restore`"
    default: "can't be used: \(self.description)"
    }
  }

  /// Whether SQLite could not open the file to read and write it.
  package var isShut: Bool {
    [SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH].contains(self.code & 0xFF)
  }

  /// Whether the file's state is not known any more: whoever meets it must end the process.
  package var isFatal: Bool { self.kind == .disk || self.kind == .corrupt }

  /// A row that no act can have made.
  package static func corrupt(_ what: String) -> StoreFailure {
    StoreFailure(kind: .corrupt, what)
  }
}
