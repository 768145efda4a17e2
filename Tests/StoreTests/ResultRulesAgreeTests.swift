import BitimDomain
import Testing

/// The same random facts, once as values for the acts and once as rows for the triggers of `result`: what
/// the one takes the other takes, and what the one refuses the other refuses.
@Suite("Domain and triggers agree on results")
struct ResultRulesAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<Reason> = [
    // The file knows no today.
    .dateInFuture,
    // Which enrolment a row means is asked before there is a result.
    .notEnrolled, .candidateNotAdmitted,
    // A row holds one score of each component, and which are asked is no rule of the file.
    .scoreTwice, .scoreNotAsked, .scoreMissing,
    // What was replaced and what replaces it are two changes, and the one does not know the other.
    .notYourRecord,
    // What the chair was shown is no row.
    .resultsChanged, .nothingToConfirm,
  ]

  @Test("over random facts of a row, every reason among them")
  func recorded() throws {
    let rows = try RuleRows.ofResults()
    defer { rows.close() }
    var chance = Chance(seed: 613)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<2_000 {
      rows.begin()
      defer { rows.undo() }
      var school = ResultSchool(&chance)
      school.settle(rows, &chance)
      let told = ResultSchool.Told(&chance)
      switch school.decided(told) {
      case .success(nil): break
      case .success(let result?):
        accepted += 1
        #expect(rows.take(result, by: told.recorder), "case \(number): \(told)")
      case .failure(let refusal):
        drawn.insert(refusal.reason)
        if !Self.toldOnce.contains(refusal.reason) {
          let isTaken = rows.take(school.asTold(told), by: told.recorder)
          #expect(!isTaken, "case \(number): \(refusal) \(told)")
        }
      }
    }
    #expect(accepted > 200)
    #expect(
      drawn == [
        .notInCommission, .chairRecords, .dateInFuture, .notEnrolled, .candidateNotAdmitted,
        .scoreTwice, .scoreNotAsked,
        .outOfRange, .scoreMissing, .alreadyConfirmed, .notYourRecord, .examinesHimself,
        .examinerTaught, .hoursShort, .beforeLastClass, .alreadyPassed, .resultPending,
        .attemptsUsed, .sessionCancelled, .retakeTooEarly, .missing, .notInList,
      ])
  }

  @Test("over random facts of a confirmation, every reason among them")
  func confirmed() throws {
    let rows = try RuleRows.ofResults()
    defer { rows.close() }
    var chance = Chance(seed: 622)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<1_500 {
      rows.begin()
      defer { rows.undo() }
      var school = ResultSchool(&chance)
      school.settle(rows, &chance)
      // Another chair since: the recorder of some, or the candidate.
      school.session.seats = [chance.of([1, 1, 1, 2, 8]): .chair, 3: .member, 4: .member]
      rows.seat(school.session)
      let confirmer = chance.often(5) ? school.session.chair ?? 0 : 3
      let facts = ConfirmResults.Facts(
        results: school.results.filter { $0.sessionID == 14 }, candidates: [40: school.person],
        teachers: [40: school.teachers], hours: [40: school.hours], edition: ResultSchool.edition,
        digest: chance.often(9) ? "d" : "e")
      let act = ConfirmResults(school.session, shown: "d")
      let waiting = facts.results.filter { !$0.isConfirmed && !$0.isAnnulled }.map(\.id)
      do throws(Refusal) {
        let deed = try act.decided(facts, by: confirmer)
        accepted += 1
        guard case .resultsConfirmed(let confirmed) = deed else { preconditionFailure("\(deed)") }
        for id in confirmed.resultIDs {
          #expect(rows.confirm(id, by: confirmer), "case \(number)")
        }
      } catch {
        drawn.insert(error.reason)
        if !Self.toldOnce.contains(error.reason), let first = waiting.first {
          #expect(!rows.confirm(first, by: confirmer), "case \(number): \(error)")
        }
      }
    }
    #expect(accepted > 50)
    #expect(
      drawn == [
        .notChair, .nothingToConfirm, .resultsChanged, .confirmsOwnRecord, .examinesHimself,
        .hoursShort, .examinerTaught,
      ])
  }

  @Test("over random facts of an annulment, every reason among them")
  func annulled() throws {
    let rows = try RuleRows.ofResults()
    defer { rows.close() }
    var chance = Chance(seed: 626)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<1_000 {
      rows.begin()
      defer { rows.undo() }
      var school = ResultSchool(&chance)
      school.settle(rows, &chance)
      // Some who recorded or confirmed have no seat now.
      school.session.seats = [4: .chair, chance.of([1, 2, 3]): .member, 5: .member]
      rows.seat(school.session)
      let certificate = chance.often(5) ? nil : CertificateNumber(year: 2026, serial: 1)
      if let certificate { rows.issue(certificate) }
      let annuller: Int64 = chance.of([1, 2, 3, 6, school.person, 99, 99, 99])
      let facts = AnnulResult.Facts(
        results: school.results.filter { $0.sessionID == 14 },
        seated: Set(school.session.seats.keys), trainers: Set(school.teachers.lastTaught.keys),
        certificate: certificate)
      let act = AnnulResult(of: school.person, in: school.session, for: "шу")
      do throws(Refusal) {
        let deed = try act.decided(facts, by: annuller)
        accepted += 1
        guard case .resultAnnulled(let annulled) = deed else { preconditionFailure("\(deed)") }
        #expect(rows.annul(annulled.resultID, by: annuller), "case \(number)")
      } catch {
        drawn.insert(error.reason)
        let meant = facts.results.last { $0.isConfirmed && !$0.isAnnulled } ?? facts.results.last
        if let meant {
          #expect(!rows.annul(meant.id, by: annuller), "case \(number): \(error)")
        }
      }
    }
    #expect(accepted > 50)
    #expect(
      drawn == [.resultUnknown, .actsOnHimself, .annulsOwnResult, .certificateStands])
  }

  @Test("29 February is the same day for both (R-015, R-022)")
  func leapDay() throws {
    let rows = try RuleRows.ofResults()
    defer { rows.close() }
    for (held, taught, bars) in [
      ("2028-02-29", "2026-02-28", true), ("2028-02-29", "2026-02-27", false),
      ("2028-03-01", "2026-02-28", false), ("2026-02-28", "2024-02-28", true),
      ("2026-02-28", "2024-02-27", false), ("2026-06-15", "2024-06-15", true),
      ("2026-06-15", "2024-06-14", false),
    ] {
      rows.begin()
      defer { rows.undo() }
      var session = ResultSchool.session
      session.heldOn = ResultSchool.day(held)
      rows.put(session)
      rows.enrol(person: 8, in: 4, hours: Hours(theory: 144, practice: 144), until: nil)
      rows.run("INSERT INTO taught VALUES (8, 3, '\(taught)')")
      let result = ResultsRecorded.Result(
        id: 50, enrolmentID: 40, attempt: 1, outcome: .passed,
        scores: [.test: 60, .interview: 70], replacesID: 0)
      #expect(rows.take(result, by: 2) == !bars, "\(held) \(taught)")
      #expect(
        Separation.bars(
          taught: ResultSchool.day(taught), examined: session.heldOn, within: 24)
          == bars,
        "\(held) \(taught)")
    }
  }
}

