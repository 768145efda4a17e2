/// Who has died, and that nothing but corrections is done of them.
///
/// Asked in one place of every deed, before it is recorded: so no act can forget it. What corrects a fact, and
/// what ends something that runs (a role, a place, a proposal), is let: a place would be taken for ever else.
package struct Living: Equatable, Sendable {
  /// All numbers of those who have died.
  package let dead: Set<Int64>

  package init(dead: Set<Int64>) { self.dead = dead }

  /// Whether there is nobody to ask for.
  package var isEverybody: Bool { self.dead.isEmpty }

  /// Why nothing is done of a person; nil of who lives.
  package func refusal(of person: Int64) -> Refusal? {
    guard self.dead.contains(person) else { return nil }
    return Refusal(.personDead, ["who": PersonNumber.text(person)])
  }

  /// Refuses what is done of the dead.
  ///
  /// - Parameter people: Of whom it is done: what ``Deed/ofTheLiving`` names.
  /// - Throws: ``Refusal`` with ``Reason/personDead``.
  package func check(_ people: [Int64]) throws(Refusal) {
    for person in people {
      if let refusal = self.refusal(of: person) { throw refusal }
    }
  }
}

extension Deed {
  /// Whom it is done of that has to live: by their numbers, or by an enrolment, a result or a certificate of theirs.
  package var ofTheLiving: [Subject] {
    switch self {
    case .personBarred(let deed): [.person(deed.personID)]
    case .barEnded(let deed): [.person(deed.personID)]
    case .personDied(let deed): [.person(deed.personID)]
    case .roleGranted(let deed): [.person(deed.personID)]
    case .tokenCreated(let deed): [.person(deed.personID)]
    case .trainerAssigned(let deed): [.person(deed.personID)]
    case .trainerReplaced(let deed): [.person(deed.comes)]
    case .traineesEnrolled(let deed):
      deed.enrolments.map { .person($0.personID) } + deed.waiting.map { .person($0.personID) }
    case .traineeReinstated(let deed): [.enrolment(deed.enrolmentID)]
    case .traineeTransferred(let deed): [.enrolment(deed.enrolmentID)]
    case .hoursRecorded(let deed): deed.attendances.map { .enrolment($0.enrolmentID) }
    case .sessionOpened(let deed): deed.session.seats.keys.sorted().map { .person($0) }
    case .seatChanged(let deed): [.person(deed.comes)]
    case .candidateAdmitted(let deed): [.enrolment(deed.enrolmentID)]
    case .resultsRecorded(let deed): deed.results.map { .enrolment($0.enrolmentID) }
    case .certificatesIssued(let deed): deed.certificates.map { .person($0.personID) }
    case .certificatesAdopted(let deed): deed.certificates.map { .person($0.personID) }
    case .certificateRefused(let deed): [.result(deed.resultID)]
    case .certificateReplaced(let deed): [.certificate(deed.number)]
    case .duplicateMade(let deed): [.certificate(deed.number)]
    case .certificateSuspended(let deed): [.certificate(deed.number)]
    case .certificateReinstated(let deed): [.certificate(deed.number)]
    case .certificateLetStand(let deed): [.certificate(deed.number)]
    // A certificate that was an error is corrected by that.
    case .certificateRevoked(let deed): deed.reason == .error ? [] : [.certificate(deed.number)]
    case .caseReceived(let deed): [.person(deed.person)]
    // A case is decided whoever has died meanwhile; nobody who has is admitted to training, nor has any
    // recognised, nor is entered in the register.
    case .caseDecided(let deed): deed.outcome.isOfLiving ? [.caseFile(deed.caseSequence)] : []
    case .arbiterAppointed(let deed): [.person(deed.personID)]
    case .entrySuspended(let deed): [.person(deed.personID)]
    case .entryExcluded(let deed): [.person(deed.personID)]
    case .learningRecorded(let deed): [.person(deed.personID)]
    case .learningChecked(let deed): [.person(deed.personID)]
    case .practiceRecorded(let deed): [.person(deed.personID)]
    case .proposed(let deed): deed.act.ofTheLiving
    case .approved(let deed): deed.deed.ofTheLiving
    case .organisationsRegistered, .organisationChanged, .personRegistered, .personRenamed,
      .identifierAdded,
      .identifierEnded, .identifierCorrected, .personCorrected, .barWithdrawn, .deathWithdrawn,
      .doubleDismissed, .roleWithdrawn, .tokenRevoked, .editionAdopted, .editionClosed,
      .specialisationDefined, .cohortOpened, .cohortAmended, .cohortRepinned, .cohortCancelled,
      .traineeWithdrawn,
      .enrolmentUndone,
      .hoursCorrected, .classCorrected, .classCancelled, .sessionMoved, .sessionCancelled,
      .resultsReviewed, .interestDeclared, .resultsConfirmed, .resultAnnulled,
      .resultCorrected,
      .absenceExcused,
      .refusalWithdrawn, .markWithdrawn, .actRefused, .recordsRestored,
      .readsCounted, .proposalEnded, .caseMoved,
      .annulmentWithdrawn, .peopleMerged, .peopleSplit, .trainerUnassigned, .waitingEnded,
      .entitlementGranted, .entitlementEnded, .entitlementSuspended, .entitlementResumed,
      .keyCertified, .keyRetired, .settingChanged, .agreementAdopted, .agreementEnded,
      .entryCorrected, .reportFiled, .learningEnded:
      []
    }
  }
}

extension CaseOutcome {
  /// Whether it gives something that only the living have.
  fileprivate var isOfLiving: Bool {
    switch self {
    case .admitted, .recognised, .recognisedPart, .entered: true
    case .decisionStands, .decisionChanged, .confirmed, .notConfirmed, .court, .notAdmitted,
      .reExamination, .refused:
      false
    }
  }
}

extension ProposedAct {
  /// Whom it is proposed of that has to live; who would be adopted, the approval finds.
  var ofTheLiving: [Subject] {
    switch self {
    case .replaceCertificate, .transferTrainee, .letStand, .reinstateCertificate:
      self.people.map { .person($0) }
    case .decideRecognition(let act): act.outcome.isOfLiving ? [.person(act.person)] : []
    case .renamePerson, .addIdentifier, .endIdentifier, .correctIdentifier, .correctPerson,
      .withdrawBar, .withdrawDeath, .withdrawMark, .adoptCertificates, .adoptEdition,
      .closeEdition, .repinCohort, .defineSpecialisation, .correctHours, .withdrawRefusal,
      .correctResult,
      .withdrawAnnulment,
      .mergePeople, .splitPeople, .changeEntitlement, .certifyKey, .retireKey, .changeSetting,
      .adoptAgreement:
      []
    }
  }
}
