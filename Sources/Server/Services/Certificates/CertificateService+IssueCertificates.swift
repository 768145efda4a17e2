import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimStore

/// The decision and the issue: what was previewed is what is issued, each certificate once.
extension CertificateService {
  @Sendable static func preview(
    _ caller: Caller, _ request: BitimV1.PreviewIssueRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.PreviewIssueResponse {
    let (kind, candidacies) = try Self.candidacies(
      request.cohort, request.personId, request.target, caller, state)
    // Who decides is told here what a decision would be refused for, and not when it is approved; and is shown the
    // sheets, under which his or her name will stand.
    let mayDecide =
      caller.isSchool && caller.roles.contains(kind == .attendance ? .registrar : .certifier)
    let decision = mayDecide ? try caller.decision(on: kind, state) : nil
    let press = mayDecide ? try Press(caller, state) : nil
    var response = BitimV1.PreviewIssueResponse()
    for candidacy in candidacies {
      var line = BitimV1.PreviewLine()
      line.person = try state.line(candidacy.person, to: caller)
      line.isEligible = candidacy.isEligible
      line.missing = candidacy.rules.filter { !$0.isMet }.map { BitimV1.RuleFinding($0) }
      line.certificateNumber = candidacy.certificate?.text ?? ""
      line.invited = try Self.invited(to: candidacy, caller, state)
      if candidacy.isEligible, let decision {
        line.separation = try decision.separation(from: candidacy.candidate(state))
          .map { BitimV1.Finding($0) }
      }
      if candidacy.isEligible { line.sheet = try press?.specimen(of: candidacy, state) }
      response.lines.append(line)
    }
    response.digest = Self.digest(candidacies)
    return response
  }

  /// Who sat by an invitation in the commission before which somebody passed.
  private static func invited(
    to candidacy: Candidacy, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> [BitimV1.InvitedExaminer] {
    guard let pass = candidacy.file?.dossier.results.pass,
      let session = try state.session(id: pass.sessionID)
    else { return [] }
    return try session.invitations.sorted { $0.key < $1.key }.map { person, invitation in
      var examiner = BitimV1.InvitedExaminer()
      examiner.person = try state.line(person, to: caller)
      examiner.invitation = .init(invitation)
      return examiner
    }
  }

  @Sendable static func issue(
    _ caller: Caller, _ request: BitimV1.IssueCertificatesRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.IssueCertificatesResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let (kind, candidacies) = try Self.candidacies(
      request.cohort, request.personId, request.target, caller, transaction.state)
    try Approval.check(
      request.previewDigest, is: Self.digest(candidacies), column: "preview_digest",
      else: .previewOutdated)
    let eligible = candidacies.filter(\.isEligible)
    let today = caller.today
    let press = try Press(caller, transaction.state)
    let facts = IssueCertificates.Facts(
      candidates: try eligible.map { try $0.candidate(transaction.state) },
      isEntitled: press.entitlement != nil,
      lastSerial: try transaction.state.lastSerial(year: today.parts.year))
    let grants = try caller.decision(on: kind, transaction.state).decided(facts)
    var deed = CertificatesIssued()
    for (candidacy, grant) in zip(eligible, grants) {
      let code = try CertificateCode(drawn: transaction.randomOctets(CertificateCode.octetCount))
      let sheet = try press.sheet(of: candidacy, grant, transaction.state)
      deed.certificates.append(grant.certificate(code: code, sheet: sheet.encoded))
    }
    try transaction.record(.certificatesIssued(deed), by: caller.actor, heldOn: today)
    var response = BitimV1.IssueCertificatesResponse()
    response.issued = try deed.certificates.map { certificate in
      var line = BitimV1.IssuedLine()
      line.person = try transaction.state.line(certificate.personID, to: caller)
      line.number = certificate.number.text
      line.code = certificate.code.text
      return line
    }
    return response
  }

  /// Those a request is about: a cohort's trainees, or one person.
  private static func candidacies(
    _ cohort: String, _ person: Int64, _ target: BitimV1.Target?, _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> (kind: CertificateKind, [Candidacy]) {
    if person != 0 {
      try caller.mayActOn(person: person, column: "person", state)
      let target = try IssueTarget(target ?? .init())
      return (target.kind, [try Candidacy(person: person, target, for: caller, state)])
    }
    let record = try CohortService.cohort(cohort, state)
    try caller.mayAct(for: record.organisationID)
    let edition = try state.edition(of: record)
    let asked = try target.map { message throws(Refusal) in try IssueTarget(message) }
    // Of programme 2 in what the cohort is specialised, whatever else its trainees take; of seminars this one.
    var target =
      asked ?? IssueTarget(kind: edition.certificateKind, programme: edition.programme)
    if target.programme == edition.programme { target.specialisation = record.specialisationID }
    if target.kind == .attendance { target.cohort = record.id }
    var candidacies: [Candidacy] = []
    for enrolment in try state.enrolments(inCohort: record.id) {
      candidacies.append(try Candidacy(person: enrolment.personID, target, for: caller, state))
    }
    return (target.kind, candidacies)
  }

  /// Names exactly those who are eligible, and what their certificates would say: whatever the sheet
  /// will have of holder and training is in it, so that a rename or another protocol between preview
  /// and approval makes another digest.
  private static func digest(_ candidacies: [Candidacy]) -> String {
    var shown = BitimV1.PreviewApproved()
    shown.lines = candidacies.filter(\.isEligible).map(\.approved)
    return ShownDigest.text(of: "IssueCertificates", shown)
  }
}

extension Caller {
  /// The caller's decision on certificates.
  fileprivate func decision(
    on kind: CertificateKind, _ state: borrowing Snapshot
  ) throws -> IssueCertificates {
    IssueCertificates(
      of: kind, by: self.personID, as: self.roles, on: self.today, persons: try state.persons())
  }
}

extension CertificateCode {
  /// The code of octets that the system drew.
  init(drawn octets: [UInt8]) throws {
    guard let code = CertificateCode(octets: octets) else {
      throw StoreFailure(kind: .other, "the system gave too few random octets")
    }
    self = code
  }
}

extension IssueCertificates.Hands {
  /// Who had a hand in somebody's training and attestation.
  ///
  /// - Parameter enrolment: The one that is decided on; 0 for none.
  init(of person: Int64, in enrolment: Int64, _ state: borrowing Snapshot) throws {
    self.init(
      taughtHere: try state.trainers(ofEnrolment: enrolment),
      taught: try state.lastTaught(person: person),
      examinedHere: try state.examiners(ofEnrolment: enrolment),
      examined: try state.lastExamined(person: person))
  }
}

extension Candidacy {
  /// What is approved of somebody.
  fileprivate var approved: BitimV1.PreviewApproved.Line {
    var line = BitimV1.PreviewApproved.Line()
    line.personId = self.person
    line.names = .init(self.names)
    line.target = .init()
    line.target?.kind = .init(self.target.kind)
    line.target?.programme = Int32(self.target.programme)
    line.enrolmentId = self.file?.enrolment.id ?? 0
    if self.target.kind == .school {
      line.basedOn = self.held.sorted { $0.key < $1.key }.map(\.value.text)
    }
    guard let dossier = self.file?.dossier else { return line }
    line.editionId = dossier.edition.id
    line.theoryQuarters = Int32(dossier.hours.theory)
    line.practiceQuarters = Int32(dossier.hours.practice)
    line.recognisedTheoryQuarters = Int32(dossier.recognised.theory)
    line.recognisedPracticeQuarters = Int32(dossier.recognised.practice)
    line.trainedFrom = dossier.trained?.from.iso ?? ""
    line.trainedUntil = dossier.trained?.until.iso ?? ""
    line.attestedOn = dossier.pass?.heldOn.iso ?? ""
    line.protocolNumber = dossier.pass?.protocolNumber ?? ""
    return line
  }

  /// What the decision asks of somebody.
  fileprivate func candidate(
    _ state: borrowing Snapshot
  ) throws -> IssueCertificates.Candidate {
    let enrolment = self.file?.enrolment.id ?? 0
    return IssueCertificates.Candidate(
      personID: self.person, kind: self.target.kind, programme: self.target.programme,
      enrolmentID: enrolment, hands: try .init(of: self.person, in: enrolment, state),
      validityMonths: self.file?.dossier.edition.validityMonths.value ?? 0)
  }
}
