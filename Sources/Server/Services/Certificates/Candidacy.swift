import BitimDomain
import BitimProtocol
import BitimStore

/// What a certificate is asked for.
struct IssueTarget: Sendable {
  let kind: CertificateKind
  /// 1 to 3; 0 for the School's certificate, ``Edition/seminar`` for attendance.
  let programme: Int
  /// What it would be specialised in, 0 for nothing; nil where whatever is meant.
  var specialisation: Int64?
  /// The cohort of a seminar that was attended; nil where whatever is meant.
  var cohort: Int64?

  /// Reads a target.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``.
  init(_ target: BitimV1.Target) throws(Refusal) {
    switch CertificateKind(number: target.kind.rawValue) {
    case .school:
      self.init(kind: .school, programme: 0)
    case .programme where (1...3).contains(target.programme):
      self.init(kind: .programme, programme: Int(target.programme))
    case .attendance:
      self.init(kind: .attendance, programme: Edition.seminar)
    default:
      throw Refusal(finding: .notInList, column: "target", value: "\(target.programme)")
    }
  }

  init(kind: CertificateKind, programme: Int) {
    self.kind = kind
    self.programme = programme
  }
}

/// How one person stands towards one certificate.
struct Candidacy {
  let person: Int64
  let target: IssueTarget
  /// The enrolment it would rest on; nil for the School's certificate or without one.
  let file: EnrolmentFile?
  let rules: [RuleFinding]
  /// The certificate of the same that is there already.
  let certificate: CertificateNumber?
  /// Whether one of the same programme is there, under whatever enrolment.
  private let isThereElsewhere: Bool
  /// For the School's certificate: the three it rests on, each specialised in whatever, that stand valid today
  ///
  let held: [Int: CertificateNumber]

  /// The names in force, as they would be printed.
  let names: Names

  /// Whether a certificate may be issued now.
  var isEligible: Bool {
    self.certificate == nil && !self.isThereElsewhere && !self.rules.isEmpty
      && self.rules.allSatisfy(\.isMet)
  }

  /// Asks the rules about the person's enrolment in the programme, or in a seminar: the one that is passed if there
  /// is one, else the last; a centre learns of its own enrolments alone. Of several specialisations
  /// the one that is named counts, else the first that waits for its certificate, else the last.
  init(
    person: Int64, _ target: IssueTarget, for caller: Caller, _ state: borrowing Snapshot
  ) throws {
    self.person = person
    self.target = target
    let passed = try state.passed(by: person)
    self.held =
      target.kind == .school ? try state.validPasses(of: person, on: caller.today) : [:]
    self.names = try state.names(of: person)
    let isDead = try state.living().refusal(of: person) != nil
    if target.kind == .school {
      self.file = nil
      self.rules = Eligibility.school(held: self.held) + Eligibility.living(isDead)
      self.certificate = try state.standingCertificate(
        person: person, kind: .school, enrolment: 0)
      self.isThereElsewhere = false
      return
    }
    var last: EnrolmentFile?
    for enrolment in try state.enrolments(ofPerson: person) {
      let file = try EnrolmentFile(enrolment, state)
      guard file.dossier.edition.programme == target.programme,
        target.specialisation.map({ $0 == file.cohort.specialisationID }) ?? true,
        target.cohort.map({ $0 == file.cohort.id }) ?? true,
        caller.isOf(file.cohort.organisationID)
      else { continue }
      let isOther = last.map { $0.study != file.study } ?? false
      let isDone = isOther && last?.dossier.certificate != nil
      let isFurther = !isOther && file.dossier.certificate != nil
      // Of seminars the first whose hours are there and that waits for its certificate.
      if last?.dossier.awaitsAttendance != true,
        last?.dossier.pass == nil || isDone || isFurther
      {
        last = file
      }
    }
    self.file = last
    self.rules =
      last.map { Eligibility.training($0.dossier) + Eligibility.living(isDead) }
      ?? Eligibility.notEnrolled(for: target.kind)
    // One at a time, under whatever enrolment: also where the pass under it was annulled, and another
    // enrolment has one. Of what another organisation trained for a centre is told no number here.
    let study = last?.study ?? Study(target.programme, in: target.specialisation ?? 0)
    let elsewhere =
      target.kind == .attendance
      ? nil : try Self.elsewhere(passed[study], study, of: person, state)
    self.isThereElsewhere = elsewhere != nil
    self.certificate = last?.dossier.certificate ?? (caller.isSchool ? elsewhere : nil)
  }

  /// The certificate of the programme that the natural person holds under whatever enrolment: under another
  /// number an adopted one, too.
  private static func elsewhere(
    _ passed: CertificateNumber?, _ study: Study, of person: Int64, _ state: borrowing Snapshot
  ) throws -> CertificateNumber? {
    if try state.persons().isLinked(person) { return try state.held(by: person)[study] }
    return passed.flatMap { $0.isAdopted ? nil : $0 }
  }
}
