/// Certificates were decided on and issued.
package struct CertificatesIssued: Equatable, Sendable {
  /// One certificate.
  package struct Certificate: Equatable, Sendable {
    package var number: CertificateNumber
    package var code: CertificateCode
    package var personID: Int64
    package var kind: CertificateKind
    /// 1 to 3; 0 for the School's certificate.
    package var programme: Int
    /// The enrolment it rests on; 0 for the School's certificate.
    package var enrolmentID: Int64
    package var issuedOn: CivilDate
    package var validity: Period
    /// The frozen sheet as it is answered: octets that the registry itself has written.
    package var sheet: [UInt8]

    package init(
      number: CertificateNumber, code: CertificateCode, personID: Int64, kind: CertificateKind,
      programme: Int, enrolmentID: Int64, issuedOn: CivilDate, validity: Period, sheet: [UInt8]
    ) {
      self.number = number
      self.code = code
      self.personID = personID
      self.kind = kind
      self.programme = programme
      self.enrolmentID = enrolmentID
      self.issuedOn = issuedOn
      self.validity = validity
      self.sheet = sheet
    }
  }

  /// In the order of their numbers.
  package var certificates: [Certificate]

  package init(_ certificates: [Certificate] = []) { self.certificates = certificates }
}

/// Certificates of an old register were adopted.
package struct CertificatesAdopted: Equatable, Sendable {
  /// One certificate.
  package struct Certificate: Equatable, Sendable {
    /// What the registry calls it by; it stands on no paper.
    package var number: CertificateNumber
    package var personID: Int64
    package var entry: OldEntry
    /// The frozen sheet as it is answered: octets that the registry itself has written.
    package var sheet: [UInt8]

    package init(
      number: CertificateNumber, personID: Int64, entry: OldEntry, sheet: [UInt8]
    ) {
      self.number = number
      self.personID = personID
      self.entry = entry
      self.sheet = sheet
    }
  }

  /// Who issued them.
  package var issuerID: Int64
  /// Holders new to the registry, ids given.
  package var people: [Person]
  /// Whom they resemble and are not.
  package var dismissed: [DismissedDouble]
  /// In the order of their numbers.
  package var certificates: [Certificate]

  package init(
    issuerID: Int64, people: [Person], dismissed: [DismissedDouble], certificates: [Certificate]
  ) {
    self.issuerID = issuerID
    self.people = people
    self.dismissed = dismissed
    self.certificates = certificates
  }
}

/// A certificate was issued anew in place of one that was there.
package struct CertificateReplaced: Equatable, Sendable {
  /// The one that is replaced.
  package var number: CertificateNumber
  package var reason: ReplacementReason
  /// From which day on it is replaced.
  package var since: CivilDate
  /// What shows why, in words.
  package var evidence: String
  /// The new one.
  package var certificate: CertificatesIssued.Certificate

  package init(
    number: CertificateNumber, reason: ReplacementReason, since: CivilDate, evidence: String,
    certificate: CertificatesIssued.Certificate
  ) {
    self.number = number
    self.reason = reason
    self.since = since
    self.evidence = evidence
    self.certificate = certificate
  }
}

/// A certificate was refused to who passed.
package struct CertificateRefused: Equatable, Sendable {
  /// The confirmed pass on which nothing is issued.
  package var resultID: Int64
  package var refusedOn: CivilDate
  /// The reasons, in words.
  package var why: String

  package init(resultID: Int64, refusedOn: CivilDate, why: String) {
    self.resultID = resultID
    self.refusedOn = refusedOn
    self.why = why
  }
}

/// A refusal to certify was ended.
package struct RefusalWithdrawn: Equatable, Sendable {
  /// The pass on which nothing was issued.
  package var resultID: Int64
  /// The act that refused.
  package var endsSequence: Int64
  package var reason: RefusalEnd
  /// Why, in words.
  package var why: String

  package init(resultID: Int64, endsSequence: Int64, reason: RefusalEnd, why: String) {
    self.resultID = resultID
    self.endsSequence = endsSequence
    self.reason = reason
    self.why = why
  }
}

