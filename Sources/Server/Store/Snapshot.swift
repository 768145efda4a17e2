import BitimDomain

/// The registry as one transaction sees it: every question the services ask.
///
/// Belongs to one thread. Aspects by noun are in `Snapshot+….swift`.
package struct Snapshot: ~Copyable {
  let database: Database
}
