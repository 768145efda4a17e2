import BitimCrypto
package import BitimDomain
import BitimTrust

/// Who acts: what every act in the journal names.
package struct Actor: Equatable, Sendable {
  /// The person; 0 for a partner and for the program itself.
  package var personID: Int64
  /// The organisation acted for; 0 for the program itself.
  package var organisationID: Int64
  /// The token shown; 0 for the program itself.
  package var tokenID: Int64

  package init(personID: Int64, organisationID: Int64, tokenID: Int64) {
    self.personID = personID
    self.organisationID = organisationID
    self.tokenID = tokenID
  }

  /// `bitimd` on its administrator's word, before anybody has a token.
  package static let program = Actor(personID: 0, organisationID: 0, tokenID: 0)
}

/// The one writer's transaction, lent to a synchronous closure: it can't be kept, and nothing else
/// happens in between.
package struct Transaction: ~Copyable {
  /// The state this transaction sees, its own changes included.
  package let state: Snapshot
  /// The one instant of everything this change records.
  package let instant: Instant
  private let journal: Journal
  private let random: @Sendable (Int) -> [UInt8]

  init(journal: Journal, instant: Instant, random: @escaping @Sendable (Int) -> [UInt8]) {
    self.state = Snapshot(database: journal.database)
    self.instant = instant
    self.journal = journal
    self.random = random
  }

  /// How many changes there were to who may do what, those of this transaction included: who asked
  /// at the same count need not ask again.
  package var authority: UInt64 { self.journal.authority }

  /// Whom it is about, as far as it was noted.
  package var concerned: [Int64] { self.state.database.concerned ?? [] }

  /// So many random octets.
  package func randomOctets(_ count: Int) -> [UInt8] { self.random(count) }

  /// Does `deed`: applies it to the tables and appends it to the journal, both or neither.
  ///
  /// - Parameter heldOn: The civil date on which it happened, as the actor says.
  /// - Returns: The act's sequence number.
  /// - Throws: ``Refusal`` where it is done of somebody who has died; ``StoreFailure``: a trigger's
  ///   refusal is of kind ``StoreFailure/Kind/constraint``.
  @discardableResult
  package func record(
    _ deed: Deed, by actor: Actor, heldOn: CivilDate
  ) throws -> Int64 {
    try self.state.mustLive(for: deed)
    let act = Act(deed: deed, actor: actor, heldOn: heldOn, recordedAt: self.instant)
    return try self.journal.append(act, salt: self.random(32))
  }
}
