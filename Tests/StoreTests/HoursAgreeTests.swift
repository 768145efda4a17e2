import BitimDomain
import Testing

/// The same random facts, once as values for the act and once as rows for the triggers of the tables
/// it writes: what the one takes the others take, and what the one refuses the others refuse.
@Suite("Domain and triggers agree on hours")
struct HoursAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<Reason> = [
    // A cohort may get other dates after a class one day: the file orders days by persons.
    .outsideCohort,
    // Who recorded stands in the act, and not in its rows (R-021).
    .actsOnHimself,
  ]

  /// Every reason that a row can meet here.
  static let reasons: Set<Reason> = [
    .outsideCohort, .hoursAboveDay, .hoursAboveClass, .notATime, .differs, .classesOverlap,
    .beforeEnrolment, .alreadyPassed, .trainerExamined, .trainsHimself, .actsOnHimself,
    .twiceInFile,
  ]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows.ofHours()
    defer { rows.close() }
    var chance = Chance(seed: 2_026)
    var drawn: [Reason: Int] = [:]
    var accepted = 0
    for number in 0..<2_000 {
      var school = HoursSchool(&chance)
      rows.begin()
      defer { rows.undo() }
      school.settle(rows)
      var act = RecordHours(
        by: .init(personID: chance.often(9) ? 99 : 3, isRegistrar: true), firstClassID: 900)
      // Of a list of two rows the second meets what the first adds.
      var last: HoursSchool.Told?
      for _ in 0..<(chance.often(1) ? 2 : 1) {
        let told = HoursSchool.Told(&chance, after: last)
        last = told
        let before = act.deed
        do throws(Refusal) {
          _ = try act.add(try told.row(), school.facts(told))
          accepted += 1
          #expect(rows.take(act.deed, after: before), "case \(number): \(told)")
        } catch {
          drawn[error.reason, default: 0] += 1
          if !Self.toldOnce.contains(error.reason) {
            let isTaken = rows.take(told, in: school.classes + act.plannedClasses)
            #expect(!isTaken, "case \(number): \(error) \(told)")
          }
          break
        }
      }
    }
    #expect(accepted > 100)
    #expect(Set(drawn.keys) == Self.reasons, "\(drawn)")
  }

  @Test("29 February is the same day for both (R-015, R-023)")
  func leapDay() throws {
    let rows = try RuleRows.ofHours()
    defer { rows.close() }
    for (session, taught, bars) in [
      ("2024-02-29", "2022-02-28", true), ("2024-02-29", "2022-02-27", false),
      ("2024-02-28", "2022-02-28", true), ("2024-03-01", "2022-02-28", false),
      ("2026-02-28", "2024-02-28", true), ("2026-02-28", "2024-02-27", false),
      ("2026-06-15", "2024-06-15", true), ("2026-06-15", "2024-06-14", false),
    ] {
      rows.begin()
      defer { rows.undo() }
      rows.run(Enrolled.sql(31, person: 3, cohort: 1, on: "2020-01-01"))
      rows.run(
        "INSERT INTO session VALUES (1, 'S', 1, '\(session)', '\(session)', '1', 1, NULL, NULL)")
      rows.run("INSERT INTO commission_seat VALUES (1, 1, 'member', 1, NULL, NULL)")
      rows.run(HoursSchool.result(1, session: 1, enrolment: 31, .failed, annulled: false))
      rows.run("INSERT INTO class VALUES (900, 1, '\(taught)', 540, 600, 1, 1, NULL)")
      let isTaken = rows.run("INSERT INTO attendance VALUES (31, 900, 4, 0, 1, NULL)")
      #expect(isTaken == !bars, "\(session) \(taught)")
      let (examined, day) = (
        try #require(CivilDate(iso: session)), try #require(CivilDate(iso: taught))
      )
      #expect(
        Separation.bars(taught: day, examined: examined, within: 24) == bars,
        "\(session) \(taught)")
    }
  }
}

