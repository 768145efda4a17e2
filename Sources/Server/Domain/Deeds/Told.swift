/// A piece of what a deed says, for whoever reads a history (R-901).
///
/// Each deed tells its own in `Told+….swift`; what stood before, the reader finds in the pieces of earlier deeds.
package struct Told: Equatable, Sendable {
  /// What is told; the raw value is what programs read.
  package enum Field: String, CaseIterable, Sendable {
    case act, activity
    case addressKk = "address_kk"
    case addressRu = "address_ru"
    case admitted
    case agreement, annulled, attempt, bar, basis
    case birthDate = "birth_date"
    case callsPerDay = "calls_per_day"
    case `case`, category, certificate, check, checked, code, cohort, comes, component, confirmed,
      consent,
      contact, contested, country
    case datedOn = "dated_on"
    case day
    case diedOn = "died_on"
    case distinctFrom = "distinct_from"
    case document, doubt, duplicate, edition, education
    case endsOn = "ends_on"
    case enrolledOn = "enrolled_on"
    case entitlement, entry
    case entitlementSuspended = "entitlement_suspended"
    case evidence, expires
    case fieldKk = "field_kk"
    case fieldRu = "field_ru"
    case form, found, from
    case fullNameKk = "full_name_kk"
    case fullNameLatin = "full_name_latin"
    case fullNameRu = "full_name_ru"
    case goes, ground, grounds
    case heldOn = "held_on"
    case hours, identifier, interest
    case issuedOn = "issued_on"
    case issuer, kept, key, kind, language
    case languagesKk = "languages_kk"
    case languagesRu = "languages_ru"
    case lastDay = "last_day"
    case lateReason = "late_reason"
    case learning
    case legalBasis = "legal_basis"
    case letter
    case linked
    case makesUp = "makes_up"
    case marks, name
    case nameEn = "name_en"
    case nameKk = "name_kk"
    case nameRu = "name_ru"
    case outcome
    case ownNumber = "own_number"
    case paper, person, place, points, practice, programme, `protocol`, provider, purpose, reason
    case receivedOn = "received_on"
    case recognised, refused, region, replaced, reviewed, revoked, role, scope, scores, seat
    case seenBy = "seen_by"
    case seenOn = "seen_on"
    case session, setting
    case signedOn = "signed_on"
    case startsOn = "starts_on"
    case statedOn = "stated_on"
    case specialisation
    case step, suspended, to, token
    case toldOn = "told_on"
    case trainer, training
    case transferGround = "transfer_ground"
    case use
    case validFrom = "valid_from"
    case validUntil = "valid_until"
    case waiting, why, year
  }

  /// What a field says.
  package enum Value: Hashable, Sendable {
    case text(String)
    case subject(Subject)
    /// A class, by its id.
    case lesson(Int64)
    case instant(Instant)
  }

  /// How a piece stands to what was told before.
  package enum Part: Equatable, Sendable {
    /// Why, or by what: it stands for its act alone.
    case said
    /// One of its kind stands: it follows the one before.
    case stands
    /// The same, and the one before was never true (R-005).
    case corrects
    /// Several of its kind may stand, each known by the act that made it; it follows that one of another act.
    case made(after: Int64?)
    /// What that act made was never true.
    case takesBack(Int64)
    /// Whatever stands of it was never true.
    case takesBackAll
  }

  /// Who may read it (R-125).
  package enum Reach: Sendable {
    /// Everybody who reads histories.
    case all
    /// No auditor: birth, identifiers, education, death, and why somebody is barred.
    case office
  }

  package var field: Field
  /// Nil where nothing stands any more.
  package var value: Value?
  /// Whom or what it is about; nil: the act as a whole.
  package var of: Subject?
  /// Which one, where several stand beside one another.
  package var which: Value?
  /// Whose fact it follows, where that is another's: a result that replaces one.
  package var follows: Subject?
  package var part: Part
  package var reach: Reach

  private init(
    _ field: Field, _ value: Value?, of subject: Subject?, which: Value?, follows: Subject? = nil,
    _ part: Part, _ reach: Reach
  ) {
    self.field = field
    self.value = value
    self.of = subject
    self.which = which
    self.follows = follows
    self.part = part
    self.reach = reach
  }

  /// What stands from now on.
  static func fact(
    _ field: Field, _ value: Value?, of subject: Subject?, which: Value? = nil,
    follows: Subject? = nil, wasError: Bool = false, _ reach: Reach = .all
  ) -> Told {
    Told(
      field, value, of: subject, which: which, follows: follows, wasError ? .corrects : .stands,
      reach)
  }

  /// What stands from now on, one of several.
  static func made(
    _ field: Field, _ value: Value?, of subject: Subject?, after: Int64? = nil,
    _ reach: Reach = .all
  ) -> Told {
    Told(field, value, of: subject, which: nil, .made(after: after), reach)
  }

  /// What an act says besides; nothing where the text is empty.
  static func said(
    _ field: Field, _ value: Value?, of subject: Subject? = nil, which: Value? = nil,
    _ reach: Reach = .all
  ) -> Told? {
    guard let value, value != .text("") else { return nil }
    return Told(field, value, of: subject, which: which, .said, reach)
  }

  /// What an act made was never true, as far as it was of this.
  static func takesBack(_ sequence: Int64, of subject: Subject) -> Told {
    Told(.reason, nil, of: subject, which: nil, .takesBack(sequence), .all)
  }

  /// Whatever stands of this was never true.
  static func takesBack(of subject: Subject? = nil, which: Value? = nil) -> Told {
    Told(.reason, nil, of: subject, which: which, .takesBackAll, .all)
  }
}

