import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Applications: cases of a registrar of the organisation concerned, or of the School.
extension CaseService {
  @Sendable static func submit(
    _ caller: Caller, _ request: BitimV1.SubmitApplicationRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    guard !request.organisation.isEmpty else {
      throw Refusal(finding: .missing, column: "organisation")
    }
    let organisation = try OrganisationService.organisation(
      request.organisation.normal, transaction.state)
    try caller.mayAct(for: organisation.id)
    if request.personId != 0 {
      try caller.mayActOn(person: request.personId, column: "person", transaction.state)
    }
    let act = try SubmitApplication(
      of: request.personId, request.person.map { PersonForm($0) },
      distinctFrom: request.distinctFrom, evidence: request.distinctEvidence.normal,
      for: AppliedFor(programme: Int(request.programme), organisation: organisation.id),
      category: request.category.normal, consent: request.consentVersion.normal,
      receivedOn: try caller.pastDateOrToday(request.receivedOn, column: "received_on"),
      papers: try Self.papers(request.papers, of: .application, caller), on: caller.today)
    var facts = SubmitApplication.Facts(
      candidates: try caller.candidates(act.traits, transaction.state),
      nextPerson: try transaction.state.nextPersonID(),
      appeal: try Self.cited(request.caseAct, transaction.state))
    try caller.ask(act.inquiry(among: facts.candidates))
    if let person = try act.known(among: facts.candidates) {
      facts.open = try transaction.state.openApplications(of: person, for: act.goal).first {
        try Self.record($0, transaction.state).state(on: caller.today) != .lapsed
      }
    }
    for case .application(let sequence) in (facts.appeal?.contested ?? []).map(\.subject) {
      facts.refused[sequence] = try Self.record(sequence, transaction.state).appliedFor
    }
    let outcome = try act.decided(
      facts, by: caller.personID, persons: transaction.state.persons())
    let sequence = try transaction.record(
      outcome.deed, by: caller.actor, heldOn: act.receivedOn)
    var response = try Self.response(sequence, caller, transaction.state)
    response.findings = outcome.warnings.map { BitimV1.Finding($0) }
    return response
  }

  @Sendable static func decideApplication(
    _ caller: Caller, _ request: BitimV1.DecideApplicationRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    let file = try Self.record(request.act, for: caller, transaction.state)
    var checks: [ApplicationCheck] = []
    for check in request.checks {
      let matter = try CheckedMatter(typed: check.matter.rawValue, column: "check")
      let papers = try Self.papers([check.paper ?? .init()], of: .application, caller)
      checks.append(ApplicationCheck(matter, on: papers[0]))
    }
    let act = try DecideApplication(
      try CaseOutcome(typed: request.outcome.rawValue, column: "outcome"),
      on: try caller.pastDateOrToday(request.heldOn, column: "held_on"),
      reasons: request.reasons.map(\.normal), checks: checks)
    let deed = try act.decided(file, by: caller.number(beside: file.person, transaction.state))
    try transaction.record(deed, by: caller.actor, heldOn: act.day)
    return try Self.response(file.sequence, caller, transaction.state)
  }
}

extension BitimV1.Application {
  /// An application as it is answered.
  init(
    _ application: Application, _ checks: [ApplicationCheck], _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.programme = Int32(application.goal.programme)
    self.organisation =
      try state.organisation(id: application.goal.organisation)?.code ?? ""
    self.category = application.category
    self.consentVersion = application.consent
    self.checks = checks.map { check in
      var message = BitimV1.ApplicationCheck()
      message.matter = .init(check.matter)
      message.paper = .init(check.paper)
      return message
    }
  }
}
