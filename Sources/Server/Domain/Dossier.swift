/// What the School knows of one person towards one certificate; the rules are asked of it.
public struct Dossier: Sendable {
  /// A result that counts, or doesn't yet.
  public struct Result: Equatable, Sendable {
    public var outcome: ResultOutcome
    public var isConfirmed: Bool
    public var isAnnulled: Bool
    public var heldOn: CivilDate
    public var protocolNumber: String

    /// Describes a result.
    public init(
      outcome: ResultOutcome, isConfirmed: Bool, isAnnulled: Bool, heldOn: CivilDate,
      protocolNumber: String
    ) {
      self.outcome = outcome
      self.isConfirmed = isConfirmed
      self.isAnnulled = isAnnulled
      self.heldOn = heldOn
      self.protocolNumber = protocolNumber
    }
  }

  public var edition: Edition
  public var enrolledOn: CivilDate
  public var admission: Admission
  public var hours: Hours
  /// The first and last day of a class attended.
  public var trained: (from: CivilDate, until: CivilDate)?
  /// Class days on which the organisation was not entitled to train.
  public var daysNotEntitled: [CivilDate]
  public var results: [Result]
  public var hasLatinName: Bool
  /// The number of the certificate that rests on this enrolment.
  public var certificate: CertificateNumber?

  /// Gathers a dossier.
  public init(
    edition: Edition, enrolledOn: CivilDate, admission: Admission, hours: Hours,
    trained: (from: CivilDate, until: CivilDate)?, daysNotEntitled: [CivilDate],
    results: [Result], hasLatinName: Bool, certificate: CertificateNumber?
  ) {
    self.edition = edition
    self.enrolledOn = enrolledOn
    self.admission = admission
    self.hours = hours
    self.trained = trained
    self.daysNotEntitled = daysNotEntitled
    self.results = results
    self.hasLatinName = hasLatinName
    self.certificate = certificate
  }

  /// The result that counts as passed.
  public var pass: Result? {
    self.results.first { $0.outcome == .passed && $0.isConfirmed && !$0.isAnnulled }
  }

  /// How many attempts are used: absence uses none, annulment gives one back.
  public var attemptsUsed: Int {
    self.results.filter { $0.outcome != .absent && !$0.isAnnulled }.count
  }
}
