/// What the School knows of one person towards one certificate; the rules are asked of it.
package struct Dossier: Sendable {
  package var edition: Edition
  /// The start of training: the later of the first day and of its cohort's.
  package var startedOn: CivilDate
  package var admission: Admission
  /// What was attended.
  package var hours: Hours
  /// Those of them that made up what was missed.
  package var madeUp: Hours
  /// What is recognised beside it, of training elsewhere.
  package var recognised: Hours
  /// The first and last day of a class attended.
  package var trained: (from: CivilDate, until: CivilDate)?
  /// Class days on which the organisation was not entitled to train.
  package var daysNotEntitled: [CivilDate]
  package var results: [ResultRecord]
  package var hasLatinName: Bool
  /// The number of the certificate that rests on this enrolment.
  package var certificate: CertificateNumber?
  /// The refusal to certify that stands against the pass.
  package var refusal: CertificateRefusal?

  /// Gathers a dossier.
  package init(
    edition: Edition, startedOn: CivilDate, admission: Admission, hours: Hours,
    trained: (from: CivilDate, until: CivilDate)?, daysNotEntitled: [CivilDate],
    results: [ResultRecord], hasLatinName: Bool, certificate: CertificateNumber?,
    refusal: CertificateRefusal? = nil, madeUp: Hours = Hours.none,
    recognised: Hours = Hours.none
  ) {
    self.madeUp = madeUp
    self.recognised = recognised
    self.edition = edition
    self.startedOn = startedOn
    self.admission = admission
    self.hours = hours
    self.trained = trained
    self.daysNotEntitled = daysNotEntitled
    self.results = results
    self.hasLatinName = hasLatinName
    self.certificate = certificate
    self.refusal = refusal
  }

  /// What counts towards the minimum.
  package var counted: Hours { self.hours + self.recognised }

  /// The result that counts as passed.
  package var pass: ResultRecord? { self.results.pass }

  /// The last attempt that was confirmed, the annulled ones too.
  private var lastAttempt: ResultRecord? {
    self.results.last { $0.usesAttempt && $0.isConfirmed }
  }

  /// The last attempt, if it was annulled.
  package var annulled: ResultRecord? {
    self.lastAttempt.flatMap { $0.isAnnulled ? $0 : nil }
  }

  /// Where the enrolment stands; an annulled result is shown as annulled.
  package var stage: EnrolmentStage {
    // Nobody passes a seminar.
    if self.edition.isSeminar { return self.certificate != nil ? .attended : .enrolled }
    if self.pass != nil { return self.certificate != nil ? .certified : .passed }
    guard let last = self.lastAttempt else { return .enrolled }
    return last.isAnnulled ? .annulled : .failed
  }

  /// Whether attendance waits to be stated: a seminar's hours are there, and nothing is issued.
  package var awaitsAttendance: Bool {
    self.edition.isSeminar && self.certificate == nil
      && Eligibility.hoursShort(self.counted, under: self.edition) == nil
  }

  /// Whether another attempt waits: the last that was confirmed was failed, none is under way, and one is
  /// left.
  package var awaitsRetake: Bool {
    self.stage == .failed && self.attemptsUsed < self.edition.attemptsMax.value
      && !self.results.contains { !$0.isConfirmed && !$0.isMereAbsence }
  }

  /// How many attempts are used: annulment gives one back.
  package var attemptsUsed: Int { self.results.attemptsUsed }
}
