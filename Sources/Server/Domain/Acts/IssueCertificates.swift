/// The decision on certificates, and their issue: of exactly those who were shown and are eligible.
package struct IssueCertificates: Sendable {
  /// Who had a hand in the holder's training and attestation, and when last.
  package struct Hands: Equatable, Sendable {
    /// Who taught the holder in the enrolment that is decided on.
    package var taughtHere: Set<Int64>
    /// Who taught the holder in any, and on which day last.
    package var taught: [Int64: CivilDate]
    /// Who sat in a commission that examined the holder in the enrolment that is decided on.
    package var examinedHere: Set<Int64>
    /// Who sat in any, and on which day last.
    package var examined: [Int64: CivilDate]

    package init(
      taughtHere: Set<Int64>, taught: [Int64: CivilDate], examinedHere: Set<Int64>,
      examined: [Int64: CivilDate]
    ) {
      self.taughtHere = taughtHere
      self.taught = taught
      self.examinedHere = examinedHere
      self.examined = examined
    }

    /// Why `certifier` may not decide on the holder on `today`: for 24 months after the last of it
    /// nil if nothing is against it.
    package func separation(from certifier: Int64, on today: CivilDate) -> Reason? {
      func bars(_ day: CivilDate) -> Bool { day >= today.yearsBefore(Separation.decidedYears) }
      let didTeach = self.taught[certifier].map(bars) ?? false
      if self.taughtHere.contains(certifier) || didTeach { return .decidesOwnTrainee }
      let didExamine = self.examined[certifier].map(bars) ?? false
      if self.examinedHere.contains(certifier) || didExamine { return .decidesOwnCandidate }
      return nil
    }
  }

  /// Somebody who meets every rule of the certificate.
  package struct Candidate: Equatable, Sendable {
    package var personID: Int64
    package var kind: CertificateKind
    /// 1 to 3; 0 for the School's certificate, ``Edition/seminar`` for attendance.
    package var programme: Int
    /// 0 for the School's certificate.
    package var enrolmentID: Int64
    package var hands: Hands
    /// For how many months the certificate is valid; 0 without end.
    package var validityMonths: Int

    package init(
      personID: Int64, kind: CertificateKind, programme: Int, enrolmentID: Int64, hands: Hands,
      validityMonths: Int
    ) {
      self.personID = personID
      self.kind = kind
      self.programme = programme
      self.enrolmentID = enrolmentID
      self.hands = hands
      self.validityMonths = validityMonths
    }
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// Those who are eligible, in the order in which they get their numbers.
    package var candidates: [Candidate]
    /// Whether the School is entitled to issue today.
    package var isEntitled: Bool
    /// The last serial of the year that was given out or burned.
    package var lastSerial: Int64

    package init(candidates: [Candidate], isEntitled: Bool, lastSerial: Int64) {
      self.candidates = candidates
      self.isEntitled = isEntitled
      self.lastSerial = lastSerial
    }
  }

  /// What was decided of one candidate: only the sheet is missing, which has the number on it.
  package struct Grant: Equatable, Sendable {
    package let number: CertificateNumber
    package let candidate: Candidate
    package let issuedOn: CivilDate
    package let validity: Period

    /// The certificate with its secret and its sheet, as both are frozen.
    package func certificate(
      code: CertificateCode, sheet: [UInt8]
    ) -> CertificatesIssued.Certificate {
      .init(
        number: self.number, code: code, personID: self.candidate.personID,
        kind: self.candidate.kind, programme: self.candidate.programme,
        enrolmentID: self.candidate.enrolmentID, issuedOn: self.issuedOn,
        validity: self.validity, sheet: sheet)
    }
  }

  private let kind: CertificateKind
  private let certifier: Int64
  private let roles: Set<Role>
  private let today: CivilDate
  private let persons: NaturalPersons

  /// The decision of `certifier` on a day.
  ///
  /// - Parameters:
  ///   - kind: What is issued: one list is of one kind.
  ///   - roles: In which the decision is made.
  ///   - persons: Which numbers are one natural person's.
  package init(
    of kind: CertificateKind, by certifier: Int64, as roles: Set<Role>,
    on today: CivilDate, persons: NaturalPersons = .apart
  ) {
    self.kind = kind
    self.roles = roles
    self.persons = persons
    self.certifier = certifier
    self.today = today
  }

  /// Gives each candidate the next number of the year.
  ///
  /// - Throws: ``Refusals``: ``Reason/notAllowed``; ``Reason/nothingToIssue``; for each candidate on whom this certifier may
  ///   not decide ``Reason/decidesHimself``, ``Reason/decidesOwnTrainee`` or
  ///   ``Reason/decidesOwnCandidate``; ``Reason/notEntitledToIssue``;
  ///   ``Reason/serialsExhausted``.
  package func decided(_ facts: Facts) throws(Refusals) -> [Grant] {
    // Attendance is a registrar's to state, and no decision on training; all else is a certifier's.
    let role: Role = self.kind == .attendance ? .registrar : .certifier
    guard self.roles.contains(role) else {
      throw Refusals(all: [Refusal(.notAllowed, ["roles": role.rawValue])])
    }
    if facts.candidates.isEmpty { throw Refusals(all: [Refusal(.nothingToIssue)]) }
    let separated = facts.candidates.compactMap { self.separation(from: $0) }
    guard separated.isEmpty else { throw Refusals(all: separated) }
    guard facts.isEntitled else {
      throw Refusals(all: [Refusal(.notEntitledToIssue, ["day": self.today.iso])])
    }
    let year = self.today.parts.year
    var grants: [Grant] = []
    for candidate in facts.candidates {
      let serial = facts.lastSerial + Int64(grants.count) + 1
      guard let number = CertificateNumber(year: year, serial: serial) else {
        throw Refusals(all: [Refusal(.serialsExhausted, ["year": "\(year)"])])
      }
      // Without a last day where the edition sets no months: the law sets no term.
      grants.append(
        Grant(
          number: number, candidate: candidate, issuedOn: self.today,
          validity: Period(from: self.today, months: candidate.validityMonths)))
    }
    return grants
  }

  /// Why this certifier may not decide on a candidate; nil if nothing is against it.
  ///
  /// For the School's certificate, which rests on certificates alone, one's own is the only bar; for attendance, which
  /// nobody passes, too.
  package func separation(from candidate: Candidate) -> Refusal? {
    self.bar(of: candidate).map { Refusal($0, ["who": PersonNumber.text(candidate.personID)]) }
  }

  private func bar(of candidate: Candidate) -> Reason? {
    if self.persons.areOne(candidate.personID, self.certifier) { return .decidesHimself }
    return switch candidate.kind {
    case .school, .attendance: nil
    case .programme, .adopted: candidate.hands.separation(from: self.certifier, on: self.today)
    }
  }
}