extension RuleRows {
  /// With the triggers of classes, attendance and trainers.
  fileprivate static func ofHours() throws -> RuleRows {
    let rows = try RuleRows(of: ["class", "attendance", "cohort_trainer"])
    for id in 1...2 {
      rows.put(
        """
        INSERT INTO cohort VALUES (\(id), 'C\(id)', 1, 1, 'kk', 'in_person', '2020-01-01',
          '2030-12-31', 'x', 1)
        """)
    }
    for id in 1...5 { rows.put("INSERT INTO person VALUES (\(id), '', 1)") }
    for (cohort, person) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
      rows.put(
        "INSERT INTO cohort_trainer VALUES (\(cohort), \(person), 'x', 1, NULL, NULL, NULL, NULL)")
    }
    return rows
  }

  fileprivate func take(_ held: ClassRecord) -> Bool {
    self.run(
      """
      INSERT INTO class VALUES (\(held.id), \(held.cohortID), '\(held.time.day.iso)',
        \(held.time.starts), \(held.time.ends), \(held.trainerID), 1, NULL)
      """)
  }

  fileprivate func take(enrolment: Int64, class id: Int64, theory: Int, practice: Int) -> Bool {
    self.run("INSERT INTO attendance VALUES (\(enrolment), \(id), \(theory), \(practice), 1, NULL)")
  }

  /// Whether the rows of a deed are taken, those of `before` being there.
  fileprivate func take(_ deed: Deed?, after before: Deed?) -> Bool {
    guard case .hoursRecorded(let all)? = deed else { return true }
    var (classes, attendances) = (0, 0)
    if case .hoursRecorded(let there)? = before {
      (classes, attendances) = (there.classes.count, there.attendances.count)
    }
    return all.classes.dropFirst(classes).allSatisfy { self.take($0) }
      && all.attendances.dropFirst(attendances).allSatisfy {
        self.take(
          enrolment: $0.enrolmentID, class: $0.classID, theory: $0.hours.theory,
          practice: $0.hours.practice)
      }
  }

  /// Whether what a row tells would be taken just as it tells it.
  fileprivate func take(_ told: HoursSchool.Told, in classes: [ClassRecord]) -> Bool {
    let there = classes.first {
      $0.cohortID == 1 && $0.time.day.iso == told.day && $0.time.starts == told.starts
    }
    var id: Int64 = 999
    if let there, there.trainerID == told.trainer, told.ends == nil || told.ends == there.time.ends
    {
      id = there.id
    } else {
      let ends = told.ends ?? told.starts + ((told.theory + told.practice) * 45 + 3) / 4
      let isTaken = self.run(
        """
        INSERT INTO class VALUES (\(id), 1, '\(told.day)', \(told.starts), \(ends),
          \(told.trainer), 1, NULL)
        """)
      guard isTaken else { return false }
    }
    return self.take(
      enrolment: told.person + 28, class: id, theory: told.theory, practice: told.practice)
  }
}

/// Two cohorts with trainers 1 and 2, of whom the second is trained in the first cohort, too.
private struct HoursSchool {
  /// What a row tells: of cohort 1, and of one trainee.
  struct Told {
    let day: String
    let starts: Int
    let ends: Int?
    let theory: Int
    let practice: Int
    let trainer: Int64
    /// 2, 3 or 4, under enrolment 30, 31 or 32.
    var person: Int64

    /// - Parameter last: The row before, whose class the second row of a list often means again.
    init(_ chance: inout Chance, after last: Told?) {
      if let last, chance.often(1) {
        self = last
        self.person = chance.of([2, 3, 3, 3, 4])
        return
      }
      self.day = chance.often(30) ? chance.of(HoursSchool.days) : "2019-12-31"
      self.starts = chance.often(30) ? chance.of(HoursSchool.starts) : 1_440
      let long = chance.often(20) ? chance.of([4, 8, 16, 16]) : chance.of([32, 40, 41])
      self.theory = chance.of([0, long / 2])
      self.practice = long - self.theory
      self.ends =
        chance.often(1) ? nil : min(1_800, self.starts + chance.of([60, 90, 180, 500]))
      self.trainer = chance.of([1, 2])
      self.person = chance.of([2, 3, 3, 3, 4])
    }