/// A certificate was let stand although something is found against it.
package struct CertificateLetStand: Equatable, Sendable {
  package var number: CertificateNumber
  package var doubt: CertificateDoubt
  /// What was found, as codes of rules with what they say.
  package var found: String
  /// Why it stands, in words.
  package var why: String

  package init(number: CertificateNumber, doubt: CertificateDoubt, found: String, why: String) {
    self.number = number
    self.doubt = doubt
    self.found = found
    self.why = why
  }
}

/// A duplicate of a paper was made.
package struct DuplicateMade: Equatable, Sendable {
  package var number: CertificateNumber
  /// Which one it is, from 1.
  package var copy: Int
  package var reason: DuplicateReason
  /// The day of the holder's statement.
  package var statedOn: CivilDate
  package var madeOn: CivilDate

  package init(
    number: CertificateNumber, copy: Int, reason: DuplicateReason, statedOn: CivilDate,
    madeOn: CivilDate
  ) {
    self.number = number
    self.copy = copy
    self.reason = reason
    self.statedOn = statedOn
    self.madeOn = madeOn
  }
}

/// A certificate was revoked.
package struct CertificateRevoked: Equatable, Sendable {
  package var number: CertificateNumber
  /// From which day on.
  package var since: CivilDate
  package var reason: RevocationReason
  /// Why, in the certifier's words; empty where the reason says it all.
  package var why: String
  /// The case that it cites; 0 where it cites none.
  package var cites: Int64

  package init(
    number: CertificateNumber, since: CivilDate, reason: RevocationReason, why: String,
    cites: Int64 = 0
  ) {
    self.number = number
    self.since = since
    self.reason = reason
    self.why = why
    self.cites = cites
  }
}

/// A certificate's effect was taken away for a while.
package struct CertificateSuspended: Equatable, Sendable {
  package var number: CertificateNumber
  package var days: Period
  package var ground: SuspensionGround
  /// Why, in the certifier's words; empty where the ground says it all.
  package var why: String
  /// The case that it cites; 0 where it cites none.
  package var cites: Int64

  package init(
    number: CertificateNumber, days: Period, ground: SuspensionGround, why: String,
    cites: Int64 = 0
  ) {
    self.number = number
    self.days = days
    self.ground = ground
    self.why = why
    self.cites = cites
  }
}

/// A suspension was ended before its time: it stands no more, and one that ends earlier stands instead.
package struct CertificateReinstated: Equatable, Sendable {
  package var number: CertificateNumber
  /// The act that made the suspension.
  package var endsSequence: Int64
  package var reason: ReinstatementReason
  /// Why it is ended, in words; empty where the reason says it all.
  package var why: String
  /// The suspension's first day.
  package var suspendedFrom: CivilDate
  /// Its last day now: the one before the reinstatement.
  package var suspendedUntil: CivilDate
  /// Why it was suspended, as before.
  package var ground: SuspensionGround

  package init(
    number: CertificateNumber, endsSequence: Int64, reason: ReinstatementReason, why: String,
    suspendedFrom: CivilDate, suspendedUntil: CivilDate, ground: SuspensionGround
  ) {
    self.number = number
    self.endsSequence = endsSequence
    self.reason = reason
    self.why = why
    self.suspendedFrom = suspendedFrom
    self.suspendedUntil = suspendedUntil
    self.ground = ground
  }
}

/// A revocation, a suspension or a replacement was withdrawn: it never stood.
package struct MarkWithdrawn: Equatable, Sendable {
  package var number: CertificateNumber
  /// The act that made it.
  package var endsSequence: Int64
  package var reason: WithdrawalReason
  /// Why, in words.
  package var why: String
  /// Of a replacement: the revocation of what was issued instead; nil where that is revoked already.
  package var revokes: CertificateRevoked?
  /// The case that it cites; 0 where it cites none.
  package var cites: Int64

  package init(
    number: CertificateNumber, endsSequence: Int64, reason: WithdrawalReason, why: String,
    revokes: CertificateRevoked? = nil, cites: Int64 = 0
  ) {
    self.number = number
    self.endsSequence = endsSequence
    self.reason = reason
    self.why = why
    self.revokes = revokes
    self.cites = cites
  }
}