extension Told {
  /// Whether it is about one of these, or names one.
  package func concerns(_ own: Set<Subject>) -> Bool {
    if let of = self.of, own.contains(of) { return true }
    return [self.which, self.value].contains { value in
      guard case .subject(let subject) = value else { return false }
      return own.contains(subject)
    }
  }
}

extension Told.Value {
  static func day(_ day: CivilDate) -> Self { .text(day.iso) }
  static func day(_ day: CivilDate?) -> Self? { day.map { .text($0.iso) } }
  static func days(_ days: Period) -> Self { .text("\(days.from.iso) – \(days.until?.iso ?? "…")") }
  static func word(_ word: some Noun) -> Self { .text(word.rawValue) }
  static func number(_ number: some BinaryInteger) -> Self { .text("\(number)") }
  static func hours(_ hours: Hours) -> Self { .text(hours.text) }
  /// An act that is cited; nil where none is.
  static func act(_ sequence: Int64) -> Self? { sequence == 0 ? nil : .text("\(sequence)") }
  /// The words of a list.
  static func words(_ words: [some Noun]) -> Self {
    .text(words.map(\.rawValue).joined(separator: " "))
  }
  static func texts(_ texts: [String]) -> Self { .text(texts.joined(separator: "; ")) }
  static func person(_ id: Int64) -> Self { .subject(.person(id)) }
  static func cohort(_ id: Int64) -> Self { .subject(.cohort(id)) }
  static func organisation(_ id: Int64) -> Self { .subject(.organisation(id)) }
  static func certificate(_ number: CertificateNumber) -> Self { .subject(.certificate(number)) }
}

