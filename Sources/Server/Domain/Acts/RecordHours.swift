/// Records hours of classes held: a list that is told row after row, all of it or nothing.
///
/// Facts of a row are the registry before the list. What the list itself adds, classes, attendance
/// and who was named absent, is remembered here.
package struct RecordHours: Sendable {
  /// Who records.
  package struct Recorder: Equatable, Sendable {
    package let personID: Int64
    /// Whether for any class of the organisation, or for own classes alone.
    package let isRegistrar: Bool

    package init(personID: Int64, isRegistrar: Bool) {
      self.personID = personID
      self.isRegistrar = isRegistrar
    }
  }

  /// One class as a row tells of it.
  package struct Row: Equatable, Sendable {
    package let cohort: CohortRecord
    /// The edition that the cohort follows.
    package let edition: Edition
    package let time: ClassTime
    package let hours: Hours
    /// Whether the row says when the class ended, or leaves it to the hours.
    package let saysEnd: Bool
    /// The class that it makes up for those who missed that one.
    package let missed: ClassRecord?
  }

  /// Whom a row speaks of.
  package enum Whom: Equatable, Sendable {
    case one(Int64)
    /// Somebody who is not in the cohort, as typed.
    case stranger(String)
    /// Everybody enrolled by that day but these.
    case everybody(absent: Set<Int64>)
  }

  /// A class that somebody attended.
  package struct Attended: Equatable, Sendable {
    package let held: ClassRecord
    package let hours: Hours

    package init(_ held: ClassRecord, _ hours: Hours) {
      self.held = held
      self.hours = hours
    }
  }

  /// What the registry knows of one trainee of the cohort.
  package struct Member: Equatable, Sendable {
    package var enrolment: EnrolmentRecord
    /// The hours recorded in the class that the row means; nil if there are none.
    package var there: Hours?
    /// The results of the enrolment that were not replaced.
    package var results: [ResultRecord]
    /// The days on which the row's trainer sat in a commission that examined the trainee.
    package var examinedOn: [CivilDate]
    /// What the trainee attended on the day of the class, on the one before and on the one after, in any cohort.
    package var attended: [Attended]
    /// Of the class that the row makes up: what was missed, this class aside; nil where it makes up none.
    package var missed: Missed?
    /// Of the class that the row means: what was made up of it; nil where none is recorded.
    package var here: Missed?

    package init(
      _ enrolment: EnrolmentRecord, there: Hours? = nil, results: [ResultRecord] = [],
      examinedOn: [CivilDate] = [], attended: [Attended] = [], missed: Missed? = nil,
      here: Missed? = nil
    ) {
      self.missed = missed
      self.here = here
      self.enrolment = enrolment
      self.there = there
      self.results = results
      self.examinedOn = examinedOn
      self.attended = attended
    }
  }

  /// What the registry knew of a row's people and class before the list.
  package struct Facts: Equatable, Sendable {
    /// Who trained, by ``RecordHours/trainer(named:typed:by:among:)``.
    package var trainerID: Int64
    package var whom: Whom
    /// The class of the cohort that begins then; nil if none is recorded.
    package var held: ClassRecord?
    /// What that class makes up.
    package var madeUp: ClassRecord?
    /// The trainer's classes of that day, of the one before and of the one after.
    package var taught: [ClassRecord]
    /// Whom the row may mean, in the order of enrolment.
    package var members: [Member]
    /// Whether the cohort's organisation is entitled to train on the day; of a class that is recorded it need
    /// not be asked.
    package var isEntitled: Bool

    package init(
      trainerID: Int64, whom: Whom, held: ClassRecord? = nil, madeUp: ClassRecord? = nil,
      taught: [ClassRecord] = [], members: [Member], isEntitled: Bool
    ) {
      self.madeUp = madeUp
      self.trainerID = trainerID
      self.whom = whom
      self.held = held
      self.taught = taught
      self.members = members
      self.isEntitled = isEntitled
    }
  }

  /// A time in which somebody had a place in the row's cohort, or has it.
  package struct Stay: Equatable, Sendable {
    package var enrolment: EnrolmentRecord
    /// Nil where the place stands.
    package var lastDay: CivilDate?

    package init(_ enrolment: EnrolmentRecord, lastDay: CivilDate?) {
      self.enrolment = enrolment
      self.lastDay = lastDay
    }
  }

  /// Each enrolment in the place that it had in the cohort on `day`, or else in the one that stands.
  ///
  /// - Parameter stays: In the order of enrolments, and of each those that ended before the one that stands.
  package static func members(
    among stays: [Stay], on day: CivilDate
  ) -> [EnrolmentRecord] {
    var members: [EnrolmentRecord] = []
    for stay in stays {
      let isThere = stay.enrolment.enrolledOn <= day && day <= stay.lastDay ?? day
      guard isThere || stay.lastDay == nil, members.last?.id != stay.enrolment.id else { continue }
      members.append(stay.enrolment)
    }
    return members
  }

  private struct PersonDay: Hashable {
    let person: Int64
    let day: CivilDate
  }

  private struct PersonClass: Hashable {
    let person: Int64
    let classID: Int64
  }

  private enum Presence { case present, absent }

  private let recorder: Recorder
  private let persons: NaturalPersons
  private var nextClassID: Int64
  private var recorded = HoursRecorded()
  /// What this list adds to somebody's day.
  private var attended: [PersonDay: [Attended]] = [:]
  /// What this list says of somebody in a class.
  private var told: [PersonClass: Presence] = [:]
  /// What this list lets somebody attend of a class, and make up of one.
  private var attending: [PersonClass: Hours] = [:]
  private var makingUp: [PersonClass: Hours] = [:]
  /// What each class makes up that this list adds.
  private var madeUp: [Int64: ClassRecord] = [:]
  /// The last day that a row spoke of; nil before the first row.
  package private(set) var lastDay: CivilDate?

  package init(
    by recorder: Recorder, firstClassID: Int64, persons: NaturalPersons = .apart
  ) {
    self.recorder = recorder
    self.persons = persons
    self.nextClassID = firstClassID
  }

  /// What the rows amount to; nil if all of it stands already.
  package var deed: Deed? {
    self.recorded.attendances.isEmpty ? nil : .hoursRecorded(self.recorded)
  }

  /// How many trainees' hours the list adds.
  package var count: Int { self.recorded.attendances.count }

  /// Who may have held a class on `day`.
  package static func trainers(among terms: [TrainerTerm], on day: CivilDate) -> Set<Int64> {
    Set(terms.filter { $0.contains(day) }.map(\.personID))
  }

  /// Who trained in the class of a row: who is named, or else the recorder.
  ///
  /// - Parameters:
  ///   - named: Whom the row's text means; nil if it has none.
  ///   - typed: The row's text.
  ///   - trainers: Who may train in the cohort.
  /// - Throws: ``Refusal`` with ``Reason/missing``, if a registrar who does not train there names
  ///   nobody, or ``Reason/notTrainerHere``.
  package static func trainer(
    named: Int64?, typed: String, by recorder: Recorder, among trainers: Set<Int64>
  ) throws(Refusal) -> Int64 {
    let trainer = named ?? recorder.personID
    if named == nil, recorder.isRegistrar, !trainers.contains(trainer) {
      throw Refusal(.missing, column: "trainer")
    }
    guard trainers.contains(trainer), recorder.isRegistrar || trainer == recorder.personID else {
      throw Refusal(.notTrainerHere, column: "trainer", value: typed)
    }
    return trainer
  }

  /// Takes one more row, which is one trainee's hours or a whole cohort's.
  ///
  /// A class that is recorded is told again as it is recorded, or refused. One
  /// trainee's hours may be added to it; a row for the whole cohort says who was there and who was
  /// not, and so it fits only if it names the same.
  ///
  /// A class that makes up another is for those who missed that one, and a row of it for the whole cohort means
  /// them alone.
  ///
  /// - Returns: Whether it adds anything; false if all of it stands already.
  /// - Throws: ``Refusal`` of.
  package mutating func add(_ row: Row, _ facts: Facts) throws(Refusal) -> Bool {
    self.lastDay = max(self.lastDay ?? row.time.day, row.time.day)
    let held = try self.held(row, facts)
    for member in facts.members where facts.whom.leavesOut(member) {
      try self.leaveOut(member, held)
    }
    let present = facts.members.filter {
      facts.whom.means($0, on: row.time.day) && self.isFor($0, facts.whom, row)
    }
    guard !present.isEmpty else {
      if let missed = row.missed, facts.members.contains(where: { $0.missed != nil }) {
        throw Refusal(.nobodyMissed, column: "makes_up", value: missed.text)
      }
      let place = facts.whom.place(in: row.cohort)
      throw Refusal(
        .notEnrolled, column: place.column, value: place.value, ["cohort": row.cohort.code])
    }
    var isNew = false
    for member in present {
      if try self.attend(member, held, row, facts) { isNew = true }
    }
    return isNew
  }

  /// The class that begins then: one that is there, or a new one that nobody's day forbids.
  private mutating func held(_ row: Row, _ facts: Facts) throws(Refusal) -> ClassRecord {
    let planned = self.recorded.classes.first {
      $0.cohortID == row.cohort.id && $0.time.day == row.time.day
        && $0.time.starts == row.time.starts
    }
    if let there = planned ?? facts.held {
      let makesUp = planned.map { self.madeUp[$0.id] } ?? facts.madeUp
      try Self.same(row.missed?.text ?? "–", as: makesUp?.text ?? "–", column: "makes_up")
      try Self.same(
        PersonNumber.text(facts.trainerID), as: PersonNumber.text(there.trainerID),
        column: "trainer")
      let ends = ClassTime.text(there.time.ends)
      try Self.fits(row.hours, from: there.time.starts, until: there.time.ends, typed: ends)
      if row.saysEnd { try Self.same(ClassTime.text(row.time.ends), as: ends, column: "end") }
      return there
    }
    // No class is held where the organisation is not entitled that day.
    guard facts.isEntitled else {
      throw Refusal(
        .notEntitledToTrain, column: "date", value: row.time.day.iso,
        ["day": row.time.day.iso])
    }
    let taught =
      facts.taught
      + self.recorded.classes.filter {
        $0.trainerID == facts.trainerID
      }
    try Self.apart(row.time, from: taught, who: "trainer")
    // A trainer's day is measured by the clock: breaks are not known here.
    let minutes = taught.filter { $0.time.day == row.time.day }
      .reduce(row.time.minutes) { $0 + $1.time.minutes }
    try Self.fitsDay((minutes * 4 + 44) / 45, under: row.edition, column: "trainer", who: nil)
    let held = ClassRecord(
      id: self.nextClassID, cohortID: row.cohort.id, time: row.time, trainerID: facts.trainerID,
      makesUp: row.missed?.id)
    self.madeUp[held.id] = row.missed
    self.nextClassID += 1
    self.recorded.classes.append(held)
    return held
  }

  /// Takes note that somebody was not there.
  private mutating func leaveOut(
    _ member: Member, _ held: ClassRecord
  ) throws(Refusal) {
    let person = member.enrolment.personID
    if let there = member.there {
      try Self.same(Hours.none.text, as: there.text, column: "absent", who: person)
    }
    try self.tell(person, .absent, held, column: "absent")
  }

  /// Plans one attendance; false if it is there already.
  private mutating func attend(
    _ member: Member, _ held: ClassRecord, _ row: Row, _ facts: Facts
  ) throws(Refusal) -> Bool {
    let person = member.enrolment.personID
    let who = PersonNumber.text(person)
    let day = held.time.day
    if day < member.enrolment.enrolledOn {
      throw Refusal(
        .beforeEnrolment, column: "date", value: day.iso,
        ["enrolled": member.enrolment.enrolledOn.iso])
    }
    if let there = Self.recorded(of: member, facts) {
      try Self.same(row.hours.text, as: there.text, column: "practice", who: person)
      return false
    }
    if member.results.contains(where: { $0.outcome == .passed && !$0.isAnnulled }) {
      throw Refusal(.alreadyPassed, column: "trainee", value: who)
    }
    let isBarred = member.examinedOn.contains {
      Separation.bars(
        taught: day, examined: $0, within: row.edition[.taughtBarMonths].value)
    }
    if isBarred {
      throw Refusal(.trainerExamined, column: "trainer", value: who)
    }
    if self.persons.areOne(person, held.trainerID) {
      throw Refusal(.trainsHimself, column: "trainer", value: who)
    }
    if self.persons.areOne(person, self.recorder.personID) {
      throw Refusal(.actsOnHimself, column: "trainee", value: who)
    }
    try self.checkMissed(member, held, row)
    try self.tell(person, .present, held, column: "trainee")
    let near = ClassTime.days(around: day)
    let others =
      member.attended
      + [near.first, day, near.last].flatMap {
        self.attended[PersonDay(person: person, day: $0)] ?? []
      }
    try Self.apart(held.time, from: others.map(\.held), who: who)
    let quarters = others.filter { $0.held.time.day == day }
      .reduce(row.hours.total) { $0 + $1.hours.total }
    try Self.fitsDay(quarters, under: row.edition, column: row.hours.column, who: person)
    self.attended[PersonDay(person: person, day: day), default: []].append(
      Attended(held, row.hours))
    self.attending[PersonClass(person: person, classID: held.id)] = row.hours
    if let missed = row.missed {
      self.makingUp[PersonClass(person: person, classID: missed.id), default: Hours.none] +=
        row.hours
    }
    self.recorded.attendances.append(
      .init(classID: held.id, enrolmentID: member.enrolment.id, hours: row.hours))
    return true
  }

  /// Nobody makes up more of a class than he or she missed, whichever is told first.
  private func checkMissed(
    _ member: Member, _ held: ClassRecord, _ row: Row
  ) throws(Refusal) {
    let person = member.enrolment.personID
    if let missed = self.missed(by: member, row) {
      try missed.check(makingUp: row.hours, who: person)
    }
    if var here = member.here {
      here.madeUp = here.madeUp + self.told(self.makingUp, person, held.id)
      try here.check(attending: row.hours, column: row.hours.column)
    }
  }

  /// What somebody missed of the class that a row makes up, with what this list tells of it.
  private func missed(by member: Member, _ row: Row) -> Missed? {
    guard var missed = member.missed, let id = row.missed?.id else { return nil }
    missed.attended = missed.attended + self.told(self.attending, member.enrolment.personID, id)
    missed.madeUp = missed.madeUp + self.told(self.makingUp, member.enrolment.personID, id)
    return missed
  }

  private func told(_ hours: [PersonClass: Hours], _ person: Int64, _ id: Int64) -> Hours {
    hours[PersonClass(person: person, classID: id)] ?? Hours.none
  }

  /// Whether a row of a class that makes up another may be for somebody: one for the whole cohort is for those
  /// who missed something.
  private func isFor(_ member: Member, _ whom: Whom, _ row: Row) -> Bool {
    switch whom {
    case .one, .stranger: true
    case .everybody: self.missed(by: member, row).map { $0.left.total > 0 } ?? true
    }
  }

  /// What is recorded of somebody in the class that a row means: no hours, if the class is recorded
  /// without a trainee whom a row for the whole cohort takes for present; nil if it may be added.
  private static func recorded(of member: Member, _ facts: Facts) -> Hours? {
    guard member.there == nil, facts.held != nil else { return member.there }
    switch facts.whom {
    case .one, .stranger: return nil
    case .everybody: return Hours.none
    }
  }

  /// Takes a word of this list on somebody in a class: there is one such word.
  private mutating func tell(
    _ person: Int64, _ presence: Presence, _ held: ClassRecord, column: String
  ) throws(Refusal) {
    let key = PersonClass(person: person, classID: held.id)
    let before = self.told.updateValue(presence, forKey: key)
    guard before == nil || (before == .absent && presence == .absent) else {
      throw Refusal(.twiceInFile, column: column, value: PersonNumber.text(person))
    }
  }
}

