import BitimDomain

/// The registry as one transaction sees it: every question the services ask.
///
/// Belongs to one thread. Aspects by noun are in `Snapshot+….swift`.
package struct Snapshot: ~Copyable {
  let database: Database

  /// Notes somebody whom the change under way is about: the journal keeps them of one that is refused. Where
  /// none is under way nothing is noted.
  package func note(concerned person: Int64) { self.database.concerned?.append(person) }
}