    func row() throws(Refusal) -> RecordHours.Row {
      guard let day = CivilDate(iso: self.day) else { preconditionFailure("not a day") }
      return try RecordHours.Row(
        in: HoursSchool.cohort, under: HoursSchool.edition, on: day,
        from: ClassTime.text(self.starts), until: self.ends.map(ClassTime.text) ?? "",
        theory: self.theory, practice: self.practice)
    }
  }

  static let edition = Edition.of(id: 1, [:])

  static let days = ["2022-02-28", "2022-03-01", "2024-02-29"]
  static let starts = [0, 480, 540, 600, 780, 900, 1_380]
  static let sessions = ["2024-02-28", "2024-02-29", "2024-03-01", "2026-02-28"]

  static var cohort: CohortRecord {
    guard let starts = CivilDate(iso: "2020-01-01"), let ends = CivilDate(iso: "2030-12-31") else {
      preconditionFailure("not a day")
    }
    return CohortRecord(
      id: 1, code: "C1", editionID: 1, organisationID: 1, language: .kk, form: .inPerson,
      startsOn: starts, endsOn: ends, place: "x")
  }

  /// A result of a session as a row.
  static func result(
    _ id: Int, session: Int64, enrolment: Int64, _ outcome: ResultOutcome, annulled: Bool
  ) -> String {
    """
    INSERT INTO result VALUES (\(id), \(session), \(enrolment), 1, '\(outcome.rawValue)', NULL, NULL,
      NULL, 5, 1, 1, NULL, NULL, NULL, NULL, \(annulled ? "1" : "NULL"), NULL)
    """
  }

  private struct Attendance {
    var enrolment: Int64
    var held: ClassRecord
    var hours: Hours
  }

  private let enrolments: [EnrolmentRecord]
  private(set) var classes: [ClassRecord] = []
  private var attended: [Attendance] = []
  private var results: [ResultRecord] = []
  /// Who sat in which session.
  private var seats: [Int64: Int64] = [:]

  /// Draws what may stand; ``settle(_:)`` leaves what the triggers take.
  init(_ chance: inout Chance) {
    func day(_ text: String) -> CivilDate {
      guard let day = CivilDate(iso: text) else { preconditionFailure("not a day") }
      return day
    }
    var enrolments: [EnrolmentRecord] = []
    for (id, cohort, person) in [(30, 1, 2), (31, 1, 3), (32, 1, 4), (33, 2, 3)] {
      let enrolled = chance.often(9) ? "2020-01-01" : chance.of(Self.days)
      enrolments.append(
        EnrolmentRecord(
          id: Int64(id), cohortID: Int64(cohort), personID: Int64(person),
          enrolledOn: day(enrolled)))
    }
    self.enrolments = enrolments
    for id in 1...3 {
      let starts = chance.of(Self.starts)
      let time = ClassTime(
        day: day(chance.of(Self.days)), starts: starts,
        ends: starts + chance.of([60, 90, 180, 360]))
      guard let time else { continue }
      self.classes.append(
        ClassRecord(
          id: Int64(id), cohortID: chance.of([1, 1, 2]), time: time, trainerID: chance.of([1, 2])))
    }
    // A long morning, which leaves few hours of the day to another trainer.
    if chance.often(1), let time = ClassTime(day: day(chance.of(Self.days)), starts: 480, ends: 840)
    {
      let morning = ClassRecord(id: 4, cohortID: 1, time: time, trainerID: 1)
      self.classes.insert(morning, at: 0)
      self.attended.append(
        Attendance(enrolment: 31, held: morning, hours: Hours(theory: 4, practice: 28)))
    }
    for _ in 0..<3 {
      self.attended.append(
        Attendance(
          enrolment: chance.of(enrolments).id, held: chance.of(self.classes),
          hours: Hours(theory: chance.of([0, 4]), practice: chance.of([4, 28]))))
    }
    for id in Int64(1)...2 where chance.often(1) {
      self.seats[id] = chance.of([1, 2])
      self.results.append(
        ResultRecord(
          id: id, sessionID: id, enrolmentID: chance.of(enrolments).id, attempt: 1,
          outcome: chance.of([.passed, .failed, .failed, .failed]), scores: [:], recordedBy: 5,
          confirmedBy: 0, isAnnulled: !chance.often(5), heldOn: day(chance.of(Self.sessions)),
          protocolNumber: "1"))
    }
  }

