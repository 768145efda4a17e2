import BitimDomain
import BitimProtocol
import BitimStore

/// Hours of classes: every error of a list at once, then all or nothing.
extension CohortService {
  @Sendable static func recordHours(
    _ caller: Caller, _ request: BitimV1.RecordHoursRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RecordHoursResponse {
    guard request.rows.count <= Self.rowsMax else {
      throw Refusal(.tooManyRows, ["limit": "\(Self.rowsMax)"])
    }
    var plan = HoursPlan(nextClass: try transaction.state.nextTrainingIDs().held)
    var response = BitimV1.RecordHoursResponse()
    var refusals: [Refusal] = []
    for row in request.rows {
      var outcome = BitimV1.RowOutcome()
      outcome.line = row.line
      do {
        outcome.verdict = try plan.add(row, caller, transaction.state)
        outcome.personId = plan.lastPerson
      } catch let refusal as Refusal {
        outcome.verdict = .refused
        outcome.findings = [BitimV1.Finding(refusal)]
        refusals.append(refusal)
      }
      response.rows.append(outcome)
    }
    response.attendances = Int32(plan.deed.attendances.count)
    let list = WholeList(
      method: BitimV1.CohortService.recordHours.descriptor, validateOnly: request.validateOnly)
    response.recorded = try list.settle(
      plan.deed.attendances.isEmpty ? [] : [.hoursRecorded(plan.deed)],
      heldOn: plan.lastDay ?? caller.today, refusals: refusals, caller, transaction)
    return response
  }
}

/// A list of hours on its way into the registry.
private struct HoursPlan {
  private struct PersonDay: Hashable {
    let person: Int64
    let day: CivilDate
  }

  var deed = HoursRecorded()
  private(set) var lastPerson: Int64 = 0
  private(set) var lastDay: CivilDate?
  private var nextClass: Int64
  /// Classes of this list, old and new.
  private var classes: [ClassRecord] = []
  /// What this list adds to somebody's day.
  private var attended: [PersonDay: [(held: ClassRecord, hours: Hours)]] = [:]
  private var cohorts: [String: CohortRecord] = [:]
  private var members: [Int64: [EnrolmentRecord]] = [:]
  /// Those who train in a cohort, and those who are trained.
  private var trainers: [Int64: Candidates] = [:]
  private var trainees: [Int64: Candidates] = [:]

  init(nextClass: Int64) { self.nextClass = nextClass }

