import Foundation

/// What `scripts/mutants` takes out of a database that a test tries with plain SQL.
///
/// Such a test runs ``sql`` first, on the copy that it tries; elsewhere nothing is taken out.
package enum TriggerMutant {
  /// Drops a trigger, or a part of one; empty in any other run.
  package static let sql = ProcessInfo.processInfo.environment["BITIM_TRIGGER_MUTANT"] ?? ""
}