extension RuleRows {
  /// With the triggers of results.
  fileprivate static func ofResults() throws -> RuleRows {
    let rows = try RuleRows(of: ["result"])
    for (id, edition) in [(4, 90), (5, 90), (6, 91), (7, 90)] {
      rows.put(
        """
        INSERT INTO cohort VALUES (\(id), 'C\(id)', \(edition), \(id == 7 ? 9 : 7), 'kk',
          'in_person', '2026-01-01', '2026-12-31', 'x', 1)
        """)
    }
    for edition in Int64(90)...91 {
      rows.put(
        edition: edition,
        [
          "theory_quarters": 144, "practice_quarters": 144, "attempts_max": 2,
          "retake_wait_days": 36, "absence_uses_attempt": 1,
        ])
    }
    for id in 11...13 {
      var session = ResultSchool.session
      session.id = Int64(id)
      session.heldOn = ResultSchool.day("2026-02-\(id)")
      rows.put(session)
    }
    return rows
  }

  fileprivate func put(_ session: SessionRecord) {
    let isPut = self.run(
      """
      INSERT INTO session VALUES (\(session.id), 'S\(session.id)', 4, '\(session.heldOn.iso)',
        '\(session.heldOn.iso)', '1', 1, \(session.isCancelled ? "2, 'cancelled'" : "NULL, NULL"))
      """)
    #expect(isPut)
    self.seat(session)
  }

