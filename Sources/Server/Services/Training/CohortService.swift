import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore
import Foundation

/// Keeps cohorts; enrolment, its end and hours are in files of their own.
enum CohortService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.CohortService.openCohort, Self.open),
      services.write(BitimV1.CohortService.amendCohort, Self.amend),
      services.write(BitimV1.CohortService.repinCohort, Self.repin),
      services.write(BitimV1.CohortService.cancelCohort, Self.cancel),
      services.write(BitimV1.CohortService.assignTrainer, asksWho: true, Self.assignTrainer),
      services.write(BitimV1.CohortService.unassignTrainer, Self.unassignTrainer),
      services.write(BitimV1.CohortService.replaceTrainer, asksWho: true, Self.replaceTrainer),
      services.write(BitimV1.CohortService.correctHours, Self.correctHours),
      services.write(BitimV1.CohortService.correctClass, Self.correctClass),
      services.write(BitimV1.CohortService.cancelClass, Self.cancelClass),
      services.write(BitimV1.CohortService.withdrawTrainee, Self.withdrawTrainee),
      services.write(BitimV1.CohortService.reinstateTrainee, Self.reinstateTrainee),
      services.write(BitimV1.CohortService.transferTrainee, Self.transferTrainee),
      services.write(BitimV1.CohortService.undoEnrolment, Self.undoEnrolment),
      services.write(BitimV1.CohortService.offerPlace, Self.offerPlace),
      services.write(BitimV1.CohortService.endWaiting, Self.endWaiting),
      services.list(BitimV1.CohortService.getCohort, Self.get),
      services.list(BitimV1.CohortService.listCohorts, Self.list),
      services.list(BitimV1.CohortService.listClasses, Self.listClasses),
      services.write(
        BitimV1.CohortService.enrolTrainees, asksWho: true,
        list: .init(field: 1, rows: Self.rowsMax), Self.enrolAll),
      services.write(
        BitimV1.CohortService.recordHours, list: .init(field: 1, rows: Self.rowsMax),
        Self.recordHours),
      Self.importing(services),
    ]
  }

  /// The cohort with this code; case and look-alike letters are forgiven.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/cohortUnknown``.
  static func cohort(
    _ code: String, column: String = "cohort", _ state: borrowing Snapshot
  ) throws -> CohortRecord {
    guard !code.isEmpty else { throw Refusal(finding: .missing, column: column) }
    if let exact = try state.cohort(code: code) { return exact }
    if let folded = try state.cohort(code: Code.folded(code)) { return folded }
    throw Refusal(finding: .cohortUnknown, column: column, value: code)
  }

  @Sendable private static func open(
    _ caller: Caller, _ request: BitimV1.OpenCohortRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.OpenCohortResponse {
    let asked = request.cohort ?? .init()
    try TextRule.check(asked.code, column: "code")
    let organisation = try OrganisationService.organisation(
      asked.organisation, transaction.state)
    try caller.mayAct(for: organisation.id)
    let act = try OpenCohort(asked)
    let facts = OpenCohort.Facts(
      isCodeTaken: try transaction.state.cohort(code: act.code) != nil,
      organisationID: organisation.id,
      edition: try transaction.state.edition(
        programme: act.programme, code: act.edition, orInForceOn: act.startsOn),
      specialisation: try transaction.state.specialisation(code: act.specialisation),
      entitlement: try transaction.state.entitlement(
        of: organisation.id, to: .train, on: act.startsOn),
      nextID: try transaction.state.nextTrainingIDs().cohort)
    let deed = try act.decided(facts, on: caller.today)
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    let opened = try Self.cohort(act.code, transaction.state)
    var response = BitimV1.OpenCohortResponse()
    response.cohort = try Self.message(opened, transaction.state)
    return response
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetCohortRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetCohortResponse {
    let cohort = try Self.cohort(request.code, column: "code", state)
    try caller.mayAct(for: cohort.organisationID)
    let edition = try state.edition(of: cohort)
    var response = BitimV1.GetCohortResponse()
    response.cohort = try Self.message(cohort, state)
    response.theoryQuartersMin = Int32(edition.theoryQuarters.value)
    response.practiceQuartersMin = Int32(edition.practiceQuarters.value)
    response.isInterrupted = cohort.isInterrupted(
      on: caller.today,
      isEntitled: try state.entitlement(
        of: cohort.organisationID, to: .train, on: cohort.trainingDay(from: caller.today)) != nil)
    let readsOutcomes = try caller.readsOutcomes(ofCohort: cohort.id, state)
    for enrolment in try state.enrolments(inCohort: cohort.id) {
      let file = try EnrolmentFile(enrolment, state)
      var trainee = BitimV1.Trainee()
      trainee.person = try state.line(enrolment.personID, to: caller)
      trainee.enrolledOn = enrolment.enrolledOn.iso
      trainee.theoryQuarters = Int32(file.dossier.hours.theory)
      trainee.practiceQuarters = Int32(file.dossier.hours.practice)
      trainee.madeUpQuarters = Int32(file.dossier.madeUp.total)
      trainee.recognisedTheoryQuarters = Int32(file.dossier.recognised.theory)
      trainee.recognisedPracticeQuarters = Int32(file.dossier.recognised.practice)
      if readsOutcomes { trainee.state = file.dossier.stage.rawValue }
      response.trainees.append(trainee)
    }
    if caller.roles.contains(.registrar) {
      response.waiting = try Self.waiting(in: cohort, caller, state)
    }
    for id in try state.trainers(ofCohort: cohort.id) {
      if let line = try state.line(ofStaff: id, to: caller) { response.trainers.append(line) }
    }
    if !edition.isSeminar {
      response.staffing = try .init(
        Staffing(of: cohort, on: caller.today, state), to: caller, state)
    }
    response.sessions = try state.sessions(ofCohort: cohort.id).map { session in
      var line = BitimV1.SessionLine()
      line.code = session.code
      line.heldOn = session.heldOn.iso
      line.recorded = Int32(session.recorded)
      line.confirmed = Int32(session.confirmed)
      line.isCancelled = session.isCancelled
      return line
    }
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListCohortsRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListCohortsResponse {
    let size = try Pages.size(request.pageSize)
    let prefix = Code.folded(request.prefix)
    let filter = "cohorts:\(prefix)"
    let after = try Pages.key(request.pageToken, filter: filter)
    var page = try state.cohorts(
      prefix: prefix, organisation: caller.isSchool ? 0 : caller.organisationID, after: after,
      limit: size + 1)
    var response = BitimV1.ListCohortsResponse()
    if page.count > size {
      page.removeLast()
      response.nextPageToken = Pages.token(after: page.last?.code ?? "", filter: filter)
    }
    for cohort in page { response.cohorts.append(try Self.message(cohort, state)) }
    return response
  }

  static func message(
    _ cohort: CohortRecord, _ state: borrowing Snapshot
  ) throws -> BitimV1.Cohort {
    var message = BitimV1.Cohort()
    message.id = cohort.id
    message.code = cohort.code
    let edition = try state.edition(id: cohort.editionID)
    message.programme = Int32(edition?.programme ?? 0)
    message.edition = edition?.code ?? ""
    message.organisation = try state.organisation(id: cohort.organisationID)?.code ?? ""
    message.language = .init(rawValue: cohort.language.number)
    message.form = .init(rawValue: cohort.form.number)
    message.startsOn = cohort.startsOn.iso
    message.endsOn = cohort.endsOn.iso
    message.place = cohort.place
    message.isCancelled = cohort.isCancelled
    message.specialisation = try state.specialisation(of: cohort)?.code ?? ""
    return message
  }
}

extension OpenCohort {
  /// What a request asks for.
  ///
  /// - Throws: ``Refusal`` of what can't be read.
  fileprivate init(_ cohort: BitimV1.Cohort) throws(Refusal) {
    let starts = try CivilDate(typed: cohort.startsOn, column: "starts_on")
    let ends = try CivilDate(typed: cohort.endsOn, column: "ends_on")
    let language = try Language(typed: cohort.language.rawValue, column: "language")
    let form = try CourseForm(typed: cohort.form.rawValue, column: "form")
    try TextRule.check(cohort.place, column: "place")
    self.init(
      code: Code.folded(cohort.code), programme: Int(cohort.programme), edition: cohort.edition,
      specialisation: cohort.specialisation.normal, organisation: cohort.organisation,
      language: language, form: form, from: starts, until: ends,
      place: cohort.place)
  }
}

/// Codes of cohorts and sessions as people type them.
enum Code {
  /// Capitals, without white space, composed, Cyrillic look-alikes as Latin letters.
  static func folded(_ text: String) -> String {
    let lookAlikes: [Character: Character] = [
      "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C",
      "Т": "T", "У": "Y", "Х": "X", "І": "I",
    ]
    return String(
      text.precomposedStringWithCanonicalMapping.uppercased().filter { !$0.isWhitespace }
        .map { lookAlikes[$0] ?? $0 })
  }
}