// Each rule that is asked more than once.
extension RecordHours {
  /// Refuses what is told otherwise than it is recorded.
  private static func same(
    _ told: String, as there: String, column: String, who person: Int64? = nil
  ) throws(Refusal) {
    guard told == there else {
      throw Refusal(.differs, column: column, value: told, Self.about(person, ["there": there]))
    }
  }

  /// Refuses more hours than fit in a class: each takes 45 minutes.
  ///
  /// - Parameter end: When the class ends, as it was typed.
  static func fits(
    _ hours: Hours, from starts: Int, until ends: Int, typed end: String
  ) throws(Refusal) {
    let needed = starts + hours.minutes
    guard ends >= needed else {
      throw Refusal(
        .hoursAboveClass, column: "end", value: end,
        ["hours": Hours.text(hours.total), "needed": ClassTime.text(needed)])
    }
  }

  /// Refuses a day of more hours than the edition lets be.
  static func fitsDay(
    _ quarters: Int, under edition: Edition, column: String, who person: Int64?
  ) throws(Refusal) {
    let most = edition[.dayQuarters].value
    guard quarters <= most else {
      throw Refusal(
        .hoursAboveDay, column: column, value: Hours.text(min(quarters, 4_000)),
        Self.about(person, ["limit": Hours.text(most)]))
    }
  }

