/// What was decided: in the past tense, ids given, all that the fold needs and nothing else.
///
/// An act decides it, the store records it in the journal and turns it into rows. What a
/// deed holds is kept for ever: a case is never taken away, and a payload only grows.
package enum Deed: Equatable, Sendable {
  case organisationsRegistered(OrganisationsRegistered)
  case organisationChanged(OrganisationChanged)
  case personRegistered(PersonRegistered)
  case personRenamed(PersonRenamed)
  case identifierAdded(IdentifierAdded)
  case identifierEnded(IdentifierEnded)
  case identifierCorrected(IdentifierCorrected)
  case personCorrected(PersonCorrected)
  case personBarred(PersonBarred)
  case barEnded(BarEnded)
  case barWithdrawn(BarWithdrawn)
  case personDied(PersonDied)
  case deathWithdrawn(DeathWithdrawn)
  case doubleDismissed(DismissedDouble)
  case roleGranted(RoleGranted)
  case roleWithdrawn(RoleWithdrawn)
  case tokenCreated(TokenCreated)
  case tokenRevoked(TokenRevoked)
  case cohortOpened(CohortOpened)
  case cohortAmended(CohortAmended)
  case cohortRepinned(CohortRepinned)
  case cohortCancelled(CohortCancelled)
  case trainerAssigned(TrainerAssigned)
  case editionAdopted(EditionAdopted)
  case specialisationDefined(SpecialisationDefined)
  case editionClosed(EditionClosed)
  case traineesEnrolled(TraineesEnrolled)
  case traineeWithdrawn(TraineeWithdrawn)
  case traineeReinstated(TraineeReinstated)
  case traineeTransferred(TraineeTransferred)
  case enrolmentUndone(EnrolmentUndone)
  case hoursRecorded(HoursRecorded)
  case hoursCorrected(HoursCorrected)
  case classCorrected(ClassCorrected)
  case classCancelled(ClassCancelled)
  case sessionOpened(SessionOpened)
  case seatChanged(SeatChanged)
  case sessionMoved(SessionMoved)
  case sessionCancelled(SessionCancelled)
  case resultsRecorded(ResultsRecorded)
  case resultsReviewed(ResultsReviewed)
  case candidateAdmitted(CandidateAdmitted)
  case interestDeclared(InterestDeclared)
  case resultsConfirmed(ResultsConfirmed)
  case resultAnnulled(ResultAnnulled)
  case resultCorrected(ResultCorrected)
  case absenceExcused(AbsenceExcused)
  case certificatesIssued(CertificatesIssued)
  case certificateRefused(CertificateRefused)
  case refusalWithdrawn(RefusalWithdrawn)
  case certificatesAdopted(CertificatesAdopted)
  case certificateReplaced(CertificateReplaced)
  case duplicateMade(DuplicateMade)
  case certificateRevoked(CertificateRevoked)
  case certificateSuspended(CertificateSuspended)
  case certificateReinstated(CertificateReinstated)
  case markWithdrawn(MarkWithdrawn)
  case actRefused(ActRefused)
  case recordsRestored(RecordsRestored)
  case readsCounted(ReadsCounted)
  case proposed(Proposed)
  indirect case approved(Approved)
  case proposalEnded(ProposalEnded)
  case caseReceived(CaseReceived)
  case caseMoved(CaseMoved)
  case caseDecided(CaseDecided)
  case annulmentWithdrawn(AnnulmentWithdrawn)
  case certificateLetStand(CertificateLetStand)
  case arbiterAppointed(ArbiterAppointed)
  case peopleMerged(PeopleMerged)
  case peopleSplit(PeopleSplit)
  case trainerUnassigned(TrainerUnassigned)
  case trainerReplaced(TrainerReplaced)
  case waitingEnded(WaitingEnded)
  case entitlementGranted(EntitlementGranted)
  case entitlementEnded(EntitlementEnded)
  case entitlementSuspended(EntitlementSuspended)
  case entitlementResumed(EntitlementResumed)
  case keyCertified(KeyCertified)
  case keyRetired(KeyRetired)
  case settingChanged(SettingChanged)
  case agreementAdopted(AgreementAdopted)
  case agreementEnded(AgreementEnded)
  case entrySuspended(EntrySuspended)
  case entryExcluded(EntryExcluded)
  case entryCorrected(EntryCorrected)
  case learningRecorded(LearningRecorded)
  case learningChecked(LearningChecked)
  case learningEnded(LearningEnded)
  case practiceRecorded(PracticeRecorded)
  case reportFiled(ReportFiled)
}

extension Deed {
  /// The certificates whose standing it changes.
  package var certificates: [CertificateNumber] {
    switch self {
    case .certificatesIssued(let deed): deed.certificates.map(\.number)
    case .certificatesAdopted(let deed): deed.certificates.map(\.number)
    case .certificateReplaced(let deed): [deed.number, deed.certificate.number]
    case .certificateRevoked(let deed): [deed.number]
    case .certificateSuspended(let deed): [deed.number]
    case .certificateReinstated(let deed): [deed.number]
    case .caseMoved(let deed): deed.certificates
    case .caseDecided(let deed): deed.certificates
    case .markWithdrawn(let deed): [deed.number] + (deed.revokes.map { [$0.number] } ?? [])
    case .approved(let deed): deed.deed.certificates
    case .organisationsRegistered, .organisationChanged, .personRegistered, .personRenamed,
      .identifierAdded,
      .identifierEnded, .identifierCorrected, .personCorrected, .personBarred, .barEnded,
      .barWithdrawn, .personDied, .deathWithdrawn, .doubleDismissed, .roleGranted, .roleWithdrawn,
      .tokenCreated, .tokenRevoked,
      .editionAdopted, .editionClosed, .specialisationDefined, .cohortOpened, .cohortAmended,
      .cohortRepinned,
      .cohortCancelled,
      .trainerAssigned, .traineesEnrolled,
      .traineeWithdrawn, .traineeReinstated, .traineeTransferred, .enrolmentUndone,
      .hoursRecorded, .hoursCorrected, .classCorrected, .classCancelled, .sessionOpened,
      .seatChanged, .sessionMoved,
      .sessionCancelled, .resultsRecorded, .resultsReviewed, .interestDeclared, .candidateAdmitted,
      .resultsConfirmed,
      .resultAnnulled, .resultCorrected, .absenceExcused, .certificateRefused, .refusalWithdrawn,
      .duplicateMade,
      .actRefused, .recordsRestored, .readsCounted, .proposed, .proposalEnded, .caseReceived,
      .annulmentWithdrawn, .certificateLetStand, .arbiterAppointed,
      .peopleMerged, .peopleSplit,
      .trainerUnassigned, .trainerReplaced, .waitingEnded,
      .entitlementGranted, .entitlementEnded, .entitlementSuspended, .entitlementResumed,
      .keyCertified, .keyRetired, .settingChanged, .agreementAdopted, .agreementEnded,
      .entrySuspended, .entryExcluded, .entryCorrected, .reportFiled, .learningRecorded,
      .learningChecked, .learningEnded, .practiceRecorded:
      []
    }
  }
}
