package import BitimDomain
import BitimTrust

/// A database file that may be a registry's, opened to ask what it is.
///
/// One connection answers all: SQLite reads the whole schema anew with each that is opened, and a server
/// starts with these questions.
package struct RegistryFile {
  private let database: Database

  /// Opens the file at `path`, which is there.
  ///
  /// - Throws: ``StoreFailure``.
  package init(path: String) throws {
    self.database = try Database(path: path, for: .reading)
  }

  /// Says which schema the database has.
  ///
  /// - Throws: ``StoreFailure``.
  package func standing() throws -> RegistrySchema.Standing {
    try RegistrySchema.standing(of: self.database)
  }

  /// How many acts the journal has; nil when it can't be read.
  package func acts() -> Int64? {
    (try? Journal.frontier(self.database)).map { Int64($0.size) }
  }

  /// Whether the file says that it is a backup.
  ///
  /// - Throws: ``StoreFailure``.
  package func isBackup() throws -> Bool { try Registry.isBackup(self.database) }

  /// When the last act was recorded; 1970 when there is none.
  ///
  /// - Throws: ``StoreFailure``.
  package func asOf() throws -> Instant {
    Instant(unixMilliseconds: try Registry.lastInstant(self.database))
  }

  /// What differs in the tables, indexes, triggers and views of a database that says it is of this
  /// program's schema; empty when nothing does.
  ///
  /// - Throws: ``StoreFailure``.
  package func differences() throws -> [String] {
    try RegistrySchema.differences(of: self.database).map(\.text)
  }
}