  /// Refuses two classes at once.
  private static func apart(
    _ time: ClassTime, from others: [ClassRecord], who: String
  ) throws(Refusal) {
    if let other = others.first(where: { $0.time.overlaps(time) }) {
      throw Refusal(
        .classesOverlap, column: "start", value: ClassTime.text(time.starts),
        ["who": who, "other": ClassTime.text(other.time.starts)])
    }
  }

  /// The arguments of a refusal, with the person's number if it is about one.
  private static func about(
    _ person: Int64?, _ arguments: [String: String]
  ) -> [String: String] {
    guard let person else { return arguments }
    return arguments.merging(["who": PersonNumber.text(person)]) { $1 }
  }
}

extension RecordHours.Row {
  /// Reads a row of a class on `day`.
  ///
  /// - Parameters:
  ///   - end: Empty takes 45 minutes an hour.
  ///   - theory: In quarters, as `practice`.
  ///   - makingUp: What it makes up; such a class may be after the cohort's last day.
  /// - Throws: ``Refusal`` with ``Reason/outsideCohort``, ``Reason/outOfRange``,
  ///   ``Reason/missing``, ``Reason/hoursAboveDay``, ``Reason/notATime``,
  ///   ``Reason/hoursAboveClass``, ``Reason/makeUpOfMakeUp`` or ``Reason/makeUpBefore``.
  package init(
    in cohort: CohortRecord, under edition: Edition, on day: CivilDate, from start: String,
    until end: String, theory: Int, practice: Int, makingUp: MakeUp? = nil
  ) throws(Refusal) {
    let last = makingUp?.lastDay ?? cohort.endsOn
    guard day >= cohort.startsOn, day <= last else {
      throw Refusal(
        .outsideCohort, column: "date", value: day.iso,
        ["from": cohort.startsOn.iso, "until": last.iso])
    }
    let hours = try Hours(typedTheory: theory, practice: practice)
    try RecordHours.fitsDay(hours.total, under: edition, column: hours.column, who: nil)
    let starts = try ClassTime.minute(typed: start, column: "start")
    let needed = starts + hours.minutes
    let ends =
      try end.isEmpty
      ? min(needed, ClassTime.latestEnd)
      : ClassTime.end(typed: ClassTime.minute(typed: end, column: "end"), after: starts)
    try RecordHours.fits(hours, from: starts, until: ends, typed: end)
    guard let time = ClassTime(day: day, starts: starts, ends: ends) else {
      // At 24:00 the next day begins, and its classes with it.
      throw Refusal(.notATime, column: "start", value: start)
    }
    if let missed = makingUp?.missed {
      guard missed.makesUp == nil else {
        throw Refusal(.makeUpOfMakeUp, column: "makes_up", value: missed.text)
      }
      guard time.follows(missed.time) else {
        throw Refusal(.makeUpBefore, column: "makes_up", value: missed.text)
      }
    }
    self.init(
      cohort: cohort, edition: edition, time: time, hours: hours, saysEnd: !end.isEmpty,
      missed: makingUp?.missed)
  }
}