  /// Gives a session these seats and no other.
  fileprivate func seat(_ session: SessionRecord) {
    #expect(self.run("DELETE FROM commission_seat WHERE session_id = \(session.id)"))
    for (person, seat) in session.seats {
      let isPut = self.run(
        """
        INSERT INTO commission_seat VALUES (\(session.id), \(person), '\(seat.rawValue)', 1, NULL,
          NULL)
        """)
      #expect(isPut)
    }
  }

  /// Enrolment 40, with what was attended.
  fileprivate func enrol(person: Int64, in cohort: Int64, hours: Hours, until last: CivilDate?) {
    let isPut = self.run(
      """
      \(Enrolled.sql(40, person: person, cohort: cohort, on: "2026-01-01"))
      INSERT INTO enrolment_hours VALUES (40, \(hours.theory), \(hours.practice),
        '\(last?.iso ?? "2026-01-01")')
      """)
    #expect(isPut)
  }

  /// Whether a result is taken as the fold puts it.
  fileprivate func take(
    _ result: ResultsRecorded.Result, in session: Int64 = 14, by recorder: Int64
  ) -> Bool {
    if result.replacesID != 0 {
      guard self.run("UPDATE result SET replaced_seq = 9 WHERE id = \(result.replacesID)") else {
        return false
      }
    }
    func points(_ component: Component) -> String {
      result.scores[component].map { "\($0)" } ?? "NULL"
    }
    return self.run(
      """
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, test, role_play,
        interview, recorded_by, recorded_at_ms, seq, why)
      VALUES (\(result.id), \(session), \(result.enrolmentID), \(result.attempt),
        '\(result.outcome.rawValue)', \(points(.test)), \(points(.rolePlay)),
        \(points(.interview)), \(recorder), 1, 1,
        \(result.why.isEmpty ? "NULL" : "'\(result.why)'"))
      """)
  }

  fileprivate func confirm(_ id: Int64, by person: Int64) -> Bool {
    self.run("UPDATE result SET confirmed_by = \(person), confirmed_seq = 9 WHERE id = \(id)")
  }

  /// Whether an annulment is taken; `act` is no act that was before.
  fileprivate func annul(_ id: Int64, by person: Int64, act: Int = 10) -> Bool {
    self.run("UPDATE result SET annulled_by = \(person), annulled_seq = \(act) WHERE id = \(id)")
  }

  /// A certificate that rests on the enrolment.
  fileprivate func issue(_ number: CertificateNumber) {
    let isPut = self.run(
      """
      INSERT INTO certificate VALUES (\(number.value), zeroblob(10), 8, 'programme', 1, 40,
        '2026-06-20', '2026-06-20', NULL, 99, 1)
      """)
    #expect(isPut)
  }
}

/// One candidate towards session 14 of cohort 4: chair 1, members 2 and 3.
private struct ResultSchool {
  /// What somebody tells of the candidate.
  struct Told {
    let recorder: Int64
    let today: CivilDate
    let row: RecordResults.Row

