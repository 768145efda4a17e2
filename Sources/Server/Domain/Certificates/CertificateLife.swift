/// What stands against a certificate: on its days it is not valid.
package struct CertificateMark: Equatable, Sendable {
  /// What it is, and why.
  package enum Cause: Equatable, Sendable {
    case revoked(RevocationReason)
    case suspended(SuspensionGround)
    /// By the certificate that the same act issued instead.
    case replaced(ReplacementReason, by: CertificateNumber)

    /// The word of tables.
    package var kind: String { self.standing.rawValue }

    /// The reason's word.
    package var reason: String {
      switch self {
      case .revoked(let reason): reason.rawValue
      case .suspended(let ground): ground.rawValue
      case .replaced(let reason, _): reason.rawValue
      }
    }

    /// The cause with these words of tables; nil if there is none.
    package init?(kind: String, reason: String, successor: CertificateNumber?) {
      switch Standing(rawValue: kind) {
      case .revoked:
        guard let reason = RevocationReason(rawValue: reason) else { return nil }
        self = .revoked(reason)
      case .suspended:
        guard let ground = SuspensionGround(rawValue: reason) else { return nil }
        self = .suspended(ground)
      case .replaced:
        guard let reason = ReplacementReason(rawValue: reason), let successor else { return nil }
        self = .replaced(reason, by: successor)
      case .valid, .expired, .notYetValid, nil: return nil
      }
    }

    /// How a certificate stands on a day of such a mark.
    package var standing: Standing {
      switch self {
      case .revoked: .revoked
      case .suspended: .suspended
      case .replaced: .replaced
      }
    }

    /// Whether a certificate of such a mark is not there any more; a suspended one is.
    package var isForGood: Bool {
      switch self {
      case .revoked, .replaced: true
      case .suspended: false
      }
    }
  }

  /// Days on which an arbiter stays a mark, in a case that contests it.
  package struct Stay: Equatable, Sendable {
    /// The act that received the case.
    package let caseSequence: Int64
    package let days: Period

    package init(in sequence: Int64, days: Period) {
      self.caseSequence = sequence
      self.days = days
    }
  }

  package let cause: Cause
  package let days: Period
  /// The act that made it.
  package let sequence: Int64
  /// On which of its days it has no effect.
  package let stays: [Stay]

  /// A mark that stands on `days`.
  package init(_ cause: Cause, days: Period, sequence: Int64, stays: [Stay] = []) {
    self.cause = cause
    self.days = days
    self.sequence = sequence
    self.stays = stays
  }

  /// The days on which it has effect, in their order: those on which it stands, and none stays it.
  package var effect: [Period] {
    self.stays.reduce([self.days]) { periods, stay in
      periods.flatMap { $0.without(stay.days) }
    }
  }

  /// The case in which it is stayed on `day`; nil if in none, or it does not stand on that day.
  package func stay(on day: CivilDate) -> Int64? {
    guard self.days.contains(day) else { return nil }
    return self.stays.first { $0.days.contains(day) }?.caseSequence
  }

  /// What was issued instead; nil if it was not replaced.
  package var successor: CertificateNumber? {
    switch self.cause {
    case .replaced(_, let number): number
    case .revoked, .suspended: nil
    }
  }

  /// The order in which marks are asked: revocations before suspensions before replacements, each by its
  /// first day.
  package static func precedes(_ left: CertificateMark, _ right: CertificateMark) -> Bool {
    func rank(_ mark: CertificateMark) -> (Int, Int, Int64) {
      switch mark.cause {
      case .revoked: (0, mark.days.from.dayNumber, mark.sequence)
      case .suspended: (1, mark.days.from.dayNumber, mark.sequence)
      case .replaced: (2, mark.days.from.dayNumber, mark.sequence)
      }
    }
    return rank(left) < rank(right)
  }
}

/// A duplicate of a certificate's paper.
package struct CertificateDuplicate: Equatable, Sendable {
  /// Which one it is, from 1.
  package let copy: Int
  package let madeOn: CivilDate

  /// The duplicate that was made on a day.
  package init(copy: Int, madeOn: CivilDate) {
    self.copy = copy
    self.madeOn = madeOn
  }
}