extension RecordHours.Whom {
  /// Whether a row says that `member` was not there.
  fileprivate func leavesOut(_ member: RecordHours.Member) -> Bool {
    switch self {
    case .one, .stranger: false
    case .everybody(let absent): absent.contains(member.enrolment.personID)
    }
  }

  /// Whether a row of a class on `day` says that `member` was there.
  fileprivate func means(_ member: RecordHours.Member, on day: CivilDate) -> Bool {
    switch self {
    case .one(let person): member.enrolment.personID == person
    case .stranger: false
    case .everybody: !self.leavesOut(member) && member.enrolment.enrolledOn <= day
    }
  }

  /// Where a row says whom it means.
  fileprivate func place(in cohort: CohortRecord) -> (column: String, value: String) {
    switch self {
    case .one(let person): ("trainee", PersonNumber.text(person))
    case .stranger(let typed): ("trainee", typed)
    case .everybody: ("cohort", cohort.code)
    }
  }
}

extension Hours {
  /// The column that a refusal of these hours is about.
  var column: String { self.practice > 0 ? "practice" : "theory" }
  /// How long they take: 45 minutes an hour, a part of a minute counted whole.
  fileprivate var minutes: Int { (self.total * 45 + 3) / 4 }
}

extension ClassTime {
  /// Whether it begins when `other` is over, or later; both are on days of one cohort.
  fileprivate func follows(_ other: ClassTime) -> Bool {
    self.starts + (self.day.dayNumber - other.day.dayNumber) * 1440 >= other.ends
  }
  fileprivate var minutes: Int { self.ends - self.starts }
}
