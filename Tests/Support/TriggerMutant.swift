import Foundation
import Synchronization

/// What `scripts/mutants` takes out of a database that a test tries with plain SQL.
///
/// A suite that draws random facts runs once a mutant, and takes ``sql`` out of each database that it tries. Tests
/// whose answers are asserted one by one run once for all of ``each``: what they are answered without a mutant is
/// asked for again with each, and where an answer is another one their assertion would fail.
package enum TriggerMutant {
  /// Drops a trigger, or a part of one; empty in any other run.
  package static let sql = ProcessInfo.processInfo.environment["BITIM_TRIGGER_MUTANT"] ?? ""

  /// One of those that are tried in one run.
  private struct Listed: Decodable {
    let sql: String
    let table: String
  }

  /// All that are tried in one run; empty in any other.
  private static let each: [Listed] = {
    guard let path = ProcessInfo.processInfo.environment["BITIM_TRIGGER_MUTANTS"] else { return [] }
    do {
      return try JSONDecoder().decode(
        [Listed].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      fatalError("BITIM_TRIGGER_MUTANTS: a file of SQL and tables is needed: \(error)")
    }
  }()
  private static let noticed = Mutex<Set<Int>>([])

  /// Asks of each mutant that nothing noticed yet whether `notices` does, and says so on standard output.
  ///
  /// - Parameter notices: Is given the SQL, and the table of the trigger.
  package static func tryEach(_ notices: (String, String) throws -> Bool) rethrows {
    for (number, mutant) in self.each.enumerated() {
      let isKnown = self.noticed.withLock { $0.contains(number) }
      guard !isKnown, try notices(mutant.sql, mutant.table) else { continue }
      let isNew = self.noticed.withLock { $0.insert(number).inserted }
      if isNew { print("trigger mutant \(number) noticed") }
    }
  }
}
