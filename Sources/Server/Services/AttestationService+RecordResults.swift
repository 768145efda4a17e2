import BitimDomain
import BitimProtocol
import BitimStore

/// The results of a whole session in one act: every error at once, then all or nothing.
extension AttestationService {
  @Sendable static func record(
    _ caller: Caller, _ request: BitimV1.RecordResultsRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RecordResultsResponse {
    guard request.rows.count <= CohortService.rowsMax else {
      throw Refusal(.tooManyRows, ["limit": "\(CohortService.rowsMax)"])
    }
    let session = try Self.session(request.session, transaction.state)
    guard session.seats[caller.personID] != nil else {
      throw Refusal(.notInCommission, column: "session", value: session.code)
    }
    guard session.chair != caller.personID else {
      throw Refusal(.chairRecords, column: "session", value: session.code)
    }
    guard session.heldOn <= caller.today else {
      throw Refusal(.dateInFuture, column: "session", value: session.heldOn.iso)
    }
    var plan = try ResultsPlan(session, recorder: caller.personID, transaction.state)
    var response = BitimV1.RecordResultsResponse()
    var refusals: [Refusal] = []
    for row in request.rows {
      var outcome = BitimV1.RowOutcome()
      outcome.line = row.line
      do {
        outcome.verdict = try plan.add(row, transaction.state)
      } catch let refusal as Refusal {
        outcome.verdict = .refused
        outcome.findings = [BitimV1.Finding(refusal)]
        refusals.append(refusal)
      }
      outcome.personId = plan.lastPerson
      response.rows.append(outcome)
    }
    for result in plan.deed.results {
      if result.outcome == .passed { response.passed += 1 }
      if result.outcome == .failed { response.failed += 1 }
      if result.outcome == .absent { response.absent += 1 }
    }
    let list = WholeList(
      method: BitimV1.AttestationService.recordResults.descriptor,
      validateOnly: request.validateOnly)
    response.recorded = try list.settle(
      plan.deed.results.isEmpty ? [] : [.resultsRecorded(plan.deed)],
      heldOn: session.heldOn, refusals: refusals, caller, transaction)
    return response
  }
}

/// A list of results on its way into the registry.
private struct ResultsPlan {
  var deed: ResultsRecorded
  private(set) var lastPerson: Int64 = 0
  private let session: SessionRecord
  private let cohort: CohortRecord
  private let edition: Edition
  private let recorder: Int64
  /// The cohort's trainees, once somebody was named by a name.
  private var members: Candidates?
  /// How many rows may name somebody of another cohort by a name: each is looked for in the whole
  /// registry, for which the writer's other work waits.
  private static let strangersMax = 100
  private var strangers = 0
  private var seen: Set<Int64> = []
  private var nextID: Int64

  init(
    _ session: SessionRecord, recorder: Int64, _ state: borrowing Snapshot
  ) throws {
    let (cohort, edition) = try AttestationService.frame(of: session, state)
    self.session = session
    self.recorder = recorder
    self.cohort = cohort
    self.edition = edition
    self.nextID = try state.nextResultID()
    self.deed = ResultsRecorded(sessionID: session.id)
  }

  /// Plans one candidate's result.
  ///
  /// - Throws: ``Refusal``; ``StoreFailure``.
  mutating func add(
    _ row: BitimV1.ResultRow, _ state: borrowing Snapshot
  ) throws -> BitimV1.RowVerdict {
    self.lastPerson = 0
    let (person, enrolment) = try self.candidate(row, state)
    self.lastPerson = person
    guard self.seen.insert(person).inserted else {
      throw Refusal(.twiceInFile, column: "candidate", value: row.candidate)
    }
    let scores = try self.scores(row)
    let outcome: ResultOutcome = row.isAbsent ? .absent : try self.edition.outcome(of: scores)
    let sitting = try Sitting(enrolment, state)
    let replaced = sitting.results.first { $0.sessionID == self.session.id && !$0.isAnnulled }
    if let replaced {
      if replaced.outcome == outcome, replaced.scores == scores { return .unchanged }
      guard !replaced.isConfirmed else {
        throw Refusal(.alreadyConfirmed, column: "candidate", value: row.candidate)
      }
      guard replaced.recordedBy == self.recorder else {
        throw Refusal(.notYourRecord, column: "candidate", value: row.candidate)
      }
    }
    let used = sitting.results.filter {
      $0.outcome != .absent && !$0.isAnnulled && $0.id != replaced?.id
    }
    try self.checkCommission(of: person, row, state)
    if outcome != .absent { try self.check(sitting, used: used, row) }
    self.deed.results.append(
      .init(
        id: self.nextID, enrolmentID: enrolment,
        attempt: outcome == .absent ? 0 : used.count + 1, outcome: outcome, scores: scores,
        replacesID: replaced?.id ?? 0))
    self.nextID += 1
    return .added
  }

