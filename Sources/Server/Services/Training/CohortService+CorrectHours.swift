import BitimDomain
import BitimProtocol
import BitimStore

/// Corrects hours that are recorded: done at once, or proposed where a result rests on them.
extension CohortService {
  @Sendable static func correctHours(
    _ caller: Caller, _ request: BitimV1.CorrectHoursRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectHoursResponse {
    let (cohort, _) = try Self.place(
      of: request.personId, in: request.cohort, caller, transaction.state)
    let act = try CorrectHours(
      of: request.personId, in: cohort.id,
      heldOn: try caller.pastDate(request.heldOn, column: "held_on"),
      starts: try ClassTime.minute(typed: request.startsAt, column: "starts_at"),
      theory: Int(request.theoryQuarters), practice: Int(request.practiceQuarters),
      for: try HoursCorrection(typed: request.reason.rawValue, column: "reason"),
      evidence: request.evidence.normal)
    let facts = try Self.facts(of: act, transaction.state)
    let decision = try act.decided(
      facts, by: try caller.recorder(beside: act.person, transaction.state),
      isSchool: caller.isSchool, on: caller.today)
    var response = BitimV1.CorrectHoursResponse()
    response.theoryQuartersBefore = Int32(facts.there?.theory ?? 0)
    response.practiceQuartersBefore = Int32(facts.there?.practice ?? 0)
    response.proposal = try ProposedAct.correctHours(act).settle(
      decision, by: caller, transaction)
    return response
  }

  /// What the rules ask of the class that the act names.
  static func facts(
    of act: CorrectHours, _ state: borrowing Snapshot
  ) throws -> CorrectHours.Facts {
    guard let cohort = try state.cohort(id: act.cohort) else {
      throw StoreFailure.corrupt("a correction of hours: its cohort is not there")
    }
    let place = try state.place(ofPerson: act.person, inCohort: act.cohort)
    let held = try Self.heldClass(of: cohort, on: act.heldOn, starts: act.starts, state)
    let id = place.last?.id ?? 0
    let results = try state.results(ofEnrolment: id).filter { !$0.isAnnulled }
    let edition = try state.edition(of: cohort)
    let certificate = try state.standingCertificate(
      person: act.person, kind: edition.certificateKind, enrolment: id)
    let others = try state.classes(attendedBy: act.person, around: act.heldOn)
      .filter { $0.held.id != held.id && $0.held.time.day == act.heldOn }
    return CorrectHours.Facts(
      held: held, cohort: cohort.code, edition: edition, place: place,
      there: try state.attendance(enrolment: id, inClass: held.id),
      stage: certificate != nil ? .certificate : results.isEmpty ? .nothing : .result,
      hasPass: results.contains { $0.outcome == .passed },
      others: others.reduce(0) { $0 + $1.hours.total },
      missed: try state.madeUp(by: held).map {
        try state.missed(underEnrolment: id, of: $0, besides: held.id)
      },
      here: try state.makeUp(ofClass: held.id).map { _ in
        try state.missed(underEnrolment: id, of: held)
      })
  }
}

extension BitimV1.HoursShown {
  /// What the correction would change, as things stand: whether it can be done or not.
  init(correcting act: CorrectHours, _ state: borrowing Snapshot) throws {
    self.init()
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.cohort = try state.cohort(id: act.cohort)?.code ?? ""
    self.heldOn = act.heldOn.iso
    self.startsAt = ClassTime.text(act.starts)
    let place = try state.place(ofPerson: act.person, inCohort: act.cohort)
    if let held = try state.heldClass(cohort: act.cohort, day: act.heldOn, starts: act.starts),
      let there = try state.attendance(enrolment: place.last?.id ?? 0, inClass: held.id)
    {
      self.theoryQuartersBefore = Int32(there.theory)
      self.practiceQuartersBefore = Int32(there.practice)
    }
    self.theoryQuartersAfter = Int32(act.hours.theory)
    self.practiceQuartersAfter = Int32(act.hours.practice)
    self.reason = .init(act.reason)
    self.evidence = act.evidence
  }
}

extension Caller {
  /// As whom the caller corrects the hours of a person.
  fileprivate func recorder(
    beside person: Int64, _ state: borrowing Snapshot
  ) throws -> RecordHours.Recorder {
    let number = try self.number(beside: person, state)
    return .init(personID: number, isRegistrar: self.recorder.isRegistrar)
  }

  /// As whom the caller records hours.
  var recorder: RecordHours.Recorder {
    .init(personID: self.personID, isRegistrar: self.roles.contains(.registrar))
  }
}
