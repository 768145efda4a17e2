import BitimDomain
import Testing

/// The same random facts, once as values for the act and once as rows for the triggers of `place`: what
/// the one takes the other takes, and what the one refuses the other refuses.
@Suite("Domain and triggers agree on enrolment")
struct EnrolmentRulesAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<Reason> = [
    // Who enrols stands in the act, and not in its rows (R-021).
    .actsOnHimself,
    // A cohort may get another last day one day.
    .enrolledAfterEnd,
    // What a row says otherwise than the registry is no row.
    .differs,
  ]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows.ofEnrolment()
    defer { rows.close() }
    var chance = Chance(seed: 410)
    // Whether the list waits where the group is full: drawn apart, so that all else stays as it is.
    var patience = Chance(seed: 417)
    var drawn: Set<Reason> = []
    var (accepted, unchanged, waiting) = (0, 0, 0)
    for number in 0..<700 {
      rows.begin()
      defer { rows.undo() }
      let school = EnrolmentSchool(&chance)
      school.settle(rows)
      var list = EnrolTrainees(
        on: school.day, by: chance.often(15) ? 99 : 8, isSchool: true, nextPerson: 700,
        nextEnrolment: 900, waits: patience.often(1))
      // Of a list of two the second meets what the first takes.
      for (index, trainee) in school.trainees.enumerated() {
        let outcome = list.add(trainee.row(line: index + 2, &chance), school.facts(of: trainee))
        let reasons = Set(outcome.findings.map(\.reason))
        switch outcome.verdict {
        case .added:
          accepted += 1
          let enrolment = try #require(list.enrolments.last)
          #expect(rows.take(enrolment), "case \(number): \(trainee)")
        case .unchanged, .differs:
          unchanged += 1
          let isTaken = rows.take(school.asTold(trainee, id: 800))
          #expect(!isTaken, "case \(number): \(trainee)")
        case .waiting:
          waiting += 1
          let record = try #require(list.waiting.last)
          #expect(rows.take(record, line: index), "case \(number): \(trainee)")
        case .refused:
          drawn.formUnion(reasons)
          if !reasons.isSubset(of: Self.toldOnce) {
            let isTaken = rows.take(school.asTold(trainee, id: 800))
            #expect(!isTaken, "case \(number): \(reasons) \(trainee)")
          }
          // Who is refused for more than the group's limit does not wait either.
          if !reasons.isSubset(of: Self.toldOnce.union([.groupFull])) {
            let waits = rows.take(
              .init(cohortID: 5, personID: trainee.id, since: school.day), line: 9)
            #expect(!waits, "case \(number): \(reasons) \(trainee)")
          }
        }
      }
    }
    #expect(accepted > 100)
    #expect(unchanged > 20)
    #expect(waiting > 10)
    #expect(
      drawn == [
        .actsOnHimself, .trainsHimself, .differs, .enrolledAfterEnd, .tooYoung, .educationTooLow,
        .barred, .prerequisiteMissing, .programmeHeld, .groupFull,
      ])
  }
}

extension EnrolTrainees {
  /// Who waits by the list so far.
  fileprivate var waiting: [WaitingRecord] {
    self.deeds.flatMap { deed -> [WaitingRecord] in
      guard case .traineesEnrolled(let enrolled) = deed else { return [] }
      return enrolled.waiting
    }
  }

  /// What the list adds so far.
  fileprivate var enrolments: [EnrolmentRecord] {
    self.deeds.flatMap { deed -> [EnrolmentRecord] in
      guard case .traineesEnrolled(let enrolled) = deed else { return [] }
      return enrolled.enrolments
    }
  }
}

extension RuleRows {
  /// With the triggers of enrolments.
  fileprivate static func ofEnrolment() throws -> RuleRows {
    let rows = try RuleRows(of: ["place", "waiting"])
    for edition in EnrolmentSchool.editions {
      rows.put(
        edition: edition.id,
        [
          "programme": edition.programme, "group_max": edition.groupMax.value,
          "age_min": edition.ageMin.value, "higher_education": edition.higherEducation.value,
          "prerequisite": edition.prerequisite.value,
        ])
    }
    return rows
  }

  fileprivate func take(_ waiting: WaitingRecord, line: Int) -> Bool {
    self.run(
      """
      INSERT INTO waiting VALUES (\(waiting.cohortID), \(waiting.personID), '\(waiting.since.iso)', 1,
        \(line), NULL, NULL)
      """)
  }

  fileprivate func take(_ enrolment: EnrolmentRecord) -> Bool {
    self.run(
      Enrolled.sql(
        enrolment.id, person: enrolment.personID, cohort: enrolment.cohortID,
        on: enrolment.enrolledOn.iso))
  }
}