  /// Puts all of it into the database; what the triggers don't take never was.
  mutating func settle(_ rows: RuleRows) {
    for enrolment in self.enrolments {
      rows.run(
        Enrolled.sql(
          enrolment.id, person: enrolment.personID, cohort: enrolment.cohortID,
          on: enrolment.enrolledOn.iso))
    }
    self.classes = self.classes.filter { rows.take($0) }
    let classes = Set(self.classes.map(\.id))
    self.attended = self.attended.filter {
      classes.contains($0.held.id)
        && rows.take(
          enrolment: $0.enrolment, class: $0.held.id, theory: $0.hours.theory,
          practice: $0.hours.practice)
    }
    // One pass of an enrolment stands.
    self.results = self.results.filter { result in
      rows.run(
        """
        INSERT INTO session VALUES (\(result.sessionID), 'S\(result.sessionID)', 1,
          '\(result.heldOn.iso)', '\(result.heldOn.iso)', '1', 1, NULL, NULL)
        """)
      if let person = self.seats[result.sessionID] {
        rows.run(
          """
          INSERT INTO commission_seat VALUES (\(result.sessionID), \(person), 'member', 1, NULL, NULL)
          """)
      }
      return rows.run(
        Self.result(
          Int(result.id), session: result.sessionID, enrolment: result.enrolmentID,
          result.outcome, annulled: result.isAnnulled))
    }
  }

  /// The day, the one before and the one after.
  private static func near(_ day: String) -> ClosedRange<CivilDate> {
    guard let day = CivilDate(iso: day) else { preconditionFailure("not a day") }
    return CivilDate(dayNumber: day.dayNumber - 1)...CivilDate(dayNumber: day.dayNumber + 1)
  }

  /// What the registry knows of what a row tells.
  func facts(_ told: Told) -> RecordHours.Facts {
    let held = self.classes.first {
      $0.cohortID == 1 && $0.time.day.iso == told.day && $0.time.starts == told.starts
    }
    return RecordHours.Facts(
      trainerID: told.trainer, whom: .one(told.person), held: held,
      taught: self.classes.filter {
        $0.trainerID == told.trainer && Self.near(told.day).contains($0.time.day)
      },
      members: self.enrolments.filter { $0.cohortID == 1 }.map { enrolment in
        let own = Set(
          self.enrolments.filter { $0.personID == enrolment.personID }.map(\.id))
        return RecordHours.Member(
          enrolment,
          there: self.attended.first {
            $0.enrolment == enrolment.id && $0.held.id == held?.id
          }?.hours,
          results: self.results.filter { $0.enrolmentID == enrolment.id },
          examinedOn: self.results.filter {
            own.contains($0.enrolmentID) && !$0.isAnnulled
              && self.seats[$0.sessionID] == told.trainer
          }.map(\.heldOn),
          attended: self.attended.filter {
            own.contains($0.enrolment) && Self.near(told.day).contains($0.held.time.day)
          }.map { .init($0.held, $0.hours) })
      }, isEntitled: true)
  }
}

extension RecordHours {
  /// The classes that the list adds so far.
  fileprivate var plannedClasses: [ClassRecord] {
    guard case .hoursRecorded(let hours)? = self.deed else { return [] }
    return hours.classes
  }
}
