import BitimDomain
import BitimProtocol

// Cohorts, enrolments, classes and hours, sessions and results, as records hold them.

extension BitimJournalV1.CohortOpened {
  init(_ deed: CohortOpened) {
    self.init()
    var cohort = BitimJournalV1.Cohort()
    cohort.id = deed.cohort.id
    cohort.code = deed.cohort.code
    cohort.language = .init(deed.cohort.language)
    cohort.form = .init(deed.cohort.form)
    cohort.startsOn = deed.cohort.startsOn.iso
    cohort.endsOn = deed.cohort.endsOn.iso
    cohort.place = deed.cohort.place
    self.cohort = cohort
    self.editionId = deed.cohort.editionID
    self.organisationId = deed.cohort.organisationID
    self.specialisationId = deed.cohort.specialisationID
  }
}

extension CohortOpened {
  init(_ message: BitimJournalV1.CohortOpened) throws {
    let cohort = message.cohort ?? .init()
    self.init(
      CohortRecord(
        id: cohort.id, code: cohort.code, editionID: message.editionId,
        organisationID: message.organisationId, language: try Record.word(cohort.language),
        form: try Record.word(cohort.form), startsOn: try Record.day(cohort.startsOn),
        endsOn: try Record.day(cohort.endsOn), place: cohort.place,
        specialisationID: message.specialisationId))
  }
}

extension BitimJournalV1.CohortAmended {
  init(_ deed: CohortAmended) {
    self.init()
    self.cohortId = deed.cohortID
    self.startsOn = deed.startsOn.iso
    self.endsOn = deed.endsOn.iso
    self.form = .init(deed.form)
    self.place = deed.place
    self.why = deed.why
  }
}

extension CohortAmended {
  init(_ message: BitimJournalV1.CohortAmended) throws {
    self.init(
      cohortID: message.cohortId, startsOn: try Record.day(message.startsOn),
      endsOn: try Record.day(message.endsOn), form: try Record.word(message.form),
      place: message.place, why: message.why)
  }
}

extension BitimJournalV1.CohortCancelled {
  init(_ deed: CohortCancelled) {
    self.init()
    self.cohortId = deed.cohortID
    self.enrolmentIds = deed.enrolmentIDs
    self.lastDay = deed.lastDay.iso
    self.why = deed.why
  }
}

extension CohortCancelled {
  init(_ message: BitimJournalV1.CohortCancelled) throws {
    self.init(
      cohortID: message.cohortId, enrolmentIDs: message.enrolmentIds,
      lastDay: try Record.day(message.lastDay), why: message.why)
  }
}

extension BitimJournalV1.TrainerAssigned {
  init(_ deed: TrainerAssigned) {
    self.init()
    self.cohortId = deed.cohortID
    self.personId = deed.personID
    self.evidence = deed.evidence
  }
}

extension TrainerAssigned {
  init(_ message: BitimJournalV1.TrainerAssigned) {
    self.init(
      cohortID: message.cohortId, personID: message.personId, evidence: message.evidence)
  }
}

extension BitimJournalV1.TraineesEnrolled {
  init(_ deed: TraineesEnrolled) {
    self.init()
    self.people = deed.people.map { .init($0) }
    self.enrolments = deed.enrolments.map { enrolment in
      var message = Enrolment()
      message.id = enrolment.id
      message.personId = enrolment.personID
      message.cohortId = enrolment.cohortID
      message.enrolledOn = enrolment.enrolledOn.iso
      return message
    }
    self.dismissed = deed.dismissed.map { .init($0) }
    self.waiting = deed.waiting.map { waiting in
      var message = BitimJournalV1.Waiting()
      message.personId = waiting.personID
      message.cohortId = waiting.cohortID
      message.since = waiting.since.iso
      return message
    }
  }
}

extension TraineesEnrolled {
  init(_ message: BitimJournalV1.TraineesEnrolled) throws {
    self.init(
      people: try message.people.map { try Person($0) },
      enrolments: try message.enrolments.map { enrolment in
        EnrolmentRecord(
          id: enrolment.id, cohortID: enrolment.cohortId, personID: enrolment.personId,
          enrolledOn: try Record.day(enrolment.enrolledOn))
      }, dismissed: message.dismissed.map { DismissedDouble($0) },
      waiting: try message.waiting.map { waiting in
        WaitingRecord(
          cohortID: waiting.cohortId, personID: waiting.personId,
          since: try Record.day(waiting.since))
      })
  }
}

