import BitimDomain
import BitimProtocol
import BitimStore

/// Hours of classes: every error of a list at once, then all or nothing.
extension CohortService {
  @Sendable static func recordHours(
    _ caller: Caller, _ request: BitimV1.RecordHoursRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RecordHoursResponse {
    var finder = HoursFinder(caller)
    var act = RecordHours(
      by: caller.recorder, firstClassID: try transaction.state.nextTrainingIDs().held,
      persons: try transaction.state.persons())
    var list = WholeList(
      method: BitimV1.CohortService.recordHours.descriptor, validateOnly: request.validateOnly,
      living: try transaction.state.living())
    for row in request.rows {
      try list.take(line: row.line) { person in
        let (read, facts) = try finder.find(row, transaction.state)
        let isNew = try act.add(read, facts)
        if case .one(let trainee) = facts.whom { person = trainee }
        return isNew
      }
    }
    var response = BitimV1.RecordHoursResponse()
    response.rows = list.outcomes
    // One row that is refused refuses all.
    response.attendances = list.isRefused ? 0 : Int32(act.count)
    response.recorded = try list.settle(
      [act.deed].compactMap { $0 }, heldOn: act.lastDay ?? caller.today, caller, transaction)
    return response
  }
}

/// Finds what rows of hours name, and gathers what the registry knows of it.
struct HoursFinder {
  /// A cohort with those who train in it and those who are trained, or were.
  private struct Roll {
    let cohort: CohortRecord
    let edition: Edition
    let stays: [RecordHours.Stay]
    let terms: [TrainerTerm]
    var trainers: Candidates
    var trainees: Candidates
  }

  private let caller: Caller
  /// The class that is told anew: what is gathered knows nothing of it. Nil of a record.
  private let retold: Int64?
  /// Cohorts by the codes that rows give.
  private var rolls: [String: Roll] = [:]

  init(_ caller: Caller, tellingAnew retold: Int64? = nil) {
    self.caller = caller
    self.retold = retold
  }

  /// Reads a row, and finds its class and its people.
  ///
  /// - Throws: ``Refusal``; ``StoreFailure``.
  mutating func find(
    _ row: BitimV1.HoursRow, _ state: borrowing Snapshot
  ) throws -> (RecordHours.Row, RecordHours.Facts) {
    var roll = try self.roll(row.cohort, state)
    // What was read of its names serves the next row, found or not.
    defer { self.rolls[row.cohort] = roll }
    let day = try self.caller.pastDate(row.heldOn, column: "date")
    let read = try RecordHours.Row(
      in: roll.cohort, under: roll.edition, on: day, from: row.startsAt, until: row.endsAt,
      theory: Int(row.theoryQuarters), practice: Int(row.practiceQuarters),
      makingUp: self.makeUp(row.makesUp, in: roll.cohort, state))
    let named =
      row.trainer.isEmpty
      ? nil
      : try PersonFinder.person(
        row.trainer, among: &roll.trainers, column: "trainer", state)
    let trainer = try RecordHours.trainer(
      named: named, typed: row.trainer, by: self.caller.recorder,
      among: RecordHours.trainers(among: roll.terms, on: day))
    let whom = try Self.whom(row, &roll, state)
    let there = try state.heldClass(
      cohort: roll.cohort.id, day: day, starts: read.time.starts)
    let held = there.flatMap { $0.id == self.retold ? nil : $0 }
    var facts = RecordHours.Facts(
      trainerID: trainer, whom: whom, held: held,
      madeUp: try state.madeUp(by: held),
      taught: try state.classes(taughtBy: trainer, around: day).filter { $0.id != self.retold },
      members: [],
      isEntitled: try held != nil
        || state.entitlement(of: roll.cohort.organisationID, to: .train, on: day) != nil)
    for member in RecordHours.members(among: roll.stays, on: day) where whom.mayMean(member) {
      facts.members.append(
        try self.member(member, held, trainer, on: day, missing: read.missed, state))
    }
    return (read, facts)
  }