    init(_ chance: inout Chance) {
      self.recorder = chance.often(15) ? chance.of([2, 2, 3]) : chance.of([1, 9])
      self.today = ResultSchool.day(chance.often(30) ? "2030-01-01" : "2026-01-01")
      let instead: ResultOutcome? =
        chance.often(4) ? nil : chance.of([.absent, .absent, .excluded, .interrupted])
      var scores: [(component: Component, points: Int)] = []
      if instead == nil || !chance.often(9) {
        if chance.often(15) { scores.append((.test, chance.of([59, 60, 60, 60, 80, 80]))) }
        if chance.often(15) { scores.append((.interview, chance.of([69, 70, 70, 70, 80, 80]))) }
        if !chance.often(20) { scores.append((.rolePlay, 80)) }
        if !chance.often(20) { scores.append((.test, 60)) }
        if !chance.often(20), !scores.isEmpty { scores[0].points = chance.of([-1, 101]) }
      }
      let isSaid =
        switch instead {
        case nil: !chance.often(30)
        case .absent: chance.often(1)
        case .excluded, .interrupted, .passed, .failed: chance.often(5)
        }
      self.row = RecordResults.Row(
        candidate: "x", instead: instead, scores: scores, why: isSaid ? "анықтама" : "")
    }

    var usesAttempt: Bool {
      switch self.row.instead {
      case nil, .excluded, .passed, .failed: true
      case .interrupted: false
      case .absent: self.row.why.isEmpty
      }
    }
  }

  static func day(_ text: String) -> CivilDate {
    guard let day = CivilDate(iso: text) else { preconditionFailure("not a day") }
    return day
  }

  static let session = SessionRecord(
    id: 14, code: "S14", cohortID: 4, heldOn: Self.day("2026-03-20"), protocolNumber: "1",
    seats: [1: .chair, 2: .member, 3: .member])

  private static func cohort(_ id: Int64) -> CohortRecord {
    CohortRecord(
      id: id, code: "C\(id)", editionID: id == 6 ? 91 : 90, organisationID: id == 7 ? 9 : 7,
      language: .kk, form: .inPerson, startsOn: Self.day("2026-01-01"),
      endsOn: Self.day("2026-12-31"), place: "x")
  }

  static let edition = Edition.of(
    id: 90, [.attemptsMax: 2, .retakeWaitDays: 36, .absenceUsesAttempt: 1],
    components: [
      .init(component: .test, passMark: .init(60, .school)),
      .init(component: .interview, passMark: .init(70, .school)),
    ])

  /// 8, or a member.
  let person: Int64
  private let cohort: Int64
  let hours: Hours
  private let lastClass: CivilDate
  private(set) var teachers: Teachers
  var session = Self.session
  private(set) var results: [ResultRecord] = []

  init(_ chance: inout Chance) {
    self.person = chance.often(20) ? 8 : 3
    self.cohort = chance.often(15) ? 4 : chance.of([5, 5, 6, 7])
    self.session.heldOn = Self.day(
      chance.of(["2026-03-20", "2026-03-20", "2026-03-31", "2028-02-29"]))
    self.session.isCancelled = !chance.often(40)
    self.hours =
      chance.often(12)
      ? Hours(theory: 144, practice: 144)
      : chance.of([Hours(theory: 143, practice: 200), Hours(theory: 200, practice: 143)])
    self.lastClass =
      chance.often(12)
      ? chance.of([Self.day("2026-02-01"), self.session.heldOn])
      : CivilDate(dayNumber: self.session.heldOn.dayNumber + 1)
    let bar = self.session.heldOn.yearsBefore(2).dayNumber
    var taught: [Int64: CivilDate] = [6: Self.day("2026-02-01")]
    if !chance.often(6) {
      taught[chance.of([1, 2, 3])] = CivilDate(dayNumber: bar + chance.of([-1, -1, 0, 1]))
    }
    self.teachers = Teachers(
      lastTaught: taught, cohort: "C\(self.cohort)", barMonths: 24,
      assigned: chance.often(15) ? [6] : [6, chance.of([1, 2, 3])])
  }