extension Deed {
  /// What it says, piece by piece (R-901).
  package var telling: [Told] {
    switch self {
    case .organisationsRegistered(let deed): deed.telling
    case .organisationChanged(let deed): deed.telling
    case .personRegistered(let deed): deed.telling
    case .personRenamed(let deed): deed.telling
    case .identifierAdded(let deed): deed.telling
    case .identifierEnded(let deed): deed.telling
    case .identifierCorrected(let deed): deed.telling
    case .personCorrected(let deed): deed.telling
    case .personBarred(let deed): deed.telling
    case .barEnded(let deed): deed.telling
    case .barWithdrawn(let deed): deed.telling
    case .personDied(let deed): deed.telling
    case .deathWithdrawn(let deed): deed.telling
    case .doubleDismissed(let deed): deed.telling
    case .roleGranted(let deed): deed.telling
    case .roleWithdrawn(let deed): deed.telling
    case .tokenCreated(let deed): deed.telling
    case .tokenRevoked(let deed): deed.telling
    case .cohortOpened(let deed): deed.telling
    case .cohortAmended(let deed): deed.telling
    case .cohortRepinned(let deed): deed.telling
    case .cohortCancelled(let deed): deed.telling
    case .trainerAssigned(let deed): deed.telling
    case .editionAdopted(let deed): deed.telling
    case .editionClosed(let deed): deed.telling
    case .specialisationDefined(let deed): deed.telling
    case .traineesEnrolled(let deed): deed.telling
    case .traineeWithdrawn(let deed): deed.telling
    case .traineeReinstated(let deed): deed.telling
    case .traineeTransferred(let deed): deed.telling
    case .enrolmentUndone(let deed): deed.telling
    case .hoursRecorded(let deed): deed.telling
    case .hoursCorrected(let deed): deed.telling
    case .classCorrected(let deed): deed.telling
    case .classCancelled(let deed): deed.telling
    case .sessionOpened(let deed): deed.telling
    case .seatChanged(let deed): deed.telling
    case .sessionMoved(let deed): deed.telling
    case .sessionCancelled(let deed): deed.telling
    case .resultsRecorded(let deed): deed.telling
    case .resultsReviewed(let deed): deed.telling
    case .candidateAdmitted(let deed): deed.telling
    case .interestDeclared(let deed): deed.telling
    case .resultsConfirmed(let deed): deed.telling
    case .resultAnnulled(let deed): deed.telling
    case .resultCorrected(let deed): deed.telling
    case .absenceExcused(let deed): deed.telling
    case .certificatesIssued(let deed): deed.telling
    case .certificateRefused(let deed): deed.telling
    case .refusalWithdrawn(let deed): deed.telling
    case .certificatesAdopted(let deed): deed.telling
    case .certificateReplaced(let deed): deed.telling
    case .duplicateMade(let deed): deed.telling
    case .certificateRevoked(let deed): deed.telling
    case .certificateSuspended(let deed): deed.telling
    case .certificateReinstated(let deed): deed.telling
    case .markWithdrawn(let deed): deed.telling
    // What was tried, and the codes of why not, are told of the act itself.
    case .actRefused: []
    // It is in nobody's history: who read what is a list of its own.
    case .readsCounted: []
    case .recordsRestored(let deed): deed.telling
    case .proposed(let deed): deed.telling
    case .approved(let deed): deed.deed.telling
    case .proposalEnded(let deed): deed.telling
    case .caseReceived(let deed): deed.telling
    case .caseMoved(let deed): deed.telling
    case .caseDecided(let deed): deed.telling
    case .annulmentWithdrawn(let deed): deed.telling
    case .certificateLetStand(let deed): deed.telling
    case .arbiterAppointed(let deed): deed.telling
    case .peopleMerged(let deed): deed.telling
    case .peopleSplit(let deed): deed.telling
    case .trainerUnassigned(let deed): deed.telling
    case .trainerReplaced(let deed): deed.telling
    case .waitingEnded(let deed): deed.telling
    case .entitlementGranted(let deed): deed.telling
    case .entitlementEnded(let deed): deed.telling
    case .entitlementSuspended(let deed): deed.telling
    case .entitlementResumed(let deed): deed.telling
    case .keyCertified(let deed): deed.telling
    case .keyRetired(let deed): deed.telling
    case .settingChanged(let deed): deed.telling
    case .reportFiled(let deed): deed.telling
    case .agreementAdopted(let deed): deed.telling
    case .agreementEnded(let deed): deed.telling
    case .entrySuspended(let deed): deed.telling
    case .entryExcluded(let deed): deed.telling
    case .entryCorrected(let deed): deed.telling
    case .learningRecorded(let deed): deed.telling
    case .learningChecked(let deed): deed.telling
    case .learningEnded(let deed): deed.telling
    case .practiceRecorded(let deed): deed.telling
    }
  }

  /// Whether it goes on with a proposal or a case that one of these acts made.
  package func goesOn(with acts: Set<Int64>) -> Bool {
    self.subjects.contains { subject in
      switch subject {
      case .proposal(let sequence), .caseFile(let sequence): acts.contains(sequence)
      case .person, .organisation, .cohort, .enrolment, .session, .result, .certificate, .token,
        .edition:
        false
      }
    }
  }
}
