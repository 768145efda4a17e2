import BitimDomain
import BitimProtocol
import BitimStore

/// What a caller may read of a person, of marks and of a certificate; `schema/readers.tsv` says it field
/// by field.
extension Caller {
  /// Whether it is the School, or this organisation: a centre reads nothing of others.
  func isOf(_ organisation: Int64) -> Bool {
    self.isSchool || self.organisationID == organisation
  }

  /// Whether the year of birth is for the caller: for registrars, certifiers and auditors, of people
  /// their organisation knows.
  func readsBirthYear(of person: Int64, _ state: borrowing Snapshot) throws -> Bool {
    guard !self.roles.isDisjoint(with: [.registrar, .certifier, .auditor]) else { return false }
    return try self.knows(person, state)
  }

  /// Whether the marks of a session of the caller's organisation are for the caller: for its seats,
  /// for registrars, certifiers and auditors.
  func readsMarks(of session: SessionRecord) -> Bool {
    !self.roles.isDisjoint(with: [.registrar, .certifier, .auditor])
      || session.seats[self.personID] != nil
  }

  /// Whether the caller may read how the trainees of a cohort did: besides those who read marks, its
  /// trainers, and who sits in a commission that examines it.
  func readsOutcomes(ofCohort id: Int64, _ state: borrowing Snapshot) throws -> Bool {
    if !self.roles.isDisjoint(with: [.registrar, .certifier, .auditor]) { return true }
    if try self.trains(cohort: id, state) { return true }
    return try self.roles.contains(.examiner) && state.examines(person: self.personID, cohort: id)
  }

  /// Whether the caller is a trainer of this cohort.
  func trains(cohort id: Int64, _ state: borrowing Snapshot) throws -> Bool {
    try self.roles.contains(.trainer) && state.trainers(ofCohort: id).contains(self.personID)
  }

  /// Refuses to explain how somebody stands to whom it is not for: to trainers and examiners whose
  /// cohort it is not.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notAllowed``; ``StoreFailure``.
  func mayReadRules(of candidacy: Candidacy, _ state: borrowing Snapshot) throws {
    guard self.roles.isDisjoint(with: [.registrar, .certifier]) else { return }
    guard let cohort = candidacy.file?.cohort, try self.readsOutcomes(ofCohort: cohort.id, state)
    else { throw Refusal(finding: .notAllowed, ["roles": "certifier, registrar"]) }
  }

  /// Whether the whole ground of a revocation or suspension is for the caller: for the School's own people, and for
  /// partners whose agreement has it.
  var readsGrounds: Bool { self.isOfSchool || self.terms?.has(.reasons) == true }

  /// Whether a watch tells the caller of a certificate: a centre of those it trained for, the School
  /// and partners of all.
  func watches(_ certificate: CertificateRecord, _ state: borrowing Snapshot) throws -> Bool {
    if self.isSchool || self.roles.contains(.verifier) { return true }
    return try state.organisation(training: certificate.enrolmentID) == self.organisationID
  }
}

extension BitimV1.GetSessionResponse {
  /// The session as a caller may read it: without marks, and to whom not even outcomes are shown
  /// without those. The digest goes with the marks: who tries them all would find them by it.
  func shown(
    to caller: Caller, _ session: SessionRecord, _ state: borrowing Snapshot
  ) throws -> Self {
    if caller.readsMarks(of: session) { return self }
    // A trainer reads of the own cohort's trainees, and not of who came from elsewhere.
    let own =
      try caller.trains(cohort: session.cohortID, state)
      ? Set(state.enrolments(inCohort: session.cohortID).map(\.personID)) : []
    var shown = self
    shown.resultsDigest = ""
    shown.interests = []
    for index in shown.candidates.indices {
      shown.candidates[index].scores = []
      shown.candidates[index].why = ""
      shown.candidates[index].excuseDatedOn = ""
      if own.contains(shown.candidates[index].personId) { continue }
      shown.candidates[index].outcome = .unspecified
      shown.candidates[index].attempt = 0
      shown.candidates[index].isConfirmed = false
      shown.candidates[index].isAnnulled = false
    }
    return shown
  }
}

extension RuleFinding {
  /// The rule as a caller may read it: age and education are for registrars and certifiers.
  func shown(to caller: Caller) -> RuleFinding {
    guard caller.roles.isDisjoint(with: [.registrar, .certifier]) else { return self }
    let hidden: Set<String> = ["age", "education", "why"]
    let kept = self.arguments.filter { !hidden.contains($0.key) }
    return RuleFinding(self.rule, isMet: self.isMet, kept, basis: self.basis)
  }
}
