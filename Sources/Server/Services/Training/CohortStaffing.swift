import BitimDomain
import BitimProtocol
import BitimStore

extension Staffing {
  /// Who may examine and certify the trainees of a cohort on a day.
  init(of cohort: CohortRecord, on day: CivilDate, _ state: borrowing Snapshot) throws {
    let school = try state.school()?.id ?? 0
    let edition = try state.edition(of: cohort)
    var trainees: [Trainee] = []
    for enrolment in try state.enrolments(inCohort: cohort.id) {
      let certificate = try state.standingCertificate(
        person: enrolment.personID, kind: edition.certificateKind, enrolment: enrolment.id)
      let results = try state.results(ofEnrolment: enrolment.id)
      // Who has failed for good waits for nobody, nor does who attends a seminar.
      let isOver = results.pass == nil && results.attemptsUsed >= edition.attemptsMax.value
      if certificate != nil || isOver { continue }
      let candidate = SessionCandidate(
        person: enrolment.personID, results: results,
        teachers: try AttestationService.teachers(of: enrolment, state))
      trainees.append(
        Trainee(candidate, hands: try .init(of: enrolment.personID, in: enrolment.id, state)))
    }
    self.init(
      Facts(
        examiners: try state.people(with: .examiner, in: [school, cohort.organisationID]),
        certifiers: try state.people(with: .certifier, in: [school]),
        trainers: Set(try state.trainers(ofCohort: cohort.id)), trainees: trainees,
        seats: edition.commissionMin.value,
        isSeated: try state.sessions(ofCohort: cohort.id).contains {
          !$0.isCancelled && ($0.recorded == 0 || $0.confirmed < $0.recorded)
        }, persons: try state.persons()),
      on: day)
  }
}

extension BitimV1.Staffing {
  /// As it is answered; of another's staff the name alone.
  init(_ staffing: Staffing, to caller: Caller, _ state: borrowing Snapshot) throws {
    self.init()
    func lines(_ people: [Int64]) throws -> [BitimV1.PersonLine] {
      try people.compactMap { try state.line(ofStaff: $0, to: caller) }
    }
    self.maySit = try lines(staffing.maySit)
    self.mayDecide = try lines(staffing.mayDecide)
    self.toInvite = Int32(staffing.toInvite)
    self.lacksDecider = staffing.lacksDecider
  }
}
