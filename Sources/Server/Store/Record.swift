import BitimDomain
import BitimProtocol

/// An act as the store knows it: a deed, by whom, when it happened and when it was recorded.
struct Act: Equatable {
  var deed: Deed
  var actor: Actor
  var heldOn: CivilDate
  var recordedAt: Instant
}

/// The journal's records: the one place that knows its messages, both ways.
///
/// What is written now is of form 1: it is read only if this program would write the same octets, so
/// that nothing which it doesn't know is folded or lost. Records without a form were made before;
/// their octets stay as they lie, and what is not known in them is passed over.
enum Record {
  /// The form of what is recorded now.
  private static let form: Int32 = 1

  /// The record of `act`.
  static func octets(of act: Act) -> [UInt8] { Self.message(of: act).encoded }

  /// The act in `octets`.
  ///
  /// - Throws: ``StoreFailure`` of kind ``StoreFailure/Kind/newer`` when a later program wrote it, of
  ///   kind ``StoreFailure/Kind/corrupt`` when none can have.
  static func act(in octets: [UInt8]) throws -> Act {
    let message = try Self.message(in: octets)
    let act = Act(
      deed: try Self.deed(of: message),
      actor: Actor(
        personID: message.actorPersonId, organisationID: message.actorOrganisationId,
        tokenID: message.tokenId),
      heldOn: try Self.day(message.heldOn),
      recordedAt: Instant(unixMilliseconds: message.recordedAtMs))
    // A field that this program does not know would be lost; what no program writes is no record.
    guard message.form == 0 || Self.octets(of: act) == octets else {
      throw StoreFailure(
        kind: .newer, "a record that this program would not write so: a later one has written it")
    }
    return act
  }

  /// When the act in `octets` was recorded.
  static func instant(in octets: [UInt8]) throws -> Instant {
    Instant(unixMilliseconds: try Self.message(in: octets).recordedAtMs)
  }

  private static func message(in octets: [UInt8]) throws -> BitimJournalV1.Act {
    do throws(WireFault) {
      return try BitimJournalV1.Act(decoding: octets)
    } catch {
      throw StoreFailure.corrupt("a record is malformed")
    }
  }

  private static func message(of act: Act) -> BitimJournalV1.Act {
    var message = BitimJournalV1.Act()
    message.actorPersonId = act.actor.personID
    message.actorOrganisationId = act.actor.organisationID
    message.tokenId = act.actor.tokenID
    message.heldOn = act.heldOn.iso
    message.recordedAtMs = act.recordedAt.unixMilliseconds
    message.form = Self.form
    message.deed = Self.message(of: act.deed)
    return message
  }