/// Cohort 5, and trainees 8 and 9, who want a place in it.
private struct EnrolmentSchool {
  /// Somebody who is known, with what admission asks.
  struct Trainee {
    let id: Int64
    var birthDate: CivilDate
    var education: Education?
    var bars: [Bar] = []
    /// Bars that ended in error.
    var formerBars: [Bar] = []
    /// A programme, and how its certificate stands: a revoked one is none.
    var certificates: [(programme: Int, isAdopted: Bool, mark: String?)] = []
    /// Whether he or she trains in the cohort, or did.
    var trains: Bool?
    /// Whether he or she has a place in it, or had.
    var isEnrolled: Bool?

    init(_ id: Int64, startingOn start: CivilDate, _ chance: inout Chance) {
      self.id = id
      let birthday = start.yearsBefore(25)
      self.birthDate =
        chance.often(6)
        ? .of("1980-01-01")
        : chance.of([birthday, birthday.plus(1), .of("2000-02-29"), .of("2000-03-01")])
      self.education = chance.often(10) ? .higher : chance.of([.secondary, nil])
      for _ in 0..<(chance.often(3) ? 0 : 2) {
        let from = start.plus(chance.of([-40, -1, 0, 1]))
        let until = chance.of([nil, from, start.plus(-1), start, start.plus(40)])
        if let until, until < from { continue }
        let bar = Bar(
          chance.of([.conviction, .incapacity]), days: Period(from: from, until: until))
        if chance.often(2) { self.bars.append(bar) } else { self.formerBars.append(bar) }
      }
      for programme in 1...2 where !chance.often(2) {
        self.certificates.append(
          (programme, chance.often(1), chance.of([nil, nil, "suspended", "revoked"])))
      }
      if !chance.often(8) { self.trains = chance.often(1) }
      if !chance.often(8) { self.isEnrolled = chance.often(1) }
    }

    private var names: Names {
      let latin = PersonName(
        surname: self.id == 8 ? "Akhmetova" : "Bekov", given: self.id == 8 ? "Aigerim" : "Talgat",
        patronymic: "")
      return Names(latin: latin)
    }

    private var passport: String { self.id == 8 ? "N11112222" : "N77778888" }

    var candidate: Candidate {
      let identifier = Identifier(
        kind: .document, number: self.passport, country: "KAZ", documentType: "passport")
      return Candidate(
        Person(
          id: self.id, names: self.names, birthDate: self.birthDate, education: self.education,
          identifiers: [identifier], evidence: ""), isKnownHere: true)
    }

    var admission: Admission {
      let held = self.certificates.filter { $0.mark != "revoked" }.map(\.programme)
      return Admission(
        birthDate: self.birthDate, education: self.education, bars: self.bars,
        held: Set(held.map { Study($0) }), lives: .sinceLongAgo(held))
    }

    /// A row that means this person, and says another education now and then.
    func row(line: Int, _ chance: inout Chance) -> EnrolTrainees.Row {
      let education: Int32 =
        chance.often(20) ? 0 : self.education == .higher ? 1 : 2
      return .init(
        line: line,
        PersonForm(
          names: self.names, birthDate: self.birthDate.iso, education: education,
          identifiers: [
            .init(kind: 2, number: self.passport, country: "KAZ", documentType: "passport")
          ], evidence: ""),
        distinctFrom: [], evidence: "", on: .of("2026-11-22"))
    }
  }

  static let editions: [Edition] = (0..<16).map { bits in
    let programme = bits & 1 == 0 ? 1 : 2
    return Edition.of(
      id: Int64(90 + bits), programme: programme,
      [
        .groupMax: bits & 2 == 0 ? 0 : 3, .prerequisite: programme == 2 && bits & 4 == 0 ? 1 : 0,
        .ageMin: bits & 4 == 0 ? 25 : 0, .higherEducation: bits & 8 == 0 ? 1 : 0,
      ])
  }

  let cohort: CohortRecord
  let edition: Edition
  let day: CivilDate
  let trainees: [Trainee]
  /// Others who have a place in the cohort, and who had one.
  let others: (standing: Int, ended: Int)