  /// The trainee a row names, with the enrolment: of this cohort, or of another of the same edition
  /// who sits a retake.
  private mutating func candidate(
    _ row: BitimV1.ResultRow, _ state: borrowing Snapshot
  ) throws -> (person: Int64, enrolment: Int64) {
    let person = try self.person(row.candidate, state)
    if let own = try state.enrolment(ofPerson: person, inCohort: self.cohort.id) {
      return (person, own)
    }
    for enrolment in try state.enrolments(ofPerson: person).reversed() {
      let other = try state.cohort(id: enrolment.cohortID)
      let hasTried = try state.results(ofEnrolment: enrolment.id).contains {
        $0.outcome != .absent
      }
      let fits =
        other?.editionID == self.edition.id
        && other?.organisationID == self.cohort.organisationID
      if fits, hasTried { return (person, enrolment.id) }
    }
    throw Refusal(
      .notEnrolled, column: "candidate", value: row.candidate, ["cohort": self.cohort.code])
  }

  /// Whom a row means: a name means somebody of this cohort before anybody else.
  private mutating func person(_ text: String, _ state: borrowing Snapshot) throws -> Int64 {
    if PersonFinder.isName(text) {
      var members =
        try self.members ?? Candidates(state.enrolments(inCohort: self.cohort.id).map(\.personID))
      defer { self.members = members }
      do {
        return try PersonFinder.person(text, among: &members, column: "candidate", state)
      } catch let refusal as Refusal where refusal.reason == .personUnknown {
        // Somebody of another cohort, perhaps, who sits a retake.
        self.strangers += 1
        guard self.strangers <= Self.strangersMax else {
          throw Refusal(
            .tooManyRows, column: "candidate", value: text, ["limit": "\(Self.strangersMax)"])
        }
      }
    }
    return try PersonFinder.person(text, column: "candidate", state)
  }

  private func scores(_ row: BitimV1.ResultRow) throws(Refusal) -> [Component: Int] {
    var scores: [Component: Int] = [:]
    for score in row.scores {
      guard let component = Component(number: score.component.rawValue) else {
        throw Refusal(.notInList, column: "component")
      }
      guard scores[component] == nil else {
        throw Refusal(.scoreTwice, column: component.rawValue, value: "\(score.points)")
      }
      scores[component] = Int(score.points)
    }
    guard !row.isAbsent || scores.isEmpty else {
      throw Refusal(.scoreNotAsked, column: "absent", value: row.candidate)
    }
    return scores
  }

  /// Nobody in the commission is the candidate or taught him or her.
  private func checkCommission(
    of person: Int64, _ row: BitimV1.ResultRow, _ state: borrowing Snapshot
  ) throws {
    let teachers = try state.lastTaught(person: person)
    for (member, _) in self.session.seats.sorted(by: { $0.key < $1.key }) {
      if member == person {
        throw Refusal(.examinesHimself, column: "candidate", value: row.candidate)
      }
      if let taught = teachers[member],
        Separation.bars(taught: taught, examined: self.session.heldOn)
      {
        throw Refusal(
          .examinerTaught, column: "candidate", value: row.candidate,
          [
            "examiner": PersonNumber.text(member),
            "name": try PersonFinder.name(of: member, in: self.cohort.language, state),
            "day": taught.iso,
          ])
      }
    }
  }

  /// The rules of sitting an attestation at all.
  private func check(
    _ sitting: Sitting, used: [ResultRecord], _ row: BitimV1.ResultRow
  ) throws(Refusal) {
    if let short = Eligibility.hoursShort(sitting.hours, under: self.edition) {
      throw Refusal(
        .hoursShort, column: "candidate", value: row.candidate,
        [
          "kind": short.rule == .hoursTheory ? "theory" : "practice",
          "got": short.arguments["got"] ?? "", "needed": short.arguments["needed"] ?? "",
        ])
    }
    if let last = sitting.lastClass, self.session.heldOn < last {
      throw Refusal(
        .beforeLastClass, column: "candidate", value: row.candidate, ["last": last.iso])
    }
    if used.contains(where: { $0.outcome == .passed }) {
      throw Refusal(.alreadyPassed, column: "candidate", value: row.candidate)
    }
    if used.contains(where: { !$0.isConfirmed }) {
      throw Refusal(.resultPending, column: "candidate", value: row.candidate)
    }
    guard used.count < self.edition.attemptsMax.value else {
      throw Refusal(
        .attemptsUsed, column: "candidate", value: row.candidate,
        ["limit": "\(self.edition.attemptsMax.value)"])
    }
  }
}

/// What the rules of sitting an attestation ask of an enrolment, and no more: a session's results are
/// recorded while others wait.
private struct Sitting {
  let hours: Hours
  let lastClass: CivilDate?
  let results: [ResultRecord]

  init(_ enrolment: Int64, _ state: borrowing Snapshot) throws {
    (self.hours, self.lastClass) = try state.attended(underEnrolment: enrolment)
    self.results = try state.results(ofEnrolment: enrolment)
  }
}
