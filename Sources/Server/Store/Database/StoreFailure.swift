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
  /// What was tried, and what SQLite said.
  package let description: String

  package init(kind: Kind, code: Int32 = 0, _ description: String) {
    self.kind = kind
    self.code = code
    self.description = description
  }

  /// Whether the file's state is not known any more: whoever meets it must end the process.
  package var isFatal: Bool { self.kind == .disk || self.kind == .corrupt }

  /// A row that no act can have made.
  package static func corrupt(_ what: String) -> StoreFailure {
    StoreFailure(kind: .corrupt, what)
  }
}