  init(_ chance: inout Chance) {
    let edition = chance.of(Self.editions)
    let starts = CivilDate.of(chance.of(["2025-02-28", "2025-03-01", "2026-02-02"]))
    self.edition = edition
    self.cohort = CohortRecord(
      id: 5, code: "C5", editionID: edition.id, organisationID: 2, language: .kk, form: .inPerson,
      startsOn: starts, endsOn: starts.plus(50), place: "Алматы")
    let day = starts.plus(chance.often(15) ? chance.of([-20, 0, 1, 10, 50]) : 51)
    self.day = day
    let start = max(day, starts)
    self.trainees = [8, 9].map { Trainee($0, startingOn: start, &chance) }
    self.others = (chance.of([0, 0, 1, 2]), chance.of([0, 1, 3]))
  }

  func settle(_ rows: RuleRows) {
    rows.put(
      """
      INSERT INTO cohort VALUES (5, 'C5', \(self.edition.id), 2, 'kk', 'in_person',
        '\(self.cohort.startsOn.iso)', '\(self.cohort.endsOn.iso)', 'x', 1);
      INSERT INTO person VALUES (98, '', 1), (6, '', 1), (7, '', 1);
      """)
    var places = (0..<self.others.standing).map { (person: Int64(100 + $0), isStanding: true) }
    places += (0..<self.others.ended).map { (person: Int64(200 + $0), isStanding: false) }
    for trainee in self.trainees {
      if let isStanding = trainee.isEnrolled { places.append((trainee.id, isStanding)) }
      self.put(trainee, rows)
    }
    if places.isEmpty { return }
    rows.putUnasked(
      places.enumerated().map { index, place in
        Enrolled.sql(
          20 + Int64(index), person: place.person, cohort: 5, on: "2025-01-01",
          end: place.isStanding ? "NULL, NULL, NULL" : "2, 'withdrawn', '2025-01-01'")
      }.joined())
  }

  private func put(_ trainee: Trainee, _ rows: RuleRows) {
    let id = trainee.id
    let education = trainee.education.map { "'\($0.rawValue)'" } ?? "NULL"
    rows.put(
      """
      INSERT INTO person VALUES (\(id), '', 1);
      INSERT INTO person_detail VALUES (\(id), 1, '1950-01-01', 'higher', 2, 'in_error'),
        (\(id), 2, '\(trainee.birthDate.iso)', \(education), NULL, NULL);
      """)
    if let trains = trainee.trains {
      rows.put(
        """
        INSERT INTO cohort_trainer VALUES (5, \(id), 'x', 1, \(trains ? "NULL, NULL" : "2, 'ended'"), NULL, NULL)
        """)
    }
    let ended = trainee.formerBars.map { ($0, "9, 6, 'in_error'") }
    for (index, (bar, end)) in (trainee.bars.map { ($0, "NULL, NULL, NULL") } + ended)
      .enumerated()
    {
      rows.put(
        """
        INSERT INTO person_bar VALUES (\(id), \(index + 1), '\(bar.kind.rawValue)',
          '\(bar.days.from.iso)', \(RuleRows.text(bar.days.until)), '', 7, \(end))
        """)
    }
    for certificate in trainee.certificates {
      let year: Int64 = certificate.isAdopted ? 1_000 : 2_026
      let number = year * 1_000_000 + id * 10 + Int64(certificate.programme)
      let code = certificate.isAdopted ? "NULL" : "CAST(printf('%10d', \(number)) AS BLOB)"
      rows.put(
        """
        INSERT INTO certificate SELECT \(number), \(code), \(id),
          '\(certificate.isAdopted ? "adopted" : "programme")', \(certificate.programme),
          \(certificate.isAdopted ? "NULL" : "1"), '2024-01-01', '2024-01-01', NULL, 7, 1
        """)
      guard let mark = certificate.mark else { continue }
      rows.put(
        """
        INSERT INTO certificate_mark VALUES (\(number), 2, '\(mark)', '2024-02-01', NULL,
          '\(mark == "revoked" ? "fraud" : "court")', '', 7, NULL, NULL, NULL, NULL)
        """)
    }
  }

  /// What the registry knows of the row of a trainee.
  func facts(of trainee: Trainee) -> EnrolTrainees.Facts {
    let others = (0..<self.others.standing).map { Int64(100 + $0) }
    return .init(
      place: .init(
        cohort: self.cohort, edition: self.edition,
        enrolled: Set(others + self.trainees.filter { $0.isEnrolled == true }.map(\.id)),
        trainers: Set(self.trainees.filter { $0.trains == true }.map(\.id)), isEntitled: true),
      candidates: [trainee.candidate], admissions: [trainee.id: trainee.admission])
  }

  /// The place as it is asked for.
  func asTold(_ trainee: Trainee, id: Int64) -> EnrolmentRecord {
    EnrolmentRecord(id: id, cohortID: 5, personID: trainee.id, enrolledOn: self.day)
  }
}