extension BitimJournalV1.WaitingEnded {
  init(_ deed: WaitingEnded) {
    self.init()
    self.personId = deed.personID
    self.cohortId = deed.cohortID
    self.why = deed.why
  }
}

extension WaitingEnded {
  init(_ message: BitimJournalV1.WaitingEnded) {
    self.init(cohortID: message.cohortId, personID: message.personId, why: message.why)
  }
}

extension BitimJournalV1.HoursCorrected {
  init(_ deed: HoursCorrected) {
    self.init()
    self.classId = deed.classID
    self.enrolmentId = deed.enrolmentID
    self.theoryQuarters = Int32(deed.hours.theory)
    self.practiceQuarters = Int32(deed.hours.practice)
    self.reason = .init(deed.reason)
    self.evidence = deed.evidence
  }
}

extension HoursCorrected {
  init(_ message: BitimJournalV1.HoursCorrected) throws {
    self.init(
      classID: message.classId, enrolmentID: message.enrolmentId,
      hours: Hours(
        theory: Int(message.theoryQuarters), practice: Int(message.practiceQuarters)),
      reason: try Record.word(message.reason), evidence: message.evidence)
  }
}

extension BitimJournalV1.ClassCorrected {
  init(_ deed: ClassCorrected) {
    self.init()
    self.classId = deed.classID
    self.trainerId = deed.trainerID
    self.told = .init(deed.told)
    self.reason = .init(deed.reason)
    self.evidence = deed.evidence
  }
}

extension ClassCorrected {
  init(_ message: BitimJournalV1.ClassCorrected) throws {
    self.init(
      classID: message.classId, trainerID: message.trainerId,
      told: try .init(message.told ?? .init()), reason: try Record.word(message.reason),
      evidence: message.evidence)
  }
}

extension BitimJournalV1.ClassCancelled {
  init(_ deed: ClassCancelled) {
    self.init()
    self.classId = deed.classID
    self.trainerId = deed.trainerID
    self.enrolmentIds = deed.enrolmentIDs
    self.reason = .init(deed.reason)
    self.evidence = deed.evidence
  }
}

extension ClassCancelled {
  init(_ message: BitimJournalV1.ClassCancelled) throws {
    self.init(
      classID: message.classId, trainerID: message.trainerId,
      enrolmentIDs: message.enrolmentIds, reason: try Record.word(message.reason),
      evidence: message.evidence)
  }
}

extension BitimJournalV1.TraineeWithdrawn {
  init(_ deed: TraineeWithdrawn) {
    self.init()
    self.enrolmentId = deed.enrolmentID
    self.lastDay = deed.lastDay.iso
    self.reason = .init(deed.reason)
    self.why = deed.why
  }
}

extension TraineeWithdrawn {
  init(_ message: BitimJournalV1.TraineeWithdrawn) throws {
    self.init(
      enrolmentID: message.enrolmentId, lastDay: try Record.day(message.lastDay),
      reason: try Record.word(message.reason), why: message.why)
  }
}

extension BitimJournalV1.TraineeReinstated {
  init(_ deed: TraineeReinstated) {
    self.init()
    self.enrolmentId = deed.enrolmentID
    self.cohortId = deed.cohortID
    self.from = deed.from.iso
    self.why = deed.why
  }
}

extension TraineeReinstated {
  init(_ message: BitimJournalV1.TraineeReinstated) throws {
    self.init(
      enrolmentID: message.enrolmentId, cohortID: message.cohortId,
      from: try Record.day(message.from), why: message.why)
  }
}

extension BitimJournalV1.TraineeTransferred {
  init(_ deed: TraineeTransferred) {
    self.init()
    self.enrolmentId = deed.enrolmentID
    self.fromCohortId = deed.from
    self.toCohortId = deed.to
    self.day = deed.day.iso
    self.why = deed.why
  }
}

extension TraineeTransferred {
  init(_ message: BitimJournalV1.TraineeTransferred) throws {
    self.init(
      enrolmentID: message.enrolmentId, from: message.fromCohortId, to: message.toCohortId,
      day: try Record.day(message.day), why: message.why)
  }
}