/// When a certificate is valid, and what stands against it.
package struct CertificateLife: Equatable, Sendable {
  package let issuedOn: CivilDate
  package let validity: Period
  /// The marks that stand, in the order in which they are asked.
  package let marks: [CertificateMark]

  /// Describes a certificate's life so far.
  package init(issuedOn: CivilDate, validity: Period, marks: [CertificateMark]) {
    self.issuedOn = issuedOn
    self.validity = validity
    self.marks = marks
  }

  /// The mark by which the certificate stands on `day`; nil if none covers it.
  package func mark(on day: CivilDate) -> CertificateMark? {
    self.marks.first { $0.days.contains(day) && $0.stay(on: day) == nil }
  }

  /// The mark of `day` that is stayed; nil if none is.
  package func stayedMark(on day: CivilDate) -> CertificateMark? {
    self.marks.first { $0.stay(on: day) != nil }
  }

  /// The revocation that stands, whatever its days.
  package var revocation: CertificateMark? {
    self.marks.first { $0.cause.standing == .revoked }
  }

  /// The replacement that stands, whatever its days.
  package var replacement: CertificateMark? {
    self.marks.first { $0.successor != nil }
  }

  /// How the certificate stands on `day`: revoked before suspended before replaced before expired before
  /// not yet valid.
  package func standing(on day: CivilDate) -> Standing {
    if let mark = self.mark(on: day) { return mark.cause.standing }
    return Self.standing(on: day, validity: self.validity.not(before: self.issuedOn))
  }

  /// How an unmarked certificate stands on `day` that is valid in `validity`.
  package static func standing(on day: CivilDate, validity: Period) -> Standing {
    if let until = validity.until, day > until { return .expired }
    return day < validity.from ? .notYetValid : .valid
  }

  /// This life after `deed`, as it is shown before anything is recorded.
  package func after(_ deed: Deed) -> CertificateLife {
    var marks = self.marks
    func add(
      _ cause: CertificateMark.Cause, _ days: Period, stays: [CertificateMark.Stay] = []
    ) {
      marks.append(CertificateMark(cause, days: days, sequence: .max, stays: stays))
    }
    switch deed {
    case .certificateRevoked(let deed):
      add(.revoked(deed.reason), Period(from: deed.since, until: nil))
    case .certificateSuspended(let deed): add(.suspended(deed.ground), deed.days)
    case .certificateReinstated(let deed):
      let stays = marks.first { $0.sequence == deed.endsSequence }?.stays ?? []
      marks.removeAll { $0.sequence == deed.endsSequence }
      add(
        .suspended(deed.ground), Period(from: deed.suspendedFrom, until: deed.suspendedUntil),
        stays: stays)
    case .certificateReplaced(let deed):
      add(
        .replaced(deed.reason, by: deed.certificate.number),
        Period(from: deed.since, until: nil))
    case .markWithdrawn(let deed): marks.removeAll { $0.sequence == deed.endsSequence }
    case .approved(let approved): return self.after(approved.deed)
    case .organisationsRegistered, .organisationChanged, .personRegistered, .personRenamed,
      .identifierAdded,
      .identifierEnded, .identifierCorrected, .personCorrected, .personBarred, .barEnded,
      .barWithdrawn, .personDied, .deathWithdrawn, .doubleDismissed, .roleGranted, .roleWithdrawn,
      .tokenCreated, .tokenRevoked,
      .editionAdopted, .editionClosed, .specialisationDefined, .cohortOpened, .cohortAmended,
      .cohortRepinned,
      .cohortCancelled,
      .trainerAssigned, .traineesEnrolled, .traineeWithdrawn, .traineeReinstated,
      .traineeTransferred, .enrolmentUndone, .hoursRecorded, .hoursCorrected, .classCorrected,
      .classCancelled, .sessionOpened,
      .seatChanged, .sessionMoved, .sessionCancelled, .resultsRecorded, .resultsReviewed,
      .interestDeclared, .candidateAdmitted,
      .resultsConfirmed,
      .resultAnnulled, .resultCorrected, .absenceExcused, .certificateRefused, .refusalWithdrawn,
      .duplicateMade,
      .certificatesIssued, .certificatesAdopted, .actRefused, .recordsRestored,
      .readsCounted, .proposed,
      .proposalEnded, .caseReceived, .caseMoved, .caseDecided, .annulmentWithdrawn,
      .certificateLetStand, .arbiterAppointed, .peopleMerged,
      .peopleSplit, .trainerUnassigned, .trainerReplaced, .waitingEnded, .entitlementGranted,
      .entitlementEnded,
      .entitlementSuspended, .entitlementResumed, .keyCertified, .keyRetired, .settingChanged,
      .agreementAdopted, .agreementEnded, .entrySuspended, .entryExcluded,
      .entryCorrected, .reportFiled, .learningRecorded, .learningChecked, .learningEnded,
      .practiceRecorded:
      break
    }
    return CertificateLife(
      issuedOn: self.issuedOn, validity: self.validity,
      marks: marks.sorted(by: CertificateMark.precedes))
  }
}

extension RevocationReason {
  /// What anybody is told of it.
  package var told: RevocationTold {
    switch self {
    case .error, .issuerNotEntitled: .issuedInError
    case .holderRequest: .atHoldersRequest
    case .fraud, .misconduct, .attestationAnnulled, .hoursMissing, .court: .decision
    }
  }
}