  private static func message(of deed: Deed) -> BitimJournalV1.Act.Deed {
    switch deed {
    case .organisationChanged(let deed): .organisationChanged(.init(deed))
    case .organisationsRegistered(let deed): .organisationsRegistered(.init(deed))
    case .personRegistered(let deed): .personRegistered(.init(deed))
    case .personRenamed(let deed): .personRenamed(.init(deed))
    case .identifierAdded(let deed): .identifierAdded(.init(deed))
    case .identifierEnded(let deed): .identifierEnded(.init(deed))
    case .identifierCorrected(let deed): .identifierCorrected(.init(deed))
    case .personCorrected(let deed): .personCorrected(.init(deed))
    case .personBarred(let deed): .personBarred(.init(deed))
    case .barEnded(let deed): .barEnded(.init(deed))
    case .barWithdrawn(let deed): .barWithdrawn(.init(deed))
    case .personDied(let deed): .personDied(.init(deed))
    case .deathWithdrawn(let deed): .deathWithdrawn(.init(deed))
    case .doubleDismissed(let double): .doubleDismissed(.init(double))
    case .roleGranted(let deed): .roleGranted(.init(deed))
    case .roleWithdrawn(let deed): .roleWithdrawn(.init(deed))
    case .tokenCreated(let deed): .tokenCreated(.init(deed))
    case .tokenRevoked(let deed): .tokenRevoked(.init(deed))
    case .editionAdopted(let deed): .editionAdopted(.init(deed))
    case .editionClosed(let deed): .editionClosed(.init(deed))
    case .specialisationDefined(let deed): .specialisationDefined(.init(deed))
    case .cohortOpened(let deed): .cohortOpened(.init(deed))
    case .cohortAmended(let deed): .cohortAmended(.init(deed))
    case .cohortRepinned(let deed): .cohortRepinned(.init(deed))
    case .cohortCancelled(let deed): .cohortCancelled(.init(deed))
    case .trainerAssigned(let deed): .trainerAssigned(.init(deed))
    case .traineesEnrolled(let deed): .traineesEnrolled(.init(deed))
    case .traineeWithdrawn(let deed): .traineeWithdrawn(.init(deed))
    case .traineeReinstated(let deed): .traineeReinstated(.init(deed))
    case .traineeTransferred(let deed): .traineeTransferred(.init(deed))
    case .enrolmentUndone(let deed): .enrolmentUndone(.init(deed))
    case .hoursRecorded(let deed): .hoursRecorded(.init(deed))
    case .hoursCorrected(let deed): .hoursCorrected(.init(deed))
    case .classCorrected(let deed): .classCorrected(.init(deed))
    case .classCancelled(let deed): .classCancelled(.init(deed))
    case .sessionOpened(let deed): .sessionOpened(.init(deed))
    case .seatChanged(let deed): .seatChanged(.init(deed))
    case .sessionMoved(let deed): .sessionMoved(.init(deed))
    case .sessionCancelled(let deed): .sessionCancelled(.init(deed))
    case .resultsRecorded(let deed): .resultsRecorded(.init(deed))
    case .resultsReviewed(let deed): .resultsReviewed(.init(deed))
    case .candidateAdmitted(let deed): .candidateAdmitted(.init(deed))
    case .interestDeclared(let deed): .interestDeclared(.init(deed))
    case .resultsConfirmed(let deed): .resultsConfirmed(.init(deed))
    case .resultAnnulled(let deed): .resultAnnulled(.init(deed))
    case .certificatesIssued(let deed): .certificatesIssued(.init(deed))
    case .certificatesAdopted(let deed): .certificatesAdopted(.init(deed))
    case .certificateReplaced(let deed): .certificateReplaced(.init(deed))
    case .resultCorrected(let deed): .resultCorrected(.init(deed))
    case .absenceExcused(let deed): .absenceExcused(.init(deed))
    case .certificateRefused(let deed): .certificateRefused(.init(deed))
    case .refusalWithdrawn(let deed): .refusalWithdrawn(.init(deed))
    case .duplicateMade(let deed): .duplicateMade(.init(deed))
    case .certificateRevoked(let deed): .certificateRevoked(.init(deed))
    case .certificateSuspended(let deed): .certificateSuspended(.init(deed))
    case .certificateReinstated(let deed): .certificateReinstated(.init(deed))
    case .markWithdrawn(let deed): .markWithdrawn(.init(deed))
    case .actRefused(let deed): .actRefused(.init(deed))
    case .recordsRestored(let deed): .recordsRestored(.init(deed))
    case .readsCounted(let deed): .readsCounted(.init(deed))
    case .proposed(let deed): .proposed(.init(deed))
    case .approved(let deed): .approved(Self.message(of: deed))
    case .proposalEnded(let deed): .proposalEnded(.init(deed))
    case .caseReceived(let deed): .caseReceived(.init(deed))
    case .caseMoved(let deed): .caseMoved(.init(deed))
    case .caseDecided(let deed): .caseDecided(.init(deed))
    case .entrySuspended(let deed): .entrySuspended(.init(deed))
    case .entryExcluded(let deed): .entryExcluded(.init(deed))
    case .entryCorrected(let deed): .entryCorrected(.init(deed))
    case .learningRecorded(let deed): .learningRecorded(.init(deed))
    case .learningChecked(let deed): .learningChecked(.init(deed))
    case .learningEnded(let deed): .learningEnded(.init(deed))
    case .practiceRecorded(let deed): .practiceRecorded(.init(deed))
    case .annulmentWithdrawn(let deed): .annulmentWithdrawn(.init(deed))
    case .certificateLetStand(let deed): .certificateLetStand(.init(deed))
    case .arbiterAppointed(let deed): .arbiterAppointed(.init(deed))
    case .peopleMerged(let deed): .peopleMerged(.init(deed))
    case .peopleSplit(let deed): .peopleSplit(.init(deed))
    case .trainerUnassigned(let deed): .trainerUnassigned(.init(deed))
    case .trainerReplaced(let deed): .trainerReplaced(.init(deed))
    case .waitingEnded(let deed): .waitingEnded(.init(deed))
    case .entitlementGranted(let deed): .entitlementGranted(.init(deed))
    case .entitlementEnded(let deed): .entitlementEnded(.init(deed))
    case .entitlementSuspended(let deed): .entitlementSuspended(.init(deed))
    case .entitlementResumed(let deed): .entitlementResumed(.init(deed))
    case .keyCertified(let deed): .keyCertified(.init(deed))
    case .keyRetired(let deed): .keyRetired(.init(deed))
    case .settingChanged(let deed): .settingChanged(.init(deed))
    case .reportFiled(let deed): .reportFiled(.init(deed))
    case .agreementAdopted(let deed): .agreementAdopted(.init(deed))
    case .agreementEnded(let deed): .agreementEnded(.init(deed))
    }
  }