extension BitimJournalV1.EnrolmentUndone {
  init(_ deed: EnrolmentUndone) {
    self.init()
    self.enrolmentId = deed.enrolmentID
    self.why = deed.why
  }
}

extension EnrolmentUndone {
  init(_ message: BitimJournalV1.EnrolmentUndone) {
    self.init(enrolmentID: message.enrolmentId, why: message.why)
  }
}

extension BitimJournalV1.HoursRecorded {
  init(_ deed: HoursRecorded) {
    self.init()
    self.classes = deed.classes.map { held in
      var message = Class()
      message.id = held.id
      message.cohortId = held.cohortID
      message.heldOn = held.time.day.iso
      message.startsMinute = Int32(held.time.starts)
      message.endsMinute = Int32(held.time.ends)
      message.trainerId = held.trainerID
      message.makesUp = held.makesUp ?? 0
      return message
    }
    self.attendances = deed.attendances.map { attendance in
      var message = Attendance()
      message.classId = attendance.classID
      message.enrolmentId = attendance.enrolmentID
      message.theoryQuarters = Int32(attendance.hours.theory)
      message.practiceQuarters = Int32(attendance.hours.practice)
      return message
    }
  }
}

extension HoursRecorded {
  init(_ message: BitimJournalV1.HoursRecorded) throws {
    self.init(
      classes: try message.classes.map { held in
        let time = ClassTime(
          day: try Record.day(held.heldOn), starts: Int(held.startsMinute),
          ends: Int(held.endsMinute))
        guard let time else {
          throw StoreFailure.corrupt("a record: a class ends before it begins")
        }
        return ClassRecord(
          id: held.id, cohortID: held.cohortId, time: time, trainerID: held.trainerId,
          makesUp: held.makesUp == 0 ? nil : held.makesUp)
      },
      attendances: message.attendances.map { attendance in
        Attendance(
          classID: attendance.classId, enrolmentID: attendance.enrolmentId,
          hours: Hours(
            theory: Int(attendance.theoryQuarters), practice: Int(attendance.practiceQuarters)))
      })
  }
}

extension BitimJournalV1.SessionOpened {
  init(_ deed: SessionOpened) {
    self.init()
    self.id = deed.session.id
    self.cohortId = deed.session.cohortID
    var session = BitimJournalV1.Session()
    session.code = deed.session.code
    session.heldOn = deed.session.heldOn.iso
    session.protocolNumber = deed.session.protocolNumber
    session.commission = deed.session.seats.sorted { $0.key < $1.key }.map { person, seat in
      var message = BitimJournalV1.CommissionSeat()
      message.personId = person
      message.seat = .init(seat)
      message.invitation = deed.session.invitations[person].map { .init($0) }
      return message
    }
    self.session = session
  }
}

extension BitimJournalV1.Invitation {
  init(_ invitation: Invitation) {
    self.init()
    self.document = invitation.document
    self.datedOn = invitation.datedOn.iso
    self.organisation = invitation.organisation
  }
}

extension Invitation {
  init(_ message: BitimJournalV1.Invitation) throws {
    self.init(
      document: message.document, datedOn: try Record.day(message.datedOn),
      organisation: message.organisation)
  }
}

extension SessionOpened {
  init(_ message: BitimJournalV1.SessionOpened) throws {
    let session = message.session ?? .init()
    var seats: [Int64: Seat] = [:]
    var invitations: [Int64: Invitation] = [:]
    for seat in session.commission {
      seats[seat.personId] = try Record.word(seat.seat)
      invitations[seat.personId] = try seat.invitation.map { try Invitation($0) }
    }
    self.init(
      SessionRecord(
        id: message.id, code: session.code, cohortID: message.cohortId,
        heldOn: try Record.day(session.heldOn), protocolNumber: session.protocolNumber,
        seats: seats, invitations: invitations))
  }
}

extension BitimJournalV1.SeatChanged {
  init(_ deed: SeatChanged) {
    self.init()
    self.sessionId = deed.sessionID
    self.seat = .init(deed.seat)
    self.goes = deed.goes
    self.comes = deed.comes
    self.why = deed.why
    self.invitation = deed.invitation.map { .init($0) }
  }
}