  /// Plans one row, which is one trainee's hours or a whole cohort's.
  ///
  /// - Throws: ``Refusal``; ``StoreFailure``.
  mutating func add(
    _ row: BitimV1.HoursRow, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimV1.RowVerdict {
    let cohort = try self.cohort(row.cohort, caller, state)
    let day = try caller.pastDate(row.heldOn, column: "date")
    self.lastDay = max(self.lastDay ?? day, day)
    guard day >= cohort.startsOn, day <= cohort.endsOn else {
      throw Refusal(
        .outsideCohort, column: "date", value: row.heldOn,
        ["from": cohort.startsOn.iso, "until": cohort.endsOn.iso])
    }
    let hours = Hours(theory: Int(row.theoryQuarters), practice: Int(row.practiceQuarters))
    guard hours.theory >= 0, hours.practice >= 0 else {
      throw Refusal(
        .outOfRange, column: hours.theory < 0 ? "theory" : "practice", ["low": "0", "high": "10"])
    }
    guard hours != Hours(theory: 0, practice: 0) else {
      throw Refusal(.missing, column: "practice")
    }
    // Each is compared before they are added: two numbers near the limit of 32 bits are no day.
    guard hours.theory <= Hours.dayMax, hours.practice <= Hours.dayMax,
      hours.total <= Hours.dayMax
    else {
      throw Refusal(
        .hoursAboveDay, column: hours.practice > 0 ? "practice" : "theory",
        value: Hours.text(max(0, min(hours.total, 4_000))), ["limit": "10"])
    }
    let time = try Self.time(row, on: day, hours)
    let trainer = try self.trainer(row, cohort, caller, state)
    let held = try self.heldClass(cohort, time, trainer, hours, state)
    var verdict = BitimV1.RowVerdict.unchanged
    for enrolment in try self.trainees(row, cohort, on: day, state) {
      self.lastPerson = enrolment.personID
      if try self.attend(enrolment, held, hours, state) { verdict = .added }
    }
    // A row for the whole cohort speaks of nobody in particular.
    if row.trainee.isEmpty { self.lastPerson = 0 }
    return verdict
  }

  private mutating func cohort(
    _ code: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> CohortRecord {
    if let known = self.cohorts[code] { return known }
    let cohort = try CohortService.cohort(code, state)
    try caller.mayAct(for: cohort.organisationID)
    self.cohorts[code] = cohort
    let members = try state.enrolments(inCohort: cohort.id)
    self.members[cohort.id] = members
    self.trainees[cohort.id] = Candidates(members.map(\.personID))
    self.trainers[cohort.id] = Candidates(try state.trainers(ofCohort: cohort.id))
    return cohort
  }

  private static func time(
    _ row: BitimV1.HoursRow, on day: CivilDate, _ hours: Hours
  ) throws(Refusal) -> ClassTime {
    guard !row.startsAt.isEmpty else { throw Refusal(.missing, column: "start") }
    guard let starts = ClassTime.minute(row.startsAt) else {
      throw Refusal(.notATime, column: "start", value: row.startsAt)
    }
    var ends = starts + (hours.total * 45 + 3) / 4
    if !row.endsAt.isEmpty {
      guard let said = ClassTime.minute(row.endsAt) else {
        throw Refusal(.notATime, column: "end", value: row.endsAt)
      }
      guard said >= ends else {
        throw Refusal(
          .hoursAboveClass, column: "end", value: row.endsAt,
          ["hours": Hours.text(hours.total), "needed": ClassTime.text(min(ends, 1_440))])
      }
      ends = said
    }
    guard let time = ClassTime(day: day, starts: starts, ends: ends) else {
      throw Refusal(.notATime, column: "end", value: row.endsAt)
    }
    return time
  }

  private mutating func trainer(
    _ row: BitimV1.HoursRow, _ cohort: CohortRecord, _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> Int64 {
    if !row.trainer.isEmpty {
      let person = try PersonFinder.person(
        row.trainer, among: &self.trainers[cohort.id, default: Candidates([])], column: "trainer",
        state)
      let isOthers = !caller.roles.contains(.registrar) && person != caller.personID
      if isOthers { throw Refusal(.notTrainerHere, column: "trainer", value: row.trainer) }
      return person
    }
    let trains = self.trainers[cohort.id]?.ids.contains(caller.personID) == true
    guard caller.personID != 0, trains else {
      throw caller.roles.contains(.registrar)
        ? Refusal(.missing, column: "trainer") : Refusal(.notTrainerHere, column: "trainer")
    }
    return caller.personID
  }

  /// The class that begins then: one that is there, or a new one that nobody's day forbids.
  private mutating func heldClass(
    _ cohort: CohortRecord, _ time: ClassTime, _ trainer: Int64, _ hours: Hours,
    _ state: borrowing Snapshot
  ) throws -> ClassRecord {
    let mine = self.classes.first {
      $0.cohortID == cohort.id && $0.time.day == time.day && $0.time.starts == time.starts
    }
    let stored = try state.heldClass(cohort: cohort.id, day: time.day, starts: time.starts)
    if let there = mine ?? stored {
      guard there.trainerID == trainer else {
        throw Refusal(
          .differs, column: "trainer", value: PersonNumber.text(trainer),
          ["there": PersonNumber.text(there.trainerID)])
      }
      let quarters = (there.time.ends - there.time.starts) * 4 / 45
      guard hours.total <= quarters else {
        throw Refusal(
          .hoursAboveClass, column: "end", value: ClassTime.text(there.time.ends),
          ["hours": Hours.text(hours.total), "needed": ClassTime.text(time.ends)])
      }
      return there
    }
    let taught =
      try state.classes(taughtBy: trainer, on: time.day)
      + self.classes.filter { $0.trainerID == trainer && $0.time.day == time.day }
    if let other = taught.first(where: { $0.time.overlaps(time) }) {
      throw Refusal(
        .classesOverlap, column: "start", value: ClassTime.text(time.starts),
        ["who": "trainer", "other": ClassTime.text(other.time.starts)])
    }
    let minutes = taught.reduce(time.ends - time.starts) { $0 + $1.time.ends - $1.time.starts }
    // A trainer's day is measured by the clock: breaks are not known here.
    guard minutes <= Hours.dayMax * 45 / 4 else {
      throw Refusal(
        .hoursAboveDay, column: "trainer", value: Hours.text(minutes * 4 / 45), ["limit": "10"])
    }
    let held = ClassRecord(id: self.nextClass, cohortID: cohort.id, time: time, trainerID: trainer)
    self.nextClass += 1
    self.classes.append(held)
    self.deed.classes.append(held)
    return held
  }

  /// Whom a row is about: one trainee, or the cohort less those who were absent.
  private mutating func trainees(
    _ row: BitimV1.HoursRow, _ cohort: CohortRecord, on day: CivilDate,
    _ state: borrowing Snapshot
  ) throws -> [EnrolmentRecord] {
    let members = self.members[cohort.id] ?? []
    if !row.trainee.isEmpty {
      let person: Int64
      do {
        person = try PersonFinder.person(
          row.trainee, among: &self.trainees[cohort.id, default: Candidates([])],
          column: "trainee", state)
      } catch let refusal as Refusal where refusal.reason == .personUnknown {
        throw Refusal(
          .notEnrolled, column: "trainee", value: row.trainee, ["cohort": cohort.code])
      }
      let found = members.filter { $0.personID == person }
      for member in found where day < member.enrolledOn {
        throw Refusal(
          .beforeEnrolment, column: "date", value: day.iso, ["enrolled": member.enrolledOn.iso])
      }
      return found
    }
    guard row.absent.count <= members.count else {
      throw Refusal(.tooManyRows, column: "absent", ["limit": "\(members.count)"])
    }
    var absent: Set<Int64> = []
    for text in row.absent {
      absent.insert(
        try PersonFinder.person(
          text, among: &self.trainees[cohort.id, default: Candidates([])], column: "absent", state))
    }
    let present = members.filter { !absent.contains($0.personID) && $0.enrolledOn <= day }
    guard !present.isEmpty else {
      throw Refusal(.notEnrolled, column: "cohort", value: cohort.code, ["cohort": cohort.code])
    }
    return present
  }

  /// Plans one attendance; false if it is there already.
  private mutating func attend(
    _ enrolment: EnrolmentRecord, _ held: ClassRecord, _ hours: Hours,
    _ state: borrowing Snapshot
  ) throws -> Bool {
    let who = PersonNumber.text(enrolment.personID)
    if let there = try state.attendance(enrolment: enrolment.id, inClass: held.id) {
      guard there == hours else {
        throw Refusal(
          .differs, column: "practice", value: Hours.text(hours.practice),
          ["there": "\(Hours.text(there.theory)) + \(Hours.text(there.practice))", "who": who])
      }
      return false
    }
    let results = try state.results(ofEnrolment: enrolment.id)
    if results.contains(where: { $0.outcome == .passed && !$0.isAnnulled }) {
      throw Refusal(.alreadyPassed, column: "trainee", value: who)
    }
    let examined = try state.examined(person: enrolment.personID, by: held.trainerID)
    if examined.contains(where: { Separation.bars(taught: held.time.day, examined: $0) }) {
      throw Refusal(.trainerExamined, column: "trainer", value: who)
    }
    if enrolment.personID == held.trainerID {
      throw Refusal(.trainsHimself, column: "trainer", value: who)
    }
    let key = PersonDay(person: enrolment.personID, day: held.time.day)
    let planned = self.attended[key] ?? []
    if planned.contains(where: { $0.held.id == held.id }) {
      throw Refusal(.twiceInFile, column: "trainee", value: who)
    }
    let others = try state.classes(attendedBy: enrolment.personID, on: held.time.day) + planned
    if let other = others.first(where: { $0.held.time.overlaps(held.time) }) {
      throw Refusal(
        .classesOverlap, column: "start", value: ClassTime.text(held.time.starts),
        ["who": who, "other": ClassTime.text(other.held.time.starts)])
    }
    let quarters = others.reduce(hours.total) { $0 + $1.hours.total }
    guard quarters <= Hours.dayMax else {
      throw Refusal(
        .hoursAboveDay, column: hours.practice > 0 ? "practice" : "theory",
        value: Hours.text(quarters), ["limit": "10", "who": who])
    }
    self.attended[key, default: []].append((held, hours))
    self.deed.attendances.append(
      .init(classID: held.id, enrolmentID: enrolment.id, hours: hours))
    return true
  }
}
