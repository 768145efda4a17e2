import BitimSystem
package import Foundation
import Synchronization

/// What `scripts/mutants` takes out of a database that a test tries with plain SQL.
///
/// Such a test runs ``sql`` first, on the copy that it tries; elsewhere nothing is taken out.
package enum TriggerMutant {
  /// Drops a trigger, or a part of one; empty in any other run.
  package static let sql = ProcessInfo.processInfo.environment["BITIM_TRIGGER_MUTANT"] ?? ""

  /// A file with what to take out, several to a run: a JSON array of the SQL of each. Which of them were
  /// noticed, by their places, is written beside it, with `.noticed` behind the name. nil in any other run.
  package static let list = ProcessInfo.processInfo.environment["BITIM_TRIGGER_MUTANTS"]
    .map { URL(fileURLWithPath: $0) }

  private static let mutants: [String] = {
    guard let list else { return [] }
    guard let octets = try? Data(contentsOf: list),
      let mutants = try? JSONDecoder().decode([String].self, from: octets)
    else { preconditionFailure("\(list.path): is no array of texts") }
    return mutants
  }()
  private static let noticed = Lock<Set<Int>>([])

  /// Those of ``list`` that nothing has noticed yet, with their places.
  package static var unnoticed: [(place: Int, sql: String)] {
    let noticed = self.noticed.withLock { $0 }
    return self.mutants.enumerated().filter { !noticed.contains($0.offset) }
      .map { (place: $0.offset, sql: $0.element) }
  }

  /// Writes down that an attempt notices what lies at `place`.
  package static func notice(_ place: Int) throws {
    guard let list else { return }
    try self.noticed.withLock { noticed in
      noticed.insert(place)
      try JSONEncoder().encode(noticed.sorted()).write(to: list.appendingPathExtension("noticed"))
    }
  }
}