  /// The class that a row makes up, by its day and beginning; nil where it names none.
  private func makeUp(
    _ typed: String, in cohort: CohortRecord, _ state: borrowing Snapshot
  ) throws -> MakeUp? {
    guard !typed.isEmpty else { return nil }
    let words = typed.split(separator: " ", maxSplits: 1).map(String.init)
    let day = try self.caller.pastDate(words.first ?? "", column: "makes_up")
    let starts = try ClassTime.minute(
      typed: words.count > 1 ? words[1] : "", column: "makes_up")
    guard let missed = try state.heldClass(cohort: cohort.id, day: day, starts: starts) else {
      throw Refusal(
        finding: .classUnknown, column: "makes_up", value: typed, ["cohort": cohort.code])
    }
    let days = try state.history(of: .makeUpDays).setting(on: cohort.endsOn).value
    return MakeUp(missed, lastDay: MakeUp.lastDay(of: cohort.endsOn, days: days))
  }

  private mutating func roll(_ code: String, _ state: borrowing Snapshot) throws -> Roll {
    if let known = self.rolls[code] { return known }
    let cohort = try CohortService.cohort(code, state)
    try self.caller.mayAct(for: cohort.organisationID)
    let stays = try state.stays(inCohort: cohort.id)
    let terms = try state.trainerTerms(ofCohort: cohort.id)
    return Roll(
      cohort: cohort, edition: try state.edition(of: cohort), stays: stays, terms: terms,
      trainers: Candidates(terms.map(\.personID)),
      trainees: Candidates(Set(stays.map(\.enrolment.personID)).sorted()))
  }

  /// Whom a row is about: one trainee, or the cohort less those who were absent.
  private static func whom(
    _ row: BitimV1.HoursRow, _ roll: inout Roll, _ state: borrowing Snapshot
  ) throws -> RecordHours.Whom {
    guard row.trainee.isEmpty else {
      do {
        return .one(
          try PersonFinder.person(
            row.trainee, among: &roll.trainees, column: "trainee", state))
      } catch let refusal as Refusal where refusal.reason == .personUnknown {
        return .stranger(row.trainee)
      }
    }
    try ListLimit.check(row.absent.count, atMost: roll.stays.count, column: "absent")
    var absent: Set<Int64> = []
    for text in row.absent {
      absent.insert(
        try PersonFinder.person(text, among: &roll.trainees, column: "absent", state))
    }
    return .everybody(absent: absent)
  }

  /// What the registry knows of a trainee; of whose hours are there, that alone.
  private func member(
    _ enrolment: EnrolmentRecord, _ held: ClassRecord?, _ trainer: Int64, on day: CivilDate,
    missing missed: ClassRecord?, _ state: borrowing Snapshot
  ) throws -> RecordHours.Member {
    let there = try held.flatMap {
      try state.attendance(enrolment: enrolment.id, inClass: $0.id)
    }
    let absence = try missed.map {
      try state.missed(underEnrolment: enrolment.id, of: $0, besides: held?.id ?? self.retold)
    }
    guard there == nil else { return .init(enrolment, there: there, missed: absence) }
    return .init(
      enrolment, results: try state.results(ofEnrolment: enrolment.id),
      examinedOn: try state.examined(person: enrolment.personID, by: trainer),
      attended: try state.classes(attendedBy: enrolment.personID, around: day)
        .filter { $0.held.id != self.retold }.map { .init($0.held, $0.hours) },
      missed: absence,
      here: try held.map { try state.missed(underEnrolment: enrolment.id, of: $0) })
  }
}

extension RecordHours.Whom {
  /// Whether a row may be about an enrolment.
  fileprivate func mayMean(_ enrolment: EnrolmentRecord) -> Bool {
    switch self {
    case .one(let person): enrolment.personID == person
    case .stranger: false
    case .everybody: true
    }
  }
}
