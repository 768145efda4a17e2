import BitimDomain

/// Turns acts into rows: the one way in which a table of the registry ever changes.
///
/// The writer folds each act as it happens; `bitimd check` folds them all again and compares.
/// Aspects by kind of deed are in `Fold+….swift`.
struct Fold {
  let database: Database
  /// By what the people are found whom acts have named since the last ``finish()``.
  var finding: Finding

  /// - Parameter manyActs: Whether so many are folded that threads are worth it.
  init(database: Database, manyActs: Bool = false) {
    self.database = database
    self.finding = Finding(isBeside: manyActs)
  }

  /// Writes what people are found by: due after the last act, and before anybody looks for somebody.
  mutating func finish() throws { try self.finding.write(to: self.database) }

  /// Applies the deed of `act` to the tables, without the journal; ``finish()`` is due.
  mutating func apply(_ act: Act, sequence seq: Int64) throws {
    if self.finding.isFull { try self.finish() }
    try self.apply(act.deed, of: act, seq)
  }

  /// Applies `deed`, which `act` did: its own, or the one that it approved.
  private mutating func apply(_ deed: Deed, of act: Act, _ seq: Int64) throws {
    switch deed {
    case .organisationsRegistered(let deed):
      for organisation in deed.organisations { try self.add(organisation, seq) }
    case .organisationChanged(let deed): try self.change(deed, seq)
    case .personRegistered(let deed):
      try self.add(deed.person, seq)
      try self.dismiss(deed.dismissed, seq)
    case .personRenamed(let deed): try self.rename(deed, on: act.heldOn, seq)
    case .identifierAdded(let deed):
      try self.add(deed.identifier, of: deed.personID, seq)
      try self.dismiss(deed.dismissed, seq)
    case .identifierEnded(let deed):
      try self.end(deed.identifier, of: deed.personID, on: deed.lastDay, seq)
    case .identifierCorrected(let deed): try self.correct(deed, seq)
    case .personCorrected(let deed): try self.correct(deed, seq)
    case .personBarred(let deed):
      try self.bar(deed.personID, deed.bar, by: act.actor.personID, seq)
    case .barEnded(let deed):
      try self.endBar(deed.personID, deed.endsSequence, "ended", by: act.actor.personID, seq)
      try self.bar(deed.personID, deed.bar, by: act.actor.personID, seq)
    case .barWithdrawn(let deed):
      try self.endBar(deed.personID, deed.endsSequence, "in_error", by: act.actor.personID, seq)
    case .personDied(let deed): try self.die(deed, by: act.actor.personID, seq)
    case .deathWithdrawn(let deed): try self.withdraw(deed, by: act.actor.personID, seq)
    case .doubleDismissed(let double): try self.dismiss([double], seq)
    case .roleGranted(let deed): try self.grant(deed, at: act.recordedAt, seq)
    case .roleWithdrawn(let deed): try self.withdraw(deed, on: act.heldOn, seq)
    case .tokenCreated(let deed): try self.add(deed, at: act.recordedAt, seq)
    case .tokenRevoked(let deed): try self.revokeToken(deed.id, seq)
    case .editionAdopted(let deed): try self.adopt(deed.edition, seq)
    case .editionClosed(let deed): try self.close(deed, seq)
    case .specialisationDefined(let deed): try self.define(deed.specialisation, seq)
    case .cohortOpened(let deed): try self.open(deed.cohort, seq)
    case .cohortAmended(let deed): try self.amend(deed, seq)
    case .cohortRepinned(let deed): try self.repin(deed, seq)
    case .cohortCancelled(let deed): try self.cancel(deed, seq)
    case .trainerAssigned(let deed): try self.assign(deed, seq)
    case .traineesEnrolled(let deed): try self.enrol(deed, seq)
    case .traineeWithdrawn(let deed): try self.withdraw(deed, seq)
    case .traineeReinstated(let deed): try self.reinstate(deed, seq)
    case .traineeTransferred(let deed): try self.transfer(deed, seq)
    case .enrolmentUndone(let deed): try self.undo(deed, seq)
    case .hoursRecorded(let deed): try self.record(deed, seq)
    case .hoursCorrected(let deed): try self.correct(deed, seq)
    case .classCorrected(let deed):
      try self.end(class: deed.classID, seq)
      try self.record(deed.told, seq)
    case .classCancelled(let deed): try self.end(class: deed.classID, seq)
    case .sessionOpened(let deed): try self.open(deed.session, seq)
    case .seatChanged(let deed): try self.change(deed, seq)
    case .sessionMoved(let deed): try self.move(deed, seq)
    case .sessionCancelled(let deed): try self.cancel(deed, seq)
    case .resultsRecorded(let deed): try self.record(deed, act, seq)
    case .resultsReviewed(let deed): try self.review(deed, by: act.actor.personID, seq)
    case .candidateAdmitted(let deed): try self.admit(deed, seq)
    case .interestDeclared(let deed): try self.declare(deed, seq)
    case .resultsConfirmed(let deed): try self.confirm(deed, by: act.actor.personID, seq)
    case .resultAnnulled(let deed): try self.annul(deed, by: act.actor.personID, seq)
    case .certificatesIssued(let deed): try self.issue(deed, by: act.actor.personID, seq)
    case .certificatesAdopted(let deed): try self.adopt(deed, by: act.actor.personID, seq)
    case .certificateReplaced(let deed): try self.replace(deed, by: act.actor.personID, seq)
    case .resultCorrected(let deed): try self.correct(deed, by: act.actor.personID, seq)
    case .absenceExcused(let deed): try self.excuse(deed, by: act.actor.personID, seq)
    case .certificateRefused(let deed): try self.refuse(deed, by: act.actor.personID, seq)
    case .refusalWithdrawn(let deed): try self.withdraw(deed, by: act.actor.personID, seq)
    case .duplicateMade(let deed): try self.duplicate(deed, by: act.actor.personID, seq)
    case .certificateRevoked(let deed): try self.revoke(deed, by: act.actor.personID, seq)
    case .certificateSuspended(let deed): try self.suspend(deed, by: act.actor.personID, seq)
    case .certificateReinstated(let deed): try self.reinstate(deed, by: act.actor.personID, seq)
    case .markWithdrawn(let deed): try self.withdraw(deed, by: act.actor.personID, seq)
    case .actRefused(let deed): try self.refuse(deed, seq)
    case .recordsRestored(let deed): try self.burn(deed, seq)
    case .readsCounted(let deed): try self.count(deed, at: act.recordedAt, seq)
    case .proposed(let deed): try self.propose(deed, act, seq)
    case .approved(let approved):
      // First it waits no more: some rules ask whether two persons have agreed.
      try self.endProposal(approved.proposal, .approved, act, seq)
      try self.apply(approved.deed, of: act, seq)
    case .proposalEnded(let deed): try self.endProposal(deed.proposal, deed.how, act, seq)
    case .caseReceived(let deed): try self.receive(deed, act, seq)
    case .caseMoved(let deed): try self.move(deed, act, seq)
    case .caseDecided(let deed): try self.decide(deed, act, seq)
    case .entrySuspended(let deed): try self.suspend(deed, by: act.actor.personID, seq)
    case .entryExcluded(let deed): try self.exclude(deed, by: act.actor.personID, seq)
    case .entryCorrected(let deed): try self.correct(deed, act, seq)
    case .learningRecorded(let deed): try self.learn(deed, by: act.actor.personID, seq)
    case .learningChecked(let deed): try self.check(deed, act, seq)
    case .learningEnded(let deed): try self.end(deed, seq)
    case .practiceRecorded(let deed): try self.practise(deed, by: act.actor.personID, seq)
    case .annulmentWithdrawn(let deed):
      try self.withdraw(deed, by: act.actor.personID, seq)
    case .arbiterAppointed(let deed): try self.appoint(deed, by: act.actor.personID, seq)
    case .certificateLetStand(let deed):
      try self.letStand(deed, by: act.actor.personID, seq)
    case .peopleMerged(let deed): try self.merge(deed, act, seq)
    case .peopleSplit(let deed): try self.split(deed, act, seq)
    case .trainerUnassigned(let deed):
      try self.endTrainer(deed.personID, in: deed.cohortID, on: deed.lastDay, seq)
    case .trainerReplaced(let deed): try self.replace(deed, seq)
    case .waitingEnded(let deed): try self.end(deed, seq)
    case .entitlementGranted(let deed):
      try self.grant(deed.entitlement, to: deed.organisationID, seq)
    case .entitlementEnded(let deed):
      try self.end(entitlements: deed.ends, on: deed.lastDay, seq)
    case .entitlementSuspended(let deed):
      try self.suspend(deed.suspension, of: deed.organisationID, seq)
    case .entitlementResumed(let deed):
      try self.end(suspensions: deed.ends, on: deed.lastDay, seq)
    case .keyCertified(let deed): try self.certify(deed.key, seq)
    case .keyRetired(let deed): try self.retire(deed, seq)
    case .settingChanged(let deed): try self.change(deed.change, seq)
    case .reportFiled(let deed):
      try self.file(deed, on: act.heldOn, by: act.actor.personID, seq)
    case .agreementAdopted(let deed): try self.adopt(deed.agreement, seq)
    case .agreementEnded(let deed): try self.end(agreement: deed, seq)
    }
  }
}