extension SeatChanged {
  init(_ message: BitimJournalV1.SeatChanged) throws {
    self.init(
      sessionID: message.sessionId, seat: try Record.word(message.seat), goes: message.goes,
      comes: message.comes, invitation: try message.invitation.map { try Invitation($0) },
      why: message.why)
  }
}

extension BitimJournalV1.SessionMoved {
  init(_ deed: SessionMoved) {
    self.init()
    self.sessionId = deed.sessionID
    self.heldOn = deed.heldOn.iso
    self.why = deed.why
  }
}

extension SessionMoved {
  init(_ message: BitimJournalV1.SessionMoved) throws {
    self.init(
      sessionID: message.sessionId, heldOn: try Record.day(message.heldOn), why: message.why)
  }
}

extension BitimJournalV1.SessionCancelled {
  init(_ deed: SessionCancelled) {
    self.init()
    self.sessionId = deed.sessionID
    self.why = deed.why
  }
}

extension SessionCancelled {
  init(_ message: BitimJournalV1.SessionCancelled) {
    self.init(sessionID: message.sessionId, why: message.why)
  }
}

extension BitimJournalV1.ResultsRecorded {
  init(_ deed: ResultsRecorded) {
    self.init()
    self.sessionId = deed.sessionID
    self.results = deed.results.map { result in
      var message = Result()
      message.id = result.id
      message.enrolmentId = result.enrolmentID
      message.attempt = Int32(result.attempt)
      message.outcome = .init(result.outcome)
      message.scores = .init(result.scores, result.marks)
      message.replacesId = result.replacesID
      message.why = result.why
      return message
    }
  }
}

extension ResultsRecorded {
  init(_ message: BitimJournalV1.ResultsRecorded) throws {
    self.init(
      sessionID: message.sessionId,
      results: try message.results.map { result in
        Result(
          id: result.id, enrolmentID: result.enrolmentId, attempt: Int(result.attempt),
          outcome: try Record.word(result.outcome), scores: try Record.scores(result.scores),
          marks: try Record.marks(result.scores), replacesID: result.replacesId, why: result.why)
      })
  }
}

extension [BitimJournalV1.Score] {
  /// Marks in the order of the components.
  init(_ scores: Scores, _ marks: [MemberMark]) {
    self = []
    for component in Component.allCases {
      guard let points = scores[component] else { continue }
      var score = BitimJournalV1.Score()
      score.component = .init(component)
      score.points = Int32(points)
      for mark in marks where mark.component == component {
        var message = BitimJournalV1.MemberMark()
        (message.personId, message.points) = (mark.member, Int32(mark.points))
        score.marks.append(message)
      }
      self.append(score)
    }
  }
}

extension Record {
  /// Marks by component.
  static func scores(_ message: [BitimJournalV1.Score]) throws -> Scores {
    var scores: Scores = [:]
    for score in message { scores[try Self.word(score.component)] = Int(score.points) }
    return scores
  }

  /// What each member gave.
  static func marks(_ message: [BitimJournalV1.Score]) throws -> [MemberMark] {
    var marks: [MemberMark] = []
    for score in message where !score.marks.isEmpty {
      let component: Component = try Self.word(score.component)
      marks += score.marks.map { MemberMark(component, by: $0.personId, Int($0.points)) }
    }
    return marks
  }
}

extension BitimJournalV1.ResultCorrected {
  init(_ deed: ResultCorrected) {
    self.init()
    self.resultId = deed.resultID
    self.scores = .init(deed.scores, deed.marks)
    self.why = deed.why
  }
}

extension ResultCorrected {
  init(_ message: BitimJournalV1.ResultCorrected) throws {
    self.init(
      resultID: message.resultId, scores: try Record.scores(message.scores),
      marks: try Record.marks(message.scores), why: message.why)
  }
}

extension BitimJournalV1.CohortRepinned {
  init(_ deed: CohortRepinned) {
    self.init()
    self.cohortId = deed.cohortID
    self.editionId = deed.editionID
    self.why = deed.why
  }
}

extension CohortRepinned {
  init(_ message: BitimJournalV1.CohortRepinned) {
    self.init(cohortID: message.cohortId, editionID: message.editionId, why: message.why)
  }
}