  private static func deed(of act: BitimJournalV1.Act) throws -> Deed {
    switch act.deed {
    case .organisationChanged(let deed): .organisationChanged(try .init(deed))
    case .organisationsRegistered(let deed): .organisationsRegistered(try .init(deed))
    case .personRegistered(let deed): .personRegistered(try .init(deed))
    case .personRenamed(let deed): .personRenamed(try .init(deed))
    case .identifierAdded(let deed): .identifierAdded(try .init(deed))
    case .identifierEnded(let deed): .identifierEnded(try .init(deed))
    case .identifierCorrected(let deed): .identifierCorrected(try .init(deed))
    case .personCorrected(let deed): .personCorrected(try .init(deed))
    case .personBarred(let deed): .personBarred(try .init(deed))
    case .barEnded(let deed): .barEnded(try .init(deed))
    case .barWithdrawn(let deed): .barWithdrawn(.init(deed))
    case .personDied(let deed): .personDied(try .init(deed))
    case .deathWithdrawn(let deed): .deathWithdrawn(.init(deed))
    case .doubleDismissed(let double): .doubleDismissed(.init(double))
    case .roleGranted(let deed): .roleGranted(try .init(deed))
    case .roleWithdrawn(let deed): .roleWithdrawn(try .init(deed))
    case .tokenCreated(let deed): .tokenCreated(try .init(deed))
    case .tokenRevoked(let deed): .tokenRevoked(.init(id: deed.id))
    case .editionAdopted(let deed): .editionAdopted(try .init(deed))
    case .editionClosed(let deed): .editionClosed(try .init(deed))
    case .specialisationDefined(let deed): .specialisationDefined(try .init(deed))
    case .cohortOpened(let deed): .cohortOpened(try .init(deed))
    case .cohortAmended(let deed): .cohortAmended(try .init(deed))
    case .cohortRepinned(let deed): .cohortRepinned(.init(deed))
    case .cohortCancelled(let deed): .cohortCancelled(try .init(deed))
    case .trainerAssigned(let deed): .trainerAssigned(.init(deed))
    case .traineesEnrolled(let deed): .traineesEnrolled(try .init(deed))
    case .traineeWithdrawn(let deed): .traineeWithdrawn(try .init(deed))
    case .traineeReinstated(let deed): .traineeReinstated(try .init(deed))
    case .traineeTransferred(let deed): .traineeTransferred(try .init(deed))
    case .enrolmentUndone(let deed): .enrolmentUndone(.init(deed))
    case .hoursRecorded(let deed): .hoursRecorded(try .init(deed))
    case .hoursCorrected(let deed): .hoursCorrected(try .init(deed))
    case .classCorrected(let deed): .classCorrected(try .init(deed))
    case .classCancelled(let deed): .classCancelled(try .init(deed))
    case .sessionOpened(let deed): .sessionOpened(try .init(deed))
    case .seatChanged(let deed): .seatChanged(try .init(deed))
    case .sessionMoved(let deed): .sessionMoved(try .init(deed))
    case .sessionCancelled(let deed): .sessionCancelled(.init(deed))
    case .resultsRecorded(let deed): .resultsRecorded(try .init(deed))
    case .resultsReviewed(let deed): .resultsReviewed(.init(deed))
    case .candidateAdmitted(let deed): .candidateAdmitted(.init(deed))
    case .interestDeclared(let deed): .interestDeclared(try .init(deed))
    case .resultsConfirmed(let deed): .resultsConfirmed(.init(deed))
    case .resultAnnulled(let deed): .resultAnnulled(.init(deed))
    case .certificatesIssued(let deed): .certificatesIssued(try .init(deed))
    case .certificatesAdopted(let deed): .certificatesAdopted(try .init(deed))
    case .certificateReplaced(let deed): .certificateReplaced(try .init(deed))
    case .resultCorrected(let deed): .resultCorrected(try .init(deed))
    case .absenceExcused(let deed): .absenceExcused(try .init(deed))
    case .certificateRefused(let deed): .certificateRefused(try .init(deed))
    case .refusalWithdrawn(let deed): .refusalWithdrawn(try .init(deed))
    case .duplicateMade(let deed): .duplicateMade(try .init(deed))
    case .certificateRevoked(let deed):
      .certificateRevoked(try .init(deed, heldOn: act.heldOn))
    case .certificateSuspended(let deed): .certificateSuspended(try .init(deed))
    case .certificateReinstated(let deed): .certificateReinstated(try .init(deed))
    case .markWithdrawn(let deed): .markWithdrawn(try .init(deed))
    case .actRefused(let deed): .actRefused(.init(deed))
    case .recordsRestored(let deed): .recordsRestored(try .init(deed))
    case .readsCounted(let deed): .readsCounted(try .init(deed))
    case .proposed(let deed): .proposed(try .init(deed))
    case .approved(let deed): .approved(try Self.approval(in: deed))
    case .proposalEnded(let deed): .proposalEnded(try .init(deed))
    case .caseReceived(let deed): .caseReceived(try .init(deed))
    case .caseMoved(let deed): .caseMoved(try .init(deed))
    case .caseDecided(let deed): .caseDecided(try .init(deed))
    case .entrySuspended(let deed): .entrySuspended(try .init(deed))
    case .entryExcluded(let deed): .entryExcluded(try .init(deed))
    case .entryCorrected(let deed): .entryCorrected(try .init(deed))
    case .learningRecorded(let deed): .learningRecorded(try .init(deed))
    case .learningChecked(let deed): .learningChecked(.init(deed))
    case .learningEnded(let deed): .learningEnded(.init(deed))
    case .practiceRecorded(let deed): .practiceRecorded(try .init(deed))
    case .annulmentWithdrawn(let deed): .annulmentWithdrawn(.init(deed))
    case .certificateLetStand(let deed): .certificateLetStand(try .init(deed))
    case .arbiterAppointed(let deed): .arbiterAppointed(try .init(deed))
    case .peopleMerged(let deed): .peopleMerged(.init(deed))
    case .peopleSplit(let deed): .peopleSplit(try .init(deed))
    case .trainerUnassigned(let deed): .trainerUnassigned(try .init(deed))
    case .trainerReplaced(let deed): .trainerReplaced(try .init(deed))
    case .waitingEnded(let deed): .waitingEnded(.init(deed))
    case .entitlementGranted(let deed): .entitlementGranted(try .init(deed))
    case .entitlementEnded(let deed): .entitlementEnded(try .init(deed))
    case .entitlementSuspended(let deed): .entitlementSuspended(try .init(deed))
    case .entitlementResumed(let deed): .entitlementResumed(try .init(deed))
    case .keyCertified(let deed): .keyCertified(try .init(deed))
    case .keyRetired(let deed): .keyRetired(try .init(deed))
    case .settingChanged(let deed): .settingChanged(try .init(deed))
    case .reportFiled(let deed): .reportFiled(try .init(deed))
    case .agreementAdopted(let deed): .agreementAdopted(try .init(deed))
    case .agreementEnded(let deed): .agreementEnded(try .init(deed))
    case nil:
      throw StoreFailure(
        kind: .newer, "a deed that this program does not know: it needs a later one")
    }
  }