  /// Puts all of it into the database, the results before what may bar them now: what the triggers
  /// don't take never was.
  mutating func settle(_ rows: RuleRows, _ chance: inout Chance) {
    rows.put(self.session)
    rows.enrol(
      person: self.person, in: self.cohort, hours: Hours(theory: 144, practice: 144), until: nil)
    for _ in 0..<chance.of([0, 0, 1, 2, 3]) { self.settleResult(rows, &chance) }
    rows.run(
      """
      UPDATE enrolment_hours SET theory_quarters = \(self.hours.theory),
        practice_quarters = \(self.hours.practice), last_on = '\(self.lastClass.iso)'
      """)
    for (trainer, day) in self.teachers.lastTaught {
      rows.run("INSERT INTO taught VALUES (\(self.person), \(trainer), '\(day.iso)')")
    }
    for trainer in self.teachers.assigned {
      rows.run(
        "INSERT INTO cohort_trainer VALUES (\(self.cohort), \(trainer), 'x', 1, NULL, NULL, NULL, NULL)"
      )
    }
  }

  private mutating func settleResult(_ rows: RuleRows, _ chance: inout Chance) {
    let outcome: ResultOutcome = chance.of([
      .passed, .failed, .failed, .absent, .absent, .excluded, .interrupted,
    ])
    let (scores, why): (Scores, String) =
      switch outcome {
      case .passed: ([.test: 60, .interview: 70], "")
      case .failed: ([.test: 59, .interview: 70], "")
      case .absent: ([:], chance.of(["", "анықтама"]))
      case .excluded, .interrupted: ([:], "хаттама")
      }
    let usesAttempt = outcome != .interrupted && (outcome != .absent || why.isEmpty)
    var record = ResultRecord(
      id: Int64(30 + self.results.count), sessionID: chance.of([11, 12, 13, 14, 14]),
      enrolmentID: 40, attempt: usesAttempt ? self.results.count + 1 : 0, outcome: outcome,
      scores: scores, recordedBy: chance.of([2, 2, 3]), confirmedBy: 0, isAnnulled: false,
      heldOn: self.session.heldOn, protocolNumber: "1", why: why)
    if record.sessionID != 14 { record.heldOn = Self.day("2026-02-\(record.sessionID)") }
    let isTaken = rows.take(
      .init(
        id: record.id, enrolmentID: 40, attempt: record.attempt, outcome: outcome,
        scores: scores, replacesID: 0, why: why), in: record.sessionID, by: record.recordedBy)
    guard isTaken else { return }
    if chance.often(2), rows.confirm(record.id, by: 1) {
      record.confirmedBy = 1
      if !chance.often(3), rows.annul(record.id, by: 99, act: 9) { record.isAnnulled = true }
    }
    self.results.append(record)
  }

  /// What the act decides of a row; nil if exactly that is recorded.
  func decided(_ told: Told) -> Result<ResultsRecorded.Result?, Refusal> {
    do throws(Refusal) {
      var act = try RecordResults(
        in: self.session, of: Self.cohort(4), under: Self.edition, by: told.recorder,
        on: told.today, firstID: 50)
      let place = try act.place(
        of: told.row,
        among: [
          .init(
            enrolment: EnrolmentRecord(
              id: 40, cohortID: self.cohort, personID: self.person,
              enrolledOn: Self.day("2026-01-01")), cohort: Self.cohort(self.cohort),
            results: self.results)
        ])
      let facts = RecordResults.Facts(
        place: place, hours: self.hours, lastClass: self.lastClass, teachers: self.teachers)
      _ = try act.add(told.row, facts)
      guard case .resultsRecorded(let recorded)? = act.deed else { return .success(nil) }
      return .success(recorded.results[0])
    } catch {
      return .failure(error)
    }
  }

  /// What a row would be if it were recorded just as it is told.
  func asTold(_ told: Told) -> ResultsRecorded.Result {
    let scores = Scores(told.row.scores)
    let standing = self.results.first { $0.sessionID == 14 && !$0.isAnnulled }
    return .init(
      id: 50, enrolmentID: 40, attempt: told.usesAttempt ? 1 : 0,
      outcome: told.row.instead ?? (Self.edition.isPassed(with: scores) ? .passed : .failed),
      scores: scores, replacesID: standing?.id ?? 0, why: told.row.why)
  }
}
