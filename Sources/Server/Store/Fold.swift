import BitimDomain
import BitimProtocol
import BitimTrust

/// Turns acts into rows: the one way in which a table of the registry ever changes.
///
/// The writer folds each act as it happens; `bitimd check` folds them all again and compares.
/// Aspects by kind of deed are in `Fold+….swift`.
struct Fold {
  let database: Database

  /// What the entry calls an act; never who or what it is about.
  static func kind(of act: BitimJournalV1.Act) -> String { act.deed?.kind ?? "unknown" }

  /// Applies `act` to the tables, without the journal.
  func apply(_ act: BitimJournalV1.Act, sequence seq: Int64) throws {
    switch act.deed {
    case .organisationsRegistered(let deed):
      for organisation in deed.organisations { try self.add(organisation, seq) }
    case .personRegistered(let deed): try self.add(deed.person ?? .init(), seq)
    case .personRenamed(let deed):
      try self.name(deed.personId, deed.names ?? .init(), reason: deed.reason, seq)
    case .personBarred(let deed): try self.bar(deed.personId, deed.bar ?? .init(), seq)
    case .roleGranted(let deed): try self.grant(deed, at: act.recordedAtMs, seq)
    case .roleWithdrawn(let deed): try self.withdraw(deed, seq)
    case .tokenCreated(let deed): try self.add(deed, at: act.recordedAtMs, seq)
    case .tokenRevoked(let deed): try self.revokeToken(deed.id, seq)
    case .cohortOpened(let deed): try self.open(deed, seq)
    case .trainerAssigned(let deed): try self.assign(deed, seq)
    case .traineesEnrolled(let deed): try self.enrol(deed, seq)
    case .hoursRecorded(let deed): try self.record(deed, seq)
    case .sessionOpened(let deed): try self.open(deed, seq)
    case .resultsRecorded(let deed): try self.record(deed, act, seq)
    case .resultsConfirmed(let deed): try self.confirm(deed, by: act.actorPersonId, seq)
    case .resultAnnulled(let deed): try self.annul(deed, by: act.actorPersonId, seq)
    case .certificatesIssued(let deed): try self.issue(deed, by: act.actorPersonId, seq)
    case .certificateRevoked(let deed): try self.revoke(deed, since: act.heldOn, seq)
    case .actRefused: break
    case .recordsRestored(let deed): try self.burn(deed, seq)
    case nil: throw StoreFailure.corrupt("act \(seq): a deed this program does not know")
    }
  }

  /// The word of table columns for a number of the schema.
  func word<Word: Noun>(_ number: Int32, _ type: Word.Type) throws -> String
  where Word.AllCases == [Word] {
    guard let word = Word(number: number) else {
      throw StoreFailure.corrupt("\(Word.self) has no number \(number)")
    }
    return word.rawValue
  }
}