  // An approval holds what was decided then as an act that says nothing but its deed.

  private static func message(of approved: Approved) -> BitimJournalV1.Approved {
    var message = BitimJournalV1.Approved()
    message.proposalSequence = approved.proposal
    var act = BitimJournalV1.Act()
    act.deed = Self.message(of: approved.deed)
    message.act = act
    return message
  }

  private static func approval(in message: BitimJournalV1.Approved) throws -> Approved {
    let deed = try Self.deed(of: message.act ?? .init())
    if case .approved = deed { throw StoreFailure.corrupt("a record: an approval of an approval") }
    return Approved(proposal: message.proposalSequence, deed: deed)
  }

  // What texts and numbers of a record mean.

  /// The day that a record's text names.
  static func day(_ text: String) throws -> CivilDate {
    guard let day = CivilDate(iso: text) else {
      throw StoreFailure.corrupt("a record: a date is malformed")
    }
    return day
  }

  /// The same where a record may say nothing.
  static func dayIfSaid(_ text: String) throws -> CivilDate? {
    text.isEmpty ? nil : try Self.day(text)
  }

  /// The days from one text to another; open without the second.
  static func days(_ from: String, _ until: String?) throws -> Period {
    Period(from: try Self.day(from), until: try until.map(Self.day))
  }

  /// The domain's word for a word of the journal.
  static func word<Word: Noun>(_ value: some ProtoEnum) throws -> Word
  where Word.AllCases == [Word] {
    guard let word = Word(number: value.rawValue) else {
      throw StoreFailure.corrupt("a record: \(Word.self) has no number \(value.rawValue)")
    }
    return word
  }

  /// The same where a record may say nothing.
  static func wordIfSaid<Word: Noun>(_ value: some ProtoEnum) throws -> Word?
  where Word.AllCases == [Word] {
    value.rawValue == 0 ? nil : try Self.word(value)
  }

  /// The number of a certificate in a record.
  static func number(_ value: Int64) throws -> CertificateNumber {
    guard let number = CertificateNumber(value: value) else {
      throw StoreFailure.corrupt("a record: a certificate's number is out of range")
    }
    return number
  }
}

extension ProtoEnum {
  /// The journal's word for one of the domain's.
  init<Word: Noun>(_ word: Word) where Word.AllCases == [Word] {
    self.init(rawValue: word.number)
  }
}
