import BitimDomain

/// Turns acts into rows: the one way in which a table of the registry ever changes.
///
/// The writer folds each act as it happens; `bitimd check` folds them all again and compares.
/// Aspects by kind of deed are in `Fold+….swift`.
struct Fold {
  let database: Database

  /// Applies the deed of `act` to the tables, without the journal.
  func apply(_ act: Act, sequence seq: Int64) throws {
    switch act.deed {
    case .organisationsRegistered(let deed):
      for organisation in deed.organisations { try self.add(organisation, seq) }
    case .personRegistered(let deed):
      try self.add(deed.person, seq)
      try self.dismiss(deed.dismissed, seq)
    case .personRenamed(let deed): try self.rename(deed, seq)
    case .personBarred(let deed): try self.bar(deed.personID, deed.bar, seq)
    case .barEnded(let deed):
      try self.endBar(deed.personID, deed.endsSequence, "ended", seq)
      try self.bar(deed.personID, deed.bar, seq)
    case .barWithdrawn(let deed):
      try self.endBar(deed.personID, deed.endsSequence, "in_error", seq)
    case .doubleDismissed(let double): try self.dismiss([double], seq)
    case .roleGranted(let deed): try self.grant(deed, at: act.recordedAt, seq)
    case .roleWithdrawn(let deed): try self.withdraw(deed, on: act.heldOn, seq)
    case .tokenCreated(let deed): try self.add(deed, at: act.recordedAt, seq)
    case .tokenRevoked(let deed): try self.revokeToken(deed.id, seq)
    case .cohortOpened(let deed): try self.open(deed.cohort, seq)
    case .trainerAssigned(let deed): try self.assign(deed, seq)
    case .traineesEnrolled(let deed): try self.enrol(deed, seq)
    case .hoursRecorded(let deed): try self.record(deed, seq)
    case .sessionOpened(let deed): try self.open(deed.session, seq)
    case .resultsRecorded(let deed): try self.record(deed, act, seq)
    case .resultsConfirmed(let deed): try self.confirm(deed, by: act.actor.personID, seq)
    case .resultAnnulled(let deed): try self.annul(deed, by: act.actor.personID, seq)
    case .certificatesIssued(let deed): try self.issue(deed, by: act.actor.personID, seq)
    case .certificateRevoked(let deed): try self.revoke(deed, by: act.actor.personID, seq)
    case .certificateSuspended(let deed): try self.suspend(deed, by: act.actor.personID, seq)
    case .certificateReinstated(let deed): try self.reinstate(deed, by: act.actor.personID, seq)
    case .actRefused(let deed): try self.refuse(deed, seq)
    case .recordsRestored(let deed): try self.burn(deed, seq)
    }
  }
}
