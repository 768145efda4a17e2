import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimStore

/// The decision and the issue: what was previewed is what is issued, each certificate once.
extension CertificateService {
  @Sendable static func preview(
    _ caller: Caller, _ request: BitimV1.PreviewIssueRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.PreviewIssueResponse {
    let candidacies = try Self.candidacies(
      request.cohort, request.personId, request.target, state)
    for candidacy in candidacies { try caller.mayActOn(person: candidacy.person, state) }
    var response = BitimV1.PreviewIssueResponse()
    for candidacy in candidacies {
      var line = BitimV1.PreviewLine()
      line.person = try state.line(candidacy.person)
      line.isEligible = candidacy.isEligible
      line.missing = candidacy.rules.filter { !$0.isMet }.map { BitimV1.RuleFinding($0) }
      line.certificateNumber = candidacy.certificate?.text ?? ""
      response.lines.append(line)
    }
    response.digest = Self.digest(candidacies)
    return response
  }

  @Sendable static func issue(
    _ caller: Caller, _ request: BitimV1.IssueCertificatesRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.IssueCertificatesResponse {
    let candidacies = try Self.candidacies(
      request.cohort, request.personId, request.target, transaction.state)
    guard request.previewDigest == Self.digest(candidacies) else {
      throw Refusal(.previewOutdated, column: "preview_digest")
    }
    let eligible = candidacies.filter(\.isEligible)
    guard !eligible.isEmpty else { throw Refusal(.nothingToIssue) }
    var refusals: [Refusal] = []
    for candidacy in eligible {
      let reason = Separation.decision(
        by: caller.personID, on: candidacy.person,
        trainers: try transaction.state.trainers(ofPerson: candidacy.person),
        examiners: try transaction.state.examiners(ofPerson: candidacy.person))
      if let reason {
        refusals.append(Refusal(reason, ["who": PersonNumber.text(candidacy.person)]))
      }
    }
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    var press = try Press(caller, transaction.state)
    var deed = CertificatesIssued()
    var response = BitimV1.IssueCertificatesResponse()
    for candidacy in eligible {
      let code = try Self.code(transaction.randomOctets(CertificateCode.octetCount))
      let certificate = try press.certificate(for: candidacy, code: code, transaction.state)
      deed.certificates.append(certificate)
      var line = BitimV1.IssuedLine()
      line.person = try transaction.state.line(candidacy.person)
      line.number = certificate.number.text
      line.code = code.text
      response.issued.append(line)
    }
    try transaction.record(
      .certificatesIssued(deed), by: caller.actor, heldOn: caller.today)
    return response
  }

  private static func code(_ octets: [UInt8]) throws -> CertificateCode {
    guard let code = CertificateCode(octets: octets) else {
      throw StoreFailure(kind: .other, "the system gave too few random octets")
    }
    return code
  }

  /// Those a request is about: a cohort's trainees, or one person.
  private static func candidacies(
    _ cohort: String, _ person: Int64, _ target: BitimV1.Target?, _ state: borrowing Snapshot
  ) throws -> [Candidacy] {
    if person != 0 {
      guard try state.hasPerson(person) else { throw Refusal(.personUnknown, column: "person") }
      let target = try IssueTarget(target ?? .init())
      return [try Candidacy(person: person, target, state)]
    }
    let record = try CohortService.cohort(cohort, state)
    let programme = try state.edition(id: record.editionID)?.programme ?? 0
    let asked = try target.map { message throws(Refusal) in try IssueTarget(message) }
    let target = asked ?? IssueTarget(kind: .programme, programme: programme)
    var candidacies: [Candidacy] = []
    for enrolment in try state.enrolments(inCohort: record.id) {
      candidacies.append(try Candidacy(person: enrolment.personID, target, state))
    }
    return candidacies
  }

  /// Names exactly those who are eligible, and on what their certificates would rest.
  private static func digest(_ candidacies: [Candidacy]) -> String {
    // Whatever the sheet will say of the holder is in it: a rename or another protocol between
    // preview and approval makes another digest.
    let lines = candidacies.filter(\.isEligible).map { candidacy in
      let held =
        candidacy.target.kind == .school
        ? candidacy.held.sorted { $0.key < $1.key }.map(\.value.text).joined(separator: ",") : ""
      return "\(candidacy.person) \(candidacy.target.kind.rawValue) "
        + "\(candidacy.file?.enrolment.id ?? 0) \(candidacy.dossierDigest) \(held) "
        + Hex.text(SHA256.digest(BitimV1.Names(candidacy.names).encoded))
    }
    return ShownDigest.text(of: lines)
  }
}

extension Candidacy {
  /// What the sheet would say of the training.
  fileprivate var dossierDigest: String {
    guard let dossier = self.file?.dossier else { return "-" }
    return "\(dossier.edition.id) \(dossier.hours.theory) \(dossier.hours.practice) "
      + "\(dossier.trained?.from.iso ?? "") \(dossier.trained?.until.iso ?? "") "
      + "\(dossier.pass?.heldOn.iso ?? "") \(dossier.pass?.protocolNumber ?? "")"
  }
}
