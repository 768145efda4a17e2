/// Whom or what a deed is about.
package enum Subject: Hashable, Sendable {
  case person(Int64)
  case organisation(Int64)
  case cohort(Int64)
  case enrolment(Int64)
  case session(Int64)
  case result(Int64)
  case certificate(CertificateNumber)
  case token(Int64)
  case edition(Int64)
  /// By the act that made it.
  case proposal(Int64)
  /// By the act that received it.
  case caseFile(Int64)
}

extension Deed {
  /// Whom and what it is about, each once; people after what they were in.
  package var subjects: [Subject] {
    switch self {
    case .organisationsRegistered(let deed):
      return deed.organisations.map { Subject.organisation($0.id) }
    case .organisationChanged(let deed): return [.organisation(deed.organisationID)]
    case .personRegistered(let deed):
      return Self.once([.person(deed.person.id)], Self.people(deed.dismissed))
    case .personRenamed(let deed): return [.person(deed.personID)]
    case .identifierAdded(let deed):
      return Self.once([.person(deed.personID)], Self.people(deed.dismissed))
    case .identifierEnded(let deed): return [.person(deed.personID)]
    case .identifierCorrected(let deed):
      return Self.once([.person(deed.personID)], Self.people(deed.dismissed))
    case .personCorrected(let deed): return [.person(deed.personID)]
    case .personBarred(let deed): return [.person(deed.personID)]
    case .barEnded(let deed): return [.person(deed.personID)]
    case .barWithdrawn(let deed): return [.person(deed.personID)]
    case .personDied(let deed): return [.person(deed.personID)]
    case .deathWithdrawn(let deed): return [.person(deed.personID)]
    case .doubleDismissed(let deed): return Self.people([deed])
    case .roleGranted(let deed):
      return [.organisation(deed.organisationID), .person(deed.personID)]
    case .roleWithdrawn(let deed):
      let tokens = deed.tokenIDs.map { Subject.token($0) }
      return Self.once([.organisation(deed.organisationID)], tokens, [.person(deed.personID)])
    case .tokenCreated(let deed): return [.organisation(deed.organisationID), .token(deed.id)]
    case .tokenRevoked(let deed): return [.token(deed.id)]
    case .editionAdopted(let deed): return [.edition(deed.edition.id)]
    case .editionClosed(let deed): return [.edition(deed.edition)]
    case .cohortOpened(let deed): return [.cohort(deed.cohort.id)]
    case .cohortAmended(let deed): return [.cohort(deed.cohortID)]
    case .cohortRepinned(let deed): return [.cohort(deed.cohortID)]
    case .cohortCancelled(let deed):
      return [.cohort(deed.cohortID)] + deed.enrolmentIDs.map { .enrolment($0) }
    case .trainerAssigned(let deed): return [.cohort(deed.cohortID), .person(deed.personID)]
    case .traineesEnrolled(let deed):
      return Self.once(
        deed.enrolments.map { .cohort($0.cohortID) }, deed.waiting.map { .cohort($0.cohortID) },
        deed.people.map { .person($0.id) }, deed.enrolments.map { .person($0.personID) },
        deed.waiting.map { .person($0.personID) }, Self.people(deed.dismissed))
    case .traineeWithdrawn(let deed): return [.enrolment(deed.enrolmentID)]
    case .traineeReinstated(let deed):
      return [.cohort(deed.cohortID), .enrolment(deed.enrolmentID)]
    case .traineeTransferred(let deed):
      return [.cohort(deed.from), .cohort(deed.to), .enrolment(deed.enrolmentID)]
    case .enrolmentUndone(let deed): return [.enrolment(deed.enrolmentID)]
    case .hoursRecorded(let deed):
      return Self.once(
        deed.classes.map { .cohort($0.cohortID) }, deed.classes.map { .person($0.trainerID) },
        deed.attendances.map { .enrolment($0.enrolmentID) })
    case .hoursCorrected(let deed): return [.enrolment(deed.enrolmentID)]
    case .classCorrected(let deed):
      return Self.once([.person(deed.trainerID)], Deed.hoursRecorded(deed.told).subjects)
    case .classCancelled(let deed):
      return Self.once([.person(deed.trainerID)], deed.enrolmentIDs.map { .enrolment($0) })
    case .sessionOpened(let deed):
      return Self.once(
        [.session(deed.session.id)], deed.session.seats.keys.sorted().map { .person($0) })
    case .seatChanged(let deed):
      return [.session(deed.sessionID), .person(deed.goes), .person(deed.comes)]
    case .sessionMoved(let deed): return [.session(deed.sessionID)]
    case .sessionCancelled(let deed): return [.session(deed.sessionID)]
    case .resultsRecorded(let deed):
      return Self.once(
        [.session(deed.sessionID)], deed.results.map { .enrolment($0.enrolmentID) })
    case .resultsReviewed(let deed):
      return Self.once([.session(deed.sessionID)], deed.resultIDs.map { .result($0) })
    case .candidateAdmitted(let deed):
      return [.session(deed.sessionID), .enrolment(deed.enrolmentID)]
    case .interestDeclared(let deed):
      return Self.once(
        [.session(deed.sessionID)], [.person(deed.member)],
        deed.interests.map { .person($0.candidate) })
    case .resultsConfirmed(let deed):
      return Self.once([.session(deed.sessionID)], deed.resultIDs.map { .result($0) })
    case .resultAnnulled(let deed): return [.result(deed.resultID)]
    case .resultCorrected(let deed): return [.result(deed.resultID)]
    case .absenceExcused(let deed): return [.result(deed.resultID)]
    case .certificateRefused(let deed): return [.result(deed.resultID)]
    case .refusalWithdrawn(let deed): return [.result(deed.resultID)]
    case .certificatesIssued(let deed):
      return deed.certificates.map { Subject.certificate($0.number) }
    case .certificatesAdopted(let deed):
      return Self.once(
        deed.certificates.map { .certificate($0.number) },
        deed.certificates.map { .person($0.personID) }, Self.people(deed.dismissed))
    case .certificateReplaced, .markWithdrawn:
      return self.certificates.map { .certificate($0) }
    case .duplicateMade(let deed): return [.certificate(deed.number)]
    case .certificateRevoked(let deed): return [.certificate(deed.number)]
    case .certificateSuspended(let deed): return [.certificate(deed.number)]
    case .certificateReinstated(let deed): return [.certificate(deed.number)]
    case .actRefused(let deed): return deed.personIDs.map { Subject.person($0) }
    case .recordsRestored, .readsCounted, .keyCertified, .keyRetired, .settingChanged,
      .specialisationDefined, .reportFiled:
      return []
    case .agreementAdopted(let deed): return [.organisation(deed.agreement.organisation)]
    case .agreementEnded(let deed): return [.organisation(deed.organisationID)]
    case .entrySuspended(let deed): return [.person(deed.personID)]
    case .entryExcluded(let deed): return [.person(deed.personID)]
    case .entryCorrected(let deed): return [.person(deed.personID)]
    case .learningRecorded(let deed): return [.person(deed.personID)]
    case .learningChecked(let deed): return [.person(deed.personID)]
    case .learningEnded(let deed): return [.person(deed.personID)]
    case .practiceRecorded(let deed): return [.person(deed.personID)]
    case .proposed(let deed): return deed.act.person.map { [.person($0)] } ?? []
    case .approved(let deed): return Self.once([.proposal(deed.proposal)], deed.deed.subjects)
    case .proposalEnded(let deed): return [.proposal(deed.proposal)]
    case .caseReceived(let deed):
      return Self.once(
        deed.person == 0 ? [] : [.person(deed.person)],
        Self.people(deed.application?.registered?.dismissed ?? []))
    case .caseMoved(let deed):
      return [.caseFile(deed.caseSequence)] + deed.certificates.map { .certificate($0) }
    case .caseDecided(let deed):
      return [.caseFile(deed.caseSequence)] + deed.certificates.map { .certificate($0) }
        + (deed.recognised.map { [.enrolment($0.enrolmentID)] } ?? [])
    case .annulmentWithdrawn(let deed): return [.result(deed.resultID)]
    case .arbiterAppointed(let deed):
      return [.caseFile(deed.caseSequence), .person(deed.personID)]
    case .certificateLetStand(let deed): return [.certificate(deed.number)]
    case .peopleMerged(let deed): return [.person(deed.personID), .person(deed.otherID)]
    case .peopleSplit(let deed): return [.person(deed.personID), .person(deed.otherID)]
    case .trainerUnassigned(let deed): return [.cohort(deed.cohortID), .person(deed.personID)]
    case .trainerReplaced(let deed):
      return [.cohort(deed.cohortID), .person(deed.goes), .person(deed.comes)]
    case .waitingEnded(let deed): return [.cohort(deed.cohortID), .person(deed.personID)]
    case .entitlementGranted(let deed): return [.organisation(deed.organisationID)]
    case .entitlementEnded(let deed): return [.organisation(deed.organisationID)]
    case .entitlementSuspended(let deed): return [.organisation(deed.organisationID)]
    case .entitlementResumed(let deed): return [.organisation(deed.organisationID)]
    }
  }

  private static func people(_ doubles: [DismissedDouble]) -> [Subject] {
    doubles.flatMap { [Subject.person($0.personID), Subject.person($0.otherID)] }
  }

  private static func once(_ parts: [Subject]...) -> [Subject] {
    var seen: Set<Subject> = []
    return parts.joined().filter { seen.insert($0).inserted }
  }
}