extension BitimJournalV1.AbsenceExcused {
  init(_ deed: AbsenceExcused) {
    self.init()
    self.resultId = deed.resultID
    self.paper = deed.paper
    self.datedOn = deed.datedOn.iso
    self.receivedOn = deed.receivedOn.iso
  }
}

extension AbsenceExcused {
  init(_ message: BitimJournalV1.AbsenceExcused) throws {
    self.init(
      resultID: message.resultId, paper: message.paper, datedOn: try Record.day(message.datedOn),
      receivedOn: try Record.day(message.receivedOn))
  }
}

extension BitimJournalV1.ResultsReviewed {
  init(_ deed: ResultsReviewed) {
    self.init()
    self.sessionId = deed.sessionID
    self.resultIds = deed.resultIDs
  }
}

extension ResultsReviewed {
  init(_ message: BitimJournalV1.ResultsReviewed) {
    self.init(sessionID: message.sessionId, resultIDs: message.resultIds)
  }
}

extension BitimJournalV1.CandidateAdmitted {
  init(_ deed: CandidateAdmitted) {
    self.init()
    self.sessionId = deed.sessionID
    self.enrolmentId = deed.enrolmentID
  }
}

extension CandidateAdmitted {
  init(_ message: BitimJournalV1.CandidateAdmitted) {
    self.init(sessionID: message.sessionId, enrolmentID: message.enrolmentId)
  }
}

extension BitimJournalV1.InterestDeclared {
  init(_ deed: InterestDeclared) {
    self.init()
    self.sessionId = deed.sessionID
    self.memberId = deed.member
    self.interests = deed.interests.map { interest in
      var message = Interest()
      message.candidateId = interest.candidate
      message.kind = .init(interest.kind)
      return message
    }
    self.withdrawnIds = deed.withdrawn
  }
}

extension InterestDeclared {
  init(_ message: BitimJournalV1.InterestDeclared) throws {
    self.init(
      sessionID: message.sessionId, member: message.memberId,
      interests: try message.interests.map {
        Interest(in: $0.candidateId, try Record.word($0.kind))
      }, withdrawn: message.withdrawnIds)
  }
}

extension BitimJournalV1.ResultsConfirmed {
  init(_ deed: ResultsConfirmed) {
    self.init()
    self.sessionId = deed.sessionID
    self.resultIds = deed.resultIDs
  }
}

extension ResultsConfirmed {
  init(_ message: BitimJournalV1.ResultsConfirmed) {
    self.init(sessionID: message.sessionId, resultIDs: message.resultIds)
  }
}

extension BitimJournalV1.ResultAnnulled {
  init(_ deed: ResultAnnulled) {
    self.init()
    self.resultId = deed.resultID
    self.reason = deed.reason
    self.caseSequence = deed.cites
  }
}

extension ResultAnnulled {
  init(_ message: BitimJournalV1.ResultAnnulled) {
    self.init(
      resultID: message.resultId, reason: message.reason, cites: message.caseSequence)
  }
}

extension BitimJournalV1.TrainerUnassigned {
  init(_ deed: TrainerUnassigned) {
    self.init()
    self.cohortId = deed.cohortID
    self.personId = deed.personID
    self.lastDay = deed.lastDay.iso
    self.why = deed.why
  }
}

extension TrainerUnassigned {
  init(_ message: BitimJournalV1.TrainerUnassigned) throws {
    self.init(
      cohortID: message.cohortId, personID: message.personId,
      lastDay: try Record.day(message.lastDay), why: message.why)
  }
}

extension BitimJournalV1.TrainerReplaced {
  init(_ deed: TrainerReplaced) {
    self.init()
    self.cohortId = deed.cohortID
    self.goesId = deed.goes
    self.comesId = deed.comes
    self.from = deed.from.iso
    self.evidence = deed.evidence
    self.why = deed.why
  }
}

extension TrainerReplaced {
  init(_ message: BitimJournalV1.TrainerReplaced) throws {
    self.init(
      cohortID: message.cohortId, goes: message.goesId, comes: message.comesId,
      from: try Record.day(message.from), evidence: message.evidence, why: message.why)
  }
}
